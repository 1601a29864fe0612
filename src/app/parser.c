/* The parser process: one sandboxed child per task, as many at once as there are processors (crew.h). */
#include "app/parser.h"

#include <sodium.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "app/crew.h"
#include "base/log.h"

static enum err work(void *arg, u32 kind, str message, struct child_out *out)
{
	(void)arg;
	return parser_task(kind, message, out);
}

int parser_main(struct process *p)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct crew crew = {
		.helper = HELPER_PARSER, .limits = { 20, 30, (size_t)512 << 20, false }, .work = work,
		.at_once = processors < 2 ? 2 : processors > CREW_MAX ? CREW_MAX : (int)processors,
		.done = &p->shared->parser_tasks, .failed = &p->shared->parser_failed,
	};
	if (sodium_init() < 0)
		die("libsodium does not start");
	prctl(PR_SET_DUMPABLE, 0);
	process_sandbox(p, SANDBOX_PARSER);
	crew_run(p, &crew);
	return EXIT_SUCCESS;
}

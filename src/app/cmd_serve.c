/* gabare serve: what comes before the supervisor. The database is looked at in a process of its own, because a connection
 * open across fork would leave the workers without locks. */
#include "app/cli.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/supervisor.h"
#include "base/log.h"
#include "http/route.h"

/* Options of the command line that win over file and environment, and the settings they stand for. */
static const struct { const char *option, *setting; } overrides[] = {
	{ "listen", "web.listen" }, { "port", "web.port" }, { "workers", "web.workers" }, { "metrics-port", "web.metrics_port" },
	{ "tls-cert", "web.tls_cert" }, { "tls-key", "web.tls_key" },
};

static enum err read_all(struct invocation *in, struct arena *a, struct config *ret)
{
	str problem = S("");
	enum err e = config_read(a, in->data, in->db_url, cli_option(in, "config"), ret, &problem);
	for (size_t i = 0; i < lengthof(overrides) && e == OK; i++) {
		str value = cli_option(in, overrides[i].option);
		if (value.p)
			e = config_set(a, ret, str_c(overrides[i].setting), value, &problem);
	}
	if (e == OK && (ret->tls_cert.n > 0) != (ret->tls_key.n > 0)) {
		problem = S("web.tls_cert and web.tls_key go together");
		e = INVALID;
	}
	if (e == OK && ret->key_file.n && cli_inside_data(in, str_z(a, ret->key_file))) {
		problem = S("vault.key_file lies in the data folder: a stolen disk would hold key and data together");
		e = INVALID;
	}
	if (e != OK)
		cli_say("%.*s", STR_ARG(problem));
	return e;
}

static enum err read_again(struct arena *a, void *arg, struct config *ret)
{
	return read_all(arg, a, ret);
}

static int in_a_process(struct invocation *in, struct config *c)
{
	int status;
	pid_t pid = fork();
	if (pid == 0) {
		int code = serve_prepare(in, c);
		fflush(NULL);
		_exit(code);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) {
		cli_say("the database could not be looked at: the process that did it ended by a signal");
		return EXIT_NOTHING;
	}
	return WEXITSTATUS(status);
}

static void warn_about_plain_http(const struct config *c)
{
	if (config_private(c))
		return;
	cli_say("%.*s is not this machine and there is no TLS: only public pages are served.", STR_ARG(c->listen));
	cli_say("Give --tls-cert and --tls-key, or put nginx or Caddy in front and name it in web.trusted_proxies.");
}

static enum log_level level_of(str name)
{
	static const char *const names[] = { "debug", "info", "warn", "error" };
	for (size_t i = 0; i < lengthof(names); i++)
		if (str_eq(name, str_c(names[i])))
			return (enum log_level)i;
	return LOG_INFO;
}

int cmd_serve(struct invocation *in)
{
	struct config c;
	str fault = route_fault(route_tables, in->a);
	if (fault.p)
		die("routes: %.*s", STR_ARG(fault));
	if (!cli_make_data(in) || read_all(in, in->a, &c) != OK)
		return EXIT_USAGE;
	int code = in_a_process(in, &c);
	if (code != EXIT_DONE)
		return code;
	if (read_all(in, in->a, &c) != OK)       /* the preparation may have written gabare.ini */
		return EXIT_USAGE;
	log_threshold(level_of(c.log_level));
	warn_about_plain_http(&c);
	struct supervisor_options o = { &c, read_again, in };
	return supervise(&o) == EXIT_SUCCESS ? EXIT_DONE : EXIT_NOTHING;
}

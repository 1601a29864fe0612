/* gabare registry: the registry of personal data, as docs/aipd.md prints it. */
#include "app/cli.h"

#include "people/registry.h"

int cmd_registry(struct invocation *in)
{
	struct buf b = buf_new(in->a, (size_t)1 << 20);
	registry_markdown(&b);
	cli_print(&b);
	return EXIT_DONE;
}

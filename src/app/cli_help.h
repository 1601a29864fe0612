/* Help, made from the table of commands: the list, one command, docs/cli.md, the man page. */
#ifndef GABARE_CLI_HELP_H
#define GABARE_CLI_HELP_H

#include "app/cli.h"

void cli_help_all(struct buf *out);
void cli_help_one(struct buf *out, const struct command *c);
void cli_help_markdown(struct buf *out);
void cli_help_man(struct buf *out);

#endif

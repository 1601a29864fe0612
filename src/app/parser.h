/* What may be asked of the parser process: heavy or hostile work, one sandboxed child a task. Messages are packed values. */
#ifndef GABARE_APP_PARSER_H
#define GABARE_APP_PARSER_H

#include "base/child.h"
#include "http/parser.h"

/* The child's part: does the task of one message, sends its answer as one record. */
must_use enum err parser_task(u32 kind, str message, struct child_out *out);

#endif

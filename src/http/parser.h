/* What handlers ask of the parser process (wait.h), which starts a sandboxed child for each task. Messages are packed values. */
#ifndef GABARE_HTTP_PARSER_H
#define GABARE_HTTP_PARSER_H

#include "http/wait.h"

enum parser_kind {
	PARSER_HASH_PASSWORD = 1,                /* password → argon2id string */
	PARSER_CHECK_PASSWORD,                   /* argon2id string, password → OK, or INVALID */
};

#endif

/* A streaming JSON writer into a buf: it places the commas, escapes strings, and never holds the document. */
#ifndef GABARE_JSON_OUT_H
#define GABARE_JSON_OUT_H

#include "base/buf.h"

struct json { struct buf *out; bool first; bool after_key; };

struct json json_new(struct buf *out);
void json_open(struct json *j, char bracket);    /* '{' or '[' */
void json_close(struct json *j, char bracket);   /* '}' or ']' */
void json_key(struct json *j, str key);
void json_str(struct json *j, str s);            /* null when absent */
void json_i64(struct json *j, i64 v);
void json_bool(struct json *j, bool v);
void json_null(struct json *j);
void json_raw(struct json *j, str s);            /* s is JSON already (numbers kept as they were written) */
void json_member(struct json *j, str key, str value); /* key + string; nothing at all when value is absent */

#endif

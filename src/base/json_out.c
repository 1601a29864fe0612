/* The streaming JSON writer. */
#include "base/json_out.h"
#include "base/utf8.h"

struct json json_new(struct buf *out) { return (struct json){.out = out, .first = true}; }

static void separate(struct json *j)
{
	if (!j->first && !j->after_key)
		buf_byte(j->out, ',');
	j->first = false;
	j->after_key = false;
}

void json_open(struct json *j, char bracket)
{
	separate(j);
	buf_byte(j->out, bracket);
	j->first = true;
}

void json_close(struct json *j, char bracket)
{
	buf_byte(j->out, bracket);
	j->first = false;
	j->after_key = false;
}

static void quoted(struct buf *b, str s)
{
	buf_byte(b, '"');
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		u8 c = (u8)s.p[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_put(b, str_slice(s, from, i));
		from = i + 1;
		if (c == '"' || c == '\\') {
			buf_byte(b, '\\');
			buf_byte(b, (char)c);
		} else if (c == '\n') {
			buf_put(b, S("\\n"));
		} else if (c == '\r') {
			buf_put(b, S("\\r"));
		} else if (c == '\t') {
			buf_put(b, S("\\t"));
		} else {
			buf_printf(b, "\\u%04x", (unsigned)c);
		}
	}
	buf_put(b, str_slice(s, from, s.n));
	buf_byte(b, '"');
}

void json_key(struct json *j, str key)
{
	separate(j);
	quoted(j->out, key);
	buf_byte(j->out, ':');
	j->after_key = true;
}

void json_str(struct json *j, str s)
{
	separate(j);
	if (s.p)
		quoted(j->out, s);
	else
		buf_put(j->out, S("null"));
}

void json_i64(struct json *j, i64 v)
{
	separate(j);
	buf_i64(j->out, v);
}

void json_bool(struct json *j, bool v)
{
	separate(j);
	buf_put(j->out, v ? S("true") : S("false"));
}

void json_null(struct json *j)
{
	separate(j);
	buf_put(j->out, S("null"));
}

void json_raw(struct json *j, str s)
{
	separate(j);
	buf_put(j->out, s);
}

void json_member(struct json *j, str key, str value)
{
	if (!value.p)
		return;
	json_key(j, key);
	json_str(j, value);
}

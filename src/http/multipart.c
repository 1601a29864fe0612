/* See multipart.h. libmicrohttpd has a reader of these, which wants its own connection: ours is read by tests and fuzzers too. */
#include "http/multipart.h"

#include "base/buf.h"
#include "base/utf8.h"

/* What `name` is set to in a header's parameters: name="x" or name=x. Absent when it is not there. */
static str parameter(struct arena *a, str header, const char *name)
{
	for (str rest = header, part; str_next(&rest, ';', &part);) {
		part = str_trim(part);
		ptrdiff_t eq = str_find_byte(part, '=');
		if (eq < 0 || !str_ieq(str_trim(str_slice(part, 0, (size_t)eq)), str_c(name)))
			continue;
		str v = str_trim(str_slice(part, (size_t)eq + 1, part.n));
		if (v.n && v.p[0] == '"') {
			/* a quoted value may hold a semicolon: it is read in the whole header */
			size_t from = (size_t)(v.p - header.p) + 1, to = from;
			while (to < header.n && header.p[to] != '"')
				to++;
			v = str_slice(header, from, to);
		}
		/* browsers write %22 for a quotation mark in a name, and leave the rest as it is */
		return str_replace(a, v, S("%22"), S("\""));
	}
	return (str){ NULL, 0 };
}

struct part { str disposition, content; };

/* The headers of a part: only Content-Disposition matters. False: they do not end. */
static bool read_headers(str part, struct part *ret)
{
	ptrdiff_t end = str_find(part, S("\r\n\r\n"));
	if (end < 0)
		return false;
	*ret = (struct part){ S(""), str_slice(part, (size_t)end + 4, part.n) };
	for (str rest = str_slice(part, 0, (size_t)end), line; str_next(&rest, '\n', &line);) {
		static const char name[] = "Content-Disposition:";
		line = str_trim(line);
		if (str_ieq(str_slice(line, 0, sizeof name - 1), str_c(name)))
			ret->disposition = str_slice(line, sizeof name - 1, line.n);
	}
	return true;
}

static enum err take(struct arena *a, const struct part *p, struct pairs *ret, struct req_files *ret_files)
{
	str name = parameter(a, p->disposition, "name"), file = parameter(a, p->disposition, "filename");
	if (!name.n || !utf8_valid(name) || (file.p && !utf8_valid(file)))
		return INVALID;
	if (file.p) {
		if (!file.n && !p->content.n)
			return OK;
		if (ret_files->n == FILES_MAX)
			return INVALID;
		ret_files->v[ret_files->n++] = (struct req_file){ name, file, p->content };
		return OK;
	}
	if (!utf8_valid(p->content) || ret->n == PARTS_MAX)
		return INVALID;
	ret->v[ret->n++] = (struct pair){ name, p->content };
	return OK;
}

static enum err parse(struct arena *a, str content_type, str body, struct pairs *ret, struct req_files *ret_files)
{
	str boundary = parameter(a, content_type, "boundary");
	*ret = (struct pairs){ arena_many(a, struct pair, PARTS_MAX), 0 };
	*ret_files = (struct req_files){ arena_many(a, struct req_file, FILES_MAX), 0 };
	if (!boundary.n || boundary.n > 70)
		return INVALID;
	str first = str_printf(a, "--%.*s", STR_ARG(boundary)), next = str_printf(a, "\r\n--%.*s", STR_ARG(boundary));
	if (!str_starts(body, first))
		return INVALID;
	for (str rest = str_slice(body, first.n, body.n);;) {
		struct part p;
		if (str_starts(rest, S("--")))
			return OK;
		ptrdiff_t end = str_find(rest, next);
		if (!str_starts(rest, S("\r\n")) || end < 0)
			return INVALID;
		/* a part without headers begins with its empty line */
		if (!read_headers(str_slice(rest, 2, (size_t)end), &p))
			return INVALID;
		try(take(a, &p, ret, ret_files));
		rest = str_slice(rest, (size_t)end + next.n, rest.n);
	}
}

enum err multipart_parse(struct arena *a, str content_type, str body, struct pairs *ret, struct req_file *ret_file)
{
	struct req_files files;
	*ret_file = (struct req_file){ .content = { NULL, 0 } };
	try(parse(a, content_type, body, ret, &files));
	if (files.n)
		*ret_file = files.v[files.n - 1];
	return OK;
}

enum err multipart_files(struct arena *a, str content_type, str body, struct req_files *ret)
{
	struct pairs fields;
	return parse(a, content_type, body, &fields, ret);
}

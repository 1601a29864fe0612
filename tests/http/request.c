/* The steps that ask the server something. */
#include "scenario.h"

#include <errno.h>
#include <unistd.h>

static struct client *client_of(struct scenario *s)
{
	if (!s->client) {
		s->client = arena_one(s->a, struct client);
		*s->client = (struct client){ .name = S("default"), .fd = -1 };
		s->clients = s->client;
	}
	return s->client;
}

/* client NAME: who asks from here on. */
static void client_step(struct scenario *s, str name)
{
	for (struct client *c = s->clients; c; c = c->next)
		if (str_eq(c->name, name)) {
			s->client = c;
			return;
		}
	struct client *c = arena_one(s->a, struct client);
	*c = (struct client){ .name = name, .fd = -1, .next = s->clients };
	s->client = s->clients = c;
}

static void send_request(struct scenario *s, str request, bool head)
{
	struct client *c = client_of(s);
	s->status = -1;
	s->err = S("");
	if (!client_send(s->a, c, s->port, request, head, &s->reply))
		fails(s, "no connection: %s", strerror(errno));
	s->weight += s->reply.encoded;
}

static void put_cookies(struct buf *b, const struct client *c)
{
	for (int i = 0; i < c->n_cookies; i++)
		buf_printf(b, "%s%.*s", i ? "; " : "Cookie: ", STR_ARG(c->cookies[i]));
	if (c->n_cookies)
		buf_put(b, S("\r\n"));
}

static void put_encoded(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
		buf_printf(b, plain ? "%c" : "%%%02X", plain ? c : (u8)c);
	}
}

/* "name=value" lines, encoded as a browser does. */
static void put_field(struct buf *b, str line)
{
	str name;
	str_next(&line, '=', &name);
	if (b->n)
		buf_byte(b, '&');
	put_encoded(b, name);
	buf_byte(b, '=');
	put_encoded(b, line);
}

/* The file at `path` (of the scenario's directory, unless it begins with a slash) into b. */
static void put_file(struct scenario *s, struct buf *b, str path)
{
	str full = path.p[0] == '/' ? str_copy(s->a, path) : str_printf(s->a, "%s/%.*s", s->dir, STR_ARG(path));
	FILE *f = fopen(full.p, "rb");
	if (!f)
		fails(s, "%.*s: %s", STR_ARG(full), strerror(errno));
	for (char *room; f && (room = buf_room(b, 65536));) {
		size_t n = fread(room, 1, 65536, f);
		b->n += n;
		if (n == 0)
			break;
	}
	if (f)
		fclose(f);
}

#define BOUNDARY "boundary-of-scenarios"

static int hex(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : 0; }

/* What put_encoded wrote, as it was. */
static void put_decoded(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool code = s.p[i] == '%' && i + 2 < s.n;
		buf_byte(b, code ? (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2])) : s.p[i]);
		i += code ? 2 : 0;
	}
}

/* "name=path", the last of a form's lines: the fields so far become parts of a form with a file, and the file its last part. */
static void put_parts(struct scenario *s, struct buf *body, str line)
{
	str fields = str_copy(s->a, buf_str(body)), one, name;
	body->n = 0;
	while (fields.n && str_next(&fields, '&', &one)) {
		str_next(&one, '=', &name);
		buf_put(body, S("--" BOUNDARY "\r\nContent-Disposition: form-data; name=\""));
		put_decoded(body, name);
		buf_put(body, S("\"\r\n\r\n"));
		put_decoded(body, one);
		buf_put(body, S("\r\n"));
	}
	str_next(&line, '=', &name);
	buf_printf(body, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%.*s\"; filename=\"%.*s\"\r\n\r\n", STR_ARG(name), STR_ARG(line));
	put_file(s, body, line);
	buf_put(body, S("\r\n--" BOUNDARY "--\r\n"));
}

/* METHOD URL, then indented lines: "Header: value", "field name=value", "file-field name=path", "body text", "body-file path". */
static void ask(struct scenario *s, const char *method, str url, const str *block, size_t n_block, str form)
{
	struct buf head = buf_new(s->a, 1 << 20), body = buf_new(s->a, 128 << 20);
	bool fields = form.n > 0, host = false, parts = false;
	struct client *c = client_of(s);
	buf_put(&body, form);
	buf_printf(&head, "%s %.*s HTTP/1.1\r\n", method, STR_ARG(url));
	for (size_t i = 0; i < n_block; i++) {
		str line = expand(s, block[i]);
		if (str_starts(line, S("field "))) {
			put_field(&body, str_slice(line, 6, line.n));
			fields = true;
		} else if (str_starts(line, S("file-field "))) {
			put_parts(s, &body, str_slice(line, 11, line.n));
			parts = true;
		} else if (str_starts(line, S("body "))) {
			buf_put(&body, str_slice(line, 5, line.n));
		} else if (str_starts(line, S("body-file "))) {
			put_file(s, &body, str_slice(line, 10, line.n));
		} else {
			host = host || str_ieq(str_slice(line, 0, 5), S("host:"));
			buf_printf(&head, "%.*s\r\n", STR_ARG(line));
		}
	}
	if (!host)
		buf_printf(&head, "Host: 127.0.0.1:%d\r\n", s->port);
	put_cookies(&head, c);
	if (parts)
		buf_put(&head, S("Content-Type: multipart/form-data; boundary=" BOUNDARY "\r\n"));
	else if (fields)
		buf_put(&head, S("Content-Type: application/x-www-form-urlencoded\r\n"));
	if (body.n || strcmp(method, "POST") == 0)
		buf_printf(&head, "Content-Length: %zu\r\n", body.n);
	buf_put(&head, S("\r\n"));
	buf_put(&head, buf_str(&body));
	c->url = str_copy(s->a, url);
	send_request(s, buf_str(&head), strcmp(method, "HEAD") == 0);
}

/* Where the reply sends to: the path of its Location. */
static void follow(struct scenario *s)
{
	str to = reply_header(s->a, &s->reply, S("location"));
	if (s->reply.status < 300 || s->reply.status > 399 || !to.n) {
		fails(s, "nothing to follow: status %d, location \"%.*s\"", s->reply.status, STR_ARG(to));
		return;
	}
	ptrdiff_t scheme = str_find(to, S("://"));
	if (scheme >= 0) {
		to = str_slice(to, (size_t)scheme + 3, to.n);
		ptrdiff_t slash = str_find_byte(to, '/');
		to = slash < 0 ? S("/") : str_slice(to, (size_t)slash, to.n);
	}
	ask(s, "GET", to, NULL, 0, S(""));
}

/* The value of an attribute within one tag; absent when it has none. */
static str attribute(struct arena *a, str tag, const char *name)
{
	str mark = str_printf(a, " %s=\"", name);
	ptrdiff_t at = str_find(tag, mark);
	if (at < 0)
		return (str){ NULL, 0 };
	str value, rest = str_slice(tag, (size_t)at + mark.n, tag.n);
	str_next(&rest, '"', &value);
	return str_replace(a, str_replace(a, str_replace(a, value, S("&quot;"), S("\"")), S("&lt;"), S("<")), S("&amp;"), S("&"));
}

/* submit [PART-OF-ACTION]: the page's first form by POST (whose action holds that part), its hidden fields as they are. */
static void submit(struct scenario *s, const struct step *st)
{
	str page = s->reply.body, wanted = expand(s, st->rest);
	for (ptrdiff_t at; (at = str_find(page, S("<form "))) >= 0;) {
		page = str_slice(page, (size_t)at + 5, page.n);
		ptrdiff_t close = str_find_byte(page, '>'), end = str_find(page, S("</form>"));
		str tag = str_slice(page, 0, (size_t)close), form = str_slice(page, 0, (size_t)end), action = attribute(s->a, tag, "action");
		if (!str_ieq(attribute(s->a, tag, "method"), S("post")) || (wanted.n && str_find(action, wanted) < 0))
			continue;
		struct buf hidden = buf_new(s->a, 65536);
		for (ptrdiff_t in; (in = str_find(form, S("<input "))) >= 0;) {
			form = str_slice(form, (size_t)in + 6, form.n);
			str input = str_slice(form, 0, (size_t)str_find_byte(form, '>'));
			if (str_eq(attribute(s->a, input, "type"), S("hidden")))
				put_field(&hidden, str_printf(s->a, "%.*s=%.*s", STR_ARG(attribute(s->a, input, "name")),
					STR_ARG(attribute(s->a, input, "value"))));
		}
		ask(s, "POST", action.n ? action : client_of(s)->url, st->block, st->n_block, buf_str(&hidden));
		return;
	}
	fails(s, "the page has no such form by POST");
}

/* raw, then indented lines sent as they are, each ended by CRLF; "\" at the end of one leaves that out. */
static void raw(struct scenario *s, const struct step *st)
{
	struct buf b = buf_new(s->a, 1 << 24);
	for (size_t i = 0; i < st->n_block; i++) {
		str line = expand(s, st->block[i]);
		bool whole = !str_ends(line, S("\\"));
		buf_put(&b, whole ? line : str_slice(line, 0, line.n - 1));
		if (whole)
			buf_put(&b, S("\r\n"));
	}
	client_close(client_of(s));
	send_request(s, buf_str(&b), false);
}

bool request_step(struct scenario *s, const struct step *st)
{
	static const char *const methods[][2] = { { "get", "GET" }, { "head", "HEAD" }, { "options", "OPTIONS" }, { "post", "POST" },
		{ "put", "PUT" }, { "delete", "DELETE" } };
	for (size_t i = 0; i < lengthof(methods); i++)
		if (str_eq(st->verb, str_c(methods[i][0]))) {
			ask(s, methods[i][1], expand(s, st->rest), st->block, st->n_block, S(""));
			return true;
		}
	if (str_eq(st->verb, S("client")))
		client_step(s, st->rest);
	else if (str_eq(st->verb, S("follow")))
		follow(s);
	else if (str_eq(st->verb, S("submit")))
		submit(s, st);
	else if (str_eq(st->verb, S("raw")))
		raw(s, st);
	else
		return false;
	return true;
}

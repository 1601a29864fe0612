/* See parse.h. */
#include "http/parse.h"

#include "base/utf8.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The byte that "%XX" at s.p[i] stands for, -1 when it is broken. */
static int escaped_byte(str s, size_t i)
{
	if (i + 2 >= s.n)
		return -1;
	int high = hex(s.p[i + 1]), low = hex(s.p[i + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

enum err percent_decode(struct arena *a, str s, bool plus, str *ret)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '%') {
			int byte = escaped_byte(s, i);
			if (byte < 0)
				return INVALID;
			c = (char)byte;
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		out[n++] = c;
	}
	*ret = (str){ out, n };
	return utf8_valid(*ret) ? OK : INVALID;  /* refuses NUL too */
}

/* ---- the target ---- */

static bool target_byte(char c, bool in_path)
{
	u8 u = (u8)c;

	if (u <= ' ' || u == 0x7F || c == '#')
		return false;
	return !in_path || !(c == '\\' || c == '"' || c == '<' || c == '>');
}

static bool target_bytes(str s, bool in_path)
{
	for (size_t i = 0; i < s.n; i++)
		if (!target_byte(s.p[i], in_path))
			return false;
	return true;
}

/* Drops "http://authority" of an absolute form. */
static str origin_form(str target)
{
	static const str schemes[] = { S_INIT("http://"), S_INIT("https://") };

	for (size_t i = 0; i < lengthof(schemes); i++) {
		str s = schemes[i];
		if (target.n < s.n || !str_ieq(str_slice(target, 0, s.n), s))
			continue;
		for (size_t at = s.n; at < target.n; at++)
			if (target.p[at] == '/' || target.p[at] == '?')
				return str_slice(target, at, target.n);
		return S("/");
	}
	return target;
}

/* One segment, decoded: no dot segment, no control character; its own slashes become PATH_SLASH. */
static enum err segment_decode(struct arena *a, str raw, str *ret)
{
	try(percent_decode(a, raw, false, ret));
	if (str_eq(*ret, S(".")) || str_eq(*ret, S("..")))
		return INVALID;
	char *p = (char *)ret->p;
	for (size_t i = 0; i < ret->n; i++) {
		if ((u8)p[i] < ' ' || p[i] == 0x7F)
			return INVALID;
		if (p[i] == '/')
			p[i] = PATH_SLASH;
	}
	return OK;
}

/* The path's segments that are not empty, each after a slash: decoded into `decoded`, as sent into `raw`. */
static enum err segments(struct arena *a, str path, struct buf *decoded, struct buf *raw)
{
	str rest = str_slice(path, 1, path.n), segment, plain;

	while (str_next(&rest, '/', &segment)) {
		if (segment.n == 0)
			continue;
		try(segment_decode(a, segment, &plain));
		buf_byte(decoded, '/');
		buf_put(decoded, plain);
		buf_byte(raw, '/');
		buf_put(raw, segment);
	}
	return OK;
}

/* The language whose prefix is the first segment; *ret_rest is what follows it. */
static enum lang lang_of(str path, str *ret_rest)
{
	for (int l = 0; l < LANG_COUNT; l++) {
		str prefix = str_c(langs[l].prefix);
		str after = str_slice(path, 1 + prefix.n, path.n);
		if (prefix.n == 0 || !str_eq(str_slice(path, 1, 1 + prefix.n), prefix))
			continue;
		if (after.n > 0 && after.p[0] != '/')
			continue;
		*ret_rest = after;
		return (enum lang)l;
	}
	*ret_rest = path;
	return LANG_FR;
}

static str with_query(struct arena *a, str path, str raw_query)
{
	return raw_query.p ? str_printf(a, "%.*s?%.*s", STR_ARG(path), STR_ARG(raw_query)) : path;
}

/* Finds the language and the canonical form: languages' homes end with a slash ("/en/"), nothing else does. */
static void settle(struct arena *a, str asked, str decoded, str raw, struct target *ret)
{
	ret->lang = lang_of(raw, &ret->raw_path);
	str prefix = str_c(langs[ret->lang].prefix);
	ret->path = prefix.n ? str_slice(decoded, 1 + prefix.n, decoded.n) : decoded;
	if (ret->path.n == 0)
		ret->path = ret->raw_path = S("/");
	str canonical = ret->raw_path;
	if (prefix.n)
		canonical = str_printf(a, "/%.*s%.*s", STR_ARG(prefix), STR_ARG(ret->raw_path));
	if (!str_eq(asked, canonical))
		ret->moved = with_query(a, canonical, ret->raw_query);
}

enum err target_parse(struct arena *a, str target, struct target *ret)
{
	*ret = (struct target){ .lang = LANG_FR };
	if (str_eq(target, S("*"))) {
		ret->path = ret->raw_path = target;
		return OK;
	}
	str s = origin_form(target);
	ptrdiff_t mark = str_find_byte(s, '?');
	str path = mark < 0 ? s : str_slice(s, 0, (size_t)mark);
	if (mark >= 0)
		ret->raw_query = str_slice(s, (size_t)mark + 1, s.n);
	if (path.n == 0 && s.p != target.p)
		path = S("/");                   /* "http://host?query" */
	if (path.n == 0 || path.p[0] != '/' || !target_bytes(path, true) || !target_bytes(ret->raw_query, false))
		return INVALID;
	struct buf decoded = buf_new(a, path.n + 1), raw = buf_new(a, path.n + 1);
	try(segments(a, path, &decoded, &raw));
	settle(a, path, buf_str(&decoded), buf_str(&raw), ret);
	return OK;
}

/* ---- pairs ---- */

static enum err pair_parse(struct arena *a, str part, struct pair *ret)
{
	ptrdiff_t equals = str_find_byte(part, '=');
	size_t name_end = equals < 0 ? part.n : (size_t)equals;

	try(percent_decode(a, str_slice(part, 0, name_end), true, &ret->name));
	return percent_decode(a, equals < 0 ? S("") : str_slice(part, name_end + 1, part.n), true, &ret->value);
}

/* How many parts between separators: an upper bound of the pairs. */
static size_t parts(str s, char separator)
{
	size_t n = s.n > 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == separator;
	return n;
}

enum err pairs_parse(struct arena *a, str s, struct pairs *ret)
{
	str rest = s, part;
	size_t most = parts(s, '&');

	*ret = (struct pairs){ 0 };
	if (most > PARAMS_MAX)
		return INVALID;
	ret->v = arena_many(a, struct pair, most);
	while (str_next(&rest, '&', &part)) {
		if (part.n == 0)
			continue;
		try(pair_parse(a, part, &ret->v[ret->n]));
		ret->n++;
	}
	return OK;
}

static bool cookie_value(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((u8)s.p[i] <= ' ' || (u8)s.p[i] >= 0x7F || s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\\')
			return false;
	return true;
}

enum err cookies_parse(struct arena *a, str s, struct pairs *ret)
{
	str rest = s, part;
	size_t most = parts(s, ';');

	*ret = (struct pairs){ 0 };
	if (most > COOKIES_MAX)
		return INVALID;
	ret->v = arena_many(a, struct pair, most);
	while (str_next(&rest, ';', &part)) {
		ptrdiff_t equals = str_find_byte(part, '=');
		if (equals < 0)
			continue;
		str name = str_trim(str_slice(part, 0, (size_t)equals));
		str value = str_trim(str_slice(part, (size_t)equals + 1, part.n));
		if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
			value = str_slice(value, 1, value.n - 1);
		if (name.n > 0 && cookie_value(name) && cookie_value(value))
			ret->v[ret->n++] = (struct pair){ name, value };
	}
	return OK;
}

/* ---- framing ---- */

static bool is_token(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!alnum && (c == '\0' || !strchr("!#$%&'*+-.^_`|~", c)))
			return false;
	}
	return s.n > 0;
}

static bool is_field_value(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((u8)s.p[i] < ' ' && s.p[i] != '\t') || s.p[i] == 0x7F)
			return false;
	return true;
}

static bool is_host(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!alnum && (c == '\0' || !strchr(".-_:[]", c)))
			return false;
	}
	return true;
}

/* Plain digits, at most 18 of them. */
static bool length_parse(str s, u64 *ret)
{
	*ret = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*ret = *ret * 10 + (u64)(s.p[i] - '0');
	}
	return s.n > 0 && s.n <= 18;
}

/* The only value of a header; false when it comes twice. */
static bool only(const struct pairs *headers, const char *name, str *ret)
{
	*ret = (str){ 0 };
	for (size_t i = 0; i < headers->n; i++) {
		if (!str_ieq(headers->v[i].name, str_c(name)))
			continue;
		if (ret->p)
			return false;
		*ret = headers->v[i].value.p ? headers->v[i].value : S("");
	}
	return true;
}

static const char *fields_check(const struct pairs *headers)
{
	for (size_t i = 0; i < headers->n; i++) {
		if (!is_token(headers->v[i].name))
			return "header name";
		if (!is_field_value(headers->v[i].value))
			return "header value";
	}
	return NULL;
}

const char *framing_check(const struct pairs *headers, bool http_1_1, struct framing *ret)
{
	str length, coding, host;
	const char *wrong = fields_check(headers);

	*ret = (struct framing){ 0 };
	if (wrong)
		return wrong;
	if (!only(headers, "Host", &host) || (http_1_1 && !host.p) || !is_host(host))
		return "host";
	if (!only(headers, "Content-Length", &length) || (length.p && !length_parse(length, &ret->length)))
		return "content-length";
	if (!only(headers, "Transfer-Encoding", &coding))
		return "transfer-encoding";
	if (coding.p) {
		if (length.p)
			return "content-length with transfer-encoding";
		if (!http_1_1 || !str_ieq(coding, S("chunked")))
			return "transfer-encoding";
		ret->chunked = true;
	}
	return NULL;
}

enum method method_of(str name)
{
	static const struct { str name; enum method m; } methods[] = {
		{ S_INIT("GET"), GET }, { S_INIT("HEAD"), HEAD }, { S_INIT("POST"), POST }, { S_INIT("OPTIONS"), OPTIONS },
	};

	for (size_t i = 0; i < lengthof(methods); i++)
		if (str_eq(name, methods[i].name))
			return methods[i].m;
	return OTHER_METHOD;
}

bool method_known(str name)
{
	return method_of(name) != OTHER_METHOD || str_eq(name, S("PUT")) || str_eq(name, S("DELETE")) || str_eq(name, S("PATCH"));
}

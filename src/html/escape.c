/* See escape.h. What goes out here is read back by an HTML parser as what came in; for URLs, as a link that runs no script
 * and leaves this site only when it says so plainly. */
#include "html/escape.h"

/* Writes s with each byte that `code` knows replaced by what it gives. */
static void put_coded(struct buf *b, str s, const char *(*code)(char c))
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *instead = code(s.p[i]);
		if (!instead)
			continue;
		buf_put(b, (str){ s.p + from, i - from });
		buf_put(b, str_c(instead));
		from = i + 1;
	}
	if (from < s.n)
		buf_put(b, (str){ s.p + from, s.n - from });
}

/* A carriage return would be read as a newline; NUL exists in no HTML text. */
static const char *text_code(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '\r': return "&#13;";
	case '\0': return "\xEF\xBF\xBD";
	default: return NULL;
	}
}

static const char *attr_code(char c)
{
	return c == '"' ? "&quot;" : text_code(c);
}

void esc_text(struct buf *b, str s)
{
	put_coded(b, s, text_code);
}

void esc_attr(struct buf *b, str s)
{
	put_coded(b, s, attr_code);
}

/* ---- URLs ---- */

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~", c));
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static void put_percent(struct buf *b, char c)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned char u = (unsigned char)c;
	const char coded[3] = { '%', digits[u >> 4], digits[u & 15] };
	buf_put(b, (str){ coded, 3 });
}

/* Percent-encodes all but unreserved characters and those of `also`. */
static void put_encoded(struct buf *b, str s, const char *also)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (is_unreserved(s.p[i]) || (s.p[i] && strchr(also, s.p[i])))
			continue;
		buf_put(b, (str){ s.p + from, i - from });
		put_percent(b, s.p[i]);
		from = i + 1;
	}
	if (from < s.n)
		buf_put(b, (str){ s.p + from, s.n - from });
}

void esc_url_part(struct buf *b, str s)
{
	put_encoded(b, s, "");
}

void esc_url_address(struct buf *b, str s)
{
	put_encoded(b, s, "+@");
}

/* Where the scheme of a URL ends (its ":"), -1 when it is relative. */
static ptrdiff_t scheme_end(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ':')
			return (ptrdiff_t)i;
		if (s.p[i] == '/' || s.p[i] == '?' || s.p[i] == '#')
			return -1;
	}
	return -1;
}

/* Browsers drop white space around a URL, and tabs and newlines in it, and read "\" as "/": none of these may hide a scheme
 * or a host from us. */
static bool url_plain(str s)
{
	if (s.n && s.p[0] == ' ')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F || s.p[i] == '\\')
			return false;
	return true;
}

static bool url_safe(str s)
{
	if (!s.p || !url_plain(s))
		return false;
	ptrdiff_t end = scheme_end(s);
	if (end < 0)
		return !str_starts(s, S("//"));
	str scheme = str_slice(s, 0, (size_t)end), rest = str_slice(s, (size_t)end + 1, s.n);
	if (str_ieq(scheme, S("http")) || str_ieq(scheme, S("https")))
		return str_starts(rest, S("//")) && rest.n > 2 && rest.p[2] != '/';
	return str_ieq(scheme, S("mailto")) || str_ieq(scheme, S("tel"));
}

void esc_url(struct buf *b, str s)
{
	if (!url_safe(s)) {
		buf_byte(b, '#');
		return;
	}
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool coded = c == '%' && i + 2 < s.n && is_hex(s.p[i + 1]) && is_hex(s.p[i + 2]);
		if (c == '&')
			buf_put(b, S("&amp;"));
		else if (coded || is_unreserved(c) || strchr(":/?#[]@!$'()*+,;=", c))
			buf_byte(b, c);
		else
			put_percent(b, c);
	}
}

void put_prefix(struct buf *b, const struct view *v)
{
	const char *prefix = langs[v->lang].prefix;
	if (!*prefix)
		return;
	buf_byte(b, '/');
	buf_put(b, str_c(prefix));
}

void put_url_link_as_is(struct buf *b, const struct view *v, struct as_is x)
{
	(void)v;
	esc_url(b, x.url);
}

void put_url_link_str(struct buf *b, const struct view *v, str url)
{
	static const str ours[] = { S_INIT("/agent"), S_INIT("/compte") };
	for (size_t i = 0; i < lengthof(ours); i++)
		if (str_starts(url, ours[i]) && (url.n == ours[i].n || strchr("/?#", url.p[ours[i].n])))
			put_prefix(b, v);
	esc_url(b, url);
}

void put_url_link_c(struct buf *b, const struct view *v, const char *url)
{
	put_url_link_str(b, v, str_c(url));
}

str in_language(const struct view *v, enum lang l, str path)
{
	const char *prefix = langs[l].prefix;
	return str_printf(v->a, "%s%s%.*s", *prefix ? "/" : "", prefix, STR_ARG(path));
}

/* ---- by type ---- */

void put_i64(struct buf *b, i64 v)
{
	buf_i64(b, v);
}

void put_u64(struct buf *b, u64 v)
{
	char digits[20];
	size_t n = sizeof(digits);
	do
		digits[--n] = (char)('0' + v % 10);
	while (v /= 10);
	buf_put(b, (str){ digits + n, sizeof(digits) - n });
}

void put_html(struct buf *b, html h)
{
	buf_put(b, h.s);
}

void esc_text_c(struct buf *b, const char *z)
{
	esc_text(b, str_c(z));
}

void esc_attr_c(struct buf *b, const char *z)
{
	esc_attr(b, str_c(z));
}

void esc_url_c(struct buf *b, const char *z)
{
	esc_url(b, str_c(z));
}

void esc_url_part_c(struct buf *b, const char *z)
{
	esc_url_part(b, str_c(z));
}

void esc_url_address_c(struct buf *b, const char *z)
{
	esc_url_address(b, str_c(z));
}

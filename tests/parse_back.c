/* See parse_back.h. */
#include "parse_back.h"

#include "base/buf.h"

/* The character reference at the start of s: its length, its character in *ret. 0 when there is none. */
static size_t reference(str s, char *ret)
{
	static const struct { const char *name; char c; } known[] = {
		{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#13;", '\r' },
	};
	for (size_t i = 0; i < lengthof(known); i++)
		if (str_starts(s, str_c(known[i].name))) {
			*ret = known[i].c;
			return strlen(known[i].name);
		}
	return 0;
}

/* Reads text where the characters of `enders` end it. */
static str parse_back(struct arena *a, str html, const char *enders)
{
	struct buf b = buf_new(a, html.n + 1);
	for (size_t i = 0; i < html.n;) {
		char c = html.p[i];
		size_t n = c == '&' ? reference(str_slice(html, i, html.n), &c) : 1;
		if (n == 0 || html.p[i] == '\0' || html.p[i] == '\r' || (n == 1 && strchr(enders, c)))
			return (str){ NULL, 0 };
		buf_byte(&b, c);
		i += n;
	}
	str s = buf_str(&b);
	return s.p ? s : S("");
}

str parse_back_text(struct arena *a, str html)
{
	return parse_back(a, html, "<");
}

str parse_back_attr(struct arena *a, str html)
{
	return parse_back(a, html, "\"");
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

str parse_back_url(struct arena *a, str html)
{
	str url = parse_back_attr(a, html);
	struct buf b = buf_new(a, html.n + 1);
	if (!url.p)
		return url;
	for (size_t i = 0; i < url.n; i++) {
		bool coded = url.p[i] == '%' && i + 2 < url.n && hex(url.p[i + 1]) >= 0 && hex(url.p[i + 2]) >= 0;
		buf_byte(&b, coded ? (char)(hex(url.p[i + 1]) * 16 + hex(url.p[i + 2])) : url.p[i]);
		i += coded ? 2 : 0;
	}
	str s = buf_str(&b);
	return s.p ? s : S("");
}

/* See typeset.h. */
#include "pdf/typeset.h"

#include "base/buf.h"

#define NBSP "\u00A0"
#define THIN "\u202F"
#define TYPESET_MAX ((size_t)1 << 20)

/* Length of the space at the start of s: plain, no-break or thin; 0 when there is none. */
static size_t space_at(str s)
{
	if (s.n && s.p[0] == ' ')
		return 1;
	return str_starts(s, S(NBSP)) ? sizeof(NBSP) - 1 : str_starts(s, S(THIN)) ? sizeof(THIN) - 1 : 0;
}

static size_t spaces_at(str s)
{
	size_t n = 0;
	for (size_t one; (one = space_at(str_slice(s, n, s.n))); n += one)
		;
	return n;
}

/* The space that belongs before what follows; NULL: whatever stands there. */
static const char *space_before(str next)
{
	static const struct { const char *sign, *space; } rules[] = {
		{ ";", THIN }, { "!", THIN }, { "?", THIN }, { "»", THIN }, { ":", NBSP }, { "€", NBSP }, { "%", NBSP },
	};
	for (size_t i = 0; i < lengthof(rules); i++)
		if (str_starts(next, str_c(rules[i].sign)))
			return rules[i].space;
	return NULL;
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* One sign of the text: bytes taken, 0 when it is none of ours. */
static size_t put_sign(struct buf *out, str s, str before)
{
	if (str_starts(s, S("«"))) {
		size_t skip = sizeof("«") - 1;
		buf_put(out, S("«" THIN));
		return skip + spaces_at(str_slice(s, skip, s.n));
	}
	if (str_starts(s, S("..."))) {
		buf_put(out, S("…"));
		return 3;
	}
	if (str_starts(s, S("- ")) && before.n && before.p[before.n - 1] == ' ') {
		buf_put(out, S("–"));
		return 1;
	}
	if (s.p[0] == '\'' && s.n > 1 && before.n && letter(before.p[before.n - 1]) && letter(s.p[1])) {
		buf_put(out, S("’"));
		return 1;
	}
	return 0;
}

static str french(struct arena *a, str s)
{
	struct buf out = buf_new(a, TYPESET_MAX);
	for (size_t i = 0, n; i < s.n; i += n) {
		str rest = str_slice(s, i, s.n);
		size_t spaces = spaces_at(rest);
		const char *space = spaces ? space_before(str_slice(rest, spaces, rest.n)) : NULL;
		if (space && i) {
			buf_put(&out, str_c(space));
			n = spaces;
		} else if (!(n = put_sign(&out, rest, str_slice(s, 0, i)))) {
			buf_byte(&out, s.p[i]);
			n = 1;
		}
	}
	assert(!out.full);
	return buf_str(&out);
}

str pdf_typeset(struct arena *a, enum lang l, str s)
{
	return l == LANG_FR || l == LANG_SIMPLE ? french(a, s) : s;
}

str pdf_french(struct arena *a, enum lang l, str s)
{
	str set = french(a, s);
	return langs[l].rtl && set.n ? str_printf(a, "\u2066%.*s\u2069", STR_ARG(set)) : set;
}

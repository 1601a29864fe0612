/* Strings by pointer and length. */
#include "base/arena.h"
#include <stdarg.h>

str str_c(const char *z) { return z ? (str){z, strlen(z)} : (str){NULL, 0}; }

bool str_eq(str a, str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }

static char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

bool str_ieq(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
			return false;
	return true;
}

int str_cmp(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str prefix) { return s.n >= prefix.n && str_eq((str){s.p, prefix.n}, prefix); }

bool str_ends(str s, str suffix) { return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0); }

ptrdiff_t str_find(str hay, str needle)
{
	if (needle.n == 0)
		return 0;
	const char *at = hay.n ? memmem(hay.p, hay.n, needle.p, needle.n) : NULL;
	return at ? at - hay.p : -1;
}

ptrdiff_t str_find_byte(str hay, char c)
{
	const char *at = hay.n ? memchr(hay.p, c, hay.n) : NULL;
	return at ? at - hay.p : -1;
}

str str_slice(str s, size_t from, size_t to)
{
	to = to > s.n ? s.n : to;
	from = from > to ? to : from;
	return (str){s.p ? s.p + from : NULL, to - from};
}

/* Bytes of white space that begin (or end) s: ASCII, U+00A0, U+202F, U+FEFF. */
static size_t space_at(str s, bool at_end)
{
	static const str wide[] = {S_INIT("\xC2\xA0"), S_INIT("\xE2\x80\xAF"), S_INIT("\xEF\xBB\xBF")};
	if (!s.n)
		return 0;
	char c = at_end ? s.p[s.n - 1] : s.p[0];
	if (c == ' ' || (c >= '\t' && c <= '\r'))
		return 1;
	for (size_t i = 0; i < lengthof(wide); i++)
		if (at_end ? str_ends(s, wide[i]) : str_starts(s, wide[i]))
			return wide[i].n;
	return 0;
}

str str_trim(str s)
{
	for (size_t n; (n = space_at(s, false));)
		s = (str){s.p + n, s.n - n};
	for (size_t n; (n = space_at(s, true));)
		s.n -= n;
	return s;
}

bool str_next(str *rest, char sep, str *ret_part)
{
	if (!rest->p)
		return false;
	ptrdiff_t at = str_find_byte(*rest, sep);
	if (at < 0) {
		*ret_part = *rest;
		*rest = (str){NULL, 0};
	} else {
		*ret_part = (str){rest->p, (size_t)at};
		*rest = (str){rest->p + at + 1, rest->n - (size_t)at - 1};
	}
	return true;
}

bool str_i64(str s, i64 *ret)
{
	bool negative = s.n && s.p[0] == '-';
	size_t i = negative || (s.n && s.p[0] == '+');
	if (i >= s.n)
		return false;
	i64 v = 0;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int digit = s.p[i] - '0';
		if (__builtin_mul_overflow(v, (i64)10, &v) || __builtin_sub_overflow(v, (i64)digit, &v))
			return false;
	}
	if (!negative && __builtin_sub_overflow((i64)0, v, &v))
		return false;
	*ret = v;
	return true;
}

bool str_f64(str s, double *ret)
{
	char z[64];
	size_t digits = 0, dots = 0;
	if (s.n == 0 || s.n >= sizeof z)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		digits += c >= '0' && c <= '9';
		dots += c == '.';
		if (!((c >= '0' && c <= '9') || c == '.' || ((c == '-' || c == '+') && i == 0)))
			return false;
	}
	if (!digits || dots > 1)
		return false;
	memcpy(z, s.p, s.n);
	z[s.n] = 0;
	*ret = strtod(z, NULL);                  /* the C locale: nothing here ever calls setlocale */
	return true;
}

str str_copy(struct arena *a, str s)
{
	if (!s.p)
		return s;
	char *p = arena_raw(a, s.n + 1);
	memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (str){p, s.n};
}

const char *str_z(struct arena *a, str s) { return s.p ? str_copy(a, s).p : ""; }

str str_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	assert(n >= 0);
	char *p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (str){p, (size_t)n};
}

str str_join(struct arena *a, const str *parts, size_t n, str sep)
{
	size_t total = 0;
	for (size_t i = 0; i < n; i++)
		total += parts[i].n + (i ? sep.n : 0);
	char *p = arena_alloc(a, total + 1), *at = p;
	for (size_t i = 0; i < n; i++) {
		if (i && sep.n)
			at = mempcpy(at, sep.p, sep.n);
		if (parts[i].n)
			at = mempcpy(at, parts[i].p, parts[i].n);
	}
	return (str){p, total};
}

str str_lower(struct arena *a, str s)
{
	char *p = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = ascii_lower(s.p[i]);
	p[s.n] = '\0';
	return (str){ p, s.n };
}

str str_replace(struct arena *a, str s, str from, str to)
{
	assert(from.n > 0);
	size_t count = 0;
	for (str rest = s; ; count++) {
		ptrdiff_t at = str_find(rest, from);
		if (at < 0)
			break;
		rest = str_slice(rest, (size_t)at + from.n, rest.n);
	}
	if (!count)
		return s;
	size_t total = s.n - count * from.n + count * to.n;
	char *p = arena_alloc(a, total + 1), *out = p;
	for (str rest = s;;) {
		ptrdiff_t at = str_find(rest, from);
		size_t n = at < 0 ? rest.n : (size_t)at;
		if (n)
			out = mempcpy(out, rest.p, n);
		if (at < 0)
			break;
		if (to.n)
			out = mempcpy(out, to.p, to.n);
		rest = str_slice(rest, n + from.n, rest.n);
	}
	return (str){p, total};
}

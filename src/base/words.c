/* Strings as words. */
#include "base/words.h"
#include "base/arena.h"

bool str_near(str a, str b)
{
	if (a.n > b.n) {
		str swap = a;
		a = b;
		b = swap;
	}
	if (b.n - a.n > 1)
		return false;
	size_t i = 0;
	while (i < a.n && a.p[i] == b.p[i])
		i++;
	str ra = str_slice(a, i, a.n), rb = str_slice(b, i, b.n);
	if (a.n != b.n)
		return str_eq(ra, str_slice(rb, 1, rb.n));
	if (ra.n <= 1)
		return true;
	return str_eq(str_slice(ra, 1, ra.n), str_slice(rb, 1, rb.n)) ||
		(ra.p[0] == rb.p[1] && ra.p[1] == rb.p[0] && str_eq(str_slice(ra, 2, ra.n), str_slice(rb, 2, rb.n)));
}

bool str_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((u8)s.p[i] >= 0x80)
			return false;
	return true;
}

bool str_digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

str str_reversed(struct arena *a, str s)
{
	char *p = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[s.n - 1 - i];
	return (str){p, s.n};
}

struct str_halves str_halves(struct arena *a, str w)
{
	size_t half = w.n ? (w.n - 1) / 2 : 0;
	str head = str_slice(w, 0, half), tail = str_reversed(a, str_slice(w, w.n - half, w.n));
	return (struct str_halves){
		.head = head, .past_head = str_printf(a, "%.*s\x7f", STR_ARG(head)),
		.tail = tail, .past_tail = str_printf(a, "%.*s\x7f", STR_ARG(tail)),
	};
}

u64 str_hash(str s)
{
	u64 h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (u8)s.p[i]) * 0x100000001b3u;
	return h ^ h >> 32;
}

char str_csv_delimiter(str head)
{
	size_t commas = 0, semicolons = 0, tabs = 0;
	bool quoted = false;
	for (size_t i = 0; i < head.n && (quoted || (head.p[i] != '\n' && head.p[i] != '\r')); i++) {
		quoted ^= head.p[i] == '"';
		commas += !quoted && head.p[i] == ',';
		semicolons += !quoted && head.p[i] == ';';
		tabs += !quoted && head.p[i] == '\t';
	}
	if (tabs > commas && tabs > semicolons)
		return '\t';
	return semicolons > commas ? ';' : ',';
}

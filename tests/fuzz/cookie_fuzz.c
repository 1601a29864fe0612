/* The Cookie header: what is kept has a name and plain characters, and written out again it reads the same. */
#include "fuzz.h"

#include "http/parse.h"

static void check_plain(str s)
{
	for (size_t i = 0; i < s.n; i++)
		must_hold((u8)s.p[i] > ' ' && (u8)s.p[i] < 0x7F && !strchr("\",\\;", s.p[i]));
}

FUZZ(a, in)
{
	struct pairs once, twice;
	struct buf b = buf_new(a, 1 << 24);
	if (cookies_parse(a, in, &once) != OK)
		return;
	must_hold(once.n <= COOKIES_MAX);
	for (size_t i = 0; i < once.n; i++) {
		must_hold(once.v[i].name.n > 0 && str_find_byte(once.v[i].name, '=') < 0);
		check_plain(once.v[i].name);
		check_plain(once.v[i].value);
		buf_put(&b, i ? S("; ") : S(""));
		buf_put(&b, once.v[i].name);
		buf_byte(&b, '=');
		buf_put(&b, once.v[i].value);
	}
	must_hold(cookies_parse(a, buf_str(&b), &twice) == OK && twice.n == once.n);
	for (size_t i = 0; i < once.n; i++)
		must_hold(str_eq(once.v[i].name, twice.v[i].name) && str_eq(once.v[i].value, twice.v[i].value));
}

/* Urlencoded bodies and queries: what is accepted is text, and written out again it reads the same. */
#include "fuzz.h"

#include "base/utf8.h"
#include "html/escape.h"
#include "http/parse.h"

FUZZ(a, in)
{
	struct pairs once, twice;
	struct buf b = buf_new(a, 1 << 24);
	if (pairs_parse(a, in, &once) != OK)
		return;
	must_hold(once.n <= PARAMS_MAX);
	for (size_t i = 0; i < once.n; i++) {
		must_hold(utf8_valid(once.v[i].name) && utf8_valid(once.v[i].value));
		if (i)
			buf_byte(&b, '&');
		esc_url_part(&b, once.v[i].name);
		buf_byte(&b, '=');
		esc_url_part(&b, once.v[i].value);
	}
	must_hold(pairs_parse(a, buf_str(&b), &twice) == OK && twice.n == once.n);
	for (size_t i = 0; i < once.n; i++)
		must_hold(str_eq(once.v[i].name, twice.v[i].name) && str_eq(once.v[i].value, twice.v[i].value));
}

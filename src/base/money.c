/* Money: cents, checked. */
#include "base/buf.h"
#include "base/log.h"
#include "base/money.h"

#define CENTS_MAX ((i64)900000000000000)         /* 9 trillion euros */

static cents checked(bool overflow, cents v)
{
	if (overflow)
		die("money overflow");
	return v;
}

cents cents_add(cents a, cents b)
{
	cents v = 0;
	bool over = __builtin_add_overflow(a, b, &v);
	return checked(over, v);
}

cents cents_sub(cents a, cents b)
{
	cents v = 0;
	bool over = __builtin_sub_overflow(a, b, &v);
	return checked(over, v);
}

cents cents_times(cents a, i64 n)
{
	cents v = 0;
	bool over = __builtin_mul_overflow(a, n, &v);
	return checked(over, v);
}

str cents_fr(struct arena *a, cents v)
{
	u64 u = v < 0 ? 0 - (u64)v : (u64)v;
	str euros = str_printf(a, "%llu", (unsigned long long)(u / 100));
	struct buf b = buf_new(a, 64);
	if (v < 0)
		buf_byte(&b, '-');
	for (size_t i = 0; i < euros.n; i++) {
		if (i && (euros.n - i) % 3 == 0)
			buf_put(&b, S("\u202F"));
		buf_byte(&b, euros.p[i]);
	}
	buf_printf(&b, ",%02u\u00A0€", (unsigned)(u % 100));
	return buf_str(&b);
}

/* Bytes of a space at the start of s: plain, U+00A0 or U+202F; 0 when there is none. */
static size_t group_space(str s)
{
	static const str spaces[] = {S_INIT(" "), S_INIT("\u00A0"), S_INIT("\u202F")};
	for (size_t i = 0; i < lengthof(spaces); i++)
		if (str_starts(s, spaces[i]))
			return spaces[i].n;
	return 0;
}

/* The digits before the comma, spaces between groups left out. Moves *rest past them. */
static bool take_euros(str *rest, i64 *ret)
{
	bool any = false;
	for (*ret = 0; rest->n; ) {
		char c = rest->p[0];
		size_t space = any ? group_space(*rest) : 0;
		if (!space && (c < '0' || c > '9'))
			break;
		if (!space) {
			*ret = *ret * 10 + (c - '0');
			any = true;
			if (*ret > CENTS_MAX / 100)
				return false;
		}
		*rest = str_slice(*rest, space ? space : 1, rest->n);
	}
	return any;
}

bool cents_parse(str s, cents *ret)
{
	bool negative = s.n && s.p[0] == '-';
	i64 euros, decimals = 0;
	if (negative)
		s = str_slice(s, 1, s.n);
	s = str_trim(str_ends(s, S("€")) ? str_slice(s, 0, s.n - 3) : s);
	if (!take_euros(&s, &euros))
		return false;
	if (s.n && (s.p[0] == ',' || s.p[0] == '.')) {
		size_t digits = s.n - 1;
		if (digits < 1 || digits > 2 || s.p[1] == '-' || s.p[1] == '+' || !str_i64(str_slice(s, 1, s.n), &decimals))
			return false;
		decimals *= digits == 1 ? 10 : 1;
	} else if (s.n) {
		return false;
	}
	*ret = (euros * 100 + decimals) * (negative ? -1 : 1);
	return true;
}

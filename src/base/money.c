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

bool cents_parse(str s, cents *ret)
{
	bool negative = s.n && s.p[0] == '-', in_cents = false, any = false;
	int decimals = 0;
	i64 v = 0;
	if (negative)
		s = str_slice(s, 1, s.n);
	s = str_trim(str_ends(s, S("€")) ? str_slice(s, 0, s.n - 3) : s);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9') {
			if (v > CENTS_MAX / 10 || (in_cents && ++decimals > 2))
				return false;
			v = v * 10 + (c - '0');
			any = true;
		} else if ((c == ',' || c == '.') && !in_cents && any) {
			in_cents = true;
		} else if (str_starts(str_slice(s, i, s.n), S("\u202F")) && !in_cents) {
			i += 2;
		} else if (str_starts(str_slice(s, i, s.n), S("\u00A0")) && !in_cents) {
			i += 1;
		} else if (c != ' ' || in_cents) {
			return false;
		}
	}
	for (; decimals < 2; decimals++)
		v *= 10;
	if (!any || v > CENTS_MAX)
		return false;
	*ret = negative ? -v : v;
	return true;
}

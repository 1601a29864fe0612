/* Typed values in messages; see pack.h. */
#include "base/pack.h"

void pack_i64(struct buf *b, i64 v)
{
	buf_put(b, (str){ (const char *)&v, sizeof(v) });
}

void pack_f64(struct buf *b, double v)
{
	buf_put(b, (str){ (const char *)&v, sizeof(v) });
}

void pack_str(struct buf *b, str s)
{
	pack_i64(b, s.p ? (i64)s.n : -1);
	if (s.p)
		buf_put(b, s);
}

static bool take(struct unpack *u, void *to, size_t n)
{
	memset(to, 0, n);
	if (u->bad || u->rest.n < n) {
		u->bad = true;
		return false;
	}
	memcpy(to, u->rest.p, n);
	u->rest = (str){ u->rest.p + n, u->rest.n - n };
	return true;
}

i64 unpack_i64(struct unpack *u)
{
	i64 v;
	take(u, &v, sizeof(v));
	return v;
}

double unpack_f64(struct unpack *u)
{
	double v;
	take(u, &v, sizeof(v));
	return v;
}

str unpack_str(struct unpack *u)
{
	i64 n = unpack_i64(u);
	if (u->bad || n == -1)
		return (str){ 0 };
	if (n < 0 || (u64)n > u->rest.n) {
		u->bad = true;
		return (str){ 0 };
	}
	str s = { u->rest.p, (size_t)n };
	u->rest = (str){ u->rest.p + n, u->rest.n - (size_t)n };
	return s;
}

bool unpack_done(const struct unpack *u)
{
	return !u->bad && u->rest.n == 0;
}

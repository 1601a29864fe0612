/* The builder of text: doubles in its arena, stops at its maximum. */
#include "base/buf.h"
#include <stdarg.h>

struct buf buf_new(struct arena *a, size_t max) { return (struct buf){.a = a, .max = max}; }

char *buf_room(struct buf *b, size_t n)
{
	if (b->full || n > b->max || b->n > b->max - n) {
		b->full = true;
		return NULL;
	}
	if (b->cap - b->n < n) {
		size_t cap = b->cap ? b->cap * 2 : 1024;
		while (cap < b->n + n)
			cap *= 2;
		cap = cap > b->max ? b->max : cap;
		char *p = arena_raw(b->a, cap);
		if (b->n)
			memcpy(p, b->p, b->n);
		b->p = p;
		b->cap = cap;
	}
	return b->p + b->n;
}

void buf_put(struct buf *b, str s)
{
	if (!s.n)
		return;
	char *p = buf_room(b, s.n);
	if (!p)
		return;
	memcpy(p, s.p, s.n);
	b->n += s.n;
}

void buf_byte(struct buf *b, char c) { buf_put(b, (str){&c, 1}); }

void buf_i64(struct buf *b, i64 v)
{
	char digits[20];
	size_t at = sizeof digits;
	u64 u = v < 0 ? 0 - (u64)v : (u64)v;
	do {
		digits[--at] = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	if (v < 0)
		buf_byte(b, '-');
	buf_put(b, (str){digits + at, sizeof digits - at});
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	char small[512];
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(small, sizeof small, fmt, ap);
	va_end(ap);
	assert(n >= 0);
	if ((size_t)n < sizeof small) {
		buf_put(b, (str){small, (size_t)n});
	} else {
		char *p = buf_room(b, (size_t)n + 1);
		if (p) {
			vsnprintf(p, (size_t)n + 1, fmt, again);
			b->n += (size_t)n;
		}
	}
	va_end(again);
}

str buf_str(const struct buf *b) { return (str){b->p ? b->p : "", b->n}; }

/* See charset.h. The table is that of the Encoding Standard (windows-1252): its five unassigned bytes are C1 controls. */
#include "base/charset.h"

#include "base/buf.h"
#include "base/utf8.h"

static const u16 high_half[32] = {               /* 0x80 to 0x9F; the others are themselves */
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
};

static u32 from_1252(u8 b) { return b >= 0x80 && b < 0xA0 ? high_half[b - 0x80] : b; }

/* The byte of a code point; -1: none. */
static int to_1252(u32 cp)
{
	if (cp < 0x80 || (cp >= 0xA0 && cp <= 0xFF))
		return (int)cp;
	for (int i = 0; i < 32; i++)
		if (high_half[i] == cp)
			return 0x80 + i;
	return -1;
}

void charset_count(struct charset_count *c, str piece)
{
	for (size_t i = 0; i < piece.n; i++) {
		u8 b = (u8)piece.p[i];
		bool follows = (b & 0xC0) == 0x80;
		if (c->wanted) {
			c->wanted = follows ? c->wanted - 1 : 0;
			c->good += follows && !c->wanted;
			c->bad += !follows;
			if (follows)
				continue;
		} else if (follows) {
			c->bad++;
			continue;
		}
		c->wanted = b < 0xC2 || b > 0xF4 ? 0 : b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
		c->bad += b >= 0x80 && !c->wanted;
	}
}

enum charset charset_told(const struct charset_count *c)
{
	return c->bad > c->good ? CHARSET_WINDOWS_1252 : CHARSET_UTF8;
}

struct charset_reading charset_reading(enum charset from)
{
	return (struct charset_reading){ .from = from, .half = -1 };
}

/* One unit of UTF-16; 0: the first half of a pair, whose second half is to come. */
static size_t put_unit(struct charset_reading *r, u16 unit, char *out)
{
	size_t n = 0;
	u16 high = r->high;
	r->high = 0;
	if (high && unit >= 0xDC00 && unit < 0xE000)
		return utf8_encode(0x10000 + ((u32)(high - 0xD800) << 10) + (unit - 0xDC00u), out);
	if (high)
		n = utf8_encode(0xFFFD, out);
	if (unit >= 0xD800 && unit < 0xDC00)
		r->high = unit;
	else
		n += utf8_encode(unit >= 0xDC00 && unit < 0xE000 ? 0xFFFD : unit, out + n);
	return n;
}

size_t charset_read(struct charset_reading *r, str piece, char *out)
{
	size_t n = 0;
	for (size_t i = 0; i < piece.n; i++) {
		u8 b = (u8)piece.p[i];
		if (r->from == CHARSET_WINDOWS_1252) {
			n += utf8_encode(from_1252(b), out + n);
			continue;
		}
		if (r->half < 0) {
			r->half = b;
			continue;
		}
		u16 first = (u16)r->half;
		r->half = -1;
		n += put_unit(r, (u16)(r->from == CHARSET_UTF16_LE ? first | b << 8 : first << 8 | b), out + n);
	}
	return n;
}

/* The letters that the first bytes of UTF-8's sequences become: Â, Ã, â. Without one there is nothing to mend. */
static bool looks_broken(str s)
{
	for (size_t i = 0; i + 1 < s.n; i++)
		if ((u8)s.p[i] == 0xC3 && ((u8)s.p[i + 1] == 0x82 || (u8)s.p[i + 1] == 0x83 || (u8)s.p[i + 1] == 0xA2))
			return true;
	return false;
}

bool utf8_mend(struct arena *a, str s, str *ret)
{
	if (!looks_broken(s))
		return false;
	struct buf b = buf_new(a, s.n + 1);
	str rest = s;
	for (u32 cp; utf8_next(&rest, &cp);) {
		int byte = to_1252(cp);
		if (byte < 0)
			return false;
		buf_byte(&b, (char)byte);
	}
	if (!utf8_valid(buf_str(&b)))
		return false;
	*ret = buf_str(&b);
	return true;
}

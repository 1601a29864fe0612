/* UTF-8: checking, walking, folding. */
#include "base/utf8.h"
#include "base/buf.h"

/* Length of the well-formed sequence at s.p, its code point in *ret; 0 when malformed (Unicode table 3-7). */
static size_t decode(str s, u32 *ret)
{
	const u8 *p = (const u8 *)s.p;
	if (p[0] < 0x80) {
		*ret = p[0];
		return 1;
	}
	size_t n = p[0] >= 0xC2 && p[0] <= 0xDF ? 2 : (p[0] & 0xF0) == 0xE0 ? 3 : p[0] >= 0xF0 && p[0] <= 0xF4 ? 4 : 0;
	if (!n || s.n < n)
		return 0;
	u32 cp = p[0] & (0x7Fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		cp = cp << 6 | (p[i] & 0x3F);
	}
	static const u32 least[] = {0, 0, 0x80, 0x800, 0x10000};
	if (cp < least[n] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		return 0;
	*ret = cp;
	return n;
}

bool utf8_valid(str s)
{
	u32 cp;
	for (size_t i = 0; i < s.n;) {
		size_t n = decode((str){s.p + i, s.n - i}, &cp);
		if (!n || cp == 0)
			return false;
		i += n;
	}
	return true;
}

bool utf8_next(str *rest, u32 *ret_cp)
{
	if (!rest->n)
		return false;
	size_t n = decode(*rest, ret_cp);
	if (!n) {
		*ret_cp = 0xFFFD;
		n = 1;
	}
	*rest = (str){rest->p + n, rest->n - n};
	return true;
}

size_t utf8_length(str s)
{
	size_t n = 0;
	for (u32 cp; utf8_next(&s, &cp);)
		n++;
	return n;
}

size_t utf8_encode(u32 cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	static const u8 lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
	for (size_t i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (cp & 0x3F));
		cp >>= 6;
	}
	out[0] = (char)(lead[n] | cp);
	return n;
}

str utf8_prefix(str s, size_t n)
{
	str rest = s;
	u32 cp;
	while (n-- && utf8_next(&rest, &cp))
		;
	return (str){s.p, s.n - rest.n};
}

/* What U+00C0…U+017F become when folded; '\0' leaves the (lower-cased) letter as it is. */
static const char latin[] =
	"aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0\0"   /* C0..DF: Æ, Ð, ×, Þ, ß apart */
	"aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0y"    /* E0..FF */
	"aaaaaaccccccccdd"                         /* 100..10F */
	"ddeeeeeeeeeegggg"                         /* 110..11F */
	"gggghhhhiiiiiiii"                         /* 120..12F */
	"ii\0\0jjkkkllllll"                        /* 130..13E */
	"llllnnnnnnnnnooo"                         /* 13F..14E */
	"ooo\0\0rrrrrrssss"                        /* 14F..15D */
	"ssssttttttuuuuuu"                         /* 15E..16D */
	"uuuuuuwwyyyzzzzzzs";                      /* 16E..17F */

static void fold_one(struct buf *b, u32 cp)
{
	char out[4];
	if (cp < 0x80) {
		buf_byte(b, (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp));
		return;
	}
	if (cp == 0xC6 || cp == 0xE6) {
		buf_put(b, S("ae"));
	} else if (cp == 0x152 || cp == 0x153) {
		buf_put(b, S("oe"));
	} else if (cp == 0xDF || cp == 0x1E9E) {
		buf_put(b, S("ss"));
	} else if (cp >= 0xC0 && cp <= 0x17F && latin[cp - 0xC0]) {
		buf_byte(b, latin[cp - 0xC0]);
	} else if (cp >= 0x300 && cp <= 0x36F) {
		return;                          /* a combining accent: dropped */
	} else if (cp == 0x2019 || cp == 0x2018 || cp == 0x2BC || cp == 0xB4) {
		buf_byte(b, '\'');
	} else if (cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F || cp == 0x3000) {
		buf_byte(b, ' ');
	} else {
		if ((cp >= 0x391 && cp <= 0x3A9) || (cp >= 0x410 && cp <= 0x42F))
			cp += 32;                /* Greek and Cyrillic capitals */
		buf_put(b, (str){out, utf8_encode(cp, out)});
	}
}

str utf8_fold(struct arena *a, str s)
{
	struct buf b = buf_new(a, s.n * 3 + 16);
	for (u32 cp; utf8_next(&s, &cp);)
		fold_one(&b, cp);
	return buf_str(&b);
}

str utf8_words(struct arena *a, str s, size_t n)
{
	struct buf b = buf_new(a, s.n + 1);
	size_t used = 0;
	if (utf8_length(s) <= n)
		return s;
	for (str word; s.n && str_next(&s, ' ', &word) && used + 1 + utf8_length(word) <= n; used += 1 + utf8_length(word))
		buf_printf(&b, "%s%.*s", b.n ? " " : "", STR_ARG(word));
	return buf_str(&b);
}

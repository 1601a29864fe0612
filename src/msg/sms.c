/* Lengths of SMS; see sms.h. */
#include "msg/sms.h"

#include "base/buf.h"
#include "base/utf8.h"

#define ESCAPE 27

/* GSM 03.38, by code; 0xFFFF where the escape to the extension table is. */
static const u16 basic[128] = {
	'@', 0xA3, '$', 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, '\n', 0xD8, 0xF8, '\r', 0xC5, 0xE5,
	0x394, '_', 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0xFFFF, 0xC6, 0xE6, 0xDF, 0xC9,
	' ', '!', '"', '#', 0xA4, '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/',
	'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?',
	0xA1, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
	'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 0xC4, 0xD6, 0xD1, 0xDC, 0xA7,
	0xBF, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
	'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 0xE4, 0xF6, 0xF1, 0xFC, 0xE0,
};
static const u16 extended[] = { '\f', '^', '{', '}', '\\', '[', '~', ']', '|', 0x20AC };

/* Septets that a character takes; 0: it is in neither table. */
static int septets(u32 cp)
{
	for (size_t i = 0; i < lengthof(basic); i++)
		if (basic[i] == cp && i != ESCAPE)
			return 1;
	for (size_t i = 0; i < lengthof(extended); i++)
		if (extended[i] == cp)
			return 2;
	return 0;
}

static bool fits_gsm(str text)
{
	u32 cp;
	while (utf8_next(&text, &cp))
		if (!septets(cp))
			return false;
	return true;
}

static i64 width(u32 cp, bool ucs2)
{
	if (ucs2)
		return cp > 0xFFFF ? 2 : 1;
	return septets(cp);
}

struct sms_size sms_measure(str text)
{
	struct sms_size s = { .ucs2 = !fits_gsm(text) };
	i64 one = s.ucs2 ? SMS_UCS2_ONE : SMS_GSM_ONE, part = s.ucs2 ? SMS_UCS2_PART : SMS_GSM_PART, in_part = 0;
	u32 cp;
	for (str rest = text; utf8_next(&rest, &cp);) {
		i64 w = width(cp, s.ucs2);
		s.units += w;
		if (!s.segments || in_part + w > part) {
			s.segments++;
			in_part = 0;
		}
		in_part += w;
	}
	if (s.units <= one) {
		s.segments = s.units > 0;
		s.left = one - s.units;
	} else {
		s.left = part - in_part;
	}
	return s;
}

/* ---- likenesses ---- */

static const struct { u32 from, to; const char *as; } likenesses[] = {
	{ 0xA0, 0xA0, " " }, { 0x2000, 0x200A, " " }, { 0x202F, 0x202F, " " }, { 0x200B, 0x200F, "" }, { 0x2066, 0x2069, "" },
	{ 0x2018, 0x201B, "'" }, { 0x2032, 0x2032, "'" }, { 0xB4, 0xB4, "'" }, { '`', '`', "'" },
	{ 0xAB, 0xAB, "\"" }, { 0xBB, 0xBB, "\"" }, { 0x201C, 0x201F, "\"" },
	{ 0x2010, 0x2015, "-" }, { 0xAD, 0xAD, "" }, { 0x2212, 0x2212, "-" }, { 0xB7, 0xB7, "-" }, { 0x2022, 0x2022, "-" },
	{ 0x2026, 0x2026, "..." }, { 0xB0, 0xB0, "o" }, { 0x2192, 0x2192, "->" }, { '\t', '\t', " " },
};

/* Capitals of Latin letters with accents (Latin-1, Latin Extended-A). */
static bool is_capital(u32 cp)
{
	bool odd_is_capital = cp >= 0x139 && cp <= 0x148;
	return (cp >= 0xC0 && cp <= 0xDE) || (cp >= 0x100 && cp < 0x180 && (cp % 2 == 0) != odd_is_capital);
}

/* Puts a likeness of the character, or itself. */
static void put_like(struct buf *b, u32 cp, str as_is)
{
	for (size_t i = 0; i < lengthof(likenesses); i++)
		if (cp >= likenesses[i].from && cp <= likenesses[i].to) {
			buf_put(b, str_c(likenesses[i].as));
			return;
		}
	bool latin = cp >= 0xC0 && cp < 0x180;
	str bare = latin ? utf8_fold(b->a, as_is) : as_is;
	for (size_t i = 0; i < bare.n; i++) {
		char c = bare.p[i];
		buf_byte(b, latin && is_capital(cp) && c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
	}
}

static bool no_break(u32 cp)
{
	return cp == 0xA0 || cp == 0x202F;
}

str sms_plain(struct arena *a, str text)
{
	struct buf b = buf_new(a, text.n * 3 + 1);
	u32 cp, before = 0;
	for (str rest = text; rest.n;) {
		const char *from = rest.p;
		utf8_next(&rest, &cp);
		if (cp == 0xBB && no_break(before))
			b.n--;                   /* the space inside French quotation marks has no place in "…" */
		if (septets(cp))
			buf_put(&b, (str){ from, (size_t)(rest.p - from) });
		else if (!(before == 0xAB && no_break(cp)))
			put_like(&b, cp, (str){ from, (size_t)(rest.p - from) });
		before = cp;
	}
	return fits_gsm(buf_str(&b)) ? buf_str(&b) : text;
}

/* See phone.h. A number is first brought down to its digits, then matched against the numbering plans of the French Republic:
 * metropolitan numbers have nine digits after +33; overseas ones have a country code of their own, and those that one can
 * dial as "0590…" from anywhere repeat it after the code. */
#include "base/phone.h"

#include "base/buf.h"
#include "base/utf8.h"

#define TYPED_MAX 40                             /* digits looked at; more is no number */

struct digits { char v[TYPED_MAX + 1]; int n; bool plus; };

/* Plans: country code, how many digits follow it (two lengths where the plan has changed). */
static const struct plan { const char *code; int length, other; } plans[] = {
	{ "33", 9, 9 }, { "590", 9, 9 }, { "594", 9, 9 }, { "596", 9, 9 }, { "262", 9, 9 },
	{ "269", 7, 9 }, { "687", 6, 6 }, { "689", 8, 6 }, { "508", 6, 9 }, { "681", 6, 6 },
};

/* First digits, after the zero, of the national numbers that belong to an overseas plan; the first that fits. */
static const struct overseas { const char *start, *code; } overseas[] = {
	{ "63998", "33" },                       /* kept for fiction: metropolitan, amid Mayotte's "639" */
	{ "590", "590" }, { "690", "590" }, { "691", "590" }, { "594", "594" }, { "694", "594" },
	{ "596", "596" }, { "696", "596" }, { "697", "596" }, { "262", "262" }, { "263", "262" },
	{ "692", "262" }, { "693", "262" }, { "269", "262" }, { "639", "262" },
};

static bool is_separator(u32 c)
{
	switch (c) {
	case ' ': case '\t': case '.': case '-': case '/': case '(': case ')': case ',': case '_': case '\'': case ':':
	case 0xA0: case 0x202F: case 0x2009: case 0xB7: case 0x2022: case 0x2212: case 0xFEFF:
		return true;
	default:                                 /* dashes, invisible marks of direction that a copied number brings along */
		return (c >= 0x2010 && c <= 0x2015) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
		       (c >= 0x2066 && c <= 0x2069);
	}
}

static int digit_of(u32 c)
{
	static const u32 zeros[] = { '0', 0x660, 0x6F0, 0xFF10 };

	for (size_t i = 0; i < lengthof(zeros); i++)
		if (c >= zeros[i] && c < zeros[i] + 10)
			return (int)(c - zeros[i]);
	return -1;
}

static str without_caption(str s)
{
	static const str captions[] = { S_INIT("téléphone"), S_INIT("telephone"), S_INIT("tél"), S_INIT("tel"), S_INIT("phone") };

	for (size_t i = 0; i < lengthof(captions); i++) {
		str c = captions[i];
		if (s.n >= c.n && str_ieq(str_slice(s, 0, c.n), c))
			return str_slice(s, c.n, s.n);
	}
	return s;
}

static enum phone_fault take_digits(str typed, struct digits *d)
{
	str rest = without_caption(str_trim(typed));
	u32 c;

	while (utf8_next(&rest, &c)) {
		int digit = digit_of(c);
		if (digit >= 0) {
			if (d->n == TYPED_MAX)
				return PHONE_TOO_MANY;
			d->v[d->n++] = (char)('0' + digit);
		} else if ((c == '+' || c == 0xFF0B) && d->n == 0 && !d->plus) {
			d->plus = true;
		} else if (!is_separator(c)) {
			return PHONE_CHARACTERS;
		}
	}
	return d->n == 0 ? PHONE_EMPTY : PHONE_OK;
}

static bool starts(const char *digits, const char *with)
{
	return strncmp(digits, with, strlen(with)) == 0;
}

static enum phone_fault counted(struct phone *ret, int digits, int wanted, int other)
{
	ret->digits = digits;
	ret->wanted = wanted;
	if (digits == wanted || digits == other)
		return PHONE_OK;
	return digits < wanted ? PHONE_MISSING : PHONE_TOO_MANY;
}

static void write_e164(struct phone *ret, const char *code, const char *number)
{
	int n = snprintf(ret->e164, sizeof ret->e164, "+%s%s", code, number);
	assert(n > 0 && (size_t)n < sizeof ret->e164);
}

/* `nine`: the digits after the zero of a national number. */
static enum phone_fault national(const char *nine, struct phone *ret)
{
	enum phone_fault f = counted(ret, (int)strlen(nine) + 1, PHONE_DIGITS, PHONE_DIGITS);
	if (f != PHONE_OK)
		return f;
	if (nine[0] == '0')
		return PHONE_COUNTRY;            /* "00…" is the way out to another country */
	if (starts(nine, "508") && nine[3] == '0')
		return PHONE_COUNTRY;            /* nobody's: after the code it would be read as a zero to dial */
	if (starts(nine, "508")) {
		write_e164(ret, "508", nine + 3);
		return PHONE_OK;
	}
	for (size_t i = 0; i < lengthof(overseas); i++)
		if (starts(nine, overseas[i].start)) {
			write_e164(ret, overseas[i].code, nine);
			return PHONE_OK;
		}
	write_e164(ret, "33", nine);
	return PHONE_OK;
}

/* `digits` start with a country code. */
static enum phone_fault international(const char *digits, struct phone *ret)
{
	for (size_t i = 0; i < lengthof(plans); i++) {
		const struct plan *p = &plans[i];
		if (!starts(digits, p->code))
			continue;
		const char *number = digits + strlen(p->code);
		if (number[0] == '0')            /* +33 (0)2…, +590 0590… */
			return national(number + 1, ret);
		if (p->code[0] == '3') {
			enum phone_fault f = national(number, ret);
			if (f != PHONE_OK)       /* counted without the zero that nobody typed */
				ret->digits--, ret->wanted--;
			return f;
		}
		enum phone_fault f = counted(ret, (int)strlen(number), p->length, p->other);
		if (f == PHONE_OK)
			write_e164(ret, p->code, number);
		return f;
	}
	return PHONE_COUNTRY;
}

/* Eleven or twelve digits without '+' that start with one of our codes: the '+' was lost. */
static bool lost_plus(const struct digits *d)
{
	if (d->n == 11 && starts(d->v, "33"))
		return true;
	return d->n == 12 && (starts(d->v, "330") || starts(d->v, "590590") || starts(d->v, "590690") || starts(d->v, "594594") ||
			      starts(d->v, "594694") || starts(d->v, "596596") || starts(d->v, "596696") ||
			      starts(d->v, "262262") || starts(d->v, "262692"));
}

enum phone_fault phone_read(str typed, struct phone *ret)
{
	struct digits d = { 0 };

	*ret = (struct phone){ 0 };
	enum phone_fault f = take_digits(typed, &d);
	if (f != PHONE_OK)
		return f;
	if (d.plus && d.v[0] == '0' && d.v[1] != '0')
		return national(d.v + 1, ret);   /* "+0147985927" */
	if (d.plus || lost_plus(&d))
		return international(d.v + (starts(d.v, "00") ? 2 : 0), ret);
	if (starts(d.v, "00"))
		return international(d.v + 2, ret);
	if (d.n <= 4)
		return PHONE_SHORT_NUMBER;
	if (d.v[0] == '0')
		return national(d.v + 1, ret);
	if (d.n == PHONE_DIGITS - 1)
		return national(d.v, ret);       /* the zero was lost */
	return counted(ret, d.n, PHONE_DIGITS, PHONE_DIGITS) == PHONE_MISSING ? PHONE_MISSING : PHONE_TOO_MANY;
}

/* The length of the separator between two numbers at the start of `s`, 0 if there is none. Slash, comma and dash also stand
 * inside one number ("02/41/88"): they separate only once a whole number of `digits` may be behind. */
static size_t between(str s, int digits)
{
	static const str always[] = { S_INIT(";"), S_INIT("|"), S_INIT("\n"), S_INIT(" ou "), S_INIT(" et ") };
	static const str after_a_number[] = { S_INIT("/"), S_INIT(","), S_INIT(" - ") };

	for (size_t i = 0; i < lengthof(always); i++)
		if (str_ieq(str_slice(s, 0, always[i].n), always[i]))
			return always[i].n;
	for (size_t i = 0; digits >= PHONE_DIGITS - 1 && i < lengthof(after_a_number); i++)
		if (str_starts(s, after_a_number[i]))
			return after_a_number[i].n;
	return 0;
}

bool phone_next(str *rest, str *ret_one)
{
	while (rest->p) {
		str s = *rest;
		size_t i = 0, separator = 0;
		for (int digits = 0; i < s.n && !(separator = between(str_slice(s, i, s.n), digits)); i++)
			digits += s.p[i] >= '0' && s.p[i] <= '9';
		*rest = i < s.n ? str_slice(s, i + separator, s.n) : (str){ 0 };
		*ret_one = str_trim(str_slice(s, 0, i));
		if (ret_one->n > 0)
			return true;
	}
	return false;
}

static bool is_e164(str s)
{
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 5 && s.n < 16 && s.p[0] == '+';
}

/* Digits in pairs, the first three together when their count is odd; no-break spaces between. */
static void put_pairs(struct buf *b, str digits)
{
	for (size_t i = 0; i < digits.n; i++) {
		if (i > 1 && (digits.n - i) % 2 == 0)
			buf_put(b, S("\u00a0"));
		buf_byte(b, digits.p[i]);
	}
}

str phone_grouped(struct arena *a, str e164)
{
	struct buf b = buf_new(a, 64);

	if (!is_e164(e164))
		return e164;
	if (str_starts(e164, S("+33"))) {
		put_pairs(&b, str_printf(a, "0%.*s", STR_ARG(str_slice(e164, 3, e164.n))));
		return buf_str(&b);
	}
	buf_put(&b, str_slice(e164, 0, 4));
	buf_put(&b, S("\u00a0"));
	put_pairs(&b, str_slice(e164, 4, e164.n));
	return buf_str(&b);
}

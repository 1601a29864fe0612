/* Numbers as people see them: plain decimals, dates, elapsed times, digits with their zeros. A sheet keeps only a number and, in the
 * format of the cell, what it stands for (§18.8.30, §18.8.31; serial dates: §18.17.4). */
#include "base/xlsx_parts.h"

#include <math.h>

#include "base/timex.h"

#define DAY 86400
#define EXACT 9007199254740992.0                 /* 2^53: integers below are exact in a double */
#define DAYS_MAX 2958466.0                       /* the first after 9999-12-31 */

/* ---- formats ---- */

static bool builtin_date(i64 id)
{
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/* Takes one character of a format's first section off *rest: *ret_literal when it is shown as it is. False at the
 * section's end. Widths and fillings (_x, *x) are skipped. */
static bool code_next(str *rest, bool *in_quotes, char *ret_c, bool *ret_literal)
{
	while (rest->n) {
		char c = rest->p[0];
		*rest = str_slice(*rest, 1, rest->n);
		if (c == '"') {
			*in_quotes = !*in_quotes;
			continue;
		}
		*ret_literal = *in_quotes || c == '\\';
		*ret_c = c;
		if (*in_quotes || strchr("\\_*", c) == NULL)
			return *in_quotes || c != ';';
		*ret_c = rest->n ? rest->p[0] : ' ';
		*rest = str_slice(*rest, 1, rest->n);
		if (*ret_literal)
			return true;
		while (rest->n && (rest->p[0] & 0xC0) == 0x80)
			*rest = str_slice(*rest, 1, rest->n);
	}
	return false;
}

/* What is in brackets is a colour, a currency or a condition, or an elapsed time: [h], [mm], [s]. */
static bool skip_brackets(str *rest)
{
	ptrdiff_t end = str_find_byte(*rest, ']');
	str inside = end < 0 ? *rest : str_slice(*rest, 0, (size_t)end);
	*rest = end < 0 ? S("") : str_slice(*rest, (size_t)end + 1, rest->n);
	for (size_t i = 0; i < inside.n; i++)
		if (!strchr("hHmMsS", inside.p[i]))
			return false;
	return inside.n > 0;
}

/* Zeros first ("00000") or a digit that is always shown (+33), and nothing but digits and what stands between them: spaces, signs.
 * "0", "0.00", "# ##0" are ordinary. */
struct digits { int places, first_zero; bool told, other; };

static void see_digit(struct digits *d, char c, bool literal)
{
	if (literal || c & 0x80 || c == ' ' || c == '-' || c == '(' || c == ')') {
		d->told = d->told || (c >= '0' && c <= '9');
		d->other = d->other || (c & 0x80 ? false : !strchr(" -./()+0123456789", c));
	} else if (c == '0' || c == '#') {
		d->first_zero = d->places++ == 0 ? c == '0' : d->first_zero;
	} else {
		d->other = true;
	}
}

static bool is_digits(const struct digits *d)
{
	return !d->other && ((d->first_zero && d->places > 1) || (d->told && d->places > 0));
}

struct xlsx_format xlsx_format(i64 id, str code)
{
	struct digits d = { 0 };
	bool quotes = false, literal, date = false, elapsed = false;
	char c;
	if (!code.n)
		return (struct xlsx_format){ .kind = id == 46 ? XLSX_ELAPSED : builtin_date(id) ? XLSX_DATE : XLSX_NUMBER };
	for (str rest = code; code_next(&rest, &quotes, &c, &literal);) {
		if (!literal && c == '[') {
			elapsed = skip_brackets(&rest) || elapsed;
			continue;
		}
		date = date || (!literal && c && strchr("yYmMdDhHsS", c));
		see_digit(&d, c, literal);
	}
	enum xlsx_kind kind = elapsed ? XLSX_ELAPSED : date ? XLSX_DATE : is_digits(&d) ? XLSX_DIGITS : XLSX_NUMBER;
	return (struct xlsx_format){ .kind = str_ieq(code, S("General")) ? XLSX_NUMBER : kind, .code = code };
}

/* ---- plain numbers ---- */

/* Fifteen digits, as spreadsheets show: the sixteenth and seventeenth are the noise of binary fractions. */
static str decimal(struct arena *a, double v)
{
	char e[40], digits[16];
	struct buf b = buf_new(a, 400);
	if (v == trunc(v) && fabs(v) < EXACT)
		return str_printf(a, "%lld", (long long)v);
	snprintf(e, sizeof e, "%.14e", fabs(v)); /* d.dddddddddddddde±xx */
	digits[0] = e[0];
	memcpy(digits + 1, e + 2, 14);
	int n = 15, point = 1 + (int)strtol(e + 17, NULL, 10);
	while (n > 1 && digits[n - 1] == '0')
		n--;
	if (v < 0)
		buf_byte(&b, '-');
	if (point <= 0)
		buf_put(&b, S("0."));
	for (int i = point; i < 0; i++)
		buf_byte(&b, '0');
	for (int i = 0; i < n || i < point; i++) {
		if (i == point && i > 0)
			buf_byte(&b, '.');
		buf_byte(&b, i < n ? digits[i] : '0');
	}
	return buf_str(&b);
}

/* ---- dates ---- */

/* The system of 1900 has a 29 February 1900 that never was, day 60 (§18.17.4.1); that of 1904 counts from 1 January 1904. */
static str day_iso(struct arena *a, i64 day, bool from_1904)
{
	i64 zero = date_days(from_1904 ? (struct date){ 1904, 1, 1 } : (struct date){ 1899, 12, 30 });
	if (!from_1904 && day == 60)
		return S("1900-02-29");
	return date_iso(a, date_of_days(zero + day + (!from_1904 && day < 60)));
}

static str date_text(struct arena *a, double v, bool from_1904)
{
	i64 seconds = (i64)round(v * DAY), day = seconds / DAY, minute = seconds % DAY / 60;
	if (v < 1)
		minute = seconds == DAY ? 24 * 60 - 1 : minute;
	str time = str_printf(a, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
	if (v < 1)
		return time;
	str date = day_iso(a, day, from_1904);
	return seconds % DAY ? str_printf(a, "%.*s %.*s", STR_ARG(date), STR_ARG(time)) : date;
}

static str elapsed_text(struct arena *a, double v)
{
	i64 minutes = (i64)round(v * DAY) / 60;
	return str_printf(a, "%02lld:%02lld", (long long)(minutes / 60), (long long)(minutes % 60));
}

/* "2026-11-29T14:05:00", "2026-11-29", "14:05:00". */
str xlsx_iso(struct arena *a, str written)
{
	struct date d;
	str text = str_trim(written), date = str_slice(text, 0, 10), time = str_slice(text, 11, 16);
	if (date_parse(text, &d) || text.n < 5)
		return text;
	if (!date_parse(date, &d))
		return text.p[0] == 'T' ? str_slice(text, 1, 6) : text.p[2] == ':' ? str_slice(text, 0, 5) : text;
	if (!time.n || str_starts(str_slice(text, 11, text.n), S("00:00:00")) || str_eq(time, S("00:00")))
		return date;
	return str_printf(a, "%.*s %.*s", STR_ARG(date), STR_ARG(time));
}

/* ---- digits ---- */

/* Fills the places of the format from the right; those on the left that nothing fills show 0, or nothing for '#' before any 0. */
static str digits_text(struct arena *a, double v, str code)
{
	str number = decimal(a, v);
	struct buf b = buf_new(a, 4096);
	bool quotes = false, literal, begun = false;
	char c;
	size_t places = 0, seen = 0;
	for (str rest = code; code_next(&rest, &quotes, &c, &literal);)
		places += !literal && (c == '0' || c == '#');
	for (str rest = code; code_next(&rest, &quotes, &c, &literal);) {
		if (literal || (c != '0' && c != '#')) {
			buf_byte(&b, c);
			continue;
		}
		if (seen == 0 && number.n > places)
			buf_put(&b, str_slice(number, 0, number.n - places));
		size_t left = places - seen++;
		begun = begun || c == '0' || left <= number.n;
		if (begun)
			buf_byte(&b, left <= number.n ? number.p[number.n - left] : '0');
	}
	return str_trim(buf_str(&b));
}

/* ---- all of them ---- */

static bool spelled(str s, const char *characters)
{
	for (size_t i = 0; i < s.n; i++)
		if (!s.p[i] || !strchr(characters, s.p[i]))
			return false;
	return s.n > 0;
}

/* xsd:double without its infinities. */
static bool number_of(str s, double *ret)
{
	char z[400], *end;
	if (s.n >= sizeof z || !spelled(s, "0123456789+-.eE"))
		return false;
	memcpy(z, s.p, s.n);
	z[s.n] = 0;
	*ret = strtod(z, &end);
	return *end == 0 && isfinite(*ret);
}

str xlsx_number(struct arena *a, str written, struct xlsx_format f, bool from_1904)
{
	double v;
	str text = str_trim(written);
	if (!number_of(text, &v))
		return text;
	if (f.kind == XLSX_DATE && v >= 0 && v < DAYS_MAX - (from_1904 ? 1462 : 0))
		return date_text(a, v, from_1904);
	if (f.kind == XLSX_ELAPSED && v >= 0 && v < DAYS_MAX)
		return elapsed_text(a, v);
	if (f.kind == XLSX_DIGITS && v >= 0 && v == trunc(v) && v < EXACT)
		return digits_text(a, v, f.code);
	if (spelled(text, "0123456789") && text.p[0] != '0')
		return text;                     /* integers too long for a double, which some programs write */
	return decimal(a, v);
}

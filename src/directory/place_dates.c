/* Dates as files write them. The order day, month, year is the French one; nothing is guessed: what could be read two ways
 * in France is not, so "04/21/2022" is refused with what it probably means. */
#include "directory/place_values.h"
#include "base/utf8.h"

static const char *const months[] = { "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
	"novembre", "decembre" };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t digits(str s, size_t at)
{
	size_t n = 0;
	while (at + n < s.n && is_digit(s.p[at + n]))
		n++;
	return n;
}

static int number(str s, size_t at, size_t n)
{
	int v = 0;
	for (size_t i = at; i < at + n && i < at + 8; i++)
		v = v * 10 + (s.p[i] - '0');
	return v;
}

/* What may follow a date: nothing, or a time of day after a space or a T. */
static bool ends(str s, size_t at)
{
	return at == s.n || ((s.p[at] == ' ' || s.p[at] == 't') && (at + 1 == s.n || is_digit(s.p[at + 1]) || s.p[at + 1] == 'a'));
}

/* Three numbers and the same sign between them. */
static bool three_numbers(str s, int ret[3], size_t lengths[3])
{
	size_t at = 0;
	for (int i = 0; i < 3; i++) {
		lengths[i] = digits(s, at);
		if (!lengths[i] || lengths[i] > 4)
			return false;
		ret[i] = number(s, at, lengths[i]);
		at += lengths[i];
		if (i < 2 && (at >= s.n || !strchr("-/.", s.p[at]) || (i == 1 && s.p[at] != s.p[lengths[0]])))
			return false;
		at += i < 2;
	}
	return ends(s, at);
}

static bool from_numbers(str s, struct date *ret, struct date *ret_other)
{
	int v[3];
	size_t n[3];
	if (!three_numbers(s, v, n))
		return false;
	if (n[0] == 4 && n[1] <= 2 && n[2] <= 2) {
		*ret = (struct date){ v[0], v[1], v[2] };
		return true;
	}
	if (n[0] > 2 || n[1] > 2 || (n[2] != 4 && n[2] != 2))
		return false;
	int year = n[2] == 2 ? 2000 + v[2] : v[2];
	*ret = (struct date){ year, v[1], v[0] };
	*ret_other = (struct date){ year, v[0], v[1] };
	return true;
}

/* "4 mars 2024", "1er août 2023", "lundi 4 mars 2024". */
static bool from_words(str s, struct date *ret)
{
	size_t at = 0;
	while (at < s.n && !is_digit(s.p[at]))
		at++;
	size_t n = digits(s, at);
	if (!n || n > 2 || at > 9)
		return false;
	int day = number(s, at, n);
	str rest = str_slice(s, at + n, s.n);
	if (str_starts(rest, S("er")))
		rest = str_slice(rest, 2, rest.n);
	rest = str_trim(rest);
	for (int m = 0; m < 12; m++) {
		str name = str_c(months[m]);
		if (!str_starts(rest, name))
			continue;
		str year = str_trim(str_slice(rest, name.n, rest.n));
		if (digits(year, 0) != 4 || !ends(year, 4))
			return false;
		*ret = (struct date){ number(year, 0, 4), m + 1, day };
		return true;
	}
	return false;
}

/* Seconds (10 digits) or milliseconds (13) since 1970. */
static bool from_instant(str s, struct date *ret)
{
	i64 v;
	if ((s.n != 10 && s.n != 13) || !str_i64(s, &v) || v < 0)
		return false;
	*ret = paris_of_ms(s.n == 10 ? v * 1000 : v).date;
	return true;
}

struct value_read value_date(struct arena *a, str s, struct date today)
{
	str v = utf8_fold(a, str_trim(s));
	struct date d = { 0, 0, 0 }, other = { 0, 0, 0 };
	struct value_read r = { 0 };
	bool read = from_numbers(v, &d, &other) || from_words(v, &d) || from_instant(v, &d);
	if (!read || !date_valid(d) || d.y < 1900) {
		r.fault = read && d.y < 1900 && date_valid(d) ? "année impossible" : "date illisible : elle s’écrit AAAA-MM-JJ, comme 2026-03-24";
		if (read && date_valid(other) && other.y >= 2000)
			r.proposal = date_iso(a, other);
		return r;
	}
	if (date_days(d) > date_days(today) + 1) {
		r.fault = "cette date est dans le futur";
		return r;
	}
	r.value = date_iso(a, d);
	if (d.y < 2000)
		r.doubt = "cette date paraît être un remplissage : la vraie date de mise à jour manque";
	return r;
}

/* The grammar of OpenStreetMap's opening_hours, as its wiki page specifies it: rules separated by ";", "," or "||", each of
 * selectors (years, months, weeks, days, holidays, times), then open/closed/off/unknown, then a comment in quotes. */
#include "directory/place_hours.h"
#include "base/buf.h"

struct scan { str in; size_t at; struct buf out; };

static const char *const days[] = { "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
static const char *const holidays[] = { "PH", "SH" };
static const char *const modifiers[] = { "open", "closed", "off", "unknown" };
static const char *const suns[] = { "dawn", "sunrise", "sunset", "dusk" };

static char peek(const struct scan *s, size_t ahead)
{
	return s->at + ahead < s->in.n ? s->in.p[s->at + ahead] : '\0';
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static void take(struct scan *s, size_t n)
{
	buf_put(&s->out, str_slice(s->in, s->at, s->at + n));
	s->at += n;
}

static void spaces(struct scan *s)
{
	while (peek(s, 0) == ' ' || peek(s, 0) == '\t')
		take(s, 1);
}

static bool punct(struct scan *s, char c)
{
	if (peek(s, 0) != c)
		return false;
	take(s, 1);
	return true;
}

/* One whole word of the list, whatever its case, written as the list has it. */
static bool word(struct scan *s, const char *const *list, size_t n)
{
	size_t len = 0;
	while (is_letter(peek(s, len)))
		len++;
	for (size_t i = 0; len && i < n; i++)
		if (str_ieq(str_slice(s->in, s->at, s->at + len), str_c(list[i]))) {
			buf_put(&s->out, str_c(list[i]));
			s->at += len;
			return true;
		}
	return false;
}

#define WORD(s, list) word((s), (list), lengthof(list))

/* `least` to `most` digits, at most `max`. */
static bool number(struct scan *s, size_t least, size_t most, int max)
{
	size_t n = 0;
	int v = 0;
	for (; n < most && is_digit(peek(s, n)); n++)
		v = v * 10 + (peek(s, n) - '0');
	if (n < least || is_digit(peek(s, n)) || v > max)
		return false;
	take(s, n);
	return true;
}

/* How many digits of hours stand here, when what follows makes them a time: "9:00", "09:00", or as the French write, "9h30". */
static size_t clock_digits(const struct scan *s)
{
	size_t h = is_digit(peek(s, 0)) ? (is_digit(peek(s, 1)) ? 2 : 1) : 0;
	char sign = peek(s, h);
	bool french = (sign == 'h' || sign == 'H') && !is_letter(peek(s, h + 1));
	return h && (french || (sign == ':' && is_digit(peek(s, h + 1)))) ? h : 0;
}

/* A time of day, up to 48:00 for what ends after midnight; written "09:00" whatever was read. */
static bool clock_time(struct scan *s)
{
	size_t h = clock_digits(s);
	if (!h)
		return false;
	int hours = h == 2 ? (peek(s, 0) - '0') * 10 + peek(s, 1) - '0' : peek(s, 0) - '0';
	bool minutes = is_digit(peek(s, h + 1)) && is_digit(peek(s, h + 2)) && !is_digit(peek(s, h + 3));
	bool bare = peek(s, h) != ':' && !is_digit(peek(s, h + 1));
	if (hours > 48 || (!minutes && !bare) || (minutes && peek(s, h + 1) > '5'))
		return false;
	buf_printf(&s->out, "%02d:", hours);
	buf_put(&s->out, minutes ? str_slice(s->in, s->at + h + 1, s->at + h + 3) : S("00"));
	s->at += h + (minutes ? 3 : 1);
	return true;
}

/* "14:00", "sunset", "(sunset-01:30)". */
static bool moment(struct scan *s)
{
	if (punct(s, '('))
		return WORD(s, suns) && (punct(s, '+') || punct(s, '-')) && clock_time(s) && punct(s, ')');
	return clock_time(s) || WORD(s, suns);
}

static bool starts_moment(const struct scan *s)
{
	if (peek(s, 0) == '(')
		return true;
	if (is_digit(peek(s, 0)))
		return clock_digits(s) > 0;
	struct scan copy = *s;
	struct arena_mark m = arena_mark(s->out.a);
	bool yes = WORD(&copy, suns);
	arena_rewind(s->out.a, m);
	return yes;
}

static bool time_range(struct scan *s)
{
	if (!moment(s))
		return false;
	spaces(s);
	if (punct(s, '+'))
		return true;
	if (!punct(s, '-'))
		return false;
	spaces(s);
	if (!moment(s))
		return false;
	punct(s, '+');
	return !punct(s, '/') || number(s, 1, 3, 999);
}

/* " +1 day", " -2 days" after a holiday, a day or a date. */
static bool day_offset(struct scan *s)
{
	static const char *const units[] = { "day", "days" };
	size_t n = peek(s, 0) == ' ' ? 1 : 0;
	if ((peek(s, n) != '+' && peek(s, n) != '-') || !is_digit(peek(s, n + 1)) || peek(s, n + 2) != ' ' || !is_letter(peek(s, n + 3)))
		return true;
	take(s, n + 3);
	return WORD(s, units);
}

/* "[1]", "[1,3]", "[2-4]", "[-1]". */
static bool nth(struct scan *s)
{
	if (!punct(s, '['))
		return true;
	do {
		punct(s, '-');
		if (!number(s, 1, 1, 5) || (punct(s, '-') && !number(s, 1, 1, 5)))
			return false;
	} while (punct(s, ','));
	return punct(s, ']');
}

static bool weekday(struct scan *s)
{
	if (!WORD(s, days))
		return false;
	if (peek(s, 0) == '[')
		return nth(s) && day_offset(s);
	size_t gap = peek(s, 0) == ' ' ? 1 : 0;
	if (peek(s, gap) == '-' && is_letter(peek(s, gap + (peek(s, gap + 1) == ' ' ? 2 : 1)))) {
		spaces(s);
		punct(s, '-');
		spaces(s);
		return WORD(s, days);
	}
	return true;
}

/* What follows a month: "24", "24-26", "-Mar", "24-Mar 2"; years may stand before either end. */
static bool month_rest(struct scan *s)
{
	spaces(s);
	bool dated = is_digit(peek(s, 0)) && !starts_moment(s) && !is_digit(peek(s, 2));
	if (dated && !number(s, 1, 2, 31))
		return false;
	if (dated && !day_offset(s))
		return false;
	size_t gap = peek(s, 0) == ' ' ? 1 : 0;
	if (peek(s, gap) != '-')
		return true;
	spaces(s);
	punct(s, '-');
	spaces(s);
	if (dated && is_digit(peek(s, 0)) && !is_digit(peek(s, 2)))
		return number(s, 1, 2, 31);
	if (is_digit(peek(s, 0)) && !number(s, 4, 4, 2999))
		return false;
	spaces(s);
	if (!WORD(s, months))
		return false;
	spaces(s);
	if (is_digit(peek(s, 0)) && !starts_moment(s) && !is_digit(peek(s, 2)))
		return number(s, 1, 2, 31);
	return true;
}

static bool week_list(struct scan *s)
{
	do {
		spaces(s);
		if (!number(s, 1, 2, 53) || (punct(s, '-') && !number(s, 1, 2, 53)) || (punct(s, '/') && !number(s, 1, 2, 53)))
			return false;
	} while (peek(s, 0) == ',' && is_digit(peek(s, 1)) && peek(s, 2) != ':' && peek(s, 3) != ':' && punct(s, ','));
	return true;
}

static bool year(struct scan *s)
{
	if (!number(s, 4, 4, 2999))
		return false;
	if (punct(s, '+'))
		return true;
	if (peek(s, 0) == '-' && is_digit(peek(s, 1)) && !(punct(s, '-') && number(s, 4, 4, 2999)))
		return false;
	return !punct(s, '/') || number(s, 1, 2, 99);
}

static bool always(struct scan *s)
{
	if (!str_starts(str_slice(s->in, s->at, s->in.n), S("24/7")))
		return false;
	take(s, 4);
	return true;
}

/* One selector of a rule. */
static bool selector(struct scan *s)
{
	static const char *const week[] = { "week" }, *const easter[] = { "easter" };
	if (starts_moment(s))
		return time_range(s);
	if (is_digit(peek(s, 0)))
		return always(s) || year(s);
	if (WORD(s, holidays))
		return day_offset(s);
	if (WORD(s, week))
		return week_list(s);
	if (WORD(s, months))
		return month_rest(s);
	if (WORD(s, easter))
		return day_offset(s);
	return weekday(s);
}

static bool comment(struct scan *s)
{
	if (!punct(s, '"'))
		return false;
	while (peek(s, 0) && peek(s, 0) != '"')
		take(s, 1);
	return punct(s, '"');
}

static bool ends_rule(const struct scan *s)
{
	return s->at >= s->in.n || peek(s, 0) == ';' || (peek(s, 0) == '|' && peek(s, 1) == '|');
}

static bool rule(struct scan *s)
{
	bool something = false;
	for (spaces(s); !ends_rule(s); spaces(s), something = true) {
		if (peek(s, 0) == '"') {
			if (!comment(s))
				return false;
			punct(s, ',');
			continue;
		}
		if (WORD(s, modifiers)) {
			punct(s, ',');
			continue;
		}
		if (!selector(s))
			return false;
		spaces(s);
		if (something && punct(s, ':'))
			continue;
		if (punct(s, ',') && (spaces(s), ends_rule(s)))
			return false;
		punct(s, ':');
	}
	return something;
}

bool place_hours_read(struct arena *a, str s, str *ret, size_t *ret_at)
{
	struct scan scan = { .in = str_trim(s), .out = buf_new(a, 2 * s.n + 16) };
	for (;;) {
		if (!rule(&scan)) {
			*ret_at = scan.at;
			return false;
		}
		if (scan.at >= scan.in.n)
			break;
		take(&scan, peek(&scan, 0) == ';' ? 1 : 2);
		spaces(&scan);
		if (scan.at >= scan.in.n)
			break;
	}
	*ret = str_trim(buf_str(&scan.out));
	while (str_ends(*ret, S(";")))
		*ret = str_trim(str_slice(*ret, 0, ret->n - 1));
	return true;
}

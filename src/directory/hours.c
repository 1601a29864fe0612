/* Reads the simple, common part of opening_hours; the rest is refused rather than guessed. */
#include "directory/hours.h"

struct reader { str rest; };

static void skip_spaces(struct reader *r)
{
	while (r->rest.n && r->rest.p[0] == ' ')
		r->rest = str_slice(r->rest, 1, r->rest.n);
}

static bool take(struct reader *r, str word)
{
	skip_spaces(r);
	if (!str_starts(r->rest, word))
		return false;
	r->rest = str_slice(r->rest, word.n, r->rest.n);
	return true;
}

static bool take_weekday(struct reader *r, int *ret)
{
	static const str names[] = {S_INIT("Mo"), S_INIT("Tu"), S_INIT("We"), S_INIT("Th"), S_INIT("Fr"), S_INIT("Sa"), S_INIT("Su")};
	for (int i = 0; i < 7; i++)
		if (take(r, names[i])) {
			*ret = i;
			return true;
		}
	return false;
}

/* "Mo-Fr,Su" and "PH": the days as bits 0..6, PH as bit 7. No day at all means every day. */
static bool take_days(struct reader *r, unsigned *ret)
{
	unsigned days = 0;
	int from, to;
	do {
		if (take(r, S("PH"))) {
			days |= 1u << 7;
		} else if (take_weekday(r, &from)) {
			to = from;
			if (take(r, S("-")) && !take_weekday(r, &to))
				return false;
			for (int d = from;; d = (d + 1) % 7) {
				days |= 1u << d;
				if (d == to)
					break;
			}
		} else if (days) {
			return false;
		}
	} while (take(r, S(",")) && days);
	*ret = days ? days : 0x7F;
	return true;
}

static bool take_number(struct reader *r, int most, int *ret)
{
	i64 n;
	skip_spaces(r);
	if (r->rest.n < 2 || !str_i64(str_slice(r->rest, 0, 2), &n) || n < 0 || n > most)
		return false;
	r->rest = str_slice(r->rest, 2, r->rest.n);
	*ret = (int)n;
	return true;
}

static bool take_time(struct reader *r, int *ret)
{
	int hh, mm;
	if (!take_number(r, 48, &hh) || !take(r, S(":")) || !take_number(r, 59, &mm))
		return false;
	*ret = hh * 60 + mm;
	return true;
}

static bool take_spans(struct reader *r, struct hours_day *ret)
{
	*ret = (struct hours_day){0};
	do {
		struct hours_span s;
		if (ret->n == HOURS_SPANS || !take_time(r, &s.from) || !take(r, S("-")) || !take_time(r, &s.to) || s.from > 1440)
			return false;
		if (s.to <= s.from)
			s.to += 1440;
		ret->v[ret->n++] = s;
	} while (take(r, S(",")));
	return true;
}

static bool read_rule(str rule, struct hours_week *w)
{
	struct reader r = {.rest = str_trim(rule)};
	struct hours_day day = {0};
	unsigned days;
	if (!r.rest.n)
		return true;
	if (!take_days(&r, &days))
		return false;
	bool off = take(&r, S("off")) || take(&r, S("closed"));
	if (!off && !take_spans(&r, &day))
		return false;
	skip_spaces(&r);
	if (r.rest.n || (!off && (days & 1u << 7)))
		return false;                    /* opening on public holidays is more than a week table says */
	for (int d = 0; d < 7; d++)
		if (days & 1u << d)
			w->day[d] = day;
	w->holidays_off |= off && (days & 1u << 7);
	return true;
}

bool hours_week(str expression, struct hours_week *ret)
{
	*ret = (struct hours_week){0};
	str rest = expression, rule;
	if (!str_trim(expression).n)
		return false;
	while (str_next(&rest, ';', &rule))
		if (!read_rule(rule, ret))
			return false;
	return true;
}

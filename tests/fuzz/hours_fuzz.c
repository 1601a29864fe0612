/* Opening hours: whatever expression is accepted gives answers that agree with each other, at any minute of any year. The
 * first bytes of the input choose the minute. */
#include "fuzz.h"

#include "base/utf8.h"
#include "hours/hours.h"

static struct local later(struct local t, int minutes)
{
	i64 m = t.day * 1440 + t.minute + minutes;
	return (struct local){ m >= 0 ? m / 1440 : (m - 1439) / 1440, (int)(((m % 1440) + 1440) % 1440) };
}

static bool is_after(struct local a, struct local b)
{
	return a.day > b.day || (a.day == b.day && a.minute > b.minute);
}

static bool same(const struct hours *h, struct local t, const struct hours_answer *now)
{
	str comment;
	return hours_state_at(h, t, &comment) == now->state && str_eq(comment, now->comment);
}

/* The state holds until the minute it is said to change, and not longer; looked at here and there, and at both ends. */
static void check_answer(const struct hours *h, struct local t)
{
	struct hours_answer now = hours_at(h, t);
	must_hold(same(h, t, &now));
	for (int i = 1; i <= 64; i++) {
		struct local between = later(t, i * i * 7);
		must_hold((now.changes && !is_after(now.next, between)) || same(h, between, &now));
	}
	if (!now.changes)
		return;
	must_hold(is_after(now.next, t) && now.next.minute >= 0 && now.next.minute < 1440);
	must_hold(now.next.day - t.day <= HOURS_HORIZON_DAYS + 1);
	must_hold(same(h, later(now.next, -1), &now));
	must_hold(!same(h, now.next, &now));
}

static void check_day(struct arena *a, const struct hours *h, i64 day)
{
	struct hours_day_pieces pieces = hours_of_day(a, h, day);
	for (size_t i = 0; i < pieces.n; i++) {
		const struct hours_piece *p = &pieces.v[i];
		must_hold(p->from >= 0 && p->from < 1440 && p->from < p->to);
		must_hold(i == 0 || pieces.v[i - 1].from <= p->from);
		must_hold(p->state != HOURS_CLOSED && utf8_valid(p->comment));
	}
}

FUZZ(a, in)
{
	struct hours *h;
	struct hours_error error = { 0 };
	str comment;
	if (in.n < 4)
		return;
	u32 when = (u32)(u8)in.p[0] | (u32)(u8)in.p[1] << 8 | (u32)(u8)in.p[2] << 16 | (u32)(u8)in.p[3] << 24;
	struct local t = { 18000 + when / 1440 % 8000, (int)(when % 1440) };
	str expression = str_slice(in, 4, in.n);
	if (!utf8_valid(expression))
		return;
	enum err e = hours_parse(a, expression, &h, &error);
	if (e != OK) {
		must_hold(e == INVALID && error.message.n && error.column >= 1 && error.column <= utf8_length(expression) + 1);
		return;
	}
	check_answer(h, t);
	check_day(a, h, t.day);
	if (!hours_vary(h) && !hours_closed_on_holidays(h))
		must_hold(hours_state_at(h, t, &comment) == hours_state_at(h, (struct local){ t.day + 7, t.minute }, &comment));
}

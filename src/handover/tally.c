/* How a handover day goes and ended: what was handed, who is still expected, to whom nothing was given and why, whom to call, which devices go back
 * to the shelf. On paper, and as a file without names. */
#include "base/csv.h"
#include "handover/pages.h"
#include "handover/tally_html.h"

/* Its hour is not over: of a family that has not come there is nothing to say yet. */
static bool still_expected(const struct handover_day_row *d, const struct handover_outcome_row *r)
{
	struct civil now = paris_of_ms(now_ms());
	struct date day;
	if (!str_eq(r->state, S("allocated")) || r->undone.n || !date_parse(d->day, &day))
		return false;
	i64 days = date_days(day) - date_days(now.date);
	return days > 0 || (days == 0 && now.hh * 60 + now.mm < d->from_minute + (r->slot + 1) * d->slot_minutes);
}

/* Why a family has nothing, as far as is known. */
static str why_not(const struct view *v, const struct handover_outcome_row *r)
{
	if (!str_eq(r->state, S("allocated")))
		return state_label(v, r->state);
	if (str_eq(r->undone, S("refused")))
		return _("ne l’a pas pris");
	if (r->undone.n)
		return _("remis par erreur, repris");
	if (!str_eq(r->told, S("coming")))
		return _("pas venue, et pas prévenue");
	return family_told_failed(r->message) ? _("pas venue : le message n’est pas parti") : _("pas venue");
}

struct tallying { struct campaign c; struct handover_day_row d; struct handover_outcome_row_list rows; struct handover_notice_row_list notices; };

/* Whether a family that is expected knows of it: in the words of the day's page. */
static str how_told(const struct view *v, const struct tallying *t, const struct handover_outcome_row *r)
{
	for (size_t i = 0; i < t->notices.n; i++) {
		struct notice_state s = notice_state_of(&t->d, &t->notices.v[i]);
		if (str_eq(t->notices.v[i].public_id, r->public_id))
			return notice_words(v, &t->notices.v[i], &s);
	}
	return _("pas encore prévenue");
}

static enum err look(struct req *req, struct tallying *t)
{
	try(handover_day_of(req, &t->c, &t->d));
	try(handover_notices_of(req, t->d.id, &t->notices));
	return handover_outcomes(req->db, t->d.id, &t->rows);
}

static void put_line(struct req *req, const struct tallying *t, size_t i, const struct household *h, struct tally_page *page)
{
	const struct view *v = &req->v;
	const struct handover_outcome_row *r = &t->rows.v[i];
	bool handed = handed_over(r->state), expected = still_expected(&t->d, r);
	struct tally_line l = { .public_id = r->public_id, .name = household_name(req->a, h), .hour = slot_words(v, &t->d, r->slot),
		.school = r->school.p ? r->school : S(""), .device = r->label.p ? stock_label(req->a, r->label) : S(""), .receipt = r->receipt.p ? r->receipt : S(""),
		.phone = household_phone(h), .why = handed ? S("") : expected ? how_told(v, t, r) : why_not(v, r) };
	page->kept += !handed && !expected && l.device.n;
	struct tally_lines *to = handed ? &page->handed : expected ? &page->expected : &page->missed;
	to->v[to->n++] = l;
}

enum err handover_tally(struct req *req)
{
	const struct view *v = &req->v;
	struct tallying t;
	struct household *h = arena_many(req->a, struct household, BOOKED_MOST);
	i64 roots[BOOKED_MOST];
	try(look(req, &t));
	for (size_t i = 0; i < t.rows.n; i++)
		roots[i] = t.rows.v[i].root;
	try(households_shown(req, t.c.organisation_id, roots, t.rows.n, true, "handover calls", h));
	str back = handover_day_path(req->a, &t.d, "");
	struct tally_page page = { .campaign = t.c.id, .back = back, .title = _f("Remise du {1}", iso_date_shown(v, t.d.day)), .place = t.d.place,
		.csv = str_printf(req->a, "%.*s/bilan.csv", STR_ARG(back)), .handed.v = arena_many(req->a, struct tally_line, t.rows.n + 1),
		.missed.v = arena_many(req->a, struct tally_line, t.rows.n + 1), .expected.v = arena_many(req->a, struct tally_line, t.rows.n + 1) };
	for (size_t i = 0; i < t.rows.n; i++)
		put_line(req, &t, i, &h[i], &page);
	struct buf counts = buf_new(req->a, 256);
	buf_put(&counts, _n("{n} ordinateur remis", "{n} ordinateurs remis", (i64)page.handed.n));
	if (page.expected.n)
		buf_printf(&counts, ", %.*s", STR_ARG(_n("{n} famille attendue", "{n} familles attendues", (i64)page.expected.n)));
	if (page.missed.n)
		buf_printf(&counts, ", %.*s", STR_ARG(_n("{n} famille n’a rien eu", "{n} familles n’ont rien eu", (i64)page.missed.n)));
	buf_put(&counts, S("."));
	page.counts = buf_str(&counts);
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	return handover_tally_html(&req->v, &page);
}

enum err handover_tally_csv(struct req *req)
{
	const struct view *v = &req->v;
	struct tallying t;
	try(look(req, &t));
	resp_file(req, S("remise.csv"), true);
	buf_put(&req->out, S("dossier,jour,heure,lieu,ecole,resultat,pourquoi,poste,recu\n"));
	for (size_t i = 0; i < t.rows.n; i++) {
		const struct handover_outcome_row *r = &t.rows.v[i];
		bool handed = handed_over(r->state), expected = still_expected(&t.d, r);
		const str cells[] = { r->public_id, t.d.day, slot_words(v, &t.d, r->slot), t.d.place, r->school.p ? r->school : S(""),
			handed ? S("remis") : expected ? S("attendue") : S("non"), handed ? S("") : expected ? how_told(v, &t, r) : why_not(v, r),
			r->label.p ? stock_label(req->a, r->label) : S(""), r->receipt.p ? r->receipt : S("") };
		csv_row_typed(&req->out, cells, lengthof(cells));
	}
	return OK;
}

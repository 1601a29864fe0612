/* Telling the families of a day when to come: what each will receive is read before anything leaves; then the messages are written by the outbox
 * process (notice.c). And the letters of those whom no message reaches, to be handed to them. */
#include "audit/audit.h"
#include "handover/pages.h"
#include "handover/tell_html.h"
#include "http/session.h"

#define TELL_ROUTE DAY_ROUTE "/prevenir"

struct telling {
	struct req *req;
	struct campaign c;
	struct handover_day_row d;
	struct handover_notice_row_list rows;    /* those to be told, or whose letter is printed */
	struct household *h;
	struct reaching *reach;
};

/* letters: those that nothing else reaches; else those that nobody has asked to be told. */
static enum err look(struct req *req, bool letters, struct telling *x)
{
	struct handover_notice_row_list all;
	i64 roots[BOOKED_MOST];
	*x = (struct telling){ .req = req };
	try(handover_day_of(req, &x->c, &x->d));
	try(handover_notices_of(req, x->d.id, &all));
	x->rows.v = arena_many(req->a, struct handover_notice_row, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		struct notice_state s = notice_state_of(&x->d, &all.v[i]);
		bool here = all.v[i].booked_day.set && all.v[i].booked_day.v == x->d.id && str_eq(all.v[i].file_state, S("allocated"));
		if (letters ? s.to_call : here && !s.asked && !x->d.cancelled && !handover_day_past(&x->d))
			x->rows.v[x->rows.n++] = all.v[i];
	}
	x->h = arena_many(req->a, struct household, x->rows.n + 1);
	x->reach = arena_many(req->a, struct reaching, x->rows.n + 1);
	for (size_t i = 0; i < x->rows.n; i++)
		roots[i] = x->rows.v[i].root;
	try(households_shown(req, x->c.organisation_id, roots, x->rows.n, true, "invite", x->h));
	for (size_t i = 0; i < x->rows.n; i++)
		x->reach[i] = family_reached(req->a, req->v.city, &x->h[i]);
	return OK;
}

/* ---- what they will read ---- */

static void put_samples(const struct telling *x, struct telling_page *page)
{
	const struct view *v = &x->req->v;
	struct samples_count n = { .n = { { 0 } } };
	struct msg like;
	page->samples.v = arena_many(v->a, struct sample, MSG_CHANNELS * LANG_COUNT);
	for (size_t i = 0; i < x->rows.n; i++) {
		samples_count(&n, &x->reach[i]);
		page->to_call += !x->reach[i].any;
	}
	for (enum msg_channel c = 0; c < MSG_CHANNELS; c++)
		for (enum lang l = 0; l < LANG_COUNT; l++)
			if (n.n[c][l]) {
				notice_message(v->a, v->city, &x->d, x->rows.v[0].slot.v, v->said, N_INVITATION, c, l, &like);
				samples_add(&page->samples, v, &like, n.n[c][l]);
			}
}

static str title_of(const struct view *v, const struct handover_day_row *d) { return _f("Remise du {1}", iso_date_shown(v, d->day)); }

static enum err show(struct telling *x)
{
	struct req *req = x->req;
	const struct view *v = &req->v;
	struct telling_page page = { .form = req->form, .path = handover_day_path(req->a, &x->d, "/prevenir"), .back = handover_day_path(req->a, &x->d, ""),
		.title = title_of(v, &x->d), .version = str_printf(req->a, "%lld", (long long)x->d.version), .v = arena_many(req->a, struct telling_line, x->rows.n + 1) };
	for (; page.n < x->rows.n; page.n++) {
		const struct handover_notice_row *r = &x->rows.v[page.n];
		page.v[page.n] = (struct telling_line){ r->public_id, household_name(req->a, &x->h[page.n]), r->school.p ? r->school : S(""),
			slot_words(v, &x->d, r->slot.v), reaching_words(v, &x->reach[page.n]) };
	}
	put_samples(x, &page);
	page.written_to = (i64)page.n - page.to_call;
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, TELL_ROUTE));
	return handover_tell_html(&req->v, &page);
}

enum err notice_form(struct req *req)
{
	struct telling x;
	try(look(req, false, &x));
	req->form->n_errors = 0;
	return show(&x);
}

static enum err tell_tx(struct db *db, void *arg, str *ret_path)
{
	const struct telling *x = arg;
	i64 user = x->req->session->user_id, now = now_ms();
	try(handover_day_touch(db, x->d.id, x->d.version));
	if (!db_changes(db))
		return CONFLICT;
	for (size_t i = 0; i < x->rows.n; i++)
		try(handover_notice_put(db, x->rows.v[i].file_id, (struct opt_i64){ now, true }, user, now));
	*ret_path = handover_day_path(db_arena(db), &x->d, "?fait=1");
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = x->c.organisation_id, .action = "handover.invite", .object = "handover_day",
		.object_id = x->d.id, .detail = str_printf(db_arena(db), "families=%lld", (long long)x->rows.n) });
}

enum err notice_post(struct req *req)
{
	const struct view *v = &req->v;
	struct telling x;
	try(look(req, false, &x));
	x.d.version = form_int(req, "version", -1);
	enum err e = post_once(req, tell_tx, &x);
	if (e != CONFLICT)
		return e;
	try(look(req, false, &x));
	form_fail(req, "version", _("Quelqu’un vient de changer ce jour : aucun message n’est parti. Relisez qui vient quand."));
	form_refused(req);
	req->status = 409;
	return show(&x);
}

/* ---- letters that are handed ---- */

enum err notice_letters(struct req *req)
{
	const struct view *v = &req->v;
	struct telling x;
	try(look(req, true, &x));
	struct telling_page page = { .form = NULL, .back = handover_day_path(req->a, &x.d, ""), .title = title_of(v, &x.d),
		.samples = { .v = arena_many(req->a, struct sample, x.rows.n + 1) } };
	for (size_t i = 0; i < x.rows.n; i++) {
		const struct handover_notice_row *r = &x.rows.v[i];
		enum notice due = notice_state_of(&x.d, r).due;
		enum lang lang = lang_of_family(x.reach[i].language);
		i64 slot = due == N_CANCELLATION ? r->told_slot.v : r->slot.set ? r->slot.v : 0;
		struct handover_day_row day = x.d;
		struct msg like;
		struct msg_text text;
		if (due != N_CANCELLATION && r->booked_day.set && r->booked_day.v != x.d.id)
			try(handover_day_by_id(req->db, r->booked_day.v, &day));
		notice_message(req->a, v->city, &day, slot, v->said, due, MSG_LETTER, lang, &like);
		msg_preview(req->a, v->city, &like, &text);
		page.samples.v[page.samples.n++] = (struct sample){ household_name(req->a, &x.h[i]), text.subject, text.body, str_c(langs[lang].tag), langs[lang].rtl };
	}
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	return handover_letters_html(&req->v, &page);
}

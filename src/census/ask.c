/* One place that is asked, as the coordinator sees it: what the directory says and what the structure says, side by side; each field is
 * taken in or not. Nothing is taken in when somebody has changed the place since the page was shown. */
#include "census/pages.h"

#include "audit/audit.h"
#include "base/timex.h"
#include "census/ask_html.h"
#include "html/format.h"
#include "http/session.h"

#define ASK_ROUTE "/agent/recensement/demandes/:demande"

enum err asked_place_read(struct db *db, struct asked_place *p)
{
	try(place_owned(db, p->ask.public_id, &p->owned));
	try(census_proposals(db, p->ask.id, &p->proposals));
	p->proposed = p->owned.place;
	p->open = 0;
	for (size_t i = 0; i < p->proposals.n; i++) {
		const struct census_proposal_row *r = &p->proposals.v[i];
		enum place_field f = place_field_named(r->field);
		if (f == P_COUNT || !str_eq(r->state, S("proposed")))
			continue;
		p->proposed.f[f] = r->after;
		p->open++;
	}
	return OK;
}

static enum err ask_of(struct req *req, struct asked_place *p)
{
	i64 id;
	if (!str_i64(req_param(req, "demande"), &id))
		return NOT_FOUND;
	try(census_ask_by_id(req->db, id, &p->ask));
	enum err e = asked_place_read(req->db, p);
	p->away = e == NOT_FOUND;
	if (p->away)                             /* it is still among those that are asked: who coordinates ends that here */
		p->owned = (struct place_owned){ .version_id = 0 };
	return p->away ? OK : e;
}

/* ---- the page ---- */

static void put_differences(const struct view *v, const struct asked_place *p, struct ask_page *page)
{
	page->v = arena_many(v->a, struct difference, p->proposals.n);
	for (size_t i = 0; i < p->proposals.n; i++) {
		const struct census_proposal_row *r = &p->proposals.v[i];
		enum place_field f = place_field_named(r->field);
		if (f == P_COUNT)
			continue;
		bool settled = !str_eq(r->state, S("proposed"));
		page->v[page->n++] = (struct difference){ .field = place_field_names[f], .label = edit_label(v, f), .before = edit_words(v, f, r->before),
			.now = edit_words(v, f, p->owned.place.f[f]), .after = edit_words(v, f, r->after), .settled = settled,
			.moved = !settled && !str_eq(p->owned.place.f[f], r->before), .accepted = str_eq(r->state, S("accepted")) };
	}
}

/* The link, for a letter or the telephone: made again, as long as it serves. */
static enum err put_link(struct req *req, const struct asked_place *p, struct ask_page *page)
{
	struct vault_asker vault = vault_of(req);
	const struct view *v = &req->v;
	struct qr qr;
	try(census_codes(&vault, &p->ask.id, 1, &page->code, NULL));
	if (!v->city->public_url.n)
		return OK;
	try(qr_make(req->a, str_printf(req->a, "%.*s/recensement/%.*s", STR_ARG(v->city->public_url), STR_ARG(page->code)), &qr));
	page->qr = qr_html(v, &qr, _("Code QR du lien de réponse"));
	return OK;
}

static enum err show(struct req *req, const struct asked_place *p)
{
	const struct view *v = &req->v;
	struct ask_page page = { .form = req->form, .id = p->ask.id, .edition = p->ask.name, .away = p->away, .saved = req->method == GET && form_given(req, "fait"),
		.name = p->away ? _("Ce lieu n’est plus dans l’annuaire") : p->owned.place.f[P_NOM], .public_id = p->owned.place.f[P_ID],
		.version = p->owned.version_id, .seen = p->ask.answered_at.v, .state = census_state_words(v, p->ask.state, p->ask.answer),
		.answered = str_eq(p->ask.state, S("answered")), .gone = str_eq(p->ask.answer, S("gone")), .open = p->open > 0,
		.excused = str_eq(p->ask.state, S("excused")), .running = str_eq(p->ask.edition_state, S("open")) };
	if (!p->away)
		put_differences(v, p, &page);
	if (page.running && !p->away)
		try(put_link(req, p, &page));
	enum err e = census_next_to_read(req->db, p->ask.edition_id, p->ask.id, &page.next);
	if (e != OK && e != NOT_FOUND)
		return e;
	req->v.here = S("/agent/recensement");
	try(form_stamp(req, ASK_ROUTE));
	return census_ask_html(&req->v, &page);
}

enum err census_ask(struct req *req)
{
	struct asked_place p;
	try(ask_of(req, &p));
	return show(req, &p);
}

/* ---- settling ---- */

enum gesture { TAKE, EXCUSE, ASK_AGAIN };
struct settling { struct asked_place *p; enum gesture gesture; i64 seen; struct place_amend amend; bool amends; struct req *req; struct audit line; str path; };

/* CONFLICT: the place has changed, or its structure has answered again, since the page was shown. */
static enum err take_in(struct db *db, struct settling *s)
{
	i64 id = s->p->ask.id;
	try(census_ask_settle(db, id, s->seen, now_ms()));
	if (!db_changes(db))
		return CONFLICT;
	if (s->amends)
		try(place_amend(db, &s->amend));
	for (size_t i = 0; i < s->p->proposals.n; i++) {
		const struct census_proposal_row *r = &s->p->proposals.v[i];
		try(census_proposal_end(db, id, r->field, form_has(s->req, "prendre", r->field) ? S("accepted") : S("refused")));
	}
	return OK;
}

static enum err settle_tx(struct db *db, void *arg, str *ret_path)
{
	struct settling *s = arg;
	*ret_path = s->path;
	try(s->gesture == TAKE ? take_in(db, s) : census_ask_state(db, s->p->ask.id, s->gesture == EXCUSE ? S("excused") : S("waiting"), (str){ 0 },
		(struct opt_i64){ 0 }, (struct opt_i64){ 0 }));
	return audit_write(db, &s->line);
}

/* What is taken in, with the day on which the structure said it. */
static enum err read_taken(struct req *req, struct settling *s)
{
	struct place *change = &s->amend.place;
	bool any = false;
	for (size_t i = 0; i < s->p->proposals.n; i++) {
		const struct census_proposal_row *r = &s->p->proposals.v[i];
		enum place_field f = place_field_named(r->field);
		if (f == P_COUNT || !str_eq(r->state, S("proposed")) || !form_has(req, "prendre", r->field))
			continue;
		change->f[f] = r->after;
		any = true;
	}
	if (!any)
		return OK;
	s->amends = true;
	if (s->p->ask.answered_at.set)
		change->f[P_DATE_MAJ] = date_iso(req->a, paris_of_ms(s->p->ask.answered_at.v).date);
	return place_amend_locate(req->db, &s->p->owned.place, change);
}

static enum err refuse(struct req *req, str why)
{
	struct asked_place p;
	form_fail(req, "prendre", why);
	form_refused(req);
	req->status = 409;
	try(ask_of(req, &p));
	return show(req, &p);
}

static enum err path_after(struct req *req, const struct asked_place *p, str *ret)
{
	i64 next;
	enum err e = census_next_to_read(req->db, p->ask.edition_id, p->ask.id, &next);
	*ret = e == OK ? str_printf(req->a, "/agent/recensement/demandes/%lld?fait=1", (long long)next) : S("/agent/recensement?fait=1");
	return e == NOT_FOUND ? OK : e;
}

enum err census_settle(struct req *req)
{
	static const struct { const char *word, *action; } gestures[] = {
		[TAKE] = { "prendre", "census.settle" }, [EXCUSE] = { "dispenser", "census.excuse" }, [ASK_AGAIN] = { "redemander", "census.ask-again" },
	};
	const struct view *v = &req->v;
	struct asked_place p;
	struct settling s = { .p = &p, .req = req };
	try(ask_of(req, &p));
	while (s.gesture < lengthof(gestures) && !str_eq(form_text(req, "geste"), str_c(gestures[s.gesture].word)))
		s.gesture++;
	if (s.gesture == lengthof(gestures) || !str_eq(p.ask.edition_state, S("open")) || (p.away && s.gesture != EXCUSE))
		return NOT_FOUND;
	s.amend = (struct place_amend){ .place_id = p.owned.place.place_id, .author = str_printf(req->a, "census %.*s", STR_ARG(p.ask.name)) };
	s.amend.place.f[P_ID] = p.owned.place.f[P_ID];
	s.line = (struct audit){ .user_id = req->session->user_id, .organisation_id = p.owned.organisation_id, .action = gestures[s.gesture].action,
		.object = "census-ask", .object_id = p.ask.id };
	s.amend.version_id = form_int(req, "version", 0);
	s.seen = form_int(req, "reponse", 0);
	if (s.gesture == TAKE)
		try(read_taken(req, &s));
	try(path_after(req, &p, &s.path));
	enum err e = post_once(req, settle_tx, &s);
	if (e == CONFLICT)
		return refuse(req, _("Ce lieu ou sa réponse a changé pendant que vous lisiez. Relisez, puis choisissez à nouveau."));
	return e == INVALID ? refuse(req, _("Ces valeurs ne peuvent pas être gardées ensemble. Décochez-en une, ou modifiez le lieu vous-même.")) : e;
}

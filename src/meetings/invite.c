/* Inviting families to a meeting: those who wait to be, all ticked; what each will receive is read before anything leaves; then the messages are
 * written by the outbox process (write.c), some at a time. */
#include "audit/audit.h"
#include "db/id.h"
#include "http/session.h"
#include "meetings/invite_html.h"
#include "meetings/pages.h"

#define INVITE_ROUTE MEETING_ROUTE "/inviter"
#define UNREACHED_SHOWN 10

struct inviting {
	struct req *req;
	struct campaign c;
	struct meeting m;
	struct meeting_candidate_list rows;
	struct household *h;
	struct reaching *reach;
	bool *chosen;
};

static str how(const struct view *v, const struct meeting_candidate *r, const struct reaching *reach)
{
	str words = reaching_words(v, reach);
	return str_eq(r->state, S("invited")) ? _f("{1} ; invitée une autre fois, et pas venue", words) : words;
}

static bool ticked(const struct req *req, str public_id)
{
	return form_has(req, "famille", public_id);
}

static str chosen_in(const struct req *req, const char *field) { return form_given(req, field) ? form_text(req, field) : S(""); }

static enum err look(struct req *req, struct inviting *x)
{
	i64 wave_id = 0;
	i64 roots[INVITED_AT_ONCE + 1];
	*x = (struct inviting){ .req = req };
	try(meeting_of(req, &x->c, &x->m));
	if (meeting_cancelled(&x->m) || meeting_past(&x->m))
		return NOT_FOUND;
	(void)!str_i64(form_text(req, "vague"), &wave_id);
	try(meeting_candidates(req->db, x->m.id, date_iso(req->a, today_paris()), INVITED_AT_ONCE + 1, chosen_in(req, "ecole"), wave_id, chosen_in(req, "etat"),
		&x->rows));
	x->h = arena_many(req->a, struct household, x->rows.n + 1);
	x->reach = arena_many(req->a, struct reaching, x->rows.n + 1);
	x->chosen = arena_many(req->a, bool, x->rows.n + 1);
	for (size_t i = 0; i < x->rows.n; i++)
		roots[i] = x->rows.v[i].root;
	try(households_shown(req, x->c.organisation_id, roots, x->rows.n, true, "invite", x->h));
	for (size_t i = 0; i < x->rows.n; i++) {
		x->reach[i] = family_reached(req->a, req->v.city, &x->h[i]);
		x->chosen[i] = i < INVITED_AT_ONCE && (req->method == GET || ticked(req, x->rows.v[i].public_id));
	}
	return OK;
}

/* ---- what they will read ---- */

static void put_samples(const struct inviting *x, struct invite_page *page)
{
	const struct view *v = &x->req->v;
	struct samples_count n = { .n = { { 0 } } };
	struct msg like;
	page->samples.v = arena_many(v->a, struct sample, MSG_CHANNELS * LANG_COUNT);
	for (size_t i = 0; i < x->rows.n; i++) {
		page->chosen += x->chosen[i];
		page->to_call += x->chosen[i] && !x->reach[i].any;
		if (x->chosen[i])
			samples_count(&n, &x->reach[i]);
	}
	for (enum msg_channel c = 0; c < MSG_CHANNELS; c++)
		for (enum lang l = 0; l < LANG_COUNT; l++)
			if (n.n[c][l]) {
				meeting_message(v->a, v->city, &x->m, v->said, "invitation", c, l, &like);
				samples_add(&page->samples, v, &like, n.n[c][l]);
			}
}

/* ---- the page ---- */

static enum err put_unreached(const struct inviting *x, struct invite_page *page)
{
	struct req *req = x->req;
	struct meeting_candidate_list rows;
	struct household h[UNREACHED_SHOWN];
	i64 roots[UNREACHED_SHOWN];
	try(meeting_unreached(req->db, x->m.id, UNREACHED_SHOWN, &rows));
	for (size_t i = 0; i < rows.n; i++)
		roots[i] = rows.v[i].root;
	try(households_shown(req, x->c.organisation_id, roots, rows.n, false, "invite", h));
	page->unreached.v = arena_many(req->a, struct candidate_line, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		page->unreached.v[page->unreached.n++] = (struct candidate_line){ rows.v[i].public_id, household_name(req->a, &h[i]),
			rows.v[i].school.p ? meeting_where_short(S(""), rows.v[i].school) : S(""), S(""), false };
	page->calls = str_printf(req->a, "/agent/campagnes/%lld/dossiers", (long long)x->c.id);
	return OK;
}

static enum err show(struct inviting *x, bool checking)
{
	struct req *req = x->req;
	const struct view *v = &req->v;
	struct invite_page page = { .form = req->form, .path = meeting_path(req->a, &x->m, "/inviter"), .back = meeting_path(req->a, &x->m, ""),
		.title = meeting_title(v, &x->m), .school = chosen_in(req, "ecole"), .wave = chosen_in(req, "vague"), .state = chosen_in(req, "etat"),
		.checking = checking, .more = x->rows.n > INVITED_AT_ONCE };
	page.lines.v = arena_many(req->a, struct candidate_line, x->rows.n + 1);
	for (size_t i = 0; i < x->rows.n && i < INVITED_AT_ONCE; i++)
		if (!checking || x->chosen[i])
			page.lines.v[page.lines.n++] = (struct candidate_line){ x->rows.v[i].public_id, household_name(req->a, &x->h[i]),
				x->rows.v[i].school.p ? meeting_where_short(S(""), x->rows.v[i].school) : S(""), how(v, &x->rows.v[i], &x->reach[i]), x->chosen[i] };
	put_samples(x, &page);
	if (!checking)
		try(put_unreached(x, &page));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, INVITE_ROUTE));
	return checking ? meeting_check_html(&req->v, &page) : meeting_invite_html(&req->v, &page);
}

enum err meeting_invite_form(struct req *req)
{
	struct inviting *x = arena_one(req->a, struct inviting);
	try(look(req, x));
	req->form->n_errors = 0;
	return show(x, false);
}

/* ---- inviting ---- */

static enum err invite_tx(struct db *db, void *arg, str *ret_path)
{
	const struct inviting *x = arg;
	i64 user = x->req->session->user_id, n = 0;
	for (size_t i = 0; i < x->rows.n; i++) {
		if (!x->chosen[i])
			continue;
		try(meeting_guest_put(db, id_new(), x->m.id, x->rows.v[i].file_id, 0, S("invitation"), user, now_ms()));
		n += db_changes(db);
	}
	*ret_path = meeting_path(db_arena(db), &x->m, "?fait=1");
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = x->c.organisation_id, .action = "meeting.invite", .object = "meeting",
		.object_id = x->m.id, .detail = str_printf(db_arena(db), "families=%lld", (long long)n) });
}

static enum err check(struct inviting *x)
{
	struct req *req = x->req;
	const struct view *v = &req->v;
	struct meeting_guest_count_list counts;
	struct guest_counts n;
	i64 chosen = 0;
	try(meeting_guest_counts(req->db, x->m.id, &counts));
	guest_counts_of(&counts, &n);
	for (size_t i = 0; i < x->rows.n; i++)
		chosen += x->chosen[i];
	if (!chosen)
		form_fail(req, "famille", _("Cochez au moins une famille. Celles que vous aviez cochées ont peut-être été invitées entre-temps."));
	else if (n.invited + n.uninvited + chosen > GUESTS_MOST)
		form_fail(req, "famille", _f("Une réunion reçoit au plus {1} familles : décochez-en, ou prévoyez une autre réunion.",
			number_shown(v->a, v->lang, GUESTS_MOST)));
	return OK;
}

enum err meeting_invite_post(struct req *req)
{
	struct inviting *x = arena_one(req->a, struct inviting);
	try(look(req, x));
	try(check(x));
	if (form_ok(req) && str_eq(form_text(req, "geste"), S("inviter")))
		return post_once(req, invite_tx, x);
	if (!form_ok(req))
		form_refused(req);
	return show(x, form_ok(req));
}

/* One meeting: where it stands, who is to be called, what families answered; it is cancelled and put on again here. */
#include "accounts/accounts.h"
#include "base/phone.h"
#include "base/utf8.h"
#include "http/session.h"
#include "meetings/pages.h"
#include "meetings/show_html.h"

#define GUESTS_A_PAGE 20
#define CALLS_SHOWN 20
#define PASTS_SHOWN 12

/* ---- the families of a meeting, by name ---- */

struct named_guest { const struct meeting_guest_row *row; str name, key; };

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct named_guest *)a)->key, ((const struct named_guest *)b)->key);
}

static enum err read_guests(struct req *req, const struct campaign *c, const struct meeting *m, struct meeting_guest_row_list *rows, struct named_guest *ret)
{
	struct household *h = arena_many(req->a, struct household, GUESTS_MOST + 1);
	i64 roots[GUESTS_MOST];
	try(meeting_guests(req->db, m->id, GUESTS_MOST, rows));
	for (size_t i = 0; i < rows->n; i++)
		roots[i] = rows->v[i].root;
	try(households_shown(req, c->organisation_id, roots, rows->n, false, "meeting", h));
	for (size_t i = 0; i < rows->n; i++) {
		str name = household_name(req->a, &h[i]);
		ret[i] = (struct named_guest){ &rows->v[i], name, utf8_fold(req->a, name) };
	}
	qsort(ret, rows->n, sizeof *ret, by_name);
	return OK;
}

static struct guest_line line_of(struct req *req, const struct named_guest *g)
{
	const struct view *v = &req->v;
	const struct meeting_guest_row *r = g->row;
	return (struct guest_line){ r->public_id, g->name, r->school.p ? meeting_where_short(S(""), r->school) : S(""), guest_told_words(v, r),
		guest_reply_words(v, r->reply), str_eq(r->came, S("yes")) ? _("venue") : str_eq(r->came, S("no")) ? _("absente") : S(""),
		str_printf(req->a, "%lld", (long long)r->id), guest_to_call(r) };
}

/* Whom to call, with their telephone. */
static enum err put_calls(struct req *req, const struct campaign *c, const struct named_guest *guests, size_t n, struct guest_lines *ret)
{
	const struct view *v = &req->v;
	struct household *h = arena_many(req->a, struct household, CALLS_SHOWN + 1);
	i64 roots[CALLS_SHOWN];
	ret->v = arena_many(req->a, struct guest_line, CALLS_SHOWN + 1);
	for (size_t i = 0; i < n && ret->n < CALLS_SHOWN; i++)
		if (guest_to_call(guests[i].row)) {
			roots[ret->n] = guests[i].row->root;
			ret->v[ret->n++] = line_of(req, &guests[i]);
		}
	try(households_shown(req, c->organisation_id, roots, ret->n, true, "calls", h));
	for (size_t i = 0; i < ret->n; i++) {
		str phone = household_phone(&h[i]);
		ret->v[i].school = phone.n ? phone_grouped(req->a, phone) : _("pas de téléphone");
	}
	return OK;
}

/* ---- the page ---- */

static str past_words(const struct view *v, const struct meeting_past_row *r)
{
	static const struct { const char *code, *label; } fields[] = { { "day", N_("Jour") }, { "time", N_("Heure") }, { "place", N_("Lieu") },
		{ "room", N_("Salle") }, { "capacity", N_("Familles que la salle accueille") }, { "speaker", N_("Qui présente") }, { "note", N_("Note pour les agents") },
		{ "schools", N_("Écoles") } };
	if (str_eq(r->field, S("state")))
		return str_eq(r->after, S("cancelled")) ? _("Annulée") : _("Remise");
	if (str_eq(r->field, S("attendance")))
		return _f("Présences notées : {1}", r->after);
	for (size_t i = 0; i < lengthof(fields); i++)
		if (str_eq(r->field, str_c(fields[i].code))) {
			bool day = !strcmp(fields[i].code, "day");
			return _f("{1} : {2}, avant : {3}", tr_here(v, fields[i].label), day ? iso_date_shown(v, r->after) : r->after.n ? r->after : _("rien"),
				day ? iso_date_shown(v, r->before) : r->before.n ? r->before : _("rien"));
		}
	return r->field;
}

static enum err put_pasts(struct req *req, const struct meeting *m, struct past_lines *ret)
{
	struct vault_asker vault = vault_of(req);
	struct meeting_past_row_list rows;
	i64 ids[PASTS_SHOWN];
	str names[PASTS_SHOWN];
	try(meeting_pasts(req->db, m->id, PASTS_SHOWN, &rows));
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].user_id;
	try(rows.n ? accounts_names(req->db, &vault, ids, rows.n, names) : OK);
	*ret = (struct past_lines){ .v = arena_many(req->a, struct past_line, rows.n + 1) };
	for (; ret->n < rows.n; ret->n++)
		ret->v[ret->n] = (struct past_line){ date_shown(&req->v, paris_of_ms(rows.v[ret->n].at).date), past_words(&req->v, &rows.v[ret->n]), names[ret->n] };
	return OK;
}

static enum err put_oddities(struct req *req, const struct meeting *m, struct meeting_page *page)
{
	const struct view *v = &req->v;
	struct meeting_candidate_list some;
	i64 capacity;
	meeting_oddities(v, m, &page->odd);
	if (page->past && !page->cancelled && !page->n.came && !page->n.absent)
		page->odd.v[page->odd.n++] = page->n.invited ? _("Ce jour est passé : les présences sont à noter.")
			: _("Ce jour est passé, et personne n’était invité : vérifiez la date.");
	if (page->cancelled || page->past)
		return OK;
	try(meeting_candidates(req->db, m->id, date_iso(req->a, today_paris()), 1, S(""), 0, S(""), &some));
	page->invitable = some.n > 0 && page->n.invited < GUESTS_MOST;
	if (!some.n && !page->n.invited)
		page->odd.v[page->odd.n++] = _("Aucune famille n’est à inviter : dans ces écoles, aucune n’a encore été contactée.");
	if (str_i64(m->f[M_CAPACITY], &capacity) && page->n.yes + page->n.perhaps > capacity)
		page->odd.v[page->odd.n++] = _("Plus de familles disent venir que la salle n’en accueille.");
	return OK;
}

static str page_url(struct req *req, const struct meeting *m, i64 page)
{
	return in_language(&req->v, req->v.lang, meeting_path(req->a, m, str_printf(req->a, "?page=%lld", (long long)page).p));
}

static enum err put_families(struct req *req, const struct campaign *c, const struct meeting *m, struct meeting_page *page)
{
	struct meeting_guest_row_list rows;
	struct named_guest *guests = arena_many(req->a, struct named_guest, GUESTS_MOST + 1);
	i64 at = req->method == GET ? form_int(req, "page", 1) : 1;
	try(read_guests(req, c, m, &rows, guests));
	page->lines.v = arena_many(req->a, struct guest_line, GUESTS_A_PAGE + 1);
	for (size_t i = (size_t)(at - 1) * GUESTS_A_PAGE; i < rows.n && page->lines.n < GUESTS_A_PAGE; i++)
		page->lines.v[page->lines.n++] = line_of(req, &guests[i]);
	page->pager = pager_of(at, (i64)rows.n, GUESTS_A_PAGE, page_url(req, m, at - 1), page_url(req, m, at + 1));
	return put_calls(req, c, guests, rows.n, &page->calls);
}

static enum err show(struct req *req, const struct campaign *c, const struct meeting *m)
{
	const struct view *v = &req->v;
	struct meeting_guest_count_list counts;
	struct meeting_page page = { .form = req->form, .campaign = c->id, .id = m->id, .name = c->f[C_NAME], .path = meeting_path(req->a, m, ""),
		.title = meeting_title(v, m),
		.where = meeting_where(v, m), .speaker = m->f[M_SPEAKER], .capacity = m->f[M_CAPACITY], .note = m->f[M_NOTE],
		.version = str_printf(req->a, "%lld", (long long)m->version), .saved = req->method == GET && form_given(req, "fait") ? form_text(req, "fait") : S(""),
		.officer = file_who_of(req, c) == FW_OFFICER, .cancelled = meeting_cancelled(m), .begun = meeting_begun(m), .past = meeting_past(m) };
	try(meeting_guest_counts(req->db, m->id, &counts));
	guest_counts_of(&counts, &page.n);
	try(put_oddities(req, m, &page));
	try(put_families(req, c, m, &page));
	try(put_pasts(req, m, &page.pasts));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, MEETING_ROUTE));
	return meeting_html(&req->v, &page);
}

enum err meeting_show(struct req *req)
{
	struct campaign c;
	struct meeting m;
	try(meeting_of(req, &c, &m));
	req->form->n_errors = 0;
	return show(req, &c, &m);
}

/* ---- gestures ---- */

enum act { ACT_NONE, ACT_CANCEL, ACT_AGAIN, ACT_TOLD, ACT_YES, ACT_PERHAPS, ACT_NO, ACT_DROP };
struct doing { struct req *req; struct campaign c; struct meeting m; enum act act; i64 ids[GUESTS_MOST]; size_t n; };

static enum act act_of(str geste)
{
	static const struct { const char *word; enum act act; } acts[] = { { "annuler", ACT_CANCEL }, { "remettre", ACT_AGAIN }, { "prevenue", ACT_TOLD },
		{ "vient", ACT_YES }, { "peut-etre", ACT_PERHAPS }, { "non", ACT_NO }, { "retirer", ACT_DROP } };
	for (size_t i = 0; i < lengthof(acts); i++)
		if (str_eq(geste, str_c(acts[i].word)))
			return acts[i].act;
	return ACT_NONE;
}

static void take_ticks(struct doing *d)
{
	const struct form *f = d->req->form;
	for (size_t i = 0; i < f->spec->n; i++)
		if (strcmp(f->spec->fields[i].name, "famille") == 0)
			for (size_t k = 0; k < f->values[i].n_many && d->n < GUESTS_MOST; k++)
				d->n += str_i64(f->values[i].many[k], &d->ids[d->n]);
}

/* What one family said; that it was spoken to makes it know. */
static enum err note_reply(struct db *db, const struct doing *d, const struct meeting_guest_row *g, const struct file_doer *who)
{
	static const char *const replies[] = { [ACT_TOLD] = "", [ACT_YES] = "yes", [ACT_PERHAPS] = "perhaps", [ACT_NO] = "no" };
	if (d->act == ACT_DROP)
		return g->uninvited && g->came.n ? OK : meeting_guest_drop(db, g->id);
	if (d->act == ACT_TOLD || g->channel.n == 0 || guest_to_call(g)) {
		try(meeting_guest_told(db, g->id, now_ms()));
		try(guest_invited(db, g->file_id, who));
	}
	return d->act == ACT_TOLD ? OK : meeting_guest_reply(db, g->id, str_c(replies[d->act]));
}

static enum err note_replies(struct db *db, const struct doing *d)
{
	struct meeting_guest_row_list rows;
	struct file_doer who = { d->req->session->user_id, d->c.organisation_id };
	try(meeting_guests(db, d->m.id, GUESTS_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < d->n; k++)
			if (rows.v[i].id == d->ids[k])
				try(note_reply(db, d, &rows.v[i], &who));
	return OK;
}

static enum err do_tx(struct db *db, void *arg, str *ret_path)
{
	const struct doing *d = arg;
	*ret_path = meeting_path(db_arena(db), &d->m, d->act == ACT_CANCEL || d->act == ACT_AGAIN ? "?fait=2" : "?fait=1");
	if (d->act != ACT_CANCEL && d->act != ACT_AGAIN)
		return note_replies(db, d);
	struct meeting m = d->m;
	m.f[M_STATE] = d->act == ACT_CANCEL ? S("cancelled") : S("planned");
	return meeting_save(db, &m, d->c.organisation_id, d->req->session->user_id);
}

static void check(struct req *req, const struct doing *d)
{
	const struct view *v = &req->v;
	bool officers = d->act == ACT_CANCEL || d->act == ACT_AGAIN || d->act == ACT_DROP;
	if (officers && file_who_of(req, &d->c) != FW_OFFICER)
		form_fail(req, "geste", _f("Cela se décide à la conduite des programmes de {1} : demandez-lui.", d->c.organisation));
	else if (d->act == ACT_NONE)
		form_fail(req, "geste", _("Choisissez ce qu’il faut noter."));
	else if (d->act == ACT_CANCEL && !form_bool(req, "sur"))
		form_fail(req, "sur", _("Cochez la case : les familles invitées recevront un message, qui ne se reprend pas."));
	else if (d->act != ACT_CANCEL && d->act != ACT_AGAIN && !d->n)
		form_fail(req, "famille", _("Cochez au moins une famille."));
}

enum err meeting_post(struct req *req)
{
	const struct view *v = &req->v;
	struct doing *d = arena_one(req->a, struct doing);
	d->req = req;
	d->act = act_of(form_text(req, "geste"));
	try(meeting_of(req, &d->c, &d->m));
	if (d->act == ACT_CANCEL || d->act == ACT_AGAIN)
		d->m.version = form_int(req, "version", -1);
	take_ticks(d);
	check(req, d);
	int status = 422;
	if (form_ok(req)) {
		enum err e = post_once(req, do_tx, d);
		if (e != CONFLICT)
			return e;
		form_fail(req, "geste", _("Quelqu’un vient de changer cette réunion, ou un de ces dossiers : rien n’a été noté. Voici où cela en est."));
		status = 409;
	}
	try(meeting_of(req, &d->c, &d->m));
	form_refused(req);
	req->status = status;
	return show(req, &d->c, &d->m);
}

/* Who came: ticked on a telephone at the door, or from the paper sheet afterwards; whoever came without having been invited is found by name. */
#include "base/utf8.h"
#include "audit/audit.h"
#include "db/id.h"
#include "http/session.h"
#include "meetings/attend_html.h"
#include "meetings/pages.h"

#define ATTENDANCE_ROUTE MEETING_ROUTE "/presence"
#define BLANK_LINES 8
#define ALPHABET 26
#define MANY 12                                  /* families: beyond, one looks for a name by its first letters */

struct attending {
	struct req *req;
	struct campaign c;
	struct meeting m;
	struct meeting_guest_row_list rows;
	i64 ids[GUESTS_MOST], was[GUESTS_MOST];  /* ticked now; ticked when the page was shown */
	size_t n, n_was;
	str act;
	struct file added;
};

static bool among(const i64 *ids, size_t n, i64 id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* "12.15.18" */
static size_t ids_of(str text, i64 *ret)
{
	size_t n = 0;
	for (str one; text.n && n < GUESTS_MOST && str_next(&text, '.', &one);)
		n += str_i64(one, &ret[n]);
	return n;
}

/* ---- the list ---- */

/* As one looks for a name at a door: "Benali Leïla, Benali Karim". */
static str name_at_door(struct arena *a, const struct household *h)
{
	str names[PERSONS_MOST];
	size_t n = 0;
	for (size_t i = 0; i < h->n && n < PERSONS_MOST; i++)
		if (!h->persons[i].child)
			names[n++] = str_trim(str_printf(a, "%.*s %.*s", STR_ARG(h->persons[i].family), STR_ARG(h->persons[i].given)));
	return n ? str_join(a, names, n, S(", ")) : household_name(a, h);
}

static int by_about(const void *a, const void *b)
{
	return str_cmp(((const struct coming_line *)a)->about, ((const struct coming_line *)b)->about);
}

/* Whether a word of a folded name begins so. */
static bool begins(str name, str letters)
{
	for (size_t i = 0; i < name.n; i++)
		if ((!i || name.p[i - 1] == ' ' || name.p[i - 1] == '-') && str_starts(str_slice(name, i, name.n), letters))
			return true;
	return !letters.n;
}

/* In the order of names; `about` holds the key until they are sorted. */
static enum err put_lines(struct req *req, const struct campaign *c, const struct meeting_guest_row_list *rows, bool replies, struct coming_lines *ret)
{
	const struct view *v = &req->v;
	struct household *h = arena_many(req->a, struct household, GUESTS_MOST + 1);
	i64 roots[GUESTS_MOST];
	for (size_t i = 0; i < rows->n; i++)
		roots[i] = rows->v[i].root;
	try(households_shown(req, c->organisation_id, roots, rows->n, false, "attendance", h));
	*ret = (struct coming_lines){ .v = arena_many(req->a, struct coming_line, rows->n + 1) };
	for (size_t i = 0; i < rows->n; i++) {
		str name = name_at_door(req->a, &h[i]), key = utf8_fold(req->a, name);
		ret->v[ret->n++] = (struct coming_line){ .id = (i64)i, .name = name, .key = key, .about = key };
	}
	qsort(ret->v, ret->n, sizeof *ret->v, by_about);
	for (size_t i = 0; i < ret->n; i++) {
		struct coming_line *l = &ret->v[i];
		const struct meeting_guest_row *r = &rows->v[l->id];
		str school = r->school.p ? meeting_where_short(S(""), r->school) : S(""), reply = guest_reply_words(v, r->reply);
		l->id = r->id;
		l->public_id = r->public_id;
		l->about = replies && reply.n ? _f("{1} ; {2}", school, reply) : school;
		l->came = str_eq(r->came, S("yes"));
	}
	return OK;
}

/* The letters that names begin with, as links; then those lines alone whose names begin as was typed. */
static void filter(struct attending *x, struct attendance_page *page)
{
	struct req *req = x->req;
	struct coming_lines *lines = &page->lines;
	str typed = utf8_fold(req->a, page->letters);
	size_t n = 0;
	page->alphabet.v = arena_many(req->a, str, ALPHABET);
	for (size_t i = 0; i < lines->n && lines->n > MANY; i++) {
		str first = lines->v[i].key.n && lines->v[i].key.p[0] > ' ' ? str_slice(lines->v[i].key, 0, 1) : S("");
		if (!first.n || first.p[0] < 'a' || first.p[0] > 'z' || page->alphabet.n == ALPHABET)
			continue;
		str letter = str_printf(req->a, "%c", first.p[0] - 'a' + 'A');
		if (!page->alphabet.n || !str_eq(page->alphabet.v[page->alphabet.n - 1], letter))
			page->alphabet.v[page->alphabet.n++] = letter;
	}
	for (size_t i = 0; i < lines->n; i++)
		if (begins(lines->v[i].key, typed))
			lines->v[n++] = lines->v[i];
	page->all = (i64)lines->n;
	lines->n = n;
}

/* ---- somebody who was not invited ---- */

static enum err put_found(struct req *req, const struct campaign *c, const struct meeting_guest_row_list *rows, struct found_lines *ret)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct households all;
	try(people_find(req->db, &vault, &c->organisation_id, 1, form_text(req, "q"), &all));
	*ret = (struct found_lines){ .v = arena_many(req->a, struct found_line, all.n + 1), .more = all.more };
	for (size_t i = 0; i < all.n; i++) {
		struct file f;
		enum err e = all.v[i].organisation_id == c->organisation_id ? file_of_family(req->db, c->id, all.v[i].id, &f) : NOT_FOUND;
		if (e != OK && e != NOT_FOUND)
			return e;
		bool there = false;
		for (size_t k = 0; k < rows->n && e == OK; k++)
			there |= rows->v[k].root == f.root;
		if (e == OK && !there)
			ret->v[ret->n++] = (struct found_line){ f.public_id, household_name(req->a, &all.v[i]), tr_here(v, file_states[f.state].label) };
	}
	i64 *roots = arena_many(req->a, i64, all.n + 1);
	struct household *h = arena_many(req->a, struct household, all.n + 1);
	for (size_t i = 0; i < all.n; i++)
		roots[i] = all.v[i].id;
	return households_shown(req, c->organisation_id, roots, all.n, false, "found", h);
}

/* ---- the page ---- */

/* A file that was just opened for somebody who stands at the door. */
static enum err put_opened(struct attending *x, struct attendance_page *page)
{
	struct req *req = x->req;
	struct household h;
	struct file f;
	if (req->method != GET || !form_given(req, "dossier") || file_of(req, &x->c, form_text(req, "dossier"), &f) != OK || f.state == FS_JOINED)
		return OK;
	try(households_shown(req, x->c.organisation_id, &f.root, 1, false, "found", &h));
	page->asked = true;
	page->found = (struct found_lines){ .v = arena_one(req->a, struct found_line), .n = 1 };
	page->found.v[0] = (struct found_line){ f.public_id, household_name(req->a, &h), tr_here(&req->v, file_states[f.state].label) };
	return OK;
}

static enum err put_list(struct attending *x, struct attendance_page *page)
{
	struct req *req = x->req;
	struct buf was = buf_new(req->a, 4000);
	bool again = req->method == POST;
	try(meeting_guests(req->db, x->m.id, GUESTS_MOST, &x->rows));
	try(put_lines(req, &x->c, &x->rows, true, &page->lines));
	for (size_t i = 0; i < page->lines.n; i++)
		page->came += page->lines.v[i].came;
	for (size_t i = 0; i < x->rows.n; i++)
		page->noted |= x->rows.v[i].came.n > 0;
	filter(x, page);
	for (size_t i = 0; i < page->lines.n; i++) {
		struct coming_line *l = &page->lines.v[i];
		if (l->came)
			buf_printf(&was, "%s%lld", was.n ? "." : "", (long long)l->id);
		l->came = (l->came && !(again && among(x->was, x->n_was, l->id))) || (again && among(x->ids, x->n, l->id));
	}
	page->was = buf_str(&was);
	return OK;
}

static enum err show(struct attending *x)
{
	struct req *req = x->req;
	const struct view *v = &req->v;
	struct attendance_page page = { .form = req->form, .path = meeting_path(req->a, &x->m, "/presence"), .back = meeting_path(req->a, &x->m, ""),
		.title = meeting_title(v, &x->m), .asked = form_given(req, "q"), .early = !meeting_begun(&x->m),
		.letters = form_given(req, "lettres") ? form_text(req, "lettres") : S(""),
		.opening = str_printf(req->a, "/agent/campagnes/%lld/dossiers/nouveau?reunion=%lld", (long long)x->c.id, (long long)x->m.id) };
	if (req->method == GET) {
		page.saved = form_given(req, "fait") ? form_text(req, "fait") : S("");
		page.plus = form_given(req, "plus") ? form_text(req, "plus") : S("");
		page.less = form_given(req, "moins") ? form_text(req, "moins") : S("");
	}
	try(put_list(x, &page));
	if (page.asked)
		try(put_found(req, &x->c, &x->rows, &page.found));
	else
		try(put_opened(x, &page));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, ATTENDANCE_ROUTE));
	return attendance_html(&req->v, &page);
}

enum err attendance_form(struct req *req)
{
	struct attending *x = arena_one(req->a, struct attending);
	x->req = req;
	try(meeting_of(req, &x->c, &x->m));
	if (meeting_cancelled(&x->m))
		return NOT_FOUND;
	req->form->n_errors = 0;
	return show(x);
}

/* ---- noting ---- */

static void take_ticks(struct attending *x)
{
	const struct form *f = x->req->form;
	for (size_t i = 0; i < f->spec->n; i++)
		if (strcmp(f->spec->fields[i].name, "famille") == 0)
			for (size_t k = 0; k < f->values[i].n_many && x->n < GUESTS_MOST; k++)
				x->n += str_i64(f->values[i].many[k], &x->ids[x->n]);
	if (str_eq(x->act, S("reprendre")))
		x->n = ids_of(form_text(x->req, "plus"), x->ids);
	x->n_was = ids_of(form_text(x->req, str_eq(x->act, S("reprendre")) ? "moins" : "deja"), x->was);
}

/* What one family is to be noted as; absent: as it is. What another telephone noted meanwhile is left alone. */
static str to_note(const struct attending *x, const struct meeting_guest_row *g)
{
	bool on = among(x->ids, x->n, g->id), was = among(x->was, x->n_was, g->id), came = str_eq(g->came, S("yes"));
	if (str_eq(x->act, S("tous")))
		return S("yes");
	if (str_eq(x->act, S("effacer")))
		return S("");
	if (str_eq(x->act, S("reprendre")))
		return on && came ? S("") : was ? S("yes") : (str){ 0 };
	if (on && !was)
		return S("yes");
	if (was && !on)
		return str_eq(x->act, S("finir")) ? S("no") : S("");
	return str_eq(x->act, S("finir")) && !came ? S("no") : (str){ 0 };
}

/* *ret_path: says whom it was, for what was done a moment ago to be taken back. */
static enum err note_all(struct db *db, const struct attending *x, const struct file_doer *who, str *ret_path)
{
	struct meeting_guest_row_list rows;
	struct buf plus = buf_new(db_arena(db), 4000), less = buf_new(db_arena(db), 4000);
	try(meeting_guests(db, x->m.id, GUESTS_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		str to = to_note(x, &rows.v[i]);
		bool came = str_eq(rows.v[i].came, S("yes"));
		struct buf *b = came ? &less : &plus;
		if (!to.p || str_eq(to, rows.v[i].came))
			continue;
		try(guest_came(db, &x->m, &rows.v[i], str_z(db_arena(db), to), who));
		if (came || str_eq(to, S("yes")))
			buf_printf(b, "%s%lld", b->n ? "." : "", (long long)rows.v[i].id);
	}
	*ret_path = str_eq(x->act, S("reprendre")) ? S("?fait=2") : str_printf(db_arena(db), "?fait=1&plus=%.*s&moins=%.*s", (int)plus.n, plus.p, (int)less.n, less.p);
	return OK;
}

static enum err add(struct db *db, const struct attending *x, const struct file_doer *who)
{
	struct meeting_guest_row_list rows;
	try(meeting_guest_put(db, id_new(), x->m.id, x->added.id, 1, S(""), who->user_id, now_ms()));
	try(meeting_guests(db, x->m.id, GUESTS_MOST + 1, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].file_id == x->added.id)
			try(guest_came(db, &x->m, &rows.v[i], "yes", who));
	return OK;
}

static enum err save_tx(struct db *db, void *arg, str *ret_path)
{
	const struct attending *x = arg;
	struct file_doer who = { x->req->session->user_id, x->c.organisation_id };
	struct meeting_guest_count_list counts;
	struct guest_counts n;
	str rest = S("?fait=1");
	bool at_door = str_eq(x->act, S("noter")) || str_eq(x->act, S("reprendre")) || str_eq(x->act, S("ajouter"));
	try(str_eq(x->act, S("ajouter")) ? add(db, x, &who) : note_all(db, x, &who, &rest));
	try(meeting_guest_counts(db, x->m.id, &counts));
	guest_counts_of(&counts, &n);
	if (!at_door)                            /* in the meeting's history when it is over, not at each family that comes in */
		try(meeting_past_put(db, id_new(), x->m.id, S("attendance"), S(""), str_printf(db_arena(db), "%lld", (long long)n.came), now_ms(), who.user_id));
	*ret_path = meeting_path(db_arena(db), &x->m, str_printf(db_arena(db), "/presence%.*s", STR_ARG(rest)).p);
	return audit_write(db, &(struct audit){ .user_id = who.user_id, .organisation_id = who.organisation_id, .action = "meeting.attendance", .object = "meeting",
		.object_id = x->m.id, .detail = str_printf(db_arena(db), "came=%lld", (long long)n.came) });
}

static enum err check(struct attending *x)
{
	struct req *req = x->req;
	const struct view *v = &req->v;
	if (!meeting_begun(&x->m))
		form_fail(req, "famille", _("La réunion n’a pas encore eu lieu : les présences se notent le jour même, ou après."));
	if (!str_eq(x->act, S("ajouter")))
		return OK;
	struct meeting_guest_row_list rows;
	try(meeting_guests(req->db, x->m.id, GUESTS_MOST, &rows));
	enum err e = file_of(req, &x->c, form_text(req, "dossier"), &x->added);
	if (e == OK && x->added.state == FS_JOINED)
		e = NOT_FOUND;
	if (e == NOT_FOUND)
		form_fail(req, "q", _("Ce dossier n’est plus là. Cherchez à nouveau."));
	else if (rows.n >= GUESTS_MOST)
		form_fail(req, "q", _f("Une réunion reçoit au plus {1} familles. Notez sa présence sur la page de son dossier.", number_shown(v->a, v->lang, GUESTS_MOST)));
	return e == NOT_FOUND ? OK : e;
}

enum err attendance_post(struct req *req)
{
	const struct view *v = &req->v;
	struct attending *x = arena_one(req->a, struct attending);
	int status = 422;
	x->req = req;
	x->act = form_given(req, "geste") ? form_text(req, "geste") : S("noter");
	try(meeting_of(req, &x->c, &x->m));
	if (meeting_cancelled(&x->m))
		return NOT_FOUND;
	take_ticks(x);
	try(check(x));
	if (form_ok(req)) {
		enum err e = post_once(req, save_tx, x);
		if (e != CONFLICT && e != INVALID)
			return e;
		status = 409;
		form_fail(req, "famille", e == INVALID
			? _("Un de ces dossiers est allé plus loin depuis : sa présence ne s’efface plus ici. Revenez d’abord en arrière sur sa page.")
			: _("Quelqu’un vient de changer un de ces dossiers. Ce que vous aviez coché l’est encore : relisez, puis enregistrez."));
	}
	try(meeting_of(req, &x->c, &x->m));
	form_refused(req);
	req->status = status;
	return show(x);
}

/* ---- on paper ---- */

enum err attendance_sheet(struct req *req)
{
	const struct view *v = &req->v;
	struct campaign c;
	struct meeting m;
	struct meeting_guest_row_list rows;
	try(meeting_of(req, &c, &m));
	struct sheet_page page = { .title = meeting_title(v, &m), .where = meeting_where(v, &m), .speaker = m.f[M_SPEAKER], .back = meeting_path(req->a, &m, "") };
	try(meeting_guests(req->db, m.id, GUESTS_MOST, &rows));
	try(put_lines(req, &c, &rows, false, &page.lines));
	page.blank = (struct oddities){ .v = arena_many(req->a, str, BLANK_LINES), .n = BLANK_LINES };
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	return attendance_sheet_html(&req->v, &page);
}

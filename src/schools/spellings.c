/* Names that lists give to schools: each is proposed a school with the reason, and somebody says yes, another, or none. What was decided is
 * known from then on (schools_find). */
#include "audit/audit.h"
#include "base/timex.h"
#include "http/session.h"
#include "schools/pages.h"
#include "schools/spellings_html.h"

#define LIST_ROUTE "/agent/ecoles/orthographes"
#define ONE_ROUTE "/agent/ecoles/orthographes/:orthographe"
#define NONE_SHOWN 40

str match_words(const struct view *v, const struct school_match *m)
{
	static const struct { enum school_reason bit; const char *words; } all[] = {
		{ SCHOOL_UAI, N_("son code") }, { SCHOOL_KNOWN_SPELLING, N_("déjà reconnu") }, { SCHOOL_SAME_WORDS, N_("mêmes mots") },
		{ SCHOOL_SOME_WORDS, N_("une partie du nom") }, { SCHOOL_LIKE_WORDS, N_("mots proches") }, { SCHOOL_SAME_KIND, N_("même sorte") },
		{ SCHOOL_OTHER_KIND, N_("autre sorte") },
	};
	str parts[lengthof(all)];
	size_t n = 0;
	for (size_t i = 0; i < lengthof(all); i++)
		if (m->reasons & all[i].bit)
			parts[n++] = tr(v->lang, all[i].words);
	return str_join(v->a, parts, n, S(", "));
}

str certainty_words(const struct view *v, enum school_certainty c)
{
	return c == SCHOOL_CERTAIN ? _("sûr") : c == SCHOOL_LIKELY ? _("probable") : c == SCHOOL_POSSIBLE ? _("possible") : _("aucune école proche");
}

/* ---- the list ---- */

static str page_url(struct req *req, i64 page)
{
	return in_language(&req->v, req->v.lang, str_printf(req->a, LIST_ROUTE "?page=%lld", (long long)page));
}

/* The schools of the communes of these lines are read once. */
static enum err propose(struct req *req, struct spellings_page *page, const struct spelling_row_list *rows)
{
	struct school_list all = { .n = 0 };
	str insee = S("");
	page->v = arena_many(req->a, struct spelling_line, rows->n + 1);
	for (; page->n < rows->n; page->n++) {
		struct school_matches m;
		struct spelling_line *l = &page->v[page->n];
		l->row = rows->v[page->n];
		if (!str_eq(insee, l->row.insee))
			try(school_all(req->db, l->row.insee, S(""), S(""), SCHOOLS_MOST, &all));
		insee = l->row.insee;
		schools_match(req->a, l->row.text, all.v, all.n, &m);
		l->certainty = m.certainty;
		if (m.n)
			l->best = m.v[0];
		l->why = match_words(&req->v, &l->best);
	}
	return OK;
}

static enum err show_list(struct req *req)
{
	struct spelling_row_list rows;
	struct spellings_page page = { .form = req->form, .saved = req->method == GET && form_given(req, "fait") };
	i64 number = form_int(req, "page", 1);
	req->v.here = S("/agent/ecoles");
	try(spellings_count(req->db, S("waiting"), &page.total));
	try(spellings_in(req->db, S("waiting"), SPELLINGS_PAGE, (number - 1) * SPELLINGS_PAGE, &rows));
	if (number > 1 && !rows.n)
		return NOT_FOUND;
	try(spellings_in(req->db, S("none"), NONE_SHOWN, 0, &page.none));
	try(propose(req, &page, &rows));
	page.pager = pager_of(number, page.total, SPELLINGS_PAGE, page_url(req, number - 1), page_url(req, number + 1));
	try(form_stamp(req, LIST_ROUTE));
	return spellings_html(&req->v, &page);
}

enum err spellings_index(struct req *req)
{
	return show_list(req);
}

/* ---- deciding ---- */

struct deciding { struct req *req; i64 again; };

static enum err line(struct db *db, const struct req *req, const char *action, i64 id, i64 school)
{
	return audit_write(db, &(struct audit){ .user_id = req->session->user_id, .action = action, .object = "school_spelling", .object_id = id,
		.detail = school ? str_printf(db_arena(db), "%lld", (long long)school) : S("") });
}

static enum err decide(struct db *db, const struct req *req, i64 id, const struct school *s)
{
	struct opt_i64 school = { s ? s->id : 0, s != NULL }, user = { req->session->user_id, true };
	try(spelling_decide(db, id, s ? S("accepted") : S("none"), school, now_ms(), user, S("waiting")));
	return db_changes(db) ? line(db, req, s ? "spelling.accepted" : "spelling.none", id, school.v) : OK;
}

/* "12-0441234X": that this spelling is that school's, as the page showed it. */
static enum err accept_one(struct db *db, const struct req *req, str pair)
{
	str id_text;
	i64 id;
	struct school s;
	if (!str_next(&pair, '-', &id_text) || !str_i64(id_text, &id))
		return NOT_FOUND;
	try(school_by_uai(db, pair, &s));
	return decide(db, req, id, &s);
}

static enum err accept_tx(struct db *db, void *arg, str *ret_path)
{
	const struct deciding *d = arg;
	const struct form_value *ticked = &d->req->form->values[0];      /* "prendre": routes.c */
	*ret_path = S(LIST_ROUTE "?fait=1");
	for (size_t i = 0; i < ticked->n_many; i++)
		try(accept_one(db, d->req, ticked->many[i]));
	return OK;
}

static enum err again_tx(struct db *db, void *arg, str *ret_path)
{
	const struct deciding *d = arg;
	*ret_path = S(LIST_ROUTE);
	try(spelling_decide(db, d->again, S("waiting"), (struct opt_i64){ 0 }, now_ms(), (struct opt_i64){ 0 }, S("none")));
	return line(db, d->req, "spelling.again", d->again, 0);
}

enum err spellings_post(struct req *req)
{
	struct deciding d = { .req = req, .again = form_int(req, "reprendre", 0) };
	return post_once(req, d.again ? again_tx : accept_tx, &d);
}

/* ---- one ---- */

static enum err spelling_of(struct req *req, struct spelling_row *ret)
{
	i64 id;
	return str_i64(req_param(req, "orthographe"), &id) ? spelling_by_id(req->db, id, ret) : NOT_FOUND;
}

enum err scope_spelling(struct req *req)
{
	struct spelling_row row;
	return session_may(req->session, CAP_CAMPAIGNS) ? spelling_of(req, &row) : NOT_FOUND;
}

static enum err show_one(struct req *req)
{
	struct school_matches m;
	struct school_list all;
	struct spelling_page page = { .form = req->form };
	try(spelling_of(req, &page.row));
	try(school_all(req->db, page.row.insee, S(""), S(""), SCHOOLS_MOST, &all));
	schools_match(req->a, page.row.text, all.v, all.n, &m);
	page.candidates.v = arena_many(req->a, struct candidate_line, m.n + 1);
	for (; page.candidates.n < m.n; page.candidates.n++) {
		const struct school_match *c = &m.v[page.candidates.n];
		bool chosen = req->method == POST ? str_eq(form_text(req, "ecole"), c->school.uai) : page.candidates.n == 0 && m.certainty >= SCHOOL_LIKELY;
		page.candidates.v[page.candidates.n] = (struct candidate_line){ c->school.uai, c->school.name, c->school.address, match_words(&req->v, c), chosen };
	}
	req->v.here = S("/agent/ecoles");
	try(form_stamp(req, ONE_ROUTE));
	return spelling_html(&req->v, &page);
}

enum err spelling_show(struct req *req)
{
	return show_one(req);
}

struct choosing { struct req *req; i64 id; struct school s; bool none; };

static enum err choose_tx(struct db *db, void *arg, str *ret_path)
{
	const struct choosing *c = arg;
	*ret_path = S(LIST_ROUTE "?fait=1");
	return decide(db, c->req, c->id, c->none ? NULL : &c->s);
}

enum err spelling_post(struct req *req)
{
	const struct view *v = &req->v;
	struct spelling_row row;
	struct choosing c = { .req = req };
	str other = form_text(req, "autre"), chosen = form_text(req, "ecole");
	try(spelling_of(req, &row));
	c.id = row.id;
	c.none = !other.n && str_eq(chosen, S("aucune"));
	enum err e = other.n || chosen.n ? OK : NOT_FOUND;
	if (e != OK)
		form_fail(req, "ecole", _("Choisissez une école, ou dites qu’il n’y en a pas."));
	else if (!c.none && school_by_uai(req->db, other.n ? other : chosen, &c.s) != OK)
		form_fail(req, other.n ? "autre" : "ecole", _("Aucune école n’a ce code."));
	if (form_ok(req))
		return post_once(req, choose_tx, &c);
	form_refused(req);
	return show_one(req);
}

/* Many scans at once: each goes to the act whose code is in the name of its file, or to the one beside which it was chosen by hand. What is kept is
 * sealed as a single copy is (store.c); a batch says of each file what became of it. */
#include "charter/bulk.h"

#include "charter/bulk_html.h"
#include "db/id.h"
#include "http/multipart.h"
#include "http/session.h"

#define SCANS_ROUTE CHARTER_ROUTE "/scans"
#define CODES_MOST 4000
#define FILES_AT_ONCE 40

/* ---- the page ---- */

static enum err put_lines(struct charter_pile *p, i64 number, struct charter_scans_page *page)
{
	struct req *req = p->req;
	const struct view *v = &req->v;
	struct charter_uncopied_row_list rows;
	struct household h[BULK_A_PAGE];
	i64 roots[BULK_A_PAGE];
	try(charter_uncopied(req->db, p->c.id, p->school_id, p->meeting_id, p->wave_id, BULK_A_PAGE, (number - 1) * BULK_A_PAGE, &rows));
	for (size_t i = 0; i < rows.n; i++)
		roots[i] = rows.v[i].root;
	try(households_shown(req, p->c.organisation_id, roots, rows.n, false, "charter-list", h));
	page->lines.v = arena_many(req->a, struct charter_bulk_line, rows.n + 1);
	for (; page->lines.n < rows.n; page->lines.n++) {
		const struct charter_uncopied_row *r = &rows.v[page->lines.n];
		page->lines.v[page->lines.n] = (struct charter_bulk_line){ .id = str_printf(req->a, "%lld", (long long)r->id),
			.label = _f("{1}, {2}", household_name(req->a, &h[page->lines.n]), r->public_id) };
	}
	return OK;
}

static enum err show(struct charter_pile *p)
{
	struct req *req = p->req;
	i64 all, number = form_int(req, "page", 1);
	str query = charter_pile_query(req);
	struct charter_scans_page page = { .form = req->form, .back = charter_campaign_path(req->a, &p->c, "/charte/signatures"),
		.path = charter_campaign_path(req->a, &p->c, "/charte/scans"), .name = p->c.f[C_NAME] };
	try(charter_pile_choices(p, &page.of));
	try(charter_uncopied_n(req->db, p->c.id, p->school_id, p->meeting_id, p->wave_id, &all));
	try(put_lines(p, number, &page));
	str url = in_language(&req->v, req->v.lang, str_printf(req->a, "%.*s?%.*s%spage=", STR_ARG(page.path), STR_ARG(query), query.n ? "&" : ""));
	page.pager = pager_of(number, all, BULK_A_PAGE, str_printf(req->a, "%.*s%lld", STR_ARG(url), (long long)number - 1),
		str_printf(req->a, "%.*s%lld", STR_ARG(url), (long long)number + 1));
	page.total = number_shown(req->a, req->v.lang, all);
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, SCANS_ROUTE));
	return charter_scans_html(&req->v, &page);
}

enum err charter_scans_show(struct req *req)
{
	struct charter_pile p;
	try(charter_pile_of(req, &p));
	req->form->n_errors = 0;
	return show(&p);
}

/* ---- which file is whose ---- */

struct scan { const struct req_file *file; i64 act_id; struct charter_act_row act; const char *why; struct charter_sealed sealed; };
struct scanning { struct charter_pile p; i64 batch_id; struct scan v[FILES_AT_ONCE]; size_t n; };

/* Letters and digits alone, in capitals: "scan k7qm_2rxd.pdf" holds K7QM-2RXD. */
static str letters(struct arena *a, str s)
{
	struct buf b = buf_new(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= 'a' && c <= 'z')
			buf_byte(&b, (char)(c - 'a' + 'A'));
		else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			buf_byte(&b, c);
	}
	return buf_str(&b);
}

/* The only act whose code, as letters() gives it, is in the name; 0: none, or two. */
static i64 named(struct arena *a, const struct charter_code_row_list *codes, str name)
{
	str all = letters(a, name);
	i64 found = 0;
	for (size_t i = 0; i < codes->n; i++)
		if (str_find(all, codes->v[i].public_id) >= 0) {
			if (found)
				return 0;
			found = codes->v[i].id;
		}
	return found;
}

static bool by_hand(str field, i64 *ret)
{
	return str_starts(field, S("copie_")) && str_i64(str_slice(field, strlen("copie_"), field.n), ret);
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct scan *)a)->file->name, ((const struct scan *)b)->file->name);
}

/* Why it is not kept; NULL: it is. */
static enum err judge(struct scanning *x, struct scan *s, const struct charter_code_row_list *codes)
{
	struct req *req = x->p.req;
	enum charter_type type;
	const char *unsaid;
	bool there = false, before = false;
	for (size_t i = 0; i < codes->n; i++)
		if (codes->v[i].id == s->act_id) {
			there = true;
			before = codes->v[i].copies > 0;
		}
	if (!there)
		s->act_id = 0;
	s->why = !there ? "nobody" : before ? "copied" : !s->file->content.n ? "empty" : s->file->content.n > CHARTER_COPY_MAX ? "large"
		: !charter_type_of(s->file->content, &type, &unsaid) ? "type" : NULL;
	if (s->why)
		return OK;
	struct vault_asker vault = vault_of(req);
	try(charter_act_by_id(req->db, s->act_id, &s->act));
	return charter_seal_file(req->a, &vault, &s->act, type, s->file->content, &s->sealed);
}

static enum err take(struct scanning *x)
{
	struct req *req = x->p.req;
	const struct view *v = &req->v;
	struct charter_code_row_list codes;
	struct req_files files = { .n = 0 };
	if (req->file.name.n)
		try(multipart_files(req->a, req_header(req, "Content-Type"), req->body_raw, &files));
	if (!files.n)
		form_fail(req, "copies", _("Choisissez au moins un fichier."));
	else if (files.n > FILES_AT_ONCE)
		form_fail(req, "copies", _f("{1} fichiers au plus en une fois : envoyez les autres ensuite.", number_shown(v->a, v->lang, FILES_AT_ONCE)));
	if (!form_ok(req))
		return OK;
	try(charter_codes(req->db, x->p.c.id, CODES_MOST, &codes));
	for (size_t i = 0; i < codes.n; i++)
		codes.v[i].public_id = letters(req->a, codes.v[i].public_id);
	for (; x->n < files.n; x->n++) {
		struct scan *s = &x->v[x->n];
		s->file = &files.v[x->n];
		if (!by_hand(s->file->field, &s->act_id))
			s->act_id = named(req->a, &codes, s->file->name);
	}
	qsort(x->v, x->n, sizeof *x->v, by_name);
	for (size_t i = 0; i < x->n; i++)
		try(judge(x, &x->v[i], &codes));
	return OK;
}

/* ---- kept ---- */

static enum err keep_one(struct db *db, const struct scanning *x, const struct scan *s, size_t position, const struct file_doer *who)
{
	struct charter_act_row now;
	if (s->why)
		return charter_lot_line(db, x->batch_id, s->act_id, (i64)position, S(""), s->why);
	try(charter_act_by_id(db, s->act_id, &now));
	if (str_eq(now.state, S("cancelled")))
		return charter_lot_line(db, x->batch_id, s->act_id, (i64)position, S(""), "cancelled");
	try(charter_file_keep(db, &s->act, "copy", &s->sealed, who->user_id));
	try(charter_file_in_batch(db, s->sealed.id, x->batch_id));
	try(charter_note(db, s->act_id, "copy", S(""), date_iso(db_arena(db), today_paris()), S(""), who));
	return charter_lot_line(db, x->batch_id, s->act_id, (i64)position, S("copy"), "");
}

static enum err keep_tx(struct db *db, void *arg, str *ret_path)
{
	const struct scanning *x = arg;
	struct file_doer who = { x->p.req->session->user_id, x->p.c.organisation_id };
	*ret_path = charter_lot_path(db_arena(db), &x->p.c, x->batch_id, str_printf(db_arena(db), "?%.*s", STR_ARG(charter_pile_query(x->p.req))).p);
	try(charter_batch_put(db, x->batch_id, x->p.c.id, S("scans"), S(""), who.user_id, now_ms()));
	for (size_t i = 0; i < x->n; i++)
		try(keep_one(db, x, &x->v[i], i + 1, &who));
	return OK;
}

enum err charter_scans_post(struct req *req)
{
	struct scanning *x = arena_one(req->a, struct scanning);
	try(charter_pile_of(req, &x->p));
	try(take(x));
	x->batch_id = id_new();
	if (form_ok(req))
		return post_once(req, keep_tx, x);
	form_refused(req);
	return show(&x->p);
}

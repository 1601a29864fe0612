/* The access file as a document for somebody who is no lawyer: what it is, in plain words, then everything. What it says is put aside when it
 * is asked for; the jobs process opens it, a child that has the fonts of this machine and nothing else draws it, and it is kept sealed for a
 * day, under the household's key like what it says. */

#include "audit/audit.h"
#include "base/child.h"
#include "base/log.h"
#include "base/pack.h"
#include "base/timex.h"
#include "http/response.h"
#include "http/session.h"
#include "pdf/pdf.h"
#include "people/access.h"
#include "people/people_sql.h"

#define ARENA_MAX ((size_t)256 << 20)
#define PDF_MAX ((size_t)16 << 20)
#define TEXT_MAX ((size_t)4 << 20)
#define PART_BYTES ((size_t)48 << 10)            /* a message to the vault holds 65,000 */
#define PARTS_MOST (PDF_MAX / PART_BYTES + 1)
#define LEASE_MS ((i64)90 * 1000)
#define TRIES 3
#define KEEP_MS ((i64)24 * 3600 * 1000)
#define LIMITS (struct child_limits){ .cpu_s = 20, .wall_s = 60, .memory = (size_t)2 << 30, .fonts = true }

struct access_lines access_words_of(const struct view *v)
{
	struct access_lines w = { arena_many(v->a, str, 2), 2 };
	w.v[0] = _("Voici tout ce que nous savons de votre famille. La loi vous donne le droit de le lire, gratuitement.");
	w.v[1] = _("Gardez ce document pour vous : il parle de vous et de votre famille.");
	return w;
}

/* ---- put aside, and taken back ---- */

struct bytes { i64 household, at; str key; };

static struct vault_own part_item(struct arena *a, const struct bytes *b, i64 position, str value)
{
	return (struct vault_own){ { str_printf(a, "household:key:%lld", (long long)b->household), b->key },
		{ str_printf(a, "household_access_part:content:%lld-%lld-%lld", (long long)b->household, (long long)b->at, (long long)position), value } };
}

struct parts { str *v; size_t n; };

static enum err seal_parts(const struct vault_asker *vault, const struct bytes *b, str whole, struct parts *ret)
{
	ret->v = arena_many(vault->a, str, whole.n / PART_BYTES + 1);
	for (size_t at = 0; at < whole.n; at += PART_BYTES, ret->n++) {
		struct vault_own item = part_item(vault->a, b, (i64)ret->n, str_slice(whole, at, at + PART_BYTES));
		try(vault_seal_own(vault, &item, 1, &ret->v[ret->n]));
	}
	return OK;
}

static enum err open_parts(struct db *db, const struct vault_asker *vault, const struct bytes *b, str *ret)
{
	struct access_part_row_list rows;
	struct buf whole = buf_new(vault->a, PDF_MAX);
	try(access_parts_of(db, b->household, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct vault_own item = part_item(vault->a, b, rows.v[i].position, rows.v[i].content_enc);
		str one;
		try(vault_open_own(vault, S("access file"), &item, 1, &one));
		buf_put(&whole, one);
	}
	*ret = buf_str(&whole);
	return whole.full || !rows.n ? INTERNAL : OK;
}

static enum err put_parts(struct db *db, i64 household, const struct parts *p)
{
	try(access_parts_drop(db, household));
	for (size_t i = 0; i < p->n; i++)
		try(access_part_put(db, household, (i64)i, p->v[i]));
	return OK;
}

/* ---- asking ---- */

static void pack_section(struct buf *b, const struct view *v, const struct access_section *s)
{
	pack_str(b, s->title);
	pack_i64(b, (i64)s->lines.n + (s->link.path.n > 0));
	for (size_t i = 0; i < s->lines.n; i++)
		pack_str(b, s->lines.v[i]);
	if (s->link.path.n)
		pack_str(b, _f("{1} : {2}", s->link.label, access_link_url(v, &s->link)));
	pack_i64(b, (i64)s->parts.n);
	for (size_t i = 0; i < s->parts.n; i++) {
		const struct access_part *part = &s->parts.v[i];
		pack_str(b, part->title);
		pack_i64(b, (i64)part->n);
		for (size_t k = 0; k < part->n; k++) {
			pack_str(b, part->v[k].label);
			pack_str(b, part->v[k].value);
		}
	}
}

static str pack_page(const struct view *v, const struct access_page *page)
{
	struct buf b = buf_new(v->a, TEXT_MAX);
	pack_i64(&b, (i64)v->lang);
	pack_str(&b, _("Tout ce que nous savons de vous"));
	pack_str(&b, _f("Le {1}, {2}", page->day, page->owner));
	pack_i64(&b, (i64)page->words.n);
	for (size_t i = 0; i < page->words.n; i++)
		pack_str(&b, page->words.v[i]);
	pack_i64(&b, (i64)page->sections.n);
	for (size_t i = 0; i < page->sections.n; i++)
		pack_section(&b, v, &page->sections.v[i]);
	return buf_str(&b);
}

struct asking { const struct household *h; i64 user, organisation, at; struct parts parts; str path; };

static enum err ask_tx(struct db *db, void *arg, str *ret_path)
{
	const struct asking *k = arg;
	*ret_path = k->path;
	try(access_ask(db, k->h->id, k->user, k->at));
	try(put_parts(db, k->h->id, &k->parts));
	return audit_write(db, &(struct audit){ .user_id = k->user, .organisation_id = k->organisation, .action = "household.access", .object = "household",
		.object_id = k->h->id, .detail = S("pdf=1") });
}

enum err access_ask_document(struct req *req, const struct household *h, const struct access_page *page, i64 user_id, str path)
{
	struct vault_asker vault = vault_of(req);
	struct asking k = { .h = h, .user = user_id, .organisation = h->organisation_id, .at = now_ms(), .path = path };
	struct bytes b = { h->id, k.at, h->key };
	try(seal_parts(&vault, &b, pack_page(&req->v, page), &k.parts));
	return post_once(req, ask_tx, &k);
}

struct options access_langs(const struct view *v, const struct household *h)
{
	struct options o = { arena_many(v->a, struct option, LANG_COUNT), LANG_COUNT };
	enum lang own = LANG_FR;
	for (size_t i = 0; i < h->n; i++)
		for (enum lang l = LANG_EN; l < LANG_COUNT; l++)
			own = str_eq(h->persons[i].language, str_c(langs[l].tag)) ? l : own;
	for (enum lang l = 0; l < LANG_COUNT; l++)
		o.v[l] = (struct option){ l == LANG_FR ? "fr" : langs[l].prefix, str_c(langs[l].name), l == own };
	return o;
}

enum err access_post(struct req *req)
{
	struct household h;
	struct access_page page;
	str path = household_path(req->a, &(struct household){ .public_id = req_param(req, "foyer") }, "/donnees"), asked = form_text(req, "langue");
	req->v.lang = LANG_FR;
	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (asked.n && str_eq(asked, str_c(langs[l].prefix)))
			req->v.lang = l;         /* what it is drawn in */
	try(access_of_path(req, &h, &page));
	return access_ask_document(req, &h, &page, req->session->user_id, path);
}

enum err access_send_document(struct req *req, const struct household *h, str path)
{
	struct access_row row;
	struct vault_asker vault = vault_of(req);
	str pdf;
	req->no_store = true;
	enum err e = access_of(req->db, h->id, &row);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == NOT_FOUND || !str_eq(row.state, S("made")) || row.at < now_ms() - KEEP_MS)
		return resp_redirect(req, path);
	try(open_parts(req->db, &vault, &(struct bytes){ h->id, row.at, h->key }, &pdf));
	req->out = buf_new(req->a, pdf.n + 1);
	buf_put(&req->out, pdf);
	req->content_type = S("application/pdf");
	resp_header(req, "Content-Disposition", S("attachment; filename=\"dossier.pdf\""));
	return OK;
}

enum err access_pdf(struct req *req)
{
	struct household h;
	i64 organisation;
	try(household_shown(req, "access", &h, &organisation));
	return access_send_document(req, &h, household_path(req->a, &h, "/donnees"));
}

/* ---- in the child ---- */

struct drawing { struct arena *a; const struct city *city; str text; i64 made; };

static void put_texts(struct pdf *d, struct unpack *u)
{
	for (i64 n = unpack_i64(u); n > 0 && !u->bad; n--)
		pdf_text(d, PDF_BODY, unpack_str(u));
}

static void put_part(struct pdf *d, struct arena *a, struct unpack *u)
{
	pdf_text(d, PDF_H3, unpack_str(u));
	for (i64 n = unpack_i64(u); n > 0 && !u->bad; n--) {       /* each its own paragraph: a page takes as many as it holds */
		str label = unpack_str(u), value = unpack_str(u);
		pdf_text(d, PDF_BODY, str_printf(a, "\2%.*s\3 : %.*s", STR_ARG(label), STR_ARG(value)));
	}
}

static void put_section(struct pdf *d, struct arena *a, struct unpack *u)
{
	pdf_text(d, PDF_H2, unpack_str(u));
	put_texts(d, u);
	for (i64 n = unpack_i64(u); n > 0 && !u->bad; n--)
		put_part(d, a, u);
}

static enum err draw(int in_fd, struct child_out *out, void *arg)
{
	const struct drawing *w = arg;
	struct unpack u = { .rest = w->text };
	i64 n = unpack_i64(&u);
	enum lang lang = n > 0 && n < LANG_COUNT ? (enum lang)n : LANG_FR;
	str title = unpack_str(&u), about = unpack_str(&u), pdf;
	(void)in_fd;
	if (pdf_missing_font(lang))
		return NOT_FOUND;
	struct pdf *d = pdf_new(w->a, &(struct pdf_options){ .lang = lang, .title = title, .author = w->city->name, .made_ms = w->made, .foot = w->city->name,
		.a4 = true, .large = true });
	pdf_text(d, PDF_H1, title);
	pdf_text(d, PDF_LEAD, about);
	put_texts(d, &u);
	for (n = unpack_i64(&u); n > 0 && !u.bad; n--)
		put_section(d, w->a, &u);
	try(pdf_finish(d, &pdf));
	return u.bad ? INTERNAL : child_send_bytes(out, pdf);
}

/* ---- in the jobs process ---- */

struct making { struct bytes b; struct parts parts; bool claimed; };

static enum err claim_tx(struct db *db, void *arg)
{
	struct making *m = arg;
	i64 now = now_ms();
	try(access_claim(db, m->b.household, m->b.at, now, now + LEASE_MS, TRIES));
	m->claimed = db_changes(db) > 0;
	return OK;
}

/* It was asked for again meanwhile: what was drawn is of before. */
static enum err made_tx(struct db *db, void *arg)
{
	const struct making *m = arg;
	try(access_made(db, m->b.household, m->b.at));
	return db_changes(db) ? put_parts(db, m->b.household, &m->parts) : OK;
}

static enum err make(struct db *db, const struct vault_asker *vault, const struct city *city, struct making *m)
{
	struct drawing w = { .a = vault->a, .city = city, .made = m->b.at };
	str pdf;
	try(open_parts(db, vault, &m->b, &w.text));
	try(child_made(draw, &w, LIMITS, w.a, PDF_MAX, &pdf));
	try(seal_parts(vault, &m->b, pdf, &m->parts));
	return db_tx(db, made_tx, m);
}

enum err people_step(struct db *db, const struct vault_asker *vault, const struct city *city)
{
	struct access_next_row next;
	try(access_next(db, now_ms(), &next));
	struct making m = { .b = { next.household_id, next.at, next.key_enc } };
	try(db_tx(db, claim_tx, &m));
	cleanup(arena_freep) struct arena *a = arena_new(ARENA_MAX);
	struct arena *outer = db_arena(db);
	struct vault_asker asker = *vault;
	asker.a = a;
	m.b.key = str_copy(a, next.key_enc);
	db_use_arena(db, a);
	enum err e = m.claimed ? make(db, &asker, city, &m) : OK;
	db_use_arena(db, outer);
	if (e != OK)
		log_line(LOG_WARN, "access file not drawn", "id=%lld err=%s", (long long)m.b.household, err_name(e));
	return e;
}

enum err access_forget(struct db *db, i64 now, i64 most)
{
	struct access_old_row_list rows;
	try(access_old(db, now - KEEP_MS, most, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		try(access_parts_drop(db, rows.v[i].household_id));
		try(access_drop(db, rows.v[i].household_id));
	}
	return OK;
}

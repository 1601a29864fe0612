/* The document of an act, drawn once when it is prepared: the jobs process opens what it says, a child that has the fonts of this machine and
 * nothing else draws it, and it is kept sealed. The same act gives the same bytes. */

#include "base/child.h"
#include "base/log.h"
#include "charter/bundle.h"

#define ARENA_MAX ((size_t)256 << 20)
#define LEASE_MS ((i64)90 * 1000)
#define TRIES 3
#define LIMITS (struct child_limits){ .cpu_s = 20, .wall_s = 60, .memory = (size_t)2 << 30, .fonts = true }

struct drawing { struct view v; struct charter_doc doc; struct charter_act_row act; };

/* ---- in the child ---- */

static void put_boxes(struct pdf *d, struct arena *a, const struct charter_sheet *s)
{
	static const double widths[] = { 1, 1 };
	pdf_open(d, "Table");
	pdf_row(d, (const str[]){ tr(LANG_FR, N_("Qui signe")), s->name_line }, widths, 2, true);
	for (size_t i = 0; i < s->boxes.n; i++) {
		const struct charter_box *b = &s->boxes.v[i];
		str who = b->role_other.n ? str_printf(a, "%.*s\n%.*s", STR_ARG(b->role), STR_ARG(b->role_other)) : b->role;
		pdf_row(d, (const str[]){ who, S("\n\n\n\n") }, widths, 2, false);
	}
	pdf_close(d);
}

str charter_act_foot(const struct view *v, const struct charter_doc *doc)
{
	return str_printf(v->a, "%.*s, %.*s", STR_ARG(doc->values.v[CB_FILE]), STR_ARG(charter_hash_words(v->a, doc->hash, true)));
}

void charter_put_act(struct pdf *d, const struct view *v, const struct charter_doc *doc)
{
	struct charter_sheet s;
	charter_sheet_of(v, doc, &s);
	pdf_head(d, s.where);
	pdf_text(d, PDF_H1, s.title);
	if (s.demo)
		pdf_text(d, PDF_SMALL, tr(LANG_FR, N_("Ville de démonstration : ce document n’engage personne.")));
	pdf_markdown(d, PDF_BODY, doc->french);
	pdf_text(d, PDF_SMALL, s.faith.p ? s.faith : S(""));
	if (s.two) {
		pdf_open(d, "Div");
		pdf_text(d, PDF_H1, s.title_other);
		pdf_markdown(d, PDF_BODY, doc->other);
		pdf_text(d, PDF_SMALL, s.faith_other);
		pdf_close(d);
	}
	pdf_page(d, s.where);
	pdf_text(d, PDF_H2, tr(LANG_FR, N_("Signatures")));
	put_boxes(d, v->a, &s);
	pdf_text(d, PDF_SMALL, s.foot);
}

static enum err draw_pdf(const struct drawing *w, str *ret)
{
	const struct view *v = &w->v;
	const struct charter_doc *doc = &w->doc;
	struct pdf *d = pdf_new(v->a, &(struct pdf_options){ .lang = LANG_FR, .other = doc->lang, .author = v->city->name, .made_ms = w->act.at, .a4 = true,
		.title = str_printf(v->a, "%.*s : %.*s", STR_ARG(tr(LANG_FR, N_("Charte d’engagement"))), STR_ARG(doc->values.v[CB_FILE])),
		.foot = charter_act_foot(v, doc) });
	charter_put_act(d, v, doc);
	return pdf_finish(d, ret);
}

static enum err draw(int in_fd, struct child_out *out, void *arg)
{
	const struct drawing *w = arg;
	str pdf;
	(void)in_fd;
	if (pdf_missing_font(w->doc.lang))
		return NOT_FOUND;
	try(draw_pdf(w, &pdf));
	return child_send_bytes(out, pdf);
}

/* ---- here ---- */

struct ending { i64 id; bool made; const struct charter_act_row *act; struct charter_sealed sealed; };

static enum err claim_tx(struct db *db, void *arg)
{
	const struct ending *x = arg;
	i64 now = now_ms();
	try(charter_pdf_claim(db, x->id, now, now + LEASE_MS));
	return db_changes(db) ? OK : NOT_FOUND;
}

static enum err end_tx(struct db *db, void *arg)
{
	const struct ending *x = arg;
	try(charter_pdf_end(db, x->id, TRIES, x->made));
	return x->made && db_changes(db) ? charter_file_keep(db, x->act, "print", &x->sealed, 0) : OK;
}

static enum err make(struct db *db, const struct vault_asker *vault, const struct city *city, struct arena *a, struct ending *x)
{
	struct drawing w = { .v = { .a = a, .city = city, .lang = LANG_FR } };
	struct vault_asker asker = *vault;
	str pdf;
	asker.a = a;
	try(charter_act_by_id(db, x->id, &w.act));
	try(charter_doc_read(db, &asker, S("drawing a charter"), &w.act, &w.doc));
	try(child_made(draw, &w, LIMITS, a, CHARTER_COPY_MAX, &pdf));
	try(charter_seal_file(a, &asker, &w.act, CT_PDF, pdf, &x->sealed));
	x->act = &w.act;
	x->made = true;
	return db_tx(db, end_tx, x);
}

enum err charter_step(struct db *db, const struct vault_asker *vault, const struct city *city)
{
	struct ending x = { .id = 0 };
	try(charter_pdf_next(db, now_ms(), &x.id));
	enum err e = db_tx(db, claim_tx, &x);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;  /* another process was faster */
	cleanup(arena_freep) struct arena *a = arena_new(ARENA_MAX);
	struct arena *outer = db_arena(db);
	db_use_arena(db, a);
	e = make(db, vault, city, a, &x);
	db_use_arena(db, outer);
	if (e == OK || x.made)
		return e;
	log_line(LOG_WARN, "charter not drawn", "id=%lld err=%s", (long long)x.id, err_name(e));
	return db_tx(db, end_tx, &x);
}

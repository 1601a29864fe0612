/* The receipt as a document, drawn once: the jobs process opens what it says, a child that has the fonts of this machine and nothing else draws
 * it, and it is kept sealed. The same receipt gives the same bytes. */

#include "base/child.h"
#include "base/log.h"
#include "handover/pages.h"
#include "pdf/pdf.h"

#define ARENA_MAX ((size_t)64 << 20)
#define PDF_MAX 60000                            /* what the vault seals at once */
#define LEASE_MS ((i64)90 * 1000)
#define TRIES 3
#define LIMITS (struct child_limits){ .cpu_s = 20, .wall_s = 60, .memory = (size_t)2 << 30, .fonts = true }

struct drawing { struct arena *a; struct receipt r; i64 at; };

struct vault_own receipt_pdf_item(struct arena *a, i64 household_id, str key, i64 handover_id, str value)
{
	return (struct vault_own){ { str_printf(a, "household:key:%lld", (long long)household_id), key },
		{ str_printf(a, "handover_pdf:pdf:%lld", (long long)handover_id), value } };
}

/* ---- in the child ---- */

static const double widths[] = { 1, 2 };

static void put_signature(struct pdf *d, struct arena *a, const struct receipt *r, enum receipt_word w)
{
	str who = receipt_word(LANG_FR, w);
	if (r->lang != LANG_FR && !str_eq(who, receipt_word(r->lang, w)))
		who = str_printf(a, "%.*s\n%.*s", STR_ARG(who), STR_ARG(receipt_word(r->lang, w)));
	pdf_row(d, (const str[]){ who, S("\n\n\n") }, widths, 2, false);
}

static void put_lines(struct pdf *d, struct arena *a, const struct receipt *r, enum lang l)
{
	const struct receipt_lines *lines = receipt_lines(a, r, l);
	pdf_text(d, PDF_H1, receipt_word(l, RW_TITLE));
	pdf_open(d, "Table");
	for (size_t i = 0; i < lines->n; i++)
		pdf_row(d, (const str[]){ lines->v[i].label, lines->v[i].value }, widths, 2, i == 0);
	if (l == LANG_FR) {
		put_signature(d, a, r, RW_FAMILY);
		put_signature(d, a, r, RW_ORGANISATION);
	}
	pdf_close(d);
	pdf_text(d, PDF_SMALL, r->lang != LANG_FR ? receipt_word(l, RW_FAITH) : S(""));
}

enum err receipt_pdf(struct arena *a, const struct receipt *r, i64 at, str *ret)
{
	str title = str_printf(a, "Reçu %.*s", STR_ARG(r->f[R_NUMBER]));
	struct pdf *d = pdf_new(a, &(struct pdf_options){ .lang = LANG_FR, .other = r->lang, .a4 = true, .title = title, .author = r->f[R_ORGANISATION],
		.made_ms = at, .foot = str_printf(a, "%.*s, empreinte %.16s", STR_ARG(title), r->hash.p), .notes = S("") });
	pdf_page(d, S(""));
	put_lines(d, a, r, LANG_FR);
	if (r->lang != LANG_FR) {
		pdf_page(d, S(""));
		pdf_open(d, "Div");
		put_lines(d, a, r, r->lang);
		pdf_close(d);
	}
	return pdf_finish(d, ret);
}

static enum err draw(int in_fd, struct child_out *out, void *arg)
{
	const struct drawing *w = arg;
	str pdf;
	(void)in_fd;
	if (pdf_missing_font(w->r.lang))
		return NOT_FOUND;
	try(receipt_pdf(w->a, &w->r, w->at, &pdf));
	return child_send_bytes(out, pdf);
}

/* ---- here ---- */

struct ending { i64 id; str sealed; };

static enum err claim_tx(struct db *db, void *arg)
{
	const struct ending *x = arg;
	i64 now = now_ms();
	try(handover_pdf_claim(db, x->id, now, now + LEASE_MS));
	return db_changes(db) ? OK : NOT_FOUND;
}

static enum err end_tx(struct db *db, void *arg)
{
	const struct ending *x = arg;
	return x->sealed.n ? handover_pdf_made(db, x->id, x->sealed) : handover_pdf_failed(db, x->id, TRIES);
}

static enum err make(const struct vault_asker *vault, const struct handover_pdf_job *j, struct arena *a, struct ending *x)
{
	struct drawing w = { .a = a, .at = j->at };
	struct vault_asker asker = *vault;
	str text, pdf;
	asker.a = a;
	struct vault_own item = receipt_item(a, j->household_id, j->key_enc, j->id, j->receipt_enc);
	try(vault_open_own(&asker, S("drawing a receipt"), &item, 1, &text));
	receipt_read(a, text, &w.r);
	try(child_made(draw, &w, LIMITS, w.a, PDF_MAX, &pdf));
	item = receipt_pdf_item(a, j->household_id, j->key_enc, j->id, pdf);
	return vault_seal_own(&asker, &item, 1, &x->sealed);
}

enum err handover_step(struct db *db, const struct vault_asker *vault)
{
	struct handover_pdf_job job;
	try(handover_pdf_next(db, now_ms(), &job));
	struct ending x = { .id = job.id, .sealed = S("") };
	enum err e = db_tx(db, claim_tx, &x);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;  /* another process was faster */
	cleanup(arena_freep) struct arena *a = arena_new(ARENA_MAX);
	e = make(vault, &job, a, &x);
	if (e != OK)
		log_line(LOG_WARN, "receipt not drawn", "id=%lld err=%s", (long long)x.id, err_name(e));
	return db_tx(db, end_tx, &x);
}

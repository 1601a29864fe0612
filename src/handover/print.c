/* The receipt as a document, drawn once: the jobs process opens what it says, a child that has the fonts of this machine and nothing else draws
 * it, and it is kept sealed. The same receipt gives the same bytes. */
#include <signal.h>

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

static enum err draw(int in_fd, struct child_out *out, void *arg)
{
	const struct drawing *w = arg;
	static const double widths[] = { 1, 2 };
	struct view french = { .a = w->a, .lang = LANG_FR };
	const struct receipt_lines *lines = receipt_lines(&french, &w->r);
	str pdf, title = str_printf(w->a, "Reçu %.*s", STR_ARG(w->r.f[R_NUMBER]));
	(void)in_fd;
	struct pdf *d = pdf_new(w->a, &(struct pdf_options){ .lang = LANG_FR, .title = title, .author = w->r.f[R_ORGANISATION], .made_ms = w->at,
		.foot = str_printf(w->a, "%.*s, empreinte %.16s", STR_ARG(title), w->r.hash.p), .notes = S("") });
	pdf_page(d, S(""));
	pdf_text(d, PDF_H1, S("Un ordinateur remis"));
	pdf_open(d, "Table");
	for (size_t i = 0; i < lines->n; i++)
		pdf_row(d, (const str[]){ lines->v[i].label, lines->v[i].value }, widths, 2, i == 0);
	pdf_row(d, (const str[]){ S("Signature de la famille"), S("\n\n") }, widths, 2, false);
	pdf_row(d, (const str[]){ S("Signature pour l’organisation"), S("\n\n") }, widths, 2, false);
	pdf_close(d);
	try(pdf_finish(d, &pdf));
	try(child_send(out, pdf));
	return child_flush(out);
}

/* ---- here ---- */

static enum err in_child(struct drawing *w, str *ret)
{
	struct child c;
	enum err e, of_child;
	*ret = S("");
	try(child_start(draw, -1, w, LIMITS, &c));
	e = child_next(&c, w->a, ret);
	of_child = child_end(&c);
	if (e == OK && of_child == OK && (!ret->n || ret->n > PDF_MAX))
		return INTERNAL;
	return e != OK ? e == NOT_FOUND ? INTERNAL : e : of_child;
}

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
	try(in_child(&w, &pdf));
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

/* One document of many charters, made away from requests: the jobs process opens what each act says, a child that has the fonts of this machine and
 * nothing else sets them one after another, and the whole is sealed under a key of its own: no family's key can seal what is several families'. */
#include "charter/bundle.h"

#include <signal.h>

#include "base/child.h"
#include "base/log.h"
#include "pdf/sheets.h"

#define ARENA_MAX ((size_t)512 << 20)
#define PDF_MAX ((size_t)24 << 20)
#define PART_BYTES ((size_t)48 << 10)            /* a message to the vault holds 65,000 */
#define ROOM ((size_t)2 << 20)                   /* of one question and its answer */
#define LEASE_MS ((i64)90 * 1000)
#define ATTEMPTS 3
#define TOLD_EACH 10                             /* charters between two words on how far it is */
#define LIMITS (struct child_limits){ .cpu_s = 120, .wall_s = 240, .memory = (size_t)3 << 30, .fonts = true }

/* ---- sealed ---- */

static struct vault_own part_item(struct arena *a, i64 id, str key, i64 position, str value)
{
	return (struct vault_own){ { str_printf(a, "charter_bundle:key:%lld", (long long)id), key },
		{ str_printf(a, "charter_bundle_part:content:%lld-%lld", (long long)id, (long long)position), value } };
}

struct sealed { str key, *v; size_t n; };

static enum err seal(struct arena *a, const struct vault_asker *vault, i64 id, str pdf, struct sealed *ret)
{
	cleanup(arena_freep) struct arena *room = arena_new(ROOM);
	struct vault_asker asker = *vault;
	str at = str_printf(a, "charter_bundle:key:%lld", (long long)id);
	*ret = (struct sealed){ .v = arena_many(a, str, pdf.n / PART_BYTES + 1) };
	try(vault_keys_new(vault, &at, 1, &ret->key));
	asker.a = room;
	for (size_t from = 0; from < pdf.n; from += PART_BYTES, ret->n++) {
		struct vault_own item = part_item(room, id, ret->key, (i64)ret->n, str_slice(pdf, from, from + PART_BYTES));
		str one;
		try(vault_seal_own(&asker, &item, 1, &one));
		ret->v[ret->n] = str_copy(a, one);
		arena_reset(room);
	}
	return OK;
}

enum err bundle_open(struct db *db, const struct vault_asker *vault, const struct bundle_row *b, str *ret_pdf)
{
	cleanup(arena_freep) struct arena *room = arena_new(ROOM);
	struct vault_asker asker = *vault;
	struct bundle_part_row_list rows;
	struct buf whole = buf_new(vault->a, PDF_MAX);
	asker.a = room;
	try(bundle_parts(db, b->id, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct vault_own item = part_item(room, b->id, b->key_enc, rows.v[i].position, rows.v[i].content_enc);
		str one;
		try(vault_open_own(&asker, S("charters"), &item, 1, &one));
		buf_put(&whole, one);
		arena_reset(room);
	}
	*ret_pdf = buf_str(&whole);
	return rows.n && !whole.full ? OK : NOT_FOUND;
}

str bundle_mark(struct arena *a, str filled_enc)
{
	char *hash = arena_alloc(a, CHARTER_HASH);
	charter_hash_of(filled_enc, (u8 *)hash);
	return (str){ hash, CHARTER_HASH };
}

/* ---- in the child ---- */

struct work {
	struct db *db;
	struct view v;
	struct vault_asker vault;
	struct bundle_row row;
	struct bundle_act *acts; size_t n;
	i64 total, left_out, pages, bytes;
	struct bundle_sheet sheet;
	struct sealed sealed;
};

static enum err draw(int in_fd, struct child_out *out, void *arg)
{
	struct work *w = arg;
	const struct view *v = &w->v;
	str title = tr(LANG_FR, N_("Chartes à signer")), pdf;
	(void)in_fd;
	for (size_t i = 0; i < w->n; i++)
		if (w->acts[i].read && pdf_missing_font(w->acts[i].doc.lang))
			return NOT_FOUND;
	struct pdf *d = pdf_new(v->a, &(struct pdf_options){ .lang = LANG_FR, .author = v->city->name, .made_ms = w->row.at, .a4 = true,
		.title = w->sheet.school.n ? str_printf(v->a, "%.*s : %.*s", STR_ARG(title), STR_ARG(w->sheet.school)) : title,
		.foot = tr(LANG_FR, N_("Feuille d’émargement")) });
	bundle_put_sheet(d, v, &w->sheet);
	for (size_t i = 0; i < w->n; i++) {
		const struct bundle_act *a = &w->acts[i];
		if (a->read) {
			pdf_part(d, a->public_id, charter_act_foot(v, &a->doc), a->doc.lang);
			charter_put_act(d, v, &a->doc);
		}
		try(child_send(out, S("+")));
		try(child_flush(out));
	}
	str pages = str_printf(v->a, "%d", pdf_pages(d));
	try(pdf_finish(d, &pdf));
	try(child_send(out, pages));
	return child_send_bytes(out, pdf);
}

/* ---- here ---- */

static enum err claim_tx(struct db *db, void *arg)
{
	struct work *w = arg;
	i64 now = now_ms();
	try(bundle_claim(db, w->row.id, now, now + LEASE_MS));
	if (!db_changes(db))
		return NOT_FOUND;
	try(bundle_lines_drop(db, w->row.id));
	try(bundle_parts_drop(db, w->row.id));
	return bundle_get(db, w->row.id, w->row.campaign_id, &w->row);
}

struct moving { const struct work *w; i64 done; };

static enum err move_tx(struct db *db, void *arg)
{
	const struct moving *m = arg;
	const struct work *w = m->w;
	try(bundle_moves(db, w->row.id, w->row.attempts, m->done, w->total, w->left_out, now_ms() + LEASE_MS));
	return db_changes(db) ? OK : CONFLICT;
}

/* CONFLICT: it is another process's, or is gone. */
static enum err made_tx(struct db *db, void *arg)
{
	const struct work *w = arg;
	for (size_t i = 0; i < w->n; i++)
		try(bundle_line_put(db, w->row.id, (i64)i, w->acts[i].act_id, w->acts[i].read ? w->acts[i].mark : S(""), w->acts[i].untranslated));
	for (size_t i = 0; i < w->sealed.n; i++)
		try(bundle_part_put(db, w->row.id, (i64)i, w->sealed.v[i]));
	try(bundle_made(db, w->row.id, w->row.attempts, w->pages, w->bytes, w->sealed.key));
	return db_changes(db) ? OK : CONFLICT;
}

static enum err read_act(struct work *w, const struct charter_unsigned_row *r, struct bundle_act *ret)
{
	struct charter_act_row act;
	struct charter_signature_row_list signed_by;
	*ret = (struct bundle_act){ .act_id = r->id, .public_id = r->public_id, .school = r->school.p ? r->school : S("") };
	try(charter_act_by_id(w->db, r->id, &act));
	enum err e = charter_doc_read(w->db, &w->vault, S("drawing charters"), &act, &ret->doc);
	if (e == INVALID)
		return OK;                       /* the others are not held up; the sheet and the page name it */
	if (e != OK)
		return e;
	try(charter_signatures(w->db, act.id, &signed_by));
	for (size_t i = 0; i < signed_by.n; i++) {
		enum charter_role role;
		if (charter_role_of(signed_by.v[i].role, &role))
			ret->signed_by[role] = true;
	}
	ret->mark = bundle_mark(w->v.a, act.filled_enc);
	ret->read = true;
	ret->untranslated = ret->doc.lang == LANG_FR && r->spoken.n && !str_eq(r->spoken, S("fr"));
	return OK;
}

/* The address that the code bears: where the signatures of this pile are noted, by way of logging in. */
static str keyed_at(const struct work *w)
{
	str wave = w->row.wave_id ? str_printf(w->v.a, "%lld", (long long)w->row.wave_id) : S(BUNDLE_ALL);
	if (!w->v.city->public_url.n)
		return S("");
	return str_printf(w->v.a, "%.*s/agent/campagnes/%lld/charte/pile/%.*s/%.*s", STR_ARG(w->v.city->public_url), (long long)w->row.campaign_id,
		STR_ARG(w->row.uai.n ? w->row.uai : S(BUNDLE_ALL)), STR_ARG(wave));
}

/* NOT_FOUND: nothing is to be signed. */
static enum err gather(struct work *w)
{
	struct charter_unsigned_row_list rows;
	struct wave wave;
	i64 all;
	try(charter_unsigned_n(w->db, w->row.campaign_id, w->row.school_id, 0, w->row.wave_id, &all));
	try(charter_unsigned(w->db, w->row.campaign_id, w->row.school_id, 0, w->row.wave_id, BUNDLE_MOST, 0, &rows));
	if (!rows.n)
		return NOT_FOUND;
	w->total = (i64)rows.n;
	w->left_out = all - w->total;
	w->acts = arena_many(w->v.a, struct bundle_act, rows.n);
	for (; w->n < rows.n; w->n++)
		try(read_act(w, &rows.v[w->n], &w->acts[w->n]));
	w->sheet = (struct bundle_sheet){ .v = w->acts, .n = w->n, .school = w->row.school.p ? w->row.school : S(""), .wave = S(""), .url = keyed_at(w),
		.at = w->row.at };
	if (!w->row.wave_id)
		return OK;
	enum err e = wave_get(w->db, w->row.wave_id, &wave);
	if (e == OK)
		w->sheet.wave = charter_wave_words(&w->v, &wave);
	return e == NOT_FOUND ? OK : e;
}

static enum err take_drawn(struct work *w, struct child *c, str *ret_pdf)
{
	struct arena *a = w->v.a;
	struct buf pdf = buf_new(a, PDF_MAX);
	str record;
	enum err e = OK;
	for (i64 done = 1; done <= w->total; done++) {
		if (child_next(c, a, &record) != OK)
			return INTERNAL;
		if (done % TOLD_EACH == 0 || done == w->total)
			try(db_tx(w->db, move_tx, &(struct moving){ w, done }));
	}
	if (child_next(c, a, &record) != OK || !str_i64(record, &w->pages))
		return INTERNAL;
	while ((e = child_next(c, a, &record)) == OK)
		buf_put(&pdf, record);
	*ret_pdf = buf_str(&pdf);
	return e == NOT_FOUND && pdf.n && !pdf.full ? OK : INTERNAL;
}

static enum err make(struct work *w)
{
	struct child c;
	str pdf = { 0 };
	try(gather(w));
	try(db_tx(w->db, move_tx, &(struct moving){ w, 0 }));
	try(child_start(draw, -1, w, LIMITS, &c));
	enum err e = take_drawn(w, &c, &pdf);
	if (e != OK)
		kill(c.pid, SIGKILL);
	enum err of_child = child_end(&c);
	if (e != OK || of_child != OK)
		return e == CONFLICT ? e : INTERNAL;
	w->bytes = (i64)pdf.n;
	try(seal(w->v.a, &w->vault, w->row.id, pdf, &w->sealed));
	return db_tx(w->db, made_tx, w);
}

struct ending { const struct work *w; const char *fault; };

static enum err failed_tx(struct db *db, void *arg)
{
	const struct ending *x = arg;
	return bundle_failed(db, x->w->row.id, x->w->row.attempts, str_c(x->fault));
}

enum err charter_bundle_step(struct db *db, const struct vault_asker *vault, const struct city *city)
{
	struct bundle_next_row next;
	try(bundle_next(db, now_ms(), &next));
	cleanup(arena_freep) struct arena *a = arena_new(ARENA_MAX);
	struct arena *outer = db_arena(db);
	struct work w = { .db = db, .v = { .a = a, .city = city, .lang = LANG_FR }, .vault = *vault,
		.row = { .id = next.id, .campaign_id = next.campaign_id } };
	w.vault.a = a;
	db_use_arena(db, a);
	enum err e = db_tx(db, claim_tx, &w);
	bool mine = e == OK;
	if (mine)
		e = w.row.attempts > ATTEMPTS ? INTERNAL : make(&w);
	db_use_arena(db, outer);
	if (!mine || e == OK || e == CONFLICT)
		return !mine && e != NOT_FOUND ? e : OK; /* another process was faster, or it was let go of */
	if (e != NOT_FOUND)
		log_line(LOG_WARN, "charters not drawn", "id=%lld err=%s", (long long)w.row.id, err_name(e));
	return db_tx(db, failed_tx, &(struct ending){ &w, e == NOT_FOUND ? "none" : "failed" });
}

/* ---- how long ---- */

enum err bundle_destroy(struct db *db, i64 id)
{
	try(bundle_parts_drop(db, id));
	try(bundle_lines_drop(db, id));
	return bundle_drop(db, id);
}

enum err charter_bundle_forget(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	struct bundle_over_row_list rows;
	try(bundles_over(db, 0, before, most, &rows));
	for (size_t i = 0; i < rows.n; i++)
		try(bundle_destroy(db, rows.v[i].id));
	*ret_n = (i64)rows.n;
	return OK;
}

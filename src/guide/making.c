/* A guide that was asked for is made: its data are read here, each language is drawn by a child that has the fonts of this machine and
 * nothing else, and each file is stored as it comes. A making that was cut is begun again. */
#include "guide/making.h"

#include <signal.h>
#include <time.h>

#include "audit/audit.h"
#include "base/child.h"
#include "base/log.h"
#include "base/pack.h"
#include "base/timex.h"
#include "db/id.h"
#include "pdf/pdf.h"

#define ARENA_MAX ((size_t)512 << 20)
#define ROOM ((size_t)64 << 20)
#define LEASE_MS ((i64)90 * 1000)
#define ATTEMPTS 3
#define LIMITS (struct child_limits){ .cpu_s = 300, .wall_s = 600, .memory = (size_t)4 << 30, .fonts = true }

/* ---- in the child ---- */

struct batch { const struct view *v; struct guide *g; struct guide_options o; bool leaflets; };

static enum err send_one(struct child_out *out, const struct batch *b, struct guide *g, const struct guide_area *area, i64 rank)
{
	struct guide_made made;
	struct buf head = buf_new(b->v->a, 4096);
	try(guide_make(b->v, g, &b->o, &made));
	pack_str(&head, area ? area->code : S(""));
	pack_str(&head, area ? area->name : S(""));
	pack_i64(&head, rank);
	pack_i64(&head, made.pages);
	pack_i64(&head, (i64)made.pdf.n);
	try(child_send(out, buf_str(&head)));
	return child_send_bytes(out, made.pdf);
}

static enum err draw(int in_fd, struct child_out *out, void *arg)
{
	const struct batch *b = arg;
	(void)in_fd;
	if (pdf_missing_font(b->v->lang))
		return NOT_FOUND;
	try(send_one(out, b, b->g, NULL, 0));
	for (size_t i = 0; b->leaflets && i < b->g->n_areas; i++) {
		struct arena_mark mark = arena_mark(b->v->a);
		struct guide part = guide_only(b->v->a, b->g, i);
		if (part.n_places && b->g->areas[i].code.n)
			try(send_one(out, b, &part, &b->g->areas[i], (i64)i + 1));
		arena_rewind(b->v->a, mark);
	}
	return OK;
}

/* ---- here ---- */

struct work {
	struct db *db;
	const struct city *city;
	struct guide_making_row row;
	str lang;
	struct { str code, name, pdf; i64 rank, pages; } file;
	i64 total, places;
};

static enum err claim_tx(struct db *db, void *arg)
{
	struct work *w = arg;
	i64 now = now_ms();
	try(guide_making_claim(db, w->row.id, now, now + LEASE_MS));
	if (!db_changes(db))
		return NOT_FOUND;
	try(guide_made_drop(db, w->row.id));
	return guide_making_get(db, w->row.id, &w->row);
}

static enum err known_tx(struct db *db, void *arg)
{
	const struct work *w = arg;
	return guide_making_known(db, w->row.id, w->row.attempts, w->total, w->places, w->row.told, w->row.since);
}

/* CONFLICT: somebody has stopped it, or another process makes it. */
static enum err store_tx(struct db *db, void *arg)
{
	const struct work *w = arg;
	try(guide_making_moves(db, w->row.id, w->row.attempts, now_ms() + LEASE_MS));
	if (!db_changes(db))
		return CONFLICT;
	return guide_made_put(db, id_new(), w->row.id, w->lang, w->file.code, w->file.name, w->file.rank, w->file.pages, (i64)w->file.pdf.n, w->file.pdf);
}

static enum err take_one(struct work *w, struct child *c, struct arena *a)
{
	str head, chunk;
	try(child_next(c, a, &head));
	struct unpack u = { .rest = head };
	w->file.code = unpack_str(&u);
	w->file.name = unpack_str(&u);
	w->file.rank = unpack_i64(&u);
	w->file.pages = unpack_i64(&u);
	i64 bytes = unpack_i64(&u);
	if (!unpack_done(&u) || bytes < 0 || (size_t)bytes > ROOM)
		return INTERNAL;
	struct buf pdf = buf_new(a, ROOM);
	while (pdf.n < (size_t)bytes) {
		if (child_next(c, a, &chunk) != OK || !chunk.n)
			return INTERNAL;
		buf_put(&pdf, chunk);
	}
	w->file.pdf = buf_str(&pdf);
	return db_tx(w->db, store_tx, w);
}

static i64 files_of(const struct guide *g, bool leaflets)
{
	i64 n = 1;
	for (size_t i = 0; leaflets && i < g->n_areas; i++)
		n += g->areas[i].n_places && g->areas[i].code.n;
	return n;
}

static enum err draw_language(struct work *w, struct batch *b)
{
	cleanup(arena_freep) struct arena *a = arena_new(4 * ROOM);
	struct child c;
	enum err e;
	try(child_start(draw, -1, b, LIMITS, &c));
	do {
		arena_reset(a);
		e = take_one(w, &c, a);
	} while (e == OK);
	if (e != NOT_FOUND)
		kill(c.pid, SIGKILL);
	enum err of_child = child_end(&c);
	return e == NOT_FOUND ? of_child : e;
}

static enum err make_language(struct work *w, enum lang lang, bool first, size_t langs_n)
{
	cleanup(arena_freep) struct arena *a = arena_new(ARENA_MAX);
	struct arena *outer = db_arena(w->db);
	struct view v = { .a = a, .city = w->city, .lang = lang };
	struct guide g;
	struct batch b = { &v, &g, { .two_up = w->row.sheets, .without_qr = !w->row.codes }, !w->row.code.n && !w->row.sheets };
	i64 began = now_ms();
	w->lang = guide_lang_name(lang);
	db_use_arena(w->db, a);
	enum err e = guide_gather(w->db, &v, &(struct guide_from){ w->row.edition, w->row.code }, &g);
	db_use_arena(w->db, outer);
	if (e != OK)
		return e == NOT_FOUND ? FORBIDDEN : e;
	g.title = w->row.title;
	if (first) {
		w->places = (i64)g.n_places;
		w->total = files_of(&g, b.leaflets) * (i64)langs_n;
		w->row.told = date_iso(outer, g.date);
		w->row.since = g.since ? g.since : began;
		try(db_tx(w->db, known_tx, w));
	}
	return draw_language(w, &b);
}

/* What an error of a making means to who reads its page. */
static const char *fault_of(enum err e)
{
	switch (e) {
	case FORBIDDEN: return "nothing";
	case INVALID: return "many";
	case CONFLICT: return "altered";
	case NOT_FOUND: return "font";
	default: return "failed";
	}
}

struct ending { struct work *w; enum err e; };

static enum err end_tx(struct db *db, void *arg)
{
	const struct ending *x = arg;
	const struct guide_making_row *r = &x->w->row;
	struct guide_making_row now;
	try(guide_making_end(db, r->id, r->attempts, x->e == OK ? S("done") : S("failed"), x->e == OK ? S("") : str_c(fault_of(x->e))));
	bool mine = db_changes(db) > 0;
	try(guide_making_get(db, r->id, &now));
	return (mine && x->e != OK) || str_eq(now.state, S("stopped")) ? guide_made_drop(db, r->id) : OK;
}

static enum err run(struct work *w)
{
	enum err e = OK;
	size_t n = 0, done = 0;
	for (str rest = w->row.langs, one; rest.n && str_next(&rest, ' ', &one);)
		n++;
	for (int l = 0; l < LANG_COUNT && e == OK; l++)
		for (str rest = w->row.langs, one; e == OK && rest.n && str_next(&rest, ' ', &one);)
			if (str_eq(one, guide_lang_name((enum lang)l)))
				e = make_language(w, (enum lang)l, !done++, n);
	return e;
}

enum err guide_step(struct db *db, const struct city *city)
{
	struct work w = { .db = db, .city = city };
	try(guide_making_next(db, now_ms(), &w.row.id));
	enum err e = db_tx(db, claim_tx, &w);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;  /* another process was faster */
	if (w.row.attempts > ATTEMPTS)
		e = INTERNAL;
	else
		e = run(&w);
	if (e != OK)
		log_line(LOG_WARN, "guide not made", "id=%lld err=%s file=%lld reason=%s", (long long)w.row.id, err_name(e), (long long)w.file.rank,
		         log_quote(db_arena(db), str_c(db_error(db))));
	return db_tx(db, end_tx, &(struct ending){ &w, e });
}

enum err guide_forget(struct db *db, i64 before, i64 *ret_n)
{
	i64 id = 0;
	*ret_n = 0;
	enum err e = guide_making_old(db, before, &id);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(guide_made_drop(db, id));
	try(guide_making_forget(db, id));
	*ret_n = 1;
	return OK;
}

/* ---- publishing ---- */

bool guide_may_publish(const struct guide_making_row *r)
{
	return str_eq(r->state, S("done")) && !r->code.n && !r->sheets && str_eq(r->langs, S(GUIDE_ALL_LANGS));
}

enum err guide_put_on_site(struct db *db, const struct guide_making_row *r, i64 user)
{
	if (!guide_may_publish(r))
		return CONFLICT;
	try(guide_publish_set(db, r->id, (struct opt_i64){ now_ms(), true }));
	try(generation_bump(db, GEN_DIRECTORY));
	return audit_write(db, &(struct audit){ .user_id = user, .action = "guide.publish", .object = "guide", .object_id = r->id });
}

struct publication { i64 id; str edition, title; };

static enum err put_tx(struct db *db, void *arg)
{
	const struct publication *p = arg;
	return guide_making_put(db, p->id, now_ms(), (struct opt_i64){ 0 }, p->edition, p->title, S(""), S(""), S(GUIDE_ALL_LANGS), 1, 0);
}

static enum err publish_tx(struct db *db, void *arg)
{
	const struct guide_making_row *r = arg;
	return guide_put_on_site(db, r, 0);
}

/* A making like any other, waited for: a server's jobs process may be the one that does it. */
enum err guide_publish(struct db *db, const struct city *city, str edition, str title, struct guide_making_row *ret)
{
	struct publication p = { id_new(), edition.p ? edition : S(""), title.p ? title : S("") };
	try(db_tx(db, put_tx, &p));
	for (;;) {
		enum err e = guide_step(db, city);
		if (e != OK && e != NOT_FOUND)
			return e;
		try(guide_making_get(db, p.id, ret));
		if (!str_eq(ret->state, S("waiting")) && !str_eq(ret->state, S("making")))
			break;
		if (e == NOT_FOUND)
			nanosleep(&(struct timespec){ 0, 100000000 }, NULL);
	}
	return str_eq(ret->state, S("done")) ? db_tx(db, publish_tx, ret) : OK;
}

str guide_lang_name(enum lang l)
{
	return l == LANG_FR ? S("fr") : str_c(langs[l].prefix);
}

/* Publishing: the whole guide and a leaflet an area, in all languages, into the database, from where the pages give them. They are
 * made by the command, never by a web process: a booklet takes far more than the 50 ms that a page may. */
#include "base/timex.h"
#include "db/db.h"
#include "db/id.h"
#include "guide/guide.h"
#include "guide/guide_sql.h"
#include "http/req.h"

#define ARENA_MAX ((size_t)512 << 20)

struct file { struct db *db; str lang, code, name; i64 rank, made_ms; struct guide_made made; };

static enum err store(struct db *db, void *arg)
{
	const struct file *f = arg;
	try(guide_file_drop(db, f->lang, f->code));
	return guide_file_put(db, id_new(), f->lang, f->code, f->name, f->rank, f->made.pages, (i64)f->made.pdf.n, f->made_ms, f->made.pdf);
}

static enum err end_publication(struct db *db, void *arg)
{
	i64 *made_ms = arg;
	try(guide_files_forget(db, *made_ms));
	return generation_bump(db, GEN_DIRECTORY);
}

static enum err one(const struct view *v, struct guide *g, struct file *f)
{
	struct guide_options o = { 0 };
	try(guide_make(v, g, &o, &f->made));
	return db_tx(f->db, store, f);
}

static enum err areas_of(const struct view *v, const struct guide *g, struct file *f)
{
	for (size_t i = 0; i < g->n_areas; i++) {
		struct guide part = guide_only(v->a, g, i);
		struct arena_mark mark = arena_mark(v->a);
		f->code = g->areas[i].code;
		f->name = g->areas[i].name;
		f->rank = (i64)i + 1;
		if (part.n_places && f->code.n)
			try(one(v, &part, f));
		arena_rewind(v->a, mark);
	}
	return OK;
}

enum err guide_publish(struct db *db, const struct city *city, guide_source_fn *source, str edition, i64 *ret_files)
{
	struct file f = { .db = db, .made_ms = now_ms() };
	*ret_files = 0;
	for (int l = 0; l < LANG_COUNT; l++) {
		cleanup(arena_freep) struct arena *a = arena_new(ARENA_MAX);
		struct view v = { .a = a, .city = city, .lang = (enum lang)l };
		struct guide g;
		db_use_arena(db, a);
		try(source(db, &v, (str){ NULL, 0 }, &g));
		g.edition = edition;
		f.lang = guide_lang_name((enum lang)l);
		f.code = f.name = S("");
		f.rank = 0;
		try(one(&v, &g, &f));
		try(areas_of(&v, &g, &f));
		*ret_files += 1 + (i64)g.n_areas;
	}
	return db_tx(db, end_publication, &f.made_ms);
}

str guide_lang_name(enum lang l)
{
	return l == LANG_FR ? S("fr") : str_c(langs[l].prefix);
}

/* See demo.h. */
#include "content/demo.h"

#include "content/written.h"

extern const struct asset demo_written_files[];

static const struct { const char *file; enum written_kind kind; const char *name; enum lang lang; bool draft, withdrawn; } pages[] = {
	{ "place-en-creche.fr.md", WRITTEN_DEMARCHE, "place-en-creche", LANG_FR, false, false },
	{ "place-en-creche.simple.md", WRITTEN_DEMARCHE, "place-en-creche", LANG_SIMPLE, false, false },
	{ "place-en-creche.en.md", WRITTEN_DEMARCHE, "place-en-creche", LANG_EN, true, false },
	{ "borne-du-hall.fr.md", WRITTEN_CONSEIL, "borne-du-hall", LANG_FR, false, true },
};

static enum err load(struct db *db, void *arg)
{
	(void)arg;
	for (size_t i = 0; i < lengthof(pages); i++) {
		const struct asset *file = asset_named(demo_written_files, str_c(pages[i].file));
		struct written w;
		assert(file);
		struct written_change c = { .kind = pages[i].kind, .name = str_c(pages[i].name), .lang = pages[i].lang, .text = str_trim(file->identity),
			.publish = !pages[i].draft };
		enum err e = written_load(db, c.kind, c.name, &w);
		if (e != OK && e != NOT_FOUND)
			return e;
		if (w.lang[c.lang].head)
			continue;
		c.french = w.french;
		try(written_save(db, &c));
		if (pages[i].withdrawn)
			try(written_withdraw(db, &c, true));
	}
	return OK;
}

enum err demo_written_load(struct db *db)
{
	return db_tx(db, load, NULL);
}

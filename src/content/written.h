/* What the city writes over the texts that come with the program, and pages of its own (migrations/0025_written.sql). Nothing that was
 * saved is ever lost: a version is added, and another row says which one counts. */
#ifndef GABARE_CONTENT_WRITTEN_H
#define GABARE_CONTENT_WRITTEN_H

#include "content/article.h"

#define WRITTEN_MAX 12000                        /* signs of a text */
#define WRITTEN_NAME_MAX 60                      /* bytes of a name */

/* "fr", "simple", "en", "ar" */
str written_lang_name(enum lang l);
bool written_lang_of(str name, enum lang *ret);
bool written_kind_of(str name, enum written_kind *ret);

/* A text of a page as it stands. */
struct written_lang {
	i64 head;                                /* the last version saved; 0: none is, the program's counts */
	str published;                           /* what the public reads, the program's included; absent: nothing in this language */
	str draft;                               /* kept for later; absent: none */
	bool own;                                /* published is the city's, not the program's */
	bool outrun;                             /* what was published is newer than the draft */
	bool stale;                              /* a translation, and the French has changed since somebody compared them */
};
struct written {
	enum written_kind kind;
	str name;
	i64 page_id;                             /* 0: never touched */
	bool withdrawn, delivered;               /* delivered: it comes with the program */
	i64 french;                              /* the version of the French that the public reads; 0: the program's */
	struct written_lang lang[LANG_COUNT];
};
/* NOT_FOUND: there is no such page, not even a draft; *ret is filled nevertheless. */
must_use enum err written_load(struct db *db, enum written_kind kind, str name, struct written *ret);

/* What a list shows of each. */
struct written_line {
	enum written_kind kind;
	str name, title;                         /* the French title */
	bool withdrawn;
	struct { bool published, draft, stale; } lang[LANG_COUNT];
};
struct written_lines { struct written_line *v; size_t n; };
must_use enum err written_list(struct db *db, struct arena *a, struct written_lines *ret);

/* ---- in the caller's transaction; each writes its line of the audit log ---- */

struct written_change {
	enum written_kind kind;
	str name;
	enum lang lang;
	str text;
	bool publish;                            /* else kept as a draft */
	bool beside;                             /* a draft that is there stays */
	i64 head, french;                        /* as they were seen: struct written */
	i64 user_id;                             /* 0: a command */
};
/* Adds a version; makes the page when it is new. Nothing is written when the text is what it is already. CONFLICT: another version was
 * saved since. INVALID: a translation is published before its French. */
must_use enum err written_save(struct db *db, const struct written_change *c);
/* Gives the draft up; its version stays in the history. NOT_FOUND: there is none. CONFLICT: another version was saved since. */
must_use enum err written_drop(struct db *db, const struct written_change *c);
/* The translation says what the French says. NOT_FOUND: there is nothing in this language. */
must_use enum err written_compared(struct db *db, const struct written_change *c);
/* The public sees it no more, or again. NOT_FOUND: no such page, or it is so already. */
must_use enum err written_withdraw(struct db *db, const struct written_change *c, bool withdrawn);
/* Back to the texts that come with the program, in every language. NOT_FOUND: none do, or nothing was changed. */
must_use enum err written_reset(struct db *db, const struct written_change *c);

/* ---- the history of a text, newest first ---- */

#define WRITTEN_VERSIONS 50
struct written_past { i64 id, saved_ms, saved_by; str state, title, text; };
struct written_pasts { struct written_past *v; size_t n; };
must_use enum err written_history(struct db *db, const struct written *w, enum lang l, struct written_pasts *ret);
/* NOT_FOUND: this text has no such version. */
must_use enum err written_version(struct db *db, const struct written *w, enum lang l, i64 id, struct written_past *ret);

#endif

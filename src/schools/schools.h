/* Schools: what the State's files say of them, what the city adds (priority networks, who answers for them), and how lists spell their
 * names. */
#ifndef GABARE_SCHOOLS_H
#define GABARE_SCHOOLS_H

#include "base/child.h"
#include "db/db.h"
#include "http/route.h"
#include "schools/school_sql.h"                  /* struct school, school_by_uai, school_by_id, school_all, schools_of_organisation */

extern const struct route schools_routes[];

#define SCHOOLS_MOST 2000                        /* of a department: none has more than 1,500 */

/* "0441234X": seven digits and the letter that they give. */
bool uai_valid(str s);

/* ---- finding the school that a list means ---- */

enum school_reason {
	SCHOOL_UAI = 1, SCHOOL_KNOWN_SPELLING = 2, SCHOOL_SAME_WORDS = 4, SCHOOL_LIKE_WORDS = 8, SCHOOL_SOME_WORDS = 16, SCHOOL_SAME_KIND = 32,
	SCHOOL_OTHER_KIND = 64,
};
enum school_certainty { SCHOOL_NONE, SCHOOL_POSSIBLE, SCHOOL_LIKELY, SCHOOL_CERTAIN };
struct school_match { struct school school; int score; u32 reasons; };      /* of 100 */
#define SCHOOL_CANDIDATES 6
struct school_matches {
	enum school_certainty certainty;         /* of the first */
	bool refused;                            /* somebody has said that this spelling is no school's */
	struct school_match v[SCHOOL_CANDIDATES]; size_t n;      /* the likeliest first */
};
/* Which school `text` means in the commune of that INSEE code: by its UAI, by a spelling that was accepted, else by likeness (match.c says
 * how). In db_arena. */
must_use enum err schools_find(struct db *db, str text, str insee, struct school_matches *ret);
/* The same among schools that are at hand, by likeness alone. */
void schools_match(struct arena *a, str text, const struct school *v, size_t n, struct school_matches *ret);
/* The key under which a spelling is known: folded words in order. */
str school_key(struct arena *a, str text);
/* "Ecole élémentaire Ampère" as people say it, without what the page says already. */
/* "La Cale" for "École élémentaire La Cale": where a column is narrow, or after "l’école". */
str school_short(str name);
/* Of the first degree; others are places of higher education, and bodies that refer people. */
bool school_is_primary(const struct school *s);
str school_kind_words(const struct view *v, const struct school *s);
str school_rep_words(const struct view *v, const struct school *s);

/* ---- import ---- */

struct schools_import {
	int fd;
	str communes;                            /* INSEE codes separated by commas, or the number of a department: which schools are taken */
	str source;                              /* the file's name, for what it says of networks */
	bool dry_run;
	void (*reject)(void *arg, i64 line, str what, str reason);   /* may be NULL */
	void *arg;
};
struct schools_report {
	i64 read, added, changed, unchanged, rejected;
	i64 elsewhere;                           /* in another commune, or no school of the first degree */
	i64 waiting;                             /* spellings that somebody has to look at */
	str fault;                               /* why nothing was taken, in French; in the arena */
};
/* What a file says of schools: their list with the social index (JSON), the State's directory (CSV with a UAI and a name), points (GeoJSON),
 * networks (CSV uai,rep), a city's own names (CSV with a name and no UAI: one commune). The same file twice changes nothing.
 * INVALID: it cannot be read, nothing was changed. */
must_use enum err schools_import(struct db *db, const struct schools_import *o, struct arena *a, struct schools_report *ret);
/* The invented schools of the demonstration. */
must_use enum err schools_demo_load(struct db *db, struct arena *a, str *ret_fault);

/* The organisation of that school becomes the one of that name, made when there is none. CONFLICT: several have that name. In a transaction. */
must_use enum err school_attach(struct db *db, const struct school *s, str organisation, i64 user_id);

#endif

/* People: households followed by the plan, the persons in them, and what protects them. What other domains build on.
 *
 * Names, addresses, telephones and notes are sealed under a key of each household's and person's own (http/seal.h): reading them is two steps,
 * rows first, then household_open(), which says why. Writing is two steps too, for a transaction only does SQL: household_seal() and
 * person_seal() before it, household_put() and person_put() in it.
 *
 * A household belongs to one organisation. It is reached by those who hold CAP_PEOPLE there, and where it is shared; a route says so by
 * scope_household or scope_household_own. Whoever shows one writes it down: household_seen(). */
#ifndef GABARE_PEOPLE_H
#define GABARE_PEOPLE_H

#include "db/db.h"
#include "http/route.h"
#include "http/seal.h"

extern const struct route people_routes[];
extern const struct choice class_choices[], language_choices_of_people[];      /* a child's; of anybody */

#define PERSONS_MOST 20                          /* of a household */
#define PEOPLE_FOUND_MOST 20                            /* shown of a search */

struct person {
	i64 id, household_id;
	str public_id;
	bool child;
	str given, family, phone, mail, school;  /* phone as E.164; of a child only the first name and the school */
	i64 birth_year;                          /* 0: not said */
	str class_, language, channel;           /* "CM1"; "ar"; "phone", "sms", "mail", "letter" or "" */
	str key;                                 /* wrapped; absent: to be made */
	str sealed[6];                           /* as stored, until household_open() */
	i64 created_at;
};

struct household {
	i64 id, organisation_id, version;
	str public_id;
	str address;                             /* as typed, one line; empty: none */
	str district_code, district, priority_area_code, priority_area, areas_on;
	bool school, rights;                     /* grounds */
	str origin;                              /* "self", "school", "partner" */
	struct opt_i64 contact_at, notice_at;
	i64 created_at, keep_until, card_number, merged_into;      /* merged_into: 0, or the household that this one is read as part of */
	bool erased, card;                       /* card: the last one is good */
	str key, sealed_address;
	struct person *persons;                  /* adults, then children, in order of their making; those erased are left out */
	size_t n;
	bool shared;                             /* reached by a share (scope_household) */
};

/* ---- reading ---- */

/* A household with its persons, sealed, by the id that addresses bear, or ours. NOT_FOUND; an erased one is found, and says so. */
must_use enum err household_named(struct db *db, str public_id, struct household *ret);
must_use enum err household_get(struct db *db, i64 id, struct household *ret);
/* Opens address and persons of several, in as few messages as can be. `purpose` is for the vault's log. */
must_use enum err household_open(const struct vault_asker *vault, str purpose, struct household *const *v, size_t n);
/* The names alone, for lists: as little as can be is opened. */
must_use enum err household_open_names(const struct vault_asker *vault, str purpose, struct household *const *v, size_t n);
/* "Leïla Benali, Karim Benali": its adults, opened; its children when there are none. */
str household_name(struct arena *a, const struct household *h);
/* The first telephone of those opened; empty: none. */
str household_phone(const struct household *h);

/* What somebody typed (words of names, a telephone, a card's code), among the households of these organisations and those shared with them.
 * At most PEOPLE_FOUND_MOST, names opened; `more` when there are others. */
struct households { struct household *v; size_t n; bool more; };
must_use enum err people_find(struct db *db, const struct vault_asker *vault, const i64 *organisations, size_t n, str typed, struct households *ret);
/* Whether a name can be found again: it has Latin letters. */
bool name_findable(struct arena *a, str name);
/* Households of an organisation that may be the same: a telephone in common, or an adult whose names sound alike. Names opened. */
must_use enum err people_alike(struct db *db, const struct vault_asker *vault, const struct household *h, struct households *ret);

/* ---- writing ---- */

/* The areas of today of h->address, from the gazetteer; *ret_found: the address is known. */
must_use enum err household_locate(struct db *db, struct household *h, bool *ret_found);

struct sealed_household { struct household *h; str key, address; };
struct sealed_person { struct person *p; i64 organisation_id; str key, column[6]; str *tokens; size_t n_tokens; };
/* Makes ids and a key where there are none, and seals what is readable in them. */
must_use enum err household_seal(const struct vault_asker *vault, struct household *h, struct sealed_household *ret);
must_use enum err person_seal(const struct vault_asker *vault, struct person *p, i64 organisation_id, struct sealed_person *ret);
/* Adds it (version 0), or writes it over the version that was read: CONFLICT when somebody has changed it since. In a transaction. */
must_use enum err household_put(struct db *db, const struct sealed_household *s);
/* Adds or changes a person of a household of which household_put or household_touch has just passed. In a transaction. */
must_use enum err person_put(struct db *db, const struct sealed_person *s);
/* Takes the version read to the next one: CONFLICT as above. In a transaction. */
must_use enum err household_touch(struct db *db, const struct household *h);
/* Destroys the keys: nothing of what they sealed can be read again, in no copy made from now on. What can be counted stays. In a transaction. */
must_use enum err person_erase(struct db *db, i64 person_id);
must_use enum err household_erase(struct db *db, i64 household_id, const char *why);

/* Two households of one organisation are the same family: `h` is read as part of `into` from now on (persons, notes, search); its card and
 * its shares end. Nothing is rewritten: undoing it makes them two again. CONFLICT: somebody has changed one of them. In a transaction. */
must_use enum err household_merge(struct db *db, const struct household *h, const struct household *into);
must_use enum err household_unmerge(struct db *db, i64 id, const struct household *into);

/* Schools that are known, and the one that a text means (its name empty: none for certain). Whoever knows them is named in
 * src/app/routes.c; NULL: nobody, and a school is a text. */
struct known_school { str name, code; };
struct known_schools { struct known_school *v; size_t n; };
struct school_knower {
	enum err (*all)(struct db *db, size_t most, struct known_schools *ret);
	enum err (*named)(struct db *db, str text, struct known_school *ret);
};
extern const struct school_knower *known_schools;

struct city;
/* Draws a document that was asked for, in a child. NOT_FOUND: none is. For the jobs process. */
must_use enum err people_step(struct db *db, const struct vault_asker *vault, const struct city *city);

#include "people/alike.h"
#include "people/family.h"
#include "people/held.h"
#include "people/reach.h"
#include "people/reaching.h"
#include "people/warn.h"

#endif

/* Naming a family, for those who do it: a form (name.c), a list (src/lists). The household is new, or one that was recognised; its file in
 * the campaign is found or opened, and who is named (a child, or a person of age) is written there by who named it. */
#ifndef GABARE_FILES_NAMING_H
#define GABARE_FILES_NAMING_H

#include "files/files.h"
#include "files/files_sql.h"

/* Of ":ecole": its school referents alone. */
scope_fn scope_referent;

struct file_naming {
	struct file_place_row place;             /* campaign, wave, school */
	bool by_school;                          /* the school names it, in its own name */
	i64 user_id;
	str class_;                              /* of class_choices */
	struct household fresh, into;            /* into.id: 0 when the household is a new one: fresh, with its persons */
	struct person persons[2];                /* an adult, a child (none where adults are named): what is to be written */
	str detail;                              /* for the audit log, after what it says by itself; or absent */
	/* made by file_naming_seal */
	bool known;                              /* who is named is in the household already: nobody is added */
	struct sealed_household sealed;
	struct sealed_person person[2];
	i64 row_id;
	str named;
	/* made by file_naming_put */
	i64 file_id, file_version, from;         /* from: the organisation in whose name it was done */
	str public_id;
	bool made_file, made_row;                /* made_row: this one was not named there before by the same */
};

/* Whether people of age are named at a place, for themselves. */
bool file_of_adults(const struct file_place_row *place);
/* Who is named: one of n->persons. */
struct person *file_naming_who(struct file_naming *n);
/* The persons: an adult whose telephone is E.164 or "", a child of the school of n->place (left out where adults are named). */
void file_naming_people(struct file_naming *n, struct person adult, struct person child);
/* Seals what is to be written; n->into is opened. */
must_use enum err file_naming_seal(const struct vault_asker *vault, struct file_naming *n);
/* In a transaction, after the former. CONFLICT: the household or its file has changed since n->into was read. */
must_use enum err file_naming_put(struct db *db, struct file_naming *n);

/* What the record of who is named holds: "Leïla\nBenali\nInès" (of an adult, no third); and the same as people read it. */
struct vault_own file_named_item(struct arena *a, i64 household_id, str key, i64 row_id, str value);
str file_named_words(struct arena *a, str opened);

#endif

/* The charter (charte d'engagement) that is signed before a computer is lent: its texts, version by version, and for each family an act, which
 * the family, the city, the school and the association sign, on paper or on screen. When all four have, the family's file moves on. */
#ifndef GABARE_CHARTER_H
#define GABARE_CHARTER_H

#include "files/files.h"

extern const struct route charter_routes[];

/* On the page of a file: where its charter stands. */
file_panel_fn charter_panel;
/* For people.h's held_elsewhere: what was signed, by whom, and which copies are kept. */
held_fn charter_held;
/* What is told to a family on its own page. */
family_panel_fn charter_family;

/* Draws one document that waits for it, in a child, and keeps it sealed; for the jobs process. NOT_FOUND: none waits. */
must_use enum err charter_step(struct db *db, const struct vault_asker *vault, const struct city *city);
/* Draws one document of many charters that waits for it, as above. */
must_use enum err charter_bundle_step(struct db *db, const struct vault_asker *vault, const struct city *city);
/* Destroys those made before `before` (ms), and those that hold the charter of a family that was erased since. As below. */
must_use enum err charter_bundle_forget(struct db *db, i64 before, i64 most, i64 *ret_n);
/* Destroys copies and documents whose time is over, at most `most`; *ret_n were. In a transaction. For the jobs process. */
must_use enum err charter_forget(struct db *db, i64 before, i64 most, i64 *ret_n);

/* A text in three languages for the demonstration's campaign, and acts of its families. Again: changes nothing. */
must_use enum err charter_demo_load(struct db *db, const struct vault_asker *vault, const struct city *city);

#endif

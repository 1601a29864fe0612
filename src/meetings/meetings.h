/* Presentation meetings of a campaign: families are invited by a message in their language, reminded, and their coming is noted. Inviting and
 * coming are steps of their files (src/files), made here in the transaction that queues the message or keeps the list; one family met alone is
 * still noted on its file's page. */
#ifndef GABARE_MEETINGS_H
#define GABARE_MEETINGS_H

#include "equipment/equipment.h"
#include "files/files.h"
#include "html/view.h"
#include "http/seal.h"
#include "people/people.h"

extern const struct route meetings_routes[];

/* What is shown elsewhere: on a file's page; in a household's access file; on a school's own page, counts alone. */
file_panel_fn meetings_panel;
held_fn meetings_held;
/* What is told to a family on its own page. */
family_panel_fn meetings_family;
own_school_fn meetings_at_school;

/* Writes to some of those who are to be written to (invitations, reminders two days before, changes), each in a transaction with its step.
 * *ret_n: how many. For the outbox process, which has the vault and no request. */
must_use enum err meetings_write_some(struct db *db, const struct vault_asker *vault, const struct city *city, i64 *ret_n);
/* Forgets what families answered, two years after, at most `most`. In a transaction. For the jobs process. */
must_use enum err meetings_purge(struct db *db, i64 most, i64 *ret_n);

/* Two meetings of the demonstration's campaign, one that was held. Again: changes nothing. */
must_use enum err meetings_demo_load(struct db *db);

#endif

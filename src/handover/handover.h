/* Handing devices over: days with slots by school, who is called when, and the act itself: label read, accessories, receipt, first workshop. */
#ifndef GABARE_HANDOVER_H
#define GABARE_HANDOVER_H

#include "files/files.h"
#include "stock/stock.h"

extern const struct route handover_routes[];

/* What is shown of a handover on the page of a file, and of today's families on the page of a device. */
file_panel_fn handover_panel;
stock_panel_fn handover_deeds;
/* What handovers say of a household, for people.h's held_elsewhere. */
held_fn handover_held;
held_fn handover_held_now;
/* What is told to a family on its own page. */
family_panel_fn handover_family;

/* Writes to some of the families who are to be told of their handover day (invitations, reminders two days before, changes), each in a transaction.
 * *ret_n: how many. For the outbox process, which has the vault and no request. */
must_use enum err handover_write_some(struct db *db, const struct vault_asker *vault, const struct city *city, i64 *ret_n);
/* The next receipt that waits to be drawn as a document, if any: by the jobs process. NOT_FOUND: none waits. */
must_use enum err handover_step(struct db *db, const struct vault_asker *vault);
/* Forgets appointments of days before `before` (ms), at most `most`. In a transaction. */
must_use enum err handover_purge(struct db *db, i64 before, i64 most, i64 *ret_n);

/* Devices, some lent, a day that was and one to come, for the campaign of that organisation. Again: changes nothing. */
must_use enum err handover_demo_load(struct db *db, const struct vault_asker *vault, str organisation);

#endif

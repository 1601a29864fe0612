/* After-sales: what happens to a family's computer once it has it. Tickets of breakdowns, with a spare computer meanwhile; returns; losses and
 * thefts. What moves here moves in the stock (src/stock) and in the family's file (src/files) in the same transaction. */
#ifndef GABARE_AFTERSALES_H
#define GABARE_AFTERSALES_H

#include "files/files.h"
#include "people/people.h"
#include "stock/stock.h"

extern const struct route aftersales_routes[];

/* Of a file that has a computer: its tickets, and where to note what happened to it. */
file_panel_fn aftersales_panel;
/* Of a device that a family has: what can be noted of it where it stands. */
stock_panel_fn aftersales_deeds;
/* What tickets and declarations say of a household. */
held_fn aftersales_held;
/* What is told to a family on its own page. */
family_panel_fn aftersales_family;

#define CARE_KEEP_WORDS_MS ((i64)366 * 86400000)               /* what a family said of a breakdown, once it is over */
/* Forgets what families said of breakdowns that were over before. In a transaction; *ret_n: how many. */
must_use enum err aftersales_forget(struct db *db, i64 before, i64 most, i64 *ret_n);

/* Tickets of families of the demonstration that have a computer: a few of its stock are lent for that. Again: changes nothing. */
must_use enum err aftersales_demo_load(struct db *db, const struct vault_asker *vault);

#endif

/* Guides on paper, from the printer to the structures: print runs, deliveries, what is left where, who asks for more. Money is not here. */
#ifndef GABARE_DISTRIBUTION_H
#define GABARE_DISTRIBUTION_H

#include "db/db.h"
#include "http/route.h"

extern const struct route distribution_routes[];

/* A run as the printer gives it. In a transaction. */
struct print_order { i64 id; str title, lang, printer, day; i64 quantity, user_id; };
must_use enum err print_run_add(struct db *db, const struct print_order *o);

/* Copies that go to a structure; `received_enc` is who took them in, sealed ("print_delivery:received_enc:ID"), or absent. An open request of
 * the structure in this language is answered by it. In a transaction. CONFLICT: the run has fewer left. */
struct print_handover { i64 id, run_id, organisation_id, quantity, user_id; str lang, day, where, received_enc; };
must_use enum err print_deliver(struct db *db, const struct print_handover *h);
/* Takes a delivery back by a line of its own; once. In a transaction. CONFLICT: the structure has handed out some of it. NOT_FOUND. */
must_use enum err print_take_back(struct db *db, i64 delivery, str day, i64 user_id);
/* What a structure says is left of what it was delivered. In a transaction. CONFLICT: it has had fewer. */
must_use enum err print_left(struct db *db, i64 run, i64 organisation, i64 left, i64 user_id);

/* The invented runs and deliveries of the demonstration, unless there are some. */
must_use enum err distribution_demo_load(struct db *db);

/* Forgets who took deliveries in before `before`, at most `most`; *ret_n were. In a transaction. */
must_use enum err print_forget_names(struct db *db, i64 before, i64 most, i64 *ret_n);
#define PRINT_KEEP_NAMES_MS ((i64)365 * 24 * 3600 * 1000)

#endif

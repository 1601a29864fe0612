/* Agents keep the directory true: a structure its own places, the network's coordinator all of them. */
#ifndef GABARE_EDITING_H
#define GABARE_EDITING_H

#include "editing/place_form.h"
#include "http/route.h"

extern const struct route editing_routes[];

/* Forgets drafts older than `before`, at most `most`; *ret_n were. In a transaction. */
must_use enum err editing_forget_drafts(struct db *db, i64 before, i64 most, i64 *ret_n);

#endif

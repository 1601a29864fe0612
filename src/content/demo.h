/* Written pages of the demonstration city: one of its own, translated in part, with a draft; one that was withdrawn. */
#ifndef GABARE_CONTENT_DEMO_H
#define GABARE_CONTENT_DEMO_H

#include "db/db.h"

/* Makes those that are not there yet; one that somebody has touched stays as it is. */
must_use enum err demo_written_load(struct db *db);

#endif

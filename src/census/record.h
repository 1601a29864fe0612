/* The whole records of an edition: written when it is closed, read again for a guide. Not for others. */
#ifndef GABARE_CENSUS_RECORD_H
#define GABARE_CENSUS_RECORD_H

#include "census/census.h"
#include "census/census_sql.h"

/* Writes the whole records and the wifi of today as pieces of an edition that is being closed; the digest of all of them. CONFLICT: the
 * directory is not of this generation any more. */
must_use enum err census_records_freeze(struct db *db, i64 edition, i64 generation, str *ret_digest);

/* ---- reading our own CSV again ---- */

#define FROZEN_COLUMNS 80
struct frozen_row { str cells[FROZEN_COLUMNS], raw; size_t n; };
/* The next record of `rest`; false at its end. Texts with quotes in them are made in the arena. */
bool frozen_next(struct arena *a, str *rest, struct frozen_row *ret);

/* What the columns of a frozen file are: P_COUNT where none is a field of ours. */
struct frozen_header { enum place_field of[FROZEN_COLUMNS]; size_t n, district_code, district; };
struct frozen_header frozen_header_of(const struct frozen_row *row);
/* The fields of a record; absent where the file has no such column. */
struct place frozen_place_of(const struct frozen_header *h, const struct frozen_row *row);

/* ---- withdrawn contacts ---- */

/* Takes away what was withdrawn from this place; true when there was anything to take. */
bool frozen_withhold(const struct census_withdrawal_row_list *withdrawn, struct place *p);
/* A piece of the CSV of an edition without what was withdrawn from it: other records byte for byte. */
void frozen_put_without(struct buf *out, str piece, const struct frozen_header *h, const struct census_withdrawal_row_list *withdrawn);

#endif

/* What files ask for, what devices are, and what does not answer, as numbers and in words. */
#ifndef GABARE_MATCHING_NEEDS_H
#define GABARE_MATCHING_NEEDS_H

#include "allocation/allocation.h"
#include "matching/matching_sql.h"
#include "stock/stock.h"

/* ---- needs ---- */

#define LARGE_SCREEN 15                          /* inches */
/* What a wave asks for, and where it stands; version 0 and the ordinary needs when nobody has said anything. */
must_use enum err match_asks_of(struct db *db, i64 wave_id, struct match_wave_row *ret);
/* The last wish of a file; version 0: it has none. */
must_use enum err match_wish_now(struct db *db, i64 file_id, struct match_wish_row *ret);
/* What a file asks for, given its wave's. */
struct match_side match_need_of(const struct match_wave_row *wave, const struct match_wish_row *wish);
struct match_side match_device_of(const struct device *d);

struct need { i64 file_id, school_id; struct match_side side; };
struct needs { struct need *v; size_t n; };
/* Files of the wave that wait for a device to be kept, by id. */
must_use enum err match_needs_of(struct db *db, const struct match_wave_row *wave, struct needs *ret);

/* "laptop 8 13 B", and back: false when it is not so written. */
str match_need_text(struct arena *a, const struct match_side *need);
bool match_need_read(str text, struct match_side *ret);
bool match_falls_short(const struct match_side *device, const struct match_side *need);

/* The device that is kept for it; its id 0: none. */
must_use enum err match_kept_for(struct db *db, i64 file_id, struct device *ret);

/* ---- words ---- */

str match_kind_words(const struct view *v, i64 kind);          /* of enum device_kind */
/* "un portable, 8 Go, 13 pouces, qualité B au moins"; of a file, with the large screen that it wished. */
str match_asked_words(const struct view *v, const struct match_wave_row *wave, const struct match_wish_row *wish);
str match_need_words(const struct view *v, const struct match_side *need);
/* "8 Go demandés, 4 Go ici": where a device is less than what is asked; empty: nowhere. */
str match_short_words(const struct view *v, const struct match_side *device, const struct match_side *need);
extern const struct choice match_out_reasons[], match_results[];

#endif

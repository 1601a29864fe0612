/* What the code made by sqlgen is written with, and nobody else: one value in, one value out, a list that grows. */
#ifndef GABARE_DB_GEN_H
#define GABARE_DB_GEN_H

#include "db/stmt.h"

static inline struct db_value db_in_i64(i64 v) { return (struct db_value){.type = DB_I64, .i = v}; }
static inline struct db_value db_in_f64(double v) { return (struct db_value){.type = DB_F64, .f = v}; }
/* An absent string is an empty one where the statement does not take NULL. */
static inline struct db_value db_in_text(str s) { return (struct db_value){.type = DB_TEXT, .s = s.p ? s : S("")}; }
static inline struct db_value db_in_blob(str s) { return (struct db_value){.type = DB_BLOB, .s = s.p ? s : S("")}; }
static inline struct db_value db_in_i64_opt(struct opt_i64 v)
{
	return (struct db_value){.type = DB_I64, .null = !v.set, .i = v.v};
}
static inline struct db_value db_in_f64_opt(struct opt_f64 v)
{
	return (struct db_value){.type = DB_F64, .null = !v.set, .f = v.v};
}
static inline struct db_value db_in_text_opt(str s) { return (struct db_value){.type = DB_TEXT, .null = !s.p, .s = s}; }
static inline struct db_value db_in_blob_opt(str s) { return (struct db_value){.type = DB_BLOB, .null = !s.p, .s = s}; }

static inline i64 db_out_i64(const struct db_value *v) { return v->i; }
static inline double db_out_f64(const struct db_value *v) { return v->f; }
static inline str db_out_text(const struct db_value *v) { return v->s; }
static inline str db_out_blob(const struct db_value *v) { return v->s; }
static inline struct opt_i64 db_out_i64_opt(const struct db_value *v) { return (struct opt_i64){.v = v->i, .set = !v->null}; }
static inline struct opt_f64 db_out_f64_opt(const struct db_value *v) { return (struct opt_f64){.v = v->f, .set = !v->null}; }
static inline str db_out_text_opt(const struct db_value *v) { return v->s; }
static inline str db_out_blob_opt(const struct db_value *v) { return v->s; }

/* Room in the arena for one more element of `size` bytes after `n`; *cap says for how many there is room. */
static inline void *db_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return v;
	*cap = *cap ? *cap * 2 : 16;
	void *more = arena_alloc(a, *cap * size);
	if (n)
		memcpy(more, v, n * size);
	return more;
}

/* The end of a list: NOT_FOUND is how rows end. */
static inline enum err db_rows_done(enum err e) { return e == NOT_FOUND ? OK : e; }

#endif

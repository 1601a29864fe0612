/* One allocation: files, parameters, what each school has a right to, and the draw give an order and its reasons. Pure: the order of what
 * comes in changes nothing, and the same input always gives the same bytes (alloc_record). It proposes; somebody decides. */
#ifndef GABARE_ALLOCATION_RUN_H
#define GABARE_ALLOCATION_RUN_H

#include "allocation/draw.h"
#include "allocation/params.h"
#include "allocation/share.h"
#include "html/i18n.h"

#define ALLOC_FILES_MAX 20000
#define ALLOC_SCHOOLS_MAX 500
#define ALLOC_ID_MAX 40                          /* letters, digits, '-', '_', '.' : a pseudonym, never a name */

struct alloc_file { str id, school; i64 facts[FACTS]; };
struct alloc_input {
	const struct params *params;
	struct alloc_file *files; size_t n_files;
	struct share_school *schools; size_t n_schools;
	i64 quantity;
	str seed;                                /* of the draw */
	bool second;                             /* places that a school's list does not fill go to those that wait elsewhere */
};

/* INCOMPLETE: too few points, but what is not known yet could give enough; not ranked, not refused. */
enum alloc_state { ALLOC_PROPOSED, ALLOC_WAITING, ALLOC_INCOMPLETE, ALLOC_REFUSED };
enum alloc_refusal { REFUSED_NOT, REFUSED_SEVERAL, REFUSED_LEAST };
struct alloc_line {
	const struct alloc_file *file;
	size_t school;                           /* in `schools` of the run */
	i64 points, rank;                        /* rank: in the school, from 1; 0 for those that are not ranked */
	i64 alike;                               /* others of the school with as many points: the draw decided between them */
	u8 key[DRAW_KEY];
	enum alloc_state state;
	enum alloc_refusal refusal;
};
/* quota: from the figures alone; places: after the second step, if there is one; last: points of the last that is proposed. */
struct alloc_share { const struct share_school *school; i64 quota, places, files, eligible, proposed, last; };
struct alloc_run {
	const struct alloc_input *in;
	struct alloc_line *lines; size_t n;      /* by school, then by rank, those without one last */
	struct alloc_share *schools; size_t n_schools;      /* by id */
	i64 unused;                              /* of the quantity */
};

/* What is wrong with an input: a msgid with {1} for `what`; line of a file, or 0. */
struct alloc_fault { const char *msgid; str what; i64 line; };
str alloc_fault_words(struct arena *a, enum lang l, const struct alloc_fault *f);

/* INVALID: an id twice, an unknown school, minimums above the quantity, no seed: *ret_fault. The input must outlive the run. */
must_use enum err alloc_run(struct arena *a, const struct alloc_input *in, struct alloc_run *ret, struct alloc_fault *ret_fault);

/* Everything that went in and came out, as JSON in one fixed order: what is kept, hashed (draw_digest) and published. */
str alloc_record(struct arena *a, const struct alloc_run *run);
/* Runs a record again. OK: it gives the same bytes; CONFLICT: it does not; INVALID: it is no record. */
must_use enum err alloc_replay(struct arena *a, str record, struct alloc_fault *ret_fault);

/* ---- files of pseudonyms ---- */

/* Files, as CSV with a header: id, ecole, and codes of facts (params.h) in any order; empty or "?": unknown. A column of another name is
 * refused, so that nothing else can be slipped in. INVALID: *ret_fault says what, at which line. */
must_use enum err alloc_read_files(struct arena *a, str csv, struct alloc_input *in, struct alloc_fault *ret_fault);
/* Schools: ecole, poids, and perhaps minimum, maximum. */
must_use enum err alloc_read_schools(struct arena *a, str csv, struct alloc_input *in, struct alloc_fault *ret_fault);
/* The ids of a file whose first column, or the one called id, holds them. */
struct alloc_ids { str *v; size_t n; };
must_use enum err alloc_read_ids(struct arena *a, str csv, struct alloc_ids *ret, struct alloc_fault *ret_fault);

#endif

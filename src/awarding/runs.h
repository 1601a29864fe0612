/* Allocation of a wave from the database: what a school's share is counted from, the list that is frozen, the run, and what stands of it. */
#ifndef GABARE_AWARDING_RUNS_H
#define GABARE_AWARDING_RUNS_H

#include "allocation/allocation.h"
#include "awarding/runs_sql.h"
#include "files/files.h"

/* ---- shares ---- */

/* own: a coordinator has said it; else it is what share_proposed gives. */
struct share_line { const struct award_school_row *row; i64 weight, least, most; bool own; };
struct share_lines { struct share_line *v; size_t n; bool own; };
/* Of the wave's schools and of those of families carried over to it. */
must_use enum err shares_of(struct db *db, i64 wave_id, struct share_lines *ret);

/* ---- the list ---- */

/* Signed files of a wave, with what is known of them today. `astray`: those that no school of the wave can have a place for. */
struct signed_files { struct alloc_file *v; size_t n, astray; };
must_use enum err signed_of(struct db *db, i64 wave_id, const struct share_lines *shares, struct signed_files *ret);
/* Closes the list of a committed draw: in a transaction, under the wave's lock. CONFLICT: it is closed; NOT_FOUND: nobody is on it. */
must_use enum err list_close(struct db *db, const struct wave *w, i64 draw_id, i64 user_id, i64 *ret_id);
/* A list as the engine reads it, with another rule when `params` is not the list's. INVALID: it cannot be read: it was altered. */
must_use enum err list_params(struct arena *a, const struct award_list_row *list, struct params *ret);
must_use enum err list_input(struct arena *a, const struct award_list_row *list, const struct params *params, str seed, struct alloc_input *ret);

/* ---- a run ---- */

struct run_made { i64 id; struct params params; struct alloc_input in; struct alloc_run run; str seed, record, digest, lines; };
/* Makes it, writing nothing. */
must_use enum err run_make(struct arena *a, const struct award_list_row *list, str seed, struct run_made *ret);
/* Keeps it and reveals the seed, in a transaction. CONFLICT: another was made of this list. */
must_use enum err run_keep(struct db *db, const struct award_list_row *list, struct run_made *made, i64 user_id);
/* Whether its record, read back, gives the same bytes and bears its digest: OK, CONFLICT, INVALID. */
must_use enum err run_verify(struct arena *a, const struct award_run_row *run);

/* ---- what stands of it ---- */

enum standing { ST_PROPOSED, ST_WAITING, ST_GIVEN, ST_OVER, ST_ASIDE, ST_INCOMPLETE, ST_REFUSED, ST_ELSEWHERE, ST_GONE, STANDINGS };
struct standing_line { const struct award_standing_row *row; enum standing s; };
struct school_standing { const struct award_run_school_row *school; i64 count[STANDINGS], free; };
struct standings { struct standing_line *v; size_t n; struct school_standing *schools; size_t n_schools; };
/* Of one school, or of all (0). Places that nobody has go to the next of each school's list. */
must_use enum err standings_of(struct db *db, i64 wave_id, i64 run_id, i64 school_id, struct standings *ret);
const char *standing_label(enum standing s);     /* a msgid */
/* Of who stands so, with their versions: what somebody saw when they decided of them all. */
str standings_digest(struct arena *a, const struct standings *s, enum standing which);

/* ---- decisions ---- */

enum award_act { ACT_GIVEN, ACT_OVER, ACT_URGENT, ACT_ASIDE, ACT_UNDONE, ACT_CARRIED, ACTS };
struct award_reason { u32 acts; const char *code, *label, *told; };       /* told: to the family that it is of; a msgid too */
extern const struct award_reason award_reasons[];        /* ends with a code NULL */
const char *act_code(enum award_act a);
const char *award_reason_label(str code);        /* a msgid; "" when there is none */
const char *award_reason_told(str code);         /* the same, as the family reads it */
bool award_reason_fits(enum award_act a, str code);

/* Why something cannot be: INVALID says which. */
enum award_refusal { AR_NONE, AR_NO_PLACE, AR_WAVE_FULL, AR_NOT_SIGNED, AR_NOT_GIVEN, AR_REASON };
const char *award_refusal_words(enum award_refusal r);   /* a msgid */
struct deciding { i64 wave_id, run_id; struct file_doer who; enum award_refusal refusal; };
/* All that stands proposed, of a school or of all (0), provided that it is what `seen` (standings_digest) says. In a transaction, as the rest.
 * CONFLICT: something has changed. */
must_use enum err decide_accept(struct db *db, struct deciding *d, i64 school_id, str seen, i64 *ret_n);
/* All that wait, provided that they are those that `seen` says, go on waiting in another wave of the campaign. As above. */
must_use enum err decide_carry(struct db *db, struct deciding *d, i64 to_wave, str seen, i64 *ret_n);
/* One file of a run, or any (run_id 0: ACT_URGENT, ACT_UNDONE). `number`: of its last decision when it was seen, 0: none;
 * `school_id`: filled in here. */
struct choice_made { i64 file_id, version, number; enum award_act act; str reason; i64 school_id; };
must_use enum err decide_one(struct db *db, struct deciding *d, const struct choice_made *m);

#endif

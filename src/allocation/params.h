/* What an allocation may look at, and what it is worth: the facts of a file (the whole vocabulary: nothing on health, disability or
 * nationality can be said in it), and a dated set of parameters that gives them points. Every fact is ordered by need: a larger value
 * never gives fewer points, which params_fault() makes sure of. */
#ifndef GABARE_ALLOCATION_PARAMS_H
#define GABARE_ALLOCATION_PARAMS_H

#include "base/arena.h"
#include "base/timex.h"

enum fact { FACT_CHILDREN, FACT_DEVICES, FACT_CONNECTION, FACT_DISTANCE, FACT_CM, FACT_AREA, FACT_REFERRAL, FACT_STUDIES, FACT_GRANT, FACTS };
#define FACT_UNKNOWN ((i64)-1)                   /* which is not "no" */

/* `words`: its values from the least need, as written in files; NULL for a number, from 0 to `most`. Labels are msgids. */
struct fact_kind { const char *code, *label; i64 most; const char *const *words, *const *labels; };
extern const struct fact_kind fact_kinds[FACTS];

enum param {
	PARAM_CHILD, PARAM_CHILDREN_MOST, PARAM_NO_DEVICE, PARAM_SHARED_DEVICE, PARAM_ONE_DEVICE, PARAM_NO_CONNECTION, PARAM_MOBILE,
	PARAM_FAR, PARAM_FAR_METRES, PARAM_CM, PARAM_AREA, PARAM_REFERRAL, PARAM_STUDIES, PARAM_MOST, PARAM_LEAST, PARAM_SEVERAL,
	PARAM_GRANT, PARAMS
};
struct param_kind { const char *code, *label; i64 most; };      /* from 0 to `most` */
extern const struct param_kind param_kinds[PARAMS];

#define PARAMS_NAME_MAX 60
#define PARAMS_REFERENCE_MAX 200
struct params { str name, reference; struct date from, to; bool has_to; i64 v[PARAMS]; };

/* The set that is used until a city has its own; it says so. Static storage. */
const struct params *params_default(void);
/* What is wrong with a set: a msgid, and the parameter it is about (PARAMS: none of them); NULL: nothing. */
const char *params_fault(const struct params *p, enum param *ret);

/* Points that this value of a fact gives; unknown gives none. */
i64 fact_points(const struct params *p, enum fact f, i64 value);
/* All of a file's, under the set's ceiling. */
i64 facts_points(const struct params *p, const i64 facts[FACTS]);

/* What they could be at most, once what is unknown is known. */
i64 facts_points_at_most(const struct params *p, const i64 facts[FACTS]);

/* What would change: this fact with this value would give so many points more (or fewer) in all. */
struct fact_change { enum fact fact; i64 value, points; };
struct fact_changes { struct fact_change *v; size_t n; };
struct fact_changes facts_changes(struct arena *a, const struct params *p, const i64 facts[FACTS]);

#define PARAMS_FORMAT "gabare-attribution-1"
/* The set as JSON, always the same bytes for the same set; and back. What was not thought of when older sets were made (the grant) is written
 * only when it gives points: those sets keep their bytes. INVALID: *ret_fault says what, with its line and name (English). */
str params_json(struct arena *a, const struct params *p);
must_use enum err params_read(struct arena *a, str json, struct params *ret, str *ret_fault);

#endif

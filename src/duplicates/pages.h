/* What the pages of this folder share. */
#ifndef GABARE_DUPLICATES_PAGES_H
#define GABARE_DUPLICATES_PAGES_H

#include "directory/directory.h"
#include "duplicates/duplicates.h"
#include "duplicates/pairs_sql.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "http/route.h"

#define PAIRS_PAGE 20

handler_fn pairs_index, pairs_decide, merge_form, merge_post;

/* "12-34": two places, the smaller id first. */
bool pair_of(str s, i64 ret[2]);

/* Why, in words: "même SIRET, même adresse, à 12 m". */
str pair_reasons(const struct view *v, u32 reasons, struct opt_i64 metres);

struct pair_line { const struct pair_row *row; str reasons; };
struct pairs_page { const struct form *form; struct pair_line *v; size_t n; i64 total; struct pager pager; struct pair_apart_row_list apart; bool merged; };

/* ---- two records into one ---- */

extern const struct form_spec *const merge_spec; /* its questions, named by the (first) field each is about (routes.c) */

struct merge_side { str code, name, address, checked; i64 version; };
struct merge_option { const char *value; str text; bool chosen; };
struct merge_options { struct merge_option v[3]; size_t n; };
struct merge_question { const char *name; str label; struct merge_options options; };
struct merge_questions { struct merge_question *v; size_t n; };
struct merge_page {
	const struct form *form;
	str pair;                                /* as in the path */
	struct merge_side sides[2];
	struct merge_question address;           /* which public address stays */
	struct merge_questions questions;        /* of the fields that differ */
	str same;                                /* the names of those that do not */
};

#endif

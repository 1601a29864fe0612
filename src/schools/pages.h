/* What the pages of this folder share. */
#ifndef GABARE_SCHOOLS_PAGES_H
#define GABARE_SCHOOLS_PAGES_H

#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "http/route.h"
#include "schools/schools.h"

#define SCHOOLS_PAGE 20
#define SPELLINGS_PAGE 20
#define SCHOOL_PASTS 30

handler_fn school_new_form, school_new_post, schools_index, school_show, school_change_post, spellings_index, spellings_post, spelling_show, spelling_post;
scope_fn scope_school, scope_spelling;

extern const struct choice rep_choices[];        /* what is said of a school's network (routes.c) */

struct school_line_shown { struct school s; str kind, rep; };
struct districts { struct school_district *v; size_t n; str chosen; };
struct schools_page {
	const struct form *form;
	struct school_line_shown *v; size_t n;
	struct districts districts;
	struct pager pager;
	i64 total, waiting;
	bool any;                                /* there are schools, whatever is asked */
};

struct school_new_page { const struct form *form; };
extern const struct choice school_kinds_by_hand[];        /* of a place that is added by hand */

struct school_past_shown { str at, label, before, after, reason, who; };
struct school_pasts_shown { struct school_past_shown *v; size_t n; };
struct school_page {
	const struct form *form;
	struct school s;
	str kind, rep, rep_day, ips, organisation;
	i64 organisation_id;
	struct spelling_row_list spellings;
	struct school_pasts_shown pasts;
	bool saved;
};

struct spelling_line { struct spelling_row row; struct school_match best; enum school_certainty certainty; str why; };
struct spellings_page {
	const struct form *form;
	struct spelling_line *v; size_t n;
	i64 total;
	struct pager pager;
	struct spelling_row_list none;           /* decided to be no school's */
	bool saved;
};
struct candidate_line { str uai, name, where, why; bool chosen; };
struct candidates_shown { struct candidate_line *v; size_t n; };
struct spelling_page { const struct form *form; struct spelling_row row; struct candidates_shown candidates; };

/* Why a school is proposed, in words. */
str match_words(const struct view *v, const struct school_match *m);
str certainty_words(const struct view *v, enum school_certainty c);
str who_words(const struct req *req, struct opt_i64 user);

#endif

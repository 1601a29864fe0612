/* What the pages of this folder share. */
#ifndef GABARE_ALLOCATION_PAGES_H
#define GABARE_ALLOCATION_PAGES_H

#include "allocation/allocation.h"
#include "allocation/allocation_sql.h"
#include "http/fields.h"
#include "http/route.h"

handler_fn algorithms_page, algorithms_params, algorithms_draws, algorithms_draw;
handler_fn rules_page, rules_post, rule_page, rule_post, draws_page, draws_post, trial_page, trial_post;
scope_fn scope_rule;

#define RULES_PATH "/agent/attributions/regles"
#define DRAWS_PATH "/agent/attributions/tirages"
#define TRIAL_PATH "/agent/attributions/essai"

/* Where this session runs programmes: the first of its organisations. */
i64 own_programme(const struct req *req);
/* A set as it is stored; INTERNAL: it cannot be read. */
must_use enum err set_params(struct arena *a, const struct set_row *row, struct params *ret);
/* A draft made from a set, or from the one that the program comes with (NULL): answers with its page. */
must_use enum err set_copy(struct req *req, const struct set_row *row);
/* The set in force today: of the database, or the one that the program comes with (ret_own false). */
must_use enum err set_today(struct req *req, struct params *ret, bool *ret_own);

/* ---- for templates ---- */

struct param_line { str label, value; };
struct param_lines { struct param_line *v; size_t n; };
/* What gives points, with how many; and the limits. */
struct param_lines param_lines_of(const struct view *v, const struct params *p);

struct draw_shown { str id, name, record, commitment, committed, list_digest, closed, seed, revealed;
	bool form, link, can_reveal; };  /* form, link: its list is open */
struct draws_shown { struct draw_shown *v; size_t n; };
struct draw_shown draw_shown_of(const struct view *v, const struct draw_line *row);

struct algorithms { str name, reference, from, to; bool own; struct param_lines lines; struct draws_shown draws; };

struct rule_line { str path, name, state, dates; };
struct rules { const struct form *form; struct rule_line *v; size_t n; str today; };
struct rule_field { const char *name; str label, hint; int size; const char *type; };
struct rule_fields { struct rule_field *v; size_t n; };
struct rule {
	const struct form *form;
	const struct set_row *row;
	str id, state, dates, reference, fault;
	struct param_lines lines;
	struct rule_fields fields;
	str story[4]; size_t n_story;
	bool draft, proposed, active, ended, mine;             /* mine: proposed by who looks: another approves */
};
struct draws { const struct form *form; struct draws_shown list; };

struct trial_school { str id, moves; struct alloc_side side; };
struct trial_schools { struct trial_school *v; size_t n; };
struct trial_change { str id, school, was, is; };
struct trial_changes { struct trial_change *v; size_t n; };
struct trial_options { struct option *v; size_t n; };
struct trial {
	const struct form *form;
	struct trial_options first, second;
	bool done, two;
	str counted, seed;
	struct trial_schools schools;
	struct trial_changes changes;
	size_t changed, more;                    /* more: schools that are not shown */
	str about; struct alloc_words why, points, change;     /* of the file that was asked about */
};

#endif

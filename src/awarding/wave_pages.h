/* What the pages of a wave's allocation hold. */
#ifndef GABARE_AWARDING_WAVE_PAGES_H
#define GABARE_AWARDING_WAVE_PAGES_H

#include "awarding/pages.h"
#include "awarding/runs.h"

#define AWARDS_ROUTE "/agent/campagnes/:campagne/attribution"
#define AWARD_ROUTE AWARDS_ROUTE "/:vague"
#define SHARES_ROUTE AWARD_ROUTE "/parts"
#define RESULT_ROUTE AWARD_ROUTE "/resultat"
#define WAITING_ROUTE AWARD_ROUTE "/attente"
#define LINES_A_PAGE 15

handler_fn awards_index, award_show, award_post, shares_form, shares_post, award_compare, award_list_csv, award_record, result_show, result_post, waiting_show,
	waiting_post, waiting_csv;
/* Of ":campagne" and ":vague": who runs the programmes of its organisation. */
scope_fn scope_award;

/* The campaign and the wave of the path, where its allocation stands, its last run (run.id 0: none). */
struct awarding { struct campaign c; struct wave w; struct award_wave_row now; struct award_run_line_list runs; i64 quantity; str path; };
must_use enum err awarding_of(struct req *req, struct awarding *ret);
/* The run of ?numero=, or the last; NULL: there is none. */
const struct award_run_line *run_asked(const struct req *req, const struct awarding *w);

struct award_line_shown { str path, title, state; i64 quantity, given, signed_files; };
struct awards_page { i64 campaign; str name; struct award_line_shown *v; size_t n; };

struct run_shown { str number, day, who, counted, digest, record, result, verified; };
struct runs_shown { struct run_shown *v; size_t n; };
struct award_page {
	const struct form *form;
	i64 campaign;
	str campaign_name, path, title, quantity, given, signed_files, version, saved, draw_commitment, draw_day, list_day, list_count, rule, schools, kept;
	i64 urgent, astray;
	bool has_draw, draw_spent, has_list, has_schools, full, shares_own;
	struct runs_shown runs;
};

struct share_shown { str uai, name, pupils, index, weight, least, most, quota; };
struct shares_page { const struct form *form; str path, title, typed; bool own, closed, saved; struct share_shown *v; size_t n; str quantity; };

struct compare_school { str name; i64 before, after; str moves; };
struct compare_change { str public_id, school, was, is; };
struct compare_changes { struct compare_change *v; size_t n; };
struct compare_schools { struct compare_school *v; size_t n; };
struct compare_page {
	const struct form *form;
	str path, title, first;
	bool ready, done;
	struct options rules;
	struct compare_schools schools;
	struct compare_changes changes;
	i64 changed, more;
};

struct result_school { str uai, name, quota, places, given, proposed, waiting, open; };
struct result_schools { struct result_school *v; size_t n; };
struct result_line { str public_id, name, rank, points, state, why, tick, decided; };
struct result_lines { struct result_line *v; size_t n; };
struct result_page {
	const struct form *form;
	str path, title, number, school, uai, seen, saved, run_day;
	bool none, last;
	i64 proposed, free;
	struct result_schools schools;
	struct result_lines lines;
	struct options acts;
	struct pager pager;
};

struct waiting_line { str public_id, name, school, rank, points, since, tick; };
struct waiting_page {
	const struct form *form;
	str path, title, csv, total, saved, seen;
	bool none;
	struct waiting_line *v; size_t n;
	struct options waves;
	struct pager pager;
};

#endif

/* What the files of this folder share. */
#ifndef GABARE_MATCHING_PAGES_H
#define GABARE_MATCHING_PAGES_H

#include "base/timex.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "matching/matching.h"
#include "matching/matching_sql.h"
#include "matching/needs.h"
#include "stock/stock.h"

#define MATCH_ROUTE "/agent/campagnes/:campagne/attribution/:vague/appareils"
#define PROPOSAL_ROUTE MATCH_ROUTE "/proposition"
#define WISH_ROUTE "/agent/campagnes/:campagne/dossiers/:dossier/appareil"
#define LINES_A_PAGE 15
#define LINES_A_SHEET 40
#define LINES_OF_FILE 20000

handler_fn matching_show, matching_post, proposal_show, proposal_post, proposal_csv, proposal_sheet, wish_form, wish_post;
/* Of ":campagne" and ":vague": who runs the programmes of its organisation. */
scope_fn scope_matching;
extern const struct choice match_kind_choices[], match_grade_choices[];

/* ---- a wave's proposals ---- */

struct matching { struct campaign c; struct wave w; struct match_wave_row now; struct match_proposal_row_list proposals; str path, title; };
must_use enum err matching_of(struct req *req, struct matching *ret);

/* What somebody does to a wave's matching, from the version that they saw. */
struct match_doing { i64 wave_id, version, proposal_id; struct stock_doer who; };
/* Each in a transaction. CONFLICT: somebody was there first, or the proposal is not what can be decided of any more. */
must_use enum err match_begin(struct db *db, const struct match_doing *d);
must_use enum err match_accept(struct db *db, const struct match_doing *d);
must_use enum err match_undo(struct db *db, const struct match_doing *d);
/* Before it is accepted, after match_begin: reason of match_out_reasons and no device, another device (INVALID: it is not free, or is another file's
 * here), or neither: as it was proposed. */
struct match_changing { i64 file_id, device_id; str reason; };
must_use enum err match_change(struct db *db, const struct match_doing *d, const struct match_changing *c);
/* The next batch of what an act of somebody leads to. NOT_FOUND: nothing is left to do. In a transaction. */
must_use enum err match_follow(struct db *db);
/* Makes and writes the proposal that is waited for in that wave. */
must_use enum err match_propose(struct db *db, const struct match_due_row *due);

/* The proposal of ?numero=, or the last; its lines that are asked for. */
struct proposing_page { struct matching m; const struct match_proposal_row *p; bool last; str uai, what; };
must_use enum err proposal_of(struct req *req, struct proposing_page *ret);
must_use enum err proposal_page_show(struct req *req, const struct proposing_page *x);
/* The address of these lines: their school, or what they have in common. */
str proposal_path(struct arena *a, const struct proposing_page *x, str uai, str what, i64 page);

/* ---- what pages hold ---- */

struct free_line { str kind; str n[3], all; };
struct free_lines { struct free_line *v; size_t n; };
struct proposal_line { str path, title, said; };
struct proposal_lines { struct proposal_line *v; size_t n; };
struct matching_page {
	const struct form *form;
	str path, award_path, title, version, needs, kept, asked, proposal;
	i64 n_needs, n_missing;
	bool saved, waiting, failed, open;
	struct free_lines free;
	struct proposal_lines proposals;
};

struct proposal_school { str name, open, files, given, short_of, kept; };
struct proposal_schools { struct proposal_school *v; size_t n; };
struct pair_line { str public_id, name, file, label, device, need, why, said; };
struct pair_lines { struct pair_line *v; size_t n; };
struct proposal_page {
	const struct form *form;
	str path, title, number, day, version, digest, uai, what, school, csv, sheet, all, without, unfit, refused, said;
	i64 n_given, n_without, n_unfit, n_refused, n_kept;
	bool saved, can_accept, can_undo, none, busy, listed;
	struct proposal_schools schools;
	struct pair_lines lines;
	struct options acts;
	struct pager pager;
};
struct sheet_page { str path, title, school, day; struct pair_lines lines; struct pager pager; };

struct wish_page {
	const struct form *form;
	str path, file_path, public_id, name, version, wave, kept, said;
	bool saved;
};

#endif

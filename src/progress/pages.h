/* What the files of this folder share. */
#ifndef GABARE_PROGRESS_PAGES_H
#define GABARE_PROGRESS_PAGES_H

#include "html/widgets.h"
#include "http/fields.h"
#include "progress/chart.h"
#include "progress/counts.h"
#include "progress/progress.h"

#define STATE_ROUTE "/agent/campagnes/:campagne/etat"
#define SCHOOLS_ON_PAPER 6                       /* beyond, the printed sheet has the waves alone: it stays one */
#define SCHOOLS_SHOWN 24                         /* of a page; all are in the files */

handler_fn state_show, state_publish, state_csv, trend_csv, state_xlsx, public_campaigns, public_campaign, public_csv, public_json;
/* Of ":campagne": the officers of its organisation, and who administers; the former alone. */
scope_fn scope_state, scope_state_officer;

/* The campaign, and the state that "jour" and "vague" ask for. */
must_use enum err state_asked(struct req *req, bool weekly, struct campaign *ret_campaign, struct progress *ret);

/* id 0: nobody ever said that its figures are public, or not. */
struct publication { i64 id, at; bool published; };
must_use enum err publication_of(struct db *db, i64 campaign_id, struct publication *ret);
struct date last_full_month_end(struct date today);
/* What was published, month after month; figures: as in figures.h. NOT_FOUND: its figures are not public. */
struct public_figures { struct waves waves; str *months; size_t n_months; const i64 *figures; };
must_use enum err public_figures_of(struct db *db, const struct campaign *c, struct public_figures *ret);

struct public_line { i64 id; str name, organisation, year, words; };
struct public_lines { struct public_line *v; size_t n; };
struct public_row { str label, title, planned, handed; };
struct public_rows { struct public_row *v; size_t n; };
struct public_page { i64 id; str name, purpose, organisation, day, big; struct public_rows waves, months; };

struct cells { str v[L_COUNT], ended; };         /* ended: empty when there are none */
/* A wave, or the total; one of its schools: no target. */
struct state_line { str label, target; struct cells n; bool late; };
struct state_lines { struct state_line *v; size_t n; };
struct trend_line { str day, signed_charters, handed, planned; };
struct trend_lines { struct trend_line *v; size_t n; };
struct late_line { str words, path; };
struct late_lines { struct late_line *v; size_t n; };
struct state_page {
	const struct form *form;
	i64 campaign;
	str name, day, iso, query;               /* query: what follows "?" for the same state; may be empty */
	str big, compared, pace;
	struct options waves;
	struct state_lines rows;
	struct state_line sum;
	struct trend_lines trend;
	struct late_lines late;
	const struct chart *chart;
	str step;                                /* "toutes les deux semaines" */
	bool past, planned, more, paper;         /* past: not as of today; more: schools are left out; paper: schools fit on a printed sheet */
	bool may, saved;                         /* may: publish */
	struct publication publication;
	str version, since;
};

#endif

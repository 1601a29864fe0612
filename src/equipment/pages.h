/* What the files of this folder share. */
#ifndef GABARE_EQUIPMENT_PAGES_H
#define GABARE_EQUIPMENT_PAGES_H

#include "equipment/campaign_sql.h"
#include "equipment/equipment.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "schools/schools.h"

#define CAMPAIGNS_MOST 100
#define PASTS_MOST 60
#define CHOICES_MOST 120                         /* schools to tick on one page */

handler_fn campaigns_index, campaign_new_form, campaign_new_post, campaign_show, campaign_edit_form, campaign_edit_post, rules_form, rules_save, calendar_show,
	pasts_index, pasts_restore, wave_new_form, wave_new_post, wave_show, wave_post, wave_schools_form, wave_schools_post, own_school_show;
/* Of ":campagne": read by the officers of its organisation and by who administers; changed by those officers alone. */
scope_fn scope_campaign, scope_campaign_officer, scope_officer, scope_own_school;

extern const struct choice named_choices[];
extern const char *const campaign_field_names[C_FIELDS], *const wave_field_names[W_FIELDS];      /* those of the forms too (fields.c) */
str campaign_label(const struct view *v, const char *field);

/* "Ville : 400". False: no such line. */
struct funder { str name; i64 devices; };
bool funder_of(str line, struct funder *ret);
struct wave_school { str uai, association, why; };
struct wave_school wave_school_of(str line);
i64 wave_schools_count(const struct wave *w);
/* What a field says, in words. */
str campaign_words(const struct view *v, const char *field, str value);

/* A day as typed: "15/02/2027", "2027-02-15", or a month, "02/2027", whose first or last day is meant. Empty stays empty. False: no day. */
bool day_of(struct arena *a, str typed, bool last, str *ret_iso);
str day_typed(struct arena *a, str iso);
/* "février 2027", "du 3 mars 2027 au 15 mars 2027"; empty when nothing is known. */
str period_words(const struct view *v, str from, str to);

/* ---- the state of a campaign ---- */

struct strings { str *v; size_t n; };
/* What is to be looked at: sums that differ, dates out of order, waves without schools, what is late. */
void campaign_checks(const struct view *v, const struct campaign *c, const struct waves *waves, str today, struct strings *ret);

struct campaign_line { i64 id; str name, organisation, state, when; i64 target; };
struct campaign_lines { struct campaign_line *v; size_t n; bool officer; };
struct wave_line { i64 id, number; str title, when, quantity, late; i64 schools; const struct wave_counts *counts; };
struct link_line { str path, label; };
struct link_lines { struct link_line *v; size_t n; };
struct campaign_page {
	const struct form *form;
	struct campaign c;
	bool may, counted, saved;
	struct link_lines links;
	str state, when, target;
	struct wave_line *v; size_t n;
	str planned;                             /* the sum of the waves */
	struct wave_counts sum;
	struct strings checks, rules, funders;
};
struct campaign_form { const struct form *form; i64 id; str version; struct options organisations; str organisation; };

struct rule_set { str day; struct strings lines; };
struct rule_sets { struct rule_set *v; size_t n; };
struct rules_page { const struct form *form; i64 id; str name, version; struct rule_sets sets; };
/* The sets of rules of a campaign in words, the oldest first; and the one that holds on a day. */
must_use enum err rule_sets_of(struct req *req, const struct campaign *c, struct rule_sets *ret);
const struct rule_set *rules_on(const struct rule_sets *sets, str day);

struct wave_school_line { str uai, name, where, association, why; bool chosen; };
struct wave_school_lines { struct wave_school_line *v; size_t n; };
struct calendar_wave { struct wave_line line; struct wave_school_lines schools; };
struct calendar { const struct campaign_page *page; struct calendar_wave *v; size_t n; str today; };
struct district_box { str code, name; bool chosen; };
struct district_boxes { struct district_box *v; size_t n; };
struct wave_page {
	const struct form *form;
	i64 campaign, id, number;
	str campaign_name, version, organisation;
	bool may, done, saved;
	struct district_boxes districts;
	struct wave_school_lines schools;
};
struct school_box { str uai, name, where, elsewhere; bool chosen; };
struct school_boxes_page {
	const struct form *form;
	i64 campaign, id, number;
	str version, shown;                      /* shown: their codes, with spaces between */
	struct school_box *v; size_t n;
	struct district_boxes districts;         /* for the filter */
	bool adults;                             /* no network of schools */
	bool more, twice;                        /* more answer than are shown; some are in another wave */
};

struct campaign_past_shown { i64 id; str at, what, label, before, after, who; bool can; };
struct pasts_page { const struct form *form; i64 id; str name; struct campaign_past_shown *v; size_t n; bool may, saved; };

struct own_wave { str campaign, organisation, purpose, when, association; i64 number; bool done; };
struct own_waves { struct own_wave *v; size_t n; };
struct own_school { str uai, name; struct own_waves waves; struct own_lines lines; };
struct own_schools { struct own_school *v; size_t n; };

#endif

/* Equipment: campaigns that give devices to people, and their waves. A campaign is data: whom it is for, how many, when, in which schools.
 * Money is not here but in the ledger. */
#ifndef GABARE_EQUIPMENT_H
#define GABARE_EQUIPMENT_H

#include "db/db.h"
#include "html/view.h"
#include "http/form.h"
#include "http/route.h"

extern const struct route equipment_routes[];

/* A campaign and a wave as texts, field by field: what changes is compared, told and taken back so. */
enum campaign_field { C_NAME, C_YEAR, C_PURPOSE, C_TARGET, C_BUDGET, C_FUNDERS /* lines "name : devices" */, C_FROM, C_TO /* ISO days, or empty */, C_STATE,
	C_RULES /* lines "day|kind|value" */, C_NAMED /* "child": a family, for a child; "adult": a person of age */,
	C_ASKS /* facts asked for the rule: codes with spaces between */, C_FIELDS };
struct campaign { i64 id, organisation_id, version; str organisation, f[C_FIELDS]; };
enum wave_field { W_TITLE, W_QUANTITY, W_FROM, W_TO, W_DISTRICTS /* codes */, W_SCHOOLS /* lines "uai|association|why" */, W_DONE /* a day */,
	W_REMOVED /* "1" */, W_FIELDS };
struct wave { i64 id, campaign_id, number, version; str f[W_FIELDS]; };
struct waves { struct wave *v; size_t n; };

/* NOT_FOUND: there is none. */
must_use enum err campaign_get(struct db *db, i64 id, struct campaign *ret);
must_use enum err wave_get(struct db *db, i64 id, struct wave *ret);
/* Those that were not removed, by number. */
must_use enum err waves_of(struct db *db, i64 campaign_id, struct waves *ret);

/* In a transaction, with their history and a line of the audit log. A new one has id 0 and gets one (a wave, the next number too).
 * CONFLICT: somebody has changed it since the version it bears; nothing was written. */
must_use enum err campaign_save(struct db *db, struct campaign *c, i64 user_id);
must_use enum err wave_save(struct db *db, struct wave *w, i64 organisation_id, i64 user_id);

/* Whether the session runs the programmes of its organisation. */
bool campaign_may_change(const struct req *req, const struct campaign *c);
/* Whether its people are named for themselves, of age, and not for a child and a class. */
bool campaign_of_adults(const struct campaign *c);
/* Facts that a campaign may ask (codes of src/allocation/params.h, and msgids): ends with a value NULL. src/awarding/facts.c says which. */
extern const struct choice campaign_asks[];
/* What pages of a campaign of adults say instead of the words for families and schools (said.c): for view.h's `said`. It ends with what a person
 * reads of herself (family.c). */
extern const struct said campaign_said_of_adults[], campaign_said_to_adults[];
/* The words of a campaign whose C_NAMED is this: for view.h's `said`. */
const struct said *campaign_said(str named);
/* The campaign of ":campagne"; from here on the page speaks of its people as it does. */
must_use enum err campaign_of(struct req *req, struct campaign *ret);
/* And the wave of ":vague". NOT_FOUND: it is of another, or was removed. */
must_use enum err wave_of(struct req *req, struct campaign *ret_campaign, struct wave *ret);

/* ---- what other modules tell of a campaign's waves ---- */

/* Files of families, by how far they have come: each count holds those that have gone further. */
struct wave_counts { i64 wave_id, identified, eligible, signed_charters, handed_over; };
struct wave_counts_list { struct wave_counts *v; size_t n; };
/* The counts of a campaign's waves, in db_arena; a wave that is not told of has none. */
typedef enum err wave_counts_fn(struct db *db, i64 campaign_id, struct wave_counts_list *ret);
/* Who keeps the files (src/app/routes.c says who); NULL: nobody, and pages show no such column. */
extern wave_counts_fn *wave_counts_source;

/* Pages of other modules on a campaign, for who runs it: what follows its address, and their name (a msgid). */
struct campaign_link { const char *path, *label; };
extern const struct campaign_link campaign_links[];      /* ends with NULL: links.c */

/* What other modules tell a school on its own page, under its waves, in words: counts, and never a family's name. */
struct own_lines { str *v; size_t n; };
#define OWN_LINES_MOST 8
typedef enum err own_school_fn(struct req *req, i64 school_id, struct own_lines *ret);
extern own_school_fn *const own_school_lines[];          /* ends with NULL: src/app/routes.c */

/* The demonstration's campaign, in the organisation of that name. In a transaction; again: changes nothing. */
must_use enum err equipment_demo_load(struct db *db, str organisation);

#endif

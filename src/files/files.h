/* Files of families in a campaign of equipment: who named them, how far they have come, what is to be done. The households are those of
 * src/people, and belong to the organisation that runs the campaign, even when a school named them: a school sees what it wrote and a
 * word on where it stands, nothing else. */
#ifndef GABARE_FILES_H
#define GABARE_FILES_H

#include "equipment/equipment.h"
#include "files/steps.h"
#include "http/seal.h"
#include "people/people.h"

extern const struct route files_routes[];

struct file { i64 id, campaign_id, household_id, root, wave_id, version; str public_id, since, reason; enum file_state state; };
/* By our id; by what addresses bear, in a campaign: NOT_FOUND also when its household was erased or belongs to another organisation. */
must_use enum err file_get(struct db *db, i64 id, struct file *ret);
must_use enum err files_get(struct db *db, const i64 *ids, size_t n, struct file *ret);      /* in that order */
must_use enum err file_of(struct req *req, const struct campaign *c, str public_id, struct file *ret);
/* One that was opened by mistake goes: it is no more counted nor listed, and its last step says `reason` (FR_NAMED). CONFLICT: it has moved on. In a
 * transaction. */
must_use enum err file_unopen(struct db *db, const struct file *f, str reason, i64 user_id);
/* The live file of a household (its root) in a campaign. NOT_FOUND: it has none. */
must_use enum err file_of_family(struct db *db, i64 campaign_id, i64 root, struct file *ret);
/* All those of a household, of all campaigns, but those joined to another. */
struct family_files { struct file *v; str *campaigns; const struct said **said; size_t n; };
must_use enum err files_of_family(struct db *db, i64 root, struct family_files *ret);
/* Those that were joined to another too: what is held of them is the family's. */
must_use enum err files_ever_of_family(struct db *db, i64 root, struct family_files *ret);
/* From here on the page speaks of that one in the words of its campaign. The page that shows several sets them back. */
void files_speak_of(struct req *req, const struct family_files *files, size_t i);
/* Of ":campagne", and of ":dossier" when there is one: who follows families in its organisation; who runs its programmes. */
scope_fn scope_files, scope_files_officer;
/* The label of a state, of its code. */
str state_label(const struct view *v, str code);
/* Who the session is for the table of steps. */
enum file_who file_who_of(const struct req *req, const struct campaign *c);

/* ---- steps, by the modules that make them ---- */

/* Who does it, in the name of which organisation. */
struct file_doer { i64 user_id, organisation_id; };
/* Moves the file, writes it down, and holds the household's file for as long as a loan asks (files_hold). `day`: ISO, when it happened. In a
 * transaction. CONFLICT: the file has changed since it was read; INVALID: the table of steps has no such step, or not for that reason. */
must_use enum err file_step_make(struct db *db, const struct file *f, enum file_state to, str day, str reason, const struct file_doer *who);
/* The same step of several, each of another family, in a few statements however many: all of them or, on an error, none. */
must_use enum err files_step_make(struct db *db, const struct file *v, size_t n, enum file_state to, str day, str reason, const struct file_doer *who);
/* Takes the last step back, when it is the one that led to `made`: a module undoes what it did. As above; INVALID: another step came since. */
must_use enum err file_step_undo(struct db *db, const struct file *f, enum file_state made, str reason, const struct file_doer *who);

/* The families go on in another wave of their campaign. In a transaction. CONFLICT: a file has changed since it was read. */
must_use enum err files_carry(struct db *db, const struct file *v, size_t n, i64 wave_id, const struct file_doer *who);

/* ---- what other modules show of a file, on its page ---- */

struct panel_link { str path, label; };
struct panel_lines { str *v; size_t n; };
struct panel_links { struct panel_link *v; size_t n; };
struct file_panel { str title; struct panel_lines lines; struct panel_links links; };      /* of file_panel_line and file_panel_link alone */
/* At most eight of each: more is left out. */
void file_panel_line(struct file_panel *p, str line);
void file_panel_link(struct file_panel *p, str path, str label);
/* Of a file that the session may see. No line and no link: nothing is shown. */
typedef enum err file_panel_fn(struct req *req, const struct campaign *c, const struct file *f, struct file_panel *ret);
extern file_panel_fn *const file_panels[];       /* ends with NULL: src/app/routes.c */

/* What other modules let go of when a file moves, in the same transaction; `f` as it was before. */
typedef enum err file_moved_fn(struct db *db, const struct file *f, enum file_state to, const struct file_doer *who);
extern file_moved_fn *const file_moves_told[];   /* ends with NULL: src/app/routes.c */

/* For equipment.h's wave_counts_source. */
wave_counts_fn files_wave_counts;

/* What files say of a household, for people.h's held_elsewhere. */
held_fn files_held;
/* Which schools named it, for people.h's schools_told. */
recipients_fn files_told;
/* Where a family's demand stands and what comes next, for its own page. */
family_panel_fn files_family;

/* The schools of src/schools, for people.h's known_schools. */
extern const struct school_knower files_schools;

/* Some thirty invented families over the waves of the demonstration's campaign. Again: changes nothing. */
must_use enum err files_demo_load(struct db *db, const struct vault_asker *vault);

#include "files/naming.h"

#endif

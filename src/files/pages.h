/* What the files of this folder share. */
#ifndef GABARE_FILES_PAGES_H
#define GABARE_FILES_PAGES_H

#include "base/timex.h"
#include "files/files.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "people/people.h"
#include "schools/schools.h"

#define FILES_ROUTE "/agent/campagnes/:campagne/dossiers"
#define FILE_ROUTE FILES_ROUTE "/:dossier"
#define SCHOOL_ROUTE "/agent/ecole/:ecole/familles"
#define FILES_A_PAGE 14                          /* as many as a page of agents has elements for */
#define CALLS_MOST 40
#define NAMED_SHOWN 50
#define ALIKE_SHOWN 8

handler_fn files_index, files_batch, file_name_form, file_name_post, file_show, file_post, calls_show, files_csv, files_names_csv, campaigns_of_families,
	school_named_index, school_name_form, school_name_post, school_unname_post;

struct file file_of_row(const struct family_file_row *r);
/* What happened, in words. */
/* A step of the path as the family reads it: "Votre famille a été proposée". */
str file_event_plain(const struct view *v, const struct file_event_row *e);
/* The label of a state; of one that a list opened and that went with it (state "joined", for a reason): that it was withdrawn. */
str file_state_shown(const struct view *v, str code, str reason);
str file_event_words(const struct view *v, const struct file_event_row *e);

/* The last step that was not taken back; false: none. */
bool file_last_step(struct arena *a, const struct file_event_row_list *events, struct file_event_row *ret);
/* Takes it back. In a transaction; as above. */
must_use enum err file_step_back(struct db *db, const struct file *f, const struct file_event_row *last, str reason, const struct file_doer *who);
must_use enum err file_call_note(struct db *db, const struct file *f, bool reached, const struct file_doer *who);
/* The last thing that happened is a call of today: it may be taken out, as noted by mistake. */
bool file_call_to_undo(const struct file_event_row_list *events);
/* Takes it out: it counts no more, and the history says so. In a transaction. CONFLICT as above. */
must_use enum err file_call_undo(struct db *db, const struct file *f, const struct file_doer *who);
/* Calls without answer since anybody was last talked with. */
i64 file_calls_silent(const struct file_event_row_list *events);
/* `other` is the same family: its children are named in `f` from now on. In a transaction. */
must_use enum err file_join(struct db *db, const struct file *f, const struct file *other, const struct file_doer *who);

/* ---- naming ---- */

struct place_option { str value, label; bool chosen; };
struct place_options { struct place_option *v; size_t n; };
struct alike_line { str value, name, about; bool chosen, file; };         /* file: value is a file's id, not a household's */
struct alike_lines { struct alike_line *v; size_t n; };
struct name_page { const struct form *form; str path, back, title, meeting; bool by_school, adults; struct place_options places; struct alike_lines alike; };

struct named_line { i64 id; str name, class_, day, state; bool may_drop; };
struct named_page { const struct form *form; str uai, school, saved; bool may; struct named_line *v; size_t n; struct pager pager; };

/* ---- lists ---- */

struct file_line { str public_id, name, school, class_, district, state, days, contact, todo, tick; bool late; };
struct file_lines { struct file_line *v; size_t n; };
struct batch_line { str public_id, name, what, tick; bool can; };
struct batch_lines { struct batch_line *v; size_t n; };
struct list_option { str value, label; bool chosen; };
struct list_options { struct list_option *v; size_t n; };
struct files_page {
	const struct form *form;
	i64 campaign;
	str name, csv, names_csv, total, invite;
	bool officer, saved, filtered, adults;
	struct list_options states, schools, waves;
	struct file_lines lines;
	struct pager pager;
};
struct batch_page { const struct form *form; i64 campaign; str name, act, act_words; struct batch_lines lines; size_t can; };
struct call_line { str public_id, name, phone, school, state, since, calls; };
struct calls_page { i64 campaign; str name, today; struct call_line *v; size_t n; bool no_phone; };
/* The filters of a list. */
struct file_filter { i64 campaign_id, school_id, wave_id; str state, late; };
must_use enum err file_filter_of(struct req *req, const struct campaign *c, struct file_filter *ret);

struct family_campaign { i64 id; str name, organisation; };
struct family_campaigns { struct family_campaign *v; size_t n; };

/* ---- one ---- */

struct step_option { str value, label; };
struct step_options { struct step_option *v; size_t n; };
struct event_line { str day, what, who; };
struct event_lines { struct event_line *v; size_t n; };
struct child_line { str name, school, class_, by, day; };
struct child_lines { struct child_line *v; size_t n; };
struct file_panels { struct file_panel *v; size_t n; };
struct file_page {
	const struct form *form;
	struct file_panels panels;
	i64 campaign;
	str campaign_name, path, public_id, name, household, phone, state, since, reason, todo, version, today, saved, wave, back_to;
	bool contest, ended, same_day, call_to_undo;
	html uninformed;
	struct step_options steps, backs;
	struct event_lines events;
	struct child_lines children;
	struct alike_lines alike;
};

#endif

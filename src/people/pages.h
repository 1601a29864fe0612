/* What the pages of this folder show, for their templates; and the handlers. */
#ifndef GABARE_PEOPLE_PAGES_H
#define GABARE_PEOPLE_PAGES_H

#include "html/format.h"
#include "html/layout.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "people/family.h"
#include "people/find.h"
#include "people/registry.h"

#define PEOPLE_ROUTE "/agent/foyers"
#define HOUSEHOLD_ROUTE "/agent/foyers/:foyer"
#define NOTES_SHOWN 50
#define PARTNERS_MOST 200
#define SCHOOLS_PROPOSED 120                     /* while one types: a page of agents has 350 elements at most */

handler_fn people_index, people_search, household_new_form, household_new_post, notice_show;
handler_fn household_show, household_act, household_edit_form, household_edit_post, person_new_form, person_new_post, person_edit_form, person_edit_post;
handler_fn visit_form, visit_scan, visit_post, visit_show, visit_leave,
	visit_seen, visit_access, visit_access_post, visit_access_json, visit_access_pdf, card_show, card_post;
handler_fn twins_show, twins_post;
handler_fn share_show, share_post, seen_show, erase_form, erase_post, access_show, access_json, access_post, access_pdf, registry_show, registry_csv;

extern const struct choice channel_choices[], origin_choices[], share_reasons[], share_days[], ground_choices[];
/* "/agent/foyers/K7QM-2RXD-9HTA" and what follows. */
str household_path(struct arena *a, const struct household *h, const char *rest);
/* "29/11/2026", of a moment. */
str people_day(const struct view *v, i64 ms);

/* Whether the family can be told, in words, why it was seen: what no page says is not written down. */
bool sight_is_told(const char *why);
/* A line of the log, as audit_write takes it. */
struct audit;
struct audit household_line(const struct req *req, const struct household *h, i64 organisation, const char *action, str detail);
/* What is known of a person but for the name: "1987, arabe, à joindre par téléphone". */
str person_about(const struct view *v, const struct person *p);
/* The household of the path, opened, seen for `why`, which is written down. */
must_use enum err household_shown(struct req *req, const char *why, struct household *ret, i64 *ret_organisation);

/* ---- finding ---- */

struct household_line { const struct household *h; str name, children, contact; };
struct household_lines { struct household_line *v; size_t n; };
/* How households are listed. */
void put_lines(const struct view *v, const struct households *all, struct household_lines *ret);
struct people_page { const struct form *form; bool asked, more; struct household_lines lines; };

/* ---- a new one ---- */

struct partner { i64 id; str name; bool chosen; };
struct partners { struct partner *v; size_t n; };
struct new_page { const struct form *form; struct household_lines alike; struct partners organisations; struct known_schools schools; };

/* ---- one ---- */

struct person_line { const struct person *p; str name, about; };
struct note_line { str day, who, text; };
struct person_lines { struct person_line *v; size_t n; };
struct note_lines { struct note_line *v; size_t n; };
struct show_page {
	const struct form *form;
	const struct household *h;
	str name, path, saved, opened, contact, noticed, organisation;
	struct person_lines persons;
	struct note_lines notes;
	bool warned;                             /* the note must be read again, or confirmed */
};
/* before: what was there before the last change, in words; absent when nothing was changed. */
struct edit_page_of { const struct form *form; const struct household *h; str name, path, before, before_day; };
struct person_page { const struct form *form; const struct household *h; str name, path, action, title, before, before_day; bool child, fresh;
	struct known_schools schools; };

/* ---- shares, views, erasing ---- */

struct share_line { i64 id; str with, why, from, until, state; bool open; };
struct share_page { const struct form *form; const struct household *h; str name, path; struct share_line *v; size_t n; struct partners partners; };
struct seen_line { str at, who, where, what; };
struct seen_page { const struct household *h; str name, path; struct seen_line *v; size_t n; struct pager pager; };
struct erase_page { const struct form *form; const struct household *h; str name, path; struct person_lines persons; };

/* "Andrea, ville : a lu le dossier"; "Vous avez ouvert votre dossier" */
str seen_line_words(const struct view *v, const struct seen_line *l);
/* All that was done to a household, the latest first, in words: to agents, or to the family itself (own). What one person did for one reason
 * on one day is one line. */
must_use enum err household_doings(struct req *req, const struct household *h, bool own, struct seen_page *page);
/* Leaves the lines of the page that was asked for (form field "page"), and says where the others are: `path` with their number. */
void seen_cut(struct req *req, struct seen_page *page, i64 size, str path);

/* ---- the same family twice ---- */

struct twin_line { const struct household *h; str name, about, reasons; };
struct merged_line { str public_id, name; };
struct merged_lines { struct merged_line *v; size_t n; };
struct twins_page { const struct form *form; str name, path; struct twin_line *v; size_t n; struct merged_lines merged; };

/* ---- the access file ---- */

#define ACCESS_LINES 12
#define ACCESS_SECTIONS 6
struct access_fact { str label, value; bool french; };
struct access_part { struct arena *a; const char *key; str title; struct access_fact *v; size_t n; };
struct access_parts { struct access_part *v; size_t n; };
struct access_lines { str *v; size_t n; };
/* What is known; why; who may see it; who saw it; until when; what can be asked: sentences, a page to read on, and parts with facts. */
struct access_section { const char *key; str title; struct access_lines lines; struct family_link link; struct access_parts parts; };
struct access_sections { struct access_section *v; size_t n; };
/* made, waits, failed: the day on which the document was asked for, by how far it is; else empty. */
struct access_page { const struct household *h; str name, path, day, owner, made, waits, failed; i64 organisation; struct access_lines words;
	struct access_sections sections; struct options langs; };

/* ---- the household's own page, and its card ---- */

struct visit_page { const struct household *h; str organisation, contact; struct person_lines persons; struct family_panels panels; };
struct card_page { const struct household *h; str name, path, code, where; html qr; bool openable; };     /* openable: something goes with the code */

/* ---- the registry ---- */

struct registry_never_line { const char *what, *instead; };
struct registry_nevers { struct registry_never_line *v; size_t n; };
struct registry_page { const struct registry_line *v; size_t n; struct registry_nevers never; };

#endif

/* What the files of this folder share. */
#ifndef GABARE_LISTS_PAGES_H
#define GABARE_LISTS_PAGES_H

#include "base/timex.h"
#include "files/files.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "lists/columns.h"
#include "lists/kept.h"
#include "lists/lists.h"
#include "schools/schools.h"

#define LIST_ROWS_MOST 3000
#define LIST_CELL_MAX 300                        /* bytes of one */
#define LIST_FILE_MAX ((size_t)2 << 20)
#define LIKES_MOST 4                             /* of a row */

/* ---- what a file says ---- */

/* The child's work (child_fn), and its rows in the parent. INVALID: *ret_fault says why in French. */
must_use enum err list_read(str content, struct arena *a, struct list_rows *ret, str *ret_fault);

enum list_reason { LR_NONE, LR_NO_PARENT, LR_NO_CHILD, LR_NO_CLASS, LR_WHICH_CLASS, LR_CLASS, LR_NO_SCHOOL, LR_SCHOOL, LR_NOT_IN_WAVE, LR_LATIN, LR_FORMULA,
	LR_ALONE, LR_PHONE, LR_COUNT };
struct list_reason_words { const char *code, *what, *mend; };      /* msgids; LR_PHONE: the row is taken without it */
extern const struct list_reason_words list_reasons[LR_COUNT];
enum list_reason list_reason_of(str code);

/* A row as a family, or why it is none. */
struct list_entry {
	i64 number;
	enum list_reason reason;
	size_t position;                         /* of the column that is wrong, from 1; 0: none */
	str given, family, phone, mail, address, language, child, class_, school;   /* school: as written */
	bool named;                              /* somebody is named: a child, or a person of age */
	i64 birth_year;
	struct file_place_row place;             /* once the school is known */
};
/* Reads all of them: what a merged cell covered is filled from above. A row whose cells were erased is NONE with an empty child. */
void list_entries(struct arena *a, const struct list_columns *c, const struct list_rows *rows, struct list_entry *ret);

/* The places where its families can be named: of its campaign, or of its school in it. */
must_use enum err list_places(struct db *db, const struct list_line *l, struct file_place_row_list *ret);
/* Finds each entry's school; `unknown` are the spellings that somebody has to recognise, lines "text|likeliest uai". */
must_use enum err list_find_schools(struct db *db, const struct list_line *l, struct list_entry *v, size_t n, str *ret_unknown);

/* ---- steps ---- */

struct list_step { struct db *db; const struct vault_asker *vault; struct arena *a; struct list_line l; str fault; };
must_use enum err list_look(struct list_step *s);
must_use enum err list_check(struct list_step *s);
must_use enum err list_apply(struct list_step *s);
must_use enum err list_undo(struct list_step *s);
/* Says how far it is. CONFLICT: somebody has stopped it. */
must_use enum err list_progress(struct list_step *s, i64 done);
/* All rows of it with their cells, opened. */
must_use enum err list_load(struct list_step *s, struct list_row_line_list *ret_lines, struct list_rows *ret_rows, struct list_columns *ret_columns);

/* ---- pages ---- */

scope_fn scope_list, scope_list_school;
handler_fn lists_index, lists_upload, list_show, list_act, list_columns_page, list_columns_post, list_schools_page, list_schools_post, list_review,
	list_review_post, list_rejects, list_template;

/* The list of the address, and where its pages are: "/agent/campagnes/1/listes/2". */
struct list_at { struct list_line l; str path, index; bool by_school; };
must_use enum err list_of(struct req *req, struct list_at *ret);
/* It is not at that stage: its page says where it is. Always MOVED, for the handler to return. */
must_use enum err list_elsewhere(struct req *req, const struct list_at *at);
/* Where the lists are: of a campaign, or of a school. */
str lists_path(const struct req *req);
bool lists_by_school(const struct req *req);

struct list_choice { str value, label; bool chosen; };
struct list_choices { struct list_choice *v; size_t n; };
struct list_words { str *v; size_t n; };
struct list_index_line { str path, source, day, state, waiting; };
struct lists_page {
	const struct form *form;
	str path, title, back, back_label, school;
	bool by_school, may;
	struct list_choices campaigns;
	struct list_words sources;
	struct list_index_line *v; size_t n;
	struct pager pager;
};

struct list_fact { str label, n, path; };
struct list_show_page {
	const struct list_line *l;
	str path, index, title, rows, day, until, left_out;
	bool by_school, waits, checked, done, undone, failed, stopped, can_take, can_undo, can_erase, rejects;
	struct list_fact *v; size_t n;
};

struct list_column_line { str name, samples, field, never; struct list_choices options; bool birth; };
struct list_columns_view { str path, index, title, fault, rows; bool by_school; struct list_column_line *v; size_t n; };

struct list_school_line { str text, field; struct list_choices options; };
struct list_schools_view { str path, index, title; struct list_school_line *v; size_t n; };

struct review_option { str value, title, about, why; bool chosen; };
struct review_options { struct review_option *v; size_t n; };
struct review_line { str field, number, name, about; struct review_options options; bool other, later; };
struct review_page { str path, index, title, verdict; bool certain, saved; struct review_line *v; size_t n; struct pager pager; };

#endif

/* The pages of uploads, inside. */
#ifndef GABARE_INTAKE_PAGES_H
#define GABARE_INTAKE_PAGES_H

#include "directory/directory.h"
#include "html/widgets.h"
#include "http/form.h"
#include "http/route.h"
#include "intake/intake_sql.h"

/* What a column can be, in words: fields, points, hours of days; the words of the view's language. */
struct meaning { str as, label; };
struct meanings { struct meaning *v; size_t n; };
struct meanings intake_meanings(const struct view *v);
/* That of an `as`; "" for none. */
str intake_label(const struct view *v, str as);
/* What somebody typed: a label, whatever its case and accents, or the field's own name. Absent: neither. */
str intake_as_of(const struct view *v, str typed);

/* What a place cannot do without and no column of the layout gives; *ret_n of them. */
const enum place_field *intake_lacking(struct arena *a, const struct place_layout *l, size_t *ret_n);

/* The upload of the address, its layout and what its file holds. NOT_FOUND: there is none. */
struct upload { struct upload_row row; struct place_layout layout; struct place_survey survey; };
must_use enum err intake_load(struct req *req, struct upload *ret);
/* Leaves it; nothing of it is taken. */
must_use enum err intake_leave(struct req *req, i64 id);
str intake_path(const struct req *req, i64 id);

struct intake_line { str path, source, file, day, state; };
struct intake_words { str *v; size_t n; };
struct intake_index { const struct form *form; struct intake_line *v; size_t n; str today; struct intake_words sources; };
struct intake_column { str name, samples, as, field, fault; size_t at; };      /* at: in the layout */
struct intake_columns { const struct upload_row *row; str path, rows, fault, nothing; bool named;      /* nothing: columns without any cell */
	 struct intake_column *v; size_t n; const struct meanings *meanings; };
struct intake_value { str written, value, field, fault; };
struct intake_group { str column, label, list; struct intake_value *v; size_t n; struct intake_words words; bool first_of_list; };
struct intake_values { const struct upload_row *row; str path, fault; struct intake_group *v; size_t n; };
struct intake_count { str label, n, path; };      /* path: of the places that it counts; absent: none are shown */
struct intake_show {
	const struct upload_row *row;
	str path, state, rows, day;
	struct intake_count *v; size_t n;
	bool waits, checked, done, undone, can_undo, failed;
	i64 told;
};

struct foreseen_change { str label, before, after; };
struct foreseen_place { str id, name, where; struct foreseen_change *v; size_t n; };
struct foreseen_page {
	const struct upload_row *row;
	str path, title;
	bool fresh, vanished, cut;               /* of new places, of those not in the file; there are more than were written down */
	struct foreseen_place *v; size_t n;
	struct pager pager;
};

handler_fn intake_index_page, intake_upload, intake_show_page, intake_act, intake_columns_page, intake_columns_post, intake_values_page, intake_values_post,
	intake_rejects, intake_foreseen_page, intake_foreseen_csv;

#endif

/* What the files of this folder share. */
#ifndef GABARE_WRITING_PAGES_H
#define GABARE_WRITING_PAGES_H

#include "html/format.h"
#include "html/widgets.h"
#include "http/form.h"
#include "http/response.h"
#include "writing/writing.h"

#define WRITING_PAGE 24                          /* lines of a page of the list */

handler_fn writing_index, writing_make, writing_make_post, writing_edit, writing_edit_post, writing_history, writing_restore, writing_out, writing_out_post,
	writing_back, writing_back_post;

extern const struct choice writing_kind_choices[], writing_lang_choices[], writing_filter_choices[];

/* The page of the address. NOT_FOUND: there is none. */
must_use enum err writing_load(struct req *req, struct written *ret);
/* The language that the form names, French when it names none. NOT_FOUND: it names something else. */
must_use enum err writing_lang(struct req *req, enum lang *ret);
/* A change of this page by who asks. */
struct written_change writing_change(const struct req *req, const struct written *w, enum lang l);
/* What it is called: its French title, published or not. */
str writing_title(const struct view *v, const struct written *w);
/* "/agent/ecrits/conseil/arnaques", with more behind */
str writing_path(struct req *req, const struct written *w, const char *more);
/* "/conseils/arnaques" */
str writing_public_path(struct req *req, const struct written *w);
/* The name of a text's language, in the view's. */
str writing_lang_label(const struct view *v, enum lang l);

/* ---- the list ---- */

struct writing_cell { enum lang lang; str state; bool link; };
struct writing_cells { struct writing_cell v[LANG_COUNT]; size_t n; };
struct writing_line { str path, title; bool withdrawn; struct writing_cells cells; };
struct writing_filter { str path, label; bool current; };
struct writing_filters { struct writing_filter *v; size_t n; };
struct writing_index { struct writing_line *v; size_t n; struct writing_filters filters; struct pager pager; bool todo; };

/* The state of a text in words: published, draft, to translate, to look at again. */
str writing_state(const struct view *v, enum lang l, bool published, bool draft, bool stale);

/* ---- one text ---- */

struct writing_link { str path, label, state; bool current; };
struct writing_links { struct writing_link *v; size_t n; };
struct writing_page {
	const struct form *form;
	const struct written *w;
	const struct written_lang *now;
	enum lang lang;
	str path, public_path, title, head, french_id;
	str text, french;                        /* in the field; beside it (absent: it is the French) */
	str other;                               /* what somebody else saved meanwhile; absent */
	str done;                                /* what was just done, in words; empty */
	struct writing_check check;
	bool checked;                            /* the faults are told */
	struct writing_links links;
};

/* ---- its history, and what happens to the whole page ---- */

struct writing_past { i64 id; str day, state, title, who; bool can; str read; };
struct writing_pasts { const struct form *form; struct writing_past *v; size_t n; str path, back, title, label, shown; enum lang lang; bool delivered, can; };
struct writing_life { const struct form *form; str path, title, public_path; bool withdrawn, done; };
struct writing_new { const struct form *form; };

#endif

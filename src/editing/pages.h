/* What the files of this folder share. */
#ifndef GABARE_EDITING_PAGES_H
#define GABARE_EDITING_PAGES_H

#include "directory/directory.h"
#include "html/widgets.h"
#include "http/response.h"
#include "http/route.h"

#define HISTORY_MOST 50
#define OWNED_MOST 200

handler_fn edit_index, edit_show, edit_save, history_index, history_restore;
/* Of ":lieu": a place of an organisation where the capability is held; any place for who holds it for the network. */
scope_fn scope_place;

extern const struct form_spec *const edit_spec;        /* of the fields of a place (routes.c) */
/* The history of a place, which says that it has just been saved. */
str history_path(struct req *req, str public_id);

/* ---- the list ---- */

struct edit_index_page { const struct form *form; struct place_names places; struct pager pager; bool network; };

/* ---- the form (form.c) ---- */

enum edit_kind { EDIT_LINE, EDIT_LINES, EDIT_BOXES, EDIT_YES_NO };
struct edit_field { const char *name; str label; html hint; enum edit_kind kind; };
struct edit_group { str title; struct edit_field *v; size_t n; };
struct edit_groups { struct edit_group *v; size_t n; };
struct edit_page { const struct form *form; str id, name, version; struct edit_groups groups; };

/* The groups of fields, in the order in which one asks. */
struct edit_groups edit_groups(const struct view *v);
/* The form as the place is now. */
struct form *edit_form_of(struct req *req, const struct place *p);
/* What the form says; absent where it was not asked. Values of lists that the form does not offer stay. */
struct place edit_typed(struct req *req, const struct place *now);
/* What a field is called in the form; its schema name when it is not there. */
str edit_label(const struct view *v, enum place_field f);

/* ---- the history ---- */

struct past_line { i64 id; str at, label, before, after, who; bool can; };
struct history_page { bool saved; str id, name; struct past_line *v; size_t n; const struct form *form; };

#endif

/* What the files of this folder share. */
#ifndef GABARE_EDITING_PAGES_H
#define GABARE_EDITING_PAGES_H

#include "directory/directory.h"
#include "editing/place_form.h"
#include "html/widgets.h"
#include "http/response.h"
#include "http/route.h"

#define HISTORY_MOST 50
#define OWNED_MOST 200

handler_fn edit_index, edit_show, edit_save, history_index, history_restore, place_new_form, place_new_post, take_out_form, take_out_post, away_index,
	away_put_back;
/* Of ":lieu": a place of an organisation where the capability is held; any place for who holds it for the network. */
scope_fn scope_place;

/* The history of a place, which says that it has just been saved. */
str history_path(struct req *req, str public_id);

/* ---- the list ---- */

struct edit_index_page { const struct form *form; struct place_names places; struct pager pager; bool network; };

/* ---- the form ---- */

struct edit_page { const struct form *form; str id, name, version; struct edit_groups groups; bool network; };

/* ---- the history ---- */

struct past_line { i64 id; str at, label, before, after, who; bool can; };
struct history_page { bool saved; str id, name; struct past_line *v; size_t n; const struct form *form; };

/* ---- in and out ---- */

#define AWAY_MOST 200

extern const struct choice away_reasons[];       /* why a place goes (routes.c) */

struct take_out_page { const struct form *form; str id, name, version; };
struct away_line {
	str id, name, commune, why, day;
	str kept_code, kept_name;                /* into which it was merged (place_life.h) */
};
struct away_lines { struct away_line *v; size_t n; };
struct away_page { const struct form *form; struct away_lines out, lost; bool done; str kept_code, kept_name, left; /* what an undone merge left */ };

#endif

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

struct draft_line { str code, name, day; };
struct draft_lines { struct draft_line *v; size_t n; };
struct edit_index_page { const struct form *form; struct place_names places; struct pager pager; struct draft_lines drafts; bool network; };

/* ---- the form ---- */

struct edit_page {
	const struct form *form;
	str id, name, version;
	str draft;                               /* the day of the draft that it shows; empty: it shows the place */
	struct edit_groups groups;
	bool network, kept;
};

/* What one has begun to write of a place (drafts.c): the form as typed, the version of the place it began from, the day. */
struct draft { struct form *form; str version, day; };
/* NOT_FOUND: nothing is kept. */
must_use enum err draft_of(struct req *req, i64 place_id, struct draft *ret);
/* Keeps what the request's form says, right or wrong, in the place of what was kept. */
must_use enum err draft_keep(struct req *req, i64 place_id);
/* Forgets it; publishing does too, in its own transaction. */
must_use enum err draft_leave(struct req *req, i64 place_id);
/* One's own, the newest first. */
must_use enum err drafts_list(struct req *req, struct draft_lines *ret);

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

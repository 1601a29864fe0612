/* What the pages of the guide show, for their templates. */
#ifndef GABARE_GUIDE_PAGES_H
#define GABARE_GUIDE_PAGES_H

#include "guide/making.h"
#include "html/format.h"
#include "http/fields.h"
#include "http/route.h"

struct guide_page { const struct guide_file *whole; struct guide_file_list parts; struct date date; };

/* ---- agents ---- */

struct guide_choice { str value, label; bool chosen; };
struct guide_choices { struct guide_choice *v; size_t n; };
struct guide_line { i64 id; str what, when, state; bool on_site; };
struct guide_desk {
	const struct form *form;
	struct guide_choices sources, districts, communes, langs;
	bool codes, sheets, published, withdrawn;        /* withdrawn: it has contacts that were withdrawn since */
	i64 published_id, changed;               /* places that have changed since */
	str on_site;                             /* "fait le 25 novembre 2026 avec l’édition 2026" */
	struct guide_line *v; size_t n;
};
struct guide_booklet_line { str lang, name, pages, kilobytes; };
struct guide_making_page {
	const struct form *form;
	const struct guide_making_row *row;
	str what, fault;
	bool waits, done, failed, stopped, may_publish, on_site, saved, withdrawn;
	i64 changed;
	struct guide_booklet_line *v; size_t n;
};

handler_fn guide_desk_page, guide_desk_post, guide_making_show, guide_making_act, guide_making_file;

/* Sends a stored file. */
must_use enum err guide_send(struct req *req, i64 making, str lang, str code, bool attached);

#endif

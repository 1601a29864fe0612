/* All the charters of a school and a wave in one document, for an evening of signatures: a sheet to sign with, then each charter on a sheet of its
 * own. Asked for on a page, drawn by the jobs process, kept a day. */
#ifndef GABARE_CHARTER_BUNDLE_H
#define GABARE_CHARTER_BUNDLE_H

#include "charter/bulk.h"
#include "charter/bundle_sql.h"
#include "pdf/pdf.h"

#define BUNDLE_MOST 120                          /* charters in one document */
#define BUNDLE_ALL "toutes"                       /* in the address that a code bears: schools, waves */
#define BUNDLE_KEPT_MS ((i64)24 * 3600 * 1000)

/* ---- drawn (draw.c, bundle_sheet.c) ---- */

/* The pages of an act: the same alone and among others. */
void charter_put_act(struct pdf *d, const struct view *v, const struct charter_doc *doc);
/* What stands at the foot of each. */
str charter_act_foot(const struct view *v, const struct charter_doc *doc);

/* One act of it. `read` false: what it kept is no longer what was prepared, and it is not drawn. */
struct bundle_act { i64 act_id; str public_id, school, mark; struct charter_doc doc; bool read, untranslated, signed_by[CR_COUNT]; };
struct bundle_sheet { const struct bundle_act *v; size_t n; str school, wave, url; i64 at; };      /* url: where signatures are keyed, or empty */
/* The first pages: who signs what. `v`: in French. */
void bundle_put_sheet(struct pdf *d, const struct view *v, const struct bundle_sheet *s);

/* ---- kept (bundle.c) ---- */

/* SHA-256 of what an act keeps sealed: it is the same as long as the act is. */
str bundle_mark(struct arena *a, str filled_enc);
must_use enum err bundle_open(struct db *db, const struct vault_asker *vault, const struct bundle_row *b, str *ret_pdf);
/* Destroys its key, what it sealed and its lines. In a transaction. */
must_use enum err bundle_destroy(struct db *db, i64 id);

/* ---- shown (bundle_page.c) ---- */

struct bundle_line { str code, state; bool bad; };
struct bundle_lines { struct bundle_line *v; size_t n; };
struct bundle_page {
	const struct form *form;
	str back, list, path, title, when, progress, fault, file, school, wave, sign, size;
	bool waits, failed, made, over;          /* over: it may not be signed as it is */
	i64 total, changed, ended, fresh, left_out, untranslated, unread;
	struct bundle_lines lines;               /* those of which there is something to say */
};
struct bundles_page {
	const struct form *form;
	str back, path, name, total, school, wave, meeting;
	struct charter_pile_choices of;
	i64 n, most;                             /* charters to be signed */
	struct charter_lots made;                /* the last ones */
};

#endif

/* A pile of signed paper: what the pages for many charters at once have in common. */
#ifndef GABARE_CHARTER_BULK_H
#define GABARE_CHARTER_BULK_H

#include "charter/batch_sql.h"
#include "charter/show.h"

#define BULK_A_PAGE 16                           /* acts keyed at once */

/* Of which school, which meeting, which wave. */
struct charter_pile { struct req *req; struct campaign c; i64 school_id, meeting_id, wave_id; str day; };     /* day: of the meeting; empty: of none */
/* Of ":campagne" and the fields "ecole", "reunion" and "vague"; -1 for what is not there. */
must_use enum err charter_pile_of(struct req *req, struct charter_pile *ret);
/* What follows "?" for the same pile. */
str charter_pile_query(const struct req *req);
str charter_wave_words(const struct view *v, const struct wave *w);
struct charter_pile_choices { struct options schools, meetings, waves; };      /* waves: none when the campaign has one */
must_use enum err charter_pile_choices(struct charter_pile *p, struct charter_pile_choices *ret);

/* ---- the pages ---- */

struct charter_bulk_tick { str name, label; bool done, on; };
struct charter_bulk_ticks { struct charter_bulk_tick *v; size_t n; };
struct charter_bulk_line { str id, path, name, label, parent; struct charter_bulk_ticks ticks; };
struct charter_bulk_lines { struct charter_bulk_line *v; size_t n; };
struct charter_lots { struct charter_lang_line *v; size_t n; };      /* path, label; state: who */
struct charter_bulk_page {
	const struct form *form;
	str back, path, action, name, school, meeting, wave, total;
	struct charter_pile_choices of;
	struct charter_bulk_lines lines;
	struct options city, education;          /* qualities */
	struct pager pager;
	struct charter_lots lots;                /* the last ones */
	bool filtered;
	str scans, bundle;                       /* where copies are added; where all of it is one document */
};

struct charter_scans_page {
	const struct form *form;
	str back, path, name, total;
	struct charter_pile_choices of;
	struct charter_bulk_lines lines;         /* id and label */
	struct pager pager;
};

struct charter_lot_line { str path, name, saved, why, undone; };
struct charter_lot_lines { struct charter_lot_line *v; size_t n; };
struct charter_lot_page {
	const struct form *form;
	str back, path, title, chapo, who;
	struct charter_lot_lines lines;
	struct options reasons;
	bool undone, can;
};

/* A batch, and its lines one by one, in a transaction. `why`: a code of charter_lot_why, or "". */
must_use enum err charter_lot_line(struct db *db, i64 batch_id, i64 act_id, i64 position, str saved, const char *why);
must_use enum err charter_lots_last(struct req *req, const struct campaign *c, struct charter_lots *ret);
str charter_lot_path(struct arena *a, const struct campaign *c, i64 batch_id, const char *rest);

#endif

/* A household's own pages, which its card opens (visit.c): whose they are, and what other modules tell a family there. Part of people.h, which
 * includes it. */
#ifndef GABARE_PEOPLE_FAMILY_H
#define GABARE_PEOPLE_FAMILY_H

#include "html/escape.h"
#include "http/route.h"

struct household;

/* The household whose card opened this visit, opened; nothing of the answer is kept by the browser. *ret_there false: nobody's, or its time is
 * over; the answer is then made, which leads to the card's question: return OK. The page's stamp is then that of leave_html (html/widgets.html). */
must_use enum err household_visiting(struct req *req, struct household *ret, bool *ret_there);

/* What a module tells of its affairs: how they stand, what comes next, what to bring, where to read on. For somebody who has never seen the
 * words of agents. `lead` is the one sentence to remember. */
#define FAMILY_PANELS 16
#define FAMILY_LINES 8
struct family_link { str path, label; };
struct family_lines { html *v; size_t n; };
struct family_links { struct family_link *v; size_t n; };
struct family_panel { str title, lead; struct family_lines lines; struct family_links links; };
struct family_panels { struct family_panel *v; size_t n; };
/* One more; when there are FAMILY_PANELS, the last is written over. */
struct family_panel *family_panel_add(struct req *req, struct family_panels *all, str title, str lead);
/* At most FAMILY_LINES of each: more is left out. */
void family_line(struct family_panel *p, html line);
void family_link(struct family_panel *p, str path, str label);

/* Of a household that is opened; to be asked without a session. */
typedef enum err family_panel_fn(struct req *req, const struct household *h, struct family_panels *ret);
extern family_panel_fn *const family_panels[];   /* ends with NULL: src/app/routes.c */

#endif

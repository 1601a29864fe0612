/* Reads one page as served and notes what the rules of docs/adding-a-page.md want to know of it. Not a browser: it wants every
 * element closed and every attribute in double quotes, as our templates write them. */
#ifndef PAGES_HTML_H
#define PAGES_HTML_H

#include "base/buf.h"

enum { IDS_MAX = 1000, LINKS_MAX = 1000, PROBLEMS_MAX = 40, DEPTH_MAX = 60 };

struct open_element { str name; bool french, svg, isolated; }; /* isolated: from the direction of what is around */

struct page {
	struct arena *a;
	str lang, dir, title, h1;
	int n_h1, n_titles, n_main, elements, heading;
	str ids[IDS_MAX], refs[IDS_MAX];         /* refs: what for, aria-labelledby, aria-describedby and "#…" point at */
	int n_ids, n_refs;
	str links[LINKS_MAX], sheets[8];         /* decoded href, action, src of our own; style sheets */
	int n_links, n_sheets;
	str problems[PROBLEMS_MAX];
	int n_problems;
	struct open_element open[DEPTH_MAX];
	int depth;
	struct buf turned;                       /* what is read, attributes too, outside isolated elements: a line for each piece */
	struct buf foreign;                      /* what is read, outside elements marked lang="fr" */
};

/* Fills a page, zeroed but for `a`, from its markup. */
void page_read(struct page *p, str markup);
/* For a page that reads from right to left: every telephone number, time, date in digits and signed number must be isolated
 * (<bdi>, dir="ltr", U+2066…U+2069), else its parts may change places. Whole and decimal numbers keep their order by
 * themselves. */
void page_check_numbers(struct page *p);
void page_problem(struct page *p, const char *fmt, ...) printf_like(2, 3);

#endif

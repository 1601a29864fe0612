/* The parts that lists and forms share (widgets.html). Fields of forms are in http/fields.h. */
#ifndef GABARE_WIDGETS_H
#define GABARE_WIDGETS_H

#include "html/escape.h"

/* Where the other pages of a list are; absent URLs are left out. */
struct pager { str previous, next; i64 page, pages; };
/* Page `page` (from 1) of `total` things by `size`; the addresses of the pages before and after are left out where there is none. */
struct pager pager_of(i64 page, i64 total, i64 size, str previous, str next);

/* Messages as people will read them, in their languages: title says to whom; rtl: from right to left. */
struct sample { str title, subject, body, tag; bool rtl; };
struct samples { struct sample *v; size_t n; };

#endif

/* The parts that lists and forms share (widgets.html). Fields of forms are in http/fields.h. */
#ifndef GABARE_WIDGETS_H
#define GABARE_WIDGETS_H

#include "html/escape.h"

/* Where the other pages of a list are; absent URLs are left out. */
struct pager { str previous, next; i64 page, pages; };

#endif

/* What the page of the guide shows, for its template. */
#ifndef GABARE_GUIDE_PAGES_H
#define GABARE_GUIDE_PAGES_H

#include "guide/guide_sql.h"
#include "html/format.h"

struct guide_page { const struct guide_file *whole; struct guide_file_list parts; struct date date; };

#endif

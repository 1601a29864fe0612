/* The queue of reports, for its template and its routes. */
#ifndef GABARE_DIRECTORY_REPORT_QUEUE_H
#define GABARE_DIRECTORY_REPORT_QUEUE_H

#include "oversight/report_queue_sql.h"
#include "html/format.h"
#include "http/route.h"

handler_fn report_queue, report_close_post;

/* The day of an instant, as it is read. */
str report_day(const struct view *v, i64 ms);

#endif

/* "Open, until 17:00", "opens Monday at 9": what a place's hours say now, in the language of the page. */
#ifndef GABARE_DIRECTORY_OPENING_H
#define GABARE_DIRECTORY_OPENING_H

#include "hours/hours.h"
#include "http/req.h"

struct opening {
	bool known;                              /* false: no hours, or hours that are not understood: say nothing */
	enum hours_state state;
	str text;
};

/* What `hours` (opening_hours) say at this moment. The page is marked as true until that changes. */
struct opening opening_now(struct req *req, str hours);
/* The end of today, when pages that speak of today stop being true. */
i64 midnight_ms(void);

#endif

/* The words of the error pages, for errors.html. */
#ifndef GABARE_ERRORS_H
#define GABARE_ERRORS_H

#include "base/base.h"

struct error_text {
	int status;
	const char *title, *heading, *words;     /* msgids */
	bool search;                             /* offers the search for a place */
};

#endif

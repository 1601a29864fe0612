/* What the pages of /trouver show, for their templates. */
#ifndef GABARE_ORIENTATION_PAGES_H
#define GABARE_ORIENTATION_PAGES_H

#include "html/format.h"
#include "http/fields.h"
#include "orientation/results.h"

struct kept { struct pair *v; size_t n; };       /* answers to the other questions, as hidden fields */

struct question_page {
	const struct form *form;
	const struct question_facts *facts;
	i64 number;                              /* from 1 */
	struct kept kept;
	str action;                              /* the next question, or the results */
	str back;                                /* the question before; absent at the first */
};

/* One answer, with the address that changes it. */
struct answer_line { str question, answer, change; };
struct answer_lines { struct answer_line *v; size_t n; };

struct results_page {
	const struct results *found;
	struct answer_lines answers;
	str title, where, all, sheet;            /* where: as typed; all: the search with these answers; sheet: on paper */
};

/* The sheet: what each answer to the first question leads to. */
struct sheet_line { str wish; struct results found; };
struct sheet_lines { struct sheet_line *v; size_t n; };
struct sheet_page { str where; struct sheet_lines lines; };

#endif

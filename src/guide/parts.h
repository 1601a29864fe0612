/* Inside the guide: its chapters. */
#ifndef GABARE_GUIDE_PARTS_H
#define GABARE_GUIDE_PARTS_H

#include "guide/guide.h"
#include "html/format.h"
#include "pdf/pdf.h"
#include "pdf/typeset.h"

struct booklet {
	const struct view *v;
	struct guide *g;
	const struct guide_options *o;
	struct pdf *d;
	int *area_marks;
	int wifi_mark, index_mark, names_mark, advice_mark;
};

/* What runs at the top of a chapter's pages. */
str running_head(const struct booklet *b, str chapter);
/* The chapters at the end: what is where, all names (index.c). */
void put_indexes(struct booklet *b);

#endif

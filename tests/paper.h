/* Looking at a PDF as others do: qpdf checks it, poppler reads its text, its structure and where words stand. */
#ifndef GABARE_PAPER_H
#define GABARE_PAPER_H

#include "unit.h"

/* qpdf --check finds nothing to say. */
void paper_check(str pdf);
/* What a command prints about the document ("pdftotext -layout %s -"), in the arena; %s is the file. */
str paper_ask(struct arena *a, str pdf, const char *command);
/* The text of a page, from 1, as it is read. */
str paper_page(struct arena *a, str pdf, int page);
/* Lines of text stand within the page's edges, and none over another. Says where when it fails. */
void paper_lines_apart(struct arena *a, str pdf, double width, double height);

#endif

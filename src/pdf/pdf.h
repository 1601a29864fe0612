/* Paper: tagged PDF made with pango and cairo, in the house's style. What is put flows from page to page: a heading stays with
 * what follows it, an entry and a paragraph stay whole where a page can hold them, nothing is ever cut.
 *
 *	struct pdf *d = pdf_new(a, &o);
 *	pdf_text(d, PDF_H1, S("Bellevue"));
 *	pdf_text(d, PDF_BODY, S("\2Lundi\3 : 9 h à 12 h"));          // \2 … \3 is bold; a line feed is a line break
 *	enum err e = pdf_finish(d, &bytes);
 *
 * Texts are typeset for the language of the document (typeset.h). The same calls give the same bytes. */
#ifndef GABARE_PDF_H
#define GABARE_PDF_H

#include "html/i18n.h"
#include "html/qr.h"

struct pdf;

struct pdf_options {
	enum lang lang;
	enum lang other;                         /* of what stands between pdf_open(d, "Div") and its pdf_close: a document in two languages */
	str title, author;
	i64 made_ms;                             /* its date */
	bool large;                              /* 14 points rather than 12 */
	bool a4;                                 /* what an office prints and binds; A5 otherwise */
	bool two_up;                             /* for the printer: A5 pages two by two on A4, in the order of a folded booklet */
	str foot;                                /* at the foot of each page but the cover; may be empty */
	str notes;                               /* two_up: title of the blank pages that fill the last sheet */
};

enum pdf_style { PDF_TITLE, PDF_H1, PDF_H2, PDF_H3, PDF_BIG, PDF_LEAD, PDF_BODY, PDF_SMALL, PDF_STYLES };

/* A new document. Ended by pdf_finish. */
struct pdf *pdf_new(struct arena *a, const struct pdf_options *o);
/* The font that this language is set in and that this machine lacks; NULL when all is there. */
const char *pdf_missing_font(enum lang l);

/* ---- what a page holds, in the order of reading ---- */
/* A heading or a paragraph. Titles and headings of the first two levels are outlined. Empty: nothing. */
void pdf_text(struct pdf *d, enum pdf_style style, str text);
/* A heading with something short at the other end of its line ("Le Ponton", "02 61 91 44 12"): below it where both do not fit. */
void pdf_pair(struct pdf *d, enum pdf_style style, str text, str other);
/* A list with bullets. */
void pdf_list(struct pdf *d, const str *items, size_t n);
/* Markdown: paragraphs, lists and headings (from the second level). What is emphasised is a French name. */
void pdf_markdown(struct pdf *d, enum pdf_style style, str text);
/* A line that ends with the page of a mark. */
void pdf_line(struct pdf *d, str text, int mark);
/* A row of a table: `head` is the first of its rows, which stands again on each page. Cells are as wide as `widths` (parts of the
 * line) say. Between pdf_open(d, "Table") and pdf_close. */
#define PDF_COLUMNS 10
void pdf_row(struct pdf *d, const str *cells, const double *widths, size_t n, bool head);
/* What follows is one entry, kept together, beside the QR code of `url` when it is not empty. */
void pdf_entry(struct pdf *d, str url);
void pdf_entry_end(struct pdf *d);
/* Opens and closes an element of the structure: "Sect", "TOC", "Table"; "Div" is in the other language. */
void pdf_open(struct pdf *d, const char *tag);
void pdf_close(struct pdf *d);

/* ---- pages ---- */
/* What follows begins a page; `head` runs at its top and at that of the next ones. A cover has the boat, the river, and neither head
 * nor foot. */
void pdf_page(struct pdf *d, str head);
void pdf_cover(struct pdf *d);
/* The same head for what follows, without a new page. */
void pdf_head(struct pdf *d, str head);
/* A mark on what is put next, for pdf_line before or after. */
int pdf_mark(struct pdf *d);
void pdf_mark_here(struct pdf *d, int mark);
/* The page, from 1, of a mark that has been put. What was put so far is then complete: no entry is open. */
int pdf_page_of(struct pdf *d, int mark);
/* Pages so far. */
int pdf_pages(struct pdf *d);

/* The whole file, in the arena; frees the rest. INTERNAL: cairo or qpdf refused (said in the log). */
must_use enum err pdf_finish(struct pdf *d, str *ret);

#endif

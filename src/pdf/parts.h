/* Inside a document: its blocks, and the pages they are placed on. */
#ifndef GABARE_PDF_PARTS_H
#define GABARE_PDF_PARTS_H

#include <pango/pangocairo.h>

#include "pdf/pdf.h"

/* Points. A sheet, and what of it holds text: down to `bottom`, on a cover down to `cover`, above the river. */
struct paper { double width, height, margin, text_width, bottom, cover, foot; };
#define TEXT_TOP 60.0
#define QR_MODULE 1.25                           /* 0.44 mm */
#define QR_GAP 8.0

enum block_kind {
	B_TEXT, B_LINE, B_ROW, B_SPACE, B_BOAT,
	B_OPEN, B_CLOSE, B_HEAD, B_PAGE, B_COVER, B_PART,        /* of no height */
};

struct cell { PangoLayout *layout; double x, y; };

/* What is placed whole (a text too tall for any page is cut between its lines). */
struct block {
	struct block *next;
	enum block_kind kind;
	enum pdf_style style;
	enum lang lang;
	const char *tag;                         /* of the structure; NULL: none */
	struct cell cell[PDF_COLUMNS]; size_t n_cells;   /* texts, from the block's top */
	int first_line, lines;                   /* of the only cell; lines 0: all */
	double indent, before, height;
	double inset;                            /* kept free at the left: the column of a QR code in Arabic */
	bool keep;                               /* on the page of what follows */
	bool bullet, head_row, again, boxed;     /* again: the head of a table on its next page; boxed: a row with a box around each cell */
	struct block *table_head;
	const struct qr *qr; str url;            /* beside it, from its top */
	str text, foot;                          /* of the outline; the running head; a part's foot */
	int mark, target;                        /* 0: none */
	int page; double y;                      /* once placed */
};

struct page { struct block *first; bool cover, blank; int number; str head, foot; };      /* number: in its part, from 1 */

struct pdf {
	struct arena *a;
	struct pdf_options o;
	const struct paper *paper;
	PangoContext *context, *of[LANG_COUNT];  /* the one in use; of each language (NULL: not used yet) */
	enum lang other;                         /* of what stands in a Div: the document's, or that of the part */
	enum lang lang;                          /* of what is put */
	int div;                                 /* groups open when the other language began; 0: it has not */
	double scale;                            /* of letters: 1 at 12 points */
	struct block *first, *last, *placed;     /* placed: the last one that has its page */
	struct page *pages; int n_pages, pages_cap;
	double y;                                /* on the last page */
	str head, foot; int part_page;           /* of what is placed; the page before the part's first */
	struct buf divs;                         /* the language of each Div that stands at the root of the structure, a byte each, in the order drawn */
	struct block **marks; int n_marks, marks_cap; int next_mark;
	struct block *table_head;
	struct block *entry;                     /* its first block */
	const struct qr *qr; str url;            /* of the entry, until its title is put */
	struct block *beside;                    /* the block beside which its QR code begins; NULL: none */
	bool in_entry;
	int open;                                /* elements of the structure */
};

/* text.c: a layout of this width in a style; unref'd by pdf_release. */
PangoLayout *pdf_layout(struct pdf *d, enum pdf_style style, str text, double width);
double layout_height(PangoLayout *l);
double layout_width(PangoLayout *l);
double style_before(const struct pdf *d, enum pdf_style style);
/* flow.c */
struct block *pdf_block(struct pdf *d, enum block_kind kind);
void pdf_place(struct pdf *d);
/* draw.c: the file as cairo makes it. */
must_use enum err pdf_draw(struct pdf *d, struct buf *out);

#endif

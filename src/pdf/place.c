/* Which page each block stands on. */
#include "pdf/parts.h"

static void new_page(struct pdf *d, struct block *first, bool cover)
{
	if (d->n_pages == d->pages_cap) {
		int cap = d->pages_cap ? d->pages_cap * 2 : 64;
		struct page *v = arena_many(d->a, struct page, (size_t)cap);
		if (d->pages)
			memcpy(v, d->pages, sizeof *v * (size_t)d->n_pages);
		d->pages = v;
		d->pages_cap = cap;
	}
	struct page p = { .first = first, .cover = cover, .head = d->head, .foot = d->foot, .number = d->n_pages + 1 - d->part_page };
	d->pages[d->n_pages++] = p;
	d->y = TEXT_TOP;
}

static double bottom(const struct pdf *d)
{
	return d->n_pages && d->pages[d->n_pages - 1].cover ? d->paper->cover : d->paper->bottom;
}

static bool at_top(const struct pdf *d)
{
	return d->n_pages && d->y <= TEXT_TOP;
}

/* Up to and with the block that nothing keeps with the next one. */
static double chain_height(const struct block *b)
{
	double height = b->height;
	for (; b->next && (b->keep || b->kind > B_BOAT); b = b->next)
		height += b->next->before + b->next->height;
	return height;
}

/* Cuts a text between two lines: what fits under y stays, a new block after it has the rest. False when no line fits. */
static bool cut(struct pdf *d, struct block *b, double room)
{
	if (b->kind != B_TEXT || b->n_cells != 1)
		return false;
	int n = 0, all = pango_layout_get_line_count(b->cell[0].layout) - b->first_line;
	double top = 0, fits = 0;
	PangoLayoutIter *it = pango_layout_get_iter(b->cell[0].layout);
	for (int i = 0; i < b->first_line; i++)
		pango_layout_iter_next_line(it);
	do {
		int from, to;
		pango_layout_iter_get_line_yrange(it, &from, &to);
		top = n ? top : (double)from / PANGO_SCALE;
		if ((double)to / PANGO_SCALE - top > room)
			break;
		fits = (double)to / PANGO_SCALE - top;
		n++;
	} while (pango_layout_iter_next_line(it));
	pango_layout_iter_free(it);
	if (n == 0 || n >= all)
		return false;
	struct block *rest = arena_one(d->a, struct block);
	*rest = *b;
	rest->first_line = b->first_line + n;
	rest->lines = 0;
	rest->before = 0;
	rest->height = b->height - fits;
	rest->bullet = false;
	rest->text = (str){ NULL, 0 };
	g_object_ref(rest->cell[0].layout);
	b->next = rest;
	b->lines = n;
	b->height = fits;
	b->keep = false;
	d->last = d->last == b ? rest : d->last;
	return true;
}

/* The head of a table stands again on its next page. */
static void repeat_head(struct pdf *d, struct block *b)
{
	struct block *copy = arena_one(d->a, struct block);
	*copy = *b->table_head;
	for (size_t i = 0; i < copy->n_cells; i++)
		g_object_ref(copy->cell[i].layout);
	copy->again = true;
	copy->tag = NULL;
	copy->next = b;
	copy->page = d->n_pages;
	copy->y = d->y;
	d->y += copy->height;
	d->pages[d->n_pages - 1].first = copy;
	d->placed->next = copy;
}

static void place_high(struct pdf *d, struct block *b, bool chained)
{
	double need = chained ? b->height : chain_height(b);
	bool whole = need <= d->paper->bottom - TEXT_TOP;
	if (!whole)
		need = b->height;
	if (!at_top(d) && d->y + b->before + need > bottom(d) && b->height + need > 0) {
		new_page(d, b, false);
		if (b->table_head)
			repeat_head(d, b);
	}
	if (at_top(d) && b->height > bottom(d) - d->y)
		(void)cut(d, b, bottom(d) - d->y);
	if (!at_top(d))
		d->y += b->before;
	b->y = d->y;
	d->y += b->height;
}

/* Its first page is the front of a sheet: the back of the one before stays blank. */
static void new_part(struct pdf *d, struct block *b)
{
	if (d->n_pages % 2) {
		new_page(d, b, false);
		d->pages[d->n_pages - 1].blank = true;
	}
	d->part_page = d->n_pages;
	d->foot = b->foot;
	new_page(d, b, false);
}

void pdf_place(struct pdf *d)
{
	bool chained = false;
	for (struct block *b = d->placed ? d->placed->next : d->first; b; b = b->next) {
		if (b->kind == B_HEAD) {
			d->head = b->text;
			if (d->n_pages && at_top(d))
				d->pages[d->n_pages - 1].head = d->head;
		} else if (b->kind == B_COVER || b->kind == B_PAGE) {
			if (b->kind == B_COVER || !at_top(d))
				new_page(d, b, b->kind == B_COVER);
		} else if (b->kind == B_PART) {
			new_part(d, b);
		} else if (!d->n_pages) {
			new_page(d, d->first, false);
		}
		if (b->kind <= B_BOAT) {
			place_high(d, b, chained);
			chained = b->keep && chain_height(b) <= bottom(d) - b->y;
		}
		b->page = d->n_pages;
		d->placed = b;
	}
}

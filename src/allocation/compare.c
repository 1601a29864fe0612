/* Runs side by side, and as CSV; see compare.h. */
#include "allocation/compare.h"

#include <stdlib.h>

#include "base/buf.h"

#define LINE_ROOM 256

static const char *const states[] = { "propose", "attente", "a_completer", "refuse" };

static int by_id(const void *a, const void *b)
{
	const struct alloc_line *const *x = a, *const *y = b;
	return str_cmp((*x)->file->id, (*y)->file->id);
}

static void count(struct alloc_comparison *c, const struct alloc_pair *p)
{
	bool first = p->a->state == ALLOC_PROPOSED, second = p->b->state == ALLOC_PROPOSED;
	c->schools.v[p->a->school].enter += second && !first;
	c->schools.v[p->a->school].leave += first && !second;
	if (p->a->state != p->b->state)
		c->changed.v[c->changed.n++] = *p;
}

struct alloc_comparison alloc_compare(struct arena *a, const struct alloc_run *first, const struct alloc_run *second)
{
	const struct alloc_line **sorted = arena_many(a, const struct alloc_line *, second->n + 1);
	struct alloc_comparison c = { { arena_many(a, struct alloc_pair, first->n + 1), 0 }, { arena_many(a, struct alloc_pair, first->n + 1), 0 },
		{ arena_many(a, struct alloc_side, first->n_schools + 1), first->n_schools } };
	assert(first->n == second->n && first->n_schools == second->n_schools);
	for (size_t i = 0; i < second->n; i++)
		sorted[i] = &second->lines[i];
	if (second->n)
		qsort(sorted, second->n, sizeof(*sorted), by_id);
	for (size_t i = 0; i < first->n_schools; i++)
		c.schools.v[i] = (struct alloc_side){ .a = &first->schools[i], .b = &second->schools[i] };
	for (; c.all.n < first->n; c.all.n++) {
		const struct alloc_line *l = &first->lines[c.all.n];
		const struct alloc_line **found = bsearch(&l, sorted, second->n, sizeof(*sorted), by_id);
		assert(found);
		c.all.v[c.all.n] = (struct alloc_pair){ l, *found };
		count(&c, &c.all.v[c.all.n]);
	}
	return c;
}

static void put(struct buf *b, const struct alloc_line *l)
{
	buf_printf(b, ";%lld;%lld;%s", (long long)l->points, (long long)l->rank, states[l->state]);
}

str alloc_csv(struct arena *a, const struct alloc_run *run)
{
	struct buf b = buf_new(a, LINE_ROOM * (run->n + 1));
	buf_put(&b, S("id;ecole;points;rang;etat;cle\r\n"));
	for (size_t i = 0; i < run->n; i++) {
		const struct alloc_line *l = &run->lines[i];
		buf_printf(&b, "%.*s;%.*s", STR_ARG(l->file->id), STR_ARG(l->file->school));
		put(&b, l);
		buf_printf(&b, ";%s\r\n", draw_hex(a, l->key, DRAW_KEY).p);
	}
	return buf_str(&b);
}

str alloc_compare_csv(struct arena *a, const struct alloc_comparison *c)
{
	struct buf b = buf_new(a, LINE_ROOM * (c->all.n + 1));
	buf_put(&b, S("id;ecole;points_1;rang_1;etat_1;points_2;rang_2;etat_2\r\n"));
	for (size_t i = 0; i < c->all.n; i++) {
		const struct alloc_pair *p = &c->all.v[i];
		buf_printf(&b, "%.*s;%.*s", STR_ARG(p->a->file->id), STR_ARG(p->a->file->school));
		put(&b, p->a);
		put(&b, p->b);
		buf_put(&b, S("\r\n"));
	}
	return buf_str(&b);
}

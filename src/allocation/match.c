/* The assignment of devices to needs; see match.h. */
#include "allocation/match.h"

#include <glpk.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/pack.h"

#define RECORD_PAIRS 20000

i64 match_cost(const struct match_side *device, const struct match_side *need)
{
	const i64 *d = device->v, *n = need->v;
	i64 cost = 0;
	if (n[TRAIT_KIND] != TRAIT_ANY && n[TRAIT_KIND] != d[TRAIT_KIND]) {
		if (d[TRAIT_KIND] != KIND_LAPTOP)
			return MATCH_NEVER;
		cost += 50;
	}
	if (n[TRAIT_RAM] != TRAIT_ANY)
		cost += d[TRAIT_RAM] < n[TRAIT_RAM] ? 10 * (n[TRAIT_RAM] - d[TRAIT_RAM]) : d[TRAIT_RAM] - n[TRAIT_RAM];
	if (n[TRAIT_SCREEN] != TRAIT_ANY && d[TRAIT_SCREEN] < n[TRAIT_SCREEN])
		cost += 5 * (n[TRAIT_SCREEN] - d[TRAIT_SCREEN]);
	if (n[TRAIT_GRADE] != TRAIT_ANY && d[TRAIT_GRADE] > n[TRAIT_GRADE])
		cost += 20 * (d[TRAIT_GRADE] - n[TRAIT_GRADE]);
	return cost;
}

/* ---- classes ---- */

struct class { const struct match_side *first; size_t from, n, used; };
/* sorted: by traits, then by id; classes are runs of it. */
struct classes { const struct match_side **sorted; struct class *v; size_t n; };

static int by_traits(const struct match_side *x, const struct match_side *y)
{
	for (enum trait t = 0; t < TRAITS; t++)
		if (x->v[t] != y->v[t])
			return x->v[t] < y->v[t] ? -1 : 1;
	return 0;
}

static int by_class(const void *a, const void *b)
{
	const struct match_side *x = *(const struct match_side *const *)a, *y = *(const struct match_side *const *)b;
	int traits = by_traits(x, y);
	return traits ? traits : str_cmp(x->id, y->id);
}

static struct classes classes_of(struct arena *a, struct match_sides s)
{
	struct classes c = { arena_many(a, const struct match_side *, s.n + 1), arena_many(a, struct class, s.n + 1), 0 };
	for (size_t i = 0; i < s.n; i++)
		c.sorted[i] = &s.v[i];
	qsort(c.sorted, s.n, sizeof(*c.sorted), by_class);
	for (size_t i = 0; i < s.n; i++) {
		if (!i || by_traits(c.sorted[i - 1], c.sorted[i]))
			c.v[c.n++] = (struct class){ .first = c.sorted[i], .from = i };
		c.v[c.n - 1].n++;
	}
	return c;
}

/* ---- the network ---- */

struct vertex { double supply; };
struct arc { double low, cap, cost, flow; };
struct solving { struct arena *a; struct match_sides devices, needs; struct classes d, n; struct match *ret; };

static void arc(glp_graph *g, size_t from, size_t to, size_t cap, i64 cost)
{
	struct arc *x = glp_add_arc(g, (int)from, (int)to)->data;
	*x = (struct arc){ .cap = (double)cap, .cost = (double)cost };
}

/* Vertices from 1: device classes, need classes, a store that takes unused devices and gives nothing, at MATCH_NOTHING, to those left. */
static void build(glp_graph *g, const struct solving *s)
{
	size_t store = s->d.n + s->n.n + 1;
	glp_add_vertices(g, (int)store);
	for (size_t i = 0; i < s->d.n; i++)
		((struct vertex *)g->v[i + 1]->data)->supply = (double)s->d.v[i].n;
	for (size_t k = 0; k < s->n.n; k++)
		((struct vertex *)g->v[s->d.n + k + 1]->data)->supply = -(double)s->n.v[k].n;
	((struct vertex *)g->v[store]->data)->supply = (double)s->needs.n - (double)s->devices.n;
	for (size_t i = 0; i < s->d.n; i++) {
		for (size_t k = 0; k < s->n.n; k++) {
			i64 cost = match_cost(s->d.v[i].first, s->n.v[k].first);
			if (cost != MATCH_NEVER)
				arc(g, i + 1, s->d.n + k + 1, s->d.v[i].n < s->n.v[k].n ? s->d.v[i].n : s->n.v[k].n, cost);
		}
		arc(g, i + 1, store, s->d.v[i].n, 0);
	}
	for (size_t k = 0; k < s->n.n; k++)
		arc(g, store, s->d.n + k + 1, s->n.v[k].n, MATCH_NOTHING);
}

/* Members of a class are taken in the order of their ids. */
static void give(struct solving *s, size_t i, size_t k, size_t times)
{
	struct class *d = &s->d.v[i], *n = &s->n.v[k];
	for (; times; times--)
		s->ret->v[s->ret->n++] = (struct match_pair){ (size_t)(s->d.sorted[d->from + d->used++] - s->devices.v),
			(size_t)(s->n.sorted[n->from + n->used++] - s->needs.v), match_cost(d->first, n->first) };
}

static void read_flows(glp_graph *g, struct solving *s)
{
	size_t store = s->d.n + s->n.n + 1;
	size_t *flows = arena_many(s->a, size_t, s->d.n * s->n.n + 1);
	for (size_t i = 1; i < store; i++)
		for (const glp_arc *x = g->v[i]->out; x; x = x->t_next)
			if ((size_t)x->head->i < store)
				flows[(i - 1) * s->n.n + (size_t)x->head->i - s->d.n - 1] = (size_t)((const struct arc *)x->data)->flow;
	for (size_t i = 0; i < s->d.n; i++)
		for (size_t k = 0; k < s->n.n; k++)
			give(s, i, k, flows[i * s->n.n + k]);
}

static enum err solve(struct solving *s)
{
	double cost = 0;
	glp_term_out(GLP_OFF);
	glp_graph *g = glp_create_graph(sizeof(struct vertex), sizeof(struct arc));
	build(g, s);
	int rc = glp_mincost_okalg(g, offsetof(struct vertex, supply), offsetof(struct arc, low), offsetof(struct arc, cap), offsetof(struct arc, cost), &cost,
		offsetof(struct arc, flow), -1);
	if (!rc)
		read_flows(g, s);
	glp_delete_graph(g);
	glp_free_env();
	s->ret->cost = (i64)cost;
	return rc ? INTERNAL : OK;
}

static int by_need(const void *a, const void *b, void *arg)
{
	const struct match_pair *x = a, *y = b;
	const struct match_sides *needs = arg;
	return str_cmp(needs->v[x->need].id, needs->v[y->need].id);
}

enum err match_run(struct arena *a, struct match_sides devices, struct match_sides needs, struct match *ret)
{
	*ret = (struct match){ .v = arena_many(a, struct match_pair, needs.n + 1) };
	if (devices.n > MATCH_MOST || needs.n > MATCH_MOST)
		return INVALID;
	struct solving s = { a, devices, needs, classes_of(a, devices), classes_of(a, needs), ret };
	if (s.d.n > MATCH_CLASSES_MOST || s.n.n > MATCH_CLASSES_MOST)
		return INVALID;
	try(solve(&s));
	qsort_r(ret->v, ret->n, sizeof(*ret->v), by_need, &needs);
	return OK;
}

/* ---- apart ---- */

struct apart { struct match_sides devices, needs; };

static enum err in_child(int in_fd, struct child_out *out, void *arg)
{
	const struct apart *p = arg;
	struct match m;
	struct arena *a = arena_new((size_t)256 << 20);
	(void)in_fd;
	try(match_run(a, p->devices, p->needs, &m));
	struct buf b = buf_new(a, CHILD_RECORD_MAX);
	pack_i64(&b, m.cost);
	for (size_t i = 0; i < m.n; i++) {
		pack_i64(&b, (i64)m.v[i].device);
		pack_i64(&b, (i64)m.v[i].need);
		pack_i64(&b, m.v[i].cost);
	}
	return b.full ? INTERNAL : child_send_bytes(out, buf_str(&b));
}

/* The child is not believed: indexes are of what came in. */
static enum err unpack(struct arena *a, str record, const struct apart *p, struct match *ret)
{
	struct unpack u = { .rest = record };
	*ret = (struct match){ .v = arena_many(a, struct match_pair, p->needs.n + 1), .cost = unpack_i64(&u) };
	while (!u.bad && u.rest.n) {
		i64 device = unpack_i64(&u), need = unpack_i64(&u), cost = unpack_i64(&u);
		if (u.bad || ret->n == p->needs.n || device < 0 || need < 0 || (size_t)device >= p->devices.n || (size_t)need >= p->needs.n)
			return INTERNAL;
		ret->v[ret->n++] = (struct match_pair){ (size_t)device, (size_t)need, cost };
	}
	return u.bad ? INTERNAL : OK;
}

enum err match_apart(struct arena *a, struct match_sides devices, struct match_sides needs, struct match *ret)
{
	struct apart p = { devices, needs };
	str record;
	try(child_made(in_child, &p, (struct child_limits){ 60, 120, (size_t)512 << 20 }, a, CHILD_RECORD_MAX, &record));
	return unpack(a, record, &p, ret);
}

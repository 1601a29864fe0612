/* The allocation itself; see run.h. */
#include "allocation/run.h"

#include <stdlib.h>

#include "base/buf.h"
#include "html/i18n.h"

str alloc_fault_words(struct arena *a, enum lang l, const struct alloc_fault *f)
{
	str words = fmt(a, tr(l, f->msgid), &f->what, 1);
	str parts[] = { str_printf(a, "%lld", (long long)f->line), words };
	return f->line ? fmt(a, tr(l, N_("Ligne {1} : {2}")), parts, lengthof(parts)) : words;
}

static enum err fault(struct alloc_fault *f, const char *msgid, str what)
{
	*f = (struct alloc_fault){ msgid, what, 0 };
	return INVALID;
}

static int by_school_id(const void *a, const void *b)
{
	const struct alloc_share *x = a, *y = b;
	return str_cmp(x->school->id, y->school->id);
}

static int by_file_id(const void *a, const void *b)
{
	const struct alloc_line *x = a, *y = b;
	return str_cmp(x->file->id, y->file->id);
}

static bool is_ranked(const struct alloc_line *l) { return l->state < ALLOC_INCOMPLETE; }

/* School, then those that are ranked, then points, then the draw. */
static int by_rank(const void *a, const void *b)
{
	const struct alloc_line *x = a, *y = b;
	if (x->school != y->school)
		return x->school < y->school ? -1 : 1;
	if (is_ranked(x) != is_ranked(y))
		return is_ranked(x) ? -1 : 1;
	if (x->points != y->points)
		return x->points > y->points ? -1 : 1;
	int key = memcmp(x->key, y->key, DRAW_KEY);
	return key ? key : by_file_id(a, b);
}

static enum err set_schools(struct arena *a, struct alloc_run *r, struct alloc_fault *f)
{
	r->schools = arena_many(a, struct alloc_share, r->in->n_schools + 1);
	for (; r->n_schools < r->in->n_schools; r->n_schools++)
		r->schools[r->n_schools] = (struct alloc_share){ .school = &r->in->schools[r->n_schools], .last = -1 };
	qsort(r->schools, r->n_schools, sizeof(*r->schools), by_school_id);
	for (size_t i = 1; i < r->n_schools; i++)
		if (!by_school_id(&r->schools[i - 1], &r->schools[i]))
			return fault(f, N_("L’école {1} est là deux fois."), r->schools[i].school->id);
	return OK;
}

static struct alloc_share *school_of(const struct alloc_run *r, str id)
{
	struct share_school wanted = { .id = id };
	struct alloc_share key = { .school = &wanted };
	return r->n_schools ? bsearch(&key, r->schools, r->n_schools, sizeof(*r->schools), by_school_id) : NULL;
}

/* Unknown is not no: a file is only refused for what is known of it. */
static void judge(const struct params *p, struct alloc_line *l)
{
	l->points = facts_points(p, l->file->facts);
	l->state = ALLOC_WAITING;
	if (p->v[PARAM_SEVERAL] && l->file->facts[FACT_DEVICES] == 0) {
		l->state = ALLOC_REFUSED;
		l->refusal = REFUSED_SEVERAL;
	} else if (l->points < p->v[PARAM_LEAST]) {
		l->state = facts_points_at_most(p, l->file->facts) < p->v[PARAM_LEAST] ? ALLOC_REFUSED : ALLOC_INCOMPLETE;
		l->refusal = REFUSED_LEAST;
	}
}

static enum err set_lines(struct arena *a, struct alloc_run *r, struct alloc_fault *f)
{
	r->lines = arena_many(a, struct alloc_line, r->in->n_files + 1);
	for (; r->n < r->in->n_files; r->n++) {
		const struct alloc_file *file = &r->in->files[r->n];
		struct alloc_line *l = &r->lines[r->n];
		struct alloc_share *s = school_of(r, file->school);
		if (!s)
			return fault(f, N_("L’école {1} n’est pas parmi celles qui ont une part."), file->school);
		*l = (struct alloc_line){ .file = file, .school = (size_t)(s - r->schools) };
		judge(r->in->params, l);
		draw_key(r->in->seed, file->id, l->key);
		s->files++;
		s->eligible += l->state == ALLOC_WAITING;
	}
	qsort(r->lines, r->n, sizeof(*r->lines), by_file_id);
	for (size_t i = 1; i < r->n; i++)
		if (!by_file_id(&r->lines[i - 1], &r->lines[i]))
			return fault(f, N_("Le dossier {1} est là deux fois."), r->lines[i].file->id);
	qsort(r->lines, r->n, sizeof(*r->lines), by_rank);
	return OK;
}

/* Quotas come from the schools' figures alone; only the second step looks at lists, and never takes a used place away. */
static enum err set_places(struct arena *a, struct alloc_run *r, struct alloc_fault *f)
{
	struct share_school *v = arena_many(a, struct share_school, r->n_schools + 1);
	i64 *given = arena_many(a, i64, r->n_schools + 1);
	for (size_t i = 0; i < r->n_schools; i++)
		v[i] = *r->schools[i].school;
	if (share_out(v, r->n_schools, r->in->quantity, given, &r->unused) != OK)
		return fault(f, N_("Les minimums des écoles dépassent la quantité."), S(""));
	for (size_t i = 0; i < r->n_schools; i++) {
		struct alloc_share *s = &r->schools[i];
		s->quota = s->places = given[i];
		v[i].least = given[i] = given[i] < s->eligible ? given[i] : s->eligible;
		v[i].most = v[i].most < s->eligible ? v[i].most : s->eligible;
	}
	if (r->in->second) {
		try(share_out(v, r->n_schools, r->in->quantity, given, &r->unused));
		for (size_t i = 0; i < r->n_schools; i++)
			r->schools[i].places = given[i];
	}
	return OK;
}

static void rank(struct alloc_run *r)
{
	i64 used = 0, at = 0;
	for (size_t i = 0; i < r->n; i++) {
		struct alloc_line *l = &r->lines[i];
		struct alloc_share *s = &r->schools[l->school];
		at = i && r->lines[i - 1].school == l->school ? at + 1 : 1;
		if (!is_ranked(l))
			continue;
		l->rank = at;
		if (l->rank <= s->places) {
			l->state = ALLOC_PROPOSED;
			s->last = l->points;
			s->proposed++;
			used++;
		}
	}
	r->unused = r->in->quantity - used;
	for (size_t i = 0, j; i < r->n; i = j) {
		for (j = i; j < r->n && r->lines[j].school == r->lines[i].school && r->lines[j].points == r->lines[i].points && r->lines[j].rank > 0; j++)
			;
		for (size_t k = i; k < j; k++)
			r->lines[k].alike = (i64)(j - i) - 1;
		j = j > i ? j : i + 1;
	}
}

enum err alloc_run(struct arena *a, const struct alloc_input *in, struct alloc_run *ret, struct alloc_fault *ret_fault)
{
	*ret = (struct alloc_run){ .in = in };
	if (!draw_is_seed(in->seed))
		return fault(ret_fault, N_("La graine du tirage a 64 chiffres de 0 à f."), S(""));
	if (in->quantity < 0 || in->quantity > SHARE_QUANTITY_MAX)
		return fault(ret_fault, N_("La quantité est un nombre d’appareils."), S(""));
	try(set_schools(a, ret, ret_fault));
	try(set_lines(a, ret, ret_fault));
	try(set_places(a, ret, ret_fault));
	rank(ret);
	return OK;
}

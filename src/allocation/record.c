/* The canonical record of a run. Keys and rows in one fixed order, no spaces, whole numbers only: the same run
 * gives the same bytes on any machine, in any language. */
#include "allocation/run.h"

#include <stdlib.h>

#include "base/json_out.h"

#define FORMAT "gabare-attribution-run-1"
#define RECORD_MAX ((size_t)32 << 20)

static const char *const states[] = { "propose", "attente", "a_completer", "refuse" };
static const char *const refusals[] = { NULL, "plusieurs_appareils", "sous_le_minimum" };

static void member(struct json *j, const char *key, i64 v)
{
	json_key(j, str_c(key));
	json_i64(j, v);
}

static int by_id(const void *a, const void *b)
{
	const struct alloc_line *const *x = a, *const *y = b;
	return str_cmp((*x)->file->id, (*y)->file->id);
}

static void put_school(struct json *j, const struct alloc_share *s)
{
	json_open(j, '{');
	json_member(j, S("ecole"), s->school->id);
	member(j, "poids", s->school->weight);
	member(j, "minimum", s->school->least);
	member(j, "maximum", s->school->most);
	member(j, "quota", s->quota);
	member(j, "places", s->places);
	member(j, "dossiers", s->files);
	member(j, "recevables", s->eligible);
	member(j, "proposes", s->proposed);
	json_close(j, '}');
}

static void put_line(struct arena *a, struct json *j, const struct alloc_line *l)
{
	json_open(j, '{');
	json_member(j, S("id"), l->file->id);
	json_member(j, S("ecole"), l->file->school);
	for (enum fact f = 0; f < FACTS; f++) {
		if (f == FACT_GRANT && l->file->facts[f] == FACT_UNKNOWN)
			continue;                /* records made before it was thought of keep their bytes */
		json_key(j, str_c(fact_kinds[f].code));
		if (l->file->facts[f] == FACT_UNKNOWN)
			json_null(j);
		else
			json_i64(j, l->file->facts[f]);
	}
	member(j, "points", l->points);
	json_member(j, S("cle"), draw_hex(a, l->key, DRAW_KEY));
	member(j, "rang", l->rank);
	json_member(j, S("etat"), str_c(states[l->state]));
	json_member(j, S("motif"), str_c(refusals[l->refusal]));
	json_close(j, '}');
}

str alloc_record(struct arena *a, const struct alloc_run *run)
{
	struct buf b = buf_new(a, RECORD_MAX);
	struct json j = json_new(&b);
	const struct alloc_line **lines = arena_many(a, const struct alloc_line *, run->n + 1);
	for (size_t i = 0; i < run->n; i++)
		lines[i] = &run->lines[i];
	qsort(lines, run->n, sizeof(*lines), by_id);
	json_open(&j, '{');
	json_member(&j, S("format"), S(FORMAT));
	json_key(&j, S("parametres"));
	json_raw(&j, params_json(a, run->in->params));
	json_member(&j, S("graine"), run->in->seed);
	member(&j, "quantite", run->in->quantity);
	json_key(&j, S("seconde_repartition"));
	json_bool(&j, run->in->second);
	member(&j, "inutilises", run->unused);
	json_key(&j, S("ecoles"));
	json_open(&j, '[');
	for (size_t i = 0; i < run->n_schools; i++)
		put_school(&j, &run->schools[i]);
	json_close(&j, ']');
	json_key(&j, S("dossiers"));
	json_open(&j, '[');
	for (size_t i = 0; i < run->n; i++)
		put_line(a, &j, lines[i]);
	json_close(&j, ']');
	json_close(&j, '}');
	buf_byte(&b, '\n');
	assert(!b.full);
	return buf_str(&b);
}

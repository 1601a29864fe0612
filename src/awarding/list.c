/* The list of a wave: signed files by their pseudonyms with what is known of them, frozen as the two CSV files that `gabare allocate` reads. */
#include "awarding/pages.h"
#include "awarding/runs.h"
#include "db/id.h"

#include <stdlib.h>

/* ---- what is known of all of them ---- */

static const struct share_line *share_of(const struct share_lines *shares, i64 school_id)
{
	for (size_t i = 0; i < shares->n; i++)
		if (shares->v[i].row->id == school_id)
			return &shares->v[i];
	return NULL;
}

/* The school of the child who was named first, among those that have a share. Rows are by file. */
static str school_of(const struct award_signed_school_list *rows, size_t *at, i64 file_id, const struct share_lines *shares)
{
	str uai = S("");
	while (*at < rows->n && rows->v[*at].file_id < file_id)
		++*at;
	for (; *at < rows->n && rows->v[*at].file_id == file_id; ++*at) {
		const struct share_line *s = share_of(shares, rows->v[*at].school_id);
		if (s && !uai.n)
			uai = s->row->uai;
	}
	return uai;
}

static void take_answers(const struct award_signed_answer_list *rows, size_t *at, i64 file_id, i64 facts[FACTS])
{
	while (*at < rows->n && rows->v[*at].file_id < file_id)
		++*at;
	for (; *at < rows->n && rows->v[*at].file_id == file_id; ++*at)
		for (size_t k = 0; k < ASKED; k++)
			if (rows->v[*at].value.set && str_eq(rows->v[*at].fact, str_c(fact_kinds[asked_facts[k]].code)))
				facts[asked_facts[k]] = rows->v[*at].value.v;
}

enum err signed_of(struct db *db, i64 wave_id, const struct share_lines *shares, struct signed_files *ret)
{
	struct award_signed_row_list rows;
	struct award_signed_answer_list answers;
	struct award_signed_school_list schools;
	size_t at_answer = 0, at_school = 0;
	try(award_signed(db, wave_id, &rows));
	try(award_signed_answers(db, wave_id, &answers));
	try(award_signed_schools(db, wave_id, &schools));
	*ret = (struct signed_files){ .v = arena_many(db_arena(db), struct alloc_file, rows.n + 1) };
	for (size_t i = 0; i < rows.n && ret->n < ALLOC_FILES_MAX; i++) {
		const struct award_signed_row *r = &rows.v[i];
		struct alloc_file f = { .id = r->public_id, .school = school_of(&schools, &at_school, r->id, shares) };
		for (enum fact k = 0; k < FACTS; k++)
			f.facts[k] = FACT_UNKNOWN;
		f.facts[FACT_CHILDREN] = r->children < fact_kinds[FACT_CHILDREN].most ? r->children : fact_kinds[FACT_CHILDREN].most;
		f.facts[FACT_CM] = r->cm;
		if (r->area.set)
			f.facts[FACT_AREA] = r->area.v;
		take_answers(&answers, &at_answer, r->id, f.facts);
		if (f.school.n)
			ret->v[ret->n++] = f;
		else
			ret->astray++;
	}
	return OK;
}

/* ---- as text ---- */

static int by_id(const void *a, const void *b)
{
	const struct alloc_file *x = a, *y = b;
	return str_cmp(x->id, y->id);
}

static void put_value(struct buf *b, enum fact f, i64 value)
{
	if (value == FACT_UNKNOWN)
		return;
	if (fact_kinds[f].words)
		buf_put(b, str_c(fact_kinds[f].words[value]));
	else
		buf_i64(b, value);
}

static str files_csv(struct arena *a, const struct signed_files *files)
{
	struct buf b = buf_new(a, 200 * (files->n + 2));
	buf_put(&b, S("id;ecole"));
	for (enum fact f = 0; f < FACTS; f++)
		buf_printf(&b, ";%s", fact_kinds[f].code);
	for (size_t i = 0; i < files->n; i++) {
		buf_printf(&b, "\n%.*s;%.*s", STR_ARG(files->v[i].id), STR_ARG(files->v[i].school));
		for (enum fact f = 0; f < FACTS; f++) {
			buf_byte(&b, ';');
			put_value(&b, f, files->v[i].facts[f]);
		}
	}
	buf_byte(&b, '\n');
	return buf_str(&b);
}

static str schools_csv(struct arena *a, const struct share_lines *shares)
{
	struct buf b = buf_new(a, 100 * (shares->n + 2));
	buf_put(&b, S("ecole;poids;minimum;maximum"));
	for (size_t i = 0; i < shares->n; i++) {
		const struct share_line *s = &shares->v[i];
		buf_printf(&b, "\n%.*s;%lld;%lld;%lld", STR_ARG(s->row->uai), (long long)s->weight, (long long)s->least, (long long)s->most);
	}
	buf_byte(&b, '\n');
	return buf_str(&b);
}

static str ids_of(struct arena *a, const struct signed_files *files)
{
	struct buf b = buf_new(a, (ALLOC_ID_MAX + 1) * (files->n + 1));
	for (size_t i = 0; i < files->n; i++)
		buf_printf(&b, "%.*s\n", STR_ARG(files->v[i].id));
	return buf_str(&b);
}

enum err list_close(struct db *db, const struct wave *w, i64 draw_id, i64 user_id, i64 *ret_id)
{
	struct arena *a = db_arena(db);
	struct share_lines shares;
	struct signed_files files;
	struct params p;
	i64 used, planned;
	try(shares_of(db, w->id, &shares));
	try(signed_of(db, w->id, &shares, &files));
	if (!files.n || !str_i64(w->f[W_QUANTITY], &planned))
		return NOT_FOUND;
	qsort(files.v, files.n, sizeof *files.v, by_id);
	try(award_used(db, w->id, &used));
	try(rule_on(db, a, date_iso(a, today_paris()), &p));
	try(draw_list_close(db, draw_id, ids_of(a, &files)));
	*ret_id = id_new();
	return award_list_put(db, *ret_id, w->id, draw_id, used < planned ? planned - used : 0, params_json(a, &p), schools_csv(a, &shares),
		files_csv(a, &files), (i64)files.n, user_id, now_ms());
}

/* ---- back ---- */

enum err list_params(struct arena *a, const struct award_list_row *list, struct params *ret)
{
	str why;
	return params_read(a, list->parameters, ret, &why);
}

enum err list_input(struct arena *a, const struct award_list_row *list, const struct params *params, str seed, struct alloc_input *ret)
{
	struct alloc_fault fault;
	*ret = (struct alloc_input){ .params = params, .quantity = list->quantity, .seed = seed, .second = true };
	try(alloc_read_files(a, list->files, ret, &fault));
	return alloc_read_schools(a, list->schools, ret, &fault);
}

/* Files of pseudonyms: what is read is ids, words of the vocabulary and whole numbers; anything else is refused with its line. */
#include "allocation/lines.h"
#include "html/i18n.h"

/* ---- files ---- */

static enum err fact_read(struct lines *l, enum fact f, str s, i64 *ret)
{
	const struct fact_kind *k = &fact_kinds[f];
	*ret = FACT_UNKNOWN;
	if (!s.n || str_eq(s, S("?")))
		return OK;
	for (i64 i = 0; k->words && i <= k->most; i++)
		if (str_ieq(s, str_c(k->words[i]))) {
			*ret = i;
			return OK;
		}
	if (k->words || !str_i64(s, ret) || *ret < 0 || *ret > k->most)
		return lines_fault(l, LINES_MISFIT, s);
	return OK;
}

static enum err file_read(struct lines *l, const size_t *columns, const str *cells, size_t n, struct alloc_file *f)
{
	for (enum fact k = 0; k < FACTS; k++)
		f->facts[k] = FACT_UNKNOWN;
	for (size_t i = 0; i < n; i++) {
		if (columns[i] < 2 && !lines_is_id(cells[i]))
			return lines_fault(l, LINES_NO_ID, cells[i]);
		if (columns[i] < 2)
			*(columns[i] ? &f->school : &f->id) = cells[i];
		else
			try(fact_read(l, (enum fact)(columns[i] - 2), cells[i], &f->facts[columns[i] - 2]));
	}
	return OK;
}

enum err alloc_read_files(struct arena *a, str csv, struct alloc_input *in, struct alloc_fault *ret_fault)
{
	const char *names[FACTS + 2] = { "id", "ecole" };
	str cells[COLUMNS_MAX];
	size_t columns[COLUMNS_MAX], n_columns, n;
	struct lines l = { .rest = csv, .fault = ret_fault };
	for (enum fact f = 0; f < FACTS; f++)
		names[f + 2] = fact_kinds[f].code;
	try(lines_header(&l, names, lengthof(names), 2, columns, &n_columns));
	in->files = arena_many(a, struct alloc_file, lines_count(l.rest));
	for (in->n_files = 0; lines_next(&l, cells, &n) == OK; in->n_files++) {
		if (n != n_columns)
			return lines_fault(&l, LINES_CELLS, S(""));
		if (in->n_files == ALLOC_FILES_MAX)
			return lines_fault(&l, N_("Il y a plus de 20 000 dossiers."), S(""));
		try(file_read(&l, columns, cells, n, &in->files[in->n_files]));
	}
	return OK;
}

/* ---- schools, ids ---- */

static enum err school_read(struct lines *l, const size_t *columns, const str *cells, size_t n, struct share_school *s)
{
	*s = (struct share_school){ .most = SHARE_QUANTITY_MAX };
	i64 *numbers[] = { NULL, &s->weight, &s->least, &s->most };
	static const i64 most[] = { 0, SHARE_WEIGHT_MAX, SHARE_QUANTITY_MAX, SHARE_QUANTITY_MAX };
	for (size_t i = 0; i < n; i++) {
		size_t c = columns[i];
		if (!c && !lines_is_id(cells[i]))
			return lines_fault(l, LINES_NO_ID, cells[i]);
		if (!c)
			s->id = cells[i];
		else if ((cells[i].n || c == 1) && (!str_i64(cells[i], numbers[c]) || *numbers[c] < 0 || *numbers[c] > most[c]))
			return lines_fault(l, LINES_MISFIT, cells[i]);
	}
	return s->least <= s->most ? OK : lines_fault(l, N_("Le minimum est au-dessus du maximum."), S(""));
}

enum err alloc_read_schools(struct arena *a, str csv, struct alloc_input *in, struct alloc_fault *ret_fault)
{
	static const char *const names[] = { "ecole", "poids", "minimum", "maximum" };
	str cells[COLUMNS_MAX];
	size_t columns[COLUMNS_MAX], n_columns, n;
	struct lines l = { .rest = csv, .fault = ret_fault };
	try(lines_header(&l, names, lengthof(names), 2, columns, &n_columns));
	in->schools = arena_many(a, struct share_school, lines_count(l.rest));
	for (in->n_schools = 0; lines_next(&l, cells, &n) == OK; in->n_schools++) {
		if (n != n_columns)
			return lines_fault(&l, LINES_CELLS, S(""));
		if (in->n_schools == ALLOC_SCHOOLS_MAX)
			return lines_fault(&l, N_("Il y a plus de 500 écoles."), S(""));
		try(school_read(&l, columns, cells, n, &in->schools[in->n_schools]));
	}
	return OK;
}

enum err alloc_read_ids(struct arena *a, str csv, struct alloc_ids *ret, struct alloc_fault *ret_fault)
{
	str cells[COLUMNS_MAX];
	size_t n, column = 0;
	struct lines l = { .rest = csv, .fault = ret_fault };
	*ret = (struct alloc_ids){ arena_many(a, str, lines_count(csv)), 0 };
	for (bool first = true; lines_next(&l, cells, &n) == OK; first = false) {
		if (first)
			for (size_t i = n; i--;)
				column = str_ieq(cells[i], S("id")) ? i : column;
		if (first && str_ieq(cells[column], S("id")))
			continue;
		if (column >= n || !lines_is_id(cells[column]))
			return lines_fault(&l, LINES_NO_ID, column < n ? cells[column] : S(""));
		ret->v[ret->n++] = cells[column];
	}
	return OK;
}

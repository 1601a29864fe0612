/* Lists of devices and of needs, as CSV. */
#include "allocation/match.h"

#include "allocation/lines.h"
#include "base/buf.h"

static const char *const kinds[] = { "portable", "fixe", "tablette", NULL };
static const char *const grades[] = { "A", "B", "C", NULL };
static const char *const *const words[TRAITS] = { [TRAIT_KIND] = kinds, [TRAIT_GRADE] = grades };
static const i64 most[TRAITS] = { [TRAIT_RAM] = 1024, [TRAIT_SCREEN] = 60 };

static enum err trait_read(struct lines *l, enum trait t, str s, bool needs, i64 *ret)
{
	*ret = TRAIT_ANY;
	if (!s.n && needs)
		return OK;
	for (i64 i = 0; words[t] && words[t][i]; i++)
		if (str_ieq(s, str_c(words[t][i]))) {
			*ret = i;
			return OK;
		}
	if (words[t] || !str_i64(s, ret) || *ret < 0 || *ret > most[t])
		return lines_fault(l, LINES_MISFIT, s);
	return OK;
}

enum err match_read(struct arena *a, str csv, bool needs, struct match_sides *ret, struct alloc_fault *ret_fault)
{
	static const char *const names[] = { "id", "genre", "memoire", "ecran", "note" };
	str cells[COLUMNS_MAX];
	size_t columns[COLUMNS_MAX], n_columns, n;
	struct lines l = { .rest = csv, .fault = ret_fault };
	try(lines_header(&l, names, lengthof(names), lengthof(names), columns, &n_columns));
	*ret = (struct match_sides){ arena_many(a, struct match_side, lines_count(l.rest)), 0 };
	for (; lines_next(&l, cells, &n) == OK; ret->n++) {
		struct match_side *s = &ret->v[ret->n];
		if (n != n_columns)
			return lines_fault(&l, LINES_CELLS, S(""));
		for (size_t i = 0; i < n; i++) {
			if (!columns[i] && !lines_is_id(cells[i]))
				return lines_fault(&l, LINES_NO_ID, cells[i]);
			if (!columns[i])
				s->id = cells[i];
			else
				try(trait_read(&l, (enum trait)(columns[i] - 1), cells[i], needs, &s->v[columns[i] - 1]));
		}
	}
	return OK;
}

static void put_trait(struct buf *b, enum trait t, i64 v)
{
	buf_byte(b, ';');
	if (v != TRAIT_ANY && words[t])
		buf_put(b, str_c(words[t][v]));
	else if (v != TRAIT_ANY)
		buf_i64(b, v);
}

str match_csv(struct arena *a, struct match_sides s)
{
	struct buf b = buf_new(a, 80 * (s.n + 1));
	buf_put(&b, S("id;genre;memoire;ecran;note\n"));
	for (size_t i = 0; i < s.n; i++) {
		buf_put(&b, s.v[i].id);
		for (enum trait t = 0; t < TRAITS; t++)
			put_trait(&b, t, s.v[i].v[t]);
		buf_byte(&b, '\n');
	}
	return buf_str(&b);
}

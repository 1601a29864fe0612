/* From what was typed to the terms that satisfy it. */
#include "base/buf.h"
#include "base/words.h"
#include "db/db.h"
#include "directory/search.h"
#include "directory/search_sql.h"
#include "directory/synonyms.h"
#include "directory/terms.h"

#define MATCH_MAX ((size_t)16 * 1024)
#define QUERY_WORDS 12
#define WORD_TERMS 24
#define NEIGHBOURS 4

static void add_neighbours(struct terms *t, str w, const struct place_word_row_list *rows)
{
	size_t added = 0;
	for (size_t i = 0; i < rows->n && added < NEIGHBOURS; i++)
		if (str_near(w, rows->v[i].word)) {
			terms_add_forms(t, rows->v[i].word);
			added++;
		}
}

static enum err correct(struct db *db, struct terms *t, str w)
{
	struct str_halves halves = str_halves(t->a, w);
	struct place_word_row_list rows;
	try(search_words_by_start(db, halves.head, halves.past_head, &rows));
	add_neighbours(t, w, &rows);
	try(search_words_by_end(db, halves.tail, halves.past_tail, &rows));
	add_neighbours(t, w, &rows);
	return OK;
}

static enum err exists(struct db *db, const struct terms *t, bool *ret)
{
	*ret = false;
	for (size_t i = 0; i < t->n && !*ret; i++) {
		i64 n;
		try(search_word_known(db, t->v[i], &n));
		*ret = n > 0;
	}
	return OK;
}

static enum err parse_word(struct db *db, str w, struct search_word *ret)
{
	struct arena *a = db_arena(db);
	struct terms t = terms_new(a, 64);
	bool known;
	terms_add_forms(&t, w);
	try(exists(db, &t, &known));
	size_t own = t.n;
	if (!known && w.n >= 5 && str_ascii(w))
		try(correct(db, &t, w));
	bool corrected = t.n > own;
	str others[8];
	size_t n = synonyms_of(w, others, lengthof(others));
	for (size_t i = 0; i < n; i++)
		terms_add_forms(&t, others[i]);
	*ret = (struct search_word){.typed = w, .terms = t.v, .n = t.n < WORD_TERMS ? t.n : WORD_TERMS, .corrected = corrected, .own = own};
	return OK;
}

enum err search_parse(struct db *db, str typed, struct search_query *ret)
{
	struct arena *a = db_arena(db);
	str rest = search_words(a, typed), w;
	*ret = (struct search_query){.words = arena_many(a, struct search_word, QUERY_WORDS)};
	while (ret->n < QUERY_WORDS && rest.n && str_next(&rest, ' ', &w))
		try(parse_word(db, w, &ret->words[ret->n++]));
	return OK;
}

str search_match(struct db *db, const struct search_query *q)
{
	struct arena *a = db_arena(db);
	bool pg = db_engine(db) == DB_PG;
	if (!q->n)
		return (str){0};
	struct buf b = buf_new(a, MATCH_MAX);
	for (size_t i = 0; i < q->n; i++) {
		const struct search_word *w = &q->words[i];
		buf_put(&b, i ? (pg ? S(" & (") : S(" AND (")) : S("("));
		for (size_t j = 0; j < w->n; j++) {
			if (j)
				buf_put(&b, pg ? S(" | ") : S(" OR "));
			buf_byte(&b, pg ? '\'' : '"');
			buf_put(&b, w->terms[j]);
			buf_byte(&b, pg ? '\'' : '"');
		}
		buf_byte(&b, ')');
	}
	return buf_str(&b);
}

bool search_word_in(const struct search_word *w, str terms)
{
	str rest = terms, term;
	while (rest.n && str_next(&rest, ' ', &term))
		for (size_t i = 0; i < w->n; i++)
			if (str_eq(term, w->terms[i]))
				return true;
	return false;
}

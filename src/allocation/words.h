/* An allocation in words: a file's points line by line, why it has its rank, what would change it. In the language of the view. */
#ifndef GABARE_ALLOCATION_WORDS_H
#define GABARE_ALLOCATION_WORDS_H

#include "allocation/run.h"
#include "html/view.h"

struct alloc_words { str *v; size_t n; };
/* "Enfants à l’école : 2. 10 points." One line a fact that is known or gives something. */
struct alloc_words points_words(const struct view *v, const struct params *p, const i64 facts[FACTS]);
/* What is unknown, and what would be if it were otherwise. */
struct alloc_words change_words(const struct view *v, const struct params *p, const i64 facts[FACTS]);
/* "Why this rank?": sentences. */
struct alloc_words rank_words(const struct view *v, const struct alloc_run *run, const struct alloc_line *l);
str fact_value_words(const struct view *v, enum fact f, i64 value);
str alloc_state_words(const struct view *v, enum alloc_state s);

#endif

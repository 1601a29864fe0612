/* What the pages of this folder share. */
#ifndef GABARE_DUPLICATES_PAGES_H
#define GABARE_DUPLICATES_PAGES_H

#include "duplicates/duplicates.h"
#include "duplicates/pairs_sql.h"
#include "html/widgets.h"
#include "http/route.h"

#define PAIRS_PAGE 20

handler_fn pairs_index, pairs_decide;

/* Why, in words: "même SIRET, même adresse, à 12 m". */
str pair_reasons(const struct view *v, u32 reasons, struct opt_i64 metres);

struct pair_line { const struct pair_row *row; str reasons; };
struct pairs_page { const struct form *form; struct pair_line *v; size_t n; i64 total; struct pager pager; struct pair_apart_row_list apart; };

#endif

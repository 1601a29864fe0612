/* What the columns of a list of families are: proposed from how they are called and what they hold; and those that are never taken. */
#ifndef GABARE_LISTS_COLUMNS_H
#define GABARE_LISTS_COLUMNS_H

#include "base/arena.h"

#define LIST_COLUMNS 60                          /* those beyond are not looked at */

enum list_field { LF_NONE, LF_CHILD, LF_CHILD_GIVEN, LF_CHILD_FAMILY, LF_CLASS, LF_SCHOOL, LF_PARENT, LF_PARENT_GIVEN, LF_PARENT_FAMILY, LF_PARENT_2, LF_PHONE,
	LF_PHONE_2, LF_MAIL, LF_ADDRESS, LF_LANGUAGE, LF_BIRTH, LF_COUNT };
/* What is never held (people/registry.h): the column is left out as soon as it is read. */
enum list_never { LN_NONE, LN_NIR, LN_TAX, LN_NATIONALITY, LN_HEALTH, LN_BELIEF, LN_COUNT };

/* A code ("child-given") that is kept, and what people read (a msgid). */
struct list_field_words { const char *code, *label; };
extern const struct list_field_words list_fields[LF_COUNT];
extern const char *const list_never[LN_COUNT];   /* msgids */
enum list_field list_field_of(str code);         /* LF_NONE for what is none */

struct list_row { i64 line; str *v; size_t n; };
struct list_rows { struct list_row *v; size_t n; };

/* The columns of rows as they came: which row names them last, their names (both lines of a header joined, folded spaces), a field for each,
 * and what is never taken. */
struct list_columns {
	size_t n, body;                          /* body: the first row of data */
	str name[LIST_COLUMNS];                  /* "Colonne 3" when nothing names it */
	enum list_field field[LIST_COLUMNS];
	enum list_never never[LIST_COLUMNS];
	bool named;                              /* there is a header */
	bool adults;                             /* of people named for themselves: no child, no class */
};
void list_columns_propose(struct arena *a, const struct list_rows *rows, struct list_columns *ret);

/* What stood for a child stands for the person, where people of age are named. */
void list_columns_of_adults(struct list_columns *c);
/* Whether a list of adults may have this column. */
bool list_field_of_adults(enum list_field f);

/* How a header is known again: folded words. */
str list_column_key(struct arena *a, str name);
/* "Prénom et nom": the first name comes first in its cells. */
bool list_given_first(struct arena *a, str name);

#endif

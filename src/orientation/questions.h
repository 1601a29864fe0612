/* The questions of /trouver, their answers, and what each answer asks of a place. */
#ifndef GABARE_ORIENTATION_QUESTIONS_H
#define GABARE_ORIENTATION_QUESTIONS_H

#include "directory/directory.h"
#include "http/form.h"

enum question { Q_WHAT, Q_WHO, Q_FREE, Q_HOW, Q_WHERE, Q_COUNT };

/* An answer: its name in URLs, its words, why a place fits it, how the sheet says it, and the schema's value (NULL: any). */
struct reply { const char *value, *label, *reason, *schema; };

struct question_facts {
	const char *name;                        /* of the URL's parameter */
	const char *text, *brief;                /* "Que voulez-vous faire ?", "Pour faire quoi" */
	const char *hint;                        /* NULL: none */
	enum place_field field;                  /* where the schema's value is */
	const struct reply *replies;             /* ends with a NULL value; NULL: a place is typed */
};
extern const struct question_facts questions[Q_COUNT];
extern const struct choice what_choices[], who_choices[], free_choices[], how_choices[];

/* What somebody answered: absent means "does not matter". `at`, when it is known, is closer than the commune of `where`. */
struct wishes { const struct reply *chosen[Q_COUNT]; str where; bool near; struct point at; };
struct wishes wishes_of(const struct req *req);
/* The answer of that name in URLs; NULL: there is none. */
const struct reply *reply_named(enum question q, const char *value);
/* Whether a question was answered, "I don't know" included. */
bool answered(const struct req *req, enum question q);

#endif

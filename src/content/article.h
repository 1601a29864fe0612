/* A written page: "# title", a lead, "## part" with its text, then questions ("? question", "- wrong", "+ right",
 * "> why"), one file a language: NAME.fr.md, NAME.simple.md, NAME.en.md, NAME.ar.md. */
#ifndef GABARE_CONTENT_ARTICLE_H
#define GABARE_CONTENT_ARTICLE_H

#include "html/assets.h"
#include "html/view.h"

#define ARTICLE_PARTS 12
#define QUIZ_QUESTIONS 5
#define QUIZ_REPLIES 3

struct article_part { str title, text; };
struct article_parts { struct article_part *v; size_t n; };
struct quiz_question { str text, replies[QUIZ_REPLIES], why; size_t n_replies, right; };
struct quiz { struct quiz_question *v; size_t n; };

struct article {
	str name;                                /* of its address: "impots" */
	str title, lead;                         /* the lead is Markdown */
	struct article_parts parts;
	struct quiz quiz;                        /* empty when it has none */
};
struct articles { struct article *v; size_t n; };

/* The compiled-in files, ending with a NULL name. Generated. */
extern const struct asset demarches_files[], conseils_files[];

/* The article of this name in the view's language; false when there is none. */
bool article_find(const struct view *v, const struct asset *files, str name, struct article *ret);
/* All of them, in the order of the table. */
struct articles articles_all(const struct view *v, const struct asset *files);

#endif

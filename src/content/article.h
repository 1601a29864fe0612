/* A written page: "# title", a lead, "## part" with its text, then questions ("? question", "- wrong", "+ right",
 * "> why"), one text a language. Those that come with the program are files, NAME.fr.md, NAME.simple.md, NAME.en.md, NAME.ar.md; what
 * the city has published instead, and pages of its own, are in the database (written.h). */
#ifndef GABARE_CONTENT_ARTICLE_H
#define GABARE_CONTENT_ARTICLE_H

#include "db/db.h"
#include "html/assets.h"
#include "html/view.h"

#define ARTICLE_PARTS 12
#define QUIZ_QUESTIONS 5
#define QUIZ_REPLIES 3

enum written_kind { WRITTEN_DEMARCHE, WRITTEN_CONSEIL, WRITTEN_KINDS };
struct written_kind_info {
	const char *name;                        /* "demarche": in the database, in agents' addresses */
	const char *section;                     /* "/demarches": where its pages are; without its slash, the folder of its files */
	const struct asset *files;               /* those that come with the program, ending with a NULL name */
	bool quiz;
};
extern const struct written_kind_info written_kinds[WRITTEN_KINDS];

/* Generated. */
extern const struct asset demarches_files[], conseils_files[];

struct article_part { str title, text; };
struct article_parts { struct article_part *v; size_t n; };
struct quiz_question { str text, replies[QUIZ_REPLIES], why; size_t n_replies, right; };
struct quiz { struct quiz_question *v; size_t n; };

struct article {
	str name;                                /* of its address: "impots" */
	str title, lead;                         /* the lead is Markdown */
	struct article_parts parts;
	struct quiz quiz;                        /* empty when it has none */
	enum lang lang;                          /* of its text: French where there is no translation */
};
struct articles { struct article *v; size_t n; };

/* What is wrong with a text, for who writes it. */
enum article_wrong {
	ARTICLE_NO_TITLE, ARTICLE_TWO_TITLES, ARTICLE_NO_LEAD, ARTICLE_EMPTY_HEADING, ARTICLE_NO_SPACE, ARTICLE_TOO_MANY_PARTS, ARTICLE_EMPTY_PART,
	QUIZ_TOO_MANY, QUIZ_EMPTY, QUIZ_FEW_REPLIES, QUIZ_TOO_MANY_REPLIES, QUIZ_NO_RIGHT, QUIZ_TWO_RIGHT, QUIZ_NO_WHY, QUIZ_STRAY_LINE,
	ARTICLE_WRONGS
};
struct article_fault { size_t line; enum article_wrong what; };        /* lines count from 1 */
#define ARTICLE_FAULTS 40                        /* after so many, the others are not told */
struct article_faults { struct article_fault v[ARTICLE_FAULTS]; size_t n; };

/* Reads any text, leaving out what it does not understand; `faults` may be NULL. Its strings are slices of `text`. */
void article_parse(struct arena *a, str text, struct article *ret, struct article_faults *faults);

/* The text that comes with the program; absent when there is none. */
str article_delivered(enum written_kind kind, str name, enum lang l);
/* Their names, in the order of the table: false when there are no more. */
bool article_delivered_name(enum written_kind kind, size_t i, str *ret);

/* The public article of this name, in the view's language or else in French. NOT_FOUND: there is none; CONFLICT: it was withdrawn. */
must_use enum err article_find(struct db *db, const struct view *v, enum written_kind kind, str name, struct article *ret);
/* All of them: those of the program in the order of its table, then those of the city. */
must_use enum err articles_all(struct db *db, const struct view *v, enum written_kind kind, struct articles *ret);
/* The article's text is in another language than the page: French, for want of a translation. */
bool article_borrowed(const struct view *v, const struct article *article);

#endif

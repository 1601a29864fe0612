/* What the pages of this folder show, for their templates; and the handlers. */
#ifndef GABARE_TRIAGE_PAGES_H
#define GABARE_TRIAGE_PAGES_H

#include "html/format.h"
#include "http/fields.h"
#include "orientation/orientation.h"
#include "triage/rules.h"
#include "triage/triage.h"
#include "triage/triage_sql.h"

#define TRIAGE_ROUTE "/agent/accueil"
#define TRIAGE_OF_ROUTE "/agent/foyers/:foyer/point"
#define TRIAGE_CAMPAIGNS 5

handler_fn triage_start, triage_questions, triage_result, triage_paper, triage_of_show, triage_of_post;

extern const struct choice triage_languages[];
enum lang triage_language(const struct req *req);
void triage_answers_of(const struct req *req, struct triage_answers *ret);

/* ---- asking ---- */

struct triage_hidden { struct pair *v; size_t n; };      /* answers given before, as hidden fields */
struct triage_asked { const struct triage_facts *v[TQ_COUNT]; size_t n; };
/* path, name: of the household's file; empty: nobody is named. */
struct triage_form_page {
	const struct form *form;
	str path, name, action, back;
	bool items;                              /* the second page */
	struct triage_asked asked;
	struct triage_hidden hidden;
};
/* The questions of the first page, or what the answers given let us ask on the second. */
void triage_asked_of(const struct req *req, bool items, struct triage_form_page *page);

/* ---- the sheet, in one language or two ---- */

struct triage_link { str path, label; };
struct triage_links { struct triage_link v[TRIAGE_PAGES]; size_t n; };
struct triage_told {
	const struct triage_step *step;
	const struct results *places;
	struct triage_links links;
	bool campaign;                           /* one is open that may give what lacks */
};
struct triage_titles { const struct triage_step **v; size_t n; };
struct triage_side { const char *tag, *dir; str day; };  /* tag, dir: NULL, as the page */
struct triage_parts { html *v; size_t n; };
struct triage_sheet { bool two; struct triage_parts parts; };
/* What was asked where: `where` as typed or the household's address, for the nearest places. */
must_use enum err triage_sheet_of(struct req *req, const struct triage_answers *a, str where, enum lang lang, struct triage_sheet *ret);

/* ---- the result ---- */

struct triage_answer { str question, answer; };
struct triage_answer_list { struct triage_answer *v; size_t n; };
struct triage_choice { str url, label; bool current; };
struct triage_choices { struct triage_choice *v; size_t n; };
struct triage_result_page {
	const struct form *form;
	str path, name, back;
	struct triage_sheet sheet;
	struct triage_answer_list answers;
	struct triage_choices languages;         /* none for a household: the language is asked before */
	struct triage_campaign_row_list campaigns;
	bool child;                              /* the household has a child of a class that campaigns are for */
	struct triage_hidden hidden;             /* of a household, not kept yet */
	str kept, who;                           /* kept: the day; empty: not kept */
	bool saved;
};
/* The answers in words, and whether campaigns may be spoken of. */
must_use enum err triage_result_of(struct req *req, const struct triage_answers *a, struct triage_result_page *page);

/* ---- the blank form ---- */

struct triage_paper_page { bool two; struct triage_parts parts; struct triage_choices languages; };
struct triage_line { str text; const struct choice *choices; i64 number; };
struct triage_lines { struct triage_line *v; size_t n; };
/* The choices in words, for a box each. */
const struct options *triage_boxes(const struct view *v, const struct choice *choices);

#endif

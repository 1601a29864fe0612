/* Why a file has its rank, and what is told to the family of it. */
#ifndef GABARE_AWARDING_WHY_H
#define GABARE_AWARDING_WHY_H

#include "awarding/pages.h"
#include "awarding/runs.h"

#define WHY_ROUTE "/agent/campagnes/:campagne/dossiers/:dossier/attribution"

handler_fn why_show, why_post, why_letter, family_decision;

/* Of the last run that the file was in; in_run false: of none, or of a wave that it left. */
struct why {
	bool in_run;
	struct award_line_row row;
	struct params params;
	struct alloc_input in;
	struct alloc_file file;
	struct share_school share;
	struct alloc_share school;
	struct alloc_line line;
	struct alloc_run run;                    /* of that school alone: for rank_words */
	enum standing standing;
	enum file_state state;
	struct award_decision_row last;          /* number 0: none */
};
/* The run's words are in the arena of the connection. `ret` must not move. */
must_use enum err why_of(struct db *db, const struct file *f, struct why *ret);

/* What is told to the family, in one language. */
struct notice {
	enum lang lang;
	str decision, next;                      /* next: what comes, for paper: a family's own page says it better */
	str why, points, change;
	str mention, rules;                      /* who decided, by what; where the rules are, for paper. rules empty: no calculation was used */
	str appeal;
};
struct signed_by { str name, organisation, day; };
/* Who decided for this file, else who made the run that it waits of; the day in ISO. */
must_use enum err why_signed_by(struct req *req, const struct why *w, str organisation, struct signed_by *ret);
/* What is told beside the rank: that somebody decided without the calculation, or against it, and the reason, in words for the family. */
struct alloc_words person_words(const struct view *v, const struct why *w);
struct notice notice_in(const struct view *v, enum lang lang, const struct why *w, const struct signed_by *by);
/* "Laissé de côté : la famille ne répond plus" */
str award_act_words(const struct view *v, const struct award_decision_row *d);
/* Whether something is decided that a family can be told. */
bool notice_due(const struct why *w);

struct notice_shown { str lang, dir; struct notice n; };
struct notices { struct notice_shown *v; size_t n; };
struct why_page {
	const struct form *form;
	str file_path, path, public_id, name, version, number, state, decided, saved, sent_to, sent;
	bool officer, urgent, undo, due, in_run;
	struct alloc_words why, points, change;
	struct panel_lines story;
	struct options reasons, undos;
};
/* A family's own page; lines are sentences, empty when there is none. */
struct decision_lines { str *v; size_t n; };
struct decision_shown { str title, decision, day; struct decision_lines why, points; str change, mention, appeal; bool rules; };
struct decision_page { struct decision_shown *v; size_t n; };
struct letter_page { str file_path, public_id, name, today, organisation; struct notices notices; bool due; };

#endif

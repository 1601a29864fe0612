/* What the files of this folder share. */
#ifndef GABARE_AWARDING_PAGES_H
#define GABARE_AWARDING_PAGES_H

#include "awarding/awarding.h"
#include "awarding/awarding_sql.h"
#include "base/timex.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "schools/schools.h"

#define SITUATION_ROUTE "/agent/campagnes/:campagne/dossiers/:dossier/situation"

handler_fn situation_form, situation_post;

/* ---- facts ---- */

/* The facts that are asked, in the order of the form. */
enum { ASKED = 6 };
extern const enum fact asked_facts[ASKED];
/* Whether a campaign has chosen to ask it. */
bool campaign_asks_fact(const struct campaign *c, enum fact f);
/* The last answer to each; version 0: never asked. */
struct answers { struct award_answer_row v[ASKED]; };
must_use enum err answers_of(struct db *db, i64 file_id, struct answers *ret);
/* An answer, after the one of that version. In a transaction. CONFLICT: somebody has answered since. */
must_use enum err answer_put(struct db *db, i64 file_id, enum fact f, i64 version, i64 value, str day, i64 user_id);
/* "Ordinateurs et tablettes : aucun appareil" */
str award_fact_words(const struct view *v, enum fact f, i64 value);

struct question { const char *name; str label, hint, said, typed; bool number; struct option *v; size_t n; };
struct questions { struct question *v; size_t n; };
struct situation_page {
	const struct form *form;
	str campaign_path, path, file_path, public_id, name, seen, points;
	bool saved;
	struct panel_lines known, more;          /* more: what it would be worth to know */
	struct questions questions;
};

/* The day of a form's field, today when none was typed. */
struct date form_day(const struct req *req, const char *name);

#endif

/* What is known of a file for the rule: children, classes and area come from the household; the rest was asked. */
#include "awarding/pages.h"

const enum fact asked_facts[ASKED] = { FACT_DEVICES, FACT_CONNECTION, FACT_DISTANCE, FACT_STUDIES, FACT_GRANT, FACT_REFERRAL };

/* The same, as params.c calls them: what a campaign chooses among. */
const struct choice campaign_asks[] = { { "appareils", N_("Ordinateurs et tablettes") }, { "connexion", N_("Connexion à Internet") },
	{ "distance", N_("Distance jusqu’au lieu le plus proche avec Internet, en mètres") }, { "etudes", N_("Études ou formation en cours") },
	{ "bourse", N_("Bourse sur critères sociaux") }, { "orientation", N_("Foyer orienté par un partenaire") }, { NULL, NULL } };

bool campaign_asks_fact(const struct campaign *c, enum fact f)
{
	str rest = c->f[C_ASKS], code;
	while (rest.n && str_next(&rest, ' ', &code))
		if (str_eq(code, str_c(fact_kinds[f].code)))
			return true;
	return false;
}

enum err answers_of(struct db *db, i64 file_id, struct answers *ret)
{
	struct award_answer_row_list rows;
	try(award_answers(db, file_id, &rows));
	*ret = (struct answers){ .v[0].version = 0 };
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < ASKED; k++)
			if (str_eq(rows.v[i].fact, str_c(fact_kinds[asked_facts[k]].code)))
				ret->v[k] = rows.v[i];
	return OK;
}

enum err answer_put(struct db *db, i64 file_id, enum fact f, i64 version, i64 value, str day, i64 user_id)
{
	struct opt_i64 known = { value, value != FACT_UNKNOWN };
	try(award_answer_put(db, file_id, str_c(fact_kinds[f].code), version + 1, known, day, user_id, now_ms()));
	return db_changes(db) ? OK : CONFLICT;
}

enum err award_facts_of(struct db *db, i64 file_id, i64 ret[FACTS])
{
	struct award_known_row known;
	struct answers answers;
	try(award_known(db, file_id, &known));
	try(answers_of(db, file_id, &answers));
	for (enum fact f = 0; f < FACTS; f++)
		ret[f] = FACT_UNKNOWN;
	ret[FACT_CHILDREN] = known.children < fact_kinds[FACT_CHILDREN].most ? known.children : fact_kinds[FACT_CHILDREN].most;
	ret[FACT_CM] = known.cm;
	if (known.area.set)
		ret[FACT_AREA] = known.area.v;
	for (size_t k = 0; k < ASKED; k++)
		if (answers.v[k].version && answers.v[k].value.set)
			ret[asked_facts[k]] = answers.v[k].value.v;
	return OK;
}

str award_fact_words(const struct view *v, enum fact f, i64 value)
{
	return _f("{1} : {2}", tr_here(v, fact_kinds[f].label), fact_value_words(v, f, value));
}

struct date form_day(const struct req *req, const char *name)
{
	for (size_t i = 0; i < req->form->spec->n; i++)
		if (!strcmp(req->form->spec->fields[i].name, name) && req->form->values[i].date.set)
			return (struct date){ req->form->values[i].date.y, req->form->values[i].date.m, req->form->values[i].date.d };
	return today_paris();
}

/* What awarding holds on a household, in words, for its own access file: answers, ranks, decisions. */
#include "awarding/pages.h"
#include "awarding/runs.h"
#include "awarding/why.h"

static enum err put_answers(struct req *req, i64 file_id, str title, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct award_answer_row_list rows;
	try(award_answers_ever(req->db, file_id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		for (enum fact f = 0; f < FACTS; f++)
			if (str_eq(rows.v[i].fact, str_c(fact_kinds[f].code)))
				held_put(req->a, ret, title, iso_date_shown(v, rows.v[i].day), award_fact_words(v, f, rows.v[i].value.set ? rows.v[i].value.v : FACT_UNKNOWN));
	return OK;
}

/* A decision as its family reads it. */
static str act_told(const struct view *v, const struct award_decision_row *d)
{
	static const char *const words[] = {
		N_("Un ordinateur vous a été attribué, à votre rang"), N_("Un ordinateur vous a été attribué, autrement que par le calcul"),
		N_("Un ordinateur vous a été attribué, sans calcul"), N_("Votre demande a été mise de côté"), N_("La décision a été annulée"),
		N_("Votre demande attend la fois suivante"),
	};
	const char *why = award_reason_told(d->reason);
	for (enum award_act a = 0; a < ACTS; a++)
		if (str_eq(d->act, str_c(act_code(a))))
			return *why ? _f("{1} : {2}", tr_here(v, words[a]), tr_here(v, why)) : tr_here(v, words[a]);
	return S("");
}

static enum err put_rank(struct req *req, const struct file *f, str title, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct why *w = arena_one(req->a, struct why);
	struct award_decision_row_list rows;
	try(why_of(req->db, f, w));
	if (w->in_run) {
		str day = date_shown(v, paris_of_ms(w->row.at).date);
		struct alloc_words why = rank_words(v, &w->run, &w->line), points = points_words(v, &w->params, w->file.facts);
		for (size_t i = 0; i < why.n; i++)
			held_put(req->a, ret, title, day, why.v[i]);
		for (size_t i = 0; i < points.n; i++)
			held_put(req->a, ret, title, _("Points"), points.v[i]);
	}
	try(award_decisions(req->db, f->id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		held_put(req->a, ret, title, iso_date_shown(v, rows.v[i].day), act_told(v, &rows.v[i]));
	return OK;
}

enum err award_held(struct req *req, const struct household *h, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct family_files files;
	try(files_ever_of_family(req->db, h->id, &files));
	for (size_t i = 0; i < files.n; i++) {
		files_speak_of(req, &files, i);
		try(put_answers(req, files.v[i].id, _f("Ce que vous avez dit pour avoir un ordinateur : {1}", files.campaigns[i]), ret));
		try(put_rank(req, &files.v[i], _f("Votre rang, et ce qui a été décidé : {1}", files.campaigns[i]), ret));
	}
	return OK;
}

/* Why a file has its rank, in the words of the engine; and what the family is told: the decision, the points, that an algorithm was used, who
 * decided, how to contest. */
#include "awarding/why.h"

#include "html/i18n.h"

static void read_facts(str text, i64 facts[FACTS])
{
	str one;
	for (enum fact f = 0; f < FACTS; f++) {
		facts[f] = FACT_UNKNOWN;
		if (str_next(&text, ',', &one) && (!str_i64(one, &facts[f]) || facts[f] > fact_kinds[f].most))
			facts[f] = FACT_UNKNOWN;
	}
}

static enum err read_line(struct db *db, const struct file *f, struct why *w)
{
	struct award_run_school_row_list schools;
	str why;
	try(params_read(db_arena(db), w->row.parameters, &w->params, &why));
	try(award_run_schools(db, w->row.run_id, &schools));
	for (size_t i = 0; i < schools.n; i++)
		if (schools.v[i].school_id == w->row.school_id) {
			const struct award_run_school_row *s = &schools.v[i];
			w->share = (struct share_school){ .id = school_short(s->name), .most = SHARE_QUANTITY_MAX };
			w->school = (struct alloc_share){ &w->share, s->quota, s->places, s->files, s->eligible, s->proposed, s->last };
		}
	w->file = (struct alloc_file){ .id = f->public_id, .school = w->share.id };
	read_facts(w->row.facts, w->file.facts);
	w->line = (struct alloc_line){ .file = &w->file, .points = w->row.points, .rank = w->row.rank, .alike = w->row.alike,
		.state = (enum alloc_state)w->row.state, .refusal = (enum alloc_refusal)w->row.refusal };
	w->in = (struct alloc_input){ .params = &w->params };
	w->run = (struct alloc_run){ .in = &w->in, .lines = &w->line, .n = 1, .schools = &w->school, .n_schools = 1 };
	return OK;
}

static enum err read_standing(struct db *db, const struct file *f, struct why *w)
{
	struct standings s;
	try(standings_of(db, w->row.wave_id, w->row.run_id, w->row.school_id, &s));
	for (size_t i = 0; i < s.n; i++)
		if (s.v[i].row->file_id == f->id)
			w->standing = s.v[i].s;
	return OK;
}

enum err why_of(struct db *db, const struct file *f, struct why *ret)
{
	*ret = (struct why){ .state = f->state, .standing = f->state >= FS_ALLOCATED && f->state <= FS_LOST ? ST_ELSEWHERE : ST_GONE };
	enum err e = award_decision_last(db, f->id, &ret->last);
	if (e == NOT_FOUND)
		ret->last = (struct award_decision_row){ .number = 0, .act = S(""), .reason = S(""), .day = S("") };
	else if (e != OK)
		return e;
	e = award_line_of(db, f->id, &ret->row);
	if (e == NOT_FOUND)
		return OK;
	try(e);
	try(read_line(db, f, ret));
	ret->in_run = ret->row.wave_id == f->wave_id;
	return ret->in_run ? read_standing(db, f, ret) : OK;
}

bool notice_due(const struct why *w)
{
	return w->standing != ST_PROPOSED && w->standing != ST_GONE;
}

/* ---- in words ---- */

static str decision_words(const struct view *v, const struct why *w)
{
	switch (w->standing) {
	case ST_GIVEN: case ST_OVER: case ST_ELSEWHERE:
		return w->state == FS_ALLOCATED ? _("Un ordinateur vous est attribué.") : _("Un ordinateur vous a été attribué.");
	case ST_WAITING:
		return _("Il n’y a pas assez d’ordinateurs cette fois. Votre demande est sur la liste d’attente, et elle compte pour la suite.");
	case ST_INCOMPLETE: return _("Il nous manque des réponses. Dites-les-nous : votre demande sera comptée.");
	case ST_REFUSED: return _("Votre demande n’est pas sur la liste.");
	case ST_ASIDE: return _("Votre demande est laissée de côté pour le moment. Parlez-nous-en si ce n’est pas ce que vous voulez.");
	case ST_PROPOSED: case ST_GONE: case STANDINGS: break;
	}
	return _("La décision n’est pas encore prise.");
}

static str joined(const struct view *v, struct alloc_words w, size_t most)
{
	return str_join(v->a, w.v, w.n < most ? w.n : most, S("\n"));
}

/* What would have given the most more: a letter has no room for all. What gives no points is not asked. */
static str change_line(const struct view *v, const struct why *w)
{
	struct fact_changes c = facts_changes(v->a, &w->params, w->file.facts);
	const struct fact_change *best = NULL;
	str unknown[FACTS];
	size_t n = 0;
	for (enum fact f = 0; f < FACTS; f++)
		if (w->file.facts[f] == FACT_UNKNOWN && fact_points(&w->params, f, fact_kinds[f].most) > 0)
			unknown[n++] = tr_here(v, fact_kinds[f].label);
	if (n)
		return _f("Ce que nous ne savons pas compte zéro : {1}. Dites-le-nous, cela peut changer votre rang.", str_join(v->a, unknown, n, S(", ")));
	for (size_t i = 0; i < c.n; i++)
		if (c.v[i].points > 0 && (!best || c.v[i].points > best->points))
			best = &c.v[i];
	if (!best)
		return _("Aucune autre réponse ne donnerait plus de points.");
	return _f("Ce qui changerait le plus votre rang : {1}, si c’était « {2} » ({3} de plus).", tr_here(v, fact_kinds[best->fact].label),
		fact_value_words(v, best->fact, best->value), _n("{n} point", "{n} points", best->points));
}

static str decider(const struct view *v, const struct signed_by *by)
{
	return by->name.n ? _f("{1}, {2}, le {3}", by->name, by->organisation, by->day) : _f("{1}, le {2}", by->organisation, by->day);
}

/* Awarded by somebody, whatever a calculation said or had not said yet. */
static bool without_run(const struct why *w)
{
	return w->standing == ST_ELSEWHERE && str_eq(w->last.act, S("urgent"));
}

struct alloc_words person_words(const struct view *v, const struct why *w)
{
	struct alloc_words lines = { arena_many(v->a, str, 2), 0 };
	const char *told = award_reason_told(w->last.reason);
	if (without_run(w))
		lines.v[lines.n++] = _("Une personne a décidé, sans calcul.");
	else if (w->standing == ST_OVER)
		lines.v[lines.n++] = _("Une personne a décidé autrement que le calcul.");
	else if (w->standing == ST_ASIDE)
		lines.v[lines.n++] = _("Une personne a mis votre demande de côté.");
	if (lines.n && *told)
		lines.v[lines.n++] = _f("La raison : {1}.", tr_here(v, told));
	return lines;
}

static void put_mention(const struct view *v, const struct why *w, const struct signed_by *by, struct notice *n)
{
	n->rules = S("");
	if (without_run(w)) {
		n->mention = _f("Aucun calcul n’a servi pour cette décision. Une personne a décidé : {1}.", decider(v, by));
		return;
	}
	n->mention = _f("{1} {2}", _f("Un calcul a classé les demandes (traitement algorithmique) ; une personne a décidé : {1}.", decider(v, by)),
		_("Vous pouvez demander les règles, et ce que le calcul a fait de vos données."));
	n->rules = _f("Les règles sont publiques : {1}/algorithmes (code des relations entre le public et l’administration, articles L. 311-3-1 et R. 311-3-1-2).",
		v->city->public_url);
}

/* The rank, where it was decided by it: whoever has a computer is not asked more. */
static void put_rank(const struct view *v, const struct why *w, struct notice *n)
{
	n->points = joined(v, points_words(v, &w->params, w->file.facts), 10);
	n->change = w->standing == ST_GIVEN || w->standing == ST_OVER ? S("") : change_line(v, w);
}

struct notice notice_in(const struct view *as, enum lang lang, const struct why *w, const struct signed_by *by)
{
	struct view own = *as;
	const struct view *v = &own;
	own.lang = lang;
	struct notice n = { .lang = lang, .decision = decision_words(v, w), .next = S(""), .points = S(""), .change = S("") };
	struct alloc_words why = person_words(v, w);
	n.why = joined(v, why, why.n);
	if (w->state == FS_ALLOCATED)
		n.next = _("Le jour où vous venez le prendre, nous le choisissons avec vous.");
	if (w->in_run && w->standing != ST_ELSEWHERE) {
		str rank = joined(v, rank_words(v, &w->run, &w->line), 6);
		n.why = n.why.n ? str_printf(v->a, "%.*s\n%.*s", STR_ARG(n.why), STR_ARG(rank)) : rank;
		put_rank(v, w, &n);
	}
	put_mention(v, w, by, &n);
	n.appeal = _f("Si vous n’êtes pas d’accord, vous avez deux mois pour le dire à {1}, qui regardera à nouveau (recours gracieux), et deux mois pour saisir le "
		"tribunal administratif, par lettre ou sur www.telerecours.fr. Le Défenseur des droits peut vous aider, gratuitement.", by->organisation);
	return n;
}

/* Allocations in words; see words.h. */
#include "allocation/words.h"

#include "html/format.h"

enum { LINES = 40 };

static str number(const struct view *v, i64 n) { return number_shown(v->a, v->lang, n); }
static str points(const struct view *v, i64 n) { return _n("{n} point", "{n} points", n); }
static void add(struct alloc_words *w, str line) { assert(w->n < LINES); w->v[w->n++] = line; }
static struct alloc_words none(const struct view *v) { return (struct alloc_words){ arena_many(v->a, str, LINES), 0 }; }

str fact_value_words(const struct view *v, enum fact f, i64 value)
{
	if (value == FACT_UNKNOWN)
		return _("on ne sait pas");
	return fact_kinds[f].labels ? tr(v->lang, fact_kinds[f].labels[value]) : number(v, value);
}

str alloc_state_words(const struct view *v, enum alloc_state s)
{
	static const char *const words[] = { N_("proposé"), N_("liste d’attente"), N_("à compléter"), N_("pas sur la liste") };
	return tr(v->lang, words[s]);
}

/* Without a child at school there is nothing to say of children; nor of a grant that the rule gives no points to and nobody has spoken of. */
static bool is_told(const struct params *p, const i64 facts[FACTS], enum fact f)
{
	if (f == FACT_GRANT)
		return p->v[PARAM_GRANT] > 0 || facts[f] != FACT_UNKNOWN;
	return (f != FACT_CHILDREN && f != FACT_CM) || facts[FACT_CHILDREN] != 0;
}

struct alloc_words points_words(const struct view *v, const struct params *p, const i64 facts[FACTS])
{
	struct alloc_words w = none(v);
	i64 sum = 0, total = facts_points(p, facts);
	for (enum fact f = 0; f < FACTS; f++) {
		i64 n = fact_points(p, f, facts[f]);
		sum += n;
		if (!is_told(p, facts, f))
			continue;
		add(&w, _f("{1} : {2} : {3}", tr(v->lang, fact_kinds[f].label), fact_value_words(v, f, facts[f]), points(v, n)));
	}
	if (sum > total)
		add(&w, _f("Le total ne dépasse pas {1}.", points(v, p->v[PARAM_MOST])));
	return w;
}

struct alloc_words change_words(const struct view *v, const struct params *p, const i64 facts[FACTS])
{
	struct alloc_words w = none(v);
	struct fact_changes c = facts_changes(v->a, p, facts);
	for (enum fact f = 0; f < FACTS; f++)
		if (facts[f] == FACT_UNKNOWN && is_told(p, facts, f))
			add(&w, _f("On ne sait pas encore : {1}. Cela compte zéro point tant qu’on ne sait pas.", tr(v->lang, fact_kinds[f].label)));
	if (p->v[PARAM_SEVERAL] && facts[FACT_DEVICES] != 0)
		add(&w, _("Avec plusieurs appareils, ce foyer ne serait pas sur la liste."));
	for (size_t i = 0; i < c.n && w.n < LINES; i++) {
		if (!is_told(p, facts, c.v[i].fact))
			continue;
		str label = tr(v->lang, fact_kinds[c.v[i].fact].label), value = fact_value_words(v, c.v[i].fact, c.v[i].value);
		if (c.v[i].points > 0)
			add(&w, _f("{1}, si c’était « {2} » : {3} de plus.", label, value, points(v, c.v[i].points)));
		else
			add(&w, _f("{1}, si c’était « {2} » : {3} de moins.", label, value, points(v, -c.v[i].points)));
	}
	return w;
}

static void refused_words(const struct view *v, struct alloc_words *w, const struct params *p, const struct alloc_line *l)
{
	if (l->refusal == REFUSED_SEVERAL)
		add(w, _("Ce foyer a plusieurs appareils : la règle ne le met pas sur la liste."));
	else
		add(w, _f("Il faut {1} pour être sur la liste, et ce dossier a {2}.", points(v, p->v[PARAM_LEAST]), points(v, l->points)));
}

struct alloc_words rank_words(const struct view *v, const struct alloc_run *run, const struct alloc_line *l)
{
	struct alloc_words w = none(v);
	const struct alloc_share *s = &run->schools[l->school];
	if (l->state == ALLOC_INCOMPLETE)
		add(&w,
			_f("Il manque des réponses. Avec ce qu’on sait, ce dossier a {1} ; il en faut {2}.", points(v, l->points), points(v, run->in->params->v[PARAM_LEAST])));
	if (l->state == ALLOC_REFUSED) {
		refused_words(v, &w, run->in->params, l);
	}
	if (!l->rank)
		return w;
	add(&w, _f("Ce dossier a {1}. Il est au rang {2} sur {3} dans l’école {4}.",
		points(v, l->points), number(v, l->rank), number(v, s->eligible), s->school->id));
	add(&w, _n("L’école a {n} appareil dans cette vague.", "L’école a {n} appareils dans cette vague.", s->places));
	if (l->alike)
		add(&w, _n("{n} autre dossier de l’école a autant de points : un tirage au sort public a fait l’ordre.",
			"{n} autres dossiers de l’école ont autant de points : un tirage au sort public a fait l’ordre.", l->alike));
	if (l->state == ALLOC_WAITING && s->proposed) {
		if (s->last > l->points)
			add(&w, _f("Il manque {1} pour rejoindre le dernier dossier proposé.", points(v, s->last - l->points)));
		else
			add(&w, _("Le dernier dossier proposé a autant de points : le tirage a décidé."));
	}
	return w;
}

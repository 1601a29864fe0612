/* The vocabulary of allocation, and its points; see params.h. */
#include "allocation/params.h"

#include "html/i18n.h"

static const char *const device_words[] = { "plusieurs", "un", "partage", "aucun", NULL };
static const char *const device_labels[] = {
	N_("plusieurs appareils"), N_("un seul appareil pour le foyer"), N_("un appareil partagé ou prêté"), N_("aucun appareil"), NULL,
};
static const char *const connection_words[] = { "fixe", "mobile", "aucune", NULL };
static const char *const connection_labels[] = { N_("une connexion à la maison"), N_("le téléphone seulement"), N_("aucune connexion"), NULL };
static const char *const yes_words[] = { "non", "oui", NULL };
static const char *const yes_labels[] = { N_("non"), N_("oui"), NULL };

const struct fact_kind fact_kinds[FACTS] = {
	[FACT_CHILDREN] = { "enfants", N_("Enfants à l’école"), 20, NULL, NULL },
	[FACT_DEVICES] = { "appareils", N_("Ordinateurs et tablettes"), 3, device_words, device_labels },
	[FACT_CONNECTION] = { "connexion", N_("Connexion à Internet"), 2, connection_words, connection_labels },
	[FACT_DISTANCE] = { "distance", N_("Distance jusqu’au lieu le plus proche avec Internet, en mètres"), 100000, NULL, NULL },
	[FACT_CM] = { "cm", N_("Enfant en CM1 ou CM2"), 1, yes_words, yes_labels },
	[FACT_AREA] = { "quartier_prioritaire", N_("Quartier prioritaire"), 1, yes_words, yes_labels },
	[FACT_REFERRAL] = { "orientation", N_("Foyer orienté par un partenaire"), 1, yes_words, yes_labels },
	[FACT_STUDIES] = { "etudes", N_("Études ou formation en cours"), 1, yes_words, yes_labels },
	[FACT_GRANT] = { "bourse", N_("Bourse sur critères sociaux"), 1, yes_words, yes_labels },
};

const struct param_kind param_kinds[PARAMS] = {
	[PARAM_CHILD] = { "enfant", N_("Par enfant à l’école"), 1000 },
	[PARAM_CHILDREN_MOST] = { "enfants_au_plus", N_("Pour les enfants, au plus"), 10000 },
	[PARAM_NO_DEVICE] = { "aucun_appareil", N_("Aucun appareil"), 1000 },
	[PARAM_SHARED_DEVICE] = { "appareil_partage", N_("Un appareil partagé ou prêté"), 1000 },
	[PARAM_ONE_DEVICE] = { "un_appareil", N_("Un seul appareil pour le foyer"), 1000 },
	[PARAM_NO_CONNECTION] = { "aucune_connexion", N_("Aucune connexion"), 1000 },
	[PARAM_MOBILE] = { "connexion_mobile", N_("Connexion par le téléphone seulement"), 1000 },
	[PARAM_FAR] = { "loin", N_("Loin d’un lieu connecté"), 1000 },
	[PARAM_FAR_METRES] = { "loin_des", N_("On est loin à partir de"), 100000 },
	[PARAM_CM] = { "cm", N_("Enfant en CM1 ou CM2"), 1000 },
	[PARAM_AREA] = { "quartier_prioritaire", N_("Quartier prioritaire"), 1000 },
	[PARAM_REFERRAL] = { "orientation", N_("Foyer orienté par un partenaire"), 1000 },
	[PARAM_STUDIES] = { "etudes", N_("Études ou formation en cours"), 1000 },
	[PARAM_MOST] = { "total_au_plus", N_("En tout, au plus"), 100000 },
	[PARAM_LEAST] = { "minimum", N_("Points qu’il faut pour être sur la liste"), 100000 },
	[PARAM_SEVERAL] = { "plusieurs_exclus", N_("Plusieurs appareils : pas sur la liste (1 oui, 0 non)"), 1 },
	[PARAM_GRANT] = { "bourse", N_("Bourse sur critères sociaux"), 1000 },
};

const struct params *params_default(void)
{
	static const struct params p = {
		.name = S_INIT("Réglage d’origine"), .reference = S_INIT("Aucune délibération : réglage d’origine du logiciel"), .from = { 2026, 1, 1 },
		.v = { [PARAM_CHILD] = 5, [PARAM_CHILDREN_MOST] = 20, [PARAM_NO_DEVICE] = 40, [PARAM_SHARED_DEVICE] = 25, [PARAM_ONE_DEVICE] = 10,
			[PARAM_NO_CONNECTION] = 15, [PARAM_MOBILE] = 8, [PARAM_FAR] = 5, [PARAM_FAR_METRES] = 1000, [PARAM_CM] = 10, [PARAM_AREA] = 10,
			[PARAM_REFERRAL] = 5, [PARAM_STUDIES] = 5, [PARAM_MOST] = 100, [PARAM_LEAST] = 10, [PARAM_SEVERAL] = 1 },
	};
	return &p;
}

const char *params_fault(const struct params *p, enum param *ret)
{
	static const struct { enum param more, less; } orders[] = {
		{ PARAM_NO_DEVICE, PARAM_SHARED_DEVICE }, { PARAM_SHARED_DEVICE, PARAM_ONE_DEVICE }, { PARAM_NO_CONNECTION, PARAM_MOBILE },
		{ PARAM_CHILDREN_MOST, PARAM_CHILD }, { PARAM_MOST, PARAM_LEAST },
	};
	for (*ret = 0; *ret < PARAMS; ++*ret)
		if (p->v[*ret] < 0 || p->v[*ret] > param_kinds[*ret].most)
			return N_("Ce nombre est trop petit ou trop grand.");
	for (size_t i = 0; i < lengthof(orders); i++) {
		*ret = orders[i].more;
		if (p->v[orders[i].more] < p->v[orders[i].less])
			return N_("Un besoin plus grand ne peut pas donner moins de points.");
	}
	*ret = PARAMS;
	if (!p->name.n || !p->reference.n)
		return N_("Il faut un nom et une référence (la délibération).");
	if (!date_valid(p->from) || (p->has_to && (!date_valid(p->to) || date_days(p->to) < date_days(p->from))))
		return N_("La fin vient avant le début.");
	return NULL;
}

i64 fact_points(const struct params *p, enum fact f, i64 value)
{
	static const enum param devices[] = { PARAMS, PARAM_ONE_DEVICE, PARAM_SHARED_DEVICE, PARAM_NO_DEVICE };
	static const enum param connections[] = { PARAMS, PARAM_MOBILE, PARAM_NO_CONNECTION };
	static const enum param yes[FACTS] = { [FACT_CM] = PARAM_CM, [FACT_AREA] = PARAM_AREA, [FACT_REFERRAL] = PARAM_REFERRAL, [FACT_STUDIES] = PARAM_STUDIES,
		[FACT_GRANT] = PARAM_GRANT };
	if (value <= 0)
		return 0;
	assert(value <= fact_kinds[f].most);
	if (f == FACT_CHILDREN) {
		i64 points = value * p->v[PARAM_CHILD];
		return points < p->v[PARAM_CHILDREN_MOST] ? points : p->v[PARAM_CHILDREN_MOST];
	}
	if (f == FACT_DISTANCE)
		return value >= p->v[PARAM_FAR_METRES] ? p->v[PARAM_FAR] : 0;
	return p->v[f == FACT_DEVICES ? devices[value] : f == FACT_CONNECTION ? connections[value] : yes[f]];
}

i64 facts_points(const struct params *p, const i64 facts[FACTS])
{
	i64 points = 0;
	for (enum fact f = 0; f < FACTS; f++)
		points += fact_points(p, f, facts[f]);
	return points < p->v[PARAM_MOST] ? points : p->v[PARAM_MOST];
}

i64 facts_points_at_most(const struct params *p, const i64 facts[FACTS])
{
	i64 best[FACTS];
	for (enum fact f = 0; f < FACTS; f++)
		best[f] = facts[f] == FACT_UNKNOWN ? fact_kinds[f].most : facts[f];
	return facts_points(p, best);
}

/* The values of a fact that are worth trying: all words; of numbers, one more, one less, where being far begins. */
static size_t others(const struct params *p, enum fact f, i64 now, i64 v[4])
{
	size_t n = 0;
	if (fact_kinds[f].words) {
		for (i64 i = 0; i <= fact_kinds[f].most; i++)
			if (i != now)
				v[n++] = i;
		return n;
	}
	if (f == FACT_DISTANCE) {
		v[n++] = now >= p->v[PARAM_FAR_METRES] ? 0 : p->v[PARAM_FAR_METRES];
		return n;
	}
	if (now > 0)
		v[n++] = now - 1;
	if (now < fact_kinds[f].most)
		v[n++] = now == FACT_UNKNOWN ? 1 : now + 1;
	return n;
}

struct fact_changes facts_changes(struct arena *a, const struct params *p, const i64 facts[FACTS])
{
	struct fact_changes ret = { arena_many(a, struct fact_change, 4 * (size_t)FACTS), 0 };
	i64 now = facts_points(p, facts), with[FACTS], values[4];
	memcpy(with, facts, sizeof with);
	for (enum fact f = 0; f < FACTS; f++) {
		size_t n = others(p, f, facts[f], values);
		for (size_t i = 0; i < n; i++) {
			with[f] = values[i];
			i64 points = facts_points(p, with) - now;
			if (points)
				ret.v[ret.n++] = (struct fact_change){ f, values[i], points };
		}
		with[f] = facts[f];
	}
	return ret;
}

/* The table of owners and recipients; see titles.h. */
#include "stock/titles.h"

#include "html/i18n.h"

const struct stock_owner_words stock_owners[OWNER_COUNT] = {
	[OWNER_ASSOCIATION] = { "association", N_("Une association") },
	[OWNER_COMPANY] = { "company", N_("Une entreprise") },
	[OWNER_CITY] = { "city", N_("La ville") },
	[OWNER_METROPOLE] = { "metropole", N_("La métropole") },
	[OWNER_CCAS] = { "ccas", N_("Le CCAS") },
};

#define FREE N_("son propriétaire est privé : il peut le donner, si la personne s’engage à ne pas le revendre")
#define LENDS N_("une collectivité ne donne pas à une famille : elle prête")
#define TO_BODIES N_("une collectivité peut le donner à cette association, s’il vaut 300 € au plus et si elle s’engage par écrit")
#define NOT_LISTED N_("une collectivité ne donne qu’aux organismes que la loi nomme : à celui-ci, elle prête")
#define IN_KIND N_("le CCAS peut le donner comme aide en nature, sur une décision")
#define AID_ONLY N_("le CCAS n’aide en nature que des personnes : à celui-ci, il prête")

#define CIVIL "Code civil, art. 894"
#define CG3P "CG3P, art. L. 3212-3 et L. 3212-2"
#define CASF "CASF, art. L. 123-5"

static const struct title_rule rules[OWNER_COUNT][RECIPIENT_COUNT] = {
	[OWNER_ASSOCIATION] = { { true, false, true, false, FREE, CIVIL }, { true, false, true, false, FREE, CIVIL }, { true, false, true, false, FREE, CIVIL } },
	[OWNER_COMPANY] = { { true, false, true, false, FREE, CIVIL }, { true, false, true, false, FREE, CIVIL }, { true, false, true, false, FREE, CIVIL } },
	[OWNER_CITY] = { { .why = LENDS, .article = CG3P }, { true, true, true, false, TO_BODIES, CG3P }, { .why = NOT_LISTED, .article = CG3P } },
	[OWNER_METROPOLE] = { { .why = LENDS, .article = CG3P }, { true, true, true, false, TO_BODIES, CG3P }, { .why = NOT_LISTED, .article = CG3P } },
	[OWNER_CCAS] = { { true, false, true, true, IN_KIND, CASF }, { true, true, true, false, TO_BODIES, CG3P }, { .why = AID_ONLY, .article = CASF } },
};

bool stock_owner_of(str code, enum stock_owner *ret)
{
	for (enum stock_owner o = 0; o < OWNER_COUNT; o++)
		if (str_eq(code, str_c(stock_owners[o].code))) {
			*ret = o;
			return true;
		}
	return false;
}

const struct title_rule *stock_title_rule(enum stock_owner owner, enum stock_recipient to)
{
	assert(owner < OWNER_COUNT && to < RECIPIENT_COUNT);
	return &rules[owner][to];
}

enum gift_answer stock_gift_check(enum stock_owner owner, enum stock_recipient to, const struct gift *g)
{
	const struct title_rule *r = stock_title_rule(owner, to);
	if (!r->gift)
		return GIFT_NEVER;
	if (r->worth && g->worth < 0)
		return GIFT_NO_WORTH;
	if (r->worth && g->worth > GIFT_MOST_EUROS)
		return GIFT_TOO_DEAR;
	if (r->commitment && !g->commitment)
		return GIFT_NO_COMMITMENT;
	return r->decision && !g->decision ? GIFT_NO_DECISION : GIFT_ALLOWED;
}

const char *stock_gift_words(enum gift_answer a)
{
	static const char *const words[] = {
		[GIFT_ALLOWED] = "",
		[GIFT_NEVER] = N_("Son propriétaire ne peut pas le donner : prêtez-le."),
		[GIFT_NO_WORTH] = N_("Écrivez ce qu’il vaut, en euros."),
		[GIFT_TOO_DEAR] = N_("Il vaut plus de 300 € : son propriétaire ne peut que le prêter."),
		[GIFT_NO_COMMITMENT] = N_("Faites d’abord signer l’engagement de ne pas le revendre, puis cochez la case."),
		[GIFT_NO_DECISION] = N_("Il faut la décision du CCAS : cochez la case quand vous l’avez vue."),
	};
	return words[a];
}

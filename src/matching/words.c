/* What does not answer a need, and what came of it, in the words of agents. */
#include "matching/pages.h"

const struct choice match_kind_choices[] = {
	{ "laptop", N_("Portable") }, { "desktop", N_("Fixe, ou portable") }, { "tablet", N_("Tablette, ou portable") }, { NULL, NULL },
};
const struct choice match_grade_choices[] = {
	{ "A", N_("A : comme neuf") }, { "B", N_("B : bon état, quelques traces") }, { "C", N_("C : usé, il marche") }, { NULL, NULL },
};

const struct choice match_out_reasons[] = {
	{ "device", N_("cet appareil a un défaut") },
	{ "unfit", N_("cet appareil ne lui convient pas") },
	{ "family", N_("à revoir avec la famille") },
	{ "later", N_("elle aura le sien plus tard") },
	{ NULL, NULL },
};

const struct choice match_results[] = {
	{ "kept", N_("gardé pour elle") },
	{ "taken", N_("pas gardé : l’appareil n’était plus libre") },
	{ "moved", N_("pas gardé : le dossier n’attendait plus d’appareil dans cette vague") },
	{ "has", N_("pas gardé : un autre appareil l’était déjà") },
	{ "released", N_("remis en stock") },
	{ NULL, NULL },
};

static str number(const struct view *v, i64 n) { return number_shown(v->a, v->lang, n); }
static str grade_words(i64 grade) { return grade == 0 ? S("A") : grade == 1 ? S("B") : S("C"); }

str match_short_words(const struct view *v, const struct match_side *device, const struct match_side *need)
{
	const i64 *d = device->v, *n = need->v;
	str parts[TRAITS];
	size_t k = 0;
	if (d[TRAIT_KIND] != n[TRAIT_KIND])
		parts[k++] = _f("demandé : {1}, ici : {2}", match_kind_words(v, n[TRAIT_KIND]), match_kind_words(v, d[TRAIT_KIND]));
	if (d[TRAIT_RAM] < n[TRAIT_RAM])
		parts[k++] = d[TRAIT_RAM] ? _f("{1} Go demandés, {2} Go ici", number(v, n[TRAIT_RAM]), number(v, d[TRAIT_RAM]))
			: _f("{1} Go demandés, mémoire inconnue ici", number(v, n[TRAIT_RAM]));
	if (d[TRAIT_SCREEN] < n[TRAIT_SCREEN])
		parts[k++] = d[TRAIT_SCREEN] ? _f("{1} pouces demandés, {2} ici", number(v, n[TRAIT_SCREEN]), number(v, d[TRAIT_SCREEN]))
			: _f("{1} pouces demandés, écran inconnu ici", number(v, n[TRAIT_SCREEN]));
	if (d[TRAIT_GRADE] > n[TRAIT_GRADE])
		parts[k++] = _f("qualité {1} demandée, {2} ici", grade_words(n[TRAIT_GRADE]), grade_words(d[TRAIT_GRADE]));
	return str_join(v->a, parts, k, S(" ; "));
}

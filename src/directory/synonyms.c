/* One group a line, folded words separated by spaces. Each word of a group finds the others. To add one: add it here. */
#include "directory/synonyms.h"

static const char *const groups[] = {
	"caf allocations familiales",
	"impots impot fiscal revenus taxes tresor",
	"ordinateur ordinateurs ordi pc portable",
	"telephone telephones smartphone mobile portable",
	"internet wifi web connexion",
	"mail mails email courriel messagerie mel",
	"emploi travail chomage",
	"cv curriculum candidature",
	"imprimer impression imprimante scanner numeriser photocopie",
	"reparer reparation repair depannage",
	"cours formation atelier ateliers initiation apprendre",
	"senior seniors retraite retraites aines",
	"enfant enfants famille familles parentalite parents",
	"papiers demarches demarche administratif administratives paperasse",
	"gratuit gratuite gratuitement",
	"handicap handicape handicaps pmr fauteuil",
	"bibliotheque mediatheque",
	"sourd sourds surdite malentendant lsf",
	"aveugle malvoyant visuelle",
	"cheque cheques pass",
};

static bool group_has(str group, str word)
{
	for (str rest = group, w; str_next(&rest, ' ', &w);)
		if (str_eq(w, word))
			return true;
	return false;
}

size_t synonyms_of(str word, str *ret, size_t max)
{
	size_t n = 0;
	for (size_t i = 0; i < lengthof(groups); i++) {
		str group = str_c(groups[i]), w;
		if (!group_has(group, word))
			continue;
		while (n < max && str_next(&group, ' ', &w))
			if (!str_eq(w, word))
				ret[n++] = w;
	}
	return n;
}

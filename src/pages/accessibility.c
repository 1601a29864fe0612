/* See accessibility.h. The figures come from the audit itself; only what its faults mean to people is written here. */
#include "pages/accessibility.h"

#include "html/i18n.h"
#include "pages/rgaa_facts.h"

/* One line for each criterion of RGAA_FAILING; a test compares them. */
static const struct audit_fault faults[] = {
	{ "11.13", N_("Signaler une erreur : votre navigateur ne peut pas remplir le champ « téléphone ou courriel » à votre place.") },
	{ "13.5", N_("Certains horaires compliqués sont montrés dans une notation pour les machines. Téléphonez au lieu pour les connaître.") },
};

static const struct audit_facts facts = {
	.applicable = RGAA_MET + RGAA_FAILED, .met = RGAA_MET, .percent = RGAA_MET * 100 / (RGAA_MET + RGAA_FAILED),
	.day = RGAA_DAY, .faults = { faults, sizeof faults / sizeof *faults },
};

/* What the footer and the page say in words: "partially conforming". */
_Static_assert(RGAA_FAILED > 0 && RGAA_MET >= RGAA_FAILED, "the state of conformity has changed: layout.html and accessibility.html");

const struct audit_facts *audit_facts(void)
{
	return &facts;
}

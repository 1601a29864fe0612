/* The table of the path of a ticket; see rules.h. */
#include "aftersales/rules.h"

#include "html/i18n.h"

const struct care_state_words care_states[CS_COUNT] = {
	[CS_OPEN] = { "open", N_("Panne signalée"), N_("Chercher la panne"), 7, CP_FAMILY, false },
	[CS_DIAGNOSED] = { "diagnosed", N_("Panne trouvée"), N_("Réparer ou remplacer"), 7, CP_FAMILY, false },
	[CS_IN_REPAIR] = { "in_repair", N_("En réparation"), N_("Réparer et rendre"), 21, CP_BENCH, true },
	[CS_BEYOND] = { "beyond", N_("Pas réparable"), N_("Remplacer, ou finir"), 14, CP_BACK, true },
	[CS_GIVEN_BACK] = { "given_back", N_("Réparé et rendu"), "", 0, CP_FAMILY, false },
	[CS_SOLVED] = { "solved", N_("Réglée sans réparation"), "", 0, CP_FAMILY, false },
	[CS_REPLACED] = { "replaced", N_("Remplacé"), "", 0, CP_BACK, false },
	[CS_ENDED] = { "ended", N_("Fini sans remplacement"), "", 0, CP_BACK, false },
	[CS_CANCELLED] = { "cancelled", N_("Signalée par erreur"), "", 0, CP_FAMILY, false },
};

const struct care_step care_steps[] = {
	{ CS_OPEN, CS_DIAGNOSED, FW_SERVICE, CA_FINDING, N_("Noter ce que c’est") },
	{ CS_OPEN, CS_SOLVED, FW_SERVICE, CA_NOTHING, N_("C’est réglé sans réparation") },
	{ CS_OPEN, CS_CANCELLED, FW_SERVICE, CA_NOTHING, N_("Signalée par erreur") },
	{ CS_DIAGNOSED, CS_IN_REPAIR, FW_SERVICE, CA_NOTHING, N_("Il part en réparation") },
	{ CS_DIAGNOSED, CS_SOLVED, FW_SERVICE, CA_NOTHING, N_("C’est réglé sans réparation") },
	{ CS_DIAGNOSED, CS_BEYOND, FW_OFFICER, CA_NOTHING, N_("Il n’est pas réparable, et il est revenu") },
	{ CS_DIAGNOSED, CS_REPLACED, FW_OFFICER, CA_REPLACEMENT, N_("Le remplacer") },
	{ CS_IN_REPAIR, CS_GIVEN_BACK, FW_SERVICE, CA_NOTHING, N_("Réparé, et rendu à la famille") },
	{ CS_IN_REPAIR, CS_BEYOND, FW_OFFICER, CA_NOTHING, N_("Il n’est pas réparable") },
	{ CS_IN_REPAIR, CS_REPLACED, FW_OFFICER, CA_REPLACEMENT, N_("Le remplacer") },
	{ CS_BEYOND, CS_REPLACED, FW_OFFICER, CA_REPLACEMENT, N_("Le remplacer") },
	{ CS_BEYOND, CS_ENDED, FW_OFFICER, CA_NOTHING, N_("Finir sans le remplacer") },
};
const size_t care_steps_count = lengthof(care_steps);

const struct choice care_symptoms[] = {
	{ "no-start", N_("il ne s’allume pas") },
	{ "no-charge", N_("il ne se charge pas, ou s’éteint vite") },
	{ "screen", N_("l’écran est cassé ou reste noir") },
	{ "keys", N_("le clavier ou la souris ne marche pas") },
	{ "sound", N_("le son, la caméra ou le micro ne marche pas") },
	{ "slow", N_("il est très lent, ou se bloque") },
	{ "internet", N_("il ne va pas sur Internet") },
	{ "locked", N_("la famille n’arrive plus à l’ouvrir") },
	{ "fallen", N_("il est tombé, ou a été mouillé") },
	{ "unfit", N_("il ne convient pas à ce que fait la famille") },
	{ "other", N_("autre chose") },
	{ NULL, NULL },
};

const struct choice care_findings[] = {
	{ "software", N_("un logiciel ou un réglage") },
	{ "battery", N_("la batterie") },
	{ "charger", N_("le chargeur") },
	{ "screen", N_("l’écran") },
	{ "keyboard", N_("le clavier ou le pavé tactile") },
	{ "disk", N_("le disque") },
	{ "board", N_("la carte mère") },
	{ "shock", N_("un choc, ou de l’eau") },
	{ "none", N_("rien n’a été trouvé") },
	{ "other", N_("autre chose") },
	{ NULL, NULL },
};

bool care_state_of(str code, enum care_state *ret)
{
	for (enum care_state s = 0; s < CS_COUNT; s++)
		if (str_eq(code, str_c(care_states[s].code))) {
			*ret = s;
			return true;
		}
	return false;
}

bool care_live(enum care_state s) { return *care_states[s].todo != '\0'; }
bool care_late(enum care_state s, i64 days) { return care_states[s].late && days > care_states[s].late; }

const struct care_step *care_step_of(enum care_state from, enum care_state to)
{
	for (size_t i = 0; i < care_steps_count; i++)
		if (care_steps[i].from == from && care_steps[i].to == to)
			return &care_steps[i];
	return NULL;
}

const char *care_fault(str symptom) { return str_eq(symptom, S("unfit")) ? "unfit" : "fault"; }

bool care_file_has_device(enum file_state s) { return s == FS_HANDED_OVER || s == FS_FOLLOWED || s == FS_REPLACED; }

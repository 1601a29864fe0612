/* The detector of notes: what it warns of, and what agents write every day, of which it says nothing. All numbers are invented or are those
 * that documentations give for tests. */
#include "people/warn.h"

#include "unit.h"

static void says(const char *text, int what)
{
	u32 found = note_warnings(unit_arena(1 << 16), str_c(text)), wanted = what < 0 ? 0 : 1u << what;
	if (found != wanted)
		fail_msg("\"%s\": %x, expected %x", text, found, wanted);
}

TEST(notes_with_what_must_not_be_held_are_told)
{
	says("Son numéro : 1 85 05 78 006 084 91", WARN_NIR);
	says("185057800608491", WARN_NIR);
	says("vu 2 69 05 49 588 157 80.", WARN_NIR);
	says("carte 4111 1111 1111 1111 exp 12/30", WARN_CARD);
	says("5500-0000-0000-0004", WARN_CARD);
	says("FR76 3000 6000 0112 3456 7890 189", WARN_IBAN);
	says("IBAN fr7630006000011234567890189 donné par tél.", WARN_IBAN);
	says("Le MDP de sa boîte est dans le carnet", WARN_PASSWORD);
	says("a oublié son Mot de passe", WARN_PASSWORD);
	says("La maman est malade", WARN_HEALTH);
	says("reconnue handicapée", WARN_HEALTH);
	says("Dossier MDPH en cours", WARN_HEALTH);
	says("titre de séjour à renouveler", WARN_ORIGIN);
	says("a montré son avis d’imposition", WARN_TAX);
}

TEST(what_agents_write_every_day_is_let_through)
{
	says("Rappeler jeudi au 06 39 98 00 01 ou au 01 99 00 12 34 après 17 h", -1);
	says("SIRET 130 025 265 00013", -1);
	says("IMEI 35 209900 176148 1, étiquette G-00412", -1);
	says("1 85 05 78 006 084 92 n’a pas la bonne clé", -1);
	says("4111 1111 1111 1112", -1);
	says("FR76 3000 6000 0112 3456 7890 188", -1);
	says("Vient avec sa fille, préfère le matin. Veut apprendre la messagerie.", -1);
	says("Le 12 03 2026 à 14 30, salle 2, 15 places", -1);
	says("", -1);
}

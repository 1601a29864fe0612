/* What a column can be, in the words of who works with it. */
#include "intake/pages.h"

/* In the order in which one looks for them. */
static const struct { const char *as, *label; } table[] = {
	{ "id", N_("Identifiant") }, { "nom", N_("Nom du lieu") }, { "adresse", N_("Adresse") }, { "complement_adresse", N_("Complément d’adresse") },
	{ "code_postal", N_("Code postal") }, { "commune", N_("Commune") }, { "code_insee", N_("Code de la commune (INSEE)") },
	{ "latitude", N_("Latitude") }, { "longitude", N_("Longitude") }, { "x_lambert93", N_("X en Lambert 93") }, { "y_lambert93", N_("Y en Lambert 93") },
	{ "telephones", N_("Téléphones") }, { "telephone", N_("Téléphone") }, { "courriels", N_("Courriels") }, { "site_web", N_("Site web") },
	{ "prise_rdv", N_("Adresse pour prendre rendez-vous") }, { "horaires", N_("Horaires") }, { "fermetures", N_("Fermetures") },
	{ "lundi", N_("Heures du lundi") }, { "lundi_matin", N_("Lundi matin") }, { "lundi_apres_midi", N_("Lundi après-midi") },
	{ "mardi", N_("Heures du mardi") }, { "mardi_matin", N_("Mardi matin") }, { "mardi_apres_midi", N_("Mardi après-midi") },
	{ "mercredi", N_("Heures du mercredi") }, { "mercredi_matin", N_("Mercredi matin") }, { "mercredi_apres_midi", N_("Mercredi après-midi") },
	{ "jeudi", N_("Heures du jeudi") }, { "jeudi_matin", N_("Jeudi matin") }, { "jeudi_apres_midi", N_("Jeudi après-midi") },
	{ "vendredi", N_("Heures du vendredi") }, { "vendredi_matin", N_("Vendredi matin") }, { "vendredi_apres_midi", N_("Vendredi après-midi") },
	{ "samedi", N_("Heures du samedi") }, { "samedi_matin", N_("Samedi matin") }, { "samedi_apres_midi", N_("Samedi après-midi") },
	{ "dimanche", N_("Heures du dimanche") }, { "dimanche_matin", N_("Dimanche matin") }, { "dimanche_apres_midi", N_("Dimanche après-midi") },
	{ "services", N_("Services") }, { "typologie", N_("Type de lieu") }, { "publics_specifiquement_adresses", N_("Publics") },
	{ "prise_en_charge_specifique", N_("Besoins particuliers") }, { "frais_a_charge", N_("Ce que cela coûte") }, { "tarifs", N_("Prix") },
	{ "pass_accepte", N_("Pass accepté") }, { "modalites_acces", N_("Comment venir") }, { "modalites_accompagnement", N_("Comment on est aidé") },
	{ "itinerance", N_("Itinérance") }, { "dispositif_programmes_nationaux", N_("Programmes nationaux") }, { "formations_labels", N_("Formations et labels") },
	{ "autres_formations_labels", N_("Autres labels") }, { "langues", N_("Langues parlées") }, { "plain_pied", N_("De plain-pied") },
	{ "ascenseur", N_("Ascenseur") }, { "arret", N_("Arrêt le plus proche") }, { "fiche_acces_libre", N_("Fiche d’accessibilité") },
	{ "presentation_resume", N_("Présentation en une phrase") }, { "presentation_detail", N_("Présentation") },
	{ "structure_parente", N_("Structure à qui appartient ce lieu") }, { "pivot", N_("SIRET ou RNA") }, { "date_maj", N_("Vérifié le") },
	{ "source", N_("Source") }, { "telephoner_avant", N_("Téléphoner avant") }, { "notes", N_("Notes entre agents") },
};

struct meanings intake_meanings(const struct view *v)
{
	struct meanings all = { arena_many(v->a, struct meaning, lengthof(table)), lengthof(table) };
	for (size_t i = 0; i < lengthof(table); i++)
		all.v[i] = (struct meaning){ str_c(table[i].as), tr(v->lang, table[i].label) };
	return all;
}

str intake_label(const struct view *v, str as)
{
	for (size_t i = 0; i < lengthof(table); i++)
		if (str_eq(as, str_c(table[i].as)))
			return tr(v->lang, table[i].label);
	return S("");
}

str intake_as_of(const struct view *v, str typed)
{
	str key = place_term_key(v->a, typed);
	for (size_t i = 0; i < lengthof(table); i++)
		if (str_eq(key, place_term_key(v->a, tr(v->lang, table[i].label))) || str_eq(typed, str_c(table[i].as)))
			return str_c(table[i].as);
	return (str){ NULL, 0 };
}

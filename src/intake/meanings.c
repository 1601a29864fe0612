/* What a column can be, in the words of who works with it. */
#include "intake/pages.h"

#include "editing/editing.h"

/* What has no name in the form of a place, or one for two columns. */
static const struct { const char *as, *label; } own[] = {
	{ "id", N_("Identifiant") }, { "pivot", N_("SIRET ou RNA") }, { "date_maj", N_("Vérifié le") }, { "source", N_("Source") },
	{ "latitude", N_("Latitude") }, { "longitude", N_("Longitude") }, { "x_lambert93", N_("X en Lambert 93") }, { "y_lambert93", N_("Y en Lambert 93") },
	{ "lundi", N_("Heures du lundi") }, { "lundi_matin", N_("Lundi matin") }, { "lundi_apres_midi", N_("Lundi après-midi") },
	{ "mardi", N_("Heures du mardi") }, { "mardi_matin", N_("Mardi matin") }, { "mardi_apres_midi", N_("Mardi après-midi") },
	{ "mercredi", N_("Heures du mercredi") }, { "mercredi_matin", N_("Mercredi matin") }, { "mercredi_apres_midi", N_("Mercredi après-midi") },
	{ "jeudi", N_("Heures du jeudi") }, { "jeudi_matin", N_("Jeudi matin") }, { "jeudi_apres_midi", N_("Jeudi après-midi") },
	{ "vendredi", N_("Heures du vendredi") }, { "vendredi_matin", N_("Vendredi matin") }, { "vendredi_apres_midi", N_("Vendredi après-midi") },
	{ "samedi", N_("Heures du samedi") }, { "samedi_matin", N_("Samedi matin") }, { "samedi_apres_midi", N_("Samedi après-midi") },
	{ "dimanche", N_("Heures du dimanche") }, { "dimanche_matin", N_("Dimanche matin") }, { "dimanche_apres_midi", N_("Dimanche après-midi") },
};

str intake_label(const struct view *v, str as)
{
	enum place_field f = place_field_named(as);
	for (size_t i = 0; i < lengthof(own); i++)
		if (str_eq(as, str_c(own[i].as)))
			return tr(v->lang, own[i].label);
	return f == P_COUNT ? S("") : edit_label(v, f);
}

struct meanings intake_meanings(const struct view *v)
{
	struct meanings all = { arena_many(v->a, struct meaning, P_COUNT + lengthof(own)), 0 };
	for (enum place_field f = 0; f < P_COUNT; f++)
		all.v[all.n++] = (struct meaning){ str_c(place_field_names[f]), intake_label(v, str_c(place_field_names[f])) };
	for (size_t i = 0; i < lengthof(own); i++)
		if (place_field_named(str_c(own[i].as)) == P_COUNT)
			all.v[all.n++] = (struct meaning){ str_c(own[i].as), tr(v->lang, own[i].label) };
	return all;
}

str intake_as_of(const struct view *v, str typed)
{
	struct meanings all = intake_meanings(v);
	str key = place_term_key(v->a, typed);
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(key, place_term_key(v->a, all.v[i].label)) || str_eq(typed, all.v[i].as))
			return all.v[i].as;
	return (str){ NULL, 0 };
}

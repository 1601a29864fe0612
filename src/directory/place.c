/* The words of the national schema: its columns, its closed vocabularies (v1.0.2, in its order) and what the typologie codes
 * mean. Everything here is a table; how other spellings are read is in place_terms.c. */
#include "directory/place.h"

const char *const place_field_names[P_COUNT] = {
#define X(e, name, kind) #name,
	PLACE_FIELDS(X)
#undef X
};

const char place_field_kinds[P_COUNT] = {
#define X(e, name, kind) #kind[0],
	PLACE_FIELDS(X)
#undef X
};

enum place_field place_field_named(str name)
{
	enum place_field f = 0;
	while (f < P_COUNT && !str_eq(name, str_c(place_field_names[f])))
		f++;
	return f;
}

static const char *const services[] = {
	"Aide aux démarches administratives", "Maîtrise des outils numériques du quotidien", "Insertion professionnelle via le numérique",
	"Utilisation sécurisée du numérique", "Parentalité et éducation avec le numérique", "Loisirs et créations numériques",
	"Compréhension du monde numérique", "Accès internet et matériel informatique",
	"Acquisition de matériel informatique à prix solidaire",
};
static const char *const publics[] = { "Jeunes", "Étudiants", "Familles et/ou enfants", "Seniors", "Femmes" };
static const char *const prise_en_charge[] = {
	"Surdité", "Handicaps moteurs", "Handicaps mentaux", "Illettrisme", "Langues étrangères (anglais)",
	"Langues étrangères (autres)", "Déficience visuelle",
};
static const char *const frais[] = { "Gratuit", "Gratuit sous condition", "Payant" };
static const char *const itinerance[] = { "Itinérant", "Fixe" };
static const char *const dispositifs[] = {
	"Aidants Connect", "Bibliothèques numérique de référence", "Certification PIX", "Conseillers numériques", "Emmaüs Connect",
	"France Services", "Grande école du numérique", "La Croix Rouge", "Point d'accès numérique CAF", "Promeneurs du net",
	"Relais numérique (Emmaüs Connect)",
};
static const char *const formations[] = {
	"Formé à « Mon Espace Santé »", "Formé à « DUPLEX » (illettrisme)", "Arnia/MedNum BFC (Bourgogne-Franche-Comté)",
	"Collectif ressources et acteurs réemploi (Normandie)", "Étapes numériques(La Poste)", "Fabriques de Territoire",
	"Les Éclaireurs du numérique (Drôme)", "Mes Papiers (Métropole de Lyon)", "ORDI 3.0", "SUD LABS (PACA)",
};
static const char *const modalites_acces[] = {
	"Se présenter", "Téléphoner", "Contacter par mail", "Prendre un RDV en ligne", "Ce lieu n'accueille pas de public",
	"Envoyer un mail avec une fiche de prescription",
};
static const char *const accompagnement[] = {
	"En autonomie", "Accompagnement individuel", "Dans un atelier collectif", "À distance",
};

/* The 92 codes of typologie, sorted bytewise, and what they mean in words that a resident reads. */
static const struct { const char *code, *label; } typologies[] = {
	{ "ACI", "Atelier et chantier d’insertion" },
	{ "ACIPHC", "Chantier d’insertion, premières heures" },
	{ "AFPA", "Formation professionnelle des adultes (AFPA)" },
	{ "AI", "Association intermédiaire" },
	{ "ASE", "Aide sociale à l’enfance" },
	{ "ASSO", "Association" },
	{ "ASSO_CHOMEUR", "Association de personnes sans emploi" },
	{ "AVIP", "Crèche pour parents en recherche d’emploi" },
	{ "Autre", "Autre lieu" },
	{ "BIB", "Bibliothèque ou médiathèque" },
	{ "CAARUD", "Accueil et réduction des risques pour usagers de drogues" },
	{ "CADA", "Accueil de demandeurs d’asile" },
	{ "CAF", "Caisse d’allocations familiales (CAF)" },
	{ "CAP_EMPLOI", "Cap emploi, travail et handicap" },
	{ "CAVA", "Centre d’adaptation à la vie active" },
	{ "CC", "Communauté de communes" },
	{ "CCAS", "Centre communal d’action sociale" },
	{ "CCONS", "Chambre consulaire" },
	{ "CD", "Conseil départemental" },
	{ "CDAS", "Centre départemental d’action sociale" },
	{ "CFP", "Centre des finances publiques" },
	{ "CHRS", "Hébergement et réinsertion sociale" },
	{ "CHU", "Hébergement d’urgence" },
	{ "CIAS", "Centre intercommunal d’action sociale" },
	{ "CIDFF", "Information sur les droits des femmes et des familles" },
	{ "CITMET", "Cité des métiers" },
	{ "CMP", "Centre médico-psychologique" },
	{ "CMS", "Centre médico-social" },
	{ "CPAM", "Caisse primaire d’assurance maladie" },
	{ "CPH", "Hébergement provisoire de réfugiés" },
	{ "CS", "Centre social" },
	{ "CSAPA", "Soins et prévention des addictions" },
	{ "CSC", "Centre socioculturel" },
	{ "DEETS", "Direction de l’emploi, du travail et des solidarités" },
	{ "DEPT", "Service social du Département" },
	{ "DIPLP", "Délégation à la lutte contre la pauvreté" },
	{ "E2C", "École de la deuxième chance" },
	{ "EA", "Entreprise adaptée" },
	{ "EATT", "Entreprise adaptée de travail temporaire" },
	{ "EI", "Entreprise d’insertion" },
	{ "EITI", "Insertion par le travail indépendant" },
	{ "ENM", "Espace numérique mobile" },
	{ "EPCI", "Intercommunalité" },
	{ "EPI", "Espace public internet" },
	{ "EPIDE", "Établissement pour l’insertion dans l’emploi (EPIDE)" },
	{ "EPN", "Espace public numérique" },
	{ "ES", "Épicerie solidaire" },
	{ "ESAT", "Établissement d’aide par le travail (ESAT)" },
	{ "ESS", "Entreprise de l’économie sociale et solidaire" },
	{ "ETTI", "Entreprise de travail temporaire d’insertion" },
	{ "EVS", "Espace de vie sociale" },
	{ "FABLAB", "Fablab" },
	{ "FABRIQUE", "Fabrique numérique" },
	{ "FAIS", "Fédération d’acteurs de la solidarité" },
	{ "FT", "France Travail" },
	{ "GEIQ", "Groupement d’employeurs pour l’insertion et la qualification" },
	{ "HUDA", "Hébergement d’urgence pour demandeurs d’asile" },
	{ "LA_POSTE", "La Poste" },
	{ "MDE", "Maison de l’emploi" },
	{ "MDEF", "Maison de l’emploi et de la formation" },
	{ "MDH", "Maison des habitants" },
	{ "MDPH", "Maison départementale des personnes handicapées" },
	{ "MDS", "Maison départementale des solidarités" },
	{ "MJC", "Maison des jeunes et de la culture" },
	{ "ML", "Mission locale" },
	{ "MQ", "Maison de quartier" },
	{ "MSA", "Mutualité sociale agricole (MSA)" },
	{ "MSAP", "Maison de services au public" },
	{ "MUNI", "Mairie ou service municipal" },
	{ "OACAS", "Accueil communautaire et activité solidaire" },
	{ "ODC", "Organisme délégué par le Département" },
	{ "OF", "Organisme de formation" },
	{ "OIL", "Intermédiation locative" },
	{ "OPCS", "Organisme porteur de la clause sociale" },
	{ "PAD", "Point d’accès au droit" },
	{ "PENSION", "Pension de famille" },
	{ "PI", "Point info" },
	{ "PIJ_BIJ", "Point ou bureau information jeunesse" },
	{ "PIMMS", "Point d’information médiation multiservices" },
	{ "PJJ", "Protection judiciaire de la jeunesse" },
	{ "PLIE", "Plan local pour l’insertion et l’emploi" },
	{ "PREF", "Préfecture ou sous-préfecture" },
	{ "PREVENTION", "Service ou club de prévention" },
	{ "REG", "Région" },
	{ "RELAIS_LECTURE", "Relais lecture" },
	{ "RESSOURCERIE", "Ressourcerie" },
	{ "RFS", "Réseau France services" },
	{ "RS_FJT", "Résidence sociale, foyer de jeunes travailleurs" },
	{ "SCP", "Services et clubs de prévention" },
	{ "SPIP", "Insertion et probation (SPIP)" },
	{ "TIERS_LIEUX", "Tiers-lieu, espace de travail partagé" },
	{ "UDAF", "Union départementale des associations familiales" },
};
_Static_assert(lengthof(typologies) == 92, "the schema's vocabulary of typologie has 92 codes");

const struct vocabulary place_vocabularies[] = {
	{ P_SERVICES, services, lengthof(services) },
	{ P_PUBLICS, publics, lengthof(publics) },
	{ P_PRISE_EN_CHARGE, prise_en_charge, lengthof(prise_en_charge) },
	{ P_FRAIS, frais, lengthof(frais) },
	{ P_ITINERANCE, itinerance, lengthof(itinerance) },
	{ P_DISPOSITIFS, dispositifs, lengthof(dispositifs) },
	{ P_FORMATIONS, formations, lengthof(formations) },
	{ P_MODALITES_ACCES, modalites_acces, lengthof(modalites_acces) },
	{ P_MODALITES_ACCOMPAGNEMENT, accompagnement, lengthof(accompagnement) },
	{ P_COUNT, NULL, 0 },
};

const struct vocabulary *place_vocabulary(enum place_field f)
{
	for (const struct vocabulary *v = place_vocabularies; v->values; v++)
		if (v->field == f)
			return v;
	return NULL;
}

i64 place_mask(enum place_field f, str list)
{
	const struct vocabulary *v = place_vocabulary(f);
	assert(v && v->n < 63);
	i64 mask = 0;
	str part;
	while (str_next(&list, '|', &part))
		for (size_t i = 0; i < v->n; i++)
			if (str_eq(part, str_c(v->values[i])))
				mask |= (i64)1 << i;
	return mask;
}

static int typologie_cmp(const void *key, const void *item)
{
	return str_cmp(*(const str *)key, str_c(*(const char *const *)item));
}

const char *place_typologie_label(str code)
{
	const char *const *found = bsearch(&code, typologies, lengthof(typologies), sizeof(typologies[0]), typologie_cmp);
	return found ? found[1] : NULL;
}

const char *place_typologie_code(size_t i)
{
	return i < lengthof(typologies) ? typologies[i].code : NULL;
}

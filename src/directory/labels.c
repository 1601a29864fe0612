/* Plain words for the schema's vocabulary: one row a value, (value, name in URLs, words), in the schema's order. */
#include "directory/labels.h"
#include "html/format.h"

struct label { const char *value, *slug, *text; };

#define SERVICES(X) \
	X("Aide aux démarches administratives", "demarches", N_("Faire vos démarches administratives")) \
	X("Maîtrise des outils numériques du quotidien", "outils", N_("Apprendre à utiliser l’ordinateur, le téléphone, Internet")) \
	X("Insertion professionnelle via le numérique", "emploi", N_("Chercher un emploi avec Internet")) \
	X("Utilisation sécurisée du numérique", "securite", N_("Vous protéger des arnaques et des virus")) \
	X("Parentalité et éducation avec le numérique", "parents", N_("Suivre l’école et les écrans de vos enfants")) \
	X("Loisirs et créations numériques", "loisirs", N_("Créer et vous divertir")) \
	X("Compréhension du monde numérique", "comprendre", N_("Comprendre le monde numérique")) \
	X("Accès internet et matériel informatique", "acces", N_("Utiliser sur place un ordinateur et Internet")) \
	X("Acquisition de matériel informatique à prix solidaire", "materiel", N_("Acheter du matériel à petit prix"))

#define PUBLICS(X) \
	X("Jeunes", "jeunes", N_("Jeunes")) \
	X("Étudiants", "etudiants", N_("Étudiants")) \
	X("Familles et/ou enfants", "familles", N_("Familles et enfants")) \
	X("Seniors", "seniors", N_("Seniors")) \
	X("Femmes", "femmes", N_("Femmes"))

#define FRAIS(X) \
	X("Gratuit", "gratuit", N_("Gratuit")) \
	X("Gratuit sous condition", "sous-condition", N_("Gratuit sous condition")) \
	X("Payant", "payant", N_("Payant"))

#define AS_LABEL(value, slug, text) {value, slug, text},
#define AS_CHOICE(value, slug, text) {slug, text}, {value, NULL},

static const struct label services[] = {SERVICES(AS_LABEL) {NULL, NULL, NULL}};
static const struct label publics[] = {PUBLICS(AS_LABEL) {NULL, NULL, NULL}};
static const struct label frais[] = {FRAIS(AS_LABEL) {NULL, NULL, NULL}};
const struct choice service_choices[] = {SERVICES(AS_CHOICE) {NULL, NULL}};
const struct choice public_choices[] = {PUBLICS(AS_CHOICE) {NULL, NULL}};
const struct choice frais_choices[] = {FRAIS(AS_CHOICE) {NULL, NULL}};

static const struct label needs[] = {
	{"Surdité", NULL, N_("Personnes sourdes ou malentendantes")},
	{"Handicaps moteurs", NULL, N_("Personnes qui ont un handicap moteur")},
	{"Handicaps mentaux", NULL, N_("Personnes qui ont un handicap mental")},
	{"Illettrisme", NULL, N_("Personnes pour qui lire est difficile")},
	{"Langues étrangères (anglais)", NULL, N_("Accueil en anglais")},
	{"Langues étrangères (autres)", NULL, N_("Accueil dans d’autres langues")},
	{"Déficience visuelle", NULL, N_("Personnes aveugles ou malvoyantes")},
	{NULL, NULL, NULL},
};

static const struct label access_ways[] = {
	{"Se présenter", NULL, N_("Venez sans rendez-vous")},
	{"Téléphoner", NULL, N_("Vous pouvez téléphoner")},
	{"Contacter par mail", NULL, N_("Écrivez un courriel")},
	{"Prendre un RDV en ligne", NULL, N_("Prenez rendez-vous en ligne")},
	{"Ce lieu n'accueille pas de public", NULL, N_("Ce lieu ne reçoit pas de public")},
	{"Envoyer un mail avec une fiche de prescription", NULL, N_("Un professionnel vous oriente vers ce lieu")},
	{NULL, NULL, NULL},
};

static const struct label accompaniments[] = {
	{"En autonomie", NULL, N_("Vous faites seul, on répond à vos questions")},
	{"Accompagnement individuel", NULL, N_("Une personne avec vous")},
	{"Dans un atelier collectif", NULL, N_("En petit groupe")},
	{"À distance", NULL, N_("Par téléphone ou en visio")},
	{NULL, NULL, NULL},
};

static const struct label languages[] = {
	{"fr", NULL, N_("français")}, {"en", NULL, N_("anglais")}, {"ar", NULL, N_("arabe")}, {"tr", NULL, N_("turc")}, {"es", NULL, N_("espagnol")},
	{"pt", NULL, N_("portugais")}, {"ru", NULL, N_("russe")}, {"uk", NULL, N_("ukrainien")}, {"ro", NULL, N_("roumain")}, {"so", NULL, N_("somali")},
	{"fa", NULL, N_("persan")}, {"ps", NULL, N_("pachto")}, {"zh", NULL, N_("chinois")}, {"vi", NULL, N_("vietnamien")}, {"de", NULL, N_("allemand")},
	{"it", NULL, N_("italien")}, {"br", NULL, N_("breton")}, {"fsl", NULL, N_("langue des signes")}, {NULL, NULL, NULL},
};

static const struct { enum place_field field; const struct label *labels; } tables[] = {
	{P_SERVICES, services}, {P_PUBLICS, publics}, {P_FRAIS, frais}, {P_PRISE_EN_CHARGE, needs},
	{P_MODALITES_ACCES, access_ways}, {P_MODALITES_ACCOMPAGNEMENT, accompaniments}, {P_LANGUES, languages},
};


static const struct label *table_of(enum place_field f)
{
	for (size_t i = 0; i < lengthof(tables); i++)
		if (tables[i].field == f)
			return tables[i].labels;
	return NULL;
}

i64 choices_mask(const struct req *req, const char *name, enum place_field f)
{
	i64 mask = 0;
	for (const struct label *l = table_of(f); l->value; l++)
		if (form_has(req, name, str_c(l->slug)) || form_has(req, name, str_c(l->value)))
			mask |= place_mask(f, str_c(l->value));
	return mask;
}

static str label_text(enum lang lang, const struct label *table, str value)
{
	for (const struct label *l = table; l && l->value; l++)
		if (str_eq(str_c(l->value), value))
			return tr(lang, l->text);
	return value;
}

static struct labels *list_labels(const struct view *v, const struct label *table, str list)
{
	struct labels *ret = arena_one(v->a, struct labels);
	size_t most = 1;
	for (size_t i = 0; i < list.n; i++)
		most += list.p[i] == '|';
	ret->v = arena_many(v->a, str, most);
	for (str value; list.n && str_next(&list, '|', &value);)
		ret->v[ret->n++] = label_text(v->lang, table, value);
	return ret;
}

struct labels *labels_of(const struct view *v, const struct place *p, enum place_field f)
{
	return list_labels(v, table_of(f), p->f[f]);
}

const struct labels *access_labels(const struct view *v, const struct place *p)
{
	struct labels *ways = labels_of(v, p, P_MODALITES_ACCES);
	bool walk_in = str_find(p->f[P_MODALITES_ACCES], S("Se présenter")) >= 0;
	for (size_t i = 0; i < ways->n; i++)
		if (str_eq(ways->v[i], _("Vous pouvez téléphoner")) && (!walk_in || str_eq(p->f[P_TELEPHONER_AVANT], S("oui"))))
			ways->v[i] = _("Téléphonez avant de venir");
	return ways;
}

/* The schema has no field for it: these are what a helper asks for, whatever the place. */
static const struct label to_bring[] = {
	{"Maîtrise des outils numériques du quotidien", NULL, N_("Votre téléphone ou votre ordinateur, avec son chargeur")},
	{"Aide aux démarches administratives", NULL, N_("Pour une démarche : une pièce d’identité et le dernier courrier reçu")},
	{"Insertion professionnelle via le numérique", NULL, N_("Pour un emploi : votre CV, si vous en avez un")},
	{"Acquisition de matériel informatique à prix solidaire", NULL, N_("Pour acheter du matériel : un papier qui montre vos ressources")},
	{NULL, NULL, NULL},
};

const struct labels *bring_labels(const struct view *v, const struct place *p)
{
	struct labels *ret = arena_one(v->a, struct labels);
	i64 helped_with = place_mask(P_SERVICES, p->f[P_SERVICES]);
	ret->v = arena_many(v->a, str, lengthof(to_bring));
	for (const struct label *l = to_bring; l->value; l++)
		if (helped_with & place_mask(P_SERVICES, str_c(l->value)))
			ret->v[ret->n++] = tr(v->lang, l->text);
	return ret;
}

str place_kinds(const struct view *v, const struct place *p)
{
	str kinds[8], codes = p->f[P_TYPOLOGIE], code;
	size_t n = 0;
	while (n < lengthof(kinds) && codes.n && str_next(&codes, '|', &code))
		kinds[n++] = tr(v->lang, place_typologie_label(code));
	return str_join(v->a, kinds, n, S(", "));
}

str language_names(const struct view *v, str codes)
{
	const struct labels *names = list_labels(v, languages, codes);
	return str_join(v->a, names->v, names->n, v->lang == LANG_AR ? S("، ") : S(", "));
}

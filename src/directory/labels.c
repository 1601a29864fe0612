/* Plain words for the schema's vocabulary: one row a value, (value, name in URLs, words), in the schema's order. */
#include "directory/labels.h"
#include "directory/traits.h"
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

#define NEEDS(X) \
	X("Surdité", "surdite", N_("Personnes sourdes ou malentendantes")) \
	X("Handicaps moteurs", "moteur", N_("Personnes qui ont un handicap moteur")) \
	X("Handicaps mentaux", "mental", N_("Personnes qui ont un handicap mental")) \
	X("Illettrisme", "lecture", N_("Personnes pour qui lire est difficile")) \
	X("Langues étrangères (anglais)", "anglais", N_("Accueil en anglais")) \
	X("Langues étrangères (autres)", "langues", N_("Accueil dans d’autres langues")) \
	X("Déficience visuelle", "vue", N_("Personnes aveugles ou malvoyantes"))

#define ACCESS(X) \
	X("Se présenter", "sur-place", N_("Venez sans rendez-vous")) \
	X("Téléphoner", "telephone", N_("Vous pouvez téléphoner")) \
	X("Contacter par mail", "courriel", N_("Écrivez un courriel")) \
	X("Prendre un RDV en ligne", "en-ligne", N_("Prenez rendez-vous en ligne")) \
	X("Ce lieu n'accueille pas de public", "sans-public", N_("Ce lieu ne reçoit pas de public")) \
	X("Envoyer un mail avec une fiche de prescription", "prescription", N_("Un professionnel vous oriente vers ce lieu"))

#define ACCOMPANIMENTS(X) \
	X("En autonomie", "seul", N_("Vous faites seul, on répond à vos questions")) \
	X("Accompagnement individuel", "avec-vous", N_("Une personne avec vous")) \
	X("Dans un atelier collectif", "groupe", N_("En petit groupe")) \
	X("À distance", "distance", N_("Par téléphone ou en visio"))

#define LANGUAGES(X) \
	X("fr", "fr", N_("français")) \
	X("en", "en", N_("anglais")) \
	X("ar", "ar", N_("arabe")) \
	X("tr", "tr", N_("turc")) \
	X("es", "es", N_("espagnol")) \
	X("pt", "pt", N_("portugais")) \
	X("ru", "ru", N_("russe")) \
	X("uk", "uk", N_("ukrainien")) \
	X("ro", "ro", N_("roumain")) \
	X("so", "so", N_("somali")) \
	X("fa", "fa", N_("persan")) \
	X("ps", "ps", N_("pachto")) \
	X("zh", "zh", N_("chinois")) \
	X("vi", "vi", N_("vietnamien")) \
	X("de", "de", N_("allemand")) \
	X("it", "it", N_("italien")) \
	X("br", "br", N_("breton")) \
	X("fsl", "fsl", N_("langue des signes"))

#define AS_LABEL(value, slug, text) {value, slug, text},
#define AS_CHOICE(value, slug, text) {slug, text}, {value, NULL},
#define AS_SLUG(value, slug, text) {slug, text},

static const struct label services[] = {SERVICES(AS_LABEL) {NULL, NULL, NULL}};
static const struct label publics[] = {PUBLICS(AS_LABEL) {NULL, NULL, NULL}};
static const struct label frais[] = {FRAIS(AS_LABEL) {NULL, NULL, NULL}};
static const struct label needs[] = {NEEDS(AS_LABEL) {NULL, NULL, NULL}};
static const struct label access_ways[] = {ACCESS(AS_LABEL) {NULL, NULL, NULL}};
static const struct label accompaniments[] = {ACCOMPANIMENTS(AS_LABEL) {NULL, NULL, NULL}};
static const struct label languages[] = {LANGUAGES(AS_LABEL) {NULL, NULL, NULL}};
const struct choice service_choices[] = {SERVICES(AS_CHOICE) {NULL, NULL}};
const struct choice public_choices[] = {PUBLICS(AS_CHOICE) {NULL, NULL}};
const struct choice frais_choices[] = {FRAIS(AS_CHOICE) {NULL, NULL}};
const struct choice need_choices[] = {NEEDS(AS_CHOICE) {NULL, NULL}};
const struct choice access_choices[] = {ACCESS(AS_CHOICE) {NULL, NULL}};
const struct choice accompaniment_choices[] = {ACCOMPANIMENTS(AS_CHOICE) {NULL, NULL}};
const struct choice language_choices[] = {LANGUAGES(AS_SLUG) {NULL, NULL}};
const struct choice pass_choices[] = {{"oui", N_("Le pass numérique est accepté")}, {NULL, NULL}};
const struct choice step_free_choices[] = {{"oui", N_("On entre sans marche")}, {NULL, NULL}};

static const struct label yes[] = {{"oui", "oui", N_("oui")}, {NULL, NULL, NULL}};

static const struct { enum place_field field; const struct label *labels; } tables[] = {
	{P_SERVICES, services}, {P_PUBLICS, publics}, {P_FRAIS, frais}, {P_PRISE_EN_CHARGE, needs},
	{P_MODALITES_ACCES, access_ways}, {P_MODALITES_ACCOMPAGNEMENT, accompaniments}, {P_LANGUES, languages},
	{P_PASS_ACCEPTE, yes}, {P_PLAIN_PIED, yes},
};

const struct trait_field trait_fields[] = {
	{"besoin", P_PRISE_EN_CHARGE}, {"acces", P_MODALITES_ACCES}, {"accompagnement", P_MODALITES_ACCOMPAGNEMENT}, {"langue", P_LANGUES},
	{"pass", P_PASS_ACCEPTE}, {"plain_pied", P_PLAIN_PIED}, {NULL, P_COUNT},
};

static const struct label *table_of(enum place_field f)
{
	for (size_t i = 0; i < lengthof(tables); i++)
		if (tables[i].field == f)
			return tables[i].labels;
	return NULL;
}

#define VALUES_MAX 100

static bool asked(const struct req *req, const char *name, const struct label *l)
{
	return form_has(req, name, str_c(l->slug)) || form_has(req, name, str_c(l->value));
}

i64 choices_mask(const struct req *req, const char *name, enum place_field f)
{
	i64 mask = 0;
	for (const struct label *l = table_of(f); l->value; l++)
		if (asked(req, name, l))
			mask |= place_mask(f, str_c(l->value));
	return mask;
}

static bool offered(const struct label *l, str value)
{
	while (l->value && !str_eq(str_c(l->value), value))
		l++;
	return l->value != NULL;
}

str choices_values(const struct req *req, const char *name, enum place_field f, str now)
{
	str list[VALUES_MAX], one;
	size_t n = 0;
	for (const struct label *l = table_of(f); l->value; l++)
		if (n < VALUES_MAX && asked(req, name, l))
			list[n++] = str_c(l->value);
	for (; now.n && n < VALUES_MAX && str_next(&now, '|', &one);)
		if (!offered(table_of(f), one))
			list[n++] = one;
	return str_join(req->a, list, n, S("|"));
}

i64 traits_asked(const struct req *req)
{
	i64 mask = 0;
	for (const struct trait_field *t = trait_fields; t->name; t++)
		for (const struct label *l = table_of(t->field); l->value; l++)
			if (asked(req, t->name, l))
				mask |= trait_mask(t->field, str_c(l->value));
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

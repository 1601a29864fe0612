/* See questions.h. One row an answer: (name in URLs, words, the reason shown beside a place, the schema's value). */
#include "orientation/questions.h"

#define UNKNOWN(X) X("nsp", N_("Je ne sais pas"), NULL, NULL)

#define WHAT(X) \
	X("demarches", N_("Faire une démarche : impôts, Caf, santé, retraite"), N_("Pour vos démarches"), "Aide aux démarches administratives") \
	X("outils", N_("Apprendre l’ordinateur, le téléphone ou Internet"), N_("Pour apprendre"), "Maîtrise des outils numériques du quotidien") \
	X("acces", N_("Utiliser un ordinateur, Internet ou une imprimante"), N_("Ordinateur et Internet sur place"), \
	  "Accès internet et matériel informatique") \
	X("emploi", N_("Chercher du travail"), N_("Pour chercher du travail"), "Insertion professionnelle via le numérique") \
	X("securite", N_("Me protéger des arnaques et des virus"), N_("Pour se protéger"), "Utilisation sécurisée du numérique") \
	X("parents", N_("Suivre l’école et les écrans des enfants"), N_("Pour les parents"), "Parentalité et éducation avec le numérique") \
	X("materiel", N_("Acheter un ordinateur pas cher"), N_("Matériel pas cher"), "Acquisition de matériel informatique à prix solidaire") \
	UNKNOWN(X)

#define WHO(X) \
	X("tous", N_("Pour un adulte"), NULL, NULL) \
	X("seniors", N_("Pour une personne âgée"), N_("Accueille les personnes âgées"), "Seniors") \
	X("jeunes", N_("Pour un jeune"), N_("Accueille les jeunes"), "Jeunes") \
	X("etudiants", N_("Pour un étudiant"), N_("Accueille les étudiants"), "Étudiants") \
	X("familles", N_("Pour une famille avec des enfants"), N_("Accueille les familles"), "Familles et/ou enfants") \
	UNKNOWN(X)

#define FREE(X) \
	X("gratuit", N_("Oui, gratuit"), N_("Gratuit"), "Gratuit") \
	X("peu-importe", N_("Non, je peux payer un peu"), NULL, NULL) \
	UNKNOWN(X)

#define HOW(X) \
	X("venir", N_("Venir sans rendez-vous"), N_("Venez sans rendez-vous"), "Se présenter") \
	X("personne", N_("Voir une personne, seul avec elle"), N_("Une personne avec vous"), "Accompagnement individuel") \
	X("groupe", N_("Être en petit groupe"), N_("En petit groupe"), "Dans un atelier collectif") \
	X("distance", N_("Être aidé au téléphone, de chez moi"), N_("Par téléphone ou en visio"), "À distance") \
	UNKNOWN(X)

#define AS_REPLY(value, label, reason, schema) {value, label, reason, schema},
#define AS_CHOICE(value, label, reason, schema) {value, label},

static const struct reply what[] = {WHAT(AS_REPLY) {NULL}}, who[] = {WHO(AS_REPLY) {NULL}}, is_free[] = {FREE(AS_REPLY) {NULL}}, how[] = {HOW(AS_REPLY) {NULL}};
const struct choice what_choices[] = {WHAT(AS_CHOICE) {NULL}}, who_choices[] = {WHO(AS_CHOICE) {NULL}}, free_choices[] = {FREE(AS_CHOICE) {NULL}},
	how_choices[] = {HOW(AS_CHOICE) {NULL}};

const struct question_facts questions[Q_COUNT] = {
	{"quoi", N_("Que voulez-vous faire ?"), N_("Pour faire quoi"), NULL, P_SERVICES, what},
	{"qui", N_("C’est pour qui ?"), N_("Pour qui"), N_("Vous cherchez pour quelqu’un d’autre ? Répondez pour lui."), P_PUBLICS, who},
	{"frais", N_("Est-ce que cela doit être gratuit ?"), N_("Prix"), N_("Beaucoup de lieux sont gratuits."), P_FRAIS, is_free},
	{"comment", N_("Comment préférez-vous être aidé ?"), N_("De quelle façon"), NULL, P_MODALITES_ACCOMPAGNEMENT, how},
	{"ou", N_("Où cherchez-vous ?"), N_("Où"), N_("Une commune ou un code postal. Vous pouvez laisser vide."), P_COMMUNE, NULL},
};

const struct reply *reply_named(enum question q, const char *value)
{
	for (const struct reply *r = questions[q].replies; r && r->value; r++)
		if (strcmp(r->value, value) == 0)
			return r;
	return NULL;
}

bool answered(const struct req *req, enum question q)
{
	return form_given(req, questions[q].name);
}

struct wishes wishes_of(const struct req *req)
{
	struct wishes w = {.where = form_given(req, "ou") ? form_text(req, "ou") : (str){0}};
	for (enum question q = 0; q < Q_COUNT; q++)
		for (const struct reply *r = questions[q].replies; r && r->value && answered(req, q); r++)
			if (form_has(req, questions[q].name, str_c(r->value)))
				w.chosen[q] = r;
	return w;
}

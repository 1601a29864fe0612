/* See place_inclusion.h. Where their schema takes one value and the place has several that differ, nothing is said rather than
 * one of them chosen, but for the kind of service, where the most personal help wins. */
#include "directory/place_inclusion.h"

#include "base/json_out.h"
#include "base/timex.h"
#include "base/utf8.h"
#include "html/escape.h"

#define NAME_LEAST 3
#define NAME_MOST 150
#define TEXT_LEAST 5
#define TEXT_MOST 10000
#define URL_MOST 2083
#define WORDS_MOST 32

#define FUNDAMENTALS "numerique--maitriser-les-fondamentaux-du-numerique"
#define ONLINE "numerique--acceder-a-des-services-en-ligne"
#define EQUIPMENT "numerique--acquerir-un-equipement"
#define HANDICAP "personnes-en-situation-de-handicap"
#define EXILES "personnes-exilees"

static const struct inclusion_word thematiques[] = {
	{ "Accès internet et matériel informatique", "numerique--acceder-a-une-connexion-internet", EQUIPMENT },
	{ "Acquisition de matériel informatique à prix solidaire", EQUIPMENT, NULL },
	{ "Aide aux démarches administratives",
	  "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives", ONLINE },
	{ "Compréhension du monde numérique", FUNDAMENTALS, NULL },
	{ "Insertion professionnelle via le numérique", "preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi",
	  FUNDAMENTALS },
	{ "Loisirs et créations numériques", "remobilisation--activites-sportives-et-culturelles", FUNDAMENTALS },
	{ "Maîtrise des outils numériques du quotidien", FUNDAMENTALS, ONLINE },
	{ "Parentalité et éducation avec le numérique", "famille--soutien-a-la-parentalite-et-a-leducation", FUNDAMENTALS },
	{ "Utilisation sécurisée du numérique", FUNDAMENTALS, NULL },
	{ NULL },
};
static const struct inclusion_word publics[] = {
	{ "Jeunes", "jeunes" }, { "Étudiants", "etudiants" }, { "Familles et/ou enfants", "familles" }, { "Seniors", "seniors" },
	{ "Femmes", "femmes" }, { NULL },
};
static const struct inclusion_word needs[] = {
	{ "Déficience visuelle", HANDICAP }, { "Handicaps mentaux", HANDICAP }, { "Handicaps moteurs", HANDICAP },
	{ "Surdité", HANDICAP }, { "Langues étrangères (anglais)", EXILES }, { "Langues étrangères (autres)", EXILES }, { NULL },
};
static const struct inclusion_word frais[] = {
	{ "Gratuit", "gratuit" }, { "Gratuit sous condition", "gratuit" }, { "Payant", "payant" }, { NULL },
};
static const struct inclusion_word networks[] = {
	{ "Aidants Connect", "aidants-connect" }, { "Conseillers numériques", "conseillers-numeriques" },
	{ "France Services", "france-service" }, { "Grande école du numérique", "grandes-ecoles-du-numerique" },
	{ "La Croix Rouge", "croix-rouge" }, { NULL },
};
static const struct inclusion_word ways_in[] = {
	{ "Se présenter", "se-presenter" }, { "Téléphoner", "telephoner" }, { "Contacter par mail", "envoyer-un-courriel" },
	{ "Prendre un RDV en ligne", "utiliser-lien-mobilisation" },
	{ "Envoyer un mail avec une fiche de prescription", "envoyer-un-courriel" }, { NULL },
};
static const struct inclusion_word types[] = {      /* the first that the place has */
	{ "Accompagnement individuel", "accompagnement" }, { "Dans un atelier collectif", "atelier" },
	{ "En autonomie", "aide-materielle" }, { NULL },
};

const struct inclusion_table inclusion_tables[] = {
	{ P_SERVICES, "thematiques", thematiques }, { P_PUBLICS, "publics", publics }, { P_PRISE_EN_CHARGE, "publics", needs },
	{ P_FRAIS, "frais", frais }, { P_DISPOSITIFS, "reseaux_porteurs", networks }, { P_MODALITES_ACCES, "modes_mobilisation", ways_in },
	{ P_MODALITES_ACCOMPAGNEMENT, "type", types }, { .words = NULL },
};

/* ---- their words ---- */

struct words { const char *v[WORDS_MOST]; size_t n; };

static void add_word(struct words *w, const char *word)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->v[i], word) == 0)
			return;
	if (w->n < WORDS_MOST)
		w->v[w->n++] = word;
}

static bool holds(str list, const char *value)
{
	str item;
	while (str_next(&list, '|', &item))
		if (str_eq(str_trim(item), str_c(value)))
			return true;
	return false;
}

/* The words of a list, in the order of the table. */
static void add_words(struct words *w, const struct inclusion_word *table, str list)
{
	for (; table->from; table++) {
		if (!holds(list, table->from))
			continue;
		add_word(w, table->to);
		if (table->also)
			add_word(w, table->also);
	}
}

static void put_words(struct json *j, str key, const struct words *w)
{
	if (!w->n)
		return;
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; i < w->n; i++)
		json_str(j, str_c(w->v[i]));
	json_close(j, ']');
}

/* ---- values ---- */

static void member(struct json *j, str key, str value)
{
	if (value.n)
		json_member(j, key, value);
}

static str first_of(str list)
{
	str item = { 0 };
	return str_next(&list, '|', &item) ? str_trim(item) : S("");
}

static void put_address(struct json *j, str key, str url)
{
	if (url.n <= URL_MOST && (str_starts(url, S("https://")) || str_starts(url, S("http://"))))
		json_member(j, key, url);
}

static str list_shown(struct arena *a, str list)
{
	return str_replace(a, list, S("|"), S(", "));
}

/* Within their lengths and without the full stop that they refuse. */
static str name_of(struct arena *a, str name)
{
	name = str_trim(utf8_prefix(str_trim(name), NAME_MOST));
	while (str_ends(name, S(".")))
		name = str_trim(str_slice(name, 0, name.n - 1));
	return utf8_length(name) < NAME_LEAST ? str_printf(a, "Lieu %.*s", STR_ARG(name)) : name;
}

/* What is told of the place; absent when it is too short to be a description. */
static str description_of(const struct place *p)
{
	str told = p->f[P_PRESENTATION_DETAIL].n ? p->f[P_PRESENTATION_DETAIL] : p->f[P_PRESENTATION_RESUME];
	return utf8_length(told) < TEXT_LEAST ? (str){ 0 } : utf8_prefix(told, TEXT_MOST);
}

/* "Saint-Herblain" → "gabare-saint-herblain": who publishes, as a part of an id. */
static str producer(struct arena *a, const struct city *city)
{
	struct buf b = buf_new(a, 400);
	str folded = utf8_fold(a, city->name);
	bool gap = true;
	buf_put(&b, S("gabare"));
	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (plain && gap)
			buf_byte(&b, '-');
		if (plain)
			buf_byte(&b, c);
		gap = !plain;
	}
	return buf_str(&b);
}

/* ---- what structures and services share ---- */

static void put_number(struct json *j, str key, str number)
{
	if (!number.n)
		return;
	json_key(j, key);
	json_raw(j, number);
}

static void put_where(struct json *j, const struct place *p)
{
	member(j, S("commune"), p->f[P_COMMUNE]);
	member(j, S("code_postal"), p->f[P_CODE_POSTAL]);
	member(j, S("code_insee"), p->f[P_CODE_INSEE]);
	member(j, S("adresse"), p->f[P_ADRESSE]);
	member(j, S("complement_adresse"), p->f[P_COMPLEMENT_ADRESSE]);
	put_number(j, S("longitude"), p->f[P_LONGITUDE]);
	put_number(j, S("latitude"), p->f[P_LATITUDE]);
}

static void put_contact(struct json *j, const struct place *p)
{
	member(j, S("telephone"), p->f[P_TELEPHONE]);
	member(j, S("courriel"), first_of(p->f[P_COURRIELS]));
	member(j, S("horaires_accueil"), p->f[P_HORAIRES]);
}

static void put_page(struct json *j, struct arena *a, const struct city *city, const struct place *p)
{
	struct buf b = buf_new(a, URL_MOST);
	if (!city->public_url.n)
		return;
	buf_put(&b, city->public_url);
	buf_put(&b, S("/lieux/"));
	esc_url_part(&b, p->f[P_ID]);
	put_address(j, S("lien_source"), buf_str(&b));
}

static str structure_id(struct arena *a, const struct city *city, const struct place *p)
{
	return str_printf(a, "%.*s--%.*s", STR_ARG(producer(a, city)), STR_ARG(p->f[P_ID]));
}

/* ---- the two of them ---- */

bool inclusion_holds(const struct place *p)
{
	struct date d;
	return date_parse(p->f[P_DATE_MAJ], &d) && d.y >= 2000 && p->f[P_NOM].n > 0;
}

bool inclusion_serves(const struct place *p)
{
	return inclusion_holds(p) && p->f[P_SERVICES].n > 0;
}

void inclusion_structure(struct buf *out, const struct city *city, const struct place *p)
{
	struct json j = json_new(out);
	struct arena *a = out->a;
	struct words carried = { .n = 0 };
	str pivot = p->f[P_PIVOT];
	add_words(&carried, networks, p->f[P_DISPOSITIFS]);
	json_open(&j, '{');
	json_member(&j, S("source"), producer(a, city));
	json_member(&j, S("id"), structure_id(a, city, p));
	json_member(&j, S("nom"), name_of(a, p->f[P_NOM]));
	json_member(&j, S("date_maj"), p->f[P_DATE_MAJ]);
	json_member(&j, S("description"), description_of(p));
	put_page(&j, a, city, p);
	i64 number;
	if (pivot.n == 14 && str_i64(pivot, &number) && pivot.p[0] >= '0' && pivot.p[0] <= '9')
		json_member(&j, S("siret"), pivot);
	put_where(&j, p);
	put_contact(&j, p);
	put_address(&j, S("site_web"), first_of(p->f[P_SITE_WEB]));
	put_address(&j, S("accessibilite_lieu"), p->f[P_FICHE_ACCES_LIBRE]);
	put_words(&j, S("reseaux_porteurs"), &carried);
	json_close(&j, '}');
}

static void put_price(struct json *j, struct arena *a, const struct place *p)
{
	struct words words = { .n = 0 };
	str said[2] = { list_shown(a, p->f[P_FRAIS]), p->f[P_TARIFS] };
	add_words(&words, frais, p->f[P_FRAIS]);
	if (words.n == 1)
		json_member(j, S("frais"), str_c(words.v[0]));
	member(j, S("frais_precisions"), said[0].n && said[1].n ? str_join(a, said, 2, S(" : ")) : said[0].n ? said[0] : said[1]);
}

/* Being able to receive deaf people does not make a place theirs only: needs count as `publics` beside other publics, and are
 * words where a place is for everyone. */
static void put_publics(struct json *j, struct arena *a, const struct place *p)
{
	struct words words = { .n = 0 };
	add_words(&words, publics, p->f[P_PUBLICS]);
	if (words.n)
		add_words(&words, needs, p->f[P_PRISE_EN_CHARGE]);
	else
		add_word(&words, "tous-publics");
	put_words(j, S("publics"), &words);
	if (p->f[P_PRISE_EN_CHARGE].n)
		json_member(j, S("publics_precisions"), str_printf(a, "Prise en charge : %.*s", STR_ARG(list_shown(a, p->f[P_PRISE_EN_CHARGE]))));
}

/* A way in is told only when what it needs is there: a number, an address, a link. */
static void put_ways_in(struct json *j, const struct place *p)
{
	struct words words = { .n = 0 }, who = { .n = 0 };
	for (const struct inclusion_word *w = ways_in; w->from; w++) {
		bool mail = strcmp(w->to, "envoyer-un-courriel") == 0, phone = strcmp(w->to, "telephoner") == 0;
		bool link = strcmp(w->to, "utiliser-lien-mobilisation") == 0;
		bool reached = mail ? p->f[P_COURRIELS].n > 0 : phone ? p->f[P_TELEPHONE].n > 0 : link ? p->f[P_PRISE_RDV].n > 0 : true;
		if (reached && holds(p->f[P_MODALITES_ACCES], w->from))
			add_word(&words, w->to);
	}
	if (words.n)
		add_word(&who, "usagers");
	if (holds(p->f[P_MODALITES_ACCES], "Envoyer un mail avec une fiche de prescription"))
		add_word(&who, "professionnels");
	put_words(j, S("modes_mobilisation"), &words);
	put_address(j, S("lien_mobilisation"), p->f[P_PRISE_RDV]);
	put_words(j, S("mobilisable_par"), &who);
}

static void put_kind(struct json *j, const struct place *p)
{
	struct words kinds = { .n = 0 }, welcome = { .n = 0 };
	bool remote = holds(p->f[P_MODALITES_ACCOMPAGNEMENT], "À distance");
	add_words(&kinds, types, p->f[P_MODALITES_ACCOMPAGNEMENT]);
	if (kinds.n)
		json_member(j, S("type"), str_c(kinds.v[0]));
	if (remote)
		add_word(&welcome, "a-distance");
	if (kinds.n)
		add_word(&welcome, "en-presentiel");
	put_words(j, S("modes_accueil"), &welcome);
}

void inclusion_service(struct buf *out, const struct city *city, const struct place *p)
{
	struct json j = json_new(out);
	struct arena *a = out->a;
	struct words about = { .n = 0 };
	str id = structure_id(a, city, p), told = description_of(p);
	add_words(&about, thematiques, p->f[P_SERVICES]);
	json_open(&j, '{');
	json_member(&j, S("source"), producer(a, city));
	json_member(&j, S("structure_id"), id);
	json_member(&j, S("id"), str_printf(a, "%.*s-aide-numerique", STR_ARG(id)));
	json_member(&j, S("nom"), name_of(a, str_printf(a, "Aide au numérique : %.*s", STR_ARG(p->f[P_NOM]))));
	json_member(&j, S("description"), told.n ? told : list_shown(a, p->f[P_SERVICES]));
	json_member(&j, S("date_maj"), p->f[P_DATE_MAJ]);
	put_page(&j, a, city, p);
	put_kind(&j, p);
	put_words(&j, S("thematiques"), &about);
	put_price(&j, a, p);
	put_publics(&j, a, p);
	put_ways_in(&j, p);
	put_where(&j, p);
	put_contact(&j, p);
	json_close(&j, '}');
}

/* Reading vocabularies tolerantly: exact values first, then by their letters and digits alone, then the older terms. */
#include "directory/place_terms.h"
#include "base/buf.h"
#include "base/utf8.h"

/* Terms of v0.1.1 and of the exports between it and v1.0.2, by the letters before " : " where they carry an explanation.
 * Correspondences: the mapping rules that the national map publishes for its sources. */
static const struct older { enum term_family family; const char *term; struct place_term to[PLACE_TERM_MAX]; } older[] = {
	{ TERMS_SERVICES, "Devenir autonome dans les démarches administratives", { { P_SERVICES, "Aide aux démarches administratives" } } },
	{ TERMS_SERVICES, "Réaliser des démarches administratives avec un accompagnement",
		{ { P_SERVICES, "Aide aux démarches administratives" } } },
	{ TERMS_SERVICES, "Accompagner les démarches de santé", { { P_SERVICES, "Aide aux démarches administratives" } } },
	{ TERMS_SERVICES, "Prendre en main un smartphone ou une tablette", { { P_SERVICES, "Maîtrise des outils numériques du quotidien" } } },
	{ TERMS_SERVICES, "Prendre en main un ordinateur", { { P_SERVICES, "Maîtrise des outils numériques du quotidien" } } },
	{ TERMS_SERVICES, "Utiliser le numérique au quotidien", { { P_SERVICES, "Maîtrise des outils numériques du quotidien" } } },
	{ TERMS_SERVICES, "Approfondir ma culture numérique", { { P_SERVICES, "Compréhension du monde numérique" } } },
	{ TERMS_SERVICES, "Promouvoir la citoyenneté numérique", { { P_SERVICES, "Compréhension du monde numérique" } } },
	{ TERMS_SERVICES, "Favoriser mon insertion professionnelle", { { P_SERVICES, "Insertion professionnelle via le numérique" } } },
	{ TERMS_SERVICES, "Créer et développer mon entreprise", { { P_SERVICES, "Insertion professionnelle via le numérique" } } },
	{ TERMS_SERVICES, "Accéder à une connexion internet", { { P_SERVICES, "Accès internet et matériel informatique" } } },
	{ TERMS_SERVICES, "Accéder à du matériel", { { P_SERVICES, "Accès internet et matériel informatique" } } },
	{ TERMS_SERVICES, "S'équiper en matériel informatique",
		{ { P_SERVICES, "Acquisition de matériel informatique à prix solidaire" } } },
	{ TERMS_SERVICES, "Créer avec le numérique", { { P_SERVICES, "Loisirs et créations numériques" } } },
	{ TERMS_SERVICES, "Soutenir la parentalité et l'éducation avec le numérique",
		{ { P_SERVICES, "Parentalité et éducation avec le numérique" } } },

	{ TERMS_PUBLICS, "Adultes", { { 0, NULL } } },
	{ TERMS_PUBLICS, "Tout public", { { 0, NULL } } },
	{ TERMS_PUBLICS, "Tous publics", { { 0, NULL } } },
	{ TERMS_PUBLICS, "Seniors (+ 65 ans)", { { P_PUBLICS, "Seniors" } } },
	{ TERMS_PUBLICS, "Familles/enfants", { { P_PUBLICS, "Familles et/ou enfants" } } },
	{ TERMS_PUBLICS, "Jeunes (16-26 ans)", { { P_PUBLICS, "Jeunes" } } },
	{ TERMS_PUBLICS, "Uniquement femmes", { { P_PUBLICS, "Femmes" } } },
	{ TERMS_PUBLICS, "Public langues étrangères",
		{ { P_PRISE_EN_CHARGE, "Langues étrangères (anglais)" }, { P_PRISE_EN_CHARGE, "Langues étrangères (autres)" } } },
	{ TERMS_PUBLICS, "Handicaps psychiques", { { P_PRISE_EN_CHARGE, "Handicaps mentaux" } } },
	{ TERMS_PUBLICS, "Personnes en situation d'illettrisme", { { P_PRISE_EN_CHARGE, "Illettrisme" } } },

	{ TERMS_FRAIS, "Adhésion", { { P_FRAIS, "Payant" } } },
	{ TERMS_FRAIS, "Accepte le Pass numérique", { { P_PASS_ACCEPTE, "oui" } } },
	{ TERMS_FRAIS, "Pass numérique", { { P_PASS_ACCEPTE, "oui" } } },

	{ TERMS_LABELS, "CNFS", { { P_DISPOSITIFS, "Conseillers numériques" } } },
	{ TERMS_LABELS, "Conseiller numérique", { { P_DISPOSITIFS, "Conseillers numériques" } } },
	{ TERMS_LABELS, "Conseiller numérique France Services", { { P_DISPOSITIFS, "Conseillers numériques" } } },
	{ TERMS_LABELS, "Grandes écoles du numérique", { { P_DISPOSITIFS, "Grande école du numérique" } } },
	{ TERMS_LABELS, "Bibliothèques numériques de référence", { { P_DISPOSITIFS, "Bibliothèques numérique de référence" } } },
	{ TERMS_LABELS, "Point relais CAF", { { P_DISPOSITIFS, "Point d'accès numérique CAF" } } },
	{ TERMS_LABELS, "Point numérique CAF", { { P_DISPOSITIFS, "Point d'accès numérique CAF" } } },
	{ TERMS_LABELS, "Certificateur Pix", { { P_DISPOSITIFS, "Certification PIX" } } },
	{ TERMS_LABELS, "SudLabs", { { P_FORMATIONS, "SUD LABS (PACA)" } } },

	{ TERMS_ACCES, "Contacter par courriel", { { P_MODALITES_ACCES, "Contacter par mail" } } },
	{ TERMS_ACCES, "Contacter par e-mail", { { P_MODALITES_ACCES, "Contacter par mail" } } },
	{ TERMS_ACCES, "Prendre rendez-vous en ligne", { { P_MODALITES_ACCES, "Prendre un RDV en ligne" } } },
	{ TERMS_ACCES, "Ce lieu n'accueil pas de public", { { P_MODALITES_ACCES, "Ce lieu n'accueille pas de public" } } },

	{ TERMS_ACCOMPAGNEMENT, "Seul", { { P_MODALITES_ACCOMPAGNEMENT, "En autonomie" } } },
	{ TERMS_ACCOMPAGNEMENT, "Avec de l'aide", { { P_MODALITES_ACCOMPAGNEMENT, "Accompagnement individuel" } } },
	{ TERMS_ACCOMPAGNEMENT, "Dans un atelier", { { P_MODALITES_ACCOMPAGNEMENT, "Dans un atelier collectif" } } },
	{ TERMS_ACCOMPAGNEMENT, "A ma place", { { P_MODALITES_ACCOMPAGNEMENT, "Accompagnement individuel" } } },

	{ TERMS_ITINERANCE, "oui", { { P_ITINERANCE, "Itinérant" } } },
	{ TERMS_ITINERANCE, "non", { { P_ITINERANCE, "Fixe" } } },

	{ TERMS_TYPOLOGIE, "PE", { { P_TYPOLOGIE, "FT" } } },
	{ TERMS_TYPOLOGIE, "COMMUNE", { { P_TYPOLOGIE, "MUNI" } } },
};

static const struct { enum term_family family; enum place_field field; } families[] = {
	{ TERMS_SERVICES, P_SERVICES }, { TERMS_PUBLICS, P_PUBLICS }, { TERMS_PUBLICS, P_PRISE_EN_CHARGE }, { TERMS_FRAIS, P_FRAIS },
	{ TERMS_LABELS, P_DISPOSITIFS }, { TERMS_LABELS, P_FORMATIONS }, { TERMS_ACCES, P_MODALITES_ACCES },
	{ TERMS_ACCOMPAGNEMENT, P_MODALITES_ACCOMPAGNEMENT }, { TERMS_ITINERANCE, P_ITINERANCE },
};

/* Languages by the names people write; the codes themselves are ISO 639-1, but for French sign language, which has none there. */
static const struct { const char *code, *name; } languages[] = {
	{ "am", "amharique" }, { "ar", "arabe" }, { "bg", "bulgare" }, { "bm", "bambara" }, { "bn", "bengali" }, { "br", "breton" },
	{ "cs", "tchèque" }, { "de", "allemand" }, { "el", "grec" }, { "en", "anglais" }, { "es", "espagnol" }, { "fa", "persan" },
	{ "ff", "peul" }, { "fr", "français" }, { "fsl", "langue des signes française" }, { "ha", "haoussa" }, { "he", "hébreu" },
	{ "hi", "hindi" }, { "hr", "croate" },
	{ "hu", "hongrois" }, { "hy", "arménien" }, { "it", "italien" }, { "ja", "japonais" }, { "ka", "géorgien" }, { "km", "khmer" },
	{ "ko", "coréen" }, { "ku", "kurde" }, { "ln", "lingala" }, { "mg", "malgache" }, { "mn", "mongol" }, { "ne", "népalais" },
	{ "nl", "néerlandais" }, { "pl", "polonais" }, { "ps", "pachto" }, { "pt", "portugais" }, { "ro", "roumain" }, { "ru", "russe" },
	{ "so", "somali" }, { "sq", "albanais" }, { "sr", "serbe" }, { "sw", "swahili" }, { "ta", "tamoul" }, { "th", "thaï" },
	{ "ti", "tigrigna" }, { "tr", "turc" }, { "uk", "ukrainien" }, { "ur", "ourdou" }, { "vi", "vietnamien" }, { "wo", "wolof" },
	{ "zh", "chinois" },
};

str place_term_key(struct arena *a, str s)
{
	str folded = utf8_fold(a, s);
	struct buf b = buf_new(a, folded.n + 1);
	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.p[i];
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || (u8)c >= 0x80)
			buf_byte(&b, c);
	}
	return buf_str(&b);
}

static bool one(struct place_term ret[], size_t *ret_n, enum place_field f, const char *value)
{
	ret[0] = (struct place_term){ f, value };
	*ret_n = 1;
	return true;
}

static bool from_older(const struct older *o, struct place_term ret[], size_t *ret_n)
{
	*ret_n = 0;
	while (*ret_n < PLACE_TERM_MAX && o->to[*ret_n].value) {
		ret[*ret_n] = o->to[*ret_n];
		++*ret_n;
	}
	return true;
}

/* Is `written` this value? By its bytes when there is no key, else by key. */
static bool same(struct arena *a, str written, str key, const char *value)
{
	return key.p ? str_eq(key, place_term_key(a, str_c(value))) : str_eq(written, str_c(value));
}

static bool find(struct arena *a, enum term_family family, str written, str key, struct place_term ret[], size_t *ret_n)
{
	for (size_t i = 0; i < lengthof(families); i++) {
		if (families[i].family != family)
			continue;
		const struct vocabulary *v = place_vocabulary(families[i].field);
		for (size_t j = 0; j < v->n; j++)
			if (same(a, written, key, v->values[j]))
				return one(ret, ret_n, v->field, v->values[j]);
	}
	for (size_t i = 0; i < lengthof(older); i++)
		if (older[i].family == family && same(a, written, key, older[i].term))
			return from_older(&older[i], ret, ret_n);
	return false;
}

static bool find_typologie(str written, struct place_term ret[], size_t *ret_n)
{
	const char *code;
	for (size_t i = 0; (code = place_typologie_code(i)); i++)
		if (str_ieq(written, str_c(code)))
			return one(ret, ret_n, P_TYPOLOGIE, code);
	return false;
}

static bool find_language(struct arena *a, str written, struct place_term ret[], size_t *ret_n)
{
	str key = place_term_key(a, written);
	for (size_t i = 0; i < lengthof(languages); i++)
		if (str_eq(key, str_c(languages[i].code)) || str_eq(key, place_term_key(a, str_c(languages[i].name))))
			return one(ret, ret_n, P_LANGUES, languages[i].code);
	return false;
}

bool place_term(struct arena *a, enum term_family family, str written, struct place_term ret[PLACE_TERM_MAX], size_t *ret_n)
{
	written = str_trim(written);
	if (!written.n)
		return false;
	if (family == TERMS_LANGUES)
		return find_language(a, written, ret, ret_n);
	if (family == TERMS_TYPOLOGIE && find_typologie(written, ret, ret_n))
		return true;
	str absent = { NULL, 0 };
	return find(a, family, written, absent, ret, ret_n) || find(a, family, written, place_term_key(a, written), ret, ret_n);
}

bool place_term_explained(struct arena *a, enum term_family family, str written, struct place_term ret[PLACE_TERM_MAX], size_t *ret_n)
{
	ptrdiff_t colon = str_find_byte(written, ':');
	return colon > 0 && place_term(a, family, str_slice(written, 0, (size_t)colon), ret, ret_n);
}

/* Edits (insert, delete, replace one byte) between two keys, given up above `most`. */
static size_t distance(str x, str y, size_t most)
{
	enum { LONGEST = 96 };
	if (x.n >= LONGEST || y.n >= LONGEST || (x.n > y.n ? x.n - y.n : y.n - x.n) > most)
		return most + 1;
	size_t row[LONGEST + 1];
	for (size_t j = 0; j <= y.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= x.n; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= y.n; j++) {
			size_t best = diagonal + (x.p[i - 1] != y.p[j - 1]);
			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[y.n];
}

struct nearest { struct arena *a; str key; size_t best; const char *value; };

static void consider(struct nearest *n, const char *candidate, const char *means)
{
	if (!n->best)
		return;
	size_t d = distance(n->key, place_term_key(n->a, str_c(candidate)), n->best - 1);
	if (d < n->best) {
		n->best = d;
		n->value = means;
	}
}

const char *place_term_near(struct arena *a, enum term_family family, str written)
{
	struct nearest n = { .a = a, .key = place_term_key(a, written) };
	n.best = n.key.n / 4 + 1;                /* a quarter of the letters may be wrong */
	if (n.key.n < 3)
		return NULL;
	const char *code;
	for (size_t i = 0; family == TERMS_TYPOLOGIE && (code = place_typologie_code(i)); i++) {
		consider(&n, code, code);
		consider(&n, place_typologie_label(str_c(code)), code);
	}
	for (size_t i = 0; i < lengthof(families); i++) {
		if (families[i].family != family)
			continue;
		const struct vocabulary *v = place_vocabulary(families[i].field);
		for (size_t j = 0; j < v->n; j++)
			consider(&n, v->values[j], v->values[j]);
	}
	for (size_t i = 0; i < lengthof(older); i++)
		if (older[i].family == family && older[i].to[0].value)
			consider(&n, older[i].term, older[i].to[0].value);
	for (size_t i = 0; family == TERMS_LANGUES && i < lengthof(languages); i++)
		consider(&n, languages[i].name, languages[i].code);
	return n.value;
}

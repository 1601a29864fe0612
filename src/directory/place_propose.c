/* What a column is: first by the names that are in use for it, then by what it holds. */
#include "directory/place_survey.h"

#include "base/buf.h"
#include "base/phone.h"
#include "base/utf8.h"
#include "directory/place_terms.h"
#include "directory/place_values.h"

/* Names as letters and digits alone; the first of a line that is there wins over those behind it. */
static const struct usage { const char *as, *names; } usages[] = {
	{ "id", "id identifiant gid uid objectid fid recordid cle ref reference" },
	{ "pivot", "pivot siret numerosiret nosiret siren rna" },
	{ "nom", "nom nomdulieu nomlieu nomstructure nomdelastructure nomdelorganisation libelle intitule denomination titre name title structure" },
	{ "commune", "commune ville nomcommune city localite libellecommune municipalite adresselocality" },
	{ "code_postal", "codepostal cp postcode codpost codepost zip zipcode postalcode" },
	{ "code_insee", "codeinsee insee citycode codecommune codeinseecommune inseecom comcode" },
	{ "adresse", "adresse adresse1 adressepostale adres rue voie numeroetvoie address streetaddress numero numvoie novoie" },
	{ "complement_adresse", "complementadresse complement adresse2 batiment quart quartier" },
	{ "latitude", "latitude lat latcoor1 ycoord geolatitude" },
	{ "longitude", "longitude lon lng long longcoor1 xcoord geolongitude" },
	{ "telephone", "telephone tel phone contacttel telfixe numerodetelephone contacttelephone mobile portable telportable" },
	{ "courriels", "courriels courriel email mail mel emails contactemail adressemail adresseemail" },
	{ "site_web", "siteweb site url web urllieu siteinternet siteinter website urlsite" },
	{ "horaires", "horaires horaire horaireouverture heuresouverture horairesouverture openinghours horairesdouverture" },
	{ "presentation_resume", "presentationresume resume descriptioncourte" },
	{ "presentation_detail", "presentationdetail presentation description descriptionlongue prezlieu" },
	{ "structure_parente", "structureparente raisonsociale structporteuse structport porteur organisme" },
	{ "date_maj", "datemaj miseajour datedemaj datemiseajour datedemiseajour maj editdatemaj updatedat datemodification" },
	{ "typologie", "typologie type typedestructure typestructure picto categorie categories codetypo" },
	{ "services", "services service servicesproposes" },
	{ "publics_specifiquement_adresses", "publics public publicsaccueillis publicaccueilli publiccible" },
	{ "frais_a_charge", "fraisacharge frais conditionsacces" },
	{ "prise_rdv", "priserdv lienrdv urlrdv" },
	{ "arret", "arret transport transports" },
	{ "x_lambert93", "x xl93 xlambert xlambert93 coordx coordonneex" },
	{ "y_lambert93", "y yl93 ylambert ylambert93 coordy coordonneey" },
};

static const struct family { const char *as; enum term_family terms; } families[] = {
	{ "services", TERMS_SERVICES }, { "modalites_accompagnement", TERMS_ACCOMPAGNEMENT }, { "modalites_acces", TERMS_ACCES },
	{ "publics_specifiquement_adresses", TERMS_PUBLICS }, { "frais_a_charge", TERMS_FRAIS },
	{ "dispositif_programmes_nationaux", TERMS_LABELS }, { "typologie", TERMS_TYPOLOGIE },
};

/* What a few letters of a written value make likely, when no value of the schema is near; always looked at by somebody. */
static const struct hint { const char *as, *letters, *value; } hints[] = {
	{ "services", "demarche", "Aide aux démarches administratives" },
	{ "services", "solidaire", "Acquisition de matériel informatique à prix solidaire" },
	{ "services", "reconditionn", "Acquisition de matériel informatique à prix solidaire" },
	{ "services", "sequiper", "Acquisition de matériel informatique à prix solidaire" },
	{ "services", "imprim", "Accès internet et matériel informatique" }, { "services", "scanner", "Accès internet et matériel informatique" },
	{ "services", "wifi", "Accès internet et matériel informatique" }, { "services", "connexion", "Accès internet et matériel informatique" },
	{ "services", "ordinateur", "Accès internet et matériel informatique" }, { "services", "materiel", "Accès internet et matériel informatique" },
	{ "services", "initiation", "Maîtrise des outils numériques du quotidien" }, { "services", "priseenmain", "Maîtrise des outils numériques du quotidien" },
	{ "services", "prendreenmain", "Maîtrise des outils numériques du quotidien" }, { "services", "bureautique", "Maîtrise des outils numériques du quotidien" },
	{ "services", "emploi", "Insertion professionnelle via le numérique" }, { "services", "insertion", "Insertion professionnelle via le numérique" },
	{ "services", "parent", "Parentalité et éducation avec le numérique" }, { "services", "creati", "Loisirs et créations numériques" },
	{ "services", "culturenumerique", "Compréhension du monde numérique" }, { "services", "risque", "Utilisation sécurisée du numérique" },
	{ "services", "sensibilisation", "Compréhension du monde numérique" },
	{ "services", "securit", "Utilisation sécurisée du numérique" },
	{ "typologie", "bibliotheque", "BIB" }, { "typologie", "mediatheque", "BIB" }, { "typologie", "hoteldeville", "MUNI" }, { "typologie", "mairie", "MUNI" },
	{ "typologie", "centresocial", "CS" }, { "typologie", "centresocio", "CS" }, { "typologie", "franceservices", "RFS" }, { "typologie", "msap", "RFS" },
	{ "typologie", "missionlocale", "ML" }, { "typologie", "ccas", "CCAS" }, { "typologie", "tierslieu", "TIERS_LIEUX" },
	{ "typologie", "fablab", "TIERS_LIEUX" }, { "typologie", "coworking", "TIERS_LIEUX" }, { "typologie", "associati", "ASSO" },
	{ "publics_specifiquement_adresses", "jeune", "Jeunes" }, { "publics_specifiquement_adresses", "senior", "Seniors" },
	{ "publics_specifiquement_adresses", "etudiant", "Étudiants" }, { "publics_specifiquement_adresses", "femme", "Femmes" },
	{ "publics_specifiquement_adresses", "famille", "Familles et/ou enfants" },
	{ "modalites_accompagnement", "atelier", "Dans un atelier collectif" }, { "modalites_accompagnement", "collectif", "Dans un atelier collectif" },
	{ "modalites_accompagnement", "individuel", "Accompagnement individuel" }, { "modalites_accompagnement", "autonom", "En autonomie" },
};

static const char *hinted(struct arena *a, str as, str written)
{
	str key = place_term_key(a, written);
	for (size_t i = 0; i < lengthof(hints); i++)
		if (str_eq(as, str_c(hints[i].as)) && str_find(key, str_c(hints[i].letters)) >= 0)
			return hints[i].value;
	return NULL;
}

static const enum term_family *family_of(str as)
{
	for (size_t i = 0; i < lengthof(families); i++)
		if (str_eq(as, str_c(families[i].as)))
			return &families[i].terms;
	return NULL;
}

/* ---- what a column holds ---- */

static bool known(struct arena *a, enum term_family f, str part)
{
	struct place_term t[PLACE_TERM_MAX];
	size_t n;
	return place_term(a, f, part, t, &n) || place_term_explained(a, f, part, t, &n);
}

static bool mail_like(struct arena *a, str s) { return !value_mail(a, s).fault; }
static bool site_like(struct arena *a, str s) { return str_starts(s, S("http")) || (str_starts(s, S("www.")) && !value_url(a, s).fault); }
static bool postal_like(struct arena *a, str s) { return s.n >= 4 && !value_postal_code(a, s).fault; }
static bool insee_like(struct arena *a, str s) { return !value_insee_code(a, s).fault; }
static bool date_like(struct arena *a, str s) { return !value_date(a, s, (struct date){ 2999, 1, 1 }).fault; }

static bool phone_like(struct arena *a, str s)
{
	struct phone p;
	(void)a;
	return s.n >= 9 && phone_read(s, &p) == PHONE_OK;
}

static bool between(struct arena *a, str s, double least, double most)
{
	double d;
	return str_f64(str_replace(a, str_replace(a, s, S(","), S(".")), S(" "), S("")), &d) && d >= least && d <= most;
}

static bool latitude_like(struct arena *a, str s) { return between(a, s, -25, 52); }
static bool longitude_like(struct arena *a, str s) { return between(a, s, -180, 180); }
static bool x_like(struct arena *a, str s) { return between(a, s, 1000, 1300000); }
static bool y_like(struct arena *a, str s) { return between(a, s, 6000000, 7200000); }

typedef bool likeness(struct arena *a, str s);
static const struct content { const char *as; likeness *is; bool tells; } contents[] = {      /* tells: even when the name does not */
	{ "courriels", mail_like, true }, { "site_web", site_like, true }, { "telephone", phone_like, true }, { "code_postal", postal_like, false },
	{ "code_insee", insee_like, false }, { "latitude", latitude_like, false }, { "longitude", longitude_like, false },
	{ "date_maj", date_like, false }, { "x_lambert93", x_like, false }, { "y_lambert93", y_like, false },
};

/* Of a hundred of its cells, how many are such. */
static int share(struct arena *a, const struct survey_column *c, likeness *is)
{
	size_t yes = 0, all = 0;
	for (size_t i = 0; i < c->n; i++) {
		if (value_is_nothing(a, c->v[i]))
			continue;
		all++;
		yes += is(a, c->v[i]);
	}
	return all ? (int)(100 * yes / all) : 0;
}

static bool fits(struct arena *a, const struct survey_column *c, const char *as)
{
	enum { MOST = 60 };
	for (size_t i = 0; i < lengthof(contents); i++)
		if (strcmp(contents[i].as, as) == 0)
			return c->n == 0 || share(a, c, contents[i].is) >= MOST;
	return true;
}

/* ---- by name ---- */

/* The place of `key` among names, from 1; 0: not there. */
static int rank_among(const char *names, str key)
{
	int rank = 1;
	for (str rest = str_c(names), one; str_next(&rest, ' ', &one); rank++)
		if (str_eq(one, key))
			return rank;
	return 0;
}

/* "c_nom", "USER_NOM", "nom (1)": without its first part, without its last one. */
static str shortened(struct arena *a, str name, bool first)
{
	size_t at = first ? 0 : name.n;
	while (first ? at < name.n : at > 0) {
		char c = name.p[first ? at : at - 1];
		bool mark = c == '_' || c == ' ' || c == '.' || c == '-' || c == ':';
		if (mark && at)
			return place_term_key(a, first ? str_slice(name, at + 1, name.n) : str_slice(name, 0, at - 1));
		at += first ? 1 : (size_t)-1;
	}
	return S("");
}

/* How well the name tells `u`: less is better; 0: not at all. */
static int by_name(struct arena *a, const struct usage *u, str name)
{
	enum { WHOLE = 0, WITHOUT_FIRST = 100, WITHOUT_LAST = 200 };
	int rank = rank_among(u->names, place_term_key(a, name));
	if (rank)
		return WHOLE + rank;
	rank = rank_among(u->names, shortened(a, name, true));
	if (rank)
		return WITHOUT_FIRST + rank;
	rank = rank_among(u->names, shortened(a, name, false));
	return rank ? WITHOUT_LAST + rank : 0;
}

/* "lundi matin", "Lundi après-midi", "jeudi". */
static const char *day_of(struct arena *a, str name)
{
	str key = place_term_key(a, name);
	for (size_t i = 2; layout_special(i); i++) {
		str form = place_term_key(a, str_c(layout_special(i)));
		str pm = str_replace(a, form, S("apresmidi"), S("aprem"));
		if (str_eq(key, form) || str_eq(key, pm))
			return layout_special(i);
	}
	return NULL;
}

struct claims { const struct place_survey *s; struct place_layout *l; struct arena *a; };

/* The column whose name tells it best, among those that are nothing yet and hold such values. */
static void claim(struct claims *c, const struct usage *u)
{
	int best = 0;
	struct layout_column *which = NULL;
	for (size_t i = 0; i < c->s->n; i++) {
		int rank = by_name(c->a, u, c->s->v[i].name);
		if (!rank || c->l->v[i].as.n || (best && rank >= best) || !fits(c->a, &c->s->v[i], u->as))
			continue;
		best = rank;
		which = &c->l->v[i];
	}
	if (which)
		which->as = str_c(u->as);
}

/* ---- by content ---- */

static bool is_taken(const struct place_layout *l, const char *as)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i].as, str_c(as)))
			return true;
	return false;
}

static size_t known_parts(struct arena *a, const struct survey_column *c, enum term_family f, size_t *ret_all)
{
	size_t n = 0;
	*ret_all = 0;
	for (size_t i = 0; i < c->n; i++)
		for (str rest = c->v[i], cell; str_next(&rest, '|', &cell);)
			for (str more = cell, part; str_next(&more, ';', &part);) {
				part = str_trim(part);
				if (!part.n || value_is_nothing(a, part))
					continue;
				++*ret_all;
				n += known(a, f, part);
			}
	return n;
}

/* A column of a few values, most of which hint at one vocabulary: "Accès WIFI", "Utilisation d’une imprimante". */
static void by_hints(struct claims *c, size_t i)
{
	enum { FEW = 30 };
	const struct survey_column *col = &c->s->v[i];
	for (size_t j = 0; j < lengthof(families) && !col->more && col->n <= FEW; j++) {
		size_t n = 0;
		for (size_t k = 0; k < col->n; k++)
			n += hinted(c->a, str_c(families[j].as), col->v[k]) != NULL;
		if (n && 2 * n >= col->n) {
			c->l->v[i].as = str_c(families[j].as);
			return;
		}
	}
}

static void by_content(struct claims *c, size_t i)
{
	enum { SURELY = 80, MOSTLY = 50 };
	const struct survey_column *col = &c->s->v[i];
	if (c->l->v[i].as.n || !col->n)
		return;
	for (size_t j = 0; j < lengthof(contents); j++)
		if (contents[j].tells && !is_taken(c->l, contents[j].as) && share(c->a, col, contents[j].is) >= SURELY) {
			c->l->v[i].as = str_c(contents[j].as);
			return;
		}
	for (size_t j = 0; j < lengthof(families); j++) {
		size_t all, n = known_parts(c->a, col, families[j].terms, &all);
		if (n && n * 100 >= all * MOSTLY) {
			c->l->v[i].as = str_c(families[j].as);
			return;
		}
	}
	by_hints(c, i);
}

/* ---- values ---- */

str *place_survey_unknown(struct arena *a, const struct survey_column *s, const struct layout_column *c, size_t *ret_n)
{
	enum { MOST = 200 };
	const enum term_family *f = family_of(c->as);
	str *v = arena_many(a, str, MOST);
	*ret_n = 0;
	if (!f)
		return v;
	for (size_t i = 0; i < s->n; i++) {
		str cell = str_replace(a, s->v[i], S(";"), S("|"));
		for (size_t k = 0; k < c->separators.n; k++)
			cell = str_replace(a, cell, str_slice(c->separators, k, k + 1), S("|"));
		for (str rest = cell, part; str_next(&rest, '|', &part) && *ret_n < MOST;) {
			part = str_trim(part);
			bool there = !part.n || value_is_nothing(a, part) || known(a, *f, part);
			for (size_t j = 0; j < *ret_n && !there; j++)
				there = str_eq(v[j], part);
			for (size_t j = 0; j < c->n && !there; j++)
				there = str_eq(place_term_key(a, c->v[j].written), place_term_key(a, part));
			if (!there)
				v[(*ret_n)++] = part;
		}
	}
	return v;
}

/* Codes joined by hyphens ("F-TL-C"), words joined by commas. */
static str separators_of(const struct survey_column *s)
{
	size_t codes = 0, hyphens = 0, commas = 0;
	for (size_t i = 0; i < s->n; i++) {
		bool code = true;
		for (size_t j = 0; j < s->v[i].n && code; j++)
			code = (s->v[i].p[j] >= 'A' && s->v[i].p[j] <= 'Z') || s->v[i].p[j] == '-';
		codes += code;
		hyphens += str_find_byte(s->v[i], '-') > 0;
		commas += str_find(s->v[i], S(", ")) > 0;
	}
	if (10 * codes >= 8 * s->n && hyphens)  /* one cell of another kind is a mistake of its file */
		return S("-");
	return 10 * commas > s->n ? S(",;") : S("");
}

void place_layout_values(struct arena *a, const struct survey_column *s, struct layout_column *c)
{
	const enum term_family *f = family_of(c->as);
	size_t n;
	if (!f)
		return;
	c->separators = separators_of(s);
	str *unknown = place_survey_unknown(a, s, c, &n);
	if (!n)
		return;
	c->v = arena_many(a, struct layout_term, n);
	for (size_t i = 0; i < n; i++) {
		const char *hint = hinted(a, c->as, unknown[i]), *near = hint ? hint : place_term_near(a, *f, unknown[i]);
		c->v[c->n++] = (struct layout_term){ unknown[i], place_field_named(c->as), str_c(near ? near : "") };
	}
}

struct place_layout place_layout_propose(struct arena *a, const struct place_survey *s)
{
	struct place_layout l = { .v = arena_many(a, struct layout_column, s->n + 1), .n = s->n };
	struct claims c = { s, &l, a };
	for (size_t i = 0; i < s->n; i++) {
		const char *day = day_of(a, s->v[i].name);
		enum place_field exact = place_field_named(s->v[i].name);
		l.v[i] = (struct layout_column){ .name = s->v[i].name, .as = str_c(day ? day : ""), .separators = S("") };
		if (exact != P_COUNT)
			l.v[i].as = str_c(place_field_names[exact]);
	}
	for (size_t u = 0; u < lengthof(usages); u++)
		if (!is_taken(&l, usages[u].as))
			claim(&c, &usages[u]);
	for (size_t i = 0; i < s->n; i++)
		by_content(&c, i);
	for (size_t i = 0; i < s->n; i++)
		place_layout_values(a, &s->v[i], &l.v[i]);
	return l;
}

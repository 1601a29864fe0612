/* One row: its columns are recognised, each is read by the reader of its kind, and what a row must have is checked last. */
#include "directory/place_clean.h"
#include "base/buf.h"
#include "base/charset.h"
#include "base/phone.h"
#include "base/utf8.h"
#include "directory/place_terms.h"
#include "directory/place_values.h"

enum kind {
	K_TEXT, K_ID, K_PIVOT, K_POSTAL, K_INSEE, K_LATITUDE, K_LONGITUDE, K_TERMS, K_LABELS, K_PHONE, K_MAILS, K_URLS, K_URL, K_HOURS,
	K_RESUME, K_DATE, K_YES_NO,
};

/* Columns by name: the schema's, ours, and the names of v0.1.1 and its neighbours. */
static const struct column { const char *name; enum place_field field; enum kind kind; enum term_family terms; } columns[] = {
	{ "id", P_ID, K_ID, 0 }, { "pivot", P_PIVOT, K_PIVOT, 0 }, { "nom", P_NOM, K_TEXT, 0 }, { "commune", P_COMMUNE, K_TEXT, 0 },
	{ "code_postal", P_CODE_POSTAL, K_POSTAL, 0 }, { "code_insee", P_CODE_INSEE, K_INSEE, 0 }, { "adresse", P_ADRESSE, K_TEXT, 0 },
	{ "complement_adresse", P_COMPLEMENT_ADRESSE, K_TEXT, 0 }, { "latitude", P_LATITUDE, K_LATITUDE, 0 },
	{ "longitude", P_LONGITUDE, K_LONGITUDE, 0 }, { "typologie", P_TYPOLOGIE, K_TERMS, TERMS_TYPOLOGIE },
	{ "telephone", P_TELEPHONE, K_PHONE, 0 }, { "courriels", P_COURRIELS, K_MAILS, 0 }, { "site_web", P_SITE_WEB, K_URLS, 0 },
	{ "horaires", P_HORAIRES, K_HOURS, 0 }, { "presentation_resume", P_PRESENTATION_RESUME, K_RESUME, 0 },
	{ "presentation_detail", P_PRESENTATION_DETAIL, K_TEXT, 0 }, { "source", P_SOURCE, K_TEXT, 0 },
	{ "itinerance", P_ITINERANCE, K_TERMS, TERMS_ITINERANCE }, { "structure_parente", P_STRUCTURE_PARENTE, K_TEXT, 0 },
	{ "date_maj", P_DATE_MAJ, K_DATE, 0 }, { "services", P_SERVICES, K_TERMS, TERMS_SERVICES },
	{ "publics_specifiquement_adresses", P_PUBLICS, K_TERMS, TERMS_PUBLICS },
	{ "prise_en_charge_specifique", P_PRISE_EN_CHARGE, K_TERMS, TERMS_PUBLICS },
	{ "frais_a_charge", P_FRAIS, K_TERMS, TERMS_FRAIS }, { "dispositif_programmes_nationaux", P_DISPOSITIFS, K_TERMS, TERMS_LABELS },
	{ "formations_labels", P_FORMATIONS, K_TERMS, TERMS_LABELS }, { "autres_formations_labels", P_AUTRES_FORMATIONS, K_TEXT, 0 },
	{ "modalites_acces", P_MODALITES_ACCES, K_TERMS, TERMS_ACCES },
	{ "modalites_accompagnement", P_MODALITES_ACCOMPAGNEMENT, K_TERMS, TERMS_ACCOMPAGNEMENT },
	{ "fiche_acces_libre", P_FICHE_ACCES_LIBRE, K_URL, 0 }, { "prise_rdv", P_PRISE_RDV, K_URL, 0 },
	{ "telephones", P_TELEPHONES, K_PHONE, 0 }, { "fermetures", P_FERMETURES, K_TEXT, 0 },
	{ "pass_accepte", P_PASS_ACCEPTE, K_YES_NO, 0 }, { "langues", P_LANGUES, K_TERMS, TERMS_LANGUES },
	{ "plain_pied", P_PLAIN_PIED, K_YES_NO, 0 }, { "ascenseur", P_ASCENSEUR, K_YES_NO, 0 }, { "arret", P_ARRET, K_TEXT, 0 },
	{ "tarifs", P_TARIFS, K_TEXT, 0 }, { "telephoner_avant", P_TELEPHONER_AVANT, K_YES_NO, 0 }, { "notes", P_NOTES, K_TEXT, 0 },
	{ "siret", P_PIVOT, K_PIVOT, 0 }, { "courriel", P_COURRIELS, K_MAILS, 0 }, { "publics_accueillis", P_PUBLICS, K_TERMS, TERMS_PUBLICS },
	{ "conditions_acces", P_FRAIS, K_TERMS, TERMS_FRAIS }, { "conditions_access", P_FRAIS, K_TERMS, TERMS_FRAIS },
	{ "frais", P_FRAIS, K_TERMS, TERMS_FRAIS }, { "labels_nationaux", P_DISPOSITIFS, K_LABELS, TERMS_LABELS },
	{ "labels_autres", P_AUTRES_FORMATIONS, K_LABELS, TERMS_LABELS }, { "accessibilite", P_FICHE_ACCES_LIBRE, K_URL, 0 },
};

struct cleaning {
	struct arena *a;
	const struct file_row *row;
	struct date today;
	struct place_cleaned *out;
	bool refused[P_COUNT];                   /* fields whose refusal is told already */
	int pieces;                              /* of the cell being read */
};

/* Hostile cells are cut short: what a list may hold, and how many pieces of a cell are looked at. */
enum { LIST_MAX = 50, ITEM_MAX = 2000, PIECES_MAX = 200 };

static void tell(struct cleaning *c, enum told kind, str column, str value, str reason, str proposal)
{
	struct place_cleaned *o = c->out;
	if (kind == TOLD_REFUSED)
		o->refused = true;
	if (o->n_told >= PLACE_TOLD_MAX)
		return;
	if (o->n_told == PLACE_TOLD_MAX - 1) {
		reason = S("cette ligne a d’autres défauts encore, qui ne sont pas énumérés");
		column = value = proposal = S("");
	}
	o->told[o->n_told++] = (struct place_told){ kind, column, value, reason, proposal };
}

static void left_out(struct cleaning *c, str column, str value, const char *reason, str proposal)
{
	tell(c, TOLD_LEFT_OUT, column, value, str_c(reason), proposal);
}

/* The column that a name of the file stands for. Case, accents, spaces for underscores and a forgotten BOM do not matter. */
static const struct column *find_column(struct arena *a, str name)
{
	for (size_t i = 0; i < lengthof(columns); i++)
		if (str_eq(name, str_c(columns[i].name)))
			return &columns[i];
	str folded = str_replace(a, utf8_fold(a, str_trim(name)), S(" "), S("_"));
	for (size_t i = 0; i < lengthof(columns); i++)
		if (str_eq(folded, str_c(columns[i].name)))
			return &columns[i];
	return NULL;
}

bool place_column_known(struct arena *a, str name)
{
	return find_column(a, name) != NULL;
}

static const enum place_field required[] = { P_ID, P_PIVOT, P_NOM, P_COMMUNE, P_CODE_POSTAL, P_ADRESSE, P_DATE_MAJ };

bool place_field_required(enum place_field f)
{
	for (size_t i = 0; i < lengthof(required); i++)
		if (required[i] == f)
			return true;
	return false;
}

str place_columns_missing(struct arena *a, const str *names, size_t n)
{
	str missing[lengthof(required)];
	size_t m = 0;
	for (size_t i = 0; i < lengthof(required); i++) {
		bool there = false;
		for (size_t j = 0; j < n && !there; j++) {
			const struct column *col = find_column(a, names[j]);
			there = col && col->field == required[i];
		}
		if (!there)
			missing[m++] = str_c(place_field_names[required[i]]);
	}
	return str_join(a, missing, m, S(", "));
}

/* ---- lists ---- */

/* Counts one more piece of the cell; false, told once, when there are too many. */
static bool piece(struct cleaning *c, str column)
{
	if (++c->pieces == PIECES_MAX)
		left_out(c, column, S(""), "trop de valeurs dans une cellule : les suivantes ne sont pas lues", S(""));
	return c->pieces < PIECES_MAX;
}

/* Adds a value to a '|' list unless it is there. */
static void add(struct cleaning *c, enum place_field f, str value)
{
	str *list = &c->out->place.f[f];
	str rest = *list, part;
	size_t n = 0;
	for (; list->n && str_next(&rest, '|', &part); n++)
		if (str_eq(part, value))
			return;
	if (n >= LIST_MAX || value.n > ITEM_MAX)
		return left_out(c, str_c(place_field_names[f]), utf8_prefix(value, 60), "trop de valeurs, ou valeur trop longue", S(""));
	str both[] = { *list, value };
	*list = list->n ? str_join(c->a, both, 2, S("|")) : str_copy(c->a, value);
}

typedef bool term_reader(struct arena *a, enum term_family family, str written, struct place_term ret[], size_t *ret_n);

static bool add_term(struct cleaning *c, term_reader *read, enum term_family family, str written)
{
	struct place_term t[PLACE_TERM_MAX];
	size_t n;
	struct arena_mark m = arena_mark(c->a);
	bool known = read(c->a, family, written, t, &n);
	arena_rewind(c->a, m);                   /* terms are static: what folding took is given back */
	if (!known)
		return false;
	for (size_t i = 0; i < n; i++)
		if (place_field_kinds[t[i].field] == 'B')
			c->out->place.f[t[i].field] = str_c(t[i].value);
		else
			add(c, t[i].field, str_c(t[i].value));
	return true;
}

/* Cuts at the next `sep` outside parentheses. Like str_next. */
static bool next_outside(str *rest, char sep, str *ret_part)
{
	if (!rest->p)
		return false;
	int depth = 0;
	for (size_t i = 0; i < rest->n; i++) {
		depth += (rest->p[i] == '(') - (rest->p[i] == ')');
		if (rest->p[i] == sep && depth <= 0) {
			*ret_part = str_slice(*rest, 0, i);
			*rest = str_slice(*rest, i + 1, rest->n);
			return true;
		}
	}
	*ret_part = *rest;
	*rest = (str){ NULL, 0 };
	return true;
}

/* A term, or several joined by ";" or "," as older files do. */
static void read_terms(struct cleaning *c, const struct column *col, str column, str written, const char *separators)
{
	written = str_trim(written);
	if (!written.n || !piece(c, column) || add_term(c, place_term, col->terms, written) || value_is_nothing(c->a, written))
		return;
	if (separators[0] && str_find_byte(written, separators[0]) >= 0) {
		for (str rest = written, part; next_outside(&rest, separators[0], &part);)
			read_terms(c, col, column, part, separators + 1);
		return;
	}
	if (separators[0])
		return read_terms(c, col, column, written, separators + 1);
	if (add_term(c, place_term_explained, col->terms, written))
		return;
	if (col->kind == K_LABELS)
		return add(c, P_AUTRES_FORMATIONS, value_text(c->a, written));
	struct arena_mark m = arena_mark(c->a);
	const char *near = place_term_near(c->a, col->terms, written);
	arena_rewind(c->a, m);
	left_out(c, column, written, "valeur inconnue du schéma national dans cette colonne", str_c(near));
}

/* "Adultes" with the three other publics is everyone: nobody is specifically addressed. */
static bool says_everyone(str cell)
{
	return str_find(cell, S("Adultes")) >= 0 && str_find(cell, S("Seniors")) >= 0 && str_find(cell, S("Jeunes")) >= 0 &&
		str_find(cell, S("Familles")) >= 0;
}

static void read_list(struct cleaning *c, const struct column *col, str column, str cell)
{
	str publics = c->out->place.f[P_PUBLICS];
	for (str rest = cell, part; str_next(&rest, '|', &part);)
		read_terms(c, col, column, part, ";,");
	if (col->terms == TERMS_PUBLICS && says_everyone(cell))
		c->out->place.f[P_PUBLICS] = publics;
}

static void read_phones(struct cleaning *c, str column, str cell)
{
	for (str rest = cell, typed; phone_next(&rest, &typed) && piece(c, column);) {
		struct phone p;
		enum phone_fault fault = phone_read(typed, &p);
		const char *why = "numéro de téléphone illisible";
		switch (fault) {
		case PHONE_OK: add(c, P_TELEPHONES, str_c(p.e164)); continue;
		case PHONE_EMPTY: continue;
		case PHONE_CHARACTERS: break;
		case PHONE_SHORT_NUMBER: why = "numéro court : il n’a pas de forme internationale, que le schéma demande"; break;
		case PHONE_MISSING: why = str_z(c->a, str_printf(c->a, "il manque des chiffres : %d au lieu de %d", p.digits, p.wanted)); break;
		case PHONE_TOO_MANY: why = str_z(c->a, str_printf(c->a, "trop de chiffres : %d au lieu de %d", p.digits, p.wanted)); break;
		case PHONE_COUNTRY: why = "numéro d’un autre pays, que le schéma n’admet pas"; break;
		}
		if (!value_is_nothing(c->a, typed))
			left_out(c, column, str_trim(typed), why, S(""));
	}
}

static void read_mails(struct cleaning *c, str column, str cell)
{
	size_t from = 0;
	for (size_t i = 0; i <= cell.n; i++) {
		if (i < cell.n && !strchr("|;, \n\t", cell.p[i]))
			continue;
		str one = str_trim(str_slice(cell, from, i));
		from = i + 1;
		if (!one.n || value_is_nothing(c->a, one))
			continue;
		if (!piece(c, column))
			return;
		struct value_read r = value_mail(c->a, one);
		if (r.fault)
			left_out(c, column, one, r.fault, r.proposal);
		else
			add(c, P_COURRIELS, r.value);
	}
}

/* Where the next address of a cell ends: at "|", or at ";" "," or a space before another address. */
static size_t url_end(str cell, size_t from)
{
	for (size_t i = from; i < cell.n; i++) {
		if (cell.p[i] == '|')
			return i;
		str next = str_trim(str_slice(cell, i + 1, i + 12));
		if (strchr(";, \n", cell.p[i]) && (str_starts(next, S("http")) || str_starts(next, S("www."))))
			return i;
	}
	return cell.n;
}

static void read_urls(struct cleaning *c, str column, str cell)
{
	for (size_t from = 0; from <= cell.n;) {
		size_t end = url_end(cell, from);
		str one = str_trim(str_slice(cell, from, end));
		while (one.n && strchr(";,", one.p[one.n - 1]))
			one = str_trim(str_slice(one, 0, one.n - 1));
		from = end + 1;
		if (!one.n || value_is_nothing(c->a, one))
			continue;
		if (!piece(c, column))
			return;
		struct value_read r = value_url(c->a, one);
		if (r.fault)
			left_out(c, column, one, r.fault, r.proposal);
		else
			add(c, P_SITE_WEB, r.value);
	}
}

/* ---- single values ---- */

static void put(struct cleaning *c, const struct column *col, str column, str cell, struct value_read r)
{
	if (r.fault) {
		c->refused[col->field] = place_field_required(col->field);
		return tell(c, c->refused[col->field] ? TOLD_REFUSED : TOLD_LEFT_OUT, column, cell, str_c(r.fault), r.proposal);
	}
	if (r.doubt)
		tell(c, TOLD_DOUBT, column, cell, str_c(r.doubt), r.proposal);
	c->out->place.f[col->field] = str_copy(c->a, r.value);
}

static struct value_read read_value(struct cleaning *c, const struct column *col, str cell)
{
	switch (col->kind) {
	case K_PIVOT: return value_pivot(c->a, cell);
	case K_POSTAL: return value_postal_code(c->a, cell);
	case K_INSEE: return value_insee_code(c->a, cell);
	case K_LATITUDE: return value_degrees(c->a, cell, 90);
	case K_LONGITUDE: return value_degrees(c->a, cell, 180);
	case K_URL: return value_url(c->a, cell);
	case K_HOURS: return value_hours(c->a, cell);
	case K_DATE: return value_date(c->a, cell, c->today);
	case K_YES_NO: return value_yes_no(c->a, cell);
	default: return (struct value_read){ .value = value_text(c->a, cell) };
	}
}

/* Hours that could not be read, in a file with a layout of its own: they stay as they are said, between agents, until somebody asks the place. */
static void note_hours(struct cleaning *c, str cell)
{
	str *notes = &c->out->place.f[P_NOTES], said = str_printf(c->a, "Horaires dits par la source : %.*s", STR_ARG(utf8_prefix(cell, 500)));
	*notes = notes->n ? str_printf(c->a, "%.*s %.*s", STR_ARG(*notes), STR_ARG(said)) : said;
}

static void read_cell(struct cleaning *c, const struct column *col, str column, str cell)
{
	str *f = &c->out->place.f[col->field];
	if (!f->p)
		*f = S("");
	if (col->kind == K_PHONE && !c->out->place.f[P_TELEPHONES].p)
		c->out->place.f[P_TELEPHONES] = S("");
	cell = str_trim(cell);
	c->pieces = 0;
	bool text = col->kind == K_TEXT || col->kind == K_ID || col->kind == K_RESUME;
	if (!cell.n || (!text && value_is_nothing(c->a, cell)))
		return;
	switch (col->kind) {
	case K_TERMS:
	case K_LABELS: return read_list(c, col, column, cell);
	case K_PHONE: return read_phones(c, column, cell);
	case K_MAILS: return read_mails(c, column, cell);
	case K_URLS: return read_urls(c, column, cell);
	default: break;
	}
	if (f->n)
		return;                          /* a second column for the same thing: the first that says something holds */
	put(c, col, column, cell, read_value(c, col, cell));
	if (col->kind == K_HOURS && c->row->laid_out && !f->n)
		note_hours(c, cell);
}

/* ---- what only the whole row tells ---- */

/* The first number of `telephones` is the schema's. When the file has only the schema's column, ours stays unsaid. */
static void settle_phones(struct cleaning *c, bool ours_given)
{
	str *one = &c->out->place.f[P_TELEPHONE], *list = &c->out->place.f[P_TELEPHONES];
	if (!list->p)
		return;
	str rest = *list, first = S("");
	str_next(&rest, '|', &first);
	*one = first;
	if (!ours_given && !(rest.p && rest.n))
		*list = (str){ NULL, 0 };
}

static void drop_point(struct cleaning *c)
{
	c->out->place.f[P_LATITUDE] = c->out->place.f[P_LONGITUDE] = S("");
}

static void settle_point(struct cleaning *c)
{
	str lat = c->out->place.f[P_LATITUDE], lon = c->out->place.f[P_LONGITUDE];
	if (!lat.n && !lon.n)
		return;
	if (!lat.n || !lon.n) {
		left_out(c, lat.n ? S("latitude") : S("longitude"), lat.n ? lat : lon,
			lat.n ? "la longitude manque : un point a les deux" : "la latitude manque : un point a les deux", S(""));
		return drop_point(c);
	}
	double y, x;
	if (!str_f64(lat, &y) || !str_f64(lon, &x))
		return drop_point(c);
	switch (value_where(y, x, c->out->place.f[P_CODE_POSTAL])) {
	case WHERE_THERE: return;
	case WHERE_SWAPPED:
		left_out(c, S("latitude"), lat, "latitude et longitude sont échangées", lon);
		left_out(c, S("longitude"), lon, "latitude et longitude sont échangées", lat);
		return drop_point(c);
	case WHERE_ELSEWHERE_IN_FRANCE:
		tell(c, TOLD_DOUBT, S("latitude"), lat, S("ce point n’est pas dans le territoire du code postal"), S(""));
		return;
	case WHERE_NOT_IN_FRANCE:
		left_out(c, S("latitude"), lat, "ce point n’est pas en France", S(""));
		left_out(c, S("longitude"), lon, "ce point n’est pas en France", S(""));
		return drop_point(c);
	}
}

#define RESUME_MAX 280

/* At most 280 characters, cut between words; the whole text goes to the detailed presentation when that is empty. */
static void settle_presentation(struct cleaning *c)
{
	str *resume = &c->out->place.f[P_PRESENTATION_RESUME], *detail = &c->out->place.f[P_PRESENTATION_DETAIL];
	if (utf8_length(*resume) <= RESUME_MAX)
		return;
	str cut = utf8_prefix(*resume, RESUME_MAX - 1);
	size_t n = cut.n;
	while (n > cut.n / 2 && cut.p[n - 1] != ' ')
		n--;
	if (n > cut.n / 2)
		cut = str_trim(str_slice(cut, 0, n));
	if (!detail->n) {
		tell(c, TOLD_DOUBT, S("presentation_resume"), *resume,
			S("plus de 280 caractères : abrégé, le texte entier est dans presentation_detail"), S(""));
		*detail = *resume;
	} else {
		left_out(c, S("presentation_resume"), *resume, "plus de 280 caractères : abrégé", S(""));
	}
	*resume = str_printf(c->a, "%.*s…", STR_ARG(cut));
}

/* Files of 2022 and 2023, before the schema's names of columns, often give no number at all: their places are taken, and the
 * number is asked for. In the schema of today a missing one is refused. */
static bool forgive_pivot(struct cleaning *c, bool older, bool given)
{
	if (!older)
		return false;
	c->out->place.f[P_PIVOT] = S("00000000000000");
	if (!given)
		return true;                     /* what no row of the file has is no fault of this one */
	tell(c, TOLD_DOUBT, S("pivot"), S(""), S("aucun numéro dans ce fichier : 00000000000000 en attendant le SIRET ou le RNA"), S(""));
	return true;
}

static void require(struct cleaning *c, bool older)
{
	bool pivot_given = !c->row->laid_out || c->out->place.f[P_PIVOT].p;
	for (size_t i = 0; i < lengthof(required); i++) {
		enum place_field f = required[i];
		if (c->out->place.f[f].n || c->refused[f] || (f == P_PIVOT && forgive_pivot(c, older, pivot_given)))
			continue;
		tell(c, TOLD_REFUSED, str_c(place_field_names[f]), S(""), f == P_PIVOT
			? S("obligatoire : SIRET, RNA ou RIDET ; 00000000000000 s’il n’est pas connu")
			: S("obligatoire, et vide"), S(""));
	}
	if (c->out->place.f[P_ID].n > 250)
		tell(c, TOLD_REFUSED, S("id"), utf8_prefix(c->out->place.f[P_ID], 60), S("identifiant trop long : 250 octets au plus"), S(""));
}

/* The cell; mended, and told, when its accents were taken for two letters each. */
static str mended(struct cleaning *c, const struct place_pair *pair)
{
	str good;
	if (!utf8_mend(c->a, pair->value, &good))
		return pair->value;
	tell(c, TOLD_DOUBT, pair->name, pair->value, S("texte abîmé par un logiciel (« Ã© » pour « é ») : réparé"), good);
	return good;
}

void place_clean(struct arena *a, const struct file_row *row, struct date today, struct place_cleaned *ret)
{
	*ret = (struct place_cleaned){ .told = arena_many(a, struct place_told, PLACE_TOLD_MAX) };
	struct cleaning c = { .a = a, .row = row, .today = today, .out = ret };
	bool phones_given = false, older = row->laid_out;
	for (size_t i = 0; i < row->n; i++) {
		const struct place_pair *pair = &row->v[i];
		const struct column *col = find_column(a, pair->as.n ? pair->as : pair->name);
		if (!col || (row->broken && col->field != P_ID))
			continue;
		phones_given |= col->field == P_TELEPHONES;
		older |= !str_eq(pair->name, str_c(place_field_names[col->field]));
		read_cell(&c, col, pair->name, mended(&c, pair));
	}
	if (row->broken) {
		tell(&c, TOLD_REFUSED, S(""), S(""), str_c(row->broken), S(""));
		return;
	}
	for (size_t f = 0; row->columns_vary && f < PLACE_SCHEMA; f++)
		if (!ret->place.f[f].p)
			ret->place.f[f] = S("");
	settle_phones(&c, phones_given);
	settle_point(&c);
	settle_presentation(&c);
	require(&c, older);
}

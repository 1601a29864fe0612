/* The fields of campaigns and waves: their names, what they say in words, days as people type them. */
#include "equipment/pages.h"

#include "base/words.h"
#include "equipment/rules.h"

const char *const campaign_field_names[C_FIELDS] = { [C_NAME] = "nom", [C_YEAR] = "annee", [C_PURPOSE] = "objet", [C_TARGET] = "objectif",
	[C_BUDGET] = "budget",
	[C_FUNDERS] = "financeurs", [C_FROM] = "debut", [C_TO] = "fin", [C_STATE] = "etat", [C_NAMED] = "nommes", [C_ASKS] = "questions", [C_RULES] = "regles" };
const char *const wave_field_names[W_FIELDS] = { [W_TITLE] = "titre", [W_QUANTITY] = "quantite", [W_FROM] = "debut", [W_TO] = "fin",
	[W_DISTRICTS] = "quartiers",
	[W_SCHOOLS] = "ecoles", [W_DONE] = "terminee", [W_REMOVED] = "retiree" };

static const struct choice labels[] = {
	{ "nom", N_("Nom de la campagne") }, { "annee", N_("Année") }, { "objet", N_("À quoi elle sert") }, { "objectif", N_("Ordinateurs à remettre") },
	{ "budget", N_("Ligne de budget") }, { "financeurs", N_("Financeurs") }, { "debut", N_("Début") }, { "fin", N_("Fin") }, { "etat", N_("État") },
	{ "nommes", N_("Qui est nommé") }, { "questions", N_("Ce qui est demandé pour l’attribution") },
	{ "regles", N_("Règles") }, { "titre", N_("Nom de la vague") }, { "quantite", N_("Ordinateurs prévus") }, { "quartiers", N_("Quartiers") },
	{ "ecoles", N_("Écoles") }, { "terminee", N_("Vague terminée") }, { "retiree", N_("Vague supprimée") }, { NULL, NULL },
};

str campaign_label(const struct view *v, const char *field)
{
	return choice_shown(v, labels, str_c(field));
}

bool funder_of(str line, struct funder *ret)
{
	ptrdiff_t last = -1;
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] == ':')
			last = (ptrdiff_t)i;
	if (last <= 0)
		return false;
	ret->name = str_trim(str_slice(line, 0, (size_t)last));
	return ret->name.n && str_i64(str_trim(str_slice(line, (size_t)last + 1, line.n)), &ret->devices) && ret->devices > 0 && ret->devices < 1000000;
}

struct wave_school wave_school_of(str line)
{
	struct wave_school s = { S(""), S(""), S("") };
	if (str_next(&line, '|', &s.uai) && str_next(&line, '|', &s.association))
		s.why = line.p ? line : S("");
	return s;
}

i64 wave_schools_count(const struct wave *w)
{
	i64 n = w->f[W_SCHOOLS].n > 0;
	for (size_t i = 0; i < w->f[W_SCHOOLS].n; i++)
		n += w->f[W_SCHOOLS].p[i] == '\n';
	return n;
}

static str schools_words(const struct view *v, str value)
{
	struct buf b = buf_new(v->a, 64 << 10);
	str rest = value, line;
	while (rest.n && str_next(&rest, '\n', &line)) {
		struct wave_school s = wave_school_of(line);
		buf_printf(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(s.uai));
		if (s.association.n)
			buf_printf(&b, " (%.*s)", STR_ARG(s.association));
	}
	return buf_str(&b);
}

const struct choice named_choices[] = { { "child", N_("une famille, pour un enfant et sa classe") }, { "adult", N_("une personne majeure, pour elle-même") },
	{ NULL, NULL } };

bool campaign_of_adults(const struct campaign *c) { return str_eq(c->f[C_NAMED], S("adult")); }
const struct said *campaign_said(str named) { return str_eq(named, S("adult")) ? campaign_said_of_adults : NULL; }

static str asks_words(const struct view *v, str value)
{
	struct buf b = buf_new(v->a, 2000);
	str code;
	while (value.n && str_next(&value, ' ', &code))
		buf_printf(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(choice_shown(v, campaign_asks, code)));
	return buf_str(&b);
}

str campaign_words(const struct view *v, const char *field, str value)
{
	static const char *const days[] = { "debut", "fin", "terminee" };
	for (size_t i = 0; i < lengthof(days); i++)
		if (strcmp(field, days[i]) == 0)
			return iso_date_shown(v, value);
	if (strcmp(field, "etat") == 0)
		return str_eq(value, S("open")) ? _("ouverte") : str_eq(value, S("closed")) ? _("close") : str_eq(value, S("draft")) ? _("en préparation") : value;
	if (strcmp(field, "nommes") == 0)
		return choice_shown(v, named_choices, value);
	if (strcmp(field, "questions") == 0)
		return asks_words(v, value);
	if (strcmp(field, "ecoles") == 0)
		return schools_words(v, value);
	if (strcmp(field, "regles") == 0)
		return rules_words(v, value);
	return strcmp(field, "retiree") == 0 && value.n ? _("oui") : value;
}

/* ---- days ---- */

static int days_in(int y, int m)
{
	return (int)(date_days((struct date){ m == 12 ? y + 1 : y, m == 12 ? 1 : m + 1, 1 }) - date_days((struct date){ y, m, 1 }));
}

bool day_of(struct arena *a, str typed, bool last, str *ret_iso)
{
	i64 n[3] = { 0 };
	size_t parts = 0;
	bool iso = str_find_byte(typed, '-') == 4;
	str rest = str_replace(a, str_replace(a, str_trim(typed), S("/"), S("-")), S("."), S("-")), part;
	*ret_iso = S("");
	if (!rest.n)
		return true;
	while (rest.p && str_next(&rest, '-', &part)) {
		if (parts == 3 || !str_digits(part) || part.n > 4 || !str_i64(part, &n[parts]))
			return false;
		parts++;
	}
	if (parts < 2)
		return false;
	struct date d = { .y = (int)(iso ? n[0] : n[parts - 1]), .m = (int)(iso ? n[1] : n[parts - 2]), .d = (int)(iso ? n[2] : n[0]) };
	if (d.m < 1 || d.m > 12 || d.y < 2000 || d.y > 2100)
		return false;
	if (parts == 2)
		d.d = last ? days_in(d.y, d.m) : 1;
	*ret_iso = date_valid(d) ? date_iso(a, d) : S("");
	return ret_iso->n > 0;
}

str day_typed(struct arena *a, str iso)
{
	struct date d;
	return date_parse(iso, &d) ? str_printf(a, "%02d/%02d/%04d", d.d, d.m, d.y) : S("");
}

/* "février 2027": what is written after the day. */
static str month_shown(const struct view *v, struct date d)
{
	str all = date_shown(v, d);
	ptrdiff_t space = str_find_byte(all, ' ');
	return space > 0 ? str_slice(all, (size_t)space + 1, all.n) : all;
}

str period_words(const struct view *v, str from, str to)
{
	struct date f, t;
	bool begun = date_parse(from, &f), ends = date_parse(to, &t);
	if (!begun && !ends)
		return S("");
	if (!begun)
		return _f("jusqu’au {1}", date_shown(v, t));
	if (!ends)
		return _f("à partir du {1}", date_shown(v, f));
	if (f.d != 1 || t.d != days_in(t.y, t.m))
		return _f("du {1} au {2}", date_shown(v, f), date_shown(v, t));
	return f.y == t.y && f.m == t.m ? month_shown(v, f) : str_printf(v->a, "%.*s – %.*s", STR_ARG(month_shown(v, f)), STR_ARG(month_shown(v, t)));
}

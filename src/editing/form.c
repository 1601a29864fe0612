/* The fields by which a place is edited: their names are those of the schema, so that each says where it goes. */
#include "base/buf.h"
#include "base/phone.h"
#include "editing/place_form.h"
#include "html/format.h"

static const struct { const char *title; const char *last; } groups[] = {
	{ N_("Le lieu"), "commune" }, { N_("Joindre le lieu"), "prise_rdv" }, { N_("Quand"), "telephoner_avant" }, { N_("L’aide"), "langues" },
	{ N_("Venir"), "ascenseur" }, { N_("Prix"), "pass_accepte" }, { N_("En mots"), "presentation_detail" }, { N_("Entre agents"), "notes" },
};

static html hint_of(const struct view *v, const struct field *f)
{
	str name = str_c(f->name);
	static const struct { const char *name, *hint; } hints[] = {
		{ "adresse", N_("À remplir. Quand nous connaissons la rue, le point sur la carte suit.") },
		{ "telephones", N_("Le premier est celui que l’on montre en grand. Séparez-les par une barre : 02 40 00 00 00 / 06 00 00 00 00.") },
		{ "courriels", N_("Séparez-les par une virgule.") },
		{ "horaires", N_("En français, « du lundi au vendredi 9h-12h, samedi 10h-13h », ou dans la notation d’OpenStreetMap.") },
		{ "fermetures", N_("Par exemple : fermé du 3 au 23 août.") },
		{ "arret", N_("Par exemple : Tram 1, arrêt Mendès France.") },
		{ "notes", N_("Le public ne les voit jamais. N’y écrivez rien sur des personnes.") },
	};
	for (size_t i = 0; i < lengthof(hints); i++)
		if (str_eq(name, str_c(hints[i].name)))
			return text_html(v, tr(v->lang, hints[i].hint));
	return f->required ? text_html(v, _("À remplir.")) : (html){ S("") };
}

static enum edit_kind kind_of(const struct field *f)
{
	return f->kind == F_LINES ? EDIT_LINES : f->kind == F_CHOICES ? EDIT_BOXES : f->kind == F_CHOICE ? EDIT_YES_NO : EDIT_LINE;
}

struct edit_groups edit_groups(const struct view *v)
{
	struct edit_groups all = { arena_many(v->a, struct edit_group, lengthof(groups)), lengthof(groups) };
	size_t at = 0;
	for (size_t g = 0; g < all.n; g++) {
		struct edit_group *group = &all.v[g];
		*group = (struct edit_group){ .title = tr(v->lang, groups[g].title), .v = arena_many(v->a, struct edit_field, edit_spec->n),
			.spec = { edit_spec->name, edit_spec->fields + at, 0 } };
		for (bool last = false; !last; at++) {
			const struct field *f = &edit_spec->fields[at];
			group->v[group->n++] = (struct edit_field){ f->name, tr(v->lang, f->label), hint_of(v, f), kind_of(f) };
			last = str_eq(str_c(f->name), str_c(groups[g].last));
		}
		group->spec.n = group->n;
	}
	return all;
}

/* What the form does not ask, and a history or a merge may tell. */
static const struct { enum place_field f; const char *label; } unasked[] = {
	{ P_CODE_INSEE, N_("Code de la commune") }, { P_DATE_MAJ, N_("Vérifié le") }, { P_PIVOT, N_("SIRET") }, { P_SOURCE, N_("Source") },
	{ P_LATITUDE, N_("Point sur la carte") }, { P_LONGITUDE, N_("Point sur la carte") },
	{ P_TYPOLOGIE, N_("Type de lieu") }, { P_TELEPHONE, N_("Premier téléphone") }, { P_ITINERANCE, N_("Fixe ou itinérant") },
	{ P_STRUCTURE_PARENTE, N_("Structure à qui appartient ce lieu") }, { P_DISPOSITIFS, N_("Programmes nationaux") },
	{ P_FORMATIONS, N_("Labels et formations") }, { P_AUTRES_FORMATIONS, N_("Autres labels") }, { P_FICHE_ACCES_LIBRE, N_("Fiche Acceslibre") },
};

str edit_label(const struct view *v, enum place_field f)
{
	for (size_t i = 0; i < edit_spec->n; i++)
		if (strcmp(edit_spec->fields[i].name, place_field_names[f]) == 0)
			return tr(v->lang, edit_spec->fields[i].label);
	for (size_t i = 0; i < lengthof(unasked); i++)
		if (unasked[i].f == f)
			return tr(v->lang, unasked[i].label);
	return str_c(place_field_names[f]);
}

/* ---- from the place to the form ---- */

static str phones_shown(struct arena *a, str list)
{
	struct buf b = buf_new(a, 2 * list.n + 200);
	for (str one; list.n && str_next(&list, '|', &one);)
		buf_printf(&b, "%s%.*s", b.n ? " / " : "", STR_ARG(str_replace(a, phone_grouped(a, one), S("\u00A0"), S(" "))));
	return buf_str(&b);
}

/* "du lundi au jeudi, 9 h à 12 h ; samedi, 10 h à 12 h"; empty when they cannot be said so. */
static str hours_sentence(const struct view *v, str hours)
{
	struct hours_lines lines = hours_words(v, hours);
	struct buf b = buf_new(v->a, 4000);
	for (size_t i = 0; i < lines.n; i++)
		buf_printf(&b, "%s%.*s, %.*s", i ? " ; " : "", STR_ARG(lines.v[i].days), STR_ARG(lines.v[i].times));
	return lines.n && !b.full ? buf_str(&b) : S("");
}

str edit_words(const struct view *v, enum place_field f, str value)
{
	if (f == P_TELEPHONES || f == P_TELEPHONE)
		return phones_shown(v->a, value);
	if (f == P_DATE_MAJ)
		return iso_date_shown(v, value);
	str hours = f == P_HORAIRES ? hours_sentence(v, value) : S("");
	if (hours.n)
		return hours;
	if (place_field_kinds[f] == 'B')
		return str_eq(value, S("oui")) ? _("oui") : str_eq(value, S("non")) ? _("non") : S("");
	if (place_field_kinds[f] != 'L')
		return value.p ? value : S("");
	struct place p = { .place_id = 0 };
	p.f[f] = value;
	const struct labels *l = labels_of(v, &p, f);
	return str_join(v->a, l->v, l->n, S(", "));
}

/* Opening hours in French, when they come back from it as they are; else as they are stored. */
static str hours_shown(const struct view *v, str hours)
{
	struct view fr = *v;
	struct hours_error error;
	str back;
	fr.lang = LANG_FR;
	str words = hours_sentence(&fr, hours);
	return words.n && hours_from_french(v->a, words, &back, &error) == OK && str_eq(back, hours) ? words : hours;
}

static str value_shown(const struct view *v, enum place_field f, str value)
{
	if (f == P_TELEPHONES)
		return phones_shown(v->a, value);
	return f == P_HORAIRES ? hours_shown(v, value) : str_replace(v->a, value, S("|"), S(", "));
}

struct form *edit_form_of(struct req *req, const struct form_spec *spec, const struct place *p)
{
	struct pairs in = { .v = arena_many(req->a, struct pair, spec->n * 60) };
	for (size_t i = 0; i < spec->n; i++) {
		const struct field *f = &spec->fields[i];
		enum place_field field = place_field_named(str_c(f->name));
		str value = field < P_COUNT ? p->f[field] : S(""), one;
		if (f->kind == F_CHOICES)
			for (size_t n = 0; value.n && n < 50 && str_next(&value, '|', &one); n++)
				in.v[in.n++] = (struct pair){ str_c(f->name), one };
		else
			in.v[in.n++] = (struct pair){ str_c(f->name), value_shown(&req->v, field, value) };
	}
	struct form *form = form_read(req, spec, &in);
	form->n_errors = 0;                      /* of what is stored, nobody has been asked yet */
	return form;
}

/* ---- from the form to the place ---- */

static struct place typed(struct req *req, const struct form_spec *spec, const struct place *now)
{
	struct place p = { .place_id = now->place_id };
	for (size_t i = 0; i < spec->n; i++) {
		const struct field *f = &spec->fields[i];
		enum place_field field = place_field_named(str_c(f->name));
		if (field == P_COUNT)
			continue;
		str text = f->kind == F_CHOICES ? choices_values(req, f->name, field, now->f[field]) : form_text(req, f->name);
		p.f[field] = text.p ? text : S("");
	}
	return p;
}

static str fault_words(const struct view *v, const struct place_fault *f)
{
	str why = tr(v->lang, str_z(v->a, f->why));
	str said = _f("« {1} » : {2}.", f->value, str_ends(why, S(".")) ? str_slice(why, 0, why.n - 1) : why);
	return f->proposal.n ? str_printf(v->a, "%.*s %.*s", STR_ARG(said), STR_ARG(_f("Vouliez-vous écrire « {1} » ?", f->proposal))) : said;
}

struct place edit_read(struct req *req, const struct form_spec *spec, const struct place *now)
{
	struct place_faults faults;
	struct place as_typed = typed(req, spec, now), read = place_amend_read(req->a, now, &as_typed, today_paris(), &faults);
	for (size_t i = 0; i < faults.n; i++) {
		enum place_field f = faults.v[i].field;
		form_fail(req, place_field_names[f == P_TELEPHONE ? P_TELEPHONES : f], fault_words(&req->v, &faults.v[i]));
	}
	return read;
}

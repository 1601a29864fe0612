/* The sheet that is signed: the French and, beside it, the language of the family; boxes for those who sign; what the translation is worth. The
 * words here are read by families: each language of a charter has them. */
#include "charter/pages.h"

#include "html/markdown.h"

static const char *const roles[CR_COUNT] = {
	[CR_FAMILY] = N_("La famille : parent ou autre personne qui a l’autorité parentale"),
	[CR_CITY] = N_("La ville : maire, ou délégation par un arrêté, avec son numéro et sa date"),
	[CR_EDUCATION] = N_("L’école : directrice ou directeur, ou par délégation"),
	[CR_ESTABLISHMENT] = N_("L’établissement : présidence ou direction, ou par délégation"), [CR_ASSOCIATION] = N_("L’association, témoin"),
};

static str review_words(const struct view *v, enum lang l, const struct charter_doc *d)
{
	struct view in = *v;
	in.lang = l;
	return d->review_who.n ? fmt(v->a, tr(l, N_("Traduction relue par {1}, le {2}.")), (const str[]){ d->review_who, iso_date_shown(&in, d->review_day) }, 2)
		: tr(l, N_("Cette traduction n’a pas encore été relue."));
}

str charter_faith(const struct view *v, enum lang l, const struct charter_doc *d)
{
	return str_printf(v->a, "%.*s %.*s", STR_ARG(tr(l, N_("Le français fait foi : la traduction aide à comprendre."))), STR_ARG(review_words(v, l, d)));
}

str charter_foot(const struct view *v, const struct charter_doc *d)
{
	const str parts[] = { str_printf(v->a, "%lld", (long long)d->number), charter_hash_words(v->a, d->text_hash, true), charter_hash_words(v->a, d->hash, true) };
	return fmt(v->a, S("Texte n° {1}, empreinte {2}. Ce document : empreinte {3}."), parts, 3);
}

/* Markdown as the page of a language shows it. */
static html shown_in(const struct view *v, enum lang l, str text)
{
	struct view in = *v;
	in.lang = l;
	return markdown_html(&in, text);
}

static void put_boxes(const struct view *v, const struct charter_doc *d, struct charter_sheet *s)
{
	s->boxes.v = arena_many(v->a, struct charter_box, CR_COUNT);
	for (enum charter_role r = 0; r < CR_COUNT; r++) {
		const char *who = r == CR_FAMILY && !charter_signs(d->signers, CR_EDUCATION) ? N_("La personne équipée, ou qui répond d’elle") : roles[r];
		if (charter_signs(d->signers, r))
			s->boxes.v[s->boxes.n++] = (struct charter_box){ tr(LANG_FR, who), d->other.p ? tr(d->lang, who) : S("") };
	}
}

void charter_sheet_of(const struct view *v, const struct charter_doc *d, struct charter_sheet *ret)
{
	*ret = (struct charter_sheet){ .two = d->other.p, .demo = v->city->demo, .tag = langs[d->lang].tag, .dir = langs[d->lang].rtl ? "rtl" : "ltr",
		.title = tr(LANG_FR, N_("Charte d’engagement")), .title_other = tr(d->lang, N_("Charte d’engagement")), .french = shown_in(v, LANG_FR, d->french),
		.where = str_printf(v->a, "%.*s, %.*s", STR_ARG(d->values.v[CB_CITY]), STR_ARG(d->values.v[CB_FILE])), .foot = charter_foot(v, d),
		.hash = charter_hash_words(v->a, d->hash, false),
		.name_line = tr(LANG_FR, N_("Nom, qualité, date et signature")), .name_line_other = tr(d->lang, N_("Nom, qualité, date et signature")) };
	if (d->other.p) {
		ret->other = shown_in(v, d->lang, d->other);
		ret->faith = charter_faith(v, LANG_FR, d);
		ret->faith_other = charter_faith(v, d->lang, d);
	}
	put_boxes(v, d, ret);
}

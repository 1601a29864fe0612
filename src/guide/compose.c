/* The booklet, chapter after chapter; see guide.h. */
#include "base/timex.h"
#include "guide/parts.h"

#define LINE_MAX ((size_t)64 * 1024)
#define TABLE_FROM 3                             /* so many places in an area are told by service too */

static str french(const struct booklet *b, str s) { return pdf_french(b->v->a, b->v->lang, s); }
static str bold(const struct booklet *b, str s) { return str_printf(b->v->a, "\2%.*s\3", STR_ARG(s)); }
static str phone(const struct booklet *b, str e164)
{
	str grouped = phone_grouped(b->v->a, e164);
	return b->v->lang == LANG_AR && grouped.n ? str_printf(b->v->a, "\u2066%.*s\u2069", STR_ARG(grouped)) : grouped;
}

static str book_title(const struct booklet *b)
{
	const struct view *v = b->v;
	str year = str_printf(v->a, "%d", b->g->date.y);
	return b->g->title.n ? french(b, b->g->title) : _f("Guide {1}", b->g->edition.n ? b->g->edition : year);
}

str running_head(const struct booklet *b, str chapter)
{
	const struct view *v = b->v;
	return _f("{1} · {2}", book_title(b), chapter);
}

/* ---- what is the same in all of them ---- */

static void put_call(struct booklet *b, bool desk)
{
	const struct view *v = b->v;
	const struct city *city = v->city;
	if (city->help_phone.n) {
		pdf_text(b->d, PDF_LEAD, _("Une question ? Appelez :"));
		pdf_text(b->d, PDF_BIG, phone(b, city->help_phone));
		if (city->help_hours.n)
			pdf_text(b->d, PDF_BODY, _f("Quelqu’un vous répond {1}.", fact_words(v, city->help_hours)));
	}
	if (desk && city->help_desk.n)
		pdf_text(b->d, PDF_BODY, _f("Vous pouvez aussi venir {1}.", fact_words(v, city->help_desk)));
}

static void put_cover(struct booklet *b)
{
	const struct view *v = b->v;
	pdf_cover(b->d);
	pdf_text(b->d, PDF_LEAD, bold(b, french(b, v->city->name)));
	if (b->g->only.n)
		pdf_text(b->d, PDF_H1, french(b, b->g->only));
	else
		pdf_text(b->d, PDF_TITLE, _("Le guide de l’aide au numérique"));
	pdf_text(b->d, PDF_LEAD, _("Ordinateur, téléphone, Internet, démarches en ligne : qui vous aide, près de chez vous."));
	pdf_text(b->d, PDF_LEAD, _f("{1}. Informations du {2}.", book_title(b), date_shown(v, b->g->date)));
	if (v->city->demo)
		pdf_text(b->d, PDF_BODY, str_printf(v->a, "\2%s\3 %s", _("Ville de démonstration.").p, _("Tout est inventé : les lieux, les personnes, les numéros.").p));
	put_call(b, false);
}

static void put_help(struct booklet *b)
{
	const struct view *v = b->v;
	bool qr = v->city->public_url.n && !b->o->without_qr;
	str title = _("Comment se servir de ce guide");
	str steps[] = {
		_("Cherchez votre quartier ou votre commune dans le sommaire."),
		_("Au début, lisez qui aide à quoi. Puis choisissez un lieu."),
		_("Appelez avant de venir : les horaires peuvent changer."),
		_("Vous ne savez pas quoi choisir ? Appelez la ville, une personne vous répond."),
		_("Quelqu’un peut venir avec vous : un proche, un voisin, une aide."),
		_("Le carré noir et blanc, à côté d’un lieu, ouvre sa page à jour : visez-le avec l’appareil photo d’un téléphone."),
	};
	pdf_page(b->d, running_head(b, title));
	pdf_text(b->d, PDF_H1, title);
	pdf_list(b->d, steps, lengthof(steps) - !qr);
	pdf_text(b->d, PDF_H2, _("Ce qu’il faut savoir"));
	pdf_text(b->d, PDF_BODY, _("Dans ces lieux, on ne vous jugera pas, et on ne vous demandera jamais votre mot de passe."));
	pdf_text(b->d, PDF_BODY, _("Un lieu dit « gratuit » l’est pour tout le monde. Le pass numérique paie les autres, là où il est accepté."));
	pdf_text(b->d, PDF_BODY, _("« Plain-pied » : on entre sans marche."));
}

/* ---- areas ---- */

static bool has_advice(const struct booklet *b)
{
	for (size_t i = 0; i < b->g->advice.n; i++)
		if (b->g->advice.v[i].lang == b->v->lang)
			return true;
	return false;
}

static void put_contents(struct booklet *b)
{
	const struct view *v = b->v;
	str title = _("Sommaire");
	bool last_district = true;
	pdf_page(b->d, running_head(b, title));
	pdf_text(b->d, PDF_H1, title);
	for (size_t i = 0; i < b->g->n_areas; i++) {
		const struct guide_area *area = &b->g->areas[i];
		if (!area->n_places)
			continue;
		if (i == 0 || area->district != last_district) {
			if (i)
				pdf_close(b->d);
			pdf_text(b->d, PDF_H2, area->district ? _("Les quartiers") : _("Les communes"));
			pdf_open(b->d, "TOC");
		}
		last_district = area->district;
		pdf_line(b->d, french(b, area->name), b->area_marks[i]);
	}
	pdf_close(b->d);
	pdf_text(b->d, PDF_H2, _("Et aussi"));
	pdf_open(b->d, "TOC");
	if (b->g->wifi.n)
		pdf_line(b->d, _("Wifi gratuit"), b->wifi_mark);
	if (has_advice(b))
		pdf_line(b->d, _("Conseils"), b->advice_mark);
	pdf_line(b->d, _("Qui aide à quoi"), b->index_mark);
	pdf_line(b->d, _("Tous les lieux"), b->names_mark);
	pdf_close(b->d);
}

/* Who helps with what, in an area of several places. */
static void put_by_service(struct booklet *b, size_t area)
{
	const struct view *v = b->v;
	str words;
	pdf_text(b->d, PDF_H2, _("Qui aide à quoi"));
	for (size_t s = 0; (words = service_words(v, s)).n; s++) {
		struct buf names = buf_new(v->a, LINE_MAX);
		for (size_t i = 0; i < b->g->n_places; i++) {
			const struct guide_place *p = &b->g->places[i];
			if (p->area == area && place_offers(p->place, s))
				buf_printf(&names, "%s%.*s", !names.n ? "" : v->lang == LANG_AR ? "، " : ", ", STR_ARG(p->words.name));
		}
		if (names.n)
			pdf_text(b->d, PDF_BODY, _f("{1} : {2}", bold(b, words), buf_str(&names)));
	}
	pdf_text(b->d, PDF_H2, _("Les lieux"));
}

static void put_hours(struct booklet *b, const struct place_paper *w)
{
	const struct view *v = b->v;
	struct buf out = buf_new(v->a, LINE_MAX);
	for (size_t i = 0; i < w->hours.n; i++)
		buf_printf(&out, "%s%.*s", out.n ? "\n" : "", STR_ARG(_f("{1} : {2}", bold(b, w->hours.v[i].days), w->hours.v[i].times)));
	if (w->hours_note.n)
		buf_printf(&out, "%s%.*s", !out.n ? "" : w->hours.closed ? ". " : "\n", STR_ARG(w->hours_note));
	pdf_text(b->d, PDF_BODY, buf_str(&out));
}

static str page_url(const struct booklet *b, const struct place *p)
{
	const struct view *v = b->v;
	const char *prefix = langs[v->lang].prefix;
	if (b->o->without_qr || !v->city->public_url.n)
		return S("");
	return str_printf(v->a, "%.*s%s%s/lieux/%.*s", STR_ARG(v->city->public_url), *prefix ? "/" : "", prefix, STR_ARG(p->f[P_ID]));
}

static void put_place(struct booklet *b, struct guide_place *p)
{
	const struct view *v = b->v;
	const struct place_paper *w = &p->words;
	pdf_entry(b->d, page_url(b, p->place));
	pdf_mark_here(b->d, p->mark);
	pdf_pair(b->d, PDF_H3, w->name, phone(b, p->place->f[P_TELEPHONE]));
	pdf_text(b->d, PDF_BODY, w->where);
	put_hours(b, w);
	pdf_text(b->d, PDF_BODY, str_printf(v->a, "%.*s %.*s", STR_ARG(w->services), STR_ARG(w->welcome)));
	pdf_entry_end(b->d);
}

static void put_area(struct booklet *b, size_t area)
{
	struct guide_area *a = &b->g->areas[area];
	str name = french(b, a->name);
	if (a->district || b->g->only.n)
		pdf_page(b->d, running_head(b, name));
	else
		pdf_head(b->d, running_head(b, name));
	pdf_mark_here(b->d, b->area_marks[area]);
	pdf_text(b->d, PDF_H1, name);
	if (a->n_places >= TABLE_FROM)
		put_by_service(b, area);
	for (size_t i = 0; i < b->g->n_places; i++)
		if (b->g->places[i].area == area)
			put_place(b, &b->g->places[i]);
}

/* ---- wifi, advice ---- */

static void put_wifi(struct booklet *b)
{
	static const double widths[] = { 9, 9, 8 };
	const struct view *v = b->v;
	if (!b->g->wifi.n)
		return;
	pdf_page(b->d, running_head(b, _("Wifi gratuit")));
	pdf_mark_here(b->d, b->wifi_mark);
	pdf_text(b->d, PDF_H1, _("Wifi gratuit"));
	pdf_text(b->d, PDF_LEAD, _("Ici, on se connecte sans payer, avec son téléphone ou son ordinateur."));
	pdf_open(b->d, "Table");
	pdf_row(b->d, (const str[]){ _("Lieu"), _("Adresse"), _("Nom du réseau") }, widths, 3, true);
	for (size_t i = 0; i < b->g->wifi.n; i++) {
		const struct wifi_spot *s = &b->g->wifi.v[i];
		str where = s->address.n && s->commune.n ? str_printf(v->a, "%.*s, %.*s", STR_ARG(s->address), STR_ARG(s->commune)) : s->address;
		pdf_row(b->d, (const str[]){ french(b, s->name), french(b, where), french(b, s->network) }, widths, 3, false);
	}
	pdf_close(b->d);
}

static void put_article(struct booklet *b, const struct article *article)
{
	pdf_page(b->d, running_head(b, article->title));
	pdf_text(b->d, PDF_H1, article->title);
	pdf_markdown(b->d, PDF_LEAD, article->lead);
	for (size_t i = 0; i < article->parts.n; i++) {
		pdf_text(b->d, PDF_H2, article->parts.v[i].title);
		pdf_markdown(b->d, PDF_BODY, article->parts.v[i].text);
	}
}

static void put_advice(struct booklet *b)
{
	bool begun = false;
	for (size_t i = 0; i < b->g->advice.n; i++) {
		const struct article *article = &b->g->advice.v[i];
		if (article->lang != b->v->lang)
			continue;                /* not translated yet */
		if (!begun)
			pdf_mark_here(b->d, b->advice_mark);
		begun = true;
		put_article(b, article);
	}
}

/* The back of the booklet. */
static void put_back(struct booklet *b)
{
	const struct view *v = b->v;
	pdf_page(b->d, book_title(b));
	pdf_text(b->d, PDF_H1, _("Besoin de quelqu’un ?"));
	put_call(b, true);
	pdf_text(b->d, PDF_H2, _("Ce guide"));
	pdf_text(b->d, PDF_BODY, _f("Fait avec l’annuaire des lieux d’aide, tel qu’il était le {1}.", date_shown(v, b->g->date)));
	if (b->g->edition.n)
		pdf_text(b->d, PDF_BODY, _f("Il suit l’édition {1} du recensement.", b->g->edition));
	if (v->city->public_url.n)
		pdf_text(b->d, PDF_BODY, _f("Le même, à jour, sur Internet : {1}", str_printf(v->a, "\u2066%.*s\u2069", STR_ARG(v->city->public_url))));
	pdf_text(b->d, PDF_BODY, _("Vous n’en avez plus besoin ? Donnez-le à quelqu’un."));
}

/* ---- */

static void put_marks(struct booklet *b)
{
	b->area_marks = arena_many(b->v->a, int, b->g->n_areas + 1);
	for (size_t i = 0; i < b->g->n_areas; i++)
		b->area_marks[i] = pdf_mark(b->d);
	for (size_t i = 0; i < b->g->n_places; i++)
		b->g->places[i].mark = pdf_mark(b->d);
	b->wifi_mark = pdf_mark(b->d);
	b->advice_mark = pdf_mark(b->d);
	b->index_mark = pdf_mark(b->d);
	b->names_mark = pdf_mark(b->d);
}

static void put_all(struct booklet *b)
{
	bool whole = !b->g->only.n;
	put_cover(b);
	if (whole) {
		put_help(b);
		put_contents(b);
	}
	for (size_t i = 0; i < b->g->n_areas; i++)
		if (b->g->areas[i].n_places)
			put_area(b, i);
	if (whole) {
		put_wifi(b);
		put_advice(b);
		put_indexes(b);
	}
	put_back(b);
}

enum err guide_make(const struct view *v, struct guide *g, const struct guide_options *o, struct guide_made *ret)
{
	struct booklet b = { .v = v, .g = g, .o = o };
	str call = v->city->help_phone.n ? _f("Horaires changés ? Appelez le {1}.", phone(&b, v->city->help_phone)) : S("");
	struct pdf_options p = {
		.lang = v->lang, .author = v->city->name, .made_ms = date_days(g->date) * 86400000, .large = v->lang == LANG_SIMPLE, .two_up = o->two_up,
		.foot = v->city->demo ? _("Ville de démonstration.") : call, .notes = _("Mes notes"),
	};
	p.title = g->only.n ? _f("{1} : {2}", book_title(&b), g->only) : _f("{1} : l’aide au numérique à {2}", book_title(&b), v->city->name);
	b.d = pdf_new(v->a, &p);
	put_marks(&b);
	put_all(&b);
	ret->pages = pdf_pages(b.d);
	return pdf_finish(b.d, &ret->pdf);
}

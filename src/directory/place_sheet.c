/* A place on one sheet of paper. The counter agent reads French, the resident another language: each section stands in both, so
 * that the two can point at the same line. The simple version is French already, and stands alone. */
#include "base/timex.h"
#include "directory/open_pages.h"
#include "directory/place_routes.h"
#include "directory/place_sheet_html.h"
#include "html/qr.h"

#define SECTION_MAX ((size_t)64 * 1024)

const struct choice sheet_languages[] = {
	{"fr", N_("En français")}, {"simple", N_("En version simple")}, {"en", N_("En français et en anglais")}, {"ar", N_("En français et en arabe")},
	{NULL, NULL},
};
static const enum lang of_choice[] = {LANG_FR, LANG_SIMPLE, LANG_EN, LANG_AR};

static const struct { const char *title; enum err (*body)(struct view *v, const struct sheet_side *side); } parts[] = {
	{N_("Horaires"), sheet_hours_html},
	{N_("On vous aide à"), sheet_services_html},
	{N_("À apporter"), sheet_bring_html},
	{N_("Venir"), sheet_coming_html},
	{N_("Prix et accueil"), sheet_welcome_html},
	{N_("Cette fiche"), sheet_source_html},
};

str sentence(const struct view *v, str s)
{
	s = str_trim(s);
	return str_ends(s, S(".")) || str_ends(s, S("!")) || str_ends(s, S("?")) ? s : str_printf(v->a, "%.*s.", STR_ARG(s));
}

str two_sentences(const struct view *v, str a, str b)
{
	if (!a.n || !b.n)
		return a.n || b.n ? sentence(v, a.n ? a : b) : S("");
	return str_printf(v->a, "%.*s %.*s", STR_ARG(sentence(v, a)), STR_ARG(sentence(v, b)));
}

/* A view like v in another language, that writes into `out`. */
static struct view view_in(const struct view *v, enum lang lang, struct buf *out)
{
	struct view w = *v;
	*out = buf_new(v->a, SECTION_MAX);
	w.lang = lang;
	w.out = out;
	return w;
}

/* A section, or nothing when it has nothing to say. INTERNAL: a place with more words than a section holds. */
static enum err section(const struct view *v, const struct sheet_side *side, size_t i, html *ret)
{
	struct buf body, whole;
	struct view w = view_in(v, side->lang, &body);
	try(parts[i].body(&w, side));
	html said = {str_trim(buf_str(&body))};
	*ret = said;
	if (!said.s.n)
		return OK;
	w = view_in(v, side->lang, &whole);
	try(sheet_section_html(&w, side, tr(side->lang, parts[i].title), said));
	ret->s = buf_str(&whole);
	return OK;
}

/* The page of the place in a language; absent while the city has no public address: what is printed stays. */
static str page_url(const struct view *v, enum lang lang, const struct place *p)
{
	const char *prefix = langs[lang].prefix;
	if (!v->city->public_url.n)
		return (str){NULL, 0};
	return place_page_url(v, str_printf(v->a, "%.*s%s%s", STR_ARG(v->city->public_url), *prefix ? "/" : "", prefix), p->f[P_ID]);
}

static struct sheet_side side_of(const struct view *v, enum lang lang, const struct place *p)
{
	struct view w = *v;
	w.lang = lang;
	const struct place_week *week = place_week(&w, p->f[P_HORAIRES], today_paris(), false);
	return (struct sheet_side){
		.lang = lang, .place = p, .week = week, .changes = place_week_changes(&w, week),
		.tag = strcmp(langs[lang].tag, langs[v->lang].tag) ? langs[lang].tag : NULL,
		.dir = langs[lang].rtl == langs[v->lang].rtl ? NULL : langs[lang].rtl ? "rtl" : "ltr",
		.services = labels_of(&w, p, P_SERVICES), .bring = bring_labels(&w, p), .publics = labels_of(&w, p, P_PUBLICS),
		.needs = labels_of(&w, p, P_PRISE_EN_CHARGE), .prices = labels_of(&w, p, P_FRAIS), .access = access_labels(&w, p),
		.printed = date_shown(&w, today_paris()), .freshness = freshness_of(&w, p), .url = page_url(&w, lang, p),
	};
}

static enum err sections(const struct view *v, const struct sheet_side *sides, size_t n, struct sheet_parts *ret)
{
	ret->v = arena_many(v->a, html, n * lengthof(parts));
	for (size_t i = 0; i < lengthof(parts); i++)
		for (size_t k = 0; k < n; k++) {
			try(section(v, &sides[k], i, &ret->v[ret->n]));
			ret->n += ret->v[ret->n].s.n > 0;
		}
	return OK;
}

/* The choice made; else the language of the page. */
static size_t chosen(const struct req *req)
{
	size_t of_page = 0;
	for (size_t i = 0; i < lengthof(of_choice); i++) {
		if (form_has(req, "langue", str_c(sheet_languages[i].value)))
			return i;
		of_page = of_choice[i] == req->v.lang ? i : of_page;
	}
	return of_page;
}

static struct sheet_choices choices(const struct view *v, size_t current)
{
	struct sheet_choices ret = {.n = lengthof(of_choice)};
	for (size_t i = 0; i < ret.n; i++)
		ret.v[i] = (struct sheet_choice){sheet_languages[i].value, tr(v->lang, sheet_languages[i].label), i == current};
	return ret;
}

/* What is sent of it, from the reader's own telephone or mailbox: name, address, number, and the page's address. Short enough for
 * an SMS in most cases. */
static str told(const struct view *v, const struct place *p, str url)
{
	str lines[] = {p->f[P_NOM], place_address(v, p), p->f[P_TELEPHONE].n ? phone_grouped(v->a, p->f[P_TELEPHONE]) : S(""), url.n ? url : S("")};
	struct buf b = buf_new(v->a, 8192);
	for (size_t i = 0; i < lengthof(lines); i++) {
		buf_put(&b, b.n && lines[i].n ? S("\n") : S(""));
		buf_put(&b, lines[i]);
	}
	return str_replace(v->a, buf_str(&b), S("\u00A0"), S(" "));
}

enum err place_sheet(struct req *req)
{
	struct view *v = &req->v;
	struct place p;
	struct qr qr;
	if (!form_ok(req))
		return INVALID;
	depends_on(req, GEN_CONFIG);
	enum err e = place_of_path(req, &p);
	if (e != OK)
		return e == NOT_FOUND ? place_gone_page(req) : e;
	size_t choice = chosen(req);
	enum lang other = of_choice[choice];
	bool two = other != LANG_FR && other != LANG_SIMPLE;
	struct sheet_side sides[] = {side_of(v, two ? LANG_FR : other, &p), side_of(v, other, &p)};
	str url = sides[two].url;
	struct sheet_parts said = {0};
	try(sections(v, sides, two ? 2 : 1, &said));
	struct sheet_page page = {
		.place = &p, .kinds = place_kinds(v, &p), .two = two, .parts = &said, .choices = choices(v, choice),
		.told = told(v, &p, url), .title = _f("Fiche à imprimer : {1}", p.f[P_NOM]),
	};
	if (url.n && qr_make(v->a, url, &qr) == OK)
		page.qr = qr_html(v, &qr, _f("Code QR de la page « {1} »", p.f[P_NOM]));
	true_until(req, midnight_ms());
	v->noindex = true;
	return place_sheet_html(v, &page);
}

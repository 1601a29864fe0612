/* The next steps on one sheet, in French and in the resident's language side by side, so that the agent and the resident can point at the
 * same line; and the blank form, in the same two languages. */
#include "base/timex.h"
#include "triage/pages.h"
#include "triage/sheet_html.h"

#define PART_MAX ((size_t)32 * 1024)
#define PLACES 2                                 /* a step */

const struct choice triage_languages[] = {
	{ "fr", N_("En français") }, { "simple", N_("En version simple") }, { "en", N_("En français et en anglais") }, { "ar", N_("En français et en arabe") },
	{ NULL, NULL },
};
static const enum lang of_choice[] = { LANG_FR, LANG_SIMPLE, LANG_EN, LANG_AR };

enum lang triage_language(const struct req *req)
{
	for (size_t i = 0; i < lengthof(of_choice); i++)
		if (form_has(req, "langue", str_c(triage_languages[i].value)))
			return of_choice[i];
	return LANG_FR;
}

/* A view like v in another language, that writes into `out`. */
static struct view view_in(const struct view *v, enum lang lang, struct buf *out)
{
	struct view w = *v;
	*out = buf_new(v->a, PART_MAX);
	w.lang = lang;
	w.out = out;
	return w;
}

static bool is_two(enum lang lang) { return lang != LANG_FR && lang != LANG_SIMPLE; }

static struct triage_side side_of(const struct view *v, enum lang lang)
{
	struct view w = *v;
	w.lang = lang;
	return (struct triage_side){
		.tag = strcmp(langs[lang].tag, langs[v->lang].tag) ? langs[lang].tag : NULL,
		.dir = langs[lang].rtl == langs[v->lang].rtl ? NULL : langs[lang].rtl ? "rtl" : "ltr", .day = date_shown(&w, today_paris()),
	};
}

/* Written pages to read; one that the city has withdrawn is left out. */
static enum err put_links(struct db *db, const struct view *v, struct triage_told *t)
{
	for (size_t i = 0; i < TRIAGE_PAGES && t->step->pages[i].name; i++) {
		const struct triage_page_link *p = &t->step->pages[i];
		struct article article;
		enum err e = article_find(db, v, p->kind, str_c(p->name), &article);
		if (e == NOT_FOUND || e == CONFLICT)
			continue;
		try(e);
		t->links.v[t->links.n++] = (struct triage_link){ str_printf(v->a, "%s/%s", written_kinds[p->kind].section, p->name), article.title };
	}
	return OK;
}

struct telling { struct req *req; enum lang lang; struct triage_sheet *sheet; };

typedef enum err part_fn(struct view *w, const struct triage_side *side, void *arg);

/* One part in each of the two languages, French first. */
static enum err put_part(const struct telling *t, part_fn *part, void *arg)
{
	enum lang both[] = { is_two(t->lang) ? LANG_FR : t->lang, t->lang };
	for (size_t i = 0; i < (is_two(t->lang) ? 2 : 1); i++) {
		struct buf out;
		struct view w = view_in(&t->req->v, both[i], &out);
		struct triage_side side = side_of(&t->req->v, both[i]);
		try(part(&w, &side, arg));
		t->sheet->parts.v[t->sheet->parts.n++] = (html){ buf_str(&out) };
	}
	return OK;
}

static enum err head_part(struct view *w, const struct triage_side *side, void *arg)
{
	(void)arg;
	return triage_head_html(w, side);
}

struct step_arg { struct db *db; struct triage_told told; };

static enum err step_part(struct view *w, const struct triage_side *side, void *arg)
{
	const struct step_arg *s = arg;
	struct triage_told told = s->told;
	try(put_links(s->db, w, &told));
	return triage_step_html(w, side, &told);
}

static enum err foot_part(struct view *w, const struct triage_side *side, void *arg)
{
	return triage_foot_html(w, side, arg);
}

/* The places that help with a step, the nearest ones when it is known where one is. */
static enum err places_of(struct req *req, const struct triage_step *step, const struct wishes *w, struct results **ret)
{
	struct wishes wishes = *w;
	*ret = arena_one(req->a, struct results);
	if (!step->wish)
		return OK;
	wishes.chosen[Q_WHAT] = reply_named(Q_WHAT, step->wish);
	return orientation_results(req, &wishes, PLACES, *ret);
}

static enum err wishes_at(struct req *req, str where, struct wishes *ret)
{
	struct gazetteer_answer spot = { .found = false };
	*ret = (struct wishes){ .where = where };
	if (where.n)
		try(gazetteer_find(req->db, where, &spot));
	ret->near = spot.found;
	if (spot.found)
		ret->at = spot.v[0].at;
	return OK;
}

enum err triage_sheet_of(struct req *req, const struct triage_answers *a, str where, enum lang lang, struct triage_sheet *ret)
{
	const struct triage_step *steps[16];
	size_t n = triage_next(a, steps);
	struct wishes wishes;
	struct triage_campaign_row_list campaigns;
	struct telling t = { req, lang, ret };
	*ret = (struct triage_sheet){ .two = is_two(lang), .parts.v = arena_many(req->a, html, 2 * (TRIAGE_NOW + 2)) };
	try(triage_campaigns(req->db, 1, &campaigns));
	try(wishes_at(req, where, &wishes));
	try(put_part(&t, head_part, NULL));
	for (size_t i = 0; i < n && i < TRIAGE_NOW; i++) {
		struct results *places;
		try(places_of(req, steps[i], &wishes, &places));
		struct step_arg arg = { req->db, { .step = steps[i], .places = places, .campaign = steps[i]->equipment && campaigns.n } };
		try(put_part(&t, step_part, &arg));
	}
	struct triage_titles later = { .v = steps + TRIAGE_NOW, .n = n > TRIAGE_NOW ? n - TRIAGE_NOW : 0 };
	return put_part(&t, foot_part, &later);
}

/* ---- the blank form ---- */

static enum err paper_head_part(struct view *w, const struct triage_side *side, void *arg)
{
	(void)arg;
	return triage_paper_head_html(w, side);
}

static enum err paper_part(struct view *w, const struct triage_side *side, void *arg)
{
	enum triage_question from = *(const enum triage_question *)arg, to = from ? TQ_COUNT : TQ_ITEMS;
	struct triage_lines lines = { .v = arena_many(w->a, struct triage_line, TQ_COUNT) };
	for (enum triage_question q = from; q < to; q++)
		lines.v[lines.n++] = (struct triage_line){ tr(w->lang, triage_facts[q].text), triage_facts[q].choices, (i64)q + 1 };
	return from ? triage_paper_items_html(w, side, &lines) : triage_paper_questions_html(w, side, &lines);
}

const struct options *triage_boxes(const struct view *v, const struct choice *choices)
{
	struct options *ret = arena_one(v->a, struct options);
	ret->v = arena_many(v->a, struct option, 4);
	for (; choices[ret->n].value && ret->n < 4; ret->n++)
		ret->v[ret->n] = (struct option){ choices[ret->n].value, tr(v->lang, choices[ret->n].label), false };
	return ret;
}

static enum err paper_foot_part(struct view *w, const struct triage_side *side, void *arg)
{
	(void)arg;
	return triage_paper_foot_html(w, side);
}

enum err triage_paper(struct req *req)
{
	enum triage_question first = TQ_DEVICE, items = TQ_ITEMS;
	enum lang lang = triage_language(req);
	struct triage_sheet sheet = { .parts.v = arena_many(req->a, html, 8) };
	struct telling t = { req, lang, &sheet };
	req->v.here = S(TRIAGE_ROUTE);
	try(put_part(&t, paper_head_part, NULL));
	try(put_part(&t, paper_part, &first));
	try(put_part(&t, paper_part, &items));
	try(put_part(&t, paper_foot_part, NULL));
	struct triage_paper_page page = { .two = is_two(lang), .parts = sheet.parts, .languages.v = arena_many(req->a, struct triage_choice, 4) };
	for (size_t i = 0; triage_languages[i].value; i++)
		page.languages.v[page.languages.n++] = (struct triage_choice){ str_printf(req->a, TRIAGE_ROUTE "/papier?langue=%s", triage_languages[i].value),
			tr(req->v.lang, triage_languages[i].label), of_choice[i] == lang };
	return triage_paper_html(&req->v, &page);
}

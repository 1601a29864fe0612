/* Desk triage with nobody's name: the answers live in the address alone, so that Back works and nothing is kept. */
#include "triage/pages.h"
#include "triage/desk_html.h"

#define URL_MAX ((size_t)2048)

void triage_answers_of(const struct req *req, struct triage_answers *ret)
{
	*ret = (struct triage_answers){ { 0 } };
	for (enum triage_question q = 0; q < TQ_COUNT; q++)
		for (u8 i = 0; triage_facts[q].choices[i].value; i++)
			if (form_has(req, triage_facts[q].name, str_c(triage_facts[q].choices[i].value)))
				ret->need[q] = (u8)(i + 1);
}

void triage_asked_of(const struct req *req, bool items, struct triage_form_page *page)
{
	struct triage_answers a;
	triage_answers_of(req, &a);
	page->items = items;
	page->form = req->form;
	page->hidden.v = arena_many(req->a, struct pair, TQ_ITEMS + 2);
	for (enum triage_question q = items ? TQ_ITEMS : 0; q < (items ? TQ_COUNT : TQ_ITEMS); q++)
		if (triage_asks(&a, q))
			page->asked.v[page->asked.n++] = &triage_facts[q];
	for (enum triage_question q = 0; items && q < TQ_ITEMS; q++)
		page->hidden.v[page->hidden.n++] = (struct pair){ str_c(triage_facts[q].name), form_text(req, triage_facts[q].name) };
	if (items && form_given(req, "ou"))
		page->hidden.v[page->hidden.n++] = (struct pair){ S("ou"), form_text(req, "ou") };
	if (items && form_given(req, "langue"))
		page->hidden.v[page->hidden.n++] = (struct pair){ S("langue"), form_text(req, "langue") };
}

/* A page of ours with the answers of the first page, or all of them, and a language. */
static str url_with(const struct req *req, const char *path, bool items, str language)
{
	struct buf b = buf_new(req->a, URL_MAX);
	buf_put(&b, str_c(path));
	buf_printf(&b, "?langue=%.*s", STR_ARG(language));
	for (enum triage_question q = 0; q < (items ? TQ_COUNT : TQ_ITEMS); q++)
		if (form_given(req, triage_facts[q].name))
			buf_printf(&b, "&%s=%.*s", triage_facts[q].name, STR_ARG(form_text(req, triage_facts[q].name)));
	if (form_given(req, "ou")) {
		buf_put(&b, S("&ou="));
		esc_url_part(&b, form_text(req, "ou"));
	}
	return buf_str(&b);
}

static enum err show_start(struct req *req)
{
	struct triage_form_page page = { .action = S(TRIAGE_ROUTE "/questions") };
	req->v.here = S(TRIAGE_ROUTE);
	triage_asked_of(req, false, &page);
	return triage_form_html(&req->v, &page);
}

enum err triage_start(struct req *req)
{
	req->form->n_errors = 0;
	return show_start(req);
}

enum err triage_questions(struct req *req)
{
	struct triage_form_page page = { .action = S(TRIAGE_ROUTE "/suite"), .back = url_with(req, TRIAGE_ROUTE, false, form_text(req, "langue")) };
	if (!form_ok(req)) {
		form_refused(req);
		return show_start(req);
	}
	req->v.here = S(TRIAGE_ROUTE);
	triage_asked_of(req, true, &page);
	return triage_form_html(&req->v, &page);
}

enum err triage_result_of(struct req *req, const struct triage_answers *a, struct triage_result_page *page)
{
	const struct view *v = &req->v;
	page->answers.v = arena_many(req->a, struct triage_answer, TQ_COUNT);
	for (enum triage_question q = 0; q < TQ_COUNT; q++)
		if (a->need[q])
			page->answers.v[page->answers.n++] = (struct triage_answer){ tr(v->lang, triage_facts[q].text),
				tr(v->lang, triage_facts[q].choices[a->need[q] - 1].label) };
	return a->need[TQ_DEVICE] >= 2 ? triage_campaigns(req->db, TRIAGE_CAMPAIGNS, &page->campaigns) : OK;
}

enum err triage_result(struct req *req)
{
	const struct view *v = &req->v;
	struct triage_answers a;
	enum lang lang = triage_language(req);
	struct triage_result_page page = { .form = req->form, .back = S(TRIAGE_ROUTE), .languages.v = arena_many(req->a, struct triage_choice, LANG_COUNT) };
	if (!form_ok(req)) {
		form_refused(req);
		return show_start(req);
	}
	req->v.here = S(TRIAGE_ROUTE);
	triage_answers_of(req, &a);
	for (size_t i = 0; triage_languages[i].value; i++)
		page.languages.v[page.languages.n++] = (struct triage_choice){ url_with(req, TRIAGE_ROUTE "/suite", true, str_c(triage_languages[i].value)),
			tr(v->lang, triage_languages[i].label), str_eq(str_c(triage_languages[i].value), form_text(req, "langue")) ||
			(!form_given(req, "langue") && lang == LANG_FR && !i) };
	try(triage_sheet_of(req, &a, form_given(req, "ou") ? form_text(req, "ou") : S(""), lang, &page.sheet));
	try(triage_result_of(req, &a, &page));
	return triage_result_html(&req->v, &page);
}

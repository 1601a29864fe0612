/* The catalogue of procedures, the advice and its quizzes, in the page's language. What people answer is not stored. */
#include "content/article_html.h"
#include "content/content.h"
#include "content/index_html.h"
#include "content/pages.h"
#include "content/quiz_html.h"

static const struct choice reply_choices[] = {{"1", ""}, {"2", ""}, {"3", ""}, {NULL, NULL}};

FORM_FIELDS(quiz,
	{.name = "q1", .kind = F_CHOICE, .label = N_("Question"), .choices = reply_choices},
	{.name = "q2", .kind = F_CHOICE, .label = N_("Question"), .choices = reply_choices},
	{.name = "q3", .kind = F_CHOICE, .label = N_("Question"), .choices = reply_choices},
	{.name = "q4", .kind = F_CHOICE, .label = N_("Question"), .choices = reply_choices},
	{.name = "q5", .kind = F_CHOICE, .label = N_("Question"), .choices = reply_choices},
);

/* The first paragraph of a lead without its marks, for search engines. */
static str plain_lead(const struct view *v, str lead)
{
	return str_replace(v->a, str_replace(v->a, lead, S("*"), S("")), S("\n"), S(" "));
}

bool article_borrowed(const struct view *v, const struct article *article)
{
	return strcmp(langs[v->lang].tag, langs[article->lang].tag) != 0;
}

html quiz_words(const struct view *v, bool french, str s)
{
	return french ? french_html(v, s) : text_html(v, s);
}

html article_markdown(const struct view *v, const struct article *article, str text)
{
	struct view in = *v;
	in.lang = article->lang;
	return markdown_html(&in, text);
}

/* CONFLICT: the page was withdrawn, and the answer says so. */
static enum err open_article(struct req *req, enum written_kind kind, struct article *ret)
{
	struct view *v = &req->v;
	depends_on(req, GEN_CONFIG);
	depends_on(req, GEN_CONTENT);
	v->here = str_c(written_kinds[kind].section);
	try(article_find(req->db, v, kind, req_param(req, "name"), ret));
	v->description = plain_lead(v, ret->lead);
	v->noindex = ret->lang != v->lang;
	return OK;
}

static enum err gone(struct req *req, enum written_kind kind)
{
	struct view *v = &req->v;
	struct gone_page page = { written_kinds[kind].section, kind == WRITTEN_DEMARCHE ? _("Toutes les démarches") : _("Tous les conseils") };
	req->status = 410;
	v->noindex = true;
	v->description = _("Page retirée");
	return gone_html(v, &page);
}

static enum err index_of(struct req *req, enum written_kind kind, struct articles *ret)
{
	depends_on(req, GEN_CONFIG);
	depends_on(req, GEN_CONTENT);
	req->v.here = str_c(written_kinds[kind].section);
	return articles_all(req->db, &req->v, kind, ret);
}

static enum err demarches_index(struct req *req)
{
	struct view *v = &req->v;
	struct articles all;
	try(index_of(req, WRITTEN_DEMARCHE, &all));
	v->description = _("Pour chaque démarche : ce que c’est, ce qu’il faut apporter, qui vous aide.");
	return demarches_index_html(v, &all);
}

static enum err conseils_index(struct req *req)
{
	struct view *v = &req->v;
	struct articles all;
	try(index_of(req, WRITTEN_CONSEIL, &all));
	v->description = _("Mots de passe, arnaques, wifi, écrans des enfants : des conseils courts, et un quiz pour chacun.");
	return conseils_index_html(v, &all);
}

static enum err page_html(struct view *v, enum written_kind kind, const struct article_page *page)
{
	return kind == WRITTEN_DEMARCHE ? demarche_html(v, page) : conseil_html(v, page);
}

static enum err show(struct req *req, enum written_kind kind)
{
	struct article article;
	struct article_page page = { .article = &article, .before = { S("") } };
	enum err e = open_article(req, kind, &article);
	if (e == CONFLICT)
		return gone(req, kind);
	try(e);
	return page_html(&req->v, kind, &page);
}

static enum err demarche_show(struct req *req) { return show(req, WRITTEN_DEMARCHE); }
static enum err conseil_show(struct req *req) { return show(req, WRITTEN_CONSEIL); }

enum err content_preview(struct view *v, enum written_kind kind, const struct article *article, html before)
{
	struct article_page page = { .article = article, .before = before, .written = true };
	v->here = str_c(written_kinds[kind].section);
	return page_html(v, kind, &page);
}

static int chosen_in(const struct req *req, size_t i)
{
	const char *name = quiz_fields[i].name;
	return form_ok(req) && form_given(req, name) ? form_text(req, name).p[0] - '1' : -1;
}

static enum err quiz_show(struct req *req)
{
	struct article article;
	enum err e = open_article(req, WRITTEN_CONSEIL, &article);
	if (e == CONFLICT)
		return gone(req, WRITTEN_CONSEIL);
	try(e);
	if (!article.quiz.n)
		return NOT_FOUND;
	struct quiz_page page = {.article = &article, .lines = {arena_many(req->a, struct quiz_line, article.quiz.n), article.quiz.n}};
	for (size_t i = 0; i < article.quiz.n; i++) {
		struct quiz_line *line = &page.lines.v[i];
		*line = (struct quiz_line){&article.quiz.v[i], chosen_in(req, i), article_borrowed(&req->v, &article)};
		page.answered |= line->chosen >= 0;
		page.right += line->chosen == (int)line->question->right;
	}
	req->v.noindex |= page.answered;
	req->status = form_ok(req) ? 200 : 400;
	return quiz_html(&req->v, &page);
}

ROUTES(content,
	ROUTE(GET, "/demarches", demarches_index, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/demarches/:name", demarche_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/conseils", conseils_index, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/conseils/:name", conseil_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/conseils/:name/quiz", quiz_show, CAP_PUBLIC, SCOPE_NONE, FORM(quiz)),
);

/* The catalogue of procedures, the advice and its quizzes: files of content/ in the page's language. Nothing is stored. */
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

static enum err open_article(struct req *req, const struct asset *files, const char *section, struct article *ret)
{
	struct view *v = &req->v;
	depends_on(req, GEN_CONFIG);
	v->here = str_c(section);
	if (!article_find(v, files, req_param(req, "name"), ret))
		return NOT_FOUND;
	v->description = plain_lead(v, ret->lead);
	return OK;
}

static enum err demarches_index(struct req *req)
{
	struct view *v = &req->v;
	struct articles all = articles_all(v, demarches_files);
	depends_on(req, GEN_CONFIG);
	v->here = S("/demarches");
	v->description = _("Pour chaque démarche : ce que c’est, ce qu’il faut apporter, qui vous aide.");
	return demarches_index_html(v, &all);
}

static enum err demarche_show(struct req *req)
{
	struct article article;
	try(open_article(req, demarches_files, "/demarches", &article));
	return demarche_html(&req->v, &article);
}

static enum err conseils_index(struct req *req)
{
	struct view *v = &req->v;
	struct articles all = articles_all(v, conseils_files);
	depends_on(req, GEN_CONFIG);
	v->here = S("/conseils");
	v->description = _("Mots de passe, arnaques, wifi, écrans des enfants : des conseils courts, et un quiz pour chacun.");
	return conseils_index_html(v, &all);
}

static enum err conseil_show(struct req *req)
{
	struct article article;
	try(open_article(req, conseils_files, "/conseils", &article));
	return conseil_html(&req->v, &article);
}

static int chosen_in(const struct req *req, size_t i)
{
	const char *name = quiz_fields[i].name;
	return form_ok(req) && form_given(req, name) ? form_text(req, name).p[0] - '1' : -1;
}

static enum err quiz_show(struct req *req)
{
	struct article article;
	try(open_article(req, conseils_files, "/conseils", &article));
	if (!article.quiz.n)
		return NOT_FOUND;
	struct quiz_page page = {.article = &article, .lines = {arena_many(req->a, struct quiz_line, article.quiz.n), article.quiz.n}};
	for (size_t i = 0; i < article.quiz.n; i++) {
		struct quiz_line *line = &page.lines.v[i];
		*line = (struct quiz_line){&article.quiz.v[i], chosen_in(req, i)};
		page.answered |= line->chosen >= 0;
		page.right += line->chosen == (int)line->question->right;
	}
	req->v.noindex = page.answered;
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

/* Guided orientation: a few plain questions, one a page, lead to the places that fit, with the reasons. Answers live in the
 * address alone: Back works, and nothing is kept. */
#include "orientation/orientation.h"
#include "orientation/pages.h"
#include "orientation/question_html.h"
#include "orientation/results_html.h"
#include "orientation/sheet_html.h"

#define URL_MAX ((size_t)2048)
#define SHEET_PLACES 2

static const struct choice question_names[] = {{"quoi", ""}, {"qui", ""}, {"frais", ""}, {"comment", ""}, {"ou", ""}, {NULL, NULL}};

FORM_FIELDS(trouver,
	{.name = "quoi", .kind = F_CHOICE, .label = N_("Pour faire quoi"), .choices = what_choices},
	{.name = "qui", .kind = F_CHOICE, .label = N_("Pour qui"), .choices = who_choices},
	{.name = "frais", .kind = F_CHOICE, .label = N_("Prix"), .choices = free_choices},
	{.name = "comment", .kind = F_CHOICE, .label = N_("De quelle façon"), .choices = how_choices},
	{.name = "ou", .kind = F_TEXT, .label = N_("Où"), .max = 80},
	{.name = "question", .kind = F_CHOICE, .label = N_("Question"), .choices = question_names},
);

/* An address of ours with the answers to the questions before `end`, but not to `without` (Q_COUNT: none). */
static str url_with(const struct req *req, const char *path, enum question end, enum question without)
{
	const struct view *v = &req->v;
	struct buf b = buf_new(v->a, URL_MAX);
	char sep = '?';
	put_prefix(&b, v);
	buf_put(&b, str_c(path));
	for (enum question q = 0; q < end; q++) {
		if (q == without || !answered(req, q))
			continue;
		buf_printf(&b, "%c%s=", sep, questions[q].name);
		esc_url_part(&b, form_text(req, questions[q].name));
		sep = '&';
	}
	return buf_str(&b);
}

/* The question asked for by name, else the first without an answer. */
static enum question question_now(const struct req *req)
{
	enum question q = 0;
	if (form_given(req, "question"))
		while (!str_eq(form_text(req, "question"), str_c(questions[q].name)))
			q++;
	else
		while (q < Q_WHERE && answered(req, q))
			q++;
	return q;
}

static struct kept kept_answers(const struct req *req, enum question now)
{
	struct kept kept = {.v = arena_many(req->a, struct pair, Q_COUNT)};
	for (enum question q = 0; q < Q_COUNT; q++)
		if (q != now && answered(req, q))
			kept.v[kept.n++] = (struct pair){str_c(questions[q].name), form_text(req, questions[q].name)};
	return kept;
}

static enum err question_show(struct req *req)
{
	struct view *v = &req->v;
	depends_on(req, GEN_CONFIG);
	v->here = S("/trouver");
	v->description = _("Cinq questions simples pour trouver le lieu qui vous aidera.");
	v->noindex = req->query.n > 0;
	if (!form_ok(req)) {
		req->status = 400;
		v->error = true;
	}
	bool asked = form_given(req, "question");
	enum question q = question_now(req);
	struct question_page page = {
		.form = req->form, .facts = &questions[q], .number = (i64)q + 1, .kept = kept_answers(req, q),
		.action = url_with(req, asked || q == Q_WHERE ? "/trouver/resultats" : "/trouver", 0, Q_COUNT),
	};
	if (q > 0 && !asked)
		page.back = url_with(req, "/trouver", q - 1, Q_COUNT);
	return question_html(v, &page);
}

static str answer_words(const struct view *v, const struct wishes *w, enum question q)
{
	if (q == Q_WHERE)
		return w->where.n ? w->where : _("Partout");
	return w->chosen[q] ? tr(v->lang, w->chosen[q]->label) : _("Je ne sais pas");
}

static struct answer_lines answer_lines_of(const struct req *req, const struct wishes *w)
{
	const struct view *v = &req->v;
	struct answer_lines lines = {.v = arena_many(v->a, struct answer_line, Q_COUNT), .n = Q_COUNT};
	for (enum question q = 0; q < Q_COUNT; q++) {
		str url = url_with(req, "/trouver", Q_COUNT, Q_COUNT);
		lines.v[q] = (struct answer_line){
			.question = tr(v->lang, questions[q].brief), .answer = answer_words(v, w, q),
			.change = str_printf(v->a, "%.*s%cquestion=%s", STR_ARG(url), str_find(url, S("?")) < 0 ? '?' : '&', questions[q].name),
		};
	}
	return lines;
}

/* The whole search of the directory with the answers it knows. */
static str search_url(const struct req *req, const struct wishes *w)
{
	const struct view *v = &req->v;
	struct buf b = buf_new(v->a, URL_MAX);
	put_prefix(&b, v);
	buf_put(&b, S("/lieux"));
	if (w->chosen[Q_WHAT] && w->chosen[Q_WHAT]->schema)
		buf_printf(&b, "?service=%s", w->chosen[Q_WHAT]->value);
	return buf_str(&b);
}

static enum err results_show(struct req *req)
{
	struct view *v = &req->v;
	struct results found;
	depends_on(req, GEN_DIRECTORY);
	if (!form_ok(req))
		return question_show(req);
	v->here = S("/trouver");
	v->description = _("Les lieux qui correspondent le mieux à vos réponses, et pourquoi.");
	v->noindex = true;
	struct wishes w = wishes_of(req);
	try(orientation_results(req, &w, RESULTS_MAX, &found));
	struct results_page page = {
		.found = &found, .answers = answer_lines_of(req, &w), .where = w.where, .all = search_url(req, &w),
		.title = found.n ? _n("{n} lieu pour vous", "{n} lieux pour vous", (i64)found.n) : _("Aucun lieu trouvé"),
		.sheet = url_with(req, "/trouver/fiche", Q_COUNT, Q_COUNT),
	};
	return results_html(v, &page);
}

static enum err sheet_show(struct req *req)
{
	struct view *v = &req->v;
	depends_on(req, GEN_DIRECTORY);
	v->here = S("/trouver");
	v->description = _("Une feuille à imprimer pour orienter quelqu’un sans écran.");
	v->noindex = req->query.n > 0;
	struct wishes w = wishes_of(req);
	struct sheet_page page = {.where = w.where};
	page.lines.v = arena_many(req->a, struct sheet_line, Q_COUNT + 8);
	for (const struct reply *r = questions[Q_WHAT].replies; r->schema; r++) {
		struct sheet_line *line = &page.lines.v[page.lines.n++];
		w.chosen[Q_WHAT] = r;
		line->wish = tr(v->lang, r->label);
		try(orientation_results(req, &w, SHEET_PLACES, &line->found));
	}
	return sheet_html(v, &page);
}

ROUTES(orientation,
	ROUTE(GET, "/trouver", question_show, CAP_PUBLIC, SCOPE_NONE, FORM(trouver)),
	ROUTE(GET, "/trouver/resultats", results_show, CAP_PUBLIC, SCOPE_NONE, FORM(trouver)),
	ROUTE(GET, "/trouver/fiche", sheet_show, CAP_PUBLIC, SCOPE_NONE, FORM(trouver)),
);

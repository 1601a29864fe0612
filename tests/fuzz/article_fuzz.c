/* Written pages: whatever somebody types is read within its bounds, told by lines that it has, and shown as markup of ours alone. */
#include "fuzz.h"

#include "base/utf8.h"
#include "content/content.h"
#include "html/markdown.h"
#include "writing/plain.h"
#include "writing/writing.h"

static const struct city city = { .name = S_INIT("Nantes") };

static void must_be_inside(str whole, str part)
{
	must_hold(!part.n || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n));
}

static void check_quiz(str in, const struct quiz *quiz)
{
	must_hold(quiz->n <= QUIZ_QUESTIONS);
	for (size_t i = 0; i < quiz->n; i++) {
		const struct quiz_question *q = &quiz->v[i];
		must_hold(q->n_replies <= QUIZ_REPLIES && q->right < QUIZ_REPLIES);
		must_hold(q->right < q->n_replies || q->n_replies == 0);
		must_be_inside(in, q->text);
		must_be_inside(in, q->why);
		for (size_t r = 0; r < q->n_replies; r++)
			must_be_inside(in, q->replies[r]);
	}
}

/* Every tag is one that CommonMark makes, and no address runs a script. */
static void check_markup(str html)
{
	static const char *const ours[] = { "/", "!-- raw HTML omitted --", "p>", "a href=\"", "ul>", "ol", "li>", "strong>", "em>", "bdi lang=\"fr\">", "br />",
		"h1>", "h2>", "h3>", "h4>", "h5>", "h6>", "hr />", "img src=\"", "pre>", "code", "blockquote>" };
	for (size_t i = 0; i < html.n; i++) {
		bool known = html.p[i] != '<';
		for (size_t t = 0; !known && t < lengthof(ours); t++)
			known = str_starts(str_slice(html, i + 1, html.n), str_c(ours[t]));
		must_hold(known);
		must_hold(!str_starts(str_slice(html, i, html.n), S("<a href=\"javascript:")));
		must_hold(!str_starts(str_slice(html, i, html.n), S("<img src=\"javascript:")));
	}
}

FUZZ(a, in)
{
	struct article article = { .name = S("x") };
	struct article_faults faults = { .n = 0 };
	size_t lines = 1;
	if (!utf8_valid(in))
		return;                          /* forms and files are refused before */
	article_parse(a, in, &article, &faults);
	for (size_t i = 0; i < in.n; i++)
		lines += in.p[i] == '\n';
	must_hold(article.parts.n <= ARTICLE_PARTS && faults.n <= ARTICLE_FAULTS);
	for (size_t i = 0; i < faults.n; i++)
		must_hold(faults.v[i].line >= 1 && faults.v[i].line <= lines + 1 && faults.v[i].what < ARTICLE_WRONGS);
	must_hold(faults.n || (article.title.n && article.lead.n));
	check_quiz(in, &article.quiz);
	must_be_inside(in, article.title);
	for (size_t i = 0; i < article.parts.n; i++)
		must_be_inside(in, article.parts.v[i].text);
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		struct view v = { .a = a, .lang = l, .city = &city };
		check_markup(markdown_html(&v, article.lead).s);
		check_markup(markdown_html(&v, in).s);
	}
	struct long_sentences all = plain_long_sentences(a, in);
	for (size_t i = 0; i < all.n; i++)
		must_hold(all.v[i].line <= lines && all.v[i].words > PLAIN_WORDS);
	must_hold(writing_name(a, str_slice(in, 0, 400)).n < WRITTEN_NAME_MAX);
}

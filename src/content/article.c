/* See article.h: the reading of one text, and the texts that come with the program. */
#include "content/article.h"

#include "base/arena.h"

const struct written_kind_info written_kinds[WRITTEN_KINDS] = {
	[WRITTEN_DEMARCHE] = { "demarche", "/demarches", demarches_files, false },
	[WRITTEN_CONSEIL] = { "conseil", "/conseils", conseils_files, true },
};

static const char *language_suffix(enum lang l)
{
	static const char *const suffixes[LANG_COUNT] = {[LANG_FR] = ".fr.md", [LANG_SIMPLE] = ".simple.md", [LANG_EN] = ".en.md", [LANG_AR] = ".ar.md"};
	return suffixes[l];
}

/* A text on its way in. */
struct parsing {
	struct arena *a;
	struct article *article;
	struct article_faults *faults;
	size_t line, part_line, question_line;
	bool two_right;
};

static void wrong_at(struct parsing *p, size_t line, enum article_wrong what)
{
	if (p->faults && p->faults->n < ARTICLE_FAULTS)
		p->faults->v[p->faults->n++] = (struct article_fault){ line, what };
}

static bool cut(str *line, const char *mark)
{
	if (!str_starts(*line, str_c(mark)))
		return false;
	*line = str_trim(str_slice(*line, strlen(mark), line->n));
	return true;
}

/* ---- the quiz ---- */

static void end_question(struct parsing *p)
{
	const struct quiz *quiz = &p->article->quiz;
	if (!quiz->n || !p->question_line)
		return;
	const struct quiz_question *q = &quiz->v[quiz->n - 1];
	if (!q->text.n)
		wrong_at(p, p->question_line, QUIZ_EMPTY);
	if (q->n_replies < 2)
		wrong_at(p, p->question_line, QUIZ_FEW_REPLIES);
	if (q->right == QUIZ_REPLIES)
		wrong_at(p, p->question_line, QUIZ_NO_RIGHT);
	if (!q->why.n)
		wrong_at(p, p->question_line, QUIZ_NO_WHY);
	p->question_line = 0;
}

static void reply(struct parsing *p, struct quiz_question *q, str text, bool right)
{
	if (!text.n)
		wrong_at(p, p->line, QUIZ_EMPTY);
	if (q->n_replies == QUIZ_REPLIES) {
		wrong_at(p, p->line, QUIZ_TOO_MANY_REPLIES);
		return;
	}
	if (right && q->right < QUIZ_REPLIES)
		wrong_at(p, p->line, QUIZ_TWO_RIGHT);
	q->right = right ? q->n_replies : q->right;
	q->replies[q->n_replies++] = text;
}

static void question(struct parsing *p, str text)
{
	struct quiz *quiz = &p->article->quiz;
	end_question(p);
	if (quiz->n == QUIZ_QUESTIONS) {
		wrong_at(p, p->line, QUIZ_TOO_MANY);
		return;
	}
	if (!quiz->v)
		quiz->v = arena_many(p->a, struct quiz_question, QUIZ_QUESTIONS);
	quiz->v[quiz->n++] = (struct quiz_question){ .text = text, .right = QUIZ_REPLIES };
	p->question_line = p->line;
}

static void quiz_line(struct parsing *p, str line)
{
	struct quiz *quiz = &p->article->quiz;
	line = str_trim(line);
	if (!line.n)
		return;
	if (cut(&line, "? ") || str_eq(line, S("?"))) {
		question(p, str_eq(line, S("?")) ? S("") : line);
		return;
	}
	if (!p->question_line)
		return;                          /* of a question too many, which has been told */
	struct quiz_question *q = &quiz->v[quiz->n - 1];
	if (cut(&line, "- "))
		reply(p, q, line, false);
	else if (cut(&line, "+ "))
		reply(p, q, line, true);
	else if (cut(&line, "> "))
		q->why = line;
	else
		wrong_at(p, p->line, QUIZ_STRAY_LINE);
}

/* ---- what comes before ---- */

/* Text runs from its first line to the end of its last one, in the file's own bytes. */
static void extend(str *text, str line)
{
	if (!text->p)
		*text = line;
	else
		text->n = (size_t)(line.p + line.n - text->p);
}

static void end_part(struct parsing *p)
{
	const struct article_parts *parts = &p->article->parts;
	if (parts->n && p->part_line && !parts->v[parts->n - 1].text.n)
		wrong_at(p, p->part_line, ARTICLE_EMPTY_PART);
	p->part_line = 0;
}

/* A part that begins: where its text goes. */
static str *part(struct parsing *p, str title)
{
	struct article_parts *parts = &p->article->parts;
	end_part(p);
	if (!title.n)
		wrong_at(p, p->line, ARTICLE_EMPTY_HEADING);
	if (parts->n == ARTICLE_PARTS) {
		wrong_at(p, p->line, ARTICLE_TOO_MANY_PARTS);
		return NULL;
	}
	parts->v[parts->n].title = title;
	p->part_line = p->line;
	return &parts->v[parts->n++].text;
}

static void title(struct parsing *p, str words)
{
	if (p->article->title.p)
		wrong_at(p, p->line, ARTICLE_TWO_TITLES);
	else
		p->article->title = words;
}

static bool is_heading_without_space(str line)
{
	size_t n = 0;
	while (n < line.n && line.p[n] == '#')
		n++;
	return n && (n == line.n || line.p[n] != ' ');
}

static void text_line(struct parsing *p, str *into, str line)
{
	if (is_heading_without_space(line))
		wrong_at(p, p->line, line.n > 2 || p->article->title.p ? ARTICLE_NO_SPACE : ARTICLE_EMPTY_HEADING);
	if (into && (line.n || into->p))
		extend(into, line);
}

static void end(struct parsing *p)
{
	end_part(p);
	end_question(p);
	if (!p->article->title.n)
		wrong_at(p, 1, ARTICLE_NO_TITLE);
	if (!str_trim(p->article->lead).n)
		wrong_at(p, p->article->title.n ? 2 : 1, ARTICLE_NO_LEAD);
	for (size_t i = 0; i < p->article->quiz.n; i++)
		if (p->article->quiz.v[i].right == QUIZ_REPLIES)
			p->article->quiz.v[i].right = 0;
}

void article_parse(struct arena *a, str text, struct article *ret, struct article_faults *faults)
{
	struct parsing p = { .a = a, .article = ret, .faults = faults };
	str line, *into = &ret->lead;
	*ret = (struct article){ .name = ret->name, .lang = ret->lang, .parts = { arena_many(a, struct article_part, ARTICLE_PARTS), 0 } };
	while (text.n && str_next(&text, '\n', &line)) {
		p.line++;
		if (ret->quiz.n || str_starts(line, S("? "))) {
			end_part(&p);
			quiz_line(&p, line);
		} else if (cut(&line, "# ")) {
			title(&p, line);
		} else if (cut(&line, "## ")) {
			into = part(&p, line);
		} else {
			text_line(&p, into, line);
		}
	}
	end(&p);
}

/* ---- what comes with the program ---- */

str article_delivered(enum written_kind kind, str name, enum lang l)
{
	char file[200];
	if (name.n > 100)
		return (str){ 0 };
	snprintf(file, sizeof file, "%.*s%s", STR_ARG(name), language_suffix(l));
	const struct asset *found = asset_named(written_kinds[kind].files, str_c(file));
	return found ? found->identity : (str){ 0 };
}

bool article_delivered_name(enum written_kind kind, size_t i, str *ret)
{
	str suffix = S(".fr.md");
	for (const struct asset *f = written_kinds[kind].files; f->name; f++) {
		str file = str_c(f->name);
		if (str_ends(file, suffix) && i-- == 0) {
			*ret = str_slice(file, 0, file.n - suffix.n);
			return true;
		}
	}
	return false;
}

/* See article.h. A file that is not as it says is a defect: its tests read them all. */
#include "content/article.h"

#include "base/arena.h"

static const char *language_suffix(enum lang l)
{
	static const char *const suffixes[LANG_COUNT] = {[LANG_FR] = ".fr.md", [LANG_SIMPLE] = ".simple.md", [LANG_EN] = ".en.md", [LANG_AR] = ".ar.md"};
	return suffixes[l];
}

static bool cut(str *line, const char *mark)
{
	if (!str_starts(*line, str_c(mark)))
		return false;
	*line = str_trim(str_slice(*line, strlen(mark), line->n));
	return true;
}

static void quiz_line(struct arena *a, struct quiz *quiz, str line)
{
	if (!quiz->v)
		quiz->v = arena_many(a, struct quiz_question, QUIZ_QUESTIONS);
	if (cut(&line, "? ")) {
		assert(quiz->n < QUIZ_QUESTIONS);
		quiz->v[quiz->n++].text = line;
		return;
	}
	struct quiz_question *q = &quiz->v[quiz->n - 1];
	bool right = str_starts(line, S("+ "));
	if (right || str_starts(line, S("- "))) {
		assert(q->n_replies < QUIZ_REPLIES);
		q->right = right ? q->n_replies : q->right;
		q->replies[q->n_replies++] = str_trim(str_slice(line, 2, line.n));
	} else if (cut(&line, "> ")) {
		q->why = line;
	}
}

/* Text runs from its first line to the end of its last one, in the file's own bytes. */
static void extend(str *text, str line)
{
	if (!text->p)
		*text = line;
	else
		text->n = (size_t)(line.p + line.n - text->p);
}

static void article_read(struct arena *a, str text, struct article *ret)
{
	str line, *into = &ret->lead;
	ret->parts.v = arena_many(a, struct article_part, ARTICLE_PARTS);
	while (text.n && str_next(&text, '\n', &line)) {
		if (ret->quiz.n || str_starts(line, S("? "))) {
			quiz_line(a, &ret->quiz, line);
		} else if (cut(&line, "# ")) {
			ret->title = line;
		} else if (cut(&line, "## ")) {
			assert(ret->parts.n < ARTICLE_PARTS);
			ret->parts.v[ret->parts.n].title = line;
			into = &ret->parts.v[ret->parts.n++].text;
		} else if (line.n || into->p) {
			extend(into, line);
		}
	}
}

bool article_find(const struct view *v, const struct asset *files, str name, struct article *ret)
{
	const struct asset *file = asset_named(files, str_printf(v->a, "%.*s%s", STR_ARG(name), language_suffix(v->lang)));
	*ret = (struct article){.name = name};
	if (!file)
		return false;
	article_read(v->a, file->identity, ret);
	return true;
}

struct articles articles_all(const struct view *v, const struct asset *files)
{
	struct articles all = {0};
	str suffix = str_c(language_suffix(v->lang));
	size_t most = 0;
	while (files[most].name)
		most++;
	all.v = arena_many(v->a, struct article, most);
	for (size_t i = 0; i < most; i++) {
		str file = str_c(files[i].name);
		ptrdiff_t at = str_find(file, suffix);
		if (at > 0 && article_find(v, files, str_slice(file, 0, (size_t)at), &all.v[all.n]))
			all.n++;
	}
	return all;
}

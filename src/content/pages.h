/* What the written pages show, for their templates. */
#ifndef GABARE_CONTENT_PAGES_H
#define GABARE_CONTENT_PAGES_H

#include "content/article.h"
#include "html/format.h"
#include "html/markdown.h"
#include "http/form.h"

/* A question of the quiz with what was answered: -1 when nothing was. */
struct quiz_line { const struct quiz_question *question; int chosen; bool french; };       /* french: in another language than the page */
struct quiz_lines { struct quiz_line *v; size_t n; };
struct quiz_page { const struct article *article; struct quiz_lines lines; bool answered; i64 right; };

/* An article, after what is said before it; `written`: with its quiz and the answers, for who writes it. */
struct article_page { const struct article *article; html before; bool written; };

/* Words of a quiz, marked as French where they are and the page is not. */
html quiz_words(const struct view *v, bool french, str s);
/* Markdown of the article, read in the language of its text. */
html article_markdown(const struct view *v, const struct article *article, str text);

/* A page that was withdrawn: where the others of its kind are. */
struct gone_page { const char *section; str others; };

#endif

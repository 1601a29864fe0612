/* Procedures and advice: pages that are written, as Markdown files of content/ or by agents (src/writing), and their routes. */
#ifndef GABARE_CONTENT_CONTENT_H
#define GABARE_CONTENT_CONTENT_H

#include "content/article.h"
#include "content/written.h"
#include "html/escape.h"
#include "http/route.h"

extern const struct route content_routes[];

/* The page of an article as the public sees it, in the view's language, after `before`, and with the answers
 * of its quiz: for who writes it. */
must_use enum err content_preview(struct view *v, enum written_kind kind, const struct article *article, html before);

#endif

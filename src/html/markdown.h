/* Markdown of our own content and of agents, to HTML: raw HTML and unsafe links are left out. */
#ifndef GABARE_MARKDOWN_H
#define GABARE_MARKDOWN_H

#include "html/escape.h"

/* Blocks of CommonMark. What is emphasised (*France Travail*) is a French name: marked as French in other languages. Links to pages of
 * ours get the language of the view. In the simple version, a line is a line. */
html markdown_html(const struct view *v, str text);

#endif

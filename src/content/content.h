/* Procedures and advice: pages that are written, as Markdown files of content/, and their routes. */
#ifndef GABARE_CONTENT_CONTENT_H
#define GABARE_CONTENT_CONTENT_H

#include "content/article.h"
#include "http/route.h"

extern const struct route content_routes[];

#endif

/* What layout.html needs to know of a page: its links in each language, its menu, its address. */
#ifndef GABARE_LAYOUT_H
#define GABARE_LAYOUT_H

#include "html/escape.h"

struct language_link {
	enum lang lang;
	str url, full_url;                       /* "/en/lieux?q=x"; with the city's public address in front, or absent */
	const char *name, *tag, *dir;            /* "English" "en" "ltr" */
	bool current;
	bool foreign, turned;                    /* another tag, another direction than the page's */
	bool indexed;                            /* an alternate that search engines may be told of (one per tag) */
};
struct language_links { struct language_link *v; size_t n; };

/* The same page in every language (agents: French and English). */
const struct language_links *language_links(const struct view *v);

struct menu_link { str url, label; const char *current; };
struct menu_links { struct menu_link *v; size_t n; };
/* The sections; `current` is "page" or "true" for the one we are in, else NULL. When they are many, groups stand for them, each leading to its
 * first, and menu_group_links() are those of the group that we are in (none when there is no such, or it is one alone). */
const struct menu_links *menu_links(const struct view *v);
const struct menu_links *menu_group_links(const struct view *v);
/* All of them, without groups. */
const struct menu_links *menu_all_links(const struct view *v);

/* The classes of <html>: the page's own (NULL: none) and what the language or the agents' layout add; may be empty. */
str page_classes(const struct view *v, const char *own);
/* The page's absolute address in its own language; absent while the city has no public address or when not to be indexed. */
str canonical_url(const struct view *v);
/* The content of <title>. */
str page_title(const struct view *v, str title);

#endif

/* What a template gets: where to write, in which language, for which page. Templates are .html files compiled by tools/htmlc.c
 * into functions `enum err name_html(struct view *v, …)`. */
#ifndef GABARE_VIEW_H
#define GABARE_VIEW_H

#include "base/buf.h"
#include "html/i18n.h"

/* The city's facts, from the configuration. Shown on every page. */
struct city {
	str name;                                /* "Nantes" */
	str public_url;                          /* "https://…", no slash at the end; empty until set */
	str help_phone;                          /* "+33261914400"; shown grouped */
	str help_hours;                          /* French sentence part: "du lundi au vendredi, de 9 h à 18 h" */
	str help_desk;                           /* where to come: "à l’hôtel de ville, 2 rue des Mariniers" */
	str help_mail;                           /* where to write: "numerique@example.org"; may be empty */
	str director;                            /* who answers for what is published (directeur de la publication); may be empty */
	str host;                                /* who hosts the site: name, address, telephone; may be empty */
	str dpo;                                 /* how to write to the data protection officer; may be empty */
	str senders;                             /* who carries our e-mail and SMS, by name; may be empty */
	str identity_issuer;                     /* the OpenID Connect provider that says who agents are: "https://…"; may be empty */
	str identity_name;                       /* how people call it: "ProConnect" */
	bool demo;                               /* everything is invented: bannered */
};

/* A section of the menu: its path, its words and those of the group that it stands in with its neighbours (msgids; NULL: by itself). A list of
 * them ends with a path NULL. */
struct section { const char *path, *label, *group; };

struct view {
	struct buf *out;
	struct arena *a;
	enum lang lang;
	const struct city *city;
	str path;                                /* path and query without language prefix: language links point there */
	str here;                                /* current section, a path of the menu ("/lieux"), for aria-current */
	str description;                         /* meta description */
	bool agent;                              /* the agents' layout: French and English only */
	const struct section *sections;          /* the menu of who has logged in, on agents' pages; NULL: the public's */
	const struct said *said;                 /* what this page says otherwise; NULL: nothing */
	bool error;                              /* "Erreur :" before the title */
	bool noindex;
	str alternate;                           /* <link rel=alternate> to the same in JSON, or absent */
	str linked;                              /* the same in JSON-LD, or absent */
	const char *stamp;                       /* form stamp of this response (POST forms), NUL-terminated, or NULL */
};

#endif

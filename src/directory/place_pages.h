/* What the pages of the directory show, for their templates. */
#ifndef GABARE_DIRECTORY_PLACE_PAGES_H
#define GABARE_DIRECTORY_PLACE_PAGES_H

#include "directory/directory.h"
#include "directory/labels.h"
#include "directory/opening.h"
#include "directory/place_week.h"
#include "gazetteer/gazetteer.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"

/* A condition of the search in words, and the address of the same search without it. */
struct condition { const char *name; str label; html shown; str without; i64 found; /* places without it, 0 when not counted */ };
struct conditions { struct condition *v; size_t n; };

/* A place of the list, with what its hours say now. */
struct place_item { const struct place_hit *hit; struct opening opening; i64 number; /* on the map; 0: there is none */ };
struct place_items { struct place_item *v; size_t n; };

/* A place that may have been meant by "where", and the same search there. */
struct where_choice { str name, url; };
struct where_choices { struct where_choice *v; size_t n; };

/* Parameters that a form carries on without showing them. */
struct kept { struct pair *v; size_t n; };

struct place_criteria_page {
	const struct form *form;
	struct gazetteer_areas areas;            /* to choose from */
	str area;                                /* the code chosen */
	bool open;
};

struct place_list_page {
	const struct form *form;
	str title;
	html heading;                            /* the same, for h1: names are marked as French */
	struct place_items items;
	bool near;
	bool refused;                            /* something in the form must be put right first */
	bool searched;                           /* some condition under "refine" is given */
	str unknown;                             /* where, as typed, when the gazetteer does not know which place it is */
	bool understood;                         /* of which it knows a part */
	bool as_words;                           /* so it was looked for as words */
	struct where_choices where;
	str corrected;                           /* words looked for instead of those typed */
	struct conditions conditions;            /* given ones */
	struct pager pager;
	bool mapped; html map;                   /* the map was asked for; it is empty when no place has a position */
	str other_view;                          /* the address of the list with a map, or without; absent: there is nothing to show */
	bool open;                               /* only places open at open_at are shown */
	str open_at, open_label;                 /* the value and words of its box */
	struct kept kept;
	str criteria_url;                        /* the page of all criteria, with those given */
	str point_lat, point_lon, radius;        /* kept as hidden fields */
};

struct place_page {
	const struct place *place;
	str kinds;
	const struct labels *services, *bring, *publics, *needs, *prices, *access, *ways;   /* in plain words */
	const struct place_week *week;           /* empty when hours are unknown or shown as written */
	const struct week_changes *changes;
	struct labels phones;                    /* E.164 */
	struct labels sites, mails;
	str freshness;
	const struct gazetteer_areas *areas;     /* in which it stands */
	struct opening opening;
	str map;                                 /* address of the map of what is around; absent when nobody knows where it stands */
};

struct place_gone_page { const struct place *place; str why, near; };

/* A place on paper, in French and for whoever reads another language in that one too. */
struct sheet_side {
	enum lang lang;
	const char *tag, *dir;                   /* of the language, where it is not the page's; else NULL */
	const struct place *place;
	const struct place_week *week;
	const struct week_changes *changes;
	const struct labels *services, *bring, *publics, *needs, *prices, *access;
	str printed, freshness;                  /* the day of printing; "Informations vérifiées le…" */
	str url;                                 /* of the place's page in that language, or absent */
};
struct sheet_parts { html *v; size_t n; };       /* sections, in both languages one after the other */
struct sheet_choice { const char *value; str label; bool current; };
struct sheet_choices { struct sheet_choice v[LANG_COUNT]; size_t n; };
struct sheet_page {
	const struct place *place;
	str title;
	str kinds;
	bool two;                                /* two languages */
	html qr;                                 /* empty while the city has no public address */
	str told;                                /* what is sent of it by e-mail or SMS */
	const struct sheet_parts *parts;
	struct sheet_choices choices;
};

/* The place of the route's ":id". When it was merged into another, the answer is a redirect to the same page of that one: MOVED. */
must_use enum err place_or_moved(struct req *req, struct place *ret);
/* The same; the page is then one of the directory's. */
must_use enum err place_of_path(struct req *req, struct place *ret);
/* When the place of ":id" was taken out of the directory: says so, why, and where to look instead (410). NOT_FOUND: nobody knows it. */
must_use enum err place_gone_page(struct req *req);
/* "Informations vérifiées le…" */
str freshness_of(const struct view *v, const struct place *p);
/* The values of a '|' list, at most 16. */
struct labels split_list(const struct view *v, str list);
/* With a full stop at its end; and two in a row, either of which may be empty. */
str sentence(const struct view *v, str s);
str two_sentences(const struct view *v, str a, str b);
/* "mailto:…" */
str mail_url(const struct view *v, str mail);

#endif

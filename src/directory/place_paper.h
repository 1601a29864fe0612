/* What a place says on paper, in the words of the view's language: for a guide, a letter, what is read on other days and in other
 * years than this week. What is not said is empty. */
#ifndef GABARE_DIRECTORY_PLACE_PAPER_H
#define GABARE_DIRECTORY_PLACE_PAPER_H

#include "directory/place.h"
#include "html/view.h"

/* "Lundi et mercredi", "9 h à 12 h"; "Fermé", "jours fériés et août". */
struct hours_line { str days, times; };
struct hours_lines { struct hours_line *v; size_t n; bool closed; };      /* closed: the last line says when it is closed */
/* Opening hours as people would say them, whatever the week. None when there are none, or when they cannot be said so. */
struct hours_lines hours_words(const struct view *v, str hours);

struct place_paper {
	str name, where;                         /* "14 rue des Lavoirs, 44100 Nantes. Tram 1, arrêt Mendès France." */
	struct hours_lines hours;
	str hours_note;                          /* closures in words; or that hours are not known, and to telephone */
	str services;                            /* "Faire vos démarches administratives. Créer et vous divertir." */
	str welcome;                             /* price, how one comes, steps, languages, for whom */
};
struct place_paper place_paper(const struct view *v, const struct place *p);

/* The services of the schema in plain words, in its order; empty after the last. */
str service_words(const struct view *v, size_t i);
bool place_offers(const struct place *p, size_t service);
/* A sentence of the configuration, in French: translated when the catalogs know it. */
str fact_words(const struct view *v, str fact);

#endif

/* How facts are shown to people, in the language of the view: telephone numbers, distances, dates, numbers, French names
 * inside other languages. Text that lands in a page as markup has the type `html`; everything is made in the view's arena. */
#ifndef GABARE_FORMAT_H
#define GABARE_FORMAT_H

#include "base/phone.h"
#include "base/timex.h"
#include "html/escape.h"

/* ---- text ---- */

/* "1 234" with narrow no-break spaces ("1,234" in English). */
str number_shown(struct arena *a, enum lang l, i64 n);
/* "25 novembre 2026", "1er mai 2027". Empty for a date that is none. */
str date_shown(const struct view *v, struct date d);
/* The same of a day as it is stored, "2026-11-25". */
str iso_date_shown(const struct view *v, str iso);
/* "mercredi 25 novembre 2026" */
str day_shown(const struct view *v, struct date d);
/* The same without its year, which an SMS does not need. */
str day_without_year(const struct view *v, struct date d);
/* "mardi 15 décembre à 18 h": a text of its own, for between two hours "à" is another word in other languages. */
str day_at_shown(const struct view *v, str day, str hour);
/* "9 h 30" in French, "9:30" elsewhere. `minutes` of the day, over 1440 for the night after. */
str clock_shown(const struct view *v, int minutes);
/* "à 350 m", "à 1,2 km", "à 12 km". */
str distance_shown(const struct view *v, double metres);
/* How fresh a record is: its date in words, and from 12 months on that one should telephone first. */
str freshness_shown(const struct view *v, struct date updated, struct date today);
/* "tel:+33261914400" */
str tel_url(struct arena *a, str e164);

/* ---- markup ---- */

/* Escaped text, to be an argument of _h(). */
html text_html(const struct view *v, str s);
/* A telephone number as a link: grouped, and in the right order inside Arabic. */
html phone_html(const struct view *v, str e164);
/* An e-mail address as a link, in the right order inside Arabic. */
html mail_html(const struct view *v, str address);
/* A link to a page of ours, in the view's language. */
html link_html(const struct view *v, const char *path, str text);
/* A link to another site. */
html external_html(const struct view *v, const char *url, str text);
/* A French name or address: marked as French where the page is in another language. */
html french_html(const struct view *v, str s);
/* An English name, such as a program's: marked as English where the page is in another language. */
html english_html(const struct view *v, str s);
/* A French sentence part of the configuration: translated when the catalogs know it, else marked as French. */
html fact_html(const struct view *v, str s);
/* Text whose line feeds are line breaks (version simple: a sentence a line). */
html lines_html(const struct view *v, str s);
/* A sentence whose {1}…{9} are markup; its own words are escaped, its line feeds are line breaks. */
html fmt_html(const struct view *v, str pattern, const html *args, size_t n);

#define _h(msgid, ...) \
	fmt_html(v, tr(v->lang, said_for(v, msgid)), (const html[]){ __VA_ARGS__ }, sizeof((const html[]){ __VA_ARGS__ }) / sizeof(html))
#define _lines(msgid) lines_html(v, tr(v->lang, said_for(v, msgid)))

#endif

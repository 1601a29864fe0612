/* Languages. French is the source; the others come from po/, compiled in by tools/po2c.c. The language is in the view,
 * never in the process. xgettext reads _(), _n() and N_() in templates and C files (scripts in po/). */
#ifndef GABARE_I18N_H
#define GABARE_I18N_H

#include "base/arena.h"

enum lang { LANG_FR, LANG_SIMPLE, LANG_EN, LANG_AR, LANG_COUNT };

struct lang_info {
	const char *prefix;                      /* "" "simple" "en" "ar": first segment of the URL */
	const char *tag;                         /* "fr" "fr" "en" "ar": lang attribute */
	const char *name;                        /* in its own words: "Français" "Version simple" "English" "العربية" */
	bool rtl;
};
extern const struct lang_info langs[LANG_COUNT];

struct view;

/* The translation of a French msgid; the msgid itself when there is none (Simple falls back to French). */
str tr(enum lang l, const char *msgid);
/* With its plural: the form for n, "{n}" replaced by n. */
str tr_n(struct arena *a, enum lang l, const char *one, const char *many, i64 n);
/* Puts arguments into "{1}" … "{9}" of a translated sentence. */
str fmt(struct arena *a, str pattern, const str *args, size_t n);
/* True when every language (but Simple, which may fall back) has this msgid. For tests. */
bool tr_has(enum lang l, const char *msgid);

/* Other words for the same, on pages that speak of other people: msgids, up to `usual` NULL, which says the table to go on with. Of a plural: its
 * form for one, and both forms here. */
struct said { const char *usual, *here, *here_many; const struct said *then; };
/* What the page of this view says for a msgid (view.h's `said`); for the form of a plural that is for several. */
const char *said_for(const struct view *v, const char *msgid);
const char *said_many(const struct view *v, const char *one, const char *many);
/* A msgid that a table holds, in the language and the words of this view. */
str tr_here(const struct view *v, const char *msgid);

/* In templates and wherever a `struct view *v` is in scope: */
#define _(msgid) tr(v->lang, said_for(v, msgid))
#define _n(one, many, n) tr_n(v->a, v->lang, said_for(v, one), said_many(v, one, many), n)
#define _f(msgid, ...) \
	fmt(v->a, tr(v->lang, said_for(v, msgid)), (const str[]){ __VA_ARGS__ }, sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))
/* Marks a msgid in a table, translated later with tr(); both forms of one that has a plural. */
#define N_(msgid) msgid
#define NN_(one, many) one, many

#endif

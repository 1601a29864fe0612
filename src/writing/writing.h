/* The back office of written pages: those who coordinate the network write, translate, publish, withdraw procedures and advice. */
#ifndef GABARE_WRITING_H
#define GABARE_WRITING_H

#include "content/content.h"
#include "http/route.h"

extern const struct route writing_routes[];

/* What somebody should look at again in a text, in words of the view's language, in the order of the lines (0: the whole). */
struct tellings { struct tell { size_t line; str words; } *v; size_t n; };
struct writing_check {
	struct tellings faults;                  /* for which it cannot be published */
	struct tellings doubts;                  /* for which it can: long sentences of the simple version, parts that the French has and it has not */
};
/* Paths of pages that are about to be there, for links to them. */
struct writing_coming { str *v; size_t n; };
/* `french`: the text that it translates; absent when it is the French. `coming` may be NULL. */
must_use enum err writing_check(struct db *db, const struct view *v, const struct written_change *c, str french, const struct writing_coming *coming,
                                struct writing_check *ret);
/* With its line in front: "Ligne 4 : …". */
str writing_told(const struct view *v, const struct tell *t);

/* The name of a new page's address, of its title: "Payer la cantine" → "payer-la-cantine". Empty: the title has no letter to make it of. */
str writing_name(struct arena *a, str title);

#endif

/* The back office of written pages: those who coordinate the network write, translate, publish, withdraw procedures and advice. */
#ifndef GABARE_WRITING_H
#define GABARE_WRITING_H

#include "content/content.h"
#include "http/route.h"

extern const struct route writing_routes[];

/* What somebody should look at again in a text, in words of the view's language, each with its line; in the order of the lines. */
struct tellings { struct tell { size_t line; str words; } *v; size_t n; };
struct writing_check {
	struct tellings faults;                  /* for which it cannot be published */
	struct tellings doubts;                  /* for which it can: long sentences of the simple version, parts that the French has and it has not */
};
/* `french`: the text that it translates; absent when it is the French. */
must_use enum err writing_check(struct db *db, const struct view *v, const struct written_change *c, str french, struct writing_check *ret);

/* The name of a new page's address, of its title: "Payer la cantine" → "payer-la-cantine". Empty: the title has no letter to make it of. */
str writing_name(struct arena *a, str title);

#endif

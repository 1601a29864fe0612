/* What tools/po2c.c generates from po/ and src/html/i18n.c reads: one sorted table of messages per language. */
#ifndef GABARE_CATALOG_H
#define GABARE_CATALOG_H

#include "html/i18n.h"

struct message {
	const char *id;                          /* the French source; messages are in strcmp order of it */
	u32 first, n;                            /* its forms: forms[first] and the n - 1 after it */
};

struct catalog {
	const struct message *messages;
	size_t n;
	const str *forms;
	unsigned n_plurals;
	unsigned (*plural)(u64 n);               /* which form goes with n: below n_plurals */
};

/* By enum lang. French, the source, has only the messages whose spaces are made unbreakable. */
extern const struct catalog catalogs[LANG_COUNT];

#endif

/* Everything held on a household, read once for its three forms: a page, JSON, a document. */
#ifndef GABARE_PEOPLE_ACCESS_H
#define GABARE_PEOPLE_ACCESS_H

#include "people/pages.h"

/* What it is, in plain words: msgids, ending with NULL. */
extern const char *const access_words[];
/* Whom to ask, with the city's telephone, and where to complain. */
str access_whom(const struct view *v);
/* The household of the path with all that is held, seen for that. */
must_use enum err access_read(struct req *req, struct household *ret, struct access_page *page);
/* Forgets documents of more than a day. In a transaction. */
must_use enum err access_forget(struct db *db, i64 now, i64 most);

#endif

/* Everything held on a household, read once for its three forms: a page, JSON, a document; for agents, who hand it over, and for the household
 * itself, by its card (family.c). */
#ifndef GABARE_PEOPLE_ACCESS_H
#define GABARE_PEOPLE_ACCESS_H

#include "people/pages.h"

/* What it is, in plain words. */
struct access_lines access_words_of(const struct view *v);
/* Whom to ask, with the city's telephone. */
str access_whom(const struct view *v);
/* Where a link of the file leads, for paper and for programs. */
str access_link_url(const struct view *v, const struct family_link *l);
/* All that is held on a household that is opened, in the language of the view. */
must_use enum err access_read(struct req *req, const struct household *h, struct access_page *page);
/* The same of the household of the path, seen for that. */
must_use enum err access_of_path(struct req *req, struct household *h, struct access_page *page);
/* Where its document stands. */
must_use enum err access_document(struct req *req, const struct household *h, struct access_page *page);
must_use enum err access_send_json(struct req *req, const struct access_page *page);
/* The languages that the document can be in, that of an adult chosen. */
struct options access_langs(const struct view *v, const struct household *h);
/* Asks for the document, in the language of `page`; the way back is `path`. user_id 0: the household itself. */
must_use enum err access_ask_document(struct req *req, const struct household *h, const struct access_page *page, i64 user_id, str path);
/* The document, when it is made; else back to `path`. */
must_use enum err access_send_document(struct req *req, const struct household *h, str path);
/* Forgets documents of more than a day. In a transaction. */
must_use enum err access_forget(struct db *db, i64 now, i64 most);

#endif

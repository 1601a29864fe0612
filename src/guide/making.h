/* Guides that were asked for: made away from requests, kept, put on the site. */
#ifndef GABARE_GUIDE_MAKING_H
#define GABARE_GUIDE_MAKING_H

#include "guide/guide.h"
#include "guide/guide_sql.h"

#define GUIDE_ALL_LANGS "fr simple en ar"

/* True for what /guide can give: done, of the whole city, a booklet, in all languages. */
bool guide_may_publish(const struct guide_making_row *r);
/* Puts it there, in the place of what was, in a transaction. CONFLICT: it may not. */
must_use enum err guide_put_on_site(struct db *db, const struct guide_making_row *r, i64 user);

#endif

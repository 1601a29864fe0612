/* Page tests without sockets: a request goes through the whole pipeline (route, limits, session, stamp, form, handler, barrier,
 * headers) of a web process made in the test, on the test's own database, migrated and empty.
 *
 *	struct answer a = get("/lieux?q=imprimer");
 *	expect_status(a, 200);
 *	expect_order(a, "La Bouée", "Le Radeau");
 *
 * expect_text and its like look at what is read (no tags, entities decoded, one kind of space) as well as at what is written. */
#ifndef GABARE_ASK_H
#define GABARE_ASK_H

#include "unit.h"

#include "http/response.h"
#include "http/seal.h"

/* The test's database, for its given_…() functions. */
struct db *ask_db(void);
const char *ask_db_url(void);
/* The keys of its vault. */
struct vault_asker ask_vault(void);
/* From here on, forms are not limited by address: for tests that post hundreds. */
void ask_without_limits(void);

/* From here on, the city has this public address: links in messages can lead there. */
void ask_public_url(const char *url);

/* Asks as a public client does. `fields` is a form's body ("nom=Zo%C3%A9&tel=…"). */
struct answer get(const char *target);
struct answer post(const char *target, const char *fields);
/* Asks for `form`, then posts to its action with its hidden fields and these. */
struct answer fill(const char *form, const char *fields);
/* The same with the hidden fields of a page that was opened earlier: who sends it has not seen what happened since. */
struct answer fill_late(const char *form, struct answer opened, const char *fields);
/* Posts with the hidden fields of a page that was opened earlier, stamp included: twice, it is two clicks. */
struct answer post_from(struct answer opened, const char *path, const char *fields);
/* The same for a form with a file, as browsers send it. */
struct answer fill_file(const char *form, const char *fields, const char *field, const char *file_name, str content);
/* From here on, this is no demonstration and agents may log in by a provider, "ProConnect", whose part the test plays: of whoever
 * comes it says `subject`, or, when `wrong` is not empty, that its answer is not to be taken ("away": it gives none). */
void ask_identity(const char *subject, const char *wrong);
/* Where the provider sends back whoever went there last. */
const char *ask_identity_back(void);
/* With one more header. */
struct answer get_with(const char *target, const char *header, const char *value);
/* Forgets the cookies, which are kept from one answer to the next as a browser does. */
void ask_as_nobody(void);
/* Takes the cookie of a Set-Cookie header. */
void ask_with_cookie(str set_cookie);
/* A header of the answer; absent when it is not there. */
str header_of(struct answer a, const char *name);

#define expect_status(a, status) ask_status((a), (status), __FILE__, __LINE__)
#define expect_text(a, text) ask_text((a), (text), true, __FILE__, __LINE__)
#define expect_absent(a, text) ask_text((a), (text), false, __FILE__, __LINE__)
#define expect_order(a, ...) ask_order((a), (const char *const[]){ __VA_ARGS__, NULL }, __FILE__, __LINE__)
void ask_status(struct answer a, int status, const char *file, int line);
void ask_text(struct answer a, const char *text, bool there, const char *file, int line);
void ask_order(struct answer a, const char *const *texts, const char *file, int line);

#endif

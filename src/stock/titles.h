/* By what title a device may leave its owner's hands: a loan always; a gift only where the owner may give to that recipient. One table of
 * owner × recipient, with the text that says so. Pure. */
#ifndef GABARE_STOCK_TITLES_H
#define GABARE_STOCK_TITLES_H

#include "base/str.h"

enum stock_owner { OWNER_ASSOCIATION, OWNER_COMPANY, OWNER_CITY, OWNER_METROPOLE, OWNER_CCAS, OWNER_COUNT };
/* A family; a body of CG3P L. 3212-2 (an association recognised of public utility, of parents, of school support, a reuse workshop…);
 * any other legal person. */
enum stock_recipient { TO_FAMILY, TO_BODY, TO_OTHER, RECIPIENT_COUNT };
/* code: as stored; label: a msgid. */
struct stock_owner_words { const char *code, *label; };
extern const struct stock_owner_words stock_owners[OWNER_COUNT];
/* False: no such owner. */
bool stock_owner_of(str code, enum stock_owner *ret);

#define GIFT_MOST_EUROS 300                      /* a unit, of what belongs to a city or a metropolis: CG3P D. 3212-3 */

/* A gift: whether at all, and what it then demands. `why` (a msgid) is said to who asks; `article` is the text, as it is cited. */
struct title_rule { bool gift, worth, commitment, decision; const char *why, *article; };
/* CG3P L. 3212-3 by L. 3212-2 (city, metropolis); CASF L. 123-5 (CCAS, aid in kind); Code civil 894 (association, company). */
const struct title_rule *stock_title_rule(enum stock_owner owner, enum stock_recipient to);

/* What is known of a gift. worth: euros a unit, -1: not said. commitment: the recipient has signed that it keeps to the use it was given
 * for and does not sell. decision: the CCAS's, by its reference, was seen. */
struct gift { i64 worth; bool commitment, decision; };
enum gift_answer { GIFT_ALLOWED, GIFT_NEVER, GIFT_NO_WORTH, GIFT_TOO_DEAR, GIFT_NO_COMMITMENT, GIFT_NO_DECISION };
enum gift_answer stock_gift_check(enum stock_owner owner, enum stock_recipient to, const struct gift *g);
/* A gift_answer in words: a msgid, "" for GIFT_ALLOWED. */
const char *stock_gift_words(enum gift_answer a);

#endif

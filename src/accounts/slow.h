/* Wrong passwords make the next try wait, and never lock anybody out.
 *
 * What counts is the pair (account, network): an IPv4 address, or an IPv6 /64. Its first FREE wrong answers within the hour cost
 * nothing; each one after doubles the wait before the next may be looked at, from 1 second to PAIR_MAX. A try that comes too
 * early is answered without looking at the password and counts for nothing. When an account has met BUSY_FAILURES wrong answers
 * within the hour, wherever they came from, each network waits BUSY_MS after its own first wrong answer: many machines together then guess
 * slowly, while the owner, on a network that made no mistake, still gets in at once. Whoever hammers an account from everywhere can
 * therefore keep nobody out; from the owner's own network, one can make the owner wait a minute at most.
 * An address without account is counted in the same way, so that nothing is told. */
#ifndef GABARE_ACCOUNTS_SLOW_H
#define GABARE_ACCOUNTS_SLOW_H

#include "db/db.h"
#include "http/req.h"

#define SLOW_FREE 5
#define SLOW_PAIR_MAX_MS 60000
#define SLOW_BUSY_FAILURES 50
#define SLOW_BUSY_MS 30000

struct slow { str pair, subject; i64 wait_ms; };       /* wait_ms: before a try may be looked at; 0: now */

/* How long who asks has to wait; `subject` is what is tried: "password:ADDRESS", "code:ID". */
must_use enum err slow_look(struct req *req, str subject, struct slow *ret);
/* One more wrong answer; or the right one, after which the pair starts afresh. In a transaction. */
must_use enum err slow_failed(struct db *db, const struct slow *s);
must_use enum err slow_passed(struct db *db, const struct slow *s);

#endif

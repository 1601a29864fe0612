/* Who asks, and whether a POST was meant by a page of ours: sessions, CSRF tokens, form stamps, and "once only" for what a
 * form does. All three act in the pipeline (src/app/dispatch.c); handlers only ask for a stamp and call post_once. */
#ifndef GABARE_SESSION_H
#define GABARE_SESSION_H

#include "db/db.h"
#include "http/route.h"

#define SESSION_HASH 32
#define SESSION_IDLE_MS (30 * 60 * (i64)1000)     /* a session nobody uses is over */
#define SESSION_MAX_MS (12 * 3600 * (i64)1000)   /* after which one logs in again */
#define STAMP_MAX_MS (24 * 3600 * (i64)1000)     /* how long a form may lie open (RGAA 13.1 wants 20 hours) */
#define STAMP_FIELD "_s"                         /* the hidden field of every POST form */

/* Only the hash of the cookie's secret is stored: a stolen database opens no session. */
struct grants;
struct session {
	i64 user_id, created_at, seen_at, expires_at;
	u8 id_hash[SESSION_HASH];
	u8 csrf_key[SESSION_HASH];               /* derived from the cookie's secret, never stored */
	bool pending;                            /* the password was right, the code is awaited: may do nothing else */
	u32 caps;                                /* bit per enum cap: what it may do somewhere (src/accounts) */
	const struct grants *grants;             /* where it may do it; NULL while pending */
	str device;                              /* of a new one: "Firefox, Android" */
	const struct session *before;            /* of a new one: the session that it replaces */
};

/* Sets req->session from the cookie; NULL when there is none, or when it is unknown or over. INTERNAL: the database. */
must_use enum err session_load(struct req *req);
#define SESSION_PENDING_MS (10 * 60 * (i64)1000) /* within which the code must come */
/* A new session for a user, its cookie added to the answer: `__Host-g` under TLS, `g` on plain HTTP. It is one once it is
 * stored, in a transaction; the request's own session ends then. */
struct session *session_new(struct req *req, i64 user_id, bool pending);
must_use enum err session_store(struct db *db, const struct session *s);
/* Ends the session on the server, in a transaction of its own, and in the browser (Clear-Site-Data too). */
must_use enum err session_revoke(struct req *req);
/* Deletes the sessions that are over, at most `limit`; for the jobs process. In a transaction. */
must_use enum err sessions_purge(struct db *db, i64 limit, i64 *ret_n);
/* True when the session (NULL: the public) holds the capability. */
bool session_may(const struct session *s, enum cap cap);

/* The stamp of a form whose action is the route `action` ("/inscription", "/lieux/:id/signaler"), put into req->v.stamp:
 * call it before rendering a page that holds a POST form. With a session it is bound to it; without, the vault signs it;
 * each is another. BUSY: the vault is away. */
must_use enum err form_stamp(struct req *req, const char *action);

/* The pipeline's check of a POST: Origin and Sec-Fetch-Site are not foreign, and the form bears our stamp. Sets req->idem.
 * FORBIDDEN: a stamp is missing, forged, of another form, or too old; BUSY: the vault is away. */
must_use enum err session_check_post(struct req *req);

/* What a POST does, once: runs `fn` in one write transaction, unless a request with the same stamp has committed already
 * (on any worker, at the same moment too); either way answers 303 to the path that fn gave the first time. */
typedef enum err once_fn(struct db *db, void *arg, str *ret_path);
must_use enum err post_once(struct req *req, once_fn *fn, void *arg);
/* Forgets keys older than `before`, at most `limit`; for the jobs process. In a transaction. */
must_use enum err idempotency_purge(struct db *db, i64 before, i64 limit, i64 *ret_n);

#endif

/* The shared segment: what all processes of one server may see and change, made by the supervisor before it forks.
 * Counters have one writer each and are summed by /metrics; token buckets and generations are atomics. The write lock's
 * part belongs to the database layer and is a mapping of its own. */
#ifndef GABARE_SHARED_H
#define GABARE_SHARED_H

#include <stdalign.h>
#include <stdatomic.h>

#include "db/db.h"
#include "db/shared.h"
#include "http/wait.h"

#define WORKERS_MAX 64
#define CLIENTS_MAX (WORKERS_MAX + 2)            /* processes that make ids and ask helpers: web, jobs, outbox */
#define LATENCY_BUCKETS 8                        /* see shared_latency_bounds_us */
#define TOKEN_BUCKETS 8192                       /* a power of two */

/* One web worker's counters; it alone writes them. */
struct counters {
	alignas(64) _Atomic u64 requests;
	_Atomic u64 status[6];                   /* by hundreds: [2] is 2xx; [0] is anything else */
	_Atomic u64 bytes;
	_Atomic u64 microseconds;
	_Atomic u64 latency[LATENCY_BUCKETS + 1];
	_Atomic u64 slow;                        /* handlers over 50 ms: defects */
	_Atomic u64 limited;                     /* 429 */
	_Atomic u64 refused_waiting;             /* 503: too many waiting on a helper */
	_Atomic u64 waits[HELPER_COUNT];
	_Atomic u32 waiting[HELPER_COUNT];       /* now */
	_Atomic u32 connections;                 /* now */
	_Atomic u64 cache_hits, cache_misses;
};

struct shared {
	struct counters worker[WORKERS_MAX];
	_Atomic u64 restarts, crashes, lock_kills;
	_Atomic u64 vault_calls, vault_refused;
	_Atomic u64 jobs_run, jobs_failed, mail_sent, mail_failed, parser_tasks, parser_failed, oidc_tasks, oidc_failed;
	_Atomic u32 waiting[HELPER_COUNT];       /* over all workers */
	_Atomic u64 generation[GEN_COUNT];      /* read and raised by the page cache (http/server.h) */
	_Atomic u64 bucket[TOKEN_BUCKETS];       /* a token bucket: level and time of the last drop */
	u8 bucket_key[16];                       /* hashes addresses: random per start, never stored */
	i64 run;                                 /* this start of the server: unlike any other's */
	int id_base;                             /* sets this server's ids apart from another machine's (db/id.h) */
	struct db_shared *db;                    /* a mapping of its own, same address in every child */
};

extern const u32 shared_latency_bounds_us[LATENCY_BUCKETS];

/* Maps and zeroes the segment; aborts when memory lacks. */
struct shared *shared_new(void);
/* Counts one answer. */
void shared_count(struct counters *c, int status, u64 bytes, i64 us);
/* Takes one token from an address's bucket that refills at `per_minute` and holds `burst`; false when it is empty. */
bool shared_take_token(struct shared *s, str address, u32 burst, u32 per_minute, i64 now_us);
/* Empties what a dead worker leaves behind (its connections, the helpers it waited for). */
void shared_forget_worker(struct shared *s, int worker);

#endif

/* One conversation with the server under test, and the sieges of many at once. */
#ifndef GABARE_HOSTILE_TALK_H
#define GABARE_HOSTILE_TALK_H

#include "base/base.h"

#define PATIENCE_MS 8000                         /* a user gives up after it */

/* What became of a conversation. */
struct talk {
	int status;                              /* of the first answer; 0: none came */
	int accepted;                            /* how many answers were 200 */
	bool connected, closed;                  /* closed by the server */
	u64 sent;                                /* bytes the server's side took */
	i64 us;                                  /* from connecting to the end of the answer */
};

/* A connected, non-blocking socket, from 127.0.FROM.1 when FROM is not 0; -1: refused. */
int dial(int port, int receive_buffer, u8 from);
/* Says all of it, then listens: until the server closes, or nothing has come for `quiet_ms`. */
struct talk talk(int port, str says, int quiet_ms);
/* Says `head`, then `n` bytes of filler (in chunks of its own when `chunked`), unless the server stops it. */
struct talk talk_long(int port, str head, u64 n, bool chunked);
/* One ordinary user's GET on a connection of its own, complete; us is its latency. */
struct talk ask(int port, const char *path);

/* ---- sieges (siege.c) ---- */
enum siege_kind { SLOW_HEADERS, SLOW_BODIES, SLOW_READERS, SILENT, ALL_KINDS };
extern const char *const siege_names[];

struct latencies { i64 median_us, p99_us, max_us; int n, failed; };
struct siege { int n, opened, cut; i64 first_cut_ms, last_cut_ms; struct latencies users; };

/* `n` users one after the other, `every_ms` apart. */
struct latencies users(int port, const char *path, int n, int every_ms);
/* `n` hostile connections of a kind (ALL_KINDS: some of each) for at most `most_ms`, while users ask twenty times a second. */
struct siege siege(int port, enum siege_kind kind, int n, int most_ms, const char *path);

#endif

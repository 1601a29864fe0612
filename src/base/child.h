/* Work apart: hostile files and heavy sums are handled in a child process of their own, that has no database and no network,
 * may not open files, and is bounded in time and memory. It streams records to its parent through a pipe. */
#ifndef GABARE_CHILD_H
#define GABARE_CHILD_H

#include "base/arena.h"

/* Seconds of processor, seconds in all, bytes beyond what its parent had. `net`: it has the network, where its parent has (SANDBOX_OIDC).
 * `fonts`: it may read the fonts of this machine, and start threads, as pango does (its parent is SANDBOX_JOBS, or has no sandbox). */
struct child_limits { int cpu_s, wall_s; size_t memory; bool net, fonts; };
#define CHILD_LIMITS_FILE (struct child_limits){ 600, 3600, (size_t)512 << 20, false, false }

struct child { int pid, out; size_t got, used; char *buffer; };

/* Where the child writes. */
struct child_out { int fd; size_t n; char *buffer; };

/* What the child does: reads `in_fd` (or nothing: -1), writes records, returns OK or what went wrong. */
typedef enum err child_fn(int in_fd, struct child_out *out, void *arg);

/* Starts `fn` in a child: the descriptors it keeps are in_fd and stderr. BUSY: no process to be had. The struct's memory is
 * released by child_end. */
must_use enum err child_start(child_fn *fn, int in_fd, void *arg, struct child_limits l, struct child *ret);
/* In the child: one record (at most CHILD_RECORD_MAX bytes). INTERNAL when the parent no longer reads. */
#define CHILD_RECORD_MAX ((size_t)4 << 20)
must_use enum err child_send(struct child_out *out, str record);
/* Bytes of any length, as records that follow one another, and sent now. */
must_use enum err child_send_bytes(struct child_out *out, str bytes);
/* Sends what is buffered now (child_fn's return does it too). */
must_use enum err child_flush(struct child_out *out);
/* In the parent: the next record, in the arena. NOT_FOUND after the last; INTERNAL: cut or oversized. Blocks. */
must_use enum err child_next(struct child *c, struct arena *a, str *ret_record);
/* Waits for the end and gives what fn returned; INTERNAL when the child was killed (limits, a crash). Kills a child whose
 * records were not all read. */
must_use enum err child_end(struct child *c);
/* All of that at once: what `fn` sends by child_send_bytes, in the arena. What fn returned; INTERNAL: it sent nothing, or more than `max`. Blocks. */
must_use enum err child_made(child_fn *fn, void *arg, struct child_limits l, struct arena *a, size_t max, str *ret);

#endif

/* Messages between processes: one seqpacket pair per (client, helper), made and held open by the supervisor, so that either
 * side can be restarted without the other noticing. A message that answers nobody any more is dropped by its number. */
#ifndef GABARE_IPC_H
#define GABARE_IPC_H

#include "app/shared.h"

/* Clients: the web workers, then the helpers that ask other helpers. */
enum { CLIENT_JOBS = WORKERS_MAX, CLIENT_OUTBOX, CLIENT_COUNT };
static_assert(CLIENT_COUNT == CLIENTS_MAX, "each client has its id numbers");

struct ipc_head {
	u64 number;                              /* chosen by the client, given back by the helper */
	u32 kind;                                /* the helper's own enum */
	u32 result;                              /* of an answer: enum err */
};

struct channel { int client, helper; };          /* the two ends */
struct channels { struct channel v[CLIENT_COUNT][HELPER_COUNT]; };

/* Makes the pairs of `workers` web workers and of the other clients. Aborts when descriptors lack. */
void ipc_open(struct channels *c, int workers);
/* Closes in a child every end that is not its own: pass the client number or -1, and the helper or -1. */
void ipc_keep(struct channels *c, int client, int helper);

/* Sends one message; BUSY when the other side does not keep up, INVALID when the body is over WAIT_MESSAGE_MAX. Never blocks. */
must_use enum err ipc_send(int fd, struct ipc_head head, str body);
/* Receives one message, its body into `room` (of WAIT_MESSAGE_MAX bytes at least). NOT_FOUND: none there now. */
must_use enum err ipc_receive(int fd, struct ipc_head *ret_head, char *room, size_t cap, str *ret_body);
/* Asks and waits for the answer at most timeout_ms. BUSY when none came. The body lives in `room`. */
must_use enum err ipc_ask(int fd, u32 kind, str body, int timeout_ms, char *room, size_t cap, enum err *ret_result, str *ret_body);

#endif

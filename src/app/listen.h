/* Listening sockets: our own, or those systemd hands over; and the word to systemd that we serve. */
#ifndef GABARE_LISTEN_H
#define GABARE_LISTEN_H

#include "base/arena.h"

/* A bound, listening, non-blocking socket, or -1 with the reason in *ret_problem. Port 0 takes any. */
int listen_on(struct arena *a, str address, int port, str *ret_problem);
/* The first socket of systemd's socket activation, or -1 when there is none. */
int listen_inherited(void);
/* The port a socket is bound to. */
int listen_port(int fd);
/* Tells the service manager, when there is one: "READY=1", "STOPPING=1"… */
void service_notify(const char *state);

#endif

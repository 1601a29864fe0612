/* What the outbox hands over to the outside: one message, by one channel, and how that ended. */
#ifndef GABARE_APP_SEND_H
#define GABARE_APP_SEND_H

#include "app/config.h"

struct message { i64 id, at; str to, subject, body, leave; };  /* in clear, UTF-8; `at`: ms; `leave`: struct msg's, or absent */

enum send_end {
	SEND_DONE,
	SEND_REFUSED,                            /* for good: this message will never leave as it is */
	SEND_LATER,                              /* this message, not now */
	SEND_AWAY,                               /* nothing leaves now: the relay is away, or wants another name or certificate */
};

/* `reason`: a word of ours that the page for agents and docs/cli.md explain, then the relay's codes: "refused 550 5.1.1". It
 * never holds an address, for it is kept longer than the message. */
struct sending { enum send_end end; str reason; };

#endif

/* E-mail through the configured relay: one message, by SMTP. Only the outbox process calls it. */
#ifndef GABARE_APP_MAIL_H
#define GABARE_APP_MAIL_H

#include "app/send.h"

/* The message as it travels: RFC 5322, UTF-8, quoted-printable. INVALID: the address or subject cannot be written. */
must_use enum err mail_text(struct arena *a, const struct config *c, const struct message *m, str *ret);
/* Hands it to the relay; what is said in between is over TLS when the relay offers it, always when there is a password. The
 * connection is kept for the next message. */
struct sending mail_send(struct arena *a, const struct config *c, str password, const struct message *m);
/* Ends the conversation that was kept: nothing more is to be sent now. */
void mail_hang_up(void);

#endif

/* E-mail through the configured relay: one message, by SMTP. Only the outbox process calls it. */
#ifndef GABARE_APP_MAIL_H
#define GABARE_APP_MAIL_H

#include "app/config.h"

struct mail { str to, subject, body; i64 id, at; };    /* UTF-8; `at`: ms */

/* The message as it travels: RFC 5322, UTF-8, quoted-printable. INVALID: the address or subject cannot be written. */
must_use enum err mail_text(struct arena *a, const struct config *c, const struct mail *m, str *ret);
/* Hands it to the relay. BUSY: to be tried again; INVALID: refused for good. *ret_reason (arena) says why, without the address. */
must_use enum err mail_send(struct arena *a, const struct config *c, str password, const struct mail *m, str *ret_reason);

#endif

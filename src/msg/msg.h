/* Messages to people: an e-mail, an SMS or a letter, made from a template in their language, sealed, and queued in the
 * transaction of what it is about. Two steps, for a transaction only does SQL and may run again:
 *
 *	struct vault_asker vault = vault_of(req);
 *	struct msg_ready ready;
 *	try(msg_write(&vault, req->v.city, &(struct msg){ MSG_MAIL, to, "account-invitation", lang, key, values, 3 }, &ready));
 *	… and in the transaction: try(msg_queue(db, &ready));
 *
 * The outbox process sends what was queued (src/app/outbox.c). */
#ifndef GABARE_MSG_H
#define GABARE_MSG_H

#include "db/db.h"
#include "html/view.h"
#include "http/seal.h"

enum msg_channel { MSG_MAIL, MSG_SMS, MSG_LETTER, MSG_CHANNELS };

/* An address on an envelope (NF Z 10-011). */
enum { MSG_LETTER_LINES = 6, MSG_LETTER_SIGNS = 38 };

/* What an SMS may be: one segment of the GSM alphabet, two of UCS-2. */
enum { MSG_SMS_GSM_SEGMENTS = 1, MSG_SMS_UCS2_SEGMENTS = 2 };

#define MSG_KEY_MAX 120
#define MSG_VALUES_MAX 9

struct msg {
	enum msg_channel channel;
	str to;                                  /* as typed: an e-mail address, a telephone number, or a postal address of 2 to 6 lines */
	const char *template;                    /* a name of templates.c */
	enum lang lang;
	str key;                                 /* queued once for each key, "account-invitation:1234:1": nothing of a person in it */
	const str *values;                       /* the template's {1}, {2}… */
	size_t n_values;
	i64 not_before;                          /* ms; 0: as soon as possible */
	str leave;                               /* of an e-mail: an address that, posted to, ends such messages (RFC 8058); absent: none */
	const str *french;                       /* of an e-mail or a letter: the values in French, to say it all again in French below; NULL: once */
	const struct said *said;                 /* what it says otherwise (html/view.h); NULL: nothing */
};

/* A message that is written and sealed: what msg_queue stores. In the asker's arena. */
struct msg_ready { i64 id; str key, channel, template, state, recipient_index, recipient_enc, subject_enc, body_enc, leave_enc; i64 parts, not_before; };

/* Renders and seals. INVALID: `to` is no address of that channel (msg_address says so beforehand), or the text is too long (of an SMS:
 * more segments than above).
 * BUSY, INTERNAL: the vault. A template that does not exist, or has other values, aborts. */
must_use enum err msg_write(const struct vault_asker *vault, const struct city *city, const struct msg *m, struct msg_ready *ret);
/* Queues it, in the caller's transaction. Queued already under that key: OK, nothing is added. To a recipient who asked for no
 * more messages, it is kept as "stopped" and never sent. */
must_use enum err msg_queue(struct db *db, const struct msg_ready *m);

/* What was made from that template for this recipient never leaves if it waits, and is forgotten if it left: they want none of these. In
 * the caller's transaction. */
must_use enum err msg_withdraw(struct db *db, enum msg_channel channel, str index, const char *template);

/* What it says, for who is about to send it: nothing is sealed, and `to` may be absent. parts: segments of an SMS, 0 when it is too long. */
struct msg_text { str subject, body; i64 parts; };
void msg_preview(struct arena *a, const struct city *city, const struct msg *m, struct msg_text *ret);

/* A text as lines of an envelope, cut between words, after what is in the buffer; what does not fit on `most` lines is left out. How many. */
size_t msg_envelope_put(struct buf *b, str text, size_t most);

/* The address or number in the one form under which it is stored and compared; an absent str when it is none of the channel. */
str msg_address(struct arena *a, enum msg_channel channel, str typed);
/* "mail"… as stored. Static storage. */
const char *msg_channel_name(enum msg_channel c);

/* The keyed hash under which a recipient is found: of an address in the form of msg_address. */
must_use enum err msg_index(const struct vault_asker *vault, enum msg_channel channel, str address, str *ret);

/* ---- texts (templates.c) ---- */

#define MSG_PARAGRAPHS 8

/* A message's texts: French msgids, translated like those of pages (po/). {1} to {9} are its values, which the comment of its
 * row in templates.c names. */
struct msg_template {
	const char *name;                        /* as stored */
	const char *title;                       /* what agents call it */
	size_t values;
	const char *subject;
	const char *paragraph[MSG_PARAGRAPHS];   /* NULL after the last */
	const char *sms;                         /* the whole of it, after the city's name; NULL: it is never an SMS */
};
/* NULL: there is none of that name. */
const struct msg_template *msg_template(str name);
extern const struct msg_template msg_templates[];
extern const size_t msg_templates_count;

#endif

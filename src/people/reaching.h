/* How a family is written to: by which channel, where, in which language, at which hours. Part of people.h, which includes it. */
#ifndef GABARE_PEOPLE_REACHING_H
#define GABARE_PEOPLE_REACHING_H

#include "html/widgets.h"
#include "msg/msg.h"

struct household;

/* How a family is reached: how it likes to be; else by letter, when its address is known; else by mail; else not at all. */
struct reaching { bool any; enum msg_channel channel; str to, language; };
struct reaching family_reached(struct arena *a, const struct city *city, const struct household *h);
/* In which of our languages a family reads, of the one that its file says. */
enum lang lang_of_family(str language);
/* Telephones ring by day only: when a message of that channel may leave (ms), 0: now. */
i64 family_not_before(enum msg_channel channel);
/* It is day: reminders are written. */
bool family_day_now(void);

/* By a process that writes to families: the one of that root, opened. NOT_FOUND: nobody can read it (erased, its key gone), it must not stand in
 * the way of the others; BUSY: the openings of this minute are spent. */
must_use enum err family_to_write(struct db *db, const struct vault_asker *vault, i64 root, const char *why, struct household *ret);
/* `like`, to the family where it is reached, at an hour when it may leave; `key`: none of that key is sent twice. *ret_ready false: it cannot be
 * written so, somebody telephones. */
must_use enum err family_write(const struct vault_asker *vault, const struct city *city, const struct reaching *r, struct msg *like, str key,
                               struct msg_ready *ret, bool *ret_ready);

/* For agents: "par SMS, arabe et français"; "à appeler…". */
str reaching_words(const struct view *v, const struct reaching *r);
str reaching_channel_words(const struct view *v, const struct reaching *r);
str reaching_language_words(const struct view *v, enum lang l);
/* How many families read each text, and each text as they will read it: `like` is a message without its recipient. */
struct samples_count { i64 n[MSG_CHANNELS][LANG_COUNT]; };
void samples_count(struct samples_count *c, const struct reaching *r);
void samples_add(struct samples *s, const struct view *v, const struct msg *like, i64 families);
/* What became of a message: `channel` as noted, `state` as the outbox says, absent when it has forgotten it. */
str family_told_words(const struct view *v, str channel, str state);
/* It did not leave, or never will. */
bool family_told_failed(str state);

#endif

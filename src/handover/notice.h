/* What families know of their handover day, and what they are still to be told: the second follows from the first and from their booking, so that
 * two changes in a row make one message. */
#ifndef GABARE_HANDOVER_NOTICE_H
#define GABARE_HANDOVER_NOTICE_H

#include "handover/handover_sql.h"
#include "http/seal.h"
#include "msg/msg.h"

/* What is to be said to one family. */
enum notice { N_NOTHING, N_INVITATION, N_REMINDER, N_CHANGE, N_CANCELLATION };
/* Its booking (day 0: none), whether that day stands, and what it was told last. near: the day is near enough for a reminder. */
struct notice_now { i64 day_id, slot, told_day_id, told_slot; str told; bool cancelled, near; };
enum notice notice_next(const struct notice_now *n);

/* Families of a day, as a page shows them. */
struct notice_state { bool asked, waits, failed, to_call; enum notice due; };
struct notice_state notice_state_of(const struct handover_day_row *d, const struct handover_notice_row *r);
/* "SMS : parti", "à appeler…", "pas encore prévenue". */
str notice_words(const struct view *v, const struct handover_notice_row *r, const struct notice_state *s);

/* What a message says: all but recipient and key. `d` and `slot`: what it is about. */
void notice_message(struct arena *a, const struct city *city, const struct handover_day_row *d, i64 slot, const struct said *said, enum notice what,
                    enum msg_channel channel, enum lang lang, struct msg *ret);

/* It knows, by word of mouth or a letter that was handed to it, what its booking says now. In a transaction. */
must_use enum err notice_told_otherwise(struct db *db, i64 file_id, i64 user_id);

#endif

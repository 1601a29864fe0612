/* Meetings in words. */
#ifndef GABARE_MEETINGS_WORDS_H
#define GABARE_MEETINGS_WORDS_H

#include "html/view.h"
#include "meetings/meeting_sql.h"

/* As texts, field by field: what changes is compared and told so. */
enum meeting_field { M_DAY, M_TIME /* "18:00" */, M_PLACE, M_ROOM, M_CAPACITY, M_SPEAKER, M_NOTE, M_STATE, M_SCHOOLS /* UAIs, with spaces */, M_FIELDS };
struct meeting { i64 id, campaign_id, version, minute; str f[M_FIELDS]; struct meeting_school_row_list schools; };

/* "lundi 14 décembre 2026 à 18 h" */
str meeting_when(const struct view *v, str day, i64 minute);
/* "La Cale": the place, or the school without its kind. */
str meeting_where_short(str place, str school);
str meeting_where(const struct view *v, const struct meeting *m);
str meeting_title(const struct view *v, const struct meeting *m);
/* How one knows, what became of the message. `message`: what the outbox says, absent when it has forgotten it. */
str guest_told_words(const struct view *v, const struct meeting_guest_row *g);
str guest_reply_words(const struct view *v, str reply);
/* Its message failed, or none could be written. */
bool guest_to_call(const struct meeting_guest_row *g);
/* What is odd in a meeting, to be looked at. */
struct oddities { str *v; size_t n; };
void meeting_oddities(const struct view *v, const struct meeting *m, struct oddities *ret);
/* "18:30", "18h30", "18 h": the minute of the day; false: no hour. */
bool hour_of(str typed, i64 *ret);

/* Counts of a meeting, of all its families, erased ones too. */
struct guest_counts { i64 invited, waiting, sms, mail, letter, phone, to_call, yes, no, perhaps, came, absent, uninvited; };
void guest_counts_of(const struct meeting_guest_count_list *rows, struct guest_counts *ret);

#endif

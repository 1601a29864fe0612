/* What the files of this folder share. */
#ifndef GABARE_MEETINGS_PAGES_H
#define GABARE_MEETINGS_PAGES_H

#include "base/timex.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "meetings/meeting_sql.h"
#include "meetings/meetings.h"
#include "meetings/words.h"
#include "msg/msg.h"

#define MEETINGS_ROUTE "/agent/campagnes/:campagne/reunions"
#define MEETING_ROUTE MEETINGS_ROUTE "/:reunion"
#define GUESTS_MOST 80                           /* families of a meeting: beyond, it is to be held twice */
#define INVITED_AT_ONCE 40
#define MEETING_MINUTES 90                       /* how long one lasts in calendars */

handler_fn meetings_index, meetings_calendar, meeting_new_form, meeting_new_post, meeting_edit_form, meeting_edit_post, meeting_show, meeting_post,
	meeting_csv, meeting_invite_form, meeting_invite_post, attendance_form, attendance_post, attendance_sheet;
/* Of ":reunion", a meeting of ":campagne": read and filled in by who follows families there; the second: made and changed by its officers. */
scope_fn scope_meeting, scope_meeting_officer;

/* ---- a meeting ---- */

must_use enum err meeting_get(struct db *db, i64 id, struct meeting *ret);
/* Makes it (id 0 becomes one), or writes it over the version that it bears, with its history and a line of the log. Those who know of it are to be
 * told when day, hour or place change, when it is cancelled, and when it is on again. CONFLICT: it has changed since. In a transaction. */
must_use enum err meeting_save(struct db *db, struct meeting *m, i64 organisation_id, i64 user_id);
/* The campaign and the meeting of the path. */
must_use enum err meeting_of(struct req *req, struct campaign *ret_campaign, struct meeting *ret);
str meeting_path(struct arena *a, const struct meeting *m, const char *rest);
bool meeting_cancelled(const struct meeting *m);
bool meeting_past(const struct meeting *m);      /* its day is over */
bool meeting_begun(const struct meeting *m);     /* its day is there, or over */

/* Notes that a family came or did not ("yes", "no", ""), and moves its file along. In a transaction. INVALID: it has gone further since. */
must_use enum err guest_came(struct db *db, const struct meeting *m, const struct meeting_guest_row *g, const char *came, const struct file_doer *who);
/* The family knows of the meeting: its file is invited, when it was not yet. In a transaction. */
must_use enum err guest_invited(struct db *db, i64 file_id, const struct file_doer *who);

/* ---- messages (write.c) ---- */

/* What a meeting says in a language: `what` is "invitation", "reminder"…; all but recipient and key. */
void meeting_message(struct arena *a, const struct city *city, const struct meeting *m, const struct said *said, const char *what, enum msg_channel channel,
                     enum lang lang, struct msg *ret);

/* ---- pages ---- */

struct meeting_line { i64 id; str when, where, about; bool cancelled; str invite; };
struct meeting_lines { struct meeting_line *v; size_t n; };
struct meetings_page { i64 campaign; str name, chosen; bool officer; struct meeting_lines coming, past; struct pager pager; };

struct school_tick { str uai, label; bool chosen; };
struct school_ticks { struct school_tick *v; size_t n; };
struct meeting_form { const struct form *form; bool warned; i64 campaign, told; str action, back, title, name, version; struct school_ticks schools; };

struct guest_line { str public_id, name, school, told, reply, came, tick; bool call; };
struct guest_lines { struct guest_line *v; size_t n; };
struct past_line { str at, what, who; };
struct past_lines { struct past_line *v; size_t n; };
struct meeting_page {
	const struct form *form;
	i64 campaign, id;
	str name, path, title, where, speaker, capacity, note, version, saved;
	bool officer, cancelled, begun, past, invitable;
	struct guest_counts n;
	struct oddities odd;
	struct guest_lines lines, calls;
	struct past_lines pasts;
	struct pager pager;
};

struct candidate_line { str public_id, name, school, how; bool chosen; };
struct candidate_lines { struct candidate_line *v; size_t n; };
struct invite_page {
	const struct form *form;
	str path, back, title;
	str school, wave, state;                 /* which families were chosen on a list; '' all that wait */
	bool checking, more, full;
	struct candidate_lines lines, unreached;
	str calls;                               /* whom to call first: a list of files */
	struct samples samples;
	i64 chosen, to_call;
};

struct coming_line { i64 id; str public_id, name, key, about; bool came; };
struct coming_lines { struct coming_line *v; size_t n; };
struct found_line { str public_id, name, about; };
struct found_lines { struct found_line *v; size_t n; bool more; };
struct attendance_page {
	const struct form *form;
	str path, back, title, saved, opening, letters;
	str was, plus, less;                     /* guests: ticked already; whom the last gesture noted, and unnoted */
	bool asked, noted, early;
	i64 came, all;
	struct oddities alphabet;
	struct coming_lines lines;
	struct found_lines found;
};
struct sheet_page { str title, where, speaker, back; struct coming_lines lines; struct oddities blank; };

#endif

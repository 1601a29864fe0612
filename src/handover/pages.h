/* What the files of this folder share. */
#ifndef GABARE_HANDOVER_PAGES_H
#define GABARE_HANDOVER_PAGES_H

#include "base/timex.h"
#include "handover/handover.h"
#include "handover/handover_sql.h"
#include "handover/notice.h"
#include "handover/receipt.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "stock/stock.h"

#define DAYS_ROUTE "/agent/campagnes/:campagne/remises"
#define DAY_ROUTE DAYS_ROUTE "/:remise"
#define HAND_ROUTE "/agent/campagnes/:campagne/dossiers/:dossier/remise"
#define DAYS_MOST 60
#define BOOKED_MOST 60                           /* families of a day */
#define WAITING_SHOWN 25
#define SLOTS_MOST 40
#define AWAITING_MOST 30
#define CHANGE_SETTLES_MS ((i64)3 * 60000)         /* families hear of a change that lasts */

handler_fn handover_index, handover_day_post, handover_show, handover_post, handover_calls, handover_today, handing_form,
	handing_post, handing_receipt, handing_receipt_pdf, notice_form, notice_post, notice_letters, handover_tally, handover_tally_csv;

extern const struct choice accessory_choices[], seen_choices[];
str accessory_words(const struct view *v, str codes);
str seen_words(const struct view *v, str code);

/* "9:20", "9h20", "9 h": minutes from midnight. False: no hour. */
bool minute_read(str typed, i64 *ret);
str slot_words(const struct view *v, const struct handover_day_row *d, i64 slot);
/* Puts n families into the free places of the slots, in order: ret[i], -1 when all is full. taken: how many are in each slot already. */
void slots_fill(const struct handover_day_row *d, i64 *taken, size_t n, i64 *ret);

/* The families of a day, or that were told of it: at most BOOKED_MOST. */
must_use enum err handover_notices_of(struct req *req, i64 day_id, struct handover_notice_row_list *ret);
/* Of a file's state: its family has been handed its computer. */
bool handed_over(str state);
bool handover_day_past(const struct handover_day_row *d);
str handover_day_path(struct arena *a, const struct handover_day_row *d, const char *rest);
/* The day of ":remise", in the campaign of ":campagne". */
must_use enum err handover_day_of(struct req *req, struct campaign *ret_campaign, struct handover_day_row *ret);

struct day_line { i64 id; str day, place, slots, placed, handed; bool cancelled; };
struct school_option { str value, label; bool chosen; };
struct school_options { struct school_option *v; size_t n; };
struct days_page { const struct form *form; i64 campaign; str name; struct day_line *v; size_t n; struct school_options schools; bool saved; };

struct slot_option { i64 slot; str label; };
struct slot_options { struct slot_option *v; size_t n; };
struct booked_line { str public_id, name, school, slot, state, device, told; bool done, call; };
struct booked_lines { struct booked_line *v; size_t n; };
struct event_told { str day, what, who; };
struct events_told { struct event_told *v; size_t n; };
struct day_page {
	const struct form *form;
	i64 campaign, id;
	str name, day, place, when, version, school;
	bool cancelled, saved, today, past;
	i64 untold, unwritten, letters;
	struct booked_lines booked, waiting, calls;
	struct slot_options slots;
	struct events_told events;
};
struct telling_line { str public_id, name, school, slot, how; };
struct telling_page {
	const struct form *form;
	str path, back, title, version;
	struct telling_line *v; size_t n;
	struct samples samples;
	i64 to_call, written_to;
};
struct tally_line { str public_id, name, hour, school, device, receipt, phone, why; };
struct tally_lines { struct tally_line *v; size_t n; };
struct tally_page { i64 campaign; str back, title, place, csv, counts; i64 kept; struct tally_lines handed, missed, expected; };
struct called_line { str hour, name, phone, public_id, device, school; };
struct called_page { i64 campaign, id; str name, day, place; struct called_line *v; size_t n; bool no_phone; };
struct next_line { str path, hour, name, public_id, device, done; };
struct next_page {
	const struct form *form;
	i64 campaign, id;
	str name, day, place, label, device, fault, device_path;
	struct next_line *v; size_t n;
	i64 left;
};

struct place_option { str value, label, about; bool chosen; };
struct place_options { struct place_option *v; size_t n; };
struct handing_page {
	const struct form *form;
	i64 campaign;
	str path, file_path, public_id, name, version, reserved, reserved_words, day_path, appointment, today;
	html uninformed;
	bool gift, worth, commitment, decision, other, free_place;
	str gift_why;
	struct place_options places;
};
struct handed_page {
	const struct form *form;
	i64 campaign;
	str path, file_path, public_id, name, device, device_path, day, version, next_path, workshop;
	bool saved, may_undo, drawn;
	const struct receipt *receipt;
};
struct receipt_page { i64 campaign; str path; const struct receipt *r; str name; };

#endif

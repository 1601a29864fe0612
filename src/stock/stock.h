/* Devices in stock: what they are, who owns them, where they stand, in whose hands. An interface that the reuse module will take over: what
 * others do with a device goes through these functions.
 *
 * Each writing one wants a transaction, the device as it was read, and gives: CONFLICT when somebody has changed it since, or when the rules
 * of the table refuse (it is lent already; the file has another), INVALID when its state does not allow it. On CONFLICT the transaction must
 * end there. The version and state of the struct are left as they were: read it again. */
#ifndef GABARE_STOCK_H
#define GABARE_STOCK_H

#include "db/db.h"
#include "http/route.h"
#include "stock/titles.h"

extern const struct route stock_routes[];

enum stock_state { SS_IN_STOCK, SS_RESERVED, SS_LENT, SS_RETURNED, SS_IN_REPAIR, SS_LOST, SS_GONE, SS_COUNT };
struct stock_words { const char *code, *label; };              /* as stored; a msgid */
extern const struct stock_words stock_states[SS_COUNT], stock_kinds[], stock_grades[];       /* the two last end with NULL */
/* Why a device moved: codes and msgids. Ends with NULL. `to`: the state that it leads to. */
struct stock_reason { enum stock_state to; const char *code, *label; };
extern const struct stock_reason stock_reasons[];

struct device {
	i64 id, organisation_id, file_id;        /* file_id: for whom it is reserved, to whom it is lent; 0: nobody */
	i64 memory_gb, disk_gb, screen_tenths, version;      /* 0: not known */
	str label;                               /* "P7K24QXM"; shown by stock_label() */
	str owner, kind, model, serial, grade, os;
	enum stock_owner owner_kind;
	enum stock_state state;
};
struct devices { struct device *v; size_t n; };
/* Who does it, in the name of which organisation. */
struct stock_doer { i64 user_id, organisation_id; };

/* ---- reading; in db_arena ---- */

must_use enum err stock_get(struct db *db, i64 id, struct device *ret);
/* By its label as somebody typed it. INVALID: no label is written so (a sign is wrong); NOT_FOUND: no such device. */
must_use enum err stock_by_label(struct db *db, str typed, struct device *ret);
/* In stock and free, of an organisation: by grade, then the oldest first; at most `most`. */
must_use enum err stock_free_list(struct db *db, i64 organisation_id, i64 most, struct devices *ret);
/* What is reserved for a file, or in its hands by loan or gift: at most 8. */
must_use enum err stock_of_file(struct db *db, i64 file_id, struct devices *ret);

struct stock_loan { i64 id, device_id, file_id; bool gift, spare; str from_day; };
/* In whose hands it is: NOT_FOUND: in nobody's. */
must_use enum err stock_loan_now(struct db *db, i64 device_id, struct stock_loan *ret);

/* "P7K2-4QXM" */
str stock_label(struct arena *a, str label);
/* What to say of a label that stock_by_label() called INVALID: as long as one, a sign is wrong; else what one looks like. */
str stock_label_fault(const struct view *v, str typed);
/* "Portable, Lenovo T480" and "8 Go, disque de 240 Go, 14 pouces, Linux Mint". */
str stock_device_words(const struct view *v, const struct device *d);
str stock_device_facts(const struct view *v, const struct device *d);

/* ---- writing ---- */

/* Kept for a file: none other may be, and it may not be lent to another. */
must_use enum err stock_reserve(struct db *db, const struct device *d, i64 file_id, const struct stock_doer *who);
must_use enum err stock_release(struct db *db, const struct device *d, const struct stock_doer *who);
/* Into the hands of l->file_id from l->from_day on (l->id and l->device_id are not read): free, or reserved for that file. Given: it is gone
 * from the stock. Whether it may be given is the caller's to ask: stock_gift_check. */
must_use enum err stock_lend(struct db *db, const struct device *d, const struct stock_loan *l, const struct stock_doer *who);
/* It was never lent: back to where it was before (in stock, or reserved). */
must_use enum err stock_lend_undo(struct db *db, const struct device *d, const struct stock_doer *who);
/* Lent no more from `day` on: SS_IN_STOCK, SS_RETURNED (to be looked over), SS_IN_REPAIR or SS_LOST; reason: a code of that state, or "". */
must_use enum err stock_back(struct db *db, const struct device *d, enum stock_state to, str day, str reason, const struct stock_doer *who);
/* Between the states in which nobody has it, but SS_RESERVED; reason as above. */
must_use enum err stock_move(struct db *db, const struct device *d, enum stock_state to, str reason, const struct stock_doer *who);
/* New ones, with ids made here, and labels where they have none. CONFLICT: a serial number is there already. */
must_use enum err stock_add(struct db *db, struct device *v, size_t n, const struct stock_doer *who);

/* ---- what other modules put on a device's page, where its label leads an agent ---- */

/* What can be done with it now: a title and at most STOCK_DEEDS links, large. */
struct stock_deed { str path, label, about; };
struct stock_panel { str title, empty; struct stock_deed *v; size_t n; };
#define STOCK_DEEDS 30
void stock_panel_add(struct stock_panel *p, str path, str label, str about);
/* No title: nothing is shown. */
typedef enum err stock_panel_fn(struct req *req, const struct device *d, struct stock_panel *ret);
extern stock_panel_fn *const stock_panels[];     /* ends with NULL: src/app/routes.c */

/* Of ":poste": who mends or follows it. Officers, mediators, desks and workshops of the organisation that keeps it, and of the association that
 * accompanies the school of the family that has it, or had it last. */
scope_fn scope_device_hands;

/* A dozen invented devices of the organisation that runs the demonstration's campaign. In a transaction; again: changes nothing. */
must_use enum err stock_demo_load(struct db *db, i64 organisation_id);

#endif

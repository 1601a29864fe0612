/* What the files of this folder share. */
#ifndef GABARE_CENSUS_PAGES_H
#define GABARE_CENSUS_PAGES_H

#include <sodium.h>

#include "census/census.h"
#include "census/census_sql.h"
#include "editing/editing.h"
#include "html/layout.h"
#include "html/qr.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "http/response.h"

#define CENSUS_ALL "9999-12-31"                  /* census_edition.checked_before when every place is asked */
#define REMIND_AFTER_MS ((i64)7 * 86400 * 1000)  /* nobody is reminded within a week of the last message */
#define ASKS_A_PAGE 20
#define EDITIONS_MOST 20

handler_fn census_code_form, census_code_typed, census_welcome, census_begin, census_record, census_send, census_group, census_group_save;
handler_fn census_desk, census_desk_post, census_list, census_ask, census_settle, census_editions, census_download,
	census_edition_page, census_edition_act;

/* The SHA-256 of what was hashed, in hexadecimal. */
str census_digest(struct arena *a, crypto_hash_sha256_state *state);

/* ---- codes ---- */

/* The codes of asks ("ABCD-EFGH-JKLM", made again from their ids), and their keyed hashes; rooms for n. Either may be NULL. */
must_use enum err census_codes(const struct vault_asker *vault, const i64 *ids, size_t n, str *ret_codes, str *ret_indexes);
/* The keyed hash of a code as somebody typed it. */
must_use enum err census_code_index(const struct vault_asker *vault, str typed, str *ret);
#define CENSUS_CODE_SIGNS 12

/* ---- an ask and its place ---- */

struct asked_place {
	struct census_ask_row ask;
	struct place_owned owned;                /* as it is now */
	struct place proposed;                   /* with what is proposed, not settled yet */
	struct census_proposal_row_list proposals;
	size_t open;                             /* of them, those not settled */
	bool away;                               /* the place has left the directory: nothing else is known of it */
};
/* What belongs to an ask. NOT_FOUND: its place is in the directory no more. */
must_use enum err asked_place_read(struct db *db, struct asked_place *p);

/* ---- what structures see ---- */

struct record_line { str label, value; bool changed; };
struct record_group { i64 number; str title; struct record_line *v; size_t n; };
struct record_page { str code, name, until, public_id; struct record_group *v; size_t n; bool saved, thanks, gone, changed; };
struct group_page { const struct form *form; str code, name; i64 number; struct edit_group group; };

/* ---- what the coordinator sees ---- */

/* "pas encore de réponse"… */
str census_state_words(const struct view *v, str state, str answer);

struct desk_count { const char *state; str label; i64 n; };
struct desk_counts { struct desk_count *v; size_t n; };
struct desk_rate { str label; i64 asked, answered, percent; };
struct desk_rates { struct desk_rate *v; size_t n; };
struct edition_line { str name, closed, digest; i64 places, withdrawn; };
struct edition_lines { struct edition_line *v; size_t n; };
/* The closed editions, the last one first. */
must_use enum err editions_closed(struct req *req, struct edition_lines *ret);
struct desk_page {
	const struct form *form;
	bool running, listing, closing, writable, saved;
	str name, until;
	i64 asked, answered, percent, never_written, late, writing, unreachable;
	struct desk_counts counts;
	struct desk_rates districts, kinds;
	struct census_age_row ages;
	struct edition_lines closed;
};
struct ask_line { i64 id; str name, commune, state, how; };
struct list_page { str title; struct ask_line *v; size_t n; struct pager pager; };
struct difference { const char *field; str label, before, now, after; bool moved, settled, accepted; };
struct ask_page {
	const struct form *form;
	i64 id, next, version, seen;             /* the place's, and when the answer came: what the page shows */
	str edition, name, public_id, code, state;
	html qr;
	struct difference *v;
	size_t n;
	bool answered, gone, open, excused, running, away, saved;
};

struct withdrawal_line { i64 id; str place, contact, why, day; };
struct edition_page { const struct form *form; str name, closed, digest; i64 places; bool whole, saved; struct withdrawal_line *v; size_t n; };
extern const struct choice withdrawal_contacts[], withdrawal_reasons[];

#endif

/* What the files of this folder share. */
#ifndef GABARE_AFTERSALES_PAGES_H
#define GABARE_AFTERSALES_PAGES_H

#include "aftersales/aftersales.h"
#include "aftersales/care_sql.h"
#include "aftersales/rules.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "stock/stock.h"

#define CARE_ROUTE "/agent/campagnes/:campagne/apres-vente"
#define TICKET_ROUTE CARE_ROUTE "/:ticket"
#define CARE_FILE_ROUTE "/agent/campagnes/:campagne/dossiers/:dossier/"
#define CARE_DEVICE_ROUTE "/agent/postes/:poste/"
#define FREE_SHOWN 40                            /* computers in stock that are proposed */

handler_fn care_index, care_csv, ticket_new_form, ticket_new_post, ticket_show, ticket_post, return_form, return_post, loss_form, loss_post;
/* Of ":ticket": who follows families in the organisation that runs the campaign. */
scope_fn scope_ticket;

struct ticket;
/* Of whom a page speaks: the family of ":dossier", or the one that has the device of ":poste" (file.id 0: nobody has it). There only that
 * device counts, and the family is not named to those who do not follow families in its organisation. */
struct care_at { struct campaign c; struct file f; bool by_device, named; struct devices devices; str path, back; };
must_use enum err care_at(struct req *req, struct care_at *ret);
/* "Leïla Benali FAM-1", or the file's number alone; written down as seen. */
must_use enum err care_name(struct req *req, const struct care_at *at, str *ret);
/* The breakdown of a file that is not over. NOT_FOUND. */
must_use enum err ticket_live(struct db *db, i64 file_id, struct ticket *ret);

/* ---- tickets in the database; as files.h and stock.h say of theirs, in a transaction ---- */

struct ticket {
	i64 id, file_id, campaign_id, household_id, root, device_id, spare_id, new_id, version;      /* spare_id, new_id: 0: none */
	str public_id, symptom, finding, since, opened, key, sealed;  /* public_id: the file's; sealed: what the family says */
	enum care_state state;
};
struct ticket ticket_of_row(const struct care_ticket_row *r);
/* NOT_FOUND: none of that campaign. */
must_use enum err ticket_of(struct req *req, const struct campaign *c, struct ticket *ret);

/* CONFLICT: one is open already. INVALID: the family does not have that computer. */
must_use enum err ticket_open(struct db *db, const struct ticket *t, const struct file_doer *who);

struct ticket_step {
	enum care_state to;
	str day, finding;
	i64 replacement;                         /* a device in stock, or the spare one: it stays there */
	bool spare_back;                         /* the spare one came back with that */
};
/* Moves the ticket, the computers and the family's file. CONFLICT; INVALID: not in the table, or a computer is not where the ticket left it,
 * or the spare one is still with the family. */
must_use enum err ticket_step_make(struct db *db, const struct ticket *t, const struct ticket_step *s, const struct file_doer *who);
/* The last step that was not taken back; false: none. */
bool ticket_last_step(struct arena *a, const struct care_event_row_list *events, struct care_event_row *ret);
must_use enum err ticket_step_back(struct db *db, const struct ticket *t, const struct care_event_row *last, const struct file_doer *who);
/* A spare computer to the family, and back; lost: its device was moved already. */
must_use enum err ticket_spare_lend(struct db *db, const struct ticket *t, i64 device_id, str day, const struct file_doer *who);
must_use enum err ticket_spare_back(struct db *db, const struct ticket *t, str day, bool lost, const struct file_doer *who);

/* ---- how a loan ends ---- */

struct loan_end {
	i64 id, file_id, household_id, device_id, version;     /* device_id 0: a computer that is not in the stock */
	bool spare;
	str kind, reason, day, key, sealed, state, state_day;  /* kind: "returned", "lost", "stolen" */
};
/* The last of a file, of those kinds, that still stands; NOT_FOUND. */
must_use enum err end_of_file(struct db *db, i64 file_id, bool lost, struct loan_end *ret);
must_use enum err end_note(struct db *db, const struct file *f, const struct loan_end *e, const struct file_doer *who);
/* It was a mistake: all is as before. */
must_use enum err end_undo(struct db *db, const struct file *f, const struct loan_end *e, const struct file_doer *who);
/* A lost one was found: the family goes on with it, or it comes back to the stock. */
must_use enum err end_found(struct db *db, const struct file *f, const struct loan_end *e, bool kept, str day, const struct file_doer *who);

/* What is sealed under a household's key, at its place. */
struct vault_own care_sealed(struct arena *a, const char *table_column, i64 household_id, str key, i64 row_id, str value);
/* The history in words. */
str care_event_words(const struct view *v, const struct care_event_row *e, str device);

/* ---- forms that are alike ---- */

/* The day of a field "jour", today when none was said; wrong when it is to come, or before `since`. */
str care_day(struct req *req, str since);
/* "P7K2-4QXM, Portable, Lenovo T480"; "" for 0. */
must_use enum err care_device_words(struct req *req, i64 device_id, str *ret);

/* ---- pages ---- */

struct care_line { i64 id; str public_id, name, device, what, state, todo, days, spare; bool late; };
struct care_option { str value, label; bool chosen; };
struct care_options { struct care_option *v; size_t n; };
struct care_page {
	const struct form *form;
	i64 campaign;
	str name, csv, counts, ends;
	bool filtered;
	struct care_options states;
	struct care_line *v;
	size_t n;
	struct pager pager;
};
struct device_line { str label, words; };
struct device_lines { struct device_line *v; size_t n; };
struct ticket_new_page { const struct form *form; str path, back, name; struct care_options devices; bool warned; };
struct step_button { str value, label; };
struct step_buttons { struct step_button *v; size_t n; };
struct care_event_line { str day, what, who; };
struct care_event_lines { struct care_event_line *v; size_t n; };
struct ticket_page {
	const struct form *form;
	i64 campaign, id;
	str name, public_id, phone, device, facts, symptom, said, finding, spare, replaced_by, state, since, todo, version, back_to;
	bool saved, late, asks_finding, asks_replacement, may_lend, keeps_spare;
	struct step_buttons steps;
	struct device_lines free;
	struct care_event_lines events;
};
struct end_page {
	const struct form *form;
	i64 campaign;
	str public_id, name, path, back, device, day, reason, version, blocked;
	bool noted, saved, spare, officer;
	struct care_options devices, reasons;
	/* of a loss */
	str kind, number, report_day, station;
};

#endif

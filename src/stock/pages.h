/* What the files of this folder share. */
#ifndef GABARE_STOCK_PAGES_H
#define GABARE_STOCK_PAGES_H

#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "stock/label.h"
#include "stock/stock.h"
#include "stock/stock_sql.h"

#define STOCK_ROUTE "/agent/postes"
#define DEVICE_ROUTE STOCK_ROUTE "/:poste"
#define STOCK_A_PAGE 18
#define LABELS_A_PAGE 24
#define ENTRY_MOST 50                            /* devices entered at once */

handler_fn devices_index, devices_csv, device_labels, device_new_form, device_new_post, device_show, device_post,
	device_edit_form, device_edit_post, device_found;
/* Of ":poste": read by those of scope_device_hands and by who administers; changed by the officers of its organisation alone. */
scope_fn scope_device, scope_device_officer, scope_stock_officer;
/* The device of ":poste". */
must_use enum err device_of(struct req *req, struct device *ret);
/* Whether the session is one of scope_device_hands. */
must_use enum err device_hands(struct req *req, const struct device *d, bool *ret);
bool stock_may_change(const struct req *req, i64 organisation_id);
/* The label of a state of the stock, of its code. */
str stock_state_words(const struct view *v, str code);
str device_path(struct arena *a, const struct device *d, const char *rest);

extern const struct choice stock_kind_choices[], stock_grade_choices[], stock_owner_choices[], stock_state_choices[];

/* ---- facts as typed, one by one, or a line for each ---- */

/* Takes the form's facts into `d`, what is wrong is said at the fields. */
void take_device(struct req *req, struct device *d);
/* "13,3" or "14": tenths of an inch. False: no screen is so large. */
bool screen_read(str typed, i64 *ret);
/* What is wrong with a line "model; serial; grade; memory; disk; screen" is said; else it changes `d`. */
bool device_line_read(const struct view *v, str line, struct device *d, str *ret_fault);

struct stock_line { str label, path, model, facts, grade, owner, state, file; };
struct stock_count { str state; i64 n[3], all; };
struct stock_page {
	const struct form *form;
	struct stock_line *v; size_t n;
	struct stock_count counts[SS_COUNT]; size_t n_counts;
	str total, csv, labels;
	bool officer, saved, filtered;
	struct pager pager;
};
struct stock_counts { const struct stock_count *v; size_t n; };

struct label_line { html qr; str label, model, lines; };
struct labels_page { struct label_line *v; size_t n; str organisation, phone; struct pager pager; bool linked; };

struct entry_page { const struct form *form; str path, title, version, label; struct options organisations; bool several; };

struct move_option { str value, label; };
struct move_options { struct move_option *v; size_t n; };
struct device_event_line { str day, what, who; };
struct device_event_lines { struct device_event_line *v; size_t n; };
struct title_line { str to, what; };
struct title_lines { struct title_line *v; size_t n; };
struct stock_panels { struct stock_panel *v; size_t n; };
struct device_page {
	const struct form *form;
	const struct device *d;
	str label, path, words, facts, grade, owner, organisation, state, version, undo, file, file_path;
	bool may, saved, lists;
	struct move_options moves;
	struct title_lines titles;
	struct device_event_lines events;
	struct stock_panels panels;
};

struct found_page { str label, owner, organisation; bool gone, same; };

#endif

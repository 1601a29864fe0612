/* What the pages of this folder show, for their templates; and the handlers. */
#ifndef GABARE_DISTRIBUTION_PAGES_H
#define GABARE_DISTRIBUTION_PAGES_H

#include "distribution/distribution.h"
#include "distribution/distribution_sql.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"

extern const struct choice lang_choices[];
/* "français", "version simple"… */
str lang_words(const struct view *v, str code);
str day_words(const struct view *v, i64 ms);

struct run_line { i64 id; str what, day, printed, delivered, rest; };
struct request_line { i64 id, run_id; str organisation, what, day; i64 quantity; };      /* run_id 0: no run has any left */
struct scarce_line { i64 organisation_id; str organisation, what, left, received; };
struct runs_page {
	const struct form *form;
	struct pager pager;
	bool saved;
	struct { struct run_line *v; size_t n; } runs;
	struct { struct request_line *v; size_t n; } requests;
	struct { struct scarce_line *v; size_t n; } scarce;
};
struct delivery_line { i64 id; str organisation, day, where, quantity; bool back, taken_back; };
struct run_page {
	const struct form *form;
	const struct print_run_row *row;
	str title, day, day_typed, printed, delivered, rest, left, handed, structure, older;
	i64 asked;                               /* of the request that is being answered; 0: none */
	bool saved;
	struct delivery_line *v; size_t n;
};
struct stock_line { i64 run_id; str what, received, left, told; bool chosen; };
struct stock_page {
	const struct form *form;
	i64 organisation_id;
	str organisation;
	bool saved;
	struct { struct stock_line *v; size_t n; } stocks;
	struct { struct request_line *v; size_t n; } requests;
	struct { struct delivery_line *v; size_t n; } deliveries;
};
struct stock_door { i64 id; str name; };
struct stock_doors { struct stock_door *v; size_t n; };
struct slip_page { const struct print_delivery_row *row; str what, day, received, quantity; bool back; };

/* A structure's own, or whoever coordinates the network: of ":organisation", and of the delivery ":livraison". */
scope_fn scope_stock, scope_delivery;

handler_fn runs_index, runs_act, run_show, run_act, stock_doors, stock_show, stock_act, slip_show, deliveries_csv, stocks_csv;

#endif

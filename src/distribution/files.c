/* What leaves on paper or as a file: a delivery's slip, and the tables of deliveries and stocks. */
#include "base/csv.h"
#include "base/timex.h"
#include "directory/directory.h"
#include "distribution/pages.h"
#include "distribution/slip_html.h"
#include "http/seal.h"
#include "http/session.h"

enum { LINES_A_PIECE = 200, STOCKS_MOST = 20000 };

/* ---- the slip ---- */

enum err slip_show(struct req *req)
{
	const struct view *v = &req->v;
	struct print_delivery_row row;
	i64 id;
	if (!str_i64(req_param(req, "livraison"), &id))
		return NOT_FOUND;
	try(print_delivery_get(req->db, id, &row));
	struct slip_page page = { .row = &row, .what = _f("{1}, {2}", row.title, lang_words(v, row.lang)), .day = iso_date_shown(v, row.day),
		.quantity = number_shown(v->a, v->lang, row.quantity < 0 ? -row.quantity : row.quantity), .back = row.reverses.set || row.taken_back > 0 };
	struct vault_item sealed = { str_printf(req->a, "print_delivery:received_enc:%lld", (long long)row.id), row.received_enc };
	if (row.received_enc.p)
		try(vault_open(req, S("slip of a delivery"), &sealed, 1, &page.received));
	req->no_store = true;
	req->v.here = session_may(req->session, CAP_NETWORK) ? S("/agent/guide") : S("/agent/guide/stock");
	return slip_html(&req->v, &page);
}

/* ---- tables ---- */

static str number(struct arena *a, i64 n) { return str_printf(a, "%lld", (long long)n); }

static enum err next_deliveries(struct req *req, struct buf *out)
{
	i64 *before = req->handler_data;
	struct print_delivery_line_list rows;
	struct opt_i64 any = { 0 };
	if (*before == INT64_MAX)
		buf_put(out, S("jour,guide,langue,structure,depot,exemplaires,annulee\n"));
	try(print_deliveries(req->db, any, any, *before, LINES_A_PIECE, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct print_delivery_line *d = &rows.v[i];
		csv_row_typed(out, (const str[]){ d->day, d->title, d->lang, d->organisation, d->dropped_at, number(out->a, d->quantity),
			d->reverses.set || d->taken_back ? S("oui") : S("non") }, 7);
	}
	*before = rows.n ? rows.v[rows.n - 1].id : 0;
	return OK;
}

enum err deliveries_csv(struct req *req)
{
	i64 *before = arena_one(req->a, i64);
	*before = INT64_MAX;
	req->handler_data = before;
	resp_file(req, S("livraisons.csv"), true);
	resp_pieces(req, next_deliveries, (str){ 0 });
	return OK;
}

enum err stocks_csv(struct req *req)
{
	struct print_stock_line_list rows;
	try(print_stocks(req->db, (struct opt_i64){ 0 }, 0, STOCKS_MOST, &rows));
	resp_file(req, S("stocks.csv"), true);
	req->out.max = (size_t)4 << 20;
	buf_put(&req->out, S("structure,guide,langue,livres,distribues,restent,dit_le\n"));
	for (size_t i = 0; i < rows.n; i++) {
		const struct print_stock_line *s = &rows.v[i];
		csv_row_typed(&req->out, (const str[]){ s->organisation, s->title, s->lang, number(req->a, s->received), number(req->a, s->handed),
			number(req->a, s->received - s->handed), s->told_at.set ? date_iso(req->a, paris_of_ms(s->told_at.v).date) : S("") }, 7);
	}
	return OK;
}

/* Editions as the public finds them: to be cited, and fetched. */
#include "census/pages.h"

#include "base/timex.h"
#include "census/editions_html.h"
#include "census/record.h"
#include "html/format.h"

enum err editions_closed(struct req *req, struct edition_lines *ret)
{
	struct census_edition_list rows;
	try(census_closed(req->db, EDITIONS_MOST, &rows));
	*ret = (struct edition_lines){ arena_many(req->a, struct edition_line, rows.n + 1), 0 };
	for (; ret->n < rows.n; ret->n++) {
		const struct census_edition *r = &rows.v[ret->n];
		struct census_withdrawal_row_list withdrawn;
		try(census_withdrawals(req->db, r->id, &withdrawn));
		ret->v[ret->n] = (struct edition_line){ r->name, r->closed_at.set ? date_shown(&req->v, paris_of_ms(r->closed_at.v).date) : S(""), r->digest, r->places,
			(i64)withdrawn.n };
	}
	return OK;
}

enum err census_editions(struct req *req)
{
	struct edition_lines editions;
	depends_on(req, GEN_DIRECTORY);
	req->v.here = S("/donnees");
	try(editions_closed(req, &editions));
	return census_editions_html(&req->v, &editions);
}

/* ---- the frozen file ---- */

struct download { i64 edition, position; struct frozen_header header; struct census_withdrawal_row_list withdrawn; };

static enum err next_piece(struct req *req, struct buf *out)
{
	struct download *d = req->handler_data;
	struct census_piece_row row;
	enum err e = census_piece_at(req->db, d->edition, d->position++, &row);
	if (e == OK && d->withdrawn.n)
		frozen_put_without(out, row.body, &d->header, &d->withdrawn);
	else if (e == OK)
		buf_put(out, row.body);
	return e == NOT_FOUND ? OK : e;
}

/* What was withdrawn since makes another file: it has another ETag. */
static enum err begin(struct req *req, const struct census_edition *edition, struct download *d, str *ret_etag)
{
	struct census_piece_row first;
	struct frozen_row row;
	d->edition = edition->id;
	try(census_withdrawals(req->db, edition->id, &d->withdrawn));
	*ret_etag = str_printf(req->a, "\"%.*s\"", STR_ARG(edition->digest));
	if (!d->withdrawn.n)
		return OK;
	*ret_etag = str_printf(req->a, "\"%.*s-%zu-%lld\"", STR_ARG(edition->digest), d->withdrawn.n, (long long)d->withdrawn.v[d->withdrawn.n - 1].id);
	try(census_piece_at(req->db, edition->id, 0, &first));
	d->header = frozen_next(req->a, &first.body, &row) ? frozen_header_of(&row) : (struct frozen_header){ .n = 0 };
	return OK;
}

enum err census_download(struct req *req)
{
	struct census_edition edition;
	struct download *d = arena_one(req->a, struct download);
	str etag;
	try(census_named(req->db, req_param(req, "edition"), &edition));
	if (!str_eq(edition.state, S("closed")))
		return NOT_FOUND;
	try(begin(req, &edition, d, &etag));
	req->handler_data = d;
	resp_file(req, str_printf(req->a, "lieux-%.*s.csv", STR_ARG(edition.name)), false);
	resp_pieces(req, next_piece, etag);
	return OK;
}

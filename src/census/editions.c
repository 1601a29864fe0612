/* Editions as the public finds them: to be cited, and fetched. */
#include "census/pages.h"

#include "base/timex.h"
#include "census/editions_html.h"
#include "html/format.h"

enum err editions_closed(struct req *req, struct edition_lines *ret)
{
	struct census_edition_list rows;
	try(census_closed(req->db, EDITIONS_MOST, &rows));
	*ret = (struct edition_lines){ arena_many(req->a, struct edition_line, rows.n + 1), 0 };
	for (; ret->n < rows.n; ret->n++) {
		const struct census_edition *r = &rows.v[ret->n];
		ret->v[ret->n] = (struct edition_line){ r->name, r->closed_at.set ? date_shown(&req->v, paris_of_ms(r->closed_at.v).date) : S(""), r->digest, r->places };
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

struct download { i64 edition, position; };

static enum err next_piece(struct req *req, struct buf *out)
{
	struct download *d = req->handler_data;
	struct census_piece_row row;
	enum err e = census_piece_at(req->db, d->edition, d->position++, &row);
	if (e == OK)
		buf_put(out, row.body);
	return e == NOT_FOUND ? OK : e;
}

enum err census_download(struct req *req)
{
	struct census_edition edition;
	struct download *d = arena_one(req->a, struct download);
	try(census_named(req->db, req_param(req, "edition"), &edition));
	if (!str_eq(edition.state, S("closed")))
		return NOT_FOUND;
	d->edition = edition.id;
	req->handler_data = d;
	req->content_type = S("text/csv; charset=utf-8; header=present");
	resp_header(req, "Content-Disposition", str_printf(req->a, "attachment; filename=\"lieux-%.*s.csv\"", STR_ARG(edition.name)));
	resp_pieces(req, next_piece, str_printf(req->a, "\"%.*s\"", STR_ARG(edition.digest)));
	return OK;
}

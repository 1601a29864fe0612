/* Whole files: every place, and how many there are in each commune. */
#include "directory/open.h"
#include "directory/open_sql.h"
#include "directory/place_export.h"

#define WHOLE_BYTES ((size_t)6 << 20)
#define COMMUNES_MOST 5000

/* A directory too large for one answer is read page by page: the answer leads to the first of them. */
enum err open_places_csv(struct req *req)
{
	struct place_query everything = { 0 };
	struct place_list places;
	i64 n;
	depends_on(req, GEN_DIRECTORY);
	try(directory_count(req->db, &everything, &n));
	if (n > OPEN_WHOLE_PLACES)
		return resp_redirect(req, S("/api/v1/lieux.csv"));
	try(directory_page(req->db, &everything, 0, OPEN_WHOLE_PLACES, &places));
	req->content_type = S("text/csv; charset=utf-8; header=present");
	resp_header(req, "Content-Disposition", S("attachment; filename=\"lieux.csv\""));
	req->out.max = WHOLE_BYTES;
	place_csv_header(&req->out, false);
	for (size_t i = 0; i < places.n; i++)
		place_csv_row(&req->out, &places.v[i], false);
	return OK;
}

enum err open_communes_csv(struct req *req)
{
	struct open_commune_row_list communes;
	depends_on(req, GEN_DIRECTORY);
	try(open_communes(req->db, place_mask(P_FRAIS, S("Gratuit")), COMMUNES_MOST, &communes));
	req->content_type = S("text/csv; charset=utf-8; header=present");
	resp_header(req, "Content-Disposition", S("attachment; filename=\"communes.csv\""));
	buf_put(&req->out, S("commune,code_insee,lieux,gratuits\n"));
	for (size_t i = 0; i < communes.n; i++) {
		const struct open_commune_row *c = &communes.v[i];
		place_csv_cell(&req->out, c->commune);
		buf_byte(&req->out, ',');
		place_csv_cell(&req->out, c->code_insee);
		buf_printf(&req->out, ",%lld,%lld\n", (long long)c->lieux, (long long)c->gratuits);
	}
	return OK;
}

/* How many places there are in each commune. */
#include "directory/open.h"
#include "directory/open_sql.h"
#include "directory/place_export.h"

#define COMMUNES_MOST 5000

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

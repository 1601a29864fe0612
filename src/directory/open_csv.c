/* How many places there are in each commune. */
#include "base/csv.h"
#include "directory/open.h"
#include "directory/open_sql.h"
#include "directory/place.h"

#define COMMUNES_MOST 5000

enum err open_communes_csv(struct req *req)
{
	struct open_commune_row_list communes;
	depends_on(req, GEN_DIRECTORY);
	try(open_communes(req->db, place_mask(P_FRAIS, S("Gratuit")), COMMUNES_MOST, &communes));
	resp_file(req, S("communes.csv"), false);
	buf_put(&req->out, S("commune,code_insee,lieux,gratuits\n"));
	for (size_t i = 0; i < communes.n; i++) {
		const struct open_commune_row *c = &communes.v[i];
		csv_row(&req->out, (const str[]){ c->commune, c->code_insee, str_printf(req->a, "%lld", (long long)c->lieux),
			str_printf(req->a, "%lld", (long long)c->gratuits) }, 4);
	}
	return OK;
}

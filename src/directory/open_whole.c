/* Whole files: the directory in one answer however large it is, made while it is sent, always of one moment: who asks during an
 * import is cut off and asks again. What was fetched before and has not changed is answered by "304" without reading a place. */
#include "base/words.h"
#include "directory/open.h"
#include "directory/place_dump.h"

static enum err next(struct req *req, struct buf *out)
{
	return place_reading_next(req->db, req->handler_data, out);
}

/* The same text whenever the bytes are the same: it has all that they are made from. */
static enum err etag_of(struct req *req, enum place_form form, str *ret)
{
	i64 generation;
	try(generation_now(req->db, GEN_DIRECTORY, &generation));
	str made_from = str_printf(req->a, GABARE_VERSION "|%d|%lld|%.*s|%.*s", (int)form, (long long)generation, STR_ARG(req->v.city->name),
		STR_ARG(req->v.city->public_url));
	*ret = str_printf(req->a, "W/\"%016llx-%lld\"", (unsigned long long)str_hash(made_from), (long long)generation);
	return OK;
}

static enum err whole(struct req *req, enum place_form form, const char *file)
{
	struct place_reading *r = arena_one(req->a, struct place_reading);
	str etag;
	try(etag_of(req, form, &etag));
	r->voice = (struct place_voice){ form, false, req->v.city };
	req->handler_data = r;
	resp_file(req, str_c(file), false);
	resp_pieces(req, next, etag);
	return OK;
}

enum err open_places_csv(struct req *req) { return whole(req, AS_CSV, "lieux.csv"); }
enum err open_places_json(struct req *req) { return whole(req, AS_JSON, "lieux.json"); }
enum err open_places_geojson(struct req *req) { return whole(req, AS_GEOJSON, "lieux.geojson"); }
enum err open_structures(struct req *req) { return whole(req, AS_STRUCTURES, "structures.json"); }
enum err open_services(struct req *req) { return whole(req, AS_SERVICES, "services.json"); }

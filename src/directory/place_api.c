/* The open API: places in the national schema and in data·inclusion's, no key, the same conditions as /lieux, pages by cursor. */
#include "base/json_out.h"
#include "directory/place_export.h"
#include "directory/place_format.h"
#include "directory/place_pages.h"
#include "directory/place_routes.h"
#include "html/assets.h"
#include "html/escape.h"

#define API_LIMIT 1000
#define API_BODY ((size_t)6 << 20)

/* The address of the next page, as the Link header wants it. */
static str next_link(struct req *req, i64 after)
{
	struct buf b = buf_new(req->a, 4096);
	buf_byte(&b, '<');
	buf_put(&b, req->v.city->public_url);
	buf_put(&b, req->path);
	char sep = '?';
	for (size_t i = 0; i < req->query.n; i++) {
		const struct pair *p = &req->query.v[i];
		if (str_eq(p->name, S("apres")))
			continue;
		buf_byte(&b, sep);
		esc_url_part(&b, p->name);
		buf_byte(&b, '=');
		esc_url_part(&b, p->value);
		sep = '&';
	}
	buf_printf(&b, "%capres=%lld>; rel=\"next\"", sep, (long long)after);
	return buf_str(&b);
}

static bool read_cursor(struct req *req, i64 *ret)
{
	struct view *v = &req->v;
	*ret = 0;
	if (!form_given(req, "apres") || (str_i64(form_text(req, "apres"), ret) && *ret >= 0))
		return true;
	form_fail(req, "apres", _("Reprenez le lien « next » de la page précédente."));
	return false;
}

/* The page of places that is asked for; says where the next one is. */
static enum err read_page(struct req *req, struct place_list *ret)
{
	struct place_query q;
	i64 after, limit = form_int(req, "limit", API_LIMIT);
	depends_on(req, GEN_DIRECTORY);
	if (!read_cursor(req, &after) || !place_query_of(req, &q))
		return INVALID;
	try(place_where_known(req, &q));
	try(directory_page(req->db, &q, after, limit, ret));
	req->out.max = API_BODY;
	if ((i64)ret->n == limit)
		resp_header(req, "Link", next_link(req, ret->v[ret->n - 1].place_id));
	return OK;
}

static enum err answer(struct req *req, enum place_form form)
{
	struct place_voice voice = { form, false, req->v.city };
	struct place_list places;
	i64 n = 0;
	if (form == AS_STRUCTURES || form == AS_SERVICES)
		depends_on(req, GEN_CONFIG);     /* the city's name and address are in it */
	try(read_page(req, &places));
	req->content_type = place_form_type(form);
	place_form_begin(&req->out, &voice);
	place_form_put(&req->out, &voice, &places, &n);
	place_form_end(&req->out, &voice);
	return OK;
}

enum err place_api_csv(struct req *req) { return answer(req, AS_CSV); }
enum err place_api_json(struct req *req) { return answer(req, AS_JSON); }
enum err place_api_geojson(struct req *req) { return answer(req, AS_GEOJSON); }
enum err place_api_structures(struct req *req) { return answer(req, AS_STRUCTURES); }
enum err place_api_services(struct req *req) { return answer(req, AS_SERVICES); }

enum err place_api_one(struct req *req)
{
	struct place p;
	depends_on(req, GEN_DIRECTORY);
	try(place_or_moved(req, &p));
	req->content_type = S("application/json; charset=utf-8");
	place_json_object(&req->out, &p, false);
	return OK;
}

enum err place_api_openapi(struct req *req)
{
	depends_on(req, GEN_CONFIG);
	req->content_type = S("application/json; charset=utf-8");
	buf_put(&req->out, asset_named(assets, S("openapi.json"))->identity);
	return OK;
}

/* The list of ten places for other sites: a page that may stand in their frames, or be fetched by their servers. Only here
 * is framing allowed; nothing in it posts, and no cookie is read. */
#include "directory/open_pages.h"
#include "directory/place_fragment_html.h"
#include "directory/place_routes.h"

#define URL_MAX ((size_t)4096)

/* The same search among our own pages. */
static str search_url(const struct req *req)
{
	struct buf b = buf_new(req->a, URL_MAX);
	char sep = '?';
	buf_put(&b, open_url(req, "/lieux"));
	for (size_t i = 0; i < req->query.n; i++) {
		const struct pair *p = &req->query.v[i];
		if (str_eq(p->name, S("style")) || !p->value.n)
			continue;
		buf_byte(&b, sep);
		esc_url_part(&b, p->name);
		buf_byte(&b, '=');
		esc_url_part(&b, p->value);
		sep = '&';
	}
	return buf_str(&b);
}

str place_page_url(const struct view *v, str base, str id)
{
	struct buf b = buf_new(v->a, URL_MAX);
	buf_put(&b, base);
	buf_put(&b, S("/lieux/"));
	esc_url_part(&b, id);
	return buf_str(&b);
}

enum err place_fragment(struct req *req)
{
	struct view *v = &req->v;
	struct place_query q;
	struct place_hits hits;
	depends_on(req, GEN_DIRECTORY);
	depends_on(req, GEN_CONFIG);
	resp_header(req, "Content-Security-Policy",
		S("default-src 'none'; img-src data:; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"));
	resp_header(req, "Cross-Origin-Resource-Policy", S("cross-origin"));
	resp_header(req, "Access-Control-Allow-Origin", S("*"));
	if (!place_query_of(req, &q))
		return INVALID;
	try(place_where_known(req, &q));
	try(directory_search(req->db, &q, 0, &hits));
	struct place_items items = { .v = arena_many(req->a, struct place_item, hits.n), .n = hits.n };
	for (size_t i = 0; i < hits.n; i++)
		items.v[i] = (struct place_item){ .hit = &hits.v[i], .opening = opening_now(req, hits.v[i].place.f[P_HORAIRES]) };
	struct place_fragment f = {
		.title = _f("Aide au numérique : {1}", v->city->name), .items = &items, .styled = form_given(req, "style"),
		.base = v->city->public_url, .more = search_url(req),
	};
	return place_fragment_html(v, &f);
}

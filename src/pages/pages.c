/* The home page, the fixed pages and robots.txt. */
#include "pages/pages.h"

#include "directory/directory.h"
#include "html/assets.h"
#include "html/format.h"
#include "http/compress.h"
#include "pages/accessibility.h"
#include "pages/accessibility_html.h"
#include "pages/eco_html.h"
#include "pages/fixed.h"
#include "pages/help_html.h"
#include "pages/home_html.h"
#include "pages/legal_html.h"
#include "pages/plan_html.h"
#include "pages/privacy_html.h"
#include "pages/scheme_html.h"

static enum err home_show(struct req *req)
{
	struct view *v = &req->v;
	i64 places;
	depends_on(req, GEN_CONFIG);
	depends_on(req, GEN_DIRECTORY);
	try(directory_count(req->db, &(struct place_query){ 0 }, &places));
	v->description = _("Trouver près de chez soi une aide pour l’ordinateur, le téléphone, Internet et les démarches.");
	return home_html(v, places);
}

static enum err eco_page(struct view *v)
{
	const struct asset *css = asset_named(assets, S("gabare.css"));
	assert(css);
	struct eco_facts facts = {
		.css_bytes = (i64)(css->br.n ? css->br.n : css->identity.n),
		.measured = { 2026, 11, 25 }, .home_bytes = 6969, .home_elements = 101, .home_ecoindex = 92,
	};
	return eco_html(v, &facts);
}

static enum err accessibility_page(struct view *v)
{
	return accessibility_html(v, audit_facts());
}

static enum err scheme_page(struct view *v)
{
	return scheme_html(v, audit_facts());
}

/* Pages that only the configuration changes. */
static const struct fixed_page {
	const char *path;
	enum err (*html)(struct view *v);
	const char *description;                 /* msgid */
} fixed_pages[] = {
	{ "/etre-aide", help_html, N_("Se faire aider par téléphone, au guichet ou sur papier, sans Internet.") },
	{ "/accessibilite", accessibility_page,
	  N_("Déclaration d’accessibilité : ce qui a été vérifié, ce qui ne l’a pas été, à qui le dire.") },
	{ "/accessibilite/schema", scheme_page, N_("Ce qui est fait et ce qui sera fait pour que chacun puisse se servir de ce site.") },
	{ "/donnees-personnelles", privacy_html, N_("Ce que ce site sait de vous, et vos droits.") },
	{ "/mentions-legales", legal_html, N_("Qui publie ce site, avec quel logiciel.") },
	{ "/ecoconception", eco_page, N_("Ce que pèse ce site et comment nous le mesurons.") },
};

static enum err fixed_show(struct req *req)
{
	struct view *v = &req->v;
	const struct fixed_page *page = fixed_pages;
	while (strcmp(page->path, req->route->path) != 0)
		page++;
	depends_on(req, GEN_CONFIG);
	v->here = str_c(page->path);
	v->description = tr(v->lang, page->description);
	return page->html(v);
}

static enum err plan_show(struct req *req)
{
	struct view *v = &req->v;
	struct own_pages own = { 0 };
	depends_on(req, GEN_CONFIG);
	depends_on(req, GEN_CONTENT);
	v->here = S("/plan");
	v->description = _("Toutes les pages de ce site, et ses données ouvertes.");
	for (enum written_kind kind = 0; kind < WRITTEN_KINDS; kind++) {
		struct articles all;
		try(articles_all(req->db, v, kind, &all));
		struct own_page *more = arena_many(req->a, struct own_page, own.n + all.n);
		if (own.n)
			memcpy(more, own.v, own.n * sizeof *more);
		own.v = more;
		for (size_t i = 0; i < all.n; i++)
			if (!article_delivered(kind, all.v[i].name, LANG_FR).p)
				own.v[own.n++] = (struct own_page){ str_printf(req->a, "%s/%.*s", written_kinds[kind].section, STR_ARG(all.v[i].name)), all.v[i].title,
					article_borrowed(v, &all.v[i]) };
	}
	return plan_html(v, &own);
}

/* An invented city must not be found by search engines. */
static enum err robots_show(struct req *req)
{
	depends_on(req, GEN_CONFIG);
	req->content_type = S("text/plain; charset=utf-8");
	buf_put(&req->out, req->v.city->demo ? S("User-agent: *\nDisallow: /\n") : S("User-agent: *\nDisallow: /api/\n"));
	return OK;
}

/* A compiled-in file, in the best coding the client takes; its URL changes with its content. */
static enum err asset_show(struct req *req)
{
	const struct asset *asset = asset_find(req->path);
	if (!asset)
		return NOT_FOUND;
	enum coding coding = coding_choose(req_header(req, "accept-encoding"));
	str body = coding == CODING_BROTLI ? asset->br : coding == CODING_GZIP ? asset->gzip : asset->identity;
	req->content_type = str_c(asset->type);
	resp_header(req, "Cache-Control", S("public, max-age=31536000, immutable"));
	resp_header(req, "Vary", S("Accept-Encoding"));
	if (body.n && coding != CODING_IDENTITY)
		resp_header(req, "Content-Encoding", str_c(coding_name(coding)));
	buf_put(&req->out, body.n ? body : asset->identity);
	return OK;
}

ROUTES(pages,
	ROUTE(GET, "/", home_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/etre-aide", fixed_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/plan", plan_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/accessibilite", fixed_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/accessibilite/schema", fixed_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/donnees-personnelles", fixed_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/mentions-legales", fixed_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/ecoconception", fixed_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE_WITH(GET, "/robots.txt", robots_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_NO_LANG),
	ROUTE_WITH(GET, "/a/:name", asset_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_NO_LANG),
);

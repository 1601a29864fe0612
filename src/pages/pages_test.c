/* Every page that is always there, in every language: whole, light, distinct, and leading somewhere. */
#include <zlib.h>

#include "given.h"
#include "db/db.h"

#include "html/assets.h"
#include "html/format.h"
#include "look.h"
#include "pages/accessibility.h"
#include "pages/pages.h"
#include "pages/rgaa_facts.h"

#define FIRST_VISIT_MAX 14000                    /* bytes, page and style sheet, gzip */
#define ELEMENTS_MAX 120

static struct arena *arena;

static str rendered(enum lang l, const struct route *route)
{
	arena_free(arena);
	arena = arena_new(1 << 22);
	struct req *req = arena_one(arena, struct req);
	*req = (struct req){ .a = arena, .v = look_view(arena, l), .route = route, .path = str_c(route->path) };
	req->out = buf_new(arena, 1 << 18);
	req->v.out = &req->out;
	req->v.path = req->path;
	req->db = ask_db();
	db_use_arena(req->db, arena);
	assert_ok(route->handler(req));
	assert_true(req->v.description.n > 0 || route->flags & ROUTE_NO_LANG);
	assert_true(req->depends);
	return buf_str(&req->out);
}

static size_t gzipped(str s)
{
	uLongf n = compressBound(s.n);
	Bytef *out = arena_alloc(arena, n);
	assert_int_equal(compress2(out, &n, (const Bytef *)s.p, s.n, 6), Z_OK);
	return n + 12;
}

/* Our own links carry the language, so that nobody falls out of it. */
static void expect_prefixed(enum lang l, str page)
{
	const char *prefix = langs[l].prefix;
	str wanted = str_printf(arena, "/%s/", prefix), home = str_printf(arena, "/%s", prefix), url;
	ptrdiff_t main_at = str_find(page, S("<main"));
	assert_true(main_at > 0);
	for (size_t at = (size_t)main_at; look_between(page, &at, " href=\"", "\"", &url);)
		if (str_starts(url, S("/")) && !str_starts(url, S("/api/")))
			assert_true(!*prefix || str_starts(url, wanted) || str_eq(url, home));
}

TEST(every_page_is_whole_and_light_in_every_language)
{
	size_t css = asset_find(asset_url("gabare.css"))->gzip.n;
	for (enum lang l = 0; l < LANG_COUNT; l++)
		for (const struct route *r = pages_routes; r->path; r++) {
			if (r->flags & ROUTE_NO_LANG)
				continue;
			str page = rendered(l, r);
			struct look look = look_at(arena, page);
			if (look.fault)
				fail_msg("%s in %s: %s", r->path, langs[l].name, look.fault);
			if (look.elements > ELEMENTS_MAX)
				fail_msg("%s in %s: %d elements", r->path, langs[l].name, look.elements);
			if (gzipped(page) + css > FIRST_VISIT_MAX)
				fail_msg("%s in %s: %zu bytes", r->path, langs[l].name, gzipped(page) + css);
			assert_true(look_has(page, "tel:+33261914400"));
			expect_prefixed(l, page);
		}
}

TEST(the_home_page_counts_places)
{
	expect_text(get("/"), "des personnes vous aident");
	str number = number_shown(unit_arena(4096), LANG_FR, given_demo());
	expect_text(get("/"), str_z(unit_arena(4096), str_printf(unit_arena(4096), "%.*s lieux vous aident", STR_ARG(number))));
	expect_text(get("/en/"), "places help you");
}

TEST(titles_are_unique)
{
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		char seen[16][160] = { { 0 } };
		size_t n = 0;
		for (const struct route *r = pages_routes; r->path; r++) {
			if (r->flags & ROUTE_NO_LANG)
				continue;
			str title;
			size_t at = 0;
			assert_true(look_between(rendered(l, r), &at, "<title>", "</title>", &title));
			for (size_t i = 0; i < n; i++)
				assert_false(str_eq(title, str_c(seen[i])));
			assert_true(n < lengthof(seen) && title.n < sizeof seen[0]);
			memcpy(seen[n++], title.p, title.n);
		}
		assert_int_equal(n, 8);
	}
}

static const struct route *route_at(const char *path)
{
	const struct route *r = pages_routes;
	while (r->path && strcmp(r->path, path) != 0)
		r++;
	assert_non_null(r->path);
	return r;
}

TEST(the_site_map_is_complete)
{
	char plan[65536];
	str page = rendered(LANG_FR, route_at("/plan"));
	assert_true(page.n < sizeof plan);
	memcpy(plan, page.p, page.n);
	page.p = plan;
	ptrdiff_t main_at = str_find(page, S("<main"));
	assert_true(main_at > 0);
	page = str_slice(page, (size_t)main_at, page.n);
	for (const struct route *r = pages_routes; r->path; r++)
		if (!(r->flags & ROUTE_NO_LANG) && strcmp(r->path, "/plan") != 0)
			assert_true(look_has(page, str_z(arena, str_printf(arena, "href=\"%s\"", r->path))));
}

TEST(nothing_is_left_in_french_elsewhere)
{
	for (const struct route *r = pages_routes; r->path; r++)
		if (!(r->flags & ROUTE_NO_LANG)) {
			assert_false(look_has(rendered(LANG_EN, r), " vous "));
			assert_false(look_has(rendered(LANG_AR, r), " vous "));
		}
}

TEST(the_legal_notice_says_what_is_missing)
{
	const struct route *legal = route_at("/mentions-legales");
	str whole = rendered(LANG_EN, legal);
	assert_true(look_has(whole, "<bdi lang=\"fr\">Maïa Pilote, maire inventée</bdi>"));
	assert_true(look_has(whole, "<bdi lang=\"fr\">La Cale, 1 quai"));
	assert_false(look_has(whole, "has not said"));
	struct city bare = { .name = S("X") };
	struct view v = look_view(arena, LANG_EN);
	struct req req = { .a = arena, .v = v, .route = legal, .out = buf_new(arena, 1 << 18) };
	req.v.city = &bare;
	req.v.out = &req.out;
	assert_ok(legal->handler(&req));
	assert_true(look_has(buf_str(&req.out), "has not said"));
}

TEST(the_statement_says_what_the_audit_found)
{
	const struct audit_facts *audit = audit_facts();
	str failing = S(RGAA_FAILING), criterion;
	size_t n = 0;
	for (; str_next(&failing, ' ', &criterion); n++)
		assert_true(n < audit->faults.n && str_eq(criterion, str_c(audit->faults.v[n].criterion)));
	assert_int_equal(n, audit->faults.n);
	struct answer a = get("/accessibilite");
	char figures[200];
	snprintf(figures, sizeof figures, "%lld critères le concernent. Il en respecte %lld, soit %lld %%.", (long long)audit->applicable,
		(long long)audit->met, (long long)audit->percent);
	expect_text(a, figures);
	for (size_t i = 0; i < n; i++)
		expect_text(a, audit->faults.v[i].words);
	expect_text(a, "Défenseur des droits");
	expect_text(a, "href=\"/accessibilite/schema\"");
}

TEST(every_page_says_the_state_of_accessibility)
{
	assert_true(audit_facts()->percent >= 50 && audit_facts()->percent < 100);
	expect_text(get("/"), "Accessibilité : partiellement conforme");
	expect_text(get("/rien-ici"), "Accessibilité : partiellement conforme");
	expect_text(get("/en/plan"), "Accessibility: partially compliant");
	expect_text(get("/accessibilite"), "partiellement conforme au référentiel français");
}

TEST(people_may_write_where_the_city_says)
{
	const struct route *page = route_at("/accessibilite");
	assert_true(look_has(rendered(LANG_AR, page), "<a href=\"mailto:numerique@example.org\" dir=\"ltr\">"));
	struct city bare = { .name = S("X") };
	struct req req = { .a = arena, .v = look_view(arena, LANG_FR), .route = page, .out = buf_new(arena, 1 << 18) };
	req.v.city = &bare;
	req.v.out = &req.out;
	assert_ok(page->handler(&req));
	assert_true(look_has(buf_str(&req.out), "pas encore donné d’adresse e-mail"));
	assert_false(look_has(buf_str(&req.out), "mailto:"));
}

TEST(who_cannot_telephone_may_write)
{
	assert_true(look_has(rendered(LANG_EN, route_at("/etre-aide")), "mailto:numerique@example.org"));
	expect_absent(get("/etre-aide"), "ne pouvez pas téléphoner"); /* a city without an address */
}

TEST(robots_stay_out_of_an_invented_city)
{
	assert_str(rendered(LANG_FR, route_at("/robots.txt")), "User-agent: *\nDisallow: /\n");
}

static struct req asset_request(str path, const char *accepts)
{
	static struct pair header;
	arena_free(arena);
	arena = arena_new(1 << 20);
	header = (struct pair){ S("Accept-Encoding"), str_c(accepts) };
	struct req req = { .a = arena, .path = path, .headers = { &header, 1 }, .out = buf_new(arena, 1 << 18) };
	return req;
}

TEST(assets_are_sent_as_asked_and_kept_for_ever)
{
	static const struct { const char *accepts, *coding; } cases[] = { { "gzip, br", "br" }, { "gzip", "gzip" }, { "identity", NULL } };
	const struct route *route = route_at("/a/:name");
	const struct asset *css = asset_find(asset_url("gabare.css"));
	for (size_t i = 0; i < lengthof(cases); i++) {
		struct req req = asset_request(css->url, cases[i].accepts);
		assert_ok(route->handler(&req));
		struct pairs out = { req.out_headers, (size_t)req.n_out_headers };
		assert_true(look_has(pairs_get(&out, "Cache-Control"), "immutable"));
		assert_str(pairs_get(&out, "Vary"), "Accept-Encoding");
		assert_str(pairs_get(&out, "Content-Encoding"), cases[i].coding ? cases[i].coding : "");
		assert_str(req.content_type, "text/css; charset=utf-8");
		assert_true(str_eq(buf_str(&req.out), i == 0 ? css->br : i == 1 ? css->gzip : css->identity));
	}
	struct req stale = asset_request(S("/a/gabare-00000000.css"), "br");
	assert_err(route->handler(&stale), NOT_FOUND);
}

TEST(error_pages_say_what_to_do_in_every_language)
{
	static const int statuses[] = { 400, 403, 404, 405, 409, 413, 429, 500, 503 };
	for (enum lang l = 0; l < LANG_COUNT; l++)
		for (size_t i = 0; i < lengthof(statuses); i++) {
			arena_free(arena);
			arena = arena_new(1 << 22);
			struct view v = look_view(arena, l);
			assert_ok(error_page_html(&v, statuses[i]));
			str page = buf_str(v.out);
			struct look look = look_at(arena, page);
			assert_null(look.fault);
			assert_true(v.noindex && look_has(page, "content=\"noindex\""));
			assert_int_equal(look_count(page, "tel:+33261914400"), 3);
			assert_int_equal(look_has(page, "name=\"pres\""), statuses[i] == 404);
			assert_true(look.elements <= ELEMENTS_MAX);
			expect_prefixed(l, page);
		}
}

TEST(error_pages_differ_and_unknown_ones_read_as_ours)
{
	arena_free(arena);
	arena = arena_new(1 << 22);
	struct view v = look_view(arena, LANG_FR), w = look_view(arena, LANG_FR);
	assert_ok(error_page_html(&v, 404));
	assert_true(look_has(buf_str(v.out), "Cette page n’est plus à quai"));
	assert_ok(error_page_html(&w, 507));
	assert_true(look_has(buf_str(w.out), "Une panne, chez nous"));
	struct view x = look_view(arena, LANG_FR);
	assert_ok(error_page_html(&x, 431));
	assert_true(look_has(buf_str(x.out), "Nous n’avons pas compris la demande"));
}

/* The page /wifi: where one connects without paying, closest first when one says where one is, and five precautions. */
#include "db/db.h"
#include "directory/place_routes.h"
#include "directory/wifi.h"
#include "directory/wifi_html.h"
#include "directory/wifi_pages.h"
#include "map/map.h"

#define URL_MAX ((size_t)1024)

/* The address of this page near `pres` (may be empty), with a map or not, at a page (from 1). */
static str wifi_url(const struct req *req, str pres, bool mapped, i64 page)
{
	struct buf b = buf_new(req->a, URL_MAX);
	char sep = '?';
	put_prefix(&b, &req->v);
	buf_put(&b, S("/wifi"));
	if (pres.n) {
		buf_put(&b, S("?pres="));
		esc_url_part(&b, pres);
		sep = '&';
	}
	if (mapped) {
		buf_printf(&b, "%ccarte=1", sep);
		sep = '&';
	}
	if (page > 1)
		buf_printf(&b, "%cpage=%lld", sep, (long long)page);
	return buf_str(&b);
}

static int closer(const void *a, const void *b)
{
	const struct wifi_item *x = a, *y = b;
	bool here = x->metres >= 0, there = y->metres >= 0;
	if (here != there)
		return here ? -1 : 1;
	if (x->metres < y->metres || x->metres > y->metres)
		return x->metres < y->metres ? -1 : 1;
	return x->site < y->site ? -1 : 1;           /* which are by name */
}

static struct wifi_items all_items(struct req *req, const struct wifi_site_list *sites, const struct gazetteer_answer *where)
{
	struct wifi_items items = {.v = arena_many(req->a, struct wifi_item, sites->n), .n = sites->n};
	for (size_t i = 0; i < sites->n; i++) {
		const struct wifi_site *s = &sites->v[i];
		bool near = where->found && s->lat.set && s->lon.set;
		items.v[i] = (struct wifi_item){.site = s, .metres = near ? geo_metres(where->v[0].at, (struct point){s->lat.v, s->lon.v}) : -1};
	}
	if (where->found && items.n)
		qsort(items.v, items.n, sizeof *items.v, closer);
	return items;
}

static void show_where(struct req *req, const struct gazetteer_answer *where, bool mapped, struct wifi_index *page)
{
	if (!form_given(req, "pres") || where->found)
		return;
	page->unknown = form_text(req, "pres");
	page->where.v = arena_many(req->a, struct where_choice, where->n);
	for (size_t i = 0; i < where->n; i++) {
		str name = gazetteer_full_name(req->a, &where->v[i]);
		page->where.v[page->where.n++] = (struct where_choice){.name = name, .url = wifi_url(req, name, mapped, 1)};
	}
}

static enum err show_map(struct req *req, const struct gazetteer_answer *where, i64 number, struct wifi_index *page)
{
	struct map_place *v = arena_many(req->a, struct map_place, page->items.n);
	struct map map = {.v = v, .n = page->items.n, .near = where->found};
	if (where->found)
		map.here = where->v[0].at;
	for (size_t i = 0; i < map.n; i++) {
		const struct wifi_site *s = page->items.v[i].site;
		v[i] = (struct map_place){.number = (i64)i + 1, .name = s->name, .placed = s->lat.set && s->lon.set, .at = {s->lat.v, s->lon.v}};
	}
	page->other_view = page->items.n ? wifi_url(req, form_text(req, "pres"), !page->mapped, number) : (str){0};
	return page->mapped ? map_drawn(req->db, &req->v, &map, &page->map) : OK;
}

static void put_title(const struct view *v, const struct gazetteer_answer *where, i64 number, struct wifi_index *page)
{
	page->title = _("Wifi gratuit");
	page->heading = text_html(v, page->title);
	if (where->found) {
		page->heading = _h("{1} près de {2}", page->heading, french_html(v, where->v[0].name));
		page->title = _f("{1} près de {2}", page->title, where->v[0].name);
	}
	if (number > 1) {
		str shown = number_shown(v->a, v->lang, number);
		page->title = _f("{1}, page {2}", page->title, shown);
		page->heading = _h("{1}, page {2}", page->heading, text_html(v, shown));
	}
}

static str where_of(struct arena *a, const struct wifi_site *s)
{
	str parts[3];
	size_t n = 0;
	if (s->address.n)
		parts[n++] = s->address;
	if (s->commune.n)
		parts[n++] = s->commune;
	if (s->network.n)
		parts[n++] = str_printf(a, "wifi %.*s", STR_ARG(s->network));
	return str_join(a, parts, n, S(", "));
}

/* The ten of this page, of all. False when there is no such page. */
static bool cut_page(struct req *req, i64 number, struct wifi_index *page)
{
	i64 total = (i64)page->items.n, from = (number - 1) * PLACES_PAGE;
	str pres = form_text(req, "pres");
	if (number > 1 && from >= total)
		return false;
	page->items.v += from;
	page->items.n = (size_t)(total - from < PLACES_PAGE ? total - from : PLACES_PAGE);
	for (size_t i = 0; i < page->items.n; i++) {
		struct wifi_item *item = &page->items.v[i];
		item->where = where_of(req->a, item->site);
		item->opening = opening_now(req, item->site->hours);
	}
	page->pager = pager_of(number, total, PLACES_PAGE, wifi_url(req, pres, page->mapped, number - 1), wifi_url(req, pres, page->mapped, number + 1));
	return true;
}

enum err wifi_page(struct req *req)
{
	struct view *v = &req->v;
	struct wifi_site_list sites;
	struct gazetteer_answer where = {0};
	struct wifi_index page = {.form = req->form, .mapped = str_eq(form_text(req, "carte"), S("1"))};
	i64 number = form_ok(req) ? form_int(req, "page", 1) : 1;
	depends_on(req, GEN_DIRECTORY);
	v->here = S("/wifi");
	v->description = _("Où se connecter sans payer, et cinq précautions.");
	v->noindex = form_given(req, "pres") || page.mapped;
	if (!form_ok(req)) {
		req->status = 400;
		v->error = true;
	}
	if (form_given(req, "pres"))
		try(gazetteer_find(req->db, form_text(req, "pres"), &where));
	try(wifi_open(req->db, WIFI_MAX, &sites));
	page.items = all_items(req, &sites, &where);
	if (!cut_page(req, number, &page))
		return NOT_FOUND;
	show_where(req, &where, page.mapped, &page);
	put_title(v, &where, number, &page);
	try(show_map(req, &where, number, &page));
	return wifi_index_html(v, &page);
}

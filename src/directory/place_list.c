/* The search page /lieux: what is asked, in words, with a way to take each condition off again. */
#include "db/db.h"
#include "directory/place_routes.h"
#include "directory/place_criteria_html.h"
#include "directory/place_list_html.h"
#include "directory/place_pages.h"
#include "map/map.h"

#define URL_MAX ((size_t)4096)
#define CONDITIONS_MAX 16

/* The address of the search at a path, without one parameter (NULL: with all), at a page (from 1). */
static str search_url(const struct req *req, const char *path, const char *without, i64 page)
{
	const struct view *v = &req->v;
	struct buf b = buf_new(v->a, URL_MAX);
	put_prefix(&b, v);
	buf_put(&b, str_c(path));
	char sep = '?';
	for (size_t i = 0; i < req->query.n; i++) {
		const struct pair *p = &req->query.v[i];
		bool point = str_eq(p->name, S("lon")) || str_eq(p->name, S("rayon"));
		bool where = str_eq(p->name, S("lat")) || point;
		if (!p->value.n || str_eq(p->name, S("page")) || (without && str_eq(p->name, str_c(without))))
			continue;
		if (point && without && strcmp(without, "lat") == 0)
			continue;
		if (where && without && strcmp(without, "pres") == 0)
			continue;
		buf_byte(&b, sep);
		esc_url_part(&b, p->name);
		buf_byte(&b, '=');
		esc_url_part(&b, p->value);
		sep = '&';
	}
	if (page > 1)
		buf_printf(&b, "%cpage=%lld", sep, (long long)page);
	return buf_str(&b);
}

static str list_url(const struct req *req, const char *without, i64 page)
{
	return search_url(req, "/lieux", without, page);
}

static void add_condition(struct req *req, struct conditions *c, const char *name, str label)
{
	c->v[c->n++] = (struct condition){.name = name, .label = label, .shown = text_html(&req->v, label), .without = list_url(req, name, 1)};
}

/* Near a place of the gazetteer, whose name is French in every language. */
static void add_where(struct req *req, struct conditions *c, str name)
{
	struct view *v = &req->v;
	add_condition(req, c, "pres", _f("près de {1}", name));
	c->v[c->n - 1].shown = _h("près de {1}", french_html(v, name));
}

/* Within an area, or any of the priority ones. */
static void add_area(struct req *req, struct conditions *c, const struct place_query *q)
{
	struct view *v = &req->v;
	str name = q->areas->v[0].area.name;
	bool all = str_eq(form_text(req, "quartier"), ALL_PRIORITY_AREAS);
	add_condition(req, c, "quartier", all ? _("dans un quartier prioritaire") : name);
	if (!all)
		c->v[c->n - 1].shown = french_html(v, name);
}

static void add_choices(struct req *req, struct conditions *c, const char *name)
{
	const struct view *v = &req->v;
	const struct options *options = field_options(v, req->form, name);
	str made[16];
	size_t n = 0;
	for (size_t i = 0; i < options->n && n < lengthof(made); i++)
		if (options->v[i].chosen)
			made[n++] = options->v[i].label;
	if (n)
		add_condition(req, c, name, str_join(v->a, made, n, S(", ")));
}

static str open_label(const struct view *v, const struct place_query *q)
{
	if (!q->open_ms)
		return _("ouvert maintenant");
	struct local t = local_of_ms(q->open_ms);
	return _f("ouvert le {1} à {2}", date_shown(v, date_of_days(t.day)), clock_shown(v, t.minute));
}

static struct conditions conditions_of(struct req *req, const struct place_query *q, const struct gazetteer_answer *where)
{
	struct view *v = &req->v;
	struct conditions c = {.v = arena_many(v->a, struct condition, CONDITIONS_MAX)};
	if (q->words.n)
		add_condition(req, &c, form_given(req, "q") ? "q" : "pres", q->words);
	if (q->commune.n)
		add_condition(req, &c, "commune", q->commune);
	if (where->found)
		add_where(req, &c, where->v[0].name);
	else if (q->near)
		add_condition(req, &c, "lat", _f("à moins de {1} m", number_shown(v->a, v->lang, q->radius_m)));
	if (q->open)
		add_condition(req, &c, "ouvert", open_label(v, q));
	add_choices(req, &c, "service");
	add_choices(req, &c, "public");
	add_choices(req, &c, "frais");
	for (const struct trait_field *t = trait_fields; t->name; t++)
		add_choices(req, &c, t->name);
	if (q->areas)
		add_area(req, &c, q);
	return c;
}

/* How many places there would be without each condition. */
static enum err count_without(struct db *db, const struct place_query *q, struct conditions *c)
{
	for (size_t i = 0; i < c->n && c->n > 1; i++) {
		struct place_query less = *q;
		place_query_drop(&less, c->v[i].name);
		try(directory_count(db, &less, &c->v[i].found));
	}
	return OK;
}

/* What the page is called, without where. */
static str title_of(const struct view *v, const struct place_query *q, const struct place_hits *hits)
{
	str title = hits->capped ? _f("Plus de {1} lieux d’aide", number_shown(v->a, v->lang, hits->total)) : _n("{n} lieu d’aide", "{n} lieux d’aide", hits->total);
	if (!hits->total)
		title = _("Aucun lieu d’aide");
	if (q->words.n)
		title = _f("{1} pour « {2} »", title, q->words);
	if (q->commune.n)
		title = _f("{1} – {2}", title, q->commune);
	return title;
}

static void put_title(const struct view *v, const struct place_query *q, const struct gazetteer_answer *where, const struct place_hits *hits,
	i64 number, struct place_list_page *page)
{
	str title = title_of(v, q, hits), near = q->near && !where->found ? _f("{1} près de ce point", title) : title;
	page->title = where->found ? _f("{1} près de {2}", title, where->v[0].name) : near;
	page->heading = where->found ? _h("{1} près de {2}", text_html(v, title), french_html(v, where->v[0].name)) : text_html(v, near);
	if (number == 1)
		return;
	str shown = number_shown(v->a, v->lang, number);
	page->title = _f("{1}, page {2}", page->title, shown);
	page->heading = _h("{1}, page {2}", page->heading, text_html(v, shown));
}

/* Whether some condition is one that the form hides until it is opened: else results come right after it on a phone. */
static bool refined(const struct conditions *c)
{
	static const char *const seen[] = {"q", "pres", "lat"};
	bool any = false;
	for (size_t i = 0; i < c->n; i++) {
		bool visible = false;
		for (size_t k = 0; k < lengthof(seen); k++)
			visible |= strcmp(c->v[i].name, seen[k]) == 0;
		any |= !visible;
	}
	return any;
}

/* What the form of the list does not show of the search, kept as it was given. */
static struct kept kept_of(const struct req *req)
{
	struct kept kept = {.v = arena_many(req->a, struct pair, req->query.n)};
	for (size_t i = 0; i < req->query.n; i++) {
		bool hidden = str_eq(req->query.v[i].name, S("quartier")) && !field_fault(req->form, "quartier").n;
		for (const struct trait_field *t = trait_fields; t->name; t++)
			hidden |= str_eq(req->query.v[i].name, str_c(t->name));
		if (hidden && req->query.v[i].value.n)
			kept.v[kept.n++] = req->query.v[i];
	}
	return kept;
}

/* The places that may have been meant, each with the same search there. */
static struct where_choices choices_of(struct req *req, const struct gazetteer_answer *where)
{
	struct where_choices choices = {.v = arena_many(req->a, struct where_choice, where->n)};
	str rest = list_url(req, "pres", 1);
	for (size_t i = 0; i < where->n && !where->found; i++) {
		struct buf b = buf_new(req->a, URL_MAX);
		str name = gazetteer_full_name(req->a, &where->v[i]);
		buf_put(&b, rest);
		buf_put(&b, str_find_byte(rest, '?') < 0 ? S("?pres=") : S("&pres="));
		esc_url_part(&b, name);
		choices.v[choices.n++] = (struct where_choice){.name = name, .url = buf_str(&b)};
	}
	return choices;
}

/* Where, as the form keeps it, and what is said of it when the gazetteer does not know it. */
static void show_where(struct req *req, const struct place_query *q, const struct gazetteer_answer *where, struct place_list_page *page)
{
	if (form_given(req, "pres") && !where->found) {
		page->unknown = form_text(req, "pres");
		page->understood = where->partly;
		page->as_words = q->words.n && !form_given(req, "q");
		page->where = choices_of(req, where);
	}
	if (q->near)
		page->radius = form_text(req, "rayon");
	if (q->near && !where->found) {
		page->point_lat = form_text(req, "lat");
		page->point_lon = form_text(req, "lon");
	}
}

static struct place_items items_of(struct req *req, const struct place_hits *hits)
{
	struct place_items items = {.v = arena_many(req->a, struct place_item, hits->n), .n = hits->n};
	for (size_t i = 0; i < hits->n; i++)
		items.v[i] = (struct place_item){.hit = &hits->v[i], .opening = opening_now(req, hits->v[i].place.f[P_HORAIRES])};
	return items;
}

/* The map of the items, when it is asked for; a link to it, when there is something to show on it. */
static enum err show_map(struct req *req, const struct place_query *q, i64 number, struct place_list_page *page)
{
	struct map_place *v = arena_many(req->a, struct map_place, page->items.n);
	struct map map = {.v = v, .n = page->items.n, .near = q->near, .here = q->at};
	bool placed = false;
	for (size_t i = 0; i < map.n; i++) {
		const struct place *p = &page->items.v[i].hit->place;
		v[i] = (struct map_place){.number = (i64)i + 1, .name = p->f[P_NOM]};
		v[i].placed = str_f64(p->f[P_LATITUDE], &v[i].at.lat) && str_f64(p->f[P_LONGITUDE], &v[i].at.lon);
		placed |= v[i].placed;
	}
	page->mapped = str_eq(form_text(req, "carte"), S("1"));
	if (page->mapped) {
		page->other_view = list_url(req, "carte", number);
		for (size_t i = 0; i < map.n; i++)
			page->items.v[i].number = (i64)i + 1;
		return map_drawn(req->db, &req->v, &map, &page->map);
	}
	if (placed) {
		str here = list_url(req, NULL, number);
		page->other_view = str_printf(req->a, "%.*s%ccarte=1", STR_ARG(here), str_find_byte(here, '?') < 0 ? '?' : '&');
	}
	return OK;
}

static enum err show_refused(struct req *req, struct place_list_page *page)
{
	struct view *v = &req->v;
	req->status = 400;
	v->error = true;
	page->refused = true;
	page->title = _("Cette recherche n’est pas comprise");
	page->heading = text_html(v, page->title);
	return place_list_html(v, page);
}

enum err place_list(struct req *req)
{
	struct view *v = &req->v;
	struct place_query q;
	struct place_hits hits;
	struct gazetteer_answer where;
	depends_on(req, GEN_DIRECTORY);
	bool good = place_query_of(req, &q);
	i64 number = form_int(req, "page", 1);
	try(place_where(req, &q, &where));
	good = good && form_ok(req);
	struct place_list_page page = {.form = req->form, .near = q.near, .conditions = conditions_of(req, &q, &where)};
	page.searched = refined(&page.conditions);
	v->here = S("/lieux");
	v->description = _("Les lieux où l’on vous aide avec l’ordinateur, le téléphone, Internet et vos démarches.");
	v->noindex = page.conditions.n > 1 || q.open || form_given(req, "carte");
	page.open_at = q.open_ms ? form_text(req, "ouvert") : S("maintenant");
	page.open_label = q.open_ms ? open_label(v, &q) : _("Ouvert maintenant");
	page.open = q.open;
	v->alternate = S("/api/v1/lieux.json");
	page.kept = kept_of(req);
	page.criteria_url = search_url(req, "/chercher", "carte", 1);
	show_where(req, &q, &where, &page);
	if (!good)
		return show_refused(req, &page);
	try(directory_search(req->db, &q, number - 1, &hits));
	if (!hits.n && hits.total && number > 1)
		return NOT_FOUND;                /* a page beyond the last */
	put_title(v, &q, &where, &hits, number, &page);
	page.items = items_of(req, &hits);
	try(show_map(req, &q, number, &page));
	page.corrected = hits.corrected;
	page.pager = pager_of(number, hits.total, PLACES_PAGE, list_url(req, NULL, number - 1), list_url(req, NULL, number + 1));
	if (!hits.total)
		try(count_without(req->db, &q, &page.conditions));
	return place_list_html(v, &page);
}

/* All that places can be chosen by, on a page of its own: the list keeps to what most people need. */
enum err place_criteria(struct req *req)
{
	struct view *v = &req->v;
	struct place_query q;
	struct gazetteer_areas areas;
	if (!place_query_of(req, &q))
		return place_list(req);          /* which shows what must be put right */
	depends_on(req, GEN_DIRECTORY);
	true_until(req, midnight_ms());          /* areas begin and end with a day */
	try(gazetteer_areas_now(req->db, &areas));
	v->here = S("/lieux");
	v->noindex = true;
	return place_criteria_html(v, &(struct place_criteria_page){
		.form = req->form, .areas = areas, .area = form_text(req, "quartier"), .open = q.open,
	});
}

/* The Atom feed of what changes in the directory: places that are new, changed, no longer in any source, or taken out. */
#include "base/timex.h"
#include "directory/open_feed_html.h"
#include "directory/open_pages.h"
#include "directory/open_sql.h"

#define ENTRIES 50
#define FIELDS_READ 600                          /* changed fields looked at: some of them are of the same place */

struct entries { struct feed_entry v[4 * ENTRIES]; size_t n; };

static void add(struct entries *all, struct feed_entry e)
{
	if (all->n < lengthof(all->v))
		all->v[all->n++] = e;
}

static enum err gather_new(struct req *req, struct entries *all)
{
	struct open_new_row_list found;
	try(open_new(req->db, ENTRIES, &found));
	for (size_t i = 0; i < found.n; i++)
		add(all, (struct feed_entry){ .kind = "nouveau", .id = found.v[i].id, .nom = found.v[i].nom, .commune = found.v[i].commune,
			.told = S("Nouveau lieu."), .at = found.v[i].at });
	return OK;
}

/* The rows of one place at one moment are one entry. */
static enum err gather_changed(struct req *req, struct entries *all)
{
	struct open_changed_row_list found;
	try(open_changed(req->db, FIELDS_READ, &found));
	size_t from = 0, made = 0;
	for (size_t i = 1; i <= found.n && made < ENTRIES; i++) {
		const struct open_changed_row *first = &found.v[from];
		if (i < found.n && str_eq(found.v[i].id, first->id) && found.v[i].at == first->at)
			continue;
		struct buf b = buf_new(req->a, 2000);
		for (size_t k = from; k < i; k++) {
			buf_put(&b, k > from ? S(", ") : S("Changé : "));
			buf_put(&b, found.v[k].field);
		}
		buf_byte(&b, '.');
		add(all, (struct feed_entry){ .kind = "modifie", .id = first->id, .nom = first->nom, .commune = first->commune, .told = buf_str(&b),
			.at = first->at });
		from = i;
		made++;
	}
	return OK;
}

static enum err gather_gone(struct req *req, struct entries *all)
{
	struct open_gone_row_list found;
	try(open_gone(req->db, ENTRIES, &found));
	for (size_t i = 0; i < found.n; i++)
		add(all, (struct feed_entry){ .kind = "fermeture-proposee", .id = found.v[i].id, .nom = found.v[i].nom, .commune = found.v[i].commune,
			.told = S("N’est plus dans sa source : sa fermeture est proposée."), .at = found.v[i].at });
	return OK;
}

static enum err gather_out(struct req *req, struct entries *all)
{
	struct places_away found;
	try(places_away(req->db, ENTRIES, &found));
	for (size_t i = 0; i < found.n; i++)
		add(all, (struct feed_entry){ .kind = "retire", .id = found.v[i].public_id, .nom = found.v[i].name, .commune = found.v[i].commune,
			.told = found.v[i].kept_name.n ? str_printf(req->a, "Réuni avec : %.*s.", STR_ARG(found.v[i].kept_name)) : S("Retiré de l’annuaire."),
			.at = found.v[i].at });
	return OK;
}

static int newest_first(const void *pa, const void *pb)
{
	const struct feed_entry *a = pa, *b = pb;
	if (a->at != b->at)
		return a->at > b->at ? -1 : 1;
	int c = str_cmp(a->id, b->id);
	return c ? c : strcmp(a->kind, b->kind);
}

/* "numerique.example.org" of the public address: what the ids of the feed hang on (RFC 4151). */
static str authority(const struct city *city)
{
	str url = city->public_url;
	ptrdiff_t at = str_find(url, S("://"));
	url = at < 0 ? S("localhost") : str_slice(url, (size_t)at + 3, url.n);
	ptrdiff_t end = str_find_byte(url, '/'), port = str_find_byte(url, ':');
	end = port >= 0 && (end < 0 || port < end) ? port : end;
	return end < 0 ? url : str_slice(url, 0, (size_t)end);
}

/* An id is an IRI: what is in a place's id is percent-encoded. */
static str encoded(struct arena *a, str id)
{
	struct buf b = buf_new(a, 4096);
	esc_url_part(&b, id);
	return buf_str(&b);
}

enum err open_feed(struct req *req)
{
	struct entries *all = arena_one(req->a, struct entries);
	depends_on(req, GEN_DIRECTORY);
	depends_on(req, GEN_CONFIG);
	try(gather_new(req, all));
	try(gather_changed(req, all));
	try(gather_gone(req, all));
	try(gather_out(req, all));
	qsort(all->v, all->n, sizeof *all->v, newest_first);
	req->content_type = S("application/atom+xml; charset=utf-8");
	struct feed feed = { .v = all->v, .n = all->n < ENTRIES ? all->n : ENTRIES, .authority = authority(req->v.city), .self = open_url(req, "/flux/lieux.atom") };
	feed.updated = ms_iso(req->a, feed.n ? feed.v[0].at : 0);
	for (size_t i = 0; i < feed.n; i++) {
		feed.v[i].updated = ms_iso(req->a, feed.v[i].at);
		feed.v[i].page = place_page_url(&req->v, req->v.city->public_url, feed.v[i].id);
		feed.v[i].id = encoded(req->a, feed.v[i].id);
	}
	return open_feed_html(&req->v, &feed);
}

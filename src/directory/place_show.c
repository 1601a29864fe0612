/* A place's page, and telling us that something on it is wrong. */
#include "base/timex.h"
#include "db/db.h"
#include "db/id.h"
#include "directory/open_pages.h"
#include "directory/opening.h"
#include "directory/place_routes.h"
#include "directory/place_pages.h"
#include "directory/place_report_html.h"
#include "directory/place_show_html.h"
#include "http/seal.h"
#include "http/session.h"

str place_address(const struct view *v, const struct place *p)
{
	return str_printf(v->a, "%.*s, %.*s %.*s", STR_ARG(p->f[P_ADRESSE]), STR_ARG(p->f[P_CODE_POSTAL]), STR_ARG(p->f[P_COMMUNE]));
}

str mail_url(const struct view *v, str mail) { return str_printf(v->a, "mailto:%.*s", STR_ARG(mail)); }

struct labels split_list(const struct view *v, str list)
{
	struct labels ret = {.v = arena_many(v->a, str, 16)};
	for (str one; list.n && ret.n < 16 && str_next(&list, '|', &one);)
		ret.v[ret.n++] = one;
	return ret;
}

str freshness_of(const struct view *v, const struct place *p)
{
	struct date d;
	return date_parse(p->f[P_DATE_MAJ], &d) ? freshness_shown(v, d, today_paris()) : S("");
}

enum err place_or_moved(struct req *req, struct place *ret)
{
	str kept;
	struct buf code = buf_new(req->a, 1024);
	enum err e = directory_place(req->db, req_param(req, "id"), ret);
	if (e != NOT_FOUND)
		return e;
	try(place_moved(req->db, req_param(req, "id"), &kept));
	esc_url_part(&code, kept);
	return resp_moved(req, str_replace(req->a, str_c(req->route->path), S(":id"), buf_str(&code)));
}

enum err place_of_path(struct req *req, struct place *ret)
{
	depends_on(req, GEN_DIRECTORY);
	req->v.here = S("/lieux");
	return place_or_moved(req, ret);
}

/* Its district and priority area, by where it stands. */
static enum err areas_of(struct req *req, const struct place *p, struct gazetteer_areas *ret)
{
	struct point at;
	*ret = (struct gazetteer_areas){0};
	if (!str_f64(p->f[P_LATITUDE], &at.lat) || !str_f64(p->f[P_LONGITUDE], &at.lon))
		return OK;
	return gazetteer_areas_at(req->db, at, ret);
}

/* The map of the list, with this place first and its neighbours. */
static str map_around(const struct view *v, const struct place *p)
{
	str lat = p->f[P_LATITUDE], lon = p->f[P_LONGITUDE];
	return lat.n && lon.n ? str_printf(v->a, "/lieux?lat=%.*s&lon=%.*s&rayon=1000&carte=1", STR_ARG(lat), STR_ARG(lon)) : (str){0};
}

enum err place_gone_page(struct req *req)
{
	struct view *v = &req->v;
	struct place p;
	str kept, reason;
	try(place_kept(req->db, req_param(req, "id"), &kept));
	try(place_gone(req->db, kept, &p, &reason));
	if (str_eq(reason, S("mistake")))
		return NOT_FOUND;
	struct place_gone_page page = { .place = &p, .near = map_around(v, &p) };
	page.why = str_eq(reason, S("closed")) ? _("Il a fermé.") : str_eq(reason, S("twin")) ? _("Il est dans l’annuaire sous un autre nom.")
		: _("Il n’aide plus au numérique.");
	if (!page.near.n)
		page.near = S("/lieux");
	v->noindex = true;
	req->status = 410;
	return place_gone_html(v, &page);
}

enum err place_show(struct req *req)
{
	struct view *v = &req->v;
	struct place p;
	struct gazetteer_areas areas;
	enum err e = place_of_path(req, &p);
	if (e != OK)
		return e == NOT_FOUND ? place_gone_page(req) : e;
	try(areas_of(req, &p, &areas));
	struct place_page page = {
		.areas = &areas,
		.place = &p, .kinds = place_kinds(v, &p),
		.services = labels_of(v, &p, P_SERVICES), .bring = bring_labels(v, &p), .publics = labels_of(v, &p, P_PUBLICS), .needs = labels_of(v, &p, P_PRISE_EN_CHARGE),
		.prices = labels_of(v, &p, P_FRAIS), .access = access_labels(v, &p), .ways = labels_of(v, &p, P_MODALITES_ACCOMPAGNEMENT),
		.phones = split_list(v, p.f[P_TELEPHONES]), .mails = split_list(v, p.f[P_COURRIELS]), .sites = split_list(v, p.f[P_SITE_WEB]),
		.freshness = freshness_of(v, &p), .opening = opening_now(req, p.f[P_HORAIRES]),
	};
	page.map = map_around(v, &p);
	page.week = place_week(v, p.f[P_HORAIRES], today_paris(), true);
	page.changes = place_week_changes(v, page.week);
	true_until(req, midnight_ms());
	v->description = _f("{1}, {2} : téléphone, horaires, aide proposée.", p.f[P_NOM], p.f[P_COMMUNE]);
	v->alternate = str_printf(v->a, "/api/v1/lieux/%s", str_z(v->a, req_param(req, "id")));
	v->linked = str_printf(v->a, "%.*s.jsonld", STR_ARG(place_page_url(v, S(""), p.f[P_ID])));
	return place_show_html(v, &page);
}

#define REPORT_ROUTE "/lieux/:id/erreur"

static enum err report_form(struct req *req, const struct place *p)
{
	req->v.noindex = true;
	try(form_stamp(req, REPORT_ROUTE));
	return place_report_html(&req->v, req->form, p);
}

enum err place_report_new(struct req *req)
{
	struct place p;
	try(place_of_path(req, &p));
	return report_form(req, &p);
}

static enum err seal_contact(struct req *req, i64 id, str *ret)
{
	struct vault_item contact = {
		.at = str_printf(req->a, "place_report:contact_enc:%lld", (long long)id), .value = form_text(req, "contact"),
	};
	return vault_seal(req, &contact, 1, ret);
}

struct report_post { struct place_report report; str thanks; };

static enum err add_report(struct db *db, void *arg, str *ret_path)
{
	struct report_post *post = arg;
	*ret_path = post->thanks;
	return directory_report(db, &post->report);
}

enum err place_report(struct req *req)
{
	struct place p;
	try(place_of_path(req, &p));
	if (!form_ok(req)) {
		form_refused(req);
		return report_form(req, &p);
	}
	struct report_post post = {.report = {.id = id_new(), .place_id = p.place_id, .what = form_text(req, "erreur")}};
	post.thanks = str_printf(req->a, "/lieux/%s/merci", str_z(req->a, p.f[P_ID]));
	if (form_given(req, "contact"))
		try(seal_contact(req, post.report.id, &post.report.contact));
	return post_once(req, add_report, &post);
}

enum err place_thanks(struct req *req)
{
	struct place p;
	try(place_of_path(req, &p));
	req->v.noindex = true;
	return place_thanks_html(&req->v, &p);
}

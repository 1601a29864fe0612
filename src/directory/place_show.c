/* A place's page, and telling us that something on it is wrong. */
#include "base/timex.h"
#include "db/db.h"
#include "db/id.h"
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

static html day_times(const struct view *v, const struct hours_day_pieces *day)
{
	if (!day->n)
		return text_html(v, _("Fermé"));
	html all = {0};
	for (size_t i = 0; i < day->n; i++) {
		const struct hours_piece *p = &day->v[i];
		html span = _h("{1} à {2}", text_html(v, clock_shown(v, p->from)), text_html(v, clock_shown(v, p->to)));
		if (p->comment.n)
			span = _h("{1} ({2})", span, french_html(v, p->comment));
		else if (p->state == HOURS_UNKNOWN)
			span = _h("{1} (à confirmer par téléphone)", span);
		all = i ? _h("{1} et {2}", all, span) : span;
	}
	return all;
}

static bool same_hours(const struct hours_day_pieces *a, const struct hours_day_pieces *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].from != b->v[i].from || a->v[i].to != b->v[i].to || a->v[i].state != b->v[i].state || !str_eq(a->v[i].comment, b->v[i].comment))
			return false;
	return true;
}

/* The week, days with the same hours on one line. */
static const struct hours_lines *week_lines(const struct view *v, const struct hours_day_pieces day[7])
{
	static const char *const names[] = {
		N_("Lundi"), N_("Mardi"), N_("Mercredi"), N_("Jeudi"), N_("Vendredi"), N_("Samedi"), N_("Dimanche"),
	};
	struct hours_lines *lines = arena_one(v->a, struct hours_lines);
	lines->v = arena_many(v->a, struct hours_line, 7);
	for (int from = 0, to; from < 7; from = to) {
		for (to = from + 1; to < 7 && same_hours(&day[from], &day[to]);)
			to++;
		str first = tr(v->lang, names[from]), last = tr(v->lang, names[to - 1]);
		str shown = to - from == 1 ? first : to - from == 2 ? _f("{1}, {2}", first, last) : _f("{1} à {2}", first, last);
		lines->v[lines->n++] = (struct hours_line){.day = shown, .times = day_times(v, &day[from])};
	}
	return lines;
}

/* An ordinary week when every week is alike, else this very week. */
static void show_hours(struct req *req, str expression, struct place_page *page)
{
	struct view *v = &req->v;
	struct hours *h;
	struct hours_error e;
	struct hours_day_pieces day[7];
	page->hours = arena_one(v->a, struct hours_lines);
	if (!expression.n || hours_parse(v->a, expression, &h, &e) != OK)
		return;
	i64 today = date_days(today_paris()), monday = today - date_weekday(date_of_days(today));
	bool dated = hours_vary(h);
	page->hours_caption = dated ? _f("Semaine du {1}", date_shown(v, date_of_days(monday))) : _("Chaque semaine");
	for (int i = 0; i < 7; i++) {
		i64 d = monday + i;
		while (!dated && public_holiday(date_of_days(d)))
			d += 7;
		day[i] = hours_of_day(v->a, h, d);
	}
	page->hours = week_lines(v, day);
	page->holidays_off = hours_closed_on_holidays(h);
}

static struct labels split(const struct view *v, str list)
{
	struct labels ret = {.v = arena_many(v->a, str, 16)};
	for (str one; list.n && ret.n < 16 && str_next(&list, '|', &one);)
		ret.v[ret.n++] = one;
	return ret;
}

static str freshness_of(const struct view *v, const struct place *p)
{
	struct date d;
	return date_parse(p->f[P_DATE_MAJ], &d) ? freshness_shown(v, d, today_paris()) : S("");
}

static enum err place_of_path(struct req *req, struct place *ret)
{
	depends_on(req, GEN_DIRECTORY);
	req->v.here = S("/lieux");
	return directory_place(req->db, req_param(req, "id"), ret);
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

enum err place_show(struct req *req)
{
	struct view *v = &req->v;
	struct place p;
	struct gazetteer_areas areas;
	try(place_of_path(req, &p));
	try(areas_of(req, &p, &areas));
	struct place_page page = {
		.areas = &areas,
		.place = &p, .kinds = place_kinds(v, &p),
		.services = labels_of(v, &p, P_SERVICES), .publics = labels_of(v, &p, P_PUBLICS), .needs = labels_of(v, &p, P_PRISE_EN_CHARGE),
		.prices = labels_of(v, &p, P_FRAIS), .access = access_labels(v, &p), .ways = labels_of(v, &p, P_MODALITES_ACCOMPAGNEMENT),
		.phones = split(v, p.f[P_TELEPHONES]), .mails = split(v, p.f[P_COURRIELS]), .sites = split(v, p.f[P_SITE_WEB]),
		.freshness = freshness_of(v, &p), .opening = opening_now(req, p.f[P_HORAIRES]),
	};
	show_hours(req, p.f[P_HORAIRES], &page);
	v->description = _f("{1}, {2} : téléphone, horaires, aide proposée.", p.f[P_NOM], p.f[P_COMMUNE]);
	v->alternate = str_printf(v->a, "/api/v1/lieux/%s", str_z(v->a, req_param(req, "id")));
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
		req->status = 422;
		req->v.error = true;
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

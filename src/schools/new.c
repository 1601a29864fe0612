/* A place that the State's files of schools do not have: a university, an association or a service that refers people. From then on it is a place
 * as the others: waves hold it, its organisation's referents name people there. */
#include "audit/audit.h"
#include "base/code.h"
#include "db/id.h"
#include "gazetteer/gazetteer.h"
#include "http/session.h"
#include "schools/file.h"
#include "schools/new_html.h"
#include "schools/pages.h"

#include <sodium.h>

#define ROUTE_HERE "/agent/ecoles/nouveau"

static enum err show(struct req *req)
{
	struct school_new_page page = { .form = req->form };
	req->v.here = S("/agent/ecoles");
	try(form_stamp(req, ROUTE_HERE));
	return school_new_html(&req->v, &page);
}

enum err school_new_form(struct req *req)
{
	req->form->n_errors = 0;
	return show(req);
}

static str text_of(const struct req *req, const char *name) { return form_given(req, name) ? form_text(req, name) : S(""); }

/* A body without a UAI is called by a code of ours, which is never one. */
static str own_code(struct arena *a)
{
	u8 bits[4];
	randombytes_buf(bits, sizeof bits);
	return str_printf(a, "ORG-%.*s", STR_ARG(code_of_bits(a, (str){ (const char *)bits, sizeof bits }, 1)));
}

struct making { struct req *req; struct school s; str organisation; };

static enum err make_tx(struct db *db, void *arg, str *ret_path)
{
	const struct making *m = arg;
	const struct school *s = &m->s;
	i64 user = m->req->session->user_id;
	*ret_path = str_printf(db_arena(db), "/agent/ecoles/%.*s?fait=1", STR_ARG(s->uai));
	try(school_put(db, s->id, s->uai, s->name, s->kind, s->sector, s->address, s->postal_code, s->commune, s->insee, s->lat, s->lon, s->district_code, s->district,
		s->area, s->ips, s->ips_year, s->state));
	try(school_attach(db, s, m->organisation, user));
	return audit_write(db, &(struct audit){ .user_id = user, .action = "school.made", .object = "school", .object_id = s->id, .detail = s->kind });
}

/* Where it is, when the gazetteer knows the address. */
static enum err locate(struct req *req, struct school *s)
{
	struct gazetteer_answer spot = { .found = false };
	if (s->address.n)
		try(gazetteer_find(req->db, str_printf(req->a, "%.*s, %.*s %.*s", STR_ARG(s->address), STR_ARG(s->postal_code), STR_ARG(s->commune)), &spot));
	if (!spot.found)
		return OK;
	s->lat = (struct opt_f64){ spot.v[0].at.lat, true };
	s->lon = (struct opt_f64){ spot.v[0].at.lon, true };
	return school_put_in_areas(req->db, s);
}

enum err school_new_post(struct req *req)
{
	const struct view *v = &req->v;
	struct school had;
	str code = text_of(req, "uai"), none = S("");
	struct making m = { .req = req, .organisation = form_given(req, "structure") ? form_text(req, "structure") : text_of(req, "nom"),
		.s = { .id = id_new(), .uai = code.n ? code : own_code(req->a), .name = text_of(req, "nom"), .kind = text_of(req, "sorte"), .sector = S("public"),
			.address = text_of(req, "adresse"), .postal_code = text_of(req, "code_postal"), .commune = text_of(req, "commune"), .insee = none,
			.district_code = none, .district = none, .area = none, .ips_year = none, .state = S("open") } };
	enum err known = school_by_uai(req->db, m.s.uai, &had);
	if (known != OK && known != NOT_FOUND)
		return known;
	if (code.n && !uai_valid(code))
		form_fail(req, "uai", _("Un code UAI a sept chiffres et la lettre qui va avec. Sans code, laissez vide."));
	else if (known == OK)
		form_fail(req, "uai", _f("Ce code est déjà celui de {1}.", had.name));
	if (form_ok(req)) {
		try(locate(req, &m.s));
		enum err e = post_once(req, make_tx, &m);
		if (e != CONFLICT)
			return e;
		form_fail(req, "structure", _("Plusieurs structures ont ce nom. Donnez à celle-ci un nom à elle."));
	}
	form_refused(req);
	return show(req);
}

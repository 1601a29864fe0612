/* A wave: how many, when, in which districts and schools, with which association. */
#include "equipment/wave_html.h"

#include "base/timex.h"
#include "equipment/edit.h"
#include "gazetteer/gazetteer.h"
#include "http/session.h"

#define NEW_ROUTE "/agent/campagnes/:campagne/vagues/nouvelle"
#define WAVE_ROUTE "/agent/campagnes/:campagne/vagues/:vague"

enum { DISTRICTS = 4, CHANGED = 5 };             /* fields of the form (routes.c) */

static bool ticks(const struct form_value *values, str one)
{
	for (size_t i = 0; i < values->n_many; i++)
		if (str_eq(values->many[i], one))
			return true;
	return false;
}

static bool has_code(str codes, str code)
{
	str one;
	while (codes.n && str_next(&codes, ' ', &one))
		if (str_eq(one, code))
			return true;
	return false;
}

static str wave_path(struct req *req, const struct wave *w)
{
	return str_printf(req->a, "/agent/campagnes/%lld/vagues/%lld?fait=1", (long long)w->campaign_id, (long long)w->id);
}

static str campaign_path(struct req *req, const struct campaign *c)
{
	return str_printf(req->a, "/agent/campagnes/%lld?fait=1", (long long)c->id);
}

/* ---- showing ---- */

static enum err put_districts(struct req *req, str chosen, struct district_boxes *ret)
{
	struct gazetteer_areas areas;
	try(gazetteer_areas_now(req->db, &areas));
	*ret = (struct district_boxes){ .v = arena_many(req->a, struct district_box, areas.n + 1) };
	for (size_t i = 0; i < areas.n; i++)
		if (areas.v[i].kind == GAZ_DISTRICT)
			ret->v[ret->n++] = (struct district_box){ areas.v[i].code, areas.v[i].name, has_code(chosen, areas.v[i].code) };
	return OK;
}

static enum err put_schools(struct req *req, const struct wave *w, struct wave_school_lines *ret)
{
	struct wave_school_row_list rows;
	const struct form_value *ticked = &req->form->values[CHANGED];
	try(wave_schools(req->db, w->id, &rows));
	*ret = (struct wave_school_lines){ .v = arena_many(req->a, struct wave_school_line, rows.n + 1) };
	for (; ret->n < rows.n; ret->n++) {
		const struct wave_school_row *r = &rows.v[ret->n];
		ret->v[ret->n] = (struct wave_school_line){ r->uai, r->name, r->district, r->association, r->why, ticks(ticked, r->uai) };
	}
	return OK;
}

static enum err show(struct req *req, const struct campaign *c, const struct wave *w, str districts)
{
	struct wave_page page = { .form = req->form, .campaign = c->id, .id = w->id, .number = w->number, .campaign_name = c->f[C_NAME],
		.organisation = c->organisation,
		.version = str_printf(req->a, "%lld", (long long)w->version), .may = campaign_may_change(req, c), .done = w->f[W_DONE].n > 0,
		.saved = req->method == GET && form_given(req, "fait") };
	try(put_districts(req, districts, &page.districts));
	if (w->id)
		try(put_schools(req, w, &page.schools));
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, w->id ? WAVE_ROUTE : NEW_ROUTE));
	return w->id ? wave_html(&req->v, &page) : wave_new_html(&req->v, &page);
}

enum err wave_show(struct req *req)
{
	struct campaign c;
	struct wave w;
	try(wave_of(req, &c, &w));
	form_put(req->form, "titre", w.f[W_TITLE]);
	form_put(req->form, "quantite", w.f[W_QUANTITY]);
	form_put(req->form, "debut", day_typed(req->a, w.f[W_FROM]));
	form_put(req->form, "fin", day_typed(req->a, w.f[W_TO]));
	req->form->n_errors = 0;
	return show(req, &c, &w, w.f[W_DISTRICTS]);
}

enum err wave_new_form(struct req *req)
{
	struct campaign c;
	struct wave none = { .id = 0 };
	try(campaign_of(req, &c));
	req->form->n_errors = 0;
	return show(req, &c, &none, S(""));
}

/* ---- writing ---- */

static void take(struct req *req, struct wave *w)
{
	const struct form_value *districts = &req->form->values[DISTRICTS];
	w->f[W_TITLE] = form_given(req, "titre") ? form_text(req, "titre") : S("");
	w->f[W_QUANTITY] = str_printf(req->a, "%lld", (long long)form_int(req, "quantite", 0));
	w->f[W_DISTRICTS] = str_join(req->a, districts->many, districts->n_many, S(" "));
	take_days(req, &w->f[W_FROM], &w->f[W_TO]);
}

/* The association of the schools that are ticked. */
static void take_association(struct req *req, struct wave *w)
{
	const struct form_value *ticked = &req->form->values[CHANGED];
	str name = form_given(req, "association") ? str_replace(req->a, form_text(req, "association"), S("|"), S("/")) : S("");
	struct buf b = buf_new(req->a, 512 << 10);
	str rest = w->f[W_SCHOOLS], line;
	while (rest.n && str_next(&rest, '\n', &line)) {
		struct wave_school s = wave_school_of(line);
		if (ticks(ticked, s.uai))
			s.association = name;
		buf_printf(&b, "%s%.*s|%.*s|%.*s", b.n ? "\n" : "", STR_ARG(s.uai), STR_ARG(s.association), STR_ARG(s.why));
	}
	w->f[W_SCHOOLS] = buf_str(&b);
}

struct saving { struct wave w; i64 organisation_id, user_id; };

static enum err make_tx(struct db *db, void *arg, str *ret_path)
{
	struct saving *s = arg;
	struct wave w = s->w;
	try(wave_save(db, &w, s->organisation_id, s->user_id));
	*ret_path = str_printf(db_arena(db), "/agent/campagnes/%lld/vagues/%lld/ecoles", (long long)w.campaign_id, (long long)w.id);
	return OK;
}

enum err wave_new_post(struct req *req)
{
	struct campaign c;
	struct saving s = { .user_id = req->session->user_id };
	try(campaign_of(req, &c));
	for (size_t f = 0; f < W_FIELDS; f++)
		s.w.f[f] = S("");
	s.w.campaign_id = c.id;
	s.organisation_id = c.organisation_id;
	take(req, &s.w);
	if (form_ok(req))
		return post_once(req, make_tx, &s);
	form_refused(req);
	return show(req, &c, &(struct wave){ .id = 0 }, s.w.f[W_DISTRICTS]);
}

static enum err save_tx(struct db *db, void *arg)
{
	struct saving *s = arg;
	return wave_save(db, &s->w, s->organisation_id, s->user_id);
}

/* "terminer", "reprendre", "supprimer": what a button says beside the form. */
static bool gesture(struct req *req, struct wave *w)
{
	str act = form_text(req, "geste");
	if (str_eq(act, S("terminer")))
		w->f[W_DONE] = date_iso(req->a, today_paris());
	else if (str_eq(act, S("reprendre")))
		w->f[W_DONE] = S("");
	else if (str_eq(act, S("supprimer")))
		w->f[W_REMOVED] = S("1");
	else
		return false;
	return true;
}

static enum err refuse(struct req *req, const struct campaign *c, const struct wave *now, const struct wave *typed, int status)
{
	form_refused(req);
	req->status = status;
	return show(req, c, now, typed->f[W_DISTRICTS]);
}

enum err wave_post(struct req *req)
{
	struct campaign c;
	struct wave now;
	struct saving s = { .user_id = req->session->user_id };
	const struct view *v = &req->v;
	try(wave_of(req, &c, &now));
	s.w = now;
	s.organisation_id = c.organisation_id;
	bool alone = gesture(req, &s.w);
	if (alone)
		req->form->n_errors = 0;
	else {
		take(req, &s.w);
		take_association(req, &s.w);
	}
	s.w.version = form_int(req, "version", -1);
	if (!form_ok(req))
		return refuse(req, &c, &now, &s.w, 422);
	enum err e = db_tx(req->db, save_tx, &s);
	if (e == OK)
		return resp_redirect(req, s.w.f[W_REMOVED].n ? campaign_path(req, &c) : wave_path(req, &now));
	if (e != CONFLICT)
		return e;
	try(wave_of(req, &c, &now));
	for (size_t f = 0; f < W_SCHOOLS && !alone; f++)
		tell_difference(req, wave_field_names[f], now.f[f], s.w.f[f]);
	if (form_ok(req) && !alone && str_eq(now.f[W_SCHOOLS], s.w.f[W_SCHOOLS]))
		return resp_redirect(req, wave_path(req, &now));       /* both wrote the same */
	if (form_ok(req))
		form_fail(req, "titre", _("Quelqu’un vient de changer cette vague. Regardez ce qui est écrit, puis recommencez."));
	return refuse(req, &c, &now, &s.w, 409);
}

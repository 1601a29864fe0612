/* Planning a meeting, and changing it. What is odd is said on its page and refuses nothing; what cannot be is refused here. */
#include "equipment/equipment.h"
#include "http/session.h"
#include "meetings/edit_html.h"
#include "meetings/pages.h"

#define NEW_ROUTE MEETINGS_ROUTE "/nouvelle"
#define EDIT_ROUTE MEETING_ROUTE "/modifier"

static str text_of(const struct req *req, const char *name)
{
	return form_given(req, name) ? form_text(req, name) : S("");
}

static bool holds(str uais, str uai)
{
	str one;
	while (uais.n && str_next(&uais, ' ', &one))
		if (str_eq(one, uai))
			return true;
	return false;
}

static enum err put_ticks(struct req *req, const struct campaign *c, str chosen, struct school_ticks *ret)
{
	const struct view *v = &req->v;
	struct meeting_school_choice_list rows;
	try(meeting_school_choices(req->db, c->id, &rows));
	*ret = (struct school_ticks){ .v = arena_many(req->a, struct school_tick, rows.n + 1) };
	for (size_t i = 0; i < rows.n; i++) {
		bool twice = false;
		for (size_t k = 0; k < ret->n; k++)
			twice |= str_eq(ret->v[k].uai, rows.v[i].uai);
		if (!twice)
			ret->v[ret->n++] = (struct school_tick){ rows.v[i].uai, _f("{1}, vague {2}", rows.v[i].name, number_shown(v->a, v->lang, rows.v[i].number)),
				holds(chosen, rows.v[i].uai) };
	}
	return OK;
}

static enum err show(struct req *req, const struct campaign *c, const struct meeting *m)
{
	const struct view *v = &req->v;
	struct meeting_form page = { .form = req->form, .campaign = c->id, .name = c->f[C_NAME],
		.back = m->id ? meeting_path(req->a, m, "") : str_printf(req->a, "/agent/campagnes/%lld/reunions", (long long)c->id),
		.title = m->id ? _("Modifier la réunion") : _("Prévoir une réunion"), .version = str_printf(req->a, "%lld", (long long)m->version) };
	page.action = m->id ? meeting_path(req->a, m, "/modifier") : str_printf(req->a, "%.*s/nouvelle", STR_ARG(page.back));
	page.warned = req->method == POST && note_warnings(req->a, m->f[M_NOTE]) != 0;
	try(put_ticks(req, c, m->f[M_SCHOOLS], &page.schools));
	if (m->id) {
		struct meeting_guest_count_list rows;
		struct guest_counts n;
		try(meeting_guest_counts(req->db, m->id, &rows));
		guest_counts_of(&rows, &n);
		page.told = n.sms + n.mail + n.letter;
	}
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, m->id ? EDIT_ROUTE : NEW_ROUTE));
	return meeting_form_html(&req->v, &page);
}

/* ---- reading ---- */

static str ticked(struct req *req)
{
	const struct form *f = req->form;
	for (size_t i = 0; i < f->spec->n; i++)
		if (strcmp(f->spec->fields[i].name, "ecoles") == 0)
			return str_join(req->a, f->values[i].many, f->values[i].n_many, S(" "));
	return S("");
}

static void take_day(struct req *req, struct meeting *m)
{
	const struct view *v = &req->v;
	for (size_t i = 0; i < req->form->spec->n; i++)
		if (!strcmp(req->form->spec->fields[i].name, "jour") && req->form->values[i].date.set)
			m->f[M_DAY] = date_iso(req->a, (struct date){ req->form->values[i].date.y, req->form->values[i].date.m, req->form->values[i].date.d });
	if (!hour_of(form_text(req, "heure"), &m->minute))
		form_fail(req, "heure", _("Écrivez l’heure comme 18 h ou 18:30."));
	else
		m->f[M_TIME] = str_printf(req->a, "%02d:%02d", (int)(m->minute / 60), (int)(m->minute % 60));
}

/* Schools that are in the campaign, as codes in order; the association that accompanies the first one's families stands in for who presents. */
static enum err take_schools(struct req *req, const struct campaign *c, struct meeting *m)
{
	const struct view *v = &req->v;
	struct meeting_school_choice_list rows;
	str asked = ticked(req), kept[64];
	size_t n = 0;
	try(meeting_school_choices(req->db, c->id, &rows));
	for (size_t i = 0; i < rows.n && n < lengthof(kept); i++) {
		bool twice = false;
		for (size_t k = 0; k < n; k++)
			twice |= str_eq(kept[k], rows.v[i].uai);
		if (twice || !holds(asked, rows.v[i].uai))
			continue;
		kept[n++] = rows.v[i].uai;
		if (!m->f[M_SPEAKER].n)
			m->f[M_SPEAKER] = rows.v[i].association;
	}
	m->f[M_SCHOOLS] = str_join(req->a, kept, n, S(" "));
	if (!n && !m->f[M_PLACE].n)
		form_fail(req, "ecoles", _("Cochez une école, ou écrivez un autre lieu."));
	else if (n > 1 && !m->f[M_PLACE].n)
		form_fail(req, "lieu", _("Plusieurs écoles sont cochées : écrivez où la réunion a lieu."));
	return OK;
}

/* What it must not hold is said at its field; it is written again, or said to have been read again. */
static void take_note(struct req *req, struct meeting *m)
{
	m->f[M_NOTE] = text_of(req, "note");
	u32 found = note_warnings(req->a, m->f[M_NOTE]);
	for (enum note_warning w = 0; w < WARN_COUNT; w++)
		if (found & 1u << w && !form_bool(req, "relue"))
			form_fail(req, "note", tr_here(&req->v, note_warning_text(w)));
}

static enum err take(struct req *req, const struct campaign *c, struct meeting *m)
{
	m->f[M_PLACE] = text_of(req, "lieu");
	m->f[M_ROOM] = text_of(req, "salle");
	m->f[M_CAPACITY] = form_given(req, "places") ? str_printf(req->a, "%lld", (long long)form_int(req, "places", 0)) : S("");
	m->f[M_SPEAKER] = text_of(req, "qui");
	take_note(req, m);
	take_day(req, m);
	return take_schools(req, c, m);
}

static void fill(struct form *form, const struct meeting *m)
{
	static const struct { enum meeting_field f; const char *name; } names[] = { { M_DAY, "jour" }, { M_TIME, "heure" }, { M_PLACE, "lieu" },
		{ M_ROOM, "salle" }, { M_CAPACITY, "places" }, { M_SPEAKER, "qui" }, { M_NOTE, "note" } };
	for (size_t i = 0; i < lengthof(names); i++)
		form_put(form, names[i].name, m->f[names[i].f]);
	form->n_errors = 0;
}

/* ---- making and changing ---- */

struct saving { struct meeting m; i64 organisation_id, user_id; };

static enum err save_tx(struct db *db, void *arg, str *ret_path)
{
	const struct saving *s = arg;
	struct meeting m = s->m;                 /* a transaction may be tried again */
	try(meeting_save(db, &m, s->organisation_id, s->user_id));
	*ret_path = meeting_path(db_arena(db), &m, "?fait=1");
	return OK;
}

static struct meeting empty(i64 campaign_id)
{
	struct meeting m = { .campaign_id = campaign_id };
	for (enum meeting_field f = 0; f < M_FIELDS; f++)
		m.f[f] = S("");
	m.f[M_STATE] = S("planned");
	return m;
}

enum err meeting_new_form(struct req *req)
{
	struct campaign c;
	try(campaign_of(req, &c));
	struct meeting m = empty(c.id);
	m.f[M_SCHOOLS] = ticked(req);
	req->form->n_errors = 0;
	return show(req, &c, &m);
}

enum err meeting_new_post(struct req *req)
{
	struct campaign c;
	try(campaign_of(req, &c));
	struct saving s = { .m = empty(c.id), .organisation_id = c.organisation_id, .user_id = req->session->user_id };
	try(take(req, &c, &s.m));
	if (form_ok(req))
		return post_once(req, save_tx, &s);
	s.m.f[M_SCHOOLS] = ticked(req);
	form_refused(req);
	return show(req, &c, &s.m);
}

enum err meeting_edit_form(struct req *req)
{
	struct campaign c;
	struct meeting m;
	try(meeting_of(req, &c, &m));
	fill(req->form, &m);
	return show(req, &c, &m);
}

/* What somebody else wrote meanwhile, at its field. */
static void tell_others(struct req *req, const struct meeting *now, const struct meeting *typed)
{
	static const struct { enum meeting_field f; const char *name; } names[] = { { M_DAY, "jour" }, { M_TIME, "heure" }, { M_PLACE, "lieu" },
		{ M_ROOM, "salle" }, { M_CAPACITY, "places" }, { M_SPEAKER, "qui" }, { M_NOTE, "note" }, { M_SCHOOLS, "ecoles" } };
	const struct view *v = &req->v;
	for (size_t i = 0; i < lengthof(names); i++)
		if (!str_eq(now->f[names[i].f], typed->f[names[i].f]))
			form_fail(req, names[i].name, names[i].f == M_SCHOOLS ? _("Entre-temps, quelqu’un a changé les écoles. Relisez-les.")
				: _f("Entre-temps, quelqu’un a écrit « {1} ». Gardez votre réponse, ou reprenez la sienne.", now->f[names[i].f]));
	if (form_ok(req))
		form_fail(req, "jour", _("Quelqu’un vient de changer cette réunion. Relisez, puis enregistrez à nouveau."));
}

enum err meeting_edit_post(struct req *req)
{
	struct campaign c;
	struct meeting now;
	int status = 422;
	try(meeting_of(req, &c, &now));
	struct saving s = { .m = now, .organisation_id = c.organisation_id, .user_id = req->session->user_id };
	s.m.version = form_int(req, "version", -1);
	try(take(req, &c, &s.m));
	if (form_ok(req)) {
		enum err e = post_once(req, save_tx, &s);
		if (e != CONFLICT)
			return e;
		try(meeting_of(req, &c, &now));
		tell_others(req, &now, &s.m);
		status = 409;
	}
	s.m.f[M_SCHOOLS] = ticked(req);
	s.m.version = now.version;
	form_refused(req);
	req->status = status;
	return show(req, &c, &s.m);
}

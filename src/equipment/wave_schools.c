/* The schools of a wave: those that a filter shows are ticked or not; the others of the wave stay. A school that is in another wave of
 * the campaign needs a reason. */
#include "equipment/edit.h"
#include "equipment/wave_html.h"
#include "http/session.h"

#define ROUTE_HERE "/agent/campagnes/:campagne/vagues/:vague/ecoles"

enum { TICKED = 2 };                             /* field of the form (routes.c) */

static bool in_wave(const struct wave *w, str uai)
{
	str rest = w->f[W_SCHOOLS], line;
	while (rest.n && str_next(&rest, '\n', &line))
		if (str_eq(wave_school_of(line).uai, uai))
			return true;
	return false;
}

static bool among(const struct form_value *values, str one)
{
	for (size_t i = 0; i < values->n_many; i++)
		if (str_eq(values->many[i], one))
			return true;
	return false;
}

/* Whether the page that was sent showed this school. */
static bool shown(const struct req *req, str uai)
{
	str rest = form_text(req, "montrees"), one;
	while (rest.n && str_next(&rest, ' ', &one))
		if (str_eq(one, uai))
			return true;
	return false;
}

static str elsewhere_words(const struct view *v, const struct wave_elsewhere_row_list *rows, i64 school)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].school_id == school)
			return _f("déjà dans la vague {1}", number_shown(v->a, v->lang, rows->v[i].number));
	return S("");
}

static enum err put_filter(struct req *req, struct school_boxes_page *page)
{
	struct school_district_list rows;
	try(school_districts(req->db, &rows));
	page->districts.v = arena_many(req->a, struct district_box, rows.n + 1);
	for (; page->districts.n < rows.n; page->districts.n++) {
		const struct school_district *d = &rows.v[page->districts.n];
		page->districts.v[page->districts.n] = (struct district_box){ d->code, d->name, str_eq(form_text(req, "quartier"), d->code) };
	}
	return OK;
}

/* What the filter asks, and what a POST was about. */
static enum err put_boxes(struct req *req, const struct campaign *c, const struct wave *w, struct school_boxes_page *page)
{
	const struct view *v = &req->v;
	struct school_list all;
	struct wave_elsewhere_row_list elsewhere;
	bool posted = req->method == POST;
	struct buf b = buf_new(req->a, 4096);
	bool adults = campaign_of_adults(c);
	str network = form_given(req, "reseau") && !adults ? form_text(req, "reseau") : S("");
	try(school_all(req->db, S(""), posted ? S("") : network, posted ? S("") : form_text(req, "quartier"), SCHOOLS_MOST, &all));
	try(wave_school_elsewhere(req->db, c->id, w->id, &elsewhere));
	page->v = arena_many(req->a, struct school_box, CHOICES_MOST);
	for (size_t i = 0; i < all.n; i++) {
		const struct school *s = &all.v[i];
		if (str_eq(s->state, S("closed")) || school_is_primary(s) == adults || (posted && !shown(req, s->uai)))
			continue;
		page->more = page->n == CHOICES_MOST;
		if (page->more)
			break;
		struct school_box *box = &page->v[page->n++];
		*box = (struct school_box){ s->uai, s->name, s->district, elsewhere_words(v, &elsewhere, s->id),
			posted ? among(&req->form->values[TICKED], s->uai) : in_wave(w, s->uai) };
		page->twice |= box->elsewhere.n > 0;
		buf_printf(&b, "%s%.*s", b.n ? " " : "", STR_ARG(s->uai));
	}
	page->shown = buf_str(&b);
	return OK;
}

static enum err show(struct req *req, const struct campaign *c, const struct wave *w)
{
	struct school_boxes_page page = { .form = req->form, .campaign = c->id, .id = w->id, .number = w->number, .version = str_printf(req->a, "%lld",
		(long long)w->version) };
	page.adults = campaign_of_adults(c);
	try(put_filter(req, &page));
	try(put_boxes(req, c, w, &page));
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, ROUTE_HERE));
	return wave_schools_html(&req->v, &page);
}

enum err wave_schools_form(struct req *req)
{
	struct campaign c;
	struct wave w;
	try(wave_of(req, &c, &w));
	return show(req, &c, &w);
}

/* ---- writing ---- */

struct saving { struct wave w; i64 organisation_id, user_id; };

static enum err save_tx(struct db *db, void *arg)
{
	struct saving *s = arg;
	return wave_save(db, &s->w, s->organisation_id, s->user_id);
}

static int by_uai(const void *a, const void *b) { return str_cmp(*(const str *)a, *(const str *)b); }

/* The lines of the wave after this form: what was not shown stays, what is newly ticked comes with the association and the reason. */
static enum err lines_of(struct req *req, const struct campaign *c, struct wave *w)
{
	const struct view *v = &req->v;
	const struct form_value *ticked = &req->form->values[TICKED];
	struct wave_elsewhere_row_list elsewhere;
	str rest = w->f[W_SCHOOLS], line, *lines = arena_many(req->a, str, (size_t)wave_schools_count(w) + ticked->n_many + 1);
	str association = form_given(req, "association") ? str_replace(req->a, form_text(req, "association"), S("|"), S("/")) : S("");
	str why = form_given(req, "pourquoi") ? form_text(req, "pourquoi") : S("");
	size_t n = 0;
	try(wave_school_elsewhere(req->db, c->id, w->id, &elsewhere));
	while (rest.n && str_next(&rest, '\n', &line)) {
		str uai = wave_school_of(line).uai;
		if (!shown(req, uai) || among(ticked, uai))
			lines[n++] = line;
	}
	for (size_t i = 0; i < ticked->n_many; i++) {
		struct school s;
		if (in_wave(w, ticked->many[i]))
			continue;
		try(school_by_uai(req->db, ticked->many[i], &s));
		str other = elsewhere_words(v, &elsewhere, s.id);
		if (other.n && !why.n)
			form_fail(req, "pourquoi", _f("{1} : {2}. Dites pourquoi elle est dans les deux, ou enlevez-la.", s.name, other));
		lines[n++] = str_printf(req->a, "%.*s|%.*s|%.*s", STR_ARG(s.uai), STR_ARG(association), STR_ARG(other.n ? why : S("")));
	}
	qsort(lines, n, sizeof *lines, by_uai);
	w->f[W_SCHOOLS] = str_join(req->a, lines, n, S("\n"));
	return OK;
}

enum err wave_schools_post(struct req *req)
{
	const struct view *v = &req->v;
	struct campaign c;
	struct wave now;
	struct saving s = { .user_id = req->session->user_id };
	int status = 422;
	try(wave_of(req, &c, &now));
	s.w = now;
	s.organisation_id = c.organisation_id;
	try(lines_of(req, &c, &s.w));
	s.w.version = form_int(req, "version", -1);
	if (form_ok(req)) {
		enum err e = db_tx(req->db, save_tx, &s);
		if (e != CONFLICT)
			return e == OK ? resp_redirect(req, str_printf(req->a, "/agent/campagnes/%lld/vagues/%lld?fait=1", (long long)c.id, (long long)now.id)) : e;
		try(wave_of(req, &c, &now));
		form_fail(req, "ecole", _("Quelqu’un vient de changer cette vague. Vos coches sont gardées : vérifiez, puis enregistrez."));
		status = 409;
	}
	form_refused(req);
	req->status = status;
	return show(req, &c, &now);
}

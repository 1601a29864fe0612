/* /attribution/:vague/parts: what each school's share is counted from, and what it gives; said otherwise by a coordinator, before the list. */
#include "audit/audit.h"
#include "awarding/shares_html.h"
#include "awarding/wave_pages.h"
#include "http/session.h"

static str number(const struct view *v, i64 n) { return number_shown(v->a, v->lang, n); }

/* As the form takes it: "ecole;poids;minimum;maximum", a school a line. */
static str as_typed(struct arena *a, const struct share_lines *shares)
{
	struct buf b = buf_new(a, 120 * (shares->n + 2));
	buf_put(&b, S("ecole;poids;minimum;maximum\n"));
	for (size_t i = 0; i < shares->n; i++) {
		const struct share_line *s = &shares->v[i];
		buf_printf(&b, "%.*s;%lld;%lld;", STR_ARG(s->row->uai), (long long)s->weight, (long long)s->least);
		if (s->most < SHARE_QUANTITY_MAX)
			buf_i64(&b, s->most);
		buf_byte(&b, '\n');
	}
	return buf_str(&b);
}

static enum err put_quotas(struct arena *a, const struct share_lines *shares, i64 quantity, i64 *ret_given)
{
	struct share_school *v = arena_many(a, struct share_school, shares->n + 1);
	i64 left;
	for (size_t i = 0; i < shares->n; i++)
		v[i] = (struct share_school){ shares->v[i].row->uai, shares->v[i].weight, shares->v[i].least, shares->v[i].most };
	return share_out(v, shares->n, quantity, ret_given, &left);
}

static enum err show(struct req *req)
{
	const struct view *v = &req->v;
	struct awarding w;
	struct share_lines shares;
	i64 used;
	try(awarding_of(req, &w));
	try(shares_of(req->db, w.w.id, &shares));
	try(award_used(req->db, w.w.id, &used));
	i64 quantity = used < w.quantity ? w.quantity - used : 0, *given = arena_many(req->a, i64, shares.n + 1);
	bool fits = put_quotas(req->a, &shares, quantity, given) == OK;
	struct shares_page page = { .form = req->form, .path = w.path, .title = w.w.f[W_TITLE].n ? w.w.f[W_TITLE] : number(v, w.w.number), .own = shares.own,
		.closed = w.now.list_id.set, .saved = req->method == GET && form_given(req, "fait"), .quantity = number(v, quantity),
		.typed = req->method == POST ? field_typed(req->form, "parts") : as_typed(req->a, &shares), .v = arena_many(req->a, struct share_shown, shares.n + 1) };
	for (; page.n < shares.n; page.n++) {
		const struct share_line *s = &shares.v[page.n];
		page.v[page.n] = (struct share_shown){ s->row->uai, s->row->name, s->row->pupils.set ? number(v, s->row->pupils.v) : _("on ne sait pas"),
			s->row->ips.set ? number(v, (s->row->ips.v + 5) / 10) : _("on ne sait pas"), number(v, s->weight), number(v, s->least),
			s->most < SHARE_QUANTITY_MAX ? number(v, s->most) : S(""), fits ? number(v, given[page.n]) : S("") };
	}
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, SHARES_ROUTE));
	return shares_html(&req->v, &page);
}

enum err shares_form(struct req *req)
{
	req->form->n_errors = 0;
	return show(req);
}

struct sharing { const struct awarding *w; i64 user_id; const struct share_lines *now; const struct alloc_input *said; bool proposed; };

static enum err share_tx(struct db *db, void *arg, str *ret_path)
{
	const struct sharing *s = arg;
	struct award_wave_row now;
	i64 wave = s->w->w.id;
	try(award_wave_begin(db, wave));
	try(award_wave_lock(db, wave));
	try(award_wave_of(db, wave, &now));
	if (now.list_id.set)
		return CONFLICT;
	try(award_shares_clear(db, wave));
	for (size_t i = 0; i < s->said->n_schools && !s->proposed; i++)
		for (size_t k = 0; k < s->now->n; k++)
			if (str_eq(s->said->schools[i].id, s->now->v[k].row->uai)) {
				const struct share_school *x = &s->said->schools[i];
				try(award_share_put(db, wave, s->now->v[k].row->id, x->weight, x->least, (struct opt_i64){ x->most, x->most < SHARE_QUANTITY_MAX }));
			}
	*ret_path = str_printf(db_arena(db), "%.*s/parts?fait=1", STR_ARG(s->w->path));
	return audit_write(db, &(struct audit){ .user_id = s->user_id, .organisation_id = s->w->c.organisation_id, .action = "award.shares", .object = "wave",
		.object_id = wave });
}

static bool among(const struct share_lines *shares, str uai)
{
	for (size_t i = 0; i < shares->n; i++)
		if (str_eq(shares->v[i].row->uai, uai))
			return true;
	return false;
}

/* Every school of the wave once, and no other; minimums within the wave's quantity. */
static void take(struct req *req, const struct awarding *w, const struct share_lines *now, struct alloc_input *ret)
{
	const struct view *v = &req->v;
	struct alloc_fault fault;
	i64 least = 0;
	if (alloc_read_schools(req->a, form_text(req, "parts"), ret, &fault) != OK) {
		form_fail(req, "parts", alloc_fault_words(req->a, v->lang, &fault));
		return;
	}
	for (size_t i = 0; i < ret->n_schools; i++) {
		least += ret->schools[i].least;
		if (!among(now, ret->schools[i].id))
			form_fail(req, "parts", _f("L’école {1} n’est pas dans cette vague.", ret->schools[i].id));
	}
	if (form_ok(req) && ret->n_schools != now->n)
		form_fail(req, "parts", _("Il faut une ligne pour chaque école de la vague, et une seule."));
	if (form_ok(req) && least > w->quantity)
		form_fail(req, "parts", _("Les minimums des écoles dépassent la quantité."));
}

enum err shares_post(struct req *req)
{
	const struct view *v = &req->v;
	struct awarding w;
	struct share_lines now;
	struct alloc_input said = { .n_schools = 0 };
	try(awarding_of(req, &w));
	try(shares_of(req->db, w.w.id, &now));
	struct sharing s = { &w, req->session->user_id, &now, &said, str_eq(form_text(req, "geste"), S("proposer")) };
	if (!s.proposed)
		take(req, &w, &now, &said);
	enum err e = form_ok(req) ? post_once(req, share_tx, &s) : INVALID;
	if (e == CONFLICT)
		form_fail(req, "parts", _("La liste est fermée : les parts ne changent plus. Pour les changer, abandonnez d’abord la liste."));
	else if (e != INVALID)
		return e;
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show(req);
}

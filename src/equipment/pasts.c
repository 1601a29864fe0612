/* What changed in a campaign and its waves, field by field, and taking a change back: the value of before is stored again, as one change
 * more. A wave that was removed comes back so. */
#include "base/timex.h"
#include "equipment/edit.h"
#include "equipment/pasts_html.h"
#include "http/session.h"
#include "schools/schools.h"

#define PASTS_ROUTE "/agent/campagnes/:campagne/historique"

static int index_of(const char *const *names, size_t n, str field)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(field, str_c(names[i])))
			return (int)i;
	return -1;
}

static str who(const struct req *req, struct opt_i64 user)
{
	const struct view *v = &req->v;
	if (!user.set)
		return _("la démonstration");
	return user.v == req->session->user_id ? _("vous") : _f("compte {1}", str_printf(req->a, "%lld", (long long)user.v));
}

/* What a past line is about, as it is now. */
struct subject { struct campaign c; struct wave w; bool of_wave; int field; };

static enum err subject_of(struct req *req, const struct campaign *c, const struct campaign_past_row *p, struct subject *ret)
{
	*ret = (struct subject){ .c = *c, .of_wave = p->wave_id.set };
	ret->field = ret->of_wave ? index_of(wave_field_names, W_FIELDS, p->field) : index_of(campaign_field_names, C_FIELDS, p->field);
	try(ret->of_wave ? wave_get(req->db, p->wave_id.v, &ret->w) : OK);
	return ret->field < 0 ? NOT_FOUND : OK;
}

static str now_says(const struct subject *s) { return s->of_wave ? s->w.f[s->field] : s->c.f[s->field]; }

static enum err show(struct req *req, const struct campaign *c)
{
	const struct view *v = &req->v;
	struct campaign_past_row_list rows;
	struct pasts_page page = { .form = req->form, .id = c->id, .name = c->f[C_NAME], .may = campaign_may_change(req, c), .saved = req->method == GET &&
		form_given(req, "fait") };
	try(campaign_pasts(req->db, c->id, PASTS_MOST, &rows));
	page.v = arena_many(req->a, struct campaign_past_shown, rows.n + 1);
	for (; page.n < rows.n; page.n++) {
		const struct campaign_past_row *p = &rows.v[page.n];
		struct subject s;
		const char *field = str_z(req->a, p->field);
		try(subject_of(req, c, p, &s));
		page.v[page.n] = (struct campaign_past_shown){ p->id, date_shown(v, paris_of_ms(p->at).date),
			s.of_wave ? _f("vague {1}", number_shown(v->a, v->lang, s.w.number)) : _("campagne"), campaign_label(v, field), campaign_words(v, field, p->before),
			campaign_words(v, field, p->after), who(req, p->user_id), page.may && !str_eq(now_says(&s), p->before) };
	}
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, PASTS_ROUTE));
	return pasts_html(&req->v, &page);
}

enum err pasts_index(struct req *req)
{
	struct campaign c;
	try(campaign_of(req, &c));
	return show(req, &c);
}

struct restoring { struct subject s; i64 user_id; };

static enum err restore_tx(struct db *db, void *arg)
{
	struct restoring *r = arg;
	return r->s.of_wave ? wave_save(db, &r->s.w, r->s.c.organisation_id, r->user_id) : campaign_save(db, &r->s.c, r->user_id);
}

static enum err refuse(struct req *req, str why)
{
	struct campaign c;
	try(campaign_of(req, &c));
	form_fail(req, "remettre", why);
	form_refused(req);
	req->status = 409;
	return show(req, &c);
}

/* What a campaign or a wave cannot be without. */
static bool needed(const struct subject *s, str value)
{
	bool number = s->of_wave ? s->field == W_QUANTITY : s->field == C_TARGET || s->field == C_YEAR;
	return (number && (!value.n || str_eq(value, S("0")))) || (!s->of_wave && s->field == C_NAME && !value.n);
}

enum err pasts_restore(struct req *req)
{
	const struct view *v = &req->v;
	struct campaign c;
	struct campaign_past_row_list rows;
	const struct campaign_past_row *chosen = NULL;
	struct restoring r = { .user_id = req->session->user_id };
	try(campaign_of(req, &c));
	try(campaign_pasts(req->db, c.id, PASTS_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].id == form_int(req, "remettre", 0))
			chosen = &rows.v[i];
	if (!chosen)
		return refuse(req, _("Ce changement n’est plus dans la liste. Choisissez-en un autre."));
	try(subject_of(req, &c, chosen, &r.s));
	if (needed(&r.s, chosen->before))
		return refuse(req, _("Cette valeur ne peut pas être remise : il n’y avait encore rien."));
	if (r.s.of_wave)
		r.s.w.f[r.s.field] = chosen->before;
	else
		r.s.c.f[r.s.field] = chosen->before;
	enum err e = db_tx(req->db, restore_tx, &r);
	if (e == CONFLICT)
		return refuse(req, _("Quelqu’un vient de changer cette campagne. Regardez la liste, puis réessayez."));
	return e == OK ? resp_redirect(req, str_printf(req->a, "/agent/campagnes/%lld/historique?fait=1", (long long)c.id)) : e;
}

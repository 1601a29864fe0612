/* Making and changing a campaign. Two officers at once: the second is told, field by field, what the first wrote. */
#include "accounts/accounts.h"
#include "equipment/edit_html.h"
#include "equipment/edit.h"
#include "http/session.h"

#define NEW_ROUTE "/agent/campagnes/nouvelle"
#define EDIT_ROUTE "/agent/campagnes/:campagne/modifier"

void tell_difference(struct req *req, const char *name, str now, str typed)
{
	const struct view *v = &req->v;
	if (str_eq(now, typed))
		return;
	str words = campaign_words(v, name, now);
	form_fail(req, name, words.n ? _f("Entre-temps, quelqu’un a écrit « {1} ». Gardez votre réponse, ou reprenez la sienne.", words)
		: _("Entre-temps, quelqu’un a vidé ce champ. Gardez votre réponse, ou videz-le."));
}

void take_days(struct req *req, str *ret_from, str *ret_to)
{
	const struct view *v = &req->v;
	str wrong = _("Écrivez un jour comme 15/02/2027, ou un mois comme 02/2027.");
	if (!day_of(req->a, form_text(req, "debut"), false, ret_from))
		form_fail(req, "debut", wrong);
	if (!day_of(req->a, form_text(req, "fin"), true, ret_to))
		form_fail(req, "fin", wrong);
	if (form_ok(req) && ret_from->n && ret_to->n && str_cmp(*ret_to, *ret_from) < 0)
		form_fail(req, "fin", _("La fin vient avant le début."));
}

/* ---- reading the form ---- */

static str funders_typed(struct req *req)
{
	const struct view *v = &req->v;
	struct buf b = buf_new(req->a, 16 << 10);
	str rest = form_text(req, "financeurs"), line;
	while (rest.n && str_next(&rest, '\n', &line)) {
		struct funder f;
		if (!str_trim(line).n)
			continue;
		if (!funder_of(line, &f))
			form_fail(req, "financeurs", _f("« {1} » : écrivez le nom, deux-points, et combien d’ordinateurs.", line));
		else
			buf_printf(&b, "%s%.*s : %lld", b.n ? "\n" : "", STR_ARG(f.name), (long long)f.devices);
	}
	return buf_str(&b);
}

/* What is ticked, in the order of the list. */
static str asks_typed(struct req *req)
{
	struct buf b = buf_new(req->a, 1000);
	for (const struct choice *one = campaign_asks; one->value; one++)
		if (form_has(req, "questions", str_c(one->value)))
			buf_printf(&b, "%s%s", b.n ? " " : "", one->value);
	return buf_str(&b);
}

static void take(struct req *req, struct campaign *c)
{
	static const struct { enum campaign_field f; const char *name; } texts[] = { { C_NAME, "nom" }, { C_PURPOSE, "objet" }, { C_BUDGET, "budget" } };
	for (size_t i = 0; i < lengthof(texts); i++)
		c->f[texts[i].f] = form_given(req, texts[i].name) ? form_text(req, texts[i].name) : S("");
	c->f[C_YEAR] = str_printf(req->a, "%lld", (long long)form_int(req, "annee", 0));
	c->f[C_TARGET] = str_printf(req->a, "%lld", (long long)form_int(req, "objectif", 0));
	c->f[C_FUNDERS] = funders_typed(req);
	if (form_given(req, "etat"))
		c->f[C_STATE] = form_text(req, "etat");
	c->f[C_NAMED] = form_given(req, "nommes") ? form_text(req, "nommes") : S("child");
	c->f[C_ASKS] = asks_typed(req);
	take_days(req, &c->f[C_FROM], &c->f[C_TO]);
}

static void put_asks(struct form *form, struct arena *a, str asks)
{
	for (size_t i = 0; i < form->spec->n; i++) {
		struct form_value *value = &form->values[i];
		if (strcmp(form->spec->fields[i].name, "questions") != 0)
			continue;
		value->many = arena_many(a, str, 20);
		while (asks.n && value->n_many < 20 && str_next(&asks, ' ', &value->many[value->n_many]))
			value->n_many++;
		value->given = value->n_many > 0;
	}
}

static void fill(struct form *form, struct arena *a, const struct campaign *c)
{
	static const enum campaign_field shown[] = { C_NAME, C_YEAR, C_PURPOSE, C_TARGET, C_BUDGET, C_FUNDERS, C_STATE, C_NAMED };
	for (size_t i = 0; i < lengthof(shown); i++)
		form_put(form, campaign_field_names[shown[i]], c->f[shown[i]]);
	put_asks(form, a, c->f[C_ASKS]);
	form_put(form, "debut", day_typed(a, c->f[C_FROM]));
	form_put(form, "fin", day_typed(a, c->f[C_TO]));
	form->n_errors = 0;
}

/* ---- a new one ---- */

/* The organisations where the one who asks is an officer. */
static enum err put_organisations(struct req *req, struct campaign_form *page)
{
	const struct grants *g = req->session->grants;
	page->organisations.v = arena_many(req->a, struct option, g->n + 1);
	for (size_t i = 0; i < g->n; i++) {
		str name;
		if (!(g->v[i].roles & 1u << ROLE_PROGRAMME_OFFICER))
			continue;
		try(organisation_named_by(req->db, g->v[i].organisation_id, &name));
		page->organisations.v[page->organisations.n++] = (struct option){ str_z(req->a, str_printf(req->a, "%lld", (long long)g->v[i].organisation_id)), name,
			form_int(req, "organisation", 0) == g->v[i].organisation_id };
	}
	return OK;
}

static enum err show_new(struct req *req)
{
	struct campaign_form page = { .form = req->form };
	try(put_organisations(req, &page));
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, NEW_ROUTE));
	return campaign_new_html(&req->v, &page);
}

enum err campaign_new_form(struct req *req)
{
	req->form->n_errors = 0;
	form_put(req->form, "nommes", S("child"));
	put_asks(req->form, req->a, S("appareils connexion distance etudes orientation"));
	return show_new(req);
}

struct making { struct campaign c; i64 user_id; };

static enum err make_tx(struct db *db, void *arg, str *ret_path)
{
	struct making *m = arg;
	struct campaign c = m->c;                /* a transaction may be tried again */
	try(campaign_save(db, &c, m->user_id));
	*ret_path = str_printf(db_arena(db), "/agent/campagnes/%lld?fait=1", (long long)c.id);
	return OK;
}

enum err campaign_new_post(struct req *req)
{
	struct campaign_form page = { .form = NULL };
	struct making m = { .c = { .f = { [C_STATE] = S("draft"), [C_RULES] = S("") } }, .user_id = req->session->user_id };
	i64 asked = form_int(req, "organisation", 0), first = 0;
	try(put_organisations(req, &page));
	if (page.organisations.n && str_i64(str_c(page.organisations.v[0].value), &first))
		m.c.organisation_id = asked ? asked : first;
	if (!campaign_may_change(req, &m.c))
		return NOT_FOUND;
	take(req, &m.c);
	if (form_ok(req))
		return post_once(req, make_tx, &m);
	form_refused(req);
	return show_new(req);
}

/* ---- changing it ---- */

static enum err show(struct req *req, const struct campaign *c)
{
	struct campaign_form page = { .form = req->form, .id = c->id, .version = str_printf(req->a, "%lld", (long long)c->version), .organisation = c->organisation };
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, EDIT_ROUTE));
	return campaign_edit_html(&req->v, &page);
}

enum err campaign_edit_form(struct req *req)
{
	struct campaign c;
	try(campaign_of(req, &c));
	fill(req->form, req->a, &c);
	return show(req, &c);
}

static enum err save_tx(struct db *db, void *arg)
{
	struct making *m = arg;
	return campaign_save(db, &m->c, m->user_id);
}

enum err campaign_edit_post(struct req *req)
{
	struct campaign now;
	struct making m = { .user_id = req->session->user_id };
	int status = 422;
	try(campaign_of(req, &now));
	m.c = now;
	take(req, &m.c);
	m.c.version = form_int(req, "version", -1);
	if (form_ok(req)) {
		enum err e = db_tx(req->db, save_tx, &m);
		if (e != CONFLICT)
			return e == OK ? resp_redirect(req, str_printf(req->a, "/agent/campagnes/%lld?fait=1", (long long)now.id)) : e;
		try(campaign_of(req, &now));
		for (size_t f = 0; f < C_FIELDS; f++)
			if (f != C_RULES)
				tell_difference(req, campaign_field_names[f], now.f[f], m.c.f[f]);
		status = 409;
		if (form_ok(req))                /* both wrote the same */
			return resp_redirect(req, str_printf(req->a, "/agent/campagnes/%lld?fait=1", (long long)now.id));
	}
	form_refused(req);
	req->status = status;
	return show(req, &now);
}

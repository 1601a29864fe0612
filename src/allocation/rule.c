/* One set of parameters: edited while it is a draft, proposed by one person, approved by another, taken out of force and back. */
#include "allocation/pages.h"

#include "allocation/rule_html.h"
#include "audit/audit.h"
#include "db/db.h"
#include "html/format.h"
#include "http/session.h"

#define RULE_ROUTE RULES_PATH "/:regle"

static str number(struct arena *a, i64 n) { return str_printf(a, "%lld", (long long)n); }

/* ---- shown ---- */

/* The form as it would be if somebody had typed what is stored. */
static struct form *filled(struct req *req, const struct set_row *row, const struct params *p)
{
	struct pair *v = arena_many(req->a, struct pair, PARAMS + 5);
	struct pairs all = { v, 0 };
	v[all.n++] = (struct pair){ S("version"), number(req->a, row->version) };
	v[all.n++] = (struct pair){ S("nom"), p->name };
	v[all.n++] = (struct pair){ S("reference"), p->reference };
	v[all.n++] = (struct pair){ S("debut"), date_iso(req->a, p->from) };
	v[all.n++] = (struct pair){ S("fin"), p->has_to ? date_iso(req->a, p->to) : S("") };
	for (enum param i = 0; i < PARAMS; i++)
		v[all.n++] = (struct pair){ str_c(param_kinds[i].code), number(req->a, p->v[i]) };
	return form_read(req, req->route->form, &all);
}

static void set_fields(const struct view *v, struct rule *page)
{
	static const struct { const char *name, *label; int size; const char *type; } first[] = {
		{ "nom", N_("Nom"), 40, NULL }, { "reference", N_("Référence : la délibération ou la décision, avec sa date"), 40, NULL },
		{ "debut", N_("En vigueur du"), 12, "date" }, { "fin", N_("Jusqu’au (facultatif)"), 12, "date" },
	};
	page->fields.v = arena_many(v->a, struct rule_field, PARAMS + lengthof(first));
	for (size_t i = 0; i < lengthof(first); i++)
		page->fields.v[page->fields.n++] = (struct rule_field){ .name = first[i].name, .label = tr(v->lang, first[i].label), .size = first[i].size,
			.type = first[i].type };
	for (enum param i = 0; i < PARAMS; i++)
		page->fields.v[page->fields.n++] = (struct rule_field){ .name = param_kinds[i].code, .size = 8,
			.label = i == PARAM_FAR_METRES ? _("On est loin à partir de (mètres)") : tr(v->lang, param_kinds[i].label) };
}

static void tell_story(const struct view *v, struct rule *page)
{
	const struct set_row *r = page->row;
	page->story[page->n_story++] = _f("Faite par le compte {1} le {2}.", number(v->a, r->created_by), date_shown(v, paris_of_ms(r->created_at).date));
	if (r->proposed_by.set)
		page->story[page->n_story++] = _f("Proposée par le compte {1} le {2}.", number(v->a, r->proposed_by.v), date_shown(v, paris_of_ms(r->proposed_at.v).date));
	if (r->approved_by.set)
		page->story[page->n_story++] = _f("Approuvée par le compte {1} le {2}.", number(v->a, r->approved_by.v), date_shown(v, paris_of_ms(r->approved_at.v).date));
}

static enum err show(struct req *req, const struct set_row *row, const struct form *form, str fault)
{
	struct params p;
	struct rule page = { .row = row, .id = number(req->a, row->id), .fault = fault };
	const struct view *v = &req->v;
	req->v.here = S(RULES_PATH);
	try(set_params(req->a, row, &p));
	page.form = form ? form : filled(req, row, &p);
	page.lines = param_lines_of(v, &p);
	page.reference = p.reference;
	page.dates = p.has_to ? _f("du {1} au {2}", date_shown(v, p.from), date_shown(v, p.to)) : _f("à partir du {1}", date_shown(v, p.from));
	page.draft = str_eq(row->state, S("draft"));
	page.proposed = str_eq(row->state, S("proposed"));
	page.active = str_eq(row->state, S("active"));
	page.ended = str_eq(row->state, S("ended"));
	page.mine = row->proposed_by.set && row->proposed_by.v == req->session->user_id;
	set_fields(v, &page);
	tell_story(v, &page);
	try(form_stamp(req, RULE_ROUTE));
	return rule_html(&req->v, &page);
}

static enum err load(struct req *req, struct set_row *ret)
{
	i64 id;
	return str_i64(req_param(req, "regle"), &id) ? set_by_id(req->db, id, ret) : NOT_FOUND;
}

enum err rule_page(struct req *req)
{
	struct set_row row;
	try(load(req, &row));
	return show(req, &row, NULL, S(""));
}

/* ---- changed ---- */

/* What was typed; faults of the whole at the field they are about. */
static void typed(struct req *req, struct params *p)
{
	const struct view *v = &req->v;
	enum param wrong;
	*p = (struct params){ .name = form_text(req, "nom"), .reference = form_text(req, "reference"), .has_to = form_given(req, "fin") };
	if (!form_ok(req))
		return;
	if (!date_parse(form_text(req, "debut"), &p->from) || (p->has_to && !date_parse(form_text(req, "fin"), &p->to)))
		form_fail(req, "debut", _("Cette date n’existe pas."));
	for (enum param i = 0; i < PARAMS; i++)
		p->v[i] = form_int(req, param_kinds[i].code, -1);
	const char *why = form_ok(req) ? params_fault(p, &wrong) : NULL;
	if (why)
		form_fail(req, wrong < PARAMS ? param_kinds[wrong].code : "fin", tr(v->lang, why));
}

struct changing { struct req *req; struct set_row row; struct params params; i64 version; const char *action; bool late; };

static enum err do_change(struct db *db, const struct changing *c)
{
	struct arena *a = db_arena(db);
	i64 id = c->row.id, user = c->req->session->user_id;
	str action = str_c(c->action);
	if (str_eq(action, S("proposer")))
		return set_propose(db, id, c->version, now_ms(), user);
	if (str_eq(action, S("approuver")))
		return set_approve(db, id, c->version, now_ms(), user);
	if (str_eq(action, S("rendre")))
		return set_withdraw(db, id, c->version);
	if (str_eq(action, S("retirer")))
		return set_end(db, id, c->version);
	if (str_eq(action, S("remettre")))
		return set_resume(db, id, c->version);
	return set_change(db, id, c->version, date_iso(a, c->params.from), c->params.has_to ? date_iso(a, c->params.to) : (str){ 0 }, c->params.name,
		params_json(a, &c->params));
}

static enum err change_once(struct db *db, void *arg, str *ret_path)
{
	struct changing *c = arg;
	static const struct { const char *typed, *logged; } actions[] = {
		{ "enregistrer", "allocation.set_change" }, { "proposer", "allocation.set_propose" }, { "approuver", "allocation.set_approve" },
		{ "rendre", "allocation.set_return" }, { "retirer", "allocation.set_end" }, { "remettre", "allocation.set_resume" },
	};
	*ret_path = str_printf(c->req->a, RULES_PATH "/%lld", (long long)c->row.id);
	try(do_change(db, c));
	c->late = !db_changes(db);
	if (c->late)
		return CONFLICT;
	for (size_t i = 0; i < lengthof(actions); i++)
		if (strcmp(c->action, actions[i].typed) == 0)
			return audit_write(db, &(struct audit){ .user_id = c->req->session->user_id, .organisation_id = c->row.organisation_id,
				.action = actions[i].logged, .object = "allocation_set", .object_id = c->row.id,
				.detail = str_printf(db_arena(db), "version %lld", (long long)c->version + 1) });
	return INTERNAL;
}

static bool is_action(str s)
{
	static const char *const all[] = { "enregistrer", "proposer", "approuver", "rendre", "retirer", "remettre" };
	for (size_t i = 0; i < lengthof(all); i++)
		if (str_eq(s, str_c(all[i])))
			return true;
	return false;
}

enum err rule_post(struct req *req)
{
	const struct view *v = &req->v;
	struct changing c = { .req = req, .version = form_int(req, "version", 0) };
	str action = form_text(req, "geste");
	try(load(req, &c.row));
	if (str_eq(action, S("copier")))
		return set_copy(req, &c.row);
	if (!is_action(action))
		return NOT_FOUND;
	c.action = str_z(req->a, action);
	if (str_eq(action, S("enregistrer"))) {
		typed(req, &c.params);
		if (!form_ok(req)) {
			form_refused(req);
			return show(req, &c.row, req->form, S(""));
		}
	}
	if (str_eq(action, S("approuver")) && c.row.proposed_by.set && c.row.proposed_by.v == req->session->user_id) {
		req->status = 422;
		return show(req, &c.row, NULL, _("Vous avez proposé cette règle : une autre personne doit l’approuver."));
	}
	enum err e = post_once(req, change_once, &c);
	if (e != CONFLICT || !c.late)
		return e;
	try(load(req, &c.row));
	req->status = 409;
	return show(req, &c.row, NULL, _("Quelqu’un a changé cette règle entre-temps. Voici où elle en est."));
}

/* /agent/attributions/regles: the sets of parameters of one's organisation, and a new one made from a copy. */
#include "allocation/pages.h"

#include "allocation/rules_html.h"
#include "audit/audit.h"
#include "base/utf8.h"
#include "db/db.h"
#include "db/id.h"
#include "html/format.h"
#include "http/session.h"

#define RULES_SHOWN 50

static str state_of(const struct view *v, const struct set_row *row, str today)
{
	if (str_eq(row->state, S("draft")))
		return _("brouillon");
	if (str_eq(row->state, S("proposed")))
		return _("proposée, à approuver");
	if (str_eq(row->state, S("ended")))
		return _("retirée");
	if (str_cmp(row->valid_from, today) > 0)
		return _("approuvée, pas encore en vigueur");
	return row->valid_to.p && str_cmp(row->valid_to, today) < 0 ? _("approuvée, finie") : _("approuvée");
}

enum err rules_page(struct req *req)
{
	struct set_row_list rows;
	struct rules page = { .form = req->form, .today = date_iso(req->a, today_paris()) };
	const struct view *v = &req->v;
	req->v.here = S(RULES_PATH);
	try(sets_of(req->db, own_programme(req), RULES_SHOWN, &rows));
	try(form_stamp(req, RULES_PATH));
	page.v = arena_many(req->a, struct rule_line, rows.n + 1);
	for (; page.n < rows.n; page.n++) {
		const struct set_row *r = &rows.v[page.n];
		str from = iso_date_shown(v, r->valid_from);
		page.v[page.n] = (struct rule_line){ str_printf(req->a, RULES_PATH "/%lld", (long long)r->id), r->name, state_of(v, r, page.today),
			r->valid_to.p ? _f("du {1} au {2}", from, iso_date_shown(v, r->valid_to)) : _f("à partir du {1}", from) };
	}
	return rules_html(&req->v, &page);
}

struct copying { const struct req *req; i64 organisation, from; struct params params; };

static enum err copy_once(struct db *db, void *arg, str *ret_path)
{
	struct copying *c = arg;
	struct arena *a = db_arena(db);
	i64 id = id_new(), user = c->req->session->user_id;
	*ret_path = str_printf(c->req->a, RULES_PATH "/%lld", (long long)id);
	try(set_put(db, id, c->organisation, date_iso(a, c->params.from), (str){ 0 }, c->params.name, params_json(a, &c->params),
		(struct opt_i64){ c->from, c->from > 0 }, now_ms(), user));
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = c->organisation, .action = "allocation.set_copy", .object = "allocation_set",
		.object_id = id, .detail = str_printf(a, "%lld", (long long)c->from) });
}

enum err set_copy(struct req *req, const struct set_row *row)
{
	const struct view *v = &req->v;
	struct copying c = { .req = req, .organisation = row ? row->organisation_id : own_programme(req), .from = row ? row->id : 0, .params = *params_default() };
	if (row)
		try(set_params(req->a, row, &c.params));
	str name = _f("Copie de {1}", c.params.name);
	c.params.name = utf8_length(name) <= PARAMS_NAME_MAX ? name : c.params.name;
	c.params.from = today_paris();
	c.params.has_to = false;
	return post_once(req, copy_once, &c);
}

enum err rules_post(struct req *req)
{
	return form_given(req, "geste") ? set_copy(req, NULL) : NOT_FOUND;
}

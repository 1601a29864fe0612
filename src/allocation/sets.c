/* Sets of parameters as they are stored, and who may reach them. */
#include "allocation/pages.h"

#include "accounts/accounts.h"
#include "db/db.h"
#include "html/format.h"
#include "http/session.h"

i64 own_programme(const struct req *req)
{
	const struct grants *g = req->session->grants;
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].caps & 1u << CAP_CAMPAIGNS)
			return g->v[i].organisation_id;
	return 0;
}

enum err scope_rule(struct req *req)
{
	struct set_row row;
	i64 id;
	if (!str_i64(req_param(req, "regle"), &id))
		return NOT_FOUND;
	try(set_by_id(req->db, id, &row));
	return accounts_may_in(req, req->route->cap, row.organisation_id) ? OK : NOT_FOUND;
}

enum err set_params(struct arena *a, const struct set_row *row, struct params *ret)
{
	str why;
	return params_read(a, row->parameters, ret, &why) == OK ? OK : INTERNAL;
}

enum err set_today(struct req *req, struct params *ret, bool *ret_own)
{
	struct set_row row;
	enum err e = set_in_force(req->db, date_iso(req->a, today_paris()), &row);
	*ret_own = e == OK;
	if (e == NOT_FOUND)
		*ret = *params_default();
	return e == OK ? set_params(req->a, &row, ret) : e == NOT_FOUND ? OK : e;
}

struct param_lines param_lines_of(const struct view *v, const struct params *p)
{
	struct param_lines ret = { arena_many(v->a, struct param_line, PARAMS), 0 };
	for (enum param i = 0; i < PARAMS; i++) {
		str label = tr(v->lang, param_kinds[i].label);
		if (i == PARAM_SEVERAL)
			continue;
		str value = i == PARAM_FAR_METRES ? _n("{n} mètre", "{n} mètres", p->v[i]) : _n("{n} point", "{n} points", p->v[i]);
		ret.v[ret.n++] = (struct param_line){ label, value };
	}
	return ret;
}

struct draw_shown draw_shown_of(const struct view *v, const struct draw_line *row)
{
	struct draw_shown d = { .id = str_printf(v->a, "%lld", (long long)row->id), .name = row->name,
		.record = str_printf(v->a, "/algorithmes/tirages/%lld.json", (long long)row->id), .commitment = row->commitment,
		.committed = date_shown(v, paris_of_ms(row->committed_at).date), .list_digest = row->list_digest, .seed = row->seed };
	d.can_reveal = row->closed_at.set && !row->revealed_at.set;
	if (row->closed_at.set)
		d.closed = date_shown(v, paris_of_ms(row->closed_at.v).date);
	if (row->revealed_at.set)
		d.revealed = date_shown(v, paris_of_ms(row->revealed_at.v).date);
	return d;
}

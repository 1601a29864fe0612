/* /algorithmes: how devices are allocated, for anybody: what counts and for how much, the method, the draws, how to contest. */
#include "allocation/pages.h"

#include "allocation/public_html.h"
#include "base/json_out.h"
#include "html/format.h"

#define DRAWS_SHOWN 3
#define DRAWS_LISTED 1000

enum err algorithms_page(struct req *req)
{
	struct params p;
	struct draw_line_list rows;
	struct algorithms page = { .own = false };
	const struct view *v = &req->v;
	req->v.description = _("Comment les ordinateurs sont attribués : les points, les parts des écoles, le tirage au sort, vos droits.");
	try(set_today(req, &p, &page.own));
	try(draws_public(req->db, DRAWS_SHOWN, &rows));
	page.name = p.name;
	page.reference = p.reference;
	page.from = date_shown(v, p.from);
	page.lines = param_lines_of(v, &p);
	page.draws.v = arena_many(req->a, struct draw_shown, rows.n + 1);
	for (; page.draws.n < rows.n; page.draws.n++)
		page.draws.v[page.draws.n] = draw_shown_of(v, &rows.v[page.draws.n]);
	return algorithms_html(&req->v, &page);
}

enum err algorithms_params(struct req *req)
{
	struct params p;
	bool own;
	try(set_today(req, &p, &own));
	req->content_type = S("application/json; charset=utf-8");
	buf_put(&req->out, params_json(req->a, &p));
	buf_byte(&req->out, '\n');
	return OK;
}

static void put_time(struct json *j, str key, struct opt_i64 at)
{
	json_key(j, key);
	json_str(j, at.set ? ms_iso(j->out->a, at.v) : (str){ 0 });
}

enum err algorithms_draws(struct req *req)
{
	struct draw_line_list rows;
	struct json j = json_new(&req->out);
	try(draws_public(req->db, DRAWS_LISTED, &rows));
	req->content_type = S("application/json; charset=utf-8");
	json_open(&j, '[');
	for (size_t i = 0; i < rows.n; i++) {
		const struct draw_line *d = &rows.v[i];
		json_open(&j, '{');
		json_member(&j, S("vague"), d->name);
		json_member(&j, S("empreinte_sha256"), d->commitment);
		put_time(&j, S("engage_le"), (struct opt_i64){ d->committed_at, true });
		put_time(&j, S("graine_revelee_le"), d->revealed_at);
		json_member(&j, S("adresse"), str_printf(req->a, "/algorithmes/tirages/%lld.json", (long long)d->id));
		json_close(&j, '}');
	}
	json_close(&j, ']');
	buf_byte(&req->out, '\n');
	return OK;
}

/* All that was published of a draw: commitment, list, seed; what is not yet is null. */
enum err algorithms_draw(struct req *req)
{
	struct draw_row d;
	struct json j = json_new(&req->out);
	i64 id;
	str rest, line;
	if (!str_i64(req_param(req, "tirage"), &id))
		return NOT_FOUND;
	try(draw_by_id(req->db, id, &d));
	req->content_type = S("application/json; charset=utf-8");
	json_open(&j, '{');
	json_member(&j, S("format"), S("gabare-tirage-1"));
	json_member(&j, S("vague"), d.name);
	json_member(&j, S("empreinte_sha256"), d.commitment);
	put_time(&j, S("engage_le"), (struct opt_i64){ d.committed_at, true });
	put_time(&j, S("liste_fermee_le"), d.closed_at);
	json_key(&j, S("liste_sha256"));
	json_str(&j, d.list_digest);
	put_time(&j, S("graine_revelee_le"), d.revealed_at);
	json_key(&j, S("graine"));
	json_str(&j, d.seed);
	json_key(&j, S("liste"));
	json_open(&j, '[');
	for (rest = d.list; rest.n && str_next(&rest, '\n', &line);)
		if (line.n)
			json_str(&j, line);
	json_close(&j, ']');
	json_close(&j, '}');
	buf_byte(&req->out, '\n');
	return OK;
}

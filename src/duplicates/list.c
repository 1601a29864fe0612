/* The list of pairs that nobody has decided yet, with their reasons in words. */
#include "audit/audit.h"
#include "base/buf.h"
#include "base/timex.h"
#include "db/db.h"
#include "duplicates/list_html.h"
#include "duplicates/pages.h"
#include "html/format.h"
#include "http/session.h"

#define APART_SHOWN 50

str pair_reasons(const struct view *v, u32 reasons, struct opt_i64 metres)
{
	static const struct { enum pair_reason bit; const char *words; } all[] = {
		{ PAIR_SIRET, N_("même SIRET") }, { PAIR_SAME_NAME, N_("même nom") }, { PAIR_LIKE_NAME, N_("noms proches") },
		{ PAIR_SAME_ADDRESS, N_("même adresse") }, { PAIR_LIKE_ADDRESS, N_("même rue") }, { PAIR_PHONE, N_("même téléphone") },
	};
	str parts[lengthof(all) + 1];
	size_t n = 0;
	for (size_t i = 0; i < lengthof(all); i++)
		if (reasons & all[i].bit)
			parts[n++] = tr(v->lang, all[i].words);
	if (metres.set)
		parts[n++] = _f("à {1} m l’un de l’autre", number_shown(v->a, v->lang, metres.v));
	return str_join(v->a, parts, n, S(", "));
}

static str page_url(struct req *req, i64 page)
{
	return in_language(&req->v, req->v.lang, str_printf(req->a, "/agent/doublons?page=%lld", (long long)page));
}

enum err pairs_index(struct req *req)
{
	struct pair_row_list rows;
	struct pairs_page page = { .form = req->form, .merged = form_given(req, "fait") };
	i64 number = form_int(req, "page", 1);
	req->v.here = S("/agent/doublons");
	try(pairs_open_count(req->db, &page.total));
	try(pairs_open(req->db, PAIRS_PAGE, (number - 1) * PAIRS_PAGE, &rows));
	if (number > 1 && !rows.n)
		return NOT_FOUND;
	try(pairs_apart(req->db, APART_SHOWN, &page.apart));
	try(form_stamp(req, "/agent/doublons"));
	page.v = arena_many(req->a, struct pair_line, rows.n);
	for (; page.n < rows.n; page.n++)
		page.v[page.n] = (struct pair_line){ &rows.v[page.n], pair_reasons(&req->v, (u32)rows.v[page.n].reasons, rows.v[page.n].metres) };
	page.pager = pager_of(number, page.total, PAIRS_PAGE, page_url(req, number - 1), page_url(req, number + 1));
	return pairs_index_html(&req->v, &page);
}

/* ---- deciding ---- */

struct deciding { i64 user_id, ids[2]; bool apart; };

bool pair_of(str s, i64 ret[2])
{
	str first;
	return str_next(&s, '-', &first) && str_i64(first, &ret[0]) && str_i64(s, &ret[1]) && ret[0] < ret[1];
}

static enum err decide_once(struct db *db, void *arg, str *ret_path)
{
	const struct deciding *d = arg;
	struct pair_label_row seen;
	*ret_path = S("/agent/doublons");
	try(pair_label(db, d->ids[0], &seen));
	try(pair_label(db, d->ids[1], &seen));
	if (d->apart)
		try(pair_apart_put(db, d->ids[0], d->ids[1], now_ms(), d->user_id));
	else
		try(pair_apart_forget(db, d->ids[0], d->ids[1]));
	return audit_write(db, &(struct audit){ .user_id = d->user_id, .action = d->apart ? "pair.apart" : "pair.again", .object = "place",
		.object_id = d->ids[0], .detail = str_printf(db_arena(db), "%lld", (long long)d->ids[1]) });
}

enum err pairs_decide(struct req *req)
{
	struct deciding d = { .user_id = req->session->user_id, .apart = form_given(req, "deux") };
	if (!form_ok(req) || !pair_of(form_text(req, d.apart ? "deux" : "reprendre"), d.ids))
		return NOT_FOUND;
	return post_once(req, decide_once, &d);
}

/* One list: how far it is, what it would bring or has brought, and what can be done with it. */
#include "lists/pages.h"

#include "audit/audit.h"
#include "base/csv.h"
#include "http/session.h"
#include "lists/show_html.h"

static bool is(const struct list_line *l, const char *state) { return str_eq(l->state, str_c(state)); }

/* ---- counts ---- */

struct tally { i64 fresh, same, ask, said, rejected, phones, taken_new, joined, known, undone, kept, city; };

/* Rows that nobody has taken yet. */
static void tally_open(struct tally *t, const struct list_count *r)
{
	bool ask = str_eq(r->verdict, S("ask")), city = r->by_city && !r->chosen;
	t->rejected += str_eq(r->verdict, S("rejected")) ? r->n : 0;
	t->fresh += str_eq(r->verdict, S("new")) ? r->n : 0;
	t->same += str_eq(r->verdict, S("same")) ? r->n : 0;
	t->city += city ? r->n : 0;
	t->ask += ask && !r->by_city ? r->n : 0;
	t->said += ask && r->chosen ? r->n : 0;
}

static struct tally tally_of(const struct list_count_list *rows)
{
	struct tally t = { 0 };
	for (size_t i = 0; i < rows->n; i++) {
		const struct list_count *r = &rows->v[i];
		struct { const char *outcome; i64 *n; } all[] = { { "new", &t.taken_new }, { "joined", &t.joined }, { "known", &t.known }, { "undone", &t.undone },
			{ "kept", &t.kept } };
		if (!r->outcome.n)
			tally_open(&t, r);
		for (size_t k = 0; k < lengthof(all); k++)
			*all[k].n += str_eq(r->outcome, str_c(all[k].outcome)) ? r->n : 0;
		t.phones += str_eq(r->reason, str_c(list_reasons[LR_PHONE].code)) ? r->n : 0;
	}
	return t;
}

static void add(const struct view *v, struct list_show_page *page, str label, i64 n, const char *path)
{
	if (n)
		page->v[page->n++] = (struct list_fact){ label, number_shown(v->a, v->lang, n), *path ? str_printf(v->a, "%.*s%s", STR_ARG(page->path), path) : S("") };
}

/* What a school did not name itself it is not told of: those rows are new ones to it. */
static void put_facts(const struct view *v, const struct tally *t, struct list_show_page *page)
{
	page->v = arena_many(v->a, struct list_fact, 12);
	if (page->checked) {
		add(v, page, _("familles nouvelles"), t->fresh + (page->by_school ? t->city : 0), "");
		add(v, page, _("enfants d’une famille déjà là : même téléphone et noms proches"), t->same, "/familles?quoi=sures");
		add(v, page, _("peut-être une famille déjà là : à regarder"), t->ask, "/familles?quoi=doutes");
	} else {
		add(v, page, _("familles nouvelles, un dossier est ouvert"), t->taken_new, "");
		add(v, page, _("enfants joints à une famille déjà là"), t->joined, "");
		add(v, page, _("enfants déjà nommés, rien n’a changé"), t->known, "");
		add(v, page, _("lignes annulées"), t->undone, "");
		add(v, page, _("lignes gardées : leur dossier a avancé depuis"), t->kept, "");
		if (page->done && page->by_school)
			add(v, page, _("lignes que la ville regarde d’abord"), t->city, "");
		if (page->done)
			add(v, page, _("peut-être une famille déjà là : à regarder"), t->ask + (page->by_school ? 0 : t->city), "/familles?quoi=doutes");
		if (page->done)
			add(v, page, _("lignes prêtes, pas encore prises"), t->fresh + t->same, "");
	}
	add(v, page, _("lignes refusées"), t->rejected, "");
	add(v, page, _("téléphones illisibles, non repris"), t->phones, "");
}

static str left_out_words(const struct view *v, const struct list_columns *c)
{
	str parts[LIST_COLUMNS];
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		if (c->never[i] != LN_NONE)
			parts[n++] = _f("{1} ({2})", c->name[i], tr_here(v, list_never[c->never[i]]));
	return str_join(v->a, parts, n, S(", "));
}

enum err list_show(struct req *req)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct list_at at;
	struct list_count_list rows;
	struct list_columns columns = { .n = 0 };
	try(list_of(req, &at));
	const struct list_line *l = &at.l;
	if (is(l, "columns") || is(l, "schools"))
		return resp_redirect(req, str_printf(req->a, "%.*s/%s", STR_ARG(at.path), is(l, "columns") ? "colonnes" : "ecoles"));
	struct list_show_page page = { .l = l, .path = at.path, .index = at.index, .by_school = at.by_school, .waits = is(l, "look") || is(l, "check") ||
		is(l, "apply") || is(l, "undo"), .checked = is(l, "checked"), .done = is(l, "done"), .undone = is(l, "undone"), .failed = is(l, "failed"),
		.stopped = is(l, "stopped") };
	try(list_counts(req->db, l->id, &rows));
	struct tally t = tally_of(&rows);
	if (l->key_enc.p && l->head_enc.p)
		try(list_columns_of(&vault, l, &columns));
	page.title = l->school.p ? l->school : l->source;
	page.rows = _f("{1} lignes sur {2}", number_shown(v->a, v->lang, l->done), number_shown(v->a, v->lang, l->total));
	page.day = date_shown(v, paris_of_ms(l->at).date);
	page.until = date_shown(v, paris_of_ms(l->at + LIST_KEPT_MS).date);
	page.left_out = left_out_words(v, &columns);
	page.can_take = l->key_enc.p && ((page.checked && t.fresh + t.same + t.said + t.city > 0) || (page.done && t.fresh + t.same + t.said > 0));
	page.can_undo = page.done && t.taken_new + t.joined > 0;
	page.can_erase = l->key_enc.p && page.done && t.rejected + t.ask + t.city > 0;
	page.rejects = l->key_enc.p && t.rejected + t.phones > 0;
	put_facts(v, &t, &page);
	try(form_stamp(req, at.by_school ? "/agent/ecole/:ecole/listes/:liste" : "/agent/campagnes/:campagne/listes/:liste"));
	return list_show_html(&req->v, &page);
}

/* ---- acts ---- */

struct acting { struct req *req; const struct list_at *at; str act; };

static enum err erase(struct db *db, i64 id)
{
	try(list_pieces_drop(db, id));
	try(list_forget_rows(db, id));
	return list_forget(db, id);
}

static enum err act_tx(struct db *db, void *arg, str *ret_path)
{
	const struct acting *t = arg;
	const struct list_line *l = &t->at->l;
	i64 user = t->req->session->user_id;
	const char *action = "list.stop";
	*ret_path = t->at->path;
	if (str_eq(t->act, S("prendre"))) {
		try(list_move(db, l->id, S("checked"), S("apply"), user));
		if (!db_changes(db))
			try(list_move(db, l->id, S("done"), S("apply"), user));
		action = "list.accept";
	} else if (str_eq(t->act, S("defaire"))) {
		try(list_move(db, l->id, S("done"), S("undo"), user));
		action = "list.take-back";
	} else if (is(l, "apply")) {
		try(list_move(db, l->id, S("apply"), S("done"), user));
	} else {
		try(erase(db, l->id));
	}
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = l->organisation_id, .action = action, .object = "list", .object_id = l->id });
}

enum err list_act(struct req *req)
{
	struct list_at at;
	str act = form_text(req, "geste");
	try(list_of(req, &at));
	if (!str_eq(act, S("prendre")) && !str_eq(act, S("abandonner")) && !str_eq(act, S("defaire")) && !str_eq(act, S("effacer")))
		return INVALID;
	return post_once(req, act_tx, &(struct acting){ req, &at, act });
}

/* ---- rejects ---- */

static str about(const struct list_columns *c, const struct list_row_line *r)
{
	const struct list_reason_words *w = &list_reasons[list_reason_of(r->reason)];
	str column = r->position > 0 && r->position <= (i64)c->n ? c->name[r->position - 1] : S("");
	return column.n ? column : str_c(w->code);
}

static void put_reject(struct req *req, const struct list_columns *c, const struct list_row_line *r, const struct list_row *cells)
{
	const struct view *v = &req->v;
	const struct list_reason_words *w = &list_reasons[list_reason_of(r->reason)];
	str *out = arena_many(req->a, str, c->n + 5);
	out[0] = str_printf(req->a, "%lld", (long long)r->line);
	out[1] = about(c, r);
	out[2] = tr_here(v, w->what);
	out[3] = tr_here(v, w->mend);
	for (size_t i = 0; i < c->n; i++)
		out[4 + i] = i < cells->n ? cells->v[i] : S("");
	csv_row_typed(&req->out, out, 4 + c->n);
}

enum err list_rejects(struct req *req)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct list_at at;
	struct list_row_line_list rows, told;
	struct list_rows cells;
	struct list_columns c;
	try(list_of(req, &at));
	if (!at.l.key_enc.p)
		return NOT_FOUND;
	try(list_columns_of(&vault, &at.l, &c));
	try(list_rows(req->db, at.l.id, 0, LIST_ROWS_MOST, &rows));
	told = (struct list_row_line_list){ arena_many(req->a, struct list_row_line, rows.n + 1), 0 };
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].reason.n && rows.v[i].cells_enc.p)
			told.v[told.n++] = rows.v[i];
	try(list_open_rows(&vault, &at.l, S("rows refused"), &told, &cells));
	buf_put(&req->out, S("\xEF\xBB\xBF"));
	str *heads = arena_many(req->a, str, c.n + 5);
	heads[0] = _("ligne");
	heads[1] = _("colonne");
	heads[2] = _("raison");
	heads[3] = _("que faire");
	for (size_t i = 0; i < c.n; i++)
		heads[4 + i] = c.name[i];
	csv_row_typed(&req->out, heads, 4 + c.n);
	for (size_t i = 0; i < told.n; i++)
		put_reject(req, &c, &told.v[i], &cells.v[i]);
	resp_file(req, S("lignes-refusees.csv"), true);
	return OK;
}

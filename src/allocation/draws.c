/* /agent/attributions/tirages: a draw is committed to, its list is closed, its seed is revealed; in this order, and each once. The seed
 * is sealed by the vault in between: nobody can look at it and choose the list by it. */
#include "allocation/pages.h"

#include <stdlib.h>

#include "accounts/accounts.h"
#include "allocation/draws_html.h"
#include "audit/audit.h"
#include "base/buf.h"
#include "db/db.h"
#include "http/seal.h"
#include "http/session.h"

#define DRAWS_SHOWN 30

static enum err show(struct req *req)
{
	struct draw_line_list rows;
	struct draws page = { .form = req->form };
	i64 wanted = form_int(req, "tirage", 0);
	req->v.here = S(RULES_PATH);
	try(draws_of(req->db, own_programme(req), DRAWS_SHOWN, &rows));
	try(form_stamp(req, DRAWS_PATH));
	page.list.v = arena_many(req->a, struct draw_shown, rows.n + 1);
	for (; page.list.n < rows.n; page.list.n++)
		page.list.v[page.list.n] = draw_shown_of(&req->v, &rows.v[page.list.n]);
	for (size_t i = 0; i < rows.n && !wanted; i++)
		if (!rows.v[i].closed_at.set)
			wanted = rows.v[i].id;
	for (size_t i = 0; i < rows.n; i++) {
		page.list.v[i].form = !rows.v[i].closed_at.set && rows.v[i].id == wanted;
		page.list.v[i].link = !rows.v[i].closed_at.set && rows.v[i].id != wanted;
	}
	return draws_html(&req->v, &page);
}

enum err draws_page(struct req *req)
{
	req->form->n_errors = 0;
	return show(req);
}

struct drawing { i64 user_id, id, organisation_id; str name, list, seed; struct draw_new made; const char *action; };

static enum err draw_once(struct db *db, void *arg, str *ret_path)
{
	const struct drawing *d = arg;
	*ret_path = S(DRAWS_PATH);
	enum err e = d->made.id ? draw_commit(db, &d->made, d->organisation_id, d->name) : d->list.n ? draw_list_close(db, d->id, d->list)
		: draw_seed_reveal(db, d->id, d->seed);
	if (e != OK)
		return e == CONFLICT ? OK : e;   /* somebody else has done it */
	return audit_write(db, &(struct audit){ .user_id = d->user_id, .organisation_id = d->organisation_id, .action = d->action, .object = "allocation_draw",
		.object_id = d->id });
}

static enum err commit(struct req *req, struct drawing *d)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	d->name = form_text(req, "nom");
	d->organisation_id = own_programme(req);
	d->action = "allocation.draw_commit";
	if (!d->name.n) {
		form_fail(req, "nom", _("Dites de quelle vague."));
		return INVALID;
	}
	try(draw_prepare(&vault, &d->made));
	d->id = d->made.id;
	return OK;
}

static int by_id(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static enum err close_list(struct req *req, struct drawing *d)
{
	struct alloc_ids ids;
	struct alloc_fault fault;
	const struct view *v = &req->v;
	str typed = form_text(req, "liste");
	enum err e = alloc_read_ids(req->a, typed, &ids, &fault);
	if (e != OK || !ids.n) {
		form_fail(req, "liste", e == OK ? _("Collez les numéros des dossiers, un par ligne.") : alloc_fault_words(req->a, v->lang, &fault));
		return INVALID;
	}
	qsort(ids.v, ids.n, sizeof(*ids.v), by_id);
	for (size_t i = 1; i < ids.n; i++)
		if (str_eq(ids.v[i - 1], ids.v[i])) {
			form_fail(req, "liste", _f("Le dossier {1} est là deux fois.", ids.v[i]));
			return INVALID;
		}
	d->list = str_printf(req->a, "%.*s\n", STR_ARG(str_join(req->a, ids.v, ids.n, S("\n"))));
	d->action = "allocation.draw_close";
	return OK;
}

static enum err reveal(struct req *req, struct drawing *d)
{
	struct vault_asker vault = vault_of(req);
	d->action = "allocation.draw_reveal";
	return draw_unseal(req->db, &vault, d->id, &d->seed);
}

/* On one that is there, of an organisation where this session runs programmes. */
static enum err on_one(struct req *req, struct drawing *d, str action)
{
	struct draw_row row;
	d->id = form_int(req, "tirage", 0);
	try(draw_by_id(req->db, d->id, &row));
	if (!accounts_may_in(req, CAP_CAMPAIGNS, row.organisation_id))
		return NOT_FOUND;
	d->organisation_id = row.organisation_id;
	if (str_eq(action, S("fermer")))
		return close_list(req, d);
	return str_eq(action, S("reveler")) && row.closed_at.set ? reveal(req, d) : NOT_FOUND;
}

enum err draws_post(struct req *req)
{
	str action = form_text(req, "geste");
	struct drawing d = { .user_id = req->session->user_id };
	enum err e = !form_ok(req) ? INVALID : !action.n ? commit(req, &d) : on_one(req, &d, action);
	if (e == OK)
		return post_once(req, draw_once, &d);
	if (e != INVALID)
		return e;
	form_refused(req);
	return show(req);
}

/* The jobs process does for lists, one step at a time, what their pages asked. A step that is cut is done again: looking and checking change
 * nothing until they end, taking and taking back remember each row. */
#include "lists/pages.h"

#include "audit/audit.h"
#include "base/log.h"

enum err list_load(struct list_step *s, struct list_row_line_list *ret_lines, struct list_rows *ret_rows, struct list_columns *ret_columns)
{
	try(list_columns_of(s->vault, &s->l, ret_columns));
	try(list_rows(s->db, s->l.id, 0, LIST_ROWS_MOST, ret_lines));
	return list_open_rows(s->vault, &s->l, S("a list of families"), ret_lines, ret_rows);
}

struct moving { const struct list_step *s; i64 done; };

static enum err moves_tx(struct db *db, void *arg)
{
	const struct moving *m = arg;
	return list_moves(db, m->s->l.id, m->done);
}

enum err list_progress(struct list_step *s, i64 done)
{
	struct list_line now;
	try(db_tx(s->db, moves_tx, &(struct moving){ s, done }));
	try(list_get(s->db, s->l.id, &now));
	return str_eq(now.state, s->l.state) ? OK : CONFLICT;
}

/* ---- one step ---- */

static enum err failed_tx(struct db *db, void *arg)
{
	const struct list_step *s = arg;
	bool taken = str_eq(s->l.state, S("apply")) || str_eq(s->l.state, S("undo"));
	str fault = s->fault.n ? s->fault : taken ? S("quelque chose a manqué ; recommencez, rien ne sera fait deux fois")
		: S("la lecture de ce fichier a été interrompue");
	try(list_failed(db, s->l.id, s->l.state, taken ? S("done") : S("failed"), fault));
	return taken ? OK : list_pieces_drop(db, s->l.id);
}

static enum err run(struct list_step *s)
{
	struct list_line now;
	try(list_next(s->db, &s->l.id));
	try(list_get(s->db, s->l.id, &s->l));
	enum err e = !s->l.key_enc.p && !str_eq(s->l.state, S("undo")) ? NOT_FOUND
		: str_eq(s->l.state, S("look")) ? list_look(s) : str_eq(s->l.state, S("check")) ? list_check(s)
		: str_eq(s->l.state, S("apply")) ? list_apply(s) : list_undo(s);
	if (e == OK || e == BUSY || e == FORBIDDEN)
		return e == FORBIDDEN ? BUSY : e;        /* over the vault's budget: the next turn */
	if (list_get(s->db, s->l.id, &now) == OK && !str_eq(now.state, s->l.state))
		return OK;                               /* somebody has stopped it */
	log_line(LOG_WARN, "list failed", "id=%lld err=%s", (long long)s->l.id, err_name(e));
	return db_tx(s->db, failed_tx, s);
}

enum err lists_step(struct db *db, const struct vault_asker *vault)
{
	struct arena *before = db_arena(db), *a = arena_new((size_t)512 << 20);
	struct vault_asker mine = *vault;
	struct list_step s = { .db = db, .vault = &mine, .a = a };
	mine.a = a;
	db_use_arena(db, a);
	enum err e = run(&s);
	db_use_arena(db, before);
	arena_free(a);
	return e;
}

/* ---- erasing ---- */

enum err lists_forget(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	struct list_old_row_list old;
	i64 day_before = before + 86400000;
	try(list_release(db, day_before));
	try(list_release_move(db, day_before));
	try(list_old(db, before, most, &old));
	for (size_t i = 0; i < old.n; i++) {
		try(list_pieces_drop(db, old.v[i].id));
		try(list_forget_rows(db, old.v[i].id));
		try(list_forget(db, old.v[i].id));
	}
	*ret_n = (i64)old.n;
	return OK;
}

/* Drafts: what somebody has begun to write of a place, as typed, right or wrong, until they publish it or forget it. */
#include "base/buf.h"
#include "base/pack.h"
#include "base/timex.h"
#include "db/db.h"
#include "editing/drafts_sql.h"
#include "editing/editing.h"
#include "editing/pages.h"
#include "html/format.h"
#include "http/session.h"

enum { DRAFT_MAX = 100 << 10, FIELDS_MOST = 2000 };

/* ---- to bytes and back ---- */

static void pack_pair(struct buf *b, const char *name, str value)
{
	pack_str(b, str_c(name));
	pack_str(b, value);
}

static str packed(struct req *req)
{
	struct buf b = buf_new(req->a, DRAFT_MAX);
	for (size_t i = 0; i < edit_spec->n; i++) {
		const struct form_value *value = &req->form->values[i];
		for (size_t j = 0; j < value->n_many; j++)
			pack_pair(&b, edit_spec->fields[i].name, value->many[j]);
		if (!value->n_many && value->text.n)
			pack_pair(&b, edit_spec->fields[i].name, value->text);
	}
	assert(!b.full);                         /* a form is at most 64 KB */
	return buf_str(&b);
}

static struct form *unpacked(struct req *req, str fields)
{
	struct unpack u = { .rest = fields };
	struct pairs in = { .v = arena_many(req->a, struct pair, FIELDS_MOST) };
	while (u.rest.n && !u.bad && in.n < FIELDS_MOST) {
		str name = unpack_str(&u);
		in.v[in.n++] = (struct pair){ name, unpack_str(&u) };
	}
	struct form *form = form_read(req, edit_spec, &in);
	form->n_errors = 0;                      /* said when it is to be published */
	return form;
}

/* ---- for the form of a place ---- */

enum err draft_of(struct req *req, i64 place_id, struct draft *ret)
{
	struct draft_row row;
	try(draft_get(req->db, place_id, req->session->user_id, &row));
	*ret = (struct draft){ unpacked(req, row.fields), str_copy(req->a, row.version), date_shown(&req->v, paris_of_ms(row.at).date) };
	return OK;
}

struct keeping { i64 place_id, user_id; str version, fields; };

static enum err keep_tx(struct db *db, void *arg)
{
	const struct keeping *k = arg;
	return draft_put(db, k->place_id, k->user_id, now_ms(), k->version, k->fields);
}

enum err draft_keep(struct req *req, i64 place_id)
{
	return db_tx(req->db, keep_tx, &(struct keeping){ place_id, req->session->user_id, form_text(req, "version"), packed(req) });
}

static enum err leave_tx(struct db *db, void *arg)
{
	const struct keeping *k = arg;
	return draft_forget(db, k->place_id, k->user_id);
}

enum err draft_leave(struct req *req, i64 place_id)
{
	return db_tx(req->db, leave_tx, &(struct keeping){ .place_id = place_id, .user_id = req->session->user_id });
}

enum err drafts_list(struct req *req, struct draft_lines *ret)
{
	struct draft_line_row_list rows;
	try(drafts_of(req->db, req->session->user_id, OWNED_MOST, &rows));
	*ret = (struct draft_lines){ arena_many(req->a, struct draft_line, rows.n), rows.n };
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = (struct draft_line){ rows.v[i].code, rows.v[i].name, date_shown(&req->v, paris_of_ms(rows.v[i].at).date) };
	return OK;
}

enum err editing_forget_drafts(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	try(drafts_purge(db, before, most));
	*ret_n = db_changes(db);
	return OK;
}

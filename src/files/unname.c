/* A school takes back a family that it named by mistake, as long as nobody has begun to follow it. */
#include "audit/audit.h"
#include "base/timex.h"
#include "db/id.h"
#include "files/pages.h"
#include "http/session.h"

struct unnaming { struct req *req; struct school school; i64 row_id; };

enum err file_unopen(struct db *db, const struct file *f, str reason, i64 user_id)
{
	str today = date_iso(db_arena(db), today_paris());
	try(file_drop(db, f->id, f->version, today, reason));
	if (!db_changes(db))
		return CONFLICT;
	return file_event_put(db, id_new(), f->id, S("joined"), S("identified"), S("joined"), today, reason, user_id, now_ms());
}

/* What the school alone had brought: nobody else named this family, and nobody has met it. */
static enum err forget_people(struct db *db, const struct file_named_one_row *n, bool file_gone)
{
	struct household h;
	struct family_files files;
	i64 named;
	try(household_get(db, n->root, &h));
	try(files_ever_of_family(db, n->root, &files));
	if (file_gone && files.n == 1 && str_eq(h.origin, S("school")) && !h.contact_at.set && !h.notice_at.set)
		return household_erase(db, h.id, "mistake");
	try(file_person_count(db, n->person_id, &named));
	if (!named && !h.contact_at.set)
		for (size_t i = 0; i < h.n; i++)
			if (h.persons[i].id == n->person_id && h.persons[i].child)
				try(person_erase(db, n->person_id));
	return household_touch(db, &h);
}

static enum err unname_tx(struct db *db, void *arg, str *ret_path)
{
	const struct unnaming *u = arg;
	struct file_named_one_row n;
	struct file f;
	i64 user = u->req->session->user_id, left;
	const char *done = "retiree";
	enum err e = file_named_one(db, u->row_id, u->school.id, &n);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == OK) {                           /* else: taken back already */
		try(file_get(db, n.file_id, &f));
		if (f.state == FS_IDENTIFIED) {
			try(file_child_drop(db, u->row_id));
			try(file_children_count(db, f.id, &left));
			try(left ? file_touch(db, f.id, f.version) : file_unopen(db, &f, S("school"), user));
			try(forget_people(db, &n, !left));
			try(audit_write(db, &(struct audit){ .user_id = user, .organisation_id = n.organisation_id, .action = "file.unname", .object = "file",
				.object_id = f.id, .detail = S("school") }));
		} else
			done = "trop-tard";
	}
	*ret_path = str_printf(db_arena(db), "/agent/ecole/%.*s/familles?fait=%s", STR_ARG(u->school.uai), done);
	return OK;
}

enum err school_unname_post(struct req *req)
{
	struct unnaming u = { .req = req, .row_id = form_int(req, "famille", 0) };
	try(school_by_uai(req->db, req_param(req, "ecole"), &u.school));
	return form_ok(req) ? post_once(req, unname_tx, &u) : NOT_FOUND;
}

/* A list is taken back, file by file: a file to which nothing else has happened goes, with the household if the list made it and with the
 * children that it added; one that has moved on stays, and is said. */
#include "lists/pages.h"

#include "audit/audit.h"
#include "db/id.h"

enum { FILES_MOST = 3000, PAGE = 20 };

struct undoing { struct list_step *s; struct list_file f; };

/* Nothing else: the file is where the list left it, and nobody has changed a household that the list made. */
static enum err is_untouched(struct db *db, const struct undoing *u, const struct list_taken_list *rows, bool *ret_made, bool *ret)
{
	struct file f;
	struct household h;
	i64 made_version = 0;
	*ret_made = *ret = false;
	enum err e = file_get(db, u->f.file_id, &f);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(household_get(db, u->f.household_id, &h));
	for (size_t i = 0; i < rows->n; i++) {
		*ret_made |= str_eq(rows->v[i].outcome, S("new"));
		made_version = rows->v[i].household_version.v > made_version ? rows->v[i].household_version.v : made_version;
	}
	*ret = f.version == u->f.version && !h.erased && (!*ret_made || (f.state == FS_IDENTIFIED && !h.merged_into && h.version == made_version));
	return OK;
}

static enum err drop_children(struct db *db, const struct list_taken_list *rows, bool persons)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->v[i].child_row_id.set)
			try(file_child_drop(db, rows->v[i].child_row_id.v));
		if (persons && rows->v[i].person_id.set)
			try(person_erase(db, rows->v[i].person_id.v));
	}
	return OK;
}

static enum err undo_file(struct db *db, const struct undoing *u, const struct list_taken_list *rows, bool made)
{
	struct household h;
	i64 children;
	try(drop_children(db, rows, !made));
	try(file_children_count(db, u->f.file_id, &children));
	struct file f = { .id = u->f.file_id, .version = u->f.version };
	try(children ? file_touch(db, f.id, f.version) : file_unopen(db, &f, S("list"), u->s->l.user_id));
	if (made && !children)
		return household_erase(db, u->f.household_id, "mistake");
	try(household_get(db, u->f.household_id, &h));
	return household_touch(db, &h);
}

static enum err undo_tx(struct db *db, void *arg)
{
	const struct undoing *u = arg;
	const struct list_line *l = &u->s->l;
	struct list_taken_list rows;
	bool made, untouched;
	try(list_rows_of_file(db, u->f.file_id, l->id, &rows));
	try(is_untouched(db, u, &rows, &made, &untouched));
	if (untouched)
		try(undo_file(db, u, &rows, made));
	try(list_file_end(db, u->f.file_id, l->id, untouched ? S("undone") : S("kept")));
	return untouched ? audit_write(db, &(struct audit){ .user_id = l->user_id, .organisation_id = l->organisation_id, .action = "file.unname",
		.object = "file", .object_id = u->f.file_id, .detail = str_printf(db_arena(db), "list=%lld", (long long)l->id) }) : OK;
}

static enum err undone_tx(struct db *db, void *arg)
{
	const struct list_step *s = arg;
	try(list_move(db, s->l.id, S("undo"), S("undone"), s->l.user_id));
	try(list_forget_rows(db, s->l.id));
	try(list_forget(db, s->l.id));
	return audit_write(db, &(struct audit){ .user_id = s->l.user_id, .organisation_id = s->l.organisation_id, .action = "list.undo", .object = "list",
		.object_id = s->l.id });
}

enum err list_undo(struct list_step *s)
{
	struct list_file_list files;
	try(list_files(s->db, s->l.id, FILES_MOST, &files));
	for (size_t i = 0; i < files.n; i++) {
		struct undoing u = { s, files.v[i] };
		try(db_tx(s->db, undo_tx, &u));
		if (i % PAGE == PAGE - 1)
			try(list_progress(s, (i64)i + 1));
	}
	return db_tx(s->db, undone_tx, s);
}

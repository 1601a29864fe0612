/* What the jobs process does for uploads. A step that is cut is done again from its beginning: it changes nothing until it ends. */
#include "intake/intake.h"

#include <sys/mman.h>
#include <unistd.h>

#include "audit/audit.h"
#include "base/csv.h"
#include "base/log.h"
#include "base/timex.h"
#include "intake/foreseen.h"
#include "intake/intake_sql.h"
#include "intake/pages.h"

enum { TOLD_MOST = 5000, PROGRESS_ROWS = 500 };
#define REJECTS_MAX ((size_t)2 << 20)

struct step {
	struct db *db;
	struct arena *a;
	const char *url;
	struct upload_row u;
	struct place_layout layout;
	struct buf rejects, foreseen; i64 told, n_foreseen;
	str counts, fault;
	i64 import_id;
	const char *state;                       /* the next one */
	struct place_survey survey;
};

/* The file, in memory that has no name. -1: it is gone. */
static int file_of(struct step *s)
{
	struct upload_content_row row;
	if (upload_content(s->db, s->u.id, &row) != OK)
		return -1;
	int fd = memfd_create("upload", MFD_CLOEXEC);
	for (str rest = row.content; fd >= 0 && rest.n;) {
		ssize_t n = write(fd, rest.p, rest.n);
		if (n <= 0) {
			close(fd);
			return -1;
		}
		rest = str_slice(rest, (size_t)n, rest.n);
	}
	return fd >= 0 && lseek(fd, 0, SEEK_SET) == 0 ? fd : -1;
}

/* ---- looking through ---- */

/* What the source's last file was, and proposals for columns that it did not have. True: there are none of those. */
static bool merge(const struct place_layout *kept, struct place_layout *l)
{
	bool all = true;
	for (size_t i = 0; i < l->n; i++) {
		bool found = false;
		for (size_t j = 0; j < kept->n && !found; j++)
			if (str_eq(kept->v[j].name, l->v[i].name)) {
				l->v[i] = kept->v[j];
				found = true;
			}
		all &= found;
	}
	l->fixed = kept->fixed;
	l->n_fixed = kept->n_fixed;
	return all;
}

static enum err looked_tx(struct db *db, void *arg)
{
	struct step *s = arg;
	struct buf b = buf_new(s->a, SURVEY_PACKED_MAX);
	survey_pack(&b, &s->survey);
	return upload_looked(db, s->u.id, buf_str(&b), place_layout_write(s->a, &s->layout), str_c(s->state));
}

static enum err look(struct step *s, int fd)
{
	struct place_layout kept;
	enum err e = place_survey_read(fd, place_format_of(s->u.file_name), s->a, &s->survey, &s->fault);
	if (e != OK)
		return e;
	s->layout = place_layout_propose(s->a, &s->survey);
	s->state = "columns";
	e = place_layout_of(s->db, s->u.source, &kept);
	if (e != OK && e != NOT_FOUND)
		return e;
	size_t lacking = 1;
	if (e == OK && merge(&kept, &s->layout))
		intake_lacking(s->a, &s->layout, &lacking);
	if (!lacking)
		s->state = "check";              /* as last time: nothing is asked */
	return db_tx(s->db, looked_tx, s);
}

/* ---- checking and taking in ---- */

static enum err on_reject(void *arg, i64 line, str id, const struct place_told *t)
{
	static const char *const kinds[] = { "ligne refusée : ", "valeur non reprise : ", "à vérifier : " };
	struct step *s = arg;
	if (s->told++ >= TOLD_MOST)
		return OK;
	const str cells[] = { str_printf(s->a, "%lld", (long long)line), id, t->column, t->value,
		str_printf(s->a, "%s%.*s", kinds[t->kind], STR_ARG(t->reason)), t->proposal };
	csv_row_typed(&s->rejects, cells, lengthof(cells));
	return OK;
}

static enum err on_foreseen(void *arg, const struct place_foreseen *f)
{
	struct step *s = arg;
	if (s->n_foreseen < FORESEEN_PLACES && foreseen_pack(&s->foreseen, f))
		s->n_foreseen++;
	return OK;
}

static enum err moves_tx(struct db *db, void *arg)
{
	const struct step *s = arg;
	return upload_moves(db, s->u.id, s->u.done);
}

/* False: somebody has stopped it. */
static bool on_progress(void *arg, i64 rows, i64 bytes)
{
	struct step *s = arg;
	struct upload_row now;
	(void)bytes;
	if (rows % PROGRESS_ROWS)
		return true;
	s->u.done = rows;
	if (db_tx(s->db, moves_tx, s) != OK)
		return true;                     /* the next time */
	return upload_get(s->db, s->u.id, &now) != OK || str_eq(now.state, s->u.state);
}

static enum err checked_tx(struct db *db, void *arg)
{
	struct step *s = arg;
	bool applied = str_eq(s->u.state, S("apply"));
	try(upload_checked(db, s->u.id, s->u.state, str_c(s->state), s->counts, s->told, buf_str(&s->rejects)));
	if (!applied)
		return upload_foresees(db, s->u.id, buf_str(&s->foreseen));
	try(place_layout_keep(db, s->u.source, &s->layout, str_printf(s->a, "user:%lld", (long long)s->u.user_id)));
	try(upload_applied(db, s->u.id, s->import_id));
	return audit_write(db, &(struct audit){ .user_id = s->u.user_id, .action = "import.apply", .object = "upload", .object_id = s->u.id });
}

static enum err import(struct step *s, int fd)
{
	struct place_import_report r;
	struct place_import_options o = {
		.fd = fd, .format = place_format_of(s->u.file_name), .layout = &s->layout, .source = s->u.source, .file_name = s->u.file_name, .url = s->url,
		.dry_run = str_eq(s->u.state, S("check")), .reject = on_reject, .foresee = on_foreseen, .progress = on_progress, .arg = s,
	};
	if (!date_parse(s->u.day, &o.day) || place_layout_read(s->a, s->u.layout, &s->layout, &s->fault) != OK)
		return INTERNAL;
	s->rejects = buf_new(s->a, REJECTS_MAX);
	s->foreseen = buf_new(s->a, FORESEEN_BYTES);
	buf_put(&s->rejects, S("\xEF\xBB\xBFligne,id,colonne,valeur,raison,proposition\n"));
	enum err e = place_import(s->db, &o, s->a, &r);
	s->fault = r.fault;
	if (e != OK)
		return e;
	s->counts = str_printf(s->a, "%lld %lld %lld %lld %lld %lld %lld %lld", (long long)r.read, (long long)r.added, (long long)r.changed,
		(long long)r.unchanged, (long long)r.rejected, (long long)r.vanished, (long long)r.left_out, (long long)r.doubts);
	s->import_id = r.import_id;
	s->state = o.dry_run ? "checked" : "done";
	return db_tx(s->db, checked_tx, s);
}

/* ---- taking back ---- */

static enum err undone_tx(struct db *db, void *arg)
{
	struct step *s = arg;
	try(upload_undone(db, s->u.id, str_c(s->state), s->counts, s->fault));
	return audit_write(db, &(struct audit){ .user_id = s->u.user_id, .action = "import.undo", .object = "upload", .object_id = s->u.id });
}

static enum err undo(struct step *s)
{
	struct place_undo_report r = { .fault = S("") };
	bool last = false;
	try(place_import_is_last(s->db, s->u.source, s->u.import_id.v, &last));
	enum err e = last ? place_import_undo(s->db, s->u.source, str_printf(s->a, "user:%lld", (long long)s->u.user_id), s->url, s->a, &r) : NOT_FOUND;
	if (e == BUSY)
		return e;
	s->state = e == OK ? "undone" : "done";
	s->counts = e == OK ? str_printf(s->a, "%lld %lld %lld", (long long)r.restored, (long long)r.removed, (long long)r.kept) : s->u.counts;
	s->fault = e == OK ? S("") : r.fault;
	return db_tx(s->db, undone_tx, s);
}

/* ---- one step ---- */

static enum err failed_tx(struct db *db, void *arg)
{
	struct step *s = arg;
	return upload_failed(db, s->u.id, s->fault.n ? s->fault : S("la lecture de ce fichier a été interrompue"));
}

static enum err run(struct step *s)
{
	struct upload_row now;
	try(upload_next(s->db, &s->u.id));
	try(upload_get(s->db, s->u.id, &s->u));
	if (str_eq(s->u.state, S("undo")))
		return undo(s);
	int fd = file_of(s);
	enum err e = fd < 0 ? INTERNAL : str_eq(s->u.state, S("look")) ? look(s, fd) : import(s, fd);
	if (fd >= 0)
		close(fd);
	if (e == OK || e == BUSY)
		return e;                        /* another import runs: the next turn */
	if (upload_get(s->db, s->u.id, &now) == OK && str_eq(now.state, S("stopped")))
		return OK;
	log_line(LOG_WARN, "upload failed", "id=%lld err=%s reason=%s", (long long)s->u.id, err_name(e), log_quote(s->a, str_c(db_error(s->db))));
	return db_tx(s->db, failed_tx, s);
}

enum err intake_step(struct db *db, const char *url)
{
	struct arena *before = db_arena(db), *a = arena_new((size_t)256 << 20);
	struct step s = { .db = db, .a = a, .url = url };
	db_use_arena(db, a);
	enum err e = run(&s);
	db_use_arena(db, before);
	arena_free(a);
	return e;
}

enum err intake_forget(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	try(uploads_forget(db, before, most));
	*ret_n = db_changes(db);
	return OK;
}

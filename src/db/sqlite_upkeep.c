/* Upkeep of an SQLite database: checkpoints, copies, the integrity check. */
#include "db/sqlite.h"
#include "base/log.h"
#include "db/collate.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

/* A checkpoint every so many frames of the WAL; above the maximum, one that waits for readers so that the WAL begins anew. */
enum { FRAMES_BETWEEN = 1000, FRAMES_MAX = 16000, RESTART_US = 400 * 1000 };

/* Under the write lock. BUSY: readers were in the way. */
static enum err checkpoint(struct sqlite_db *s, int mode, i64 busy_us)
{
	int frames = 0, copied = 0;
	i64 usual = s->busy_limit_us;
	s->busy_limit_us = busy_us;
	int rc = sqlite3_wal_checkpoint_v2(s->h, "main", mode, &frames, &copied);
	s->busy_limit_us = usual;
	if (rc != SQLITE_OK && (rc & 0xFF) != SQLITE_BUSY)
		return sqlite_fail(s, rc, "checkpoint");
	bool anew = rc == SQLITE_OK && mode != SQLITE_CHECKPOINT_PASSIVE;        /* the next commit begins the WAL */
	s->wal_frames = anew || frames < 0 ? 0 : (u32)frames;
	s->wal_copied = anew || copied < 0 ? 0 : (u32)copied;
	if (s->lock.shared) {
		atomic_store(&s->lock.shared->wal_frames, s->wal_frames);
		atomic_store(&s->lock.shared->wal_copied, s->wal_copied);
	}
	return rc == SQLITE_OK ? OK : BUSY;
}

static bool due(u32 frames, u32 copied)
{
	return frames - (copied > frames ? 0 : copied) >= FRAMES_BETWEEN;
}

static int mode_for(u32 frames) { return frames > FRAMES_MAX ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE; }

void sqlite_checkpoint_own(struct sqlite_db *s)
{
	if (!due(s->wal_frames, s->wal_copied))
		return;
	enum err e = checkpoint(s, mode_for(s->wal_frames), RESTART_US);
	if (e != OK && e != BUSY)
		log_line(LOG_WARN, "checkpoint failed", "reason=\"%s\"", s->base.error);
}

enum err sqlite_upkeep(struct db *db, bool full)
{
	struct sqlite_db *s = (struct sqlite_db *)db;
	struct db_shared *shared = s->lock.shared;
	u32 frames = shared ? atomic_load(&shared->wal_frames) : s->wal_frames;
	if (db->o.read_only || (shared && !full && !due(frames, atomic_load(&shared->wal_copied))))
		return OK;
	enum err e = write_lock_take(&s->lock);
	if (e != OK)
		return db_fail(db, e, "the write lock is not to be had");
	if (full)
		e = checkpoint(s, SQLITE_CHECKPOINT_TRUNCATE, s->busy_limit_us);
	else
		e = checkpoint(s, mode_for(frames), RESTART_US);
	write_lock_release(&s->lock, false);
	return e == BUSY && !full ? OK : e;      /* readers were in the way: the next step goes on */
}

/* The first line that a check complains with; OK when there is none. */
static enum err complaint(struct sqlite_db *s, const char *pragma, const char *fine)
{
	sqlite3_stmt *st = NULL;
	enum err e = OK;
	int rc = sqlite3_prepare_v2(s->h, pragma, -1, &st, NULL);
	rc = rc == SQLITE_OK ? sqlite3_step(st) : rc;
	if (rc == SQLITE_ROW) {
		const char *said = (const char *)sqlite3_column_text(st, 0);
		if (!fine || !said || strcmp(said, fine) != 0)
			e = db_fail(&s->base, INTERNAL, "%s: %s", pragma, said ? said : "");
	} else if (rc != SQLITE_DONE) {
		e = sqlite_fail(s, rc, pragma);
	}
	sqlite3_finalize(st);
	return e == BUSY ? BUSY : e == OK ? OK : INTERNAL;
}

enum err sqlite_integrity(struct db *db)
{
	struct sqlite_db *s = (struct sqlite_db *)db;
	db->ddl = true;
	s->deadline_us = 0;
	enum err e = complaint(s, "PRAGMA integrity_check(1)", "ok");
	if (e == OK)
		e = complaint(s, "PRAGMA foreign_key_check", NULL);
	db->ddl = false;
	return e;
}

static bool sync_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return ok && sync_directory(path);
}

/* A connection of its own: a copy wants ATTACH and a commit (of the copy), which the program's connections refuse. */
enum err db_sqlite_copy(const char *path, const char *to)
{
	sqlite3 *h = NULL;
	sqlite3_stmt *st = NULL;
	if (access(to, F_OK) == 0)
		return db_fail(NULL, CONFLICT, "%s is there already", to);
	int rc = sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc == SQLITE_OK)
		rc = collate_register(h);
	if (rc == SQLITE_OK) {
		sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		sqlite3_busy_timeout(h, 10000);
		rc = sqlite3_prepare_v2(h, "VACUUM INTO ?", -1, &st, NULL);
	}
	if (rc == SQLITE_OK) {
		sqlite3_bind_text(st, 1, to, -1, SQLITE_STATIC);
		rc = sqlite3_step(st);
	}
	enum err e = rc == SQLITE_DONE ? OK : db_fail(NULL, INTERNAL, "copy of %s: %s", path,
		h ? sqlite3_errmsg(h) : "out of memory");
	sqlite3_finalize(st);
	sqlite3_close(h);
	if (e == OK && (chmod(to, 0600) != 0 || !sync_file(to)))
		e = db_fail(NULL, INTERNAL, "%s: %s", to, strerror(errno));
	if (e != OK)
		unlink(to);
	return e;
}

static bool copy_bytes(int in, int out)
{
	struct stat st;
	char head[16];
	if (fstat(in, &st) != 0 || pread(in, head, sizeof head, 0) != sizeof head)
		return false;
	if (memcmp(head, "SQLite format 3", sizeof head) != 0) {
		errno = EBADMSG;
		return false;
	}
	for (off_t left = st.st_size; left > 0;) {
		ssize_t n = sendfile(out, in, NULL, (size_t)left);
		if (n <= 0)
			return false;
		left -= n;
	}
	return fsync(out) == 0;
}

static enum err copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return db_fail(NULL, NOT_FOUND, "%s: %s", from, strerror(errno));
	int out = open(to, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok = out >= 0 && copy_bytes(in, out);
	enum err e = ok ? OK : db_fail(NULL, INTERNAL, "%s: %s", to, strerror(errno));
	close(in);
	if (out >= 0)
		close(out);
	return e;
}

/* Written beside, then given its name, which must still be free. */
enum err db_sqlite_restore(const char *path, const char *from)
{
	char part[4096], wal[4096];
	if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part)
		return db_fail(NULL, INVALID, "the path is too long");
	snprintf(wal, sizeof wal, "%s-wal", path);
	if (access(path, F_OK) == 0 || access(wal, F_OK) == 0)   /* a log of another file would be played into this one */
		return db_fail(NULL, CONFLICT, "%s is there already", access(path, F_OK) == 0 ? path : wal);
	enum err e = copy_file(from, part);
	if (e == OK && link(part, path) != 0)
		e = db_fail(NULL, errno == EEXIST ? CONFLICT : INTERNAL, "%s: %s", path, strerror(errno));
	unlink(part);
	if (e == OK && !sync_directory(path))
		e = db_fail(NULL, INTERNAL, "%s: its directory does not sync", path);
	return e;
}

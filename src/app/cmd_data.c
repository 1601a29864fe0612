/* The data as a whole: gabare migrate, check, backup, restore. */
#include "app/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/vault.h"
#include "base/timex.h"

/* ---- migrate ---- */

static enum err save_first(struct invocation *in, struct db *db, int version)
{
	str stem = db_engine(db) == DB_SQLITE ? str_slice(in->db_url, 7, in->db_url.n) : str_printf(in->a, "%.*s/gabare", STR_ARG(in->data));
	const char *path = str_printf(in->a, "%.*s.schema%d-%lld", STR_ARG(stem), version, (long long)now_ms() / 1000).p;
	enum err e = db_backup_to(db, str_z(in->a, in->db_url), path);
	if (e == OK)
		cli_say("saved to %s", path);
	else
		cli_say("cannot save to %s first: %s", path, db_error(db));
	return e;
}

static int migrate(struct invocation *in, struct db *db)
{
	int version = 0, applied = 0;
	bool known = true, dry = cli_flag(in, "dry-run");
	if (db_schema_version(db, &version, &known) != OK || !known) {
		cli_say("the schema is not one this program knows (%d): %s", version, known ? db_error(db) : "newer, or altered");
		return EXIT_USAGE;
	}
	if (version && version < db_schema_wanted() && !dry && save_first(in, db, version) != OK)
		return EXIT_NOTHING;
	if (db_migrate(db, dry, &applied) != OK) {
		cli_say("not migrated: %s", db_error(db));
		return EXIT_NOTHING;
	}
	if (!dry && applied && db_integrity(db) != OK) {
		cli_say("migrated, but the check fails: %s", db_error(db));
		return EXIT_PARTLY;
	}
	struct count counts[] = { { "before", version }, { dry ? "to apply" : "applied", applied }, { "wanted", db_schema_wanted() } };
	cli_report(in, counts, lengthof(counts));
	return EXIT_DONE;
}

int cmd_migrate(struct invocation *in)
{
	struct db *db = NULL;
	if (cli_open_any(in, false, false, &db) != OK)
		return EXIT_NOTHING;
	int code = migrate(in, db);
	db_close(db);
	return code;
}

/* ---- check ---- */

int cmd_check(struct invocation *in)
{
	struct config c;
	struct db *db = NULL;
	u8 master[KEY_BYTES];
	const char *problem = NULL;
	i64 bad = 0, done = 0;
	if (cli_config(in, &c) != OK)
		return EXIT_USAGE;
	done++;
	if (c.key_file.n && ++done && key_file_read(str_z(in->a, c.key_file), master, &problem) != OK) {
		cli_say("key file %.*s: %s", STR_ARG(c.key_file), problem);
		bad++;
	}
	if (cli_open(in, true, &db) != OK)
		return EXIT_NOTHING;
	done += 2;
	if (db_integrity(db) != OK) {
		cli_say("integrity: %s", db_error(db));
		bad++;
	}
	db_close(db);
	struct count counts[] = { { "checked", done }, { "wrong", bad } };
	cli_report(in, counts, lengthof(counts));
	return bad ? EXIT_NOTHING : EXIT_DONE;
}

/* ---- backup, restore ---- */

static const char *key_note(struct invocation *in, str file)
{
	return str_printf(in->a, "%.*s.key-id", STR_ARG(file)).p;
}

/* Beside the backup: which key opens its encrypted columns. Nothing when there is no key. */
static bool note_key(struct invocation *in, str file)
{
	struct config c;
	u8 master[KEY_BYTES];
	const char *problem;
	if (cli_config(in, &c) != OK)
		return false;
	if (!c.key_file.n)
		return true;
	if (key_file_read(str_z(in->a, c.key_file), master, &problem) != OK) {
		cli_say("key file %.*s: %s", STR_ARG(c.key_file), problem);
		return false;
	}
	struct keys *k = keys_new();
	keys_derive(k, master);
	FILE *f = fopen(key_note(in, file), "wxe");
	bool ok = f && fprintf(f, "%s\n", k->id) > 0;
	if (f)
		ok = fclose(f) == 0 && ok;
	if (!ok)
		cli_say("cannot write %s: %s", key_note(in, file), strerror(errno));
	return ok;
}

int cmd_backup(struct invocation *in)
{
	struct db *db = NULL;
	const char *path = str_z(in->a, in->operand[0]);
	struct stat st;
	if (stat(path, &st) == 0) {
		cli_say("%s is there already: a backup never replaces a file", path);
		return EXIT_NOTHING;
	}
	if (cli_open_any(in, true, false, &db) != OK)
		return EXIT_NOTHING;
	enum err e = db_backup_to(db, str_z(in->a, in->db_url), path);
	if (e != OK)
		cli_say("not saved: %s", db_error(db));
	db_close(db);
	if (e != OK)
		return EXIT_NOTHING;
	bool noted = note_key(in, in->operand[0]);
	struct count counts[] = { { "bytes saved", stat(path, &st) == 0 ? (i64)st.st_size : 0 } };
	cli_report(in, counts, lengthof(counts));
	return noted ? EXIT_DONE : EXIT_PARTLY;
}

/* The backup's key must be at hand before anything is put back. */
static bool key_fits(struct invocation *in, str file)
{
	char wanted[KEY_ID_CHARS + 1] = { 0 };
	struct key_ring ring;
	struct config c;
	const char *problem = "set key_file in [vault]";
	FILE *f = fopen(key_note(in, file), "re");
	if (!f)
		return true;
	bool read = fread(wanted, 1, KEY_ID_CHARS, f) == KEY_ID_CHARS;
	fclose(f);
	if (!read || cli_config(in, &c) != OK)
		return false;
	if (!c.key_file.n || key_ring_read(str_z(in->a, c.key_file), &ring, &problem) != OK) {
		cli_say("this backup needs key %s: %s", wanted, problem);
		return false;
	}
	struct keys *k = keys_new();
	keys_of_ring(k, &ring);
	if (memcmp(k->id, wanted, KEY_ID_CHARS) == 0 || memcmp(k->before, wanted, KEY_ID_CHARS) == 0)
		return true;
	cli_say("this backup needs key %s; %.*s holds %s", wanted, STR_ARG(c.key_file), k->id);
	return false;
}

int cmd_restore(struct invocation *in)
{
	struct db *db = NULL;
	const char *path = str_z(in->a, in->operand[0]);
	int version = 0;
	bool known = true;
	if (access(path, R_OK)) {
		cli_say("cannot read %s: %s", path, strerror(errno));
		return EXIT_USAGE;
	}
	if (!cli_make_data(in) || !key_fits(in, in->operand[0]))
		return EXIT_NOTHING;
	struct db_options o = { .application = "gabare" };
	enum err e = db_open(str_z(in->a, in->db_url), o, &db);
	if (e == OK)
		db_use_arena(db, in->a);
	bool empty = e == NOT_FOUND || (e == OK && db_schema_version(db, &version, &known) == OK && known && version == 0);
	db_close(db);
	if (!empty) {
		cli_say("%.*s holds data already, or cannot be read: restore into an empty database", STR_ARG(in->db_url));
		return EXIT_NOTHING;
	}
	if (db_restore_from(str_z(in->a, in->db_url), path) != OK) {
		cli_say("not restored: %s", db_error(NULL));
		return EXIT_NOTHING;
	}
	if (cli_open(in, false, &db) != OK)      /* for writing: its first opening gives it a write-ahead log */
		return EXIT_PARTLY;
	e = db_integrity(db);
	if (e != OK)
		cli_say("restored, but the check fails: %s", db_error(db));
	db_close(db);
	struct count counts[] = { { "restored", 1 } };
	cli_report(in, counts, lengthof(counts));
	return e == OK ? EXIT_DONE : EXIT_PARTLY;
}

/* Migrations: the numbered files of migrations/, compiled in, applied forward only. Each is remembered with the checksum of
 * its text, so that a program never runs on a schema it does not know. */
#include "db/ddl.h"
#include "db/internal.h"
#include "db/schema_sql.h"
#include "base/log.h"
#include "base/timex.h"

#include <sodium.h>

enum { CHECKSUM_BYTES = 32 };

static str checksum(struct arena *a, const struct migration *m)
{
	u8 hash[CHECKSUM_BYTES];
	char hex[CHECKSUM_BYTES * 2 + 1];
	crypto_generichash(hash, sizeof hash, (const u8 *)m->sql, strlen(m->sql), NULL, 0);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	return str_copy(a, str_c(hex));
}

int db_schema_wanted(void)
{
	int n = 0;
	while (migrations[n].number)
		n++;
	return n;
}

struct state { int version; bool known; };

/* Reads which migrations the database has had, and whether they are ours. */
static enum err read_state(struct db *db, void *arg)
{
	struct state *s = arg;
	i64 exists = 0;
	struct schema_row_list rows;
	*s = (struct state){.known = true};
	try(schema_exists(db, &exists));
	if (!exists)
		return OK;
	try(schema_applied(db, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct migration *m = i < (size_t)db_schema_wanted() ? &migrations[i] : NULL;
		s->version = (int)rows.v[i].number;
		if (!m || rows.v[i].number != m->number || !str_eq(rows.v[i].checksum, checksum(db_arena(db), m))) {
			s->known = false;
			db_fail(db, INVALID, "the schema has migration %lld (%.*s), which this program does not know as such",
				(long long)rows.v[i].number, STR_ARG(rows.v[i].name));
		}
	}
	return OK;
}

enum err db_schema_version(struct db *db, int *ret_version, bool *ret_known)
{
	struct state s;
	try(db_read(db, read_state, &s));
	*ret_version = s.version;
	*ret_known = s.known;
	return OK;
}

struct work { bool dry_run, all; int applied; };

static enum err apply(struct db *db, const struct migration *m)
{
	struct arena *a = db_arena(db);
	str sql = ddl_text(a, str_c(m->sql), db->engine);
	enum err e = db->ops->script(db, str_z(a, sql));
	if (e != OK) {
		str reason = str_copy(a, str_c(db->error));
		return db_fail(db, e, "migration %s: %.*s", m->name, STR_ARG(reason));
	}
	return schema_record(db, m->number, str_c(m->name), checksum(a, m), now_ms());
}

/* One transaction: the next migration, or all of them in a dry run. The state is read in it: another process may have been
 * quicker. */
static enum err next(struct db *db, void *arg)
{
	struct work *w = arg;
	struct state s;
	int applied = 0;
	if (db->engine == DB_PG)
		try(db->ops->script(db, "SELECT pg_advisory_xact_lock(8462, 1)"));
	try(read_state(db, &s));
	if (!s.known)
		return INVALID;
	for (const struct migration *m = &migrations[s.version]; m->number && (applied == 0 || w->dry_run); m++) {
		try(apply(db, m));
		applied++;
	}
	w->applied += applied;
	w->all = applied == 0;
	return w->dry_run ? WAITING : OK;        /* WAITING: not an error, but nothing of it is to stay */
}

enum err db_migrate(struct db *db, bool dry_run, int *ret_applied)
{
	struct work w = {.dry_run = dry_run};
	enum err e = OK;
	db->ddl = true;
	while (e == OK && !w.all)
		e = db_tx(db, next, &w);
	db->ddl = false;
	*ret_applied = w.applied;
	return e == WAITING ? OK : e;
}

/* What is looked at after a crash: the messages, through the real db layer; the directory, through the program's own export. */
#include <stdio.h>
#include <unistd.h>

#include "db/db.h"
#include "db/stmt.h"
#include "scene.h"

static const struct db_column message_out[] = { { "what", DB_TEXT, false }, { "n", DB_I64, false } };
static const struct db_stmt messages = {
	.name = "crash_messages", .file = "tests/crash/after.c",
	.sqlite = "SELECT what, count(*) FROM place_report GROUP BY what",
	.pg = "SELECT what, count(*) FROM place_report GROUP BY what",
	.n_out = 2, .out = message_out,
};

struct seen { struct scene *s; unsigned char *count; };

static enum err read_messages(struct db *db, void *arg)
{
	struct seen *seen = arg;
	struct db_cursor *c;
	struct db_value row[2];
	enum err e;
	try(db_begin(db, &messages, NULL, &c));
	while ((e = db_step(c, row)) == OK) {
		unsigned long long seed;
		int writer;
		long long serial;
		char text[64];
		snprintf(text, sizeof text, "%.*s", STR_ARG(row[0].s));
		if (sscanf(text, "crash %llu %d %lld", &seed, &writer, &serial) != 3 || seed != seen->s->seed || writer < 0
		    || writer >= WRITERS || serial < 0 || serial >= MESSAGES_MAX)
			continue;
		seen->count[(size_t)writer * MESSAGES_MAX + (size_t)serial] = row[1].i > 1 ? 2 : 1;
		arena_reset(db_arena(db));
	}
	db_end(c);
	return e == NOT_FOUND ? OK : e;
}

static int compare_messages(struct scene *s, const unsigned char *count)
{
	i64 lost = 0, twice = 0;
	for (int w = 0; w < WRITERS; w++)
		for (i64 i = 0; i < s->serial[w]; i++) {
			unsigned char n = count[(size_t)w * MESSAGES_MAX + (size_t)i];
			lost += s->sent[w][i] == SENT_ACKNOWLEDGED && n == 0;
			twice += n > 1;
		}
	if (lost || twice)
		printf("  %lld acknowledged messages lost, %lld there twice\n", (long long)lost, (long long)twice);
	return (lost > 0) + (twice > 0);
}

int messages_wrong(struct scene *s)
{
	struct db *db;
	struct seen seen = { s, calloc((size_t)WRITERS * MESSAGES_MAX, 1) };
	if (db_open(s->db_url, (struct db_options){ .read_only = true, .application = "crash" }, &db) != OK) {
		printf("  the database does not open: %s\n", db_error(NULL));
		return 1;
	}
	db_use_arena(db, arena_new(1 << 20));
	enum err e = db_read(db, read_messages, &seen);
	if (e != OK)
		printf("  the messages cannot be read: %s\n", db_error(db));
	int wrong = e != OK ? 1 : compare_messages(s, seen.count);
	struct arena *a = db_arena(db);
	db_close(db);
	arena_free(a);
	free(seen.count);
	return wrong;
}

bool edition_write(const char *path, int rows, int edition)
{
	FILE *f = fopen(path, "we");
	if (!f)
		return false;
	fputs("id,pivot,nom,commune,code_postal,adresse,latitude,longitude,source,date_maj,services\n", f);
	for (int i = 0; i < rows; i++)
		fprintf(f, "crash-%05d,W44%07d,Essai d’arrêt édition %d fin %05d,Nantes,44000,%d rue des Essais,47.2%04d,-1.5%04d,crash,2026-01-01,"
			"Aide aux démarches administratives\n", i, i, edition, i, i + 1, i % 10000, i % 10000);
	return fclose(f) == 0;
}

int edition_shown(struct scene *s, int rows)
{
	char path[4096], line[8192];
	snprintf(path, sizeof path, "%s/export.csv", s->scratch);
	int code = command(s, path, (char *[]){ "export", "places", "--format", "csv", NULL });
	FILE *f = code == 0 ? fopen(path, "re") : NULL;
	int first = 0, n = 0, mixed = 0, edition;
	if (!f) {
		printf("  export: exit code %d\n", code);
		return -1;
	}
	while (fgets(line, sizeof line, f)) {
		const char *mark = strstr(line, "édition ");
		if (!mark || sscanf(mark + strlen("édition "), "%d", &edition) != 1)
			continue;
		first = first ? first : edition;
		mixed += edition != first;
		n++;
	}
	fclose(f);
	if (mixed || (n && n != rows)) {
		printf("  the import is neither whole nor absent: %d of %d places, %d of another edition than %d\n", n, rows, mixed, first);
		return -1;
	}
	return first;
}

/* What importing promises, on both engines: whole or absent, nothing twice, nothing lost, nothing of the city's own undone. */
#include "directory/shared_files.h"

#include <fcntl.h>
#include <regex.h>
#include <signal.h>
#include <sys/wait.h>

#include <jansson.h>

#include "base/buf.h"
#include "base/timex.h"
#include "db/id.h"
#include "db/upkeep.h"
#include "directory/demo.h"
#include "directory/directory.h"
#include "directory/open_sql.h"
#include "directory/place_dump.h"
#include "directory/place_export.h"
#include "directory/place_import.h"
#include "directory/place_import_sql.h"
#include "directory/place_store.h"

#define HEADER "id,pivot,nom,commune,code_postal,adresse,date_maj,telephone,services\n"

struct town { struct arena *a; struct db *db; const char *url; char told[4096]; size_t n; };

static struct db *opened(struct arena *a, const char *url)
{
	struct db *db;
	int applied;
	assert_ok(db_open(url, (struct db_options){ .create = true, .application = "test" }, &db));
	db_use_arena(db, a);
	assert_ok(db_migrate(db, false, &applied));
	return db;
}

static struct town *town_of(struct arena *a, struct db *db, const char *url)
{
	time_init();
	struct town *c = arena_one(a, struct town);
	c->a = a;
	c->url = url;
	c->db = db;
	return c;
}

static struct town *city_at(const char *url)
{
	struct arena *a = arena_new((size_t)512 << 20);
	return town_of(a, opened(a, url), url);
}

static struct town *city(void)
{
	struct arena *a = arena_new((size_t)512 << 20);
	struct db *db = unit_db((struct db_options){ .application = "test" }, a);
	return town_of(a, db, unit_db_url());
}

static void leave(struct town *c)
{
	db_close(c->db);
	arena_free(c->a);
}

/* A file of the test's own folder that holds these bytes. */
static int file_of(str bytes)
{
	char path[200];
	snprintf(path, sizeof path, "%s/file", unit_dir());
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n && lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

static enum err note_told(void *arg, i64 line, str id, const struct place_told *t)
{
	struct town *c = arg;
	int n = snprintf(c->told + c->n, sizeof c->told - c->n, "%lld|%.*s|%.*s|%.*s|%.*s|%.*s\n", (long long)line, STR_ARG(t->column),
		STR_ARG(t->value), STR_ARG(t->reason), STR_ARG(t->proposal), STR_ARG(id));
	c->n += (size_t)n < sizeof c->told - c->n ? (size_t)n : 0;
	return OK;
}

static struct place_import_options options(struct town *c, const char *source)
{
	return (struct place_import_options){ .format = PLACE_GUESS, .source = str_c(source), .file_name = S("test"), .url = c->url,
		.reject = note_told, .arg = c };
}

static struct place_import_report run(struct town *c, struct place_import_options o, str bytes, enum err expected)
{
	struct place_import_report r;
	c->n = 0;
	c->told[0] = '\0';
	o.fd = file_of(bytes);
	enum err e = place_import(c->db, &o, c->a, &r);
	close(o.fd);
	if (e != expected)
		fail_msg("import gave %s: %.*s", err_name(e), STR_ARG(r.fault));
	return r;
}

static struct place_import_report import_text(struct town *c, const char *source, const char *text)
{
	return run(c, options(c, source), str_c(text), OK);
}

/* "read 3, new 2…" compared as one text, so that a failure shows all of it. */
static void expect_report(struct place_import_report r, const char *expected)
{
	char text[200];
	snprintf(text, sizeof text, "%lld read, %lld new, %lld changed, %lld unchanged, %lld rejected, %lld vanished", (long long)r.read,
		(long long)r.added, (long long)r.changed, (long long)r.unchanged, (long long)r.rejected, (long long)r.vanished);
	assert_string_equal(text, expected);
}

static str dump(struct town *c, enum place_form form, bool full)
{
	char *text;
	size_t size;
	i64 n;
	FILE *out = open_memstream(&text, &size);
	assert_ok(place_dump(c->db, &(struct place_voice){ form, full, NULL }, out, &n));
	fclose(out);
	str s = str_copy(c->a, (str){ text, size });
	free(text);
	return s;
}

static struct place place_named(struct town *c, const char *public_id)
{
	struct place p;
	assert_ok(directory_place(c->db, str_c(public_id), &p));
	return p;
}

#define ROW(id, name, phone) id ",00000000000000," name ",Nantes,44000,1 quai du Test,2024-03-04," phone ",Aide aux démarches administratives\n"

TEST(import_new_then_the_same_then_a_later_version)
{
	struct town *c = city();
	const char *first = HEADER ROW("a", "Le Ponton", "0261914401") ROW("b", "La Cale", "0261914402") ROW("c", "Le Quai", "");
	expect_report(import_text(c, "s", first), "3 read, 3 new, 0 changed, 0 unchanged, 0 rejected, 0 vanished");
	str before = dump(c, AS_JSON, true);
	i64 epoch, later;
	assert_ok(import_epoch(c->db, &epoch));
	expect_report(import_text(c, "s", first), "3 read, 0 new, 0 changed, 3 unchanged, 0 rejected, 0 vanished");
	assert_ok(import_epoch(c->db, &later));
	assert_int_equal(epoch, later);
	assert_true(str_eq(dump(c, AS_JSON, true), before));
	struct place_import_report r = import_text(c, "s", HEADER ROW("a", "Le Ponton", "0261914401") ROW("b", "La Cale sèche", "0261914403") ROW("d", "Neuf", ""));
	expect_report(r, "3 read, 1 new, 1 changed, 1 unchanged, 0 rejected, 1 vanished");
	assert_str(place_named(c, "b").f[P_NOM], "La Cale sèche");
	assert_str(place_named(c, "b").f[P_TELEPHONES], "+33261914403");
	assert_str(place_named(c, "c").f[P_NOM], "Le Quai");     /* vanished: proposed for closing, never deleted */
	struct import_source_row s;
	assert_ok(import_source(c->db, S("s"), S("c"), &s));
	assert_true(s.vanished < EPOCH_NEVER);
	leave(c);
}

TEST(import_history_says_each_field_once)
{
	struct town *c = city();
	import_text(c, "s", HEADER ROW("a", "Le Ponton", "0261914401"));
	import_text(c, "s", HEADER ROW("a", "Le Grand Ponton", "0261914401"));
	struct place p = place_named(c, "a");
	struct import_staged_row_list changes;
	struct import_history_row_list all;
	assert_ok(import_history(c->db, p.place_id, &all));
	assert_int_equal(all.n, 2);
	assert_str(all.v[0].field, "id");
	assert_str(all.v[1].field, "nom");
	assert_str(all.v[1].before, "Le Ponton");
	assert_str(all.v[1].after, "Le Grand Ponton");
	assert_str(all.v[1].author, "import s");
	assert_ok(import_staged_changes(c->db, p.place_id, 2, all.v[1].import_id.v, &changes));
	assert_int_equal(changes.n, 1);
	leave(c);
}

TEST(import_what_vanished_and_comes_back_is_there_again)
{
	struct town *c = city();
	struct import_source_row s;
	import_text(c, "s", HEADER ROW("a", "A", "") ROW("b", "B", ""));
	import_text(c, "s", HEADER ROW("a", "A", ""));
	expect_report(import_text(c, "s", HEADER ROW("a", "A", "")), "1 read, 0 new, 0 changed, 1 unchanged, 0 rejected, 0 vanished");
	expect_report(import_text(c, "s", HEADER ROW("a", "A", "") ROW("b", "B", "")), "2 read, 0 new, 0 changed, 2 unchanged, 0 rejected, 0 vanished");
	assert_ok(import_source(c->db, S("s"), S("b"), &s));
	assert_true(s.vanished == EPOCH_NEVER);
	leave(c);
}

static enum err take_out_tx(struct db *db, void *arg) { return place_take_out(db, arg, S("user:1"), S("closed")); }
static enum err put_back_tx(struct db *db, void *arg) { return place_put_back(db, *(str *)arg, S("user:1")); }

TEST(import_leaves_out_what_was_taken_out_by_hand)
{
	struct town *c = city();
	struct place_owned a;
	str id = S("a");
	import_text(c, "s", HEADER ROW("a", "A", "") ROW("b", "B", ""));
	assert_ok(place_owned(c->db, id, &a));
	import_text(c, "t", HEADER ROW("c", "C", ""));
	assert_ok(db_tx(c->db, take_out_tx, &a));
	assert_err(place_owned(c->db, id, &a), NOT_FOUND);
	expect_report(import_text(c, "s", HEADER ROW("a", "A2", "") ROW("b", "B", "")), "2 read, 0 new, 0 changed, 2 unchanged, 0 rejected, 0 vanished");
	assert_err(place_owned(c->db, id, &a), NOT_FOUND);
	assert_ok(db_tx(c->db, put_back_tx, &id));
	assert_str(place_named(c, "a").f[P_NOM], "A");
	expect_report(import_text(c, "s", HEADER ROW("a", "A2", "") ROW("b", "B", "")), "2 read, 0 new, 1 changed, 1 unchanged, 0 rejected, 0 vanished");
	assert_str(place_named(c, "a").f[P_NOM], "A2");
	struct open_changed_row_list told;
	assert_ok(open_changed(c->db, 100, &told));      /* in the feed, coming back is no change of a field */
	for (size_t i = 0; i < told.n; i++)
		assert_str(told.v[i].field, "nom");
	assert_int_equal(told.n, 1);
	leave(c);
}

TEST(import_rejects_with_line_column_reason_and_id)
{
	struct town *c = city();
	struct place_import_report r = import_text(c, "s", HEADER ROW("a", "A", "") ROW("b", "", "") ROW("a", "Encore", "") ROW("d", "D", "12"));
	expect_report(r, "4 read, 2 new, 0 changed, 0 unchanged, 2 rejected, 0 vanished");
	assert_non_null(strstr(c->told, "3|nom||obligatoire, et vide||b\n"));
	assert_non_null(strstr(c->told, "4|id|a|identifiant déjà pris par la ligne 2 de ce fichier||a\n"));
	assert_non_null(strstr(c->told, "5|telephone|12|"));
	assert_int_equal(r.left_out, 1);
	/* a row that is there but refused has not vanished */
	r = import_text(c, "s", HEADER ROW("a", "", "") ROW("d", "D", ""));
	expect_report(r, "2 read, 0 new, 0 changed, 1 unchanged, 1 rejected, 0 vanished");
	/* nothing could be taken: nothing changes, and nothing has vanished */
	r = import_text(c, "s", HEADER ROW("z", "", ""));
	expect_report(r, "1 read, 0 new, 0 changed, 0 unchanged, 1 rejected, 0 vanished");
	leave(c);
}

TEST(import_unreadable_files_change_nothing)
{
	struct town *c = city();
	import_text(c, "s", HEADER ROW("a", "A", ""));
	str before = dump(c, AS_CSV, true);
	struct place_import_report r = run(c, options(c, "s"), S(HEADER ROW("a", "Autre", "") ROW("b", "B", "") "c,0,caf\xE9,,,,,,\n"), INVALID);
	assert_true(str_find(r.fault, S("ligne 4, colonne nom")) >= 0);
	assert_true(str_eq(dump(c, AS_CSV, true), before));
	r = run(c, options(c, "s"), S("rien"), INVALID);
	assert_true(r.fault.n > 0);
	leave(c);
}

TEST(import_dry_run_tells_and_stores_nothing)
{
	struct town *c = city();
	struct place_import_options o = options(c, "s");
	import_text(c, "s", HEADER ROW("a", "A", "") ROW("b", "B", ""));
	str before = dump(c, AS_CSV, true);
	o.dry_run = true;
	expect_report(run(c, o, S(HEADER ROW("a", "Autre", "") ROW("c", "C", "")), OK), "2 read, 1 new, 1 changed, 0 unchanged, 0 rejected, 1 vanished");
	assert_true(str_eq(dump(c, AS_CSV, true), before));
	leave(c);
}

TEST(import_ids_of_two_sources_do_not_meet)
{
	struct town *c = city();
	import_text(c, "un", HEADER ROW("a", "A de un", ""));
	import_text(c, "deux", HEADER ROW("a", "A de deux", ""));
	assert_str(place_named(c, "a").f[P_NOM], "A de un");
	assert_str(place_named(c, "deux--a").f[P_NOM], "A de deux");
	expect_report(import_text(c, "deux", HEADER ROW("a", "A de deux", "")), "1 read, 0 new, 0 changed, 1 unchanged, 0 rejected, 0 vanished");
	leave(c);
}

TEST(import_places_belong_to_organisations)
{
	struct town *c = city();
	import_text(c, "s", "id,pivot,nom,commune,code_postal,adresse,date_maj,structure_parente\n"
		"a,43493312300029,A,Nantes,44000,x,2024-01-01,Ville\nb,43493312300029,B,Nantes,44000,x,2024-01-01,Ville\n"
		"c,00000000000000,C,Nantes,44000,x,2024-01-01,PiNG\nd,00000000000000,D,Nantes,44000,x,2024-01-01,PiNG\n"
		"e,00000000000000,E,Nantes,44000,x,2024-01-01,\nf,00000000000000,E,Nantes,44000,x,2024-01-01,\n");
	i64 n;
	assert_ok(import_organisations_count(c->db, &n));
	assert_int_equal(n, 4);
	leave(c);
}

/* ---- the city's own changes ---- */

struct hand { i64 place_id; enum place_field field; const char *value; };

static enum err change_by_hand(struct db *db, void *arg)
{
	const struct hand *h = arg;
	struct place p = { 0 };
	struct place_words words = { 0 };
	struct place_writer w = { .at = now_ms(), .author = S("coordination") };
	bool changed;
	try(import_epoch(db, &w.epoch));
	w.born = w.epoch;
	p.f[h->field] = str_c(h->value);
	return place_store_fields(db, &w, &words, h->place_id, &p, NULL, &changed);
}

static void by_hand(struct db *db, i64 place_id, enum place_field f, const char *value)
{
	struct hand h = { place_id, f, value };
	assert_ok(db_tx(db, change_by_hand, &h));
}

TEST(import_leaves_what_the_source_did_not_change)
{
	struct town *c = city();
	import_text(c, "s", HEADER ROW("a", "A", "0261914401"));
	i64 id = place_named(c, "a").place_id;
	by_hand(c->db, id, P_NOM, "Nom de la ville");
	by_hand(c->db, id, P_TELEPHONES, "+33261914401|+33261914499");
	by_hand(c->db, id, P_TARIFS, "Gratuit le mardi");
	assert_str(place_named(c, "a").f[P_NOM], "Nom de la ville");
	expect_report(import_text(c, "s", HEADER ROW("a", "A", "0261914402")), "1 read, 0 new, 1 changed, 0 unchanged, 0 rejected, 0 vanished");
	struct place p = place_named(c, "a");
	assert_str(p.f[P_NOM], "Nom de la ville");
	assert_str(p.f[P_TELEPHONE], "+33261914402");
	assert_str(p.f[P_TELEPHONES], "+33261914402|+33261914499");
	assert_str(p.f[P_TARIFS], "Gratuit le mardi");
	leave(c);
}

struct meanwhile { struct town *c; struct db *other; i64 at, id; bool done; };

static bool edit_meanwhile(void *arg, i64 rows, i64 bytes)
{
	struct meanwhile *m = arg;
	(void)bytes;
	if (rows >= m->at && !m->done) {
		m->done = true;
		by_hand(m->other, m->id, P_TARIFS, "Changé pendant l’import");
		by_hand(m->other, m->id, P_ADRESSE, "2 quai de la Ville");
	}
	return true;
}

static enum err ignore_told(void *arg, i64 line, str id, const struct place_told *t)
{
	(void)arg, (void)line, (void)id, (void)t;
	return OK;
}

/* n rows "p1"… whose names end with `suffix`. */
static str many(struct arena *a, int n, const char *suffix)
{
	struct buf b = buf_new(a, (size_t)64 << 20);
	buf_put(&b, S(HEADER));
	for (int i = 1; i <= n; i++)
		buf_printf(&b, "p%d,00000000000000,Lieu %d %s,Nantes,44000,%d rue du Test,2024-03-04,,Aide aux démarches administratives\n", i, i, suffix, i);
	return buf_str(&b);
}

TEST(import_keeps_changes_made_by_hand_while_it_runs)
{
	struct town *c = city();
	run(c, options(c, "s"), many(c->a, 600, "un"), OK);
	struct meanwhile m = { .c = c, .at = 500, .id = place_named(c, "p7").place_id };
	m.other = opened(c->a, c->url);
	struct place_import_options o = options(c, "s");
	o.progress = edit_meanwhile;
	o.reject = ignore_told;
	o.arg = &m;
	expect_report(run(c, o, many(c->a, 600, "deux"), OK), "600 read, 0 new, 600 changed, 0 unchanged, 0 rejected, 0 vanished");
	assert_true(m.done);
	struct place p = place_named(c, "p7");
	assert_str(p.f[P_TARIFS], "Changé pendant l’import");
	assert_str(p.f[P_ADRESSE], "2 quai de la Ville");
	assert_str(p.f[P_NOM], "Lieu 7 deux");
	i64 n;
	assert_ok(import_versions_count(c->db, &n));
	assert_int_equal(n, 600);
	db_close(m.other);
	leave(c);
}

/* ---- whole or absent ---- */

static bool stop_at_300(void *arg, i64 rows, i64 bytes)
{
	(void)arg, (void)bytes;
	return rows < 300;
}

static bool die_at(void *arg, i64 rows, i64 bytes)
{
	const i64 *at = arg;
	(void)bytes;
	if (rows >= *at)
		kill(getpid(), SIGKILL);
	return true;
}

static void expect_rows(struct town *c, i64 places, i64 versions)
{
	i64 n;
	assert_ok(import_places_of(c->db, (str){ NULL, 0 }, &n));
	assert_int_equal(n, places);
	assert_ok(import_versions_count(c->db, &n));
	assert_int_equal(n, versions);
	assert_ok(import_index_count(c->db, &n));
	assert_int_equal(n, versions);
}

TEST(import_stopped_leaves_nothing)
{
	struct town *c = city();
	run(c, options(c, "s"), many(c->a, 50, "un"), OK);
	str before = dump(c, AS_CSV, true);
	struct place_import_options o = options(c, "s");
	o.progress = stop_at_300;
	struct place_import_report r = run(c, o, many(c->a, 1000, "deux"), INVALID);
	assert_true(r.stopped);
	expect_rows(c, 50, 50);
	assert_true(str_eq(dump(c, AS_CSV, true), before));
	leave(c);
}

static void import_and_die(const char *url, i64 at)
{
	struct town *c = city_at(url);
	struct place_import_options o = options(c, "s");
	o.progress = die_at;
	o.reject = ignore_told;
	o.arg = &at;
	run(c, o, many(c->a, 400, "deux"), OK);
	_exit(0);
}

TEST(import_killed_is_absent_and_the_next_sweeps_it)
{
	cleanup(arena_freep) struct arena *mine = arena_new((size_t)4 << 20);
	struct town *c = city();
	run(c, options(c, "s"), many(c->a, 50, "un"), OK);
	str before = str_copy(mine, dump(c, AS_CSV, true));
	const char *url = c->url;
	leave(c);
	for (i64 at = 100; at <= 400; at += 150) {
		int status;
		pid_t pid = fork();
		if (pid == 0)
			import_and_die(url, at);
		assert_true(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status));
		c = city_at(url);
		assert_true(str_eq(dump(c, AS_CSV, true), before));
		leave(c);
	}
	c = city_at(url);
	expect_report(run(c, options(c, "s"), many(c->a, 400, "deux"), OK), "400 read, 350 new, 50 changed, 0 unchanged, 0 rejected, 0 vanished");
	expect_rows(c, 400, 400);
	leave(c);
}

static bool try_another(void *arg, i64 rows, i64 bytes)
{
	struct meanwhile *m = arg;
	(void)rows, (void)bytes;
	if (!m->done) {
		struct place_import_options o = options(m->c, "autre");
		struct place_import_report r;
		m->done = true;
		o.fd = file_of(S(HEADER ROW("z", "Z", "")));
		assert_err(place_import(m->other, &o, m->c->a, &r), BUSY);
		assert_true(str_find(r.fault, S("un autre import")) >= 0);
		close(o.fd);
	}
	return true;
}

TEST(import_one_at_a_time)
{
	struct town *c = city();
	struct meanwhile m = { .c = c };
	m.other = opened(c->a, c->url);
	struct place_import_options o = options(c, "s");
	o.progress = try_another;
	o.reject = ignore_told;
	o.arg = &m;
	run(c, o, many(c->a, 300, "un"), OK);
	assert_true(m.done);
	db_close(m.other);
	leave(c);
}

TEST(import_and_cleanup_give_the_lock_back_while_their_connection_lives)
{
	struct town *c = city();
	struct db *other = opened(c->a, c->url);
	struct place_import_report r;
	import_text(c, "s", HEADER ROW("a", "A", ""));
	assert_ok(place_import_cleanup(c->db, c->url, c->a));
	struct place_import_options o = options(c, "autre");
	o.fd = file_of(S(HEADER ROW("z", "Z", "")));
	assert_ok(place_import(other, &o, c->a, &r));
	close(o.fd);
	assert_int_equal(r.added, 1);
	db_close(other);
	leave(c);
}

/* ---- round trips ---- */

static u64 random_state;

static u32 random_below(u32 n)
{
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (u32)(random_state >> 33) % n;
}

static str nasty_text(struct arena *a, bool required)
{
	static const char *const pieces[] = { ",", "\"", "\n", "|", ";", "é", "’", "a", "B", " ", "\r\n", "«", "\\", "'", "=", "عربي", "😀", "\t", "<b>", "&", "0", "–",
		"oui", "null", "\"\"", "{", "]" };
	struct buf b = buf_new(a, 4096);
	if (required)
		buf_byte(&b, 'x');
	for (u32 n = random_below(12); n; n--)
		buf_put(&b, str_c(pieces[random_below((u32)lengthof(pieces))]));
	return buf_str(&b);
}

static str random_values(struct arena *a, const struct vocabulary *v)
{
	str list = S("");
	for (u32 n = random_below(4); n; n--) {
		str both[] = { list, str_c(v->values[random_below((u32)v->n)]) };
		list = list.n ? str_join(a, both, 2, S("|")) : both[1];
	}
	return list;                             /* repetitions included */
}

static str one_of(const char *a, const char *b) { return str_c(random_below(2) ? a : b); }

static struct place nasty_place(struct arena *a, int i)
{
	struct place p = { 0 };
	for (enum place_field f = 0; f < P_COUNT; f++) {
		const struct vocabulary *v = place_vocabulary(f);
		p.f[f] = v ? random_values(a, v) : place_field_kinds[f] == 'T' ? nasty_text(a, place_field_required(f)) : S("");
	}
	str tail = nasty_text(a, false);
	p.f[P_ID] = str_printf(a, "n%d%.*s", i, STR_ARG(tail));
	p.f[P_PIVOT] = one_of("00000000000000", "434 933 123 00029");
	p.f[P_CODE_POSTAL] = one_of("44000", "1000");
	p.f[P_CODE_INSEE] = one_of("44109", "n/a");
	p.f[P_LATITUDE] = one_of("47,2", "46.20");
	p.f[P_LONGITUDE] = one_of("5.250", "02.0");
	p.f[P_TELEPHONE] = one_of("02 61 91 44 01 / 06 39 98 00 01", "");
	p.f[P_TELEPHONES] = one_of("+33261914409", "");
	p.f[P_COURRIELS] = one_of("a@exemple.org;b@exemple.org", "");
	p.f[P_SITE_WEB] = one_of("exemple.org/a,b|http://exemple.org/?x=\"y\"", "");
	p.f[P_HORAIRES] = one_of("Mo-Fr 9:00-12:00; PH off \"fermé, sauf ; \"", "");
	p.f[P_DATE_MAJ] = one_of("4/3/2024", "2024-12-31T10:00:00Z");
	p.f[P_TYPOLOGIE] = one_of("ccas|ASSO|CCAS", "");
	p.f[P_FICHE_ACCES_LIBRE] = p.f[P_PRISE_RDV] = one_of("https://exemple.org/é,\"", "exemple.org/a%20b?c,d");
	p.f[P_LANGUES] = one_of("fr|Arabe|fsl", "");
	p.f[P_PASS_ACCEPTE] = one_of("vrai", "non");
	p.f[P_PLAIN_PIED] = p.f[P_ASCENSEUR] = p.f[P_TELEPHONER_AVANT] = one_of("oui", "");
	return p;
}

static str nasty_file(struct arena *a, int n)
{
	struct buf b = buf_new(a, (size_t)16 << 20);
	place_csv_header(&b, true);
	for (int i = 0; i < n; i++) {
		struct place p = nasty_place(a, i);
		place_csv_row(&b, &p, true);
	}
	return buf_str(&b);
}

static void expect_same(str a, str b, const char *what)
{
	if (str_eq(a, b))
		return;
	size_t i = 0;
	while (i < a.n && i < b.n && a.p[i] == b.p[i])
		i++;
	str x = str_slice(a, i > 40 ? i - 40 : 0, i + 60), y = str_slice(b, i > 40 ? i - 40 : 0, i + 60);
	fail_msg("%s, seed %llu: differs at byte %zu\n<<%.*s>>\n<<%.*s>>", what, (unsigned long long)random_state, i, STR_ARG(x), STR_ARG(y));
}

/* What an empty database gives back after taking this file in. */
static str through(const char *name, enum place_form format, bool full, str file)
{
	struct town *c = city_at(str_printf(unit_arena(65536), "sqlite:%s/%s.db", unit_dir(), name).p);
	struct place_import_options o = options(c, "retour");
	o.reject = ignore_told;
	o.format = format == AS_CSV ? PLACE_CSV : PLACE_JSON;
	struct place_import_report r = run(c, o, file, OK);
	if (r.rejected || r.left_out)
		fail_msg("%s: %lld rows refused, %lld values left out of what was exported", name, (long long)r.rejected, (long long)r.left_out);
	str all = str_copy(unit_arena((size_t)64 << 20), dump(c, format, full));
	leave(c);
	return all;
}

TEST(export_import_export_gives_the_same_bytes)
{
	random_state = (u64)now_ms();
	u64 seed = random_state;
	struct town *c = city();
	struct place_import_options o = options(c, "n");
	o.reject = ignore_told;
	struct place_import_report r = run(c, o, nasty_file(c->a, 200), OK);
	if (r.added < 190)                       /* an id may, rarely, be the one of another row */
		fail_msg("seed %llu: only %lld of 200 nasty places were taken", (unsigned long long)seed, (long long)r.added);
	random_state = seed;
	expect_same(dump(c, AS_CSV, false), through("csv", AS_CSV, false, dump(c, AS_CSV, false)), "csv");
	expect_same(dump(c, AS_JSON, false), through("json", AS_JSON, false, dump(c, AS_JSON, false)), "json");
	expect_same(dump(c, AS_CSV, true), through("fullcsv", AS_CSV, true, dump(c, AS_CSV, true)), "full csv");
	expect_same(dump(c, AS_JSON, true), through("fulljson", AS_JSON, true, dump(c, AS_JSON, true)), "full json");
	json_t *geo = json_loadb(dump(c, AS_GEOJSON, true).p, dump(c, AS_GEOJSON, true).n, 0, NULL);
	assert_int_equal(json_array_size(json_object_get(geo, "features")), r.added);
	json_decref(geo);
	leave(c);
}

TEST(export_again_over_the_same_city_changes_nothing)
{
	struct town *c = city();
	struct place_import_options o = options(c, "n");
	o.reject = ignore_told;
	random_state = 7;
	run(c, o, nasty_file(c->a, 50), OK);
	str before = dump(c, AS_JSON, true);
	struct place_import_report r = run(c, o, before, OK);
	assert_int_equal(r.added + r.changed + r.vanished, 0);
	expect_same(dump(c, AS_JSON, true), before, "again");
	leave(c);
}

/* ---- the schema itself ---- */

/* "^\d{5}$" as POSIX wants it; absent for the patterns of lists. */
static const char *posix_pattern(struct arena *a, str pattern)
{
	if (str_starts(pattern, S("(?:")))
		return NULL;
	return str_z(a, str_replace(a, pattern, S("\\d"), S("[0-9]")));
}

static void expect_vocabulary(struct arena *a, const struct vocabulary *v, str pattern)
{
	str inside = str_slice(pattern, (size_t)str_find(pattern, S("\\|)(")) + 4, pattern.n - S("))+$").n), value;
	inside = str_replace(a, str_replace(a, inside, S("\\("), S("(")), S("\\)"), S(")"));
	size_t i = 0;
	for (; str_next(&inside, '|', &value); i++) {
		assert_true(i < v->n);
		assert_str(value, v->values[i]);
	}
	assert_int_equal(i, v->n);
}

TEST(export_satisfies_the_schema_of_the_standard)
{
	struct town *c = city();
	json_t *schema = json_load_file(shared_file(c->a, "standards/lieux/schema-v1.0.2.json"), 0, NULL), *field;
	json_t *fields = json_object_get(schema, "fields");
	struct place_import_report r;
	assert_ok(demo_load(c->db, c->url, c->a, &r));
	assert_true(r.added >= 120 && r.rejected == 0 && r.left_out == 0);
	struct place_list all;
	struct place_query everything = { 0 };
	assert_ok(directory_page(c->db, &everything, 0, 1000, &all));
	size_t f;
	assert_int_equal(json_array_size(fields), PLACE_SCHEMA);
	json_array_foreach(fields, f, field) {
		json_t *constraints = json_object_get(field, "constraints");
		str pattern = str_c(json_string_value(json_object_get(constraints, "pattern")));
		const char *posix = pattern.p ? posix_pattern(c->a, pattern) : NULL;
		regex_t re;
		assert_string_equal(json_string_value(json_object_get(field, "name")), place_field_names[f]);
		assert_int_equal(json_is_true(json_object_get(constraints, "required")), place_field_required((enum place_field)f));
		if (pattern.p && !posix)
			expect_vocabulary(c->a, place_vocabulary((enum place_field)f), pattern);
		if (!posix)
			continue;
		assert_int_equal(regcomp(&re, posix, REG_EXTENDED | REG_NOSUB), 0);
		for (size_t i = 0; i < all.n; i++)
			if (all.v[i].f[f].n && regexec(&re, str_z(c->a, all.v[i].f[f]), 0, NULL, 0) != 0)
				fail_msg("%s \"%.*s\" does not match %s", place_field_names[f], STR_ARG(all.v[i].f[f]), posix);
		regfree(&re);
	}
	json_decref(schema);
	leave(c);
}

TEST(demo_twice_changes_nothing_and_spoils_no_real_city)
{
	struct town *c = city();
	struct place_import_report r;
	assert_ok(demo_load(c->db, c->url, c->a, &r));
	str before = dump(c, AS_CSV, true);
	assert_ok(demo_load(c->db, c->url, c->a, &r));
	assert_int_equal(r.unchanged, r.read);
	expect_same(dump(c, AS_CSV, true), before, "demo");
	struct place_list all;
	struct place_query everything = { 0 };
	assert_ok(directory_page(c->db, &everything, 0, 1000, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct place *p = &all.v[i];
		assert_true(str_starts(p->f[P_TELEPHONE], S("+3326191")));
		assert_true(str_starts(p->f[P_PIVOT], S("DEMO")));
		assert_true(!p->f[P_COURRIELS].n || str_ends(p->f[P_COURRIELS], S("@example.org")));
		assert_true(str_ends(p->f[P_PRESENTATION_DETAIL], S("Lieu inventé pour la démonstration.")));
	}
	leave(c);
}

TEST(demo_is_refused_where_real_places_are)
{
	struct town *c = city();
	struct place_import_report r;
	import_text(c, "s", HEADER ROW("a", "A", ""));
	assert_err(demo_load(c->db, c->url, c->a, &r), CONFLICT);
	assert_true(r.fault.n > 0);
	leave(c);
}

TEST(the_real_files_come_back_the_same)
{
	static const char *const files[] = {
		"data/01-lieux-mediation/national-schema/20230711-charente.v1.json",
		"data/01-lieux-mediation/national-schema/20231003-bus-france-services-charente.json",
		"data/01-lieux-mediation/national-schema/20240320-nouvelle-caledonie.v1.json",
	};
	struct town *c = city();
	for (size_t i = 0; i < lengthof(files); i++) {
		struct place_import_options o = options(c, files[i]);
		struct place_import_report r;
		o.reject = ignore_told;
		o.fd = open(shared_file(c->a, files[i]), O_RDONLY);
		assert_ok(place_import(c->db, &o, c->a, &r));
		close(o.fd);
		assert_int_equal(r.added, r.read);
	}
	expect_same(dump(c, AS_CSV, false), through("real", AS_CSV, false, dump(c, AS_CSV, false)), "real files");
	leave(c);
}

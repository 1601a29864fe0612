/* Imports taken back. */
#include "directory/place_undo.h"

#include <fcntl.h>
#include <unistd.h>

#include "directory/place_amend.h"
#include "directory/place_import.h"
#include "given.h"

#define HEADER "id,pivot,nom,commune,code_postal,adresse,date_maj,telephone,services\n"
#define ROW(id, name, phone) id ",00000000000000," name ",Nantes,44000,1 quai du Test,2024-03-04," phone ",Aide aux démarches administratives\n"

static struct place_import_report imported(const char *source, const char *csv, bool dry)
{
	char path[200];
	struct place_import_report r;
	struct db *db = ask_db();
	snprintf(path, sizeof path, "%s/file.csv", unit_dir());
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0 && write(fd, csv, strlen(csv)) == (ssize_t)strlen(csv) && lseek(fd, 0, SEEK_SET) == 0);
	struct place_import_options o = { .fd = fd, .format = PLACE_CSV, .source = str_c(source), .file_name = S("file.csv"), .url = ask_db_url(), .dry_run = dry };
	assert_ok(place_import(db, &o, unit_arena(16 << 20), &r));
	close(fd);
	return r;
}

static struct place_undo_report undone(const char *source, enum err expected)
{
	struct place_undo_report r;
	struct db *db = ask_db();
	enum err e = place_import_undo(db, str_c(source), S("test"), ask_db_url(), unit_arena(16 << 20), &r);
	if (e != expected)
		fail_msg("%s: %.*s", err_name(e), STR_ARG(r.fault));
	return r;
}

/* The whole directory, as open data. */
static str everything(void) { return get("/api/v1/lieux.csv").body; }

struct edit { const char *id; enum place_field f; const char *text; };

static enum err edit_tx(struct db *db, void *arg)
{
	const struct edit *e = arg;
	struct place_owned now;
	try(place_owned(db, str_c(e->id), &now));
	struct place_amend amend = { .place_id = now.place.place_id, .version_id = now.version_id, .author = S("user:1") };
	amend.place.f[P_ID] = str_c(e->id);
	amend.place.f[e->f] = str_c(e->text);
	return place_amend(db, &amend);
}

static void by_hand(const char *id, enum place_field f, const char *text)
{
	struct db *db = ask_db();
	db_use_arena(db, unit_arena(1 << 20));
	assert_ok(db_tx(db, edit_tx, &(struct edit){ id, f, text }));
}

TEST(undo_of_an_import_gives_back_what_was)
{
	imported("s", HEADER ROW("a", "A", "") ROW("b", "B", "") ROW("d", "D", ""), false);
	str before = everything();
	imported("s", HEADER ROW("a", "A2", "0240000000") ROW("b", "B", "") ROW("n", "N", ""), false);
	assert_true(str_find(everything(), S("A2")) >= 0);
	struct place_undo_report r = undone("s", OK);
	assert_int_equal(r.restored, 1);
	assert_int_equal(r.removed, 1);
	assert_int_equal(r.kept, 0);
	assert_true(str_eq(everything(), before));
	expect_status(get("/lieux/n"), 404);
	/* the same file again: as if it came for the first time */
	for (int dry = 1; dry >= 0; dry--) {
		struct place_import_report i = imported("s", HEADER ROW("a", "A2", "0240000000") ROW("b", "B", "") ROW("n", "N", ""), dry);
		assert_int_equal(i.added, 1);
		assert_int_equal(i.changed, 1);
		assert_int_equal(i.unchanged, 1);
		assert_int_equal(i.vanished, 1);
	}
	expect_status(get("/lieux/n"), 200);
	/* and back to nothing, import by import */
	undone("s", OK);
	undone("s", OK);
	assert_true(str_find(everything(), S("\nb,")) < 0 && str_find(everything(), S("\nd,")) < 0);
	assert_true(str_find(undone("s", NOT_FOUND).fault, S("pas d’import")) >= 0);
	undone("autre", NOT_FOUND);
}

TEST(undo_leaves_what_somebody_has_changed_since)
{
	imported("s", HEADER ROW("a", "A", "") ROW("b", "B", ""), false);
	imported("t", HEADER ROW("z", "Z", ""), false);
	imported("s", HEADER ROW("a", "A2", "") ROW("b", "B2", "") ROW("n", "N", "") ROW("m", "M", ""), false);
	by_hand("a", P_NOM, "A à la main");
	by_hand("n", P_TARIFS, "Gratuit le lundi");
	struct place_undo_report r = undone("s", OK);
	assert_int_equal(r.restored, 1);
	assert_int_equal(r.removed, 1);
	assert_int_equal(r.kept, 2);
	expect_text(get("/lieux/a"), "A à la main");
	assert_true(str_find(everything(), S("\nb,00000000000000,B,")) >= 0);
	expect_text(get("/lieux/n"), "Gratuit le lundi");
	expect_status(get("/lieux/m"), 404);
	expect_status(get("/lieux/z"), 200);
}

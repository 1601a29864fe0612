/* What the gazetteer promises: names are found however they are typed, files come in once, outlines hold their points. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ask.h"
#include "base/buf.h"
#include "base/timex.h"
#include "db/db.h"
#include "gazetteer/gazetteer.h"
#include "gazetteer/names.h"
#include "gazetteer/outline.h"

static const char communes[] =
	"#Code_commune_INSEE,Nom_de_la_commune,Code_postal,latitude,longitude\n"
	"44109,NANTES,44000,47.2382,-1.5603\n44109,NANTES,44100,47.2382,-1.5603\n44143,REZE,44400,47.1733,-1.5572\n"
	"44162,ST HERBLAIN,44800,47.2246,-1.6305\n44018,BOUAYE,44830,47.1478,-1.6686\n44024,BRAINS,44830,47.1699,-1.7237\n";
static const char communes_json[] =
	"[{\"code\":\"44143\",\"nom\":\"Rez\u00e9\",\"type\":\"commune-actuelle\",\"codesPostaux\":[\"44400\"]},"
	"{\"code\":\"44999\",\"nom\":\"Sanslieu\",\"codesPostaux\":[\"44999\"]}]";
static const char streets[] =
	"cle_interop;commune_insee;commune_nom;voie_nom;numero;long;lat\n"
	"44109_1_1;44109;Nantes;Rue des Lavoirs;1;-1.60;47.22\n44109_1_3;44109;Nantes;Rue des Lavoirs;3;-1.62;47.22\n"
	"44143_2_1;44143;Rez\u00e9;Rue des Lavoirs;1;-1.55;47.17\n44109_3_1;44109;Nantes;Boulevard de l\u2019\u00c9cope;1;-1.58;47.23\n"
	"44109_4_1;44109;Nantes;Rue du 8 Mai 1945;1;-1.57;47.21\n44109_5_1;44109;Nantes;Route de Rez\u00e9;1;-1.56;47.20\n;;;Rue perdue;1;;\n";
static const char districts[] =
	"{\"type\":\"FeatureCollection\",\"features\":["
	"{\"type\":\"Feature\",\"properties\":{\"name\":\"Bellevue - Chantenay\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
	"[[[-1.65,47.20],[-1.59,47.20],[-1.59,47.23],[-1.65,47.23],[-1.65,47.20]]]}},"
	"{\"type\":\"Feature\",\"properties\":{\"name\":\"Centre-ville\"},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":"
	"[[[[-1.59,47.20],[-1.54,47.20],[-1.54,47.23],[-1.59,47.23],[-1.59,47.20]],"
	"[[-1.57,47.21],[-1.56,47.21],[-1.56,47.22],[-1.57,47.22],[-1.57,47.21]]]]}}]}";

static struct db *opened(void)
{
	struct db *db = ask_db();
	db_use_arena(db, unit_arena((size_t)256 << 20));
	return db;
}

static enum err import_fd(struct db *db, struct gazetteer_import o, struct gazetteer_report *ret)
{
	enum err e = gazetteer_import(db, &o, db_arena(db), ret);
	close(o.fd);
	return e;
}

static enum err import(struct db *db, struct gazetteer_import o, const char *text, struct gazetteer_report *ret)
{
	o.fd = memfd_create("gazetteer", MFD_CLOEXEC);
	assert_true(write(o.fd, text, strlen(text)) == (ssize_t)strlen(text) && lseek(o.fd, 0, SEEK_SET) == 0);
	return import_fd(db, o, ret);
}

static struct db *filled(void)
{
	struct db *db = opened();
	struct gazetteer_report r;
	assert_ok(import(db, (struct gazetteer_import){.kind = GAZ_COMMUNE}, communes, &r));
	assert_int_equal(r.added, 5);
	assert_ok(import(db, (struct gazetteer_import){.kind = GAZ_COMMUNE, .format = GAZ_JSON}, communes_json, &r));
	assert_int_equal(r.changed, 1);
	assert_int_equal(r.rejected, 1);         /* it has no centre */
	assert_ok(import(db, (struct gazetteer_import){.kind = GAZ_STREET}, streets, &r));
	assert_int_equal(r.added, 5);
	assert_int_equal(r.rejected, 1);
	assert_ok(import(db, (struct gazetteer_import){.kind = GAZ_DISTRICT, .from = 100}, districts, &r));
	assert_int_equal(r.added, 2);
	return db;
}

static struct gazetteer_answer ask(struct db *db, const char *typed)
{
	struct gazetteer_answer answer;
	assert_ok(gazetteer_find(db, str_c(typed), &answer));
	return answer;
}

TEST(gazetteer_finds_names_however_they_are_typed)
{
	static const struct { const char *typed, *name; } cases[] = {
		{"44400", "Rez\u00e9, 44400"}, {"reze", "Rez\u00e9, 44400"}, {"REZ\u00c9", "Rez\u00e9, 44400"}, {"rezee", "Rez\u00e9, 44400"},
		{"Nantes", "Nantes, 44000"}, {"st herblain", "St Herblain, 44800"}, {"Saint-Herblain", "St Herblain, 44800"},
		{"rue des lavoirs nantes", "Rue des Lavoirs, Nantes"}, {"14 bis rue des lavoirs, 44100 Nantes", "Rue des Lavoirs, Nantes"},
		{"rue lavoir reze", "Rue des Lavoirs, 44400 Rez\u00e9"}, {"bd de l'ecope", "Boulevard de l\u2019\u00c9cope, Nantes"},
		{"rue du 8 mai 1945", "Rue du 8 Mai 1945, Nantes"}, {"3 rue du 8 mai 1945", "Rue du 8 Mai 1945, Nantes"},
		{"Bellevue", "Bellevue - Chantenay"}, {"belevue", "Bellevue - Chantenay"}, {"bouaye 44830", "Bouaye, 44830"},
	};
	struct db *db = filled();
	for (size_t i = 0; i < lengthof(cases); i++) {
		struct gazetteer_answer a = ask(db, cases[i].typed);
		str got = a.n ? gazetteer_full_name(db_arena(db), &a.v[0]) : S("nothing");
		if (!a.found || !str_eq(got, str_c(cases[i].name)))
			fail_msg("«%s»: %.*s (%zu choices)", cases[i].typed, STR_ARG(got), a.n);
	}
}

TEST(gazetteer_keeps_the_words_after_one_that_has_no_ascii)
{
	struct gazetteer_report r;
	struct db *db = filled();
	assert_ok(import(db, (struct gazetteer_import){.kind = GAZ_STREET},
		"cle_interop;voie_nom;commune_nom;commune_insee;long;lat\n44109_1_00001;Rue \u03a9\u03bc\u03ad\u03b3\u03b1 Salengro;Nantes;44109;-1.55;47.21\n", &r));
	assert_int_equal(r.added, 1);
	assert_true(ask(db, "salengro").found);
	assert_true(ask(db, "salengor").found);
}

TEST(gazetteer_gives_choices_and_each_choice_finds_itself)
{
	static const char *const typed[] = {"rue des lavoirs", "44830", "lavoirs"};
	struct db *db = filled();
	for (size_t i = 0; i < lengthof(typed); i++) {
		struct gazetteer_answer a = ask(db, typed[i]);
		assert_false(a.found);
		assert_int_equal(a.n, 2);
		for (size_t j = 0; j < a.n; j++) {
			struct gazetteer_answer again = ask(db, str_z(db_arena(db), gazetteer_full_name(db_arena(db), &a.v[j])));
			assert_true(again.found);
			assert_int_equal(again.v[0].id, a.v[j].id);
		}
	}
}

TEST(gazetteer_says_what_it_understood)
{
	struct db *db = filled();
	struct gazetteer_answer a = ask(db, "rue des zinnias, rez\u00e9");
	assert_true(a.partly && !a.found && a.n == 1);
	assert_str(a.v[0].name, "Rez\u00e9");
	a = ask(db, "xyzzy");
	assert_true(!a.partly && !a.found && a.n == 0);
	a = ask(db, "  ,; ");
	assert_int_equal(a.n, 0);
}

TEST(gazetteer_the_same_file_twice_changes_nothing)
{
	struct db *db = filled();
	struct gazetteer_report r;
	assert_ok(import(db, (struct gazetteer_import){.kind = GAZ_COMMUNE}, communes, &r));
	assert_int_equal(r.unchanged, 5);
	assert_ok(import(db, (struct gazetteer_import){.kind = GAZ_STREET}, streets, &r));
	assert_int_equal(r.unchanged, 5);
	assert_ok(import(db, (struct gazetteer_import){.kind = GAZ_DISTRICT, .from = 100}, districts, &r));
	assert_true(r.unchanged == 2 && r.added == 0 && r.changed == 0 && r.ended == 0);
	assert_str(ask(db, "reze").v[0].name, "Rez\u00e9");   /* the accent of the other file stays */
}

TEST(gazetteer_areas_are_dated)
{
	static const char later[] =
		"{\"features\":[{\"properties\":{\"name\":\"Centre-ville\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
		"[[[-1.59,47.20],[-1.54,47.20],[-1.54,47.23],[-1.59,47.23],[-1.59,47.20]]]}}]}";
	struct db *db = filled();
	struct gazetteer_report r;
	struct gazetteer_areas areas;
	assert_ok(gazetteer_areas_at(db, (struct point){47.215, -1.565}, &areas));
	assert_int_equal(areas.n, 0);            /* in the hole */
	assert_ok(gazetteer_areas_at(db, (struct point){47.215, -1.58}, &areas));
	assert_int_equal(areas.n, 1);
	assert_str(areas.v[0].code, "centre-ville");
	assert_ok(import(db, (struct gazetteer_import){.kind = GAZ_DISTRICT, .from = 200, .dry_run = true}, later, &r));
	assert_ok(gazetteer_areas_now(db, &areas));
	assert_int_equal(areas.n, 2);
	assert_ok(import(db, (struct gazetteer_import){.kind = GAZ_DISTRICT, .from = date_days(today_paris()) + 1}, later, &r));
	assert_ok(gazetteer_areas_now(db, &areas));
	assert_int_equal(areas.n, 2);            /* tomorrow's are not today's */
	assert_ok(import(db, (struct gazetteer_import){.kind = GAZ_DISTRICT, .from = 200}, later, &r));
	assert_true(r.changed == 1 && r.ended == 1);
	assert_ok(gazetteer_areas_at(db, (struct point){47.215, -1.565}, &areas));
	assert_int_equal(areas.n, 1);
}

TEST(gazetteer_refuses_files_that_are_not_of_the_kind)
{
	static const struct { enum gazetteer_kind kind; enum gazetteer_format format; const char *text; } cases[] = {
		{GAZ_COMMUNE, GAZ_CSV, "a,b\n1,2\n"}, {GAZ_COMMUNE, GAZ_CSV, ""}, {GAZ_COMMUNE, GAZ_JSON, "{"}, {GAZ_STREET, GAZ_CSV, "voie_nom;x;y\nRue;1;2\n"},
		{GAZ_DISTRICT, GAZ_JSON, "[1]"}, {GAZ_DISTRICT, GAZ_JSON, "{\"crs\":{\"properties\":{\"name\":\"EPSG:2154\"}},\"features\":[]}"},
		{GAZ_STREET, GAZ_CSV, "voie_nom;long;lat\n\xff;1;2\n"},
	};
	struct db *db = opened();
	for (size_t i = 0; i < lengthof(cases); i++) {
		struct gazetteer_report r;
		assert_err(import(db, (struct gazetteer_import){.kind = cases[i].kind, .format = cases[i].format}, cases[i].text, &r), INVALID);
		assert_true(r.fault.n > 0 && r.added == 0);
	}
}

TEST(outline_bytes_that_are_cut_are_not_valid)
{
	struct buf b = buf_new(unit_arena(1 << 20), 4096);
	outline_ring(&b, (const struct point[]){{47, -1}, {48, -1}, {48, -2}}, 3);
	str whole = buf_str(&b);
	assert_true(outline_valid(whole));
	for (size_t n = 0; n < whole.n; n++) {
		assert_false(outline_valid(str_slice(whole, 0, n)));
		(void)outline_contains(str_slice(whole, 0, n), (struct point){47.5, -1.2});
	}
	struct outline_facts f = outline_facts(whole);
	assert_true(f.south == 47 && f.north == 48 && f.west == -2 && f.east == -1);
	assert_true(outline_contains(whole, f.centre));
}

static int shared(const char *path)
{
	int fd = open(str_printf(unit_arena(1 << 20), "../shared/data/%s", path).p, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		unit_skip("needs the shared data");
	return fd;
}

TEST(gazetteer_takes_the_national_files)
{
	struct db *db = opened();
	struct gazetteer_report r;
	assert_ok(import_fd(db, (struct gazetteer_import){.kind = GAZ_DISTRICT, .fd = shared("04-geographie/quartiers_nantes.geojson"), .from = 100}, &r));
	assert_int_equal(r.added, 11);
	assert_ok(import_fd(db, (struct gazetteer_import){.kind = GAZ_COMMUNE, .format = GAZ_JSON, .fd = shared("04-geographie/codes-postaux-44.json")}, &r));
	assert_int_equal(r.rejected, r.read);    /* no centre yet */
	static const struct { double lat, lon; const char *code; } points[] = {
		{47.2132, -1.5532, "centre-ville"}, {47.2060, -1.5640, "ile-nantes"}, {47.2080, -1.6050, "bellevue-chantenay-sainte-anne"},
		{47.2350, -1.5100, "doulon-bottiere"},
	};
	for (size_t i = 0; i < lengthof(points); i++) {
		struct gazetteer_areas areas;
		assert_ok(gazetteer_areas_at(db, (struct point){points[i].lat, points[i].lon}, &areas));
		if (areas.n != 1 || !str_eq(areas.v[0].code, str_c(points[i].code)))
			fail_msg("%s: %.*s (%zu)", points[i].code, areas.n ? (int)areas.v[0].code.n : 0, areas.n ? areas.v[0].code.p : "", areas.n);
	}
	struct gazetteer_areas out;
	assert_ok(gazetteer_areas_at(db, (struct point){47.1733, -1.5572}, &out));
	assert_int_equal(out.n, 0);              /* Rezé is another commune */
	struct gazetteer_answer a = ask(db, "ile de nantes");
	assert_true(a.found);
}

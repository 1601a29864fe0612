/* The open data: the catalogue in its three forms, whole files, the feed of changes, and the fragment for other sites. */
#include <jansson.h>

#include "db/db.h"
#include "directory/open.h"
#include "directory/place_dump.h"
#include "directory/place_import.h"
#include "directory/shared_files.h"
#include "given.h"

static struct arena *demo(void)
{
	given_demo();
	return unit_arena(64 << 20);
}

static json_t *asked(const char *target)
{
	json_error_t fault;
	struct answer a = get(target);
	expect_status(a, 200);
	json_t *j = json_loadb(a.body.p, a.body.n, 0, &fault);
	if (!j)
		fail_msg("%s: %s", target, fault.text);
	return j;
}

static size_t lines_of(struct answer a)
{
	size_t n = 0;
	for (size_t i = 0; i < a.body.n; i++)
		n += a.body.p[i] == '\n';
	return n;
}

static size_t times(struct answer a, const char *what)
{
	size_t n = 0;
	str rest = a.body;
	for (ptrdiff_t at; (at = str_find(rest, str_c(what))) >= 0; n++)
		rest = str_slice(rest, (size_t)at + 1, rest.n);
	return n;
}

TEST(open_page_tells_every_set_in_every_language)
{
	demo();
	struct answer a = get("/donnees");
	expect_status(a, 200);
	expect_order(a, "Les lieux d’aide", "lieux.csv", "environ", "data·inclusion", "communes.csv", "lieux.atom", "Licence Ouverte 2.0", "Pour citer");
	expect_text(a, "Dernier changement");
	expect_status(get("/simple/donnees"), 200);
	expect_text(get("/en/donnees"), "Open data");
	expect_status(get("/ar/donnees"), 200);
}

TEST(open_page_of_an_empty_directory_promises_nothing)
{
	ask_db();
	struct answer a = get("/donnees");
	expect_status(a, 200);
	expect_absent(a, "environ");
	expect_absent(a, "Dernier changement");
	expect_text(get("/flux/lieux.atom"), "1970-01-01T00:00:00Z");
	assert_int_equal(lines_of(get("/donnees/communes.csv")), 1);
}

TEST(open_whole_file_has_every_place)
{
	demo();
	struct answer whole = get("/donnees/lieux.csv"), first = get("/api/v1/lieux.csv?limit=1000");
	expect_status(whole, 200);
	assert_true(str_eq(whole.body, first.body));
	assert_true(header_of(whole, "ETag").n > 0);
	expect_absent(whole, "À rappeler en janvier");
	assert_str(header_of(whole, "Access-Control-Allow-Origin"), "*");
	expect_status(get("/en/donnees/lieux.csv"), 404);
	assert_true(str_eq(get("/donnees/lieux.json").body, get("/api/v1/lieux.json?limit=1000").body));
	assert_true(str_eq(get("/donnees/lieux.geojson").body, get("/api/v1/lieux.geojson?limit=1000").body));
	assert_true(str_eq(get("/donnees/structures.json").body, get("/api/v1/data-inclusion/structures.json").body));
	assert_true(str_eq(get("/donnees/services.json").body, get("/api/v1/data-inclusion/services.json").body));
}

static enum err changes(struct db *db, void *arg)
{
	(void)arg;
	return generation_bump(db, GEN_DIRECTORY);
}

TEST(open_whole_file_is_of_one_moment)
{
	struct arena *a = demo();
	struct place_reading r = { .voice = { .form = AS_CSV } };
	struct buf first = buf_new(a, 1 << 20), second = buf_new(a, 1 << 20);
	db_use_arena(ask_db(), a);
	assert_ok(place_reading_next(ask_db(), &r, &first));
	assert_true(first.n > 0 && r.written == 100);
	assert_ok(db_tx(ask_db(), changes, NULL));
	assert_err(place_reading_next(ask_db(), &r, &second), CONFLICT);
}

TEST(open_whole_files_have_a_tag_that_follows_the_directory)
{
	demo();
	str before = header_of(get("/donnees/lieux.csv"), "ETag"), other = header_of(get("/donnees/lieux.json"), "ETag");
	assert_true(before.n > 0 && !str_eq(before, other));
	assert_true(str_eq(header_of(get("/donnees/lieux.csv"), "ETag"), before));
	assert_ok(db_tx(ask_db(), changes, NULL));
	assert_false(str_eq(header_of(get("/donnees/lieux.csv"), "ETag"), before));
}

TEST(open_whole_files_of_an_empty_directory_are_well_formed)
{
	ask_db();
	assert_int_equal(lines_of(get("/donnees/lieux.csv")), 1);
	json_t *list = asked("/donnees/lieux.json"), *features = asked("/donnees/lieux.geojson");
	assert_int_equal(json_array_size(list), 0);
	assert_int_equal(json_array_size(json_object_get(features, "features")), 0);
	json_decref(list);
	json_decref(features);
}

TEST(open_communes_add_up_to_all_places)
{
	demo();
	struct answer a = get("/donnees/communes.csv"), all = get("/api/v1/lieux.json");
	str rest = a.body, line, cell;
	i64 sum = 0, n;
	assert_true(str_next(&rest, '\n', &line));
	assert_str(line, "commune,code_insee,lieux,gratuits");
	while (str_next(&rest, '\n', &line) && line.n) {
		i64 numbers[4] = { 0 };
		for (int i = 0; i < 4 && str_next(&line, ',', &cell); i++)
			if (i >= 2 && str_i64(cell, &n))
				numbers[i] = n;
		assert_true(numbers[2] > 0 && numbers[3] <= numbers[2]);
		sum += numbers[2];
	}
	assert_int_equal(sum, times(all, "{\"id\":"));
}

TEST(open_catalogue_for_machines_has_every_set_and_file)
{
	demo();
	json_t *j = asked("/donnees/catalogue.jsonld"), *sets = json_object_get(j, "dcat:dataset");
	assert_int_equal(json_array_size(sets), OPEN_SETS);
	for (size_t i = 0; i < json_array_size(sets); i++) {
		json_t *set = json_array_get(sets, i), *files = json_object_get(set, "dcat:distribution");
		assert_string_equal(json_string_value(json_object_get(set, "@type")), "dcat:Dataset");
		assert_non_null(json_object_get(set, "dct:title"));
		assert_non_null(json_object_get(set, "dct:publisher"));
		assert_non_null(json_object_get(set, "dct:modified"));
		assert_true(json_array_size(files) > 0);
		for (size_t k = 0; k < json_array_size(files); k++) {
			json_t *file = json_array_get(files, k);
			const char *url = json_string_value(json_object_get(json_object_get(file, "dcat:accessURL"), "@id"));
			expect_status(get(strchr(strstr(url, "://") ? strstr(url, "://") + 3 : url, '/')), 200);
			assert_non_null(json_object_get(file, "dct:license"));
		}
	}
	json_decref(j);
}

TEST(open_package_has_the_fields_of_the_national_schema)
{
	struct arena *a = demo();
	json_t *j = asked("/donnees/datapackage.json");
	json_t *fields = json_object_get(json_object_get(json_array_get(json_object_get(j, "resources"), 0), "schema"), "fields");
	json_t *national = json_load_file(shared_file(a, "standards/lieux/schema-v1.0.2.json"), 0, NULL);
	json_t *theirs = json_object_get(national, "fields");
	assert_int_equal(json_array_size(fields), json_array_size(theirs));
	for (size_t i = 0; i < json_array_size(fields); i++)
		assert_string_equal(json_string_value(json_object_get(json_array_get(fields, i), "name")),
			json_string_value(json_object_get(json_array_get(theirs, i), "name")));
	json_decref(national);
	json_decref(j);
}

static struct answer imported(struct arena *a, const char *csv)
{
	struct place_import_report report;
	FILE *f = tmpfile();
	assert_non_null(f);
	assert_true(fputs("id,pivot,nom,commune,code_postal,adresse,date_maj,telephone\n", f) >= 0 && fputs(csv, f) >= 0);
	rewind(f);
	struct place_import_options o = { .source = S("essai"), .file_name = S("essai.csv"), .fd = fileno(f), .url = ask_db_url() };
	assert_ok(place_import(ask_db(), &o, a, &report));
	fclose(f);
	return get("/flux/lieux.atom");
}

#define ROW(id, name, phone) id ",26440013600471," name ",Nantes,44000,1 rue Basse,2026-01-02," phone "\n"

TEST(open_feed_tells_what_is_new_changed_and_gone)
{
	struct arena *a = unit_arena(64 << 20);
	struct answer first = imported(a, ROW("a", "La Bouée", "") ROW("b", "Le <Môle>", ""));
	expect_status(first, 200);
	assert_int_equal(times(first, "<entry>"), 2);
	expect_text(first, "Le &lt;Môle&gt; (Nantes)");
	assert_str(header_of(first, "Content-Type"), "application/atom+xml; charset=utf-8");
	struct answer second = imported(a, ROW("a", "La Bouée", "0240000000"));
	assert_int_equal(times(second, "term=\"nouveau\""), 2);
	assert_int_equal(times(second, "term=\"modifie\""), 1);
	assert_int_equal(times(second, "term=\"fermeture-proposee\""), 1);
	expect_text(second, "telephone");
	assert_int_equal(times(second, ":lieux/a/nouveau/"), 1);
}

TEST(open_feed_has_fifty_entries_at_most)
{
	demo();
	struct answer a = get("/flux/lieux.atom");
	assert_int_equal(times(a, "<entry>"), 50);
	assert_int_equal(times(a, "<id>tag:"), 51);
}

TEST(fragment_may_be_framed_and_nothing_else_may)
{
	demo();
	struct answer a = get("/fragment/lieux?q=ponton");
	expect_status(a, 200);
	expect_text(a, "Le Ponton");
	expect_absent(a, "stylesheet");
	assert_true(str_find(header_of(a, "Content-Security-Policy"), S("frame-ancestors *")) > 0);
	expect_text(get("/fragment/lieux?q=ponton&style=gabare"), "stylesheet");
	assert_int_equal(times(get("/fragment/lieux"), "<li>"), 10);
	expect_status(get("/fragment/lieux?lat=1"), 400);
	assert_true(str_find(header_of(get("/lieux"), "Content-Security-Policy"), S("frame-ancestors 'none'")) > 0);
	assert_true(str_find(header_of(get("/integrer"), "Content-Security-Policy"), S("frame-ancestors 'none'")) > 0);
	expect_text(get("/integrer"), "<iframe src=\"");
}

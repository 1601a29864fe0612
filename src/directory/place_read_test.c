/* Reading files of places: every shape of CSV and JSON that is accepted, every refusal with its line, and the real files. */
#include <zip.h>

#include "directory/shared_files.h"

#include "base/buf.h"
#include "directory/place_read.h"

#define HEADER "id,pivot,nom,commune,code_postal,adresse,date_maj"
#define REST ",00000000000000,Le Ponton,Nantes,44000,3 quai des Essais,2026-03-04"

struct seen { char log[8192]; size_t n; };

static void note_down(struct seen *s, const char *fmt, ...) printf_like(2, 3);
static void note_down(struct seen *s, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(s->log + s->n, sizeof s->log - s->n, fmt, ap);
	va_end(ap);
	s->n += (size_t)n < sizeof s->log - s->n ? (size_t)n : 0;
}

static enum err on_row(void *arg, const struct file_row *row)
{
	struct seen *s = arg;
	note_down(s, "%lld%s:", (long long)row->line, row->broken ? "!" : "");
	for (size_t i = 0; i < row->n; i++)
		if (!str_eq(row->v[i].name, S("pivot")) && i < 3)
			note_down(s, " [%.*s]", STR_ARG(row->v[i].value));
	note_down(s, "\n");
	return OK;
}

static enum err on_note(void *arg, i64 line, str column, const char *reason)
{
	(void)reason;
	note_down(arg, "%lld? %.*s\n", (long long)line, STR_ARG(column));
	return OK;
}

/* What reading `bytes` calls back, or its fault. */
static const char *seen(struct arena *a, enum place_format format, str bytes)
{
	struct seen *s = arena_one(a, struct seen);
	struct place_sink sink = { on_row, on_note, s };
	str fault = { NULL, 0 };
	enum err e = format == PLACE_JSON ? place_read_json(bytes, &sink, a, &fault) : place_read_csv(bytes, &sink, a, &fault);
	if (e != OK)
		note_down(s, "%s: %.*s", err_name(e), STR_ARG(fault));
	return s->log;
}

#define CSV(text) seen(a, PLACE_CSV, S(text))
#define JSON(text) seen(a, PLACE_JSON, S(text))

TEST(csv_in_every_shape)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	assert_string_equal(CSV("\xEF\xBB\xBF" HEADER "\r\n1" REST "\r\n2" REST "\r\n"), "2: [1] [Le Ponton]\n3: [2] [Le Ponton]\n");
	assert_string_equal(CSV("id;pivot;nom;commune;code_postal;adresse;date_maj\n1;0;\"a;b\";c;d;e;f"), "2: [1] [a;b]\n");
	assert_string_equal(CSV("id\tpivot\tnom\tcommune\tcode_postal\tadresse\tdate_maj\n1\t0\tx\tc\td\te\tf\n"), "2: [1] [x]\n");
	assert_string_equal(CSV("\n\n" HEADER "\n\n1" REST "\n\n\n2" REST "\n"), "5: [1] [Le Ponton]\n8: [2] [Le Ponton]\n");
	assert_string_equal(CSV(HEADER "\r1" REST "\r2" REST "\r"), "2: [1] [Le Ponton]\n3: [2] [Le Ponton]\n");
	assert_string_equal(CSV("Id,Pivot,NOM,Commune,Code postal,Adresse,date_maj\n1" REST "\n"), "2: [1] [00000000000000] [Le Ponton]\n");
}

TEST(csv_lines_are_those_where_records_begin)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	assert_string_equal(CSV(HEADER "\n1,0,\"un\ndeux\r\n\r\ntrois\",c,d,e,f\n2,0,x,c,d,e,f\n"), "2: [1] [un\ndeux\r\n\r\ntrois]\n6: [2] [x]\n");
	assert_string_equal(CSV(HEADER "\r\n\"1\",\"0\",\"dit \"\"oui\"\"\",c,d,e,f\r\n\r\n2,0,x,c,d,e,f"), "2: [1] [dit \"oui\"]\n4: [2] [x]\n");
}

TEST(csv_cell_counts)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	assert_string_equal(CSV(HEADER "\n1,0,x\n2" REST ",trop\n3" REST ",,\n,,,,,,\n"), "2!: [1] [x]\n3!: [2] [Le Ponton]\n4: [3] [Le Ponton]\n");
}

TEST(csv_refusals_name_the_line)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	assert_string_equal(CSV("id,nom\n1,x\n"),
		"invalid: ligne 1 : l’en-tête n’a pas les colonnes obligatoires pivot, commune, code_postal, adresse, date_maj");
	assert_non_null(strstr(CSV(HEADER "\n1" REST "\n2,0,caf\xE9,é,d,e,f\n"), "invalid: ligne 3, colonne nom : ce texte n’est pas en UTF-8"));
	assert_string_equal(CSV(HEADER "\n1,0,\"x,c,d,e,f\n2,0,x,c,d,e,f\n"), "invalid: le guillemet ouvert à la ligne 2 n’est pas refermé");
	assert_string_equal(CSV(""), "invalid: ce fichier est vide");
	assert_string_equal(CSV("\n\n"), "invalid: ce fichier n’a pas d’en-tête");
	assert_non_null(strstr(CSV("PK\x03\x04zzz"), "incomplet ou abîmé"));
	assert_non_null(strstr(CSV("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1zzz"), "XLS"));
	char *open = arena_alloc(a, PLACE_RECORD_MAX + 1000);
	size_t n = (size_t)snprintf(open, 200, HEADER "\n1" REST "\n2,\"");
	memset(open + n, 'x', PLACE_RECORD_MAX);
	assert_non_null(strstr(seen(a, PLACE_CSV, (str){ open, n + PLACE_RECORD_MAX }), "l’enregistrement de la ligne 3 dépasse 256 Kio"));
}

TEST(csv_columns_that_are_not_read_are_told)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	assert_string_equal(CSV(HEADER ",cle_ban,nom\n1" REST ",x,y\n"), "1? cle_ban\n1? nom\n2: [1] [Le Ponton]\n");
}

TEST(json_objects_one_by_one_with_numbers_as_written)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	assert_string_equal(JSON("\xEF\xBB\xBF [\n {\"id\": 1, \"latitude\":47.20,\n\"nom\":\"{[,\\\"]}\"},\n\n"
		"{\"id\":\"2\",\"latitude\": -1.50 , \"nom\":null}\n]\n"),
		"2: [1] [47.20] [{[,\"]}]\n5: [2] [-1.50] []\n");
	assert_string_equal(JSON("[{\"id\":007,\"services\":[\"a\",\"b\"],\"nom\":true}]"), "1: [007] [a|b] [oui]\n");
	assert_string_equal(JSON("[]"), "");
	assert_string_equal(JSON("[{\"id\":\"1\",\"zzz\":1,\"nom\":{\"a\":1}},{\"zzz\":2,\"id\":\"2\"}]"),
		"1? zzz\n1? nom.a\n1: [1] [1] [1]\n1: [2] [2]\n");
}

TEST(json_of_features_gives_their_properties_and_point)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	assert_string_equal(JSON("{\"type\":\"FeatureCollection\",\"bbox\":[1,2],\"name\":\"[{\",\"features\": [\n{\"type\":\"Feature\","
		"\"geometry\":{\"type\":\"Point\",\"coordinates\":[-1.55,47.2]},\"properties\":{\"id\":\"1\",\"nom\":\"Môle\"}}]}\n"),
		"2: [-1.5500000] [47.2000000] [1]\n");
}

TEST(files_in_other_encodings_are_read)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	assert_string_equal(CSV(HEADER "\n1,0,caf\xE9,c,d,e,f\n"), "1? \n2: [1] [café]\n");
	str text = S(HEADER "\n1,0,caf\xE9,c,d,e,f\n");
	char *wide = arena_alloc(a, 2 * text.n + 2);
	size_t n = 2;
	memcpy(wide, "\xFF\xFE", 2);
	for (size_t i = 0; i < text.n; i++) {
		wide[n++] = text.p[i];
		wide[n++] = '\0';
	}
	assert_string_equal(seen(a, PLACE_GUESS, (str){ wide, n }), "2: [1] [café]\n");
}

/* A workbook with one sheet of these rows. */
static str workbook(struct arena *a, const char *rows)
{
	static const char *const parts[][2] = {
		{ "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>" },
		{ "_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" "
			"Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
		{ "xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
			"xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Lieux\" sheetId=\"1\" r:id=\"r1\"/>"
			"</sheets></workbook>" },
		{ "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" "
			"Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>" },
	};
	char path[200];
	snprintf(path, sizeof path, "%s/book.xlsx", unit_dir());
	str sheet = str_printf(a, "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>%s</sheetData></worksheet>", rows);
	zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	assert_non_null(z);
	for (size_t i = 0; i < lengthof(parts); i++)
		assert_true(zip_file_add(z, parts[i][0], zip_source_buffer(z, parts[i][1], strlen(parts[i][1]), 0), 0) >= 0);
	assert_true(zip_file_add(z, "xl/worksheets/sheet1.xml", zip_source_buffer(z, sheet.p, sheet.n, 0), 0) >= 0);
	assert_int_equal(zip_close(z), 0);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	char *bytes = arena_alloc(a, 65536);
	str all = { bytes, fread(bytes, 1, 65536, f) };
	fclose(f);
	return all;
}

#define CELL(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define NUMBER(n) "<c><v>" n "</v></c>"

TEST(sheets_of_workbooks_are_read)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	str book = workbook(a, "<row>" CELL("id") CELL("pivot") CELL("nom") CELL("commune") CELL("code_postal") CELL("adresse") CELL("date_maj") "</row>"
		"<row>" NUMBER("7") CELL("0") CELL("Le Môle") CELL("c") NUMBER("44000") CELL("e") CELL("f") "</row><row/><row>" CELL("8") "</row>");
	assert_string_equal(seen(a, PLACE_GUESS, book), "2: [7] [Le Môle]\n4: [8] []\n");
	book = workbook(a, "<row>" CELL("id") CELL("date_maj") "</row><row>" CELL("1") "</row>");
	assert_non_null(strstr(seen(a, PLACE_CSV, book), "colonnes obligatoires pivot, nom"));
	book = workbook(a, "<row>" CELL("id") "</row>");
	assert_non_null(strstr(seen(a, PLACE_GUESS, book), "invalid: "));
}

TEST(json_refusals_name_the_line)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	assert_string_equal(JSON("{\"data\":[]}"),
		"invalid: JSON illisible, ligne 1 : cet objet ne contient aucun tableau d’objets : [ { … }, { … } ]");
	assert_string_equal(JSON("\"data\""), "invalid: JSON illisible, ligne 1 : un tableau est attendu : [ { … }, { … } ]");
	assert_non_null(strstr(JSON("[{\"id\":\"1\"},\n\n{\"id\":\"2\"\n"), "ligne 3 : l’objet commencé ici n’est pas refermé"));
	assert_non_null(strstr(JSON("[{\"id\":\"1\"}\n{\"id\":\"2\"}]"), "ligne 2 : une virgule"));
	assert_non_null(strstr(JSON("[{\"id\":\"1\",\n\"nom\" \"x\"}]"), "ligne 2 : "));
	assert_non_null(strstr(JSON("[{\"id\":\"café\",\"nom\":\"caf\xE9\"}]"), "UTF-8"));
	assert_non_null(strstr(JSON("[{\"id\":\"1\"}] x"), "après la fin"));
	assert_string_equal(JSON("[{\"id\":\"1\"},]"), "1: [1]\n");   /* a comma too many does no harm */
}

/* A short file that would be a long one with its numbers in full. */
TEST(json_lists_of_huge_numbers_stay_within_bounds)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	struct buf b = buf_new(a, 1 << 20);
	buf_put(&b, S("[{\"a\":[1e300"));
	for (size_t i = 0; i < 40000; i++)
		buf_put(&b, S(",1e300"));
	buf_put(&b, S("]}]"));
	assert_string_equal(seen(a, PLACE_JSON, buf_str(&b)), "1? a\n1:\n");
}

TEST(formats_by_the_name_or_the_first_byte)
{
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20);
	assert_int_equal(place_format_of(S("a/b.JSON")), PLACE_JSON);
	assert_int_equal(place_format_of(S("lieux.csv")), PLACE_CSV);
	assert_int_equal(place_format_of(S("lieux.txt")), PLACE_GUESS);
	struct seen *s = arena_one(a, struct seen);
	struct place_sink sink = { on_row, on_note, s };
	str fault;
	char text[] = " [{\"id\":\"9\"}]";
	FILE *in = fmemopen(text, sizeof text - 1, "r");
	assert_ok(place_read(in, PLACE_GUESS, &sink, a, &fault));
	fclose(in);
	assert_string_equal(s->log, "1: [9]\n");
}

/* ---- the real files ---- */

struct count { struct arena *a; i64 rows, refused, left_out; };

static enum err count_row(void *arg, const struct file_row *row)
{
	struct count *c = arg;
	arena_reset(c->a);
	struct place_cleaned cleaned;
	struct date today = { 2026, 11, 25 };
	place_clean(c->a, row, today, &cleaned);
	c->rows++;
	c->refused += cleaned.refused;
	for (size_t i = 0; i < cleaned.n_told; i++)
		c->left_out += cleaned.told[i].kind == TOLD_LEFT_OUT;
	enum place_field bad;
	if (!cleaned.refused && !place_holds(c->a, &cleaned.place, today, &bad))
		fail_msg("line %lld: %s holds \"%.*s\", which the schema refuses", (long long)row->line, place_field_names[bad],
			STR_ARG(cleaned.place.f[bad]));
	return OK;
}

static enum err count_note(void *arg, i64 line, str column, const char *reason)
{
	(void)arg, (void)line, (void)column, (void)reason;
	return OK;
}

TEST(the_real_files_are_read_and_what_is_stored_satisfies_the_schema)
{
	/* Counted by hand in the files: rows, rows refused (the 2022 files: impossible pivots and postal codes),
	 * values left out. */
	static const struct { const char *name; i64 rows, refused, left_out; } files[] = {
		{ "data/01-lieux-mediation/national-schema/20230516-hub-du-sud-paca.v1.json", 792, 0, 14 },
		{ "data/01-lieux-mediation/national-schema/20230711-charente.v1.json", 188, 0, 0 },
		{ "data/01-lieux-mediation/national-schema/20231003-bus-france-services-charente.json", 12, 0, 0 },
		{ "data/01-lieux-mediation/national-schema/20240320-nouvelle-caledonie.v1.json", 90, 0, 2 },
		{ "data/01-lieux-mediation/national-schema/conseiller-numerique-france-2022.json", 2733, 6, 83 },
		{ "data/01-lieux-mediation/national-schema/conseiller-numerique-idf-2022.json", 241, 1, 6 },
		{ "data/01-lieux-mediation/national-schema/hinaura-schema-v0.json", 687, 0, 1 },
		{ "data/01-lieux-mediation/national-schema/lieux-inclusion-numerique.fake.json", 7, 0, 0 },
		{ "standards/lieux/exemple-valide.csv", 1, 0, 0 },
		{ "standards/lieux/exemple-valide-v0.1.1.csv", 1, 0, 0 },
	};
	cleanup(arena_freep) struct arena *a = arena_new(16 << 20), *row = arena_new(16 << 20);
	for (size_t i = 0; i < lengthof(files); i++) {
		struct count c = { .a = row };
		struct place_sink sink = { count_row, count_note, &c };
		str fault = { NULL, 0 };
		FILE *in = fopen(shared_file(a, files[i].name), "r");
		assert_non_null(in);
		assert_ok(place_read(in, place_format_of(str_c(files[i].name)), &sink, a, &fault));
		fclose(in);
		assert_int_equal(c.rows, files[i].rows);
		if (c.refused != files[i].refused || c.left_out != files[i].left_out)
			fail_msg("%s: %lld rows refused, %lld values left out", files[i].name, (long long)c.refused, (long long)c.left_out);
	}
}

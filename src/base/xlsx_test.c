/* What the reader of spreadsheets promises: the texts that people see, and a sentence for whatever is no workbook, too large or hostile. */
#include "base/xlsx.h"

#include <sys/resource.h>
#include <unistd.h>
#include <zip.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/timex.h"
#include "base/utf8.h"
#include "unit.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define RELATION(id, kind, target) "<Relationship Id=\"" id "\" Type=\"" OFFICE "/" kind "\" Target=\"" target "\"/>"
#define SHEET(rows) "<worksheet xmlns=\"" MAIN "\"><sheetData>" rows "</sheetData></worksheet>"
#define TEXT(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define HEAD "<row>" TEXT("nom") "</row>"

struct part { const char *name; str text; bool stored; };

/* ---- making files ---- */

static const char *path_of(const char *name)
{
	static char path[300];
	snprintf(path, sizeof path, "%s/%s", unit_dir(), name);
	return path;
}

static void write_zip(const char *path, const struct part *parts, size_t n)
{
	zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	assert_non_null(z);
	for (size_t i = 0; i < n && parts[i].name; i++) {
		i64 at = zip_file_add(z, parts[i].name, zip_source_buffer(z, parts[i].text.p, parts[i].text.n, 0), ZIP_FL_OVERWRITE);
		assert_true(at >= 0);
		zip_set_file_compression(z, (zip_uint64_t)at, parts[i].stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 1);
	}
	assert_int_equal(zip_close(z), 0);
}

/* A workbook of up to three sheets; the parts that are NULL are left out or ordinary. */
struct book { const char *workbook, *styles, *shared, *sheets[3]; str sheet; bool shared_last, stored; };

static const char ordinary[] = "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"Lieux\" sheetId=\"1\" r:id=\"rId1\"/>"
	"<sheet name=\"Deux\" sheetId=\"2\" r:id=\"rId2\"/><sheet name=\"Trois\" sheetId=\"3\" r:id=\"rId3\"/></sheets></workbook>";

static const char *write_book(struct book b)
{
	struct part parts[12] = {
		{ "[Content_Types].xml", S("<Types/>"), b.stored },
		{ "_rels/.rels", S(RELATIONS RELATION("r", "officeDocument", "xl/workbook.xml") "</Relationships>"), b.stored },
		{ "xl/workbook.xml", str_c(b.workbook ? b.workbook : ordinary), b.stored },
		{ "xl/_rels/workbook.xml.rels", S(RELATIONS RELATION("rId1", "worksheet", "worksheets/sheet1.xml")
			RELATION("rId2", "worksheet", "/xl/worksheets/sheet2.xml") RELATION("rId3", "worksheet", "./x/../worksheets/sheet3.xml")
			RELATION("s", "styles", "styles.xml") RELATION("t", "sharedStrings", "sharedStrings.xml") "</Relationships>"), b.stored },
	};
	static const char *const names[] = { "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml" };
	size_t n = 4;
	if (b.shared && !b.shared_last)
		parts[n++] = (struct part){ "xl/sharedStrings.xml", str_c(b.shared), b.stored };
	for (size_t i = 0; i < 3; i++)
		parts[n++] = (struct part){ names[i], i == 0 && b.sheet.p ? b.sheet : str_c(b.sheets[i] ? b.sheets[i] : SHEET("")), b.stored };
	if (b.shared && b.shared_last)
		parts[n++] = (struct part){ "xl/sharedStrings.xml", str_c(b.shared), b.stored };
	if (b.styles)
		parts[n++] = (struct part){ "xl/styles.xml", str_c(b.styles), b.stored };
	write_zip(path_of("book.xlsx"), parts, n);
	return path_of("book.xlsx");
}

static void write_bytes(const char *path, const void *p, size_t n)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	fclose(f);
}

static str bytes_of(const char *path)
{
	struct buf b = buf_new(unit_arena(64 << 20), 32 << 20);
	FILE *f = fopen(path, "r");
	char piece[4096];
	assert_non_null(f);
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_put(&b, (str){ piece, n });
	fclose(f);
	return buf_str(&b);
}

/* ---- reading them ---- */

struct seen { struct buf out; i64 rows, last; size_t n; enum err answer; };

static enum err on_row(void *arg, i64 line, const str *cells, size_t n)
{
	struct seen *s = arg;
	assert_in_range(n, 1, XLSX_COLUMNS);
	assert_true(cells[n - 1].n > 0);
	buf_printf(&s->out, "%lld:", (long long)line);
	for (size_t i = 0; i < n; i++) {
		assert_true(cells[i].p && cells[i].n <= XLSX_CELL && utf8_valid(cells[i]));
		buf_put(&s->out, i ? S("|") : S(""));
		buf_put(&s->out, cells[i]);
	}
	buf_put(&s->out, S(";"));
	s->rows++;
	s->last = line;
	s->n = n;
	return s->answer;
}

static enum err read_file(const char *path, struct seen *s, str *ret_fault)
{
	struct arena *a = unit_arena(1 << 20);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	s->out = buf_new(a, 100000);
	enum err e = xlsx_read(f, &(struct xlsx_sink){ on_row, s }, a, ret_fault);
	fclose(f);
	assert_true(e == s->answer || e == OK || (e == INVALID && ret_fault->n > 15 && utf8_valid(*ret_fault)));
	return e;
}

static void expect_file(const char *path, const char *rows)
{
	struct seen s = { 0 };
	str fault;
	enum err e = read_file(path, &s, &fault);
	if (e != OK)
		assert_str(fault, "");
	assert_str(buf_str(&s.out), rows);
}

static void expect_fault(const char *path, const char *words)
{
	struct seen s = { 0 };
	str fault;
	assert_err(read_file(path, &s, &fault), INVALID);
	if (str_find(fault, str_c(words)) < 0)
		assert_str(fault, words);
}

static void expect(struct book b, const char *rows) { expect_file(write_book(b), rows); }
static void expect_no(struct book b, const char *words) { expect_fault(write_book(b), words); }

#define ONE(rows) ((struct book){ .sheets = { SHEET(HEAD rows) } })

/* ---- which sheet, which rows ---- */

TEST(xlsx_reads_the_first_visible_sheet_with_two_rows_that_say_something)
{
	static const char one[] = SHEET("<row r=\"4\"><c r=\"B4\"><v>1</v></c></row><row><c/><c t=\"str\"><v>  </v></c></row>");
	static const char two[] = SHEET(HEAD "<row><c><v>2</v></c></row>");
	static const char three[] = SHEET(HEAD "<row><c><v>3</v></c></row>");
	static const char hidden[] = "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"a\" state=\"hidden\" r:id=\"rId1\"/>"
		"<sheet name=\"b\" state=\"veryHidden\" r:id=\"rId2\"/><sheet name=\"c\" state=\"visible\" r:id=\"rId3\"/></sheets></workbook>";
	expect((struct book){ .sheets = { one, two, three } }, "1:nom;2:2;");
	expect((struct book){ .sheets = { SHEET(""), one, three } }, "1:nom;2:3;");
	expect((struct book){ .workbook = hidden, .sheets = { two, two, three } }, "1:nom;2:3;");
	expect_no((struct book){ .sheets = { one } }, "aucune feuille visible du classeur n’a deux lignes remplies");
}

TEST(xlsx_rows_and_cells_stand_where_they_say_or_one_after_another)
{
	expect(ONE("<row r=\"5\"><c r=\"C5\"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c r=\"AA6\"><v>4</v></c></row>"),
		"1:nom;5:||1|2;6:3||||||||||||||||||||||||||4;");
	expect(ONE("<row/><row><c r=\"B3\"/><c/></row><row><c r=\"D4\"><f>1+1</f></c><c r=\"A4\"><v>7</v></c></row>"), "1:nom;4:7;");
}

TEST(xlsx_reads_any_prefix_and_the_strict_namespace)
{
	expect((struct book){ .sheets = { "<x:worksheet xmlns:x=\"" MAIN "\"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row>"
		"<x:row><x:c t=\"str\"><x:v>a</x:v></x:c><o:c xmlns:o=\"urn:o\"><o:v>9</o:v></o:c></x:row></x:sheetData></x:worksheet>" } }, "1:1;2:a;");
	expect((struct book){
		.workbook = "<s:workbook xmlns:s=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" "
			"xmlns:rel=\"http://purl.oclc.org/ooxml/officeDocument/relationships\"><s:sheets><s:sheet name=\"Feuille\" rel:id=\"rId2\"/></s:sheets></s:workbook>",
		.sheets = { "", "<worksheet xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><sheetData><row><c t=\"d\"><v>2026-11-29T00:00:00</v></c></row>"
			"<row><c t=\"d\"><v>2026-11-29T14:05:00</v></c><c t=\"d\"><v>T09:30:00</v></c><c t=\"d\"><v>2026-11-30</v></c></row></sheetData></worksheet>" } },
		"1:2026-11-29;2:2026-11-29 14:05|09:30|2026-11-30;");
}

/* ---- cells ---- */

TEST(xlsx_shared_strings_are_joined_without_hints_wherever_their_part_stands)
{
	static const char shared[] = "<sst xmlns=\"" MAIN "\"><si><t>nom</t></si><si><r><t>Média</t></r><r><rPr/><t xml:space=\"preserve\">thèque </t></r>"
		"<rPh sb=\"0\" eb=\"1\"><t>hint</t></rPh></si><si><t>a_x000D_\nb_x005F_x0041_ &amp; _x00e9_</t></si><si/></sst>";
	static const char sheet[] = SHEET("<row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>1</v></c><c t=\"s\"><v>3</v></c><c t=\"s\"><v>2</v></c></row>");
	for (int last = 0; last < 2; last++)
		expect((struct book){ .shared = shared, .sheets = { sheet }, .shared_last = last, .stored = last },
			"1:nom;2:Médiathèque ||a\nb_x0041_ & é;");
	expect_no((struct book){ .shared = shared, .sheets = { SHEET(HEAD "<row r=\"7\"><c r=\"AB7\" t=\"s\"><v>4</v></c></row>") } },
		"feuille « Lieux », ligne 7, colonne AB : le texte de la cellule manque");
	expect_no((struct book){ .sheets = { SHEET(HEAD "<row><c t=\"s\"><v>-1</v></c></row>") } }, "ligne 2, colonne A");
}

TEST(xlsx_cells_of_each_type_give_what_people_see)
{
	expect(ONE("<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"str\"><f>A1</f><v>vu</v></c><c><f>1+1</f><v>2</v></c>"
		"<c t=\"inlineStr\"><is><r><t>en</t></r><r><t> ligne</t></r><rPh><t>x</t></rPh></is></c></row>"), "1:nom;2:oui|non||vu|2|en ligne;");
}

TEST(xlsx_numbers_are_plain_decimals)
{
	static const struct { const char *written, *shown; } numbers[] = {
		{ "44000", "44000" }, { "44000.0", "44000" }, { "1.2345E-2", "0.012345" }, { "47.394140000000003", "47.39414" }, { "-1.5", "-1.5" },
		{ "0.30000000000000004", "0.3" }, { "1E+20", "100000000000000000000" }, { "-0", "0" }, { "1e-7", "0.0000001" }, { "612345678", "612345678" },
		{ "12345678901234567890", "12345678901234567890" }, { "9007199254740991", "9007199254740991" }, { "1234567.891", "1234567.891" },
		{ "0.1", "0.1" }, { "100", "100" }, { " 5 ", "5" }, { "n/a", "n/a" }, { "nan", "nan" }, { "1e999", "1e999" }, { "007", "7" },
	};
	for (size_t i = 0; i < lengthof(numbers); i++) {
		char sheet[1000], rows[100];
		snprintf(sheet, sizeof sheet, SHEET(HEAD "<row><c><v>%s</v></c></row>"), numbers[i].written);
		snprintf(rows, sizeof rows, "1:nom;2:%s;", numbers[i].shown);
		expect((struct book){ .sheets = { sheet } }, rows);
	}
}

/* A number under a format's code, or its built-in id when there is none. */
static void expect_shown(const char *code, int id, const char *number, bool from_1904, const char *shown)
{
	char styles[2000], sheet[1000], rows[200], workbook[1000];
	snprintf(styles, sizeof styles, "<styleSheet xmlns=\"" MAIN "\"><numFmts><numFmt numFmtId=\"%d\" formatCode=\"%s\"/></numFmts>"
		"<cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"%d\"/></cellXfs>"
		"<dxfs><xf numFmtId=\"14\"/></dxfs></styleSheet>",
		code ? id : 999, code ? code : "", id);
	snprintf(sheet, sizeof sheet, SHEET(HEAD "<row><c s=\"1\"><v>%s</v></c></row>"), number);
	snprintf(rows, sizeof rows, "1:nom;2:%s;", shown);
	snprintf(workbook, sizeof workbook, "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><workbookPr date1904=\"%d\"/>"
		"<sheets><sheet name=\"x\" r:id=\"rId1\"/></sheets></workbook>",
		from_1904);
	expect((struct book){ .styles = styles, .workbook = workbook, .sheets = { sheet } }, rows);
}

TEST(xlsx_dates_are_told_by_the_format_in_both_systems)
{
	static const int dates[] = { 14, 22, 27, 36, 45, 47, 50, 58 };
	for (size_t i = 0; i < lengthof(dates); i++)
		expect_shown(NULL, dates[i], "46355", false, "2026-11-29");
	expect_shown(NULL, 13, "46355", false, "46355");
	expect_shown(NULL, 23, "46355", false, "46355");
	expect_shown(NULL, 22, "46355.586805555555", false, "2026-11-29 14:05");
	expect_shown(NULL, 20, "0.354166666666667", false, "08:30");
	expect_shown(NULL, 14, "1", false, "1900-01-01");
	expect_shown(NULL, 14, "59", false, "1900-02-28");
	expect_shown(NULL, 14, "60", false, "1900-02-29");
	expect_shown(NULL, 14, "61", false, "1900-03-01");
	expect_shown(NULL, 14, "2958465", false, "9999-12-31");
	expect_shown(NULL, 14, "2958466", false, "2958466");
	expect_shown(NULL, 14, "-3", false, "-3");
	expect_shown(NULL, 14, "1", true, "1904-01-02");
	expect_shown(NULL, 14, "44893", true, "2026-11-29");
	expect_shown(NULL, 46, "1.5", false, "36:00");
}

TEST(xlsx_dates_are_told_by_the_letters_of_a_code)
{
	expect_shown("dd/mm/yyyy", 164, "46355", false, "2026-11-29");
	expect_shown("[$-40C]d mmmm yyyy;@", 164, "46355", false, "2026-11-29");
	expect_shown("[h]:mm", 164, "1.5", false, "36:00");
	expect_shown("0.00&quot; jours de mois&quot;", 164, "46355", false, "46355");
	expect_shown("[Red]0.0", 164, "46355", false, "46355");
	expect_shown("#,##0\\ \\d", 164, "46355", false, "46355");
	expect_shown("_d0", 164, "46355", false, "46355");
	expect_shown("General", 164, "46355", false, "46355");
	expect_shown("0;dd", 164, "46355", false, "46355");
	expect_shown("0.00", 14, "46355", false, "46355");
}

TEST(xlsx_codes_of_digits_keep_their_zeros)
{
	expect_shown("00000", 164, "1000", false, "01000");
	expect_shown("00000", 164, "37000", false, "37000");
	expect_shown("0#&quot; &quot;##&quot; &quot;##&quot; &quot;##&quot; &quot;##", 164, "247000001", false, "02 47 00 00 01");
	expect_shown("0#\\ ##\\ ##\\ ##\\ ##", 164, "247000001", false, "02 47 00 00 01");
	expect_shown("000\xC2\xA0" "000", 164, "1234567", false, "1234\xC2\xA0" "567");
	expect_shown("&quot;+33 &quot;#", 164, "247000001", false, "+33 247000001");
	expect_shown("00000", 164, "12.5", false, "12.5");
	expect_shown("0", 1, "12.5", false, "12.5");
	expect_shown("#\\ ##0", 164, "1234", false, "1234");
	expect_shown("0&quot; m&quot;", 164, "12", false, "12");
}

/* ---- limits ---- */

/* `each` as many times; its '#' are the number. */
static str repeated_in(struct arena *a, const char *head, const char *each, i64 times, const char *tail)
{
	size_t n = (strlen(each) + 12) * (size_t)times + strlen(head) + strlen(tail) + 1;
	struct buf b = buf_new(a, n);
	assert_non_null(buf_room(&b, n - 1));
	buf_put(&b, str_c(head));
	for (i64 i = 1; i <= times; i++)
		for (const char *c = each; *c; c++)
			*c == '#' ? buf_i64(&b, i) : buf_byte(&b, *c);
	buf_put(&b, str_c(tail));
	buf_byte(&b, 0);
	return (str){ b.p, b.n - 1 };
}

static str repeated(const char *head, const char *each, i64 times, const char *tail)
{
	return repeated_in(unit_arena((size_t)640 << 20), head, each, times, tail);
}

#define SHEET_HEAD "<worksheet xmlns=\"" MAIN "\"><sheetData>"
#define SHEET_TAIL "</sheetData></worksheet>"

/* Under the sanitizers these take minutes; their code is walked by smaller tests, and by the fuzzer. */
static void skip_when_sanitized(void)
{
#ifdef __SANITIZE_ADDRESS__
	unit_skip("sanitized: too much for it");
#endif
}

TEST(xlsx_rows_are_200_000_at_most)
{
	struct seen s = { 0 };
	str fault;
	assert_ok(read_file(write_book((struct book){ .sheet = repeated(SHEET_HEAD, "<row r=\"#\"><c><v>#</v></c></row>", XLSX_ROWS, SHEET_TAIL) }), &s, &fault));
	assert_int_equal(s.rows, XLSX_ROWS);
	s = (struct seen){ 0 };
	expect_no((struct book){ .sheet = repeated(SHEET_HEAD, "<row r=\"#\"><c><v>#</v></c></row>", XLSX_ROWS + 1, SHEET_TAIL) },
		"feuille « Lieux », ligne 200001 : plus de 200 000 lignes");
}

TEST(xlsx_sheet_formatted_to_its_last_line_is_read_quickly)
{
	skip_when_sanitized();
	const char *path = write_book((struct book){ .sheet = repeated(SHEET_HEAD HEAD "<row><c><v>1</v></c></row>",
		"<row r=\"#\" spans=\"1:3\" s=\"1\" customFormat=\"1\"><c r=\"A#\" s=\"1\"/></row>", 1048576, SHEET_TAIL) });
	struct rusage before, after;
	i64 from = mono_us();
	getrusage(RUSAGE_SELF, &before);
	expect_file(path, "1:nom;2:1;");
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < 32 << 10);
	i64 cpu_us = (after.ru_utime.tv_sec - before.ru_utime.tv_sec) * 1000000 + after.ru_utime.tv_usec - before.ru_utime.tv_usec;
	assert_true(cpu_us < 6000000);
	assert_true(mono_us() - from < 20000000);
}

TEST(xlsx_columns_are_300_at_most_when_they_say_something)
{
	expect(ONE("<row><c r=\"KN2\"><v>1</v></c><c r=\"KO2\"/><c r=\"XFD2\" s=\"1\"/></row>"), "1:nom;2:"
		"||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
		"||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
		"|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||1;");
	expect_no(ONE("<row><c r=\"KO2\"><v>1</v></c></row>"), "ligne 2, colonne KO : 300 colonnes au plus");
	expect_no(ONE("<row><c r=\"ZZZ2\"><v>1</v></c></row>"), "ligne 2 : la référence d’une cellule ne se lit pas");
	expect_no(ONE("<row r=\"1048577\"/>"), "ligne 1 : le numéro de la ligne suivante ne se lit pas");
}

TEST(xlsx_cells_are_32_kib_at_most)
{
	for (size_t n = XLSX_CELL; n <= XLSX_CELL + 1; n++) {
		str sheet = repeated(SHEET_HEAD HEAD "<row><c t=\"inlineStr\"><is><t>", "é", (i64)n / 2,
			n & 1 ? "x</t></is></c></row>" SHEET_TAIL : "</t></is></c></row>" SHEET_TAIL);
		struct seen s = { 0 };
		str fault;
		enum err e = read_file(write_book((struct book){ .sheet = sheet }), &s, &fault);
		assert_int_equal(e, n == XLSX_CELL ? OK : INVALID);
		if (e != OK)
			assert_true(str_find(fault, S("ligne 2, colonne A : la cellule dépasse 32 Kio")) > 0);
	}
}

TEST(xlsx_shared_strings_are_128_mib_at_most)
{
	skip_when_sanitized();
	str shared = repeated("<sst xmlns=\"" MAIN "\"><si><t>", "0123456789abcdefghijklmnopqrstuvwxyz#", 3200000, "</t></si></sst>");
	struct book b = { .sheets = { SHEET(HEAD "<row><c t=\"s\"><v>0</v></c></row>") }, .shared = shared.p };
	expect_no(b, "les textes du classeur dépassent 128 Mio");
	b.shared = repeated("<sst xmlns=\"" MAIN "\"><si><t>", "x", 40000, "</t></si></sst>").p;
	expect_no(b, "ligne 2, colonne A : la cellule dépasse 32 Kio");
}

TEST(xlsx_parts_that_expand_without_measure_are_refused)
{
	skip_when_sanitized();
	expect_no((struct book){ .sheet = repeated(SHEET_HEAD HEAD, "                                                                ", 1100000, SHEET_TAIL) },
		"se décompresse en plus de 200 fois sa taille");
	str deep = repeated(SHEET_HEAD, "<a>", 101, ""), tag = repeated(SHEET_HEAD "<row a=\"", "0123456789", 200000, "\"/>" SHEET_TAIL);
	expect_no((struct book){ .sheet = deep }, "a trop d’éléments les uns dans les autres");
	expect_no((struct book){ .sheet = tag, .stored = true }, "a une balise démesurée");
	expect_no((struct book){ .sheet = repeated(SHEET_HEAD, "<n#-an-element-that-has-a-long-name-of-its-own/>", 800000, SHEET_TAIL) }, "demande trop de mémoire");
}

TEST(xlsx_row_written_over_and_over_is_refused)
{
	skip_when_sanitized();
	str row = repeated(SHEET_HEAD HEAD "<row>", "<c r=\"A1\" t=\"str\"><v>0123456789012345678901234567890123456789</v></c>", 1000000, "</row>" SHEET_TAIL);
	expect_no((struct book){ .sheet = row }, "la ligne est trop longue");
}

/* ---- what is no workbook ---- */

TEST(xlsx_tells_what_else_a_file_is)
{
	static const char encrypted[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1........E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
	static const char old[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1........W\0o\0r\0k\0b\0o\0o\0k\0\0\0";
	static const char either[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1........";
	const struct { const char *bytes; size_t n; const char *words; } files[] = {
		{ encrypted, sizeof encrypted, "protégé par un mot de passe : enregistrez-le sans" }, { old, sizeof old, "l’ancien format XLS" },
		{ either, sizeof either, "(XLS), ou protégé par un mot de passe" }, { "", 0, "le fichier est vide" },
		{ "nom;adresse\n", 12, "n’est pas un classeur XLSX" }, { "PK\3\4", 4, "incomplet ou abîmé" }, { "P", 1, "incomplet ou abîmé" },
	};
	for (size_t i = 0; i < lengthof(files); i++) {
		write_bytes(path_of("file"), files[i].bytes, files[i].n);
		expect_fault(path_of("file"), files[i].words);
	}
}

TEST(xlsx_tells_what_else_a_zip_is)
{
	struct part ods[] = { { "mimetype", S("application/vnd.oasis.opendocument.spreadsheet"), true }, { "content.xml", S("<x/>"), false } };
	struct part odt[] = { { "mimetype", S("application/vnd.oasis.opendocument.text"), true } };
	struct part other[] = { { "photo.txt", S("x"), false } };
	struct part docx[] = { { "_rels/.rels", S(RELATIONS RELATION("r", "officeDocument", "word/document.xml") "</Relationships>"), false },
		{ "word/document.xml", S("<w:document xmlns:w=\"urn:w\"/>"), false } };
	struct part xlsb[] = { { "_rels/.rels", S(RELATIONS RELATION("r", "officeDocument", "xl/workbook.bin") "</Relationships>"), false } };
	struct part lacking[] = { docx[0] };
	const struct { const struct part *parts; size_t n; const char *words; } files[] = {
		{ ods, 2, "OpenDocument (ODS) : enregistrez-le au format XLSX ou CSV" }, { odt, 1, "n’est pas un classeur" }, { other, 1, "n’est pas un classeur" },
		{ docx, 2, "n’est pas un classeur" }, { xlsb, 1, "XLSB" }, { lacking, 1, "sa partie word/document.xml manque" },
	};
	for (size_t i = 0; i < lengthof(files); i++) {
		write_zip(path_of("file"), files[i].parts, files[i].n);
		expect_fault(path_of("file"), files[i].words);
	}
}

TEST(xlsx_refuses_xml_that_is_not_well_formed_or_declares_entities)
{
	expect_no(ONE("<row><c></row>"), "sa partie xl/worksheets/sheet1.xml n’est pas du XML bien formé (ligne 1)");
	expect_no(ONE("<row>\xFF</row>"), "n’est pas du XML bien formé");
	expect_no((struct book){ .sheets = { "<!DOCTYPE x [<!ENTITY a \"b\">]>" SHEET(HEAD "<row>" TEXT("&a;") "</row>") } }, "a une déclaration DOCTYPE");
	expect_no((struct book){ .sheets = { SHEET(HEAD HEAD) }, .shared = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><sst/>" }, "a une déclaration DOCTYPE");
	expect_no((struct book){ .sheets = { "" } }, "n’est pas du XML bien formé");
	expect_no((struct book){ .workbook = "<workbook/>" }, "aucune feuille visible");
}

TEST(xlsx_refuses_an_encrypted_part)
{
	const char *path = write_book((struct book){ .sheets = { SHEET(HEAD HEAD) } });
	zip_t *z = zip_open(path, 0, NULL);
	assert_int_equal(zip_file_set_encryption(z, (zip_uint64_t)zip_name_locate(z, "xl/workbook.xml", 0), ZIP_EM_AES_256, "secret"), 0);
	assert_int_equal(zip_close(z), 0);
	expect_fault(path_of("book.xlsx"), "protégé par un mot de passe");
}

/* ---- damage ---- */

static struct book everything(void)
{
	return (struct book){
		.shared = "<sst xmlns=\"" MAIN "\"><si><t>nom</t></si><si><r><t>Média</t></r><r><t>thèque_x000D_</t></r><rPh><t>x</t></rPh></si></sst>",
		.styles = "<styleSheet xmlns=\"" MAIN "\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/></numFmts><cellXfs><xf numFmtId=\"164\"/>"
			"<xf numFmtId=\"14\"/></cellXfs></styleSheet>",
		.sheets = { SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c t=\"s\"><v>1</v></c><c s=\"0\"><v>1000</v></c>"
			"<c s=\"1\"><v>46355.5</v></c><c t=\"b\"><v>1</v></c><c t=\"d\"><v>2026-11-29</v></c></row>") },
	};
}

static void read_damaged(str bytes)
{
	struct seen s = { 0 };
	str fault;
	struct arena *a = arena_new(1 << 20);
	FILE *f = fmemopen((void *)(uintptr_t)bytes.p, bytes.n, "r");
	assert_non_null(f);
	s.out = buf_new(a, 100000);
	enum err e = xlsx_read(f, &(struct xlsx_sink){ on_row, &s }, a, &fault);
	assert_true((e == OK && !fault.p) || (e == INVALID && fault.n > 20 && utf8_valid(fault)));
	fclose(f);
	arena_free(a);
}

TEST(xlsx_cut_or_flipped_files_are_read_or_refused_in_a_sentence)
{
	for (int stored = 0; stored < 2; stored++) {
		struct book b = everything();
		b.stored = stored;
		str whole = bytes_of(write_book(b));
		expect_file(path_of("book.xlsx"), "1:nom;2:Médiathèque\n|01000|2026-11-29 12:00|oui|2026-11-29;");
		for (size_t n = 1; n < whole.n; n += 97)
			read_damaged(str_slice(whole, 0, n));
		for (size_t i = 0; i < whole.n; i += 11) {
			char *p = (char *)(uintptr_t)whole.p + i, was = *p;
			*p = (char)(was ^ (i % 3 == 0 ? 0xFF : i % 3 == 1 ? 0x20 : 1));
			read_damaged(whole);
			*p = was;
		}
	}
}

TEST(xlsx_flipped_xml_is_read_or_refused_in_a_sentence)
{
	struct book b = everything();
	char sheet[2000];
	size_t n = strlen(b.sheets[0]);
	memcpy(sheet, b.sheets[0], n + 1);
	b.sheet = (str){ sheet, n };
	for (size_t i = 0; i < n; i += 5) {
		struct seen s = { 0 };
		str fault;
		char was = sheet[i];
		sheet[i] = (char)(was ^ (i % 3 == 0 ? 1 : i % 3 == 1 ? 3 : 0x11));
		read_file(write_book(b), &s, &fault);
		sheet[i] = was;
	}
}

/* ---- where it is read ---- */

TEST(xlsx_sinks_error_stops_the_reading_and_is_no_fault)
{
	struct seen s = { .answer = CONFLICT };
	str fault;
	assert_err(read_file(write_book(everything()), &s, &fault), CONFLICT);
	assert_int_equal(s.rows, 1);
	assert_null(fault.p);
}

TEST(xlsx_reads_a_pipe_and_a_file_at_any_position)
{
	str whole = bytes_of(write_book(everything())), fault;
	int fd[2];
	struct seen s = { .out = buf_new(unit_arena(1 << 20), 10000) };
	assert_int_equal(pipe(fd), 0);
	assert_int_equal(write(fd[1], whole.p, whole.n), (ssize_t)whole.n);
	close(fd[1]);
	FILE *f = fdopen(fd[0], "r"), *g = fopen(path_of("book.xlsx"), "r");
	assert_ok(xlsx_read(f, &(struct xlsx_sink){ on_row, &s }, unit_arena(1 << 16), &fault));
	fclose(f);
	assert_int_equal(fseek(g, 0, SEEK_END), 0);
	assert_ok(xlsx_read(g, &(struct xlsx_sink){ on_row, &s }, unit_arena(1 << 16), &fault));
	fclose(g);
	assert_int_equal(s.rows, 4);
}

static enum err send_row(void *arg, i64 line, const str *cells, size_t n)
{
	(void)line;
	return n ? child_send(arg, cells[0]) : INTERNAL;
}

static enum err in_child(int in_fd, struct child_out *out, void *arg)
{
	struct arena *a = arena_new(1 << 20);
	str fault = { 0 };
	enum err e = xlsx_read(fdopen(in_fd, "r"), &(struct xlsx_sink){ send_row, out }, a, &fault);
	(void)arg;
	if (e == INVALID)
		try(child_send(out, fault));
	return e;
}

static void expect_child(const char *path, enum err e, const char *last)
{
	struct arena *a = unit_arena(16 << 20);
	struct child c;
	char text[300] = "";
	FILE *f = fopen(path, "r");
	assert_ok(child_start(in_child, fileno(f), NULL, CHILD_LIMITS_FILE, &c));
	for (str r; child_next(&c, a, &r) == OK;)
		snprintf(text, sizeof text, "%.*s", STR_ARG(r));
	fclose(f);
	assert_err(child_end(&c), e);
	assert_non_null(strstr(text, last));
}

TEST(xlsx_reads_in_the_child_of_files)
{
	expect_child(write_book(everything()), OK, "Médiathèque");
	struct arena *a = arena_new((size_t)256 << 20);
	str large = repeated_in(a, "<sst xmlns=\"" MAIN "\"><si><t>nom", "</t></si><si><t>0123456789abcdefghijklmnopqrstuvwxyz#", 300000, "</t></si></sst>");
	struct book b = everything();
	b.shared = large.p;
	write_book(b);
	arena_free(a);                           /* what this process has counts in its child's limit */
	expect_child(path_of("book.xlsx"), OK, "0123456789abcdefghijklmnopqrstuvwxyz1");
	b.shared = "<sst>";
	expect_child(write_book(b), INVALID, "n’est pas du XML bien formé");
}

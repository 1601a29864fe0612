/* Spreadsheets: whatever the file, cells are text within their limits and what is wrong is said in a sentence. The input is the bytes of
 * a file; and, since few of those are zips, also the sheet, the shared strings and the styles (apart at NUL) of a sound workbook. */
#include "base/utf8.h"
#include "base/xlsx.h"
#include "fuzz.h"

#include <zip.h>

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATION(id, kind, target) "<Relationship Id='" id "' Type='" OFFICE "/" kind "' Target='" target "'/>"
#define RELATIONS(all) "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" all "</Relationships>"

static enum err on_row(void *arg, i64 line, const str *cells, size_t n)
{
	(void)arg;
	must_hold(line >= 1 && n >= 1 && n <= XLSX_COLUMNS && cells[n - 1].n);
	for (size_t i = 0; i < n; i++)
		must_hold(cells[i].p && cells[i].n <= XLSX_CELL && utf8_valid(cells[i]));
	return OK;
}

static void check(struct arena *a, const void *p, size_t n)
{
	str fault;
	FILE *f = n ? fmemopen((void *)(uintptr_t)p, n, "r") : NULL;
	if (!f)
		return;
	enum err e = xlsx_read(f, &(struct xlsx_sink){ on_row, NULL }, a, &fault);
	must_hold((e == OK && !fault.p) || (e == INVALID && fault.n && utf8_valid(fault)));
	fclose(f);
}

static void add(zip_t *z, const char *name, str text)
{
	i64 at = zip_file_add(z, name, zip_source_buffer(z, text.p, text.n, 0), 0);
	must_hold(at >= 0);
	zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_STORE, 0);
}

static void check_workbook(struct arena *a, str sheet, str shared, str styles)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *z = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	zip_stat_t st;
	must_hold(z);
	zip_source_keep(source);
	add(z, "_rels/.rels", S(RELATIONS(RELATION("a", "officeDocument", "xl/workbook.xml"))));
	add(z, "xl/workbook.xml", S("<workbook xmlns:r='" OFFICE "'><sheets><sheet name='x' r:id='a'/></sheets></workbook>"));
	add(z, "xl/_rels/workbook.xml.rels", S(RELATIONS(RELATION("a", "worksheet", "1.xml")
		RELATION("b", "sharedStrings", "2.xml") RELATION("c", "styles", "3.xml"))));
	add(z, "xl/1.xml", sheet);
	add(z, "xl/2.xml", shared);
	add(z, "xl/3.xml", styles);
	must_hold(zip_close(z) == 0 && zip_source_stat(source, &st) == 0 && zip_source_open(source) == 0);
	char *bytes = arena_raw(a, st.size);
	must_hold(zip_source_read(source, bytes, st.size) == (zip_int64_t)st.size);
	zip_source_close(source);
	zip_source_free(source);
	check(a, bytes, st.size);
}

FUZZ(a, in)
{
	str rest = in, sheet = S(""), shared = S(""), styles = S("");
	check(a, in.p, in.n);
	if (str_next(&rest, 0, &sheet) && str_next(&rest, 0, &shared))
		str_next(&rest, 0, &styles);
	check_workbook(a, sheet, shared, styles);
}

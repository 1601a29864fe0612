/* See xlsx_out.h. */
#include "base/xlsx_out.h"

#include "base/timex.h"

enum style { STYLE_PLAIN, STYLE_HEAD, STYLE_DAY };       /* those of styles.xml */

#define DAYS_BEFORE_1970 25569                   /* of the calendar of spreadsheets, which begins on 30 December 1899 */
#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."
#define RELATIONS_TYPE "application/vnd.openxmlformats-package.relationships+xml"
#define PART_MAX ((size_t)16 << 10)

/* ---- XML ---- */

static struct buf new_part(struct arena *a, size_t max)
{
	struct buf b = buf_new(a, max);
	buf_put(&b, S("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"));
	return b;
}

static void put_element(struct buf *b, const char *name, const char *attributes, const char *end)
{
	buf_byte(b, '<');
	buf_put(b, str_c(name));
	if (*attributes)
		buf_byte(b, ' ');
	buf_put(b, str_c(attributes));
	buf_put(b, str_c(end));
}

static void begin(struct buf *b, const char *name, const char *attributes) { put_element(b, name, attributes, ">"); }
static void leaf(struct buf *b, const char *name, const char *attributes) { put_element(b, name, attributes, "/>"); }

static void end(struct buf *b, const char *name)
{
	buf_put(b, S("</"));
	buf_put(b, str_c(name));
	buf_byte(b, '>');
}

struct xlsx_out *xlsx_out_new(struct arena *a)
{
	struct xlsx_out *x = arena_one(a, struct xlsx_out);
	*x = (struct xlsx_out){ .a = a, .zip = zip_out_new(a) };
	return x;
}

/* Escaped; without the control characters that XML cannot hold. */
static void put_xml(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '&' || c == '<' || c == '>' || c == '"')
			buf_printf(b, "&#%d;", c);
		else if ((u8)c >= ' ' || c == '\n' || c == '\t')
			buf_byte(b, c);
	}
}

static struct buf *sheet_of(struct xlsx_out *x) { return &x->sheets[x->n - 1]; }

/* "B12" */
static void begin_cell(struct xlsx_out *x, enum style style)
{
	char name[8];
	size_t n = 0, c = ++x->column;
	for (; c; c = (c - 1) / 26)
		name[n++] = (char)('A' + (c - 1) % 26);
	buf_byte(sheet_of(x), '<');
	buf_put(sheet_of(x), S("c r=\""));
	while (n)
		buf_byte(sheet_of(x), name[--n]);
	buf_i64(sheet_of(x), (i64)x->row);
	buf_byte(sheet_of(x), '"');
	if (style)
		buf_printf(sheet_of(x), " s=\"%d\"", style);
}

static void put_text(struct xlsx_out *x, str s, enum style style)
{
	struct buf *b = sheet_of(x);
	begin_cell(x, style);
	buf_put(b, S(" t=\"inlineStr\">"));
	begin(b, "is", "");
	begin(b, "t", "xml:space=\"preserve\"");
	put_xml(b, s);
	end(b, "t");
	end(b, "is");
	end(b, "c");
}

static void put_number(struct xlsx_out *x, i64 n, enum style style)
{
	struct buf *b = sheet_of(x);
	begin_cell(x, style);
	buf_byte(b, '>');
	begin(b, "v", "");
	buf_i64(b, n);
	end(b, "v");
	end(b, "c");
}

static void end_row(struct xlsx_out *x)
{
	if (x->row)
		end(sheet_of(x), "row");
}

static void end_sheet(struct xlsx_out *x)
{
	end_row(x);
	if (x->n) {
		end(sheet_of(x), "sheetData");
		end(sheet_of(x), "worksheet");
	}
	x->row = 0;
}

void xlsx_out_row(struct xlsx_out *x)
{
	char number[40];
	end_row(x);
	x->row++;
	x->column = 0;
	snprintf(number, sizeof number, "r=\"%zu\"", x->row);
	begin(sheet_of(x), "row", number);
}

static void put_columns(struct buf *b, const struct xlsx_head *heads, size_t n)
{
	begin(b, "cols", "");
	for (size_t i = 1; i <= n; i++) {
		char column[100];
		snprintf(column, sizeof column, "min=\"%zu\" max=\"%zu\" width=\"%d\" customWidth=\"1\"", i, i, heads[i - 1].width);
		leaf(b, "col", column);
	}
	end(b, "cols");
}

void xlsx_out_sheet(struct xlsx_out *x, str name, const struct xlsx_head *heads, size_t n)
{
	assert(x->n < XLSX_SHEETS_MOST && n);
	end_sheet(x);
	x->names[x->n] = name;
	x->sheets[x->n++] = new_part(x->a, XLSX_OUT_MAX);
	struct buf *b = sheet_of(x);
	begin(b, "worksheet", MAIN);
	begin(b, "sheetViews", "");
	begin(b, "sheetView", "workbookViewId=\"0\"");
	leaf(b, "pane", "ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"");
	end(b, "sheetView");
	end(b, "sheetViews");
	put_columns(b, heads, n);
	begin(b, "sheetData", "");
	xlsx_out_row(x);
	for (size_t i = 0; i < n; i++)
		put_text(x, heads[i].name, STYLE_HEAD);
}

void xlsx_out_text(struct xlsx_out *x, str s) { put_text(x, s, STYLE_PLAIN); }
void xlsx_out_number(struct xlsx_out *x, i64 n) { put_number(x, n, STYLE_PLAIN); }
void xlsx_out_empty(struct xlsx_out *x) { x->column++; }

void xlsx_out_day(struct xlsx_out *x, str iso)
{
	struct date d;
	if (date_parse(iso, &d))
		put_number(x, date_days(d) + DAYS_BEFORE_1970, STYLE_DAY);
	else
		xlsx_out_text(x, iso);
}

/* ---- the parts around the sheets ---- */

#define LOOK "numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\""

static void put_font(struct buf *b, bool bold)
{
	begin(b, "font", "");
	if (bold)
		leaf(b, "b", "");
	leaf(b, "sz", "val=\"11\"");
	leaf(b, "name", "val=\"Calibri\"");
	end(b, "font");
}

static void put_fill(struct buf *b, const char *pattern)
{
	begin(b, "fill", "");
	leaf(b, "patternFill", pattern);
	end(b, "fill");
}

/* The three looks of a cell, in the order of enum style, and what a stylesheet must have besides. */
static str styles_of(const struct xlsx_out *x)
{
	struct buf b = new_part(x->a, PART_MAX);
	begin(&b, "styleSheet", MAIN);
	begin(&b, "fonts", "count=\"2\"");
	put_font(&b, false);
	put_font(&b, true);
	end(&b, "fonts");
	begin(&b, "fills", "count=\"2\"");
	put_fill(&b, "patternType=\"none\"");
	put_fill(&b, "patternType=\"gray125\"");
	end(&b, "fills");
	begin(&b, "borders", "count=\"1\"");
	leaf(&b, "border", "");
	end(&b, "borders");
	begin(&b, "cellStyleXfs", "count=\"1\"");
	leaf(&b, "xf", LOOK);
	end(&b, "cellStyleXfs");
	begin(&b, "cellXfs", "count=\"3\"");
	leaf(&b, "xf", LOOK " xfId=\"0\"");
	leaf(&b, "xf", "numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"");
	leaf(&b, "xf", "numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"");
	end(&b, "cellXfs");
	end(&b, "styleSheet");
	return buf_str(&b);
}

static void put_type(struct buf *b, const char *part, const char *type)
{
	char attributes[200];
	snprintf(attributes, sizeof attributes, "PartName=\"/xl/%s\" ContentType=\"" TYPE "%s+xml\"", part, type);
	leaf(b, "Override", attributes);
}

static str types_of(const struct xlsx_out *x)
{
	struct buf b = new_part(x->a, PART_MAX);
	begin(&b, "Types", "xmlns=\"" PACKAGE "/content-types\"");
	leaf(&b, "Default", "Extension=\"rels\" ContentType=\"" RELATIONS_TYPE "\"");
	leaf(&b, "Default", "Extension=\"xml\" ContentType=\"application/xml\"");
	put_type(&b, "workbook.xml", "sheet.main");
	put_type(&b, "styles.xml", "styles");
	for (size_t i = 1; i <= x->n; i++) {
		char part[40];
		snprintf(part, sizeof part, "worksheets/sheet%zu.xml", i);
		put_type(&b, part, "worksheet");
	}
	end(&b, "Types");
	return buf_str(&b);
}

static str workbook_of(const struct xlsx_out *x)
{
	struct buf b = new_part(x->a, PART_MAX);
	begin(&b, "workbook", MAIN " xmlns:r=\"" RELATIONS "\"");
	begin(&b, "sheets", "");
	for (size_t i = 0; i < x->n; i++) {
		buf_printf(&b, "<%s name=\"", "sheet");
		put_xml(&b, x->names[i]);
		buf_printf(&b, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", i + 1, i + 1);
	}
	end(&b, "sheets");
	end(&b, "workbook");
	return buf_str(&b);
}

static void put_relation(struct buf *b, size_t n, const char *kind, const char *target)
{
	char attributes[300];
	snprintf(attributes, sizeof attributes, "Id=\"rId%zu\" Type=\"" RELATIONS "/%s\" Target=\"%s\"", n, kind, target);
	leaf(b, "Relationship", attributes);
}

static struct buf new_relations(struct arena *a)
{
	struct buf b = new_part(a, PART_MAX);
	begin(&b, "Relationships", "xmlns=\"" PACKAGE "/relationships\"");
	return b;
}

static str relations_of(const struct xlsx_out *x)
{
	struct buf b = new_relations(x->a);
	for (size_t i = 1; i <= x->n; i++) {
		char part[40];
		snprintf(part, sizeof part, "worksheets/sheet%zu.xml", i);
		put_relation(&b, i, "worksheet", part);
	}
	put_relation(&b, x->n + 1, "styles", "styles.xml");
	end(&b, "Relationships");
	return buf_str(&b);
}

static str root_of(const struct xlsx_out *x)
{
	struct buf b = new_relations(x->a);
	put_relation(&b, 1, "officeDocument", "xl/workbook.xml");
	end(&b, "Relationships");
	return buf_str(&b);
}

/* ---- the zip ---- */

static void add_part(struct xlsx_out *x, struct buf *out, const char *name, str s)
{
	zip_out_file(&x->zip, out, str_c(name));
	zip_out_put(&x->zip, out, s);
	zip_out_close(&x->zip, out);
}

/* Of the sheets from `sent` on, what waits; all but the last are done. */
void xlsx_out_flush(struct xlsx_out *x, struct buf *out)
{
	while (x->sent < x->n) {
		struct buf *b = &x->sheets[x->sent];
		if (x->zip.n == x->sent)
			zip_out_file(&x->zip, out, str_printf(x->a, "xl/worksheets/sheet%zu.xml", x->sent + 1));
		x->full |= b->full;
		zip_out_put(&x->zip, out, buf_str(b));
		b->n = 0;
		if (x->sent == x->n - 1)
			return;
		zip_out_close(&x->zip, out);
		x->sent++;
	}
}

enum err xlsx_out_end(struct xlsx_out *x, struct buf *out)
{
	end_sheet(x);
	xlsx_out_flush(x, out);
	zip_out_close(&x->zip, out);
	add_part(x, out, "[Content_Types].xml", types_of(x));
	add_part(x, out, "xl/workbook.xml", workbook_of(x));
	add_part(x, out, "xl/_rels/workbook.xml.rels", relations_of(x));
	add_part(x, out, "xl/styles.xml", styles_of(x));
	add_part(x, out, "_rels/.rels", root_of(x));
	zip_out_end(&x->zip, out);
	return x->full || out->full ? INTERNAL : OK;
}

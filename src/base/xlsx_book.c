/* What a workbook says before its rows: which part is which, the sheets, the formats of numbers, the shared strings. */
#include "base/xlsx_parts.h"

#include <sys/mman.h>

#include "base/utf8.h"

#define SHEETS_MAX 1000                          /* and relationships, and codes of formats: those beyond are not looked at */
#define RELATIONS_MAX 2000
#define CODES_MAX 5000
#define FORMATS_MAX 65536                        /* spreadsheets stop at 65,490 */
#define TEXT_MAX 1000                            /* bytes of a name, a target, a code */

/* ---- relationships (ISO/IEC 29500-2 §6.5): what a part leads to, by id and by kind ---- */

struct relation { str id, kind, part; };
struct relations { struct xlsx_book *b; str folder; struct relation *all; size_t n; };

static str kept(struct xlsx_book *b, str text)
{
	return str_copy(b->a, utf8_prefix(text.p ? text : S(""), TEXT_MAX / 4));
}

static void step(struct buf *path, str name)
{
	if (!name.n || str_eq(name, S(".")))
		return;
	if (!str_eq(name, S(".."))) {
		if (path->n)
			buf_byte(path, '/');
		buf_put(path, name);
		return;
	}
	while (path->n && path->p[--path->n] != '/')
		continue;
}

/* "../media/x.png" seen from "xl/worksheets" is "xl/media/x.png"; "/xl/x.xml" is absolute. */
static str resolve(struct xlsx_book *b, str folder, str target)
{
	struct buf path = buf_new(b->a, TEXT_MAX);
	str rest = str_starts(target, S("/")) ? S("") : folder, name;
	while (str_next(&rest, '/', &name))
		step(&path, name);
	for (rest = target; str_next(&rest, '/', &name);)
		step(&path, name);
	return buf_str(&path);
}

static enum err on_relation(void *arg, const char *name, const char **attributes)
{
	struct relations *r = arg;
	str type = xlsx_attribute(attributes, "Type"), target = xlsx_attribute(attributes, "Target");
	if (strcmp(name, "Relationship") || r->n == RELATIONS_MAX || str_eq(xlsx_attribute(attributes, "TargetMode"), S("External")))
		return OK;
	size_t kind = type.n;
	while (kind && type.p[kind - 1] != '/')
		kind--;
	r->all[r->n++] = (struct relation){ kept(r->b, xlsx_attribute(attributes, "Id")), kept(r->b, str_slice(type, kind, type.n)),
		resolve(r->b, r->folder, kept(r->b, target)) };
	return OK;
}

/* Those of a part: of "xl/workbook.xml", in "xl/_rels/workbook.xml.rels"; of the whole file for "". */
static enum err relations_of(struct xlsx_book *b, str part, struct relations *ret)
{
	size_t slash = part.n;
	while (slash && part.p[slash - 1] != '/')
		slash--;
	str folder = str_slice(part, 0, slash);
	str file = str_printf(b->a, "%.*s_rels/%.*s.rels", STR_ARG(folder), STR_ARG(str_slice(part, slash, part.n)));
	*ret = (struct relations){ .b = b, .folder = folder, .all = arena_many(b->a, struct relation, RELATIONS_MAX) };
	if (xlsx_part(b, file) < 0)
		return OK;
	return xlsx_xml(b, file, &(struct xlsx_xml){ .start = on_relation, .arg = ret });
}

static str part_of_kind(const struct relations *r, str kind)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->all[i].kind, kind))
			return r->all[i].part;
	return S("");
}

/* ---- the list of sheets (§18.2.19, §18.2.20) ---- */

struct workbook { struct xlsx_book *b; const struct relations *relations; bool inside; };

static bool yes(str v) { return str_eq(v, S("1")) || str_eq(v, S("true")) || str_eq(v, S("on")); }

static void add_sheet(struct workbook *w, const char **attributes)
{
	struct xlsx_book *b = w->b;
	str state = xlsx_attribute(attributes, "state"), id = xlsx_relation(attributes);
	if (b->n_sheets == SHEETS_MAX || str_eq(state, S("hidden")) || str_eq(state, S("veryHidden")))
		return;
	for (size_t i = 0; i < w->relations->n; i++) {
		const struct relation *r = &w->relations->all[i];
		if (!str_eq(r->id, id) || !str_eq(r->kind, S("worksheet")))      /* not a sheet that is one chart */
			continue;
		b->sheets[b->n_sheets++] = (struct xlsx_sheet){ kept(b, xlsx_attribute(attributes, "name")), r->part };
		return;
	}
}

static enum err on_workbook(void *arg, const char *name, const char **attributes)
{
	struct workbook *w = arg;
	if (!w->inside && strcmp(name, "workbook"))
		return xlsx_fault(w->b, "le fichier n’est pas un classeur : enregistrez-le au format XLSX ou CSV");
	w->inside = true;
	if (strcmp(name, "workbookPr") == 0)
		w->b->from_1904 = yes(xlsx_attribute(attributes, "date1904"));
	else if (strcmp(name, "sheet") == 0)
		add_sheet(w, attributes);
	return OK;
}

/* ---- formats (§18.8.10, §18.8.30, §18.8.45) ---- */

struct styles { struct xlsx_book *b; bool in_cells; struct code { i64 id; str code; } *codes; size_t n_codes; };

static struct xlsx_format format_of(const struct styles *s, str number)
{
	i64 id = 0;
	str code = { 0 };
	if (!str_i64(number, &id))
		id = 0;
	for (size_t i = 0; i < s->n_codes; i++)
		if (s->codes[i].id == id)
			code = s->codes[i].code;
	return xlsx_format(id, code);
}

static void add_format(struct xlsx_book *b, struct xlsx_format f)
{
	if (b->n_formats == FORMATS_MAX)
		return;
	if ((b->n_formats & (b->n_formats - 1)) == 0) {        /* a power of two, or none: it is full */
		struct xlsx_format *more = arena_many(b->a, struct xlsx_format, b->n_formats ? b->n_formats * 2 : 1);
		for (size_t i = 0; i < b->n_formats; i++)
			more[i] = b->formats[i];
		b->formats = more;
	}
	b->formats[b->n_formats++] = f;
}

static enum err on_style(void *arg, const char *name, const char **attributes)
{
	struct styles *s = arg;
	struct xlsx_book *b = s->b;
	i64 id;
	if (strcmp(name, "cellXfs") == 0)
		s->in_cells = true;
	else if (strcmp(name, "xf") == 0 && s->in_cells)
		add_format(b, format_of(s, xlsx_attribute(attributes, "numFmtId")));
	else if (strcmp(name, "numFmt") == 0 && s->n_codes < CODES_MAX && str_i64(xlsx_attribute(attributes, "numFmtId"), &id))
		s->codes[s->n_codes++] = (struct code){ id, kept(b, xlsx_attribute(attributes, "formatCode")) };
	return OK;
}

static enum err on_style_end(void *arg, const char *name)
{
	struct styles *s = arg;
	if (strcmp(name, "cellXfs") == 0)
		s->in_cells = false;
	return OK;
}

static enum err read_styles(struct xlsx_book *b, str part)
{
	struct styles s = { .b = b, .codes = arena_many(b->a, struct code, CODES_MAX) };
	return xlsx_xml(b, part, &(struct xlsx_xml){ .start = on_style, .end = on_style_end, .arg = &s });
}

/* ---- shared strings (§18.4.8, §18.4.9): the runs of rich text (r) joined, phonetic hints (rPh) left out ---- */

struct shared { struct xlsx_book *b; size_t from; bool in_item, in_hint, in_text; };

static u32 *end_of(const struct xlsx_strings *s, size_t i)
{
	return (u32 *)(void *)(s->block + XLSX_STRINGS) - 1 - i;
}

static size_t room(const struct xlsx_strings *s)
{
	return XLSX_STRINGS - s->used - s->count * sizeof(u32);
}

static enum err too_many(struct xlsx_book *b)
{
	return xlsx_fault(b, "les textes du classeur dépassent %zu Mio : partagez-le", XLSX_STRINGS >> 20);
}

static enum err on_shared(void *arg, const char *name, const char **attributes)
{
	struct shared *s = arg;
	(void)attributes;
	if (strcmp(name, "si") == 0) {
		s->in_item = true;
		s->in_hint = s->in_text = false;
		s->from = s->b->strings.used;
	} else if (strcmp(name, "rPh") == 0) {
		s->in_hint = true;
	} else if (strcmp(name, "t") == 0) {
		s->in_text = s->in_item && !s->in_hint;
	}
	return OK;
}

static enum err on_shared_text(void *arg, str piece)
{
	struct shared *s = arg;
	struct xlsx_strings *all = &s->b->strings;
	if (!s->in_text)
		return OK;
	if (piece.n > room(all))
		return too_many(s->b);
	memcpy(all->block + all->used, piece.p, piece.n);
	all->used += piece.n;
	return OK;
}

static enum err on_shared_end(void *arg, const char *name)
{
	struct shared *s = arg;
	struct xlsx_strings *all = &s->b->strings;
	if (strcmp(name, "t") == 0) {
		s->in_text = false;
	} else if (strcmp(name, "rPh") == 0) {
		s->in_hint = false;
	} else if (strcmp(name, "si") == 0 && s->in_item) {
		s->in_item = false;
		if (room(all) < sizeof(u32))
			return too_many(s->b);
		all->used = s->from + xlsx_unescape(all->block + s->from, all->used - s->from);
		*end_of(all, all->count++) = (u32)all->used;
	}
	return OK;
}

/* The block is address space: only what is written takes memory. */
static enum err read_strings(struct xlsx_book *b, str part)
{
	struct shared s = { .b = b };
	void *p = mmap(NULL, XLSX_STRINGS, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (p == MAP_FAILED)
		return too_many(b);
	b->strings.block = p;
	return xlsx_xml(b, part, &(struct xlsx_xml){ .start = on_shared, .end = on_shared_end, .text = on_shared_text, .arg = &s });
}

bool xlsx_string(const struct xlsx_strings *s, u64 i, str *ret)
{
	if (i >= s->count)
		return false;
	size_t from = i ? *end_of(s, i - 1) : 0;
	*ret = (str){ s->block + from, *end_of(s, i) - from };
	return true;
}

void xlsx_strings_free(struct xlsx_strings *s)
{
	if (s->block)
		munmap(s->block, XLSX_STRINGS);
}

/* "_xHHHH_" at p: the code point; -1 if there is none. */
static i64 escape_at(const char *p, size_t n)
{
	i64 cp = 0;
	if (n < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
		return -1;
	for (int i = 2; i < 6; i++) {
		char c = p[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
		if (digit < 0)
			return -1;
		cp = cp * 16 + digit;
	}
	return cp;
}

static bool tellable(i64 cp)
{
	return (cp >= ' ' && cp != 0x7F && (cp < 0xD800 || cp > 0xDFFF) && cp < 0xFFFE) || cp == '\t' || cp == '\n' || cp == '\r';
}

size_t xlsx_unescape(char *p, size_t n)
{
	size_t kept_n = 0, ends = 0;
	if (!memchr(p, '_', n) && !memchr(p, '\r', n))
		return n;
	for (size_t i = 0; i < n;) {
		i64 cp = escape_at(p + i, n - i);
		if (cp < 0)
			p[kept_n++] = p[i++];
		else
			i += 7;
		if (tellable(cp))
			kept_n += utf8_encode((u32)cp, p + kept_n);
	}
	for (size_t i = 0; i < kept_n; i++) {
		if (p[i] == '\r' && i + 1 < kept_n && p[i + 1] == '\n')
			continue;
		p[ends++] = p[i] == '\r' ? '\n' : p[i];
	}
	return ends;
}

/* ---- the workbook ---- */

enum err xlsx_book(struct xlsx_book *b)
{
	struct relations file, own;
	try(relations_of(b, S(""), &file));
	str part = part_of_kind(&file, S("officeDocument"));
	if (!part.n && xlsx_part(b, S("xl/workbook.xml")) >= 0)
		part = S("xl/workbook.xml");
	if (str_ends(part, S("workbook.bin")))
		return xlsx_fault(b, "le fichier est un classeur au format XLSB : enregistrez-le au format XLSX ou CSV");
	if (!part.n)
		return xlsx_fault(b, "le fichier n’est pas un classeur : enregistrez-le au format XLSX ou CSV");
	try(relations_of(b, part, &own));
	struct workbook w = { .b = b, .relations = &own };
	b->sheets = arena_many(b->a, struct xlsx_sheet, SHEETS_MAX);
	try(xlsx_xml(b, part, &(struct xlsx_xml){ .start = on_workbook, .arg = &w }));
	str styles = part_of_kind(&own, S("styles")), strings = part_of_kind(&own, S("sharedStrings"));
	if (styles.n && xlsx_part(b, styles) >= 0)
		try(read_styles(b, styles));
	return strings.n && xlsx_part(b, strings) >= 0 ? read_strings(b, strings) : OK;
}

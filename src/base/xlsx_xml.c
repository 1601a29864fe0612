/* The parts of a workbook, which are XML: expat reads them as they expand, and everything that grows has its limit. */
#include "base/xlsx_parts.h"

#include <expat.h>
#include <malloc.h>

#include "base/utf8.h"

#define PIECE 65536
#define TOKEN_MAX ((i64)1 << 20)                 /* bytes of one tag: longer ones cost time without bound */
#define DEPTH_MAX 100                            /* elements in each other; a sheet has 8 */
#define PARSER_MAX ((size_t)64 << 20)            /* bytes that expat may keep: it never forgets a name */
#define SEPARATOR '|'                            /* between a namespace and a local name */

/* ---- expat's memory, counted: the process reads one part at a time ---- */

static size_t kept;

static bool fits(size_t n) { return n <= PARSER_MAX && kept + n <= PARSER_MAX; }

static void *get(size_t n)
{
	void *p = fits(n) ? malloc(n) : NULL;
	kept += malloc_usable_size(p);
	return p;
}

static void *get_again(void *old, size_t n)
{
	size_t before = malloc_usable_size(old);
	void *p = fits(n) ? realloc(old, n) : NULL;
	if (p)
		kept += malloc_usable_size(p) - before;
	return p;
}

static void give_back(void *p)
{
	kept -= malloc_usable_size(p);
	free(p);
}

/* ---- names ---- */

static bool known(const char *namespace, size_t n)
{
	static const str all[] = {
		S_INIT("http://schemas.openxmlformats.org/spreadsheetml/2006/main"), S_INIT("http://purl.oclc.org/ooxml/spreadsheetml/main"),
		S_INIT("http://schemas.openxmlformats.org/package/2006/relationships"),
	};
	for (size_t i = 0; i < lengthof(all); i++)
		if (n == all[i].n && memcmp(namespace, all[i].p, n) == 0)
			return true;
	return false;
}

/* Without a namespace at all, a name counts: some programs leave it out. */
static const char *local(const char *name)
{
	const char *bar = strrchr(name, SEPARATOR);
	if (!bar)
		return name;
	return known(name, (size_t)(bar - name)) ? bar + 1 : "";
}

str xlsx_attribute(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (strcmp(attributes[0], name) == 0)
			return str_c(attributes[1]);
	return (str){ 0 };
}

str xlsx_relation(const char **attributes)
{
	for (; *attributes; attributes += 2)
		if (str_ends(str_c(attributes[0]), S("/relationships|id")))
			return str_c(attributes[1]);
	return (str){ 0 };
}

/* ---- reading ---- */

struct reading {
	struct xlsx_book *b;
	const struct xlsx_xml *x;
	XML_Parser parser;
	str part;
	u64 packed, got;                         /* bytes of the part in the zip, and expanded until now */
	int depth;
	enum err e;
};

static void stop_on(struct reading *r, enum err e)
{
	if (e == OK || r->e != OK)
		return;
	r->e = e;
	XML_StopParser(r->parser, XML_FALSE);
}

static enum err damaged(struct reading *r, const char *why)
{
	str part = utf8_prefix(r->part, 100);
	return xlsx_fault(r->b, "le classeur est abîmé : sa partie %.*s %s", STR_ARG(part), why);
}

/* expat may call once more after it was told to stop. */
static void on_start(void *arg, const char *name, const char **attributes)
{
	struct reading *r = arg;
	if (r->e != OK)
		return;
	if (++r->depth > DEPTH_MAX)
		stop_on(r, damaged(r, "a trop d’éléments les uns dans les autres"));
	else
		stop_on(r, r->x->start(r->x->arg, local(name), attributes));
}

static void on_end(void *arg, const char *name)
{
	struct reading *r = arg;
	r->depth--;
	if (r->e == OK && r->x->end)
		stop_on(r, r->x->end(r->x->arg, local(name)));
}

static void on_text(void *arg, const char *p, int n)
{
	struct reading *r = arg;
	if (r->e == OK && r->x->text)
		stop_on(r, r->x->text(r->x->arg, (str){ p, (size_t)n }));
}

/* Office never writes one, and entities are how small files become huge. */
static void on_doctype(void *arg, const char *name, const char *system, const char *public, int internal)
{
	struct reading *r = arg;
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	stop_on(r, damaged(r, "a une déclaration DOCTYPE, qui n’est pas admise"));
}

static enum err unreadable(struct reading *r, int zip_code)
{
	if (zip_code == ZIP_ER_NOPASSWD || zip_code == ZIP_ER_WRONGPASSWD || zip_code == ZIP_ER_ENCRNOTSUPP)
		return xlsx_fault(r->b, "le classeur est protégé par un mot de passe : enregistrez-le sans mot de passe");
	return damaged(r, "ne se décompresse pas ; envoyez le fichier à nouveau, ou enregistrez-le à nouveau au format XLSX");
}

static enum err count(struct reading *r, u64 n)
{
	r->got += n;
	r->b->expanded += n;
	if (r->b->expanded > XLSX_EXPANDED)
		return xlsx_fault(r->b, "le classeur, une fois décompressé, dépasse %u Mio : ôtez-en les feuilles et les lignes de trop",
			(unsigned)(XLSX_EXPANDED >> 20));
	if (r->got > XLSX_RATIO_FROM && r->got / XLSX_RATIO > r->packed)
		return damaged(r, "se décompresse en plus de 200 fois sa taille");
	return OK;
}

static enum err not_well_formed(struct reading *r)
{
	enum XML_Error code = XML_GetErrorCode(r->parser);
	char why[100];
	if (r->e != OK)
		return r->e;
	if (code == XML_ERROR_NO_MEMORY)
		return damaged(r, "demande trop de mémoire");
	snprintf(why, sizeof why, "n’est pas du XML bien formé (ligne %lu)", (unsigned long)XML_GetCurrentLineNumber(r->parser));
	return damaged(r, why);
}

static enum err pump(struct reading *r, zip_file_t *f)
{
	for (;;) {
		void *to = XML_GetBuffer(r->parser, PIECE);
		if (!to)
			return damaged(r, "demande trop de mémoire");
		zip_int64_t n = zip_fread(f, to, PIECE);
		if (n < 0)
			return unreadable(r, zip_error_code_zip(zip_file_get_error(f)));
		try(count(r, (u64)n));
		if (XML_ParseBuffer(r->parser, (int)n, n == 0) != XML_STATUS_OK)
			return not_well_formed(r);
		if (n == 0)
			return r->e;
		if ((i64)r->got - XML_GetCurrentByteIndex(r->parser) > TOKEN_MAX)
			return damaged(r, "a une balise démesurée");
	}
}

static enum err parse(struct reading *r, zip_file_t *f)
{
	static const XML_Memory_Handling_Suite memory = { get, get_again, give_back };
	static const XML_Char separator[] = { SEPARATOR, 0 };
	r->parser = XML_ParserCreate_MM(NULL, &memory, separator);
	if (!r->parser)
		return damaged(r, "demande trop de mémoire");
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
	enum err e = pump(r, f);
	XML_ParserFree(r->parser);
	return e;
}

enum err xlsx_xml(struct xlsx_book *b, str part, const struct xlsx_xml *x)
{
	struct reading r = { .b = b, .x = x, .part = part };
	zip_stat_t st;
	i64 at = xlsx_part(b, part);
	if (at < 0)
		return damaged(&r, "manque");
	zip_file_t *f = zip_stat_index(b->zip, (zip_uint64_t)at, 0, &st) ? NULL : zip_fopen_index(b->zip, (zip_uint64_t)at, 0);
	if (!f)
		return unreadable(&r, zip_error_code_zip(zip_get_error(b->zip)));
	r.packed = st.valid & ZIP_STAT_COMP_SIZE ? st.comp_size : 0;
	enum err e = parse(&r, f);
	zip_fclose(f);
	return e;
}

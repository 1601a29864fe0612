/* From the file to the parts of a workbook: the bytes, what they are when they are no workbook, and the zip, which libzip reads. */
#include "base/xlsx_parts.h"

#include <sys/mman.h>
#include <unistd.h>

static enum err too_long(struct xlsx_book *b)
{
	return xlsx_fault(b, "le fichier dépasse %zu Mio : partagez-le, ou ôtez-en les images", XLSX_FILE >> 20);
}

/* What cannot be mapped is kept in memory. */
static enum err take_stream(struct xlsx_book *b, FILE *in)
{
	size_t cap = 0, n = 0;
	char *p = NULL;
	do {
		cap = cap ? cap * 2 : (size_t)64 << 10;
		char *more = realloc(p, cap);
		b->bytes = more ? more : p;
		if (!more)
			return too_long(b);
		p = more;
		n += fread(p + n, 1, cap - n, in);
	} while (n == cap && n <= XLSX_FILE);
	b->n_bytes = n;
	return n > XLSX_FILE ? too_long(b) : OK;
}

static enum err take_bytes(struct xlsx_book *b, FILE *in)
{
	int fd = fileno(in);
	off_t end = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);      /* the children may not ask fstat() */
	if (end < 0) {
		if (fd < 0)                      /* a stream in memory */
			rewind(in);
		return take_stream(b, in);
	}
	if (end > (off_t)XLSX_FILE)
		return too_long(b);
	b->n_bytes = (size_t)end;
	if (!b->n_bytes)
		return OK;
	void *p = mmap(NULL, b->n_bytes, PROT_READ, MAP_PRIVATE, fd, 0);
	b->mapped = p != MAP_FAILED;
	b->bytes = b->mapped ? p : NULL;
	return b->mapped ? OK : xlsx_fault(b, "le fichier ne se lit pas");
}

static bool holds(const struct xlsx_book *b, const char *bytes, size_t n)
{
	return memmem(b->bytes, b->n_bytes, bytes, n) != NULL;
}

/* Old workbooks and encrypted ones are both compound files ([MS-CFB]); the names of their streams tell which. */
static enum err compound(struct xlsx_book *b)
{
	static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", old[] = "W\0o\0r\0k\0b\0o\0o\0k", older[] = "B\0o\0o\0k";
	if (holds(b, encrypted, sizeof encrypted))
		return xlsx_fault(b, "le classeur est protégé par un mot de passe : enregistrez-le sans mot de passe");
	if (holds(b, old, sizeof old) || holds(b, older, sizeof older))
		return xlsx_fault(b, "le fichier est un classeur de l’ancien format XLS : enregistrez-le au format XLSX ou CSV");
	return xlsx_fault(b, "le fichier est d’un ancien format (XLS), ou protégé par un mot de passe : enregistrez-le sans mot de passe, au format XLSX ou CSV");
}

static enum err no_zip(struct xlsx_book *b)
{
	if (b->n_bytes && memcmp(b->bytes, "PK\3\4", b->n_bytes < 4 ? b->n_bytes : 4) == 0)
		return xlsx_fault(b, "le fichier est incomplet ou abîmé : envoyez-le à nouveau, ou enregistrez-le à nouveau au format XLSX");
	return xlsx_fault(b, "le fichier n’est pas un classeur XLSX : enregistrez-le au format XLSX ou CSV");
}

/* OpenDocument files begin with a part that says what they are (OpenDocument 1.3, part 2 §3.3). */
static enum err refuse_opendocument(struct xlsx_book *b)
{
	char kind[64] = "";
	zip_file_t *f = zip_fopen(b->zip, "mimetype", 0);
	zip_int64_t n = f ? zip_fread(f, kind, sizeof kind - 1) : 0;
	if (f)
		zip_fclose(f);
	if (n <= 0)
		return OK;
	if (str_starts(str_c(kind), S("application/vnd.oasis.opendocument.spreadsheet")))
		return xlsx_fault(b, "le fichier est un classeur OpenDocument (ODS) : enregistrez-le au format XLSX ou CSV");
	return str_starts(str_c(kind), S("application/")) ? xlsx_fault(b, "le fichier n’est pas un classeur : enregistrez-le au format XLSX ou CSV") : OK;
}

enum err xlsx_open(struct xlsx_book *b, FILE *in)
{
	try(take_bytes(b, in));
	if (!b->n_bytes)
		return xlsx_fault(b, "le fichier est vide");
	if (b->n_bytes >= 8 && memcmp(b->bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
		return compound(b);
	zip_source_t *source = zip_source_buffer_create(b->bytes, b->n_bytes, 0, NULL);
	b->zip = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
	if (!b->zip) {
		zip_source_free(source);
		return no_zip(b);
	}
	return refuse_opendocument(b);
}

void xlsx_close(struct xlsx_book *b)
{
	if (b->zip)
		zip_discard(b->zip);
	if (b->mapped)
		munmap((void *)(uintptr_t)b->bytes, b->n_bytes);
	else
		free((void *)(uintptr_t)b->bytes);
}

i64 xlsx_part(const struct xlsx_book *b, str name)
{
	char z[1024];
	if (!name.n || name.n >= sizeof z)
		return -1;
	memcpy(z, name.p, name.n);
	z[name.n] = 0;
	return zip_name_locate(b->zip, z, ZIP_FL_NOCASE);      /* names of parts have no case: ISO/IEC 29500-2 §6.2.2 */
}

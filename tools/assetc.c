/* Compiles files into C arrays with what HTTP needs to serve them for ever: a URL that holds the content's checksum, the
 * content type, and the body as it is, in brotli (quality 11) and in gzip (level 9), so that serving costs one lookup.
 * Comments are taken off style sheets.
 *
 *   assetc TABLE OUT.c FILE…       `const struct asset TABLE[]` of src/html/assets.h, ending with a NULL name
 *   assetc --plain TABLE OUT.c FILE…   without the compressed bodies (files the program reads itself)
 *
 * Memory is never given back: the program lives for one run. */
#include <brotli/encode.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define FILE_MAX ((size_t)16 * 1024 * 1024)

struct body { unsigned char *p; size_t n; };

_Noreturn static void stop(const char *what, const char *path)
{
	fprintf(stderr, "assetc: %s: %s\n", path, what);
	exit(1);
}

static void *allocated(size_t n)
{
	void *p = malloc(n ? n : 1);
	if (!p)
		stop("out of memory", "-");
	return p;
}

static struct body read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		stop("cannot be opened", path);
	struct body b = { allocated(FILE_MAX + 1), 0 };
	b.n = fread(b.p, 1, FILE_MAX + 1, f);
	if (ferror(f) || b.n > FILE_MAX)
		stop("cannot be read, or over 16 MB", path);
	fclose(f);
	return b;
}

/* Where the comment that begins at `at` ends, its line feed included; `at` itself when none begins there. */
static size_t comment_end(struct body css, size_t at)
{
	if (at + 3 >= css.n || memcmp(css.p + at, "/*", 2) != 0)
		return at;
	const unsigned char *end = memmem(css.p + at + 2, css.n - at - 2, "*/", 2);
	if (!end)
		return css.n;
	size_t after = (size_t)(end - css.p) + 2;
	return after < css.n && css.p[after] == '\n' ? after + 1 : after;
}

/* Takes the comments off a style sheet, in place: they are for us. Quoted strings are left alone. */
static struct body without_comments(struct body css)
{
	size_t n = 0, i = 0;
	unsigned char quote = 0;
	while (i < css.n) {
		size_t after = quote ? i : comment_end(css, i);
		if (after > i) {
			i = after;
			continue;
		}
		unsigned char c = css.p[i++];
		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? 0 : c;
		css.p[n++] = c;
	}
	return (struct body){ css.p, n };
}

/* Empty when compressing does not make it smaller. */
static struct body brotli(struct body in)
{
	size_t n = BrotliEncoderMaxCompressedSize(in.n);
	struct body out = { allocated(n), n };
	bool ok = BrotliEncoderCompress(11, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT, in.n, in.p, &out.n, out.p);
	return ok && out.n < in.n ? out : (struct body){ NULL, 0 };
}

static struct body gzip(struct body in)
{
	z_stream z = { .next_in = in.p, .avail_in = (uInt)in.n };
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		stop("zlib does not start", "-");
	size_t n = deflateBound(&z, in.n);
	struct body out = { allocated(n), 0 };
	z.next_out = out.p;
	z.avail_out = (uInt)n;
	bool ok = deflate(&z, Z_FINISH) == Z_STREAM_END;
	out.n = z.total_out;
	deflateEnd(&z);
	return ok && out.n < in.n ? out : (struct body){ NULL, 0 };
}

static const char *content_type(const char *path)
{
	static const char *const types[][2] = {
		{ ".css", "text/css; charset=utf-8" }, { ".svg", "image/svg+xml" }, { ".txt", "text/plain; charset=utf-8" },
		{ ".csv", "text/csv; charset=utf-8" }, { ".json", "application/json" }, { ".html", "text/html; charset=utf-8" },
		{ ".md", "text/markdown; charset=utf-8" },
	};
	const char *dot = strrchr(path, '.');
	for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
		if (!strcmp(dot, types[i][0]))
			return types[i][1];
	stop("no content type is known for this extension", path);
}

static void emit_body(FILE *out, const char *name, size_t k, struct body b)
{
	if (!b.n)
		return;
	fprintf(out, "static const unsigned char %s%zu[] = {", name, k);
	for (size_t i = 0; i < b.n; i++)
		fprintf(out, "%s%u,", i % 24 ? "" : "\n\t", b.p[i]);
	fputs("\n};\n", out);
}

static void emit_member(FILE *out, const char *member, const char *name, size_t k, struct body b)
{
	if (b.n)
		fprintf(out, ", .%s = { (const char *)%s%zu, %zu }", member, name, k, b.n);
}

/* "gabare.css" and checksum to "/a/gabare-1a2b3c4d.css". */
static void emit_url(FILE *out, const char *name, unsigned long sum)
{
	const char *dot = strrchr(name, '.');
	fprintf(out, ", .url = S_INIT(\"/a/%.*s-%08lx%s\")", (int)(dot - name), name, sum, dot);
}

struct made { const char *name, *type; unsigned long sum; struct body identity, br, gz; };

static struct made make(const char *path, bool plain)
{
	const char *slash = strrchr(path, '/');
	struct made m = { .name = slash ? slash + 1 : path, .type = content_type(path), .identity = read_file(path) };
	for (const char *c = m.name; *c; c++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789._-", *c))
			stop("names are lower-case letters, digits, '.', '_' and '-'", path);
	if (!strncmp(m.type, "text/css", 8))
		m.identity = without_comments(m.identity);
	m.sum = crc32(0, m.identity.p, (uInt)m.identity.n);
	if (!plain) {
		m.br = brotli(m.identity);
		m.gz = gzip(m.identity);
	}
	return m;
}

static void emit_table(FILE *out, const char *table, const struct made *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		emit_body(out, "identity", i, v[i].identity);
		emit_body(out, "br", i, v[i].br);
		emit_body(out, "gz", i, v[i].gz);
	}
	fprintf(out, "\nconst struct asset %s[] = {\n", table);
	for (size_t i = 0; i < n; i++) {
		fprintf(out, "\t{ .name = \"%s\", .type = \"%s\"", v[i].name, v[i].type);
		emit_url(out, v[i].name, v[i].sum);
		if (!v[i].identity.n)
			fputs(", .identity = S_INIT(\"\")", out);
		emit_member(out, "identity", "identity", i, v[i].identity);
		emit_member(out, "br", "br", i, v[i].br);
		emit_member(out, "gzip", "gz", i, v[i].gz);
		fputs(" },\n", out);
	}
	fputs("\t{ .name = NULL },\n};\n", out);
}

int main(int argc, char **argv)
{
	bool plain = argc > 1 && !strcmp(argv[1], "--plain");
	char **args = argv + 1 + plain;
	int n_args = argc - 1 - plain;
	if (n_args < 3) {
		fputs("usage: assetc [--plain] TABLE OUT.c FILE…\n", stderr);
		return 2;
	}
	size_t n = (size_t)n_args - 2;
	struct made *v = allocated(n * sizeof *v);
	for (size_t i = 0; i < n; i++)
		v[i] = make(args[i + 2], plain);
	FILE *out = fopen(args[1], "w");
	if (!out)
		stop("cannot be written", args[1]);
	fputs("/* Generated by tools/assetc.c. */\n#include \"html/assets.h\"\n\n", out);
	emit_table(out, args[0], v, n);
	bool written = !ferror(out);
	if (fclose(out) || !written) {
		remove(args[1]);
		stop("cannot be written", args[1]);
	}
	return 0;
}

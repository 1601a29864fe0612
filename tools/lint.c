/* The rules of the house that a compiler does not check (docs/architecture.md): who may include whom, how large things may
 * grow, what is called and written where. Run by ./check: build/tools/lint DIRECTORY
 * Says "file:line: rule: what" for each breach, and ends with "N passed, N failed" (files). Exit 1 when a file failed. */
#include <ctype.h>
#include <fts.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LINES = 800, TOOL_LINES = 600, FUNCTION_LINES = 60, COMPLEXITY = 12, HEADER_FUNCTIONS = 20, LINE = 160 };

/* A file being checked. `code` is `text` with comments, the inside of literals and preprocessor lines blanked, byte for byte;
 * `bare` keeps the preprocessor lines; `comments` and `strings` keep only what their names say. */
struct source {
	const char *path;                        /* relative to the root: "src/directory/place.c" */
	size_t n;
	char *text, *bare, *code, *comments, *strings;
	int found;
	FILE *out;
};

static void breach(struct source *s, size_t at, const char *rule, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
static void breach(struct source *s, size_t at, const char *rule, const char *fmt, ...)
{
	int line = 1;
	for (size_t i = 0; i < at && i < s->n; i++)
		line += s->text[i] == '\n';
	fprintf(s->out, "%s:%d: %s: ", s->path, line, rule);
	va_list args;
	va_start(args, fmt);
	vfprintf(s->out, fmt, args);
	va_end(args);
	fputc('\n', s->out);
	s->found++;
}

/* ---- paths ---- */

static bool starts(const char *s, const char *prefix) { return strncmp(s, prefix, strlen(prefix)) == 0; }

static bool ends(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);
	return n >= m && strcmp(s + n - m, suffix) == 0;
}

static bool is_test(const char *path) { return ends(path, "_test.c") || starts(path, "tests/"); }

/* "directory" of "src/directory/place.c" or of "directory/place.h"; empty when there is no folder. */
static void folder_of(const char *path, char ret[64])
{
	if (starts(path, "src/"))
		path += 4;
	const char *slash = strchr(path, '/');
	snprintf(ret, 64, "%.*s", slash ? (int)(slash - path) : 0, path);
}

/* The floors of the house, from the cellar up. A file includes what lies below it. */
static int floor_of(const char *folder)
{
	static const struct { const char *folder; int floor; } floors[] = {
		{ "base", 0 }, { "db", 1 }, { "html", 1 }, { "http", 2 }, { "geo", 3 }, { "pdf", 3 }, { "msg", 3 }, { "audit", 3 }, { "app", 5 },
	};
	for (size_t i = 0; i < sizeof floors / sizeof *floors; i++)
		if (strcmp(floors[i].folder, folder) == 0)
			return floors[i].floor;
	return 4;                                /* a domain */
}

/* ---- reading C ---- */

static size_t line_end(const struct source *s, size_t i)
{
	const char *nl = memchr(s->text + i, '\n', s->n - i);
	return nl ? (size_t)(nl - s->text) : s->n;
}

/* Past the literal that opens at i. */
static size_t past_literal(const struct source *s, size_t i)
{
	char quote = s->text[i++];
	while (i < s->n && s->text[i] != quote && s->text[i] != '\n')
		i += s->text[i] == '\\' ? 2 : 1;
	return i < s->n ? i + 1 : s->n;
}

static size_t past_comment(const struct source *s, size_t i)
{
	if (s->text[i + 1] == '/')
		return line_end(s, i);
	const char *end = strstr(s->text + i + 2, "*/");
	return end ? (size_t)(end - s->text) + 2 : s->n;
}

static void blank(char *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (p[i] != '\n')
			p[i] = ' ';
}

static void blank_preprocessor(struct source *s)
{
	for (size_t i = 0; i < s->n; i = line_end(s, i) + 1) {
		size_t first = i + strspn(s->code + i, " \t");
		if (s->code[first] != '#')
			continue;
		size_t end = line_end(s, i);
		while (end < s->n && end > 0 && s->text[end - 1] == '\\')
			end = line_end(s, end + 1);
		blank(s->code, i, end);
		i = end;
		if (i >= s->n)
			break;
	}
}

static char *copy_of(const struct source *s)
{
	char *p = malloc(s->n + 3);
	if (!p)
		abort();
	memcpy(p, s->text, s->n);
	memset(p + s->n, 0, 3);
	return p;
}

static void scan(struct source *s)
{
	s->bare = copy_of(s);
	s->comments = copy_of(s);
	s->strings = copy_of(s);
	blank(s->comments, 0, s->n);
	blank(s->strings, 0, s->n);
	for (size_t i = 0, next; i < s->n; i = next) {
		next = i + 1;
		if (s->text[i] == '/' && (s->text[i + 1] == '*' || s->text[i + 1] == '/')) {
			next = past_comment(s, i);
			memcpy(s->comments + i, s->text + i, next - i);
			blank(s->bare, i, next);
		} else if (s->text[i] == '"' || s->text[i] == '\'') {
			next = past_literal(s, i);
			if (s->text[i] == '"')
				memcpy(s->strings + i, s->text + i, next - i);
			blank(s->bare, i + 1, next - 1);
		}
	}
	s->code = malloc(s->n + 3);
	if (!s->code)
		abort();
	memcpy(s->code, s->bare, s->n + 3);
	blank_preprocessor(s);
}

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* Where `word` stands next in p as a whole word, from `i` on; s->n when nowhere. */
static size_t next_word(const struct source *s, const char *p, const char *word, size_t i)
{
	size_t n = strlen(word);
	for (const char *hit = p + i; (hit = strstr(hit, word)); hit++)
		if ((hit == p || !is_word(hit[-1])) && !is_word(hit[n]))
			return (size_t)(hit - p);
	return s->n;
}

static bool is_call(const struct source *s, size_t at, size_t n)
{
	size_t i = at + n + strspn(s->code + at + n, " \t");
	bool member = at > 0 && (s->code[at - 1] == '.' || (at > 1 && s->code[at - 2] == '-' && s->code[at - 1] == '>'));
	return s->code[i] == '(' && !member;
}

/* ---- rules on any text ---- */

static void check_lines(struct source *s, int most)
{
	int lines = 0, width = 0;
	for (size_t i = 0; i < s->n; i++) {
		char c = s->text[i];
		if (c == '\r')
			breach(s, i, "line-ends", "a carriage return; lines end in LF");
		if (c == '\n') {
			lines++;
			if (width > LINE && !ends(s->path, ".html") && !ends(s->path, ".sql") && !ends(s->path, ".t"))
				breach(s, i, "line-size", "%d characters; at most %d", width, LINE);
			width = 0;
		} else {
			width += (c & 0xC0) != 0x80;
		}
	}
	if (lines > most)
		breach(s, s->n, "file-size", "%d lines; at most %d: split it by meaning", lines, most);
	if (s->n && s->text[s->n - 1] != '\n')
		breach(s, s->n, "line-ends", "the last line has no end");
}

static void check_leftovers(struct source *s, const char *in)
{
	static const char *const words[] = { "TODO", "FIXME", "XXX", "HACK" };
	for (size_t w = 0; w < sizeof words / sizeof *words; w++)
		for (size_t at = 0; (at = next_word(s, in, words[w], at)) < s->n; at++)
			breach(s, at, "leftover", "%s: finish it, or say it in an issue", words[w]);
}

/* ---- rules on C ---- */

static void check_include(struct source *s, size_t at, const char *path)
{
	char from[64], to[64], own[200];
	folder_of(s->path, from);
	folder_of(path, to);
	if (!*to || strcmp(from, to) == 0)
		return;
	int here = floor_of(from), there = floor_of(to);
	snprintf(own, sizeof own, "%s/%s.h", to, to);
	if (here == 4 && there == 4 && strcmp(path, own) != 0)
		breach(s, at, "include", "%s: another domain is seen only through %s", path, own);
	else if (there > here || (there == here && here != 4))
		breach(s, at, "include", "%s/ may not include %s (base < db, html < http < services < domains < app)", from, path);
}

static void check_includes(struct source *s)
{
	for (size_t i = 0; i < s->n; i = line_end(s, i) + 1) {
		size_t p = i + strspn(s->bare + i, " \t");
		if (s->bare[p] != '#')
			continue;
		p += 1 + strspn(s->bare + p + 1, " \t");
		if (!starts(s->bare + p, "include"))
			continue;
		p += 7 + strspn(s->bare + p + 7, " \t");
		if (s->bare[p] != '"')
			continue;
		char path[200];
		snprintf(path, sizeof path, "%.*s", (int)strcspn(s->text + p + 1, "\"\n"), s->text + p + 1);
		check_include(s, p, path);
	}
}

/* What may be called where. `except`: a path, or the beginning of one, that may. */
static const struct { const char *call, *except, *why; bool domains_only; } banned[] = {
	{ "malloc", "", "a request's memory comes from its arena", true },
	{ "calloc", "", "a request's memory comes from its arena", true },
	{ "realloc", "", "a request's memory comes from its arena", true },
	{ "free", "", "a request's memory comes from its arena", true },
	{ "strdup", "", "a request's memory comes from its arena", true },
	{ "strndup", "", "a request's memory comes from its arena", true },
	{ "asprintf", "", "a request's memory comes from its arena", true },
	{ "fork", "", "processes are src/app's matter", true },
	{ "exit", "", "processes are src/app's matter", true },
	{ "system", "", "runs a shell", false },
	{ "popen", "", "runs a shell", false },
	{ "setlocale", "", "is of the whole process; the language is in the view", false },
	{ "sprintf", "", "has no bound", false },
	{ "vsprintf", "", "has no bound", false },
	{ "scanf", "", "has no bound", false },
	{ "sscanf", "", "ignores overflow; see str_i64", false },
	{ "sqlite3_open", "src/db/", "connections are opened by db_open", false },
	{ "sqlite3_open_v2", "src/db/", "connections are opened by db_open", false },
	{ "sqlite3_prepare_v2", "src/db/", "SQL goes through sqlgen", false },
	{ "sqlite3_exec", "src/db/", "SQL goes through sqlgen", false },
	{ "PQexec", "src/db/", "SQL goes through sqlgen", false },
	{ "PQexecParams", "src/db/", "SQL goes through sqlgen", false },
	{ "MHD_create_response_from_buffer", "src/http/", "libmicrohttpd is seen by src/http/mhd.c alone", false },
};

static void check_calls(struct source *s)
{
	char folder[64];
	folder_of(s->path, folder);
	bool domain = floor_of(folder) == 4;
	for (size_t b = 0; b < sizeof banned / sizeof *banned; b++) {
		if ((banned[b].domains_only && !domain) || (*banned[b].except && starts(s->path, banned[b].except)))
			continue;
		for (size_t at = 0; (at = next_word(s, s->code, banned[b].call, at)) < s->n; at++)
			if (is_call(s, at, strlen(banned[b].call)))
				breach(s, at, "call", "%s(): %s", banned[b].call, banned[b].why);
	}
}

/* True when p, the text of a literal, begins a statement of SQL. */
static bool is_sql(const char *p)
{
	static const char *const verbs[] = { "SELECT ", "INSERT INTO ", "INSERT OR ", "DELETE FROM ", "CREATE TABLE ", "CREATE INDEX ",
		"DROP TABLE ", "ALTER TABLE ", "WITH RECURSIVE " };
	p += strspn(p, " \t");
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (starts(p, verbs[i]))
			return true;
	const char *set = starts(p, "UPDATE ") ? strstr(p, " SET ") : NULL;
	return set && (size_t)(set - p) < strcspn(p, "\"");
}

/* True when there is a tag in the n bytes at p. */
static bool has_tag(const char *p, size_t n)
{
	for (size_t i = 0; i + 2 < n; i++) {
		if (p[i] != '<')
			continue;
		size_t name = i + 1 + (p[i + 1] == '/'), end = name;
		while (end < n && isalnum((unsigned char)p[end]))
			end++;
		if (end < n && islower((unsigned char)p[name]) && strchr(" >/", p[end]))
			return true;
	}
	return false;
}

static void check_literals(struct source *s)
{
	bool db = starts(s->path, "src/db/");
	for (size_t i = 0, next; i < s->n; i = next) {
		next = i + 1;
		if (s->strings[i] != '"')
			continue;
		next = past_literal(s, i);
		const char *p = s->text + i + 1;
		size_t n = next - i - 1;
		if (!db && is_sql(p))
			breach(s, i, "sql", "SQL is written in .sql files: \"%.40s…\"", p);
		if (has_tag(p, n))
			breach(s, i, "html", "HTML is written in .html files: %.*s", (int)(n < 40 ? n - 1 : 40), p);
		if (!db && n > 4 && (strncmp(p + n - 5, "-shm", 4) == 0 || strncmp(p + n - 5, "-wal", 4) == 0))
			breach(s, i, "db-files", "nobody touches the database's files by hand: POSIX locks would be lost");
	}
}

static void check_routes(struct source *s)
{
	static const char *const macros[] = { "ROUTE", "ROUTE_WITH" };
	for (size_t m = 0; m < 2; m++) {
		for (size_t at = 0; (at = next_word(s, s->code, macros[m], at)) < s->n; at++) {
			size_t len = strcspn(s->code + at, ")\n");
			size_t cap = next_word(s, s->code, "CAP_PUBLIC", at), scope = next_word(s, s->code, "SCOPE_NONE", at);
			if (scope < at + len && cap > at + len)
				breach(s, at, "scope", "SCOPE_NONE goes with CAP_PUBLIC only: say whose object this is");
		}
	}
}

/* ---- functions ---- */

static int complexity(const struct source *s, size_t from, size_t to)
{
	static const char *const words[] = { "if", "for", "while", "switch" };
	int n = 1;
	for (size_t w = 0; w < sizeof words / sizeof *words; w++)
		for (size_t at = from; (at = next_word(s, s->code, words[w], at)) < to; at++)
			n++;
	for (size_t i = from; i + 1 < to; i++)
		n += s->code[i] == '?';
	return n;
}

static bool is_attribute(const char *p, size_t n)
{
	static const char *const attributes[] = { "__attribute__", "printf_like", "cleanup", "_Static_assert", "_Alignas", "aligned" };
	for (size_t a = 0; a < sizeof attributes / sizeof *attributes; a++)
		if (strlen(attributes[a]) == n && starts(p, attributes[a]))
			return true;
	return n == 0;
}

/* The name before the first parenthesis that belongs to none of the attributes; its length in *ret_n, 0 when there is none. */
static const char *function_name(const struct source *s, size_t from, size_t to, size_t *ret_n)
{
	*ret_n = 0;
	for (size_t i = from, depth = 0; i < to; i++) {
		if (s->code[i] == ')' && depth)
			depth--;
		if (s->code[i] != '(' || depth++ > 0)
			continue;
		size_t end = i, begin;
		while (end > from && isspace((unsigned char)s->code[end - 1]))
			end--;
		for (begin = end; begin > from && is_word(s->code[begin - 1]);)
			begin--;
		if (is_attribute(s->code + begin, end - begin))
			continue;
		*ret_n = end - begin;
		return s->code + begin;
	}
	return s->code + from;
}

static int lines_between(const struct source *s, size_t from, size_t to)
{
	int n = 1;
	for (size_t i = from; i < to; i++)
		n += s->code[i] == '\n';
	return n;
}

/* A body from `open` to `close`, declared from `begin` on. */
static void check_function(struct source *s, size_t begin, size_t open, size_t close)
{
	size_t n;
	begin += strspn(s->code + begin, " \t\n");
	const char *name = function_name(s, begin, open, &n);
	int lines = lines_between(s, begin, close), paths = complexity(s, open, close);
	if (lines > FUNCTION_LINES)
		breach(s, begin, "function-size", "%.*s has %d lines; at most %d", (int)n, name, lines, FUNCTION_LINES);
	if (paths > COMPLEXITY)
		breach(s, begin, "complexity", "%.*s has %d paths; at most %d", (int)n, name, paths, COMPLEXITY);
}

/* The last byte of code before i that is no space. */
static char before(const struct source *s, size_t i)
{
	while (i > 0 && isspace((unsigned char)s->code[i - 1]))
		i--;
	return i ? s->code[i - 1] : '\0';
}

/* True when what stands from `begin` to the ';' at `end` declares a function. */
static bool is_prototype(const struct source *s, size_t begin, size_t end)
{
	size_t n, first = begin + strspn(s->code + begin, " \t\n");
	function_name(s, first, end, &n);
	bool value = memchr(s->code + first, '=', end - first) || memchr(s->code + first, '{', end - first);
	return n && !value && !starts(s->code + first, "typedef");
}

static void check_functions(struct source *s)
{
	int depth = 0, prototypes = 0;
	size_t begin = 0, open = 0;
	for (size_t i = 0; i < s->n; i++) {
		char c = s->code[i];
		if (c == '{' && depth++ == 0)
			open = i;
		if (c == '}' && depth > 0 && --depth == 0 && before(s, open) == ')') {
			check_function(s, begin, open, i);
			begin = i + 1;
		}
		if (c == ';' && depth == 0) {
			prototypes += is_prototype(s, begin, i);
			begin = i + 1;
		}
	}
	if (ends(s->path, ".h") && prototypes > HEADER_FUNCTIONS)
		breach(s, 0, "header-size", "%d functions; at most %d: split it by meaning", prototypes, HEADER_FUNCTIONS);
}

/* ---- a file, and all of them ---- */

static void check_c(struct source *s)
{
	scan(s);
	check_leftovers(s, s->comments);
	check_functions(s);
	if (!starts(s->text, "/*"))
		breach(s, 0, "head", "the file begins with a comment that says why it exists");
	if (starts(s->path, "src/") && !is_test(s->path)) {
		check_includes(s);
		check_calls(s);
		check_literals(s);
		check_routes(s);
	}
}

/* Checks one text of n bytes, followed by two NULs; says what it finds to `out`. The number of breaches. */
static int lint_text(const char *path, char *text, size_t n, FILE *out)
{
	struct source s = { .path = path, .text = text, .n = n, .out = out };
	bool c = ends(path, ".c") || ends(path, ".h");
	check_lines(&s, starts(path, "tools/") ? TOOL_LINES : FILE_LINES);
	if (c)
		check_c(&s);
	else
		check_leftovers(&s, text);
	free(s.bare);
	free(s.code);
	free(s.comments);
	free(s.strings);
	return s.found;
}

#ifndef GABARE_TESTING
static int lint_file(const char *real, const char *path)
{
	FILE *f = fopen(real, "rb");
	long n = f && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
	char *text = n >= 0 ? calloc((size_t)n + 3, 1) : NULL;
	int found = 1;
	if (text && fseek(f, 0, SEEK_SET) == 0 && fread(text, 1, (size_t)n, f) == (size_t)n)
		found = lint_text(path, text, (size_t)n, stdout);
	else
		perror(real);
	free(text);
	if (f)
		fclose(f);
	return found;
}

static bool is_ours(const char *path)
{
	static const char *const endings[] = { ".c", ".h", ".sql", ".html", ".sh", ".t" };
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (ends(path, endings[i]))
			return true;
	return false;
}

static int by_name(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

int main(int argc, char **argv)
{
	static char src[] = "src", tools[] = "tools", tests[] = "tests", migrations[] = "migrations", bench[] = "bench";
	char *roots[] = { src, tools, tests, migrations, bench, NULL };
	if (argc != 2) {
		fprintf(stderr, "usage: lint DIRECTORY\n");
		return 2;
	}
	int passed = 0, failed = 0;
	FTSENT *e;
	for (char **root = roots; *root; root++) {
		char path[512];
		snprintf(path, sizeof path, "%s/%s", argv[1], *root);
		char *one[] = { path, NULL };
		FTS *fts = fts_open(one, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
		while (fts && (e = fts_read(fts))) {
			if (e->fts_info == FTS_D && strcmp(e->fts_name, "node_modules") == 0)
				fts_set(fts, e, FTS_SKIP);
			if (e->fts_info == FTS_F && is_ours(e->fts_path))
				*(lint_file(e->fts_path, e->fts_path + strlen(argv[1]) + 1) ? &failed : &passed) += 1;
		}
		if (fts)
			fts_close(fts);
	}
	printf("%d passed, %d failed\n", passed, failed);
	return failed > 0;
}
#endif

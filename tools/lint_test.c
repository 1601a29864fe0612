/* Each rule of lint on a text that keeps it and one that breaks it. */
#include "unit.h"

#include "lint.c"

/* What lint says of `text` lying at `path`. Static storage, valid until the next call. */
static const char *findings(const char *path, const char *text)
{
	static char *said;
	size_t n;
	free(said);
	said = NULL;
	FILE *out = open_memstream(&said, &n);
	char *copy = calloc(strlen(text) + 3, 1);
	assert_non_null(out);
	assert_non_null(copy);
	memcpy(copy, text, strlen(text));
	lint_text(path, copy, strlen(text), out);
	fclose(out);
	free(copy);
	return said;
}

#define CLEAN(path, text) assert_string_equal(findings(path, text), "")
#define SAYS(path, text, what) assert_non_null(strstr(findings(path, text), what))

TEST(lint_floors_of_the_house)
{
	CLEAN("src/directory/x.c", "/* x */\n#include \"base/buf.h\"\n#include \"http/req.h\"\n#include \"geo/geo.h\"\n");
	CLEAN("src/app/x.c", "/* x */\n#include \"directory/place.h\"\n");
	CLEAN("src/agenda/x.c", "/* x */\n#include \"directory/directory.h\"\n");
	SAYS("src/agenda/x.c", "/* x */\n\n#include \"directory/place.h\"\n", "src/agenda/x.c:3: include: directory/place.h");
	SAYS("src/base/x.c", "/* x */\n#include \"db/db.h\"\n", "include: base/ may not include db/db.h");
	SAYS("src/db/x.c", "/* x */\n# include \"html/view.h\"\n", "include: db/ may not");
	SAYS("src/directory/x.h", "/* x */\n#include \"app/config.h\"\n", "include: directory/ may not");
	CLEAN("src/base/x.c", "/* #include \"db/db.h\" */\n");
	CLEAN("src/directory/x_test.c", "/* x */\n#include \"app/config.h\"\n");
}

TEST(lint_calls_that_hurt)
{
	SAYS("src/directory/x.c", "/* x */\nint f(void) { return malloc(1) != 0; }\n", ":2: call: malloc()");
	CLEAN("src/base/x.c", "/* x */\nint f(void) { return malloc(1) != 0; }\n");
	SAYS("src/base/x.c", "/* x */\nvoid f(void) { system (\"ls\"); }\n", "call: system()");
	SAYS("src/app/x.c", "/* x */\nvoid f(void) { setlocale(0, 0); }\n", "call: setlocale()");
	CLEAN("src/base/x.c", "/* system() */\nvoid f(void) { p->system(1); p.system(2); operating_system(\"system(\"); }\n");
	SAYS("src/http/x.c", "/* x */\nvoid f(void) { sqlite3_exec(0); }\n", "call: sqlite3_exec()");
	CLEAN("src/db/x.c", "/* x */\nvoid f(void) { sqlite3_exec(0); }\n");
}

TEST(lint_languages_in_their_files)
{
	SAYS("src/directory/x.c", "/* x */\nconst char *q = \"SELECT 1\";\n", ":2: sql: ");
	SAYS("src/directory/x.c", "/* x */\nconst char *q = \"UPDATE place SET a = 1\";\n", "sql: ");
	CLEAN("src/directory/x.c", "/* x */\nconst char *q = \"UPDATE of the SETtings\"; /* SELECT 1 */\n");
	SAYS("src/directory/x.c", "/* x */\nconst char *q = \"a <b>c</b>\";\n", "html: ");
	SAYS("src/directory/x.c", "/* x */\nconst char *q = \"</p>\";\n", "html: ");
	CLEAN("src/directory/x.c", "/* x */\nconst char *q = \"<%s>; rel=next, a < b, <3, <https://x>\";\n");
	SAYS("src/app/x.c", "/* x */\nconst char *q = \"x.db-wal\";\n", "db-files: ");
}

TEST(lint_scope_goes_with_public)
{
	CLEAN("src/a/x.c", "/* x */\nROUTES(a,\n\tROUTE(GET, \"/a\", f, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),\n);\n");
	CLEAN("src/a/x.c", "/* x */\nROUTES(a,\n\tROUTE(GET, \"/a\", f, CAP_OPERATE, SCOPE(f), FORM_NONE),\n);\n");
	SAYS("src/a/x.c", "/* x */\nROUTES(a,\n\tROUTE(GET, \"/a\", f, CAP_OPERATE, SCOPE_NONE, FORM_NONE),\n);\n", ":3: scope: ");
	SAYS("src/a/x.c", "/* x */\nROUTES(a, ROUTE(GET, \"/a\", f, CAP_OPERATE, SCOPE_NONE, FORM_NONE),\n"
		"\tROUTE(GET, \"/b\", f, CAP_PUBLIC, SCOPE_NONE, FORM_NONE));\n", ":2: scope: ");
}

/* `n` times `line`, between `head` and `tail`. Static storage, valid until the next call. */
static const char *repeated(const char *head, const char *line, int n, const char *tail)
{
	static char text[70000];
	size_t at = (size_t)snprintf(text, sizeof text, "%s", head);
	for (int i = 0; i < n; i++)
		at += (size_t)snprintf(text + at, sizeof text - at, "%s", line);
	snprintf(text + at, sizeof text - at, "%s", tail);
	return text;
}

TEST(lint_sizes)
{
	CLEAN("src/a/x.c", repeated("/* x */\nstatic int f(void)\n{\n", "\tg();\n", 57, "}\n"));
	SAYS("src/a/x.c", repeated("/* x */\nstatic int f(void)\n{\n", "\tg();\n", 58, "}\n"), ":2: function-size: f has 61 lines");
	CLEAN("src/a/x.c", repeated("/* x */\nint f(void) {\n", "if (a) g();\n", 11, "}\n"));
	SAYS("src/a/x.c", repeated("/* x */\nmust_use int f(void) {\n", "if (a) g();\n", 12, "}\n"), ":2: complexity: f has 13 paths");
	CLEAN("src/a/x.c", repeated("/* x */\n", "\n", 799, ""));
	SAYS("src/a/x.c", repeated("/* x */\n", "\n", 800, ""), "file-size: 801 lines");
	SAYS("tools/x.c", repeated("/* x */\n", "\n", 600, ""), "file-size: 601 lines");
	CLEAN("src/a/x.h", repeated("/* x */\ntypedef int t(void);\n", "void f(int (*g)(int), void *p);\n", 20, ""));
	SAYS("src/a/x.h", repeated("/* x */\n", "void f(void) __attribute__((pure));\n", 21, ""), "header-size: 21 functions");
	SAYS("src/a/x.c", repeated("/* x */\n// ", "é", 158, "\n"), "line-size: 161 characters");
	CLEAN("src/a/x.c", repeated("/* x */\n// ", "é", 157, "\n"));
}

TEST(lint_leftovers_and_heads)
{
	SAYS("src/a/x.c", "/* x */\n/* TODO: later */\n", ":2: leftover: TODO");
	SAYS("src/a/x.sql", "-- FIXME\n", "leftover: FIXME");
	CLEAN("src/a/x.c", "/* x */\nconst char *t = \"TODO XXXXXX\"; /* AXXXB, TODOS */\n");
	SAYS("src/a/x.c", "int x;\n", "head: ");
	SAYS("src/a/x.c", "/* x */\r\n", "line-ends: ");
	SAYS("src/a/x.c", "/* x */", "line-ends: ");
}

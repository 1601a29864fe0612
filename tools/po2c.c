/* Compiles gettext catalogs (.po) into C tables, so that a program of many processes and no locale can translate by a binary
 * search in read-only memory; and checks catalogs against the template, since a missing or mistyped translation is a defect
 * a reader meets before we do.
 *
 *   po2c compile OUT.c LANG_EN=po/en.po …      one table per language, for src/html/i18n.c; LANG_FR takes the template: what
 *                                              it says is the source, with unbreakable spaces where French wants them
 *   po2c check POT [--plain] FILE.po …         exit 1 and one line per fault; --plain: the next file may leave messages out
 *                                              (the source stands in)
 *
 * Not supported, and refused: msgctxt. Memory is never given back: the program lives for one file. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FORMS 6

struct text { char *p; size_t n, cap; };

struct entry {
	struct text id, plural, form[MAX_FORMS];
	int n_forms;
	bool has_plural, fuzzy;
	int line;
};

struct catalog {
	const char *path;
	struct entry *v;
	size_t n, cap;
	int n_plurals;
	char *plural;                            /* the C expression of Plural-Forms */
	bool plain;
};

static int faults;

__attribute__((format(printf, 3, 4))) static void fault(const char *path, int line, const char *format, ...)
{
	va_list ap;
	fprintf(stderr, "%s:%d: ", path, line);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	faults++;
}

static void *grown(void *p, size_t bytes)
{
	void *q = realloc(p, bytes);
	if (!q) {
		fputs("po2c: out of memory\n", stderr);
		exit(2);
	}
	return q;
}

static void put(struct text *t, char c)
{
	if (t->n + 2 > t->cap) {
		t->cap = t->cap ? t->cap * 2 : 64;
		t->p = grown(t->p, t->cap);
	}
	t->p[t->n++] = c;
	t->p[t->n] = '\0';
}

static const char *text_z(const struct text *t)
{
	return t->p ? t->p : "";
}

/* ---- reading ---- */

struct reader {
	struct catalog *c;
	struct entry cur;
	struct text *field;                      /* where a continued string goes */
	bool open, fuzzy;                        /* fuzzy: of the entry to come */
	int line;
};

static void flush(struct reader *r)
{
	if (!r->open)
		return;
	struct catalog *c = r->c;
	if (c->n == c->cap) {
		c->cap = c->cap ? c->cap * 2 : 256;
		c->v = grown(c->v, c->cap * sizeof *c->v);
	}
	c->v[c->n++] = r->cur;
	r->cur = (struct entry){ 0 };
	r->field = NULL;
	r->open = false;
}

/* The character that \c stands for; NUL when it is none of ours. */
static char unescaped(char c)
{
	switch (c) {
	case 'n': return '\n';
	case 't': return '\t';
	case '"': case '\\': return c;
	default: return '\0';
	}
}

/* Appends the double-quoted string at s to the current field. */
static void read_string(struct reader *r, const char *s)
{
	if (!r->field || *s != '"') {
		fault(r->c->path, r->line, "expected a quoted string");
		return;
	}
	for (s++; *s && *s != '"'; s++) {
		char c = *s == '\\' ? unescaped(*++s) : *s;
		if (!c) {
			fault(r->c->path, r->line, "unknown escape");
			return;
		}
		put(r->field, c);
	}
	if (*s != '"' || s[1])
		fault(r->c->path, r->line, "a string does not end");
}

static const char *after(const char *line, const char *keyword)
{
	size_t n = strlen(keyword);
	if (strncmp(line, keyword, n))
		return NULL;
	return line + n;
}

static void read_keyword(struct reader *r, const char *line)
{
	const char *rest;
	if ((rest = after(line, "msgid "))) {
		flush(r);
		r->open = true;
		r->cur.line = r->line;
		r->cur.fuzzy = r->fuzzy;
		r->fuzzy = false;
		r->field = &r->cur.id;
	} else if ((rest = after(line, "msgid_plural "))) {
		r->cur.has_plural = true;
		r->field = &r->cur.plural;
	} else if ((rest = after(line, "msgstr "))) {
		r->cur.n_forms = 1;
		r->field = &r->cur.form[0];
	} else if ((rest = after(line, "msgstr[")) && *rest >= '0' && *rest < '0' + MAX_FORMS && rest[1] == ']' && rest[2] == ' ') {
		r->field = &r->cur.form[*rest - '0'];
		r->cur.n_forms = *rest - '0' + 1;
		rest += 3;
	} else {
		fault(r->c->path, r->line, "not understood: %s", line);
		return;
	}
	read_string(r, rest);
}

static void read_line(struct reader *r, char *line)
{
	line[strcspn(line, "\r\n")] = '\0';
	if (!*line)
		flush(r);
	else if (*line == '"')
		read_string(r, line);
	else if (*line != '#')
		read_keyword(r, line);
	else if (line[1] == ',' && strstr(line, "fuzzy"))
		r->fuzzy = true;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(text_z(&((const struct entry *)a)->id), text_z(&((const struct entry *)b)->id));
}

/* nplurals and plural, from the header. Only what a plural expression may hold is let through: it becomes C code. */
static void read_header(struct catalog *c, const struct entry *header)
{
	static const char key[] = "Plural-Forms: nplurals=";
	const char *at = strstr(text_z(&header->form[0]), key);
	const char *expr = at ? strstr(at, "plural=(") : NULL;
	const char *end = expr ? strchr(expr, ';') : NULL;
	if (!end) {
		fault(c->path, header->line, "no Plural-Forms in the header");
		return;
	}
	c->n_plurals = at[sizeof key - 1] - '0';
	expr += strlen("plural=");
	c->plural = strndup(expr, (size_t)(end - expr));
	if (!c->plural || c->n_plurals < 1 || c->n_plurals > MAX_FORMS ||
	    strspn(c->plural, "n0123456789 ()?:%=!<>&|") != strlen(c->plural))
		fault(c->path, header->line, "Plural-Forms is not a plain expression of n");
}

static void refuse_twins(const struct catalog *c)
{
	for (size_t i = 1; i < c->n; i++)
		if (!by_id(&c->v[i - 1], &c->v[i]))
			fault(c->path, c->v[i].line, "message there twice: %s", text_z(&c->v[i].id));
}

/* The whole file, sorted by msgid; the header, whose msgid is empty, comes first and is taken off. */
static struct catalog read_catalog(const char *path, bool plurals)
{
	struct catalog c = { .path = path };
	struct reader r = { .c = &c };
	FILE *f = fopen(path, "r");
	if (!f) {
		perror(path);
		exit(2);
	}
	char *line = NULL;
	size_t cap = 0;
	while (getline(&line, &cap, f) >= 0) {
		r.line++;
		read_line(&r, line);
	}
	fclose(f);
	flush(&r);
	qsort(c.v, c.n, sizeof *c.v, by_id);
	refuse_twins(&c);
	if (!c.n || *text_z(&c.v[0].id)) {
		fault(path, 1, "no header");
		return c;
	}
	if (plurals)
		read_header(&c, &c.v[0]);
	c.v++;
	c.n--;
	return c;
}

/* ---- compiling ---- */

static void emit_string(FILE *out, const struct text *t)
{
	fputc('"', out);
	for (size_t i = 0; i < t->n; i++) {
		unsigned char ch = (unsigned char)t->p[i];
		if (ch == '"' || ch == '\\')
			fprintf(out, "\\%c", ch);
		else if (ch < 0x20)
			fprintf(out, "\\%03o", ch);
		else
			fputc(ch, out);
	}
	fputc('"', out);
}

static bool translated(const struct entry *e, int n_plurals)
{
	if (e->fuzzy || e->n_forms != (e->has_plural ? n_plurals : 1))
		return false;
	for (int i = 0; i < e->n_forms; i++)
		if (!e->form[i].n)
			return false;
	return true;
}

static void emit_catalog(FILE *out, const char *lang, const struct catalog *c)
{
	size_t form = 0, kept = 0;
	fprintf(out, "static const str %s_forms[] = {\n", lang);
	for (size_t i = 0; i < c->n; i++)
		for (int f = 0; translated(&c->v[i], c->n_plurals) && f < c->v[i].n_forms; f++) {
			fputs("\tS_INIT(", out);
			emit_string(out, &c->v[i].form[f]);
			fputs("),\n", out);
		}
	fprintf(out, "\tS_INIT(\"\"),\n};\nstatic const struct message %s_messages[] = {\n", lang);
	for (size_t i = 0; i < c->n; i++) {
		if (!translated(&c->v[i], c->n_plurals))
			continue;
		fputs("\t{ ", out);
		emit_string(out, &c->v[i].id);
		fprintf(out, ", %zu, %d },\n", form, c->v[i].n_forms);
		form += (size_t)c->v[i].n_forms;
		kept++;
	}
	fputs("\t{ 0 },\n};\n", out);
	fprintf(out, "static unsigned %s_form(u64 n)\n{\n\t(void)n;\n\treturn (unsigned)(%s);\n}\n\n", lang, c->plural);
	fprintf(out, "#define %s_CATALOG { %s_messages, %zu, %s_forms, %d, %s_form }\n\n", lang, lang, kept, lang, c->n_plurals, lang);
}

/* ---- French spaces ---- */

/* Before these no line may break, nor after the opening quotation mark: sources are typed with plain spaces. */
static bool bound(const char *p)
{
	return strchr(":;?!%", *p) ? *p != '\0' : strncmp(p, "»", strlen("»")) == 0;
}

/* The same with its spaces made unbreakable (U+00A0). True: it was not so already. */
static bool bind_spaces(const struct text *t, struct text *ret)
{
	bool changed = false;
	for (size_t i = 0; i < t->n; i++) {
		size_t quote = strlen("«");
		bool opens = i >= quote && strncmp(t->p + i - quote, "«", quote) == 0;
		if (t->p[i] == ' ' && (opens || bound(t->p + i + 1))) {
			put(ret, '\xc2');
			put(ret, '\xa0');
			changed = true;
		} else
			put(ret, t->p[i]);
	}
	return changed;
}

static void bind_forms(struct entry *e)
{
	for (int f = 0; f < e->n_forms; f++) {
		struct text bound_one = { 0 };
		if (e->form[f].n && bind_spaces(&e->form[f], &bound_one))
			e->form[f] = bound_one;
	}
}

/* French is the source: it only needs a translation where its spaces change. */
static void source_forms(struct entry *e)
{
	bool one = bind_spaces(&e->id, &e->form[0]), many = e->has_plural && bind_spaces(&e->plural, &e->form[1]);
	e->fuzzy = false;
	e->n_forms = one || many ? 1 + e->has_plural : 0;
}

static void bind_catalog(struct catalog *c, bool source)
{
	for (size_t i = 0; i < c->n; i++)
		source ? source_forms(&c->v[i]) : bind_forms(&c->v[i]);
	if (source) {
		c->n_plurals = 2;
		c->plural = "(n > 1)";
	}
}

static int compile(const char *path, int n, char **args)
{
	FILE *out = fopen(path, "w");
	if (!out) {
		perror(path);
		return 2;
	}
	fputs("/* Generated by tools/po2c.c. */\n#include \"html/catalog.h\"\n\n", out);
	fputs("#pragma GCC diagnostic ignored \"-Wparentheses\"\n\n", out);
	for (int i = 0; i < n; i++) {
		char *file = strchr(args[i], '=');
		if (!file) {
			fprintf(stderr, "po2c: expected LANG=FILE, not %s\n", args[i]);
			fclose(out);
			return 2;
		}
		*file++ = '\0';
		bool source = strcmp(args[i], "LANG_FR") == 0;
		struct catalog c = read_catalog(file, !source);
		if (source || strcmp(args[i], "LANG_SIMPLE") == 0)
			bind_catalog(&c, source);
		if (!faults)
			emit_catalog(out, args[i], &c);
	}
	fputs("const struct catalog catalogs[LANG_COUNT] = {\n", out);
	for (int i = 0; i < n; i++)
		fprintf(out, "\t[%s] = %s_CATALOG,\n", args[i], args[i]);
	fputs("};\n", out);
	bool written = !ferror(out);
	if (fclose(out) || !written || faults) {
		remove(path);
		return 1;
	}
	return 0;
}

/* ---- checking ---- */

/* Which placeholders a message has: bit k for {k}, bit 0 for {n}. -1: a brace that is none. */
static int placeholders(const struct text *t)
{
	int seen = 0;
	for (const char *s = text_z(t); (s = strpbrk(s, "{}")); s += 3) {
		bool ok = s[0] == '{' && s[1] && (s[1] == 'n' || (s[1] >= '1' && s[1] <= '9')) && s[2] == '}';
		if (!ok)
			return -1;
		seen |= s[1] == 'n' ? 1 : 1 << (s[1] - '0');
	}
	return seen;
}

/* A plural form may leave {n} out ("a place"), nothing else. */
static void check_placeholders(const struct catalog *c, const struct entry *e)
{
	int wanted = placeholders(&e->id) | placeholders(&e->plural);
	for (int i = 0; i < e->n_forms; i++) {
		int got = placeholders(&e->form[i]);
		bool same = e->has_plural ? (got | 1) == (wanted | 1) && got >= 0 : got == wanted;
		if (!same)
			fault(c->path, e->line, "placeholders differ from the source: %s", text_z(&e->form[i]));
	}
}

static void check_entry(const struct catalog *c, const struct entry *e)
{
	bool empty = true;
	for (int i = 0; i < e->n_forms; i++)
		empty = empty && !e->form[i].n;
	if (e->fuzzy)
		fault(c->path, e->line, "fuzzy: %s", text_z(&e->id));
	else if (empty && !c->plain)
		fault(c->path, e->line, "not translated: %s", text_z(&e->id));
	else if (!empty && !translated(e, c->n_plurals))
		fault(c->path, e->line, "%d forms wanted: %s", e->has_plural ? c->n_plurals : 1, text_z(&e->id));
	else if (!empty)
		check_placeholders(c, e);
}

static void check_catalog(const struct catalog *pot, const struct catalog *c)
{
	for (size_t i = 0; i < pot->n; i++) {
		const struct entry *e = bsearch(&pot->v[i], c->v, c->n, sizeof *c->v, by_id);
		if (!e)
			fault(c->path, 1, "message missing (run po/update): %s", text_z(&pot->v[i].id));
		else if (e->has_plural != pot->v[i].has_plural)
			fault(c->path, e->line, "plural here or in the source, not in both: %s", text_z(&e->id));
		else
			check_entry(c, e);
	}
}

static int check(const char *pot_path, int n, char **args)
{
	struct catalog pot = read_catalog(pot_path, false);
	bool plain = false;
	int files = 0;
	for (size_t i = 0; i < pot.n; i++)
		if (placeholders(&pot.v[i].id) < 0)
			fault(pot_path, pot.v[i].line, "a brace that is no placeholder: %s", text_z(&pot.v[i].id));
	for (int i = 0; i < n; i++) {
		if (!strcmp(args[i], "--plain")) {
			plain = true;
			continue;
		}
		struct catalog c = read_catalog(args[i], true);
		c.plain = plain;
		check_catalog(&pot, &c);
		plain = false;
		files++;
	}
	printf("po: %zu messages, %d languages, %d faults\n", pot.n, files, faults);
	return faults ? 1 : 0;
}

int main(int argc, char **argv)
{
	if (argc >= 4 && !strcmp(argv[1], "compile"))
		return compile(argv[2], argc - 3, argv + 3);
	if (argc >= 4 && !strcmp(argv[1], "check"))
		return check(argv[2], argc - 3, argv + 3);
	fputs("usage: po2c compile OUT.c LANG_X=FILE.po … | po2c check POT [--plain] FILE.po …\n", stderr);
	return 2;
}

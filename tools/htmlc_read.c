/* See htmlc_read.h. */
#include "htmlc_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

void place_of(const struct source *src, const char *where, int *ret_line, int *ret_col)
{
	*ret_line = 1;
	*ret_col = 1;
	for (const char *p = src->text; p < where; p++) {
		if (*p == '\n') {
			++*ret_line;
			*ret_col = 1;
		} else if (((unsigned char)*p & 0xC0) != 0x80)
			++*ret_col;
	}
}

void fail(const struct source *src, const char *where, const char *format, ...)
{
	int line, col;
	va_list args;
	place_of(src, where, &line, &col);
	fprintf(stderr, "%s:%d:%d: ", src->file, line, col);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

void add(struct text *t, const char *p, size_t n)
{
	if (t->n + n + 1 > t->cap) {
		t->cap = (t->n + n + 1) * 2;
		t->p = realloc(t->p, t->cap);
		if (!t->p)
			abort();
	}
	memcpy(t->p + t->n, p, n);
	t->n += n;
	t->p[t->n] = '\0';
}

void addz(struct text *t, const char *z)
{
	add(t, z, strlen(z));
}

void addf(struct text *t, const char *format, ...)
{
	char *made = NULL;
	va_list args;
	va_start(args, format);
	int n = vasprintf(&made, format, args);
	va_end(args);
	if (n < 0)
		abort();
	add(t, made, (size_t)n);
	free(made);
}

struct span trim(struct span s)
{
	while (s.p < s.end && is_space(*s.p))
		s.p++;
	while (s.end > s.p && is_space(s.end[-1]))
		s.end--;
	return s;
}

const char *skip_quoted(const struct source *src, const char *p)
{
	const char *begin = p;
	for (p++; *p != *begin; p++) {
		if (*p == '\\')
			p++;
		if (*p == '\0' || *p == '\n')
			fail(src, begin, "this %s has no end", *begin == '"' ? "string" : "character");
	}
	return p + 1;
}

struct brackets { char closers[64]; size_t n; };

/* Follows brackets over the character at p. */
static void bracket(const struct source *src, struct brackets *b, const char *p)
{
	static const char pairs[] = "()[]{}";
	const char *at = strchr(pairs, *p);
	if (!at)
		return;
	if ((at - pairs) % 2 == 0) {
		if (b->n == sizeof(b->closers))
			fail(src, p, "too many brackets");
		b->closers[b->n++] = at[1];
	} else if (b->n == 0 || b->closers[--b->n] != *p)
		fail(src, p, "this \"%c\" closes nothing", *p);
}

/* Refuses what has no place in an expression. */
static void check_c(const struct source *src, const struct brackets *b, const char *p)
{
	if (p[0] == '/' && (p[1] == '/' || p[1] == '*'))
		fail(src, p, "no C comment here; use {# #}");
	if (*p == ';' && b->n == 0)
		fail(src, p, "an expression is expected, not statements");
}

const char *c_end(const struct source *src, const char *p, const char *stop, char comma, const char *open)
{
	struct brackets b = { .n = 0 };
	while (*p) {
		if (b.n == 0 && (strncmp(p, stop, 2) == 0 || (comma && *p == comma)))
			return p;
		bool quoted = *p == '"' || *p == '\'';
		if (!quoted) {
			bracket(src, &b, p);
			check_c(src, &b, p);
		}
		p = quoted ? skip_quoted(src, p) : p + 1;
	}
	fail(src, open, "this tag has no \"%s\"", stop);
}

struct span expression(const struct source *src, const char *p, const char *end, const char *open)
{
	struct span s = trim((struct span){ p, end });
	if (s.p == s.end)
		fail(src, open, "an expression is expected here");
	return s;
}

struct span identifier(const struct source *src, const char **p, const char *what)
{
	while (is_space(**p))
		++*p;
	struct span s = { *p, *p };
	while (is_name_char(*s.end))
		s.end++;
	if (s.p == s.end || (*s.p >= '0' && *s.p <= '9'))
		fail(src, s.p, "%s is expected here", what);
	*p = s.end;
	return s;
}

bool span_is(struct span s, const char *word)
{
	return strlen(word) == (size_t)(s.end - s.p) && strncmp(s.p, word, strlen(word)) == 0;
}

void split_call(const struct source *src, struct span s, struct span *ret_name, struct span *ret_args)
{
	const char *p = s.p;
	*ret_name = identifier(src, &p, "the name of a template");
	if (ret_name->end - ret_name->p < 6 || strncmp(ret_name->end - 5, "_html", 5) != 0)
		fail(src, ret_name->p, "the name of a template ends with _html");
	if (*p != '(' || s.end[-1] != ')')
		fail(src, p, "\"(…)\" is expected after the name of a template");
	*ret_args = trim((struct span){ p + 1, s.end - 1 });
}

struct span keyed(const struct source *src, const char **p, const char *end, const char *key)
{
	struct span name = identifier(src, p, key);
	if (!span_is(name, key))
		fail(src, name.p, "%s=… is expected here", key);
	while (is_space(**p))
		++*p;
	if (**p != '=')
		fail(src, *p, "\"=\" is expected here");
	const char *from = *p + 1;
	const char *stop = c_end(src, from, "%}", ',', from);
	*p = stop < end ? stop + 1 : end;
	return expression(src, from, stop, from);
}

char *read_file(const char *path, size_t *ret_n)
{
	FILE *f = fopen(path, "rb");
	struct text t = { 0 };
	char chunk[4096];
	size_t n;
	if (!f)
		return NULL;
	add(&t, "", 0);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		add(&t, chunk, n);
	fclose(f);
	*ret_n = t.n;
	return t.p;
}

void write_file(const char *path, const struct text *head, const struct text *t)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(head->p, 1, head->n, f) != head->n || fwrite(t->p, 1, t->n, f) != t->n || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

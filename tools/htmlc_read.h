/* What the template compiler reads and writes with: messages at a line and column, growing text, and just enough of C's
 * lexical grammar to find where an expression ends. */
#ifndef HTMLC_READ_H
#define HTMLC_READ_H

#include <stdbool.h>
#include <stddef.h>

struct source { const char *file, *text; };
struct text { char *p; size_t n, cap; };         /* grows; NUL-terminated; zeroed to begin with */
struct span { const char *p, *end; };            /* of the source */
#define SPAN(s) (int)((s).end - (s).p), (s).p    /* for "%.*s" */

void place_of(const struct source *src, const char *where, int *ret_line, int *ret_col);
/* "file:line:col: message" on stderr, exit 1. */
_Noreturn __attribute__((format(printf, 3, 4))) void fail(const struct source *src, const char *where, const char *format, ...);

void add(struct text *t, const char *p, size_t n);
void addz(struct text *t, const char *z);
__attribute__((format(printf, 2, 3))) void addf(struct text *t, const char *format, ...);
char *read_file(const char *path, size_t *ret_n);                /* NULL when it cannot be read; NUL-terminated */
void write_file(const char *path, const struct text *head, const struct text *t);

struct span trim(struct span s);
bool span_is(struct span s, const char *word);
/* Past the C string or character literal that begins at p. */
const char *skip_quoted(const struct source *src, const char *p);
/* Where `stop` (or `comma`, when not NUL) stands in the C text at p, outside strings and brackets. `open`: where to say so
 * when it does not. */
const char *c_end(const struct source *src, const char *p, const char *stop, char comma, const char *open);
struct span expression(const struct source *src, const char *p, const char *end, const char *open);
/* The identifier at *p, moved past it; `what` is missing otherwise. */
struct span identifier(const struct source *src, const char **p, const char *what);
/* All of `s` is `name_html(arguments)`: its parts. */
void split_call(const struct source *src, struct span s, struct span *ret_name, struct span *ret_args);
/* `key=EXPR` at *p, up to a comma (moved past it) or `end`. */
struct span keyed(const struct source *src, const char **p, const char *end, const char *key);

bool is_space(char c);
bool is_name_char(char c);                       /* of a C identifier */

#endif

/* What the parts of the template compiler share: htmlc.c runs the directives and writes the C, htmlc_html.c knows at which
 * place of the HTML each character of literal text stands, htmlc_read.c reads and writes. */
#ifndef HTMLC_H
#define HTMLC_H

#include <stdbool.h>
#include <stddef.h>

/* ---- htmlc_read.c ---- */

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

/* ---- htmlc_html.c ---- */

enum html_state {
	H_TEXT, H_RCDATA, H_RAW,                 /* text; inside <textarea> or <title>; inside <style> */
	H_COMMENT, H_DECL,
	H_TAG, H_END,                            /* in the name of a start tag; from "</" to ">" */
	H_IN_TAG, H_EDGE,                        /* between attributes: after white space; where white space must come first */
	H_NAME, H_EQ, H_DQ, H_SQ, H_UNQ,         /* attribute: name, after "=", value in "…", in '…', bare */
	H_STATES
};

enum attr_kind { ATTR_PLAIN, ATTR_URL, ATTR_NO_VALUE };

/* How far the value of a URL attribute has come. */
enum url_at { URL_START, URL_SCHEME, URL_DYNAMIC, URL_ADDRESS, URL_DATA, URL_REST };

struct html_at {
	enum html_state state;
	char tag[16];                            /* lower case, cut when longer */
	char attr[24];
	const char *attr_p;                      /* where its name begins in the source */
	enum attr_kind kind;
	enum url_at url;
	char scheme[16];
	size_t n_tag, n_attr, n_scheme;
	bool pre;                                /* white space counts: in <pre> or <textarea> */
};

/* A refusal: what to say, and of which character. */
struct refusal { const char *message, *where; };

bool is_space(char c);
bool is_name_char(char c);                       /* of a C identifier */

/* Takes the character of literal text at p. False: refused, *ret says why. The source goes on after p, NUL at its end. */
bool html_step(struct html_at *at, const char *p, struct refusal *ret);
/* True when p begins a URL that gets the language prefix of the view. */
bool html_wants_prefix(const struct html_at *at, const char *p);
/* Prepares for a directive: names under way end here. Refused where a directive makes no sense. */
bool html_settle(struct html_at *at, const char *p, struct refusal *ret);
/* The escaper for a value written at this place, and what follows it. */
bool html_value(struct html_at *at, const char *p, const char **ret_put, struct refusal *ret);
/* What a loop's body starts from; the body must be able to follow itself. */
bool html_loop(struct html_at *at, const char *p, struct refusal *ret);
/* Joins the ends of two branches into *at; false when what follows could not be understood the same way after both. */
bool html_merge(struct html_at *at, const struct html_at *other);
/* White space at this place may be folded. */
bool html_folds(const struct html_at *at);

#endif

/* Where in the HTML a character of literal text stands, and with what that lets be written there. */
#ifndef HTMLC_HTML_H
#define HTMLC_HTML_H

#include "htmlc_read.h"

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

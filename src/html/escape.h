/* Escapers, one per place of HTML. Compiled templates call put_text/put_attr/put_url; they choose by type, so that a str is
 * escaped, an integer printed, and only a value of type `html` goes out as it is. */
#ifndef GABARE_ESCAPE_H
#define GABARE_ESCAPE_H

#include "html/view.h"

/* Markup already safe: made by templates, or of literals of our own and escaped values. Never of what came from outside. */
typedef struct html { str s; } html;

void esc_text(struct buf *b, str s);             /* between tags: & < > */
void esc_attr(struct buf *b, str s);             /* inside a double-quoted attribute: & < > " */
/* A whole URL in href/src/action: only http(s), mailto, tel, or relative to this site; else "#". */
void esc_url(struct buf *b, str s);
void esc_url_part(struct buf *b, str s);         /* a path segment or query value: percent-encodes all but unreserved */
void esc_url_address(struct buf *b, str s);      /* after tel: or mailto: as esc_url_part, but "+" and "@" stay */
void put_i64(struct buf *b, i64 v);
void put_u64(struct buf *b, u64 v);
void put_html(struct buf *b, html h);
/* "/en" in English and so on, nothing in French: htmlc puts it before the "/lieux" of links. */
void put_prefix(struct buf *b, const struct view *v);
/* An address that is not brought into the page's language: it leads to the same page in another. */
struct as_is { str url; };
void put_url_link_as_is(struct buf *b, const struct view *v, struct as_is x);
void put_url_link_str(struct buf *b, const struct view *v, str url);
void put_url_link_c(struct buf *b, const struct view *v, const char *url);
/* A path of ours in a language: "/en/agent". */
str in_language(const struct view *v, enum lang l, str path);

/* What templates call: the escaper of a place for the type of x. A bool or an enum is an integer; a double is refused. */
#define put_text(b, x) _Generic((x), PUT_STRING(text), html: put_html, PUT_INTEGER)(b, x)
#define put_attr(b, x) _Generic((x), PUT_STRING(attr), PUT_INTEGER)(b, x)
#define put_url(b, x) _Generic((x), PUT_STRING(url))(b, x)
/* Where a link or a form leads: an agents' page, which is given as "/agent/x", in the language of the page. */
#define put_url_link(b, v, x) \
	_Generic((x), struct as_is: put_url_link_as_is, str: put_url_link_str, const char *: put_url_link_c, char *: put_url_link_c)(b, v, x)
#define put_url_part(b, x) _Generic((x), PUT_STRING(url_part), PUT_INTEGER)(b, x)
#define put_url_address(b, x) _Generic((x), PUT_STRING(url_address))(b, x)
#define PUT_STRING(place) str: esc_##place, const char *: esc_##place##_c, char *: esc_##place##_c
#define PUT_INTEGER unsigned long: put_u64, unsigned long long: put_u64, default: put_i64
void esc_text_c(struct buf *b, const char *z);
void esc_attr_c(struct buf *b, const char *z);
void esc_url_c(struct buf *b, const char *z);
void esc_url_part_c(struct buf *b, const char *z);
void esc_url_address_c(struct buf *b, const char *z);

#endif

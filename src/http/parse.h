/* What a client sends, taken apart: pure functions over strings, so that they can be fuzzed. Nothing here trusts anything:
 * whatever is not plainly right is refused rather than repaired. */
#ifndef GABARE_PARSE_H
#define GABARE_PARSE_H

#include "http/req.h"

#define PARAMS_MAX 100                           /* of a query, of a urlencoded body */
#define COOKIES_MAX 50
#define PATH_SLASH '\x01'                        /* in a decoded path: a "%2F" that belongs to its segment */

/* Undoes %XX (and '+' for a space when `plus`). INVALID: a broken %XX, a NUL, not UTF-8. */
must_use enum err percent_decode(struct arena *a, str s, bool plus, str *ret);

struct target {
	enum lang lang;
	str path;                                /* decoded, without the language prefix; "*" for OPTIONS * */
	str raw_path;                            /* as sent, without the language prefix: for links */
	str raw_query;                           /* absent when there is no '?' */
	str moved;                               /* where it should have been asked (308), absent when it is right */
};

/* Takes a request target apart: origin form, absolute form (its authority is dropped), "*". Double and trailing slashes
 * give `moved`. INVALID: dot segments, control characters, backslashes, or what percent_decode refuses. */
must_use enum err target_parse(struct arena *a, str target, struct target *ret);

/* "a=1&b=2", decoded, in order. INVALID: more than PARAMS_MAX, or what percent_decode refuses. */
must_use enum err pairs_parse(struct arena *a, str s, struct pairs *ret);
/* A Cookie header's value. Cookies that are not well-formed are left out. INVALID: more than COOKIES_MAX. */
must_use enum err cookies_parse(struct arena *a, str s, struct pairs *ret);

/* How the body is delimited. */
struct framing { u64 length; bool chunked; };

/* Refuses every shape that two servers could understand differently (request smuggling): Content-Length together with
 * Transfer-Encoding, either one twice, lengths that are not plain digits, codings other than chunked, Host missing, twice
 * or malformed, header names that are not tokens, control characters. Returns NULL, or the reason. */
const char *framing_check(const struct pairs *headers, bool http_1_1, struct framing *ret);

enum method method_of(str name);                 /* OTHER_METHOD for PUT, DELETE, PATCH and what nobody knows */
/* True for a method that HTTP knows but a server may leave out of its tables: it gets 405 and not 501. */
bool method_known(str name);

#endif

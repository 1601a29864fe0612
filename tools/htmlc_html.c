/* Where in the HTML is this character? A small state machine over the literal text of a template: enough of the HTML
 * grammar to choose the escaper of each value, and strict where browsers are lenient, so that both always agree. */
#include "htmlc_html.h"

#include <string.h>

static bool refuse(struct refusal *ret, const char *where, const char *message)
{
	*ret = (struct refusal){ message, where };
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Adds c, lower-cased, to a name of at most size - 1 characters; longer names keep their beginning. */
static void append(char *name, size_t *n, size_t size, char c)
{
	if (*n + 1 < size) {
		name[(*n)++] = lower(c);
		name[*n] = '\0';
	}
}

static bool one_of(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

static bool starts_fold(const char *p, const char *prefix)
{
	for (; *prefix; p++, prefix++)
		if (lower(*p) != *prefix)
			return false;
	return true;
}

/* ---- tags ---- */

static bool tag_named(const struct html_at *at, const char *p, struct refusal *ret)
{
	static const char *const refused[] = { "script", "iframe", "noscript", "xmp", "noembed", "noframes", "plaintext", NULL };
	if (!one_of(at->tag, refused))
		return true;
	return refuse(ret, p - strlen(at->tag), strcmp(at->tag, "script") == 0 ? "<script> is refused: pages work without scripts"
		: "this element is refused: its content is not read as HTML");
}

static void begin_tag(struct html_at *at, enum html_state state)
{
	at->state = state;
	at->n_tag = 0;
	at->tag[0] = '\0';
}

/* The ">" of a start tag: its element decides how the content is read. */
static void tag_done(struct html_at *at)
{
	static const char *const rcdata[] = { "textarea", "title", NULL };
	at->state = H_TEXT;
	if (strcmp(at->tag, "style") == 0)
		at->state = H_RAW;
	else if (one_of(at->tag, rcdata))
		at->state = H_RCDATA;
	if (strcmp(at->tag, "pre") == 0 || strcmp(at->tag, "textarea") == 0)
		at->pre = true;
}

static bool step_text(struct html_at *at, const char *p, struct refusal *ret)
{
	if (*p != '<')
		return true;
	if (is_letter(p[1]))
		begin_tag(at, H_TAG);
	else if (p[1] == '/' && is_letter(p[2]))
		begin_tag(at, H_END);
	else if (strncmp(p, "<!--", 4) == 0)
		at->state = H_COMMENT;
	else if (p[1] == '!')
		at->state = H_DECL;
	else
		return refuse(ret, p, p[1] == '{' || p[1] == '/' ? "the name of a tag cannot be computed" : "a lone \"<\" is written &lt;");
	return true;
}

static bool step_tag(struct html_at *at, const char *p, struct refusal *ret)
{
	if (is_name_char(*p) || *p == '-' || *p == ':') {
		append(at->tag, &at->n_tag, sizeof(at->tag), *p);
		return true;
	}
	if (!tag_named(at, p, ret))
		return false;
	if (*p == '>')
		tag_done(at);
	else if (is_space(*p))
		at->state = H_IN_TAG;
	else if (*p == '/')
		at->state = H_EDGE;
	else
		return refuse(ret, p, "unexpected character in the name of a tag");
	return true;
}

static bool step_end(struct html_at *at, const char *p, struct refusal *ret)
{
	if (*p == '>') {
		if (strcmp(at->tag, "pre") == 0 || strcmp(at->tag, "textarea") == 0)
			at->pre = false;
		at->state = H_TEXT;
		return true;
	}
	if (is_name_char(*p) || *p == '-' || *p == ':')
		append(at->tag, &at->n_tag, sizeof(at->tag), *p);
	else if (!is_space(*p) && *p != '/')
		return refuse(ret, p, "unexpected character in an end tag");
	return true;
}

static bool step_content(struct html_at *at, const char *p, struct refusal *ret)
{
	(void)ret;
	if (p[0] == '<' && p[1] == '/' && starts_fold(p + 2, at->tag) && !is_name_char(p[2 + strlen(at->tag)]))
		begin_tag(at, H_END);
	return true;
}

static bool step_comment(struct html_at *at, const char *p, struct refusal *ret)
{
	(void)ret;
	if (*p == '>' && p[-1] == '-' && p[-2] == '-')
		at->state = H_TEXT;
	return true;
}

static bool step_decl(struct html_at *at, const char *p, struct refusal *ret)
{
	(void)ret;
	if (*p == '>')
		at->state = H_TEXT;
	return true;
}

/* ---- attributes ---- */

static bool is_attr_char(char c)
{
	return is_name_char(c) || c == '-' || c == ':' || c == '.';
}

static bool attr_named(struct html_at *at, struct refusal *ret)
{
	static const char *const urls[] = { "href", "src", "action", "formaction", "cite", "poster", "xlink:href", "data", "ping",
		"background", "manifest", "longdesc", "usemap", NULL };
	static const char *const opaque[] = { "srcdoc", "srcset", "imagesrcset", NULL };
	if (strncmp(at->attr, "on", 2) == 0)
		return refuse(ret, at->attr_p, "event handlers are refused: pages work without scripts");
	if (strcmp(at->attr, "style") == 0)
		return refuse(ret, at->attr_p, "style= is refused: use a class");
	at->kind = one_of(at->attr, urls) ? ATTR_URL : one_of(at->attr, opaque) ? ATTR_NO_VALUE : ATTR_PLAIN;
	return true;
}

static bool step_between(struct html_at *at, const char *p, struct refusal *ret)
{
	if (*p == '>')
		tag_done(at);
	else if (is_space(*p))
		at->state = H_IN_TAG;
	else if (*p == '/')
		at->state = H_EDGE;
	else if (at->state == H_EDGE)
		return refuse(ret, p, "white space is needed before an attribute");
	else if (is_attr_char(*p)) {
		at->state = H_NAME;
		at->attr_p = p;
		at->n_attr = 0;
		append(at->attr, &at->n_attr, sizeof(at->attr), *p);
	} else
		return refuse(ret, p, *p == '=' ? "no white space before \"=\"" : "unexpected character in a tag");
	return true;
}

static bool step_name(struct html_at *at, const char *p, struct refusal *ret)
{
	if (is_attr_char(*p)) {
		append(at->attr, &at->n_attr, sizeof(at->attr), *p);
		return true;
	}
	if (!attr_named(at, ret))
		return false;
	if (*p == '=') {
		at->state = H_EQ;
		return true;
	}
	if (*p != '>' && *p != '/' && !is_space(*p))
		return refuse(ret, p, "unexpected character in the name of an attribute");
	at->state = H_EDGE;
	return step_between(at, p, ret);
}

static bool step_eq(struct html_at *at, const char *p, struct refusal *ret)
{
	if (*p == '"') {
		at->state = H_DQ;
		at->url = URL_START;
		at->n_scheme = 0;
		at->scheme[0] = '\0';
		return true;
	}
	if (at->kind == ATTR_URL)
		return refuse(ret, p, "the value of a URL attribute stands in double quotes");
	if (is_space(*p) || *p == '>' || *p == '<' || *p == '=' || *p == '`')
		return refuse(ret, p, "a value is needed right after \"=\"");
	at->state = *p == '\'' ? H_SQ : H_UNQ;
	return true;
}

/* The scheme of a literal URL is complete: p is its ":". */
static bool scheme_known(struct html_at *at, const char *p, struct refusal *ret)
{
	static const char *const addresses[] = { "tel", "mailto", "sms", NULL };
	if (strcmp(at->scheme, "javascript") == 0 || strcmp(at->scheme, "vbscript") == 0)
		return refuse(ret, p - at->n_scheme, "script URLs are refused");
	at->url = one_of(at->scheme, addresses) ? URL_ADDRESS : strcmp(at->scheme, "data") == 0 ? URL_DATA : URL_REST;
	return true;
}

/* A character before the first "/", "?" or "#" of a literal URL. */
static bool step_scheme(struct html_at *at, const char *p, struct refusal *ret)
{
	if (*p == ':')
		return scheme_known(at, p, ret);
	if (is_space(*p) || *p == '&')
		return refuse(ret, p, "a URL begins with its scheme or its path, written plainly");
	at->url = URL_SCHEME;
	append(at->scheme, &at->n_scheme, sizeof(at->scheme), *p);
	return true;
}

static bool step_url(struct html_at *at, const char *p, struct refusal *ret)
{
	if (at->url == URL_REST || at->url == URL_DATA)
		return true;
	if (*p == '/' || *p == '?' || *p == '#') {
		at->url = URL_REST;
		return true;
	}
	if (at->url == URL_START || at->url == URL_SCHEME)
		return step_scheme(at, p, ret);
	if (at->url == URL_DYNAMIC && *p == ':')
		return refuse(ret, p, "\":\" here would make a computed scheme");
	return true;
}

static bool step_dq(struct html_at *at, const char *p, struct refusal *ret)
{
	if (*p == '"') {
		at->state = H_EDGE;
		return true;
	}
	return at->kind != ATTR_URL || step_url(at, p, ret);
}

static bool step_sq(struct html_at *at, const char *p, struct refusal *ret)
{
	(void)ret;
	if (*p == '\'')
		at->state = H_EDGE;
	return true;
}

static bool step_unq(struct html_at *at, const char *p, struct refusal *ret)
{
	if (*p == '>' || is_space(*p)) {
		at->state = H_EDGE;
		return step_between(at, p, ret);
	}
	if (strchr("\"'=<`", *p))
		return refuse(ret, p, "this character needs a value in double quotes");
	return true;
}

bool html_step(struct html_at *at, const char *p, struct refusal *ret)
{
	static bool (*const steps[H_STATES])(struct html_at *, const char *, struct refusal *) = {
		[H_TEXT] = step_text, [H_RCDATA] = step_content, [H_RAW] = step_content, [H_COMMENT] = step_comment,
		[H_DECL] = step_decl, [H_TAG] = step_tag, [H_END] = step_end, [H_IN_TAG] = step_between, [H_EDGE] = step_between,
		[H_NAME] = step_name, [H_EQ] = step_eq, [H_DQ] = step_dq, [H_SQ] = step_sq, [H_UNQ] = step_unq,
	};
	return steps[at->state](at, p, ret);
}

/* ---- what the compiler asks ---- */

static bool begins_link(const struct html_at *at)
{
	static const char *const links[] = { "href", "action", "formaction", NULL };
	return at->state == H_DQ && at->kind == ATTR_URL && at->url == URL_START && one_of(at->attr, links);
}

bool html_wants_prefix(const struct html_at *at, const char *p)
{
	return begins_link(at) && *p == '/' && p[1] != '/' && strncmp(p, "/a/", 3) != 0 && strncmp(p, "/api/", 5) != 0 && strncmp(p, "/q/", 3) != 0;
}

bool html_folds(const struct html_at *at)
{
	switch (at->state) {
	case H_TEXT: return !at->pre;
	case H_TAG: case H_END: case H_IN_TAG: case H_EDGE: case H_NAME: return true;
	default: return false;
	}
}

/* What to say of a value or directive where none may stand; NULL where one may. */
static const char *closed_place(enum html_state s, bool value)
{
	switch (s) {
	case H_RAW: return "nothing can be computed inside <style>";
	case H_COMMENT: return "nothing can be computed inside an HTML comment; comment out with {# #}";
	case H_DECL: return "nothing can be computed inside a <!declaration>";
	case H_END: return "nothing can be computed inside an end tag";
	case H_SQ: return "a computed value stands in double quotes, not single ones";
	case H_EQ: case H_UNQ: return "a computed value stands in double quotes";
	case H_TAG: return value ? "the name of a tag cannot be computed" : NULL;
	case H_IN_TAG: case H_EDGE: case H_NAME: return value ? "the name of an attribute cannot be computed" : NULL;
	default: return NULL;
	}
}

bool html_settle(struct html_at *at, const char *p, struct refusal *ret)
{
	const char *why = closed_place(at->state, false);
	if (why)
		return refuse(ret, p, why);
	if (at->state == H_TAG && !tag_named(at, p, ret))
		return false;
	if (at->state == H_NAME && !attr_named(at, ret))
		return false;
	if (at->state == H_TAG || at->state == H_NAME)
		at->state = H_EDGE;
	return true;
}

static bool url_value(struct html_at *at, const char *p, const char **ret_put, struct refusal *ret)
{
	switch (at->url) {
	case URL_START:
		*ret_put = begins_link(at) ? "put_url_link" : "put_url";
		at->url = URL_DYNAMIC;
		return true;
	case URL_SCHEME:
		*ret_put = "put_url_part";
		at->url = URL_DYNAMIC;
		return true;
	case URL_ADDRESS:
		*ret_put = "put_url_address";
		return true;
	case URL_DATA:
		return refuse(ret, p, "nothing can be computed inside a data: URL");
	default:
		*ret_put = "put_url_part";
		return true;
	}
}

bool html_value(struct html_at *at, const char *p, const char **ret_put, struct refusal *ret)
{
	const char *why = closed_place(at->state, true);
	if (why)
		return refuse(ret, p, why);
	if (at->state == H_TEXT) {
		*ret_put = "put_text";
		return true;
	}
	if (at->state == H_DQ && at->kind == ATTR_NO_VALUE)
		return refuse(ret, p, "nothing can be computed inside this attribute");
	if (at->state == H_DQ && at->kind == ATTR_URL)
		return url_value(at, p, ret_put, ret);
	*ret_put = "put_attr";                   /* also in <textarea> and <title>: no markup there, so no `html` */
	return true;
}

bool html_loop(struct html_at *at, const char *p, struct refusal *ret)
{
	if (at->state == H_DQ && at->kind == ATTR_URL && at->url != URL_REST)
		return refuse(ret, p, "a loop inside a URL comes after its first \"/\", \"?\" or \"#\"");
	if (at->state == H_IN_TAG)
		at->state = H_EDGE;
	return true;
}

static bool merge_url(struct html_at *at, const struct html_at *other)
{
	enum url_at a = at->url, b = other->url;
	if (a == b)
		return a != URL_SCHEME || strcmp(at->scheme, other->scheme) == 0;
	if ((a == URL_DYNAMIC && b == URL_REST) || (a == URL_REST && b == URL_DYNAMIC)) {
		at->url = URL_DYNAMIC;
		return true;
	}
	return false;
}

static bool merge_state(struct html_at *at, enum html_state other)
{
	if ((at->state == H_EDGE && other == H_IN_TAG) || (at->state == H_IN_TAG && other == H_EDGE))
		at->state = H_EDGE;
	else if (at->state != other)
		return false;
	return true;
}

bool html_merge(struct html_at *at, const struct html_at *other)
{
	if (at->pre != other->pre || !merge_state(at, other->state))
		return false;
	if (at->state != H_TEXT && strcmp(at->tag, other->tag) != 0)
		return false;
	if (at->state != H_DQ)
		return true;
	return strcmp(at->attr, other->attr) == 0 && (at->kind != ATTR_URL || merge_url(at, other));
}

/* Escapers and compiled templates: whatever text comes in, the page's own structure stays, and a reader of HTML gets the text
 * back; a URL that comes out runs no script and stays on this site or says where it goes. */
#include "fuzz.h"

#include "html/escape.h"
#include "parse_back.h"
#include "tools/htmlc_test_html.h"

/* What cannot be said in HTML: NUL becomes U+FFFD. */
static str sayable(struct arena *a, str in)
{
	return str_replace(a, in, (str){ "\0", 1 }, S("\xEF\xBF\xBD"));
}

/* Takes `literal` off the front of *rest: it must be there. */
static void literal(str *rest, const char *text)
{
	must_hold(str_starts(*rest, str_c(text)));
	*rest = str_slice(*rest, strlen(text), rest->n);
}

/* Takes what stands before the next `ender` off the front of *rest. */
static str before(str *rest, char ender)
{
	ptrdiff_t end = str_find_byte(*rest, ender);
	must_hold(end >= 0);
	str s = str_slice(*rest, 0, (size_t)end);
	*rest = str_slice(*rest, (size_t)end, rest->n);
	return s;
}

static void is_read_back(struct arena *a, str html, str in)
{
	str text = parse_back_attr(a, html);
	must_hold(text.p && str_eq(text, in));
}

static void check_places(struct arena *a, struct view *v, str in)
{
	*v->out = buf_new(a, 1 << 24);
	must_hold(t_places_html(v, in) == OK);
	str rest = buf_str(v->out), said = sayable(a, in);
	literal(&rest, "<p title=\"a ");
	is_read_back(a, before(&rest, '"'), said);
	literal(&rest, "\" class=\"");
	is_read_back(a, before(&rest, '"'), said);
	literal(&rest, "\">");
	str text = parse_back_text(a, before(&rest, '<'));
	must_hold(text.p && str_eq(text, said));
	literal(&rest, "</p><textarea>\n");
	is_read_back(a, before(&rest, '<'), said);
	literal(&rest, "</textarea><title>");
	is_read_back(a, before(&rest, '<'), said);
	literal(&rest, "</title>");
	must_hold(rest.n == 0);
}

/* What a browser takes for the URL: white space and controls off both ends, tabs and newlines out, "\" as "/". */
static str as_browsers_read(struct arena *a, str url)
{
	struct buf b = buf_new(a, url.n + 1);
	while (url.n && (u8)url.p[0] <= ' ')
		url = str_slice(url, 1, url.n);
	for (size_t i = 0; i < url.n; i++)
		if (!strchr("\t\n\r", url.p[i]) || !url.p[i])
			buf_byte(&b, url.p[i] == '\\' ? '/' : url.p[i]);
	return buf_str(&b);
}

static bool harmless(struct arena *a, str url)
{
	static const char *const known[] = { "http://", "https://", "mailto:", "tel:" };
	str s = as_browsers_read(a, url);
	for (size_t i = 0; i < lengthof(known); i++)
		if (str_ieq(str_slice(s, 0, strlen(known[i])), str_c(known[i])))
			return true;
	ptrdiff_t colon = str_find_byte(s, ':');
	str scheme = str_slice(s, 0, colon < 0 ? 0 : (size_t)colon);
	bool relative = colon < 0;
	for (size_t i = 0; i < scheme.n; i++)
		relative |= scheme.p[i] == '/' || scheme.p[i] == '?' || scheme.p[i] == '#';
	return relative && !str_starts(s, S("//"));
}

static void check_urls(struct arena *a, struct view *v, str in)
{
	*v->out = buf_new(a, 1 << 24);
	must_hold(t_urls_html(v, in) == OK);
	str rest = buf_str(v->out);
	literal(&rest, "<a href=\"");
	str coded = before(&rest, '"'), whole = parse_back_attr(a, coded);
	must_hold(whole.p && harmless(a, whole));
	literal(&rest, "\">1</a><a href=\"/lieux/");
	str part = before(&rest, '?');
	must_hold(str_eq(parse_back_url(a, part), sayable(a, in)) || str_find_byte(in, '\0') >= 0);
	literal(&rest, "?q=");
	must_hold(str_eq(before(&rest, '"'), part));
	literal(&rest, "\">2</a><a href=\"tel:");
	must_hold(str_find_byte(before(&rest, '"'), '&') < 0);
	literal(&rest, "\">3</a>");
	must_hold(rest.n == 0);
}

/* A URL that is let through means what it meant. */
static void check_meaning(struct arena *a, str in)
{
	struct buf b = buf_new(a, 1 << 24);
	esc_url(&b, in);
	str out = buf_str(&b);
	if (str_eq(out, S("#")) || str_find_byte(in, '"') >= 0)
		return;
	must_hold(str_eq(parse_back_url(a, out), parse_back_url(a, str_replace(a, in, S("&"), S("&amp;")))));
}

FUZZ(a, in)
{
	struct buf out;
	struct view v = { .out = &out, .a = a, .lang = LANG_FR };
	check_places(a, &v, in);
	check_urls(a, &v, in);
	check_meaning(a, in);
}

/* Reads every page of a running Gabare, in every language, as our templates should have written it:
 *
 *   pages --port N [--states FILE] [--list FILE] [--visit N]
 *
 * Starts from the four home pages and follows each link; then asks for the states of FILE ("STATUS METHOD URL [BODY]", the URL
 * with {} for the language). Says what breaks which rule; ends with "N passed, N failed" (pages). --list writes
 * "SHAPE<tab>LANGUAGE<tab>STATUS<tab>URL" of each page for the audit in the browser. */
#include "html.h"

#include <getopt.h>

#include "../http/client.h"
#include "base/utf8.h"

enum { VISITS_MAX = 20000, PER_SHAPE = 60, WEIGHT_MAX = 14000, FOREIGN_WORD = 4 };

static const struct { const char *prefix, *lang; bool rtl; } languages[] = { { "", "fr", false }, { "/simple", "fr", false },
	{ "/en", "en", false }, { "/ar", "ar", true } };

/* Most elements of a page, by the beginning of its shape (ux.md's hard limits); the first that fits counts. */
static const struct { const char *shape; int most; } element_limits[] = { { "/lieux/:/:", 250 }, { "/lieux/:", 150 }, { "/lieux", 250 },
	{ "/chercher", 250 }, { "/trouver/:", 250 }, { "", 150 } };

struct visit { str url, shape; int language; };

struct crawl {
	struct arena *keep;                      /* what outlives a page */
	struct client client;
	int port, n_visits, next, passed, failed;
	struct visit *visits;
	str *titles;                             /* by visit */
	FILE *list;
};

/* ---- addresses ---- */

static int language_of(str url, str *ret_path)
{
	for (int l = (int)lengthof(languages) - 1; l > 0; l--) {
		str prefix = str_c(languages[l].prefix), rest = str_slice(url, prefix.n, url.n);
		if (str_starts(url, prefix) && (!rest.n || rest.p[0] == '/' || rest.p[0] == '?')) {
			*ret_path = rest;
			return l;
		}
	}
	*ret_path = url;
	return 0;
}

/* "/lieux/:" of "/lieux/42", "/lieux?q&service" of "/lieux?q=x&service=y&service=z". */
static str shape_of(struct arena *a, str path)
{
	struct buf b = buf_new(a, 4096);
	str query = path, parts, segment, seen = S("");
	str_next(&query, '?', &parts);
	for (int depth = 0; str_next(&parts, '/', &segment); depth++) {
		if (depth > 0)
			buf_byte(&b, '/');
		buf_put(&b, depth > 1 ? S(":") : segment);
	}
	while (str_next(&query, '&', &parts)) {
		str name;
		str_next(&parts, '=', &name);
		if (str_eq(name, seen))
			continue;
		buf_byte(&b, seen.n ? '&' : '?');
		buf_put(&b, name);
		seen = name;
	}
	return buf_str(&b);
}

static void plan(struct crawl *c, str url)
{
	str path, fragment = url;
	str_next(&fragment, '#', &url);
	int language = language_of(url, &path), of_shape = 0;
	if (str_starts(url, S("/a/")))
		return;
	str shape = shape_of(c->keep, path);
	for (int i = 0; i < c->n_visits; i++) {
		if (str_eq(c->visits[i].url, url))
			return;
		of_shape += c->visits[i].language == language && str_eq(c->visits[i].shape, shape);
	}
	if (of_shape < PER_SHAPE && c->n_visits < VISITS_MAX)
		c->visits[c->n_visits++] = (struct visit){ str_copy(c->keep, url), shape, language };
}

/* ---- asking ---- */

static bool ask(struct crawl *c, struct arena *a, const char *method, str url, str body, struct reply *r)
{
	const char *type = body.n ? "Content-Type: application/x-www-form-urlencoded\r\n" : "";
	str head = str_printf(a, "%s %.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept-Encoding: br\r\n", method, STR_ARG(url), c->port);
	str request = str_printf(a, "%.*s%sContent-Length: %zu\r\n\r\n%.*s", STR_ARG(head), type, body.n, STR_ARG(body));
	return client_send(a, &c->client, c->port, request, strcmp(method, "HEAD") == 0, r) && r->came;
}

static size_t weight_of(const struct reply *r)
{
	size_t n = r->encoded + 17;
	for (int i = 0; i < r->n_headers; i++)
		n += r->headers[i].name.n + r->headers[i].value.n + 4;
	return n;
}

/* ---- the rules ---- */

static void check_headers(struct arena *a, struct page *p, const struct reply *r)
{
	static const char *const wanted[][2] = { { "content-type", "text/html; charset=utf-8" },
		{ "content-security-policy", "default-src 'none'" }, { "x-content-type-options", "nosniff" },
		{ "referrer-policy", "" }, { "cache-control", "" } };
	for (size_t i = 0; i < lengthof(wanted); i++) {
		str value = reply_header(a, r, str_c(wanted[i][0]));
		if (!value.p || str_find(value, str_c(wanted[i][1])) < 0)
			page_problem(p, "header %s is \"%.*s\"", wanted[i][0], STR_ARG(value));
	}
	if (reply_header(a, r, S("set-cookie")).p)
		page_problem(p, "sets a cookie on a public page");
	if (str_find(reply_header(a, r, S("content-security-policy")), S("unsafe")) >= 0)
		page_problem(p, "its policy allows something unsafe");
}

static bool is_latin(u32 c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x250); }

/* True for a byte of signs, or of letters that are not Latin (the first byte of those is 0xC3 to 0xC9). */
static bool is_sign(u8 c) { return c == 0xC2 || c >= 0xCA || !is_latin(c); }

/* True for what has no translation: names of formats, of the pass numérique; addresses on the web; what was asked for. Signs around it (0xC2 begins
 * « and ») and Arabic letters joined to it do not count. */
static bool is_name(str word, str url)
{
	static const char *const known = "Gabare CSV JSON GeoJSON OpenAPI Atom DCAT-AP Frictionless data·inclusion ETag HTML JavaScript EUPL SMS API pass numérique";
	while (word.n && is_sign((u8)word.p[0]))
		word = str_slice(word, 1, word.n);
	while (word.n && is_sign((u8)word.p[word.n - 1]))
		word = str_slice(word, 0, word.n - 1);
	ptrdiff_t dot = str_find_byte(word, '.');
	return str_find(str_c(known), word) >= 0 || str_find(url, word) >= 0 || dot > 0;
}

/* An Arabic page reads in Arabic: what is in Latin letters is marked with its language. */
static void check_arabic(struct page *p, str url)
{
	str rest = buf_str(&p->foreign), word;
	while (str_next(&rest, ' ', &word)) {
		u32 cp;
		int latin = 0;
		for (str s = word; utf8_next(&s, &cp);)
			latin += is_latin(cp);
		if (latin >= FOREIGN_WORD && !is_name(word, url))
			page_problem(p, "\"%.*s\" is read as Arabic: translate it, or mark it lang=\"fr\"", STR_ARG(str_trim(word)));
	}
}

static void check_refs(struct page *p)
{
	for (int i = 0; i < p->n_refs; i++) {
		bool found = false;
		for (int j = 0; j < p->n_ids && !found; j++)
			found = str_eq(p->refs[i], p->ids[j]);
		if (!found)
			page_problem(p, "nothing has the id %.*s", STR_ARG(p->refs[i]));
	}
}

static void check_elements(struct page *p, str shape)
{
	size_t i = 0;
	while (!str_starts(shape, str_c(element_limits[i].shape)))
		i++;
	if (p->elements > element_limits[i].most)
		page_problem(p, "%d elements; at most %d", p->elements, element_limits[i].most);
}

static void check_page(struct page *p, int language, str shape, str url)
{
	check_elements(p, shape);
	if (!str_eq(p->lang, str_c(languages[language].lang)) || str_eq(p->dir, S("rtl")) != languages[language].rtl)
		page_problem(p, "lang=\"%.*s\" dir=\"%.*s\"", STR_ARG(p->lang), STR_ARG(p->dir));
	if (p->n_titles != 1 || !p->title.n)
		page_problem(p, "%d titles: \"%.*s\"", p->n_titles, STR_ARG(p->title));
	if (p->n_h1 != 1 || !p->h1.n)
		page_problem(p, "%d h1: \"%.*s\"", p->n_h1, STR_ARG(p->h1));
	if (p->n_main != 1)
		page_problem(p, "%d main", p->n_main);
	if (languages[language].rtl) {
		check_arabic(p, url);
		page_check_numbers(p);
	}
	check_refs(p);
}

static void check_weight(struct crawl *c, struct page *p, const struct reply *r)
{
	size_t weight = weight_of(r);
	for (int i = 0; i < p->n_sheets; i++) {
		struct reply sheet;
		if (!ask(c, p->a, "GET", p->sheets[i], S(""), &sheet) || sheet.status != 200)
			page_problem(p, "no style sheet %.*s", STR_ARG(p->sheets[i]));
		weight += weight_of(&sheet);
	}
	if (p->n_sheets > 1)
		page_problem(p, "%d requests", 1 + p->n_sheets);
	if (weight > WEIGHT_MAX)
		page_problem(p, "%zu bytes on the wire; at most %d", weight, WEIGHT_MAX);
}

/* Titles tell pages apart: no two addresses without query share one in a language. */
static void check_title(struct crawl *c, struct page *p, int at)
{
	if (str_find_byte(c->visits[at].url, '?') >= 0)
		return;
	c->titles[at] = str_copy(c->keep, p->title);
	for (int i = 0; i < at; i++)
		if (c->visits[i].language == c->visits[at].language && c->titles[i].n && str_eq(c->titles[i], p->title))
			page_problem(p, "the same title as %.*s: %.*s", STR_ARG(c->visits[i].url), STR_ARG(p->title));
}

static void conclude(struct crawl *c, const struct page *p, str url)
{
	for (int i = 0; i < p->n_problems; i++)
		printf("FAIL %.*s: %.*s\n", STR_ARG(url), STR_ARG(p->problems[i]));
	*(p->n_problems ? &c->failed : &c->passed) += 1;
}

static void list(struct crawl *c, str shape, int language, int status, str url)
{
	const char *name = language ? languages[language].prefix + 1 : "fr";
	if (c->list)
		fprintf(c->list, "%.*s\t%s\t%d\t%.*s\n", STR_ARG(shape), name, status, STR_ARG(url));
}

/* ---- the walk ---- */

static void visit(struct crawl *c, struct arena *a, int at)
{
	struct visit v = c->visits[at];
	struct page *p = arena_one(a, struct page);
	struct reply r = { 0 };
	p->a = a;
	if (!ask(c, a, "GET", v.url, S(""), &r))
		page_problem(p, "no answer");
	else if (r.status != 200)
		page_problem(p, "status %d, though a page links to it", r.status);
	else if (str_starts(reply_header(a, &r, S("content-type")), S("text/html"))) {
		list(c, v.shape, v.language, r.status, v.url);
		page_read(p, r.body);
		check_headers(a, p, &r);
		check_page(p, v.language, v.shape, v.url);
		check_weight(c, p, &r);
		check_title(c, p, at);
		str base = v.url, path;
		str_next(&base, '?', &path);
		for (int i = 0; i < p->n_links; i++)
			plan(c, p->links[i].p[0] == '?' ? str_printf(a, "%.*s%.*s", STR_ARG(path), STR_ARG(p->links[i])) : p->links[i]);
	}
	conclude(c, p, v.url);
}

/* One state: what a page says when something is wrong, or not there. */
static void state(struct crawl *c, struct arena *a, str line, int language)
{
	str status, method, url, path;
	i64 wanted = 0;
	struct reply r = { 0 };
	struct page *p = arena_one(a, struct page);
	p->a = a;
	str_next(&line, ' ', &status);
	str_next(&line, ' ', &method);
	str_next(&line, ' ', &url);
	url = str_replace(a, url, S("{}"), str_c(languages[language].prefix));
	language_of(url, &path);
	str_i64(status, &wanted);
	if (!ask(c, a, str_z(a, method), url, line, &r))
		page_problem(p, "no answer");
	else if (r.status != wanted)
		page_problem(p, "status %d, expected %lld", r.status, (long long)wanted);
	page_read(p, r.body);
	check_headers(a, p, &r);
	check_page(p, language, shape_of(a, path), url);
	check_weight(c, p, &r);
	if (str_eq(method, S("GET")))
		list(c, str_printf(a, "%.*s (%d)", STR_ARG(shape_of(a, path)), r.status), language, r.status, url);
	conclude(c, p, str_printf(a, "%.*s %.*s", STR_ARG(method), STR_ARG(url)));
}

static void states(struct crawl *c, struct arena *a, const char *file)
{
	char line[2000];
	FILE *f = fopen(file, "r");
	if (!f) {
		perror(file);
		c->failed++;
		return;
	}
	while (fgets(line, sizeof line, f)) {
		str s = str_trim(str_c(line));
		for (int l = 0; s.n && s.p[0] != '#' && l < (int)lengthof(languages); l++) {
			arena_reset(a);
			state(c, a, s, l);
		}
	}
	fclose(f);
}

int main(int argc, char **argv)
{
	static const struct option known[] = { { "port", required_argument, NULL, 'p' }, { "states", required_argument, NULL, 's' },
		{ "list", required_argument, NULL, 'l' }, { NULL, 0, NULL, 0 } };
	struct crawl c = { .keep = arena_new(256 << 20), .client = { .fd = -1 } };
	struct arena *a = arena_new(512 << 20);
	const char *states_file = NULL;
	for (int o; (o = getopt_long(argc, argv, "", known, NULL)) != -1;) {
		i64 n = 0;
		if (o == 'p' && str_i64(str_c(optarg), &n))
			c.port = (int)n;
		else if (o == 's')
			states_file = optarg;
		else if (o == 'l')
			c.list = fopen(optarg, "w");
	}
	if (!c.port) {
		fprintf(stderr, "usage: pages --port N [--states FILE] [--list FILE]\n");
		return 2;
	}
	c.visits = arena_many(c.keep, struct visit, VISITS_MAX);
	c.titles = arena_many(c.keep, str, VISITS_MAX);
	for (size_t l = 0; l < lengthof(languages); l++)
		plan(&c, str_printf(c.keep, "%s/", languages[l].prefix));
	for (; c.next < c.n_visits; c.next++) {
		arena_reset(a);
		visit(&c, a, c.next);
	}
	if (states_file)
		states(&c, a, states_file);
	if (c.list)
		fclose(c.list);
	printf("%d passed, %d failed\n", c.passed, c.failed);
	arena_free(a);
	arena_free(c.keep);
	return c.failed > 0;
}

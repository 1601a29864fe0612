/* The reader of pages; see html.h. */
#include "html.h"

#include <stdarg.h>

#include "base/utf8.h"

struct attribute { str name, value; };
enum { ATTRIBUTES_MAX = 40 };
struct tag { str name; struct attribute v[ATTRIBUTES_MAX]; int n; bool self_closed; };

void page_problem(struct page *p, const char *fmt, ...)
{
	char text[400];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	if (p->n_problems < PROBLEMS_MAX)
		p->problems[p->n_problems++] = str_copy(p->a, str_c(text));
}

static bool among(str s, const char *words)
{
	str rest = str_c(words), word;
	while (str_next(&rest, ' ', &word))
		if (str_eq(s, word))
			return true;
	return false;
}

static str get(const struct tag *t, const char *name)
{
	for (int i = 0; i < t->n; i++)
		if (str_eq(t->v[i].name, str_c(name)))
			return t->v[i].value;
	return (str){ NULL, 0 };
}

static str decoded(struct arena *a, str s)
{
	s = str_replace(a, str_replace(a, s, S("&lt;"), S("<")), S("&gt;"), S(">"));
	return str_replace(a, str_replace(a, s, S("&quot;"), S("\"")), S("&amp;"), S("&"));
}

/* ---- a tag ---- */

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

static size_t name_length(str s, size_t i)
{
	size_t n = i;
	while (n < s.n && !is_space(s.p[n]) && s.p[n] != '=' && s.p[n] != '>' && s.p[n] != '/')
		n++;
	return n - i;
}

/* An attribute at i into the tag; past it. */
static size_t read_attribute(struct page *p, struct tag *t, str s, size_t i)
{
	size_t n = name_length(s, i);
	struct attribute a = { str_slice(s, i, i + n), S("") };
	i += n;
	if (i < s.n && s.p[i] == '=') {
		if (i + 1 >= s.n || s.p[i + 1] != '"')
			page_problem(p, "attribute %.*s is not in double quotes", STR_ARG(a.name));
		ptrdiff_t end = str_find_byte(str_slice(s, i + 2, s.n), '"');
		size_t close = end < 0 ? s.n : i + 2 + (size_t)end;
		a.value = decoded(p->a, str_slice(s, i + 2, close));
		i = close + 1;
	}
	if (get(t, str_z(p->a, a.name)).p)
		page_problem(p, "<%.*s> has %.*s twice", STR_ARG(t->name), STR_ARG(a.name));
	if (n > 0 && t->n < ATTRIBUTES_MAX)
		t->v[t->n++] = a;
	return n > 0 ? i : i + 1;
}

/* The tag that opens at s.p[i] == '<'; past its '>'. */
static size_t read_tag(struct page *p, str s, size_t i, struct tag *t)
{
	size_t n = name_length(s, ++i);
	*t = (struct tag){ .name = str_slice(s, i, i + n) };
	i += n;
	while (i < s.n && s.p[i] != '>') {
		if (s.p[i] == '/' && i + 1 < s.n && s.p[i + 1] == '>')
			t->self_closed = true;
		if (is_space(s.p[i]) || s.p[i] == '/')
			i++;
		else
			i = read_attribute(p, t, s, i);
	}
	return i + 1;
}

/* ---- what is noted ---- */

static void note(str *list, int *n, int max, str value)
{
	if (value.n && *n < max)
		list[(*n)++] = value;
}

static void note_refs(struct page *p, str list)
{
	str one;
	while (str_next(&list, ' ', &one))
		note(p->refs, &p->n_refs, IDS_MAX, one);
}

static void note_id(struct page *p, str id)
{
	for (int i = 0; i < p->n_ids; i++)
		if (id.n && str_eq(p->ids[i], id))
			page_problem(p, "id %.*s is there twice", STR_ARG(id));
	note(p->ids, &p->n_ids, IDS_MAX, id);
}

static void note_link(struct page *p, str to)
{
	if (str_starts(to, S("#")))
		note(p->refs, &p->n_refs, IDS_MAX, str_slice(to, 1, to.n));
	else if (str_starts(to, S("/")) || str_starts(to, S("?")))
		note(p->links, &p->n_links, LINKS_MAX, to);
}

static void check_scripts(struct page *p, const struct tag *t)
{
	if (among(t->name, "script iframe object embed base frame"))
		page_problem(p, "<%.*s>", STR_ARG(t->name));
	for (int i = 0; i < t->n; i++) {
		str name = t->v[i].name, value = t->v[i].value;
		if (str_starts(name, S("on")) || str_eq(name, S("style")))
			page_problem(p, "<%.*s %.*s=…>", STR_ARG(t->name), STR_ARG(name));
		if (among(name, "href src action formaction data poster xlink:href") && str_starts(value, S("javascript:")))
			page_problem(p, "a javascript: address");
	}
	str src = get(t, "src");
	bool sheet = str_eq(t->name, S("link")) && str_eq(get(t, "rel"), S("stylesheet"));
	str loaded = sheet ? get(t, "href") : src;
	if (loaded.n && !str_starts(loaded, S("/")) && !str_starts(loaded, S("data:")))
		page_problem(p, "loads %.*s", STR_ARG(loaded));
	if (sheet)
		note(p->sheets, &p->n_sheets, (int)lengthof(p->sheets), loaded);
}

static void check_heading(struct page *p, str name)
{
	if (name.n != 2 || name.p[0] != 'h' || name.p[1] < '1' || name.p[1] > '6')
		return;
	int level = name.p[1] - '0';
	if (level > p->heading + 1)
		page_problem(p, "h%d after h%d", level, p->heading);
	p->heading = level;
	p->n_h1 += level == 1;
}

static void check_field(struct page *p, const struct tag *t)
{
	if (!among(t->name, "input select textarea"))
		return;
	str type = get(t, "type");
	if (among(type, "hidden submit button"))
		return;
	if (!get(t, "id").n && !get(t, "aria-label").n)
		page_problem(p, "<%.*s name=%.*s> can have no label", STR_ARG(t->name), STR_ARG(get(t, "name")));
}

static bool inside(const struct page *p, str name)
{
	for (int i = 0; i < p->depth; i++)
		if (str_eq(p->open[i].name, name))
			return true;
	return false;
}

static void note_spoken(struct page *p, const struct tag *t)
{
	static const char *const spoken[] = { "aria-label", "alt", "title", "placeholder" };
	for (size_t i = 0; i < lengthof(spoken); i++) {
		buf_put(&p->turned, get(t, spoken[i]));
		buf_byte(&p->turned, '\n');
	}
	if (str_eq(get(t, "name"), S("description")))
		buf_put(&p->turned, get(t, "content"));
	buf_byte(&p->turned, '\n');
}

static void note_all(struct page *p, const struct tag *t)
{
	note_id(p, get(t, "id"));
	note_refs(p, get(t, "for"));
	note_refs(p, get(t, "aria-labelledby"));
	note_refs(p, get(t, "aria-describedby"));
	note_link(p, get(t, "href"));
	note_link(p, get(t, "src"));
}

/* Looks belong to the style sheet (RGAA 10.1). */
static void check_looks(struct page *p, const struct tag *t)
{
	static const char *const looks = "align alink background bgcolor border cellpadding cellspacing char charoff clear color compact frameborder "
		"height hspace link marginheight marginwidth size text valign vlink vspace width";
	bool drawn = str_eq(t->name, S("svg")) || (p->depth > 0 && p->open[p->depth - 1].svg);
	if (among(t->name, "basefont big blink center font marquee s strike tt"))
		page_problem(p, "<%.*s> is for looks only", STR_ARG(t->name));
	for (int i = 0; i < t->n && !drawn; i++)
		if (among(t->v[i].name, looks) && !(str_eq(t->name, S("select")) && str_eq(t->v[i].name, S("size"))))
			page_problem(p, "<%.*s %.*s=…> is for looks only", STR_ARG(t->name), STR_ARG(t->v[i].name));
}

static void check_place(struct page *p, const struct tag *t)
{
	if (among(t->name, "a button form label") && inside(p, t->name))
		page_problem(p, "<%.*s> within another", STR_ARG(t->name));
	if (str_eq(t->name, S("img")) && !get(t, "alt").p)
		page_problem(p, "an image without alt");
}

static void opens(struct page *p, const struct tag *t)
{
	static const struct open_element nothing;
	struct open_element in = p->depth > 0 ? p->open[p->depth - 1] : nothing;
	str lang = get(t, "lang");
	p->elements += !in.svg;
	p->n_titles += str_eq(t->name, S("title")) && !in.svg;
	p->n_main += str_eq(t->name, S("main"));
	if (str_eq(t->name, S("html"))) {
		p->lang = lang;
		p->dir = get(t, "dir");
	}
	check_scripts(p, t);
	check_heading(p, t->name);
	check_field(p, t);
	check_looks(p, t);
	check_place(p, t);
	note_all(p, t);
	note_spoken(p, t);
	if (among(t->name, "area base br col hr img input link meta source track wbr") || t->self_closed || p->depth == DEPTH_MAX)
		return;
	in.name = t->name;
	in.french = lang.p ? !str_eq(lang, p->lang) : in.french;
	in.isolated = in.isolated || str_eq(t->name, S("bdi")) || str_eq(get(t, "dir"), S("ltr"));
	in.svg = in.svg || str_eq(t->name, S("svg"));
	p->open[p->depth++] = in;
}

static void closes(struct page *p, str name)
{
	if (p->depth > 0 && str_eq(p->open[p->depth - 1].name, name)) {
		p->depth--;
		return;
	}
	page_problem(p, "</%.*s> closes <%.*s>", STR_ARG(name), STR_ARG(p->depth ? p->open[p->depth - 1].name : S("nothing")));
	if (inside(p, name))
		while (!str_eq(p->open[--p->depth].name, name))
			;
}

static void reads(struct page *p, str text)
{
	str in = p->depth ? p->open[p->depth - 1].name : S("");
	if (str_eq(in, S("title")) && !p->title.n)
		p->title = decoded(p->a, str_trim(text));
	if (inside(p, S("h1")))
		p->h1 = str_trim(text).n ? text : p->h1;
	if (p->depth && !p->open[p->depth - 1].french && !among(in, "title style svg"))
		buf_put(&p->foreign, decoded(p->a, text));
	buf_byte(&p->foreign, ' ');
	if (p->depth && !p->open[p->depth - 1].isolated && !str_eq(in, S("style"))) {
		buf_put(&p->turned, decoded(p->a, text));
		buf_byte(&p->turned, '\n');
	}
}

static bool is_digit(u32 c) { return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669); }

/* Between digits, these part a telephone number, a time, a date or a span of them. */
static bool parts_numbers(u32 c) { return c == ' ' || c == 0xA0 || c == '-' || c == 0x2011 || c == 0x2013 || c == ':' || c == '/'; }

/* What is wrong with one line, cut after the digit that shows it; absent when nothing is. */
static str loose_number(str line)
{
	u32 before = 0, last = 0, c;
	int isolates = 0;
	for (str rest = line; utf8_next(&rest, &c); before = last, last = c) {
		isolates += (c >= 0x2066 && c <= 0x2068) - (c == 0x2069);
		if (isolates || !is_digit(c))
			continue;
		bool joined = parts_numbers(last) && is_digit(before);
		bool is_signed = (last == '+' || last == '-') && !is_digit(before);
		if (joined || is_signed)
			return str_slice(line, 0, line.n - rest.n);
	}
	return (str){ NULL, 0 };
}

void page_check_numbers(struct page *p)
{
	str rest = buf_str(&p->turned), line;
	while (str_next(&rest, '\n', &line)) {
		str loose = loose_number(line);
		if (loose.n)
			page_problem(p, "\"%.*s\": this number may be read backwards in Arabic: <bdi dir=\"ltr\">", STR_ARG(loose));
	}
}

void page_read(struct page *p, str s)
{
	p->foreign = buf_new(p->a, 4 << 20);
	p->turned = buf_new(p->a, 4 << 20);
	if (!str_starts(s, S("<!DOCTYPE html>")))
		page_problem(p, "does not begin with <!DOCTYPE html>");
	for (size_t i = 0; i < s.n;) {
		if (s.p[i] != '<') {
			ptrdiff_t next = str_find_byte(str_slice(s, i, s.n), '<');
			size_t end = next < 0 ? s.n : i + (size_t)next;
			reads(p, str_slice(s, i, end));
			i = end;
		} else if (i + 1 < s.n && (s.p[i + 1] == '!' || s.p[i + 1] == '?')) {
			ptrdiff_t end = str_find_byte(str_slice(s, i, s.n), '>');
			i = end < 0 ? s.n : i + (size_t)end + 1;
		} else if (i + 1 < s.n && s.p[i + 1] == '/') {
			size_t n = name_length(s, i + 2);
			closes(p, str_slice(s, i + 2, i + 2 + n));
			i += n + 3;
		} else {
			struct tag t;
			i = read_tag(p, s, i, &t);
			opens(p, &t);
		}
	}
	if (p->depth > 0)
		page_problem(p, "<%.*s> is never closed", STR_ARG(p->open[p->depth - 1].name));
}

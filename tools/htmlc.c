/* The template compiler: `htmlc in.html out.c out.h` turns each `{% template name_html(params) %}` of in.html into a C
 * function `enum err name_html(struct view *v, params)` that writes the page into v->out. Values are escaped for the place
 * where they stand, by their C type (html/escape.h); what cannot be escaped surely is refused, at its line and column.
 *
 *   {{ EXPR }}  {% if EXPR %} {% elif EXPR %} {% else %} {% end %}  {% for x in LIST %} {% else %} {% end %}
 *   {% let name = EXPR %}  {% call other_html(args) %}  {% page title=EXPR, class=EXPR %}  {% include "x.h" %}  {# comment #}
 *
 * Runs of white space become one space or newline (not in <pre>, <textarea>, attributes); a directive alone on its line
 * leaves nothing of that line; what surrounds a template's body is dropped. */
#include "htmlc_html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum block_kind { B_TEMPLATE, B_IF, B_FOR };

struct block {
	enum block_kind kind;
	const char *where;                       /* its directive, for messages */
	int list;                                /* B_FOR: number of its list variable */
	bool has_else, ended;                    /* ended: some branch has, and `end_at` is where */
	struct html_at start_at, end_at;
};

#define DEPTH_MAX 40

struct compiler {
	struct source s;
	const char *p;                           /* next character to read */
	struct text c, h, lit;                   /* the .c, the .h, literal text not yet in the .c */
	struct html_at at;
	struct block blocks[DEPTH_MAX];
	int depth, lists, templates;
	bool begun, page, layout;                /* this template wrote something, has a {% page %}; the file has one */
};

/* ---- errors and output ---- */

static void refused(const struct compiler *k, struct refusal r)
{
	fail(&k->s, r.where, "%s", r.message);
}

static void indent(struct compiler *k)
{
	for (int i = 0; i < k->depth; i++)
		addz(&k->c, "\t");
}

/* Points the C compiler, and xgettext, at the template. */
static void line_of(struct compiler *k, const char *where)
{
	int line, col;
	place_of(&k->s, where, &line, &col);
	addf(&k->c, "#line %d \"%s\"\n", line, k->s.file);
	indent(k);
}

static void add_c_char(struct compiler *k, unsigned char c, char before)
{
	if (c == '\n')
		addz(&k->c, "\\n");
	else if (c == '"' || c == '\\' || (c == '?' && before == '?'))
		addf(&k->c, "\\%c", c);
	else if (c < ' ' || c == 0x7F)
		addf(&k->c, "\\%03o", c);
	else
		add(&k->c, (const char *)&c, 1);
}

/* Writes the literal text so far as one call. */
static void flush(struct compiler *k)
{
	if (k->lit.n == 0)
		return;
	indent(k);
	addz(&k->c, "buf_put(out_, S(\"");
	for (size_t i = 0; i < k->lit.n; i++) {
		add_c_char(k, (unsigned char)k->lit.p[i], i ? k->lit.p[i - 1] : '\0');
		if (k->lit.p[i] == '\n' && i + 1 < k->lit.n) {
			addz(&k->c, "\"\n");
			indent(k);
			addz(&k->c, "\t\"");
		}
	}
	addz(&k->c, "\"));\n");
	k->lit.n = 0;
	k->begun = true;
}

/* ---- directives ---- */

static struct block *top(struct compiler *k)
{
	return k->depth ? &k->blocks[k->depth - 1] : NULL;
}

static struct block *push(struct compiler *k, enum block_kind kind, const char *where)
{
	if (k->depth == DEPTH_MAX - 1)
		fail(&k->s, where, "nested too deep");
	struct block *b = &k->blocks[k->depth++];
	*b = (struct block){ .kind = kind, .where = where, .start_at = k->at };
	return b;
}

static void settle(struct compiler *k, const char *where)
{
	struct refusal r;
	if (!html_settle(&k->at, where, &r))
		refused(k, r);
}

static void need_template(const struct compiler *k, const char *where)
{
	if (k->depth == 0)
		fail(&k->s, where, "this must stand inside a {%% template %%}");
}

static void join(struct compiler *k, struct block *b, const struct html_at *end, const char *where)
{
	if (!b->ended)
		b->end_at = *end;
	else if (!html_merge(&b->end_at, end))
		fail(&k->s, where, "the branches end at different places of the HTML (tag, attribute or URL)");
	b->ended = true;
}

static void do_include(struct compiler *k, const char *where, struct span s)
{
	if (k->depth)
		fail(&k->s, where, "{%% include %%} stands outside of templates");
	if (s.p == s.end || *s.p != '"' || skip_quoted(&k->s, s.p) != s.end)
		fail(&k->s, where, "a header in double quotes is expected");
	addf(&k->h, "#include %.*s\n", SPAN(s));
}

static void do_template(struct compiler *k, const char *where, struct span s)
{
	struct span name, params;
	struct text wanted = { 0 };
	if (k->depth)
		fail(&k->s, where, "a template cannot stand inside another; is an {%% end %%} missing?");
	split_call(&k->s, s, &name, &params);
	addf(&wanted, " %.*s(struct view ", SPAN(name));
	if (k->h.p && strstr(k->h.p, wanted.p))
		fail(&k->s, name.p, "this template is defined twice");
	free(wanted.p);
	k->at = (struct html_at){ .state = H_TEXT };
	k->begun = k->page = false;
	const char *comma = params.p < params.end ? ", " : "";
	addf(&k->h, "%smust_use enum err %.*s(struct view *v%s%.*s);\n", k->templates++ ? "" : "\n", SPAN(name), comma, SPAN(params));
	addz(&k->c, "\n");
	line_of(k, name.p);
	addf(&k->c, "enum err %.*s(struct view *v%s%.*s)\n{\n\tstruct buf *const out_ = v->out;\n", SPAN(name), comma, SPAN(params));
	push(k, B_TEMPLATE, where);
}

static void do_if(struct compiler *k, const char *where, struct span s)
{
	need_template(k, where);
	settle(k, where);
	flush(k);
	s = expression(&k->s, s.p, s.end, where);
	line_of(k, s.p);
	addf(&k->c, "if (%.*s) {\n", SPAN(s));
	push(k, B_IF, where);
}

/* The end of a branch, and the start of the next. */
static struct block *next_branch(struct compiler *k, const char *where, const char *word)
{
	struct block *b = top(k);
	if (!b || b->kind == B_TEMPLATE)
		fail(&k->s, where, "{%% %s %%} without its {%% if %%}", word);
	if (b->has_else)
		fail(&k->s, where, "{%% %s %%} after {%% else %%}", word);
	settle(k, where);
	flush(k);
	join(k, b, &k->at, where);
	k->at = b->start_at;
	return b;
}

static void do_elif(struct compiler *k, const char *where, struct span s)
{
	struct block *b = next_branch(k, where, "elif");
	if (b->kind != B_IF)
		fail(&k->s, where, "{%% elif %%} without its {%% if %%}");
	s = expression(&k->s, s.p, s.end, where);
	k->depth--;
	line_of(k, s.p);
	addf(&k->c, "} else if (%.*s) {\n", SPAN(s));
	k->depth++;
}

/* A loop's body has ended where it may follow itself; what comes next may also come without it. */
static void end_body(struct compiler *k, struct block *b, const char *where)
{
	struct html_at again = b->start_at;
	struct refusal r;
	if (!html_loop(&again, where, &r))
		refused(k, r);
	struct html_at end = k->at;
	if (!html_merge(&end, &again))
		fail(&k->s, where, "the loop ends at another place of the HTML than it begins (tag, attribute or URL)");
}

static void do_else(struct compiler *k, const char *where, struct span s)
{
	if (s.p != s.end)
		fail(&k->s, s.p, "{%% else %%} takes nothing; {%% elif %%} takes a condition");
	struct block *b = top(k);
	if (b && b->kind == B_FOR && !b->has_else) {
		settle(k, where);
		end_body(k, b, where);
	}
	b = next_branch(k, where, "else");
	b->has_else = true;
	k->depth--;
	indent(k);
	if (b->kind == B_FOR)
		addf(&k->c, "} if (list%d_->n == 0) {\n", b->list);
	else
		addz(&k->c, "} else {\n");
	k->depth++;
}

static void do_for(struct compiler *k, const char *where, struct span s)
{
	struct refusal r;
	const char *p = s.p;
	need_template(k, where);
	settle(k, where);
	flush(k);
	struct span name = identifier(&k->s, &p, "the name of the variable");
	struct span in = identifier(&k->s, &p, "\"in\"");
	if (!span_is(in, "in"))
		fail(&k->s, in.p, "\"in\" is expected here");
	struct span list = expression(&k->s, p, s.end, where);
	int n = ++k->lists;
	line_of(k, list.p);
	addf(&k->c, "{ __auto_type list%d_ = (%.*s);\n", n, SPAN(list));
	line_of(k, name.p);
	addf(&k->c, "for (size_t %.*s_i = 0; %.*s_i < list%d_->n; %.*s_i++) {\n", SPAN(name), SPAN(name), n, SPAN(name));
	push(k, B_FOR, where)->list = n;
	line_of(k, name.p);
	addf(&k->c, "__auto_type %.*s = list%d_->v[%.*s_i]; (void)%.*s;\n", SPAN(name), n, SPAN(name), SPAN(name));
	if (!html_loop(&k->at, where, &r))
		refused(k, r);
}

static void do_let(struct compiler *k, const char *where, struct span s)
{
	const char *p = s.p;
	need_template(k, where);
	settle(k, where);
	flush(k);
	struct span name = identifier(&k->s, &p, "the name of the variable");
	while (is_space(*p))
		p++;
	if (*p != '=')
		fail(&k->s, p, "\"=\" is expected here");
	struct span value = expression(&k->s, p + 1, s.end, where);
	line_of(k, name.p);
	addf(&k->c, "__auto_type %.*s = (%.*s); (void)%.*s;\n", SPAN(name), SPAN(value), SPAN(name));
}

static void do_call(struct compiler *k, const char *where, struct span s)
{
	struct span name, args;
	need_template(k, where);
	split_call(&k->s, s, &name, &args);
	if (k->at.state != H_TEXT)
		fail(&k->s, where, "a template is called between tags, not inside one");
	flush(k);
	line_of(k, name.p);
	addf(&k->c, "try(%.*s(v%s%.*s));\n", SPAN(name), args.p < args.end ? ", " : "", SPAN(args));
	k->begun = true;
}

static void do_page(struct compiler *k, const char *where, struct span s)
{
	const char *p = s.p;
	struct span none = { "NULL", NULL };
	none.end = none.p + 4;
	if (k->depth != 1)
		fail(&k->s, where, "{%% page %%} stands directly inside a template");
	if (k->page)
		fail(&k->s, where, "a template has one {%% page %%}");
	if (k->begun || k->lit.n)
		fail(&k->s, where, "{%% page %%} comes before anything is written");
	struct span title = keyed(&k->s, &p, s.end, "title");
	struct span class = p < s.end ? keyed(&k->s, &p, s.end, "class") : none;
	if (p < s.end)
		fail(&k->s, p, "nothing more is expected here");
	k->page = k->layout = true;
	line_of(k, title.p);
	addf(&k->c, "try(layout_begin_html(v, (%.*s), (%.*s)));\n", SPAN(title), SPAN(class));
}

static void end_template(struct compiler *k, const char *where)
{
	if (k->at.state != H_TEXT || k->at.pre)
		fail(&k->s, where, "the template ends inside a tag, an attribute, <pre>, <textarea> or <title>");
	while (k->lit.n && is_space(k->lit.p[k->lit.n - 1]))
		k->lit.n--;
	flush(k);
	if (k->page)
		addz(&k->c, "\ttry(layout_end_html(v));\n");
	addz(&k->c, "\treturn out_->full ? INTERNAL : OK;\n}\n");
}

static void do_end(struct compiler *k, const char *where, struct span s)
{
	struct block *b = top(k);
	if (s.p != s.end)
		fail(&k->s, s.p, "{%% end %%} takes nothing");
	if (!b)
		fail(&k->s, where, "{%% end %%} ends nothing");
	if (b->kind == B_TEMPLATE) {
		end_template(k, where);
		k->depth--;
		return;
	}
	settle(k, where);
	flush(k);
	if (b->kind == B_FOR && !b->has_else)
		end_body(k, b, where);
	join(k, b, &k->at, where);
	if (!b->has_else)
		join(k, b, &b->start_at, where);
	k->at = b->end_at;
	k->depth--;
	indent(k);
	addz(&k->c, b->kind == B_FOR ? "}}\n" : "}\n");
}

/* ---- the file ---- */

struct directive { const char *word; void (*run)(struct compiler *, const char *, struct span); bool line; };

static const struct directive directives[] = {
	{ "include", do_include, true }, { "template", do_template, true }, { "page", do_page, true }, { "if", do_if, true },
	{ "elif", do_elif, true }, { "else", do_else, true }, { "for", do_for, true }, { "let", do_let, true },
	{ "call", do_call, false }, { "end", do_end, true }, { NULL, NULL, false },
};

/* Nothing but blanks stands on the lines of the source around begin … end. */
static bool alone(const struct source *src, const char *begin, const char *end)
{
	while (begin > src->text && (begin[-1] == ' ' || begin[-1] == '\t'))
		begin--;
	end += strspn(end, " \t\r");
	return (begin == src->text || begin[-1] == '\n') && (*end == '\0' || *end == '\n');
}

/* A tag alone on its line leaves nothing of the line: drops the white space after it. `begin` is its first character. */
static void drop_line(struct compiler *k, const char *begin)
{
	if (alone(&k->s, begin, k->p) && (k->depth == 0 || html_folds(&k->at)))
		k->p += strspn(k->p, " \t\r\n\f");
}

static void directive(struct compiler *k)
{
	const char *begin = k->p, *p = k->p + 2;
	struct refusal r;
	struct html_at probe = k->at;
	if (k->depth && !html_settle(&probe, begin, &r))
		refused(k, r);
	struct span word = identifier(&k->s, &p, "a directive");
	const struct directive *d = directives;
	while (d->word && !span_is(word, d->word))
		d++;
	if (!d->word)
		fail(&k->s, word.p, "unknown directive \"%.*s\"", SPAN(word));
	const char *end = c_end(&k->s, p, "%}", '\0', begin);
	k->p = end + 2;
	d->run(k, begin, trim((struct span){ p, end }));
	if (d->line)
		drop_line(k, begin);
}

static void value(struct compiler *k)
{
	const char *begin = k->p, *put;
	struct refusal r;
	need_template(k, begin);
	if (!html_value(&k->at, begin, &put, &r))
		refused(k, r);
	const char *end = c_end(&k->s, begin + 2, "}}", '\0', begin);
	struct span s = expression(&k->s, begin + 2, end, begin);
	flush(k);
	line_of(k, s.p);
	addf(&k->c, "%s(out_, %s(%.*s));\n", put, strcmp(put, "put_url_link") ? "" : "v, ", SPAN(s));
	k->begun = true;
	k->p = end + 2;
}

static void comment(struct compiler *k)
{
	const char *begin = k->p;
	const char *end = strstr(begin, "#}");
	if (!end)
		fail(&k->s, begin, "this comment has no \"#}\"");
	k->p = end + 2;
	drop_line(k, begin);
}

static void space(struct compiler *k)
{
	struct refusal r;
	bool newline = false;
	if (!html_step(&k->at, k->p, &r))
		refused(k, r);
	for (; is_space(*k->p); k->p++)
		newline |= *k->p == '\n';
	if (k->begun || k->lit.n || k->depth > 1)
		addz(&k->lit, newline ? "\n" : " ");
}

static void literal(struct compiler *k)
{
	struct refusal r;
	bool pre = k->at.pre;
	if (k->depth == 0) {
		if (!is_space(*k->p))
			fail(&k->s, k->p, "text must stand inside a {%% template %%}");
		k->p++;
		return;
	}
	if (is_space(*k->p) && html_folds(&k->at)) {
		space(k);
		return;
	}
	if (html_wants_prefix(&k->at, k->p)) {
		flush(k);
		indent(k);
		addz(&k->c, "put_prefix(out_, v);\n");
	}
	if (!html_step(&k->at, k->p, &r))
		refused(k, r);
	add(&k->lit, k->p++, 1);
	if (!pre && k->at.pre && strncmp(k->p, "{{", 2) == 0)
		addz(&k->lit, "\n");         /* browsers drop a newline right after <pre> or <textarea>: not the value's own */
}

static void compile(struct compiler *k)
{
	k->p = k->s.text;
	while (*k->p) {
		bool verbatim = k->depth && k->at.state == H_RAW;
		if (k->p[0] == '{' && k->p[1] == '#' && !verbatim)
			comment(k);
		else if (k->p[0] == '{' && k->p[1] == '%')
			directive(k);
		else if (k->p[0] == '{' && k->p[1] == '{')
			value(k);
		else
			literal(k);
	}
	if (k->depth)
		fail(&k->s, top(k)->where, "this directive has no {%% end %%}");
	if (k->templates == 0)
		fail(&k->s, k->p, "no {%% template %%} in this file");
}

/* The heads of the two files: the header's guard comes from the template's path, as two folders may have the same names. */
static void heads(const struct compiler *k, const char *header, struct text *ret_c, struct text *ret_h)
{
	const char *name = strrchr(header, '/') ? strrchr(header, '/') + 1 : header, *path = k->s.file;
	struct text guard = { 0 };
	while (strncmp(path, "../", 3) == 0 || *path == '/')
		path += *path == '/' ? 1 : 3;
	for (addz(&guard, "HTMLC_"); *path; path++) {
		char c = is_name_char(*path) ? *path : '_';
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		add(&guard, &c, 1);
	}
	addf(ret_h, "/* Made by htmlc; edit %s. */\n#ifndef %s\n#define %s\n\n#include \"html/escape.h\"\n#include \"html/view.h\"\n",
		k->s.file, guard.p, guard.p);
	addf(ret_c, "/* Made by htmlc; edit %s. */\n#include \"%s\"\n", k->s.file, name);
	if (k->layout)
		addz(ret_c, "#include \"html/layout_html.h\"\n");
	free(guard.p);
}

int main(int argc, char **argv)
{
	static struct compiler k;
	struct text head_c = { 0 }, head_h = { 0 };
	size_t n = 0;
	if (argc != 4) {
		fputs("usage: htmlc in.html out.c out.h\n", stderr);
		return 2;
	}
	k.s.file = argv[1];
	k.s.text = read_file(argv[1], &n);
	if (!k.s.text) {
		perror(argv[1]);
		return 1;
	}
	if (strlen(k.s.text) != n)
		fail(&k.s, k.s.text + strlen(k.s.text), "a NUL character");
	compile(&k);
	heads(&k, argv[3], &head_c, &head_h);
	addz(&k.h, "\n#endif\n");
	write_file(argv[2], &head_c, &k.c);
	write_file(argv[3], &head_h, &k.h);
	free(head_c.p);
	free(head_h.p);
	return 0;
}

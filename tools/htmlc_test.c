/* The template compiler from outside: what it refuses, where it says so, and the C it makes of what it takes. */
#include "unit.h"

#include <sys/wait.h>
#include <unistd.h>

static char output[65536];                       /* what htmlc said, or what was asked of it by read_made() */

static void write_source(const char *source)
{
	char path[4200];
	snprintf(path, sizeof(path), "%s/t.html", unit_dir());
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_not_equal(fputs(source, f), EOF);
	assert_int_equal(fclose(f), 0);
}

/* Runs a shell command in the test's directory, where $HTMLC is the compiler built beside this program; keeps what it says.
 * The exit status. */
static int shell(const char *command)
{
	char line[8192], self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	assert_true(n > 0);
	self[n] = '\0';
	*strrchr(self, '/') = '\0';
	snprintf(line, sizeof(line), "cd '%s' && HTMLC='%s/tools/htmlc' && exec 2>&1 && %s", unit_dir(), self, command);
	FILE *f = popen(line, "r");
	assert_non_null(f);
	size_t got = fread(output, 1, sizeof(output) - 1, f);
	output[got] = '\0';
	int status = pclose(f);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The template must be refused at "line:col" with these words in the message. */
static void refuses(const char *source, const char *at, const char *words)
{
	char start[64];
	write_source(source);
	int status = shell("rm -f t.c t.h; \"$HTMLC\" t.html t.c t.h; r=$?; ls t.c t.h 2>/dev/null; exit $r");
	snprintf(start, sizeof(start), "t.html:%s: ", at);
	if (status != 1 || strncmp(output, start, strlen(start)) != 0 || !strstr(output, words) || strstr(output, "t.c"))
		fail_msg("%s\nexpected exit 1 and: %s…%s\ngot exit %d and: %s", source, start, words, status, output);
}

/* A template whose body is `body`, of which the first character stands at 2:1. */
static void refuses_body(const char *body, const char *at, const char *words)
{
	char source[4096];
	snprintf(source, sizeof(source), "{%% template t_html(str x) %%}\n%s\n{%% end %%}\n", body);
	refuses(source, at, words);
}

/* The C made of the body must hold `code`. */
static void makes(const char *body, const char *code)
{
	char source[4096];
	snprintf(source, sizeof(source), "{%% template t_html(str x) %%}\n%s\n{%% end %%}\n", body);
	write_source(source);
	if (shell("\"$HTMLC\" t.html t.c t.h && cat t.c") != 0 || !strstr(output, code))
		fail_msg("%s\nexpected: %s\ngot: %s", source, code, output);
}

TEST(htmlc_refuses_values_where_no_escaper_is_sure)
{
	refuses_body("<p class={{ x }}>a</p>", "2:10", "double quotes");
	refuses_body("<p class=a{{ x }}>a</p>", "2:11", "double quotes");
	refuses_body("<p class='{{ x }}'>a</p>", "2:11", "not single ones");
	refuses_body("<p class='{% if 1 %}b{% end %}'>a</p>", "2:11", "not single ones");
	refuses_body("<{{ x }}>a", "2:1", "name of a tag");
	refuses_body("<h{{ x }}>a", "2:3", "name of a tag");
	refuses_body("</h{{ x }}>a", "2:4", "end tag");
	refuses_body("</{{ x }}>a", "2:1", "name of a tag");
	refuses_body("<p {{ x }}>a", "2:4", "name of an attribute");
	refuses_body("<p data-{{ x }}=\"1\">a", "2:9", "name of an attribute");
	refuses_body("<p class=\"a\"{{ x }}>a", "2:13", "name of an attribute");
	refuses_body("<style>p{color:{{ x }}}</style>", "2:16", "<style>");
	refuses_body("<style>{% if 1 %}p{}{% end %}</style>", "2:8", "<style>");
	refuses_body("a\n<!-- {{ x }} -->", "3:6", "HTML comment");
	refuses_body("<!-- {% if 1 %} -->{% end %}", "2:6", "HTML comment");
	refuses_body("<!DOCTYPE {{ x }}>", "2:11", "declaration");
	refuses_body("<iframe srcdoc=\"{{ x }}\">", "2:2", "element is refused");
	refuses_body("<img srcset=\"{{ x }} 2x\">", "2:14", "this attribute");
	refuses_body("<p title=\"é{% call t_html(x) %}\">", "2:12", "between tags");
	refuses_body("<title>{% call t_html(x) %}</title>", "2:8", "between tags");
}

TEST(htmlc_refuses_scripts_and_styles)
{
	refuses_body("<p>a</p> <script>1</script>", "2:11", "<script>");
	refuses_body("<SCRIPT src=\"x\">", "2:2", "<script>");
	refuses_body("<script{% if 1 %} a{% end %}>", "2:2", "<script>");
	refuses_body("<p onclick=\"x()\">", "2:4", "event handlers");
	refuses_body("<p OnLoad>", "2:4", "event handlers");
	refuses_body("<p{% if 1 %} onclick{% end %}>", "2:14", "event handlers");
	refuses_body("<p style=\"color:red\">", "2:4", "style=");
	refuses_body("<p style=\"{{ x }}\">", "2:4", "style=");
	refuses_body("<a href=\"javascript:x()\">", "2:10", "script URLs");
	refuses_body("<a href=\"JavaScript:x()\">", "2:10", "script URLs");
	refuses_body("<form action=\"{% if 1 %}javascript{% else %}javascript{% end %}:x\">", "2:54", "script URLs");
	refuses_body("<a href=\" javascript:x()\">", "2:10", "written plainly");
	refuses_body("<a href=\"&#106;avascript:x()\">", "2:10", "written plainly");
	refuses_body("<a href=\"{{ x }}:y\">", "2:17", "computed scheme");
	refuses_body("<a href=\"java{{ x }}:y\">", "2:21", "computed scheme");
	refuses_body("<a href=\"data:text/html,{{ x }}\">", "2:25", "data:");
	refuses_body("<a href='/lieux'>", "2:9", "double quotes");
	refuses_body("<a href=/lieux>", "2:9", "double quotes");
}

TEST(htmlc_refuses_html_it_does_not_understand)
{
	refuses_body("a < b", "2:3", "&lt;");
	refuses_body("<p class=>", "2:10", "right after");
	refuses_body("<p class =\"a\">", "2:10", "no white space");
	refuses_body("<p class=\"a\"id=\"b\">", "2:13", "white space is needed");
	refuses_body("<p{% if 1 %} a{% end %}b>", "2:24", "white space is needed");
	refuses_body("<p {% for i in l %}a{% end %}>", "2:20", "white space is needed");
	refuses_body("<p a=b\"c>", "2:7", "double quotes");
	refuses_body("<p \"a\">", "2:4", "unexpected character");
	refuses_body("<p$>", "2:3", "unexpected character");
	refuses_body("<p a$>", "2:5", "unexpected character");
	refuses_body("</p$>", "2:4", "unexpected character");
	refuses_body("<p", "3:1", "inside a tag");
	refuses_body("<p class=\"a", "3:1", "inside a tag");
	refuses_body("<pre>a", "3:1", "<pre>");
	refuses_body("<textarea>a", "3:1", "<textarea>");
}

TEST(htmlc_refuses_branches_that_part)
{
	refuses_body("{% if 1 %}<p{% end %}>", "2:13", "branches");
	refuses_body("<p class=\"{% if 1 %}a\"{% else %}b{% end %}\">", "2:34", "branches");
	refuses_body("<p class=\"{% if 1 %}a\"{% end %}\">", "2:23", "branches");
	refuses_body("{% if 1 %}<p{% elif 2 %}<b{% else %}<i{% end %}>", "2:27", "branches");
	refuses_body("{% if 1 %}<pre>{% end %}</pre>", "2:16", "branches");
	refuses_body("<a href=\"{% if 1 %}/a{% end %}\">", "2:22", "branches");
	refuses_body("{% for i in l %}<p{% end %}>", "2:19", "loop ends");
	refuses_body("{% for i in l %}<p{% else %}a{% end %}>", "2:19", "loop ends");
	refuses_body("<a href=\"{% for i in l %}a{% end %}\">", "2:10", "loop inside a URL");
}

TEST(htmlc_refuses_directives_out_of_order)
{
	refuses_body("{% if %}a{% end %}", "2:1", "expression");
	refuses_body("{% if 1 %}a", "1:1", "no {% end %}");
	refuses_body("{% if 1 %}{% for i in l %}a{% end %}", "1:1", "no {% end %}");
	refuses_body("a{% end %}\nb", "3:1", "inside a {% template %}");
	refuses_body("{% else %}", "2:1", "without its {% if %}");
	refuses_body("{% elif 1 %}", "2:1", "without its {% if %}");
	refuses_body("{% for i in l %}{% elif 1 %}{% end %}", "2:17", "without its {% if %}");
	refuses_body("{% if 1 %}{% else %}{% else %}{% end %}", "2:21", "after {% else %}");
	refuses_body("{% if 1 %}{% else %}{% elif 2 %}{% end %}", "2:21", "after {% else %}");
	refuses_body("{% if 1 %}{% else 2 %}{% end %}", "2:19", "takes nothing");
	refuses_body("{% if 1 %}{% end if %}", "2:18", "takes nothing");
	refuses_body("{% fi 1 %}", "2:4", "unknown directive \"fi\"");
	refuses_body("{% %}", "2:4", "a directive is expected");
	refuses_body("{% for in l %}{% end %}", "2:11", "\"in\" is expected");
	refuses_body("{% for i l %}{% end %}", "2:10", "\"in\" is expected");
	refuses_body("{% for i in %}{% end %}", "2:1", "expression");
	refuses_body("{% for 9 in l %}{% end %}", "2:8", "name of the variable");
	refuses_body("{% let 1 %}", "2:8", "name of the variable");
	refuses_body("{% let a %}", "2:10", "\"=\" is expected");
	refuses_body("{% let a = %}", "2:1", "expression");
	refuses_body("{% call t(x) %}", "2:9", "ends with _html");
	refuses_body("{% call t_html %}", "2:15", "(…)");
	refuses_body("{% include \"a.h\" %}", "2:1", "outside of templates");
	refuses_body("{% template u_html() %}{% end %}", "2:1", "inside another");
}

TEST(htmlc_refuses_files_without_sense)
{
	refuses("", "1:1", "no {% template %}");
	refuses("a", "1:1", "inside a {% template %}");
	refuses("{{ x }}", "1:1", "inside a {% template %}");
	refuses("{% if 1 %}", "1:1", "inside a {% template %}");
	refuses("{% let a = 1 %}", "1:1", "inside a {% template %}");
	refuses("{% call a_html() %}", "1:1", "inside a {% template %}");
	refuses("{% for a in b %}", "1:1", "inside a {% template %}");
	refuses("{% end %}", "1:1", "ends nothing");
	refuses("{% include a.h %}", "1:1", "double quotes");
	refuses("{% include %}", "1:1", "double quotes");
	refuses("{% template t() %}{% end %}", "1:13", "ends with _html");
	refuses("{% template t_html %}{% end %}", "1:19", "(…)");
	refuses("{% template t_html() %}\na\n", "1:1", "no {% end %}");
	refuses("{% template t_html() %}a{% end %}\n{% template t_html() %}b{% end %}", "2:13", "twice");
	refuses("{# a", "1:1", "no \"#}\"");
}

TEST(htmlc_refuses_expressions_that_do_not_end)
{
	refuses_body("{{ }}", "2:1", "an expression is expected");
	refuses_body("a {{ x", "2:3", "no \"}}\"");
	refuses_body("{{ f(x }}", "2:8", "closes nothing");
	refuses_body("{{ x) }}", "2:5", "closes nothing");
	refuses_body("{{ f(x]) }}", "2:7", "closes nothing");
	refuses_body("{{ \"x }}", "2:4", "string has no end");
	refuses_body("{{ 'x }}", "2:4", "character has no end");
	refuses_body("{{ x; y }}", "2:5", "not statements");
	refuses_body("{{ x // y }}", "2:6", "no C comment");
	refuses_body("{{ x /* y */ }}", "2:6", "no C comment");
}

TEST(htmlc_refuses_pages_out_of_place)
{
	refuses_body("<p>{% page title=x %}", "2:4", "before anything is written");
	refuses_body("{{ x }}{% page title=x %}", "2:8", "before anything is written");
	refuses_body("{% page title=x %}{% page title=x %}", "2:19", "one {% page %}");
	refuses_body("{% if 1 %}{% page title=x %}{% end %}", "2:11", "directly inside");
	refuses_body("{% page %}", "2:9", "title is expected");
	refuses_body("{% page name=x %}", "2:9", "title=");
	refuses_body("{% page title x %}", "2:15", "\"=\" is expected");
	refuses_body("{% page title= %}", "2:15", "an expression is expected");
	refuses_body("{% page title=x, name=y %}", "2:18", "class=");
	refuses_body("{% page title=x, class=y, z=1 %}", "2:26", "nothing more");
}

TEST(htmlc_counts_characters_not_bytes)
{
	refuses_body("<p title=\"é\" data-prénom>", "2:21", "unexpected character");
	refuses_body("\t{# é #}{{ }}", "2:9", "an expression is expected");
}

TEST(htmlc_chooses_the_escaper_of_the_place)
{
	makes("<p>{{ x }}", "put_text(out_, (x));");
	makes("<p title=\"a {{ x }}\">", "put_attr(out_, (x));");
	makes("<title>{{ x }}</title>", "put_attr(out_, (x));");
	makes("<textarea name=\"a\">{{ x }}</textarea>",
		"S(\"<textarea name=\\\"a\\\">\\n\"));\n#line 2 \"t.html\"\n\tput_attr(out_, (x));");
	makes("<a href=\"{{ x }}\">", "put_url_link(out_, v, (x));");
	makes("<a HREF=\"{{ x }}#a\">", "put_url_link(out_, v, (x));");
	makes("<img src=\"{{ x }}\">", "put_url(out_, (x));");
	makes("<svg><use xlink:href=\"{{ x }}\"/></svg>", "put_url(out_, (x));");
	makes("<form action=\"{{ x }}\"><button formaction=\"/\">", "put_url_link(out_, v, (x));");
	makes("<a href=\"/lieux/{{ x }}\">", "put_url_part(out_, (x));");
	makes("<a href=\"?q={{ x }}\">", "put_url_part(out_, (x));");
	makes("<a href=\"https://{{ x }}/\">", "put_url_part(out_, (x));");
	makes("<a href=\"tel:{{ x }}\">", "put_url_address(out_, (x));");
	makes("<a href=\"mailto:{{ x }}\">", "put_url_address(out_, (x));");
	makes("<a href=\"mailto:a?subject={{ x }}\">", "put_url_part(out_, (x));");
	makes("<p>{{ f(\"}}\", '}', (struct s){1}) }}", "put_text(out_, (f(\"}}\", '}', (struct s){1})));");
}

TEST(htmlc_puts_the_language_before_our_paths)
{
	makes("<a href=\"/lieux\">", "S(\"<a href=\\\"\"));\n\tput_prefix(out_, v);\n\tbuf_put(out_, S(\"/lieux\\\">\"));");
	makes("<a href=\"/\">", "put_prefix(out_, v);");
	makes("<form action=\"{% if 1 %}/a-b{% else %}/q{% end %}\">", "put_prefix(out_, v);\n\t\tbuf_put(out_, S(\"/a-b\"));");
	makes("<button formaction=\"/x\">", "put_prefix(out_, v);");
	makes("<a href=\"/a/x.css\">", "S(\"<a href=\\\"/a/x.css\\\">\")");
	makes("<a href=\"/api/v1\">", "S(\"<a href=\\\"/api/v1\\\">\")");
	makes("<a href=\"/q/x\">", "S(\"<a href=\\\"/q/x\\\">\")");
	makes("<a href=\"//x\">", "S(\"<a href=\\\"//x\\\">\")");
	makes("<img src=\"/x\">", "S(\"<img src=\\\"/x\\\">\")");
	makes("<a href=\"x/y\">", "S(\"<a href=\\\"x/y\\\">\")");
}

TEST(htmlc_folds_white_space)
{
	makes("<p>\n\t a  \t b\n\n</p>  <i\n  class=\"a  b\" >c</i>",
		"S(\"<p>\\n\"\n\t\t\"a b\\n\"\n\t\t\"</p> <i\\n\"\n\t\t\"class=\\\"a  b\\\" >c</i>\")");
	makes("<pre>a\n  b</pre>\n  c", "S(\"<pre>a\\n\"\n\t\t\"  b</pre>\\n\"\n\t\t\"c\")");
	makes("a\n  {# alone #}\n  b {# not #} c", "S(\"a\\n\"\n\t\t\"b  c\")");
	makes("<ul>\n  {% for i in l %}\n  <li>\n  {% end %}\n</ul>", "S(\"<li>\\n\"));\n\t}}\n\tbuf_put(out_, S(\"</ul>\"));");
	makes("\"\\ ?\?) ?", "S(\"\\\"\\\\ ?\\?) ?\")");
	makes("<style>{#a{b:c}}</style>", "S(\"<style>{#a{b:c}}</style>\")");
}

TEST(htmlc_makes_pages_and_calls)
{
	makes("{% let t = _(\"A\") %}\n{% page title=_f(\"{1}, b\", t), class=\"c\" %}\n<p>",
		"try(layout_begin_html(v, (_f(\"{1}, b\", t)), (\"c\")));\n\tbuf_put(out_, S(\"<p>\"));\n\ttry(layout_end_html(v));");
	makes("{% page title=x %}", "#include \"html/layout_html.h\"\n");
	makes("{% page title=x %}", "try(layout_begin_html(v, (x), (NULL)));");
	makes("{% call a_html() %}{% call b_html(1, x) %}", "try(a_html(v));\n#line 2 \"t.html\"\n\ttry(b_html(v, 1, x));");
}

TEST(htmlc_header_declares_the_templates)
{
	write_source("{% include \"directory/place.h\" %}\n"
		"{% template a_html(const struct place *p, bool b) %}a{% end %}\n"
		"{% template b_html() %}{% end %}\n");
	assert_int_equal(shell("\"$HTMLC\" t.html t.c t.h && cat t.h"), 0);
	assert_string_equal(output, "/* Made by htmlc; edit t.html. */\n#ifndef HTMLC_T_HTML\n#define HTMLC_T_HTML\n\n"
		"#include \"html/escape.h\"\n#include \"html/view.h\"\n#include \"directory/place.h\"\n\n"
		"must_use enum err a_html(struct view *v, const struct place *p, bool b);\n"
		"must_use enum err b_html(struct view *v);\n\n#endif\n");
}

TEST(htmlc_exit_status)
{
	assert_int_equal(shell("\"$HTMLC\" t.html t.c"), 2);
	assert_int_equal(shell("\"$HTMLC\" absent.html t.c t.h"), 1);
	write_source("{% template a_html() %}a{% end %}");
	assert_int_equal(shell("\"$HTMLC\" t.html no/t.c t.h"), 1);
	assert_int_equal(shell("printf 'a\\0b' >t.html; \"$HTMLC\" t.html t.c t.h"), 1);
	assert_non_null(strstr(output, "t.html:1:2: a NUL"));
}

/* Translators and C errors see the lines of the template. */
TEST(htmlc_lines_are_those_of_the_template)
{
	write_source("{% template a_html(str x) %}\n<p>{{ _(\"un\") }}</p>\n<p title=\"{{ _f(\"deux {1}\",\n  _(\"trois\")) }}\">\n"
		"{% if x.n %}\n{{ _n(\"lieu\", \"lieux\", 2) }}\n{% call b_html(_(\"quatre\")) %}\n{% end %}\n{% end %}\n");
	if (shell("command -v xgettext >/dev/null") != 0)
		unit_skip("xgettext is not installed");
	assert_int_equal(shell("\"$HTMLC\" t.html t.c t.h && "
		"xgettext --language=C --from-code=UTF-8 -k_ -kN_ -k_n:1,2 -k_f -o - t.c"), 0);
	assert_non_null(strstr(output, "#: t.html:2\nmsgid \"un\"\n"));
	assert_non_null(strstr(output, "#: t.html:3\nmsgid \"deux {1}\"\n"));
	assert_non_null(strstr(output, "#: t.html:4\nmsgid \"trois\"\n"));
	assert_non_null(strstr(output, "#: t.html:6\nmsgid \"lieu\"\nmsgid_plural \"lieux\"\n"));
	assert_non_null(strstr(output, "#: t.html:7\nmsgid \"quatre\"\n"));
}

/* Content is ours, and still nothing in it can become markup we did not mean. */
#include "unit.h"

#include "html/markdown.h"
#include "look.h"

static str made(enum lang l, const char *text)
{
	struct view v = look_view(unit_arena(1 << 20), l);
	return markdown_html(&v, str_c(text)).s;
}

TEST(markdown_makes_paragraphs_and_lists)
{
	assert_str(made(LANG_FR, "Un.\n\n- deux\n- trois\n"), "<p>Un.</p>\n<ul>\n<li>deux</li>\n<li>trois</li>\n</ul>\n");
}

TEST(emphasis_is_a_french_name)
{
	assert_str(made(LANG_FR, "Sur *ameli.fr*, ou *Caf*."), "<p>Sur ameli.fr, ou Caf.</p>\n");
	assert_str(made(LANG_AR, "*A&B*, *Caf*"), "<p><bdi lang=\"fr\">A&amp;B</bdi>, <bdi lang=\"fr\">Caf</bdi></p>\n");
}

TEST(a_line_is_a_line_in_the_simple_version)
{
	assert_str(made(LANG_SIMPLE, "Un.\nDeux."), "<p>Un.<br />\nDeux.</p>\n");
	assert_str(made(LANG_FR, "Un.\nDeux."), "<p>Un.\nDeux.</p>\n");
}

TEST(raw_html_and_scripts_stay_out)
{
	assert_false(look_has(made(LANG_FR, "<script>x</script>\n\na <b onclick=\"x\">b</b>"), "<script"));
	assert_false(look_has(made(LANG_FR, "a <b onclick=\"x\">b</b>"), "onclick"));
	assert_false(look_has(made(LANG_FR, "[a](javascript:x)"), "javascript"));
}

TEST(an_emphasis_of_several_parts_loses_none)
{
	assert_str(made(LANG_FR, "*un **deux** trois*"), "<p><em>un <strong>deux</strong> trois</em></p>\n");
}

TEST(links_to_our_pages_keep_the_language)
{
	assert_str(made(LANG_EN, "[a](/lieux?q=x) [b](https://b.example/) [c](tel:3230)"),
		"<p><a href=\"/en/lieux?q=x\">a</a> <a href=\"https://b.example/\">b</a> <a href=\"tel:3230\">c</a></p>\n");
	assert_str(made(LANG_EN, "[a](/api/v1/lieux.csv) [b](//b.example)"), "<p><a href=\"/api/v1/lieux.csv\">a</a> <a href=\"//b.example\">b</a></p>\n");
	assert_str(made(LANG_FR, "[a](/lieux)"), "<p><a href=\"/lieux\">a</a></p>\n");
}

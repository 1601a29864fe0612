/* What is escaped is read back by an HTML parser as it was; what cannot be a safe link becomes none; and compiled templates
 * (tools/htmlc_test.html) put the right escaper at each place. */
#include "unit.h"

#include "html/escape.h"
#include "parse_back.h"
#include "tools/htmlc_test_html.h"

/* What a test makes; each test is a process of its own. */
static struct arena *memory(void)
{
	static struct arena *a;
	return a ? a : (a = arena_new(1 << 20));
}

static struct view view(enum lang lang)
{
	static struct buf out;
	out = buf_new(memory(), 1 << 16);
	return (struct view){ .out = &out, .a = memory(), .lang = lang };
}

typedef void escaper(struct buf *b, str s);

static str escaped(escaper *escape, str s)
{
	struct buf b = buf_new(memory(), 1 << 16);
	escape(&b, s);
	return buf_str(&b);
}

TEST(escape_text_and_attributes)
{
	assert_str(escaped(esc_text, S("a < b & \"c\" > d'é")), "a &lt; b &amp; \"c\" &gt; d'é");
	assert_str(escaped(esc_attr, S("a < b & \"c\" > d'é")), "a &lt; b &amp; &quot;c&quot; &gt; d'é");
	assert_str(escaped(esc_text, S("</p><script>")), "&lt;/p&gt;&lt;script&gt;");
	assert_str(escaped(esc_text, S("a\rb")), "a&#13;b");
	assert_str(escaped(esc_text, ((str){ "a\0b", 3 })), "a\xEF\xBF\xBD" "b");
	assert_str(escaped(esc_text, S("")), "");
	assert_str(escaped(esc_attr, (str){ NULL, 0 }), "");
}

/* Every pair of bytes that means something to a parser, around every other. */
TEST(escape_is_read_back_as_it_was)
{
	static const char marks[] = "&<>\"'=`;#x/ \n\r\t-!a\xC3\xA9";
	for (size_t i = 0; i < sizeof(marks) - 1; i++)
		for (size_t j = 0; j < sizeof(marks) - 1; j++) {
			const char s[] = { marks[i], marks[j], 'l', 't', ';', marks[j], marks[i] };
			str in = { s, sizeof(s) };
			struct arena *a = arena_new(1 << 16);
			str text = parse_back_text(a, escaped(esc_text, in)), attr = parse_back_attr(a, escaped(esc_attr, in));
			assert_true(text.p && str_eq(text, in));
			assert_true(attr.p && str_eq(attr, in));
			arena_free(a);
		}
}

TEST(escape_url_keeps_safe_links)
{
	assert_str(escaped(esc_url, S("https://a.example/b?c=d&e=f#g")), "https://a.example/b?c=d&amp;e=f#g");
	assert_str(escaped(esc_url, S("HTTP://a.example")), "HTTP://a.example");
	assert_str(escaped(esc_url, S("mailto:a@b.example")), "mailto:a@b.example");
	assert_str(escaped(esc_url, S("tel:+33240000000")), "tel:+33240000000");
	assert_str(escaped(esc_url, S("/lieux?q=a:b")), "/lieux?q=a:b");
	assert_str(escaped(esc_url, S("lieux/a:b")), "lieux/a:b");
	assert_str(escaped(esc_url, S("#haut")), "#haut");
	assert_str(escaped(esc_url, S("?page=2")), "?page=2");
	assert_str(escaped(esc_url, S("")), "");
	assert_str(escaped(esc_url, S("/été \"<x>\" 100% %C3%A9")), "/%C3%A9t%C3%A9%20%22%3Cx%3E%22%20100%25%20%C3%A9");
}

TEST(escape_url_refuses_the_others)
{
	static const char *const bad[] = { "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "\tjavascript:alert(1)",
		"java\nscript:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", "javascript\x7F:a", "data:text/html,a",
		"vbscript:a", "blob:a", "file:///etc/passwd", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
		"\n//evil.example", " //evil.example", "https:evil.example", "https:/evil.example", "http:///evil.example", "https://",
		"javascript&colon;alert(1):", ":a", "a b:c" };
	for (size_t i = 0; i < lengthof(bad); i++)
		assert_str(escaped(esc_url, str_c(bad[i])), "#");
	assert_str(escaped(esc_url, (str){ NULL, 0 }), "#");
	assert_str(escaped(esc_url, ((str){ "/a\0b", 4 })), "#");
}

TEST(escape_url_parts)
{
	assert_str(escaped(esc_url_part, S("a b/c?d=e&f#g%+é\"<'~-._Z9")), "a%20b%2Fc%3Fd%3De%26f%23g%25%2B%C3%A9%22%3C%27~-._Z9");
	assert_str(escaped(esc_url_part, ((str){ "\0\xFF", 2 })), "%00%FF");
	assert_str(escaped(esc_url_address, S("+33 2@x?y&z")), "+33%202@x%3Fy%26z");
}

TEST(escape_integers)
{
	struct buf b = buf_new(memory(), 1000);
	put_text(&b, (u64)UINT64_MAX);
	put_text(&b, (size_t)0);
	put_attr(&b, (i64)INT64_MIN);
	put_url_part(&b, 7);
	assert_str(buf_str(&b), "184467440737095516150-92233720368547758087");
}

TEST(template_escapes_each_place)
{
	struct view v = view(LANG_FR);
	assert_ok(t_places_html(&v, S("<a b=\"&\">")));
	assert_str(buf_str(v.out), "<p title=\"a &lt;a b=&quot;&amp;&quot;&gt;\" class=\"&lt;a b=&quot;&amp;&quot;&gt;\">"
		"&lt;a b=\"&amp;\"&gt;</p>"
		"<textarea>\n&lt;a b=&quot;&amp;&quot;&gt;</textarea><title>&lt;a b=&quot;&amp;&quot;&gt;</title>");
}

TEST(template_urls)
{
	struct view v = view(LANG_FR);
	assert_ok(t_urls_html(&v, S("javascript:a+b")));
	assert_str(buf_str(v.out), "<a href=\"#\">1</a><a href=\"/lieux/javascript%3Aa%2Bb?q=javascript%3Aa%2Bb\">2</a>"
		"<a href=\"tel:javascript%3Aa+b\">3</a>");
}

TEST(template_types)
{
	struct view v = view(LANG_FR);
	assert_ok(t_types_html(&v, (html){ S("<b>&amp;</b>") }, "z<", INT64_MIN, 3, true));
	assert_str(buf_str(v.out), "<b>&amp;</b> z&lt; -9223372036854775808 3 1 oui <b id=\"n3\" title=\"z&lt;\">");
}

TEST(template_links_carry_the_language)
{
	struct view v = view(LANG_FR);
	assert_ok(t_links_html(&v));
	assert_str(buf_str(v.out), "<a href=\"/\"></a>"
		"<a href=\"/lieux\"></a><form action=\"/x\"></form><a href=\"/a/x.css\"></a><a href=\"#y\"></a>");
	v = view(LANG_AR);
	assert_ok(t_links_html(&v));
	assert_str(buf_str(v.out), "<a href=\"/ar/\"></a>"
		"<a href=\"/ar/lieux\"></a><form action=\"/ar/x\"></form><a href=\"/a/x.css\"></a><a href=\"#y\"></a>");
}

/* Computed ones too: what an agent does in English stays in English. */
TEST(computed_links_of_agents_carry_the_language)
{
	struct view v = view(LANG_EN);
	put_url_link(v.out, &v, S("/agent/foyers/X?a=1"));
	put_url_link(v.out, &v, " /agent");
	put_url_link(v.out, &v, S("/en/agent"));
	put_url_link(v.out, &v, S("/agents"));
	put_url_link(v.out, &v, "/compte");
	put_url_link(v.out, &v, (struct as_is){ S("/agent") });
	assert_str(buf_str(v.out), "/en/agent/foyers/X?a=1#/en/agent/agents/en/compte/agent");
	v = view(LANG_FR);
	put_url_link(v.out, &v, S("/agent"));
	assert_str(buf_str(v.out), "/agent");
}

TEST(template_flow)
{
	struct pair two[] = { { S_INIT("a"), S_INIT("") }, { S_INIT("b"), S_INIT("") } };
	struct pairs some = { two, 2 }, none = { NULL, 0 };
	struct view v = view(LANG_FR);
	assert_ok(t_flow_html(&v, &some, 3));
	assert_str(buf_str(v.out), "<ul class=\"several\">\n<li id=\"first\">0=a</li>\n<li>1=b</li>\n</ul>\n6[aa][ab][ba][bb]");
	v = view(LANG_FR);
	assert_ok(t_flow_html(&v, &none, 1));
	assert_str(buf_str(v.out), "<ul class=\"one\">\n<li>none</li>\n</ul>\n2");
	v = view(LANG_FR);
	assert_ok(t_flow_html(&v, &none, 0));
	assert_str(buf_str(v.out), "<ul hidden>\n<li>none</li>\n</ul>\n0");
}

TEST(template_says_when_the_page_does_not_fit)
{
	struct view v = view(LANG_FR);
	*v.out = buf_new(v.a, 10);
	assert_err(t_places_html(&v, S("x")), INTERNAL);
}

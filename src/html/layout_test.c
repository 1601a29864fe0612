/* What surrounds every page, the pages of a list, and the files compiled in. */
#include "unit.h"

#include "html/assets.h"
#include "html/layout_html.h"
#include "html/widgets_html.h"
#include "look.h"

static struct view view(enum lang l)
{
	static struct arena *a;
	arena_free(a);
	return look_view(a = arena_new(1 << 22), l);
}

static str page_of(struct view *v, const char *class)
{
	assert_ok(layout_begin_html(v, S("Titre & <suite>"), class));
	buf_put(v->out, S("<h1>x</h1>"));
	assert_ok(layout_end_html(v));
	return buf_str(v->out);
}

TEST(layout_is_whole_in_every_language)
{
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		struct view v = view(l);
		str page = page_of(&v, "");
		struct look look = look_at(v.a, page);
		assert_null(look.fault);
		assert_true(look.elements <= 65);
		assert_true(look_has(page, "tel:+33261914400"));
		assert_int_equal(look_count(page, "aria-current=\"true\""), 1);
		assert_true(look_has(page, str_z(v.a, asset_url("gabare.css"))));
	}
}

TEST(layout_title_says_error_and_escapes)
{
	struct view v = view(LANG_FR);
	v.error = true;
	str page = page_of(&v, "large");
	assert_true(look_has(page, "<title>Erreur\u00a0: Titre &amp; &lt;suite&gt; – Gabare Gabare-sur-Loire</title>"));
	assert_true(look_has(page, "<html lang=\"fr\" class=\"large\">"));
	v = view(LANG_AR);
	assert_true(look_has(page_of(&v, ""), "<html lang=\"ar\" dir=\"rtl\">"));
	v = view(LANG_SIMPLE);
	assert_true(look_has(page_of(&v, "large"), "<html lang=\"fr\" class=\"simple large\">"));
}

TEST(language_links_keep_the_page)
{
	struct view v = view(LANG_EN);
	v.path = S("/lieux?q=a&b=\"");
	str page = page_of(&v, "");
	assert_true(look_has(page, "<a href=\"/lieux?q=a&amp;b=%22\" lang=\"fr\" hreflang=\"fr\">Français</a>")
		|| look_has(page, "<a href=\"/lieux?q=a&amp;b=&quot;\" lang=\"fr\" hreflang=\"fr\">Français</a>"));
	assert_true(look_has(page, "href=\"/ar/lieux?q=a"));
	assert_true(look_has(page, " aria-current=\"true\">English"));
	assert_true(look_has(page, "lang=\"ar\" hreflang=\"ar\" dir=\"rtl\">العربية"));
	v = view(LANG_FR);
	v.agent = true;
	page = page_of(&v, "");
	assert_false(look_has(page, "العربية"));
	assert_true(look_has(page, "class=\"agent\""));
}

TEST(addresses_are_absolute_when_the_city_has_one)
{
	struct view v = view(LANG_EN);
	v.path = S("/etre-aide");
	v.here = S("/etre-aide");
	str page = page_of(&v, "");
	assert_true(look_has(page, "<link rel=\"canonical\" href=\"https://numerique.example.org/en/etre-aide\">"));
	assert_true(look_has(page, "hreflang=\"ar\" href=\"https://numerique.example.org/ar/etre-aide\">"));
	assert_int_equal(look_count(page, "rel=\"alternate\""), 3);
	assert_true(look_has(page, "<a href=\"/en/etre-aide\" aria-current=\"page\">"));
	v = view(LANG_EN);
	v.noindex = true;
	page = page_of(&v, "");
	assert_false(look_has(page, "canonical"));
	assert_true(look_has(page, "<meta name=\"robots\" content=\"noindex\">"));
}

TEST(a_city_with_less_shows_less)
{
	struct view v = view(LANG_FR);
	struct city bare = { .name = S("X") };
	v.city = &bare;
	str page = page_of(&v, "");
	assert_null(look_at(v.a, page).fault);
	assert_false(look_has(page, "tel:"));
	assert_false(look_has(page, "démonstration"));
	assert_false(look_has(page, "canonical"));
}

TEST(pages_html_leads_both_ways)
{
	struct view v = view(LANG_FR);
	struct pager one = { .page = 1, .pages = 1 }, middle = { S("/lieux?page=1"), S("/lieux?page=3"), 2, 3 };
	assert_ok(pages_html(&v, &one));
	assert_int_equal(v.out->n, 0);
	assert_ok(pages_html(&v, &middle));
	str page = buf_str(v.out);
	assert_true(look_has(page, "<a rel=\"prev\" href=\"/lieux?page=1\">Page précédente</a>"));
	assert_true(look_has(page, "<a rel=\"next\" href=\"/lieux?page=3\">Page suivante</a>"));
	assert_true(look_has(page, "Page 2 sur 3"));
}

TEST(assets_are_found_by_url_and_name)
{
	str url = asset_url("gabare.css");
	const struct asset *css = asset_find(url);
	assert_non_null(css);
	assert_true(str_starts(url, S("/a/gabare-")) && str_ends(url, S(".css")) && url.n == S("/a/gabare-12345678.css").n);
	assert_true(css->br.n > 0 && css->br.n <= 3072);
	assert_true(css->gzip.n > css->br.n && css->identity.n > css->gzip.n);
	assert_null(asset_find(S("/a/gabare.css")));
	assert_null(asset_named(assets, S("autre.css")));
}

static void unknown_asset(void)
{
	(void)asset_url("autre.css");
}

TEST(an_unknown_asset_is_a_defect)
{
	assert_aborts(unknown_asset);
}

TEST(the_stamp_is_there_when_there_is_one)
{
	struct view v = view(LANG_FR);
	assert_ok(stamp_html(&v));
	assert_int_equal(v.out->n, 0);
	v.stamp = "sceau";
	assert_ok(stamp_html(&v));
	assert_str(buf_str(v.out), "<input type=\"hidden\" name=\"_s\" value=\"sceau\">");
}

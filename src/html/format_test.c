/* How facts are shown, and that nothing a fact holds becomes markup. */
#include "unit.h"

#include "html/format.h"
#include "look.h"

static struct view view(enum lang l)
{
	static struct arena *a;
	arena_free(a);
	return look_view(a = arena_new(1 << 20), l);
}

TEST(number_shown_groups_by_three)
{
	struct view v = view(LANG_FR);
	assert_str(number_shown(v.a, LANG_FR, 0), "0");
	assert_str(number_shown(v.a, LANG_FR, 999), "999");
	assert_str(number_shown(v.a, LANG_FR, 1000), "1\u202f000");
	assert_str(number_shown(v.a, LANG_EN, -1234567), "-1,234,567");
	assert_str(number_shown(v.a, LANG_FR, -123), "-123");
}

TEST(dates_in_words_in_four_languages)
{
	struct view v = view(LANG_FR);
	struct date d = { 2026, 11, 25 };
	assert_str(day_shown(&v, d), "mercredi 25 novembre 2026");
	assert_str(date_shown(&v, (struct date){ 2027, 5, 1 }), "1er mai 2027");
	assert_str(date_shown(&v, (struct date){ 2027, 2, 30 }), "");
	v = view(LANG_SIMPLE);
	assert_str(day_shown(&v, d), "mercredi 25 novembre 2026");
	v = view(LANG_EN);
	assert_str(day_shown(&v, d), "Wednesday 25 November 2026");
	v = view(LANG_AR);
	assert_str(day_shown(&v, d), "الأربعاء 25 نوفمبر 2026");
}

TEST(distance_shown_rounds_as_people_do)
{
	static const struct { enum lang l; double metres; const char *wanted; } cases[] = {
		{ LANG_FR, 0, "tout près" }, { LANG_FR, 44, "tout près" }, { LANG_FR, 45, "à 50 m" }, { LANG_FR, 349, "à 350 m" },
		{ LANG_FR, 994, "à 990 m" }, { LANG_FR, 996, "à 1 km" }, { LANG_FR, 1049, "à 1 km" }, { LANG_FR, 1240, "à 1,2 km" },
		{ LANG_FR, 9940, "à 9,9 km" }, { LANG_FR, 9960, "à 10 km" },
		{ LANG_FR, 12400, "à 12 km" }, { LANG_FR, 1234567, "à 1\u202f235 km" },
		{ LANG_SIMPLE, 349, "à 350 mètres" }, { LANG_EN, 1240, "1.2 km away" }, { LANG_AR, 350, "على بُعد 350 م" },
	};
	for (size_t i = 0; i < lengthof(cases); i++) {
		struct view v = view(cases[i].l);
		assert_str(distance_shown(&v, cases[i].metres), cases[i].wanted);
	}
}

TEST(freshness_shown_asks_to_call_after_a_year)
{
	struct view v = view(LANG_FR);
	struct date today = { 2026, 11, 25 };
	assert_str(freshness_shown(&v, (struct date){ 2025, 11, 26 }, today), "Informations vérifiées le 26 novembre 2025.");
	assert_true(look_has(freshness_shown(&v, (struct date){ 2025, 11, 25 }, today), "plus d’un an. Téléphonez"));
	assert_true(look_has(freshness_shown(&v, (struct date){ 0, 0, 0 }, today), "Nous ne savons pas"));
}

TEST(phone_html_is_a_grouped_link)
{
	struct view v = view(LANG_FR);
	assert_str(phone_html(&v, S("+33261914400")).s, "<a href=\"tel:+33261914400\">02\u00a061\u00a091\u00a044\u00a000</a>");
	v = view(LANG_AR);
	assert_str(phone_html(&v, S("+33261914400")).s,
	           "<a href=\"tel:+33261914400\"><bdi dir=\"ltr\">02\u00a061\u00a091\u00a044\u00a000</bdi></a>");
	assert_false(look_has(phone_html(&v, S("\"><b>")).s, "<b>"));
}

TEST(french_names_are_marked_elsewhere)
{
	struct view v = view(LANG_FR);
	assert_str(french_html(&v, S("Nâga & Cie")).s, "Nâga &amp; Cie");
	v = view(LANG_AR);
	assert_str(french_html(&v, S("<Nâga>")).s, "<bdi lang=\"fr\">&lt;Nâga&gt;</bdi>");
	assert_str(fact_html(&v, S("quai <2>")).s, "<bdi lang=\"fr\">quai &lt;2&gt;</bdi>");
	assert_str(link_html(&v, "/plan", S("a<b")).s, "<a href=\"/ar/plan\">a&lt;b</a>");
}

TEST(fmt_html_escapes_words_and_not_arguments)
{
	struct view v = view(LANG_FR);
	const html args[] = { { S("<b>x</b>") }, { S("{1}") } };
	assert_str(fmt_html(&v, S("a<b {1}\nfin {2}{3}"), args, 2).s, "a&lt;b <b>x</b><br>fin {1}{3}");
	assert_str(fmt_html(&v, S("{1}"), args, 1).s, "<b>x</b>");
	assert_str(fmt_html(&v, S("{1"), args, 1).s, "{1");
	assert_str(lines_html(&v, S("un\n<deux>\n")).s, "un<br>&lt;deux&gt;<br>");
	assert_str(text_html(&v, S("")).s, "");
}

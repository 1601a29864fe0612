/* The guide of the demonstration, as its readers and its printer get it. */
#include "guide/guide.h"

#include <stdlib.h>

#include "given.h"
#include "base/timex.h"
#include "guide/making.h"
#include "paper.h"

#define WIDTH 419.53
#define HEIGHT 595.28

static struct arena *memory(void)
{
	static struct arena *a;
	return a = a ? a : unit_arena((size_t)512 << 20);
}

static const struct city city = {
	.name = S_INIT("Nantes"), .public_url = S_INIT("https://numerique.nantes.example"), .help_phone = S_INIT("+33261914400"),
	.help_hours = S_INIT("du lundi au vendredi, de 9 h à 18 h"),
};

static struct guide given_guide(struct view *v, enum lang l, const char *code)
{
	struct guide g;
	clock_set(1795600000000);                /* 25 November 2026 */
	given_demo();
	*v = (struct view){ .a = memory(), .lang = l, .city = &city };
	db_use_arena(ask_db(), memory());
	assert_ok(guide_gather(ask_db(), v, &(struct guide_from){ .code = str_c(code) }, &g));
	return g;
}

static struct guide_made made(const struct view *v, struct guide *g, struct guide_options o)
{
	struct guide_made m;
	assert_ok(guide_make(v, g, &o, &m));
	return m;
}

static str plain(str s)
{
	return str_replace(memory(), str_replace(memory(), s, S("\u00A0"), S(" ")), S("\u202F"), S(" "));
}

static bool on_page(str pdf, int page, str name)
{
	str text = str_replace(memory(), plain(paper_page(memory(), pdf, page)), S("\n"), S(" "));
	return str_find(text, plain(name)) >= 0;
}

/* The number at the end of the line of the index of names; 0: no such line. */
static int page_in_index(str index, str name)
{
	str line;
	while (index.n && str_next(&index, '\n', &line))
		if (str_starts(str_trim(plain(line)), plain(name))) {
			str trimmed = str_trim(line);
			size_t at = trimmed.n;
			while (at > 0 && trimmed.p[at - 1] >= '0' && trimmed.p[at - 1] <= '9')
				at--;
			return (int)strtol(str_z(memory(), str_slice(trimmed, at, trimmed.n)), NULL, 10);
		}
	return 0;
}

TEST(guide_holds_every_place_on_the_page_that_its_index_says)
{
	struct view v;
	struct guide g = given_guide(&v, LANG_FR, NULL);
	struct guide_made m = made(&v, &g, (struct guide_options){ 0 });
	assert_int_equal(g.n_places, 134);
	str pages = paper_ask(memory(), m.pdf, "pdftotext -layout %s -");
	ptrdiff_t at = str_find(pages, S("Tous les lieux\n"));
	assert_true(at > 0);
	str index = str_slice(pages, (size_t)at, pages.n);
	for (size_t i = 0; i < g.n_places; i += 9) {
		int page = page_in_index(index, g.places[i].words.name);
		if (!page || !on_page(m.pdf, page, g.places[i].words.name))
			fail_msg("%.*s: page %d", STR_ARG(g.places[i].words.name), page);
		assert_true(on_page(m.pdf, page, g.places[i].words.services));
	}
	assert_true(on_page(m.pdf, 1, S("02 61 91 44 00")));
	assert_true(on_page(m.pdf, 1, S("25 novembre 2026")));
	assert_true(on_page(m.pdf, m.pages, S("Besoin de quelqu’un")));
	paper_check(m.pdf);
	paper_lines_apart(memory(), m.pdf, WIDTH, HEIGHT);
}

TEST(guide_is_light_and_the_same_bytes_each_time)
{
	struct view v;
	struct guide g = given_guide(&v, LANG_FR, NULL);
	struct guide_made with = made(&v, &g, (struct guide_options){ 0 }), again = made(&v, &g, (struct guide_options){ 0 });
	struct guide_made without = made(&v, &g, (struct guide_options){ .without_qr = true });
	assert_true(str_eq(with.pdf, again.pdf));
	if (with.pdf.n * 48 / (size_t)with.pages > 400000 || without.pdf.n * 48 / (size_t)without.pages > 150000)
		fail_msg("48 pages: %zu bytes, %zu without codes", with.pdf.n * 48 / (size_t)with.pages, without.pdf.n * 48 / (size_t)without.pages);
}

TEST(guide_speaks_arabic_and_simple_words)
{
	struct view v;
	struct guide g = given_guide(&v, LANG_AR, NULL);
	struct guide_made m = made(&v, &g, (struct guide_options){ 0 });
	assert_true(on_page(m.pdf, 1, S("دليل المساعدة الرقمية")));
	paper_lines_apart(memory(), m.pdf, WIDTH, HEIGHT);
	paper_check(m.pdf);
	v.lang = LANG_SIMPLE;
	assert_ok(guide_gather(ask_db(), &v, &(struct guide_from){ .code = S("") }, &g));
	m = made(&v, &g, (struct guide_options){ 0 });
	paper_lines_apart(memory(), m.pdf, WIDTH, HEIGHT);
	paper_check(m.pdf);
}

TEST(guide_of_one_area_is_a_leaflet)
{
	struct view v;
	struct guide g = given_guide(&v, LANG_FR, "44143");
	struct guide_made m = made(&v, &g, (struct guide_options){ .two_up = true });
	assert_str(g.only, "Rezé");
	assert_true(g.n_places > 1 && g.n_places < 20);
	str text = paper_ask(memory(), m.pdf, "pdftotext %s -");
	assert_true(str_find(text, g.places[0].words.name) >= 0);
	assert_true(str_find(text, S("Sommaire")) < 0);
	assert_err(guide_gather(ask_db(), &v, &(struct guide_from){ .code = S("99999") }, &g), NOT_FOUND);
}

static enum err published(void)
{
	struct guide_making_row made_row;
	return guide_publish(ask_db(), &city, S(""), S("Guide d’essai"), &made_row);
}

TEST(guide_is_published_whole_and_by_area)
{
	expect_text(get("/guide"), "n’est pas encore publié");
	expect_status(get("/guide.pdf"), 404);
	clock_set(1795600000000);
	given_demo();
	assert_ok(published());
	struct answer a = get("/guide");
	expect_text(a, "25 novembre 2026");
	expect_order(a, "Bellevue", "Nantes Sud", "Basse-Goulaine", "Vertou");
	a = get("/ar/guide.pdf");
	expect_status(a, 200);
	assert_str(header_of(a, "Content-Type"), "application/pdf");
	assert_true(on_page(a.body, 1, S("دليل المساعدة الرقمية")));
	assert_true(on_page(get("/guide/44143.pdf").body, 1, S("Rezé")));
	expect_status(get("/guide/rien.pdf"), 404);
}

TEST(guide_published_again_takes_the_place_of_the_last)
{
	clock_set(1795600000000);
	given_place("ccas", "1");
	assert_ok(published());
	expect_text(get("/guide"), "25 novembre 2026");
	clock_set(1795600000000 + (i64)86400000);
	assert_ok(published());
	expect_text(get("/guide"), "26 novembre 2026");
	assert_true(on_page(get("/guide.pdf").body, 1, S("26 novembre 2026")));
}

TEST(guide_has_the_wifi_of_the_city)
{
	struct view v;
	struct guide g = given_guide(&v, LANG_FR, NULL);
	g.wifi = (struct wifi_spots){ .v = (struct wifi_spot[]){ { S("Gare d'essai"), S("1 rue de la Gare"), S("Nantes"), S("WIFI-VILLE") } }, .n = 1 };
	str text = paper_ask(memory(), made(&v, &g, (struct guide_options){ 0 }).pdf, "pdftotext -layout %s - | tr -s ' '");
	assert_true(str_find(text, S("Gare d’essai")) > 0 && str_find(text, S("WIFI-VILLE")) > 0);
	g.wifi.n = 0;
	text = paper_ask(memory(), made(&v, &g, (struct guide_options){ 0 }).pdf, "pdftotext %s -");
	assert_true(str_find(text, S("Nom du réseau")) < 0);
}

TEST(guide_covers_hold_on_their_page)
{
	static struct city shown;
	struct view v;
	shown = city;
	shown.demo = true;
	struct guide g = given_guide(&v, LANG_FR, NULL);
	v.city = &shown;
	for (int l = 0; l < LANG_COUNT; l++) {
		v.lang = (enum lang)l;
		assert_ok(guide_gather(ask_db(), &v, &(struct guide_from){ .code = S("") }, &g));
		str whole = made(&v, &g, (struct guide_options){ 0 }).pdf;
		assert_true(on_page(whole, 2, tr(v.lang, "Comment se servir de ce guide")));
		struct guide part = guide_only(memory(), &g, 0);
		assert_true(on_page(made(&v, &part, (struct guide_options){ 0 }).pdf, 2, tr(v.lang, "Qui aide à quoi")));
	}
}

TEST(guide_has_the_advice_that_the_city_publishes)
{
	struct view v;
	struct guide g = given_guide(&v, LANG_FR, NULL);
	given_written(WRITTEN_CONSEIL, "wifi", LANG_FR,
		"# Le wifi des gares\n\nOn y va **sans **crainte**.**\n\n## Avant\n- un\n  - deux\n\n      trois\n\n> quatre\n");
	given_written(WRITTEN_CONSEIL, "braderie", LANG_FR, "# La grande braderie\n\nUn mot.\n");
	assert_ok(guide_gather(ask_db(), &v, &(struct guide_from){ .code = S("") }, &g));
	struct guide_made m = made(&v, &g, (struct guide_options){ 0 });
	str text = paper_ask(memory(), m.pdf, "pdftotext %s -");
	assert_true(str_find(text, S("Le wifi des gares")) > 0 && str_find(text, S("cinq précautions")) < 0);
	assert_true(str_find(text, S("La grande braderie")) > 0);
	assert_true(str_find(text, S("undeux")) < 0 && str_find(text, S("deuxtrois")) < 0);
	paper_lines_apart(memory(), m.pdf, WIDTH, HEIGHT);
	paper_check(m.pdf);
	v.lang = LANG_EN;
	assert_ok(guide_gather(ask_db(), &v, &(struct guide_from){ .code = S("") }, &g));
	text = paper_ask(memory(), made(&v, &g, (struct guide_options){ 0 }).pdf, "pdftotext %s -");
	assert_true(str_find(text, S("braderie")) < 0);        /* not translated yet */
}

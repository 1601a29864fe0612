/* A place on paper, and its week as it is told: what is promised of both. */
#include "given.h"
#include "db/db.h"
#include "directory/place_week.h"
#include "look.h"

/* ---- the week ---- */

static struct view view_of(enum lang l)
{
	return look_view(unit_arena(4 << 20), l);
}

static const struct place_week *week_on(const struct view *v, const char *hours, int y, int m, int d)
{
	time_init();
	return place_week(v, str_c(hours), (struct date){ y, m, d }, true);
}

static void expect_change(const struct view *v, const struct place_week *w, size_t i, const char *text)
{
	const struct week_changes *changes = place_week_changes(v, w);
	assert_true(i < changes->n);
	assert_str(str_replace(v->a, changes->v[i].s, S("\u00A0"), S(" ")), text);
}

TEST(week_marks_today_and_only_today)
{
	struct view v = view_of(LANG_FR);
	const struct place_week *w = week_on(&v, "Mo,Tu 09:00-12:00; We 14:00-17:30; Th-Fr 09:00-12:00", 2026, 11, 25);
	assert_int_equal(w->n, 4);
	assert_str(w->v[0].day, "Lundi, Mardi");
	assert_false(w->v[0].today);
	assert_str(w->v[1].day, "Mercredi, aujourd’hui");
	assert_true(w->v[1].today);
	assert_str(str_replace(v.a, w->v[1].text, S("\u00A0"), S(" ")), "14 h à 17 h 30");
	assert_str(w->v[3].text, "Fermé");
	w = week_on(&v, "Mo-Fr 09:00-12:00", 2026, 11, 25);
	assert_str(w->v[0].day, "Lundi à Vendredi, dont aujourd’hui");
	w = place_week(&v, S("Mo-Fr 09:00-12:00"), (struct date){ 2026, 11, 25 }, false);
	assert_str(w->v[0].day, "Lundi à Vendredi");
	assert_int_equal(w->n_changes, 0);
}

TEST(week_tells_public_holidays_within_two_weeks)
{
	struct view v = view_of(LANG_FR);
	const struct place_week *w = week_on(&v, "Mo-Fr 09:00-17:00; PH off", 2026, 12, 20);
	assert_int_equal(w->n_changes, 2);
	expect_change(&v, w, 0, "Fermé le vendredi 25 décembre 2026, jour férié.");
	expect_change(&v, w, 1, "Fermé le vendredi 1er janvier 2027, jour férié.");
	w = week_on(&v, "Mo-Fr 09:00-17:00; PH off", 2026, 12, 11);      /* the 25th is the fifteenth day */
	assert_int_equal(w->n_changes, 0);
	w = week_on(&v, "Mo-Fr 09:00-17:00; PH 10:00-12:00", 2026, 12, 20);
	expect_change(&v, w, 0, "Le vendredi 25 décembre 2026, jour férié : 10 h à 12 h.");
}

TEST(week_does_not_mark_a_today_that_is_not_like_it)
{
	struct view v = view_of(LANG_FR);
	const struct place_week *w = week_on(&v, "Mo-Fr 09:00-17:00; PH off", 2026, 12, 25);
	assert_str(w->v[0].day, "Lundi à Vendredi");
	assert_false(w->v[0].today);
	expect_change(&v, w, 0, "Fermé le vendredi 25 décembre 2026, jour férié.");
}

TEST(week_tells_days_in_a_row_as_one_change)
{
	struct view v = view_of(LANG_FR);
	const struct place_week *w = week_on(&v, "Mo-Fr 08:30-17:00; Aug off", 2026, 7, 28);
	assert_true(w->dated);
	assert_str(w->caption, "Semaine du 27 juillet 2026");
	assert_int_equal(w->n_changes, 1);
	expect_change(&v, w, 0, "Fermé du lundi 3 août 2026 au lundi 10 août 2026.");
	w = week_on(&v, "Mo-Fr 08:30-17:00; Sa[1] 10:00-12:00", 2026, 11, 25);
	assert_int_equal(w->n_changes, 1);
	expect_change(&v, w, 0, "Le samedi 5 décembre 2026 : 10 h à 12 h.");
}

TEST(week_of_hours_that_are_not_understood_is_empty)
{
	struct view v = view_of(LANG_EN);
	assert_int_equal(week_on(&v, "", 2026, 11, 25)->n, 0);
	assert_int_equal(week_on(&v, "quand on veut", 2026, 11, 25)->n, 0);
	assert_int_equal(place_week_changes(&v, week_on(&v, "quand on veut", 2026, 11, 25))->n, 0);
}

TEST(place_page_marks_today_and_lists_the_holidays_to_come)
{
	given_demo();
	clock_set(1797847200000);                    /* Monday 21 December 2026, 11:00 in Paris */
	struct answer a = get("/lieux/demo-002");
	expect_text(a, "<tr class=\"ce-jour\" aria-current=\"date\"><th scope=\"row\">Lundi, aujourd’hui");
	expect_order(a, "Fermé le vendredi 25 décembre 2026, jour férié.", "À apporter", "une pièce d’identité");
	expect_text(get("/en/lieux/demo-002"), "Monday, today");
	expect_text(get("/en/lieux/demo-002"), "Closed on Friday 25 December 2026, a public holiday.");
	expect_text(get("/ar/lieux/demo-002"), "الاثنين، اليوم");
	clock_set(0);
}

/* ---- the sheet ---- */

/* The pieces of markup stand in this order. */
static void expect_markup(struct answer a, const char *const *pieces)
{
	str rest = a.body;
	for (; *pieces; pieces++) {
		ptrdiff_t at = str_find(rest, str_c(*pieces));
		if (at < 0)
			fail_msg("%s is missing, or comes too early", *pieces);
		rest = str_slice(rest, (size_t)at + strlen(*pieces), rest.n);
	}
}

#define EXPECT_MARKUP(a, ...) expect_markup(a, (const char *const[]){ __VA_ARGS__, NULL })

TEST(sheet_in_french_has_what_one_needs_to_come)
{
	given_demo();
	clock_set(1797847200000);
	struct answer a = get("/lieux/demo-002/fiche");
	expect_status(a, 200);
	expect_order(a, "Le Ponton", "14 rue des Lavoirs, 44100 Nantes", "02 61 91 44 12", "Horaires", "14 h à 17 h", "On vous aide à",
		"Apprendre à utiliser l’ordinateur", "À apporter", "une pièce d’identité", "Venir", "Tram 1, arrêt Mendès France",
		"Entrée de plain-pied", "Venez sans rendez-vous", "Prix", "Gratuit", "Pass numérique accepté", "Imprimée le 21 décembre 2026");
	expect_absent(a, "aujourd’hui");             /* paper is read on other days */
	expect_text(a, "noindex");
	expect_text(get("/lieux/demo-002"), "href=\"/lieux/demo-002/fiche\"");
	clock_set(0);
}

TEST(sheet_is_sent_from_the_readers_own_mailbox_or_telephone)
{
	given_demo();
	struct answer a = get("/lieux/demo-002/fiche");
	expect_text(a, "href=\"mailto:?subject=Le%20Ponton&amp;body=Le%20Ponton%0A14%20rue%20des%20Lavoirs%2C%2044100%20Nantes%0A02%2061%2091%2044%2012\"");
	expect_text(a, "href=\"sms:?body=Le%20Ponton%0A14%20rue");
	expect_text(get("/en/lieux/demo-002/fiche"), "Send by e-mail");
}

TEST(sheet_in_two_languages_says_everything_twice_and_marks_it)
{
	given_demo();
	struct answer a = get("/lieux/demo-002/fiche?langue=ar");
	expect_status(a, 200);
	EXPECT_MARKUP(a, "<section><h2>Horaires", "Fermé les jours fériés", "<section lang=\"ar\" dir=\"rtl\"><h2>", "<section><h2>On vous aide à",
		"<section lang=\"ar\" dir=\"rtl\"><h2>");
	expect_text(a, "<bdi lang=\"fr\">Tram 1, arrêt Mendès France. Quartier Bellevue.</bdi>");
	a = get("/ar/lieux/demo-002/fiche");         /* the reader's language, and French */
	expect_status(a, 200);
	EXPECT_MARKUP(a, "dir=\"rtl\"", "<section lang=\"fr\" dir=\"ltr\"><h2>Horaires", "<section><h2>");
	a = get("/en/lieux/demo-002/fiche?langue=ar");
	EXPECT_MARKUP(a, "<section lang=\"fr\"><h2>Horaires", "<section lang=\"ar\" dir=\"rtl\"><h2>");
	EXPECT_MARKUP(get("/lieux/demo-002/fiche?langue=en"), "<section><h2>Horaires", "<section lang=\"en\"><h2>");
}

TEST(sheet_in_the_simple_version_stands_alone)
{
	given_demo();
	struct answer a = get("/lieux/demo-002/fiche?langue=simple");
	expect_status(a, 200);
	expect_absent(a, "<section lang=");
	expect_text(a, "aria-current=\"true\">En version simple");
	expect_absent(get("/ar/lieux/demo-002/fiche?langue=fr"), "<section><h2>");
}

TEST(sheet_of_another_language_or_another_place_is_refused)
{
	given_demo();
	expect_status(get("/lieux/demo-002/fiche?langue=xx"), 400);
	expect_status(get("/lieux/rien/fiche"), 404);
}

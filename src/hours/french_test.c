/* French prose into expressions: what says the same, and what is refused with its words. The pairs of another program that reads
 * the same texts are in ../shared, and skipped without it. */
#include "base/utf8.h"
#include "hours/hours.h"
#include "unit.h"
#include <jansson.h>

static void becomes(const char *text, const char *expression)
{
	struct arena *a = arena_new(8 << 20);
	str got;
	struct hours_error e;
	if (hours_from_french(a, str_c(text), &got, &e) != OK)
		fail_msg("%s: column %zu, \"%.*s\": %.*s", text, e.column, STR_ARG(e.words), STR_ARG(e.message));
	if (!str_eq(got, str_c(expression)))
		fail_msg("%s: %.*s, wanted %s", text, STR_ARG(got), expression);
	arena_free(a);
}

static void refused(const char *text, const char *words)
{
	struct arena *a = arena_new(8 << 20);
	str got;
	struct hours_error e = {0};
	if (hours_from_french(a, str_c(text), &got, &e) == OK)
		fail_msg("%s: became %.*s", text, STR_ARG(got));
	if (!e.message.n || !str_eq(e.words, str_c(words)))
		fail_msg("%s: refused for \"%.*s\" (%.*s)", text, STR_ARG(e.words), STR_ARG(e.message));
	ptrdiff_t at = str_find(str_c(text), e.words);
	assert_true(at >= 0 && e.column >= 1 && e.column <= utf8_length(str_c(text)) + 1);
	arena_free(a);
}

TEST(french_days_and_times)
{
	time_init();
	becomes("du lundi au vendredi 9h-12h sauf mercredi", "Mo,Tu,Th,Fr 09:00-12:00");
	becomes("lundi, mardi : 14h à 17h30", "Mo,Tu 14:00-17:30");
	becomes("Tous les jours sauf dimanche, de 9 h 30 à 18 h", "Mo-Sa 09:30-18:00");
	becomes("9h à 17h30 du lundi au vendredi", "Mo-Fr 09:00-17:30");
	becomes("8h-12h du Lundi au Samedi et  13h30-17h30 le mercredi", "Mo,Tu,Th-Sa 08:00-12:00; We 08:00-12:00,13:30-17:30");
	becomes("Mar : 14h-19hMer :14h-18hJeu : 14h-18h", "Tu 14:00-19:00; We,Th 14:00-18:00");
	becomes("vendredi de 20h à 2h", "Fr 20:00-02:00");
	becomes("24h/24, 7j/7", "24/7");
	becomes("lundi matin 9h-12h et après-midi 14h-18h", "Mo 09:00-12:00,14:00-18:00");
	becomes("du lundi au vendredi 9h-18h, le mercredi 10h-12h", "Mo,Tu,Th,Fr 09:00-18:00; We 10:00-12:00");
	becomes("Mo-Fr 09:00-12:00; PH off", "Mo-Fr 09:00-12:00; PH off");
}

TEST(french_hours_may_lack_their_days)
{
	static const char *const lack[] = { "9h-12h / 14h-17h", "14h/17h", "8h-12h 13h-17h sauf le vendredi" };
	static const char *const have[] = { "tous les jours 9h-12h", "24h/24, 7j/7", "lundi 9h-12h, vacances scolaires 14h-17h", "fermé le samedi" };
	struct arena *a = arena_new(8 << 20);
	struct hours_error e;
	str got;
	time_init();
	for (size_t i = 0; i < lengthof(lack); i++)
		assert_true(hours_from_french(a, str_c(lack[i]), &got, &e) == OK && hours_lack_days(got));
	for (size_t i = 0; i < lengthof(have); i++)
		assert_true(hours_from_french(a, str_c(have[i]), &got, &e) == OK && !hours_lack_days(got));
	arena_free(a);
}

TEST(french_closed_and_holidays)
{
	time_init();
	becomes("fermé le samedi", "Sa off");
	becomes("Ouvert du Lundi au Vendredi de 8h30 à 12h00 et de 13h00 à 16h30Samedi et Dimanche fermé ", "Mo-Fr 08:30-12:00,13:00-16:30; Sa,Su off");
	becomes("mardi 9h-12h, fermé les jours fériés et en août", "Tu 09:00-12:00; PH off; Aug off");
	becomes("lundi au vendredi 9h-12h hors vacances scolaires", "Mo-Fr 09:00-12:00; SH Mo-Fr off");
	becomes("1er et 3e samedi du mois : 10h-12h", "Sa[1,3] 10:00-12:00");
	becomes("9h - 12h le 1er et le dernier samedi du mois", "Sa[1,-1] 09:00-12:00");
	becomes("09:00-12:00 hors premier Lundi du mois", "09:00-12:00; Mo[1] off");
	becomes("mercredi 14h-18h ; vacances scolaires : mercredi 10h-12h, jeudi 10h-12h", "We 14:00-18:00; SH We,Th 10:00-12:00");
	becomes("le mercredi pendant les vacances scolaires de 10h à 12h", "SH We 10:00-12:00");
	becomes("semaines impaires : lundi 9h-12h", "week 1-53/2 Mo 09:00-12:00");
	becomes("fermé du 1er au 15 août", "Aug 01-15 off");
	becomes("du 1er juillet au 31 août : lundi 9h-12h", "Jul 01-Aug 31 Mo 09:00-12:00");
	becomes("jeudi sur rendez-vous", "Th unknown \"sur rendez-vous\"");
	becomes("lundi 9h-12h sur rendez-vous", "Mo 09:00-12:00 open \"sur rendez-vous\"");
	becomes("SANS RENDEZ-VOUS du lundi au vendredi  : 08h30 - 12h30 / AVEC RENDEZ-VOUS du lundi au jeudi : 12h30 - 16h15",
		"Mo-Th 08:30-12:30 open \"sans rendez-vous\", Mo-Th 12:30-16:15 open \"sur rendez-vous\"; Fr 08:30-12:30 open \"sans rendez-vous\"");
}

TEST(french_is_refused_with_its_words)
{
	time_init();
	refused("lundi sur rendez vous au 03.21.89.04.66", "au");
	refused("9h30-12h (jusqu'en juin 2022)", "jusqu'en");
	refused("1 samedi sur 2 : 9:00 - 12:30", "1");
	refused("tous les jours sauf dimanche", "");
	refused("18h", "18h");
	refused("lundi 9h", "9h");
	refused("mardi 14h-12h", "14h");
	refused("Pas d'accueil.", "Pas");
	refused("fermé le mercredi après-midi", "après-midi");
	refused("du lundi au vendredi 9h-12h, mercredi 14h-18h", "14h");
	refused("mardi au samedi 10h-18h ; vacances scolaires : mardi 14h-18h", "");
	refused("samedi 9h-12h, fermé le samedi", "fermé");
	refused("9H-12H / Après-midi sur RDV", "Après-midi");
	refused("M 9h-12h", "M");
	refused("", "");
	refused("-----", "");
	refused("vacances de Noël", "vacances");
}

/* Every state of both expressions over two years, hour by hour and at the half hours. */
static bool mean_the_same(struct arena *a, str ours, str theirs)
{
	struct hours *h, *k;
	struct hours_error e;
	str comment;
	if (hours_parse(a, ours, &h, &e) != OK || hours_parse(a, theirs, &k, &e) != OK)
		return false;
	for (i64 day = 20454; day < 20454 + 400; day++)
		for (int m = 0; m < 1440; m += 15) {
			struct local t = {.day = day, .minute = m};
			if (hours_state_at(h, t, &comment) != hours_state_at(k, t, &comment))
				return false;
		}
	return true;
}

struct pairs { size_t same, refused; };

static void compare(struct pairs *p, const char *text, const json_t *wanted)
{
	struct arena *a = arena_new(32 << 20);
	str got;
	struct hours_error e;
	if (hours_from_french(a, str_c(text), &got, &e) != OK) {
		p->refused++;
	} else if (json_is_string(wanted) && !mean_the_same(a, got, str_c(json_string_value(wanted)))) {
		fail_msg("%s: %.*s, theirs %s", text, STR_ARG(got), json_string_value(wanted));
	} else {
		p->same++;
	}
	arena_free(a);
}

TEST(french_means_what_another_reader_means)
{
	json_t *all = json_load_file("../shared/standards/opening-hours/french-text-to-osm.json", 0, NULL), *one;
	struct pairs p = {0};
	size_t i;
	if (!all)
		unit_skip("../shared/standards is not here");
	time_init();
	json_array_foreach(json_object_get(all, "cas"), i, one) {
		json_t *in = json_object_get(one, "entree"), *text = json_object_get(in, "Horaires ouverture");
		bool seasons = text && strstr(json_string_value(text), "vacances scolaires");       /* which it loses */
		if (text && json_object_size(in) == 1 && !json_object_get(one, "reserve") && !seasons)
			compare(&p, json_string_value(text), json_object_get(one, "osm_attendu_par_le_pair"));
	}
	json_array_foreach(json_object_get(all, "courts"), i, one) {
		const char *text = json_string_value(json_object_get(one, "entree"));
		bool more = strstr(text, "premier Lundi");                                           /* which it loses too */
		if (!json_object_get(one, "reserve") && !more)
			compare(&p, text, json_object_get(one, "osm_attendu_par_le_pair"));
	}
	json_decref(all);
	assert_true(p.same >= 45);
	assert_true(p.refused <= 19);
}

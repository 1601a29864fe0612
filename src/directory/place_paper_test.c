/* What a place says on paper. */
#include "directory/directory.h"
#include "html/view.h"
#include "unit.h"

static struct view view_of(enum lang l)
{
	static const struct city city = { .name = S_INIT("Nantes") };
	return (struct view){ .a = unit_arena(1 << 22), .lang = l, .city = &city };
}

static str lines(const struct view *v, const char *hours)
{
	struct hours_lines l = hours_words(v, str_c(hours));
	str ret = S("");
	for (size_t i = 0; i < l.n; i++)
		ret = str_printf(v->a, "%.*s%s%.*s : %.*s", STR_ARG(ret), i ? " | " : "", STR_ARG(l.v[i].days), STR_ARG(l.v[i].times));
	return str_replace(v->a, ret, S("\u00A0"), S(" "));
}

TEST(hours_in_words_group_the_days_that_are_alike)
{
	struct view v = view_of(LANG_FR);
	assert_str(lines(&v, "Mo,We,Fr 09:00-12:00; Tu,Th 14:00-18:30"), "Lundi, mercredi et vendredi : 9 h à 12 h | Mardi et jeudi : 14 h à 18 h 30");
	assert_str(lines(&v, "Mo-Su 00:00-24:00"), "Tous les jours : jour et nuit");
	assert_str(lines(&v, "Mo-Fr 08:30-17:00; Aug off; PH off"), "Lundi à vendredi : 8 h 30 à 17 h | Fermé : août et jours fériés");
	assert_str(lines(&v, "Tu 09:00-12:00; Sa[1] 10:00-12:00"), "Mardi : 9 h à 12 h | Premier samedi du mois : 10 h à 12 h");
	assert_str(lines(&v, "Mo 10:00-12:00; SH Mo 14:00-16:00"), "Lundi : 10 h à 12 h | Vacances scolaires, lundi : 14 h à 16 h");
	assert_str(lines(&v, "Mo 10:00-12:00; Aug 01-23 off"), "Lundi : 10 h à 12 h | Fermé : 1er août à 23 août");
	assert_str(lines(&v, "sunrise-sunset"), "");
}

TEST(hours_in_words_are_those_of_the_language)
{
	struct view en = view_of(LANG_EN), ar = view_of(LANG_AR);
	assert_str(lines(&en, "Mo-Th 09:00-12:00; Sa[-1] 10:00-12:00"), "Monday to Thursday : 9:00 to 12:00 | Last Saturday of the month : 10:00 to 12:00");
	assert_str(lines(&ar, "Mo 09:00-12:00; PH off"), "الاثنين : \u20669:00\u2069 إلى \u206612:00\u2069 | مغلق : أيام العطل الرسمية");
}

TEST(places_in_words_say_what_is_known_and_no_more)
{
	struct view v = view_of(LANG_FR);
	struct place p = { 0 };
	p.f[P_NOM] = S("L'Amarre");
	p.f[P_ADRESSE] = S("48 rue du Toueur");
	p.f[P_CODE_POSTAL] = S("44100");
	p.f[P_COMMUNE] = S("Nantes");
	struct place_paper w = place_paper(&v, &p);
	assert_str(w.name, "L’Amarre");
	assert_str(w.where, "48 rue du Toueur, 44100 Nantes.");
	assert_str(w.hours_note, "Téléphonez pour connaître les horaires.");
	assert_str(w.services, "");
	assert_str(w.welcome, "");
	p.f[P_ARRET] = S("Tram 3, arrêt Longchamp");
	p.f[P_HORAIRES] = S("week 2-52/2 Mo 09:00-12:00");
	p.f[P_FERMETURES] = S("Fermé en août");
	p.f[P_SERVICES] = S("Aide aux démarches administratives|Loisirs et créations numériques");
	p.f[P_FRAIS] = S("Gratuit");
	p.f[P_MODALITES_ACCES] = S("Se présenter|Téléphoner");
	p.f[P_PLAIN_PIED] = S("oui");
	p.f[P_LANGUES] = S("fr");
	w = place_paper(&v, &p);
	assert_str(w.where, "48 rue du Toueur, 44100 Nantes. Tram 3, arrêt Longchamp.");
	assert_str(w.hours_note, "Les horaires changent selon les semaines. Téléphonez avant de venir. Fermé en août.");
	assert_str(w.services, "Faire vos démarches administratives. Créer et vous divertir.");
	assert_str(w.welcome, "Gratuit. Venez sans rendez-vous. Entrée de plain-pied.");
	assert_true(place_offers(&p, 0));
	assert_false(place_offers(&p, 1));
	assert_str(service_words(&v, 0), "Faire vos démarches administratives");
	assert_str(service_words(&v, 99), "");
}

/* What is public of a campaign: nothing until an officer says so, figures of the end of a month that stay as they were written, by the rules of
 * figures.h; and what the files for spreadsheets hold. */
#include "progress/pages.h"

#include "db/id.h"
#include "files/files_sql.h"
#include "given_files.h"
#include "people/people.h"

static struct arena *mem;
static i64 city, officer;
static struct given_wave made;

static void on_day(int year, int month, int day) { clock_set((date_days((struct date){ year, month, day }) * 24 + 11) * 3600000); }

static void given_campaign(void)
{
	on_day(2027, 3, 10);
	mem = unit_arena((size_t)32 << 20);
	city = given_organisation("Ville");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	made = given_wave_of(city);
	ask_as(officer);
}

static const char *at(const char *before, const char *after)
{
	return str_z(mem, str_printf(mem, "%s/campagnes/%lld%s", before, (long long)made.campaign_id, after));
}

struct handing { i64 household, n; };

/* So many that were handed over, today. A household may have many files that are over. */
static enum err hand_tx(struct db *db, void *arg)
{
	const struct handing *h = arg;
	str day = date_iso(db_arena(db), today_paris());
	for (i64 i = 0; i < h->n; i++) {
		i64 id = id_new();
		try(file_insert(db, id, str_printf(db_arena(db), "F-%lld", (long long)id), made.campaign_id, h->household, made.wave_id, day, now_ms()));
		try(file_event_put(db, id_new(), id, S("step"), S("identified"), S("returned"), day, S("finished"), 0, now_ms()));
		try(file_move(db, ids_json(db_arena(db), (const i64[]){ id, 1 }, 1, 2), S("withdrawn"), day, S("unneeded")));
	}
	return OK;
}

static void given_handed(i64 n)
{
	struct household h;
	str id = given_household(city, "Leïla", "Benali", "");
	assert_ok(household_named(ask_db(), id, &h));
	struct handing handing = { h.id, n };
	assert_ok(db_tx(ask_db(), hand_tx, &handing));
}

static enum err freeze_tx(struct db *db, void *arg) { return progress_freeze(db, 5, arg); }

static i64 frozen(void)
{
	i64 n;
	assert_ok(db_tx(ask_db(), freeze_tx, &n));
	return n;
}

static struct answer as_public(const char *path)
{
	ask_as(0);
	struct answer a = get(path);
	ask_as(officer);
	return a;
}

TEST(nothing_is_public_until_an_officer_says_so_and_he_may_come_back)
{
	given_campaign();
	expect_status(as_public(at("", "")), 404);
	expect_status(as_public(at("/api/v1", ".csv")), 404);
	expect_status(as_public(at("/api/v1", ".json")), 404);
	expect_text(as_public("/campagnes"), "Aucun chiffre n’est publié en ce moment.");
	struct answer opened = get(at("/agent", "/etat"));
	expect_text(opened, "ne sont pas publics");
	expect_status(post_from(opened, at("/agent", "/etat"), "geste=publier"), 303);
	struct answer a = get(at("/agent", "/etat"));
	expect_text(a, "Les chiffres sont publics depuis le 10 mars 2027.");
	a = as_public(at("", ""));
	expect_status(a, 200);
	expect_text(a, "moins de 11 ordinateurs remis sur 200, au 28 février 2027");
	expect_text(as_public("/campagnes"), "moins de 11 ordinateurs remis sur 200");
	expect_text(as_public(at("/en", "")), "fewer than 11");
	expect_status(fill_late(at("/agent", "/etat"), opened, "geste=publier"), 409);           /* from a page that was opened before */
	expect_status(fill(at("/agent", "/etat"), "geste=retirer"), 303);
	expect_status(as_public(at("", "")), 404);
	expect_status(fill(at("/agent", "/etat"), "geste=autre"), 422);
	ask_as(given_account("a@ville.example", "Alix", city, ROLE_ADMIN));
	a = get(at("/agent", "/etat"));
	expect_status(a, 200);
	expect_absent(a, "Publier les chiffres");
	expect_status(post(at("/agent", "/etat"), "geste=publier"), 404);
}

TEST(figures_are_those_of_the_end_of_a_month_and_stay_as_they_were_written)
{
	given_campaign();
	given_handed(25);
	expect_status(fill(at("/agent", "/etat"), "geste=publier"), 303);
	expect_text(as_public(at("", "")), "moins de 11 ordinateurs remis sur 200");             /* at the end of February */
	assert_int_equal(frozen(), 0);
	on_day(2027, 4, 1);
	ask_as(officer);
	assert_int_equal(frozen(), 1);
	assert_int_equal(frozen(), 0);
	struct answer a = as_public(at("", ""));
	expect_text(a, "25 ordinateurs remis sur 200, au 31 mars 2027");
	expect_text(a, "Mois après mois");
	on_day(2027, 3, 31);
	given_handed(4);                         /* written down later, of before the end of the month */
	on_day(2027, 4, 20);
	given_handed(5);
	ask_as(officer);
	expect_text(as_public(at("", "")), "25 ordinateurs remis");
	on_day(2027, 5, 2);
	ask_as(officer);
	assert_int_equal(frozen(), 1);
	expect_text(as_public(at("", "")), "25 ordinateurs remis sur 200, au 30 avril 2027");    /* 34 is too near */
	on_day(2027, 5, 20);
	given_handed(2);
	on_day(2027, 6, 1);
	ask_as(officer);
	assert_int_equal(frozen(), 1);
	a = as_public(at("/api/v1", ".csv"));
	expect_text(a, "2027-02,1,Essai,100,,oui\n2027-03,1,Essai,100,25,non\n2027-04,1,Essai,100,25,non\n2027-05,1,Essai,100,36,non\n");
	a = as_public(at("/api/v1", ".json"));
	expect_text(a, "{\"mois\":\"2027-05\",\"remis\":36,\"vagues\":[{\"vague\":1,\"nom\":\"Essai\",\"prevu\":100,\"remis\":36}]}");
	expect_text(a, "\"remis\":null");
	expect_status(fill(at("/agent", "/etat"), "geste=retirer"), 303);
	given_handed(30);
	expect_status(fill(at("/agent", "/etat"), "geste=publier"), 303);
	expect_text(as_public(at("", "")), "36 ordinateurs remis sur 200, au 31 mai 2027");      /* taken away and put back: the same */
}

TEST(the_last_full_month_is_the_one_before)
{
	assert_int_equal(date_days(last_full_month_end((struct date){ 2027, 3, 1 })), date_days((struct date){ 2027, 2, 28 }));
	assert_int_equal(date_days(last_full_month_end((struct date){ 2028, 3, 31 })), date_days((struct date){ 2028, 2, 29 }));
	assert_int_equal(date_days(last_full_month_end((struct date){ 2028, 1, 15 })), date_days((struct date){ 2027, 12, 31 }));
}

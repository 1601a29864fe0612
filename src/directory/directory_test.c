/* What the directory's searches and pages promise, on the demonstration city. */
#include <sodium.h>

#include "given.h"
#include "base/buf.h"
#include "base/timex.h"
#include "db/db.h"
#include "directory/directory.h"
#include "directory/place_opening.h"
#include "hours/hours.h"

static struct db *demo(void)
{
	struct db *db = ask_db();
	assert_true(given_demo() >= 120);
	db_use_arena(db, unit_arena(64 << 20));
	return db;
}

static struct place_hits search(struct db *db, struct place_query q, i64 page)
{
	struct place_hits hits;
	assert_ok(directory_search(db, &q, page, &hits));
	return hits;
}

static bool finds(struct db *db, const char *words, const char *id)
{
	struct place_query q = {.words = str_c(words)};
	for (i64 page = 0;; page++) {
		struct place_hits hits = search(db, q, page);
		for (size_t i = 0; i < hits.n; i++)
			if (str_eq(hits.v[i].place.f[P_ID], str_c(id)))
				return true;
		if (!hits.n)
			return false;
	}
}

TEST(directory_words_find_whatever_their_shape)
{
	struct db *db = demo();
	/* demo-002 is "Le Ponton", 14 rue des Lavoirs */
	static const char *const ways[] = {"ponton", "Pontons", "LE PONTON", "association ponton", "lavoir", "pontom",
		"demarche lavoirs", "Démarches administratives ponton"};
	for (size_t i = 0; i < lengthof(ways); i++)
		if (!finds(db, ways[i], "demo-002"))
			fail_msg("not found by «%s»", ways[i]);
	assert_false(finds(db, "xylophone", "demo-002"));
}

TEST(directory_synonyms_and_typing_errors)
{
	struct db *db = demo();
	i64 n, m;
	assert_ok(directory_count(db, &(struct place_query){.words = S("scanner")}, &n));
	assert_true(n > 0);
	struct place_hits hits = search(db, (struct place_query){.words = S("imprimente")}, 0);
	assert_true(hits.total > 0);
	assert_true(hits.corrected.p != NULL);
	assert_ok(directory_count(db, &(struct place_query){.words = S("imprimante")}, &m));
	assert_int_equal(hits.total, m);
}

TEST(directory_near_is_by_distance_and_within_the_radius)
{
	struct db *db = demo();
	struct place_query q = {.near = true, .at = {47.2148, -1.5560}, .radius_m = 2000};
	struct place_hits hits = search(db, q, 0);
	assert_int_equal(hits.n, PLACES_PAGE);
	for (size_t i = 0; i < hits.n; i++) {
		assert_true(hits.v[i].metres <= 2000);
		assert_true(i == 0 || hits.v[i].metres >= hits.v[i - 1].metres);
	}
	i64 wide, narrow;
	q.radius_m = 500;
	assert_ok(directory_count(db, &q, &narrow));
	q.radius_m = 20000;
	assert_ok(directory_count(db, &q, &wide));
	assert_true(narrow < hits.total && hits.total < wide);
	q.words = S("médiathèque");
	i64 both;
	assert_ok(directory_count(db, &q, &both));
	assert_true(both > 0 && both < wide);
}

TEST(directory_pages_are_stable_and_whole)
{
	struct db *db = demo();
	struct place_query q = {0};
	struct place_hits hits = search(db, q, 0);
	i64 seen = 0;
	str last = S("");
	for (i64 page = 0; page * PLACES_PAGE < hits.total; page++) {
		struct place_hits one = search(db, q, page);
		seen += (i64)one.n;
		assert_true(page == 0 || !str_eq(one.v[0].place.f[P_ID], last));
		last = one.v[one.n - 1].place.f[P_ID];
	}
	assert_int_equal(seen, hits.total);
	assert_int_equal(search(db, q, 1000).n, 0);
}

TEST(directory_filters_add_up)
{
	struct db *db = demo();
	i64 all, reze_places, by_code, free_of_charge, procedures;
	assert_ok(directory_count(db, &(struct place_query){0}, &all));
	assert_ok(directory_count(db, &(struct place_query){.commune = S("reze")}, &reze_places));
	assert_ok(directory_count(db, &(struct place_query){.commune = S("44400")}, &by_code));
	assert_true(reze_places > 0 && reze_places < all);
	assert_int_equal(reze_places, by_code);
	assert_ok(directory_count(db, &(struct place_query){.frais = place_mask(P_FRAIS, S("Gratuit"))}, &free_of_charge));
	assert_ok(directory_count(db, &(struct place_query){.services = place_mask(P_SERVICES, S("Aide aux démarches administratives"))}, &procedures));
	assert_true(free_of_charge > 0 && free_of_charge < all && procedures > 0 && procedures < all);
}

/* Two hundred queries give the same places in the same order on both engines: the digest is of either. When the demonstration
 * city or the ranking changes on purpose, the message gives the new one. */
#define ANSWERS "2b7574aa5e355580"

static void add_answers(struct db *db, struct buf *b, const char *one, const char *other)
{
	struct place_query q = {.words = str_printf(db_arena(db), "%s%s%s", one, *other ? " " : "", other)};
	struct arena_mark mark = arena_mark(db_arena(db));
	struct place_hits hits = search(db, q, 0);
	char line[512];
	int n = snprintf(line, sizeof line, "%s+%s=%lld", one, other, (long long)hits.total);
	for (size_t i = 0; i < hits.n; i++)
		n += snprintf(line + n, sizeof line - (size_t)n, " %.*s", STR_ARG(hits.v[i].place.f[P_ID]));
	arena_rewind(db_arena(db), mark);
	buf_put(b, str_c(line));
	buf_byte(b, '\n');
}

TEST(directory_answers_are_the_same_on_both_engines)
{
	static const char *const words[] = {"imprimer", "impots", "Caf", "ordinateur", "médiathèque", "mediatheques", "demarche", "emplois", "arnaques", "ateliers",
		"Nantes", "Rezé", "orvault", "bus", "reparer", "telephonne", "courriel", "enfants", "Mouette", "44300"};
	static const char *const others[] = {"", "gratuit", "espace", "Nantes", "association", "wifi", "seniors", "cv", "maison de quartier", "numerqiue"};
	struct db *db = demo();
	struct buf b = buf_new(unit_arena(8 << 20), 1 << 20);
	unsigned char hash[32];
	char text[17];
	for (size_t i = 0; i < lengthof(words); i++)
		for (size_t j = 0; j < lengthof(others); j++)
			add_answers(db, &b, words[i], others[j]);
	crypto_generichash(hash, sizeof hash, (const u8 *)b.p, b.n, NULL, 0);
	sodium_bin2hex(text, sizeof text, hash, 8);
	if (strcmp(text, ANSWERS))
		fail_msg("the 200 answers have the digest %s", text);
}

TEST(page_of_a_place_says_the_telephone_first)
{
	demo();
	struct answer a = get("/lieux/demo-002");
	expect_status(a, 200);
	expect_order(a, "Le Ponton", "02 61 91 44 12", "On vous aide à", "Horaires", "Mardi", "9 h à 12 h 30 et 14 h à 17 h", "Signaler une erreur");
	expect_status(get("/lieux/demo-000"), 404);
	expect_text(get("/en/lieux/demo-002"), "9:00");
}

TEST(pages_say_open_or_closed_and_until_when)
{
	demo();
	clock_set(1793704200000);                /* Tuesday 3 November 2026, 10:30 at Nantes */
	expect_text(get("/lieux/demo-002"), "Ouvert jusqu’à 12 h 30");
	expect_text(get("/lieux?q=ponton"), "Ouvert jusqu’à 12 h 30");
	clock_set(1793704200000 + 150 * 60000);
	expect_text(get("/lieux/demo-002"), "Ouvre à 14 h");
	clock_set(1793704200000 + 9 * 3600000);
	expect_text(get("/lieux/demo-002"), "Ouvre demain à 9 h");
	clock_set(0);
}

TEST(page_of_a_search_explains_an_empty_result)
{
	demo();
	struct answer a = get("/lieux?q=ponton&commune=Brains");
	expect_status(a, 200);
	expect_text(a, "Aucun lieu ne remplit toutes ces conditions");
	expect_text(a, "Sans « Brains »");
	expect_status(get("/lieux?lat=abc&lon=1"), 400);
	expect_text(get("/lieux?lat=47.2"), "donnez aussi la longitude");
	expect_status(get("/lieux?page=999"), 404);
}

TEST(page_to_report_an_error_counts_once)
{
	demo();
	expect_status(get("/lieux/demo-002/erreur"), 200);
	expect_status(fill("/lieux/demo-002/erreur", "erreur="), 422);
	struct answer done = fill("/lieux/demo-002/erreur", "erreur=Le+num%C3%A9ro+a+chang%C3%A9");
	expect_status(done, 303);
	expect_status(get("/lieux/demo-002/merci"), 200);
}

TEST(api_gives_the_schema_by_pages)
{
	demo();
	struct answer a = get("/api/v1/lieux.json?limit=2");
	expect_status(a, 200);
	expect_text(a, "demo-001");
	expect_absent(a, "demo-003");
	assert_true(str_find(header_of(a, "Link"), S("rel=\"next\"")) > 0);
	expect_absent(get("/api/v1/lieux.csv"), "À rappeler en janvier");
	expect_status(get("/api/v1/lieux.json?limit=0"), 400);
	expect_text(get("/api/v1/lieux.json?service=rien"), "\"field\":\"service\"");
	expect_status(get("/api/v1/lieux/demo-001"), 200);
	expect_status(get("/api/v1/lieux/nowhere"), 404);
}

struct forgetting { i64 before, n; };

static enum err two_reports(struct db *db, void *arg)
{
	struct place_hits *hits = arg;
	struct place_report r = {.id = 1, .place_id = hits->v[0].place_id, .what = S("Fermé"), .contact = S("scellé")};
	try(directory_report(db, &r));
	r.id = 2;
	r.contact = (str){0};
	return directory_report(db, &r);
}

static enum err forget(struct db *db, void *arg)
{
	struct forgetting *f = arg;
	return directory_forget_contacts(db, f->before, 10, &f->n);
}

TEST(directory_contacts_of_reports_are_forgotten_in_time)
{
	struct db *db = demo();
	struct place_hits hits = search(db, (struct place_query){0}, 0);
	clock_set(1800000000000);
	assert_ok(db_tx(db, two_reports, &hits));
	struct forgetting sooner = {.before = 1800000000000}, later = {.before = 1800000000001}, again = later;
	assert_ok(db_tx(db, forget, &sooner));
	assert_int_equal(sooner.n, 0);
	assert_ok(db_tx(db, forget, &later));
	assert_int_equal(later.n, 1);
	assert_ok(db_tx(db, forget, &again));
	assert_int_equal(again.n, 0);
}

/* ---- open now ---- */

/* How many the reference way finds: every place read, its hours evaluated. */
static i64 open_by_hand(struct db *db, i64 ms)
{
	struct place_list all;
	i64 n = 0;
	struct arena_mark mark = arena_mark(db_arena(db));
	assert_ok(directory_page(db, &(struct place_query){0}, 0, 1000, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct hours *h;
		struct hours_error e;
		str comment;
		n += hours_parse(db_arena(db), all.v[i].f[P_HORAIRES], &h, &e) == OK && hours_state_at(h, local_of_ms(ms), &comment) == HOURS_OPEN;
	}
	arena_rewind(db_arena(db), mark);
	return n;
}

static i64 open_count(struct db *db, struct place_query q)
{
	i64 n = 0;
	struct arena_mark mark = arena_mark(db_arena(db));
	q.open = true;
	assert_ok(directory_count(db, &q, &n));
	arena_rewind(db_arena(db), mark);
	return n;
}

static enum err renew(struct db *db, void *arg)
{
	i64 n;
	return place_opening_renew(db, *(i64 *)arg, 1000, &n);
}

TEST(directory_open_now_follows_the_clock)
{
	time_init();
	i64 monday = ms_of_local((struct local){.day = 20577, .minute = 600});      /* 2026-05-04 */
	clock_set(monday);
	struct db *db = demo();
	for (int step = 0; step < 40; step++, monday += 97 * 60000) {
		clock_set(monday);
		i64 wanted = open_by_hand(db, monday);
		assert_int_equal(open_count(db, (struct place_query){0}), wanted);           /* as kept, also when long ended */
		assert_int_equal(open_count(db, (struct place_query){.open_ms = monday}), wanted);
		if (step % 7 == 3)
			assert_ok(db_tx(db, renew, &monday));
	}
	clock_set(monday + 40 * (i64)86400000);
	assert_int_equal(open_count(db, (struct place_query){0}), open_by_hand(db, now_ms()));
	clock_set(0);
}

TEST(directory_open_now_goes_with_other_conditions)
{
	time_init();
	i64 thursday = ms_of_local((struct local){.day = 20580, .minute = 870}), all = 0, closed = 0;
	clock_set(thursday);
	struct db *db = demo();
	struct place_query queries[] = {{.words = S("impots")}, {.near = true, .at = {47.2184, -1.5536}, .radius_m = 5000}, {.commune = S("44100")},
		{.words = S("imprimer"), .near = true, .at = {47.2184, -1.5536}, .radius_m = 20000}};
	for (size_t i = 0; i < lengthof(queries); i++) {
		struct place_query q = queries[i];
		struct place_list listed;
		i64 open = open_count(db, q), dated;
		assert_ok(directory_count(db, &q, &all));
		closed += all - open;
		if (open <= 0)
			fail_msg("query %zu: none of %lld", i, (long long)all);
		q.open = true;
		assert_ok(directory_page(db, &q, 0, 1000, &listed));
		assert_int_equal(listed.n, open);
		q.open_ms = thursday;
		assert_ok(directory_count(db, &q, &dated));
		assert_int_equal(dated, open);
	}
	assert_true(closed > 0);
	clock_set(0);
}

TEST(directory_open_pages_say_what_they_show)
{
	time_init();
	clock_set(ms_of_local((struct local){.day = 20577, .minute = 600}));
	demo();
	struct answer a = get("/lieux?ouvert=maintenant");
	expect_status(a, 200);
	expect_text(a, "ouvert maintenant");
	expect_text(a, "Ouvert jusqu’à");
	expect_absent(a, "Ouvre à");
	a = get("/lieux?ouvert=2026-05-04T10:00");
	expect_status(a, 200);
	expect_text(a, "ouvert le");
	a = get("/lieux?ouvert=demain");
	expect_status(a, 400);
	expect_text(a, "2026-05-04T14:00");
	a = get("/api/v1/lieux.json?ouvert=maintenant&limit=5");
	expect_status(a, 200);
	clock_set(0);
}

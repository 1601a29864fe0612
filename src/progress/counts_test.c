/* What the state of a campaign promises: counts by day are those of each file's history whatever happened to it, the page says them, a pace is
 * said only when there is one, and nobody else's campaign is told. */
#include "progress/counts.h"

#include "db/id.h"
#include "files/pages.h"
#include "given_files.h"

static struct arena *mem;
static i64 city, officer;
static struct given_wave made;
static str schools[2];

/* The noon of a day of 2027. */
static void on_day(int month, int day) { clock_set((date_days((struct date){ 2027, month, day }) * 24 + 11) * 3600000); }

static void given_campaign(void)
{
	on_day(3, 1);
	mem = unit_arena((size_t)32 << 20);
	city = given_organisation("Ville");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	made = given_wave_of(city);
	schools[0] = S("9990001X");
	schools[1] = S("9990003Z");
	for (size_t i = 0; i < 2; i++)
		given_school_in_wave(str_z(mem, schools[i]), city, made.wave_id);
}

struct past { i64 day; enum file_state state; };
struct walker { i64 id, household, child, school; str public_id; struct past past[64]; size_t n; };

static enum err name_tx(struct db *db, void *arg)
{
	const struct walker *w = arg;
	str day = date_iso(db_arena(db), today_paris());
	try(file_insert(db, w->id, w->public_id, made.campaign_id, w->household, made.wave_id, day, now_ms()));
	try(file_event_put(db, id_new(), w->id, S("named"), S(""), S("identified"), day, S(""), officer, now_ms()));
	return file_child_put(db, id_new(), w->id, w->household, w->child, w->school, S("CM1"), S("x"), true, city, officer, now_ms());
}

static void given_walker(struct walker *w, size_t number)
{
	struct household h;
	struct school s;
	str public_id = given_household(city, "Leïla", "Benali", "");
	assert_ok(household_named(ask_db(), public_id, &h));
	assert_ok(school_by_uai(ask_db(), schools[number % 2], &s));
	*w = (struct walker){ .id = id_new(), .household = h.id, .school = s.id, .public_id = str_printf(mem, "MARCHE-%zu", number) };
	for (size_t i = 0; i < h.n; i++)
		w->child = h.persons[i].child ? h.persons[i].id : w->child;
	assert_ok(db_tx(ask_db(), name_tx, w));
	w->past[w->n++] = (struct past){ date_days(today_paris()), FS_IDENTIFIED };
}

struct moving { struct file f; enum file_state to; str day, reason; bool back; };

static enum err move_tx(struct db *db, void *arg)
{
	const struct moving *m = arg;
	struct file_doer who = { officer, city };
	return m->back ? file_step_undo(db, &m->f, m->f.state, S("mistake"), &who) : file_step_make(db, &m->f, m->to, m->day, m->reason, &who);
}

static str some_reason(enum file_reason_kind kind)
{
	for (const struct file_reason *r = file_reasons; r->code; r++)
		if (r->kind == kind)
			return str_c(r->code);
	return S("");
}

/* One thing that may happen to a file: a step that the table has, on any day it may bear, or its last step taken back. */
static void walk_on(struct walker *w)
{
	struct moving m = { .back = rand() % 4 == 0 };
	const struct file_step *can[8];
	size_t n = 0;
	i64 since, today = date_days(today_paris());
	struct date d;
	assert_ok(file_get(ask_db(), w->id, &m.f));
	for (size_t i = 0; i < file_steps_count && n < lengthof(can); i++)
		if (file_steps[i].from == m.f.state)
			can[n++] = &file_steps[i];
	assert_true(date_parse(m.f.since, &d));
	since = date_days(d);
	if (!m.back && n) {
		const struct file_step *s = can[(size_t)rand() % n];
		since += rand() % (today - since + 1);
		m.to = s->to;
		m.reason = some_reason(s->reason);
		m.day = date_iso(mem, date_of_days(since));
	} else if (!m.back) {
		return;
	}
	enum err e = db_tx(ask_db(), move_tx, &m);
	if (e == INVALID)
		return;                          /* there is no step to take back */
	assert_ok(e);
	assert_ok(file_get(ask_db(), w->id, &m.f));
	i64 day = m.back ? today : since, before = w->past[w->n - 1].day;
	w->past[w->n++] = (struct past){ day > before ? day : before, m.f.state };
}

static void add_as_of(const struct walker *w, i64 day, struct tally *t)
{
	for (size_t i = w->n; i-- > 0;)
		if (w->past[i].day <= day) {
			tally_add(t, w->past[i].state, 1);
			return;
		}
}

static void expect_tally(const struct tally *seen, const struct tally *expected)
{
	for (size_t l = 0; l < L_COUNT; l++)
		assert_int_equal(seen->v[l], expected->v[l]);
}

TEST(counts_by_day_are_those_of_each_history_moved_back_or_not)
{
	struct walker w[8];
	struct campaign c;
	given_campaign();
	srand(11);
	for (size_t i = 0; i < lengthof(w); i++) {
		on_day(3, 1 + (int)i);
		given_walker(&w[i], i);
	}
	for (int step = 0; step < 240; step++) {
		on_day(3 + step / 60, 9 + step % 60 / 4);
		if (w[step % 8].n < 60)
			walk_on(&w[step % 8]);
	}
	assert_ok(campaign_get(ask_db(), made.campaign_id, &c));
	for (i64 day = date_days((struct date){ 2027, 3, 1 }); day < date_days((struct date){ 2027, 7, 1 }); day += 3) {
		struct progress p;
		struct tally all = { 0 }, of_school[2] = { 0 };
		for (size_t i = 0; i < lengthof(w); i++) {
			add_as_of(&w[i], day, &all);
			add_as_of(&w[i], day, &of_school[i % 2]);
		}
		assert_ok(progress_read(ask_db(), &c, 0, date_of_days(day), false, &p));
		expect_tally(&p.sum, &all);
		expect_tally(&p.waves[0].n, &all);
		assert_int_equal(p.n_schools, 2);
		for (size_t i = 0; i < 2; i++)
			expect_tally(&p.schools[i].n, &of_school[str_eq(p.schools[i].uai, schools[1])]);
		assert_true(p.n_trend <= TREND_MOST);
		for (size_t i = 0; i < p.n_trend; i++) {
			struct tally then = { 0 };
			for (size_t k = 0; k < lengthof(w); k++)
				add_as_of(&w[k], date_days(p.trend[i].day), &then);
			assert_int_equal(p.trend[i].handed, then.v[L_HANDED]);
			assert_int_equal(p.trend[i].signed_charters, then.v[L_SIGNED]);
		}
	}
}

TEST(a_pace_is_said_only_when_there_is_one)
{
	struct date when;
	struct progress p = { .day = { 2027, 4, 6 }, .target = 660, .sum.v[L_HANDED] = 316, .recent = 86, .first = { 2027, 2, 8 } };
	assert_int_equal(pace_of(&p, &when), PACE_DAY);
	assert_int_equal(date_days(when) - date_days(p.day), 112);       /* 344 at 86 in 28 days */
	p.recent = 10;
	assert_int_equal(pace_of(&p, &when), PACE_FEW);
	p.recent = 86;
	p.first = (struct date){ 2027, 3, 20 };
	assert_int_equal(pace_of(&p, &when), PACE_FEW);
	p.first = (struct date){ 2026, 2, 8 };
	p.target = 6600;
	assert_int_equal(pace_of(&p, &when), PACE_FAR);
	p.target = 316;
	assert_int_equal(pace_of(&p, &when), PACE_REACHED);
}

TEST(what_was_planned_follows_the_dates_of_the_waves)
{
	struct wave_tally w[] = { { .id = 1, .target = 160, .from = S("2027-02-01"), .to = S("2027-02-28") },
		{ .id = 2, .target = 62, .from = S("2027-03-01"), .to = S("2027-03-31") } };
	struct progress p = { .waves = w, .n_waves = 2 };
	assert_int_equal(planned_on(&p, date_days((struct date){ 2027, 1, 31 })), 0);
	assert_int_equal(planned_on(&p, date_days((struct date){ 2027, 2, 14 })), 80);
	assert_int_equal(planned_on(&p, date_days((struct date){ 2027, 3, 5 })), 170);
	assert_int_equal(planned_on(&p, date_days((struct date){ 2028, 3, 5 })), 222);
	w[1].to = S("");
	assert_int_equal(planned_on(&p, date_days((struct date){ 2027, 2, 14 })), -1);
}

static const char *at(const char *rest) { return str_z(mem, str_printf(mem, "/agent/campagnes/%lld/etat%s", (long long)made.campaign_id, rest)); }

TEST(the_page_says_where_a_campaign_is_and_what_is_late)
{
	struct walker w;
	given_campaign();
	ask_as(officer);
	struct answer a = get(at(""));
	expect_status(a, 200);
	expect_text(a, "0 ordinateur remis sur 200.");
	expect_text(a, "Trop peu de remises");
	expect_text(a, "Rien n’est en retard.");
	given_walker(&w, 0);
	const char *const path[] = { "contacted", "invited", "attended", "eligible", "signed", "allocated", "handed_over" };
	for (size_t i = 0; i < lengthof(path); i++)
		given_file_step(w.id, path[i]);
	given_walker(&w, 1);
	on_day(4, 2);
	ask_as(officer);
	a = get(at(""));
	expect_text(a, "1 ordinateur remis sur 200.");
	expect_text(a, "de moins que prévu à cette date.");
	expect_text(a, "La vague 1 devait finir le 31 mars 2027 : 99 ordinateurs restent à remettre.");
	expect_text(a, "Appeler : une famille depuis plus de 14 jours.");
	expect_text(a, "<title id=\"dessin-titre\">1 ordinateur remis sur 200</title>");
	a = get(at("?jour=2027-02-27"));
	expect_text(a, "0 ordinateur remis sur 200.");
	expect_text(a, "ne sont comptées que pour aujourd’hui");
	expect_status(get(at("?vague=12")), 404);
	expect_status(get(at("?jour=hier")), 422);
	a = get(at(".csv"));
	expect_text(a, "2027-04-02,vague,1,,Essai,100,2,1,1,1,1,0");
	expect_text(a, "ecole,1,9990001X,");
	a = get(str_z(mem, str_printf(mem, "/agent/campagnes/%lld/tendance.csv", (long long)made.campaign_id)));
	expect_text(a, "2027-03-07,2,1,1,");
	ask_as(given_account("s@ville.example", "Sacha", city, ROLE_DESK_AGENT));
	expect_status(get(at("")), 404);
}

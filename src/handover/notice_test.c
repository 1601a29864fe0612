/* What families are told of their handover day: once each, anew when it changes, and those whom nothing reaches are seen. */
#include "handover/pages.h"

#include "given_stock.h"
#include "msg/msg_sql.h"

static struct arena *mem;
static i64 city, officer, day;
static struct given_wave made;
static const struct city ville = { .name = S_INIT("Exemple"), .help_phone = S_INIT("+33199000000") };

static const char *at(const char *rest) { return str_z(mem, str_printf(mem, "/agent/campagnes/%lld%s", (long long)made.campaign_id, rest)); }
static const char *day_at(const char *rest) { return at(str_z(mem, str_printf(mem, "/remises/%lld%s", (long long)day, rest))); }

static i64 file_id(str id)
{
	struct family_file_row row;
	assert_ok(file_by_public(ask_db(), id, made.campaign_id, &row));
	return row.id;
}

struct liking { struct household h; struct sealed_person sealed; };

static enum err like_tx(struct db *db, void *arg)
{
	struct liking *l = arg;
	try(household_touch(db, &l->h));
	return person_put(db, &l->sealed);
}

static void likes(str id, const char *channel, const char *language)
{
	struct vault_asker vault = ask_vault();
	struct file f;
	struct liking l;
	db_use_arena(ask_db(), mem);
	assert_ok(file_get(ask_db(), file_id(id), &f));
	assert_ok(household_get(ask_db(), f.root, &l.h));
	assert_ok(household_open(&vault, S("test"), &(struct household *const){ &l.h }, 1));
	l.h.persons[0].channel = str_c(channel);
	l.h.persons[0].language = str_c(language);
	assert_ok(person_seal(&vault, &l.h.persons[0], city, &l.sealed));
	assert_ok(db_tx(ask_db(), like_tx, &l));
}

static str given_allocated(const char *given, const char *channel, const char *language)
{
	static const char *const way[] = { "contacted", "invited", "attended", "eligible", "signed", "allocated" };
	static int number;
	struct answer a = fill(at("/dossiers/nouveau"), str_z(mem, str_printf(mem, "prenom=%s&nom=Zoungrana&telephone=01990019%02d&classe=CM1&enfant=%s", given,
		++number, given)));
	str where = header_of(a, "Location"), id;
	expect_status(a, 303);
	where = str_slice(where, (size_t)str_find(where, S("/dossiers/")) + strlen("/dossiers/"), SIZE_MAX);
	assert_true(str_next(&where, '?', &id));
	id = str_copy(mem, id);
	for (size_t i = 0; i < lengthof(way); i++)
		given_file_step(file_id(id), way[i]);
	likes(id, channel, language);
	return id;
}

static void given_city(void)
{
	mem = unit_arena((size_t)8 << 20);
	city = given_organisation("Ville");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	made = given_wave_of(city);
	given_school_in_wave("9990001X", given_organisation("École"), made.wave_id);
	day = given_handover_day(city);
	ask_as(officer);
}

static enum err now_tx(struct db *db, void *arg) { return handover_notice_touch(db, *(i64 *)arg, now_ms()); }

/* Three minutes pass for that family. */
static void settle(str id)
{
	i64 file = file_id(id);
	assert_ok(db_tx(ask_db(), now_tx, &file));
}

static void write_all(void)
{
	struct vault_asker vault = ask_vault();
	i64 n = 1;
	db_use_arena(ask_db(), mem);
	for (int i = 0; n && i < 20; i++)
		assert_ok(handover_write_some(ask_db(), &vault, &ville, &n));
	assert_int_equal(n, 0);
}

static i64 queued(const char *template)
{
	struct msg_row_list rows;
	i64 n = 0;
	db_use_arena(ask_db(), mem);
	assert_ok(msg_rows(ask_db(), (str){ 0 }, INT64_MAX, 1000, &rows));
	for (size_t i = 0; i < rows.n; i++)
		n += str_eq(rows.v[i].template, str_c(template));
	return n;
}

static const char *with(const char *act, str id) { return str_z(mem, str_printf(mem, "geste=%s&dossier=%.*s", act, STR_ARG(id))); }

TEST(what_is_to_be_told_follows_from_what_is_known)
{
	struct notice_now n = { .day_id = 1, .slot = 2, .told = S("") };
	assert_int_equal(notice_next(&n), N_INVITATION);
	n.told = S("coming"), n.told_day_id = 1, n.told_slot = 2;
	assert_int_equal(notice_next(&n), N_NOTHING);
	n.near = true;
	assert_int_equal(notice_next(&n), N_REMINDER);
	n.slot = 3;
	assert_int_equal(notice_next(&n), N_CHANGE);
	n.cancelled = true;
	assert_int_equal(notice_next(&n), N_CANCELLATION);
	n.told = S("off");
	assert_int_equal(notice_next(&n), N_NOTHING);
	n.cancelled = false;
	assert_int_equal(notice_next(&n), N_CHANGE);
	n.told = S(""), n.day_id = 0;
	assert_int_equal(notice_next(&n), N_NOTHING);
}

TEST(families_are_told_once_and_anew_when_their_hour_changes)
{
	given_city();
	str one = given_allocated("Awa", "sms", "fr");
	expect_status(fill(day_at(""), "geste=placer"), 303);
	expect_text(get(day_at("")), "pas encore prévenue");
	struct answer a = get(day_at("/prevenir"));
	expect_order(a, "Une famille par SMS", "Venez", "Salle des fetes", "appelez le");
	expect_status(post_from(a, day_at("/prevenir"), ""), 303);
	write_all();
	assert_int_equal(queued("handover-invitation"), 1);
	struct answer page = get(at(str_z(mem, str_printf(mem, "/dossiers/%.*s", STR_ARG(one)))));
	str household = str_slice(page.body, (size_t)str_find(page.body, S("/agent/foyers/")), SIZE_MAX), path;
	assert_true(str_next(&household, '"', &path));
	struct answer told = get(str_z(mem, str_printf(mem, "%.*s/donnees", STR_ARG(path))));
	expect_order(told, "Le jour choisi pour venir le chercher", "Nous vous avons dit ce jour : par SMS, le");
	expect_status(post_from(a, day_at("/prevenir"), ""), 303);       /* sent twice */
	expect_text(get(day_at("/prevenir")), "Aucune famille de ce jour n’est à prévenir");
	write_all();
	assert_int_equal(queued("handover-invitation"), 1);
	expect_status(fill(day_at(""), str_z(mem, str_printf(mem, "creneau=1&%s", with("deplacer", one)))), 303);
	write_all();
	assert_int_equal(queued("handover-change"), 0);         /* it may still be put back */
	expect_text(get(day_at("")), "changement à écrire");
	settle(one);
	write_all();
	assert_int_equal(queued("handover-change"), 1);
	expect_status(fill(day_at(""), "geste=annuler"), 303);
	expect_status(fill(day_at(""), "geste=annuler"), 303);
	settle(one);
	write_all();
	assert_int_equal(queued("handover-cancellation"), 0);   /* it was put back in time */
	expect_status(fill(day_at(""), "geste=annuler"), 303);
	settle(one);
	write_all();
	assert_int_equal(queued("handover-cancellation"), 1);
	write_all();
	assert_int_equal(queued("handover-invitation") + queued("handover-change") + queued("handover-cancellation"), 3);
}

TEST(whom_nothing_reaches_is_called_or_handed_a_letter)
{
	given_city();
	str one = given_allocated("Bineta", "", "ar");
	expect_status(fill(day_at(""), "geste=placer"), 303);
	str two = given_allocated("Awa", "sms", "fr");
	expect_status(fill(day_at(""), str_z(mem, str_printf(mem, "creneau=1&%s", with("deplacer", two)))), 303);
	struct answer both = get(day_at("/prevenir"));
	expect_order(both, "Une famille ne peut recevoir aucun message", "2 familles", "Prévenir une famille");
	expect_status(fill(day_at(""), with("enlever", two)), 303);
	expect_text(get(day_at("/prevenir")), "Noter qu’elle est à appeler");
	expect_absent(get(day_at("/prevenir")), "Voici ce qu’elles vont recevoir");
	expect_status(fill(day_at("/prevenir"), ""), 303);
	write_all();
	assert_int_equal(queued("handover-invitation"), 0);
	expect_text(get(day_at("")), "à appeler : aucun message");
	struct answer a = get(day_at("/lettres"));
	expect_text(a, "Bineta Zoungrana");
	expect_text(a, "Salle des fêtes");
	expect_status(fill(day_at(""), with("prevenue", one)), 303);
	expect_text(get(day_at("")), "prévenue de vive voix");
	expect_absent(get(day_at("/lettres")), "Bineta");
	expect_status(fill(day_at(""), with("enlever", one)), 303);
	settle(one);
	write_all();
	expect_text(get(day_at("")), "Enlevées de ce jour, à rappeler");
	expect_status(fill(day_at(""), with("prevenue", one)), 303);
	expect_absent(get(day_at("")), "Enlevées de ce jour, à rappeler");
}

TEST(a_message_of_every_kind_fits_an_sms_in_every_language)
{
	mem = unit_arena(1 << 20);
	struct city far = ville;
	struct handover_day_row d = { .day = S("2026-09-30"), .place = S("Maison des habitants et du citoyen de la Bottière, 23 route de Sainte-Luce"),
		.from_minute = 620, .slot_minutes = 20 };
	far.name = S("Nantes Métropole");
	for (enum notice what = N_INVITATION; what <= N_CANCELLATION; what++)
		for (size_t l = 0; l < (size_t)2 * LANG_COUNT; l++) {            /* to families, then to people of age */
			enum lang lang = (enum lang)(l % LANG_COUNT);
			struct msg m;
			struct msg_text text;
			notice_message(mem, &far, &d, 2, l < LANG_COUNT ? NULL : campaign_said_of_adults, what, MSG_SMS, lang, &m);
			msg_preview(mem, &far, &m, &text);
			if (!text.parts)
				fail_msg("%s in %s: %.*s", m.template, langs[lang].tag, STR_ARG(text.body));
		}
}

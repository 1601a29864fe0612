/* What meetings promise: families are written to once, in their language; the message and the step are one; who came is ticked and unticked; two
 * agents do not write over each other; nobody else's meetings are reached. */
#include "meetings/pages.h"

#include "db/id.h"
#include "files/pages.h"
#include "given_files.h"
#include "msg/desk.h"
#include "pdf/letter.h"

static struct arena *mem;
static i64 city, school_organisation, officer, service, referent;
static struct given_wave made;
static const struct city ville = { .name = S_INIT("Exemple"), .help_phone = S_INIT("+33199000000") };

#define DAY_MS ((i64)86400000)
#define FIRST_OF_DECEMBER ((i64)1796119200000)   /* 1 December 2026, 11 h in Paris; the meeting is on Tuesday the 15th at 18 h */

static void given_agents(void)
{
	mem = unit_arena((size_t)8 << 20);
	time_init();
	clock_set(FIRST_OF_DECEMBER);
	city = given_organisation("Ville");
	school_organisation = given_organisation("École du Halage");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	service = given_account("s@ville.example", "Sacha", city, ROLE_DESK_AGENT);
	referent = given_account("r@ecole.example", "Lou", school_organisation, ROLE_SCHOOL_REFERENT);
	made = given_wave_of(city);
	given_school_in_wave("9990001X", school_organisation, made.wave_id);
	ask_as(officer);
}

static void on_day(i64 days, int hours)
{
	clock_set(FIRST_OF_DECEMBER + days * DAY_MS + (i64)(hours - 11) * 3600000);
	ask_as(officer);
}

static const char *at(const char *rest) { return str_z(mem, str_printf(mem, "/agent/campagnes/%lld/reunions%s", (long long)made.campaign_id, rest)); }

#define MEETING "jour=2026-12-15&heure=18h&ecoles=9990001X&salle=Biblioth%C3%A8que&qui=PiNG"

static i64 planned(const char *fields)
{
	struct answer a = fill(at("/nouvelle"), fields);
	i64 id;
	expect_status(a, 303);
	str where = header_of(a, "Location"), digits;
	where = str_slice(where, (size_t)str_find(where, S("/reunions/")) + strlen("/reunions/"), SIZE_MAX);
	assert_true(str_next(&where, '?', &digits) && str_i64(digits, &id));
	return id;
}

static const char *page_of(i64 meeting, const char *rest) { return at(str_z(mem, str_printf(mem, "/%lld%s", (long long)meeting, rest))); }

/* ---- families ---- */

struct family { const char *name, *language, *channel, *phone, *mail, *address, *state; i64 file_id, household_id; str public_id; };
struct family_making {
	struct family *f;
	struct household h;
	struct person p[2];
	struct sealed_household sealed;
	struct sealed_person person[2];
	str named;
	i64 row;
};

static enum err family_tx(struct db *db, void *arg)
{
	struct family_making *m = arg;
	struct school s;
	try(household_put(db, &m->sealed));
	try(person_put(db, &m->person[0]));
	try(person_put(db, &m->person[1]));
	try(school_by_uai(db, S("9990001X"), &s));
	try(file_insert(db, m->f->file_id, m->f->public_id, made.campaign_id, m->h.id, made.wave_id, S("2026-11-02"), now_ms()));
	return file_child_put(db, m->row, m->f->file_id, m->h.id, m->p[1].id, s.id, S("CM1"), m->named, 1, school_organisation, referent, now_ms());
}

static void given_family(struct family *f)
{
	static int number;
	struct vault_asker vault = ask_vault();
	struct family_making m = { .f = f, .row = id_new() };
	m.h = (struct household){ .organisation_id = city, .address = str_c(f->address), .school = true, .origin = S("school") };
	m.p[0] = (struct person){ .given = S("Parent"), .family = str_c(f->name), .phone = str_c(f->phone), .mail = str_c(f->mail), .language = str_c(f->language),
		.channel = str_c(f->channel) };
	m.p[1] = (struct person){ .child = true, .given = S("Enfant"), .class_ = S("CM1"), .school = S("École du Halage") };
	f->file_id = id_new();
	f->public_id = str_printf(mem, "FAM-%d", ++number);
	assert_ok(household_seal(&vault, &m.h, &m.sealed));
	for (size_t i = 0; i < 2; i++) {
		m.p[i].household_id = m.h.id;
		assert_ok(person_seal(&vault, &m.p[i], city, &m.person[i]));
	}
	struct vault_own item = file_named_item(mem, m.h.id, m.h.key, m.row, S("Parent\nNom\nEnfant"));
	assert_ok(vault_seal_own(&vault, &item, 1, &m.named));
	assert_ok(db_tx(ask_db(), family_tx, &m));
	f->household_id = m.h.id;
	if (!strcmp(f->state, "contacted"))
		given_file_step(f->file_id, "contacted");
}

#define HOME "12 rue du Halage, 44000 Nantes"
enum { ARABIC_LETTER, ARABIC_SMS, ENGLISH_MAIL, TURKISH_SMS, NOWHERE, UNREACHED, FAMILIES };
static struct family families[FAMILIES];

static void given_families(void)
{
	static const struct family like[FAMILIES] = {
		[ARABIC_LETTER] = { "Lettre-Inventée", "ar", "letter", "+33199001301", "", HOME, "contacted" },
		[ARABIC_SMS] = { "Essémès-Inventée", "ar", "sms", "+33199001302", "", "", "contacted" },
		[ENGLISH_MAIL] = { "Courriel-Inventé", "en", "mail", "", "parent@example.org", HOME, "contacted" },
		[TURKISH_SMS] = { "Turque-Inventée", "tr", "sms", "+33199001304", "", HOME, "contacted" },
		[NOWHERE] = { "Nullepart-Inventé", "fr", "phone", "+33199001305", "", "", "contacted" },
		[UNREACHED] = { "Pasjointe-Inventée", "fr", "sms", "+33199001306", "", HOME, "identified" },
	};
	for (size_t i = 0; i < FAMILIES; i++) {
		families[i] = like[i];
		given_family(&families[i]);
	}
}

static str state_of(int who)
{
	struct file f;
	db_use_arena(ask_db(), mem);
	assert_ok(file_get(ask_db(), families[who].file_id, &f));
	return str_c(file_states[f.state].code);
}

static struct meeting_guest_row guest(i64 meeting, int who)
{
	struct meeting_guest_row_list rows;
	db_use_arena(ask_db(), mem);
	assert_ok(meeting_guests(ask_db(), meeting, GUESTS_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].file_id == families[who].file_id)
			return rows.v[i];
	fail_msg("no such guest: %d", who);
	return (struct meeting_guest_row){ .id = 0 };
}

/* What the outbox process writes, until nothing is left. */
static void write_all(void)
{
	struct vault_asker vault = ask_vault();
	i64 n = 1;
	db_use_arena(ask_db(), mem);
	for (int i = 0; n && i < 20; i++)
		assert_ok(meetings_write_some(ask_db(), &vault, &ville, &n));
	assert_int_equal(n, 0);
}

static i64 queued(const char *template, const char *channel)
{
	struct msg_row_list rows;
	i64 n = 0;
	db_use_arena(ask_db(), mem);
	assert_ok(msg_rows(ask_db(), (str){ 0 }, INT64_MAX, 1000, &rows));
	for (size_t i = 0; i < rows.n; i++)
		n += str_eq(rows.v[i].template, str_c(template)) && (!channel || str_eq(rows.v[i].channel, str_c(channel)));
	return n;
}

static str ticks(i64 meeting, const int *who, size_t n)
{
	struct buf b = buf_new(mem, 1000);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "&famille=%lld", (long long)guest(meeting, who[i]).id);
	return buf_str(&b);
}

#define ALL_TICKED(geste) str_z(mem, str_printf(mem, "geste=%s&famille=%.*s&famille=%.*s&famille=%.*s&famille=%.*s&famille=%.*s", geste, \
	STR_ARG(families[0].public_id), STR_ARG(families[1].public_id), STR_ARG(families[2].public_id), STR_ARG(families[3].public_id), \
	STR_ARG(families[4].public_id)))

static i64 invited_all(void)
{
	given_agents();
	given_families();
	i64 id = planned(MEETING);
	expect_status(fill(page_of(id, "/inviter"), ALL_TICKED("inviter")), 303);
	write_all();
	return id;
}

/* ---- planning ---- */

TEST(meetings_hours_are_read_as_people_write_them)
{
	static const struct { const char *typed; i64 minute; } good[] = { { "18h", 1080 }, { "18 h 30", 1110 }, { "18:05", 1085 }, { "8h", 480 }, { "9", 540 } };
	static const char *const bad[] = { "", "soir", "25h", "18:60", "18:5", "1800", "h30" };
	i64 minute;
	for (size_t i = 0; i < lengthof(good); i++) {
		assert_true(hour_of(str_c(good[i].typed), &minute));
		assert_int_equal(minute, good[i].minute);
	}
	for (size_t i = 0; i < lengthof(bad); i++)
		assert_false(hour_of(str_c(bad[i]), &minute));
}

TEST(a_meeting_is_planned_and_what_is_odd_is_said)
{
	given_agents();
	expect_text(get(at("")), "Aucune réunion n’est prévue.");
	struct answer a = fill(at("/nouvelle"), "jour=2026-12-15&heure=tard");
	expect_status(a, 422);
	expect_text(a, "Écrivez l’heure comme 18 h ou 18:30.");
	expect_text(a, "Cochez une école, ou écrivez un autre lieu.");
	given_school_in_wave("9990003Z", school_organisation, made.wave_id);
	expect_text(fill(at("/nouvelle"), "jour=2026-12-15&heure=18h&ecoles=9990001X&ecoles=9990003Z"), "Plusieurs écoles sont cochées");
	i64 id = planned(MEETING);
	a = get(page_of(id, "?fait=1"));
	expect_text(a, "Réunion du mardi 15 décembre 2026 à 18 h");
	expect_text(a, "Bibliothèque");
	expect_text(a, "Personne n’est encore invité");
	expect_text(a, "Aucune famille n’est à inviter");
	expect_absent(a, "dimanche");
	expect_order(get(at("")), "À venir", "mardi 15 décembre 2026 à 18 h");
	expect_text(get(page_of(planned("jour=2026-12-20&heure=22h&lieu=Maison+du+Quai"), "")), "Ce jour est un dimanche.");
	a = get(page_of(planned("jour=2026-12-25&heure=22h&lieu=Maison+du+Quai"), ""));
	expect_text(a, "Ce jour est férié.");
	expect_text(a, "vacances scolaires");
	expect_text(a, "L’heure est inhabituelle");
	expect_text(get(page_of(planned("jour=2026-11-10&heure=18h&lieu=Maison+du+Quai"), "")), "Ce jour est passé, et personne n’était invité");
	expect_text(get(at(".ics")), "DTSTART:20261215T170000Z");
	expect_status(get(page_of(id, ".csv")), 200);
}

TEST(two_officers_change_one_meeting_and_the_second_reads_the_first)
{
	given_agents();
	i64 id = planned(MEETING);
	struct answer early = get(page_of(id, "/modifier"));
	expect_text(early, "value=\"18:00\"");
	expect_status(fill(page_of(id, "/modifier"), MEETING "&places=30"), 303);
	struct answer late = fill_late(page_of(id, "/modifier"), early, MEETING "&places=20");
	expect_status(late, 409);
	expect_text(late, "quelqu’un a écrit « 30 »");
	expect_text(get(page_of(id, "")), "Familles que la salle accueille : 30");
}

/* ---- inviting ---- */

TEST(each_family_is_invited_once_in_its_language_by_what_it_prefers)
{
	given_agents();
	given_families();
	i64 id = planned(MEETING);
	struct answer a = get(page_of(id, "/inviter"));
	expect_text(a, "5 familles attendent");
	expect_text(a, "Lettre-Inventée, ");
	expect_text(a, "par lettre, arabe et français");
	expect_text(a, "par SMS, français simple");
	expect_text(a, "à appeler : ni message ni adresse possibles");
	expect_order(a, "Pas encore jointes", "Pasjointe-Inventée");
	a = fill(page_of(id, "/inviter"), ALL_TICKED("voir"));
	expect_text(a, "Ce que les familles vont recevoir");
	expect_text(a, "متى");
	expect_text(a, "Quand\u00a0: ");
	expect_text(a, "Une famille est à appeler");
	expect_text(a, "Inviter 5 familles");
	assert_int_equal(queued("meeting-invitation", NULL), 0);
	struct answer early = get(page_of(id, "/inviter"));
	expect_status(fill(page_of(id, "/inviter"), ALL_TICKED("inviter")), 303);
	expect_text(get(page_of(id, "")), "5 messages sont encore à écrire");
	write_all();
	write_all();
	assert_int_equal(queued("meeting-invitation", "letter"), 1);
	assert_int_equal(queued("meeting-invitation", "sms"), 2);
	assert_int_equal(queued("meeting-invitation", "mail"), 1);
	for (int i = 0; i < NOWHERE; i++)
		assert_str(state_of(i), "invited");
	assert_str(state_of(NOWHERE), "contacted");
	assert_str(guest(id, NOWHERE).channel, "none");
	a = get(page_of(id, ""));
	expect_order(a, "À appeler", "Nullepart-Inventé", "01 99 00 13 05");
	expect_status(post_from(early, page_of(id, "/inviter"), ALL_TICKED("inviter")), 422);
	assert_int_equal(queued("meeting-invitation", NULL), 4);
	expect_text(get(page_of(id, ".csv")), "invitees,5");
}

TEST(a_filtered_list_of_families_leads_to_their_invitations)
{
	given_agents();
	given_families();
	given_school_in_wave("9990003Z", school_organisation, made.wave_id);
	i64 elsewhere = planned("jour=2026-12-15&heure=18h&ecoles=9990003Z");
	expect_text(get(page_of(elsewhere, "/inviter")), "Aucune famille n’attend d’être invitée");
	const char *list = str_printf(mem, "/agent/campagnes/%lld/dossiers?vague=%lld&ecole=9990001X", (long long)made.campaign_id,
		(long long)made.wave_id).p;
	expect_text(get(list), "Inviter ces familles à une réunion");
	const char *pick = str_z(mem, str_printf(mem, "?ecole=9990001X&vague=%lld", (long long)made.wave_id));
	expect_text(get(at(pick)), str_z(mem, str_printf(mem, "/reunions/%lld/inviter?ecole=9990001X", (long long)elsewhere)));
	struct answer a = get(page_of(elsewhere, str_printf(mem, "/inviter%s", pick).p));
	expect_text(a, "5 familles attendent");
	a = fill(page_of(elsewhere, str_printf(mem, "/inviter%s", pick).p), ALL_TICKED("voir"));
	expect_text(a, "Inviter 5 familles");
	expect_text(get(page_of(elsewhere, "/inviter?ecole=9990001X&vague=1")), "Aucune famille n’attend d’être invitée");
	expect_text(get(page_of(elsewhere, "/inviter?ecole=9990001X&etat=invited")), "Aucune famille n’attend d’être invitée");
}

TEST(a_note_that_holds_what_it_must_not_is_read_again)
{
	given_agents();
	struct answer a = fill(at("/nouvelle"), MEETING "&note=Pr%C3%A9voir+une+place%2C+la+m%C3%A8re+est+handicap%C3%A9e");
	expect_status(a, 422);
	expect_text(a, "J’ai relu cette note");
	expect_status(fill(at("/nouvelle"), MEETING "&note=Pr%C3%A9voir+une+place%2C+la+m%C3%A8re+est+handicap%C3%A9e&relue=1"), 303);
}

static str opened(i64 id, const char *column, str sealed)
{
	struct vault_asker vault = ask_vault();
	struct vault_item item = { str_printf(mem, "outbox:%s:%lld", column, (long long)id), sealed };
	str clear;
	assert_ok(vault_open_as(&vault, S("test"), &item, 1, &clear));
	return str_copy(mem, clear);
}

TEST(the_letter_of_an_arabic_speaking_family_is_in_both_languages_and_fits_its_page)
{
	invited_all();
	struct msg_letter_list rows;
	assert_ok(msg_letters(ask_db(), now_ms() + 1, 10, &rows));
	assert_int_equal(rows.n, 1);
	str to = opened(rows.v[0].id, "recipient", rows.v[0].recipient_enc), body = opened(rows.v[0].id, "body", rows.v[0].body_enc);
	assert_str(to, "Parent Lettre-Inventée\n12 rue du Halage\n44000 Nantes");
	ptrdiff_t arabic = str_find(body, S("متى")), french = str_find(body, S("Quand\u00a0: mardi 15 décembre 2026 à 18\u00a0h."));
	assert_true(arabic > 0 && french > arabic);
	assert_true(str_find(body, S("Bibliothèque")) > 0);
	assert_true(str_find(opened(rows.v[0].id, "subject", rows.v[0].subject_enc), S("\nRéunion sur les ordinateurs")) > 0);
	str pdf;
	size_t bad;
	struct pdf_letter letter = { S("Exemple\nPlan numérique\n01 99 00 00 00"), to, opened(rows.v[0].id, "subject", rows.v[0].subject_enc), body };
	assert_ok(pdf_letters(mem, &letter, 1, &pdf, &bad));
}

TEST(meeting_messages_fit_an_sms_in_every_language)
{
	static const char *const kinds[] = { "invitation", "reminder", "change", "cancellation" };
	given_agents();
	struct meeting m;
	assert_ok(meeting_get(ask_db(), planned("jour=2026-12-16&heure=18h30&lieu=Maison+de+quartier+du+tr%C3%A8s+long+quai+de+la+Loire+et+de+ses+"
		"affluents%2C+3+rue+Haute"), &m));
	struct city far = ville;
	far.name = S("Ville de démonstration");
	for (size_t k = 0; k < lengthof(kinds); k++)
		for (size_t l = 0; l < (size_t)2 * LANG_COUNT; l++) {            /* to families, then to people of age */
			enum lang lang = (enum lang)(l % LANG_COUNT);
			struct msg like;
			struct msg_text text;
			meeting_message(mem, &far, &m, l < LANG_COUNT ? NULL : campaign_said_of_adults, kinds[k], MSG_SMS, lang, &like);
			msg_preview(mem, &far, &like, &text);
			if (text.parts < 1 || (text.parts > 1 && lang != LANG_AR))
				fail_msg("%s in %s: %lld parts: %.*s", kinds[k], langs[lang].name, (long long)text.parts, STR_ARG(text.body));
		}
}

TEST(who_is_told_by_telephone_is_invited_and_answers_are_noted)
{
	i64 id = invited_all();
	static const int nowhere[] = { NOWHERE }, english[] = { ENGLISH_MAIL };
	ask_as(service);
	expect_status(fill(page_of(id, ""), "geste=vient"), 422);
	expect_status(fill(page_of(id, ""), str_z(mem, str_printf(mem, "geste=vient%.*s", STR_ARG(ticks(id, nowhere, 1))))), 303);
	expect_status(fill(page_of(id, ""), str_z(mem, str_printf(mem, "geste=non%.*s", STR_ARG(ticks(id, english, 1))))), 303);
	assert_str(state_of(NOWHERE), "invited");
	assert_str(guest(id, NOWHERE).channel, "phone");
	struct answer a = get(page_of(id, ""));
	expect_text(a, "une vient");
	expect_text(a, "une ne vient pas");
	expect_absent(a, "Annuler la réunion");
	expect_status(get(page_of(id, "/modifier")), 404);
	expect_status(get(page_of(id, "/inviter")), 404);
	expect_text(fill(page_of(id, ""), "geste=annuler&sur=1"), "Cela se décide à la conduite des programmes");
	a = get(str_z(mem, str_printf(mem, "/agent/campagnes/%lld/dossiers/%.*s", (long long)made.campaign_id, STR_ARG(families[NOWHERE].public_id))));
	expect_order(a, "Réunions de présentation", "mardi 15 décembre 2026 à 18 h", "prévenue par téléphone ; vient");
}

struct failing { i64 id; };

static enum err fail_tx(struct db *db, void *arg)
{
	return msg_letter_done(db, ((const struct failing *)arg)->id, S("failed"), S("long"), now_ms());
}

TEST(a_message_that_failed_is_to_be_called)
{
	i64 id = invited_all();
	assert_int_equal(get(page_of(id, "")).status, 200);
	expect_absent(get(page_of(id, "")), "n’a pas pu partir");
	struct msg_row_list rows;
	assert_ok(msg_rows(ask_db(), (str){ 0 }, INT64_MAX, 1000, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.v[i].channel, S("letter")))
			assert_ok(db_tx(ask_db(), fail_tx, &(struct failing){ rows.v[i].id }));
	expect_order(get(page_of(id, "")), "À appeler", "Lettre-Inventée", "lettre : n’a pas pu partir");
}

TEST(those_invited_are_reminded_two_days_before_by_day_and_once)
{
	i64 id = invited_all();
	static const int english[] = { ENGLISH_MAIL };
	expect_status(fill(page_of(id, ""), str_z(mem, str_printf(mem, "geste=non%.*s", STR_ARG(ticks(id, english, 1))))), 303);
	on_day(11, 12);
	write_all();
	on_day(12, 23);
	write_all();
	assert_int_equal(queued("meeting-reminder", NULL), 0);
	on_day(12, 10);
	write_all();
	assert_int_equal(queued("meeting-reminder", "sms"), 2);
	assert_int_equal(queued("meeting-reminder", NULL), 2);
	on_day(13, 10);
	write_all();
	assert_int_equal(queued("meeting-reminder", NULL), 2);
}

TEST(a_change_of_hour_and_a_cancellation_are_told_once_to_those_who_know)
{
	i64 id = invited_all();
	static const int nowhere[] = { NOWHERE };
	expect_status(fill(page_of(id, ""), str_z(mem, str_printf(mem, "geste=vient%.*s", STR_ARG(ticks(id, nowhere, 1))))), 303);
	expect_text(get(page_of(id, "/modifier")), "4 familles savent déjà");
	expect_status(fill(page_of(id, "/modifier"), MEETING "&note=Cl%C3%A9s"), 303);
	write_all();
	assert_int_equal(queued("meeting-change", NULL), 0);
	expect_status(fill(page_of(id, "/modifier"), "jour=2026-12-15&heure=17h&ecoles=9990001X&salle=Biblioth%C3%A8que"), 303);
	write_all();
	assert_int_equal(queued("meeting-change", NULL), 4);
	assert_str(guest(id, NOWHERE).channel, "none");
	expect_status(fill(page_of(id, ""), "geste=annuler"), 422);
	expect_status(fill(page_of(id, ""), "geste=annuler&sur=1"), 303);
	write_all();
	assert_int_equal(queued("meeting-cancellation", NULL), 4);
	struct answer a = get(page_of(id, ""));
	expect_text(a, "Cette réunion est annulée");
	expect_status(get(page_of(id, "/presence")), 404);
	i64 other = planned("jour=2026-12-17&heure=18h&ecoles=9990001X");
	expect_text(get(page_of(other, "/inviter")), "5 familles attendent");
	expect_status(fill(page_of(id, ""), "geste=remettre"), 303);
	write_all();
	assert_int_equal(queued("meeting-change", NULL), 8);
}

TEST(whose_file_has_moved_meanwhile_is_not_written_to)
{
	given_agents();
	given_families();
	i64 id = planned(MEETING);
	expect_status(fill(page_of(id, "/inviter"), ALL_TICKED("inviter")), 303);
	given_file_step(families[ARABIC_SMS].file_id, "withdrawn:unwanted");
	given_erased(families[ENGLISH_MAIL].household_id);
	write_all();
	assert_int_equal(queued("meeting-invitation", NULL), 2);
	assert_str(state_of(ARABIC_SMS), "withdrawn");
	expect_absent(get(page_of(id, "")), "Courriel-Inventé");
	expect_text(get(page_of(id, ".csv")), "invitees,5");
}

/* ---- attendance ---- */

TEST(who_came_is_ticked_and_unticked_until_it_was_decided_upon)
{
	i64 id = invited_all();
	static const int two[] = { ARABIC_LETTER, ARABIC_SMS }, one[] = { ARABIC_LETTER };
	struct answer a = get(page_of(id, "/presence"));
	expect_text(a, "La réunion n’a pas encore eu lieu");
	on_day(14, 19);
	ask_as(service);
	a = fill(page_of(id, "/presence"), str_z(mem, str_printf(mem, "geste=noter%.*s", STR_ARG(ticks(id, two, 2)))));
	expect_status(a, 303);
	assert_str(state_of(ARABIC_LETTER), "attended");
	assert_str(state_of(TURKISH_SMS), "invited");
	assert_str(guest(id, TURKISH_SMS).came, "");
	expect_text(get(page_of(id, "/presence?fait=1")), "2 familles sont venues");
	expect_status(fill(page_of(id, "/presence"), str_z(mem, str_printf(mem, "geste=finir%.*s", STR_ARG(ticks(id, two, 2))))), 303);
	assert_str(guest(id, TURKISH_SMS).came, "no");
	assert_str(guest(id, ARABIC_SMS).came, "yes");
	expect_status(fill(page_of(id, "/presence"), str_z(mem, str_printf(mem, "geste=noter%.*s", STR_ARG(ticks(id, one, 1))))), 303);
	assert_str(state_of(ARABIC_SMS), "invited");
	given_file_step(families[ARABIC_LETTER].file_id, "eligible");
	a = fill(page_of(id, "/presence"), "geste=effacer");
	expect_status(a, 409);
	expect_text(a, "allé plus loin");
	assert_str(state_of(ARABIC_LETTER), "eligible");
	expect_status(fill(page_of(id, "/presence"), "geste=tous"), 303);
	assert_str(state_of(NOWHERE), "attended");
	expect_order(get(page_of(id, "")), "5 sont venues", "venue");
	expect_order(get(page_of(id, "/feuille")), "Signature", "Lettre-Inventée");
	struct household h;
	assert_ok(household_get(ask_db(), families[ARABIC_LETTER].household_id, &h));
	a = get(str_z(mem, str_printf(mem, "/agent/foyers/%.*s/donnees", STR_ARG(h.public_id))));
	expect_order(a, "Une réunion de présentation", "mardi 15 décembre 2026 à 18 h", "vous êtes venus");
}

TEST(two_telephones_at_the_door_note_attendance_and_neither_undoes_the_other)
{
	i64 id = invited_all();
	static const int first[] = { ARABIC_LETTER }, second[] = { ARABIC_SMS };
	on_day(14, 19);
	struct answer early = get(page_of(id, "/presence"));
	expect_status(fill(page_of(id, "/presence"), str_z(mem, str_printf(mem, "geste=noter%.*s", STR_ARG(ticks(id, first, 1))))), 303);
	expect_status(fill_late(page_of(id, "/presence"), early, str_z(mem, str_printf(mem, "geste=noter%.*s", STR_ARG(ticks(id, second, 1))))), 303);
	assert_str(guest(id, ARABIC_LETTER).came, "yes");
	assert_str(guest(id, ARABIC_SMS).came, "yes");
}

TEST(what_was_just_noted_at_the_door_is_taken_back)
{
	i64 id = invited_all();
	static const int first[] = { ARABIC_LETTER }, second[] = { ARABIC_LETTER, ARABIC_SMS };
	on_day(14, 19);
	expect_status(fill(page_of(id, "/presence"), str_z(mem, str_printf(mem, "geste=noter%.*s", STR_ARG(ticks(id, first, 1))))), 303);
	struct answer a = fill(page_of(id, "/presence"), str_z(mem, str_printf(mem, "geste=noter%.*s", STR_ARG(ticks(id, second, 2)))));
	const char *after = str_z(mem, header_of(a, "Location"));
	expect_text(get(after), "Reprendre ce que je viens de noter");
	expect_status(fill(after, "geste=reprendre"), 303);
	assert_str(guest(id, ARABIC_LETTER).came, "yes");
	assert_str(guest(id, ARABIC_SMS).came, "");
	assert_str(state_of(ARABIC_SMS), "invited");
}

TEST(a_name_is_found_at_the_door_by_its_first_letters)
{
	i64 id = invited_all();
	static const int other[] = { ENGLISH_MAIL };
	on_day(14, 19);
	struct answer a = get(page_of(id, "/presence?lettres=LET"));
	expect_text(a, "Lettre-Inventée Parent");
	expect_absent(a, "Courriel-Inventé");
	expect_text(get(page_of(id, "/presence?lettres=zzz")), "Aucun nom de la liste ne commence ainsi");
	expect_status(fill(page_of(id, "/presence"), str_z(mem, str_printf(mem, "geste=noter%.*s", STR_ARG(ticks(id, other, 1))))), 303);
	static const int one[] = { ARABIC_LETTER };
	expect_status(fill(page_of(id, "/presence?lettres=LET"), str_z(mem, str_printf(mem, "geste=noter%.*s", STR_ARG(ticks(id, one, 1))))), 303);
	assert_str(guest(id, ENGLISH_MAIL).came, "yes");
	assert_str(guest(id, ARABIC_LETTER).came, "yes");
}

TEST(a_family_nobody_knew_is_opened_at_the_door_and_noted)
{
	i64 id = invited_all();
	on_day(14, 19);
	ask_as(service);
	expect_text(get(page_of(id, "/presence?q=Inconnue")), "Ouvrir le dossier d’une famille");
	struct answer a = fill(str_z(mem, str_printf(mem, "/agent/campagnes/%lld/dossiers/nouveau?reunion=%lld", (long long)made.campaign_id, (long long)id)),
		"prenom=Zora&nom=Inconnue&enfant=Sami&classe=CM1");
	expect_status(a, 303);
	const char *door = str_z(mem, header_of(a, "Location"));
	a = get(door);
	expect_text(a, "Zora Inconnue");
	ptrdiff_t from = str_find(str_c(door), S("dossier="));
	expect_status(fill(door, str_z(mem, str_printf(mem, "geste=ajouter&%s", door + from))), 303);
	expect_text(get(page_of(id, "/presence")), "checked>Inconnue Zora");
}

TEST(a_family_that_comes_unannounced_is_found_by_name_and_the_absent_are_invited_again)
{
	i64 id = invited_all();
	on_day(14, 19);
	struct answer a = get(page_of(id, "/presence?q=pasjointe"));
	expect_text(a, "Pasjointe-Inventée");
	expect_text(get(page_of(id, "/presence?q=Lettre-Invent%C3%A9e")), "Aucun autre dossier de cette campagne");
	a = fill(page_of(id, "/presence?q=pasjointe"), str_z(mem, str_printf(mem, "geste=ajouter&dossier=%.*s", STR_ARG(families[UNREACHED].public_id))));
	expect_status(a, 303);
	assert_str(state_of(UNREACHED), "attended");
	static const int one[] = { UNREACHED };
	expect_status(fill(page_of(id, "/presence"), str_z(mem, str_printf(mem, "geste=finir%.*s", STR_ARG(ticks(id, one, 1))))), 303);
	expect_text(get(page_of(id, "")), "dont une sans invitation");
	i64 other = planned("jour=2026-12-18&heure=18h&ecoles=9990001X");
	a = get(page_of(other, "/inviter"));
	expect_text(a, "5 familles attendent");
	expect_text(a, "invitée une autre fois, et pas venue");
	expect_status(fill(page_of(other, "/inviter"), ALL_TICKED("inviter")), 303);
	write_all();
	assert_int_equal(queued("meeting-invitation", NULL), 8);
	assert_str(state_of(TURKISH_SMS), "invited");
}

/* ---- seen from elsewhere ---- */

TEST(a_school_reads_counts_of_the_families_it_named_and_no_name)
{
	invited_all();
	ask_as(referent);
	struct answer a = get("/agent/ecole");
	expect_text(a, "Réunion du mardi 15 décembre 2026 à 18 h");
	expect_text(a, "5 des familles que vous avez nommées y sont invitées");
	expect_absent(a, "Inventée");
	expect_status(get(at("")), 404);
}

TEST(another_campaign_does_not_reach_a_meeting)
{
	given_agents();
	i64 id = planned(MEETING), stranger = given_organisation("Autre");
	struct given_wave other = given_wave_of(stranger);
	ask_as(given_account("a@autre.example", "Autre", stranger, ROLE_PROGRAMME_OFFICER));
	static const char *const rests[] = { "", ".csv", "/modifier", "/inviter", "/presence", "/feuille" };
	for (size_t i = 0; i < lengthof(rests); i++) {
		expect_status(get(page_of(id, rests[i])), 404);
		expect_status(get(str_z(mem, str_printf(mem, "/agent/campagnes/%lld/reunions/%lld%s", (long long)other.campaign_id, (long long)id, rests[i]))), 404);
	}
}

static enum err purge_tx(struct db *db, void *arg) { return meetings_purge(db, 100, arg); }

TEST(what_families_answered_is_forgotten_two_years_after)
{
	i64 id = invited_all(), n = 0;
	on_day(14, 19);
	expect_status(fill(page_of(id, "/presence"), "geste=tous"), 303);
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	assert_int_equal(n, 0);
	on_day(760, 12);
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	assert_int_equal(n, 5);
	assert_str(guest(id, ARABIC_SMS).channel, "");
	assert_str(guest(id, ARABIC_SMS).came, "yes");
}

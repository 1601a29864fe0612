/* The access file is whole: each column of the registry that holds something of a family is in what the family is handed, or says here why it
 * is not. Who adds a personal column finds this test red until the access file tells it. */
#include "given_care.h"
#include "given_charter.h"

#include "people/access.h"
#include "people/registry.h"

/* shown: what the page and the JSON must say of it for the family made below; absent where only the heading's module makes it, whose own test
 * holds it: then `by` names that test, or why it is not told. Columns joined by spaces, as in the registry. */
struct told { const char *table, *columns, *shown, *by; };
static const struct told told[] = {
	{ "household", "address_enc", "7 quai de l’Essai", NULL },
	{ "household", "district_code district priority_area_code priority_area areas_on", NULL, "put_household: told when the address is in a district" },
	{ "household", "ground_school ground_rights origin", "pour l’école des enfants, et pour vos droits", NULL },
	{ "household", "contact_at notice_at", "Dernière fois que nous nous sommes parlé", NULL },
	{ "person", "given_enc family_enc", "Fannette", NULL },
	{ "person", "birth_year_enc", "1987", NULL },
	{ "person", "phone_enc mail_enc", "fanny@example.org", NULL },
	{ "person", "school_enc class", "École du Halage", NULL },
	{ "person", "language channel", "par courriel", NULL },
	{ "household_past", "address_enc ground_school ground_rights origin", "3 rue des Cordages, 44000 Nantes", NULL },
	{ "person_past", "given_enc family_enc birth_year_enc phone_enc mail_enc school_enc class language channel", "Fannette : ce qui était noté avant", NULL },
	{ "household_note", "text_enc", "Préfère venir le mardi matin", NULL },
	{ "family_file_child", "named_enc", NULL, "files_test.c: one_family_named_twice…" },
	{ "family_file_child", "class by_school", NULL, "files_test.c: with what was named" },
	{ "family_file", "public_id state since_day reason school_id", "Votre demande d’ordinateur", NULL },
	{ "family_file_event", "before after day reason user_id", "Vous avez reçu l’ordinateur", NULL },
	{ "household_triage", "answers_enc", NULL, "tests/http/triage.t" },
	{ "award_answer", "value day user_id", NULL, "awarding_test.c" },
	{ "award_line", "rank points facts", NULL, "awarding_test.c" },
	{ "award_decision", "act reason day user_id", NULL, "awarding_test.c" },
	{ "match_wish", "kind memory_gb large_screen day user_id", NULL, "matching_test.c: two_agents_who_note_a_wish…" },
	{ "match_line", "device_id need cost", NULL, "matching_held tells the device that is kept; one that is only proposed is not theirs yet" },
	{ "match_change", "device_id reason user_id", NULL, "the same" },
	{ "match_kept", "device_id result", NULL, "matching_held, while it is kept; device_loan afterwards" },
	{ "charter_act", "filled_enc", "La famille, comme la charte la nomme", NULL },
	{ "charter_signature", "name_enc quality order_number order_day day", NULL, "charter_test.c" },
	{ "charter_part", "content_enc", "Copie de ce qui est signé", NULL },
	{ "handover", "receipt_enc", NULL, "handover_test.c" },
	{ "handover_pdf", "pdf_enc", NULL, "the same receipt as handover.receipt_enc" },
	{ "handover", "gift accessories seen workshop_place workshop_day workshop_hour", NULL, "lines of the receipt" },
	{ "handover_booking", "day_id slot", NULL, "handover_held_now" },
	{ "handover_notice", "told channel user_id", NULL, "notice_test.c: the family is told, and can read how" },
	{ "device_loan", "title from_day ended_day ended_why", "Entre vos mains", NULL },
	{ "care_ticket", "said_enc", NULL, "aftersales_test.c" },
	{ "care_ticket", "symptom finding state since_day opened_day", "l’écran est cassé", NULL },
	{ "care_event", "before after day reason user_id", "Panne signalée", NULL },
	{ "care_end", "report_enc", NULL, "aftersales_test.c" },
	{ "care_end", "kind reason day user_id", NULL, "aftersales_test.c" },
	{ "meeting_guest", "channel reply came user_id", NULL, "meetings_test.c" },
	{ "household_share", "reason until", "Un partage avec", NULL },
	{ "audit", "user_id object_id", "Qui a ouvert votre dossier", NULL },
	{ "outbox", "recipient_enc recipient_index subject_enc body_enc leave_enc", NULL, "no household is named there; bodies are gone after 30 days" },
};

/* Keys, prints of what is told elsewhere, things of minutes, and what is not about families. */
static const char *const not_theirs[] = { "household.key_enc", "household.card_index", "household_visit.id_hash", "person.key_enc", "person_token.hash",
	"household_access_part.content_enc", "family_list.key_enc", "family_list_piece.piece_enc", "family_list_row.cells_enc", "charter_bundle.key_enc",
	"charter_bundle_part.content_enc", "user_account.email_index",
	"user_account.totp_enc", "user_identity.subject_index", "identity_session.token_enc", "session.id_hash", "login_failure.key", "msg_stop.recipient_index",
	"place_report.contact_enc", "print_delivery.received_enc", "network_contact.email_index", "network_refusal.email_index", "census_ask.code_index" };

static bool is_not_theirs(const struct registry_line *l)
{
	char key[200];
	snprintf(key, sizeof key, "%s.%.*s", l->table, (int)strcspn(l->columns, " "), l->columns);
	for (size_t i = 0; i < lengthof(not_theirs); i++)
		if (!strcmp(key, not_theirs[i]))
			return true;
	return false;
}

TEST(each_personal_column_is_in_the_access_file_or_says_why_not)
{
	for (size_t i = 0; i < registry_count; i++) {
		bool found = is_not_theirs(&registry[i]);
		for (size_t k = 0; k < lengthof(told); k++)
			found |= !strcmp(told[k].table, registry[i].table) && !strcmp(told[k].columns, registry[i].columns);
		if (!found)
			fail_msg("%s (%s): tell it to the family in its access file, and say here what it reads", registry[i].table, registry[i].columns);
	}
}

TEST(a_family_reads_all_that_is_held_of_it)
{
	struct arena *a = unit_arena((size_t)4 << 20);
	i64 city = given_organisation("Ville");
	struct household h;
	str file = given_file(city), list;
	ask_as(given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER));
	given_charter_of(city);
	given_ticket(city);
	struct answer page = get(str_z(a, str_printf(a, "/agent/campagnes/%lld/dossiers/%.*s", (long long)given_wave_of(city).campaign_id, STR_ARG(file))));
	ptrdiff_t at = str_find(page.body, S("/agent/foyers/"));
	assert_true(at >= 0);
	list = str_slice(page.body, (size_t)at + strlen("/agent/foyers/"), SIZE_MAX);
	str id;
	assert_true(str_next(&list, '"', &id));
	id = str_copy(a, id);
	const char *root = str_z(a, str_printf(a, "/agent/foyers/%.*s", STR_ARG(id)));
	assert_ok(household_named(ask_db(), id, &h));
	given_share(id, given_organisation("Association"), now_ms() + 3600000);
	expect_status(fill(str_z(a, str_printf(a, "%s/modifier", root)), "adresse=7+quai+de+l%E2%80%99Essai&motifs=ecole&motifs=droits&origine=self"), 303);
	expect_status(fill(str_z(a, str_printf(a, "%s/personne/%.*s", root, STR_ARG(h.persons[0].public_id))),
		"prenom=Fannette&nom=Dossier&annee=1987&courriel=fanny@example.org&joindre=mail&langue=ar"), 303);
	struct answer shown = get(str_z(a, str_printf(a, "%s/donnees", root))), json = get(str_z(a, str_printf(a, "%s/donnees.json", root)));
	for (size_t k = 0; k < lengthof(told); k++) {
		if (!told[k].shown)
			continue;
		expect_text(shown, told[k].shown);
		expect_text(json, told[k].shown);
	}
	expect_order(shown, "Ce que nous savons de vous", "Pourquoi", "Qui l’a vu", "Jusqu’à quand", "Ce que vous pouvez demander", "CNIL");
}

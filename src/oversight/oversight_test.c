/* What those who watch over the house see and may do: messages with their reasons in words, and the audit log. */
#include "app/outbox_sql.h"
#include "audit/audit.h"
#include "given.h"
#include "msg/desk.h"
#include "oversight/pages.h"

#include "base/timex.h"

static enum err queue_tx(struct db *db, void *arg)
{
	return msg_queue(db, arg);
}

static i64 given_message(const char *to, const char *key)
{
	static const struct city ville = { .name = S_INIT("Exemple") };
	struct vault_asker vault = ask_vault();
	struct msg m = { .channel = strchr(to, '@') ? MSG_MAIL : MSG_SMS, .to = str_c(to), .template = "outbox-test", .key = str_c(key) };
	struct msg_ready ready;
	assert_ok(msg_write(&vault, &ville, &m, &ready));
	assert_ok(db_tx(ask_db(), queue_tx, &ready));
	return ready.id;
}

struct failing { const char *channel, *reason; };

static enum err fail_tx(struct db *db, void *arg)
{
	const struct failing *f = arg;
	struct outbox_row row;
	try(outbox_claim(db, str_c(f->channel), now_ms(), now_ms() + 1000, 1, &row));
	return outbox_again(db, row.id, S("failed"), 1, now_ms(), str_c(f->reason), (struct opt_i64){ now_ms(), true });
}

static void given_failure(const char *channel, const char *reason)
{
	struct failing f = { channel, reason };
	assert_ok(db_tx(ask_db(), fail_tx, &f));
}

static i64 as_admin(void)
{
	i64 ville = given_organisation("Ville"), zoe = given_account("zoe@ville.example", "Zoé", ville, ROLE_ADMIN);
	ask_as(zoe);
	return zoe;
}

TEST(messages_say_why_they_failed_and_are_tried_again)
{
	as_admin();
	i64 id = given_message("inconnu@example.org", "a");
	given_failure("mail", "refused 550 5.1.1");
	struct answer a = get("/agent/envois");
	expect_status(a, 200);
	expect_order(a, "inconnu@example.org", "Courriel", "Essai d’envoi", "Échec", "n’existe pas", "550 5.1.1", "Réessayer");
	expect_text(a, "En échec (1)");
	a = fill("/agent/envois", str_printf(unit_arena(1000), "reessayer=%lld", (long long)id).p);
	expect_status(a, 303);
	a = get("/agent/envois?etat=waiting");
	expect_text(a, "inconnu@example.org");
	expect_absent(a, "550");
	expect_absent(get("/agent/envois?etat=failed"), "inconnu@example.org");
	a = fill("/agent/envois", str_printf(unit_arena(1000), "abandonner=%lld", (long long)id).p);
	expect_status(a, 303);
	expect_text(get("/agent/envois"), "Abandonné");
	expect_order(get("/en/agent/envois"), "Messages", "inconnu@example.org", "Given up");
}

TEST(messages_say_their_segments_and_why_a_channel_waits)
{
	as_admin();
	given_message("06 39 98 00 01", "a");
	given_failure("sms", "login 401");
	struct answer a = get("/agent/envois");
	expect_order(a, "+33639980001", "SMS, 1 segment");
	expect_text(a, "refuse notre mot de passe");
}

TEST(who_wants_no_more_messages_gets_none)
{
	as_admin();
	given_message("zoe@example.org", "a");
	struct answer a = fill("/agent/envois", "adresse=personne");
	expect_status(a, 422);
	expect_text(a, "Écrivez une adresse électronique ou un numéro de téléphone");
	a = fill("/agent/envois", "adresse=ZOE%40example.org");
	expect_status(a, 303);
	expect_text(get("/agent/envois"), "cette personne ne veut plus de messages");
	given_message("zoe@example.org", "b");
	expect_text(get("/agent/envois?etat=stopped"), "Refusés par la personne (2)");
}

TEST(messages_come_by_pages)
{
	as_admin();
	for (int i = 0; i < 22; i++)
		given_message(str_printf(unit_arena(1000), "p%d@example.org", i).p, str_printf(unit_arena(1000), "k%d", i).p);
	struct answer a = get("/agent/envois");
	expect_text(a, "p21@example.org");
	expect_absent(a, "p1@example.org");
	expect_text(a, "Plus anciens");
}

TEST(log_says_who_did_what_and_goes_out_sealed)
{
	i64 zoe = as_admin();
	i64 id = given_message("zoe@example.org", "a");
	expect_status(fill("/agent/envois", str_printf(unit_arena(1000), "abandonner=%lld", (long long)id).p), 303);
	struct answer a = get("/agent/journal");
	expect_status(a, 200);
	expect_order(a, str_printf(unit_arena(1000), "%lld", (long long)zoe).p, "outbox.cancel", str_printf(unit_arena(1000), "message %lld", (long long)id).p);
	expect_absent(a, "zoe@example.org");
	expect_absent(get("/agent/journal?jour=2026-01-01"), "outbox.cancel");
	expect_text(get(str_printf(unit_arena(1000), "/agent/journal?compte=%lld&action=outbox.cancel", (long long)zoe).p), "outbox.cancel");
	expect_absent(get("/agent/journal?action=nothing"), "outbox.cancel");
	expect_status(get("/agent/journal?jour=hier"), 422);
	a = get("/agent/journal.csv");
	expect_status(a, 200);
	expect_order(a, "id,date,compte", "audit.export", ",,2", "outbox.cancel", ",,1");
	struct audit_report r;
	assert_ok(audit_verify(ask_db(), NULL, &r));
	assert_int_equal(r.fault, AUDIT_SOUND);
	assert_int_equal(r.pending, 0);
}

static enum err audit_tx(struct db *db, void *arg)
{
	for (int i = 0; i < *(const int *)arg; i++)
		try(audit_write(db, &(struct audit){ .action = "test.line", .object = "" }));
	return OK;
}

TEST(log_goes_out_whole_however_long)
{
	as_admin();
	int many = 2 * LINES_A_PIECE + 50;
	assert_ok(db_tx(ask_db(), audit_tx, &many));
	str file = get("/agent/journal.csv?action=test.line").body, line;
	int n = 0;
	i64 id, last = INT64_MAX;
	str_next(&file, '\n', &line);
	for (; file.n && str_next(&file, '\n', &line); n++, last = id) {
		assert_true(str_i64(str_slice(line, 0, (size_t)str_find_byte(line, ',')), &id));
		assert_true(id < last);
	}
	assert_int_equal(n, many);
}

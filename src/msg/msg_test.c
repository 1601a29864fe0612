/* What messages promise: written in the reader's language, never in clear on the disk, queued once, and not at all to those
 * who asked for no more. */
#include "msg/msg.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "app/jobs.h"
#include "app/outbox_sql.h"
#include "app/vault.h"
#include "ask.h"
#include "base/timex.h"
#include "msg/desk.h"

static const struct city ville = { .name = S_INIT("Exemple"), .help_phone = S_INIT("+33261914400") };

/* A vault of the test's own. */
static struct vault_asker vault(struct arena *a)
{
	static struct keys *keys;
	static const u8 master[KEY_BYTES] = { 7 };
	if (!keys) {
		keys = keys_new();
		keys_derive(keys, master);
	}
	return vault_of_keys(keys, a, S("test"));
}

static struct msg invitation(enum lang lang, const char *key)
{
	static const str values[] = { S_INIT("La Bouée"), S_INIT("https://exemple.example.org/invitation/abc"), S_INIT("3 décembre 2026") };
	return (struct msg){ MSG_MAIL, S("Zoe.Exemple@example.org"), "account-invitation", lang, str_c(key), values, 3, 0 };
}

static enum err queue_tx(struct db *db, void *arg)
{
	return msg_queue(db, arg);
}

static enum err claim_tx(struct db *db, void *arg)
{
	return outbox_claim(db, S("mail"), now_ms(), now_ms() + 1000, 1, arg);
}

static enum err retry_tx(struct db *db, void *arg)
{
	return msg_retry(db, *(i64 *)arg);
}

static str opened(struct arena *a, const struct outbox_row *row, const char *column, str sealed)
{
	struct vault_asker v = vault(a);
	struct vault_item item = { str_printf(a, "outbox:%s:%lld", column, (long long)row->id), sealed };
	str clear = { 0 };
	assert_ok(vault_open_as(&v, S("test"), &item, 1, &clear));
	return clear;
}

static void queue(struct arena *a, struct msg m)
{
	struct vault_asker v = vault(a);
	struct msg_ready ready;
	assert_ok(msg_write(&v, &ville, &m, &ready));
	assert_ok(db_tx(ask_db(), queue_tx, &ready));
}

TEST(msg_says_it_in_the_readers_language)
{
	static const char *const says[LANG_COUNT] = { "vous invite", "vous invite", "invites you", "تدعوك" };
	struct arena *a = unit_arena(1 << 22);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct outbox_row row;
		db_use_arena(ask_db(), a);
		queue(a, invitation((enum lang)lang, langs[lang].name));
		assert_ok(db_tx(ask_db(), claim_tx, &row));
		str body = opened(a, &row, "body", row.body_enc);
		if (str_find(body, str_c(says[lang])) < 0)
			fail_msg("%s: %.*s", langs[lang].name, STR_ARG(body));
		assert_true(str_find(body, S("\nhttps://exemple.example.org/invitation/abc\n")) > 0);
		assert_true(str_find(body, S("02\u00a061\u00a091\u00a044\u00a000")) > 0);
		assert_str(opened(a, &row, "recipient", row.recipient_enc), "Zoe.Exemple@example.org");
		assert_true(opened(a, &row, "subject", row.subject_enc).n > 0);
	}
}

static bool folder_says(const char *folder, const char *word)
{
	static char text[4 << 20];
	struct dirent *e;
	bool found = false;
	DIR *d = opendir(folder);
	assert_non_null(d);
	while ((e = readdir(d))) {
		int fd = openat(dirfd(d), e->d_name, O_RDONLY);
		ssize_t n = fd >= 0 ? read(fd, text, sizeof(text)) : -1;
		if (fd >= 0)
			close(fd);
		found = found || (n > 0 && memmem(text, (size_t)n, word, strlen(word)));
	}
	closedir(d);
	return found;
}

TEST(msg_is_nowhere_in_clear_on_the_disk)
{
	struct arena *a = unit_arena(1 << 22);
	if (db_engine(ask_db()) != DB_SQLITE)
		unit_skip("the server's files are not the test's");
	queue(a, invitation(LANG_FR, "une-cle-visible"));
	assert_true(folder_says(unit_dir(), "une-cle-visible"));
	static const char *const words[] = { "Exemple@", "exemple@", "La Bou", "invitation/abc", "Bonjour", "Votre invitation" };
	for (size_t i = 0; i < lengthof(words); i++)
		if (folder_says(unit_dir(), words[i]))
			fail_msg("\"%s\" is in clear", words[i]);
}

TEST(msg_is_queued_once_for_a_key)
{
	struct arena *a = unit_arena(1 << 22);
	struct outbox_row row;
	queue(a, invitation(LANG_FR, "account-invitation:1"));
	queue(a, invitation(LANG_EN, "account-invitation:1"));
	db_use_arena(ask_db(), a);
	assert_ok(db_tx(ask_db(), claim_tx, &row));
	assert_true(str_starts(opened(a, &row, "body", row.body_enc), S("Bonjour")));
	assert_err(db_tx(ask_db(), claim_tx, &row), NOT_FOUND);
}

TEST(msg_waits_for_its_time)
{
	struct arena *a = unit_arena(1 << 22);
	struct outbox_row row;
	struct msg m = invitation(LANG_FR, "later");
	clock_set(1795600800000);
	m.not_before = 1795600800000 + 3600000;
	queue(a, m);
	db_use_arena(ask_db(), a);
	assert_err(db_tx(ask_db(), claim_tx, &row), NOT_FOUND);
	clock_set(m.not_before);
	assert_ok(db_tx(ask_db(), claim_tx, &row));
}

TEST(msg_refuses_what_is_no_address)
{
	struct arena *a = unit_arena(1 << 22);
	struct vault_asker v = vault(a);
	struct msg_ready ready;
	static const char *const wrong[] = { "", "a", "a@", "@b.org", "a b@c.org", "a@b@c.org", "a@b.org\r\nBcc: x@y.org", "<a@b.org>", "a@b.org,c@d.org", "é@b.org" };
	for (size_t i = 0; i < lengthof(wrong); i++) {
		struct msg m = invitation(LANG_FR, "x");
		m.to = str_c(wrong[i]);
		assert_err(msg_write(&v, &ville, &m, &ready), INVALID);
	}
	assert_str(msg_address(a, MSG_MAIL, S("  zoe@example.org ")), "zoe@example.org");
	assert_str(msg_address(a, MSG_SMS, S("06 39 98 00 01")), "+33639980001");
	assert_null(msg_address(a, MSG_SMS, S("zoe@example.org")).p);
	assert_str(msg_address(a, MSG_LETTER, S(" Zoé Exemple \r\n\n44000 Nantes\n")), "Zoé Exemple\n44000 Nantes");
	assert_null(msg_address(a, MSG_LETTER, S("Zoé Exemple")).p);
	assert_null(msg_address(a, MSG_LETTER, S("a\nb\nc\nd\ne\nf\ng")).p);
	assert_null(msg_address(a, MSG_LETTER, S("Zoé\n3 rue dont le nom est beaucoup trop long")).p);
}

TEST(msg_of_a_demonstration_never_waits_to_be_sent)
{
	struct arena *a = unit_arena(1 << 22);
	struct vault_asker v = vault(a);
	struct city demo = ville;
	struct msg m = invitation(LANG_FR, "demo");
	struct msg_ready ready;
	struct outbox_row row;
	demo.demo = true;
	assert_ok(msg_write(&v, &demo, &m, &ready));
	assert_ok(db_tx(ask_db(), queue_tx, &ready));
	assert_err(db_tx(ask_db(), claim_tx, &row), NOT_FOUND);
	assert_str(ready.state, "demo");
}

/* ---- what is kept, and how long ---- */

static void run_jobs(struct arena *a)
{
	enum err of_job = OK;
	assert_ok(jobs_plan(ask_db(), now_ms()));
	while (jobs_run_one(&(struct runner){ ask_db(), ask_db_url(), a, "test" }, now_ms(), &of_job) == OK)
		assert_ok(of_job);
}

static struct msg_row_list rows_now(struct arena *a)
{
	struct msg_row_list rows;
	db_use_arena(ask_db(), a);
	assert_ok(msg_rows(ask_db(), (str){ 0 }, INT64_MAX, 10, &rows));
	return rows;
}

TEST(msg_is_forgotten_after_30_days_and_its_evidence_after_a_year)
{
	const i64 noon = 1795600800000, day = (i64)24 * 3600 * 1000;
	struct arena *a = unit_arena(1 << 24), *of_jobs = unit_arena(1 << 24);
	struct outbox_row row;
	clock_set(noon);
	queue(a, invitation(LANG_FR, "kept"));
	db_use_arena(ask_db(), a);
	assert_ok(db_tx(ask_db(), claim_tx, &row));
	clock_set(noon + 29 * day);
	run_jobs(of_jobs);
	assert_true(rows_now(a).v[0].recipient_enc.n > 0);
	clock_set(noon + 31 * day);
	run_jobs(of_jobs);
	struct msg_row_list rows = rows_now(a);
	assert_int_equal(rows.n, 1);
	assert_null(rows.v[0].recipient_enc.p);
	assert_str(rows.v[0].state, "cancelled");
	assert_str(rows.v[0].last_error, "too old");
	assert_int_equal(rows.v[0].created_at, noon);
	assert_err(db_tx(ask_db(), retry_tx, &rows.v[0].id), CONFLICT);
	clock_set(noon + 366 * day);
	run_jobs(of_jobs);
	assert_int_equal(rows_now(a).n, 0);
}

/* Each text of each template, in the languages that must have it, and with no value that nobody gives. */
TEST(msg_templates_are_whole)
{
	for (size_t i = 0; i < msg_templates_count; i++) {
		const struct msg_template *t = &msg_templates[i];
		assert_ptr_equal(msg_template(str_c(t->name)), t);
		assert_true(tr_has(LANG_EN, t->subject) && tr_has(LANG_AR, t->subject) && t->paragraph[0]);
		for (size_t p = 0; p < MSG_PARAGRAPHS && t->paragraph[p]; p++)
			for (size_t k = t->values + 1; k <= MSG_VALUES_MAX; k++) {
				char hole[4] = { '{', (char)('0' + k), '}', 0 };
				assert_null(strstr(t->paragraph[p], hole));
			}
	}
	assert_null(msg_template(S("nothing")));
}

/* What the processes share promises: messages come whole and to whom they are for, brakes brake, mail is written right. */
#include "app/ipc.h"

#include <sodium.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/mail.h"
#include "app/parser.h"
#include "base/pack.h"
#include "unit.h"

/* ---- messages ---- */

TEST(ipc_answers_find_their_question_and_stale_ones_are_dropped)
{
	static char room[WAIT_MESSAGE_MAX];
	static char big[WAIT_MESSAGE_MAX];
	struct ipc_head head;
	enum err result;
	int fd[2];
	str body;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), 0);
	memset(big, 'b', sizeof(big));
	assert_ok(ipc_send(fd[1], (struct ipc_head){ 999, 1, OK }, S("stale")));
	if (fork() == 0) {
		while (ipc_receive(fd[1], &head, room, sizeof(room), &body) != OK)
			continue;
		head.result = CONFLICT;
		_exit(ipc_send(fd[1], head, (str){ big, sizeof(big) }) == OK ? 0 : 1);
	}
	assert_ok(ipc_ask(fd[0], 3, S("question"), 5000, room, sizeof(room), &result, &body));
	assert_int_equal(result, CONFLICT);
	assert_int_equal(body.n, WAIT_MESSAGE_MAX);
	assert_memory_equal(body.p, big, sizeof(big));
}

TEST(ipc_refuses_too_much_and_does_not_block)
{
	static char big[WAIT_MESSAGE_MAX + 1];
	static char room[WAIT_MESSAGE_MAX];
	enum err result, e = OK;
	int fd[2], sent = 0;
	str body;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), 0);
	assert_err(ipc_send(fd[0], (struct ipc_head){ 1, 1, 0 }, (str){ big, sizeof(big) }), INVALID);
	while (e == OK && sent < 10000) {
		e = ipc_send(fd[0], (struct ipc_head){ 1, 1, 0 }, (str){ big, 1000 });
		sent++;
	}
	assert_int_equal(e, BUSY);
	assert_err(ipc_ask(fd[1], 1, S("x"), 20, room, sizeof(room), &result, &body), BUSY);
}

/* ---- the brake ---- */

TEST(bucket_lets_a_burst_through_then_a_rate)
{
	struct shared *s = shared_new();
	i64 now = 1000000000;
	int taken = 0;
	for (int i = 0; i < 100; i++)
		taken += shared_take_token(s, S("192.0.2.7"), 10, 60, now);
	assert_int_equal(taken, 10);
	assert_true(shared_take_token(s, S("192.0.2.8"), 10, 60, now));
	assert_false(shared_take_token(s, S("192.0.2.7"), 10, 60, now + 500000));
	assert_true(shared_take_token(s, S("192.0.2.7"), 10, 60, now + 1100000));
	assert_false(shared_take_token(s, S("192.0.2.7"), 10, 60, now + 1100000));
}

TEST(bucket_takes_an_ipv6_network_for_one)
{
	struct shared *s = shared_new();
	assert_true(shared_take_token(s, S("2001:db8:1:2::1"), 1, 60, 1000000000));
	assert_false(shared_take_token(s, S("2001:db8:1:2:ffff::9"), 1, 60, 1000000000));
	assert_true(shared_take_token(s, S("2001:db8:1:3::1"), 1, 60, 1000000000));
}

/* ---- the parser's tasks ---- */

struct order { u32 kind; str message; };

static enum err do_task(int in_fd, struct child_out *out, void *arg)
{
	struct order *o = arg;
	(void)in_fd;
	return parser_task(o->kind, o->message, out);
}

static enum err in_child(struct arena *a, u32 kind, str one, str two, str *ret)
{
	struct buf b = buf_new(a, 10000);
	struct child c;
	struct order o = { kind, { 0 } };
	pack_str(&b, one);
	if (two.p)
		pack_str(&b, two);
	o.message = buf_str(&b);
	assert_ok(child_start(do_task, -1, &o, (struct child_limits){ 20, 30, (size_t)256 << 20 }, &c));
	if (child_next(&c, a, ret) != OK)
		*ret = (str){ 0 };
	return child_end(&c);
}

TEST(parser_hashes_and_checks_passwords)
{
	struct arena *a = arena_new((size_t)8 << 20);
	str hash, nothing;
	assert_true(sodium_init() >= 0);
	assert_ok(in_child(a, PARSER_HASH_PASSWORD, S("quatre mots au hasard"), (str){ 0 }, &hash));
	assert_true(str_starts(hash, S("$argon2id$")));
	assert_ok(in_child(a, PARSER_CHECK_PASSWORD, hash, S("quatre mots au hasard"), &nothing));
	assert_err(in_child(a, PARSER_CHECK_PASSWORD, hash, S("quatre mots au hasarD"), &nothing), INVALID);
	assert_err(in_child(a, PARSER_HASH_PASSWORD, S(""), (str){ 0 }, &nothing), INVALID);
	assert_err(in_child(a, 77, S("x"), (str){ 0 }, &nothing), INVALID);
	arena_free(a);
}

/* ---- mail ---- */

TEST(mail_is_written_for_every_relay)
{
	struct arena *a = arena_new(1 << 20);
	struct config c = { .smtp_from = S("gabare@ville.example.org") };
	struct message m = { 42, 1795590826000, S("agent@example.org"), S("Réponse à votre inscription"),
	                     S("Bonjour,\n.\nVotre atelier est à 9 h = demain. \n") };
	str text;
	assert_ok(mail_text(a, &c, &m, &text));
	assert_true(str_starts(text, S("Date: Wed, 25 Nov 2026 07:13:46 +0000\r\n")));
	assert_true(str_find(text, S("\r\nSubject: =?utf-8?B?UsOpcG9uc2Ug")) > 0);
	assert_true(str_find(text, S("\r\nMessage-ID: <42@ville.example.org>\r\n")) > 0);
	assert_true(str_find(text, S("Bonjour,\r\n=2E\r\nVotre atelier est =C3=A0 9 h =3D demain.=20\r\n")) > 0);
	for (str line, rest = text; str_next(&rest, '\n', &line);)
		assert_true(line.n <= 79);
	arena_free(a);
}

TEST(mail_lets_no_header_in)
{
	struct arena *a = arena_new(1 << 20);
	struct config c = { .smtp_from = S("gabare@ville.example.org") };
	str text;
	static const char *const addresses[] = { "a@b.org\r\nBcc: x@y.org", "a b@c.org", "<a@b.org>", "a", "@b.org", "a@", "a@b.org,c@d.org" };
	for (size_t i = 0; i < lengthof(addresses); i++) {
		struct message m = { 1, 0, str_c(addresses[i]), S("x"), S("y") };
		assert_err(mail_text(a, &c, &m, &text), INVALID);
	}
	struct message m = { 1, 0, S("a@b.org"), S("x\r\nBcc: z@z.org"), S("y") };
	assert_err(mail_text(a, &c, &m, &text), INVALID);
	arena_free(a);
}

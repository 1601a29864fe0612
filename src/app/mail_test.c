/* E-mail against a relay that answers as it is told: what is taken, what is to be tried again, what is refused for good. */
#include "app/mail.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

/* Speaks SMTP with one client, answering RCPT with `rcpt`; what it was told goes to `transcript`. */
static _Noreturn void relay(int listening, const char *rcpt, const char *transcript)
{
	char line[2000];
	bool in_data = false;
	FILE *f = fdopen(accept(listening, NULL, NULL), "r+");
	FILE *kept = fopen(transcript, "w");
	if (!f || !kept)
		_exit(1);
	setvbuf(f, NULL, _IONBF, 0);
	fputs("220 relay.example.org\r\n", f);
	while (fgets(line, sizeof(line), f)) {
		fputs(line, kept);
		fflush(kept);
		if (in_data && strcmp(line, ".\r\n") != 0)
			continue;
		const char *says = "250 ok\r\n";
		if (strncmp(line, "RCPT", 4) == 0)
			says = rcpt;
		else if (strncmp(line, "DATA", 4) == 0)
			says = "354 go on\r\n";
		else if (strncmp(line, "QUIT", 4) == 0)
			says = "221 bye\r\n";
		in_data = strncmp(line, "DATA", 4) == 0;
		fputs(says, f);
	}
	_exit(0);
}

/* Sends one message to such a relay; what the relay was told is in *ret_said. */
static struct sending send_to(struct arena *a, const char *rcpt, str *ret_said)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t n = sizeof(at);
	const char *transcript = str_printf(a, "%s/said", unit_dir()).p;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0)
		relay(fd, rcpt, transcript);
	close(fd);
	struct config c = { .smtp_from = S("gabare@ville.example.org"), .smtp_url = str_printf(a, "smtp://127.0.0.1:%d", ntohs(at.sin_port)) };
	struct message m = { 7, 1795590826000, S("agent@example.org"), S("Inscription"), S("Bonjour,\n.fin\n") };
	struct sending e = mail_send(a, &c, S(""), &m);
	mail_hang_up();
	waitpid(pid, NULL, 0);
	char *text = arena_alloc(a, 8000);
	FILE *f = fopen(transcript, "r");
	assert_non_null(f);
	*ret_said = (str){ text, fread(text, 1, 7999, f) };
	fclose(f);
	return e;
}

TEST(mail_is_handed_to_the_relay)
{
	struct arena *a = arena_new(1 << 22);
	str said;
	assert_int_equal(send_to(a, "250 ok\r\n", &said).end, SEND_DONE);
	assert_true(str_find(said, S("MAIL FROM:<gabare@ville.example.org>")) >= 0);
	assert_true(str_find(said, S("RCPT TO:<agent@example.org>")) >= 0);
	assert_true(str_find(said, S("\r\nSubject: =?utf-8?B?SW5zY3JpcHRpb24=?=\r\n")) >= 0);
	assert_true(str_find(said, S("\r\n\r\nBonjour,\r\n=2Efin\r\n")) >= 0);
	arena_free(a);
}

TEST(mail_says_how_its_reader_leaves_in_one_gesture)
{
	struct arena *a = arena_new(1 << 22);
	struct config c = { .smtp_from = S("gabare@ville.example.org") };
	struct message m = { 7, 1795590826000, S("agent@example.org"), S("Rencontre"), S("Bonjour\n"), S("https://ville.example.org/reseau/ABC/stop") };
	str text;
	assert_ok(mail_text(a, &c, &m, &text));
	assert_true(str_find(text, S("\r\nList-Unsubscribe: <https://ville.example.org/reseau/ABC/stop>\r\n"
	                             "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")) > 0);
	m.leave = S("http://ville.example.org/reseau/ABC/stop");       /* without TLS, no gesture: only a link */
	assert_ok(mail_text(a, &c, &m, &text));
	assert_true(str_find(text, S("\r\nList-Unsubscribe: <http:")) > 0 && str_find(text, S("One-Click")) < 0);
	m.leave = S("https://a.example/>\r\nBcc: <x@y.org");
	assert_err(mail_text(a, &c, &m, &text), INVALID);
	m.leave = (str){ 0 };
	assert_ok(mail_text(a, &c, &m, &text));
	assert_true(str_find(text, S("List-")) < 0);
	arena_free(a);
}

TEST(mail_refused_for_now_is_tried_again_and_for_good_is_not)
{
	struct arena *a = arena_new(1 << 22);
	str said;
	struct sending e = send_to(a, "451 come back\r\n", &said);
	assert_int_equal(e.end, SEND_LATER);
	assert_str(e.reason, "later 451");
	assert_true(str_find(said, S("Bonjour")) < 0);
	e = send_to(a, "550 5.1.1 <agent@example.org>: nobody here\r\n", &said);
	assert_int_equal(e.end, SEND_REFUSED);
	assert_str(e.reason, "refused 550 5.1.1");
	arena_free(a);
}

TEST(mail_without_a_relay_is_not_the_messages_fault)
{
	struct arena *a = arena_new(1 << 22);
	struct config c = { .smtp_from = S("gabare@ville.example.org"), .smtp_url = S("smtp://127.0.0.1:1") };
	struct message m = { 7, 1795590826000, S("agent@example.org"), S("Inscription"), S("Bonjour\n") };
	struct sending e = mail_send(a, &c, S(""), &m);
	assert_int_equal(e.end, SEND_AWAY);
	assert_str(e.reason, "unreachable");
	m.to = S("agent@example.org\r\nBcc: x@y.org");
	assert_int_equal(mail_send(a, &c, S(""), &m).end, SEND_REFUSED);
	arena_free(a);
}

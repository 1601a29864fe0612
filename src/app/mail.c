/* E-mail; see mail.h. libcurl speaks SMTP; the message's form is ours. */
#include "app/mail.h"

#include <curl/curl.h>
#include <sodium.h>

#include "base/timex.h"
#include "base/utf8.h"
#include "msg/msg.h"

#define LINE_MAX_QP 76
#define SEND_SECONDS 30L

static bool plain_line(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((u8)s.p[i] < 32 || s.p[i] == 127)
			return false;
	return utf8_valid(s);
}

/* RFC 2047: words of at most 45 bytes, cut between characters. */
static void put_encoded_word(struct buf *b, str s)
{
	while (s.n) {
		size_t n = 0;
		str rest = s;
		u32 cp;
		while (rest.n && (size_t)(rest.p - s.p) <= 40 && utf8_next(&rest, &cp))
			n = (size_t)(rest.p - s.p);
		size_t cap = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_ORIGINAL);
		char *text = arena_alloc(b->a, cap);
		sodium_bin2base64(text, cap, (const u8 *)s.p, n, sodium_base64_VARIANT_ORIGINAL);
		buf_printf(b, "=?utf-8?B?%s?=%s", text, n < s.n ? "\r\n " : "");
		s = str_slice(s, n, s.n);
	}
}

static void put_quoted(struct buf *b, str s)
{
	size_t column = 0;
	for (size_t i = 0; i < s.n; i++) {
		u8 c = (u8)s.p[i];
		if (c == '\n') {
			buf_put(b, S("\r\n"));
			column = 0;
			continue;
		}
		bool last = i + 1 == s.n || s.p[i + 1] == '\n';
		bool plain = (c > 32 && c < 127 && c != '=' && !(c == '.' && column == 0)) || ((c == ' ' || c == '\t') && !last);
		if (c == '\r')
			continue;
		if (column + (plain ? 1 : 3) >= LINE_MAX_QP) {
			buf_put(b, S("=\r\n"));
			column = 0;
		}
		if (plain)
			buf_byte(b, (char)c);
		else
			buf_printf(b, "=%02X", c);
		column += plain ? 1 : 3;
	}
	buf_put(b, S("\r\n"));
}

/* "Wed, 25 Nov 2026 07:13:46 +0000": the HTTP date, whose zone mail writes otherwise. */
static str mail_date(struct arena *a, i64 at)
{
	str http = ms_http(a, at);
	return str_printf(a, "%.*s +0000", (int)http.n - 4, http.p);
}

/* An address of ours that stands between "<" and ">" on a line of its own. */
static bool leave_fits(str leave)
{
	for (size_t i = 0; i < leave.n; i++)
		if ((u8)leave.p[i] <= 32 || (u8)leave.p[i] > 126 || leave.p[i] == '<' || leave.p[i] == '>')
			return false;
	return leave.n < 900;                    /* RFC 5322: 998 a line */
}

/* RFC 8058: mail programs offer to leave in one gesture, and only over https. */
static void put_leave(struct buf *b, str leave)
{
	if (!leave.n)
		return;
	buf_printf(b, "\r\nList-Unsubscribe: <%.*s>", STR_ARG(leave));
	if (str_starts(leave, S("https://")))
		buf_put(b, S("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click"));
}

enum err mail_text(struct arena *a, const struct config *c, const struct message *m, str *ret)
{
	struct buf b = buf_new(a, 1 << 20);
	ptrdiff_t at = str_find_byte(c->smtp_from, '@');
	bool addresses = msg_address(a, MSG_MAIL, m->to).p && msg_address(a, MSG_MAIL, c->smtp_from).p;
	if (!addresses || !plain_line(m->subject) || !utf8_valid(m->body) || !leave_fits(m->leave))
		return INVALID;
	str host = str_slice(c->smtp_from, (size_t)at + 1, c->smtp_from.n);
	buf_printf(&b, "Date: %.*s\r\nFrom: <%.*s>\r\nTo: <%.*s>\r\n", STR_ARG(mail_date(a, m->at)), STR_ARG(c->smtp_from), STR_ARG(m->to));
	buf_printf(&b, "Message-ID: <%lld@%.*s>\r\nSubject: ", (long long)m->id, STR_ARG(host));
	put_encoded_word(&b, m->subject);
	put_leave(&b, m->leave);
	buf_put(&b, S("\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
	              "Auto-Submitted: auto-generated\r\n\r\n"));
	put_quoted(&b, m->body);
	*ret = buf_str(&b);
	return b.full ? INVALID : OK;
}

static size_t give(char *to, size_t size, size_t n, void *arg)
{
	str *left = arg;
	size_t take = size * n < left->n ? size * n : left->n;
	memcpy(to, left->p, take);
	*left = str_slice(*left, take, left->n);
	return take;
}

/* ---- what the relay says ---- */

struct talk {
	char stage[5];                           /* the last command but QUIT: "MAIL", "RCPT"… */
	char code[16];                           /* of its last answer: "5.1.1", or nothing */
};

/* Enhanced codes (RFC 3463): digits and dots after the first four characters. */
static size_t on_answer(char *line, size_t size, size_t n, void *arg)
{
	struct talk *t = arg;
	size_t length = size * n, k = 0;
	if (length >= 3 && memcmp(line, "221", 3) == 0)
		return length;                   /* "good bye" says nothing of the message */
	while (4 + k < length && k < sizeof(t->code) - 1 && (line[4 + k] == '.' || (line[4 + k] >= '0' && line[4 + k] <= '9'))) {
		t->code[k] = line[4 + k];
		k++;
	}
	t->code[k > 1 && line[5] == '.' ? k : 0] = 0;
	return length;
}

static int on_command(CURL *handle, curl_infotype type, char *text, size_t n, void *arg)
{
	struct talk *t = arg;
	(void)handle;
	if (type == CURLINFO_HEADER_OUT && n >= 4 && memcmp(text, "QUIT", 4) != 0)
		memcpy(t->stage, text, 4);
	return 0;
}

/* The relay refused the message, or the conversation did not come that far. */
static struct sending ending(struct arena *a, CURLcode r, long code, const struct talk *t)
{
	bool of_message = strcmp(t->stage, "RCPT") == 0 || strcmp(t->stage, "DATA") == 0;
	str codes = str_printf(a, "%ld%s%s", code, *t->code ? " " : "", t->code);
	if (r == CURLE_OK)
		return (struct sending){ SEND_DONE, S("") };
	if (r == CURLE_LOGIN_DENIED)
		return (struct sending){ SEND_AWAY, str_printf(a, "login %.*s", STR_ARG(codes)) };
	if (r == CURLE_PEER_FAILED_VERIFICATION || r == CURLE_SSL_CONNECT_ERROR || r == CURLE_USE_SSL_FAILED || r == CURLE_SSL_CACERT_BADFILE)
		return (struct sending){ SEND_AWAY, S("certificate") };
	if (code < 400 || code > 599 || r == CURLE_OPERATION_TIMEDOUT)
		return (struct sending){ SEND_AWAY, S("unreachable") };
	if (!of_message)
		return (struct sending){ SEND_AWAY, str_printf(a, "relay %.*s", STR_ARG(codes)) };
	return code >= 500 ? (struct sending){ SEND_REFUSED, str_printf(a, "refused %.*s", STR_ARG(codes)) }
	                   : (struct sending){ SEND_LATER, str_printf(a, "later %.*s", STR_ARG(codes)) };
}

static CURL *curl;                               /* of this process: its connection serves the next message */

static void set_up(struct arena *a, const struct config *c, str password, struct talk *t)
{
	curl_easy_reset(curl);
	curl_easy_setopt(curl, CURLOPT_URL, str_z(a, c->smtp_url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(c->smtp_user.n ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, str_z(a, c->smtp_from));
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, SEND_SECONDS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_answer);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);           /* on_command is told, and nothing is written */
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_command);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, t);
	if (c->smtp_ca_file.n)
		curl_easy_setopt(curl, CURLOPT_CAINFO, str_z(a, c->smtp_ca_file));
	if (c->smtp_user.n) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, str_z(a, c->smtp_user));
		curl_easy_setopt(curl, CURLOPT_PASSWORD, str_z(a, password));
	}
}

void mail_hang_up(void)
{
	curl_easy_cleanup(curl);
	curl = NULL;
}

struct sending mail_send(struct arena *a, const struct config *c, str password, const struct message *m)
{
	struct talk t = { "", "" };
	long code = 0;
	str text;
	if (mail_text(a, c, m, &text) != OK)
		return (struct sending){ SEND_REFUSED, S("address") };
	if (!curl)
		curl = curl_easy_init();
	struct curl_slist *to = curl_slist_append(NULL, str_z(a, m->to));
	if (!curl || !to)
		return (struct sending){ SEND_AWAY, S("memory") };
	set_up(a, c, password, &t);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_READDATA, &text);
	CURLcode r = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(to);
	return ending(a, r, code, &t);
}

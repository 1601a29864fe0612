/* E-mail; see mail.h. libcurl speaks SMTP; the message's form is ours. */
#include "app/mail.h"

#include <curl/curl.h>
#include <sodium.h>

#include "base/timex.h"
#include "base/utf8.h"

#define LINE_MAX_QP 76
#define SEND_SECONDS 30L

static bool plain_line(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((u8)s.p[i] < 32 || s.p[i] == 127)
			return false;
	return utf8_valid(s);
}

static bool address_fits(str s)
{
	ptrdiff_t at = str_find_byte(s, '@');
	for (size_t i = 0; i < s.n; i++)
		if ((u8)s.p[i] <= 32 || (u8)s.p[i] > 126 || strchr("<>\"\\,;:", s.p[i]))
			return false;
	return at > 0 && (size_t)at + 1 < s.n && s.n < 255;
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

enum err mail_text(struct arena *a, const struct config *c, const struct mail *m, str *ret)
{
	struct buf b = buf_new(a, 1 << 20);
	ptrdiff_t at = str_find_byte(c->smtp_from, '@');
	if (!address_fits(m->to) || !address_fits(c->smtp_from) || !plain_line(m->subject) || !utf8_valid(m->body))
		return INVALID;
	str host = str_slice(c->smtp_from, (size_t)at + 1, c->smtp_from.n);
	buf_printf(&b, "Date: %.*s\r\nFrom: <%.*s>\r\nTo: <%.*s>\r\n", STR_ARG(mail_date(a, m->at)), STR_ARG(c->smtp_from), STR_ARG(m->to));
	buf_printf(&b, "Message-ID: <%lld@%.*s>\r\nSubject: ", (long long)m->id, STR_ARG(host));
	put_encoded_word(&b, m->subject);
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

enum err mail_send(struct arena *a, const struct config *c, str password, const struct mail *m, str *ret_reason)
{
	str text;
	long code = 0;
	*ret_reason = S("the address, the sender or the subject cannot be written");
	try(mail_text(a, c, m, &text));
	CURL *curl = curl_easy_init();
	struct curl_slist *to = curl_slist_append(NULL, str_z(a, m->to));
	*ret_reason = S("out of memory");
	if (!curl || !to)
		return BUSY;
	curl_easy_setopt(curl, CURLOPT_URL, str_z(a, c->smtp_url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, str_z(a, c->smtp_from));
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, &text);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, SEND_SECONDS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	if (c->smtp_user.n) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, str_z(a, c->smtp_user));
		curl_easy_setopt(curl, CURLOPT_PASSWORD, str_z(a, password));
		curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
	}
	CURLcode r = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
	*ret_reason = str_printf(a, "%s (%ld)", curl_easy_strerror(r), code);
	curl_slist_free_all(to);
	curl_easy_cleanup(curl);
	if (r == CURLE_OK)
		return OK;
	return code >= 500 && code < 600 ? INVALID : BUSY;
}

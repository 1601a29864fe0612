/* SMS by HTTP; see gateway.h. */
#include "app/gateway.h"

#include <curl/curl.h>
#include <regex.h>

#include "base/json_out.h"

#define SEND_SECONDS 20L
#define ANSWER_MAX 8192
#define REQUEST_MAX 8192
#define HEADERS_MAX 8

const char *gateway_check_pattern(str pattern)
{
	regex_t r;
	char text[512];
	if (pattern.n >= sizeof(text))
		return "is too long";
	snprintf(text, sizeof(text), "%.*s", STR_ARG(pattern));
	if (regcomp(&r, text, REG_EXTENDED | REG_NOSUB))
		return "is not an extended regular expression";
	regfree(&r);
	return NULL;
}

/* ---- the request ---- */

enum place { IN_URL, IN_HEADER, IN_JSON, IN_FORM };

static void put_percent(struct buf *b, str s)
{
	static const char kept[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] && strchr(kept, s.p[i]))
			buf_byte(b, s.p[i]);
		else
			buf_printf(b, "%%%02X", (u8)s.p[i]);
}

/* A JSON string's inside: the writer's, without its quotes. */
static void put_json(struct buf *b, str s)
{
	struct buf quoted = buf_new(b->a, s.n * 6 + 3);
	struct json j = json_new(&quoted);
	json_str(&j, s);
	buf_put(b, str_slice(buf_str(&quoted), 1, quoted.n - 1));
}

static bool put_value(struct buf *b, enum place place, str s)
{
	switch (place) {
	case IN_URL:
	case IN_FORM:
		put_percent(b, s);
		return true;
	case IN_JSON:
		put_json(b, s);
		return true;
	case IN_HEADER:
		break;
	}
	for (size_t i = 0; i < s.n; i++)
		if ((u8)s.p[i] < 32 || (u8)s.p[i] > 126)
			return false;
	buf_put(b, s);
	return true;
}

struct values { struct { const char *name; str value; } v[5]; };

/* A template with its values in; absent when it cannot be. */
static str filled(struct arena *a, str template, enum place place, const struct values *values)
{
	struct buf b = buf_new(a, REQUEST_MAX);
	bool fits = true;
	while (template.n) {
		size_t taken = 0;
		for (size_t i = 0; !taken && template.p[0] == '{' && i < lengthof(values->v); i++)
			if (str_starts(template, str_c(values->v[i].name))) {
				fits = put_value(&b, place, values->v[i].value) && fits;
				taken = strlen(values->v[i].name);
			}
		if (!taken)
			buf_byte(&b, template.p[0]);
		template = str_slice(template, taken ? taken : 1, template.n);
	}
	return fits && !b.full ? str_copy(a, buf_str(&b)) : (str){ 0 };
}

enum err gateway_request(struct arena *a, const struct config *c, str secret, const struct message *m, struct gateway_request *ret)
{
	bool json = str_eq(c->sms_encoding, S("json"));
	const struct values values = { {
		{ "{to}", m->to }, { "{text}", m->body }, { "{from}", c->sms_from }, { "{id}", str_printf(a, "%lld", (long long)m->id) }, { "{secret}", secret },
	} };
	str rest = c->sms_headers, one;
	*ret = (struct gateway_request){ .headers = arena_many(a, str, HEADERS_MAX) };
	ret->url = filled(a, c->sms_url, IN_URL, &values);
	ret->body = filled(a, c->sms_body, json ? IN_JSON : IN_FORM, &values);
	ret->headers[ret->n_headers++] = json ? S("Content-Type: application/json") : S("Content-Type: application/x-www-form-urlencoded");
	while (rest.n && str_next(&rest, '|', &one)) {
		str header = filled(a, str_trim(one), IN_HEADER, &values);
		if (!header.p || ret->n_headers == HEADERS_MAX)
			return INVALID;
		ret->headers[ret->n_headers++] = header;
	}
	return ret->url.p && ret->body.p ? OK : INVALID;
}

/* ---- the answer ---- */

static size_t keep(char *from, size_t size, size_t n, void *arg)
{
	struct buf *b = arg;
	size_t room = ANSWER_MAX - b->n;
	buf_put(b, (str){ from, size * n < room ? size * n : room });
	return size * n;
}

static bool says_it_worked(struct arena *a, str pattern, str answer)
{
	regex_t r;
	if (!pattern.n)
		return true;
	if (regcomp(&r, str_z(a, pattern), REG_EXTENDED | REG_NOSUB))
		return false;
	bool found = regexec(&r, str_z(a, answer), 0, NULL, 0) == 0;
	regfree(&r);
	return found;
}

static struct sending ending(struct arena *a, const struct config *c, CURLcode r, long code, str answer)
{
	if (r == CURLE_PEER_FAILED_VERIFICATION || r == CURLE_SSL_CONNECT_ERROR || r == CURLE_SSL_CACERT_BADFILE)
		return (struct sending){ SEND_AWAY, S("certificate") };
	if (r != CURLE_OK)
		return (struct sending){ SEND_AWAY, S("unreachable") };
	if (code >= 200 && code < 300)
		return says_it_worked(a, c->sms_success, answer) ? (struct sending){ SEND_DONE, S("") }
		                                                   : (struct sending){ SEND_REFUSED, str_printf(a, "refused %ld", code) };
	if (code == 401 || code == 403)
		return (struct sending){ SEND_AWAY, str_printf(a, "login %ld", code) };
	if (code == 402 || code == 404 || code == 405 || code == 429)
		return (struct sending){ SEND_AWAY, str_printf(a, "relay %ld", code) };
	if (code >= 400 && code < 500 && code != 408)
		return (struct sending){ SEND_REFUSED, str_printf(a, "refused %ld", code) };
	return (struct sending){ SEND_LATER, str_printf(a, "later %ld", code) };
}

struct sending gateway_send(struct arena *a, const struct config *c, str secret, const struct message *m)
{
	struct gateway_request q;
	struct buf answer = buf_new(a, ANSWER_MAX + 1);
	struct curl_slist *headers = NULL;
	long code = 0;
	bool posts = str_eq(c->sms_method, S("POST"));
	if (gateway_request(a, c, secret, m, &q) != OK)
		return (struct sending){ SEND_REFUSED, S("address") };
	CURL *curl = curl_easy_init();
	for (size_t i = posts ? 0 : 1; i < q.n_headers; i++)
		headers = curl_slist_append(headers, str_z(a, q.headers[i]));
	if (!curl)
		return (struct sending){ SEND_AWAY, S("memory") };
	curl_easy_setopt(curl, CURLOPT_URL, str_z(a, q.url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, SEND_SECONDS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
	if (posts) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)q.body.n);
		curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, q.body.p);
	}
	if (c->sms_ca_file.n)
		curl_easy_setopt(curl, CURLOPT_CAINFO, str_z(a, c->sms_ca_file));
	CURLcode r = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return ending(a, c, r, code, buf_str(&answer));
}

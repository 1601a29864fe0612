/* What is asked of the identity provider, in a child of the oidc process: its configuration and keys, a code's tokens, what it says
 * of the person. Only its own hosts are asked, over TLS but on this machine, without following anybody elsewhere; all of a question
 * together may take FIVE_SECONDS, an answer ANSWER_MAX bytes. */
#include "app/oidc.h"

#include <curl/curl.h>
#include <jansson.h>

#include "base/pack.h"
#include "base/timex.h"
#include "html/escape.h"
#include "http/oidc.h"

#define FIVE_SECONDS ((i64)5000000)
#define ANSWER_MAX ((size_t)64 << 10)
#define URL_MAX ((size_t)8 << 10)                /* of an address to send the browser to */
#define FORM_MAX ((size_t)16 << 10)
#define KNOWN_US ((i64)3600 * 1000000)           /* how long configuration and keys are believed without asking again */
#define TASK_ARENA ((size_t)4 << 20)

struct asking {
	const struct oidc_provider *p;
	const struct config *c;
	struct arena *a;
	i64 until_us;
	struct oidc_known known;                 /* as it came from the parent, then as it was learnt */
	bool learnt;
	str authorize, token, userinfo, jwks, leave;           /* of the configuration; absent: not there */
	const char *wrong;                       /* what went wrong first; NULL: nothing */
	bool away;                               /* it did not answer, or not as a server that is well */
};

static void fails(struct asking *x, const char *what, const char *why)
{
	if (!x->wrong)
		x->wrong = *what ? str_printf(x->a, "%s %s", what, why).p : why;
}

/* ---- where ---- */

static bool is_here(str host)
{
	str name = host;
	if (str_starts(host, S("[::1]")))
		return host.n == 5 || host.p[5] == ':';
	if (!str_next(&host, ':', &name) || str_eq(name, S("localhost")))
		return name.n > 0;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] != '.' && (name.p[i] < '0' || name.p[i] > '9'))
			return false;
	return str_starts(name, S("127."));
}

/* "host[:port]" of an address, absent when it is neither https nor one of this machine. */
static str authority(str url)
{
	bool tls = str_starts(url, S("https://")), plain = str_starts(url, S("http://"));
	str rest = str_slice(url, tls ? 8 : 7, url.n), host = S("");
	if ((!tls && !plain) || !str_next(&rest, '/', &host))
		return (str){ 0 };
	for (size_t i = 0; i < url.n; i++)
		if ((u8)url.p[i] <= ' ' || (u8)url.p[i] >= 0x7F || url.p[i] == '\\')
			return (str){ 0 };
	for (size_t i = 0; i < host.n; i++)
		if (host.p[i] == '@' || host.p[i] == '?' || host.p[i] == '#')
			return (str){ 0 };
	return host.n && (tls || is_here(host)) ? host : (str){ 0 };
}

const char *oidc_check_issuer(str issuer)
{
	return !issuer.n || authority(issuer).p ? NULL : "must be an address that begins with https://";
}

static bool is_of_provider(const struct asking *x, str url)
{
	str host = authority(url), rest = x->c->oidc_hosts, one;
	if (!host.n)
		return false;
	if (str_ieq(host, authority(x->c->city.identity_issuer)))
		return true;
	while (rest.n && str_next(&rest, ' ', &one))
		if (one.n && str_ieq(one, host))
			return true;
	return false;
}

/* ---- how ---- */

struct request { const char *what; str url, form, header, user; };     /* form absent: GET */
struct reply { long status; str type, body; };

static size_t take(char *from, size_t size, size_t n, void *arg)
{
	struct buf *b = arg;
	buf_put(b, (str){ from, size * n });
	return b->full ? 0 : size * n;
}

static const char *failure(CURLcode r, const struct buf *b)
{
	if (b->full)
		return "too large";
	if (r == CURLE_OPERATION_TIMEDOUT)
		return "too slow";
	if (r == CURLE_PEER_FAILED_VERIFICATION || r == CURLE_SSL_CONNECT_ERROR || r == CURLE_SSL_CACERT_BADFILE)
		return "certificate";
	return "away";
}

static CURL *prepared(struct asking *x, const struct request *q, struct curl_slist *headers, struct buf *body)
{
	CURL *curl = curl_easy_init();
	if (!curl)
		return NULL;
	curl_easy_setopt(curl, CURLOPT_URL, str_z(x->a, q->url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, str_starts(q->url, S("https:")) ? "https" : "http");
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)((x->until_us - mono_us()) / 1000 + 1));
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
	if (q->form.p) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)q->form.n);
		curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, q->form.p);
	}
	if (q->user.n)
		curl_easy_setopt(curl, CURLOPT_USERPWD, str_z(x->a, q->user));
	return curl;
}

/* One question; what went wrong is in x. */
static void ask(struct asking *x, const struct request *q, struct reply *ret)
{
	struct buf body = buf_new(x->a, ANSWER_MAX);
	const char *type = NULL;
	*ret = (struct reply){ 0 };
	if (x->wrong)
		return;
	if (!is_of_provider(x, q->url))
		return fails(x, q->what, "host");
	if (mono_us() >= x->until_us) {
		x->away = true;
		return fails(x, q->what, "too slow");
	}
	struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json, application/jwt");
	if (q->header.n)
		headers = curl_slist_append(headers, str_z(x->a, q->header));
	CURL *curl = prepared(x, q, headers, &body);
	CURLcode r = curl ? curl_easy_perform(curl) : CURLE_OUT_OF_MEMORY;
	if (curl) {
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &ret->status);
		curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
		ret->type = str_copy(x->a, str_c(type ? type : ""));
	}
	ret->body = buf_str(&body);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	x->away = (r != CURLE_OK && !body.full) || ret->status >= 500;
	if (r != CURLE_OK)
		fails(x, q->what, failure(r, &body));
	else if (ret->status != 200)
		fails(x, q->what, str_printf(x->a, "answered %ld", ret->status).p);
}

/* ---- its configuration ---- */

static json_t *object_of(str text)
{
	json_t *j = json_loadb(text.p ? text.p : "", text.n, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(j))
		return j;
	json_decref(j);
	return NULL;
}

static str text_of(struct asking *x, const json_t *object, const char *name)
{
	const json_t *v = json_object_get(object, name);
	return json_is_string(v) ? str_copy(x->a, (str){ json_string_value(v), json_string_length(v) }) : (str){ 0 };
}

static void read_discovery(struct asking *x)
{
	json_t *j = object_of(x->known.discovery);
	if (!j)
		return fails(x, "configuration", "form");
	if (!str_eq(text_of(x, j, "issuer"), x->c->city.identity_issuer))
		fails(x, "configuration", "issuer");
	x->authorize = text_of(x, j, "authorization_endpoint");
	x->token = text_of(x, j, "token_endpoint");
	x->userinfo = text_of(x, j, "userinfo_endpoint");
	x->jwks = text_of(x, j, "jwks_uri");
	x->leave = text_of(x, j, "end_session_endpoint");
	json_decref(j);
	if (!is_of_provider(x, x->authorize) || (x->leave.n && !is_of_provider(x, x->leave)))
		fails(x, "configuration", "host");
}

static void discover(struct asking *x)
{
	struct reply r;
	str issuer = x->c->city.identity_issuer;
	bool slash = str_ends(issuer, S("/"));
	struct request q = { .what = "configuration",
		.url = str_printf(x->a, "%.*s%s.well-known/openid-configuration", STR_ARG(issuer), slash ? "" : "/") };
	if (!x->known.discovery.n || mono_us() - x->known.discovery_us > KNOWN_US) {
		ask(x, &q, &r);
		if (x->wrong)
			return;
		x->known.discovery = r.body;
		x->known.discovery_us = mono_us();
	}
	read_discovery(x);
	x->learnt = x->learnt || (!x->wrong && x->known.discovery_us != x->p->known.discovery_us);
}

static void fetch_keys(struct asking *x)
{
	struct reply r;
	ask(x, &(struct request){ .what = "keys", .url = x->jwks }, &r);
	if (x->wrong)
		return;
	x->known.keys = r.body;
	x->known.keys_us = mono_us();
	x->learnt = true;
}

/* ---- addresses to send the browser to ---- */

static void put_parameter(struct buf *b, const char *name, str value)
{
	buf_printf(b, "%s%s=", b->n && b->p[b->n - 1] != '?' ? "&" : "", name);
	esc_url_part(b, value);
}

static struct buf address_of(struct asking *x, str endpoint)
{
	struct buf b = buf_new(x->a, URL_MAX);
	buf_put(&b, endpoint);
	if (str_find_byte(endpoint, '?') < 0)
		buf_byte(&b, '?');
	return b;
}

/* OpenID Connect Core, 5.5.1.1: one of these levels, or none at all. */
static str levels_wanted(struct asking *x)
{
	json_t *levels = json_array();
	str rest = x->c->oidc_acr_values, one;
	while (rest.n && str_next(&rest, ' ', &one))
		if (one.n)
			json_array_append_new(levels, json_stringn(one.p, one.n));
	json_t *j = json_pack("{s{s{sbso}}}", "id_token", "acr", "essential", 1, "values", levels);
	char *text = json_dumps(j, JSON_COMPACT);
	str wanted = str_copy(x->a, str_c(text));
	free(text);
	json_decref(j);
	return wanted;
}

static void pack_address(struct asking *x, const struct buf *b, struct buf *answer)
{
	if (b->full)
		fails(x, "address", "too large");
	pack_str(answer, buf_str(b));
}

static void begin(struct asking *x, struct unpack *u, struct buf *answer)
{
	str redirect = unpack_str(u), state = unpack_str(u), nonce = unpack_str(u), challenge = unpack_str(u);
	if (!unpack_done(u))
		return fails(x, "", "message");
	discover(x);
	struct buf b = address_of(x, x->authorize);
	put_parameter(&b, "response_type", S("code"));
	put_parameter(&b, "client_id", x->c->oidc_client_id);
	put_parameter(&b, "redirect_uri", redirect);
	put_parameter(&b, "scope", x->c->oidc_scopes);
	put_parameter(&b, "state", state);
	put_parameter(&b, "nonce", nonce);
	put_parameter(&b, "code_challenge", challenge);
	put_parameter(&b, "code_challenge_method", S("S256"));
	if (x->c->oidc_acr_values.n)
		put_parameter(&b, "claims", levels_wanted(x));
	pack_address(x, &b, answer);
}

static void leave(struct asking *x, struct unpack *u, struct buf *answer)
{
	str redirect = unpack_str(u), state = unpack_str(u), token = unpack_str(u);
	if (!unpack_done(u))
		return fails(x, "", "message");
	discover(x);
	struct buf b = address_of(x, x->leave);
	if (!x->leave.n)
		return pack_str(answer, S(""));
	put_parameter(&b, "id_token_hint", token);
	put_parameter(&b, "state", state);
	put_parameter(&b, "post_logout_redirect_uri", redirect);
	pack_address(x, &b, answer);
}

/* ---- a code's tokens ---- */

struct tokens { str id, access; };

static str basic_user(struct asking *x)
{
	struct buf b = buf_new(x->a, URL_MAX);
	esc_url_part(&b, x->c->oidc_client_id);          /* RFC 6749, 2.3.1: each as in a form */
	buf_byte(&b, ':');
	esc_url_part(&b, x->p->secret);
	return buf_str(&b);
}

static void exchange(struct asking *x, str redirect, str code, str verifier, struct tokens *ret)
{
	struct buf form = buf_new(x->a, FORM_MAX);
	struct reply r;
	bool basic = str_eq(x->c->oidc_auth, S("basic"));
	put_parameter(&form, "grant_type", S("authorization_code"));
	put_parameter(&form, "code", code);
	put_parameter(&form, "redirect_uri", redirect);
	put_parameter(&form, "code_verifier", verifier);
	if (!basic) {
		put_parameter(&form, "client_id", x->c->oidc_client_id);
		put_parameter(&form, "client_secret", x->p->secret);
	}
	if (form.full)
		fails(x, "code", "too large");
	ask(x, &(struct request){ .what = "token", .url = x->token, .form = buf_str(&form), .user = basic ? basic_user(x) : S("") }, &r);
	json_t *j = x->wrong ? NULL : object_of(r.body);
	if (!x->wrong && (!j || !text_of(x, j, "id_token").n || !text_of(x, j, "access_token").n))
		fails(x, "token", "form");
	*ret = (struct tokens){ text_of(x, j, "id_token"), text_of(x, j, "access_token") };
	json_decref(j);
}

/* The keys that are known may be of yesterday: they are asked for once more. */
static void verify(struct asking *x, const struct tokens *t, const struct oidc_expected *e, str *ret_subject)
{
	const char *wrong = "key";
	bool fresh = !x->known.keys.n || mono_us() - x->known.keys_us > KNOWN_US;
	if (!fresh)
		wrong = oidc_id_token(x->a, x->known.keys, t->id, e, ret_subject);
	if (wrong && (strcmp(wrong, "key") == 0 || strcmp(wrong, "signature") == 0)) {
		fetch_keys(x);
		wrong = x->wrong ? NULL : oidc_id_token(x->a, x->known.keys, t->id, e, ret_subject);
	}
	if (wrong)
		fails(x, "", wrong);
}

static void ask_who(struct asking *x, const struct tokens *t, const struct oidc_expected *e, str subject)
{
	struct reply r;
	str header = str_printf(x->a, "Authorization: Bearer %.*s", STR_ARG(t->access));
	if (!x->userinfo.n)
		return;
	for (size_t i = 0; i < t->access.n; i++)
		if ((u8)t->access.p[i] <= ' ' || (u8)t->access.p[i] >= 0x7F)
			return fails(x, "token", "form");
	ask(x, &(struct request){ .what = "userinfo", .url = x->userinfo, .header = header }, &r);
	const char *wrong = x->wrong ? NULL : oidc_userinfo(x->a, x->known.keys, r.type, r.body, e, subject);
	if (wrong)
		fails(x, "", wrong);
}

static void finish(struct asking *x, struct unpack *u, struct buf *answer)
{
	str redirect = unpack_str(u), code = unpack_str(u), nonce = unpack_str(u), verifier = unpack_str(u);
	struct tokens t = { 0 };
	str subject = S("");
	if (!unpack_done(u))
		return fails(x, "", "message");
	discover(x);
	exchange(x, redirect, code, verifier, &t);
	struct oidc_expected e = { x->c->city.identity_issuer, x->c->oidc_client_id, nonce, t.access, x->c->oidc_acr_values, now_ms() / 1000 };
	if (!x->wrong)
		verify(x, &t, &e, &subject);
	if (!x->wrong)
		ask_who(x, &t, &e, subject);
	pack_str(answer, e.issuer);
	pack_str(answer, subject);
	pack_str(answer, t.id);
}

/* ---- the task ---- */

static void pack_known(struct buf *b, const struct oidc_known *k)
{
	pack_str(b, k->discovery);
	pack_str(b, k->keys);
	pack_i64(b, k->discovery_us);
	pack_i64(b, k->keys_us);
}

enum err oidc_learn(struct arena *a, str record, struct oidc_known *ret)
{
	struct unpack u = { .rest = record };
	struct oidc_known k = { .discovery = unpack_str(&u), .keys = unpack_str(&u) };
	k.discovery_us = unpack_i64(&u);
	k.keys_us = unpack_i64(&u);
	if (!unpack_done(&u) || k.discovery.n > ANSWER_MAX || k.keys.n > ANSWER_MAX)
		return INVALID;
	k.discovery = str_copy(a, k.discovery);
	k.keys = str_copy(a, k.keys);
	*ret = k;
	return OK;
}

static enum err send_answer(const struct asking *x, str facts, struct child_out *out)
{
	struct buf b = buf_new(x->a, WAIT_MESSAGE_MAX), learnt = buf_new(x->a, 4 * ANSWER_MAX);
	pack_str(&b, str_c(x->wrong ? x->wrong : ""));
	pack_i64(&b, x->wrong && x->away);
	if (!x->wrong)
		buf_put(&b, facts);
	if (b.full)
		return INTERNAL;
	try(child_send(out, buf_str(&b)));
	if (!x->learnt)
		return OK;
	pack_known(&learnt, &x->known);
	return child_send(out, buf_str(&learnt));
}

enum err oidc_task(const struct oidc_provider *p, u32 kind, str message, struct child_out *out)
{
	struct asking x = { .p = p, .c = p->config, .a = arena_new(TASK_ARENA), .until_us = mono_us() + FIVE_SECONDS, .known = p->known };
	struct buf answer = buf_new(x.a, WAIT_MESSAGE_MAX);
	struct unpack u = { .rest = message };
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		return INTERNAL;
	if (!x.c->city.identity_issuer.n || x.c->city.demo)
		fails(&x, "", "none is configured");
	else if (kind == OIDC_BEGIN)
		begin(&x, &u, &answer);
	else if (kind == OIDC_FINISH)
		finish(&x, &u, &answer);
	else if (kind == OIDC_LEAVE)
		leave(&x, &u, &answer);
	else
		fails(&x, "", "message");
	return send_answer(&x, buf_str(&answer), out);
}

/* An identity provider of the tests' own (OpenID Connect), on loopback: `oidc-provider DIR PORT`, until DIR goes. It answers well, or
 * wrongly as DIR/mode says, to see what is believed: a word of those in token_of, send_token, configuration… It asks nobody who they
 * are: DIR/subject says. What it is asked goes to DIR/asked, a line each. Client "gabare", secret "jeton". */
#include <arpa/inet.h>
#include <fcntl.h>
#include <jansson.h>
#include <netinet/in.h>
#include <poll.h>
#include <rhonabwy.h>
#include <sodium.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "http/parse.h"

#define MOMENT_S 7                               /* longer than anybody should wait */

struct request { str method, path, query, body, authorization; };

static struct {
	struct arena *a;
	const char *dir;
	int port;
	str base;
	char mode[40], subject[200];
	jwk_t *rsa, *rsa_public, *next, *next_public, *ec, *ec_public, *stranger, *stranger_public;
	char nonce[200], challenge[200], redirect[500];
	int out;
} p;

static bool in_mode(const char *word) { return strcmp(p.mode, word) == 0; }

static void read_word(const char *name, const char *otherwise, char *to, size_t cap)
{
	char path[500];
	snprintf(path, sizeof path, "%s/%s", p.dir, name);
	FILE *f = fopen(path, "re");
	if (!f || !fgets(to, (int)cap, f))
		snprintf(to, cap, "%s", otherwise);
	to[strcspn(to, "\n")] = 0;
	if (f)
		fclose(f);
}

static void note(const struct request *q)
{
	char path[500];
	snprintf(path, sizeof path, "%s/asked", p.dir);
	FILE *f = fopen(path, "ae");
	if (!f)
		return;
	fprintf(f, "%.*s %.*s?%.*s %.*s\n", STR_ARG(q->method), STR_ARG(q->path), STR_ARG(q->query), STR_ARG(q->body));
	fclose(f);
}

/* ---- answering ---- */

static void answer(const char *status, const char *type, const char *header, str body)
{
	struct buf b = buf_new(p.a, 4 << 20);
	buf_printf(&b, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: close\r\n%s\r\n", status, type, body.n, header);
	buf_put(&b, body);
	for (size_t at = 0; at < b.n;) {
		ssize_t n = send(p.out, b.p + at, b.n - at, MSG_NOSIGNAL);
		if (n <= 0)
			return;
		at += (size_t)n;
	}
}

static void answer_json(json_t *j)
{
	char *text = json_dumps(j, JSON_COMPACT);
	answer("200 OK", "application/json", "", str_copy(p.a, str_c(text)));
	free(text);
	json_decref(j);
}

static void answer_redirect(str to)
{
	answer("303 See Other", "text/plain", str_printf(p.a, "Location: %.*s\r\n", STR_ARG(to)).p, S(""));
}

static str parameter(str pairs, const char *name)
{
	struct pairs all;
	return pairs_parse(p.a, pairs, &all) == OK ? pairs_get(&all, name) : (str){ 0 };
}

/* ---- tokens ---- */

static jwk_t *fresh(int type, unsigned bits, const char *kid, jwk_t **ret_public)
{
	jwk_t *key;
	if (r_jwk_init(&key) != RHN_OK || r_jwk_init(ret_public) != RHN_OK || r_jwk_generate_key_pair(key, *ret_public, type, bits, kid) != RHN_OK)
		abort();
	return key;
}

static str base64(const void *bytes, size_t n)
{
	size_t cap = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_alloc(p.a, cap);
	sodium_bin2base64(text, cap, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return str_c(text);
}

static str half_hash(const char *text)
{
	u8 hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const u8 *)text, strlen(text));
	return base64(hash, sizeof hash / 2);
}

static str serialized(json_t *claims, jwa_alg alg, const char *kid, jwk_t *key)
{
	char *text = json_dumps(claims, JSON_COMPACT);
	jws_t *jws;
	if (r_jws_init(&jws) != RHN_OK)
		abort();
	r_jws_set_alg(jws, alg);
	if (kid)
		r_jws_set_header_str_value(jws, "kid", kid);
	r_jws_set_payload(jws, (const unsigned char *)text, strlen(text));
	char *token = alg == R_JWA_ALG_NONE ? r_jws_serialize_unsecure(jws, NULL, 0) : r_jws_serialize(jws, key, 0);
	str copy = str_copy(p.a, str_c(token));
	r_free(token);
	r_jws_free(jws);
	free(text);
	json_decref(claims);
	return copy;
}

/* The oldest trick: the public key, which everybody has, taken for a shared secret. */
static str signed_by_public_key(json_t *claims)
{
	char *public = r_jwk_export_to_json_str(p.rsa_public, 0);
	jwk_t *key;
	if (r_jwk_init(&key) != RHN_OK || r_jwk_import_from_symmetric_key(key, (const unsigned char *)public, strlen(public)) != RHN_OK)
		abort();
	str token = serialized(claims, R_JWA_ALG_HS256, "k1", key);
	r_jwk_free(key);
	r_free(public);
	return token;
}

/* The same words, one of them changed after they were signed. */
static str altered(str token)
{
	char *text = arena_alloc(p.a, token.n + 1);
	memcpy(text, token.p, token.n);
	char *at = strchr(text, '.') + 12;
	*at = *at == 'A' ? 'B' : 'A';
	return (str){ text, token.n };
}

static str sign(json_t *claims, const char *where)
{
	char none[60], hs[60], stranger[60], changed[60];
	snprintf(none, sizeof none, "%sunsigned", where);
	snprintf(hs, sizeof hs, "%sshared", where);
	snprintf(stranger, sizeof stranger, "%sstranger", where);
	snprintf(changed, sizeof changed, "%saltered", where);
	if (in_mode(none))
		return serialized(claims, R_JWA_ALG_NONE, "k1", NULL);
	if (in_mode(hs))
		return signed_by_public_key(claims);
	if (in_mode(stranger))
		return serialized(claims, R_JWA_ALG_RS256, "k1", p.stranger);
	if (in_mode(changed))
		return altered(serialized(claims, R_JWA_ALG_RS256, "k1", p.rsa));
	if (in_mode("rotated"))
		return serialized(claims, R_JWA_ALG_RS256, "k2", p.next);
	if (in_mode("es256"))
		return serialized(claims, R_JWA_ALG_ES256, "e1", p.ec);
	if (in_mode("ps256"))
		return serialized(claims, R_JWA_ALG_PS256, "k1", p.rsa);
	if (in_mode("rs512"))
		return serialized(claims, R_JWA_ALG_RS512, "k1", p.rsa);
	return serialized(claims, R_JWA_ALG_RS256, in_mode("nameless") ? NULL : in_mode("unknown-key") ? "k9" : "k1", p.rsa);
}

static json_t *claims_for(const char *where)
{
	char issuer[60], audience[60];
	snprintf(issuer, sizeof issuer, "%sissuer", where);
	snprintf(audience, sizeof audience, "%saudience", where);
	return json_pack("{sssssssI}", "iss", in_mode(issuer) ? "https://ailleurs.example" : p.base.p, "aud", in_mode(audience) ? "un autre" : "gabare",
	                 "sub", p.subject, "iat", (json_int_t)time(NULL));
}

#define ACCESS "un-jeton-d-acces"

static str id_token(void)
{
	json_t *c = claims_for("");
	json_int_t now = (json_int_t)time(NULL);
	json_object_set_new(c, "exp", json_integer(in_mode("expired") ? now - 600 : now + 60));
	json_object_set_new(c, "nonce", json_string(in_mode("nonce") ? "un-autre-nonce-que-celui-qui-a-ete-dit" : p.nonce));
	json_object_set_new(c, "at_hash", json_string(half_hash(in_mode("at-hash") ? "un-autre" : ACCESS).p));
	json_object_set_new(c, "acr", json_string("eidas1"));
	if (in_mode("early"))
		json_object_set_new(c, "nbf", json_integer(now + 600));
	if (in_mode("endless"))
		json_object_del(c, "exp");
	if (in_mode("nobody"))
		json_object_del(c, "sub");
	if (in_mode("for-two"))
		json_object_set_new(c, "aud", json_pack("[ss]", "gabare", "un autre"));
	if (in_mode("for-another"))
		json_object_set_new(c, "azp", json_string("un autre"));
	return sign(c, "");
}

/* ---- what is asked ---- */

static void configuration(void)
{
	str elsewhere = S("http://127.0.0.2:9");
	str b = p.base;
	answer_json(json_pack("{ss so so so so so}", "issuer", in_mode("config-issuer") ? "https://ailleurs.example" : b.p,
		"authorization_endpoint", json_string(str_printf(p.a, "%.*s/authorize", STR_ARG(b)).p),
		"token_endpoint", json_string(str_printf(p.a, "%.*s/token", STR_ARG(in_mode("config-host") ? elsewhere : b)).p),
		"userinfo_endpoint", json_string(str_printf(p.a, "%.*s/userinfo", STR_ARG(b)).p),
		"jwks_uri", json_string(str_printf(p.a, "%.*s/jwks", STR_ARG(b)).p),
		"end_session_endpoint", json_string(str_printf(p.a, "%.*s/end", STR_ARG(b)).p)));
}

static void authorize(const struct request *q)
{
	str redirect = parameter(q->query, "redirect_uri"), state = parameter(q->query, "state"), nonce = parameter(q->query, "nonce");
	str challenge = parameter(q->query, "code_challenge");
	bool asked = str_eq(parameter(q->query, "response_type"), S("code")) && str_eq(parameter(q->query, "client_id"), S("gabare")) &&
		str_starts(parameter(q->query, "scope"), S("openid")) && state.n >= 32 && nonce.n >= 32 && challenge.n == 43 &&
		str_eq(parameter(q->query, "code_challenge_method"), S("S256"));
	if (!asked) {
		answer("400 Bad Request", "text/plain", "", S("asked wrongly\n"));
		return;
	}
	snprintf(p.nonce, sizeof p.nonce, "%.*s", STR_ARG(nonce));
	snprintf(p.challenge, sizeof p.challenge, "%.*s", STR_ARG(challenge));
	snprintf(p.redirect, sizeof p.redirect, "%.*s", STR_ARG(redirect));
	if (in_mode("denied"))
		answer_redirect(str_printf(p.a, "%.*s?error=access_denied&state=%.*s", STR_ARG(redirect), STR_ARG(state)));
	else
		answer_redirect(str_printf(p.a, "%.*s?code=un-code&state=%.*s", STR_ARG(redirect), STR_ARG(state)));
}

static bool knows_us(const struct request *q)
{
	if (q->authorization.n)                  /* gabare:jeton */
		return str_eq(q->authorization, S("Basic Z2FiYXJlOmpldG9u"));
	return str_eq(parameter(q->body, "client_id"), S("gabare")) && str_eq(parameter(q->body, "client_secret"), S("jeton"));
}

static bool is_asked_well(const struct request *q)
{
	u8 hash[crypto_hash_sha256_BYTES];
	str verifier = parameter(q->body, "code_verifier");
	crypto_hash_sha256(hash, (const u8 *)verifier.p, verifier.n);
	return verifier.n >= 43 && str_eq(base64(hash, sizeof hash), str_c(p.challenge)) && str_eq(parameter(q->body, "code"), S("un-code")) &&
	       str_eq(parameter(q->body, "redirect_uri"), str_c(p.redirect)) && str_eq(parameter(q->body, "grant_type"), S("authorization_code"));
}

static void send_token(const struct request *q)
{
	if (in_mode("slow"))
		sleep(MOMENT_S);
	if (in_mode("broken"))
		answer("500 Internal Server Error", "text/html", "", S("broken\n"));
	else if (in_mode("elsewhere"))
		answer("302 Found", "text/html", "Location: http://127.0.0.1:9/\r\n", S(""));
	else if (in_mode("words"))
		answer("200 OK", "application/json", "", S("{\"access_token\":"));
	else if (in_mode("huge"))
		answer("200 OK", "application/json", "", str_copy(p.a, (str){ memset(arena_alloc(p.a, 1 << 20), ' ', 1 << 20), 1 << 20 }));
	else if (!knows_us(q))
		answer("401 Unauthorized", "application/json", "", S("{\"error\":\"invalid_client\"}"));
	else if (!is_asked_well(q))
		answer("400 Bad Request", "application/json", "", S("{\"error\":\"invalid_grant\"}"));
	else
		answer_json(json_pack("{ss ss si ss}", "access_token", ACCESS, "token_type", "Bearer", "expires_in", 60, "id_token", id_token().p));
}

static void userinfo(const struct request *q)
{
	json_t *c = claims_for("userinfo-");
	json_object_set_new(c, "email", json_string("zoe@ville.example"));
	if (in_mode("userinfo-other"))
		json_object_set_new(c, "sub", json_string("quelqu-un-d-autre"));
	if (!str_eq(q->authorization, S("Bearer " ACCESS)))
		answer("401 Unauthorized", "text/plain", "", S(""));
	else if (in_mode("plain") || in_mode("plain-other")) {
		if (in_mode("plain-other"))
			json_object_set_new(c, "sub", json_string("quelqu-un-d-autre"));
		answer_json(json_incref(c));
	} else
		answer("200 OK", "application/jwt; charset=utf-8", "", sign(json_incref(c), "userinfo-"));
	json_decref(c);
}

static void keys(void)
{
	json_t *all = json_array();
	json_array_append_new(all, r_jwk_export_to_json_t(in_mode("rotated") ? p.next_public : p.rsa_public));
	json_array_append_new(all, r_jwk_export_to_json_t(p.ec_public));
	answer_json(json_pack("{so}", "keys", all));
}

static void serve(const struct request *q)
{
	if (str_eq(q->path, S("/.well-known/openid-configuration")))
		configuration();
	else if (str_eq(q->path, S("/authorize")))
		authorize(q);
	else if (str_eq(q->path, S("/token")))
		send_token(q);
	else if (str_eq(q->path, S("/userinfo")))
		userinfo(q);
	else if (str_eq(q->path, S("/jwks")))
		keys();
	else if (str_eq(q->path, S("/end")))
		answer_redirect(str_printf(p.a, "%.*s?state=%.*s", STR_ARG(parameter(q->query, "post_logout_redirect_uri")), STR_ARG(parameter(q->query, "state"))));
	else
		answer("404 Not Found", "text/plain", "", S(""));
}

/* ---- the server ---- */

static str header_of_text(str head, const char *name)
{
	str line;
	while (head.n && str_next(&head, '\n', &line)) {
		ptrdiff_t colon = str_find_byte(line, ':');
		if (colon > 0 && str_ieq(str_slice(line, 0, (size_t)colon), str_c(name)))
			return str_trim(str_slice(line, (size_t)colon + 1, line.n));
	}
	return (str){ 0 };
}

/* A whole request; false: it is cut. */
static bool receive(int fd, struct request *ret)
{
	struct buf b = buf_new(p.a, 1 << 20);
	ptrdiff_t end = -1;
	i64 length = 0;
	while (end < 0 || b.n < (size_t)end + 4 + (size_t)length) {
		char *room = buf_room(&b, 8192);
		ssize_t n = room ? recv(fd, room, 8192, 0) : 0;
		if (n <= 0)
			return false;
		b.n += (size_t)n;
		end = str_find(buf_str(&b), S("\r\n\r\n"));
		if (end >= 0)
			str_i64(header_of_text(str_slice(buf_str(&b), 0, (size_t)end), "Content-Length"), &length);
	}
	str head = str_slice(buf_str(&b), 0, (size_t)end), line, target;
	*ret = (struct request){ .body = str_slice(buf_str(&b), (size_t)end + 4, b.n), .authorization = header_of_text(head, "Authorization") };
	if (!str_next(&head, '\r', &line) || !str_next(&line, ' ', &ret->method) || !str_next(&line, ' ', &target))
		return false;
	if (!str_next(&target, '?', &ret->path))
		return false;
	ret->query = target.p ? target : S("");
	return true;
}

static int listening(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((u16)port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int));
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 16)) {
		perror("oidc-provider");
		exit(1);
	}
	return fd;
}

static void make_keys(void)
{
	p.rsa = fresh(R_KEY_TYPE_RSA, 2048, "k1", &p.rsa_public);
	p.next = fresh(R_KEY_TYPE_RSA, 2048, "k2", &p.next_public);
	p.stranger = fresh(R_KEY_TYPE_RSA, 2048, "k1", &p.stranger_public);
	p.ec = fresh(R_KEY_TYPE_EC, 256, "e1", &p.ec_public);
}

int main(int argc, char **argv)
{
	struct stat st;
	i64 port = 0;
	if (argc != 3 || !str_i64(str_c(argv[2]), &port) || sodium_init() < 0 || r_global_init() != RHN_OK)
		return 2;
	p.dir = argv[1];
	p.port = (int)port;
	make_keys();
	int fd = listening(p.port);
	while (stat(p.dir, &st) == 0) {
		struct pollfd ready = { fd, POLLIN, 0 };
		struct request q;
		if (poll(&ready, 1, 1000) <= 0)
			continue;
		p.out = accept(fd, NULL, NULL);
		p.a = arena_new((size_t)16 << 20);
		p.base = str_printf(p.a, "http://127.0.0.1:%d", p.port);
		read_word("mode", "good", p.mode, sizeof p.mode);
		read_word("subject", "zoe-au-fournisseur", p.subject, sizeof p.subject);
		if (receive(p.out, &q)) {
			note(&q);
			serve(&q);
		}
		close(p.out);
		arena_free(p.a);
	}
	return 0;
}

/* What is believed of an identity provider's tokens, and where it is asked. The rest of what a provider may do wrong is played over HTTP
 * (tests/oidc/provider.c). */
#include "app/oidc.h"

#include <jansson.h>
#include <rhonabwy.h>

#include "unit.h"

#define NOW 1800000000
#define CLAIMS "\"iss\":\"https://id.example\",\"aud\":\"gabare\",\"sub\":\"zoe\",\"nonce\":\"n\",\"iat\":1800000000,\"exp\":1800000060"

static jwk_t *private_key, *public_key;

static void key_of(unsigned bits)
{
	r_jwk_free(private_key);
	r_jwk_free(public_key);
	if (r_jwk_init(&private_key) != RHN_OK || r_jwk_init(&public_key) != RHN_OK ||
	    r_jwk_generate_key_pair(private_key, public_key, R_KEY_TYPE_RSA, bits, "k1") != RHN_OK)
		fail_msg("no key");
}

/* The set of our key, with more members ("\"use\":\"sig\","). */
static str keys_with(const char *more)
{
	struct arena *a = unit_arena(1 << 16);
	char *text = r_jwk_export_to_json_str(public_key, 0);
	str set = str_printf(a, "{\"keys\":[{%s%s]}", more, text + 1);
	r_free(text);
	return set;
}

/* A token of these words, signed by our key; `header`: a member more of its header, and its value in JSON. */
static str token_with(const char *claims, const char *header, const char *value)
{
	jws_t *jws;
	json_t *v = value ? json_loads(value, JSON_DECODE_ANY, NULL) : NULL;
	if (r_jws_init(&jws) != RHN_OK)
		fail_msg("no token");
	r_jws_set_alg(jws, R_JWA_ALG_RS256);
	r_jws_set_header_str_value(jws, "kid", "k1");
	if (v)
		r_jws_set_header_json_t_value(jws, header, v);
	r_jws_set_payload(jws, (const unsigned char *)claims, strlen(claims));
	char *text = r_jws_serialize(jws, private_key, 0);
	str token = str_copy(unit_arena(1 << 18), str_c(text));
	r_free(text);
	r_jws_free(jws);
	json_decref(v);
	return token;
}

static const char *wrong_with(str keys, str token)
{
	static const struct oidc_expected expected = { S_INIT("https://id.example"), S_INIT("gabare"), S_INIT("n"), S_INIT("access"), S_INIT(""), NOW };
	str subject = { 0 };
	const char *wrong = oidc_id_token(unit_arena(1 << 16), keys, token, &expected, &subject);
	if (!wrong)
		assert_str(subject, "zoe");
	return wrong ? wrong : "";
}

static const char *wrong_claims(const char *claims) { return wrong_with(keys_with(""), token_with(claims, NULL, NULL)); }

TEST(oidc_takes_a_token_that_is_all_it_should_be)
{
	key_of(2048);
	assert_string_equal(wrong_claims("{" CLAIMS "}"), "");
	assert_string_equal(wrong_with(keys_with("\"use\":\"sig\",\"alg\":\"RS256\","), token_with("{" CLAIMS "}", NULL, NULL)), "");
	assert_string_equal(wrong_claims("{\"iss\":\"https://id.example\",\"aud\":[\"autre\",\"gabare\"],\"azp\":\"gabare\",\"sub\":\"zoe\",\"nonce\":\"n\","
		"\"iat\":1800000030,\"nbf\":1800000059,\"exp\":1799999941}"), "");     /* a minute between two clocks */
}

TEST(oidc_takes_no_token_a_claim_of_which_is_amiss)
{
	static const struct { const char *claims, *wrong; } are[] = {
		{ "{\"sub\":\"mallory\"," CLAIMS "}", "form" },      /* said twice */
		{ "[]", "form" }, { "\"zoe\"", "form" }, { "{" CLAIMS "}}", "form" },
		{ "{\"iss\":\"https://id.example/\",\"aud\":\"gabare\",\"sub\":\"zoe\",\"nonce\":\"n\",\"iat\":1800000000,\"exp\":1800000060}", "issuer" },
		{ "{\"iss\":[\"https://id.example\"],\"aud\":\"gabare\",\"sub\":\"zoe\",\"nonce\":\"n\",\"iat\":1800000000,\"exp\":1800000060}", "issuer" },
		{ "{\"iss\":\"https://id.example\",\"aud\":{\"gabare\":1},\"sub\":\"zoe\",\"nonce\":\"n\",\"iat\":1800000000,\"exp\":1800000060}", "audience" },
		{ "{\"iss\":\"https://id.example\",\"aud\":\"gabare2\",\"sub\":\"zoe\",\"nonce\":\"n\",\"iat\":1800000000,\"exp\":1800000060}", "audience" },
		{ "{\"iss\":\"https://id.example\",\"aud\":\"gabare\",\"sub\":\"zoe\",\"nonce\":\"n\",\"iat\":1800000000,\"exp\":\"1800000060\"}", "times" },
		{ "{\"iss\":\"https://id.example\",\"aud\":\"gabare\",\"sub\":\"zoe\",\"nonce\":\"n\",\"iat\":1800000000,\"exp\":1799999939}", "expired" },
		{ "{\"iss\":\"https://id.example\",\"aud\":\"gabare\",\"sub\":\"zoe\",\"nonce\":\"n\",\"iat\":1800000061,\"exp\":1800000900}", "early" },
		{ "{\"iss\":\"https://id.example\",\"aud\":\"gabare\",\"sub\":\"zoe\",\"iat\":1800000000,\"exp\":1800000060}", "nonce" },
		{ "{\"iss\":\"https://id.example\",\"aud\":\"gabare\",\"sub\":7,\"nonce\":\"n\",\"iat\":1800000000,\"exp\":1800000060}", "subject" },
		{ "{\"at_hash\":7," CLAIMS "}", "at_hash" },
	};
	key_of(2048);
	for (size_t i = 0; i < lengthof(are); i++) {
		const char *wrong = wrong_claims(are[i].claims);
		if (strcmp(wrong, are[i].wrong) != 0)
			fail_msg("%s: \"%s\", not \"%s\"", are[i].claims, wrong, are[i].wrong);
	}
}

TEST(oidc_takes_no_key_but_one_of_the_providers_made_for_this)
{
	key_of(2048);
	str token = token_with("{" CLAIMS "}", NULL, NULL), set = keys_with("");
	struct arena *a = unit_arena(1 << 16);
	assert_string_equal(wrong_with(keys_with("\"use\":\"enc\","), token), "key");
	assert_string_equal(wrong_with(keys_with("\"alg\":\"RS512\","), token), "key");
	assert_string_equal(wrong_with(str_replace(a, set, S("\"RSA\""), S("\"oct\"")), token), "key");
	assert_string_equal(wrong_with(str_replace(a, set, S("\"k1\""), S("\"k2\"")), token), "key");
	assert_string_equal(wrong_with(S("{\"keys\":{}}"), token), "key");
	assert_string_equal(wrong_with(S(""), token), "key");
	char *own = r_jwk_export_to_json_str(public_key, 0);
	str named = token_with("{" CLAIMS "}", "jwk", own);
	r_free(own);
	key_of(2048);                                        /* another one is the provider's now; the token brings its own */
	assert_string_equal(wrong_with(keys_with(""), named), "signature");
	key_of(1024);
	assert_string_equal(wrong_claims("{" CLAIMS "}"), "key");        /* too short to be of use to anybody honest */
}

TEST(oidc_takes_no_token_of_another_make)
{
	key_of(2048);
	struct arena *a = unit_arena((size_t)1 << 20);
	str token = token_with("{" CLAIMS "}", NULL, NULL), keys = keys_with(""), rest = token, header, payload;
	assert_string_equal(wrong_with(keys, token_with("{" CLAIMS "}", "crit", "[\"b64\"]")), "crit");
	assert_true(str_next(&rest, '.', &header) && str_next(&rest, '.', &payload));
	assert_string_equal(wrong_with(keys, str_printf(a, "%.*s.%.*s.", STR_ARG(header), STR_ARG(payload))), "form");
	assert_string_equal(wrong_with(keys, str_printf(a, "%.*s.%.*s", STR_ARG(header), STR_ARG(payload))), "form");
	assert_string_equal(wrong_with(keys, str_printf(a, "%.*s.x", STR_ARG(token))), "form");
	assert_string_equal(wrong_with(keys, str_printf(a, "%.*s=", STR_ARG(token))), "form");
	assert_string_equal(wrong_with(keys, str_printf(a, " %.*s", STR_ARG(token))), "form");
	assert_string_equal(wrong_with(keys, S("")), "form");
	assert_string_equal(wrong_with(keys, S("..")), "form");
	char *long_one = arena_alloc(a, 20000);
	memset(long_one, 'a', 20000);
	assert_string_equal(wrong_with(keys, str_printf(a, "%.*s%.*s", STR_ARG(token), 20000, long_one)), "form");
}

TEST(oidc_issuer_is_an_address_that_keeps_secrets)
{
	static const char *const good[] = { "", "https://auth.agentconnect.gouv.fr/api/v2", "https://id.example:8443", "http://127.0.0.1:4593/api/oidc",
		"http://localhost:4593", "http://[::1]:80/x" };
	static const char *const bad[] = { "http://id.example", "id.example", "https://", "https:///x", "ftp://id.example", "https://moi@id.example/",
		"https://id.example/a b", "http://localhost.example/", "http://127.example/", "http://[::1].example/",
		 "http://localhost@id.example/", "https://id.example\\@autre.example/", "https://id.exemple/\n" };
	for (size_t i = 0; i < lengthof(good); i++)
		if (oidc_check_issuer(str_c(good[i])))
			fail_msg("%s is refused", good[i]);
	for (size_t i = 0; i < lengthof(bad); i++)
		if (!oidc_check_issuer(str_c(bad[i])))
			fail_msg("%s is taken", bad[i]);
}

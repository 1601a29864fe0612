/* Tokens of the identity provider: signatures by rhonabwy, claims by us. Only signatures by a public key are taken, by three
 * algorithms; a key is one of the provider's set, made anew of its numbers alone, so that nothing in a token or a key can name
 * another or have it fetched. */
#include "app/oidc.h"

#include <jansson.h>
#include <rhonabwy.h>
#include <sodium.h>

#define LEEWAY_S 60                              /* between two clocks */
#define TOKEN_MAX ((size_t)16 << 10)
#define SUBJECT_MAX 255                          /* OpenID Connect Core, 2 */
#define RSA_MODULUS_MIN 342                      /* signs of base64: 2048 bits */

static const struct { const char *name, *kty; jwa_alg alg; } taken[] = {
	{ "RS256", "RSA", R_JWA_ALG_RS256 }, { "PS256", "RSA", R_JWA_ALG_PS256 }, { "ES256", "EC", R_JWA_ALG_ES256 },
};

static void free_json(json_t **j) { json_decref(*j); }
static void free_jws(jws_t **j) { r_jws_free(*j); }
static void free_jwk(jwk_t **j) { r_jwk_free(*j); }

static str text_of(const json_t *object, const char *name)
{
	const json_t *v = json_object_get(object, name);
	return json_is_string(v) ? (str){ json_string_value(v), json_string_length(v) } : (str){ 0 };
}

static json_t *object_of(const char *p, size_t n)
{
	json_t *j = json_loadb(p ? p : "", n, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(j))
		return j;
	json_decref(j);
	return NULL;
}

/* ---- the signature ---- */

/* Three parts of base64url, none empty: an unsigned token has no third. */
static bool is_compact(str token)
{
	str rest = token, part;
	int parts = 0;
	for (size_t i = 0; i < token.n; i++)
		if (!((token.p[i] >= '0' && token.p[i] <= '9') || (token.p[i] >= 'A' && token.p[i] <= 'Z') || (token.p[i] >= 'a' && token.p[i] <= 'z') ||
		      token.p[i] == '-' || token.p[i] == '_' || token.p[i] == '.'))
			return false;
	while (str_next(&rest, '.', &part)) {
		parts++;
		if (!part.n)
			return false;
	}
	return parts == 3 && token.n <= TOKEN_MAX;
}

/* A key of the set that may have signed: its numbers alone. NULL: it is another kind, for another use, or too short. */
static json_t *key_of(const json_t *of_set, size_t alg, str kid)
{
	str use = text_of(of_set, "use"), own = text_of(of_set, "alg");
	bool rsa = strcmp(taken[alg].kty, "RSA") == 0;
	if (!str_eq(text_of(of_set, "kty"), str_c(taken[alg].kty)) || (use.p && !str_eq(use, S("sig"))) || (own.p && !str_eq(own, str_c(taken[alg].name))))
		return NULL;
	if (kid.p && !str_eq(text_of(of_set, "kid"), kid))
		return NULL;
	if (rsa && text_of(of_set, "n").n < RSA_MODULUS_MIN)
		return NULL;
	if (rsa)
		return json_pack("{sssOsO}", "kty", "RSA", "n", json_object_get(of_set, "n"), "e", json_object_get(of_set, "e"));
	if (!str_eq(text_of(of_set, "crv"), S("P-256")))
		return NULL;
	return json_pack("{sssssOsO}", "kty", "EC", "crv", "P-256", "x", json_object_get(of_set, "x"), "y", json_object_get(of_set, "y"));
}

static bool signed_by(jws_t *jws, json_t *numbers)
{
	cleanup(free_jwk) jwk_t *jwk = NULL;
	return r_jwk_init(&jwk) == RHN_OK && r_jwk_import_from_json_t(jwk, numbers) == RHN_OK && r_jwk_is_valid(jwk) == RHN_OK &&
	       r_jws_verify_signature(jws, jwk, R_FLAG_IGNORE_REMOTE) == RHN_OK;
}

static const char *check_signature(jws_t *jws, str keys)
{
	cleanup(free_json) json_t *set = object_of(keys.p, keys.n);
	str kid = str_c(r_jws_get_header_str_value(jws, "kid"));
	size_t alg = 0, i;
	const char *wrong = "key";
	json_t *one;
	while (alg < lengthof(taken) && (taken[alg].alg != r_jws_get_alg(jws) || !str_eq(str_c(r_jws_get_header_str_value(jws, "alg")), str_c(taken[alg].name))))
		alg++;
	if (alg == lengthof(taken))
		return "alg";
	json_array_foreach(json_object_get(set, "keys"), i, one) {
		cleanup(free_json) json_t *numbers = key_of(one, alg, kid);
		if (numbers && signed_by(jws, numbers))
			return NULL;
		wrong = numbers ? "signature" : wrong;
	}
	return wrong;
}

/* A token's claims, once its signature holds; to be let go by json_decref. */
static const char *open_token(str keys, str token, json_t **ret)
{
	cleanup(free_jws) jws_t *jws = NULL;
	size_t n = 0;
	*ret = NULL;
	if (!is_compact(token))
		return "form";
	if (r_jws_init(&jws) != RHN_OK || r_jws_advanced_compact_parsen(jws, token.p, token.n, R_PARSE_NONE, R_FLAG_IGNORE_REMOTE) != RHN_OK)
		return "form";
	cleanup(free_json) json_t *header = r_jws_get_full_header_json_t(jws);
	if (json_object_get(header, "crit"))
		return "crit";                   /* an extension that must be understood: none is */
	const char *wrong = check_signature(jws, keys);
	if (wrong)
		return wrong;
	const unsigned char *payload = r_jws_get_payload(jws, &n);
	*ret = object_of((const char *)payload, n);
	return *ret ? NULL : "form";
}

/* ---- the claims ---- */

static bool among(str words, str one)
{
	str word;
	while (words.n && str_next(&words, ' ', &word))
		if (word.n && str_eq(word, one))
			return true;
	return false;
}

/* For us; and when others are named too, we are the party it was made for. */
static bool is_for(const json_t *claims, str client_id)
{
	const json_t *aud = json_object_get(claims, "aud"), *azp = json_object_get(claims, "azp"), *one;
	bool ours = json_is_string(aud) && str_eq(text_of(claims, "aud"), client_id);
	size_t i;
	json_array_foreach(aud, i, one)
		ours = ours || (json_is_string(one) && str_eq(str_c(json_string_value(one)), client_id));
	if (azp || json_array_size(aud) > 1)
		return ours && str_eq(text_of(claims, "azp"), client_id);
	return ours && client_id.n > 0;
}

static const char *check_issued(const json_t *claims, const struct oidc_expected *e)
{
	if (!str_eq(text_of(claims, "iss"), e->issuer))
		return "issuer";
	return is_for(claims, e->client_id) ? NULL : "audience";
}

/* A time of the claims, in seconds; false when it is there and is none. */
static bool time_of(const json_t *claims, const char *name, double otherwise, double *ret)
{
	const json_t *v = json_object_get(claims, name);
	*ret = v ? json_number_value(v) : otherwise;
	return !v || json_is_number(v);
}

static const char *check_times(const json_t *claims, bool demanded, i64 now)
{
	double expires, issued, from, at = (double)now;
	if (demanded && (!json_object_get(claims, "exp") || !json_object_get(claims, "iat")))
		return "times";
	if (!time_of(claims, "exp", at, &expires) || !time_of(claims, "iat", at, &issued) || !time_of(claims, "nbf", at, &from))
		return "times";
	if (expires + LEEWAY_S < at)
		return "expired";
	return issued > at + LEEWAY_S || from > at + LEEWAY_S ? "early" : NULL;
}

/* The left half of the access token's SHA-256: it was given with this token. */
static bool hash_fits(str at_hash, str access_token)
{
	u8 hash[crypto_hash_sha256_BYTES];
	char text[sodium_base64_ENCODED_LEN(sizeof hash / 2, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	crypto_hash_sha256(hash, (const u8 *)access_token.p, access_token.n);
	sodium_bin2base64(text, sizeof text, hash, sizeof hash / 2, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return str_eq(at_hash, str_c(text));
}

const char *oidc_id_token(struct arena *a, str keys, str token, const struct oidc_expected *e, str *ret_subject)
{
	json_t *opened;
	const char *wrong = open_token(keys, token, &opened);
	cleanup(free_json) json_t *claims = opened;
	wrong = wrong ? wrong : check_issued(claims, e);
	wrong = wrong ? wrong : check_times(claims, true, e->now);
	if (wrong)
		return wrong;
	if (!e->nonce.n || !str_eq(text_of(claims, "nonce"), e->nonce))
		return "nonce";
	if (json_object_get(claims, "at_hash") && !hash_fits(text_of(claims, "at_hash"), e->access_token))
		return "at_hash";
	str subject = text_of(claims, "sub");
	if (!subject.n || subject.n > SUBJECT_MAX)
		return "subject";
	if (e->acr_values.n && !among(e->acr_values, text_of(claims, "acr")))
		return "acr";
	*ret_subject = str_copy(a, subject);
	return NULL;
}

static bool is_token(str type)
{
	str media = S("");
	return str_next(&type, ';', &media) && str_ieq(str_trim(media), S("application/jwt"));
}

const char *oidc_userinfo(struct arena *a, str keys, str type, str body, const struct oidc_expected *e, str subject)
{
	bool signed_one = is_token(type);
	json_t *opened = NULL;
	const char *wrong = NULL;
	if (signed_one)
		wrong = open_token(keys, str_trim(body), &opened);
	else
		opened = object_of(body.p, body.n);
	cleanup(free_json) json_t *claims = opened;
	if (!wrong && signed_one)
		wrong = check_issued(claims, e);
	if (!wrong && signed_one)
		wrong = check_times(claims, false, e->now);
	if (!wrong && !claims)
		wrong = "form";
	if (!wrong && !str_eq(text_of(claims, "sub"), subject))
		wrong = "subject";
	return wrong ? str_printf(a, "userinfo %s", wrong).p : NULL;
}

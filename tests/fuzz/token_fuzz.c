/* What an identity provider answers: a set of keys, a line, then a token or plain claims. Nobody is taken for somebody else. */
#include "fuzz.h"

#include "app/oidc.h"

FUZZ(a, in)
{
	static const struct oidc_expected expected = { S_INIT("https://id.example"), S_INIT("gabare"), S_INIT("n"), S_INIT("access"), S_INIT(""), 1800000000 };
	str keys = S(""), rest = in, subject = { 0 };
	if (!str_next(&rest, '\n', &keys) || !rest.p)
		return;
	if (!oidc_id_token(a, keys, rest, &expected, &subject))
		must_hold(str_eq(subject, S("zoe")));
	if (!oidc_userinfo(a, keys, S("application/json"), rest, &expected, S("zoe")))
		must_hold(str_find(rest, S("sub")) >= 0 || str_find(rest, S("\\u")) >= 0);
	if (!oidc_userinfo(a, keys, S("application/jwt; charset=utf-8"), rest, &expected, S("mallory")))
		must_hold(false);
}

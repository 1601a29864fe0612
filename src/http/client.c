/* See client.h. */
#include "http/client.h"

#include <arpa/inet.h>

#define TEXT_MAX 64
#define HOPS_MAX 16

static bool v4_parse(const char *z, struct address *ret)
{
	static const u8 prefix[12] = { [10] = 0xFF, [11] = 0xFF };
	u8 v4[4];

	if (inet_pton(AF_INET, z, v4) != 1)
		return false;
	memcpy(ret->b, prefix, sizeof prefix);
	memcpy(ret->b + sizeof prefix, v4, sizeof v4);
	return true;
}

/* "[::1]:80" → "::1", "192.0.2.1:80" → "192.0.2.1". */
static str without_port(str s)
{
	if (s.n > 0 && s.p[0] == '[') {
		ptrdiff_t end = str_find_byte(s, ']');
		return end < 0 ? S("") : str_slice(s, 1, (size_t)end);
	}
	ptrdiff_t colon = str_find_byte(s, ':');
	bool only_one = colon >= 0 && str_find_byte(str_slice(s, (size_t)colon + 1, s.n), ':') < 0;
	return only_one ? str_slice(s, 0, (size_t)colon) : s;
}

bool address_parse(str s, struct address *ret)
{
	char z[TEXT_MAX];

	s = without_port(str_trim(s));
	if (s.n == 0 || s.n >= sizeof z || str_find_byte(s, '\0') >= 0)
		return false;
	memcpy(z, s.p, s.n);
	z[s.n] = '\0';
	return v4_parse(z, ret) || inet_pton(AF_INET6, z, ret->b) == 1;
}

static enum err network_parse(str s, struct network *ret)
{
	ptrdiff_t slash = str_find_byte(s, '/');
	size_t end = slash < 0 ? s.n : (size_t)slash;
	bool v4 = str_find_byte(s, ':') < 0;
	i64 bits = v4 ? 32 : 128;

	if (!address_parse(str_slice(s, 0, end), &ret->a))
		return INVALID;
	if (slash >= 0 && (!str_i64(str_slice(s, end + 1, s.n), &bits) || bits < 0 || bits > (v4 ? 32 : 128)))
		return INVALID;
	ret->bits = (int)bits + (v4 ? 96 : 0);
	return OK;
}

enum err networks_parse(str s, struct networks *ret)
{
	str rest = s, part;

	ret->n = 0;
	while (str_next(&rest, ',', &part)) {
		part = str_trim(part);
		if (part.n == 0)
			continue;
		if (ret->n == NETWORKS_MAX)
			return INVALID;
		try(network_parse(part, &ret->v[ret->n]));
		ret->n++;
	}
	return OK;
}

static bool within(const struct network *n, const struct address *a)
{
	int whole = n->bits / 8, rest = n->bits % 8;
	u8 mask = (u8)(0xFF00 >> rest);

	if (memcmp(n->a.b, a->b, (size_t)whole) != 0)
		return false;
	return rest == 0 || ((n->a.b[whole] ^ a->b[whole]) & mask) == 0;
}

bool networks_hold(const struct networks *n, const struct address *a)
{
	for (size_t i = 0; i < n->n; i++)
		if (within(&n->v[i], a))
			return true;
	return false;
}

static str address_text(struct arena *a, const struct address *address)
{
	static const u8 v4[12] = { [10] = 0xFF, [11] = 0xFF };
	char *z = arena_alloc(a, TEXT_MAX);
	bool is_v4 = memcmp(address->b, v4, sizeof v4) == 0;

	if (!inet_ntop(is_v4 ? AF_INET : AF_INET6, is_v4 ? address->b + 12 : address->b, z, TEXT_MAX))
		return S("");
	return str_c(z);
}

void client_identify(struct req *req, const struct address *peer, bool tls, const struct networks *trusted)
{
	struct address at = *peer, hop;
	str forwarded = req_header(req, "X-Forwarded-For");
	bool by_proxy = networks_hold(trusted, peer);

	for (int i = 0; i < HOPS_MAX && forwarded.n > 0 && networks_hold(trusted, &at); i++) {
		size_t comma = forwarded.n;
		while (comma > 0 && forwarded.p[comma - 1] != ',')
			comma--;
		if (!address_parse(str_slice(forwarded, comma, forwarded.n), &hop))
			break;
		at = hop;
		forwarded = str_slice(forwarded, 0, comma ? comma - 1 : 0);
	}
	req->client = address_text(req->a, &at);
	req->tls = tls || (by_proxy && str_ieq(str_trim(req_header(req, "X-Forwarded-Proto")), S("https")));
}

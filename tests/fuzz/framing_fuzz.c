/* Headers, one a line: those that two servers could understand differently are refused (request smuggling). */
#include "fuzz.h"

#include "http/parse.h"

static size_t count(const struct pairs *headers, const char *name, str *ret_last)
{
	size_t n = 0;
	for (size_t i = 0; i < headers->n; i++)
		if (str_ieq(headers->v[i].name, str_c(name))) {
			*ret_last = headers->v[i].value;
			n++;
		}
	return n;
}

FUZZ(a, in)
{
	struct pairs headers = { arena_many(a, struct pair, in.n + 1), 0 };
	struct framing f;
	str rest = in, line, length = S(""), coding = S(""), host;
	while (headers.n < 64 && str_next(&rest, '\n', &line)) {
		ptrdiff_t colon = str_find_byte(line, ':');
		if (line.n == 0)
			continue;
		str name = colon < 0 ? line : str_slice(line, 0, (size_t)colon);
		headers.v[headers.n++] = (struct pair){ name, str_trim(colon < 0 ? S("") : str_slice(line, (size_t)colon + 1, line.n)) };
	}
	if (framing_check(&headers, true, &f))
		return;
	size_t lengths = count(&headers, "content-length", &length), codings = count(&headers, "transfer-encoding", &coding);
	must_hold(count(&headers, "host", &host) == 1 && lengths + codings <= 1 && f.chunked == (codings == 1));
	must_hold(!f.chunked || str_ieq(coding, S("chunked")));
	u64 value = 0;
	for (size_t i = 0; i < length.n; i++) {
		must_hold(length.p[i] >= '0' && length.p[i] <= '9');
		value = value * 10 + (u64)(length.p[i] - '0');
	}
	must_hold(value == f.length);
}

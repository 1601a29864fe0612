/* See code.h. */
#include "base/code.h"

#include "base/buf.h"

static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

str code_of_bits(struct arena *a, str bits, size_t groups)
{
	struct buf b = buf_new(a, 6 * groups);
	assert(bits.n >= 4 * groups);
	for (size_t i = 0; i < 4 * groups; i++) {
		if (i && i % 4 == 0)
			buf_byte(&b, '-');
		buf_byte(&b, letters[(u8)bits.p[i] & 31]);
	}
	return buf_str(&b);
}

str code_plain(struct arena *a, str typed)
{
	struct buf b = buf_new(a, typed.n + 1);
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c + 'A' - 'a');
		if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			buf_byte(&b, c);
	}
	return b.n ? buf_str(&b) : S("");
}

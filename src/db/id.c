/* The last id is the only state: the next is above it, whatever the clock says. */
#include "db/id.h"
#include "base/buf.h"
#include "base/timex.h"

#include <sodium.h>

#define EPOCH_MS ((i64)1735689600000)            /* 2025-01-01T00:00:00Z */

static i64 own = ID_WORKERS - 1;
static i64 last_ms, sequence;

void id_worker(int worker)
{
	assert(worker >= 0 && worker < ID_WORKERS);
	own = worker;
}

i64 id_new(void)
{
	i64 ms = now_ms() - EPOCH_MS;
	if (ms > last_ms) {
		last_ms = ms;
		sequence = 0;
	} else if (++sequence == 4096) {
		last_ms++;
		sequence = 0;
	}
	assert(last_ms > 0 && last_ms < (i64)1 << 41);
	return last_ms << 22 | own << 12 | sequence;
}

i64 id_at(i64 id)
{
	return (id >> 22) + EPOCH_MS;
}

str ids_json(struct arena *a, const i64 *v, size_t n, size_t width)
{
	struct buf b = buf_new(a, 24 * (n * width + 1));
	buf_byte(&b, '[');
	for (size_t i = 0; i < n * width; i++) {
		bool opens = width > 1 && i % width == 0, closes = width > 1 && i % width == width - 1;
		buf_printf(&b, "%s%s%lld%s", i ? "," : "", opens ? "[" : "", (long long)v[i], closes ? "]" : "");
	}
	buf_byte(&b, ']');
	return buf_str(&b);
}

i64 id_random(void)
{
	u64 v;
	do {
		randombytes_buf(&v, sizeof v);
		v >>= 1;
	} while (v == 0);
	return (i64)v;
}

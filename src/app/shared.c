/* The shared segment; see shared.h. */
#include "app/shared.h"

#include <arpa/inet.h>
#include <sodium.h>
#include <sys/mman.h>

#include "base/log.h"
#include "db/id.h"

const u32 shared_latency_bounds_us[LATENCY_BUCKETS] = { 100, 500, 1000, 5000, 10000, 50000, 250000, 1000000 };

static void *map_shared(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		die("no memory for the shared segment");
	return p;
}

struct shared *shared_new(void)
{
	struct shared *s = map_shared(sizeof(*s));
	s->db = map_shared(db_shared_size());
	db_shared_init(s->db);
	randombytes_buf(s->bucket_key, sizeof(s->bucket_key));
	s->run = id_random();
	s->id_base = (int)randombytes_uniform(ID_WORKERS / 2 / CLIENTS_MAX) * CLIENTS_MAX;
	return s;
}

void shared_count(struct counters *c, int status, u64 bytes, i64 us)
{
	size_t b = 0;
	while (b < LATENCY_BUCKETS && us > (i64)shared_latency_bounds_us[b])
		b++;
	int hundreds = status / 100;
	atomic_fetch_add_explicit(&c->requests, 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&c->status[hundreds >= 1 && hundreds <= 5 ? hundreds : 0], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&c->bytes, bytes, memory_order_relaxed);
	atomic_fetch_add_explicit(&c->microseconds, (u64)us, memory_order_relaxed);
	atomic_fetch_add_explicit(&c->latency[b], 1, memory_order_relaxed);
}

/* An IPv6 household or school has a /64: limits are per /64, and per address for IPv4. */
static u64 address_hash(const struct shared *s, str address)
{
	char text[INET6_ADDRSTRLEN] = { 0 };
	u8 raw[16] = { 0 };
	size_t n = address.n < sizeof(text) - 1 ? address.n : sizeof(text) - 1;
	u64 h;
	if (n)
		memcpy(text, address.p, n);
	if (inet_pton(AF_INET6, text, raw) == 1)
		memset(raw + 8, 0, 8);
	else
		memcpy(raw, text, n < sizeof(raw) ? n : sizeof(raw));
	crypto_shorthash((u8 *)&h, raw, sizeof(raw), s->bucket_key);
	return h;
}

/* A bucket is one word: 16 bits of the address's hash, 48 bits of the millisecond at which it will be full again. Addresses
 * that share a slot but not the 16 bits take it from each other: the limit is a brake, not an account. */
bool shared_take_token(struct shared *s, str address, u32 burst, u32 per_minute, i64 now_us)
{
	const u64 time_bits = ((u64)1 << 48) - 1;
	u64 h = address_hash(s, address);
	_Atomic u64 *slot = &s->bucket[h & (TOKEN_BUCKETS - 1)];
	u64 tag = h >> 48;
	i64 now = now_us / 1000;
	i64 cost = (60000 + per_minute - 1) / per_minute;
	u64 old = atomic_load(slot);
	for (;;) {
		i64 full_at = (i64)(old & time_bits);
		if (old >> 48 != tag || full_at < now)
			full_at = now;
		if (full_at + cost - now > (i64)burst * cost)
			return false;
		if (atomic_compare_exchange_weak(slot, &old, tag << 48 | (u64)(full_at + cost)))
			return true;
	}
}

void shared_forget_worker(struct shared *s, int worker)
{
	struct counters *c = &s->worker[worker];
	for (int h = 0; h < HELPER_COUNT; h++)
		atomic_fetch_sub(&s->waiting[h], atomic_exchange(&c->waiting[h], 0));
	atomic_store(&c->connections, 0);
}

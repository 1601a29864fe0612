/* See slow.h. Keys are keyed hashes: neither addresses nor networks can be read from the table. */
#include "accounts/slow.h"

#include "accounts/accounts_sql.h"
#include "base/timex.h"
#include "http/client.h"
#include "http/seal.h"

#define HOUR_MS (3600 * (i64)1000)

/* The network of who asks: the address, or the /64 of an IPv6 one. */
static str network(const struct req *req)
{
	static const u8 mapped[12] = { [10] = 0xff, [11] = 0xff };
	struct address *a = arena_one(req->a, struct address);
	if (!address_parse(req->client, a))
		return req->client;
	return (str){ (const char *)a->b, memcmp(a->b, mapped, sizeof mapped) == 0 ? sizeof a->b : 8 };
}

static enum err failures(struct db *db, str key, i64 now, struct login_failure_row *ret)
{
	*ret = (struct login_failure_row){ 0 };
	enum err e = login_failure_get(db, key, ret);
	if (ret->last_at < now - HOUR_MS)
		*ret = (struct login_failure_row){ 0 };
	return e == NOT_FOUND ? OK : e;
}

static i64 pause_after(const struct login_failure_row *pair, const struct login_failure_row *subject)
{
	i64 pause = pair->failures < SLOW_FREE ? 0 : pair->failures - SLOW_FREE > 6 ? SLOW_PAIR_MAX_MS : (i64)1000 << (pair->failures - SLOW_FREE);
	if (pause > SLOW_PAIR_MAX_MS)
		pause = SLOW_PAIR_MAX_MS;
	return subject->failures >= SLOW_BUSY_FAILURES && pair->failures > 0 && pause < SLOW_BUSY_MS ? SLOW_BUSY_MS : pause;
}

enum err slow_look(struct req *req, str subject, struct slow *ret)
{
	struct login_failure_row pair, all;
	str keys[2], from = network(req);
	i64 now = now_ms();
	struct vault_item items[] = {
		{ S("login_failure:pair"), str_printf(req->a, "%.*s %zu ", STR_ARG(subject), from.n) }, { S("login_failure:subject"), subject },
	};
	str parts[] = { items[0].value, from };
	items[0].value = str_join(req->a, parts, 2, S(""));
	try(vault_index(req, items, lengthof(items), keys));
	*ret = (struct slow){ .pair = keys[0], .subject = keys[1] };
	try(failures(req->db, ret->pair, now, &pair));
	try(failures(req->db, ret->subject, now, &all));
	i64 wait = pair.last_at + pause_after(&pair, &all) - now;
	ret->wait_ms = wait > 0 ? wait : 0;
	return OK;
}

enum err slow_failed(struct db *db, const struct slow *s)
{
	i64 now = now_ms();
	try(login_failure_add(db, s->pair, now, now - HOUR_MS));
	return login_failure_add(db, s->subject, now, now - HOUR_MS);
}

enum err slow_passed(struct db *db, const struct slow *s)
{
	return login_failure_clear(db, s->pair);
}

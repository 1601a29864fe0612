/* Watching over messages; see desk.h. */
#include "msg/desk.h"

#include "base/timex.h"

/* Nothing was changed: is it another state that forbids it, or is there no such message? */
static enum err changed(struct db *db, i64 id)
{
	struct msg_state_row row;
	if (db_changes(db))
		return OK;
	enum err e = msg_state(db, id, &row);
	return e == OK ? CONFLICT : e;
}

enum err msg_retry(struct db *db, i64 id)
{
	try(msg_again(db, id, now_ms()));
	return changed(db, id);
}

enum err msg_retry_all(struct db *db, i64 *ret_n)
{
	try(msg_all_again(db, now_ms()));
	*ret_n = db_changes(db);
	return OK;
}

enum err msg_give_up(struct db *db, i64 id)
{
	try(msg_cancel(db, id, now_ms()));
	return changed(db, id);
}

enum err msg_stop(struct db *db, enum msg_channel channel, str index)
{
	str name = str_c(msg_channel_name(channel));
	try(msg_stop_put(db, name, index, now_ms()));
	return msg_stop_waiting(db, name, index, now_ms());
}

enum err msg_stop_lift(struct db *db, enum msg_channel channel, str index)
{
	try(msg_stop_end(db, str_c(msg_channel_name(channel)), index));
	return db_changes(db) ? OK : NOT_FOUND;
}

enum err msg_recipients(const struct vault_asker *vault, str purpose, const struct msg_row *rows, size_t n, str *ret)
{
	struct vault_item *items = arena_many(vault->a, struct vault_item, n);
	str *clear = arena_many(vault->a, str, n);
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (rows[i].recipient_enc.p)
			items[kept++] = (struct vault_item){ str_printf(vault->a, "outbox:recipient:%lld", (long long)rows[i].id), rows[i].recipient_enc };
	try(vault_open_as(vault, purpose, items, kept, clear));
	for (size_t i = 0, k = 0; i < n; i++)
		ret[i] = rows[i].recipient_enc.p ? clear[k++] : (str){ 0 };
	return OK;
}

/* gabare outbox …: what went, what waits and why; trying again, giving up, those who asked for no more, and a first message to
 * see whether the relay is set up right. */
#include "app/cli.h"

#include <unistd.h>

#include "app/vault.h"
#include "audit/audit.h"
#include "base/json_out.h"
#include "base/timex.h"
#include "base/utf8.h"
#include "msg/desk.h"
#include "msg/sms.h"

#define LIST_MOST 1000

/* ---- the vault's keys, for commands ---- */

static bool open_vault(struct invocation *in, const struct config *c, struct vault_asker *ret)
{
	struct keys *k = cli_keys(in, c);
	if (k)
		*ret = vault_of_keys(k, in->a, S("command"));
	return k != NULL;
}

static bool open_both(struct invocation *in, struct config *c, struct db **ret_db, struct vault_asker *ret)
{
	if (cli_config(in, c) != OK || !open_vault(in, c, ret))
		return false;
	return cli_open(in, false, ret_db) == OK;
}

static int end(struct invocation *in, struct db *db, enum err e, const char *what, i64 n)
{
	struct count counts[] = { { what, n } };
	if (e == INTERNAL || e == BUSY)
		cli_say("not done: %s", db_error(db));
	db_close(db);
	if (e != OK)
		return EXIT_NOTHING;
	cli_report(in, counts, lengthof(counts));
	return n ? EXIT_DONE : EXIT_NOTHING;
}

/* ---- list ---- */

static void put_text(struct buf *b, const struct msg_row *r, str recipient)
{
	buf_printf(b, "%lld\t%.*s\t%.*s\t%.*s\t%.*s\t%lld\t%.*s", (long long)r->id, STR_ARG(ms_iso(b->a, r->created_at)), STR_ARG(r->channel),
	           STR_ARG(r->template), STR_ARG(r->state), (long long)r->attempts, STR_ARG(r->last_error));
	if (recipient.p)
		buf_printf(b, "\t%.*s", STR_ARG(recipient));
	buf_byte(b, '\n');
}

static void put_json(struct json *j, struct arena *a, const struct msg_row *r, str recipient)
{
	json_open(j, '{');
	json_member(j, S("id"), str_printf(a, "%lld", (long long)r->id));
	json_member(j, S("created_at"), ms_iso(a, r->created_at));
	json_member(j, S("channel"), r->channel);
	json_member(j, S("template"), r->template);
	json_member(j, S("state"), r->state);
	json_key(j, S("attempts"));
	json_i64(j, r->attempts);
	json_key(j, S("parts"));
	json_i64(j, r->parts);
	json_member(j, S("reason"), r->last_error);
	json_member(j, S("next_at"), str_eq(r->state, S("waiting")) ? ms_iso(a, r->next_at) : (str){ 0 });
	if (recipient.p)
		json_member(j, S("recipient"), recipient);
	json_close(j, '}');
}

static void print_rows(struct invocation *in, const struct msg_row_list *rows, const str *recipients)
{
	struct buf b = buf_new(in->a, (size_t)4 << 20);
	struct json j = json_new(&b);
	if (in->json)
		json_open(&j, '[');
	for (size_t i = 0; i < rows->n; i++) {
		if (in->json)
			put_json(&j, in->a, &rows->v[i], recipients[i]);
		else
			put_text(&b, &rows->v[i], recipients[i]);
	}
	if (in->json) {
		json_close(&j, ']');
		buf_byte(&b, '\n');
	}
	cli_print(&b);
}

static bool known_state(str state)
{
	static const char *const states[] = { "waiting", "sending", "sent", "failed", "cancelled", "stopped", "demo" };
	for (size_t i = 0; i < lengthof(states); i++)
		if (str_eq(state, str_c(states[i])))
			return true;
	cli_say("%.*s: no message is ever in that state; see gabare help outbox list", STR_ARG(state));
	return false;
}

int cmd_outbox_list(struct invocation *in)
{
	struct config c;
	struct vault_asker vault;
	struct msg_row_list rows;
	struct db *db = NULL;
	str state = cli_option(in, "state");
	if ((state.p && !known_state(state)) || cli_config(in, &c) != OK)
		return EXIT_USAGE;
	if (cli_open(in, true, &db) != OK)
		return EXIT_NOTHING;
	enum err e = msg_rows(db, state, INT64_MAX, LIST_MOST, &rows);
	str *recipients = arena_many(in->a, str, e == OK ? rows.n + 1 : 1);
	if (e == OK && cli_flag(in, "recipients"))
		e = open_vault(in, &c, &vault) ? msg_recipients(&vault, S("outbox list"), rows.v, rows.n, recipients) : INVALID;
	if (e == OK)
		print_rows(in, &rows, recipients);
	else if (e != INVALID)
		cli_say("not listed: %s", db_error(db));
	db_close(db);
	return e != OK || !rows.n ? EXIT_NOTHING : EXIT_DONE;
}

/* ---- retry, cancel ---- */

struct change { i64 id, n; bool cancel; };

static enum err change_tx(struct db *db, void *arg)
{
	struct change *x = arg;
	struct audit done = { .action = x->cancel ? "outbox.cancel" : "outbox.retry", .object = "message", .object_id = x->id };
	x->n = 1;
	if (!x->id)
		try(msg_retry_all(db, &x->n));
	else
		try(x->cancel ? msg_give_up(db, x->id) : msg_retry(db, x->id));
	return x->n ? audit_write(db, &done) : OK;
}

static int change(struct invocation *in, bool cancel)
{
	struct db *db = NULL;
	struct change x = { .cancel = cancel };
	bool all = !cancel && str_eq(in->operand[0], S("all"));
	if (!all && (!str_i64(in->operand[0], &x.id) || x.id <= 0)) {
		cli_say("%.*s: not a message's number; see gabare outbox list", STR_ARG(in->operand[0]));
		return EXIT_USAGE;
	}
	if (cli_open(in, false, &db) != OK)
		return EXIT_NOTHING;
	enum err e = db_tx(db, change_tx, &x);
	if (e == NOT_FOUND)
		cli_say("no message has the number %.*s", STR_ARG(in->operand[0]));
	if (e == CONFLICT)
		cli_say(cancel ? "message %.*s has left, or is leaving" : "message %.*s has left, or what it said is forgotten", STR_ARG(in->operand[0]));
	return end(in, db, e, cancel ? "cancelled" : "to be tried again", x.n);
}

int cmd_outbox_retry(struct invocation *in)
{
	return change(in, false);
}

int cmd_outbox_cancel(struct invocation *in)
{
	return change(in, true);
}

/* ---- test, stop ---- */

/* The channel that an address is of. */
static bool read_address(struct invocation *in, enum msg_channel *ret_channel, str *ret)
{
	for (int c = 0; c < MSG_CHANNELS; c++) {
		*ret_channel = (enum msg_channel)c;
		*ret = msg_address(in->a, *ret_channel, in->operand[0]);
		if (ret->p)
			return true;
	}
	cli_say("%.*s: not an address that can be written to", STR_ARG(in->operand[0]));
	return false;
}

static enum err queue_tx(struct db *db, void *arg)
{
	return msg_queue(db, arg);
}

int cmd_outbox_test(struct invocation *in)
{
	struct config c;
	struct vault_asker vault;
	struct msg_ready ready;
	struct db *db = NULL;
	enum msg_channel channel;
	str to;
	if (!read_address(in, &channel, &to))
		return EXIT_USAGE;
	if (!open_both(in, &c, &db, &vault))
		return EXIT_NOTHING;
	struct msg m = { .channel = channel, .to = to, .template = "outbox-test",
		.key = str_printf(in->a, "outbox-test:%lld:%d", (long long)now_ms(), (int)getpid()) };
	enum err e = msg_write(&vault, &c.city, &m, &ready);
	if (e == OK)
		e = db_tx(db, queue_tx, &ready);
	if (e == OK)
		printf("%lld\n", (long long)ready.id);
	return end(in, db, e, c.city.demo ? "kept: a demonstration sends nothing" : "queued", 1);
}

struct stopping { enum msg_channel channel; str index; bool lift; };

static enum err stop_tx(struct db *db, void *arg)
{
	const struct stopping *x = arg;
	struct audit done = { .action = x->lift ? "outbox.stop-lift" : "outbox.stop", .object = msg_channel_name(x->channel) };
	try(x->lift ? msg_stop_lift(db, x->channel, x->index) : msg_stop(db, x->channel, x->index));
	return audit_write(db, &done);
}

int cmd_outbox_stop(struct invocation *in)
{
	struct config c;
	struct vault_asker vault;
	struct db *db = NULL;
	struct stopping x = { .lift = cli_flag(in, "lift") };
	str to;
	if (!read_address(in, &x.channel, &to))
		return EXIT_USAGE;
	if (!open_both(in, &c, &db, &vault))
		return EXIT_NOTHING;
	enum err e = msg_index(&vault, x.channel, to, &x.index);
	if (e == OK)
		e = db_tx(db, stop_tx, &x);
	if (e == NOT_FOUND)
		cli_say("this address was not on the list");
	return end(in, db, e, x.lift ? "written to again" : "never written to again", 1);
}

/* ---- measure ---- */

int cmd_outbox_measure(struct invocation *in)
{
	str text = sms_plain(in->a, in->operand[0]);
	struct sms_size s = sms_measure(text);
	struct buf b = buf_new(in->a, (size_t)1 << 20);
	struct json j = json_new(&b);
	const char *alphabet = s.ucs2 ? "UCS-2" : "GSM-7";
	if (!utf8_valid(text)) {
		cli_say("the text is not UTF-8");
		return EXIT_USAGE;
	}
	if (in->json) {
		json_open(&j, '{');
		json_member(&j, S("text"), text);
		json_member(&j, S("alphabet"), str_c(alphabet));
		json_key(&j, S("units"));
		json_i64(&j, s.units);
		json_key(&j, S("segments"));
		json_i64(&j, s.segments);
		json_key(&j, S("left"));
		json_i64(&j, s.left);
		json_close(&j, '}');
		buf_byte(&b, '\n');
	} else {
		buf_printf(&b, "%.*s\n", STR_ARG(text));
		cli_say("%s, %lld of %lld, %lld segment%s", alphabet, (long long)s.units, (long long)(s.units + s.left), (long long)s.segments,
		        s.segments > 1 ? "s" : "");
	}
	cli_print(&b);
	return EXIT_DONE;
}

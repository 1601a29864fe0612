/* The outbox: the only process that goes out. It claims rows by a write, waits for the disk, opens them through the vault and
 * hands them to the channel's relay. A message that is refused is tried again, later each time, or given up; a relay that is
 * away stops its channel, later each time too, and costs no message an attempt. A demonstration sends nothing. It also writes what is
 * written to many at once: the census and the network write to hundreds, more than a page may take to seal. */
#include <curl/curl.h>
#include <poll.h>

#include "app/gateway.h"
#include "app/mail.h"
#include "app/outbox_sql.h"
#include "app/worker.h"
#include "base/log.h"
#include "base/timex.h"
#include "census/census.h"
#include "handover/handover.h"
#include "meetings/meetings.h"
#include "msg/msg.h"
#include "msg/msg_sql.h"
#include "network/network.h"

#define LOOK_EVERY_MS 1000
#define CLAIM_MS ((i64)90 * 1000)                /* what a machine that died had claimed is taken again after that: 3 × a sending's limit */
#define AGAIN_FIRST_MS ((i64)60 * 1000)
#define AGAIN_MAX_MS ((i64)6 * 3600 * 1000)
#define ATTEMPTS_MAX 20                          /* about three days */
#define AWAY_FIRST_MS ((i64)2000)
#define AWAY_MAX_MS ((i64)5 * 60 * 1000)

/* One channel: where it leaves, when it may again, and how long it was put off last. */
struct way {
	enum msg_channel channel;
	struct sending (*send)(struct arena *a, const struct config *c, str secret, const struct message *m);
	bool open;
	str secret;
	i64 closed_until, put_off_ms;
};

struct outbox {
	struct process *p;
	struct db *db;
	struct arena *arena;
	struct way way[MSG_CHANNELS];
};

/* ---- claiming ---- */

struct claim { str channel; i64 run; struct outbox_row row; bool stopped; };

/* Who asked for no more messages since it was queued is left in peace. */
static enum err claim_tx(struct db *db, void *arg)
{
	struct claim *c = arg;
	i64 n = 0, now = now_ms();
	try(outbox_claim(db, c->channel, now, now + CLAIM_MS, c->run, &c->row));
	try(msg_stopped(db, c->channel, c->row.recipient_index, &n));
	c->stopped = n > 0;
	return c->stopped ? outbox_again(db, c->row.id, S("stopped"), c->row.attempts - 1, now, S(""), (struct opt_i64){ now, true }) : OK;
}

/* What it is, in clear. */
static enum err open_row(struct outbox *o, const struct outbox_row *row, struct message *ret)
{
	struct vault_asker vault = process_vault(o->p, o->arena, str_printf(o->arena, "outbox %lld", (long long)row->id));
	const struct vault_item items[] = {
		{ str_printf(o->arena, "outbox:recipient:%lld", (long long)row->id), row->recipient_enc },
		{ str_printf(o->arena, "outbox:subject:%lld", (long long)row->id), row->subject_enc },
		{ str_printf(o->arena, "outbox:body:%lld", (long long)row->id), row->body_enc },
		{ str_printf(o->arena, "outbox:leave:%lld", (long long)row->id), row->leave_enc },
	};
	str clear[lengthof(items)] = { 0 };
	try(vault_open_as(&vault, S("sending"), items, lengthof(items) - (row->leave_enc.p ? 0 : 1), clear));
	*ret = (struct message){ row->id, now_ms(), clear[0], clear[1], clear[2], clear[3] };
	return OK;
}

/* ---- ending ---- */

struct ending { const struct outbox_row *row; struct sending s; };

static i64 again_in(i64 attempts)
{
	i64 wait = attempts < 10 ? AGAIN_FIRST_MS << attempts : AGAIN_MAX_MS;
	return wait < AGAIN_MAX_MS ? wait : AGAIN_MAX_MS;
}

static enum err end_tx(struct db *db, void *arg)
{
	const struct ending *x = arg;
	i64 now = now_ms(), attempts = x->row->attempts;
	if (x->s.end == SEND_DONE)
		return outbox_sent(db, x->row->id, now);
	if (x->s.end == SEND_AWAY)
		return outbox_again(db, x->row->id, S("waiting"), attempts - 1, now, x->s.reason, (struct opt_i64){ 0 });
	bool over = x->s.end == SEND_REFUSED || attempts >= ATTEMPTS_MAX;
	return outbox_again(db, x->row->id, over ? S("failed") : S("waiting"), attempts, now + again_in(attempts), x->s.reason,
	                    (struct opt_i64){ now, over });
}

/* What left must be written down, or it leaves again. */
static enum err end_row(struct outbox *o, const struct ending *x)
{
	enum err e = BUSY;
	for (int tries = 0; e == BUSY && tries < 5; tries++)
		e = db_tx(o->db, end_tx, (void *)x);
	return e;
}

static void put_off(struct way *w, enum send_end end)
{
	i64 next = w->put_off_ms ? w->put_off_ms * 2 : AWAY_FIRST_MS;
	w->put_off_ms = end == SEND_AWAY ? (next < AWAY_MAX_MS ? next : AWAY_MAX_MS) : 0;
	w->closed_until = now_ms() + w->put_off_ms;
}

/* ---- sending ---- */

static struct sending hand_over(struct outbox *o, const struct way *w, const struct outbox_row *row)
{
	struct message m;
	enum err e = open_row(o, row, &m);
	if (e == INVALID)
		return (struct sending){ SEND_REFUSED, S("unreadable") };
	if (e != OK)
		return (struct sending){ SEND_AWAY, S("vault") };
	return w->send(o->arena, o->p->config, w->secret, &m);
}

/* One row of a channel, sent or put off. NOT_FOUND: nothing is due. */
static enum err send_one(struct outbox *o, struct way *w)
{
	struct claim c = { .channel = str_c(msg_channel_name(w->channel)), .run = o->p->shared->run };
	i64 due = 0;
	if (!w->open || now_ms() < w->closed_until)
		return NOT_FOUND;
	try(outbox_due(o->db, c.channel, now_ms(), &due));
	if (!due)
		return NOT_FOUND;
	try(db_tx(o->db, claim_tx, &c));
	if (c.stopped)
		return OK;
	try(db_barrier(o->db));
	struct ending x = { &c.row, hand_over(o, w, &c.row) };
	atomic_fetch_add(x.s.end == SEND_DONE ? &o->p->shared->mail_sent : &o->p->shared->mail_failed, 1);
	log_line(x.s.end == SEND_DONE ? LOG_INFO : LOG_WARN, "message", "channel=%.*s id=%lld sent=%d attempts=%lld reason=%s", STR_ARG(c.channel),
	         (long long)c.row.id, x.s.end == SEND_DONE, (long long)c.row.attempts, log_quote(o->arena, x.s.reason));
	put_off(w, x.s.end);
	return end_row(o, &x);
}

/* ---- the process ---- */

static void wait_a_moment(const struct process *p)
{
	struct pollfd wake = { p->signal_fd, POLLIN, 0 };
	mail_hang_up();
	poll(&wake, 1, LOOK_EVERY_MS);
}

/* A channel without a relay is closed: its messages wait. */
static void open_ways(struct outbox *o, struct arena *kept)
{
	const struct config *c = o->p->config;
	const struct { enum msg_channel channel; struct way way; str relay, secret_file; const char *see; } all[] = {
		{ MSG_MAIL, { .send = mail_send }, c->smtp_url, c->smtp_password_file, "[mail] smtp_url" },
		{ MSG_SMS, { .send = gateway_send }, c->sms_url, c->sms_secret_file, "[sms] url" },
	};
	for (size_t i = 0; i < lengthof(all); i++) {
		struct way *w = &o->way[all[i].channel];
		*w = all[i].way;
		w->channel = all[i].channel;
		w->open = all[i].relay.n && !c->city.demo;
		w->secret = process_secret(kept, all[i].secret_file);
		if (!w->open && !c->city.demo)
			log_line(LOG_INFO, "a channel has no relay: its messages wait", "channel=%s see=\"%s\"", msg_channel_name(w->channel), all[i].see);
	}
}

/* What the outbox before this one left; a demonstration keeps what waits. */
static enum err begin_tx(struct db *db, void *arg)
{
	const struct outbox *o = arg;
	try(outbox_orphans(db, o->p->shared->run, now_ms()));
	return o->p->config->city.demo ? outbox_keep(db, now_ms()) : OK;
}

/* Who has messages to write, some a turn, away from requests. */
static const struct { const char *name; enum err (*some)(struct db *db, const struct vault_asker *vault, const struct city *city, i64 *ret_n); } writers[] = {
	{ "census", census_prepare_some }, { "network", network_write_some }, { "meetings", meetings_write_some }, { "handover", handover_write_some },
};

static bool write_some(struct outbox *o)
{
	bool any = false;
	for (size_t i = 0; i < lengthof(writers); i++) {
		struct vault_asker vault = process_vault(o->p, o->arena, str_c(writers[i].name));
		i64 n = 0;
		enum err e = writers[i].some(o->db, &vault, &o->p->config->city, &n);
		if (e != OK && e != BUSY)
			log_line(LOG_ERROR, writers[i].name, "err=%s reason=%s", err_name(e), log_quote(o->arena, str_c(db_error(o->db))));
		any |= e == OK && n > 0;
		arena_reset(o->arena);
	}
	return any;
}

/* True when something was done. */
static bool turn(struct outbox *o)
{
	bool any = write_some(o);
	for (int i = 0; i < MSG_CHANNELS; i++) {
		enum err e = send_one(o, &o->way[i]);
		any = any || e == OK;
		if (e != OK && e != NOT_FOUND && e != BUSY)
			log_line(LOG_ERROR, "outbox", "err=%s reason=%s", err_name(e), log_quote(o->arena, str_c(db_error(o->db))));
	}
	arena_reset(o->arena);
	return any;
}

int outbox_main(struct process *p)
{
	static struct outbox o;
	struct arena *kept = arena_new(1 << 14);
	o.p = p;
	o.arena = arena_new((size_t)8 << 20);
	o.db = process_db(p);
	db_use_arena(o.db, o.arena);
	open_ways(&o, kept);
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		die("libcurl does not start");
	process_sandbox(p, SANDBOX_OUTBOX);
	if (db_tx(o.db, begin_tx, &o) != OK)
		log_line(LOG_WARN, "outbox", "reason=%s", log_quote(o.arena, str_c(db_error(o.db))));
	while (!process_told_to_stop(p)) {
		if (db_lost(o.db))
			return EXIT_LOST;
		if (!turn(&o))
			wait_a_moment(p);
	}
	mail_hang_up();
	db_close(o.db);
	arena_free(kept);
	return EXIT_SUCCESS;
}

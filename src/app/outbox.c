/* The outbox: the only process that goes out. It claims rows by a write, waits for the disk, opens them through the vault and
 * hands them to the relay; what fails is tried again, later each time. A demonstration sends nothing. */
#include <curl/curl.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "app/mail.h"
#include "app/outbox_sql.h"
#include "app/worker.h"
#include "base/log.h"
#include "base/pack.h"
#include "base/timex.h"
#include "http/seal.h"

#define LOOK_EVERY_MS 1000
#define CLAIM_MS ((i64)5 * 60 * 1000)            /* what a process that died had claimed is taken again after that */
#define AGAIN_FIRST_MS ((i64)60 * 1000)
#define ATTEMPTS_MAX 8
#define VAULT_PATIENCE_MS 5000

struct outbox {
	struct process *p;
	struct db *db;
	struct arena *arena;
	str password;
	char room[WAIT_MESSAGE_MAX];
};

struct claim { struct outbox *o; struct outbox_row row; };

static enum err claim_tx(struct db *db, void *arg)
{
	struct claim *c = arg;
	return outbox_claim(db, S("mail"), now_ms(), now_ms() + CLAIM_MS, &c->row);
}

/* Recipient, subject and body in clear. */
static enum err open_row(struct outbox *o, const struct outbox_row *row, struct mail *ret)
{
	static const char *const columns[] = { "recipient", "subject", "body" };
	const str sealed[] = { row->recipient_enc, row->subject_enc, row->body_enc };
	struct buf b = buf_new(o->arena, WAIT_MESSAGE_MAX);
	enum err result;
	str answer;
	pack_str(&b, str_printf(o->arena, "outbox %lld", (long long)row->id));
	pack_str(&b, S("sending"));
	pack_i64(&b, (i64)lengthof(columns));
	for (size_t i = 0; i < lengthof(columns); i++) {
		pack_str(&b, str_printf(o->arena, "outbox:%s:%lld", columns[i], (long long)row->id));
		pack_str(&b, sealed[i]);
	}
	if (b.full)
		return INVALID;
	try(ipc_ask(o->p->channels->v[CLIENT_OUTBOX][HELPER_VAULT].client, VAULT_OPEN, buf_str(&b), VAULT_PATIENCE_MS, o->room, sizeof(o->room), &result,
	            &answer));
	try(result);
	struct unpack u = { .rest = answer };
	*ret = (struct mail){ .to = unpack_str(&u), .subject = unpack_str(&u), .body = unpack_str(&u), .id = row->id, .at = now_ms() };
	return unpack_done(&u) ? OK : INTERNAL;
}

struct ending { const struct outbox_row *row; enum err e; str reason; };

static enum err end_tx(struct db *db, void *arg)
{
	const struct ending *x = arg;
	if (x->e == OK)
		return outbox_sent(db, x->row->id, now_ms());
	bool over = x->e == INVALID || x->row->attempts >= ATTEMPTS_MAX;
	i64 wait = AGAIN_FIRST_MS << (x->row->attempts < ATTEMPTS_MAX ? x->row->attempts : ATTEMPTS_MAX);
	return outbox_again(db, x->row->id, over ? S("failed") : S("waiting"), now_ms() + wait, x->reason, (struct opt_i64){ now_ms(), over });
}

/* One row, sent or put off. NOT_FOUND: nothing is due. */
static enum err send_one(struct outbox *o)
{
	i64 due = 0;
	struct claim c = { .o = o };
	struct mail m;
	str reason = S("the vault did not open it");
	try(outbox_due(o->db, S("mail"), now_ms(), &due));
	if (!due)
		return NOT_FOUND;
	try(db_tx(o->db, claim_tx, &c));
	try(db_barrier(o->db));
	enum err e = open_row(o, &c.row, &m);
	if (e == OK)
		e = mail_send(o->arena, o->p->config, o->password, &m, &reason);
	atomic_fetch_add(e == OK ? &o->p->shared->mail_sent : &o->p->shared->mail_failed, 1);
	log_line(e == OK ? LOG_INFO : LOG_WARN, "mail", "id=%lld err=%s attempts=%lld reason=%s", (long long)c.row.id, err_name(e),
	         (long long)c.row.attempts, log_quote(o->arena, e == OK ? S("") : reason));
	struct ending x = { &c.row, e, reason };
	return db_tx(o->db, end_tx, &x);
}

static str read_password(struct outbox *o)
{
	const struct config *c = o->p->config;
	char *text = malloc(512);
	if (!text || !c->smtp_password_file.n)
		return S("");
	int fd = open(str_z(o->arena, c->smtp_password_file), O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, 512) : -1;
	if (fd >= 0)
		close(fd);
	if (n < 0)
		log_line(LOG_ERROR, "relay password not read", "path=%s", log_quote(o->arena, c->smtp_password_file));
	return n > 0 ? str_trim((str){ text, (size_t)n }) : S("");
}

static void wait_a_moment(const struct process *p)
{
	struct pollfd wake = { p->signal_fd, POLLIN, 0 };
	poll(&wake, 1, LOOK_EVERY_MS);
}

int outbox_main(struct process *p)
{
	static struct outbox o;
	bool sends = p->config->smtp_url.n && !p->config->city.demo;
	o.p = p;
	o.arena = arena_new((size_t)8 << 20);
	o.db = process_db(p);
	db_use_arena(o.db, o.arena);
	o.password = read_password(&o);
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		die("libcurl does not start");
	if (!sends)
		log_line(LOG_INFO, "nothing is sent", "demo=%d relay=%d", p->config->city.demo, p->config->smtp_url.n > 0);
	process_sandbox(p, SANDBOX_OUTBOX);
	while (!process_told_to_stop(p)) {
		enum err e = sends ? send_one(&o) : NOT_FOUND;
		if (e != OK && e != NOT_FOUND && e != BUSY)
			log_line(LOG_ERROR, "outbox", "err=%s reason=%s", err_name(e), log_quote(o.arena, str_c(db_error(o.db))));
		if (db_lost(o.db))
			return EXIT_LOST;
		arena_reset(o.arena);
		if (e != OK)
			wait_a_moment(p);
	}
	db_close(o.db);
	return EXIT_SUCCESS;
}

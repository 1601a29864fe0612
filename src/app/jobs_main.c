/* The jobs process: its own connection, checkpoints each 200 ms when they are needed, the seals of the audit log each second, and
 * the timetable. It has no network and sees nothing hostile. A message to it means "look at the timetable now". */
#include "app/jobs.h"

#include <poll.h>
#include <unistd.h>

#include "app/rotate.h"
#include "app/worker.h"
#include "audit/audit.h"
#include "base/log.h"
#include "base/timex.h"
#include "census/census.h"
#include "charter/charter.h"
#include "handover/handover.h"
#include "matching/matching.h"
#include "guide/guide.h"
#include "intake/intake.h"
#include "people/people.h"
#include "lists/lists.h"
#include "db/upkeep.h"

#define CHECKPOINT_EVERY_MS 200
#define LOOK_EVERY_US 1000000
#define PLAN_EVERY_US ((i64)60 * 1000000)

struct jobs {
	struct process *p;
	struct db *db;
	struct arena *arena;
	char owner[64];
	const char *url;
	i64 looked_us, planned_us, sealed_us;
};

static bool messages(struct jobs *s)
{
	static char room[WAIT_MESSAGE_MAX];
	struct ipc_head head;
	str body;
	bool any = false;
	for (int i = 0; i < CLIENT_COUNT; i++) {
		int fd = s->p->channels->v[i][HELPER_JOBS].helper;
		while (fd >= 0 && ipc_receive(fd, &head, room, sizeof(room), &body) == OK) {
			any = true;
			head.result = OK;
			if (ipc_send(fd, head, S("")) != OK)
				log_line(LOG_WARN, "answer dropped: the client does not read", "client=%d", i);
		}
	}
	return any;
}

static void run_due(struct jobs *s)
{
	enum err of_job = OK;
	enum err e = OK;
	while (e == OK && !process_told_to_stop(s->p)) {
		e = jobs_run_one(&(struct runner){ s->db, s->url, s->arena, s->owner }, now_ms(), &of_job);
		if (e == OK) {
			atomic_fetch_add(&s->p->shared->jobs_run, 1);
			if (of_job != OK)
				atomic_fetch_add(&s->p->shared->jobs_failed, 1);
		} else if (e != NOT_FOUND && e != BUSY)
			log_line(LOG_ERROR, "timetable", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
		arena_reset(s->arena);
	}
}

/* The document of a charter that was prepared. */
static void draw_charter(struct jobs *s)
{
	struct vault_asker vault = process_vault(s->p, s->arena, S("charters"));
	enum err e = charter_step(s->db, &vault, &s->p->config->city);
	if (e != OK && e != NOT_FOUND && e != BUSY)
		log_line(LOG_ERROR, "charter", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	arena_reset(s->arena);
}

/* All the charters of a school in one document. */
static void draw_bundle(struct jobs *s)
{
	struct vault_asker vault = process_vault(s->p, s->arena, S("charters"));
	enum err e = charter_bundle_step(s->db, &vault, &s->p->config->city);
	if (e != OK && e != NOT_FOUND && e != BUSY)
		log_line(LOG_ERROR, "charters", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	else if (e == OK)
		log_line(LOG_INFO, "charters ended", "ok=1");
	arena_reset(s->arena);
}

/* A census that is being closed. */
static void freeze_census(struct jobs *s)
{
	bool closed;
	enum err e = census_freeze_due(s->db, &s->p->config->city, &closed);
	if (e != OK && e != BUSY)
		log_line(LOG_ERROR, "census not frozen", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	else if (e == OK && closed)
		log_line(LOG_INFO, "census closed", "ok=1");
	arena_reset(s->arena);
}

/* A file of places that somebody has sent. */
static void take_upload(struct jobs *s)
{
	enum err e = intake_step(s->db, s->url);
	if (e != OK && e != NOT_FOUND && e != BUSY)
		log_line(LOG_ERROR, "upload", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	arena_reset(s->arena);
}

/* A list of families that somebody has sent. */
static void take_list(struct jobs *s)
{
	struct vault_asker vault = process_vault(s->p, s->arena, S("lists"));
	enum err e = lists_step(s->db, &vault);
	if (e != OK && e != NOT_FOUND && e != BUSY)
		log_line(LOG_ERROR, "list", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	arena_reset(s->arena);
}

/* A guide that somebody has asked for. */
static void make_guide(struct jobs *s)
{
	enum err e = guide_step(s->db, &s->p->config->city);
	if (e != OK && e != NOT_FOUND && e != BUSY)
		log_line(LOG_ERROR, "guide", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	else if (e == OK)
		log_line(LOG_INFO, "guide ended", "ok=1");
	arena_reset(s->arena);
}

/* The access file of a household, as a document. */
static void draw_access(struct jobs *s)
{
	struct vault_asker vault = process_vault(s->p, s->arena, S("access file"));
	enum err e = people_step(s->db, &vault, &s->p->config->city);
	if (e != OK && e != NOT_FOUND && e != BUSY)
		log_line(LOG_ERROR, "access file", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	arena_reset(s->arena);
}

/* The master key is being replaced: as many batches as a fifth of a second holds. */
static void replace_key(struct jobs *s)
{
	i64 until = mono_us() + LOOK_EVERY_US / 5;
	bool more = true;
	while (more && mono_us() < until) {
		struct vault_asker vault = process_vault(s->p, s->arena, S("rotation"));
		enum err e = rotate_step(s->db, &vault, ROTATE_BATCH, &more);
		if (e != OK && e != BUSY)
			log_line(LOG_ERROR, "master key", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
		more = more && e == OK;
		arena_reset(s->arena);
	}
}

/* The receipt of a device that was handed over. */
static void draw_receipt(struct jobs *s)
{
	struct vault_asker vault = process_vault(s->p, s->arena, S("receipts"));
	enum err e = handover_step(s->db, &vault);
	if (e != OK && e != NOT_FOUND && e != BUSY)
		log_line(LOG_ERROR, "receipt", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	arena_reset(s->arena);
}

/* A proposal that an officer has asked for, or what follows from what they accepted. */
static void match_devices(struct jobs *s)
{
	enum err e = matching_step(s->db);
	if (e != OK && e != NOT_FOUND && e != BUSY)
		log_line(LOG_ERROR, "matching", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	arena_reset(s->arena);
}

/* One after the other, each turn; between two of them the process may be told to leave. */
static void (*const works[])(struct jobs *) = { draw_charter, draw_bundle, freeze_census, take_upload, take_list, make_guide, draw_access, replace_key,
	draw_receipt, match_devices, run_due };

static void turn(struct jobs *s)
{
	i64 now = mono_us();
	enum err e = db_checkpoint_step(s->db);
	if (e != OK && e != BUSY)
		log_line(LOG_ERROR, "checkpoint", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	if (!s->planned_us || now - s->planned_us > PLAN_EVERY_US) {
		e = jobs_plan(s->db, now_ms());
		s->planned_us = now;
		if (e != OK)
			log_line(LOG_WARN, "timetable not planned", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	}
	if (now - s->sealed_us > LOOK_EVERY_US) {
		s->sealed_us = now;
		e = audit_seal_all(s->db);
		if (e != OK && e != BUSY)
			log_line(LOG_ERROR, "audit log not sealed", "err=%s reason=%s", err_name(e), log_quote(s->arena, str_c(db_error(s->db))));
	}
	if (messages(s) || now - s->looked_us > LOOK_EVERY_US) {
		s->looked_us = now;
		for (size_t i = 0; i < lengthof(works) && !process_told_to_stop(s->p); i++)
			works[i](s);
	}
	arena_reset(s->arena);
}

int jobs_main(struct process *p)
{
	static struct jobs s;
	char host[32] = "";
	s.p = p;
	s.arena = arena_new((size_t)8 << 20);
	s.db = process_db(p);
	s.url = strndup(p->config->db_url.p, p->config->db_url.n);
	if (!s.url)
		die("out of memory");
	db_use_arena(s.db, s.arena);
	gethostname(host, sizeof(host) - 1);
	snprintf(s.owner, sizeof(s.owner), "%s/%d", host, (int)getpid());
	process_sandbox(p, SANDBOX_JOBS);
	while (!process_told_to_stop(p)) {
		if (db_lost(s.db))
			return EXIT_LOST;
		turn(&s);
		struct pollfd wake = { p->signal_fd, POLLIN, 0 };
		poll(&wake, 1, CHECKPOINT_EVERY_MS);
	}
	db_close(s.db);
	return EXIT_SUCCESS;
}

int jobs_recover(struct process *p)
{
	struct db *db = process_db(p);
	enum err e = db_checkpoint_all(db);
	if (e != OK)
		log_line(LOG_ERROR, "checkpoint failed", "err=%s", err_name(e));
	db_close(db);
	return e == OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

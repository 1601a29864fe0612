/* The kinds of jobs; see jobs.h. */
#include "app/jobs.h"

#include "accounts/accounts.h"
#include "app/jobs_sql.h"
#include "app/outbox_sql.h"
#include "audit/audit.h"
#include "base/timex.h"
#include "db/upkeep.h"
#include "directory/directory.h"
#include "directory/place_import.h"
#include "directory/place_opening.h"
#include "distribution/distribution.h"
#include "duplicates/duplicates.h"
#include "editing/editing.h"
#include "guide/guide.h"
#include "http/session.h"
#include "intake/intake.h"
#include "network/network.h"
#include "people/people.h"

#define MINUTE_MS ((i64)60 * 1000)
#define HOUR_MS ((i64)3600 * 1000)
#define DAY_MS (24 * HOUR_MS)
#define KEEP_IDEMPOTENCY_MS (2 * DAY_MS)         /* longer than any form stamp is good */
#define KEEP_JOBS_MS (30 * DAY_MS)
#define KEEP_BODIES_MS (30 * DAY_MS)             /* what messages said, and to whom */
#define KEEP_OUTBOX_MS (365 * DAY_MS)            /* that they were sent */
#define KEEP_CONTACTS_MS (90 * DAY_MS)           /* the form says three months */
#define KEEP_UPLOADS_MS (90 * DAY_MS)            /* files of places, and what was refused of them */
#define KEEP_DRAFTS_MS (90 * DAY_MS)             /* the page says three months */
#define KEEP_GUIDES_MS (90 * DAY_MS)             /* guides that were made, but for the two that were last on the site */
#define FILES_BATCH 5
#define PEOPLE_BATCH 20
#define BATCH 500                                /* rows a transaction: the write lock is held for milliseconds */

struct purge { i64 before, n; };

static enum err sessions_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return sessions_purge(db, BATCH, &p->n);
}

static enum err idempotency_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return idempotency_purge(db, p->before, BATCH, &p->n);
}

static enum err jobs_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	try(job_forget(db, p->before, BATCH));
	p->n = db_changes(db);
	return OK;
}

static enum err outbox_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	try(outbox_forget(db, p->before, BATCH));
	p->n = db_changes(db);
	return OK;
}

static enum err bodies_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	try(outbox_purge(db, p->before, BATCH));
	p->n = db_changes(db);
	return OK;
}

static enum err contacts_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return directory_forget_contacts(db, p->before, BATCH, &p->n);
}

static enum err audit_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return audit_forget(db, p->before, BATCH, &p->n);
}

/* Batches until one comes back short. */
static enum err purge(struct job *j, db_tx_fn *fn, i64 keep_ms, str *ret_result)
{
	i64 total = 0;
	struct purge p = { .before = now_ms() - keep_ms };
	do {
		p.n = 0;
		try(db_tx(j->db, fn, &p));
		total += p.n;
		try(job_progress(j, total, 0));
	} while (p.n == BATCH);
	*ret_result = str_printf(j->a, "%lld", (long long)total);
	return OK;
}

static enum err purge_sessions(struct job *j, str *ret)
{
	return purge(j, sessions_tx, 0, ret);
}

static enum err purge_idempotency(struct job *j, str *ret)
{
	return purge(j, idempotency_tx, KEEP_IDEMPOTENCY_MS, ret);
}

static enum err purge_jobs(struct job *j, str *ret)
{
	return purge(j, jobs_tx, KEEP_JOBS_MS, ret);
}

static enum err purge_outbox(struct job *j, str *ret)
{
	return purge(j, outbox_tx, KEEP_OUTBOX_MS, ret);
}

static enum err purge_bodies(struct job *j, str *ret)
{
	return purge(j, bodies_tx, KEEP_BODIES_MS, ret);
}

static enum err purge_contacts(struct job *j, str *ret)
{
	return purge(j, contacts_tx, KEEP_CONTACTS_MS, ret);
}

static enum err purge_audit(struct job *j, str *ret)
{
	return purge(j, audit_tx, AUDIT_KEEP_MS, ret);
}

static enum err accounts_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return accounts_purge(db, BATCH, &p->n);
}

static enum err purge_accounts(struct job *j, str *ret)
{
	return purge(j, accounts_tx, 0, ret);
}

static enum err refresh_statistics(struct job *j, str *ret)
{
	*ret = S("");
	return db_optimize(j->db);
}

static enum err openings_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return place_opening_renew(db, p->before, BATCH, &p->n);
}

static enum err renew_openings(struct job *j, str *ret)
{
	return purge(j, openings_tx, 0, ret);
}

static enum err sweep_imports(struct job *j, str *ret)
{
	*ret = S("");
	return place_import_cleanup(j->db, j->url, j->a);
}

static enum err find_duplicates(struct job *j, str *ret)
{
	i64 n = 0;
	struct arena *a = arena_new((size_t)1 << 30);
	enum err e = pairs_refresh(j->db, a, &n);
	arena_free(a);
	*ret = str_printf(j->a, "%lld", (long long)n);
	return e;
}

static enum err drafts_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return editing_forget_drafts(db, p->before, BATCH, &p->n);
}

static enum err purge_drafts(struct job *j, str *ret)
{
	return purge(j, drafts_tx, KEEP_DRAFTS_MS, ret);
}

static enum err uploads_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return intake_forget(db, p->before, FILES_BATCH, &p->n);
}

/* Few at a time: each may hold a file of megabytes. */
static enum err purge_uploads(struct job *j, str *ret)
{
	struct purge p = { .before = now_ms() - KEEP_UPLOADS_MS };
	i64 total = 0;
	do {
		try(db_tx(j->db, uploads_tx, &p));
		total += p.n;
	} while (p.n == FILES_BATCH);
	*ret = str_printf(j->a, "%lld", (long long)total);
	return OK;
}

static enum err names_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return print_forget_names(db, p->before, BATCH, &p->n);
}

/* Who took deliveries of guides in. */
static enum err purge_names(struct job *j, str *ret)
{
	return purge(j, names_tx, PRINT_KEEP_NAMES_MS, ret);
}

static enum err guides_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return guide_forget(db, p->before, &p->n);
}

/* One at a time: each has megabytes of files. */
static enum err purge_guides(struct job *j, str *ret)
{
	struct purge p = { .before = now_ms() - KEEP_GUIDES_MS };
	i64 total = 0;
	do {
		try(db_tx(j->db, guides_tx, &p));
		total += p.n;
	} while (p.n);
	*ret = str_printf(j->a, "%lld", (long long)total);
	return OK;
}

static enum err people_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return people_purge(db, PEOPLE_BATCH, &p->n);
}

/* Few at a time: each has persons, notes and tokens. */
static enum err purge_people(struct job *j, str *ret)
{
	struct purge p = { .n = 0 };
	i64 total = 0;
	do {
		try(db_tx(j->db, people_tx, &p));
		total += p.n;
		try(job_progress(j, total, 0));
	} while (p.n == PEOPLE_BATCH);
	*ret = str_printf(j->a, "%lld", (long long)total);
	return OK;
}

static enum err network_tx(struct db *db, void *arg)
{
	struct purge *p = arg;
	return network_purge(db, BATCH, &p->n);
}

static enum err purge_network(struct job *j, str *ret)
{
	return purge(j, network_tx, 0, ret);
}

const struct job_kind job_kinds[] = {
	{ "renew-openings", 5 * MINUTE_MS, renew_openings },
	{ "sweep-imports", HOUR_MS, sweep_imports },
	{ "find-duplicates", 15 * MINUTE_MS, find_duplicates },
	{ "refresh-statistics", HOUR_MS, refresh_statistics },
	{ "purge-sessions", HOUR_MS, purge_sessions },
	{ "purge-idempotency", HOUR_MS, purge_idempotency },
	{ "purge-jobs", DAY_MS, purge_jobs },
	{ "purge-bodies", DAY_MS, purge_bodies },
	{ "purge-outbox", DAY_MS, purge_outbox },
	{ "purge-audit", DAY_MS, purge_audit },
	{ "purge-accounts", DAY_MS, purge_accounts },
	{ "purge-contacts", DAY_MS, purge_contacts },
	{ "purge-drafts", DAY_MS, purge_drafts },
	{ "purge-network", DAY_MS, purge_network },
	{ "purge-uploads", DAY_MS, purge_uploads },
	{ "purge-guides", DAY_MS, purge_guides },
	{ "purge-delivery-names", DAY_MS, purge_names },
	{ "purge-people", DAY_MS, purge_people },
};
const size_t job_kinds_count = lengthof(job_kinds);

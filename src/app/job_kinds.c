/* The kinds of jobs; see jobs.h. Most of them forget, in batches: a row of the table says what, from which age on, and how much a
 * transaction takes. */
#include "app/jobs.h"

#include "accounts/accounts.h"
#include "aftersales/aftersales.h"
#include "app/jobs_sql.h"
#include "app/outbox_sql.h"
#include "audit/audit.h"
#include "base/timex.h"
#include "charter/charter.h"
#include "db/upkeep.h"
#include "directory/directory.h"
#include "directory/place_import.h"
#include "directory/place_opening.h"
#include "distribution/distribution.h"
#include "duplicates/duplicates.h"
#include "editing/editing.h"
#include "guide/guide.h"
#include "handover/handover.h"
#include "http/session.h"
#include "intake/intake.h"
#include "lists/lists.h"
#include "meetings/meetings.h"
#include "network/network.h"
#include "people/people.h"
#include "progress/progress.h"
#include "triage/triage.h"

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
#define KEEP_APPOINTMENTS_MS (60 * DAY_MS)       /* when a family was to come for its device, after that day */
#define KEEP_PILES_MS DAY_MS                     /* charters in one document: the page says a day */
#define KEEP_GUIDES_MS (90 * DAY_MS)             /* guides that were made, but for the two that were last on the site */
#define BATCH 500                                /* rows a transaction: the write lock is held for milliseconds */

/* ---- forgetting ---- */

static enum err forget_jobs(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	try(job_forget(db, before, most));
	*ret_n = db_changes(db);
	return OK;
}

static enum err forget_bodies(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	try(outbox_purge(db, before, most));
	*ret_n = db_changes(db);
	return OK;
}

static enum err forget_outbox(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	try(outbox_forget(db, before, most));
	*ret_n = db_changes(db);
	return OK;
}

static enum err forget_guides(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	(void)most;                              /* one a transaction */
	return guide_forget(db, before, ret_n);
}

struct batch { const struct job_kind *kind; i64 before, n; };

static enum err batch_tx(struct db *db, void *arg)
{
	struct batch *b = arg;
	const struct job_kind *k = b->kind;
	return k->due ? k->due(db, k->batch, &b->n) : k->some(db, b->before, k->batch, &b->n);
}

/* Batches until one comes back short. */
static enum err in_batches(struct job *j, str *ret_result)
{
	i64 total = 0;
	struct batch b = { .kind = j->kind, .before = now_ms() - j->kind->age_ms };
	do {
		b.n = 0;
		try(db_tx(j->db, batch_tx, &b));
		total += b.n;
		try(job_progress(j, total, 0));
	} while (b.n == j->kind->batch);
	*ret_result = str_printf(j->a, "%lld", (long long)total);
	return OK;
}

/* ---- the others ---- */

static enum err refresh_statistics(struct job *j, str *ret)
{
	*ret = S("");
	return db_optimize(j->db);
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

#define DUE_IN_BATCHES(name_, every_, due_, batch_) { .kind = name_, .every_ms = every_, .run = in_batches, .due = due_, .batch = batch_ }
#define IN_BATCHES(name_, every_, some_, age_, batch_) { .kind = name_, .every_ms = every_, .run = in_batches, .some = some_, .age_ms = age_, .batch = batch_ }

const struct job_kind job_kinds[] = {
	{ "sweep-imports", HOUR_MS, sweep_imports },
	{ "find-duplicates", 15 * MINUTE_MS, find_duplicates },
	{ "refresh-statistics", HOUR_MS, refresh_statistics },
	IN_BATCHES("renew-openings", 5 * MINUTE_MS, place_opening_renew, 0, BATCH),
	DUE_IN_BATCHES("freeze-figures", HOUR_MS, progress_freeze, 5),
	DUE_IN_BATCHES("purge-sessions", HOUR_MS, sessions_purge, BATCH),
	IN_BATCHES("purge-idempotency", HOUR_MS, idempotency_purge, KEEP_IDEMPOTENCY_MS, BATCH),
	IN_BATCHES("purge-jobs", DAY_MS, forget_jobs, KEEP_JOBS_MS, BATCH),
	IN_BATCHES("purge-bodies", DAY_MS, forget_bodies, KEEP_BODIES_MS, BATCH),
	IN_BATCHES("purge-outbox", DAY_MS, forget_outbox, KEEP_OUTBOX_MS, BATCH),
	IN_BATCHES("purge-audit", DAY_MS, audit_forget, AUDIT_KEEP_MS, BATCH),
	IN_BATCHES("purge-piles", HOUR_MS, charter_bundle_forget, KEEP_PILES_MS, 5),
	IN_BATCHES("purge-charters", DAY_MS, charter_forget, 0, 20),                 /* each may be a file of megabytes */
	DUE_IN_BATCHES("purge-accounts", DAY_MS, accounts_purge, BATCH),
	IN_BATCHES("purge-contacts", DAY_MS, directory_forget_contacts, KEEP_CONTACTS_MS, BATCH),
	IN_BATCHES("purge-drafts", DAY_MS, editing_forget_drafts, KEEP_DRAFTS_MS, BATCH),
	DUE_IN_BATCHES("purge-network", DAY_MS, network_purge, BATCH),
	IN_BATCHES("purge-uploads", DAY_MS, intake_forget, KEEP_UPLOADS_MS, 5),      /* each may hold a file of megabytes */
	IN_BATCHES("purge-lists", HOUR_MS, lists_forget, LIST_KEPT_MS, 5),
	IN_BATCHES("purge-guides", DAY_MS, forget_guides, KEEP_GUIDES_MS, 1),
	IN_BATCHES("purge-delivery-names", DAY_MS, print_forget_names, PRINT_KEEP_NAMES_MS, BATCH),
	IN_BATCHES("purge-triage", DAY_MS, triage_purge, TRIAGE_KEEP_MS, BATCH),
	IN_BATCHES("purge-handover", DAY_MS, handover_purge, KEEP_APPOINTMENTS_MS, BATCH),
	IN_BATCHES("purge-breakdown-words", DAY_MS, aftersales_forget, CARE_KEEP_WORDS_MS, BATCH),
	DUE_IN_BATCHES("purge-meetings", DAY_MS, meetings_purge, BATCH),
	DUE_IN_BATCHES("purge-people", DAY_MS, people_purge, 20),                    /* each has persons, notes and tokens */
};
const size_t job_kinds_count = lengthof(job_kinds);

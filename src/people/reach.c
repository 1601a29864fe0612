/* Who reaches a household, who saw it, and how long it is kept; see people.h. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/timex.h"
#include "db/id.h"
#include "http/session.h"
#include "people/access.h"
#include "people/people.h"
#include "people/people_sql.h"

static i64 reached_for(const struct req *req, i64 owner, const struct share_row_list *shares)
{
	i64 now = now_ms();
	if (accounts_may_in(req, CAP_PEOPLE, owner))
		return owner;
	for (size_t i = 0; shares && i < shares->n; i++)
		if (shares->v[i].until > now && !shares->v[i].ended_at.set && accounts_may_in(req, CAP_PEOPLE, shares->v[i].organisation_id))
			return shares->v[i].organisation_id;
	return 0;
}

static enum err reach(struct req *req, bool shared_too)
{
	struct household_row row;
	struct share_row_list shares;
	try(household_by_public(req->db, req_param(req, "foyer"), &row));
	if (row.erased_at.set || row.merged_into.set)
		return NOT_FOUND;
	if (shared_too)
		try(share_list(req->db, row.id, &shares));
	return reached_for(req, row.organisation_id, shared_too ? &shares : NULL) ? OK : NOT_FOUND;
}

enum err scope_household(struct req *req)
{
	return reach(req, true);
}

enum err scope_household_own(struct req *req)
{
	return reach(req, false);
}

enum err household_reached(struct req *req, struct household *ret, i64 *ret_organisation)
{
	struct share_row_list shares;
	try(household_named(req->db, req_param(req, "foyer"), ret));
	try(share_list(req->db, ret->id, &shares));
	*ret_organisation = reached_for(req, ret->organisation_id, &shares);
	ret->shared = *ret_organisation != ret->organisation_id;
	return *ret_organisation && !ret->erased ? OK : NOT_FOUND;
}

static struct audit seen_line(const struct req *req, i64 organisation_id, const char *why)
{
	assert(sight_is_told(why));
	return (struct audit){ .user_id = req->session->user_id, .organisation_id = organisation_id, .action = "household.see", .object = "household",
		.detail = str_c(why) };
}

enum err household_seen(struct db *db, const struct req *req, i64 household_id, i64 organisation_id, const char *why)
{
	struct audit line = seen_line(req, organisation_id, why);
	line.object_id = household_id;
	return audit_write(db, &line);
}

struct seeing { struct req *req; i64 organisation_id; const i64 *ids; size_t n; const char *why; };

static enum err seen_tx(struct db *db, void *arg)
{
	const struct seeing *s = arg;
	struct audit line = seen_line(s->req, s->organisation_id, s->why);
	return audit_write_each(db, &line, s->ids, s->n);
}

enum err households_seen(struct req *req, i64 organisation_id, const i64 *ids, size_t n, const char *why)
{
	return n ? db_tx(req->db, seen_tx, &(struct seeing){ req, organisation_id, ids, n, why }) : OK;
}

enum err households_shown(struct req *req, i64 organisation_id, const i64 *ids, size_t n, bool all, const char *why, struct household *ret)
{
	struct vault_asker vault = vault_of(req);
	struct household **v = arena_many(req->a, struct household *, n + 1);
	if (!n)
		return OK;
	try(households_get(req->db, ids, n, ret));
	for (size_t i = 0; i < n; i++)
		v[i] = &ret[i];
	try(all ? household_open(&vault, str_c(why), v, n) : household_open_names(&vault, str_c(why), v, n));
	return households_seen(req, organisation_id, ids, n, why);
}

/* ---- what is still to be told ---- */

html household_uninformed(const struct view *v, const struct household *h)
{
	if (h->notice_at.set)
		return (html){ S("") };
	const char *path = str_z(v->a, str_printf(v->a, "/agent/foyers/%.*s", STR_ARG(h->public_id)));
	return _h("Cette famille n’a pas encore été informée de ses droits. {1}", link_html(v, path, _("Les lui dire, et le noter")));
}

/* ---- how long ---- */

enum err households_met(struct db *db, const i64 *ids, size_t n, i64 at)
{
	return household_contact(db, ids_json(db_arena(db), ids, n, 1), at);
}

#define DAY_MS ((i64)86400 * 1000)

enum err household_ends(struct db *db, const struct household *h, struct date *ret)
{
	struct people_rule_row rule;
	struct date from = paris_of_ms(h->contact_at.set ? h->contact_at.v : h->created_at).date;
	try(people_rule_now(db, h->contact_at.set ? S("file_days") : S("no_contact_days"), date_iso(db_arena(db), today_paris()), &rule));
	*ret = rule.months ? date_after_months(from, (int)rule.months) : date_of_days(date_days(from) + rule.days);
	return OK;
}

/* The last day from which so many months have passed today. */
static struct date months_before(struct date today, int months)
{
	struct date d = date_after_months(today, -months), next = date_of_days(date_days(d) + 1);
	for (; date_days(date_after_months(next, months)) <= date_days(today); next = date_of_days(date_days(d) + 1))
		d = next;
	return d;
}

static enum err before_of(struct db *db, const char *rule, i64 now, i64 *ret)
{
	struct people_rule_row row;
	struct date today = paris_of_ms(now).date;
	try(people_rule_now(db, str_c(rule), date_iso(db_arena(db), today), &row));
	*ret = now - (row.months ? date_days(today) - date_days(months_before(today, (int)row.months)) : row.days) * DAY_MS;
	return OK;
}

enum err people_purge(struct db *db, i64 most, i64 *ret_n)
{
	struct household_over_row_list rows;
	i64 named_before, met_before, now = now_ms();
	try(before_of(db, "no_contact_days", now, &named_before));
	try(before_of(db, "file_days", now, &met_before));
	try(household_over(db, 0, named_before, met_before, now, most, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		bool met = rows.v[i].contact_at.set;
		try(household_erase(db, rows.v[i].id, met ? "time" : "no-contact"));
		try(audit_write(db, &(struct audit){ .organisation_id = rows.v[i].organisation_id, .action = "household.erase", .object = "household",
			.object_id = rows.v[i].id, .detail = met ? S("why=time") : S("why=no-contact") }));
	}
	*ret_n = (i64)rows.n;
	try(access_forget(db, now, most));
	try(visits_forget(db, now, most));
	return OK;
}

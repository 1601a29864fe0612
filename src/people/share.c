/* Opening a file to another organisation, for a reason and a time, and taking that back. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/timex.h"
#include "db/id.h"
#include "http/session.h"
#include "people/pages.h"
#include "people/people_sql.h"
#include "people/share_html.h"

#define SHARE_ROUTE HOUSEHOLD_ROUTE "/partage"
#define DAY_MS ((i64)86400 * 1000)

static enum err put_partners(struct req *req, const struct household *h, struct share_page *page)
{
	struct share_partner_list rows;
	i64 chosen = 0;
	(void)!str_i64(form_text(req, "avec"), &chosen);
	try(share_partners(req->db, h->organisation_id, PARTNERS_MOST, &rows));
	page->partners = (struct partners){ arena_many(req->a, struct partner, rows.n + 1), rows.n };
	for (size_t i = 0; i < rows.n; i++)
		page->partners.v[i] = (struct partner){ rows.v[i].id, rows.v[i].name, rows.v[i].id == chosen };
	return OK;
}

static enum err show(struct req *req, const struct household *h)
{
	const struct view *v = &req->v;
	struct share_row_list rows;
	struct share_page page = { .form = req->form, .h = h, .name = household_name(req->a, h), .path = household_path(req->a, h, "") };
	i64 now = now_ms();
	req->v.here = S(PEOPLE_ROUTE);
	try(share_list(req->db, h->id, &rows));
	page.v = arena_many(req->a, struct share_line, rows.n + 1);
	for (; page.n < rows.n; page.n++) {
		const struct share_row *r = &rows.v[page.n];
		bool open = !r->ended_at.set && r->until > now;
		page.v[page.n] = (struct share_line){ .id = r->id, .with = r->organisation, .why = choice_shown(v, share_reasons, r->reason), .from = people_day(v, r->at),
			.until = people_day(v, r->ended_at.set ? r->ended_at.v : r->until), .open = open };
	}
	try(put_partners(req, h, &page));
	try(form_stamp(req, SHARE_ROUTE));
	return share_html(&req->v, &page);
}

enum err share_show(struct req *req)
{
	struct household h;
	i64 organisation;
	try(household_shown(req, "share", &h, &organisation));
	return show(req, &h);
}

struct sharing { struct req *req; const struct household *h; i64 with, days, end; };

static enum err share_tx(struct db *db, void *arg, str *ret_path)
{
	const struct sharing *s = arg;
	i64 now = now_ms();
	struct arena *a = s->req->a;
	str detail = s->end ? str_printf(a, "share=%lld", (long long)s->end)
		: str_printf(a, "with=%lld reason=%.*s days=%lld", (long long)s->with, STR_ARG(form_text(s->req, "raison")), (long long)s->days);
	struct audit line = household_line(s->req, s->h, s->h->organisation_id, s->end ? "household.unshare" : "household.share", detail);
	*ret_path = household_path(a, s->h, "/partage");
	if (s->end)
		try(share_end(db, s->end, s->h->id, now));
	else
		try(share_insert(db, id_new(), s->h->id, s->with, form_text(s->req, "raison"), now, now + s->days * DAY_MS));
	return audit_write(db, &line);
}

/* The organisation that was chosen is one of those proposed. */
static enum err partner_of(struct req *req, const struct household *h, struct sharing *s)
{
	const struct view *v = &req->v;
	struct share_page page = { .n = 0 };
	try(put_partners(req, h, &page));
	for (size_t i = 0; i < page.partners.n; i++)
		if (page.partners.v[i].chosen)
			s->with = page.partners.v[i].id;
	if (!s->with)
		form_fail(req, "avec", _("Choisissez une organisation."));
	if (!form_given(req, "raison"))
		form_fail(req, "raison", _("Dites pourquoi : un dossier n’est jamais partagé sans raison."));
	if (!form_given(req, "duree") || !str_i64(form_text(req, "duree"), &s->days))
		form_fail(req, "duree", _("Dites pour combien de temps."));
	return OK;
}

enum err share_post(struct req *req)
{
	struct household h;
	i64 organisation;
	struct sharing s = { .req = req, .h = &h };
	try(household_shown(req, "share", &h, &organisation));
	if (form_given(req, "finir"))
		return str_i64(form_text(req, "finir"), &s.end) ? post_once(req, share_tx, &s) : NOT_FOUND;
	if (form_ok(req))
		try(partner_of(req, &h, &s));
	if (form_ok(req))
		return post_once(req, share_tx, &s);
	form_refused(req);
	return show(req, &h);
}

/* What a household reads of itself by its card, beside its own page (visit.c): all that is held, with its document and its file, and who has
 * opened it. Reading all is written down, as when an agent does. */
#include "audit/audit.h"
#include "base/timex.h"
#include "http/response.h"
#include "http/session.h"
#include "people/access.h"
#include "people/family_html.h"
#include "people/people_sql.h"

#define OWN_DATA "/foyer/donnees"
#define SEEN_A_PAGE 20

static enum err read_tx(struct db *db, void *arg)
{
	const struct household *h = arg;
	return audit_write(db, &(struct audit){ .organisation_id = h->organisation_id, .action = "household.access-own", .object = "household", .object_id = h->id });
}

/* All that is held on who visits; *ret_there as in household_visiting. */
static enum err read_own(struct req *req, struct household *h, struct access_page *page, bool *ret_there)
{
	try(household_visiting(req, h, ret_there));
	if (!*ret_there)
		return OK;
	try(access_read(req, h, page));
	return db_tx(req->db, read_tx, h);
}

enum err visit_access(struct req *req)
{
	struct household h;
	struct access_page page;
	bool there;
	try(read_own(req, &h, &page, &there));
	if (!there)
		return OK;
	try(access_document(req, &h, &page));
	const char *leaving = req->v.stamp;
	try(form_stamp(req, OWN_DATA));
	const char *asking = req->v.stamp;
	req->v.stamp = leaving;
	return visit_access_html(&req->v, &page, asking);
}

enum err visit_access_post(struct req *req)
{
	struct household h;
	struct access_page page;
	bool there;
	try(household_visiting(req, &h, &there));
	if (!there)
		return OK;
	try(access_read(req, &h, &page));
	return access_ask_document(req, &h, &page, 0, S(OWN_DATA));
}

enum err visit_access_json(struct req *req)
{
	struct household h;
	struct access_page page;
	bool there;
	try(read_own(req, &h, &page, &there));
	return there ? access_send_json(req, &page) : OK;
}

enum err visit_access_pdf(struct req *req)
{
	struct household h;
	bool there;
	try(household_visiting(req, &h, &there));
	return there ? access_send_document(req, &h, S(OWN_DATA)) : OK;
}

enum err visit_seen(struct req *req)
{
	struct household h;
	struct seen_page page = { .n = 0 };
	bool there;
	try(household_visiting(req, &h, &there));
	if (!there)
		return OK;
	try(household_doings(req, &h, true, &page));
	seen_cut(req, &page, SEEN_A_PAGE, S("/foyer/vues"));
	return visit_seen_html(&req->v, &page);
}

/* What a telephone that reads a label opens: to anybody, whose device it is and whom to call, and nothing of who has it; to an agent who may, its page. */
#include "accounts/accounts.h"
#include "http/session.h"
#include "stock/found_html.h"
#include "stock/pages.h"

enum err device_found(struct req *req)
{
	struct device d;
	bool hands = false;
	struct found_page page = { .label = S("") };
	enum err e = stock_by_label(req->db, req_param(req, "etiquette"), &d);
	if (e != OK && e != NOT_FOUND && e != INVALID)
		return e;
	req->v.noindex = true;
	req->no_store = true;
	if (e == OK && req->session)
		try(device_hands(req, &d, &hands));
	if (hands || (e == OK && req->session && accounts_may_in(req, CAP_CAMPAIGNS, d.organisation_id)))
		return resp_redirect(req, device_path(req->a, &d, ""));
	if (e != OK) {
		req->status = 404;
		return stock_unknown_html(&req->v);
	}
	page.label = stock_label(req->a, d.label);
	page.owner = d.owner;
	page.gone = d.state == SS_GONE;
	try(accounts_organisation_name(req->db, d.organisation_id, &page.organisation));
	page.same = str_eq(page.owner, page.organisation);
	return stock_found_html(&req->v, &page);
}

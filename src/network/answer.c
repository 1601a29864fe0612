/* A contact says yes or no, or withdraws, by the link they were sent: no account. The first page does nothing, for mail scanners follow
 * links. Who says no is forgotten in that moment, but for the keyed hash that keeps others from adding them again. */
#include "network/pages.h"

#include "base/code.h"
#include "base/timex.h"
#include "html/format.h"
#include "http/session.h"
#include "network/answer_html.h"

#define CONSENT_ROUTE "/reseau/:code"

static enum err contact_of_code(struct req *req, struct network_contact_row *ret)
{
	struct vault_asker vault = vault_of(req);
	str index;
	req->v.noindex = true;
	req->no_store = true;
	try(contact_code_index(&vault, req_param(req, "code"), &index));
	return network_contact_by_code(req->db, index, ret);
}

/* A link that leads nowhere any more has a page that says what to do. */
static enum err refused(struct req *req, enum err e)
{
	if (e != NOT_FOUND)
		return e;
	req->status = 404;
	return consent_unknown_html(&req->v);
}

static str code_of(struct req *req)
{
	return code_plain(req->a, req_param(req, "code"));
}

enum err consent_show(struct req *req)
{
	struct network_contact_row c;
	enum err e = contact_of_code(req, &c);
	if (e != OK)
		return refused(req, e);
	struct consent_page page = { .code = code_of(req), .structure = c.organisation, .added_for = c.added_for, .given = c.given_at.set,
		.renew = c.given_at.set && c.asked_at.set && c.asked_at.v > c.given_at.v, .thanks = form_given(req, "merci") };
	if (c.given_at.set)
		page.since = date_shown(&req->v, paris_of_ms(c.given_at.v).date);
	try(form_stamp(req, CONSENT_ROUTE));
	return consent_html(&req->v, &page);
}

struct answering { struct req *req; const struct network_contact_row *c; bool yes; str path; };

static enum err answer(struct db *db, const struct answering *x)
{
	if (x->yes)
		try(network_contact_agree(db, x->c->id, now_ms(), S("link")));
	else
		try(contact_refuse(db, x->c));
	return network_note(db, x->req, x->yes ? "network.agree" : "network.withdraw", "network-contact", x->c->id, x->c->organisation_id);
}

static enum err answer_once(struct db *db, void *arg, str *ret_path)
{
	const struct answering *x = arg;
	*ret_path = x->path;
	return answer(db, x);
}

enum err consent_post(struct req *req)
{
	struct network_contact_row c;
	struct answering x = { .req = req, .c = &c, .yes = str_eq(form_text(req, "geste"), S("oui")), .path = S("/reseau/oubli") };
	enum err e = contact_of_code(req, &c);
	if (e == NOT_FOUND && !x.yes)
		return resp_redirect(req, S("/reseau/oubli"));         /* a second click: it was done */
	if (e != OK)
		return refused(req, e);
	if (x.yes)
		x.path = str_printf(req->a, "/reseau/%.*s?merci=1", STR_ARG(code_of(req)));
	else if (!str_eq(form_text(req, "geste"), S("non")))
		return resp_redirect(req, str_printf(req->a, "/reseau/%.*s", STR_ARG(code_of(req))));
	return post_once(req, answer_once, &x);
}

enum err consent_over(struct req *req)
{
	req->v.noindex = true;
	return consent_over_html(&req->v);
}

/* ---- one gesture, from a mail program (RFC 8058) ---- */

/* Somebody opened it as a page. */
enum err consent_leave_link(struct req *req)
{
	return resp_redirect(req, str_printf(req->a, "/reseau/%.*s", STR_ARG(code_of(req))));
}

static enum err leave_tx(struct db *db, void *arg)
{
	return answer(db, arg);
}

/* No page of ours was open, so there is no stamp: who has the link may, and doing it twice changes nothing. */
enum err consent_leave(struct req *req)
{
	struct network_contact_row c;
	struct answering x = { .req = req, .c = &c };
	enum err e = contact_of_code(req, &c);
	if (e == OK && !str_eq(pairs_get(&req->body, "List-Unsubscribe"), S("One-Click")))
		return INVALID;
	if (e == OK)
		e = db_tx(req->db, leave_tx, &x);
	req->content_type = S("text/plain; charset=utf-8");
	if (e == OK || e == NOT_FOUND)
		buf_put(&req->out, S("ok\n"));
	return e == NOT_FOUND ? OK : e;
}

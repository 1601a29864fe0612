/* What people said is wrong on a place's page: a list for who coordinates the network, oldest first; each is closed with a note of
 * what was found. The contact that somebody left is opened on its own page only. */
#include "oversight/report_queue.h"

#include "audit/audit.h"
#include "base/timex.h"
#include "oversight/report_queue_html.h"
#include "http/seal.h"
#include "http/session.h"

#define OPEN_SHOWN 50
#define CLOSED_SHOWN 20
#define REPORT_QUEUE "/agent/signalements"

str report_day(const struct view *v, i64 ms)
{
	return date_shown(v, paris_of_ms(ms).date);
}

static enum err list(struct req *req)
{
	struct report_row_list open;
	struct report_closed_row_list closed;
	try(reports_open(req->db, OPEN_SHOWN, &open));
	try(reports_closed(req->db, CLOSED_SHOWN, &closed));
	return report_queue_html(&req->v, &open, &closed);
}

static enum err report_asked(struct req *req, struct report_one_row *ret)
{
	i64 id;
	req->v.here = S(REPORT_QUEUE);
	return str_i64(form_text(req, "numero"), &id) ? report_one(req->db, id, ret) : NOT_FOUND;
}

/* `form`: what was typed and is not right; NULL at first. */
static enum err show(struct req *req, const struct form *form, const struct report_one_row *r)
{
	str contact = {0};
	struct vault_item sealed = {
		.at = str_printf(req->a, "place_report:contact_enc:%lld", (long long)r->id), .value = r->contact_enc,
	};
	if (r->contact_enc.p)
		try(vault_open(req, S("answering a report"), &sealed, 1, &contact));
	try(form_stamp(req, REPORT_QUEUE));
	return report_show_html(&req->v, form, r, contact);
}

enum err report_queue(struct req *req)
{
	struct report_one_row r;
	req->v.here = S(REPORT_QUEUE);
	if (!form_given(req, "numero"))
		return list(req);
	try(report_asked(req, &r));
	return str_eq(r.state, S("open")) ? show(req, NULL, &r) : resp_redirect(req, S(REPORT_QUEUE));
}

struct closing { i64 id, user_id; str state, note; };

static enum err close_once(struct db *db, void *arg, str *ret_path)
{
	const struct closing *c = arg;
	*ret_path = S(REPORT_QUEUE);
	try(report_close(db, c->id, c->state, c->note, now_ms(), c->user_id));
	if (!db_changes(db))
		return OK;                       /* a colleague was quicker: what they noted stays */
	return audit_write(db, &(struct audit){ .user_id = c->user_id, .action = "report.close", .object = "place_report", .object_id = c->id });
}

enum err report_close_post(struct req *req)
{
	struct report_one_row r;
	try(report_asked(req, &r));
	if (!form_ok(req)) {
		form_refused(req);
		return show(req, req->form, &r);
	}
	struct closing c = { .id = r.id, .user_id = req->session->user_id, .state = form_text(req, "suite"), .note = form_text(req, "note") };
	return post_once(req, close_once, &c);
}

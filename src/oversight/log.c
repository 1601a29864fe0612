/* /agent/journal: who did what, for the data protection officer; by day, action and user, and as a CSV file. */
#include "oversight/pages.h"

#include "audit/audit.h"
#include "base/csv.h"
#include "hours/hours.h"
#include "http/session.h"
#include "oversight/log_html.h"

/* What is asked for; all of it may be absent. */
struct asked { struct opt_i64 from, to, user; str action, day; i64 before; };

static struct asked asked_of(struct req *req)
{
	struct asked q = { .before = INT64_MAX };
	i64 n;
	str day = form_text(req, "jour");
	struct date d;
	if (form_given(req, "jour") && date_parse(day, &d)) {
		q.day = day;
		q.from = (struct opt_i64){ ms_of_local((struct local){ date_days(d), 0 }), true };
		q.to = (struct opt_i64){ ms_of_local((struct local){ date_days(d) + 1, 0 }), true };
	}
	if (form_given(req, "action"))
		q.action = form_text(req, "action");
	if (form_given(req, "compte") && str_i64(form_text(req, "compte"), &n))
		q.user = (struct opt_i64){ n, true };
	if (form_given(req, "avant") && str_i64(form_text(req, "avant"), &n))
		q.before = n;
	return q;
}

/* The address of a list: the same filters but those given here. */
static str url_of(const struct view *v, const char *path, const struct asked *q, i64 before)
{
	struct buf b = buf_new(v->a, 1000);
	const char *sep = "?";
	buf_put(&b, in_language(v, v->lang, str_c(path)));
	if (q->day.n) {
		buf_printf(&b, "%sjour=%.*s", sep, STR_ARG(q->day));
		sep = "&";
	}
	if (q->action.n) {
		buf_printf(&b, "%saction=%.*s", sep, STR_ARG(q->action));
		sep = "&";
	}
	if (q->user.set) {
		buf_printf(&b, "%scompte=%lld", sep, (long long)q->user.v);
		sep = "&";
	}
	if (before)
		buf_printf(&b, "%savant=%lld", sep, (long long)before);
	return buf_str(&b);
}

static str object_of(struct arena *a, const struct audit_line *l)
{
	if (!l->object_id.set)
		return l->object;
	return str_printf(a, "%.*s %lld", STR_ARG(l->object), (long long)l->object_id.v);
}

static struct log_line line_of(const struct view *v, const struct audit_line *l, const struct asked *q)
{
	struct asked by_action = *q, by_user = *q;
	struct civil c = paris_of_ms(l->at);
	by_action.action = l->action;
	by_user.user = l->user_id;
	return (struct log_line){
		.at = str_printf(v->a, "%.*s:%02d", STR_ARG(time_shown(v->a, l->at)), c.ss), .iso = ms_iso(v->a, l->at), .action = l->action,
		.action_url = url_of(v, "/agent/journal", &by_action, 0), .user = l->user_id.set ? str_printf(v->a, "%lld", (long long)l->user_id.v) : _("aucun"),
		.user_url = l->user_id.set ? url_of(v, "/agent/journal", &by_user, 0) : (str){ 0 }, .object = object_of(v->a, l), .detail = l->detail,
		.sealed = l->position.set,
	};
}

static enum err read_lines(struct req *req, const struct asked *q, i64 most, struct audit_line_list *ret)
{
	return audit_lines(req->db, q->from, q->to, q->action.n ? q->action : (str){ 0 }, q->user, q->before, most, ret);
}

enum err log_index(struct req *req)
{
	struct asked q = asked_of(req);
	struct log_page page = { .form = req->form, .csv = url_of(&req->v, "/agent/journal.csv", &q, 0) };
	struct audit_line_list lines;
	req->v.here = S("/agent/journal");
	req->no_store = true;
	if (q.day.n || q.action.n || q.user.set)
		page.all = in_language(&req->v, req->v.lang, S("/agent/journal"));
	try(read_lines(req, &q, LINES_A_PAGE + 1, &lines));
	page.lines.v = arena_many(req->a, struct log_line, LINES_A_PAGE);
	while (page.lines.n < lines.n && page.lines.n < LINES_A_PAGE) {
		page.lines.v[page.lines.n] = line_of(&req->v, &lines.v[page.lines.n], &q);
		page.lines.n++;
	}
	if (lines.n > LINES_A_PAGE)
		page.older = url_of(&req->v, "/agent/journal", &q, lines.v[LINES_A_PAGE - 1].id);
	if (!form_ok(req)) {
		form_refused(req);
	}
	return log_index_html(&req->v, &page);
}

/* ---- the file ---- */

static enum err note_export(struct db *db, void *arg)
{
	const struct req *req = arg;
	struct audit a = { .user_id = req->session->user_id, .action = "audit.export", .object = "" };
	return audit_write(db, &a);
}

static str opt_figures(struct arena *a, struct opt_i64 v) { return v.set ? str_printf(a, "%lld", (long long)v.v) : S(""); }

static void put_line(struct buf *b, const struct audit_line *l)
{
	const str cells[] = { str_printf(b->a, "%lld", (long long)l->id), ms_iso(b->a, l->at), opt_figures(b->a, l->user_id),
		opt_figures(b->a, l->organisation_id), l->action, l->object, opt_figures(b->a, l->object_id), l->detail, opt_figures(b->a, l->position) };
	csv_row(b, cells, lengthof(cells));
}

/* From the newest to the oldest; what is written meanwhile is newer than the file. */
static enum err next_lines(struct req *req, struct buf *out)
{
	struct asked *q = req->handler_data;
	struct audit_line_list lines;
	try(read_lines(req, q, LINES_A_PIECE, &lines));
	for (size_t i = 0; i < lines.n; i++) {
		put_line(out, &lines.v[i]);
		q->before = lines.v[i].id;
	}
	return OK;
}

static enum err first_piece(struct req *req, struct buf *out)
{
	buf_put(out, S("id,date,compte,structure,action,objet,numero,detail,sceau\n"));
	req->next_piece = next_lines;
	return OK;
}

enum err log_csv(struct req *req)
{
	i64 sealed;
	struct asked *q = arena_one(req->a, struct asked);
	*q = asked_of(req);
	if (!form_ok(req))
		return NOT_FOUND;
	try(db_tx(req->db, note_export, req));
	try(audit_seal_some(req->db, SEALED_FIRST, &sealed));
	req->handler_data = q;
	resp_file(req, S("journal.csv"), true);
	resp_pieces(req, first_piece, (str){ 0 });
	return OK;
}

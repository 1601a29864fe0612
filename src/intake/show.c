/* /agent/imports/:import: how far an upload is, what would change, and what to do with it. */
#include "intake/pages.h"

#include "audit/audit.h"
#include "html/format.h"
#include "http/session.h"
#include "intake/show_html.h"

#define SHOW_ROUTE "/agent/imports/:import"

static bool is_state(const struct upload_row *r, const char *state) { return str_eq(r->state, str_c(state)); }

/* The numbers of a check or an import, in words; those that are nothing are left out, but for the first. */
static void put_counts(struct req *req, struct intake_show *page)
{
	static const char *const undone[] = { N_("lieux comme avant"), N_("lieux repartis"), N_("lieux changés depuis, laissés comme ils sont") };
	static const char *const shown[] = { [1] = "nouveaux", [2] = "changent", [5] = "absents", [7] = NULL };
	static const char *const labels[] = { N_("lignes lues"), N_("lieux nouveaux"), N_("lieux qui changent"), N_("lieux sans changement"),
		N_("lignes refusées"), N_("lieux que le fichier n’a plus"), N_("valeurs non reprises"), N_("valeurs à vérifier") };
	page->v = arena_many(req->a, struct intake_count, lengthof(labels));
	size_t i = 0, most = page->undone ? lengthof(undone) : lengthof(labels);
	for (str rest = page->row->counts, one; i < most && str_next(&rest, ' ', &one); i++) {
		i64 n;
		if (str_i64(one, &n) && (n || !i))
			page->v[page->n++] = (struct intake_count){ tr(req->v.lang, page->undone ? undone[i] : labels[i]), number_shown(req->a, req->v.lang, n),
				n && page->checked && shown[i] ? str_printf(req->a, "%.*s/lieux?quoi=%s", STR_ARG(page->path), shown[i]) : S("") };
	}
}

enum err intake_show_page(struct req *req)
{
	struct upload *u = arena_one(req->a, struct upload);
	req->v.here = S("/agent/imports");
	try(intake_load(req, u));
	const struct upload_row *r = &u->row;
	struct intake_show page = { .row = r, .path = intake_path(req, r->id), .day = iso_date_shown(&req->v, r->day) };
	page.rows = number_shown(req->a, req->v.lang, r->done);
	page.waits = is_state(r, "look") || is_state(r, "check") || is_state(r, "apply") || is_state(r, "undo");
	page.checked = is_state(r, "checked");
	page.done = is_state(r, "done");
	page.undone = is_state(r, "undone");
	page.failed = is_state(r, "failed");
	if (page.done && r->import_id.set)
		try(place_import_is_last(req->db, r->source, r->import_id.v, &page.can_undo));
	page.told = r->told;
	if (is_state(r, "columns"))
		return resp_redirect(req, str_printf(req->a, "%.*s/colonnes", STR_ARG(page.path)));
	put_counts(req, &page);
	try(form_stamp(req, SHOW_ROUTE));
	return show_html(&req->v, &page);
}

struct acting { struct req *req; i64 id; str act; };

static enum err act_tx(struct db *db, void *arg, str *ret_path)
{
	const struct acting *t = arg;
	i64 user = t->req->session->user_id;
	*ret_path = intake_path(t->req, t->id);
	if (str_eq(t->act, S("prendre")))
		try(upload_move(db, t->id, S("checked"), S("apply"), user));
	else if (str_eq(t->act, S("defaire")))
		try(upload_move(db, t->id, S("done"), S("undo"), user));
	else
		try(upload_stop(db, t->id));
	if (!db_changes(db))
		return OK;                       /* it is further already: its page says where */
	if (str_eq(t->act, S("defaire")))
		return OK;                       /* told when it is done */
	return audit_write(db, &(struct audit){ .user_id = user, .object = "upload", .object_id = t->id,
		.action = str_eq(t->act, S("prendre")) ? "import.accept" : "import.stop" });
}

enum err intake_leave(struct req *req, i64 id)
{
	return post_once(req, act_tx, &(struct acting){ req, id, S("abandonner") });
}

enum err intake_act(struct req *req)
{
	struct upload u;
	str act = form_text(req, "geste");
	try(intake_load(req, &u));
	if (!str_eq(act, S("prendre")) && !str_eq(act, S("abandonner")) && !str_eq(act, S("defaire")))
		return INVALID;
	return post_once(req, act_tx, &(struct acting){ req, u.row.id, act });
}

enum err intake_rejects(struct req *req)
{
	struct upload_rejects_row row;
	struct upload u;
	try(intake_load(req, &u));
	try(upload_rejects(req->db, u.row.id, &row));
	resp_file(req, str_printf(req->a, "import-%lld.csv", (long long)u.row.id), true);
	buf_put(&req->out, row.rejects);
	return OK;
}

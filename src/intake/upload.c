/* /agent/imports: a file is sent; those that were, and how far each is. */
#include "intake/pages.h"

#include "audit/audit.h"
#include "base/timex.h"
#include "db/id.h"
#include "html/format.h"
#include "http/session.h"
#include "intake/intake_html.h"

#define INDEX_ROUTE "/agent/imports"
enum { SHOWN = 30, SOURCES = 50 };

str intake_path(const struct req *req, i64 id)
{
	return str_printf(req->a, INDEX_ROUTE "/%lld", (long long)id);
}

static str state_words(const struct view *v, str state)
{
	if (str_eq(state, S("look")))
		return _("lecture en cours");
	if (str_eq(state, S("columns")))
		return _("colonnes à dire");
	if (str_eq(state, S("check")))
		return _("vérification en cours");
	if (str_eq(state, S("checked")))
		return _("vérifié, pas encore pris");
	if (str_eq(state, S("apply")))
		return _("les lieux entrent dans l’annuaire");
	if (str_eq(state, S("done")))
		return _("pris");
	if (str_eq(state, S("undo")) || str_eq(state, S("undone")))
		return _("défait");
	return str_eq(state, S("stopped")) ? _("abandonné") : _("n’a pas pu être lu");
}

static enum err show_index(struct req *req)
{
	struct upload_line_list rows;
	struct intake_index page = { .form = req->form, .today = date_iso(req->a, today_paris()) };
	struct upload_source_list sources;
	try(upload_sources(req->db, SOURCES, &sources));
	page.sources = (struct intake_words){ arena_many(req->a, str, sources.n + 1), sources.n };
	for (size_t i = 0; i < sources.n; i++)
		page.sources.v[i] = sources.v[i].source;
	try(uploads(req->db, SHOWN, &rows));
	page.v = arena_many(req->a, struct intake_line, rows.n + 1);
	for (; page.n < rows.n; page.n++) {
		const struct upload_line *r = &rows.v[page.n];
		page.v[page.n] = (struct intake_line){ intake_path(req, r->id), r->source, r->file_name,
			date_shown(&req->v, paris_of_ms(r->at).date), state_words(&req->v, r->state) };
	}
	try(form_stamp(req, INDEX_ROUTE));
	return intake_index_html(&req->v, &page);
}

enum err intake_index_page(struct req *req)
{
	req->form->n_errors = 0;                 /* nobody has been asked yet */
	return show_index(req);
}

/* The name under which a source is known, when what was typed differs by capitals, accents or signs alone: else all its places would be new. */
static enum err known_source(struct req *req, str *source)
{
	struct upload_source_list known;
	str key = place_term_key(req->a, *source);
	try(upload_sources(req->db, SOURCES, &known));
	for (size_t i = 0; i < known.n; i++)
		if (key.n && str_eq(key, place_term_key(req->a, known.v[i].source))) {
			*source = known.v[i].source;
			return OK;
		}
	return OK;
}

struct putting { struct req *req; str day, source; };

static enum err put_tx(struct db *db, void *arg, str *ret_path)
{
	const struct putting *p = arg;
	const struct req *req = p->req;
	i64 id = id_new(), user = req->session->user_id;
	*ret_path = intake_path(req, id);
	try(upload_put(db, id, now_ms(), user, p->source, req->file.name, p->day, req->file.content));
	return audit_write(db, &(struct audit){ .user_id = user, .action = "import.upload", .object = "upload", .object_id = id });
}

enum err intake_upload(struct req *req)
{
	const struct view *v = &req->v;
	struct date today = today_paris(), day = today;
	if (!req->file.content.n)
		form_fail(req, "fichier", req->file.content.p ? _("Ce fichier est vide.") : _("Choisissez un fichier."));
	if (form_given(req, "jour") && date_parse(form_text(req, "jour"), &day) && date_days(day) > date_days(today))
		form_fail(req, "jour", _("Ce jour n’est pas encore venu."));
	if (form_ok(req)) {
		struct putting p = { req, date_iso(req->a, day), form_text(req, "source") };
		try(known_source(req, &p.source));
		return post_once(req, put_tx, &p);
	}
	form_refused(req);
	return show_index(req);
}

/* The census from the side of who is asked: a link or a code on paper, no account; the record in groups, each corrected on a page of its
 * own and kept at once, so that one may stop and come back; then one button. Until the edition closes, answers may be corrected. */
#include "census/pages.h"

#include "audit/audit.h"
#include "base/code.h"
#include "base/timex.h"
#include "census/record_html.h"
#include "db/db.h"
#include "html/format.h"
#include "http/session.h"

#define RECORD_ROUTE "/recensement/:code/fiche"
#define GROUP_ROUTE "/recensement/:code/:groupe"

/* ---- a code that was typed ---- */

enum err census_code_form(struct req *req)
{
	try(form_stamp(req, "/recensement"));
	return census_code_html(&req->v, req->form);
}

enum err census_code_typed(struct req *req)
{
	struct view *v = &req->v;
	str code = code_plain(req->a, form_text(req, "code"));
	if (form_ok(req) && code.n != CENSUS_CODE_SIGNS)
		form_fail(req, "code", _("Le code a douze lettres et chiffres. Recopiez-le comme il est sur la lettre."));
	if (form_ok(req))
		return resp_redirect(req, str_printf(req->a, "/recensement/%.*s", STR_ARG(code)));
	form_refused(req);
	return census_code_form(req);
}

/* ---- whose code it is ---- */

/* A code that opens nothing any more has a page that says what to do. */
static enum err refused(struct req *req, enum err e)
{
	if (e != NOT_FOUND)
		return e;
	req->status = 404;
	return census_over_html(&req->v);
}

/* NOT_FOUND: it opens nothing: unknown, of an edition that is closed, or of a place that has left the directory. */
static enum err asked_of(struct req *req, struct asked_place *p)
{
	struct vault_asker vault = vault_of(req);
	str index;
	req->v.noindex = true;
	try(census_code_index(&vault, req_param(req, "code"), &index));
	try(census_ask_by_code(req->db, index, &p->ask));
	if (!str_eq(p->ask.edition_state, S("open")))
		return NOT_FOUND;
	return asked_place_read(req->db, p);
}

static str code_of(struct req *req)
{
	return code_plain(req->a, req_param(req, "code"));
}

static enum err to_record(struct req *req, const char *query)
{
	return resp_redirect(req, str_printf(req->a, "/recensement/%.*s/fiche%s", STR_ARG(code_of(req)), query));
}

/* ---- the first page: it does nothing, for mail scanners follow links ---- */

enum err census_welcome(struct req *req)
{
	struct asked_place p;
	enum err e = asked_of(req, &p);
	if (e != OK)
		return refused(req, e);
	struct record_page page = { .name = p.owned.place.f[P_NOM], .code = code_of(req), .until = iso_date_shown(&req->v, p.ask.answer_by) };
	try(form_stamp(req, "/recensement/:code"));
	return census_welcome_html(&req->v, &page);
}

static enum err begin_tx(struct db *db, void *arg)
{
	return census_ask_begin(db, *(i64 *)arg);
}

enum err census_begin(struct req *req)
{
	struct asked_place p;
	enum err e = asked_of(req, &p);
	if (e != OK)
		return refused(req, e);
	try(db_tx(req->db, begin_tx, &p.ask.id));
	return to_record(req, "");
}

/* ---- the record ---- */

static struct record_group record_group(const struct view *v, const struct asked_place *p, const struct edit_group *from, i64 number)
{
	struct record_group g = { number, from->title, arena_many(v->a, struct record_line, from->n), 0 };
	for (; g.n < from->n; g.n++) {
		enum place_field f = place_field_named(str_c(from->v[g.n].name));
		g.v[g.n] = (struct record_line){ from->v[g.n].label, edit_words(v, f, p->proposed.f[f]), !str_eq(p->owned.place.f[f], p->proposed.f[f]) };
	}
	return g;
}

static enum err show_record(struct req *req, const struct asked_place *p)
{
	const struct view *v = &req->v;
	struct edit_groups groups = edit_groups(v);
	struct record_page page = { .code = code_of(req), .name = p->owned.place.f[P_NOM], .until = iso_date_shown(v, p->ask.answer_by),
		.public_id = p->owned.place.f[P_ID], .saved = p->open > 0 || form_given(req, "note"), .gone = str_eq(p->ask.answer, S("gone")), .changed = p->open > 0 };
	page.thanks = str_eq(p->ask.state, S("answered")) || str_eq(p->ask.state, S("settled"));
	page.v = arena_many(req->a, struct record_group, groups.n);
	for (; page.n + 1 < groups.n; page.n++)
		page.v[page.n] = record_group(v, p, &groups.v[page.n], (i64)page.n + 1);
	try(form_stamp(req, RECORD_ROUTE));
	return census_record_html(&req->v, &page);
}

enum err census_record(struct req *req)
{
	struct asked_place p;
	enum err e = asked_of(req, &p);
	return e == OK ? show_record(req, &p) : refused(req, e);
}

/* ---- sending ---- */

struct sending { struct asked_place *p; bool gone; str path; };

/* That nothing has changed needs nobody to read it: the place was checked today. */
static enum err confirm(struct db *db, struct asked_place *p)
{
	struct place_amend am = { .author = str_printf(db_arena(db), "census %.*s", STR_ARG(p->ask.name)) };
	try(place_owned(db, p->owned.place.f[P_ID], &p->owned));
	am.place_id = p->owned.place.place_id;
	am.version_id = p->owned.version_id;
	am.place.f[P_ID] = p->owned.place.f[P_ID];
	am.place.f[P_DATE_MAJ] = date_iso(db_arena(db), today_paris());
	return place_amend(db, &am);
}

static enum err send_tx(struct db *db, void *arg, str *ret_path)
{
	struct sending *s = arg;
	i64 now = now_ms();
	bool same = !s->gone && !s->p->open;
	*ret_path = s->path;
	if (same)
		try(confirm(db, s->p));
	try(census_ask_state(db, s->p->ask.id, same ? S("settled") : S("answered"), s->gone ? S("gone") : same ? S("same") : S("changed"),
		(struct opt_i64){ now, true }, (struct opt_i64){ now, same }));
	return audit_write(db, &(struct audit){ .organisation_id = s->p->owned.organisation_id, .action = "census.answer", .object = "census-ask",
		.object_id = s->p->ask.id, .detail = s->gone ? S("gone") : same ? S("same") : S("changed") });
}

enum err census_send(struct req *req)
{
	struct asked_place p;
	enum err e = asked_of(req, &p);
	if (e != OK)
		return refused(req, e);
	struct sending s = { &p, str_eq(form_text(req, "geste"), S("parti")), str_printf(req->a, "/recensement/%.*s/fiche", STR_ARG(code_of(req))) };
	return post_once(req, send_tx, &s);
}

/* ---- one group of fields ---- */

struct saving { const struct asked_place *p; const struct form_spec *spec; struct place read; };

/* One of those that are asked: all but the last, which is between agents. */
static enum err group_of(struct req *req, struct group_page *page)
{
	struct edit_groups groups = edit_groups(&req->v);
	if (!str_i64(req_param(req, "groupe"), &page->number) || page->number < 1 || page->number >= (i64)groups.n)
		return NOT_FOUND;
	page->group = groups.v[page->number - 1];
	return OK;
}

static enum err show_group(struct req *req, const struct asked_place *p, struct group_page *page, const struct form *form)
{
	page->form = form;
	page->code = code_of(req);
	page->name = p->owned.place.f[P_NOM];
	try(form_stamp(req, GROUP_ROUTE));
	return census_group_html(&req->v, page);
}

/* What differs from the directory is a proposal; what agrees with it again is none. */
static enum err save_tx(struct db *db, void *arg)
{
	const struct saving *s = arg;
	const struct asked_place *p = s->p;
	bool reopened = str_eq(p->ask.state, S("settled")), sent = str_eq(p->ask.state, S("answered"));
	for (size_t i = 0; i < s->spec->n; i++) {
		enum place_field f = place_field_named(str_c(s->spec->fields[i].name));
		str after = s->read.f[f].p ? s->read.f[f] : S(""), before = p->owned.place.f[f], name = str_c(place_field_names[f]);
		if (str_eq(after, before))
			try(census_unpropose(db, p->ask.id, name));
		else
			try(census_propose(db, p->ask.id, name, before, after));
	}
	if (reopened || sent)
		return census_ask_state(db, p->ask.id, S("answered"), S("changed"), (struct opt_i64){ now_ms(), true }, (struct opt_i64){ 0 });
	return census_ask_begin(db, p->ask.id);
}

static enum err group_asked(struct req *req, struct asked_place *p, struct group_page *page)
{
	try(asked_of(req, p));
	return group_of(req, page);
}

enum err census_group(struct req *req)
{
	struct asked_place p;
	struct group_page page = { 0 };
	enum err e = group_asked(req, &p, &page);
	if (e != OK)
		return refused(req, e);
	return show_group(req, &p, &page, edit_form_of(req, &page.group.spec, &p.proposed));
}

enum err census_group_save(struct req *req)
{
	struct asked_place p;
	struct group_page page = { 0 };
	enum err e = group_asked(req, &p, &page);
	if (e != OK)
		return refused(req, e);
	struct saving s = { .p = &p, .spec = &page.group.spec };
	req->form = form_read(req, s.spec, &req->body);
	if (form_ok(req))
		s.read = edit_read(req, s.spec, &p.owned.place);
	if (!form_ok(req)) {
		form_refused(req);
		return show_group(req, &p, &page, req->form);
	}
	try(db_tx(req->db, save_tx, &s));
	return to_record(req, "?note=1");
}

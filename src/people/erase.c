/* Erasing a person, or a whole file: asked twice, then the keys are destroyed. */
#include "audit/audit.h"
#include "base/timex.h"
#include "http/session.h"
#include "people/erase_html.h"
#include "people/pages.h"

#define ERASE_ROUTE HOUSEHOLD_ROUTE "/effacer"

static enum err show(struct req *req, const struct household *h)
{
	struct erase_page page = { .form = req->form, .h = h, .name = household_name(req->a, h), .path = household_path(req->a, h, "") };
	req->v.here = S(PEOPLE_ROUTE);
	page.persons.v = arena_many(req->a, struct person_line, h->n + 1);
	for (; page.persons.n < h->n; page.persons.n++) {
		const struct person *p = &h->persons[page.persons.n];
		page.persons.v[page.persons.n] = (struct person_line){ .p = p, .name = str_trim(str_printf(req->a, "%.*s %.*s", STR_ARG(p->given), STR_ARG(p->family))) };
	}
	try(form_stamp(req, ERASE_ROUTE));
	return erase_html(&req->v, &page);
}

enum err erase_form(struct req *req)
{
	struct household h;
	i64 organisation;
	try(household_shown(req, "erase", &h, &organisation));
	req->form->n_errors = 0;
	return show(req, &h);
}

struct erasing { struct req *req; const struct household *h; i64 organisation, person; };

static enum err erase_tx(struct db *db, void *arg, str *ret_path)
{
	const struct erasing *e = arg;
	struct audit line = household_line(e->req, e->h, e->organisation, e->person ? "person.erase" : "household.erase", S("why=asked"));
	*ret_path = e->person ? household_path(e->req->a, e->h, "?fait=1") : S(PEOPLE_ROUTE);
	if (e->person)
		try(household_touch(db, e->h));
	try(e->person ? person_erase(db, e->person) : household_erase(db, e->h->id, "asked"));
	return audit_write(db, &line);
}

enum err erase_post(struct req *req)
{
	const struct view *v = &req->v;
	struct household h;
	struct erasing e = { .req = req, .h = &h };
	str what = form_text(req, "quoi");
	try(household_shown(req, "erase", &h, &e.organisation));
	bool whole = str_eq(what, S("foyer"));
	for (size_t i = 0; i < h.n; i++)
		if (str_eq(h.persons[i].public_id, what))
			e.person = h.persons[i].id;
	if (form_ok(req) && !whole && !e.person)
		form_fail(req, "quoi", _("Choisissez ce qui doit être effacé."));
	if (form_ok(req) && !form_bool(req, "certain"))
		form_fail(req, "certain", _("Cochez la case si vous êtes certain : rien ne reviendra."));
	if (form_ok(req) && h.keep_until > now_ms())
		form_fail(req, "quoi", _("Un prêt ou une charte est en cours : ce dossier ne peut pas encore être effacé."));
	enum err done = form_ok(req) ? post_once(req, erase_tx, &e) : OK;
	if (done == CONFLICT)
		form_fail(req, "quoi", _("Quelqu’un vient de changer ce dossier. Regardez-le à nouveau."));
	if (form_ok(req))
		return done;
	form_refused(req);
	return show(req, &h);
}

/* Opening a file for a household: a short form that says why each thing is asked, and shows who it may already be. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/phone.h"
#include "base/timex.h"
#include "http/session.h"
#include "people/change.h"
#include "people/open_html.h"
#include "people/pages.h"

#define NEW_ROUTE PEOPLE_ROUTE "/nouveau"

/* The organisations in whose name the session may open a file. */
static enum err put_organisations(struct req *req, struct partners *ret)
{
	const struct grants *g = req->session->grants;
	i64 chosen = 0;
	(void)!str_i64(form_text(req, "organisation"), &chosen);
	*ret = (struct partners){ .v = arena_many(req->a, struct partner, (g ? g->n : 0) + 1) };
	for (size_t i = 0; g && i < g->n; i++) {
		struct partner *p = &ret->v[ret->n];
		if (!(g->v[i].caps & 1u << CAP_PEOPLE))
			continue;
		*p = (struct partner){ .id = g->v[i].organisation_id, .chosen = g->v[i].organisation_id == chosen };
		try(accounts_organisation_name(req->db, p->id, &p->name));
		ret->n++;
	}
	return OK;
}

static enum err show(struct req *req, const struct households *alike)
{
	struct new_page page = { .form = req->form };
	req->v.here = S(PEOPLE_ROUTE);
	req->no_store = req->method == GET;
	try(put_organisations(req, &page.organisations));
	if (alike)
		put_lines(&req->v, alike, &page.alike);
	if (known_schools)
		try(known_schools->all(req->db, SCHOOLS_PROPOSED, &page.schools));
	try(form_stamp(req, NEW_ROUTE));
	return household_new_html(&req->v, &page);
}

enum err household_new_form(struct req *req)
{
	req->form->n_errors = 0;                 /* nobody has been asked yet */
	return show(req, NULL);
}

struct opening {
	struct req *req;
	struct household h;
	struct person persons[2];
	struct sealed_household sealed;
	struct sealed_person person[2];
};

/* In whose name: the one that was chosen, if it may be; else the first. */
static i64 organisation_of(struct req *req)
{
	const struct grants *g = req->session->grants;
	i64 chosen = 0;
	if (str_i64(form_text(req, "organisation"), &chosen) && accounts_may_in(req, CAP_PEOPLE, chosen))
		return chosen;
	for (size_t i = 0; g && i < g->n; i++)
		if (g->v[i].caps & 1u << CAP_PEOPLE)
			return g->v[i].organisation_id;
	return 0;
}

static void read_opening(struct req *req, struct opening *o)
{
	o->h.organisation_id = organisation_of(req);
	o->h.persons = o->persons;
	o->h.n = 1;
	home_of_form(req, &o->h);
	if (!str_eq(o->h.origin, S("school")))
		o->h.contact_at = (struct opt_i64){ now_ms(), true };
	o->persons[0] = adult_of_form(req);
	if (form_given(req, "enfant")) {
		o->persons[1] = (struct person){ .child = true, .given = form_text(req, "enfant"), .birth_year = form_int(req, "enfant_annee", 0),
			.class_ = text_of(req, "enfant_classe"), .school = text_of(req, "enfant_ecole"), .language = S(""), .channel = S("") };
		o->h.n = 2;
	}
}

static enum err open_tx(struct db *db, void *arg, str *ret_path)
{
	struct opening *o = arg;
	struct audit line = household_line(o->req, &o->h, o->h.organisation_id, "household.open", S(""));
	try(household_put(db, &o->sealed));
	for (size_t i = 0; i < o->h.n; i++)
		try(person_put(db, &o->person[i]));
	*ret_path = household_path(o->req->a, &o->h, "?fait=ouvert");
	return audit_write(db, &line);
}

static enum err seal(const struct vault_asker *vault, struct opening *o)
{
	try(household_seal(vault, &o->h, &o->sealed));
	for (size_t i = 0; i < o->h.n; i++) {
		o->persons[i].household_id = o->h.id;
		try(person_seal(vault, &o->persons[i], o->h.organisation_id, &o->person[i]));
	}
	return OK;
}

struct seeing { struct req *req; const struct households *found; };

static enum err seen_tx(struct db *db, void *arg)
{
	const struct seeing *s = arg;
	for (size_t i = 0; i < s->found->n; i++)
		try(household_seen(db, s->req, s->found->v[i].id, s->found->v[i].organisation_id, "alike"));
	return OK;
}

enum err household_new_post(struct req *req)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct opening o = { .req = req };
	struct households alike = { .n = 0 };
	bool known;
	read_opening(req, &o);
	for (size_t i = 0; i < o.h.n; i++)
		names_refused(req, &o.persons[i], i ? "enfant" : "prenom");
	if (form_ok(req) && !form_bool(req, "autre")) {
		try(people_alike(req->db, &vault, &o.h, &alike));
		if (alike.n)
			form_fail(req, "autre", _("Cette famille est peut-être déjà là. Regardez, ou dites que c’en est une autre."));
	}
	if (!form_ok(req)) {
		form_refused(req);
		if (alike.n)
			try(db_tx(req->db, seen_tx, &(struct seeing){ req, &alike }));
		return show(req, alike.n ? &alike : NULL);
	}
	try(household_locate(req->db, &o.h, &known));
	try(seal(&vault, &o));
	return post_once(req, open_tx, &o);
}

/* ---- the notice ---- */

enum err notice_show(struct req *req)
{
	req->v.here = S(PEOPLE_ROUTE);
	return notice_html(&req->v);
}

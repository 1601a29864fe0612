/* Households that are perhaps one family recorded twice: shown with the reasons, made one by an agent, never alone; and made two again. */
#include "audit/audit.h"
#include "base/phone.h"
#include "http/session.h"
#include "people/pages.h"
#include "people/people_sql.h"
#include "people/twins_html.h"

#define TWINS_ROUTE HOUSEHOLD_ROUTE "/doublons"
#define REASONS_MOST 6

static void reasons_of_pair(const struct view *v, const struct person *p, const struct person *q, str *ret, size_t *n)
{
	bool names = p->child == q->child && name_alike(v->a, p->given, q->given) && (p->child || name_alike(v->a, p->family, q->family));
	if (*n + 3 > REASONS_MOST)
		return;
	if (p->phone.n && str_eq(p->phone, q->phone))
		ret[(*n)++] = _f("même téléphone, {1}", phone_grouped(v->a, p->phone));
	if (names && p->birth_year && p->birth_year == q->birth_year)
		ret[(*n)++] = _f("{1} et {2} : noms proches, même année de naissance", p->given, q->given);
	else if (names)
		ret[(*n)++] = _f("{1} et {2} : noms proches", p->given, q->given);
}

static str reasons_of(const struct view *v, const struct household *h, const struct household *other)
{
	str all[REASONS_MOST];
	size_t n = 0;
	for (size_t i = 0; i < h->n; i++)
		for (size_t j = 0; j < other->n; j++)
			reasons_of_pair(v, &h->persons[i], &other->persons[j], all, &n);
	return str_join(v->a, all, n, S(" ; "));
}

static enum err put_twins(struct req *req, const struct household *h, struct twins_page *page)
{
	struct vault_asker vault = vault_of(req);
	struct households alike;
	struct household *v[PEOPLE_FOUND_MOST];
	size_t n = 0;
	try(people_alike(req->db, &vault, h, &alike));
	for (size_t i = 0; i < alike.n; i++)
		if (alike.v[i].id != h->id)
			v[n++] = &alike.v[i];
	try(household_open(&vault, S("perhaps the same family"), v, n));
	page->v = arena_many(req->a, struct twin_line, n + 1);
	for (; page->n < n; page->n++) {
		const struct household *o = v[page->n];
		page->v[page->n] = (struct twin_line){ o, household_name(req->a, o), o->address, reasons_of(&req->v, h, o) };
	}
	return OK;
}

static enum err put_merged(struct req *req, const struct household *h, struct twins_page *page)
{
	struct household_merged_row_list rows;
	try(household_merged_list(req->db, h->organisation_id, h->id, &rows));
	page->merged.v = arena_many(req->a, struct merged_line, rows.n + 1);
	for (; page->merged.n < rows.n; page->merged.n++) {
		struct household part = *h;
		part.persons = arena_many(req->a, struct person, h->n + 1);
		part.n = 0;
		for (size_t i = 0; i < h->n; i++)
			if (h->persons[i].household_id == rows.v[page->merged.n].id)
				part.persons[part.n++] = h->persons[i];
		page->merged.v[page->merged.n] = (struct merged_line){ rows.v[page->merged.n].public_id, household_name(req->a, &part) };
	}
	return OK;
}

struct seeing { struct req *req; const struct twins_page *page; i64 organisation; };

static enum err seen_tx(struct db *db, void *arg)
{
	const struct seeing *s = arg;
	for (size_t i = 0; i < s->page->n; i++)
		try(household_seen(db, s->req, s->page->v[i].h->id, s->organisation, "alike"));
	return OK;
}

static enum err show(struct req *req, const struct household *h, i64 organisation)
{
	struct twins_page page = { .form = req->form, .name = household_name(req->a, h), .path = household_path(req->a, h, "") };
	req->v.here = S(PEOPLE_ROUTE);
	try(put_twins(req, h, &page));
	try(put_merged(req, h, &page));
	if (page.n)
		try(db_tx(req->db, seen_tx, &(struct seeing){ req, &page, organisation }));
	try(form_stamp(req, TWINS_ROUTE));
	return twins_html(&req->v, &page);
}

enum err twins_show(struct req *req)
{
	struct household h;
	i64 organisation;
	try(household_shown(req, "twins", &h, &organisation));
	return show(req, &h, organisation);
}

struct joining { struct req *req; const struct household *h, *other; i64 organisation; bool undo; };

static enum err join_tx(struct db *db, void *arg, str *ret_path)
{
	const struct joining *j = arg;
	str detail = str_printf(j->req->a, "with=%lld", (long long)j->other->id);
	struct audit line = household_line(j->req, j->h, j->organisation, j->undo ? "household.unmerge" : "household.merge", detail);
	*ret_path = household_path(j->req->a, j->h, "/doublons");
	try(j->undo ? household_unmerge(db, j->other->id, j->h) : household_merge(db, j->other, j->h));
	return audit_write(db, &line);
}

/* The other one is of the same organisation, and still there. Whether it is merged already is for the transaction: a form sent twice counts once. */
static bool may_join(const struct joining *j)
{
	const struct household *o = j->other;
	return o->organisation_id == j->h->organisation_id && !o->erased && o->id != j->h->id;
}

enum err twins_post(struct req *req)
{
	const struct view *v = &req->v;
	struct household h, other;
	struct joining j = { .req = req, .h = &h, .other = &other, .undo = form_given(req, "defaire") };
	try(household_shown(req, "twins", &h, &j.organisation));
	enum err e = household_named(req->db, form_text(req, j.undo ? "defaire" : "avec"), &other);
	if (e == OK)
		e = may_join(&j) ? post_once(req, join_tx, &j) : NOT_FOUND;
	if (e != CONFLICT)
		return e;
	form_fail(req, "avec", _("Quelqu’un vient de changer un de ces dossiers. Regardez-les à nouveau."));
	form_refused(req);
	return show(req, &h, j.organisation);
}

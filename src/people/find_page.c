/* Looking for a household: by what one knows of it, never as a list of everybody. What was typed is sent in the body, so that no name stays in
 * an address, a history or a log; each household that is shown is written down as seen. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/timex.h"
#include "http/response.h"
#include "http/session.h"
#include "people/find_html.h"
#include "people/pages.h"

/* ---- what pages of people share ---- */

str household_path(struct arena *a, const struct household *h, const char *rest)
{
	return str_printf(a, PEOPLE_ROUTE "/%.*s%s", STR_ARG(h->public_id), rest);
}

str people_day(const struct view *v, i64 ms)
{
	return date_shown(v, paris_of_ms(ms).date);
}

struct audit household_line(const struct req *req, const struct household *h, i64 organisation, const char *action, str detail)
{
	return (struct audit){ .user_id = req->session->user_id, .organisation_id = organisation, .action = action, .object = "household", .object_id = h->id,
		.detail = detail };
}

static str children_of(const struct view *v, const struct household *h)
{
	str names[PERSONS_MOST];
	size_t n = 0;
	for (size_t i = 0; i < h->n && n < lengthof(names); i++) {
		const struct person *p = &h->persons[i];
		if (p->child)
			names[n++] = p->class_.n ? str_printf(v->a, "%.*s (%.*s)", STR_ARG(p->given), STR_ARG(choice_shown(v, class_choices, p->class_))) : p->given;
	}
	return str_join(v->a, names, n, S(", "));
}

void put_lines(const struct view *v, const struct households *all, struct household_lines *ret)
{
	*ret = (struct household_lines){ .v = arena_many(v->a, struct household_line, all->n + 1) };
	for (; ret->n < all->n; ret->n++) {
		const struct household *h = &all->v[ret->n];
		ret->v[ret->n] = (struct household_line){ h, household_name(v->a, h), children_of(v, h),
			h->contact_at.set ? _f("Dernier contact le {1}.", people_day(v, h->contact_at.v)) : _("Pas encore rencontrée.") };
	}
}

/* ---- the pages ---- */

static enum err show(struct req *req, const struct households *found)
{
	struct people_page page = { .form = req->form, .asked = found != NULL, .more = found && found->more };
	req->v.here = S(PEOPLE_ROUTE);
	req->no_store = true;
	if (found)
		put_lines(&req->v, found, &page.lines);
	try(form_stamp(req, PEOPLE_ROUTE));
	return people_index_html(&req->v, &page);
}

enum err people_index(struct req *req)
{
	return show(req, NULL);
}

struct seeing { struct req *req; const struct households *found; i64 mine; };    /* mine: with which what is not ours is shared */

static enum err seen_tx(struct db *db, void *arg)
{
	const struct seeing *s = arg;
	for (size_t i = 0; i < s->found->n; i++) {
		i64 owner = s->found->v[i].organisation_id;
		try(household_seen(db, s->req, s->found->v[i].id, accounts_may_in(s->req, CAP_PEOPLE, owner) ? owner : s->mine, "found"));
	}
	return OK;
}

static size_t own_organisations(const struct req *req, i64 *ret, size_t most)
{
	const struct grants *g = req->session->grants;
	size_t n = 0;
	for (size_t i = 0; g && i < g->n && n < most; i++)
		if (g->v[i].caps & 1u << CAP_PEOPLE)
			ret[n++] = g->v[i].organisation_id;
	return n;
}

enum err people_search(struct req *req)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct households found;
	i64 mine[16];
	size_t n = own_organisations(req, mine, lengthof(mine));
	if (form_ok(req) && !form_given(req, "q"))
		form_fail(req, "q", _("Écrivez un mot de son nom, son téléphone ou le code de sa carte."));
	if (!form_ok(req)) {
		form_refused(req);
		return show(req, NULL);
	}
	try(people_find(req->db, &vault, mine, n, form_text(req, "q"), &found));
	if (found.n)
		try(db_tx(req->db, seen_tx, &(struct seeing){ req, &found, mine[0] }));
	return show(req, &found);
}

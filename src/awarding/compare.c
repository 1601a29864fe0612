/* /attribution/:vague/essai: two rules side by side on the list that is closed, before its run. The seed is still secret, so ties are drawn by
 * another; nothing is written. */
#include "accounts/accounts.h"
#include "awarding/compare_html.h"
#include "awarding/wave_pages.h"

#define CHANGES_SHOWN 15
#define TRIAL_SEED "0000000000000000000000000000000000000000000000000000000000000000"

static enum err school_name(struct req *req, str uai, str *ret)
{
	struct school s;
	enum err e = school_by_uai(req->db, uai, &s);
	*ret = e == OK ? s.name : uai;
	return e == NOT_FOUND ? OK : e;
}

static enum err put(struct req *req, const struct alloc_comparison *c, struct compare_page *page)
{
	const struct view *v = &req->v;
	page->schools.v = arena_many(req->a, struct compare_school, c->schools.n + 1);
	for (; page->schools.n < c->schools.n; page->schools.n++) {
		const struct alloc_side *s = &c->schools.v[page->schools.n];
		struct compare_school *one = &page->schools.v[page->schools.n];
		*one = (struct compare_school){ .before = s->a->proposed, .after = s->b->proposed,
			.moves = str_printf(req->a, "+%lld −%lld", (long long)s->enter, (long long)s->leave) };
		try(school_name(req, s->a->school->id, &one->name));
	}
	page->changed = (i64)c->changed.n;
	page->changes.v = arena_many(req->a, struct compare_change, CHANGES_SHOWN);
	for (; page->changes.n < c->changed.n && page->changes.n < CHANGES_SHOWN; page->changes.n++) {
		const struct alloc_pair *p = &c->changed.v[page->changes.n];
		struct compare_change *one = &page->changes.v[page->changes.n];
		*one = (struct compare_change){ p->a->file->id, S(""), alloc_state_words(v, p->a->state), alloc_state_words(v, p->b->state) };
		try(school_name(req, p->a->file->school, &one->school));
	}
	page->more = page->changed - (i64)page->changes.n;
	page->done = true;
	return OK;
}

static enum err compare(struct req *req, const struct award_list_row *list, const struct params *other, struct compare_page *page)
{
	struct params own;
	struct alloc_input in, against;
	struct alloc_run first, second;
	struct alloc_fault fault;
	try(list_params(req->a, list, &own));
	try(list_input(req->a, list, &own, S(TRIAL_SEED), &in));
	against = in;
	against.params = other;
	try(alloc_run(req->a, &in, &first, &fault));
	try(alloc_run(req->a, &against, &second, &fault));
	struct alloc_comparison c = alloc_compare(req->a, &first, &second);
	return put(req, &c, page);
}

enum err award_compare(struct req *req)
{
	struct awarding w;
	struct award_list_row list;
	struct params own;
	struct rules_kept rules;
	i64 chosen = form_int(req, "autre", 0);
	try(awarding_of(req, &w));
	struct compare_page page = { .form = req->form, .path = w.path, .title = w.w.f[W_TITLE], .ready = w.now.list_id.set };
	try(rules_kept(req->db, req->a, w.c.organisation_id, &rules));
	page.rules.v = arena_many(req->a, struct option, rules.n + 2);
	page.rules.v[page.rules.n++] = (struct option){ "1", params_default()->name, chosen == 1 };
	for (size_t i = 0; i < rules.n; i++)
		page.rules.v[page.rules.n++] = (struct option){ str_printf(req->a, "%lld", (long long)rules.v[i].id).p, rules.v[i].params.name, chosen == rules.v[i].id };
	if (page.ready) {
		try(award_list_by_id(req->db, w.now.list_id.v, &list));
		try(list_params(req->a, &list, &own));
		page.first = own.name;
		for (size_t i = 0; i < rules.n && chosen > 1; i++)
			if (rules.v[i].id == chosen)
				try(compare(req, &list, &rules.v[i].params, &page));
		if (chosen == 1)
			try(compare(req, &list, params_default(), &page));
	}
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	return compare_html(&req->v, &page);
}

/* The routes of lists of families, and who reaches one: a campaign's, by who follows families in its organisation; a school's own, by its
 * referents alone. */
#include "http/session.h"
#include "lists/pages.h"

#define TEXT(name_, label_, max_) { .name = name_, .kind = F_TEXT, .label = label_, .max = max_ }

FORM_FIELDS(list_upload,
	TEXT("fichier", N_("Fichier"), 200), TEXT("campagne", N_("Campagne"), 20), TEXT("source", N_("D’où vient cette liste"), 60),
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 },
);
FORM_FIELDS(list_act, TEXT("geste", N_("Geste"), 20));
FORM_FIELDS(list_look,
	TEXT("quoi", N_("Quelles familles"), 10), TEXT("fait", N_("Fait"), 10),
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 },
);

#define CITY(method_, path_, handler_, form_, flags_) \
	ROUTE_WITH(method_, "/agent/campagnes/:campagne/listes" path_, handler_, CAP_PEOPLE, SCOPE(scope_list), form_, ROUTE_AGENT | (flags_))
#define SCHOOL(method_, path_, handler_, form_, flags_) \
	ROUTE_WITH(method_, "/agent/ecole/:ecole/listes" path_, handler_, CAP_SESSION, SCOPE(scope_list_school), form_, ROUTE_AGENT | (flags_))

ROUTES(lists,
	CITY(GET, "", lists_index, FORM(list_upload), 0),
	CITY(POST, "", lists_upload, FORM(list_upload), ROUTE_UPLOAD),
	CITY(GET, "-modele.csv", list_template, FORM_NONE, 0),
	CITY(GET, "/:liste", list_show, FORM_NONE, 0),
	CITY(POST, "/:liste", list_act, FORM(list_act), 0),
	CITY(GET, "/:liste/colonnes", list_columns_page, FORM_NONE, 0),
	CITY(POST, "/:liste/colonnes", list_columns_post, FORM_NONE, 0),
	CITY(GET, "/:liste/ecoles", list_schools_page, FORM_NONE, 0),
	CITY(POST, "/:liste/ecoles", list_schools_post, FORM_NONE, 0),
	CITY(GET, "/:liste/familles", list_review, FORM(list_look), 0),
	CITY(POST, "/:liste/familles", list_review_post, FORM(list_look), 0),
	CITY(GET, "/:liste/rejets.csv", list_rejects, FORM_NONE, 0),
	SCHOOL(GET, "", lists_index, FORM(list_upload), 0),
	SCHOOL(POST, "", lists_upload, FORM(list_upload), ROUTE_UPLOAD),
	SCHOOL(GET, "-modele.csv", list_template, FORM_NONE, 0),
	SCHOOL(GET, "/:liste", list_show, FORM_NONE, 0),
	SCHOOL(POST, "/:liste", list_act, FORM(list_act), 0),
	SCHOOL(GET, "/:liste/colonnes", list_columns_page, FORM_NONE, 0),
	SCHOOL(POST, "/:liste/colonnes", list_columns_post, FORM_NONE, 0),
	SCHOOL(GET, "/:liste/familles", list_review, FORM(list_look), 0),
	SCHOOL(POST, "/:liste/familles", list_review_post, FORM(list_look), 0),
	SCHOOL(GET, "/:liste/rejets.csv", list_rejects, FORM_NONE, 0),
);

bool lists_by_school(const struct req *req) { return req_param(req, "ecole").p != NULL; }

str lists_path(const struct req *req)
{
	str school = req_param(req, "ecole"), campaign = req_param(req, "campagne");
	return school.p ? str_printf(req->a, "/agent/ecole/%.*s/listes", STR_ARG(school)) : str_printf(req->a, "/agent/campagnes/%.*s/listes", STR_ARG(campaign));
}

/* Before a school has confirmed its list, nobody else sees it. */
static bool is_confirmed(const struct list_line *l)
{
	static const char *const states[] = { "apply", "done", "undo", "undone" };
	for (size_t i = 0; i < lengthof(states); i++)
		if (str_eq(l->state, str_c(states[i])))
			return true;
	return false;
}

enum err list_of(struct req *req, struct list_at *ret)
{
	struct campaign c;
	i64 id;
	*ret = (struct list_at){ .index = lists_path(req), .by_school = lists_by_school(req) };
	if (!str_i64(req_param(req, "liste"), &id))
		return NOT_FOUND;
	try(list_get(req->db, id, &ret->l));
	ret->path = str_printf(req->a, "%.*s/%lld", STR_ARG(ret->index), (long long)id);
	req->v.here = ret->by_school ? S("/agent/ecole") : S("/agent/campagnes");
	req->no_store = true;
	if (ret->by_school)
		return ret->l.school_id.set && str_eq(ret->l.uai, req_param(req, "ecole")) ? OK : NOT_FOUND;
	try(campaign_of(req, &c));
	return ret->l.campaign_id == c.id && (!ret->l.school_id.set || is_confirmed(&ret->l)) ? OK : NOT_FOUND;
}

enum err list_elsewhere(struct req *req, const struct list_at *at)
{
	try(resp_redirect(req, at->path));
	return MOVED;
}

static enum err with_list(struct req *req)
{
	struct list_at at;
	return req_param(req, "liste").p ? list_of(req, &at) : OK;
}

enum err scope_list(struct req *req)
{
	try(scope_files(req));
	return with_list(req);
}

enum err scope_list_school(struct req *req)
{
	try(scope_referent(req));
	return with_list(req);
}

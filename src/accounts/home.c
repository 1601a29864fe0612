/* The agents' home: calm and small, it says what one's roles can do. */
#include "accounts/pages.h"

#include "accounts/agent_html.h"
#include "http/session.h"

enum err account_own(struct req *req, struct account *ret)
{
	struct vault_asker vault = vault_of(req);
	try(account_get(req->db, req->session->user_id, ret));
	return account_open(&vault, S("one's own account"), &(struct account *const){ ret }, 1);
}

enum err accounts_own(struct req *req, str *ret_name, str *ret_address)
{
	struct account me;
	try(account_own(req, &me));
	*ret_name = me.name;
	*ret_address = me.email;
	return OK;
}

struct role_lines *role_lines_of(struct arena *a, const struct account_membership_row_list *m)
{
	struct role_lines *lines = arena_one(a, struct role_lines);
	lines->v = arena_many(a, struct role_line, m->n);
	for (size_t i = 0; i < m->n; i++) {
		enum account_role role;
		if (role_of_code(m->v[i].role, &role))
			lines->v[lines->n++] = (struct role_line){ m->v[i].organisation, role_label(role), m->v[i].suspended_at.set };
	}
	return lines;
}

struct role_list *role_list(const struct view *v, const struct choice *roles)
{
	struct role_list *list = arena_one(v->a, struct role_list);
	list->v = roles;
	while (roles[list->n].value)
		list->n++;
	return list;
}

const struct menu_links *agent_links(const struct view *v)
{
	struct menu_links *links = arena_one(v->a, struct menu_links);
	*links = *menu_all_links(v);
	if (links->n > 1)                        /* the first is the home itself */
		*links = (struct menu_links){ links->v + 1, links->n - 1 };
	return links;
}

enum err agent_home(struct req *req)
{
	struct account me;
	struct account_membership_row_list m;
	req->v.here = S("/agent");
	try(account_own(req, &me));
	try(account_memberships(req->db, me.id, &m));
	return agent_home_html(&req->v, me.name, role_lines_of(req->a, &m));
}

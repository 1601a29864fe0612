/* /agent/reseau: the groups, and one of them: its themes and the structures in it. Who runs the network changes them; a structure reads
 * those it is in. */
#include "network/pages.h"

#include "accounts/accounts.h"
#include "base/csv.h"
#include "base/timex.h"
#include "db/id.h"
#include "http/session.h"
#include "network/groups_html.h"

#define GROUP_ROUTE NETWORK "/groupes/:groupe"
#define GROUPS_MOST 200

/* ---- the list ---- */

/* A structure's user may have several: each group once. */
static enum err own_groups(struct req *req, struct network_group_line_list *ret)
{
	const struct grants *g = req->session->grants;
	ret->v = arena_many(req->a, struct network_group_line, GROUPS_MOST);
	for (size_t i = 0; g && i < g->n; i++) {
		struct network_group_line_list some;
		if (!(g->v[i].caps & 1u << CAP_CONTACTS))
			continue;
		try(network_groups(req->db, (struct opt_i64){ g->v[i].organisation_id, true }, &some));
		for (size_t j = 0; j < some.n && ret->n < GROUPS_MOST; j++) {
			size_t k = 0;
			while (k < ret->n && ret->v[k].id != some.v[j].id)
				k++;
			if (k == ret->n)
				ret->v[ret->n++] = some.v[j];
		}
	}
	return OK;
}

enum err network_index(struct req *req)
{
	struct groups_page page = { .runs = session_may(req->session, CAP_NETWORK) };
	req->v.here = S(NETWORK);
	if (page.runs) {
		try(network_totals(req->db, &page.total));
		try(network_groups(req->db, (struct opt_i64){ 0 }, &page.groups));
	} else
		try(own_groups(req, &page.groups));
	return network_index_html(&req->v, &page);
}

/* ---- making one, saying what it is ---- */

struct naming { struct req *req; i64 id; bool fresh; };

static enum err name_tx(struct db *db, void *arg, str *ret_path)
{
	const struct naming *n = arg;
	struct req *req = n->req;
	str name = form_text(req, "nom"), themes = form_text(req, "themes"), about = form_text(req, "presentation");
	str nothing = S("");
	themes = themes.p ? themes : nothing;
	about = about.p ? about : nothing;
	try(n->fresh ? network_group_put(db, n->id, name, themes, about, now_ms()) : network_group_change(db, n->id, name, themes, about));
	*ret_path = str_printf(req->a, NETWORK "/groupes/%lld?fait=1", (long long)n->id);
	return network_note(db, req, n->fresh ? "network.group-new" : "network.group-change", "network-group", n->id, 0);
}

static enum err show_form(struct req *req, const struct network_group_row *group, const struct form *form)
{
	struct group_form_page page = { .form = form, .id = group ? group->id : 0, .name = group ? group->name : S("") };
	req->v.here = S(NETWORK);
	try(form_stamp(req, group ? GROUP_ROUTE "/modifier" : NETWORK "/nouveau-groupe"));
	return group_form_html(&req->v, &page);
}

enum err group_new(struct req *req)
{
	return show_form(req, NULL, NULL);
}

enum err group_new_post(struct req *req)
{
	struct naming n = { req, id_new(), true };
	if (form_ok(req))
		return post_once(req, name_tx, &n);
	form_refused(req);
	return show_form(req, NULL, req->form);
}

enum err group_edit(struct req *req)
{
	struct network_group_row g;
	try(network_group_by_id(req->db, id_in_path(req, "groupe"), &g));
	const str values[] = { g.name, g.themes, g.about };
	return show_form(req, &g, form_with(req, group_spec, values, lengthof(values)));
}

enum err group_edit_post(struct req *req)
{
	struct network_group_row g;
	try(network_group_by_id(req->db, id_in_path(req, "groupe"), &g));
	struct naming n = { req, g.id, false };
	if (form_ok(req))
		return post_once(req, name_tx, &n);
	form_refused(req);
	return show_form(req, &g, req->form);
}

/* ---- one group ---- */

static str page_url(struct req *req, i64 id, i64 page)
{
	return in_language(&req->v, req->v.lang, str_printf(req->a, NETWORK "/groupes/%lld?page=%lld", (long long)id, (long long)page));
}

static enum err read_removed(struct req *req, struct group_page *page)
{
	if (!form_given(req, "retire"))
		return OK;
	enum err e = network_structure(req->db, form_int(req, "retire", 0), &page->removed);
	i64 back = 0;
	if (e == OK)
		e = network_is_member(req->db, page->group.id, page->removed.id, &back);
	if (e == NOT_FOUND || back)
		page->removed.id = 0;
	return e == NOT_FOUND ? OK : e;
}

enum err group_show(struct req *req)
{
	struct group_page page = { .form = req->form, .runs = session_may(req->session, CAP_NETWORK), .saved = form_given(req, "fait"),
		.words = form_text(req, "q") };
	i64 at = form_int(req, "page", 1);
	req->v.here = S(NETWORK);
	try(network_group_by_id(req->db, id_in_path(req, "groupe"), &page.group));
	page.closed = str_eq(page.group.state, S("closed"));
	try(network_members_n(req->db, page.group.id, &page.members_n));
	try(network_members(req->db, page.group.id, (at - 1) * MEMBERS_A_PAGE, MEMBERS_A_PAGE, &page.members));
	if (at > 1 && !page.members.n)
		return NOT_FOUND;
	page.pager = pager_of(at, page.members_n, MEMBERS_A_PAGE, page_url(req, page.group.id, at - 1), page_url(req, page.group.id, at + 1));
	page.searched = page.runs && form_given(req, "q");
	if (page.searched)
		try(structures_like(req->db, req->a, page.words, FOUND_MOST, &page.found));
	if (page.runs)
		try(read_removed(req, &page));
	try(form_stamp(req, GROUP_ROUTE));
	return group_html(&req->v, &page);
}

/* ---- what is done to it ---- */

enum gesture { ADD, ADD_NEW, REMOVE, CLOSE, OPEN_AGAIN };
struct doing { struct req *req; enum gesture gesture; i64 group, structure; str name; };

static enum err do_it(struct db *db, const struct doing *d)
{
	i64 now = now_ms();
	switch (d->gesture) {
	case ADD_NEW:
		try(network_structure_put(db, d->structure, d->name, now));
		return network_member_put(db, d->group, d->structure, now);
	case ADD:
		return network_member_put(db, d->group, d->structure, now);
	case REMOVE:
		return network_member_remove(db, d->group, d->structure);
	case CLOSE:
		return network_group_state(db, d->group, S("closed"));
	case OPEN_AGAIN:
		return network_group_state(db, d->group, S("open"));
	}
	return INVALID;
}

static enum err do_tx(struct db *db, void *arg, str *ret_path)
{
	static const char *const actions[] = { [ADD] = "network.member-add", [ADD_NEW] = "network.structure-new", [REMOVE] = "network.member-remove",
		[CLOSE] = "network.group-close", [OPEN_AGAIN] = "network.group-open" };
	const struct doing *d = arg;
	try(do_it(db, d));
	*ret_path = d->gesture == REMOVE
		? str_printf(d->req->a, NETWORK "/groupes/%lld?retire=%lld", (long long)d->group, (long long)d->structure)
		: str_printf(d->req->a, NETWORK "/groupes/%lld?fait=1", (long long)d->group);
	return network_note(db, d->req, actions[d->gesture], "network-group", d->group, d->structure);
}

/* A name that a structure has already is that structure. */
static enum err read_new(struct req *req, struct doing *d)
{
	struct structures found;
	d->name = form_text(req, "nouvelle");
	try(structures_like(req->db, req->a, d->name, 1, &found));
	d->gesture = found.exact ? ADD : ADD_NEW;
	d->structure = found.exact ? found.v[0].id : id_new();
	return OK;
}

enum err group_post(struct req *req)
{
	struct network_structure_row known;
	struct doing d = { .req = req, .group = id_in_path(req, "groupe") };
	if (!form_ok(req))
		return NOT_FOUND;
	if (form_given(req, "nouvelle")) {
		try(read_new(req, &d));
	} else if (form_given(req, "ajouter") || form_given(req, "retirer")) {
		d.gesture = form_given(req, "ajouter") ? ADD : REMOVE;
		d.structure = form_int(req, d.gesture == ADD ? "ajouter" : "retirer", 0);
		try(network_structure(req->db, d.structure, &known));
	} else
		d.gesture = str_eq(form_text(req, "etat"), S("fermer")) ? CLOSE : OPEN_AGAIN;
	return post_once(req, do_tx, &d);
}

/* ---- its members as a file ---- */

struct listing { i64 group, position; };

static enum err next_members(struct req *req, struct buf *out)
{
	struct listing *l = req->handler_data;
	struct network_member_row_list rows;
	try(network_members(req->db, l->group, l->position, MEMBERS_A_PAGE, &rows));
	for (size_t i = 0; i < rows.n; i++)
		csv_row_typed(out, &rows.v[i].name, 1);
	l->position += (i64)rows.n;
	return OK;
}

static enum err first_members(struct req *req, struct buf *out)
{
	buf_put(out, S("structure\n"));
	req->next_piece = next_members;
	return OK;
}

enum err group_csv(struct req *req)
{
	struct listing *l = arena_one(req->a, struct listing);
	*l = (struct listing){ .group = id_in_path(req, "groupe") };
	req->handler_data = l;
	resp_file(req, S("groupe.csv"), true);
	resp_pieces(req, first_members, (str){ 0 });
	return OK;
}

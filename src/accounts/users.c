/* The accounts of an organisation: who is there, with which roles. The pipeline has checked that the organisation is within reach. */
#include "accounts/users.h"

#include "accounts/users_html.h"
#include "base/timex.h"
#include "html/qr.h"
#include "http/session.h"

#define PAGE 25

enum err organisation_name_of(struct req *req, str *ret)
{
	struct account_organisation_row row;
	req->v.here = S("/agent/comptes");
	req->no_store = true;
	try(account_organisation(req->db, param_id(req, "organisation"), &row));
	*ret = row.name;
	return OK;
}

const struct choice *roles_of_mask(struct arena *a, u32 mask)
{
	struct choice *list = arena_many(a, struct choice, ROLES_COUNT + 1);
	size_t n = 0;
	for (enum account_role r = 0; r < ROLES_COUNT; r++)
		if (mask & 1u << r)
			list[n++] = role_choices[r];
	return list;
}

/* ---- the list ---- */

enum err colleagues_index(struct req *req)
{
	struct organisation_links links = { .v = arena_many(req->a, struct organisation_link, req->session->grants->n) };
	struct account_organisation_row row;
	for (size_t i = 0; i < req->session->grants->n; i++) {
		const struct grant *g = &req->session->grants->v[i];
		if (!(g->caps & 1u << CAP_ACCOUNTS))
			continue;
		try(account_organisation(req->db, g->organisation_id, &row));
		links.v[links.n++] = (struct organisation_link){ row.id, row.name };
	}
	if (links.n == 1)
		return resp_redirect(req, str_printf(req->a, "/agent/comptes/%lld", (long long)links.v[0].id));
	req->v.here = S("/agent/comptes");
	return organisations_html(&req->v, &links);
}

static const char *state_of(enum account_state s)
{
	static const char *const states[] = { [ACCOUNT_INVITED] = N_("Invitation envoyée"), [ACCOUNT_ACTIVE] = N_("Compte ouvert"),
		[ACCOUNT_DISABLED] = N_("Compte fermé") };
	return states[s];
}

static struct role_lines roles_here(struct arena *a, const struct account_membership_row_list *m, i64 organisation)
{
	struct role_lines lines = { .v = arena_many(a, struct role_line, m->n) };
	for (size_t i = 0; i < m->n; i++) {
		enum account_role role;
		if (m->v[i].organisation_id == organisation && role_of_code(m->v[i].role, &role))
			lines.v[lines.n++] = (struct role_line){ m->v[i].organisation, role_label(role), m->v[i].suspended_at.set };
	}
	return lines;
}

static enum err fill(struct req *req, i64 organisation, const struct account_row_list *rows, struct colleagues *ret)
{
	struct vault_asker vault = vault_of(req);
	struct account *accounts = arena_many(req->a, struct account, rows->n);
	struct account **each = arena_many(req->a, struct account *, rows->n + 1);
	*ret = (struct colleagues){ arena_many(req->a, struct colleague, rows->n), rows->n };
	for (size_t i = 0; i < rows->n; i++) {
		accounts[i] = account_of_row(&rows->v[i]);
		each[i] = &accounts[i];
	}
	try(account_open(&vault, S("accounts of an organisation"), each, rows->n));
	for (size_t i = 0; i < rows->n; i++) {
		struct account_membership_row_list m;
		try(account_memberships(req->db, accounts[i].id, &m));
		ret->v[i] = (struct colleague){ accounts[i].id, accounts[i].name, accounts[i].email, state_of(accounts[i].state),
			roles_here(req->a, &m, organisation) };
	}
	return OK;
}

static str page_url(struct req *req, i64 organisation, i64 page)
{
	return in_language(&req->v, req->v.lang, str_printf(req->a, "/agent/comptes/%lld?page=%lld", (long long)organisation, (long long)page));
}

enum err colleagues_show(struct req *req)
{
	struct colleagues_page page = { .organisation = param_id(req, "organisation") };
	struct account_row_list rows;
	i64 n, at = form_int(req, "page", 1);
	try(organisation_name_of(req, &page.name));
	try(account_count_of_organisation(req->db, page.organisation, &n));
	page.pager = pager_of(at, n, PAGE, page_url(req, page.organisation, at - 1), page_url(req, page.organisation, at + 1));
	try(account_of_organisation(req->db, page.organisation, PAGE, (at - 1) * PAGE, &rows));
	if (at > 1 && !rows.n)
		return NOT_FOUND;
	try(fill(req, page.organisation, &rows, &page.people));
	return colleagues_html(&req->v, &page);
}

/* ---- one of them ---- */

enum err target_of(struct req *req, struct target *ret)
{
	struct vault_asker vault = vault_of(req);
	struct account *const one = &ret->account;
	*ret = (struct target){ .organisation = param_id(req, "organisation") };
	try(organisation_name_of(req, &ret->organisation_name));
	try(account_get(req->db, param_id(req, "compte"), &ret->account));
	try(account_open(&vault, S("one account of an organisation"), &one, 1));
	try(account_memberships(req->db, ret->account.id, &ret->memberships));
	for (size_t i = 0; i < ret->memberships.n; i++) {
		const struct account_membership_row *m = &ret->memberships.v[i];
		enum account_role role;
		if (m->organisation_id != ret->organisation)
			ret->elsewhere = true;
		else if (role_of_code(m->role, &role))
			ret->here |= 1u << role;
		ret->suspended = ret->suspended || (m->organisation_id == ret->organisation && m->suspended_at.set);
	}
	u32 grantable = roles_grantable(accounts_roles_in(req, ret->organisation));
	ret->may = !(ret->here & ~grantable) && ret->account.id != req->session->user_id;
	return OK;
}

bool target_may_be_invited(const struct target *t)
{
	return t->may && !t->elsewhere && t->account.state != ACCOUNT_DISABLED;
}

enum err colleague_show(struct req *req)
{
	struct target t;
	struct invitation_row row;
	try(target_of(req, &t));
	u32 grantable = roles_grantable(accounts_roles_in(req, t.organisation));
	enum err e = invitation_from(req->db, t.account.id, t.organisation, now_ms(), &row);
	if (e != OK && e != NOT_FOUND)
		return e;
	struct colleague_page page = { .organisation = t.organisation, .organisation_name = t.organisation_name, .may = t.may,
		.mine = target_may_be_invited(&t), .invited = e == OK, .suspended = t.suspended,
		.give = roles_of_mask(req->a, grantable & ~t.here), .take = roles_of_mask(req->a, grantable & t.here),
		.who = { t.account.id, t.account.name, t.account.email, state_of(t.account.state), roles_here(req->a, &t.memberships, t.organisation) } };
	try(form_stamp(req, "/agent/comptes/:organisation/:compte"));
	return colleague_html(&req->v, req->form, &page);
}

/* The invitation on paper: its code is made again from its number, as long as it may be used. */
enum err letter_show(struct req *req)
{
	struct vault_asker vault = vault_of(req);
	struct view *v = &req->v;
	struct target t;
	struct invitation_row row;
	struct letter_page page = { 0 };
	struct qr qr;
	try(target_of(req, &t));
	if (!target_may_be_invited(&t))
		return NOT_FOUND;
	try(invitation_from(req->db, t.account.id, t.organisation, now_ms(), &row));
	page = (struct letter_page){ .organisation = t.organisation, .user = t.account.id, .organisation_name = t.organisation_name, .name = t.account.name,
		.until = date_shown(v, paris_of_ms(row.expires_at).date) };
	try(invitation_code(&vault, row.id, &page.code));
	if (v->city->public_url.n) {
		page.link = str_printf(req->a, "%.*s/invitation/%.*s", STR_ARG(v->city->public_url), STR_ARG(page.code));
		try(qr_make(req->a, page.link, &qr));
		page.qr = qr_html(v, &qr, _("Code QR du lien d’invitation"));
	}
	return letter_html(v, &page);
}

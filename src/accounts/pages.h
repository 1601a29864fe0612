/* What the pages of accounts show, for their templates; and the handlers. */
#ifndef GABARE_ACCOUNTS_PAGES_H
#define GABARE_ACCOUNTS_PAGES_H

#include "accounts/account.h"
#include "accounts/accounts_sql.h"
#include "accounts/demo.h"
#include "html/format.h"
#include "html/layout.h"
#include "http/fields.h"

/* A field that is never typed back. */
struct password_field { const char *name; str label; html hint; bool fresh; };       /* fresh: one being chosen */


struct login_page { str suite; bool plain; };          /* where one goes after; not encrypted, this machine only */
struct welcome_page { str code; bool known; };         /* known: the account has a password already, and a new one is chosen */

/* A role that the session has, where. */
struct role_line { str organisation; const char *role; bool suspended; };
struct role_lines { struct role_line *v; size_t n; };

handler_fn login_form, login_post, login_code_form, login_code_post, logout_form, logout_post, invitation_form, invitation_typed, welcome_form,
	welcome_post, agent_home;

/* The doors of the agents' home. */
const struct menu_links *agent_links(const struct view *v);
struct role_lines *role_lines_of(struct arena *a, const struct account_membership_row_list *m);
/* Refuses a new password ("passe", "encore") that is weak or not the same twice. */
void password_choose(struct req *req, const struct account *account);
/* Where to go after logging in: a path of ours for agents, or their home. */
str suite_of(struct req *req, str asked);
/* Wrong form: 422 and "Erreur" in the title. */
void refuse_form(struct req *req);
/* The session's own account; with name and address opened. */
must_use enum err account_own(struct req *req, struct account *ret);

#endif

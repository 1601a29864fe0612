/* What the pages of accounts show, for their templates; and the handlers. */
#ifndef GABARE_ACCOUNTS_PAGES_H
#define GABARE_ACCOUNTS_PAGES_H

#include "accounts/account.h"
#include "accounts/accounts_sql.h"
#include "accounts/demo.h"
#include "html/format.h"
#include "html/layout.h"
#include "html/widgets.h"
#include "http/fields.h"

/* A field that is never typed back. */
struct password_field { const char *name; str label; html hint; bool fresh; };       /* fresh: one being chosen */


struct login_page { str suite; bool plain, provider; };        /* where one goes after; not encrypted, this machine only; see identity.h */
struct welcome_page { str code; bool known, provider; };       /* known: the account has a password already, and a new one is chosen */

/* A role that the session has, where. */
struct role_line { str organisation; const char *role; bool suspended; };
struct role_lines { struct role_line *v; size_t n; };

enum identity_fault { IDENTITY_LATE, IDENTITY_REFUSED, IDENTITY_AWAY, IDENTITY_UNVERIFIED, IDENTITY_UNKNOWN, IDENTITY_TAKEN };
struct identity_failure { enum identity_fault fault; str back; };
/* The account's ways in: whether a provider is offered, the account linked to it, since when, and whether it has a password. */
struct own_identity_page { bool offered, linked, password; str since; };

struct session_line { str hash, device, since; bool mine; };
struct session_lines { struct session_line *v; size_t n; };
#define RECOVERY_CODES 10
#define RECOVERY_GROUPS 3                        /* of four signs */
struct code_page { bool active; str secret; html qr; i64 left; };
struct code_list { const str *v; size_t n; };

/* An account as a colleague sees it. */
struct colleague { i64 id; str name, email; const char *state; struct role_lines roles; };
struct colleagues { struct colleague *v; size_t n; };
struct colleagues_page { i64 organisation; str name; struct colleagues people; struct pager pager; };
/* may: its roles are among those that the one who looks may give and take. */
struct colleague_page { i64 organisation; str organisation_name; struct colleague who; bool may, mine, invited, suspended; const struct choice *give, *take; };
struct role_list { const struct choice *v; size_t n; };
struct role_list *role_list(const struct view *v, const struct choice *roles);
struct invite_page { i64 organisation; str organisation_name; const struct choice *roles; str role; };
struct letter_page { i64 organisation, user; str organisation_name, name, code, link, until; html qr; };
struct organisation_link { i64 id; str name; };
struct organisation_links { struct organisation_link *v; size_t n; };

handler_fn own_show, own_end_session, own_password_form, own_password_post, own_code_form, own_code_post, own_identity_form, own_identity_post, identity_return;
handler_fn colleagues_index, colleagues_show, colleague_show, colleague_change, invite_form, invite_post, letter_show;
handler_fn login_form, login_post, login_code_form, login_code_post, logout_form, logout_post, invitation_form, invitation_typed, welcome_form,
	welcome_post, agent_home;

/* The doors of the agents' home. */
const struct menu_links *agent_links(const struct view *v);
struct role_lines *role_lines_of(struct arena *a, const struct account_membership_row_list *m);
/* Refuses a new password ("passe", "encore") that is weak or not the same twice. */
void password_choose(struct req *req, const struct account *account);
/* Where to go after logging in: a path of ours for agents, or their home. */
str suite_of(struct req *req, str asked);
/* The session's own account; with name and address opened. */
must_use enum err account_own(struct req *req, struct account *ret);

#endif

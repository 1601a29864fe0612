/* The routes and forms of accounts. */
#include "accounts/pages.h"
#include "accounts/password.h"

FORM_FIELDS(next_page,
	{.name = "suite", .kind = F_TEXT, .label = N_("Page suivante"), .max = 400},
);
FORM_FIELDS(credentials,
	{.name = "courriel", .kind = F_EMAIL, .label = N_("Adresse électronique"), .required = true},
	{.name = "passe", .kind = F_PASSWORD, .label = N_("Mot de passe"), .required = true},
	{.name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20},
	{.name = "suite", .kind = F_TEXT, .label = N_("Page suivante"), .max = 400},
);
FORM_FIELDS(second_factor,
	{.name = "code", .kind = F_TEXT, .label = N_("Code"), .max = 40},
	{.name = "suite", .kind = F_TEXT, .label = N_("Page suivante"), .max = 400},
);
FORM_FIELDS(invitation_code,
	{.name = "code", .kind = F_TEXT, .label = N_("Code d’invitation"), .required = true, .max = 60},
);
FORM_FIELDS(new_password,
	{.name = "passe", .kind = F_PASSWORD, .label = N_("Mot de passe"), .required = true, .min = PASSWORD_LEAST},
	{.name = "encore", .kind = F_PASSWORD, .label = N_("Mot de passe, encore une fois"), .required = true},
	{.name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20},
);
FORM_FIELDS(from_provider,
	{.name = "code", .kind = F_TEXT, .label = N_("Code"), .max = 4000},
	{.name = "state", .kind = F_TEXT, .label = N_("Session"), .max = 100},
	{.name = "error", .kind = F_TEXT, .label = N_("Geste"), .max = 200},
);
FORM_FIELDS(identity_change,
	{.name = "actuel", .kind = F_PASSWORD, .label = N_("Votre mot de passe"), .required = true},
	{.name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20},
);

FORM_FIELDS(end_session,
	{.name = "session", .kind = F_TEXT, .label = N_("Session"), .max = 64},
);
FORM_FIELDS(change_password,
	{.name = "actuel", .kind = F_PASSWORD, .label = N_("Mot de passe d’aujourd’hui"), .required = true},
	{.name = "passe", .kind = F_PASSWORD, .label = N_("Nouveau mot de passe"), .required = true, .min = PASSWORD_LEAST},
	{.name = "encore", .kind = F_PASSWORD, .label = N_("Nouveau mot de passe, encore une fois"), .required = true},
);
FORM_FIELDS(code_change,
	{.name = "actuel", .kind = F_PASSWORD, .label = N_("Votre mot de passe")},
	{.name = "code", .kind = F_TEXT, .label = N_("Code"), .max = 40},
);
FORM_FIELDS(colleagues,
	{.name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000},
);
FORM_FIELDS(inviting,
	{.name = "courriel", .kind = F_EMAIL, .label = N_("Adresse électronique"), .required = true},
	{.name = "nom", .kind = F_TEXT, .label = N_("Prénom et nom"), .required = true, .max = 120},
	{.name = "role", .kind = F_CHOICE, .label = N_("Rôle"), .required = true, .choices = role_choices},
	{.name = "envoi", .kind = F_BOOL, .label = N_("Envoyer l’invitation par courriel")},
);
FORM_FIELDS(colleague,
	{.name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20},
	{.name = "donner", .kind = F_CHOICE, .label = N_("Rôle à donner"), .choices = role_choices},
	{.name = "retirer", .kind = F_CHOICE, .label = N_("Rôle à retirer"), .choices = role_choices},
);

ROUTES(accounts,
	ROUTE_WITH(GET, "/connexion", login_form, CAP_PUBLIC, SCOPE_NONE, FORM(next_page), ROUTE_AGENT),
	ROUTE_WITH(POST, "/connexion", login_post, CAP_PUBLIC, SCOPE_NONE, FORM(credentials), ROUTE_AGENT),
	ROUTE_WITH(GET, "/connexion/code", login_code_form, CAP_PUBLIC, SCOPE_NONE, FORM(next_page), ROUTE_AGENT),
	ROUTE_WITH(POST, "/connexion/code", login_code_post, CAP_PUBLIC, SCOPE_NONE, FORM(second_factor), ROUTE_AGENT),
	ROUTE_WITH(GET, "/connexion/retour", identity_return, CAP_PUBLIC, SCOPE_NONE, FORM(from_provider), ROUTE_AGENT),
	ROUTE_WITH(GET, "/deconnexion", logout_form, CAP_SESSION, SCOPE(scope_self), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/deconnexion", logout_post, CAP_SESSION, SCOPE(scope_self), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(GET, "/invitation", invitation_form, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/invitation", invitation_typed, CAP_PUBLIC, SCOPE_NONE, FORM(invitation_code), ROUTE_AGENT),
	ROUTE_WITH(GET, "/invitation/:code", welcome_form, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_AGENT | ROUTE_SECRET_PATH),
	ROUTE_WITH(POST, "/invitation/:code", welcome_post, CAP_PUBLIC, SCOPE_NONE, FORM(new_password), ROUTE_AGENT | ROUTE_SECRET_PATH),
	ROUTE_WITH(GET, "/compte", own_show, CAP_SESSION, SCOPE(scope_self), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/compte", own_end_session, CAP_SESSION, SCOPE(scope_self), FORM(end_session), ROUTE_AGENT),
	ROUTE_WITH(GET, "/compte/mot-de-passe", own_password_form, CAP_SESSION, SCOPE(scope_self), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/compte/mot-de-passe", own_password_post, CAP_SESSION, SCOPE(scope_self), FORM(change_password), ROUTE_AGENT),
	ROUTE_WITH(GET, "/compte/code", own_code_form, CAP_SESSION, SCOPE(scope_self), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/compte/code", own_code_post, CAP_SESSION, SCOPE(scope_self), FORM(code_change), ROUTE_AGENT),
	ROUTE_WITH(GET, "/compte/identite", own_identity_form, CAP_SESSION, SCOPE(scope_self), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/compte/identite", own_identity_post, CAP_SESSION, SCOPE(scope_self), FORM(identity_change), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/comptes", colleagues_index, CAP_ACCOUNTS, SCOPE(scope_somewhere), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/comptes/:organisation", colleagues_show, CAP_ACCOUNTS, SCOPE(scope_organisation), FORM(colleagues), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/comptes/:organisation/inviter", invite_form, CAP_ACCOUNTS, SCOPE(scope_organisation), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/comptes/:organisation/inviter", invite_post, CAP_ACCOUNTS, SCOPE(scope_organisation), FORM(inviting), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/comptes/:organisation/:compte", colleague_show, CAP_ACCOUNTS, SCOPE(scope_colleague), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/comptes/:organisation/:compte", colleague_change, CAP_ACCOUNTS, SCOPE(scope_colleague), FORM(colleague), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/comptes/:organisation/:compte/lettre", letter_show, CAP_ACCOUNTS, SCOPE(scope_colleague), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent", agent_home, CAP_SESSION, SCOPE(scope_self), FORM_NONE, ROUTE_AGENT),
);

/* The routes and forms of accounts. */
#include "accounts/pages.h"
#include "accounts/password.h"

FORM_FIELDS(next_page,
	{.name = "suite", .kind = F_TEXT, .label = N_("Page suivante"), .max = 400},
);
FORM_FIELDS(credentials,
	{.name = "courriel", .kind = F_EMAIL, .label = N_("Adresse électronique"), .required = true},
	{.name = "passe", .kind = F_PASSWORD, .label = N_("Mot de passe"), .required = true},
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
);

ROUTES(accounts,
	ROUTE_WITH(GET, "/connexion", login_form, CAP_PUBLIC, SCOPE_NONE, FORM(next_page), ROUTE_AGENT),
	ROUTE_WITH(POST, "/connexion", login_post, CAP_PUBLIC, SCOPE_NONE, FORM(credentials), ROUTE_AGENT),
	ROUTE_WITH(GET, "/connexion/code", login_code_form, CAP_PUBLIC, SCOPE_NONE, FORM(next_page), ROUTE_AGENT),
	ROUTE_WITH(POST, "/connexion/code", login_code_post, CAP_PUBLIC, SCOPE_NONE, FORM(second_factor), ROUTE_AGENT),
	ROUTE_WITH(GET, "/deconnexion", logout_form, CAP_SESSION, SCOPE(scope_self), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/deconnexion", logout_post, CAP_SESSION, SCOPE(scope_self), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(GET, "/invitation", invitation_form, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/invitation", invitation_typed, CAP_PUBLIC, SCOPE_NONE, FORM(invitation_code), ROUTE_AGENT),
	ROUTE_WITH(GET, "/invitation/:code", welcome_form, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_AGENT | ROUTE_SECRET_PATH),
	ROUTE_WITH(POST, "/invitation/:code", welcome_post, CAP_PUBLIC, SCOPE_NONE, FORM(new_password), ROUTE_AGENT | ROUTE_SECRET_PATH),
	ROUTE_WITH(GET, "/agent", agent_home, CAP_SESSION, SCOPE(scope_self), FORM_NONE, ROUTE_AGENT),
);

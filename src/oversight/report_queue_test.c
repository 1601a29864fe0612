/* The queue of reports: only who coordinates sees it, and a report is closed once, with a note. */
#include "accounts/accounts.h"
#include "db/db.h"
#include "given.h"

static i64 town(enum account_role role)
{
	given_demo();
	expect_status(fill("/lieux/demo-002/erreur", "erreur=Le+samedi+est+ferm%C3%A9.&contact=zoe%40example.org"), 303);
	expect_status(fill("/lieux/demo-003/erreur", "erreur=Plus+d%E2%80%99imprimante."), 303);
	i64 user = given_account("zoe@ville.example", "Zoé", given_organisation("Ville"), role);
	ask_as(user);
	return user;
}

/* The page of the first report that is open. */
static const char *first_report(void)
{
	struct answer a = get("/agent/signalements");
	ptrdiff_t at = str_find(a.body, S("href=\"/agent/signalements?numero="));
	assert_true(at > 0);
	str rest = str_slice(a.body, (size_t)at + strlen("href=\""), a.body.n), url;
	assert_true(str_next(&rest, '"', &url));
	return str_z(unit_arena(4096), url);
}

TEST(reports_are_for_who_coordinates)
{
	town(ROLE_MEDIATOR);
	expect_status(get("/agent/signalements"), 404);
	expect_absent(get("/agent"), "Erreurs signalées");
	ask_as(0);
	expect_status(get("/agent/signalements"), 303);
}

TEST(reports_are_closed_once_with_a_note)
{
	town(ROLE_COORDINATOR);
	expect_text(get("/agent"), "Erreurs signalées");
	expect_order(get("/agent/signalements"), "Le Ponton", "Le samedi est fermé.", "Plus d’imprimante.");
	expect_absent(get("/agent/signalements"), "zoe@example.org");
	const char *page = first_report();
	expect_text(get(page), "zoe@example.org");
	expect_absent(get(page), "Écrivez ce que vous avez vérifié.");       /* nothing was typed yet */
	expect_text(get(page), "La page est corrigée");
	const char *number = strchr(page, '?') + 1;
	char fields[200];
	snprintf(fields, sizeof fields, "%s&suite=done&note=", number);
	struct answer a = fill(page, fields);
	expect_status(a, 422);
	expect_text(a, "Écrivez ce que vous avez vérifié.");
	snprintf(fields, sizeof fields, "%s&suite=done&note=Vu+avec+le+lieu.", number);
	expect_status(fill(page, fields), 303);
	expect_order(get("/agent/signalements"), "Plus d’imprimante.", "Les dernières closes", "Le Ponton", "corrigée", "Vu avec le lieu.");
	expect_status(get(page), 303);
	expect_status(get("/agent/signalements?numero=1"), 404);
	expect_status(get("/agent/signalements?numero=xyz"), 404);
}

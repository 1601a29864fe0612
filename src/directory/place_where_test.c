/* What is promised to someone who says where they are, on the demonstration city. */
#include "given.h"
#include "base/buf.h"
#include "db/db.h"

TEST(where_is_understood_kept_and_said)
{
	given_demo();
	struct answer a = get("/lieux?pres=bellevue");
	expect_status(a, 200);
	expect_text(a, "lieux d’aide près de Bellevue");
	expect_text(a, "name=\"pres\"");
	a = get("/lieux?pres=44400&q=imprimer");
	expect_text(a, "près de Rezé");
	expect_text(a, "/lieux?q=imprimer\"");   /* where, taken off */
	a = get("/lieux?pres=rue+des+lavoir+nantes");
	expect_text(a, "près de Rue des Lavoirs");
}

TEST(where_that_is_unknown_or_ambiguous_is_said_and_the_search_goes_on)
{
	given_demo();
	struct answer a = get("/lieux?pres=xyzzy");
	expect_status(a, 200);
	expect_text(a, "pas d’endroit nommé « xyzzy »");
	a = get("/lieux?pres=imprimer");
	expect_text(a, "lieux d’aide pour « imprimer »");
	expect_text(a, "/lieux/demo-");
	a = get("/lieux?pres=xyzzy&q=imprimer");
	expect_text(a, "« xyzzy » n’est ni une rue");
	expect_text(a, "/lieux/demo-");
	a = get("/lieux?pres=rue+du+toueur");
	expect_text(a, "Plusieurs endroits répondent");
	expect_text(a, "Rue du Toueur, 44800 Saint-Herblain");
	a = get("/lieux?pres=rue+des+zinnias,+rez%C3%A9");
	expect_text(a, "Cherchez près de");
	expect_text(a, "Rezé, 44400");
}

TEST(where_through_the_api_is_known_or_refused)
{
	given_demo();
	struct answer a = get("/api/v1/lieux.json?pres=44400&rayon=3000");
	expect_status(a, 200);
	expect_text(a, "Rezé");
	expect_status(get("/api/v1/lieux.json?pres=xyzzy"), 400);
	expect_status(get("/api/v1/lieux.json?pres=rue+du+toueur"), 400);
}

TEST(where_a_place_stands_is_on_its_page)
{
	given_demo();
	struct answer a = get("/lieux/demo-001");
	expect_text(a, "Quartier : Bellevue - Chantenay");
	a = get("/lieux/demo-002");
	expect_text(a, "Quartier prioritaire : Les Lavoirs (quartier prioritaire inventé)");
}

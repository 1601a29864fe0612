/* The census as people meet it: an edition is opened, places are asked, answer by their link, are read, and the edition is frozen. */
#include "census/census.h"

#include "app/outbox_sql.h"
#include "base/code.h"
#include "base/timex.h"
#include "census/pages.h"
#include "given.h"
#include "msg/msg_sql.h"

static const struct city ville = { .name = S_INIT("Exemple"), .public_url = S_INIT("https://exemple.example") };

static i64 coordinator(void)
{
	i64 reseau = given_organisation("Réseau");
	i64 camille = given_account("camille@reseau.example", "Camille", reseau, ROLE_COORDINATOR);
	given_place("Centre", "centre");
	given_place("Radeau", "radeau");
	ask_as(camille);
	return camille;
}

/* What the outbox process does, until nothing is left. */
static void prepare(void)
{
	struct vault_asker vault = ask_vault();
	i64 n = 1;
	for (int i = 0; n && i < 50; i++)
		assert_ok(census_prepare_some(ask_db(), &vault, &ville, &n));
	assert_int_equal(n, 0);
}

static void given_edition(void)
{
	expect_status(fill("/agent/recensement", "geste=ouvrir&nom=2026&avant=2199-12-31"), 303);
	prepare();
}

static const char *link_of(const char *place, const char *rest)
{
	struct vault_asker vault = ask_vault();
	i64 id = given_census_ask(place);
	str code;
	assert_ok(census_codes(&vault, &id, 1, &code, NULL));
	return str_printf(unit_arena(1 << 10), "/recensement/%.*s%s", STR_ARG(code_plain(vault.a, code)), rest).p;
}

static const char *desk_of(const char *place)
{
	return str_printf(unit_arena(1 << 10), "/agent/recensement/demandes/%lld", (long long)given_census_ask(place)).p;
}

static str field_of(const char *place, enum place_field f)
{
	struct place_owned owned;
	assert_ok(place_owned(ask_db(), str_c(place), &owned));
	return owned.place.f[f];
}

TEST(census_opens_asks_and_counts)
{
	coordinator();
	expect_text(get("/agent/recensement"), "Aucune édition n’est ouverte");
	expect_status(fill("/agent/recensement", "geste=ouvrir&nom=2026&avant=2020-01-01"), 422);
	expect_status(fill("/agent/recensement", "geste=ouvrir&nom=L%27an&avant=2199-12-31"), 422);
	given_edition();
	struct answer a = get("/agent/recensement");
	expect_text(a, "0 réponse sur 2");
	expect_text(a, "l’adresse publique du site doit être réglée");
	expect_text(get("/agent/recensement/demandes?etat=waiting"), "Centre");
	expect_text(get("/agent/recensement/demandes?etat=answered"), "Aucun lieu");
}

static i64 queued(const char *channel)
{
	struct msg_row_list rows;
	i64 n = 0;
	assert_ok(msg_rows(ask_db(), (str){ 0 }, INT64_MAX, 100, &rows));
	for (size_t i = 0; i < rows.n; i++)
		n += str_eq(rows.v[i].channel, str_c(channel));
	return n;
}

TEST(census_writes_to_each_once_and_reminds_after_a_week)
{
	i64 now = now_ms();
	clock_set(now);
	coordinator();
	given_edition();
	expect_status(fill("/agent/recensement", "geste=ecrire"), 303);
	prepare();
	i64 letters = queued("letter"), mails = queued("mail");
	assert_int_equal(letters + mails, 2);
	expect_status(fill("/agent/recensement", "geste=ecrire"), 303);
	expect_status(fill("/agent/recensement", "geste=relancer"), 303);
	prepare();
	assert_int_equal(queued("letter") + queued("mail"), 2);
	clock_set(now + 8 * 86400 * (i64)1000);
	i64 camille = given_account("c2@reseau.example", "Camille", given_organisation("Réseau"), ROLE_COORDINATOR);
	ask_as(camille);
	expect_status(fill("/agent/recensement", "geste=relancer"), 303);
	prepare();
	assert_int_equal(queued("letter") + queued("mail"), 4);
}

static enum err amend_tx(struct db *db, void *arg) { return place_amend(db, arg); }

static void given_mail(const char *place, const char *mail)
{
	struct place_owned o;
	assert_ok(place_owned(ask_db(), str_c(place), &o));
	struct place_amend am = { .place_id = o.place.place_id, .version_id = o.version_id, .author = S("user:1") };
	am.place.f[P_ID] = o.place.f[P_ID];
	am.place.f[P_COURRIELS] = str_c(mail);
	assert_ok(db_tx(ask_db(), amend_tx, &am));
}

static enum err claim_tx(struct db *db, void *arg) { return outbox_claim(db, S("mail"), now_ms() + 1000, now_ms() + 60000, 1, arg); }

/* What the next mail that waits says; "" when none does. */
static str next_mail(void)
{
	struct vault_asker vault = ask_vault();
	struct outbox_row row;
	str body = S("");
	if (db_tx(ask_db(), claim_tx, &row) != OK)
		return body;
	struct vault_item item = { str_printf(vault.a, "outbox:body:%lld", (long long)row.id), row.body_enc };
	assert_ok(vault_open_as(&vault, S("test"), &item, 1, &body));
	return body;
}

static i64 links_in(str body)
{
	i64 n = 0;
	for (ptrdiff_t at; (at = str_find(body, S("/recensement/"))) >= 0; n++)
		body = str_slice(body, (size_t)at + 1, body.n);
	return n;
}

TEST(census_writes_once_to_a_structure_about_all_its_places)
{
	i64 now = now_ms();
	clock_set(now);
	coordinator();
	given_place("Centre", "annexe");
	given_place("Autre", "autre");
	given_mail("centre", "accueil@centre.example");
	given_mail("radeau", "Accueil@centre.example|autre@centre.example");
	given_mail("annexe", "accueil@centre.example");
	given_mail("autre", "contact@autre.example");
	given_edition();
	given_mail("annexe", "annexe@centre.example");   /* it has changed since the list was made */
	expect_status(fill("/agent/recensement", "geste=ecrire"), 303);
	prepare();
	assert_int_equal(queued("mail"), 3);
	assert_int_equal(queued("letter"), 0);
	str body = next_mail();
	assert_int_equal(links_in(body), 2);
	assert_true(str_find(body, S("2 lieux")) > 0);
	assert_int_equal(links_in(next_mail()) + links_in(next_mail()), 2);
	/* reminded together too, but for the one that has answered */
	ask_as(0);
	expect_status(fill(link_of("radeau", ""), ""), 303);
	expect_status(fill(link_of("radeau", "/fiche"), "geste=envoyer"), 303);
	clock_set(now + 8 * 86400 * (i64)1000);
	ask_as(given_account("c2@reseau.example", "Camille", given_organisation("Réseau"), ROLE_COORDINATOR));
	expect_status(fill("/agent/recensement", "geste=relancer"), 303);
	prepare();
	assert_int_equal(queued("mail"), 6);
}

TEST(census_a_structure_confirms_in_two_gestures)
{
	coordinator();
	given_edition();
	ask_as(0);
	struct answer a = get(link_of("centre", ""));
	expect_text(a, "Continuer");
	assert_true(str_find(header_of(a, "Referrer-Policy"), S("no-referrer")) >= 0);
	assert_str(field_of("centre", P_DATE_MAJ), "2026-01-02");
	expect_status(fill(link_of("centre", ""), ""), 303);
	expect_text(get(link_of("centre", "/fiche")), "Tout est juste");
	expect_status(fill(link_of("centre", "/fiche"), "geste=envoyer"), 303);
	expect_text(get(link_of("centre", "/fiche")), "Ce lieu est à jour");
	assert_str(field_of("centre", P_DATE_MAJ), str_z(unit_arena(100), date_iso(unit_arena(100), today_paris())));
	expect_status(get("/recensement/ABCDEFGHJKLM"), 404);
	expect_status(fill("/recensement", "code=abcd"), 422);
}

TEST(census_corrections_wait_for_the_coordinator_field_by_field)
{
	i64 camille = coordinator();
	given_edition();
	ask_as(0);
	expect_status(fill(link_of("centre", "/3"), "horaires=quand+il+fait+beau"), 422);
	expect_status(fill(link_of("centre", "/3"), "horaires=du+lundi+au+jeudi+14h-17h&fermetures=en+ao%C3%BBt"), 303);
	struct answer a = get(link_of("centre", "/fiche"));
	expect_text(a, "pas encore envoyé");
	expect_order(a, "jeudi, 14 h", "(corrigé)");
	assert_str(field_of("centre", P_HORAIRES), "Mo-Fr 09:00-12:00");
	expect_text(get(link_of("centre", "/3")), "en août");                  /* one comes back to what one wrote */
	assert_str(header_of(get(link_of("centre", "/3")), "Cache-Control"), "no-cache, private");        /* Back has what was typed */
	expect_status(fill(link_of("centre", "/fiche"), "geste=envoyer"), 303);
	ask_as(camille);
	expect_text(get("/agent/recensement"), "1 réponse sur 2");
	a = get(desk_of("centre"));
	expect_order(a, "vendredi, 9 h", "jeudi, 14 h", "Prendre");
	expect_status(fill(desk_of("centre"), "geste=prendre&prendre=horaires"), 303);
	assert_str(field_of("centre", P_HORAIRES), "Mo-Th 14:00-17:00");
	assert_str(field_of("centre", P_FERMETURES), "");
	expect_order(get(desk_of("centre")), "pas prise", "prise");
	expect_text(get("/agent/lieux/centre/historique"), "recensement 2026");
}

TEST(census_takes_nothing_in_over_what_somebody_has_just_changed)
{
	coordinator();
	given_edition();
	expect_status(fill(link_of("centre", "/6"), "tarifs=2+euros"), 303);
	expect_status(fill(link_of("centre", "/fiche"), "geste=envoyer"), 303);
	struct answer opened = get(desk_of("centre"));
	expect_text(opened, "2 euros");
	expect_status(fill("/agent/lieux/centre", "nom=Centre&adresse=1+rue+Haute&code_postal=44000&commune=Nantes&tarifs=3+euros"), 303);
	expect_status(fill_late(desk_of("centre"), opened, "geste=prendre&prendre=tarifs"), 409);
	assert_str(field_of("centre", P_TARIFS), "3 euros");
	expect_text(get(desk_of("centre")), "Il disait");
	expect_status(fill(desk_of("centre"), "geste=prendre&prendre=tarifs"), 303);
	assert_str(field_of("centre", P_TARIFS), "2 euros");
}

TEST(census_refuses_nothing_that_came_after_the_page_was_shown)
{
	coordinator();
	given_edition();
	expect_status(fill(link_of("centre", "/6"), "tarifs=2+euros"), 303);
	expect_status(fill(link_of("centre", "/fiche"), "geste=envoyer"), 303);
	struct answer opened = get(desk_of("centre"));
	clock_set(now_ms() + 1000);
	expect_status(fill(link_of("centre", "/5"), "arret=Tram+1"), 303);
	struct answer late = fill_late(desk_of("centre"), opened, "geste=prendre&prendre=tarifs");
	expect_status(late, 409);
	expect_text(late, "Tram 1");
	assert_str(field_of("centre", P_TARIFS), "");
	expect_status(fill(desk_of("centre"), "geste=prendre&prendre=tarifs&prendre=arret"), 303);
	assert_str(field_of("centre", P_ARRET), "Tram 1");
}

TEST(census_a_place_that_helps_no_more_is_for_the_coordinator)
{
	i64 camille = coordinator();
	given_edition();
	ask_as(0);
	expect_status(fill(link_of("radeau", "/fiche"), "geste=parti"), 303);
	const char *link = link_of("radeau", "/fiche");
	expect_text(get(link), "n’aide plus le public");
	ask_as(camille);
	expect_text(get("/agent/recensement/demandes?etat=answered"), "n’aide plus le public");
	const char *desk = desk_of("radeau");
	expect_status(fill("/agent/lieux/radeau/retirer", "raison=no-help"), 303);
	expect_text(get(desk), "n’est plus dans l’annuaire");
	expect_status(fill(desk, "geste=prendre"), 404);
	expect_status(fill(desk, "geste=dispenser"), 303);
	expect_text(get("/agent/recensement"), "0 réponse sur 1");
	ask_as(0);
	expect_status(get(link), 404);
}

static enum err cut_tx(struct db *db, void *arg) { return census_pieces_drop(db, *(i64 *)arg); }

TEST(census_closed_is_frozen_and_cited)
{
	bool closed = false;
	struct arena *a = unit_arena(1 << 12);
	coordinator();
	given_edition();
	const char *link = link_of("centre", "");
	expect_status(fill("/agent/recensement", "geste=fermer"), 422);
	expect_status(fill("/agent/recensement", "geste=fermer&sur=1"), 303);
	expect_status(get("/api/v1/editions/2026.csv"), 404);
	assert_ok(census_freeze_due(ask_db(), &ville, &closed));
	assert_true(closed);
	struct answer frozen = get("/api/v1/editions/2026.csv");
	expect_status(frozen, 200);
	str before = str_copy(unit_arena(1 << 20), frozen.body);
	assert_true(str_find(before, S("centre")) > 0 && str_find(before, S("radeau")) >= 0);
	expect_status(fill("/agent/lieux/centre", "nom=Autre+nom&adresse=1+rue+Haute&code_postal=44000&commune=Nantes"), 303);
	assert_true(str_eq(before, get("/api/v1/editions/2026.csv").body));
	expect_text(get("/agent/recensement"), str_printf(a, "Édition 2026").p);
	ask_as(0);
	expect_status(get(link), 404);
	expect_text(get("/donnees/editions"), "Édition 2026");
	expect_text(get("/ar/donnees/editions"), "2026");
	struct census_edition edition;
	str file;
	assert_ok(census_named(ask_db(), S("2026"), &edition));
	assert_true(db_tx(ask_db(), cut_tx, &edition.id) != OK);             /* the database itself refuses */
	assert_ok(census_frozen(ask_db(), S("2026"), &file));
	assert_true(str_eq(file, before));
}

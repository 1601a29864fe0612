/* What handovers promise: a device goes to one family, a family gets one device, who comes second is told what to do, the receipt never changes,
 * a mistake is taken back, and nothing of it is anybody else's. */
#include "handover/pages.h"

#include "files/files_sql.h"
#include "equipment/campaign_sql.h"
#include "given_stock.h"
#include "paper.h"

static struct arena *mem;
static i64 city, officer;
static struct given_wave made;

static void given_city(void)
{
	mem = unit_arena((size_t)8 << 20);
	city = given_organisation("Ville");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	made = given_wave_of(city);
	given_school_in_wave("9990001X", given_organisation("École"), made.wave_id);
	ask_as(officer);
}

static const char *at(const char *rest) { return str_z(mem, str_printf(mem, "/agent/campagnes/%lld%s", (long long)made.campaign_id, rest)); }

/* A family to whom a device is allocated; the public id of its file. */
static str given_family(const char *given, const char *phone)
{
	struct answer a = fill(at("/dossiers/nouveau"), str_z(mem, str_printf(mem, "prenom=%s&nom=Zoungrana&telephone=%s&classe=CM1&enfant=%s", given, phone, given)));
	str where = header_of(a, "Location"), id;
	expect_status(a, 303);
	where = str_slice(where, (size_t)str_find(where, S("/dossiers/")) + strlen("/dossiers/"), SIZE_MAX);
	assert_true(str_next(&where, '?', &id));
	id = str_copy(mem, id);
	return id;
}

static struct file now_of(str id)
{
	struct family_file_row row;
	struct file f;
	assert_ok(file_by_public(ask_db(), id, made.campaign_id, &row));
	assert_ok(file_get(ask_db(), row.id, &f));
	return f;
}

static str given_allocated(const char *given, const char *phone)
{
	static const char *const way[] = { "contacted", "invited", "attended", "eligible", "signed", "allocated" };
	str id = given_family(given, phone);
	for (size_t i = 0; i < lengthof(way); i++)
		given_file_step(now_of(id).id, way[i]);
	return id;
}

static const char *page_of(str id) { return at(str_z(mem, str_printf(mem, "/dossiers/%.*s/remise", STR_ARG(id)))); }

#define REST "&accessoire=charger&accessoire=mouse&etat=works&lieu=Le+Ponton&jour=2199-01-02&heure=14%3A00"
static const char *with_label(str label, const char *rest) { return str_z(mem, str_printf(mem, "poste=%.*s%s", STR_ARG(label), rest)); }

TEST(a_family_leaves_with_the_device_that_was_read_its_receipt_and_a_first_workshop)
{
	given_city();
	str id = given_allocated("Awa", "0199001801"), label = given_device_of(city, "city");
	expect_text(get(page_of(id)), "Awa Zoungrana");
	struct answer a = fill(page_of(id), with_label(label, "&etat=works"));
	expect_status(a, 422);
	expect_text(a, "Convenez d’un jour avec la famille");
	assert_int_equal(given_device_now(label).state, SS_IN_STOCK);
	expect_status(fill(page_of(id), with_label(label, REST)), 303);
	assert_int_equal(now_of(id).state, FS_HANDED_OVER);
	assert_true(given_device_now(label).state == SS_LENT && given_device_now(label).file_id == now_of(id).id);
	const char *receipt = str_z(mem, str_printf(mem, "%s/recu", page_of(id)));
	a = get(receipt);
	expect_order(a, "Reçu par", "Awa Zoungrana", "Essai 400", "un prêt", "Chargeur, Souris",
		"Allumé devant la famille : il marche", "Le Ponton");
	str first = str_copy(mem, a.body);
	assert_true(str_eq(first, get(receipt).body));
	const char *document = str_z(mem, str_printf(mem, "%s/recu.pdf", page_of(id)));
	struct vault_asker vault = ask_vault();
	expect_status(get(document), 303);           /* not drawn yet: the page of the handover */
	assert_ok(handover_step(ask_db(), &vault));
	assert_err(handover_step(ask_db(), &vault), NOT_FOUND);
	a = get(document);
	expect_status(a, 200);
	assert_true(str_starts(a.body, S("%PDF-")) && str_find(header_of(a, "Content-Disposition"), S(".pdf")) > 0);
	expect_text(get(page_of(id)), "Le même en PDF");
	a = get(at(str_z(mem, str_printf(mem, "/dossiers/%.*s", STR_ARG(id)))));
	expect_text(a, "Premier atelier");
	expect_absent(a, "value=\"handed_over\"");
}

TEST(sent_twice_it_counts_once_and_a_family_never_gets_two)
{
	given_city();
	str id = given_allocated("Awa", "0199001801"), one = given_device_of(city, "city"), two = given_device_of(city, "city");
	struct answer opened = get(page_of(id)), other = get(page_of(id));
	const char *path = page_of(id);
	expect_status(post_from(opened, path, with_label(one, REST)), 303);
	expect_status(post_from(opened, path, with_label(one, REST)), 303);
	struct answer a = post_from(other, path, with_label(two, REST));
	expect_status(a, 409);
	expect_text(a, "Cette famille a déjà reçu son ordinateur");
	assert_int_equal(given_device_now(two).state, SS_IN_STOCK);
}

TEST(of_two_agents_who_hand_the_same_device_one_wins_and_the_other_is_told)
{
	given_city();
	str id = given_allocated("Awa", "0199001801"), next = given_allocated("Bineta", "0199001802"), label = given_device_of(city, "city");
	struct answer first = get(page_of(id)), second = get(page_of(next));
	expect_status(post_from(first, page_of(id), with_label(label, REST)), 303);
	struct answer a = post_from(second, page_of(next), with_label(label, REST));
	expect_status(a, 422);
	expect_text(a, str_z(mem, str_printf(mem, "Ce poste est déjà prêté au dossier %.*s.", STR_ARG(id))));
	assert_int_equal(now_of(next).state, FS_ALLOCATED);
}

static enum err lose_tx(struct db *db, void *arg)
{
	const struct device *d = arg;
	return stock_move(db, d, SS_LOST, S("stolen"), &(struct stock_doer){ officer, city });
}

TEST(a_wrong_label_says_what_to_do_and_writes_nothing)
{
	given_city();
	i64 other = given_organisation("Autre ville");
	str id = given_allocated("Awa", "0199001801"), lost = given_device_of(city, "city"), theirs = given_device_of(other, "city");
	struct device d = given_device_now(lost);
	assert_ok(db_tx(ask_db(), lose_tx, &d));
	const struct { str label; const char *says; } wrong[] = {
		{ S("P222-2222"), "Un signe est faux : relisez" }, { S("Moulin"), "elle commence par P et a huit signes" },
		{ theirs, "Aucun poste de votre stock n’a ce code" }, { lost, "Ce poste est noté perdu ou volé" },
	};
	for (size_t i = 0; i < lengthof(wrong); i++) {
		struct answer a = fill(page_of(id), with_label(wrong[i].label, REST));
		expect_status(a, 422);
		expect_text(a, wrong[i].says);
	}
	assert_int_equal(now_of(id).state, FS_ALLOCATED);
}

struct keeping { struct device d; i64 file; };

static enum err keep_tx(struct db *db, void *arg)
{
	const struct keeping *k = arg;
	return stock_reserve(db, &k->d, k->file, &(struct stock_doer){ officer, city });
}

TEST(another_device_than_the_one_that_is_kept_is_asked_about_and_undoing_leads_back)
{
	given_city();
	str id = given_allocated("Awa", "0199001801"), next = given_allocated("Bineta", "0199001802");
	str kept = given_device_of(city, "city"), free = given_device_of(city, "city");
	struct keeping k = { given_device_now(kept), now_of(id).id };
	assert_ok(db_tx(ask_db(), keep_tx, &k));
	struct answer a = fill(page_of(next), with_label(kept, REST));
	expect_status(a, 422);
	expect_text(a, str_z(mem, str_printf(mem, "Ce poste est gardé pour le dossier %.*s", STR_ARG(id))));
	a = fill(page_of(id), with_label(free, REST));
	expect_status(a, 422);
	expect_text(a, "Un autre poste est gardé pour cette famille");
	expect_status(fill(page_of(id), with_label(kept, REST)), 303);
	expect_status(fill(page_of(id), "geste=annuler&raison="), 422);
	expect_status(fill(page_of(id), "geste=annuler&raison=device"), 303);
	assert_int_equal(now_of(id).state, FS_ALLOCATED);
	assert_true(given_device_now(kept).state == SS_RESERVED && given_device_now(kept).file_id == now_of(id).id);
	expect_status(fill(page_of(id), with_label(free, REST "&autre=1")), 303);
	assert_int_equal(given_device_now(kept).state, SS_IN_STOCK);
	assert_int_equal(given_device_now(free).state, SS_LENT);
}

TEST(a_gift_only_where_its_owner_may_give_and_with_its_commitment)
{
	given_city();
	str id = given_allocated("Awa", "0199001801"), public = given_device_of(city, "city"), private = given_device_of(city, "company");
	struct answer a = fill(page_of(id), with_label(public, REST "&titre=don&engagement=1"));
	expect_status(a, 422);
	expect_text(a, "Son propriétaire ne peut pas le donner");
	a = fill(page_of(id), with_label(private, REST "&titre=don"));
	expect_status(a, 422);
	expect_text(a, "Faites d’abord signer l’engagement");
	expect_status(fill(page_of(id), with_label(private, REST "&titre=don&engagement=1")), 303);
	assert_int_equal(given_device_now(private).state, SS_GONE);
	expect_text(get(str_z(mem, str_printf(mem, "%s/recu", page_of(id)))), "L’ordinateur est donné.");
	expect_status(fill(page_of(id), "geste=annuler&raison=refused"), 303);
	assert_int_equal(given_device_now(private).state, SS_IN_STOCK);
}

static struct receipt receipt_in(enum lang lang)
{
	const struct device d = { .kind = S("laptop"), .model = S("Essai 400"), .label = S("P4F8RBYZ"),
		.serial = S("12-AB 34"), .owner = S("Ville"), .memory_gb = 8 };
	struct receipt r, ret;
	receipt_fill(mem, &(struct receipt_facts){ .lang = lang, .device = &d, .number = S("R222-2222"), .day = S("2026-11-30"), .organisation = S("Ville"),
		.agent = S("Andrea"), .family = S("Awa Zoungrana"), .file = S("DEMO-2222"),
		.campaign = S("Un ordinateur à la maison : ABCDEFGHIJKLMNOPQRSTUVWXYZ bfgjkqvwxyz ÀÉÈÊÇÎÔ âêëèéïîôùûüç (/&+-)"), .accessories = S("charger mouse"),
		.seen = S("works"), .workshop = S("Le Ponton, 3 quai du Port"),
		.workshop_day = S("2026-12-04"), .workshop_hour = S("14 h 30"), .phone = S("+33240000001") }, &r);
	receipt_read(mem, receipt_text(mem, &r), &ret);
	return ret;
}

TEST(a_receipt_is_an_a4_sheet_and_its_family_reads_it_overleaf_in_its_language)
{
	mem = unit_arena((size_t)8 << 20);
	struct receipt r = receipt_in(LANG_FR);
	str pdf;
	assert_true(str_find(receipt_text(mem, &r), S("langue")) < 0);          /* as those made before */
	assert_ok(receipt_pdf(mem, &r, 0, &pdf));
	str info = paper_ask(mem, pdf, "pdfinfo %s");
	assert_true(str_find(info, S("(A4)")) > 0 && str_find(info, S("Tagged:          yes")) > 0);
	assert_true(str_find(info, S("Pages:           1")) > 0);
	assert_true(str_find(paper_page(mem, pdf, 1), S("fait foi")) < 0);
	r = receipt_in(LANG_AR);
	assert_int_equal(r.lang, LANG_AR);
	assert_ok(receipt_pdf(mem, &r, 0, &pdf));
	assert_true(str_find(paper_ask(mem, pdf, "pdfinfo %s"), S("Pages:           2")) > 0);
	assert_true(pdf.n < 60000);                  /* what the vault seals at once */
	paper_check(pdf);
	paper_lines_apart(mem, pdf, 595, 842);
	str french = paper_page(mem, pdf, 1), arabic = paper_page(mem, pdf, 2);
	assert_true(str_find(french, S("Le français fait foi")) > 0 && str_find(french, S("Signature de qui le reçoit")) > 0 &&
		str_find(french, S("14 h 30")) > 0);
	assert_true(str_find(arabic, S("شاحن")) > 0 && str_find(arabic, S("في بيتها")) > 0);
	assert_true(str_find(arabic, S("02 40 00 00 01")) > 0 && str_find(arabic, S("12-AB 34")) > 0 && str_find(arabic, S("Awa Zoungrana")) > 0);
	r = receipt_in(LANG_SIMPLE);
	assert_ok(receipt_pdf(mem, &r, 0, &pdf));
	assert_true(str_find(paper_page(mem, pdf, 2), S("Vous en prenez soin")) > 0);
}

TEST(a_receipt_dies_with_its_household_and_is_in_its_file_before)
{
	given_city();
	str id = given_allocated("Awa", "0199001801"), label = given_device_of(city, "city");
	expect_status(fill(page_of(id), with_label(label, REST)), 303);
	struct household h;
	assert_ok(household_get(ask_db(), now_of(id).root, &h));
	expect_text(get(str_z(mem, str_printf(mem, "/agent/foyers/%.*s/donnees", STR_ARG(h.public_id)))), "Le Ponton");
	given_erased(h.id);
	expect_status(get(page_of(id)), 404);
	expect_status(get(str_z(mem, str_printf(mem, "%s/recu", page_of(id)))), 404);
	struct handover_row row;
	assert_ok(handover_live(ask_db(), now_of(id).id, &row));
	assert_true(str_find(row.receipt_enc, S("Zoungrana")) < 0);
}

static enum err follow_tx(struct db *db, void *arg)
{
	(void)arg;
	return wave_school_put(db, made.wave_id, S("9990001X"), S("Compagnons du port"), S(""));
}

TEST(the_association_that_follows_the_school_notes_a_theft_by_the_label)
{
	mem = unit_arena((size_t)8 << 20);
	city = given_organisation("Ville");
	made = given_wave_of(city);
	i64 association = given_account("m@asso.example", "Maël", given_organisation("Compagnons du port"), ROLE_MEDIATOR);
	given_school("9990001X");
	assert_ok(db_tx(ask_db(), follow_tx, NULL));
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	given_school_in_wave("9990001X", given_organisation("École"), made.wave_id);
	ask_as(officer);
	str id = given_allocated("Awa", "0199001801"), label = given_device_of(city, "city");
	const char *at_label = str_z(mem, str_printf(mem, "/agent/postes/%.*s", STR_ARG(label)));
	const char *loss = str_z(mem, str_printf(mem, "%s/perte", at_label));
	ask_as(association);
	expect_status(get(at_label), 404);           /* nobody has it: none of its business */
	ask_as(officer);
	expect_status(fill(page_of(id), with_label(label, REST)), 303);
	ask_as(association);
	expect_absent(get(at_label), "Zoungrana");
	expect_text(fill(loss, "raison=stolen"), "Un vol se note avec le numéro de sa déclaration");
	expect_status(fill(loss, "raison=stolen&numero=2026-44-123&depose=2026-11-30&poste=Commissariat+Waldeck"), 303);
	assert_int_equal(given_device_now(label).state, SS_LOST);
	assert_int_equal(now_of(id).state, FS_LOST);
	expect_status(get(page_of(id)), 404);
}

/* ---- days ---- */

static const char *day_at(i64 id, const char *rest) { return at(str_z(mem, str_printf(mem, "/remises/%lld%s", (long long)id, rest))); }

TEST(slots_are_filled_in_order_and_never_beyond_their_places)
{
	struct handover_day_row d = { .slots = 3, .per_slot = 2 };
	i64 taken[3] = { 1, 2, 0 }, slot[5];
	slots_fill(&d, taken, 5, slot);
	const i64 wanted[] = { 0, 2, 2, -1, -1 };
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(slot[i], wanted[i]);
	static const struct { const char *typed; i64 minute; } good[] = { { "9:20", 560 }, { "9 h 20", 560 }, { "9h", 540 }, { "14", 840 }, { "00:00", 0 } };
	i64 minute;
	for (size_t i = 0; i < lengthof(good); i++)
		assert_true(minute_read(str_c(good[i].typed), &minute) && minute == good[i].minute);
	static const char *const bad[] = { "", "h", "24:00", "9:60", "930", "9:20:10", "neuf", "9.20" };
	for (size_t i = 0; i < lengthof(bad); i++)
		assert_false(minute_read(str_c(bad[i]), &minute));
}

TEST(families_are_placed_moved_by_hand_and_called)
{
	given_city();
	i64 day = given_handover_day(city);
	str one = given_allocated("Awa", "0199001801"), two = given_allocated("Bineta", "0199001802"), three = given_allocated("Coumba", "0199001803");
	struct answer opened = get(day_at(day, ""));
	expect_status(fill(day_at(day, ""), "geste=placer"), 303);
	struct handover_booked_row b;
	assert_ok(handover_booking_of(ask_db(), now_of(one).id, &b));
	assert_int_equal(b.slot, 0);
	assert_ok(handover_booking_of(ask_db(), now_of(two).id, &b));
	assert_int_equal(b.slot, 1);
	assert_err(handover_booking_of(ask_db(), now_of(three).id, &b), NOT_FOUND);      /* all is full: two slots of one place */
	struct answer a = fill_late(day_at(day, ""), opened, str_z(mem, str_printf(mem, "geste=enlever&dossier=%.*s", STR_ARG(one))));
	expect_status(a, 409);
	expect_status(fill(day_at(day, ""), str_z(mem, str_printf(mem, "geste=deplacer&creneau=0&dossier=%.*s", STR_ARG(three)))), 303);
	expect_status(fill(day_at(day, ""), str_z(mem, str_printf(mem, "geste=enlever&dossier=%.*s", STR_ARG(two)))), 303);
	a = get(day_at(day, "/appels"));
	expect_order(a, "Awa Zoungrana", "01 99 00 18 01", "Coumba Zoungrana", "01 99 00 18 03");
	assert_true(str_find(a.body, S("tel:+33199001801")) > 0);
	expect_absent(a, "Pas de téléphone ?");
	expect_absent(a, "Bineta");
	expect_status(fill(day_at(day, ""), "geste=annuler"), 303);
	expect_text(get(day_at(day, "")), "Ce jour est annulé");
	expect_status(fill(day_at(day, ""), "geste=annuler"), 303);
}

TEST(a_day_ends_with_what_was_handed_and_whom_to_call)
{
	/* 9:12: slots at 9 and 9:20, over at 9:40 */
	i64 morning = date_days(today_paris()) * 86400000 - paris_of_ms(now_ms()).offset_s * (i64)1000 + (i64)552 * 60000;
	clock_set(morning);
	given_city();
	i64 day = given_handover_day(city);
	str one = given_allocated("Awa", "0199001801"), two = given_allocated("Bineta", "0199001802"), label = given_device_of(city, "city");
	(void)two;
	expect_status(fill(day_at(day, ""), "geste=placer"), 303);
	expect_status(fill(page_of(one), with_label(label, REST)), 303);
	struct answer a = get(day_at(day, "/bilan"));                   /* before its hour nobody has missed it */
	expect_order(a, "1 ordinateur remis, 1 famille attendue.", "Attendues", "Bineta Zoungrana", "pas encore prévenue", "Remis", "Awa Zoungrana");
	expect_absent(a, "Pas remis");
	expect_text(get(day_at(day, "/bilan.csv")), "attendue,pas encore prévenue");
	expect_status(fill(day_at(day, "/prevenir"), ""), 303);
	expect_text(get(day_at(day, "")), "invitation à écrire");
	expect_text(get(day_at(day, "/bilan")), "invitation à écrire");      /* in the words of the day's page */
	clock_set(morning + (i64)29 * 60000);
	a = get(day_at(day, "/bilan"));
	expect_order(a, "1 ordinateur remis, 1 famille n’a rien eu.", "Bineta Zoungrana", "01 99 00 18 02", "pas venue, et pas prévenue", "Awa Zoungrana");
	a = get(day_at(day, "/bilan.csv"));
	expect_text(a, "Salle des fêtes");
	expect_text(a, "remis");
	expect_absent(a, "Zoungrana");
	expect_text(get(day_at(day, "")), "Bilan du jour");
}

TEST(a_label_that_is_read_leads_to_the_families_of_the_day)
{
	given_city();
	i64 day = given_handover_day(city);
	str one = given_allocated("Awa", "0199001801"), label = given_device_of(city, "city");
	expect_status(fill(day_at(day, ""), "geste=placer"), 303);
	struct answer a = get(str_z(mem, str_printf(mem, "/p/%.*s", STR_ARG(label))));
	expect_status(a, 303);
	a = get(str_z(mem, str_printf(mem, "/agent/postes/%.*s", STR_ARG(label))));
	expect_text(a, str_z(mem, str_printf(mem, "/dossiers/%.*s/remise?poste=%.*s", STR_ARG(one), STR_ARG(label))));
	expect_text(a, "Awa Zoungrana");
	a = get(day_at(day, str_z(mem, str_printf(mem, "/jour?poste=%.*s", STR_ARG(label)))));
	expect_text(a, "À quelle famille ?");
	expect_status(get(day_at(day, "/jour?poste=P222-2222")), 422);
	ask_as(0);
	a = get(str_z(mem, str_printf(mem, "/p/%.*s", STR_ARG(label))));
	expect_status(a, 200);
	expect_text(a, "Cet ordinateur appartient à Propriétaire de test");
	expect_absent(a, "Zoungrana");
	expect_text(a, "noindex");
	expect_status(get("/p/P222-2222"), 404);
}

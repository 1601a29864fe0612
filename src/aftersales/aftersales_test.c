/* What after-sales promises: a family never has two computers but for a spare one during a repair; what is noted here moves the stock and the
 * family's file with it, and can be taken back; two agents do not write over each other; others see nothing. */
#include "aftersales/pages.h"

#include "db/id.h"
#include "files/files_sql.h"
#include "given_care.h"

static struct arena *mem;
static i64 city, officer, service, device, other;
static struct given_wave made;
static str file;

static void given_all(void)
{
	mem = unit_arena((size_t)8 << 20);
	city = given_organisation("Ville");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	service = given_account("s@ville.example", "Sacha", city, ROLE_DESK_AGENT);
	made = given_wave_of(city);
	file = given_file(city);
	device = given_equipped(city);
	other = given_device(city, "Essai T2");
	ask_as(officer);
}

static const char *path(const char *format, ...)
{
	char rest[200];
	va_list ap;
	va_start(ap, format);
	vsnprintf(rest, sizeof rest, format, ap);
	va_end(ap);
	return str_z(mem, str_printf(mem, "/agent/campagnes/%lld%s", (long long)made.campaign_id, rest));
}

static const char *of_file(const char *rest) { return path("/dossiers/%.*s%s", STR_ARG(file), rest); }

static struct device device_now(i64 id)
{
	struct device d;
	assert_ok(stock_get(ask_db(), id, &d));
	return d;
}

static struct family_file_row file_now(void)
{
	struct family_file_row row;
	assert_ok(file_by_public(ask_db(), file, made.campaign_id, &row));
	return row;
}

static const char *label_of(i64 id) { return str_z(mem, device_now(id).label); }

/* The ticket's page that a form led to. */
static const char *led(struct answer a)
{
	expect_status(a, 303);
	str where = header_of(a, "Location"), rest;
	assert_true(str_next(&where, '?', &rest));
	return str_z(mem, str_copy(mem, rest));
}

static const char *broken(void) { return led(fill(of_file("/panne"), "symptome=screen&dit=Elle+est+noire")); }

static struct care_ticket_row ticket_now(void)
{
	struct care_ticket_row_list rows;
	assert_ok(care_tickets_of_file(ask_db(), file_now().id, &rows));
	assert_true(rows.n > 0);
	return rows.v[0];
}

static const char *repairing(void)
{
	const char *at = broken();
	expect_status(fill(at, "etape=diagnosed&constat=screen"), 303);
	expect_status(fill(at, "etape=in_repair"), 303);
	return at;
}

/* A gesture, and the label of a computer. */
static const char *with(const char *gesture, i64 id) { return str_z(mem, str_printf(mem, "%s&appareil=%s", gesture, label_of(id))); }

TEST(care_a_breakdown_from_its_telling_to_the_computer_given_back)
{
	given_all();
	ask_as(service);
	expect_text(get(of_file("")), "Signaler une panne");
	const char *at = broken();
	struct answer a = get(at);
	expect_text(a, "l’écran est cassé ou reste noir");
	expect_text(a, "Elle est noire");
	expect_absent(a, "Le remplacer");
	expect_text(get(of_file("")), "Panne signalée");
	expect_text(get(path("/apres-vente")), "1 panne à traiter");
	expect_text(fill(at, "etape=diagnosed"), "Choisissez ce que c’est.");
	expect_status(fill(at, "etape=diagnosed&constat=screen"), 303);
	expect_text(fill(at, with("etape=solved", other)), "ce geste ne donne aucun ordinateur");
	expect_text(fill(at, with("etape=in_repair", device)), "Cet ordinateur n’est pas libre");
	expect_status(fill(at, "etape=in_repair"), 303);
	assert_int_equal(device_now(device).state, SS_IN_REPAIR);
	expect_text(fill(at, with("etape=given_back", other)), "ce geste ne donne aucun ordinateur");
	expect_text(fill(at, "geste=preter&appareil=ZZZZ"), "Aucune étiquette ne s’écrit ainsi");
	expect_text(fill(at, with("geste=preter", device)), "Cet ordinateur n’est pas libre : En réparation");
	expect_status(fill(at, with("geste=preter", other)), 303);
	assert_int_equal(device_now(other).file_id, file_now().id);
	expect_text(fill(at, "etape=given_back"), "La famille a encore l’ordinateur de prêt");
	expect_status(fill(at, "etape=given_back&revenu=1"), 303);
	assert_int_equal(device_now(other).state, SS_RETURNED);
	assert_int_equal(device_now(device).file_id, file_now().id);
	assert_str(file_now().state, "handed_over");
	expect_text(get(path("/apres-vente")), "Aucune panne n’est à traiter");
	expect_text(get(path("/apres-vente?etat=all")), "Réparé et rendu");
	expect_order(get(path("/apres-vente.csv?etat=all")), "dossier,ordinateur", ",screen,screen,given_back,");
}

TEST(care_a_label_that_is_typed_with_the_step_is_lent_with_it)
{
	given_all();
	const char *at = broken();
	expect_status(fill(at, "etape=diagnosed&constat=screen"), 303);
	expect_status(fill(at, with("etape=in_repair", other)), 303);
	assert_int_equal(device_now(device).state, SS_IN_REPAIR);
	assert_int_equal(device_now(other).state, SS_LENT);
	assert_int_equal(device_now(other).file_id, file_now().id);
	expect_text(get(at), "La famille a rendu l’ordinateur de prêt");
	expect_text(fill(at, with("geste=reprendre", device)), "ce geste ne donne aucun ordinateur");
	expect_status(fill(at, "geste=reprendre"), 303);
	assert_int_equal(device_now(other).state, SS_RETURNED);
}

TEST(care_a_replacement_moves_the_file_and_can_be_taken_back)
{
	given_all();
	const char *at = repairing();
	ask_as(service);
	expect_text(fill(at, with("etape=replaced", other)), "Cela se décide à la conduite des programmes");
	ask_as(officer);
	expect_text(fill(at, "etape=replaced"), "Écrivez l’étiquette");
	expect_status(fill(at, with("etape=replaced", other)), 303);
	assert_str(file_now().state, "replaced");
	assert_str(file_now().reason, "fault");
	assert_int_equal(device_now(device).state, SS_RETURNED);
	assert_int_equal(device_now(other).file_id, file_now().id);
	expect_absent(get(of_file("")), "revenir à");
	ask_as(service);
	expect_absent(get(at), "Annuler la dernière étape");
	ask_as(officer);
	expect_status(fill(at, "geste=retour"), 303);
	assert_str(file_now().state, "handed_over");
	assert_int_equal(device_now(device).state, SS_IN_REPAIR);
	assert_int_equal(device_now(other).state, SS_IN_STOCK);
	assert_str(ticket_now().state, "in_repair");
}

TEST(care_the_spare_computer_may_become_the_familys_own)
{
	given_all();
	const char *at = repairing();
	expect_status(fill(at, with("geste=preter", other)), 303);
	expect_status(fill(at, "etape=replaced&garde=1"), 303);
	struct stock_loan l;
	assert_ok(stock_loan_now(ask_db(), other, &l));
	assert_false(l.spare);
	assert_str(file_now().state, "replaced");
	expect_status(fill(at, "geste=retour"), 303);
	assert_ok(stock_loan_now(ask_db(), other, &l));
	assert_true(l.spare);
	assert_int_equal(ticket_now().spare_id.v, other);
	expect_text(fill(at, "geste=retour"), "notez d’abord qu’il est revenu");
	expect_status(fill(at, "geste=reprendre"), 303);
	expect_status(fill(at, "geste=retour"), 303);
	assert_int_equal(device_now(device).state, SS_LENT);
}

TEST(care_what_cannot_be_mended_nor_replaced_ends_the_loan)
{
	given_all();
	const char *at = repairing();
	expect_status(fill(at, "etape=beyond"), 303);
	assert_int_equal(device_now(device).state, SS_RETURNED);
	assert_str(file_now().state, "handed_over");
	expect_status(fill(at, "etape=ended"), 303);
	assert_str(file_now().state, "returned");
	assert_str(file_now().reason, "broken");
	expect_status(fill(at, "geste=retour"), 303);
	assert_str(file_now().state, "handed_over");
}

TEST(care_a_computer_given_back_ends_the_loan_and_a_mistake_is_taken_back)
{
	given_all();
	expect_text(fill(of_file("/retour"), "raison="), "Choisissez pourquoi.");
	expect_status(fill(of_file("/retour"), "raison=left"), 303);
	assert_int_equal(device_now(device).state, SS_RETURNED);
	assert_str(file_now().state, "returned");
	struct answer a = get(of_file("/retour"));
	expect_text(a, "elle quitte la ville");
	expect_text(a, "il est effacé et vérifié");
	expect_absent(get(of_file("")), "revenir à");
	expect_text(fill(of_file("/panne"), "symptome=screen"), "Cette famille n’a pas d’ordinateur du plan");
	expect_status(fill(of_file("/retour"), "geste=annuler"), 303);
	assert_str(file_now().state, "handed_over");
	assert_int_equal(device_now(device).file_id, file_now().id);
}

TEST(care_a_theft_wants_its_declaration_and_keeps_it_sealed)
{
	given_all();
	struct answer a = fill(of_file("/perte"), "raison=stolen");
	expect_status(a, 422);
	expect_text(a, "Un vol se note avec le numéro de sa déclaration");
	expect_text(a, "Écrivez où elle a été déposée.");
	assert_str(file_now().state, "handed_over");
	expect_status(fill(of_file("/perte"), "raison=stolen&numero=PV-2026-0077&depose=2026-11-02&poste=Commissariat+invent%C3%A9"), 303);
	assert_int_equal(device_now(device).state, SS_LOST);
	assert_str(file_now().state, "lost");
	struct care_end_row_list rows;
	assert_ok(care_ends_of_file(ask_db(), file_now().id, &rows));
	assert_true(rows.v[0].report_enc.n > 20 && str_find(rows.v[0].report_enc, S("PV-2026")) < 0);
	a = get(of_file("/perte"));
	expect_text(a, "PV-2026-0077");
	expect_text(a, "2 novembre 2026, Commissariat inventé");
	expect_status(fill(of_file("/perte"), "geste=garde"), 303);
	assert_str(file_now().state, "followed");
	assert_int_equal(device_now(device).file_id, file_now().id);
	expect_status(fill(of_file("/perte"), "raison=lost"), 303);
	expect_status(fill(of_file("/perte"), "geste=retrouve"), 303);
	assert_int_equal(device_now(device).state, SS_RETURNED);
	assert_str(file_now().state, "lost");
}

TEST(care_a_spare_computer_that_is_lost_leaves_the_file_where_it_is)
{
	given_all();
	const char *at = repairing();
	expect_status(fill(at, with("geste=preter", other)), 303);
	expect_text(fill(of_file("/retour"), "raison=left"), "son retour se note dans le suivi de la panne");
	expect_status(fill(of_file("/perte"), "raison=lost"), 303);
	assert_int_equal(device_now(other).state, SS_LOST);
	assert_str(file_now().state, "handed_over");
	expect_text(get(at), "Ordinateur de prêt perdu ou volé");
	expect_status(fill(at, "etape=given_back"), 303);
	expect_status(fill(of_file("/retour"), "raison=left"), 303);
}

TEST(care_two_agents_at_once)
{
	given_all();
	struct answer opened = get(of_file("/panne"));
	const char *at = broken();
	struct answer a = fill_late(of_file("/panne"), opened, "symptome=slow");
	expect_status(a, 409);
	struct answer seen = get(at);
	expect_status(fill(at, "etape=diagnosed&constat=disk"), 303);
	a = fill_late(at, seen, "etape=cancelled");
	expect_status(a, 409);
	expect_text(a, "Quelqu’un vient de changer ce suivi");
	assert_str(ticket_now().state, "diagnosed");
	seen = get(of_file("/retour"));
	expect_status(fill(at, "etape=solved"), 303);
	given_file_step(file_now().id, "followed");
	expect_status(fill_late(of_file("/retour"), seen, "raison=left"), 409);
	assert_str(file_now().state, "followed");
}

TEST(care_what_the_family_says_is_read_over_first)
{
	given_all();
	struct answer a = fill(of_file("/panne"), "symptome=locked&dit=Son+mot+de+passe+est+bateau");
	expect_status(a, 422);
	expect_text(a, "J’ai relu");
	expect_status(fill(of_file("/panne"), "symptome=locked&dit=Son+mot+de+passe+est+bateau&relue=1"), 303);
	assert_true(str_find(ticket_now().said_enc, S("bateau")) < 0);
}

TEST(care_others_and_erased_families)
{
	given_all();
	const char *at = broken();
	ask_as(given_account("x@ailleurs.example", "Xan", given_organisation("Ailleurs"), ROLE_PROGRAMME_OFFICER));
	const char *const all[] = { at, path("/apres-vente"), path("/apres-vente.csv"), of_file("/panne"), of_file("/retour"), of_file("/perte") };
	for (size_t i = 0; i < lengthof(all); i++)
		expect_status(get(all[i]), 404);
	ask_as(service);
	expect_status(get(of_file("/retour")), 200);
	expect_text(get(of_file("")), "Noter une perte");
	given_erased(file_now().root);
	expect_status(get(at), 404);
	expect_text(get(path("/apres-vente")), "0 panne à traiter");
	expect_absent(get(path("/apres-vente")), "Fanny");
}

static enum err forget_tx(struct db *db, void *arg) { return aftersales_forget(db, now_ms() + 2 * (i64)86400000, 10, arg); }

TEST(care_who_may_note_that_a_computer_is_back_may_not_take_it_back)
{
	given_all();
	ask_as(service);
	expect_status(fill(of_file("/retour"), "raison=left"), 303);
	assert_int_equal(device_now(device).state, SS_RETURNED);
	struct answer a = get(of_file("/retour"));
	expect_absent(a, "C’était une erreur");
	a = fill(of_file("/retour"), "geste=annuler");
	expect_status(a, 422);
	expect_text(a, "demandez-lui");
	assert_str(file_now().state, "returned");
}

static const char *of_device(i64 id, const char *rest) { return str_z(mem, str_printf(mem, "/agent/postes/%s%s", label_of(id), rest)); }

TEST(care_a_workshop_notes_by_the_label_and_never_reads_whose_it_is)
{
	given_all();
	i64 bench = given_account("t@ville.example", "Tea", city, ROLE_TECHNICIAN);
	ask_as(bench);
	struct answer a = get(str_z(mem, str_printf(mem, "/p/%s", label_of(device))));
	expect_status(a, 303);
	a = get(of_device(device, ""));
	expect_order(a, "Il est chez une famille", "Signaler une panne", "Noter qu’il est rendu", "Noter une perte ou un vol");
	expect_absent(a, "Fanny");
	expect_absent(get(of_device(device, "/panne")), "Fanny");
	expect_status(fill(of_device(device, "/panne"), "symptome="), 422);
	expect_status(fill(of_device(device, "/panne"), "symptome=screen&dit=Elle+est+noire"), 303);
	assert_str(ticket_now().state, "open");
	a = get(of_device(device, ""));
	expect_text(a, "Une panne est déjà signalée");
	expect_status(get(of_file("/panne")), 404);
	ask_as(officer);
	expect_text(get(of_device(device, "")), "Suivre sa panne");
	expect_status(fill(path("/apres-vente/%lld", (long long)ticket_now().id), "etape=cancelled"), 303);
	ask_as(bench);
	struct answer opened = get(of_device(device, "/retour"));
	expect_status(fill(of_device(device, "/retour"), "raison=left"), 303);
	assert_int_equal(device_now(device).state, SS_RETURNED);
	assert_str(file_now().state, "returned");
	expect_status(post_from(opened, of_device(device, "/retour"), "raison=left"), 303);   /* it is back: its page says so */
	expect_status(get(of_device(other, "/panne")), 303);
	ask_as(given_account("y@ailleurs.example", "Yan", given_organisation("Ailleurs"), ROLE_TECHNICIAN));
	expect_status(get(of_device(device, "")), 404);
	expect_status(get(of_device(device, "/panne")), 404);
}

TEST(care_what_a_family_said_is_forgotten_once_it_is_over)
{
	given_all();
	i64 n;
	const char *at = broken();
	assert_ok(db_tx(ask_db(), forget_tx, &n));
	assert_int_equal(n, 0);
	expect_status(fill(at, "etape=solved"), 303);
	assert_ok(db_tx(ask_db(), forget_tx, &n));
	assert_int_equal(n, 1);
	expect_absent(get(at), "Elle est noire");
}

TEST(care_a_family_is_handed_what_is_held)
{
	given_all();
	const char *at = broken();
	expect_status(fill(at, "etape=solved"), 303);
	expect_status(fill(of_file("/perte"), "raison=stolen&numero=PV-2026-0077&depose=2026-11-02&poste=Brigade"), 303);
	struct household h;
	assert_ok(household_get(ask_db(), file_now().root, &h));
	struct answer a = get(str_z(mem, str_printf(mem, "/agent/foyers/%.*s/donnees", STR_ARG(h.public_id))));
	expect_order(a, "Ce qui est arrivé à l’ordinateur", "l’écran est cassé", "Elle est noire", "Réglée sans réparation", "volé",
		"PV-2026-0077, 2026-11-02, Brigade");
}

/* ---- whatever is done, in any order ---- */

struct walk { u64 seed; i64 devices[6]; struct file_doer who; };

static u64 roll(struct walk *w, u64 sides)
{
	w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
	return (w->seed >> 33) % sides;
}

static enum err stumble_tx(struct db *db, void *arg)
{
	struct walk *w = arg;
	struct care_ticket_row row = ticket_now();
	struct ticket t = ticket_of_row(&row);
	struct care_event_row_list events;
	struct care_event_row last;
	str today = date_iso(db_arena(db), today_paris());
	i64 any = w->devices[roll(w, 6)];
	switch (roll(w, 6)) {
	case 0: return ticket_spare_lend(db, &t, any, today, &w->who);
	case 1: return ticket_spare_back(db, &t, today, false, &w->who);
	case 2:
		try(care_events(db, t.id, &events));
		return ticket_last_step(db_arena(db), &events, &last) ? ticket_step_back(db, &t, &last, &w->who) : OK;
	default:
		return ticket_step_make(db, &t, &(struct ticket_step){ (enum care_state)roll(w, CS_COUNT), today, S("disk"), roll(w, 2) ? any : t.spare_id,
			roll(w, 2) == 1 }, &w->who);
	}
}

/* What the family has: its own computer unless the ticket says that it is away, and a spare one only when the ticket says so. */
static void expect_sound(void)
{
	struct care_ticket_row row = ticket_now();
	struct ticket t = ticket_of_row(&row);
	struct devices have;
	size_t own = 0, spare = 0;
	assert_ok(stock_of_file(ask_db(), t.file_id, &have));
	for (size_t i = 0; i < have.n; i++) {
		struct stock_loan l;
		assert_ok(stock_loan_now(ask_db(), have.v[i].id, &l));
		own += !l.spare;
		spare += l.spare;
		assert_true(!l.spare || have.v[i].id == t.spare_id);
	}
	assert_int_equal(own, care_states[t.state].place == CP_FAMILY || t.state == CS_REPLACED);
	assert_int_equal(spare, t.spare_id != 0);
	assert_int_equal(str_eq(file_now().state, S("replaced")), t.state == CS_REPLACED);
}

TEST(care_never_two_computers_but_a_spare_one_during_a_repair)
{
	given_all();
	struct walk w = { .seed = 20261129, .who = { officer, city } };
	size_t moved = 0;
	(void)broken();
	w.devices[0] = device;
	w.devices[1] = other;
	for (size_t i = 2; i < 6; i++)
		w.devices[i] = given_device(city, "Essai");
	for (int i = 0; i < 400; i++) {
		enum err e = db_tx(ask_db(), stumble_tx, &w);
		moved += e == OK;
		assert_true(e == OK || e == INVALID || e == CONFLICT);
		expect_sound();
	}
	assert_true(moved > 40);
}

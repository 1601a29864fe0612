/* What files of families promise: the same family is one file, only the table moves it, two agents do not write over each other, and a school
 * sees what it wrote and nothing else. */
#include "files/pages.h"

#include "audit/audit_sql.h"
#include "given_charter.h"

static struct arena *mem;
static i64 city, school_organisation, officer, service, referent;
static struct given_wave made;

static void given_agents(void)
{
	mem = unit_arena((size_t)8 << 20);
	city = given_organisation("Ville");
	school_organisation = given_organisation("École du Halage");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	service = given_account("s@ville.example", "Sacha", city, ROLE_DESK_AGENT);
	referent = given_account("r@ecole.example", "Lou", school_organisation, ROLE_SCHOOL_REFERENT);
	made = given_wave_of(city);
	given_school_in_wave("9990001X", school_organisation, made.wave_id);
	ask_as(officer);
}

static const char *at(const char *rest) { return str_z(mem, str_printf(mem, "/agent/campagnes/%lld/dossiers%s", (long long)made.campaign_id, rest)); }
#define OURS "/agent/ecole/9990001X/familles"
#define LEILA "prenom=Le%C3%AFla&nom=Benali&telephone=01+99+00+12+01&classe=CM1"

/* The public id of the file that a page led to. */
static str led(struct answer a)
{
	expect_status(a, 303);
	str where = header_of(a, "Location"), id;
	where = str_slice(where, (size_t)str_find(where, S("/dossiers/")) + strlen("/dossiers/"), SIZE_MAX);
	assert_true(str_next(&where, '?', &id));
	return str_copy(mem, id);
}

/* Where an answer led. */
static const char *there(struct answer a)
{
	expect_status(a, 303);
	return str_z(mem, header_of(a, "Location"));
}

static const char *page_of(str id) { return at(str_z(mem, str_printf(mem, "/%.*s", STR_ARG(id)))); }

static struct family_file_row file_now(str id)
{
	struct family_file_row row;
	assert_ok(file_by_public(ask_db(), id, made.campaign_id, &row));
	return row;
}

static i64 files_in_all(void)
{
	i64 n;
	assert_ok(file_list_count(ask_db(), made.campaign_id, S(""), 0, 0, S(""), &n));
	return n;
}

static struct answer step(str id, const char *to)
{
	return fill(page_of(id), str_z(mem, str_printf(mem, "geste=etape&etape=%s", to)));
}

TEST(a_family_goes_the_whole_way_and_its_wave_counts_it)
{
	given_agents();
	str id = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s"));
	static const char *const way[] = { "contacted", "invited", "attended", "eligible", "signed", "allocated", "handed_over", "followed" };
	expect_text(get(page_of(id)), "Leïla Benali");
	for (size_t i = 0; i < lengthof(way); i++) {
		enum file_state from, to;
		assert_true(file_state_of(file_now(id).state, &from) && file_state_of(str_c(way[i]), &to));
		if (file_step_of(from, to)->made_in)     /* by the module that it names */
			given_file_step(file_now(id).id, way[i]);
		else
			expect_status(step(id, way[i]), 303);
		assert_str(file_now(id).state, way[i]);
	}
	expect_text(step(id, "lost%3Astolen"), "se note dans l’après-vente de ce dossier");
	given_file_step(file_now(id).id, "lost:stolen");
	expect_text(get(page_of(id)), "Ordinateur perdu ou volé</b> : volé");
	struct wave_counts_list counts;
	assert_ok(files_wave_counts(ask_db(), made.campaign_id, &counts));
	assert_int_equal(counts.n, 1);
	assert_int_equal(counts.v[0].identified + counts.v[0].eligible + counts.v[0].signed_charters + counts.v[0].handed_over, 4);
	expect_order(get(str_z(mem, str_printf(mem, "/agent/campagnes/%lld", (long long)made.campaign_id))), "Identifiées", "Remis", "Total");
	struct household h;
	assert_ok(household_get(ask_db(), file_now(id).root, &h));
	assert_true(h.contact_at.set);
	assert_str(h.origin, "partner");
}

static i64 kept(str id)
{
	struct household h;
	assert_ok(household_get(ask_db(), file_now(id).root, &h));
	return h.keep_until;
}

TEST(a_household_is_held_while_a_loan_runs_and_five_years_after)
{
	given_agents();
	str id = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s"));
	i64 file = file_now(id).id, year = (i64)366 * 86400000;
	static const char *const before[] = { "contacted", "invited", "attended", "eligible" }, *const loan[] = { "allocated", "handed_over", "followed" };
	for (size_t i = 0; i < lengthof(before); i++)
		given_file_step(file, before[i]);
	assert_int_equal(kept(id), 0);
	given_file_step(file, "signed");
	assert_true(kept(id) > now_ms() + 20 * year);
	expect_text(fill(page_of(id), "geste=retour"), "Cette étape se reprend dans la charte de ce dossier");
	given_file_undo(file, "signed");
	assert_int_equal(kept(id), 0);
	given_file_step(file, "signed");
	for (size_t i = 0; i < lengthof(loan); i++)
		given_file_step(file, loan[i]);
	given_file_step(file, "returned:finished");
	assert_true(kept(id) > now_ms() + 4 * year && kept(id) < now_ms() + 6 * year);
	given_file_step(file, "followed:found");
	assert_true(kept(id) > now_ms() + 20 * year);
}

TEST(what_cannot_be_is_refused_in_words)
{
	given_agents();
	str id = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s"));
	struct answer a = step(id, "signed");
	expect_status(a, 422);
	expect_text(a, "De « Identifiée », un dossier ne passe pas à « Charte signée ».");
	a = step(id, "unreachable");
	expect_status(a, 422);
	expect_text(a, "demande une raison");
	a = fill(page_of(id), "geste=etape&etape=contacted&jour=2199-01-01");
	expect_text(a, "pas encore venu");
	a = fill(page_of(id), "geste=etape&etape=contacted&jour=2020-01-01");
	expect_text(a, "ne peut pas être plus ancienne");
	assert_str(file_now(id).state, "identified");
	expect_status(step(id, "contacted"), 303);
	expect_status(step(id, "invited"), 303);
	expect_status(step(id, "attended"), 303);
	ask_as(service);
	a = step(id, "eligible");
	expect_status(a, 422);
	expect_text(a, "se décide à la conduite des programmes de Ville");
	ask_as(officer);
	expect_status(step(id, "not_eligible%3Aequipped"), 303);
	ask_as(service);
	expect_absent(get(page_of(id)), "Annuler la dernière étape");
	expect_text(fill(page_of(id), "geste=retour"), "Cette étape se reprend à la conduite des programmes de Ville");
	ask_as(officer);
	a = get(page_of(id));
	expect_text(a, "la famille a déjà un ordinateur qui suffit");
	expect_text(a, "elle peut contester");
	expect_status(step(id, "eligible"), 422);
	expect_status(step(id, "eligible%3Aappeal"), 303);
}

TEST(the_last_step_is_taken_back_with_a_reason_once_the_day_is_over)
{
	given_agents();
	str id = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s"));
	expect_status(fill(page_of(id), "geste=retour"), 422);
	expect_status(step(id, "contacted"), 303);
	expect_text(get(page_of(id)), "Annuler la dernière étape");
	expect_status(fill(page_of(id), "geste=retour"), 303);
	assert_str(file_now(id).state, "identified");
	expect_status(fill(page_of(id), "geste=jointe"), 303);
	assert_str(file_now(id).state, "contacted");
	clock_set(now_ms() + (i64)36 * 3600000);
	ask_as(officer);
	struct answer a = fill(page_of(id), "geste=retour");
	expect_status(a, 422);
	expect_text(a, "dites pourquoi vous revenez en arrière");
	expect_status(fill(page_of(id), "geste=retour&raison=mistake"), 303);
	assert_str(file_now(id).state, "identified");
	expect_text(get(page_of(id)), "étape notée par erreur");
	clock_set(0);
}

TEST(a_call_noted_by_mistake_is_taken_out_and_three_are_counted)
{
	given_agents();
	ask_as(officer);
	str id = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s"));
	expect_status(fill(page_of(id), "geste=silence"), 303);
	struct answer a = get(page_of(id));
	expect_text(a, "Enlever le dernier appel");
	expect_absent(a, "appelée trois fois sans réponse");
	expect_text(a, "n’a pas encore été informée de ses droits");
	expect_status(fill(page_of(id), "geste=raturer"), 303);
	a = get(page_of(id));
	expect_order(a, "Cet appel n’a pas eu lieu", "Appelée, pas de réponse");
	expect_absent(a, "Enlever le dernier appel");
	expect_text(fill(page_of(id), "geste=raturer"), "Aucun appel noté aujourd’hui");
	for (int i = 0; i < 2; i++)
		expect_status(fill(page_of(id), "geste=silence"), 303);
	expect_text(fill(page_of(id), "geste=etape&etape=unreachable%3Acalls"), "Trois appels sans réponse ne sont pas encore notés");
	expect_status(fill(page_of(id), "geste=jointe"), 303);
	for (int i = 0; i < 2; i++)
		expect_status(fill(page_of(id), "geste=silence"), 303);
	expect_absent(get(page_of(id)), "appelée trois fois sans réponse");
	expect_status(fill(page_of(id), "geste=silence"), 303);
	expect_text(get(page_of(id)), "appelée trois fois sans réponse");
	clock_set(now_ms() + (i64)36 * 3600000);
	ask_as(officer);
	expect_absent(get(page_of(id)), "Enlever le dernier appel");
	expect_status(fill(page_of(id), "geste=etape&etape=unreachable%3Acalls"), 303);
	assert_str(file_now(id).state, "unreachable");
	clock_set(0);
}

TEST(two_agents_at_once_and_the_second_sees_what_happened)
{
	given_agents();
	str id = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s"));
	struct answer early = get(page_of(id));
	expect_status(step(id, "contacted"), 303);
	struct answer late = fill_late(page_of(id), early, "geste=etape&etape=unreachable%3Acalls");
	expect_status(late, 409);
	expect_text(late, "Quelqu’un vient de changer ce dossier");
	expect_text(late, "Andrea");
	assert_str(file_now(id).state, "contacted");
	struct answer list = get(at(""));
	const char *tick = str_z(mem, str_printf(mem, "geste=inviter&confirme=1&dossier=%.*s.%lld", STR_ARG(id), (long long)file_now(id).version));
	expect_text(list, "Inviter à la présentation");
	expect_status(fill(page_of(id), "geste=silence"), 303);
	expect_status(fill(at(""), tick), 409);
	assert_str(file_now(id).state, "contacted");
}

/* Whatever the second one does on the page that was opened before: refused, told, nothing written. */
TEST(each_deed_on_a_file_that_somebody_has_changed_is_refused)
{
	static const char *const deeds[] = { "geste=etape&etape=withdrawn%3Aunwanted", "geste=retour&raison=mistake", "geste=jointe", "geste=silence" };
	given_agents();
	str id = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s"));
	struct answer early = get(page_of(id));
	expect_status(step(id, "contacted"), 303);
	i64 version = file_now(id).version;
	for (size_t i = 0; i < lengthof(deeds); i++) {
		struct answer late = fill_late(page_of(id), early, deeds[i]);
		if (late.status != 409)
			fail_msg("%s: status %d", deeds[i], late.status);
		expect_text(late, "Quelqu’un vient de changer ce dossier");
		assert_int_equal(file_now(id).version, version);
		assert_str(file_now(id).state, "contacted");
	}
}

/* Any sequence of posts: each move is in the table, or takes one of its moves back. */
TEST(no_sequence_of_posts_leads_out_of_the_table)
{
	given_agents();
	ask_without_limits();
	str id = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s"));
	u32 seed = 12345, moves = 0;
	for (int i = 0; i < 120; i++) {
		struct family_file_row before = file_now(id);
		enum file_state from, to;
		struct file_event_row last;
		struct file_event_row_list events;
		assert_ok(file_events(ask_db(), before.id, &events));
		bool had = file_last_step(mem, &events, &last);
		seed = seed * 1103515245 + 12345;
		u32 n = (seed >> 16) % 40;
		ask_as(seed & 1u << 30 ? officer : service);
		const char *reason = file_reasons[(seed >> 8) % 20].code, *state = file_states[n % FS_COUNT].code;
		struct answer a = n < 5 ? fill(page_of(id), "geste=retour") : n < 8 ? fill(page_of(id), "geste=jointe")
			: fill(page_of(id), str_z(mem, str_printf(mem, n & 1 ? "geste=etape&etape=%s" : "geste=etape&etape=%s%%3A%s", state, reason)));
		struct family_file_row after = file_now(id);
		assert_true(file_state_of(before.state, &from) && file_state_of(after.state, &to));
		if (from == to)
			continue;
		moves++;
		expect_status(a, 303);
		bool back = had && str_eq(last.after, before.state) && str_eq(last.before, after.state), there = false;
		for (size_t k = 0; k < file_steps_count; k++)
			there |= file_steps[k].from == from && file_steps[k].to == to && file_reason_fits(file_steps[k].reason, after.reason);
		assert_true(back || there);
	}
	assert_true(moves > 10);
}

TEST(a_school_names_families_and_sees_what_it_wrote)
{
	given_agents();
	ask_as(referent);
	expect_text(get("/agent/ecole"), OURS);
	expect_text(get(OURS), "n’a encore nommé aucune famille");
	struct answer a = fill(OURS "/nouvelle", LEILA);
	expect_status(a, 422);
	expect_text(a, "Écrivez le prénom de l’enfant.");
	expect_status(fill(OURS "/nouvelle", LEILA "&enfant=In%C3%A8s"), 303);
	a = fill(OURS "/nouvelle", "prenom=Leyla&nom=Ben+Ali&classe=CP&enfant=Adam");
	expect_status(a, 422);
	expect_text(a, "C’est elle : Leïla Benali (Inès)");
	assert_int_equal(files_in_all(), 1);
	struct file_named_row_list rows;
	struct school s;
	assert_ok(school_by_uai(ask_db(), S("9990001X"), &s));
	assert_ok(file_named_by_school(ask_db(), s.id, 10, 0, &rows));
	const char *same = str_z(mem, str_printf(mem, "prenom=Leyla&nom=Ben+Ali&classe=CP&enfant=Adam&famille=%lld", (long long)rows.v[0].id));
	expect_status(fill(OURS "/nouvelle", same), 303);
	assert_int_equal(files_in_all(), 1);
	a = get(OURS);
	expect_text(a, "Leyla Ben Ali (Adam)");
	expect_text(a, "nommée, pas encore appelée");
	expect_absent(a, "01 99 00 12 01");
	struct household h;
	assert_ok(household_get(ask_db(), rows.v[0].root, &h));
	assert_int_equal(h.organisation_id, city);
	assert_int_equal(h.n, 3);
	assert_str(h.origin, "school");
	assert_false(h.contact_at.set);
	expect_status(get(str_z(mem, str_printf(mem, "/agent/foyers/%.*s", STR_ARG(h.public_id)))), 404);
	expect_status(get(at("")), 404);
	given_school_in_wave("9990002Y", given_organisation("Une autre école"), made.wave_id);
	expect_status(get("/agent/ecole/9990002Y/familles"), 404);
	expect_status(get("/agent/ecole/9990002Y/familles/nouvelle"), 404);
	expect_status(post("/agent/ecole/9990002Y/familles/nouvelle", LEILA "&enfant=X"), 404);
}

TEST(each_look_of_a_school_is_written_down_and_a_child_named_twice_is_no_other_child)
{
	given_agents();
	ask_as(referent);
	expect_status(fill(OURS "/nouvelle", LEILA "&enfant=In%C3%A8s"), 303);
	struct file_named_row_list rows;
	struct school s;
	struct household h;
	assert_ok(school_by_uai(ask_db(), S("9990001X"), &s));
	assert_ok(file_named_by_school(ask_db(), s.id, 10, 0, &rows));
	assert_ok(household_get(ask_db(), rows.v[0].root, &h));
	const char *seen = str_z(mem, str_printf(mem, "/agent/foyers/%.*s/vues", STR_ARG(h.public_id)));
	const char *all = str_z(mem, str_printf(mem, "/agent/foyers/%.*s/donnees", STR_ARG(h.public_id)));
	ask_as(officer);
	expect_absent(get(seen), "l’a vu parmi les familles que l’école a nommées");
	ask_as(referent);
	expect_status(get(OURS), 200);
	expect_status(get(OURS), 200);
	ask_as(officer);
	struct answer a = get(seen);
	expect_text(a, "l’a vu parmi les familles que l’école a nommées");
	expect_text(a, "2 fois");
	expect_absent(get(all), "Votre nom nous a été donné à nouveau");
	ask_as(referent);
	const char *same = str_z(mem, str_printf(mem, "%s&famille=%lld", LEILA "&enfant=In%C3%A8s", (long long)rows.v[0].id));
	expect_text(get(there(fill(OURS "/nouvelle", same))), "déjà nommé par votre école");
	ask_as(officer);
	a = get(all);
	expect_text(a, "Votre nom nous a été donné à nouveau");
	expect_absent(a, "Un autre enfant a été ajouté");
	expect_text(a, "regardé où en est votre demande, à l’école qui a donné votre nom");
}

TEST(a_school_takes_back_a_family_that_it_named_by_mistake)
{
	given_agents();
	ask_as(referent);
	expect_text(get(there(fill(OURS "/nouvelle", "prenom=Li&nom=Erreur&classe=CP&enfant=Bo"))), "sans téléphone");
	expect_text(get(there(fill(OURS "/nouvelle", LEILA "&enfant=In%C3%A8s"))), "La ville appellera la famille.");
	struct file_named_row_list rows;
	struct school s;
	assert_ok(school_by_uai(ask_db(), S("9990001X"), &s));
	assert_ok(file_named_by_school(ask_db(), s.id, 10, 0, &rows));
	assert_int_equal(rows.n, 2);
	str leila = str_printf(mem, "famille=%lld", (long long)rows.v[0].id), li = str_printf(mem, "famille=%lld", (long long)rows.v[1].id);
	i64 root = rows.v[1].root;
	struct answer a = fill(OURS, str_z(mem, li));
	expect_status(a, 303);
	expect_text(get(there(a)), "C’est retiré.");
	expect_absent(get(OURS), "Erreur");
	struct household h;
	assert_ok(household_get(ask_db(), root, &h));
	assert_true(h.erased);
	assert_int_equal(files_in_all(), 1);
	expect_status(fill(OURS, str_z(mem, li)), 303);                       /* twice: nothing more */
	expect_status(fill(OURS "/nouvelle", "prenom=Li&nom=Erreur&classe=CP&enfant=Bo"), 303);      /* there is room for it again */
	assert_int_equal(files_in_all(), 2);
	struct family_file_row row;
	assert_ok(file_of_household(ask_db(), made.campaign_id, rows.v[0].root, &row));
	ask_as(officer);
	expect_status(step(row.public_id, "contacted"), 303);
	ask_as(referent);
	a = fill(OURS, str_z(mem, leila));
	expect_text(get(there(a)), "La ville s’occupe déjà de cette famille");
	expect_text(get(OURS), "Leïla");
	expect_status(fill(OURS, "famille=x"), 404);
}

TEST(a_school_learns_nothing_of_a_family_that_another_named)
{
	given_agents();
	str first = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s"));
	ask_as(referent);
	struct answer a = fill(OURS "/nouvelle", LEILA "&enfant=Adam");
	expect_status(a, 303);
	assert_int_equal(files_in_all(), 2);
	ask_as(officer);
	a = get(page_of(first));
	expect_text(a, "La même famille, deux fois ?");
	expect_text(a, "même téléphone");
	i64 mine = file_now(first).root;
	struct file_line_row_list rows;
	assert_ok(file_list(ask_db(), made.campaign_id, S(""), 0, 0, S(""), 10, 0, &rows));
	struct household other;
	assert_ok(household_get(ask_db(), rows.v[0].root == mine ? rows.v[1].root : rows.v[0].root, &other));
	expect_status(fill(page_of(first), str_z(mem, str_printf(mem, "avec=%.*s", STR_ARG(other.public_id)))), 303);
	assert_int_equal(files_in_all(), 1);
	a = get(page_of(first));
	expect_text(a, "<b>Inès</b>");
	expect_text(a, "<b>Adam</b>");
	expect_absent(a, "La même famille, deux fois ?");
	struct household whole;
	assert_ok(household_get(ask_db(), mine, &whole));
	a = get(str_z(mem, str_printf(mem, "/agent/foyers/%.*s/donnees", STR_ARG(whole.public_id))));
	expect_text(a, "Votre demande d’ordinateur : Campagne d’essai");
	expect_text(a, "Leïla Benali (Adam), CM1, École 9990001X");
	expect_text(get(str_z(mem, str_printf(mem, "/agent/foyers/%.*s/vues", STR_ARG(whole.public_id)))), "a lu son dossier d’équipement");
	ask_as(referent);
	expect_text(get(OURS), "Leïla Benali (Adam)");
}

TEST(files_of_households_that_were_made_one_are_made_one)
{
	given_agents();
	str one = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s")), two = led(fill(at("/nouveau"), LEILA "&enfant=Adam&famille=autre"));
	struct household h, other;
	assert_ok(household_get(ask_db(), file_now(one).root, &h));
	assert_ok(household_get(ask_db(), file_now(two).root, &other));
	const char *twins = str_z(mem, str_printf(mem, "/agent/foyers/%.*s/doublons", STR_ARG(h.public_id)));
	expect_status(fill(twins, str_z(mem, str_printf(mem, "avec=%.*s", STR_ARG(other.public_id)))), 303);
	expect_text(get(page_of(one)), "le foyer a déjà été réuni, pas ses dossiers");
	expect_status(step(two, "contacted"), 303);
	expect_status(step(two, "invited"), 303);
	const char *join = str_z(mem, str_printf(mem, "dossier=%.*s", STR_ARG(two)));
	expect_text(fill(page_of(one), join), "déjà plus loin");
	expect_status(fill(page_of(two), str_z(mem, str_printf(mem, "dossier=%.*s", STR_ARG(one)))), 303);
	assert_str(file_now(one).state, "joined");
	expect_text(get(page_of(one)), "Aucune étape ne suit celle-ci");
	expect_text(get("/agent/dossiers"), "Campagne d’essai");
}

static enum err both_tx(struct db *db, void *arg)
{
	return files_step_make(db, arg, 2, FS_CONTACTED, S("2027-02-01"), S(""), &(struct file_doer){ officer, city });
}

TEST(several_files_take_a_step_together_or_none_does)
{
	given_agents();
	struct file f[2];
	str one = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s")), two = led(fill(at("/nouveau"), "prenom=Omar&nom=Kone&classe=CM2&enfant=Awa"));
	struct family_file_row stale = file_now(two);
	assert_ok(files_get(ask_db(), (const i64[]){ stale.id, file_now(one).id }, 2, f));
	assert_true(str_eq(f[0].public_id, two));
	f[0].version--;
	assert_err(db_tx(ask_db(), both_tx, f), CONFLICT);
	assert_str(file_now(one).state, "identified");
	expect_absent(get(page_of(one)), "01/02/2027");
	f[0].version++;
	assert_ok(db_tx(ask_db(), both_tx, f));
	assert_str(file_now(one).state, "contacted");
	assert_str(file_now(two).state, "contacted");
	assert_err(db_tx(ask_db(), both_tx, f), CONFLICT);
}

TEST(two_live_files_of_a_household_cannot_be)
{
	given_agents();
	str id = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s"));
	struct answer a = fill(at("/nouveau"), LEILA "&enfant=Adam");
	expect_status(a, 422);
	expect_text(a, "même téléphone");
	struct household h;
	assert_ok(household_get(ask_db(), file_now(id).root, &h));
	assert_true(str_eq(led(fill(at("/nouveau"), str_z(mem, str_printf(mem, "%s&enfant=Adam&famille=%.*s", LEILA, STR_ARG(h.public_id))))), id));
	assert_int_equal(given_file_refused(made, h.id), CONFLICT);
}

TEST(the_list_is_filtered_and_a_gesture_is_shown_before_it_is_done)
{
	given_agents();
	str one = led(fill(at("/nouveau"), LEILA "&enfant=In%C3%A8s"));
	str two = led(fill(at("/nouveau"), "prenom=Omar&nom=Kone&classe=CM2&enfant=Awa"));
	struct answer a = get(at(""));
	expect_text(a, "Omar Kone");
	expect_text(get(at("?etat=contacted")), "Aucun dossier ne répond");
	expect_text(get(at("?ecole=9990001X")), "Omar Kone");
	given_school_in_wave("9990002Y", school_organisation, made.wave_id);
	expect_text(get(at("?ecole=9990002Y")), "Aucun dossier ne répond");
	expect_text(get(at("?ecole=ECOLE")), "Plusieurs écoles s’appellent ainsi");
	expect_text(get(at("?ecole=nulle+part")), "Aucun dossier ne répond");
	expect_text(get(at("?retard=3")), "Aucun dossier ne répond");
	expect_text(fill(at(""), "geste=jointe"), "Cochez au moins une famille.");
	const char *ticked = str_z(mem, str_printf(mem, "geste=jointe&dossier=%.*s.1&dossier=%.*s.1", STR_ARG(one), STR_ARG(two)));
	a = fill(at(""), ticked);
	expect_status(a, 200);
	expect_text(a, "Noter pour 2 familles");
	assert_str(file_now(one).state, "identified");
	expect_status(fill(at(""), str_z(mem, str_printf(mem, "%s&confirme=1", ticked))), 303);
	assert_str(file_now(one).state, "contacted");
	assert_str(file_now(two).state, "contacted");
	a = get(at("/appels"));
	expect_text(a, "01 99 00 12 01");
	expect_text(a, "tel:+33199001201");
	expect_text(a, "pas de téléphone");
	expect_text(a, "Demandez-le à qui a donné le nom");
	a = get(at(".csv"));
	expect_text(a, "École 9990001X,CM1,,contacted");
	expect_absent(a, "Benali");
	expect_text(get(at("-noms.csv")), "Leïla Benali,");
	ask_as(service);
	expect_status(get(at("-noms.csv")), 404);
	expect_absent(get(at("")), "avec les noms");
}

TEST(a_name_is_no_formula_in_a_spreadsheet)
{
	given_agents();
	ask_as(officer);
	expect_status(fill(at("/nouveau"), "prenom=%3DHYPERLINK(%22http://x.example.org%22)&nom=Benali%3B%3D1%2B1&enfant=In%C3%A8s&classe=CM2"), 303);
	struct answer a = get(at("-noms.csv"));
	expect_text(a, "\n\"'=HYPERLINK(\"\"http://x.example.org\"\") Benali;'=1+1\",");
	expect_text(a, ",CM2,,identified,");
	assert_true(str_find(header_of(a, "Cache-Control"), S("no-store")) >= 0);
	assert_str(header_of(a, "Content-Disposition"), "attachment; filename=\"dossiers-noms.csv\"");
}

TEST(what_was_written_of_an_erased_family_is_gone)
{
	given_agents();
	ask_as(referent);
	expect_status(fill(OURS "/nouvelle", LEILA "&enfant=In%C3%A8s"), 303);
	struct file_line_row_list rows;
	assert_ok(file_list(ask_db(), made.campaign_id, S(""), 0, 0, S(""), 10, 0, &rows));
	given_erased(rows.v[0].root);
	expect_absent(get(OURS), "Benali");
	ask_as(officer);
	expect_absent(get(at("")), "Benali");
	expect_status(get(page_of(rows.v[0].public_id)), 404);
	struct wave_counts_list counts;
	assert_ok(files_wave_counts(ask_db(), made.campaign_id, &counts));
	assert_int_equal(counts.v[0].identified, 1);   /* what stays is counted */
}

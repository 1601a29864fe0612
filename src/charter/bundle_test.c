/* What the document of a school's charters promises: everybody's charter on its own sheet, the same as alone, a sheet to sign with before them; it
 * says what has changed since and is then not given, it is sealed, and it does not last. */
#include "charter/bundle.h"

#include "audit/audit_sql.h"
#include "db/id.h"
#include "files/files_sql.h"
#include "given_charter.h"
#include "paper.h"

static struct arena *mem;
static i64 city, officer, text_id;
static struct given_wave made;
static const struct city ville = { .name = S("Nantes"), .public_url = S("https://ville.example") };

static const char *at(const char *rest) { return str_z(mem, str_printf(mem, "/agent/campagnes/%lld%s", (long long)made.campaign_id, rest)); }
static const char *act(str file, const char *rest) { return at(str_z(mem, str_printf(mem, "/dossiers/%.*s/charte%s", STR_ARG(file), rest))); }

struct opening { i64 id, household; str public_id; };

static enum err open_tx(struct db *db, void *arg)
{
	const struct opening *o = arg;
	return file_insert(db, o->id, o->public_id, made.campaign_id, o->household, made.wave_id, S("2027-01-02"), now_ms());
}

/* A family whose file is eligible; its public id. */
static str given_family(int number, const char *name)
{
	static const char *const before[] = { "contacted", "invited", "attended", "eligible" };
	struct household h;
	struct opening o = { .id = id_new(), .public_id = str_printf(mem, "PILE-%04d", number) };
	assert_ok(household_named(ask_db(), given_household(city, "Fanny", name, str_z(mem, str_printf(mem, "+331990013%02d", number))), &h));
	o.household = h.id;
	assert_ok(db_tx(ask_db(), open_tx, &o));
	for (size_t i = 0; i < lengthof(before); i++)
		given_file_step(o.id, before[i]);
	return o.public_id;
}

static void begin(const char *arabic)
{
	mem = unit_arena((size_t)64 << 20);
	city = given_organisation("Ville");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	made = given_wave_of(city);
	text_id = given_charter_text(made.campaign_id, "## Un prêt\n\nPour {famille}.\n\n- à rendre\n", arabic);
	ask_as(officer);
}

static str prepared(int number, const char *name, const char *lang)
{
	str file = given_family(number, name);
	expect_status(fill(act(file, ""), str_z(mem, str_printf(mem, "geste=preparer&langue=%s", lang))), 303);
	return file;
}

static const char *asked(const char *fields)
{
	struct answer a = fill(at("/charte/piles"), fields);
	expect_status(a, 303);
	return str_z(mem, str_copy(mem, header_of(a, "Location")));
}

static void step(void)
{
	struct vault_asker vault = ask_vault();
	assert_ok(charter_bundle_step(ask_db(), &vault, &ville));
	assert_err(charter_bundle_step(ask_db(), &vault, &ville), NOT_FOUND);
}

static const char *under(const char *path, const char *rest) { return str_z(mem, str_printf(mem, "%s%s", path, rest)); }

static str sent(const char *page)
{
	struct answer a = get(under(page, "/chartes.pdf"));
	expect_status(a, 200);
	assert_str(header_of(a, "Content-Type"), "application/pdf");
	return str_copy(mem, a.body);
}

static i64 id_of(const char *page)
{
	i64 id = 0;
	assert_true(str_i64(str_c(strrchr(page, '/') + 1), &id));
	return id;
}

static i64 pages_of(str pdf)
{
	str said = paper_ask(mem, pdf, "pdfinfo %s | sed -n 's/^Pages: *//p' | tr -d '\\n'");
	i64 n = 0;
	assert_true(str_i64(said, &n));
	return n;
}

TEST(the_charters_of_an_evening_are_one_document_and_each_is_as_it_is_alone)
{
	begin("## إعارة\n\nلـ {famille}.\n");
	prepared(1, "Abeille", "ar");
	str last = prepared(2, "Bouvreuil", "fr");
	const char *page = asked("x=1");
	expect_text(get(page), "Le document se prépare");
	expect_status(get(under(page, "/chartes.pdf")), 303);
	step();
	expect_text(get(page), "2 chartes sont prêtes à imprimer");
	str pdf = sent(page);
	paper_check(pdf);
	paper_lines_apart(mem, pdf, 595.28, 841.89);
	assert_true(str_find(paper_ask(mem, pdf, "pdfinfo %s"), S("(A4)")) > 0);
	str first = paper_page(mem, pdf, 1);
	assert_true(str_find(first, S("Feuille d’émargement")) >= 0 && str_find(first, S("PILE-0001")) > 0);
	assert_true(str_find(first, S("arabe")) > 0 && str_find(first, S("Association")) > 0);
	assert_true(str_find(first, S("Fanny Abeille")) < str_find(first, S("Fanny Bouvreuil")));
	assert_true(str_find(first, S("En français seul, sans traduction dans la langue de la famille")) > 0);
	i64 n = pages_of(pdf);
	assert_true(n % 2 == 0);
	assert_int_equal(str_trim(paper_page(mem, pdf, 2)).n, 0);
	assert_true(str_find(paper_page(mem, pdf, 3), S("Fanny Abeille")) > 0);
	/* Alone, then among the others: the same words on the same pages, with the same numbers and feet. */
	struct vault_asker vault = ask_vault();
	while (charter_step(ask_db(), &vault, &ville) == OK)
		;
	str alone = str_copy(mem, get(act(last, "/charte.pdf")).body);
	i64 own = pages_of(alone);
	for (int i = 1; i <= own; i++)
		assert_true(str_eq(paper_page(mem, alone, i), paper_page(mem, pdf, (int)(n - own) + i)));
	assert_true(str_find(paper_ask(mem, pdf, "qpdf --qdf --object-streams=disable %s - | tr -d '\\0'"), S("/charte/pile/toutes/toutes)")) > 0);
	struct audit_row_list lines;
	assert_ok(audit_of_object(ask_db(), S("charter_bundle"), id_of(page), INT64_MAX, 10, &lines));
	assert_int_equal(lines.n, 2);
	assert_true(str_eq(lines.v[0].action, S("charter.pile_sent")) || str_eq(lines.v[1].action, S("charter.pile_sent")));
}

TEST(a_document_whose_charters_changed_says_so_and_is_made_again)
{
	begin(NULL);
	str one = prepared(1, "Abeille", "fr"), two = prepared(2, "Bouvreuil", "fr");
	const char *page = asked("x=1");
	step();
	expect_text(get(page), "le texte n’est pas traduit dans la langue de la famille");
	prepared(3, "Cigogne", "fr");
	expect_text(get(page), "1 charte a été préparée depuis, et n’y est pas");
	expect_status(get(under(page, "/chartes.pdf")), 200);
	expect_status(fill(act(one, ""), "geste=annuler&raison=changed"), 303);
	expect_text(get(page), "annulée depuis");
	expect_status(fill(act(one, ""), "geste=preparer&nombre=2"), 303);
	expect_text(get(page), "celle du document n’est plus la bonne");
	expect_text(get(page), "n’est plus bon à signer");
	struct answer a = get(under(page, "/chartes.pdf"));
	expect_status(a, 303);
	assert_str(header_of(a, "Location"), page);
	const char *again = asked("x=1");
	assert_true(strcmp(page, again) != 0);
	assert_int_equal(strcmp(asked("x=1"), again), 0);
	expect_status(get(page), 404);
	step();
	expect_text(get(again), "3 chartes sont prêtes à imprimer");
	expect_status(fill(act(two, ""), "geste=papier&nom_famille=Fanny&qualite_famille=parent&nom_ville=Ariane&qualite_ville=mayor&nom_ecole=M&qualite_ecole=head"
		"&nom_association=In"), 303);
	expect_text(get(again), "signée depuis");
	expect_status(get(under(again, "/chartes.pdf")), 200);
}

static enum err put_tx(struct db *db, void *arg) { return charter_prepare_put(db, arg, &(struct file_doer){ officer, city }); }

static enum err cut_tx(struct db *db, void *arg)
{
	i64 id = *(const i64 *)arg, now = now_ms();
	try(bundle_claim(db, id, now, now + 1000));
	return bundle_moves(db, id, 1, 10, 25, 0, now + 1000);
}

TEST(how_far_it_is_is_told_and_a_making_that_was_cut_is_begun_again)
{
	begin(NULL);
	prepared(1, "Abeille", "fr");
	const char *page = asked("x=1");
	i64 id = id_of(page);
	struct vault_asker vault = ask_vault();
	assert_ok(db_tx(ask_db(), cut_tx, &id));
	expect_text(get(page), "10 chartes sur 25");
	assert_err(charter_bundle_step(ask_db(), &vault, &ville), NOT_FOUND);     /* somebody is at it */
	clock_set(now_ms() + 2000);
	step();
	expect_text(get(page), "Une charte est prête à imprimer");
	clock_set(0);
}

TEST(a_charter_that_was_tampered_with_holds_up_no_other)
{
	begin(NULL);
	prepared(1, "Abeille", "fr");
	struct family_file_row row;
	assert_ok(file_by_public(ask_db(), given_family(2, "Bouvreuil"), made.campaign_id, &row));
	struct charter_prepare bad = { .id = id_new(), .file_id = row.id, .household_id = row.root, .version_id = text_id, .devices = 1, .lang = LANG_FR,
		.filled = S("what nobody sealed") };
	assert_ok(db_tx(ask_db(), put_tx, &bad));
	const char *page = asked("x=1");
	step();
	expect_text(get(page), "Une charte est prête à imprimer");
	expect_text(get(page), "elle ne correspond plus à ce qui a été préparé");
	assert_true(str_find(paper_page(mem, sent(page), 1), S("Ne correspondent plus à ce qui a été préparé")) > 0);
}

TEST(when_nothing_is_to_be_signed_it_is_said)
{
	begin(NULL);
	expect_text(get(at("/charte/piles")), "Rien n’est à signer");
	str one = prepared(1, "Abeille", "fr");
	struct answer opened = get(at("/charte/piles"));
	expect_text(opened, "Une charte préparée attend d’être signée");
	expect_text(get(at(str_z(mem, str_printf(mem, "/charte/signatures?vague=%lld", (long long)made.wave_id)))), "Fanny Abeille");
	expect_absent(get(at("/charte/signatures?vague=1")), "Fanny Abeille");
	struct answer way = get(at(str_z(mem, str_printf(mem, "/charte/pile/toutes/%lld", (long long)made.wave_id))));
	assert_str(header_of(way, "Location"), at(str_z(mem, str_printf(mem, "/charte/signatures?ecole=&vague=%lld", (long long)made.wave_id))));
	expect_status(get(at("/charte/pile/9990001X/1%26reunion=2")), 404);
	expect_text(fill(at("/charte/piles"), "ecole=0000000A"), "Choisissez une école de la liste");
	expect_text(fill(at("/charte/piles"), "vague=12"), "Choisissez une vague de la liste");
	const char *page = asked(str_z(mem, str_printf(mem, "vague=%lld", (long long)made.wave_id)));
	expect_status(fill(act(one, ""), "geste=annuler&raison=mistake"), 303);
	expect_text(get(at("/charte/signatures?vague=1")), "Aucune charte préparée n’y attend de signature");
	struct answer a = post_from(opened, at("/charte/piles"), "x=1");
	expect_status(a, 422);
	expect_text(a, "Rien n’est à signer");
	step();
	expect_text(get(page), "Aucun document n’a été fait");
	expect_status(get(under(page, "/chartes.pdf")), 303);
}

static i64 forgotten_n;

static enum err forget_tx(struct db *db, void *arg)
{
	return charter_bundle_forget(db, *(const i64 *)arg, 50, &forgotten_n);
}

static i64 forgotten(i64 before)
{
	assert_ok(db_tx(ask_db(), forget_tx, &before));
	return forgotten_n;
}

TEST(it_lasts_a_day_and_goes_with_a_family_that_is_erased)
{
	begin(NULL);
	str one = prepared(1, "Abeille", "fr");
	prepared(2, "Bouvreuil", "fr");
	const char *page = asked("x=1");
	step();
	struct bundle_part_row_list parts;
	assert_ok(bundle_parts(ask_db(), id_of(page), &parts));
	assert_true(parts.n > 0 && !str_starts(parts.v[0].content_enc, S("%PDF")));
	assert_int_equal(forgotten(now_ms() - BUNDLE_KEPT_MS), 0);
	struct family_file_row row;
	assert_ok(file_by_public(ask_db(), one, made.campaign_id, &row));
	given_erased(row.root);
	expect_text(get(page), "n’est plus bon à signer");
	expect_absent(get(page), "PILE-0001");
	expect_status(get(under(page, "/chartes.pdf")), 303);
	assert_int_equal(forgotten(now_ms() - BUNDLE_KEPT_MS), 1);
	expect_status(get(page), 404);
	page = asked("x=1");
	step();
	i64 day_after = now_ms() + BUNDLE_KEPT_MS + 1000;
	clock_set(day_after);
	ask_as(officer);
	expect_status(get(page), 404);
	assert_int_equal(forgotten(now_ms() - BUNDLE_KEPT_MS), 1);
	clock_set(0);
	assert_ok(bundle_parts(ask_db(), id_of(page), &parts));
	assert_int_equal(parts.n, 0);
}

TEST(others_do_not_reach_it)
{
	begin(NULL);
	prepared(1, "Abeille", "fr");
	const char *page = asked("x=1");
	step();
	i64 other = given_organisation("Ailleurs");
	const i64 others[] = { given_account("o@ailleurs.example", "Sasha", other, ROLE_PROGRAMME_OFFICER),
		given_account("r@ecole.example", "Lou", given_organisation("École"), ROLE_SCHOOL_REFERENT),
		given_account("c@ville.example", "Lise", city, ROLE_STRUCTURE_MANAGER) };
	struct given_wave elsewhere = given_wave_of(other);
	for (size_t i = 0; i < lengthof(others); i++) {
		ask_as(others[i]);
		expect_status(get(at("/charte/piles")), 404);
		expect_status(get(page), 404);
		expect_status(get(under(page, "/chartes.pdf")), 404);
	}
	ask_as(others[0]);
	expect_status(get(str_z(mem, str_printf(mem, "/agent/campagnes/%lld/charte/piles/%lld/chartes.pdf", (long long)elsewhere.campaign_id,
		(long long)id_of(page)))), 404);
}

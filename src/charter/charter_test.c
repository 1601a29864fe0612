/* What the charter promises: a text in force never changes, what was prepared is printed the same for ever, four signatures make it signed and
 * the file moves with it, a copy is what it says and is sealed, and none of it outlives its time. */
#include "charter/pages.h"

#include "files/files_sql.h"
#include "given_charter.h"
#include "paper.h"

static struct arena *mem;
static i64 city, officer, other_officer, referent;
static struct given_wave made;
static str file_id;

static struct family_file_row file_now(void)
{
	struct family_file_row row;
	assert_ok(file_by_public(ask_db(), file_id, made.campaign_id, &row));
	return row;
}

static void given_eligible(const char *french, const char *arabic)
{
	static const char *const before[] = { "contacted", "invited", "attended", "eligible" };
	mem = unit_arena((size_t)32 << 20);
	city = given_organisation("Ville");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	other_officer = given_account("o@ailleurs.example", "Sasha", given_organisation("Ailleurs"), ROLE_PROGRAMME_OFFICER);
	referent = given_account("r@ecole.example", "Lou", given_organisation("École"), ROLE_SCHOOL_REFERENT);
	made = given_wave_of(city);
	file_id = given_file(city);
	if (french)
		given_charter_text(made.campaign_id, french, arabic);
	for (size_t i = 0; i < lengthof(before); i++)
		given_file_step(file_now().id, before[i]);
	ask_as(officer);
}

static const char *at(const char *rest) { return str_z(mem, str_printf(mem, "/agent/campagnes/%lld%s", (long long)made.campaign_id, rest)); }
static const char *act(const char *rest) { return at(str_z(mem, str_printf(mem, "/dossiers/%.*s/charte%s", STR_ARG(file_id), rest))); }

#define NAMES "geste=papier&nom_famille=Fanny+Dossier&qualite_famille=parent&nom_ville=Ariane+Quai&qualite_ville=delegate" \
	"&nom_ecole=Martin+Pr%C3%A9au&qualite_ecole=head&nom_association=In%C3%A8s+Ponton"
#define ORDER "&arrete=2026-114&arrete_jour=2026-09-01"

/* ---- words ---- */

TEST(a_charter_s_text_has_one_form)
{
	struct arena *a = unit_arena(1 << 16);
	assert_str(charter_canonical(a, S("\r\n Cafe\xCC\x81  \r\n\r\n\r\nb\t\n\n")), " Caf\xC3\xA9\n\n\nb\n");
	assert_str(charter_canonical(a, S("a\rb")), "a\nb\n");
	assert_str(charter_canonical(a, S("")), "");
	assert_str(charter_canonical(a, S("  \n\n")), "");
}

TEST(what_would_not_be_printed_is_refused_with_its_place)
{
	struct arena *a = unit_arena(1 << 18);
	struct view view = { .a = a, .lang = LANG_FR };
	const struct view *v = &view;
	assert_null(charter_fault(v, S("## Un\n\nPour {famille}, {nombre} <3\n")).p);
	assert_str(charter_fault(v, S("")), "Écrivez le texte de la charte.");
	assert_str(charter_fault(v, S("Été\né {famile}\n")), "Ligne 2, colonne 3\u00a0: «\u00a0{famile}\u00a0» n’est pas un blanc connu.");
	assert_true(str_starts(charter_fault(v, S("a {famille\n}")), S("Ligne 1, colonne 3\u00a0: une accolade")));
	assert_true(str_starts(charter_fault(v, S("<b>a</b>")), S("Ligne 1, colonne 1\u00a0: une balise")));
	assert_true(str_starts(charter_fault(v, S("a\n<!-- b -->")), S("Ligne 2, colonne 1\u00a0: une balise")));
	assert_true(str_starts(charter_fault(v, S("a ![b](c)")), S("Ligne 1, colonne 3\u00a0: une image")));
	assert_true(str_starts(charter_fault(v, S("# Titre")), S("Ligne 1, colonne 1\u00a0: un titre")));
}

TEST(what_fills_a_blank_is_text_whatever_it_holds)
{
	struct arena *a = unit_arena(1 << 20);
	struct charter_values values = charter_no_values();
	values.v[CB_FAMILY] = S("*Zoé* <b>\nX");
	values.v[CB_NUMBER] = S("2");
	assert_str(charter_fill(a, S("{famille}, {nombre}{autre}"), LANG_FR, &values), "\\*Zoé\\* \\<b\\> X, 2{autre}");
	assert_str(charter_fill(a, S("{famille}, {nombre}"), LANG_AR, &values), "*\\*Zoé\\* \\<b\\> X*, 2");
}

TEST(a_copy_is_what_its_bytes_say)
{
	enum charter_type t;
	const char *why;
	assert_true(charter_type_of(S("%PDF-1.7\n…\n%%EOF\n"), &t, &why) && t == CT_PDF);
	assert_true(charter_type_of(S("\xFF\xD8\xFF\xE0 photo \xFF\xD9"), &t, &why) && t == CT_JPEG);
	assert_true(charter_type_of(S("\x89PNG\r\n\x1A\n\0\0\0\rIHDR…IEND\xAE" "B`\x82"), &t, &why) && t == CT_PNG);
	assert_false(charter_type_of(S("%PDF-1.7\n cut"), &t, &why));
	assert_false(charter_type_of(S("%PDF-1.7\n/OpenAction << /S /JavaScript >>\n%%EOF"), &t, &why));
	assert_true(strstr(why, "un programme") != NULL);
	assert_false(charter_type_of(S("\xFF\xD8\xFF\xE0 cut"), &t, &why));
	assert_false(charter_type_of(S("MZ\x90 a program"), &t, &why));
	assert_false(charter_type_of(S("<html>"), &t, &why));
	assert_true(strstr(why, "JPEG ou PNG") != NULL);
}

/* ---- texts ---- */

TEST(a_text_is_written_put_in_force_and_never_changed)
{
	given_eligible(NULL, NULL);
	expect_text(get(at("/charte")), "Aucun texte n’est en vigueur");
	expect_text(get(act("")), "Aucun texte n’est en vigueur");
	struct answer a = fill(at("/charte"), "geste=nouveau");
	expect_status(a, 303);
	const char *text = str_z(mem, header_of(a, "Location"));
	const char *fr = str_z(mem, str_printf(mem, "%s/fr", text)), *ar = str_z(mem, str_printf(mem, "%s/ar", text));
	expect_text(fill(text, "geste=publier"), "Écrivez d’abord le texte en français");
	a = fill(fr, "geste=garder&texte=Pour+%7Bfamile%7D");
	expect_status(a, 422);
	expect_text(a, "Ligne 1, colonne 6");
	struct answer opened = get(fr);
	expect_status(fill(fr, "geste=garder&texte=Pour+%7Bfamille%7D."), 303);
	a = fill_late(fr, opened, "geste=garder&texte=Autre");
	expect_status(a, 409);
	expect_text(a, "Autre");
	expect_status(fill(ar, "geste=garder&texte=%D9%84%D9%80+%7Bfamille%7D"), 303);
	expect_text(get(text), "Elle n’a pas été relue");
	expect_text(fill(text, "geste=relire&langue=ar"), "Dites quel service");
	expect_status(fill(text, "geste=relire&langue=ar&par=service+de+traduction"), 303);
	expect_text(get(text), "Relue par service de traduction");
	expect_text(fill(text, "geste=publier&jour=2020-01-01"), "Ce jour est passé");
	expect_status(fill(text, "geste=publier"), 303);
	expect_text(get(text), "en vigueur depuis le");
	expect_status(post_from(opened, fr, "geste=garder&texte=Autre"), 409);
	struct charter_version_row_list rows;
	assert_ok(charter_versions(ask_db(), made.campaign_id, 5, &rows));
	assert_true(given_charter_text_changed(rows.v[0].id) != OK);
}

/* ---- acts ---- */

static struct charter_doc doc_now(void)
{
	struct vault_asker vault = ask_vault();
	struct charter_act_row row;
	struct charter_doc d;
	assert_ok(charter_act_of_file(ask_db(), file_now().id, &row));
	assert_ok(charter_doc_read(ask_db(), &vault, S("test"), &row, &d));
	return d;
}

TEST(an_act_is_printed_the_same_whatever_is_published_since)
{
	given_eligible("Pour {famille} et {association}.", "لـ {famille}");
	expect_status(fill(act(""), "geste=preparer&langue=ar&nombre=3"), 303);
	str before = str_copy(mem, doc_now().hash), page = str_copy(mem, get(act("/feuille")).body);
	expect_text(get(act("/feuille")), "Pour Fanny Dossier");
	expect_text(get(act("/feuille")), "Le français fait foi");
	expect_text(get(act("/feuille")), "dir=\"rtl\"");
	expect_text(get(act("/feuille")), "Cette traduction n’a pas encore été relue");
	expect_text(get(act("")), "français et arabe");
	given_charter_text(made.campaign_id, "Un autre texte.", NULL);
	assert_true(str_eq(before, doc_now().hash));
	assert_true(str_eq(page, get(act("/feuille")).body));
	expect_status(fill(act(""), "geste=annuler&raison=changed"), 303);
	expect_status(fill(act(""), "geste=preparer&langue=ar"), 303);
	expect_text(get(act("/feuille")), "Un autre texte.");
	assert_false(str_eq(before, doc_now().hash));
}

TEST(four_signatures_on_paper_move_the_file_and_one_taken_back_moves_it_back)
{
	given_eligible("Pour {famille}.", NULL);
	expect_status(fill(act(""), "geste=preparer"), 303);
	struct answer a = fill(act(""), NAMES);
	expect_status(a, 422);
	expect_text(a, "numéro de l’arrêté");
	a = fill(act(""), NAMES "&arrete=12&arrete_jour=2199-01-01");
	expect_text(a, "postérieur à la signature");
	expect_text(fill(act(""), "geste=papier"), "au moins une personne");
	expect_text(fill(act(""), "geste=papier&nom_famille=Fanny&qualite_famille=head"), "en quelle qualité");
	expect_text(fill(act(""), "geste=papier&nom_famille=Fanny&qualite_famille=parent&jour=2199-01-01"), "pas encore venu");
	expect_status(fill(act(""), "geste=papier&nom_famille=Fanny+Dossier&qualite_famille=parent"), 303);
	assert_str(file_now().state, "eligible");
	expect_text(get(act("")), "signatures : 1 sur 4");
	expect_status(fill(act(""), NAMES ORDER), 303);
	assert_str(file_now().state, "signed");
	expect_text(get(act("")), "arrêté 2026-114");
	expect_text(get(at(str_z(mem, str_printf(mem, "/dossiers/%.*s", STR_ARG(file_id))))), "Signée par tous.");
	struct charter_signature_row_list rows;
	struct charter_act_row row;
	assert_ok(charter_act_of_file(ask_db(), file_now().id, &row));
	assert_ok(charter_signatures(ask_db(), row.id, &rows));
	assert_int_equal(rows.n, 4);
	const char *which = str_printf(mem, "geste=reprendre&signature=%lld", (long long)rows.v[1].id).p;
	expect_text(fill(act(""), which), "Dites pourquoi");
	expect_status(fill(act(""), str_printf(mem, "%s&raison=mistake", which).p), 303);
	assert_str(file_now().state, "eligible");
	expect_text(get(act("")), "Signature reprise : La ville");
	expect_status(fill(act(""), "geste=papier&nom_ville=Ariane&qualite_ville=mayor"), 303);
	assert_str(file_now().state, "signed");
	given_file_step(file_now().id, "allocated");
	a = fill(act(""), "geste=annuler&raison=mistake");
	expect_status(a, 422);
	expect_text(a, "allé plus loin");
}

TEST(on_screen_one_ticks_and_writes_a_name)
{
	given_eligible("Pour {famille}.", NULL);
	expect_status(get(act("/ecran")), 404);
	expect_status(fill(act(""), "geste=preparer"), 303);
	expect_text(get(act("/ecran")), "signature électronique simple");
	struct answer a = fill(act("/ecran"), "nom=Fanny+Dossier&qualite=parent");
	expect_status(a, 422);
	expect_text(a, "Sans cette case");
	expect_status(fill(act("/ecran"), "nom=Fanny+Dossier&qualite=parent&accord=1"), 303);
	expect_text(get(act("")), "à l’écran");
	expect_text(fill(act("/ecran"), "nom=Fanny+Dossier&qualite=parent&accord=1"), "Choisissez en quelle qualité");
	expect_text(fill(act("/ecran"), "nom=Ariane&qualite=delegate&accord=1"), "numéro de l’arrêté");
	expect_status(fill(act("/ecran"), "nom=Ariane&qualite=delegate&accord=1" ORDER), 303);
	expect_status(fill(act("/ecran"), "nom=Martin&qualite=head&accord=1"), 303);
	expect_status(fill(act("/ecran"), "nom=Ines&qualite=witness&accord=1"), 303);
	assert_str(file_now().state, "signed");
}

TEST(two_at_once_the_second_is_told)
{
	given_eligible("Pour {famille}.", NULL);
	struct answer opened = get(act(""));
	expect_status(fill(act(""), "geste=preparer"), 303);
	expect_status(fill_late(act(""), opened, "geste=preparer"), 409);
	opened = get(act(""));
	expect_status(fill(act(""), "geste=papier&nom_famille=Fanny&qualite_famille=parent"), 303);
	struct answer a = fill_late(act(""), opened, "geste=papier&nom_famille=Fanny&qualite_famille=parent");
	expect_status(a, 409);
	expect_text(a, "Quelqu’un vient de changer cette charte");
	opened = get(act("/ecran"));
	expect_status(fill(act(""), "geste=papier&nom_ecole=Martin&qualite_ecole=head"), 303);
	expect_status(fill_late(act("/ecran"), opened, "nom=Ines&qualite=witness&accord=1"), 409);
}

TEST(others_see_no_charter)
{
	given_eligible("Pour {famille}.", NULL);
	expect_status(fill(act(""), "geste=preparer"), 303);
	const i64 others[] = { other_officer, referent };
	for (size_t i = 0; i < lengthof(others); i++) {
		ask_as(others[i]);
		expect_status(get(act("")), 404);
		expect_status(get(act("/feuille")), 404);
		expect_status(get(at("/charte")), 404);
		expect_status(get(at("/charte/feuilles")), 404);
	}
}

TEST(the_list_is_prepared_and_printed_at_once)
{
	given_eligible("Pour {famille}.", NULL);
	expect_text(get(at("/charte/a-signer")), "Fanny Dossier");
	expect_text(get(at("/charte/feuilles")), "Aucune charte n’est préparée");
	expect_status(fill(at("/charte/a-signer"), "x=1"), 303);
	expect_text(get(at("/charte/feuilles")), "Pour Fanny Dossier");
	expect_text(get(at("/charte/a-signer.csv")), "Fanny Dossier");
	expect_text(get(at("/charte/a-signer?ecole=0000000A")), "dans cette école");
}

/* ---- a pile of paper ---- */

static i64 act_now(void)
{
	struct charter_act_row row;
	assert_ok(charter_act_of_file(ask_db(), file_now().id, &row));
	return row.id;
}

#define COMMON "geste=noter&jour=2026-11-30&nom_ville=Ariane+Quai&qualite_ville=delegate&arrete=2026-114&arrete_jour=2026-09-01" \
	"&nom_ecole=Martin+Pr%C3%A9au&qualite_ecole=head&nom_association=In%C3%A8s+Ponton"

static const char *pile(const char *common, const char *parent, const char *roles)
{
	static const char *const names[] = { "s_famille", "s_ville", "s_ecole", "s_association" };
	str body = str_printf(mem, "%s&nom_%lld=%s", common, (long long)act_now(), parent);
	for (size_t i = 0; i < 4; i++)
		if (roles[i] == 'x')
			body = str_printf(mem, "%.*s&%s=%lld", STR_ARG(body), names[i], (long long)act_now());
	return str_z(mem, body);
}

static const char *told(struct answer a)
{
	expect_status(a, 303);
	return str_z(mem, header_of(a, "Location"));
}

TEST(a_pile_of_signed_paper_is_keyed_at_once_and_taken_back_at_once)
{
	given_eligible("Pour {famille}.", NULL);
	expect_text(get(at("/charte/signatures")), "Aucune charte préparée");
	expect_status(fill(act(""), "geste=preparer"), 303);
	expect_text(get(at("/charte/signatures")), "Fanny Dossier");
	expect_text(fill(at("/charte/signatures"), COMMON), "Cochez au moins une signature");
	expect_text(fill(at("/charte/signatures"), pile("geste=noter", "Fanny", "-x--")), "écrivez qui a signé");
	expect_text(fill(at("/charte/signatures"), pile("geste=noter&nom_ville=A&qualite_ville=delegate", "Fanny", "-x--")), "numéro de l’arrêté");
	struct answer a = fill(at("/charte/signatures"), pile(COMMON, "", "x---"));
	expect_text(a, "écrivez le nom du parent");
	expect_text(a, "value=\"Martin Préau\"");
	expect_text(fill(at("/charte/signatures"), "geste=cocher"), "checked");
	const char *lot = told(fill(at("/charte/signatures"), pile(COMMON, "Fanny+Dossier", "xxxx")));
	expect_text(get(lot), "Une charte a de nouvelles signatures");
	expect_text(get(lot), "les quatre signatures");
	assert_str(file_now().state, "signed");
	expect_text(get(act("")), "Martin Préau");
	expect_text(get(act("")), "arrêté 2026-114");
	expect_text(get(at("/charte/signatures")), "n’attend de signature");
	expect_text(fill(lot, "x=1"), "Dites pourquoi");
	struct answer opened = get(lot);
	expect_status(fill(lot, "raison=mistake"), 303);
	assert_str(file_now().state, "eligible");
	expect_text(get(lot), "Ce lot a été repris");
	expect_status(post_from(opened, lot, "raison=mistake"), 303);
	expect_text(get(act("")), "Préparée, pas encore signée");
}

TEST(a_pile_keyed_twice_changes_nothing_and_says_so)
{
	given_eligible("Pour {famille}.", NULL);
	expect_status(fill(act(""), "geste=preparer"), 303);
	struct answer opened = get(at("/charte/signatures"));
	told(fill(at("/charte/signatures"), pile(COMMON, "Fanny+Dossier", "xx--")));
	expect_text(get(at("/charte/signatures")), "déjà");
	const char *lot = told(fill_late(at("/charte/signatures"), opened, pile(COMMON, "Autre", "xxx-")));
	expect_text(get(lot), "le reste était déjà noté");
	expect_absent(get(act("")), "Autre");
	expect_text(get(act("")), "signatures : 3 sur 4");
	expect_status(fill(lot, "raison=mistake"), 303);
	expect_text(get(act("")), "signatures : 2 sur 4");
	lot = told(fill(at("/charte/signatures"), pile("geste=noter&jour=2020-01-01&nom_association=In", "F", "---x")));
	expect_text(get(lot), "avant celui où la charte a été préparée");
	expect_text(get(act("")), "signatures : 2 sur 4");
	opened = get(at("/charte/signatures"));
	str late = str_copy(mem, str_c(pile("geste=noter&nom_association=In", "F", "---x")));
	expect_status(fill(act(""), "geste=annuler&raison=mistake"), 303);
	lot = told(post_from(opened, at("/charte/signatures"), str_z(mem, late)));
	expect_text(get(lot), "cette charte a été annulée");
}

TEST(a_lot_is_left_alone_where_its_file_went_further)
{
	given_eligible("Pour {famille}.", NULL);
	expect_status(fill(act(""), "geste=preparer"), 303);
	const char *lot = told(fill(at("/charte/signatures"), pile(COMMON, "Fanny+Dossier", "xxxx")));
	given_file_step(file_now().id, "allocated");
	expect_status(fill(lot, "raison=mistake"), 303);
	expect_text(get(lot), "le dossier est allé plus loin");
	expect_text(get(act("")), "Signée par tous");
}

#define PDF_OF(words) "%PDF-1.7\n" words "\n%%EOF\n"
#define ANOTHER(name, content) "\r\n--X\r\nContent-Disposition: form-data; name=\"copies\"; filename=\"" name "\"\r\n\r\n" content

TEST(many_scans_go_to_the_acts_that_their_names_say)
{
	given_eligible("Pour {famille}.", NULL);
	expect_status(fill(act(""), "geste=preparer"), 303);
	const char *scans = at("/charte/scans");
	expect_text(get(scans), "Fanny Dossier");
	expect_text(fill_file(scans, "", "copies", "", S("")), "Choisissez au moins un fichier");
	const char *name = str_printf(mem, "b scan %.*s.pdf", STR_ARG(file_id)).p;
	struct answer a = fill_file(scans, "", "copies", name, S(PDF_OF("feuille") ANOTHER("a.pdf", PDF_OF("?")) ANOTHER("c.pdf", "")));
	const char *lot = told(a);
	expect_order(get(lot), "Une charte a sa copie", "Fichier n° 1, dans l’ordre des noms");
	expect_order(get(lot), "aucun code de dossier", "Fanny Dossier");
	expect_text(get(lot), "copie gardée, scellée");
	expect_text(get(act("")), "Copie ajoutée le");
	expect_absent(get(scans), "Fanny Dossier");
	expect_text(get(told(fill_file(scans, "", "copies", name, S(PDF_OF("feuille"))))), "a déjà une copie");
	expect_status(fill(lot, "raison=mistake"), 303);
	expect_text(get(act("")), "Aucune copie n’est gardée");
	const char *field = str_printf(mem, "copie_%lld", (long long)act_now()).p;
	expect_text(get(told(fill_file(scans, "", field, "scan.pdf", S("MZ program")))), "ni un PDF entier");
	expect_text(get(told(fill_file(scans, "", field, "scan.pdf", S(PDF_OF("feuille"))))), "copie gardée, scellée");
	expect_text(get(told(fill_file(scans, "", "copie_12", "scan.pdf", S(PDF_OF("feuille"))))), "aucun code de dossier");
}

/* ---- paper, and time ---- */

static str drawn(void)
{
	struct vault_asker vault = ask_vault();
	struct charter_act_row row;
	struct charter_file_row_list files;
	str bytes;
	assert_ok(charter_step(ask_db(), &vault, &(struct city){ .name = S("Nantes") }));
	assert_err(charter_step(ask_db(), &vault, &(struct city){ .name = S("Nantes") }), NOT_FOUND);
	assert_ok(charter_act_of_file(ask_db(), file_now().id, &row));
	assert_str(row.pdf, "made");
	assert_ok(charter_files(ask_db(), row.id, S("print"), &files));
	assert_int_equal(files.n, 1);
	assert_ok(charter_file_open(ask_db(), mem, &vault, S("test"), &row, files.v[0].id, &bytes));
	return bytes;
}

static i64 forgotten_n;

static enum err forget_tx(struct db *db, void *arg)
{
	(void)arg;
	return charter_forget(db, 0, 50, &forgotten_n);
}

static i64 forgotten(void)
{
	assert_ok(db_tx(ask_db(), forget_tx, NULL));
	return forgotten_n;
}

TEST(the_document_holds_both_languages_and_is_a_good_pdf)
{
	given_eligible("## Un prêt\n\nPour {famille}.\n\n- à rendre\n", "## إعارة\n\nلـ {famille}.\n");
	expect_status(get(act("/charte.pdf")), 404);
	expect_status(fill(act(""), "geste=preparer&langue=ar"), 303);
	str pdf = drawn();
	paper_check(pdf);
	paper_lines_apart(mem, pdf, 595.28, 841.89);
	assert_true(str_find(paper_ask(mem, pdf, "pdfinfo %s"), S("(A4)")) > 0);
	struct answer a = get(act("/charte.pdf"));
	expect_status(a, 200);
	assert_true(str_eq(a.body, pdf));
}

TEST(copies_die_five_years_after_the_loan_and_with_the_household)
{
	given_eligible(NULL, NULL);
	struct given_charter c = given_charter_of(city);
	struct vault_asker vault = ask_vault();
	struct charter_act_row row;
	struct charter_file_row_list files;
	str bytes;
	assert_ok(charter_act_by_id(ask_db(), c.act_id, &row));
	assert_ok(charter_file_open(ask_db(), mem, &vault, S("test"), &row, c.copy_id, &bytes));
	assert_str(bytes, "a copy");
	expect_text(get(act(str_z(mem, str_printf(mem, "/copies/%lld", (long long)c.copy_id)))), "Ouvrir la copie");
	expect_text(get(act(str_z(mem, str_printf(mem, "/copies/%lld/fichier", (long long)c.copy_id)))), "a copy");
	static const char *const loan[] = { "signed", "allocated", "handed_over", "followed", "returned:finished" };
	for (size_t i = 0; i < lengthof(loan); i++)
		given_file_step(file_now().id, loan[i]);
	assert_int_equal(forgotten(), 0);
	clock_set(now_ms() + (i64)4 * 366 * 86400000);
	assert_int_equal(forgotten(), 0);
	clock_set(now_ms() + (i64)2 * 366 * 86400000);
	assert_int_equal(forgotten(), 2);
	clock_set(0);
	assert_err(charter_file_open(ask_db(), mem, &vault, S("test"), &row, c.copy_id, &bytes), NOT_FOUND);
	assert_ok(charter_files(ask_db(), c.act_id, S("copy"), &files));
	assert_true(files.v[0].gone_at.set);
}

TEST(an_erased_household_takes_its_charter_with_it)
{
	given_eligible(NULL, NULL);
	struct given_charter c = given_charter_of(city);
	struct vault_asker vault = ask_vault();
	struct charter_act_row row;
	struct charter_doc d;
	str bytes;
	assert_ok(charter_act_by_id(ask_db(), c.act_id, &row));
	given_erased(row.household_id);
	expect_status(get(act("")), 404);
	assert_ok(charter_act_by_id(ask_db(), c.act_id, &row));
	assert_true(charter_doc_read(ask_db(), &vault, S("test"), &row, &d) != OK);
	assert_true(charter_file_open(ask_db(), mem, &vault, S("test"), &row, c.copy_id, &bytes) != OK);
	assert_int_equal(forgotten(), 2);
}

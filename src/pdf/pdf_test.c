/* Paper: typography, pages, structure, sheets for the printer. */
#include "pdf/pdf.h"

#include "paper.h"
#include "pdf/sheets.h"
#include "pdf/typeset.h"

#define WIDTH 419.53
#define HEIGHT 595.28

static struct arena *memory(void)
{
	static struct arena *a;
	return a = a ? a : unit_arena((size_t)128 << 20);
}

static struct pdf *new_pdf(enum lang l, bool two_up)
{
	return pdf_new(memory(), &(struct pdf_options){
		.lang = l, .title = S("Essai"), .author = S("Nantes"), .made_ms = 1795564800000, .two_up = two_up, .foot = S("Pied"), .notes = S("Mes notes") });
}

static str finished(struct pdf *d)
{
	str ret;
	assert_ok(pdf_finish(d, &ret));
	return ret;
}

static int count(str s, const char *part)
{
	int n = 0;
	for (ptrdiff_t at; (at = str_find(s, str_c(part))) >= 0; n++)
		s = str_slice(s, (size_t)at + 1, s.n);
	return n;
}

static str set(enum lang l, const char *s) { return pdf_typeset(memory(), l, str_c(s)); }

TEST(typeset_gives_french_its_spaces)
{
	assert_str(set(LANG_FR, "Ouvert ? Oui ! Le lundi : « tôt » ; 5 €..."),
		"Ouvert\u202F? Oui\u202F! Le lundi\u00A0: «\u202Ftôt\u202F»\u202F; 5\u00A0€…");
	assert_str(set(LANG_FR, "Déjà\u00A0? «\u00A0Oui\u00A0»"), "Déjà\u202F? «\u202FOui\u202F»");
	assert_str(set(LANG_FR, "L'école d'à côté, 'ici'"), "L’école d’à côté, 'ici'");
	assert_str(set(LANG_FR, "Dervallières - Zola, rendez-vous"), "Dervallières – Zola, rendez-vous");
	assert_str(set(LANG_FR, "https://a.example:8080/?q"), "https://a.example:8080/?q");
	assert_str(set(LANG_EN, "Open ?"), "Open ?");
	assert_str(pdf_french(memory(), LANG_AR, S("Où ?")), "\u2066Où\u202F?\u2069");
	assert_str(pdf_french(memory(), LANG_EN, S("Où ?")), "Où\u202F?");
}

TEST(paper_keeps_a_heading_with_what_follows)
{
	for (int before = 20; before < 50; before++) {
		struct pdf *d = new_pdf(LANG_FR, false);
		int heading = pdf_mark(d), below = pdf_mark(d);
		for (int i = 0; i < before; i++)
			pdf_text(d, PDF_BODY, S("Une ligne."));
		pdf_mark_here(d, heading);
		pdf_text(d, PDF_H2, S("Un titre"));
		pdf_mark_here(d, below);
		pdf_text(d, PDF_BODY, S("Deux lignes\nau moins."));
		assert_int_equal(pdf_page_of(d, heading), pdf_page_of(d, below));
		finished(d);
	}
}

TEST(paper_cuts_nothing)
{
	struct pdf *d = new_pdf(LANG_FR, false);
	str text = S("");
	for (int i = 0; i < 2000; i++)
		text = str_printf(memory(), "%.*s mot%04d", STR_ARG(text), i);
	pdf_entry(d, S(""));
	pdf_pair(d, PDF_H3, S("Un nom"), S("02 61 91 44 12"));
	pdf_text(d, PDF_BODY, text);
	pdf_entry_end(d);
	pdf_text(d, PDF_BODY, S("un-mot-plus-long-que-la-ligne-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxfin"));
	str pdf = finished(d), read = paper_ask(memory(), pdf, "pdftotext %s -");
	assert_int_equal(count(read, "mot"), 2001);
	assert_true(str_find(read, S("mot1999")) > 0);
	paper_lines_apart(memory(), pdf, WIDTH, HEIGHT);
	paper_check(pdf);
}

TEST(paper_tells_its_structure_and_language)
{
	struct pdf *d = new_pdf(LANG_FR, false);
	static const double widths[] = { 1, 2 };
	pdf_page(d, S("Tête"));
	pdf_text(d, PDF_H1, S("Chapitre"));
	pdf_markdown(d, PDF_BODY, S("Un **mot** gras.\n\n- premier\n- second\n"));
	pdf_open(d, "Table");
	pdf_row(d, (const str[]){ S("Lieu"), S("Adresse") }, widths, 2, true);
	pdf_row(d, (const str[]){ S("Gare"), S("1 rue de la Gare") }, widths, 2, false);
	pdf_close(d);
	str pdf = finished(d), tree = paper_ask(memory(), pdf, "pdfinfo -struct-text %s | tr -s '\\n ' ' '");
	assert_true(str_starts(str_trim(tree), S("Document H1 (block) \"Chapitre\" P (block) \"Un mot gras.\" L (block) LI (block) LBody (block) \"premier\"")));
	assert_true(str_find(tree, S("Table (block) TR TH \"Lieu\" TH \"Adresse\" TR TD \"Gare\"")) > 0);
	assert_true(str_find(tree, S("Tête")) < 0 && str_find(tree, S("Pied")) < 0);
	assert_true(str_find(paper_ask(memory(), pdf, "qpdf --qdf --object-streams=disable %s - | grep -a /Lang"), S("/Lang (fr)")) >= 0);
	str info = paper_ask(memory(), pdf, "pdfinfo %s");
	assert_true(str_find(info, S("Essai")) > 0);
	assert_true(count(info, "Tagged:          yes") == 1);
	str read = paper_page(memory(), pdf, 1);
	assert_true(str_find(read, S("Tête")) >= 0 && str_find(read, S("Pied")) >= 0);
	paper_check(pdf);
}

TEST(paper_repeats_the_head_of_a_table)
{
	struct pdf *d = new_pdf(LANG_FR, false);
	static const double widths[] = { 1, 1 };
	pdf_open(d, "Table");
	pdf_row(d, (const str[]){ S("Entête"), S("Valeur") }, widths, 2, true);
	for (int i = 0; i < 60; i++)
		pdf_row(d, (const str[]){ S("a"), S("b") }, widths, 2, false);
	pdf_close(d);
	int pages = pdf_pages(d);
	str pdf = finished(d);
	assert_true(pages > 1);
	assert_int_equal(count(paper_ask(memory(), pdf, "pdftotext %s -"), "Entête"), pages);
	paper_lines_apart(memory(), pdf, WIDTH, HEIGHT);
}

TEST(paper_in_arabic_is_shaped_and_read_in_order)
{
	struct pdf *d = new_pdf(LANG_AR, false);
	pdf_text(d, PDF_H1, S("دليل المساعدة الرقمية"));
	pdf_pair(d, PDF_H3, pdf_french(memory(), LANG_AR, S("Le Ponton")), S("\u206602\u00A061\u00A091\u00A044\u00A012\u2069"));
	str pdf = finished(d), read = paper_ask(memory(), pdf, "pdftotext %s -");
	assert_true(str_find(read, S("دليل المساعدة الرقمية")) >= 0);
	assert_true(str_find(str_replace(memory(), read, S("\u00A0"), S(" ")), S("02 61 91 44 12")) >= 0);
	str fonts = paper_ask(memory(), pdf, "pdffonts %s");
	assert_true(str_find(fonts, S("NotoSansArabic")) > 0);
	assert_int_equal(count(fonts, " no "), 0);
	paper_check(pdf);
}

static str lines_of(int n, bool two_up)
{
	struct pdf *d = new_pdf(LANG_FR, two_up);
	for (int i = 1; i <= n; i++) {
		pdf_page(d, S("Tête"));
		pdf_text(d, PDF_H1, str_printf(memory(), "Chapitre %d.", i));
	}
	return finished(d);
}

TEST(paper_for_the_printer_is_in_the_order_of_a_folded_booklet)
{
	str pdf = lines_of(6, true);
	static const char *const sides[][2] = {
		{ "Chapitre 6.", "Chapitre 1." }, { "Chapitre 2.", "Mes notes" }, { "Mes notes", "Chapitre 3." }, { "Chapitre 4.", "Chapitre 5." },
	};
	for (int i = 0; i < 4; i++) {
		str left = paper_ask(memory(), pdf, str_printf(memory(), "pdftotext -f %d -l %d -x 0 -y 0 -W 421 -H 596 %%s -", i + 1, i + 1).p);
		str right = paper_ask(memory(), pdf, str_printf(memory(), "pdftotext -f %d -l %d -x 421 -y 0 -W 421 -H 596 %%s -", i + 1, i + 1).p);
		if (str_find(left, str_c(sides[i][0])) < 0 || str_find(right, str_c(sides[i][1])) < 0)
			fail_msg("side %d: %.*s | %.*s", i + 1, STR_ARG(left), STR_ARG(right));
	}
	assert_true(str_find(paper_ask(memory(), pdf, "pdfinfo %s"), S("Pages:           4")) > 0);
	paper_check(pdf);
}

TEST(paper_for_an_office_is_a4)
{
	struct pdf *d = pdf_new(memory(), &(struct pdf_options){ .lang = LANG_FR, .title = S("Essai"), .author = S("Nantes"), .a4 = true, .foot = S("Pied") });
	static const double widths[] = { 1, 1 };
	pdf_head(d, S("Tête"));
	pdf_open(d, "Table");
	pdf_row(d, (const str[]){ S("Entête"), S("Valeur") }, widths, 2, true);
	for (int i = 0; i < 60; i++)
		pdf_row(d, (const str[]){ S("a"), S("b") }, widths, 2, false);
	pdf_close(d);
	int pages = pdf_pages(d);
	str pdf = finished(d);
	assert_true(pages < 4);
	assert_true(str_find(paper_ask(memory(), pdf, "pdfinfo %s"), S("595.28 x 841.89 pts (A4)")) > 0);
	paper_lines_apart(memory(), pdf, 595.28, 841.89);
	paper_check(pdf);
}

TEST(paper_is_the_same_bytes_each_time)
{
	str a = lines_of(3, false), b = lines_of(3, false);
	assert_true(str_eq(a, b));
}

/* ---- several documents in one ---- */

static void put_act(struct pdf *d, const char *name)
{
	pdf_head(d, str_c(name));
	pdf_text(d, PDF_H1, str_c(name));
	pdf_open(d, "Div");
	pdf_text(d, PDF_BODY, S("Autre langue"));
	pdf_close(d);
}

TEST(each_part_begins_on_the_front_of_a_sheet_with_numbers_foot_and_language_of_its_own)
{
	static const double widths[] = { 2, 1, 1 };
	struct pdf *d = pdf_new(memory(), &(struct pdf_options){ .lang = LANG_FR, .a4 = true, .title = S("Pile"), .author = S("Nantes"), .foot = S("Liste") });
	pdf_open(d, "Table");
	pdf_boxes(d, (const str[]){ S("Nom"), S("Famille"), S("Ville") }, widths, 3, 0, true);
	for (int i = 0; i < 30; i++)
		pdf_boxes(d, (const str[]){ S("Une famille"), S(""), S("") }, widths, 3, 40, false);
	pdf_close(d);
	pdf_part(d, S("A"), S("pied A"), LANG_EN);
	put_act(d, "acte A");
	pdf_part(d, S("B"), S("pied B"), LANG_AR);
	put_act(d, "acte B");
	assert_int_equal(pdf_pages(d), 5);
	str pdf = finished(d);
	paper_check(pdf);
	paper_lines_apart(memory(), pdf, 595.28, 841.89);
	assert_true(str_find(paper_page(memory(), pdf, 2), S("Nom")) >= 0);
	assert_true(str_find(paper_page(memory(), pdf, 3), S("acte A")) >= 0 && str_find(paper_page(memory(), pdf, 3), S("pied A")) > 0);
	assert_int_equal(str_trim(paper_page(memory(), pdf, 4)).n, 0);
	assert_true(str_find(paper_page(memory(), pdf, 5), S("pied B")) > 0);
	str open = paper_ask(memory(), pdf, "qpdf --qdf --object-streams=disable %s - | tr -d '\\0'");
	assert_true(str_find(open, S("/Lang (en)")) > 0 && str_find(open, S("/Lang (ar)")) > 0);
}

/* What people write in lists, read. */
#include "lists/cells.h"
#include "base/buf.h"
#include "lists/columns.h"

#include "unit.h"

static struct arena *mem(void) { return unit_arena((size_t)4 << 20); }

TEST(classes_are_read_however_they_are_spelt)
{
	static const struct { const char *cell, *class_; } all[] = {
		{ "CM1", "CM1" }, { "CM 1", "CM1" }, { "cm1 A", "CM1" }, { "CM1A", "CM1" }, { "C.M.2", NULL }, { "CM2 – M. Durand", "CM2" }, { "10ème", "CE1" },
		{ "8e", "CM1" }, { "Cours moyen 1re année", "CM1" }, { "cours préparatoire", "CP" }, { "CM1-CM2", "?" }, { "CM1/2", "?" }, { "6ème B", "6e" },
		{ "GS", "GS" }, { "Grande Section", "GS" }, { "Lycée", "lycee" }, { "Ulis", NULL }, { "Autre", "autre" }, { "", NULL }, { "12", NULL },
	};
	for (size_t i = 0; i < lengthof(all); i++) {
		str got = cell_class(mem(), str_c(all[i].cell));
		if (!str_eq(got, str_c(all[i].class_)))
			fail_msg("%s: %.*s", all[i].cell, STR_ARG(got));
	}
}

TEST(names_of_one_cell_are_cut_where_people_would)
{
	static const struct { const char *cell; bool given_first; const char *given, *family; } all[] = {
		{ "BENALI Leïla", false, "Leïla", "Benali" }, { "Leïla BENALI", false, "Leïla", "Benali" }, { "Mme LE GOFF Anne", false, "Anne", "Le Goff" },
		{ "Benali Leïla", false, "Leïla", "Benali" }, { "Leïla Benali", true, "Leïla", "Benali" }, { "Mme Le Goff Anne-Lise", false, "Anne-Lise", "Le Goff" },
		{ "M. et Mme SOW", false, "", "Sow" },
		{ "BENALI-SOW, Leïla", false, "Leïla", "Benali-Sow" }, { "BENALI LEÏLA", false, "Leïla", "Benali" }, { "", false, "", "" },
	};
	for (size_t i = 0; i < lengthof(all); i++) {
		struct cell_name n = cell_name(mem(), str_c(all[i].cell), all[i].given_first);
		if (!str_eq(n.given, str_c(all[i].given)) || !str_eq(n.family, str_c(all[i].family)))
			fail_msg("%s: %.*s | %.*s", all[i].cell, STR_ARG(n.given), STR_ARG(n.family));
	}
}

TEST(telephones_years_and_numbers_that_are_never_held)
{
	str one[3];
	bool bad;
	assert_int_equal(cell_phones(mem(), S("199001201"), one, 3, &bad), 1);
	assert_str(one[0], "+33199001201");
	assert_int_equal(cell_phones(mem(), S("01.99.00.12.01 / 01 99 00 12 02"), one, 3, &bad), 2);
	assert_false(bad);
	assert_int_equal(cell_phones(mem(), S("rouge"), one, 3, &bad), 0);
	assert_true(bad);
	assert_int_equal(cell_year(S("03/04/2016")), 2016);
	assert_int_equal(cell_year(S("2016-04-03")), 2016);
	assert_int_equal(cell_year(S("3/4/16")), 2016);
	assert_int_equal(cell_year(S("neuf ans")), 0);
	assert_true(cell_is_nir(S("2 85 05 44 109 001 23")));
	assert_true(cell_is_nir(S("185054410900123")));
	assert_false(cell_is_nir(S("01 99 00 12 01")));
	assert_true(cell_is_formula(S("=1+1")));
	assert_false(cell_is_formula(S("+33199001201")));
	assert_str(cell_language(mem(), S("Arabe")), "ar");
	assert_str(cell_language(mem(), S("dari")), "fa");
}

/* ---- columns ---- */

static struct list_rows rows_of(const char *text)
{
	struct list_rows r = { arena_many(mem(), struct list_row, 40), 0 };
	str rest = str_c(text), line, cell;
	while (str_next(&rest, '\n', &line)) {
		struct list_row *row = &r.v[r.n];
		*row = (struct list_row){ (i64)++r.n, arena_many(mem(), str, LIST_COLUMNS), 0 };
		while (str_next(&line, ';', &cell))
			row->v[row->n++] = cell;
	}
	return r;
}

static void expect_fields(const char *text, size_t body, const char *fields)
{
	struct list_columns c;
	struct list_rows rows = rows_of(text);
	struct buf b = buf_new(mem(), 4096);
	list_columns_propose(mem(), &rows, &c);
	for (size_t i = 0; i < c.n; i++)
		buf_printf(&b, "%s%s", i ? " " : "", c.never[i] ? "never" : list_fields[c.field[i]].code);
	if (!str_eq(buf_str(&b), str_c(fields)) || c.body != body)
		fail_msg("%zu: %.*s\nwanted %zu: %s", c.body, STR_ARG(buf_str(&b)), body, fields);
}

TEST(columns_are_known_by_their_names_in_any_words)
{
	expect_fields("Nom de l'enfant;prénom élève;Classe;Responsable 1;tél;École\na;b;c;d;e;f", 1, "child-family child-given class parent phone school");
	expect_fields("NOM;Prénom;CLASSE;Nom du responsable;Prénom du responsable;Portable mère;Portable père;Langue parlée\na;b;c;d;e;f;g;h", 1,
		"child-family child-given class parent-family parent-given phone phone-2 language");
	expect_fields("Élève;Niveau;Nom;Prénom;Mobile;Adresse\na;b;c;d;e;f", 1, "child class parent-family parent-given phone address");
	expect_fields("Nom et prénom de l’enfant;Date de naissance;Nationalité;N° sécu;PAI;Mère;Père\na;b;c;d;e;f;g", 1,
		"child birth never never never parent parent-2");
}

TEST(titles_two_lines_of_names_and_none_at_all)
{
	expect_fields("École du Halage;;;\nListe des CM;;;\nEnfant;;Responsable;\nNom;Prénom;Nom;Téléphone\nA;B;C;0199001201", 4,
		"child-family child-given parent phone");
	expect_fields("Sow;CM1;0199001201\nDiallo;CM2;0199001202\nBa;CM1;0199001203", 0, "- class phone");
	expect_fields("Prénom;Nom;Tél;n\nA;B;0199001201;2 85 05 44 109 001\nA;B;0199001202;1 85 05 44 109 002", 1, "child-given child-family phone never");
}

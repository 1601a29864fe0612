/* CSV as we write it: RFC 4180, and nothing that a spreadsheet would run. */
#include "base/csv.h"
#include "base/table.h"
#include "unit.h"

static str cell(void (*put)(struct buf *, str), str s)
{
	struct buf b = buf_new(unit_arena((size_t)1 << 16), (size_t)1 << 14);
	put(&b, s);
	return buf_str(&b);
}

static str plain(str s) { return cell(csv_cell, s); }
static str typed(str s) { return cell(csv_cell_typed, s); }

TEST(csv_cells_are_quoted_where_they_need_it_alone)
{
	assert_str(plain(S("")), "");
	assert_str(plain(S("Le Ponton; d’à côté")), "Le Ponton; d’à côté");
	assert_str(plain(S("un, deux")), "\"un, deux\"");
	assert_str(plain(S("dit \"oui\"")), "\"dit \"\"oui\"\"\"");
	assert_str(plain(S("\"")), "\"\"\"\"");
	assert_str(plain(S("a\nb")), "\"a\nb\"");
	assert_str(plain(S("a\rb")), "\"a\rb\"");
	assert_str(plain(S("=1+1")), "=1+1");
}

TEST(csv_rows_end_with_a_line_feed)
{
	struct buf b = buf_new(unit_arena((size_t)1 << 16), (size_t)1 << 14);
	csv_row(&b, (const str[]){ S("un"), S(""), S("d,x") }, 3);
	csv_row_typed(&b, (const str[]){ S("=un"), S("2") }, 2);
	assert_str(buf_str(&b), "un,,\"d,x\"\n'=un,2\n");
}

TEST(csv_formulas_that_people_typed_are_made_text)
{
	assert_str(typed(S("=HYPERLINK(\"http://x.example.org\",\"Ouvrir\")")), "\"'=HYPERLINK(\"\"http://x.example.org\"\",\"\"Ouvrir\"\")\"");
	assert_str(typed(S("+cmd|' /C calc'!A0")), "'+cmd|' /C calc'!A0");
	assert_str(typed(S("-2+3")), "'-2+3");
	assert_str(typed(S("@SUM(A1)")), "'@SUM(A1)");
	assert_str(typed(S("  =1")), "'  =1");
	assert_str(typed(S("\t=1")), "'\t'=1");
	assert_str(typed(S("\r=1")), "\"'\r'=1\"");
	assert_str(typed(S("-")), "'-");
	assert_str(typed(S("+")), "'+");
}

TEST(csv_formulas_behind_a_separator_of_french_spreadsheets)
{
	assert_str(typed(S("Benali;=1+1")), "Benali;'=1+1");
	assert_str(typed(S("Benali;\"=1+1")), "\"Benali;'\"\"=1+1\"");
	assert_str(typed(S("Benali; @x;-12")), "Benali;' @x;-12");
	assert_str(typed(S("Benali\n=1+1")), "\"Benali\n'=1+1\"");
}

TEST(csv_numbers_telephones_and_words_stay_as_they_are)
{
	static const char *const same[] = { "", "Le Ponton", "02 61 91 44 00", "+33261914400", "+33 6 39 98 00 10", "+687\u00A029\u202F07\u00A000", "-12", "-12.50",
		"a = b", "mail@example.org", "Saint-Herblain", "3 + 4", ";" };
	for (size_t i = 0; i < lengthof(same); i++)
		assert_str(typed(str_c(same[i])), same[i]);
	assert_str(typed(S("-12,50")), "\"-12,50\"");
}

/* ---- what is written is read again ---- */

struct again { struct table *t; size_t rows; str one; };

static enum err nothing(void *arg) { (void)arg; return OK; }

static enum err keep(void *arg)
{
	struct again *r = arg;
	r->rows++;
	return str_eq(r->t->cells[0], r->one) && str_eq(r->t->cells[1], S("fin")) ? OK : INVALID;
}

TEST(csv_cells_come_back_as_they_were)
{
	static const char *const pieces[] = { ",", "\"", "\n", ";", "é", "a", " ", "'", "=", "\t", "12", "\"\"" };
	struct arena *a = unit_arena((size_t)8 << 20);
	for (size_t i = 0; i < 1728; i++) {
		str one = str_printf(a, "x%s%s%sx", pieces[i % 12], pieces[i / 12 % 12], pieces[i / 144]);
		struct arena_mark m = arena_mark(a);
		struct buf b = buf_new(a, 1 << 10);
		struct table t = table_new(a);
		struct again r = { .t = &t, .one = one };
		csv_row(&b, (const str[]){ S("un"), S("deux") }, 2);
		csv_row(&b, (const str[]){ one, S("fin") }, 2);
		assert_ok(table_read_csv(&t, buf_str(&b), nothing, keep, &r));
		assert_int_equal(r.rows, 1);
		table_free(&t);
		arena_rewind(a, m);
	}
}

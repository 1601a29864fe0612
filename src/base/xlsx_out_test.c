/* What is written as a workbook is read again by the reader of workbooks, cell by cell. */
#include "base/xlsx_out.h"

#include "base/xlsx.h"
#include "unit.h"

struct seen { struct arena *a; str all; };

static enum err see(void *arg, i64 line, const str *cells, size_t n)
{
	struct seen *s = arg;
	s->all = str_printf(s->a, "%.*s%lld", STR_ARG(s->all), (long long)line);
	for (size_t i = 0; i < n; i++)
		s->all = str_printf(s->a, "%.*s|%.*s", STR_ARG(s->all), STR_ARG(cells[i]));
	s->all = str_printf(s->a, "%.*s\n", STR_ARG(s->all));
	return OK;
}

static str read_again(struct arena *a, str bytes)
{
	struct seen s = { a, S("") };
	struct xlsx_sink sink = { see, &s };
	str fault;
	FILE *f = fmemopen((void *)(uintptr_t)bytes.p, bytes.n, "r");
	assert_non_null(f);
	enum err e = xlsx_read(f, &sink, a, &fault);
	fclose(f);
	if (e != OK)
		fail_msg("%.*s", STR_ARG(fault));
	return s.all;
}

TEST(a_workbook_that_was_written_is_read_again)
{
	struct arena *a = unit_arena((size_t)512 << 20);
	struct xlsx_out *x = xlsx_out_new(a);
	const struct xlsx_head heads[] = { { S("Nom"), 30 }, { S("Jour"), 12 }, { S("Combien"), 10 }, { S("Note"), 10 } };
	struct buf bytes = buf_new(a, (size_t)64 << 20);
	xlsx_out_sheet(x, S("Écoles & vagues"), heads, lengthof(heads));
	xlsx_out_row(x);
	xlsx_out_text(x, S("=1+1"));
	xlsx_out_day(x, S("2027-04-06"));
	xlsx_out_number(x, -42);
	xlsx_out_row(x);
	xlsx_out_text(x, S("L’Épi <b> & \"Cie\"\x01"));
	xlsx_out_empty(x);
	xlsx_out_number(x, 660);
	xlsx_out_text(x, S("+33"));
	xlsx_out_sheet(x, S("Autre"), heads, 1);
	assert_ok(xlsx_out_end(x, &bytes));
	assert_str(read_again(a, buf_str(&bytes)), "1|Nom|Jour|Combien|Note\n2|=1+1|2027-04-06|-42\n3|L’Épi <b> & \"Cie\"||660|+33\n");
}

TEST(columns_after_z_have_two_letters)
{
	struct arena *a = unit_arena((size_t)512 << 20);
	struct xlsx_out *x = xlsx_out_new(a);
	struct xlsx_head heads[30];
	struct buf bytes = buf_new(a, (size_t)64 << 20);
	for (size_t i = 0; i < lengthof(heads); i++)
		heads[i] = (struct xlsx_head){ str_printf(a, "c%zu", i), 8 };
	xlsx_out_sheet(x, S("Large"), heads, lengthof(heads));
	xlsx_out_row(x);
	for (size_t i = 0; i < 27; i++)
		xlsx_out_empty(x);
	xlsx_out_number(x, 28);
	assert_ok(xlsx_out_end(x, &bytes));
	str all = read_again(a, buf_str(&bytes));
	assert_true(str_find(all, S("|c25|c26|c27|c28|c29\n2||||||||||||||||||||||||||||28\n")) >= 0);
}

/* Pieces of a hundred rows; the memory that waits is that of one. */
TEST(a_workbook_made_in_pieces_is_the_same_workbook)
{
	struct arena *a = unit_arena((size_t)512 << 20), *twin = unit_arena((size_t)512 << 20);
	const struct xlsx_head heads[] = { { S("Dossier"), 14 }, { S("Rang"), 8 } };
	struct buf bytes = buf_new(a, (size_t)64 << 20), whole = buf_new(twin, (size_t)64 << 20);
	struct xlsx_out *x = xlsx_out_new(a), *y = xlsx_out_new(twin);
	struct xlsx_out *both[] = { x, y };
	for (size_t k = 0; k < lengthof(both); k++) {
		xlsx_out_sheet(both[k], S("D’abord"), heads, 1);
		xlsx_out_sheet(both[k], S("Ensuite"), heads, 2);
		for (i64 i = 0; i < 500; i++) {
			xlsx_out_row(both[k]);
			xlsx_out_text(both[k], S("K7M4-QX2P"));
			xlsx_out_number(both[k], i);
			if (k == 0 && i % 100 == 0) {
				size_t before = bytes.n;
				xlsx_out_flush(x, &bytes);
				assert_true(bytes.n > before);
				assert_int_equal(x->sheets[1].n, 0);
			}
		}
	}
	assert_ok(xlsx_out_end(x, &bytes));
	assert_ok(xlsx_out_end(y, &whole));
	str one = read_again(a, buf_str(&bytes));
	assert_str(one, read_again(twin, buf_str(&whole)).p);
	assert_true(str_ends(one, S("\n501|K7M4-QX2P|499\n")));
}

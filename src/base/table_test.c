/* What the reader of other people's tables promises. */
#include "base/table.h"

#include "unit.h"

static const char *const names[] = { "nom", "nom_du_site", NULL };
static const char *const places[] = { "commune", NULL };

struct seen { struct table t; char text[400]; };

static enum err header(void *arg)
{
	struct seen *s = arg;
	assert_true(table_has(&s->t, names));
	assert_false(table_has(&s->t, places));
	return OK;
}

static enum err row(void *arg)
{
	struct seen *s = arg;
	str name = table_cell(&s->t, names), place = table_cell(&s->t, places);
	size_t n = strlen(s->text);
	snprintf(s->text + n, sizeof s->text - n, "%lld:%.*s|%.*s;", (long long)s->t.line, STR_ARG(name), STR_ARG(place));
	s->t.ended = str_eq(name, S("fin"));
	return str_eq(name, S("faux")) ? INVALID : OK;
}

static void expect_rows(const char *csv, enum err e, const char *rows)
{
	struct seen s = { .t = table_new(unit_arena(1 << 20)) };
	assert_int_equal(table_read_csv(&s.t, str_c(csv), header, row, &s), e);
	assert_string_equal(s.text, rows);
	table_free(&s.t);
}

TEST(table_columns_have_one_name_however_written)
{
	expect_rows("Nom du site,x\nA,1\n", OK, "2:A|;");
	expect_rows("x;#NOM_DU_SITE \n1; A \n", OK, "2:A|;");
	expect_rows("x\tnöm\n1\tA\n", OK, "2:A|;");
	expect_rows("nom,Nom du site\n,B\nA,B\n", OK, "2:B|;3:A|;");
}

TEST(table_rows_come_with_their_line_until_told_to_end)
{
	expect_rows("nom\n\nA\n\"fin\"\nB\n", OK, "2:A|;3:fin|;");
	expect_rows("nom\nfaux\nB\n", INVALID, "2:faux|;");
	expect_rows("nom\nA,trop\n", OK, "2:A|;");
	expect_rows("nom,x\n\"A, \"\"b\"\"\",y", OK, "2:A, \"b\"|;");
	expect_rows("", NOT_FOUND, "");
	expect_rows("\n\n", NOT_FOUND, "");
}

/* Bodies as browsers send them, and as nobody should. */
#include "http/multipart.h"

#include "base/arena.h"
#include "unit.h"

#define TYPE S("multipart/form-data; boundary=\"xyz\"")
#define FIELD(name, value) "--xyz\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"

static struct pairs pairs;
static struct req_file file;

static enum err parsed(str body) { return multipart_parse(unit_arena(1 << 20), TYPE, body, &pairs, &file); }

TEST(multipart_gives_fields_and_one_file)
{
	assert_ok(parsed(S(FIELD("source", "Maille") "--xyz\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"li;eux %22a%22.csv\"\r\n"
		"Content-Type: text/csv\r\n\r\n\xFF\0a\r\n--xy\r\n\r\n--xyz\r\nContent-Disposition: form-data; name=jour\r\n\r\n\r\n--xyz--\r\n")));
	assert_int_equal(pairs.n, 2);
	assert_str(pairs_get(&pairs, "source"), "Maille");
	assert_str(pairs_get(&pairs, "jour"), "");
	assert_str(file.field, "fichier");
	assert_str(file.name, "li;eux \"a\".csv");
	assert_int_equal(file.content.n, 11);
	assert_memory_equal(file.content.p, "\xFF\0a\r\n--xy\r\n", 11);
}

TEST(multipart_of_an_empty_file_field_has_no_file)
{
	assert_ok(parsed(S(FIELD("a", "b") "--xyz\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"\"\r\n\r\n\r\n--xyz--")));
	assert_int_equal(pairs.n, 1);
	assert_null(file.content.p);
}

#define A_FILE(name, content) "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" name "\"\r\n\r\n" content "\r\n"

TEST(multipart_gives_many_files_and_no_more_than_is_said)
{
	struct arena *a = unit_arena(1 << 20);
	struct req_files files;
	assert_ok(multipart_files(a, TYPE, S(A_FILE("a", "1") A_FILE("b", "2") "--xyz--"), &files));
	assert_int_equal(files.n, 2);
	assert_str(files.v[0].content, "1");
	assert_str(files.v[1].name, "b");
	str body = S("");
	for (int i = 0; i <= FILES_MAX; i++)
		body = str_printf(a, "%.*s%s", STR_ARG(body), A_FILE("a", "1"));
	assert_err(multipart_files(a, TYPE, str_printf(a, "%.*s--xyz--", STR_ARG(body)), &files), INVALID);
}

TEST(multipart_refuses_what_is_cut_or_strange)
{
	assert_err(parsed(S("")), INVALID);
	assert_err(parsed(S(FIELD("a", "b"))), INVALID);
	assert_err(parsed(S("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n--xyz--")), INVALID);
	assert_err(parsed(S("--xyz\r\nX: y\r\n\r\nb\r\n--xyz--")), INVALID);
	assert_err(parsed(S(FIELD("a", "\xFF") "--xyz--")), INVALID);
	assert_err(multipart_parse(unit_arena(1 << 20), S("multipart/form-data"), S(FIELD("a", "b") "--xyz--"), &pairs, &file), INVALID);
	str whole = S(FIELD("a", "b") FIELD("c", "d") "--xyz--");
	for (size_t n = 0; n < whole.n - 1; n++)
		assert_err(parsed(str_slice(whole, 0, n)), INVALID);
}

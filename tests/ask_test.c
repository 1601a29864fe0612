/* Pages asked in process go the whole way. */
#include "ask.h"

TEST(ask_a_page_as_it_is_served)
{
	struct answer a = get("/");
	expect_status(a, 200);
	expect_text(a, "Gabare");
	expect_order(a, "Aller au contenu", "Besoin de quelqu’un ?");
	expect_absent(a, "<script");
	assert_true(str_starts(header_of(a, "Content-Security-Policy"), S("default-src 'none'")));
}

TEST(ask_in_another_language)
{
	struct answer a = get("/ar/");
	expect_status(a, 200);
	expect_text(a, "dir=\"rtl\"");
}

TEST(ask_what_is_not_there_and_what_is_not_meant)
{
	expect_status(get("/rien-ici"), 404);
	expect_status(post("/", "a=1"), 405);
	expect_status(get("/\xFF"), 400);
}

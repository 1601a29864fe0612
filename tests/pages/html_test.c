/* The reader of pages finds what it is there to find. */
#include "unit.h"

#include "html.h"

#define HEAD "<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\"><head><title>T &amp; U</title></head><body><main>"
#define TAIL "</main></body></html>"

static struct page *page_of(const char *body)
{
	struct arena *a = arena_new(16 << 20);
	struct page *p = arena_one(a, struct page);
	p->a = a;
	page_read(p, str_printf(a, HEAD "%s" TAIL, body));
	return p;
}

static void expect_problem(const char *body, const char *problem)
{
	struct page *p = page_of(body);
	bool found = false;
	for (int i = 0; i < p->n_problems; i++)
		found = found || str_find(p->problems[i], str_c(problem)) >= 0;
	if (!found)
		fail_msg("%s: no \"%s\"", body, problem);
	arena_free(p->a);
}

TEST(pages_read_a_good_page)
{
	struct page *p = page_of("<h1>A</h1><p id=\"x\">b <b lang=\"fr\">mot</b> c<br><svg><g><path d=\"1\"/></g></svg></p>"
		"<a href=\"/lieux?a=1&amp;b=2\">l</a><label for=\"x\">m</label>");
	assert_int_equal(p->n_problems, 0);
	assert_int_equal(p->elements, 12);
	assert_str(p->title, "T & U");
	assert_str(p->h1, "A");
	assert_str(p->lang, "ar");
	assert_str(p->dir, "rtl");
	assert_int_equal(p->n_links, 1);
	assert_str(p->links[0], "/lieux?a=1&b=2");
	assert_true(str_find(buf_str(&p->foreign), S("mot")) < 0);
	assert_true(str_find(buf_str(&p->foreign), S(" c")) >= 0);
	arena_free(p->a);
}

/* How many numbers of a right-to-left page may change places. */
static int loose_numbers(const char *body)
{
	struct page *p = page_of(body);
	int before = p->n_problems;
	page_check_numbers(p);
	int n = p->n_problems - before;
	arena_free(p->a);
	return n;
}

TEST(pages_want_numbers_isolated_in_arabic)
{
	assert_int_equal(loose_numbers("<p>ا 02 61 91</p>"), 1);
	assert_int_equal(loose_numbers("<p>ا 02\u00A061</p>"), 1);
	assert_int_equal(loose_numbers("<p>ا 9:30</p><p>ا 27/3/2026</p><p>9-12</p><p>ا +33</p>"), 4);
	assert_int_equal(loose_numbers("<a href=\"/\" aria-label=\"ا 9:30\">x</a>"), 1);
	assert_int_equal(loose_numbers("<p>ا <bdi>02 61</bdi> <b dir=\"ltr\">9:30</b> \u20669:30\u2069</p>"), 0);
	assert_int_equal(loose_numbers("<a href=\"/\" aria-label=\"ا \u20669:30\u2069\">x</a>"), 0);
	assert_int_equal(loose_numbers("<p>ا 44000 و 3,5 و 1\u202F000 و 4.1.2</p>"), 0);
}

TEST(pages_find_what_is_wrong)
{
	expect_problem("<p><b>x</p>", "</p> closes <b>");
	expect_problem("<p>", "</main> closes <p>");
	expect_problem("<p class=x>y</p>", "class is not in double quotes");
	expect_problem("<p id=\"a\" id=\"b\">y</p>", "id twice");
	expect_problem("<p id=\"a\">y</p><p id=\"a\">y</p>", "id a is there twice");
	expect_problem("<script src=\"/x.js\"></script>", "<script>");
	expect_problem("<p onclick=\"x\">y</p>", "onclick");
	expect_problem("<p style=\"color:red\">y</p>", "style");
	expect_problem("<a href=\"javascript:x\">y</a>", "javascript");
	expect_problem("<img src=\"https://example.org/x.png\" alt=\"\">", "loads https://example.org/x.png");
	expect_problem("<img src=\"/x.png\">", "without alt");
	expect_problem("<h1>a</h1><h3>b</h3>", "h3 after h1");
	expect_problem("<input name=\"q\">", "can have no label");
	expect_problem("<input id=\"q\" size=\"8\">", "is for looks only");
	expect_problem("<center>a</center>", "is for looks only");
	expect_problem("<a href=\"/a\">x <a href=\"/b\">y</a></a>", "<a> within another");
}

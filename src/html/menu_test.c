/* The menu of agents: flat while it is short, groups when it is long, and then those beside where one is. */
#include "html/layout.h"

#include "unit.h"

static const struct city city = { .name = { "Ville", 5 } };

static struct view view_of(const struct section *sections, const char *here)
{
	return (struct view){ .a = unit_arena(1 << 16), .lang = LANG_FR, .city = &city, .agent = true, .sections = sections, .path = str_c(here),
		.here = str_c(here) };
}

TEST(a_short_menu_is_flat)
{
	static const struct section few[] = { { "/a", "A", "G" }, { "/b", "B", "G" }, { NULL, NULL, NULL } };
	struct view v = view_of(few, "/b");
	const struct menu_links *links = menu_links(&v);
	assert_int_equal(links->n, 2);
	assert_string_equal(links->v[1].current, "page");
	assert_int_equal(menu_group_links(&v)->n, 0);
}

TEST(a_long_menu_has_groups_and_those_beside_where_one_is)
{
	static const struct section many[] = { { "/a", "A", NULL }, { "/b", "B", "G" }, { "/c", "C", "G" }, { "/d", "D", "H" }, { "/e", "E", "I" }, { "/f", "F", "I" },
		{ "/g", "G", NULL }, { "/h", "H", NULL }, { NULL, NULL, NULL } };
	struct view v = view_of(many, "/c");
	const struct menu_links *links = menu_links(&v), *beside = menu_group_links(&v);
	assert_int_equal(links->n, 6);
	assert_str(links->v[1].label, "G");
	assert_str(links->v[1].url, "/b");
	assert_string_equal(links->v[1].current, "true");
	assert_str(links->v[2].label, "D");      /* alone in its group: itself */
	assert_null(links->v[3].current);
	assert_int_equal(beside->n, 2);
	assert_string_equal(beside->v[1].current, "page");
	assert_int_equal(menu_all_links(&v)->n, 8);
	v.here = v.path = S("/g");
	assert_int_equal(menu_group_links(&v)->n, 0);
}

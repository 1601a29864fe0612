/* What the map of a list promises: every number is there and leads to its item, none covers another, and it is light. */
#include <math.h>
#include <zlib.h>

#include "given.h"
#include "db/db.h"
#include "look.h"
#include "map/draw.h"

static const struct frame plain = {.centre = {47.2, -1.55}, .width = MAP_WIDE, .height = MAP_HIGH, .metres = 5};

static struct map_marks stood(const struct point *v, size_t n)
{
	struct arena *a = unit_arena((size_t)1 << 20);
	struct map_place *places = arena_many(a, struct map_place, n);
	for (size_t i = 0; i < n; i++)
		places[i] = (struct map_place){.number = (i64)i + 1, .name = S("Lieu"), .placed = true, .at = v[i]};
	return marks_of(a, &(struct map){.v = places, .n = n}, &plain);
}

TEST(marks_at_one_spot_are_one_and_marks_too_close_move)
{
	struct point v[] = {{47.2, -1.55}, {47.2, -1.55}, {47.2003, -1.5503}, {47.2004, -1.5496}, {47.204, -1.556}};
	struct map_marks marks = stood(v, lengthof(v));
	assert_true(marks.n == 4);
	assert_str(marks.v[0].text, "1, 2");
	assert_true(!marks.v[0].moved && marks.v[1].moved && marks.v[2].moved && !marks.v[3].moved);
	for (size_t i = 0; i < marks.n; i++)
		for (size_t j = i + 1; j < marks.n; j++)
			assert_true(fabs(marks.v[i].at.x - marks.v[j].at.x) >= marks.v[i].half + marks.v[j].half ||
				fabs(marks.v[i].at.y - marks.v[j].at.y) >= 2 * MAP_MARK);
}

TEST(marks_leave_the_cross_to_be_seen)
{
	struct map_place place = {.number = 1, .name = S("Lieu"), .placed = true, .at = {47.2, -1.55}};
	struct map_marks marks = marks_of(unit_arena((size_t)1 << 20), &(struct map){.v = &place, .n = 1, .near = true, .here = {47.2001, -1.55}}, &plain);
	assert_true(marks.n == 1 && marks.v[0].moved);
	assert_true(hypot(marks.v[0].at.x - marks.here.x, marks.v[0].at.y - marks.here.y) > MAP_MARK + MAP_CROSS);
}

TEST(marks_stay_on_the_map)
{
	struct point v[MAP_PLACES];
	for (size_t i = 0; i < lengthof(v); i++)
		v[i] = (struct point){47.197 + (double)i * 0.0004, -1.56};
	struct map_marks marks = stood(v, lengthof(v));
	assert_true(marks.n == lengthof(v));
	for (size_t i = 0; i < marks.n; i++)
		assert_true(marks.v[i].at.x >= marks.v[i].half && marks.v[i].at.y >= MAP_MARK && marks.v[i].at.y <= MAP_HIGH - MAP_MARK);
}

TEST(the_map_of_a_list_is_asked_for_and_left)
{
	given_demo();
	struct answer a = get("/lieux?pres=bellevue");
	expect_text(a, "Voir sur une carte");
	expect_absent(a, "<figure");
	a = get("/lieux?pres=bellevue&carte=1");
	expect_status(a, 200);
	expect_text(a, "Voir en liste");
	expect_text(a, "href=\"#lieu-3\"");
	expect_text(a, "id=\"lieu-3\"");
	expect_text(a, "La croix est l’endroit demandé");
	expect_text(a, "Plan simplifié des environs");
	expect_text(a, "fill-rule=\"evenodd\"");  /* the Loire */
	expect_text(a, "name=\"carte\"");
	expect_absent(get("/lieux?carte=1"), "La croix");
	expect_absent(get("/lieux?q=xyzzyxyzzy&carte=1"), "<figure");
	expect_text(get("/en/lieux?carte=1&page=2"), "/en/lieux?page=2\"");
	expect_status(get("/lieux?carte=x"), 200);
}

TEST(figure_of_the_map_is_named_by_its_caption)
{
	given_demo();
	str page = get("/lieux?pres=bellevue&carte=1").body, name, caption;
	size_t at = 0;
	assert_true(look_between(page, &at, "<figure aria-label=\"", "\"", &name));
	assert_true(look_between(page, &at, "<figcaption>", "</figcaption>", &caption));
	assert_true(str_eq(name, caption) && look_has(name, "La croix"));
}

TEST(the_map_of_ten_places_is_light)
{
	given_demo();
	struct answer a = get("/lieux?pres=44000&carte=1");
	ptrdiff_t from = str_find(a.body, S("<figure")), to = str_find(a.body, S("</figure>"));
	assert_true(from > 0 && to > from);
	uLongf n = compressBound((uLong)(to - from));
	Bytef *packed = arena_alloc(unit_arena((size_t)1 << 20), n);
	assert_true(compress2(packed, &n, (const Bytef *)a.body.p + from, (uLong)(to - from), 6) == Z_OK);
	assert_true(n < 6 << 10);
}

TEST(water_is_drawn_and_never_found)
{
	given_demo();
	struct answer a = get("/lieux?pres=erdre");
	expect_absent(a, "près de Erdre");
}

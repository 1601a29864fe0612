/* The request target: what is accepted is a clean path, and asking for where it says it has moved moves no further. */
#include "fuzz.h"

#include "base/utf8.h"
#include "http/parse.h"

/* No dot segment, no empty one, no control but the mark of an escaped slash. */
static void check_path(str path)
{
	str rest = str_slice(path, 1, path.n), segment;
	must_hold(path.n && path.p[0] == '/' && utf8_valid(path));
	for (size_t i = 0; i < path.n; i++)
		must_hold(((u8)path.p[i] >= ' ' && path.p[i] != 0x7F) || path.p[i] == PATH_SLASH);
	while (path.n > 1 && str_next(&rest, '/', &segment))
		must_hold(segment.n && !str_eq(segment, S(".")) && !str_eq(segment, S("..")));
}

static void check_moved(struct arena *a, const struct target *t)
{
	struct target again;
	must_hold(t->moved.p[0] == '/' && !str_starts(t->moved, S("//")));
	must_hold(target_parse(a, t->moved, &again) == OK);
	must_hold(!again.moved.p && again.lang == t->lang && str_eq(again.path, t->path) && str_eq(again.raw_query, t->raw_query));
}

FUZZ(a, in)
{
	struct target t;
	struct pairs pairs;
	if (target_parse(a, in, &t) != OK)
		return;
	if (str_eq(t.path, S("*")))
		return;
	check_path(t.path);
	if (t.moved.p)
		check_moved(a, &t);
	if (t.raw_query.p && pairs_parse(a, t.raw_query, &pairs) == OK)
		must_hold(pairs.n <= PARAMS_MAX);
}

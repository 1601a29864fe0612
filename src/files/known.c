/* The schools of src/schools, for the form of a child (src/people knows none): those that are open, as they are called, and the one that
 * somebody's words mean when there is no doubt. */
#include "files/pages.h"

static enum err all(struct db *db, size_t most, struct known_schools *ret)
{
	struct school_list rows;
	*ret = (struct known_schools){ .v = arena_many(db_arena(db), struct known_school, most + 1) };
	try(school_all(db, S(""), S(""), S(""), SCHOOLS_MOST, &rows));
	for (size_t i = 0; i < rows.n && ret->n < most; i++)
		if (!str_eq(rows.v[i].state, S("closed")) && school_is_primary(&rows.v[i]))
			ret->v[ret->n++] = (struct known_school){ rows.v[i].name, rows.v[i].uai };
	return OK;
}

static enum err named(struct db *db, str text, struct known_school *ret)
{
	struct school_matches m;
	*ret = (struct known_school){ S(""), S("") };
	try(schools_find(db, text, S(""), &m));
	if (m.n && m.certainty == SCHOOL_CERTAIN && !m.refused && school_is_primary(&m.v[0].school))
		*ret = (struct known_school){ m.v[0].school.name, m.v[0].school.uai };
	return OK;
}

const struct school_knower files_schools = { all, named };

/* See place_layouts.h. */
#include "directory/place_layouts.h"

#include "base/timex.h"
#include "directory/place_layout_sql.h"

enum err place_layout_of(struct db *db, str source, struct place_layout *ret)
{
	struct layout_row row;
	str fault;
	try(layout_get(db, source, &row));
	return place_layout_read(db_arena(db), row.layout, ret, &fault) == OK ? OK : INTERNAL;
}

enum err place_layout_keep(struct db *db, str source, const struct place_layout *l, str author)
{
	return layout_put(db, source, place_layout_write(db_arena(db), l), now_ms(), author);
}

enum err place_layout_forget(struct db *db, str source)
{
	try(layout_drop(db, source));
	return db_changes(db) ? OK : NOT_FOUND;
}

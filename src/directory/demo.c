/* Loading the demonstration. */
#include "directory/demo.h"

#include <sys/mman.h>
#include <unistd.h>

#include "directory/place_import_sql.h"
#include "html/assets.h"

extern const struct asset demo_files[];

static const str source = S_INIT("demo");

/* A city's own directory is not to be mixed with an invented one. */
static enum err check_ours(struct db *db, struct place_import_report *ret)
{
	i64 all, demo;
	try(import_places_of(db, (str){ NULL, 0 }, &all));
	try(import_places_of(db, source, &demo));
	if (!all || demo)
		return OK;
	ret->fault = S("cette base contient déjà des lieux, qui ne sont pas ceux de la démonstration : rien n’a été fait");
	return CONFLICT;
}

enum err demo_load(struct db *db, const char *url, struct arena *a, struct place_import_report *ret)
{
	*ret = (struct place_import_report){ 0 };
	try(check_ours(db, ret));
	const struct asset *file = asset_named(demo_files, S("places.csv"));
	assert(file);
	int fd = memfd_create("demo", MFD_CLOEXEC);
	if (fd < 0 || write(fd, file->identity.p, file->identity.n) != (ssize_t)file->identity.n || lseek(fd, 0, SEEK_SET) != 0) {
		if (fd >= 0)
			close(fd);
		return INTERNAL;
	}
	struct place_import_options o = { .fd = fd, .format = PLACE_CSV, .source = source, .file_name = S("demo/places.csv"), .url = url };
	enum err e = place_import(db, &o, a, ret);
	close(fd);
	return e;
}

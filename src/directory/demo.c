/* Loading the demonstration. */
#include "directory/demo.h"

#include <sys/mman.h>
#include <unistd.h>

#include "directory/place_import_sql.h"
#include "directory/wifi.h"
#include "gazetteer/gazetteer.h"
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

/* A file of the demonstration as a descriptor, -1 when there can be none. */
static int demo_file(const char *name)
{
	const struct asset *file = asset_named(demo_files, str_c(name));
	assert(file);
	int fd = memfd_create("demo", MFD_CLOEXEC);
	if (fd < 0 || write(fd, file->identity.p, file->identity.n) != (ssize_t)file->identity.n || lseek(fd, 0, SEEK_SET) != 0) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return fd;
}

static enum err load_gazetteer(struct db *db, struct arena *a, str *ret_fault)
{
	static const struct { const char *name; enum gazetteer_kind kind; } files[] = {
		{ "communes.csv", GAZ_COMMUNE }, { "streets.csv", GAZ_STREET }, { "districts.json", GAZ_DISTRICT },
		{ "priority-areas.json", GAZ_PRIORITY_AREA }, { "water.json", GAZ_WATER },
	};
	for (size_t i = 0; i < lengthof(files); i++) {
		struct gazetteer_import o = { .kind = files[i].kind, .fd = demo_file(files[i].name) };
		struct gazetteer_report r;
		if (o.fd < 0)
			return INTERNAL;
		enum err e = gazetteer_import(db, &o, a, &r);
		close(o.fd);
		*ret_fault = r.fault;
		try(e);
	}
	return OK;
}

static enum err load_wifi(struct db *db, struct arena *a, str *ret_fault)
{
	struct wifi_import o = { .fd = demo_file("wifi.csv") };
	struct wifi_report r;
	if (o.fd < 0)
		return INTERNAL;
	enum err e = wifi_import(db, &o, a, &r);
	close(o.fd);
	*ret_fault = r.fault;
	return e;
}

enum err demo_load(struct db *db, const char *url, struct arena *a, struct place_import_report *ret)
{
	str fault;
	*ret = (struct place_import_report){ 0 };
	try(check_ours(db, ret));
	enum err e = load_gazetteer(db, a, &fault);
	e = e == OK ? load_wifi(db, a, &fault) : e;
	if (e != OK) {
		ret->fault = fault;
		return e;
	}
	int fd = demo_file("places.csv");
	if (fd < 0)
		return INTERNAL;
	struct place_import_options o = { .fd = fd, .format = PLACE_CSV, .source = source, .file_name = S("demo/places.csv"), .url = url };
	e = place_import(db, &o, a, ret);
	close(fd);
	return e;
}

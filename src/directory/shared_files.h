/* For tests only: the files of ../shared, that lie beside the project on some machines and never in it. */
#ifndef GABARE_DIRECTORY_SHARED_FILES_H
#define GABARE_DIRECTORY_SHARED_FILES_H

#include <unistd.h>

#include "unit.h"

/* The path of a file of ../shared, from the checkout, its build folder or a worktree; skips the test when it is not there. */
static inline const char *shared_file(struct arena *a, const char *name)
{
	static const char *const roots[] = { "../shared", "../../shared", "../../../shared" };
	for (size_t i = 0; i < lengthof(roots); i++) {
		const char *path = str_z(a, str_printf(a, "%s/%s", roots[i], name));
		if (access(path, R_OK) == 0)
			return path;
	}
	unit_skip(str_z(a, str_printf(a, "../shared/%s is not beside the project", name)));
}

#endif

/* What the commands that read files of places share. */
#ifndef GABARE_CMD_FILES_H
#define GABARE_CMD_FILES_H

#include "app/cli.h"
#include "directory/place_layout.h"
#include "directory/place_read.h"

/* Opens a file to read; -1: it cannot be, said on stderr. */
int cli_open_file(struct invocation *in, str path);
/* --format, else what the name tells. False: no such format, said on stderr. */
bool cli_format(struct invocation *in, str path, enum place_format *ret);
/* The layout in a file. False: it is none, said on stderr. */
bool cli_layout_file(struct invocation *in, str path, struct place_layout *ret);

#endif

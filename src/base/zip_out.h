/* Writing a zip from its first byte to its last, for files that are sent while they are made: nothing before is looked at again. (libzip, which
 * reads the zips of others, must go back in what it writes.) Up to 4 GB. */
#ifndef GABARE_ZIP_OUT_H
#define GABARE_ZIP_OUT_H

#include <zlib.h>

#include "base/buf.h"

#define ZIP_OUT_MOST 16                          /* files */

struct zip_out_file { str name; u32 crc, packed, size, at; };
struct zip_out { struct arena *a; z_stream z; struct zip_out_file v[ZIP_OUT_MOST]; size_t n; u32 at; bool ready; };

/* Its memory is the arena's: a zip that is left unfinished needs no end. */
struct zip_out zip_out_new(struct arena *a);
/* A file of that name; its bytes, in any number of parts; its end. What is known of the zip until then is added to out. */
void zip_out_file(struct zip_out *z, struct buf *out, str name);
void zip_out_put(struct zip_out *z, struct buf *out, str part);
void zip_out_close(struct zip_out *z, struct buf *out);
/* The list of the files, with which the zip ends. */
void zip_out_end(struct zip_out *z, struct buf *out);

#endif

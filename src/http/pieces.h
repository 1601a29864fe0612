/* A body that is made while it is sent (resp_pieces() in req.h), in identity coding or as gzip. Its memory is its own: the library
 * may let go of it after the request has died. */
#ifndef GABARE_PIECES_H
#define GABARE_PIECES_H

#include <sys/types.h>

#include "http/compress.h"
#include "http/req.h"

struct pieces;

/* CODING_BROTLI is taken for gzip: its pieces would cost more than they save. */
struct pieces *pieces_new(struct req *req, enum coding coding);
void pieces_free(struct pieces *p);

#define PIECES_END (-1)
#define PIECES_BROKEN (-2)
/* Up to n (> 0) bytes of the body into `room`; how many, PIECES_END after the last, PIECES_BROKEN when there is no saying the rest. */
ssize_t pieces_read(struct pieces *p, char *room, size_t n);

#endif

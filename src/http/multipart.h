/* Forms with a file (multipart/form-data, RFC 7578): a pure function over the whole body. */
#ifndef GABARE_MULTIPART_H
#define GABARE_MULTIPART_H

#include "http/req.h"

#define PARTS_MAX 1000
#define FILES_MAX 60

/* The parts of `body`: fields, decoded as they are (UTF-8), and the file of the last part that has a file name; a file field left empty
 * gives none. The texts lie in `body`. INVALID: not well-formed, a field that is no UTF-8, more than PARTS_MAX parts, no boundary. */
must_use enum err multipart_parse(struct arena *a, str content_type, str body, struct pairs *ret, struct req_file *ret_file);
/* All the files of a body that was read so, in order; at most FILES_MAX. */
struct req_files { struct req_file *v; size_t n; };
must_use enum err multipart_files(struct arena *a, str content_type, str body, struct req_files *ret);

#endif

/* Identifiers made by us: in order of time, and unlike each other across processes and machines. */
#ifndef GABARE_ID_H
#define GABARE_ID_H

#include "base/str.h"

enum { ID_WORKERS = 1024 };

/* The number (0..ID_WORKERS-1) that sets this process's ids apart from all others'. Once, before the first id_new. */
void id_worker(int worker);
/* 41 bits of milliseconds since 2025-01-01, 10 of worker, 12 of sequence: each id of a process is above the one before, even
 * when the clock goes back. Good until 2094. */
i64 id_new(void);
/* When such an id was made (ms). */
i64 id_at(i64 id);
/* Many for one statement, as the JSON that .sql files take apart on both engines: "[1,2]", or in rows of `width` "[[1,2],[3,4]]". */
str ids_json(struct arena *a, const i64 *v, size_t n, size_t width);
/* Nothing can be told from it: for what strangers see (1 .. 2^63-1). */
i64 id_random(void);

#endif

/* French order on SQLite: the collation `fr`, by the same library as PostgreSQL's (ICU), so that both sort alike. */
#ifndef GABARE_COLLATE_H
#define GABARE_COLLATE_H

#include <sqlite3.h>

/* Registers `fr` on a connection; freed with it. An SQLite result code. */
int collate_register(sqlite3 *db);

#endif

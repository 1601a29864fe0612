/* For the runner: the databases of the tests, around those of one test (unit.h: unit_db_url, unit_db_copy). */
#ifndef GABARE_UNIT_DB_H
#define GABARE_UNIT_DB_H

void unit_db_start(void);                        /* before the first test */
void unit_db_drop(void);                         /* after each, while its unit_dir() is still there */
void unit_db_stop(void);                         /* after the last */

#endif

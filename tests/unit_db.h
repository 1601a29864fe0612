/* For the runner: where tests live, and their databases, around those of one test (unit.h: unit_db_url, unit_db). */
#ifndef GABARE_UNIT_DB_H
#define GABARE_UNIT_DB_H

/* The folder in which each test has its own: memory where the machine has it, else /tmp. Static storage. */
const char *unit_place(void);
void unit_db_start(void);                        /* before the first test */
void unit_db_drop(void);                         /* after each, while its unit_dir() is still there */
void unit_db_stop(void);                         /* after the last */

#endif

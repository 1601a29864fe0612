/* What a disk holds after the power went at a chosen moment of a journal (shadow.h), put back into real files. */
#ifndef GABARE_REBUILD_H
#define GABARE_REBUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "shadow.h"

struct cut {
	uint64_t at;                             /* records before this one had happened */
	double p;                                /* chance that a block written but not synced is there all the same; 0: none is */
	unsigned block;                          /* their size: 512 or 4096 */
	uint64_t seed;
};

/* The journal that a run left in `path`, or NULL. Never unmapped: the program ends with it. */
const struct shadow_journal *journal_open(const char *path);
/* Makes an empty journal there. */
bool journal_make(const char *path);
/* How many records it holds. */
uint64_t journal_length(const struct shadow_journal *j);
/* Writes the surviving files into the existing, empty directory `dir`, but for the one called `but`. False when a file
 * cannot be written. */
bool rebuild(const struct shadow_journal *j, struct cut cut, const char *dir, const char *but);
/* What had been appended to the file called `name` before record `at`, synced or not (the acknowledgements, which left the
 * machine). In memory of its own. */
unsigned char *journal_said(const struct shadow_journal *j, const char *name, uint64_t at, size_t *ret_n);

/* A reproducible stream of numbers: the next one of `state`. */
uint64_t random_next(uint64_t *state);

#endif

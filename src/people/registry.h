/* The registry of personal data: one row for each thing that is held on people anywhere in the house, with why, by what right, for whom and
 * how long. The page of the data protection officer, its CSV and docs/aipd.md (`gabare registry`) are made from this table; a test holds
 * that each sealed column of the schema is in it. */
#ifndef GABARE_PEOPLE_REGISTRY_H
#define GABARE_PEOPLE_REGISTRY_H

#include "base/buf.h"

/* Texts are msgids. */
struct registry_line {
	const char *table, *columns;             /* "person", "given_enc family_enc"; columns joined by spaces */
	const char *what, *why;
	const char *controller, *basis, *recipients;
	const char *kept, *until;                /* how long, from which event */
	const char *job;                         /* the job that erases it (src/app/job_kinds.c); "": erased by what ends it */
};
extern const struct registry_line registry[];
extern const size_t registry_count;

/* What is never held, and what stands for it: msgids, by two, ending with NULL. */
extern const char *const registry_never[];

/* The whole as Markdown, in French: docs/aipd.md. */
void registry_markdown(struct buf *b);

#endif

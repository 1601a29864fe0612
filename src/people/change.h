/* Forms into households and persons. */
#ifndef GABARE_PEOPLE_CHANGE_H
#define GABARE_PEOPLE_CHANGE_H

#include "people/people.h"

/* What was typed; "" when nothing. */
str text_of(const struct req *req, const char *name);
/* Address, grounds, who named them, and that they were told: into a household, the rest of which stays. */
void home_of_form(struct req *req, struct household *h);
/* An adult; the telephone as E.164. */
struct person adult_of_form(struct req *req);

/* A name that has no Latin letter could never be found again: told at its field. */
void names_refused(struct req *req, const struct person *p, const char *field);

/* What a household, or a person of it, was before the last change, opened (a household without its persons); NOT_FOUND: never changed. */
must_use enum err household_past_opened(struct req *req, const struct household *h, struct household *ret, i64 *ret_at);
must_use enum err person_past_opened(struct req *req, const struct household *h, const struct person *p, struct person *ret, i64 *ret_at);

#endif

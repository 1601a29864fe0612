/* The charter of one file, as its pages read it. */
#ifndef GABARE_CHARTER_SHOW_H
#define GABARE_CHARTER_SHOW_H

#include "charter/pages.h"
#include "people/people.h"

struct charter_looking {
	struct req *req;
	struct campaign c;
	struct file f;
	struct household h;                      /* opened */
	struct charter_act_row act;              /* id 0: none */
	struct charter_signature_row_list signatures;
	bool seen;                               /* written down already */
};
/* Of ":campagne" and ":dossier". Opens the household, for that purpose, and writes it down as seen when the answer shows it. */
must_use enum err charter_look(struct req *req, struct charter_looking *l);
must_use enum err charter_seen(struct charter_looking *l, const char *why);
/* The act page, with what its form says; act_show.c. */
must_use enum err charter_act_page(struct charter_looking *l);
/* A day that a form gives, ISO; today when it gives none. Fails the field when it has not come yet. */
str charter_day_given(struct req *req, const char *field);
/* The reasons to come back (files/steps.c), as options; whether one was given, else the field is failed. */
struct options charter_reasons(struct req *req);
bool charter_reason_given(struct req *req, const char *field);
/* Whether a role of the act’s text has still to sign; whether all will have, with n more signatures. */
bool charter_waits_for(const struct charter_looking *l, enum charter_role r);
/* Whether its signer may be one of that quality: who is equipped and of age signs for themselves. */
bool charter_offers(const struct charter_looking *l, const struct charter_quality *q, enum charter_role r);
bool charter_signed_with(const struct charter_looking *l, size_t n);
/* Names of what was typed for a signature: sets `ret`, or fails the fields. */
bool charter_take_order(struct req *req, const struct charter_quality *q, struct charter_signing *ret);

#endif

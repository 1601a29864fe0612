/* What page tests begin with: the demonstration city, organisations, accounts, and a browser that has logged in. */
#ifndef GABARE_GIVEN_H
#define GABARE_GIVEN_H

#include "accounts/account.h"
#include "ask.h"
#include "content/content.h"

/* The places, areas and streets of the demonstration; how many places. */
i64 given_demo(void);
/* An organisation; its id. */
i64 given_organisation(const char *name);
/* An active account without password, with a role there; its id. */
i64 given_account(const char *email, const char *name, i64 organisation, enum account_role role);
/* A place of the organisation of that name (a social centre in the commune of Nantes, rue Haute); its public id. */
str given_place(const char *organisation, const char *id);
/* An invitation for an account, from an organisation; its code. */
str given_invitation(i64 user, i64 organisation);
/* What the census asks of a place of given_place(), in an edition that is open until 2199 and asks all of them. */
i64 given_census_ask(const char *place);
/* A file of places that was looked through and whose columns are to be said; its id. */
i64 given_upload(void);
/* A text of a written page, published. */
void given_written(enum written_kind kind, const char *name, enum lang lang, const char *text);
/* A guide that was made, with a file in French; its id. */
i64 given_guide_made(void);
/* 10 copies of a print run of 100, delivered to an organisation: the delivery's id, and the run's. */
i64 given_delivery(i64 organisation, i64 *ret_run);
/* The name of a closed edition of the census, made when there is none. */
str given_closed_edition(void);
/* A group of the network with that organisation in it; somebody who is its contact; a mail to the network that is a draft; their ids. */
i64 given_group(i64 organisation);
i64 given_contact(i64 organisation, const char *email);
i64 given_network_mail(void);
/* A draft of a set of parameters of that organisation, made by that account; a draw that is committed to; their ids. */
i64 given_allocation_set(i64 organisation, i64 user);
i64 given_draw(i64 organisation);
/* A school of the commune 44109, élémentaire and public, named after its UAI when it is no known one; its UAI. Twice: the same. */
str given_school(const char *uai);
/* A school's name that waits to be recognised, in the commune 44109; its id. Twice: the same. */
i64 given_spelling(const char *text);
/* The campaign of an organisation (200 devices, open) and its one wave (100 of them, March 2027). Twice: the same. */
struct given_wave { i64 campaign_id, wave_id; };
struct given_wave given_wave_of(i64 organisation);
/* From here on get() and post() are asked by this account; 0: by nobody. */
void ask_as(i64 user);

#endif

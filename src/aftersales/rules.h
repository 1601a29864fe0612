/* The path of a ticket of after-sales: its states, where the family's computer is in each, and from which to which, by whom. One table
 * (rules.c): nothing else moves a ticket, but for taking the last step back. Pure. */
#ifndef GABARE_AFTERSALES_RULES_H
#define GABARE_AFTERSALES_RULES_H

#include "files/files.h"
#include "http/form.h"

enum care_state { CS_OPEN, CS_DIAGNOSED, CS_IN_REPAIR, CS_BEYOND, CS_GIVEN_BACK, CS_SOLVED, CS_REPLACED, CS_ENDED, CS_CANCELLED, CS_COUNT };
/* Where the family's own computer is: with it, being mended, come back for good. */
enum care_place { CP_FAMILY, CP_BENCH, CP_BACK };
/* code: as stored; label, todo: msgids; late: after how many days somebody should have acted, 0 when nobody must. spare: the family may have
 * another computer meanwhile. */
struct care_state_words { const char *code, *label, *todo; int late; enum care_place place; bool spare; };
extern const struct care_state_words care_states[CS_COUNT];
/* False: no such state. */
bool care_state_of(str code, enum care_state *ret);
/* It is to be acted on. */
bool care_live(enum care_state s);
bool care_late(enum care_state s, i64 days);

/* What a step asks besides its day: what was found; which computer replaces it. */
enum care_ask { CA_NOTHING, CA_FINDING, CA_REPLACEMENT };
/* act: the words of its button, a msgid. */
struct care_step { enum care_state from, to; enum file_who who; enum care_ask asks; const char *act; };
extern const struct care_step care_steps[];
extern const size_t care_steps_count;
/* NULL: the table has no such step. */
const struct care_step *care_step_of(enum care_state from, enum care_state to);

/* What families say, and what is found. */
extern const struct choice care_symptoms[], care_findings[];
/* Why a replacement is noted in the family's file: a code of FR_FAULT. */
const char *care_fault(str symptom);

/* The family has a computer of the plan: something can happen to it. */
bool care_file_has_device(enum file_state s);

#endif

/* Desk triage: what is asked of somebody at a counter in two minutes, and the next steps that the answers lead to. A table, no score:
 * each answer is a need from 1 (none) to 3; a step is proposed when one of its conditions is met, in the order of the table. */
#ifndef GABARE_TRIAGE_RULES_H
#define GABARE_TRIAGE_RULES_H

#include "content/content.h"
#include "http/form.h"

/* Three questions, then things that one has done or not. */
enum triage_question {
	TQ_DEVICE, TQ_CONNECTION, TQ_ALONE, TQ_ITEMS, TQ_MESSAGE = TQ_ITEMS, TQ_ATTACH, TQ_SEARCH, TQ_PASSWORD, TQ_FORM, TQ_MEETING, TQ_RIGHTS, TQ_SCHOOL, TQ_PRINT,
	TQ_FRAUD, TQ_COUNT
};

/* 0: not answered; 1: no need; 2: some; 3: all of it. */
struct triage_answers { u8 need[TQ_COUNT]; };

/* Texts are msgids. `choices`: by need, from 1. Asked when doing procedures is a need of `alone_least` or more, and the device one of
 * `device_most` or less: nobody is asked ten things that their three answers have said already. */
struct triage_facts { const char *name, *text; const struct choice *choices; u8 alone_least, device_most; };
extern const struct triage_facts triage_facts[TQ_COUNT];
extern const struct choice triage_devices[], triage_connections[], triage_alone[], triage_done[];
bool triage_asks(const struct triage_answers *a, enum triage_question q);

#define TRIAGE_CONDITIONS 4
#define TRIAGE_PAGES 2
struct triage_condition { enum triage_question question; u8 least; };   /* least 0: no condition */
struct triage_page_link { enum written_kind kind; const char *name; };  /* a written page; name NULL: none */
struct triage_step {
	const char *title, *detail, *bring;      /* bring: NULL, nothing */
	const char *wish;                        /* of /trouver's first question: which places help; NULL: none */
	bool equipment;                          /* a campaign may give what lacks */
	struct triage_page_link pages[TRIAGE_PAGES];
	struct triage_condition any[TRIAGE_CONDITIONS];
};
extern const struct triage_step triage_steps[];
extern const size_t triage_steps_count;

/* How many are told at once: the others are for later. */
#define TRIAGE_NOW 3
/* The steps for these answers, the first ones first; there is always one. `ret` holds triage_steps_count. */
size_t triage_next(const struct triage_answers *a, const struct triage_step **ret);

/* "device=3 connection=2 …": as it is kept. Reading leaves out what it does not know. */
str triage_text(struct arena *a, const struct triage_answers *answers);
void triage_read(str text, struct triage_answers *ret);

#endif

/* A helper whose work is done by children, one a task: hostile or heavy things are handled apart, and end with the task. */
#ifndef GABARE_APP_CREW_H
#define GABARE_APP_CREW_H

#include "app/worker.h"
#include "base/child.h"

#define CREW_MAX 8

struct crew {
	enum helper helper;
	struct child_limits limits;
	int at_once;                             /* CREW_MAX at most; what waits beyond them stays in the channels, where dispatch bounds it */
	/* In the child: does the task of one message, sends its answer as one record, and perhaps another for `keep`. */
	enum err (*work)(void *arg, u32 kind, str message, struct child_out *out);
	/* In the parent: a record after the answer; NULL when there are none. */
	void (*keep)(void *arg, str record);
	void *arg;
	_Atomic u64 *done, *failed;              /* counters */
};

/* Serves until the process is told to stop. */
void crew_run(struct process *p, const struct crew *c);

#endif

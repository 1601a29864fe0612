/* What the accessibility statement says of the audit (docs/rgaa.md, counted at build). */
#ifndef GABARE_ACCESSIBILITY_H
#define GABARE_ACCESSIBILITY_H

#include "base/timex.h"

struct audit_fault { const char *criterion, *words; };   /* "13.5"; msgid: what does not work, for people */
struct audit_faults { const struct audit_fault *v; size_t n; };

struct audit_facts {
	i64 applicable, met, percent;            /* criteria; percent is rounded down */
	struct date day;
	struct audit_faults faults;              /* each criterion that is not met */
};

/* The audit's results. */
const struct audit_facts *audit_facts(void);

#endif

/* What those who watch over the house see: the messages that went, wait or failed, the audit log, the reports of errors. */
#ifndef GABARE_OVERSIGHT_H
#define GABARE_OVERSIGHT_H

#include "http/route.h"

extern const struct route oversight_routes[];

#endif

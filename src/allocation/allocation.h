/* Allocation: who is proposed a device, by dated and published rules. The engine is pure (params.h, share.h, draw.h, run.h, words.h);
 * what is around it keeps sets of parameters, draws and runs, and shows them. */
#ifndef GABARE_ALLOCATION_H
#define GABARE_ALLOCATION_H

#include "allocation/compare.h"
#include "allocation/match.h"
#include "allocation/run.h"
#include "allocation/words.h"
#include "http/route.h"

extern const struct route allocation_routes[];

#endif

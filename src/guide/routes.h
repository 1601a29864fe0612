/* The guide's pages. */
#ifndef GABARE_GUIDE_ROUTES_H
#define GABARE_GUIDE_ROUTES_H

#include "http/route.h"

extern const struct route guide_routes[];

#endif

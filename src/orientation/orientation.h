/* Guided orientation: its routes, and finding the places that fit wishes, for other modules (results.h). */
#ifndef GABARE_ORIENTATION_ORIENTATION_H
#define GABARE_ORIENTATION_ORIENTATION_H

#include "http/route.h"
#include "orientation/results.h"

extern const struct route orientation_routes[];

#endif

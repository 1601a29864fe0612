/* Guided orientation: its routes. */
#ifndef GABARE_ORIENTATION_ORIENTATION_H
#define GABARE_ORIENTATION_ORIENTATION_H

#include "http/route.h"

extern const struct route orientation_routes[];

#endif

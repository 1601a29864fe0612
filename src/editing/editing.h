/* Agents keep the directory true: a structure its own places, the network's coordinator all of them. */
#ifndef GABARE_EDITING_H
#define GABARE_EDITING_H

#include "editing/place_form.h"
#include "http/route.h"

extern const struct route editing_routes[];

#endif

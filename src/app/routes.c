/* The route tables of all domains; a new domain adds its line here. */
#include "http/route.h"

extern const struct route app_routes[];

const struct route *const route_tables[] = { app_routes, NULL };

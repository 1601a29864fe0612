/* Lambert 93, the projection of France's official maps. */
#ifndef GABARE_GEO_LAMBERT_H
#define GABARE_GEO_LAMBERT_H

#include "base/base.h"

/* Metres in Lambert 93 (EPSG:2154) to degrees of RGF93, which is WGS84 within a metre. False outside metropolitan France. Source: IGN,
 * technical note NT/G 71, "Projection cartographique conique conforme de Lambert". */
bool geo_from_lambert93(double x, double y, double *ret_lat, double *ret_lon);

#endif

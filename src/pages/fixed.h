/* What the fixed pages are told by their handlers. */
#ifndef GABARE_FIXED_H
#define GABARE_FIXED_H

#include "base/base.h"

struct eco_facts { i64 css_bytes; };             /* of the style sheet as most browsers get it (brotli) */

#endif

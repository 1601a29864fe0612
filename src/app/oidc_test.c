/* What is believed of an identity provider. */
#include "app/oidc.h"

#include "unit.h"

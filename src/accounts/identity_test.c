/* Log-in by an identity provider. */
#include "given.h"

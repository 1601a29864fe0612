/* Names of the errors, for logs. */
#include "base/base.h"

const char *err_name(enum err e)
{
	static const char *const names[] = {"ok", "invalid", "not_found", "forbidden", "conflict", "busy", "internal", "waiting", "moved"};
	return (size_t)e < lengthof(names) ? names[e] : "unknown";
}

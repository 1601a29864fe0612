/* Fuzzers: FUZZ(a, in) { … } is run by libFuzzer on inputs `in` of its making, with an arena of its own each time. What must
 * hold whatever comes in is said with must_hold(). tests/fuzz/run builds and runs them. */
#ifndef GABARE_FUZZ_H
#define GABARE_FUZZ_H

#include "base/buf.h"

#include <stdio.h>

#define FUZZ(a, in)                                                             \
	static void fuzz_one(struct arena *a, str in);                          \
	int LLVMFuzzerTestOneInput(const u8 *bytes, size_t n);                  \
	int LLVMFuzzerTestOneInput(const u8 *bytes, size_t n)                   \
	{                                                                       \
		struct arena *arena = arena_new((size_t)256 << 20);             \
		fuzz_one(arena, (str){ (const char *)bytes, n });               \
		arena_free(arena);                                              \
		return 0;                                                       \
	}                                                                       \
	static void fuzz_one(struct arena *a, str in)

#define must_hold(property)                                                                            \
	do {                                                                                           \
		if (!(property)) {                                                                     \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #property);  \
			abort();                                                                       \
		}                                                                                      \
	} while (0)

#endif

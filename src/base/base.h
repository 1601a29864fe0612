/* What every file of Gabare starts from: short integer names, the error enum, and the strings.
 * Depends on nothing but libc. Memory comes from arenas (arena.h); see banned.h for what is refused. */
#ifndef GABARE_BASE_H
#define GABARE_BASE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int64_t i64;
typedef uint64_t u64;
typedef int32_t i32;
typedef uint32_t u32;
typedef uint16_t u16;
typedef uint8_t u8;

/* The outcome of whatever can fail. The person's words for it are in the request; it is logged once, in dispatch.
 * WAITING is only returned by a handler that has handed its work to a helper (see wait.h); MOVED by one whose answer is a redirect,
 * written already (see resp_moved). */
enum err { OK = 0, INVALID, NOT_FOUND, FORBIDDEN, CONFLICT, BUSY, INTERNAL, WAITING, MOVED };

#define must_use __attribute__((warn_unused_result))
#define printf_like(f, a) __attribute__((format(printf, f, a)))
#define cleanup(fn) __attribute__((cleanup(fn)))
#define lengthof(array) (sizeof(array) / sizeof((array)[0]))

/* Leaves the function with the error of EXPR, if any. */
#define try(expr)                               \
	do {                                    \
		enum err try_err_ = (expr);     \
		if (try_err_ != OK)             \
			return try_err_;        \
	} while (0)

/* The English name of an error, for logs ("ok", "invalid"…). Static storage. */
const char *err_name(enum err e);

/* A value that may be absent (SQL NULL, a field left empty). */
struct opt_i64 { i64 v; bool set; };
struct opt_f64 { double v; bool set; };

#include "base/str.h"
#include "base/banned.h"

#endif

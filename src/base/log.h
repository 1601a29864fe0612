/* One line a fact, logfmt on stderr: `ts=… level=info msg="…" key=value`. No personal data, ever. */
#ifndef GABARE_LOG_H
#define GABARE_LOG_H

#include "base/base.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_process(const char *name);              /* "web3", "jobs"…: the `proc` key of what follows */
void log_threshold(enum log_level l);            /* lines below it are dropped (default LOG_INFO) */
/* `fmt` gives the rest of the line in logfmt ("status=%d path=%s"); values with spaces must be quoted by log_quote. */
void log_line(enum log_level l, const char *msg, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* A value made safe for logfmt: quoted, control characters escaped, at most 200 bytes. In the arena. */
const char *log_quote(struct arena *a, str s);
/* A defect: logs and aborts (the supervisor restarts the process). */
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif

/* logfmt on stderr, one write(2) a line so that lines of several processes never mix. */
#include "base/buf.h"
#include "base/log.h"
#include "base/timex.h"
#include <stdarg.h>
#include <unistd.h>

#define LINE_MAX_BYTES 2048

static char process[24] = "gabare";
static enum log_level threshold = LOG_INFO;

void log_process(const char *name) { snprintf(process, sizeof process, "%s", name); }

void log_threshold(enum log_level l) { threshold = l; }

static void write_line(enum log_level l, const char *msg, const char *fmt, va_list ap)
{
	static const char *const names[] = {"debug", "info", "warn", "error"};
	char line[LINE_MAX_BYTES];
	struct timespec t;
	struct tm tm;
	clock_gettime(CLOCK_REALTIME, &t);
	gmtime_r(&t.tv_sec, &tm);
	int n = snprintf(line, sizeof line, "ts=%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ level=%s proc=%s msg=\"%s\"",
		tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, t.tv_nsec / 1000000, names[l], process, msg);
	if (n > 0 && fmt && fmt[0] && (size_t)n < sizeof line - 2) {
		line[n++] = ' ';
		int more = vsnprintf(line + n, sizeof line - (size_t)n, fmt, ap);
		n += more > 0 ? more : 0;
	}
	size_t used = n < 0 ? 0 : (size_t)n >= sizeof line ? sizeof line - 1 : (size_t)n;
	for (size_t i = 0; i < used; i++)
		if ((u8)line[i] < 0x20)
			line[i] = ' ';           /* whatever came in, a line stays one line */
	line[used++] = '\n';
	for (size_t done = 0; done < used;) {
		ssize_t w = write(STDERR_FILENO, line + done, used - done);
		if (w <= 0)
			return;
		done += (size_t)w;
	}
}

void log_line(enum log_level l, const char *msg, const char *fmt, ...)
{
	if (l < threshold)
		return;
	va_list ap;
	va_start(ap, fmt);
	write_line(l, msg, fmt, ap);
	va_end(ap);
}

const char *log_quote(struct arena *a, str s)
{
	struct buf b = buf_new(a, 256 * 4);
	buf_byte(&b, '"');
	for (size_t i = 0; i < s.n && i < 200; i++) {
		char c = s.p[i];
		if ((u8)c < 0x20 || c == 0x7F) {
			buf_printf(&b, "\\x%02x", (unsigned)(u8)c);
		} else {
			if (c == '"' || c == '\\')
				buf_byte(&b, '\\');
			buf_byte(&b, c);
		}
	}
	buf_put(&b, S("\"\0"));
	return b.p;
}

void die(const char *fmt, ...)
{
	char reason[512];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(reason, sizeof reason, fmt, ap);
	va_end(ap);
	log_line(LOG_ERROR, "defect", "reason=\"%s\"", reason);
	abort();
}

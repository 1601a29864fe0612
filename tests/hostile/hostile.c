/* Hostile clients against a running server: others are served meanwhile, and the hostile are cut. hostile [--full] PORT
 * Ends with "N passed, N failed". Run by ./check hostile, which starts the server. */
#include <stdarg.h>
#include <sys/resource.h>

#include "base/buf.h"
#include "base/timex.h"
#include "talk.h"

#define PATH "/lieux"
#define DEADLINE_MS 10000                        /* web.deadline, by default */
#define MARGIN_MS 4000                           /* ticks of a second, and a busy machine */
#define ENEMIES 500
#define QUIET_MS 400

static int port, passed, failed;

static void check(bool good, const char *fmt, ...) printf_like(2, 3);
static void check(bool good, const char *fmt, ...)
{
	va_list ap;

	good ? passed++ : failed++;
	va_start(ap, fmt);
	fputs(good ? "ok   " : "FAIL ", stdout);
	vprintf(fmt, ap);
	putchar('\n');
	va_end(ap);
	fflush(stdout);
}

/* Served: nobody refused, and the median at most twice the calm one (or within what a scheduler adds on two cores). */
static void check_users(const char *during, const struct latencies *l, const struct latencies *calm)
{
	i64 most = calm->median_us * 2 > calm->median_us + 2000 ? calm->median_us * 2 : calm->median_us + 2000;

	check(l->n > 0 && l->failed == 0, "%s: %d users served, %d not", during, l->n, l->failed);
	check(l->n > 0 && l->median_us <= most, "%s: median %.1f ms, calm %.1f (p99 %.1f, max %.1f)", during, (double)l->median_us / 1e3,
	      (double)calm->median_us / 1e3, (double)l->p99_us / 1e3, (double)l->max_us / 1e3);
}

static void check_siege(enum siege_kind kind, const struct latencies *calm)
{
	struct siege s = siege(port, kind, ENEMIES, DEADLINE_MS + MARGIN_MS + 1000, PATH);

	check(s.opened > 0 && s.cut == s.opened && s.last_cut_ms <= DEADLINE_MS + MARGIN_MS,
	      "%s: %d of %d connections cut, from %.1f to %.1f s", siege_names[kind], s.cut, s.opened, (double)s.first_cut_ms / 1e3,
	      (double)s.last_cut_ms / 1e3);
	check_users(siege_names[kind], &s.users, calm);
}

/* ---- too large ---- */

static void check_large(void)
{
	static const str known = S_INIT("POST /lieux/x/erreur HTTP/1.1\r\nHost: localhost\r\nContent-Length: 67108864\r\n\r\n");
	static const str chunked = S_INIT("POST /lieux/x/erreur HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
	static const str header = S_INIT("GET /lieux HTTP/1.1\r\nHost: localhost\r\nX-Large: ");
	static const str target = S_INIT("GET /lieux?q=");
	const u64 body = 64u << 20, most = 8u << 20; /* what the kernels of both sides may hold besides */
	struct talk t = talk_long(port, known, body, false);

	check(t.connected && t.closed && t.status != 200 && t.sent < most, "64 MB announced: status %d, %.1f MB taken, %.0f ms", t.status, (double)t.sent / 1e6,
	      (double)t.us / 1e3);
	t = talk_long(port, chunked, body, true);
	check(t.connected && t.closed && t.status != 200 && t.sent < most, "64 MB in chunks: status %d, %.1f MB taken, %.0f ms", t.status, (double)t.sent / 1e6,
	      (double)t.us / 1e3);
	t = talk_long(port, header, 200 * 1024, false);
	check(t.connected && t.closed && t.status != 200, "200 KB header: status %d, %.0f KB taken", t.status, (double)t.sent / 1e3);
	t = talk_long(port, target, 200 * 1024, false);
	check(t.connected && t.closed && t.status != 200, "200 KB target: status %d, %.0f KB taken", t.status, (double)t.sent / 1e3);
}

/* ---- smuggling: what two servers could read differently; what follows must never be answered ---- */

#define EVIL "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
#define POST_ "POST /lieux/x/erreur HTTP/1.1\r\nHost: localhost\r\n"

static const struct { const char *name; str bytes; } shapes[] = {
	{ "length and chunks", S_INIT(POST_ "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" EVIL) },
	{ "chunks and length", S_INIT(POST_ "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n" EVIL) },
	{ "two lengths", S_INIT(POST_ "Content-Length: 0\r\nContent-Length: 41\r\n\r\n" EVIL) },
	{ "the same length twice", S_INIT(POST_ "Content-Length: 0\r\nContent-Length: 0\r\n\r\n" EVIL) },
	{ "a list of lengths", S_INIT(POST_ "Content-Length: 0, 0\r\n\r\n" EVIL) },
	{ "a signed length", S_INIT(POST_ "Content-Length: +0\r\n\r\n" EVIL) },
	{ "a hexadecimal length", S_INIT(POST_ "Content-Length: 0x0\r\n\r\n" EVIL) },
	{ "a space before the colon", S_INIT(POST_ "Content-Length : 0\r\n\r\n" EVIL) },
	{ "another coding", S_INIT(POST_ "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" EVIL) },
	{ "a coding misspelt", S_INIT(POST_ "Transfer-Encoding: chunke\r\n\r\n0\r\n\r\n" EVIL) },
	{ "a coding after a vertical tab", S_INIT(POST_ "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n" EVIL) },
	{ "chunks twice", S_INIT(POST_ "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" EVIL) },
	{ "chunks in HTTP/1.0", S_INIT("POST /lieux/x/erreur HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" EVIL) },
	{ "two hosts", S_INIT("GET /lieux HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n" EVIL) },
	{ "no host", S_INIT("GET /lieux HTTP/1.1\r\n\r\n" EVIL) },
	{ "a chunk size that overflows", S_INIT(POST_ "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff0\r\n\r\n" EVIL) },
	{ "a chunk size that is negative", S_INIT(POST_ "Transfer-Encoding: chunked\r\n\r\n-1\r\na\r\n0\r\n\r\n" EVIL) },
	{ "an unknown version", S_INIT("GET /lieux HTTP/3.7\r\nHost: localhost\r\n\r\n" EVIL) },
	{ "an unknown method", S_INIT("BREW /lieux HTTP/1.1\r\nHost: localhost\r\n\r\n" EVIL) },
	{ "a path that climbs", S_INIT("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n" EVIL) },
	{ "binary noise", S_INIT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n" EVIL) },
};

static void check_smuggling(void)
{
	for (size_t i = 0; i < lengthof(shapes); i++) {
		struct talk t = talk(port, shapes[i].bytes, QUIET_MS);
		check(t.connected && t.closed && t.accepted == 0, "smuggling, %s: status %d, %s", shapes[i].name, t.status,
		      t.closed ? "closed" : "kept open");
	}
}

int main(int argc, char **argv)
{
	bool full = argc == 3 && strcmp(argv[1], "--full") == 0;
	struct rlimit files = { 4096, 4096 };
	i64 n;

	if (argc != 2 + full || !str_i64(str_c(argv[argc - 1]), &n)) {
		fputs("usage: hostile [--full] PORT\n", stderr);
		return 2;
	}
	port = (int)n;
	setrlimit(RLIMIT_NOFILE, &files);
	users(port, PATH, 20, 5);
	struct latencies calm = users(port, PATH, 100, 20);
	check(calm.n == 100, "calm: %d users served, median %.1f ms", calm.n, (double)calm.median_us / 1e3);
	check_smuggling();
	check_large();
	if (full)
		for (int kind = SLOW_HEADERS; kind < ALL_KINDS; kind++)
			check_siege((enum siege_kind)kind, &calm);
	check_siege(ALL_KINDS, &calm);
	struct talk t = ask(port, PATH);
	check(t.status == 200, "afterwards: status %d in %.1f ms", t.status, (double)t.us / 1e3);
	printf("%d passed, %d failed\n", passed, failed);
	return failed ? 1 : 0;
}

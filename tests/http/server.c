/* What a scenario runs: a server of its own on a fresh database, and commands. */
#include "scenario.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/timex.h"

enum { START_MS = 20000, STOP_MS = 25000 };

static str path_in(struct scenario *s, const char *name)
{
	return str_printf(s->a, "%s/%s", s->dir, name);
}

static str read_all(struct arena *a, str path)
{
	FILE *f = fopen(path.p, "rb");
	struct buf b = buf_new(a, 256 << 20);
	for (char *room; f && (room = buf_room(&b, 65536));) {
		size_t n = fread(room, 1, 65536, f);
		b.n += n;
		if (n == 0)
			break;
	}
	if (f)
		fclose(f);
	return buf_str(&b);
}

static int free_port(void)
{
	struct sockaddr_in any = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t n = sizeof any;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	bool ok = fd >= 0 && bind(fd, (struct sockaddr *)&any, n) == 0 && getsockname(fd, (struct sockaddr *)&any, &n) == 0;
	if (fd >= 0)
		close(fd);
	return ok ? ntohs(any.sin_port) : 0;
}

/* Runs a shell command in the scenario's directory, its outputs in files there; no waiting. */
static pid_t spawn(struct scenario *s, str command_line, const char *out, const char *err)
{
	fflush(NULL);
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	setpgid(0, 0);
	str path = str_printf(s->a, "%.*s:%s", (int)(strrchr(s->gabare, '/') - s->gabare), s->gabare, getenv("PATH"));
	setenv("PATH", path.p, 1);
	setenv("GABARE_DB", s->db.p, 1);
	int o = open(path_in(s, out).p, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int e = open(path_in(s, err).p, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (chdir(s->dir) != 0 || dup2(open("/dev/null", O_RDONLY), 0) < 0 || dup2(o, 1) < 0 || dup2(e, 2) < 0)
		_exit(126);
	execl("/bin/sh", "sh", "-c", command_line.p, (char *)NULL);
	_exit(127);
}

static int wait_for_exit(pid_t pid, int ms)
{
	int status = 0;
	for (i64 until = mono_us() + (i64)ms * 1000; waitpid(pid, &status, WNOHANG) == 0;) {
		if (mono_us() > until)
			return -1;
		usleep(2000);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void command(struct scenario *s, const struct step *st)
{
	unlink(path_in(s, "stderr").p);
	pid_t pid = spawn(s, str_copy(s->a, expand(s, st->rest)), "stdout", "stderr");
	s->status = wait_for_exit(pid, 300000);
	if (s->status < 0) {
		kill(-pid, SIGKILL);
		waitpid(pid, NULL, 0);
		fails(s, "no end after five minutes");
	}
	s->reply = (struct reply){ .came = true, .body = read_all(s->a, path_in(s, "stdout")) };
	s->err = read_all(s->a, path_in(s, "stderr"));
}

/* True once the server answers; false when it has ended or takes too long. */
static bool answers(struct scenario *s)
{
	struct client c = { .fd = -1 };
	struct reply r;
	for (i64 until = mono_us() + START_MS * 1000; mono_us() < until; usleep(5000)) {
		if (waitpid(s->server, NULL, WNOHANG) != 0) {
			s->server = 0;
			return false;
		}
		bool up = client_send(s->a, &c, s->port, S("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"), false, &r) && r.status == 200;
		client_close(&c);
		if (up)
			return true;
	}
	return false;
}

/* server [OPTION…]: the options of `gabare serve`, after its address, data and database. Another program may take the port
 * between our look and the server's: then once more. */
void server_start(struct scenario *s, const struct step *st)
{
	const char *options = str_z(s->a, expand(s, st->rest));
	if (s->server)
		server_stop(s);
	for (int tries = 0; tries < 3; tries++) {
		s->port = free_port();
		set_var(s, S("port"), str_printf(s->a, "%d", s->port));
		str line = str_printf(s->a, "exec '%s' serve --port %d --data '%s/data' --db '%s' %s", s->gabare, s->port, s->dir, s->db.p, options);
		s->server = spawn(s, line, "server.out", "server.log");
		if (answers(s))
			return;
		if (str_find(read_all(s->a, path_in(s, "server.log")), S("Address already in use")) < 0)
			break;
		unlink(path_in(s, "server.log").p);
	}
	fails(s, "the server does not answer");
}

void server_stop(struct scenario *s)
{
	for (struct client *c = s->clients; c; c = c->next)
		client_close(c);
	if (!s->server)
		return;
	kill(s->server, SIGTERM);
	int status = wait_for_exit(s->server, STOP_MS);
	if (status < 0)
		server_kill(s);
	s->server = 0;
	if (status < 0)
		fails(s, "the server does not stop within %d s", STOP_MS / 1000);
	else if (status > 0)
		fails(s, "the server stopped with status %d", status);
	str log = read_all(s->a, path_in(s, "server.log"));
	if (!s->may_log_errors && str_find(log, S("level=error")) >= 0)
		fails(s, "the server has logged an error");
}

void server_kill(struct scenario *s)
{
	if (s->server) {
		kill(-s->server, SIGKILL);
		waitpid(s->server, NULL, 0);
	}
	s->server = 0;
}

void server_log(const struct scenario *s, FILE *out)
{
	char path[100], line[1000];
	snprintf(path, sizeof path, "%s/server.log", s->dir);
	FILE *f = fopen(path, "r");
	while (f && fgets(line, sizeof line, f))
		if (strstr(line, "level=warn") || strstr(line, "level=error") || !strstr(line, "level="))
			fprintf(out, "    log: %s", line);
	if (f)
		fclose(f);
}

static bool psql(struct scenario *s, const char *verb)
{
	str line = str_printf(s->a, "psql -qX -d '%s' -c '%s DATABASE s%d'", s->pg, verb, getpid());
	return wait_for_exit(spawn(s, line, "psql.out", "psql.err"), 60000) == 0;
}

bool database_make(struct scenario *s)
{
	s->db = str_printf(s->a, "sqlite:%s/data/gabare.db", s->dir);
	if (!s->pg)
		return true;
	str url = str_c(s->pg);                  /* postgresql://host:port/DATABASE[?…] */
	ptrdiff_t slashes = str_find(url, S("://"));
	str after = str_slice(url, (size_t)slashes + 3, url.n);
	ptrdiff_t path = str_find_byte(after, '/'), query = str_find_byte(url, '?');
	size_t end = path < 0 ? url.n : (size_t)(slashes + 3 + path);
	str rest = query < 0 ? S("") : str_slice(url, (size_t)query, url.n);
	s->db = str_printf(s->a, "%.*s/s%d%.*s", (int)end, url.p, getpid(), STR_ARG(rest));
	return psql(s, "CREATE");
}

void database_drop(struct scenario *s)
{
	if (s->pg && !psql(s, "DROP"))
		printf("    the database s%d stays\n", getpid());
}

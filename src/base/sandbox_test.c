/* What the sandbox promises, role by role: a process that has entered it tries what an intruder would. Not in sanitized
 * builds, which run without. */
#include "base/sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "unit.h"

/* What can be tried; each bit is set when it succeeded. */
enum {
	TRY_READ_PASSWD = 1, TRY_READ_OWN = 2, TRY_WRITE_OWN = 4, TRY_WRITE_OTHER = 8, TRY_SOCKET = 16, TRY_EXEC = 32, TRY_FORK = 64,
	TRY_EXECUTABLE_MEMORY = 128, TRY_KILL = 256, TRY_PTRACE = 512, TRY_PIPE = 1024,
};

static int tried(const char *path, int flags, int bit)
{
	int fd = open(path, flags, 0600);
	if (fd < 0)
		return 0;
	close(fd);
	return bit;
}

static int try_memory(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p != MAP_FAILED)
		return TRY_EXECUTABLE_MEMORY;
	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p != MAP_FAILED && mprotect(p, 4096, PROT_READ | PROT_EXEC) == 0 ? TRY_EXECUTABLE_MEMORY : 0;
}

static int try_fork(void)
{
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	if (pid > 0)
		waitpid(pid, NULL, 0);
	return pid > 0 ? TRY_FORK : 0;
}

static int try_all(const char *own, const char *other, pid_t victim)
{
	struct arena *a = arena_new(1 << 16);
	char *const argv[] = { "true", NULL };
	int got = tried("/etc/passwd", O_RDONLY, TRY_READ_PASSWD);
	got |= tried(str_printf(a, "%s/file", own).p, O_RDONLY, TRY_READ_OWN);
	got |= tried(str_printf(a, "%s/new", own).p, O_WRONLY | O_CREAT, TRY_WRITE_OWN);
	got |= tried(str_printf(a, "%s/new", other).p, O_WRONLY | O_CREAT, TRY_WRITE_OTHER);
	got |= socket(AF_INET, SOCK_STREAM, 0) >= 0 ? TRY_SOCKET : 0;
	got |= try_memory();
	got |= kill(victim, 0) == 0 ? TRY_KILL : 0;
	got |= ptrace(PTRACE_ATTACH, victim, NULL, NULL) == 0 ? TRY_PTRACE : 0;
	got |= try_fork();
	execv("/bin/true", argv);
	return got;
}

/* Enters the role in a process apart, tries everything, and gives the bits of what succeeded. */
static int what_may(enum sandbox_role role, enum sandbox_level *ret_level)
{
	struct { int got, level; } said = { -1, 0 };
	struct arena *a = arena_new(1 << 16);
	const char *own = str_printf(a, "%s/own", unit_dir()).p, *other = str_printf(a, "%s/other", unit_dir()).p;
	int report[2];
	mkdir(own, 0700);
	mkdir(other, 0700);
	assert_int_equal(tried(str_printf(a, "%s/file", own).p, O_WRONLY | O_CREAT, 1), 1);
	assert_int_equal(pipe(report), 0);
	pid_t victim = getpid();
	pid_t pid = fork();
	if (pid == 0) {
		said.level = (int)sandbox_enter(role, &own, 1);
		said.got = try_all(own, other, victim);
		_exit(write(report[1], &said, sizeof(said)) == sizeof(said) ? 0 : 1);
	}
	close(report[1]);
	assert_int_equal(read(report[0], &said, sizeof(said)), sizeof(said));
	waitpid(pid, NULL, 0);
	*ret_level = (enum sandbox_level)said.level;
	arena_free(a);
	return said.got;
}

static void expect(enum sandbox_role role, int with_landlock, int without)
{
	enum sandbox_level level;
#ifdef __SANITIZE_ADDRESS__
	unit_skip("sanitized builds run without the sandbox");
#endif
	int got = what_may(role, &level);
	assert_true(level & SANDBOX_SECCOMP);
	assert_int_equal(got, level & SANDBOX_LANDLOCK ? with_landlock : without);
}

TEST(sandbox_of_web_reaches_its_folder_only)
{
	expect(SANDBOX_WEB, TRY_READ_OWN | TRY_WRITE_OWN, 0);
}

TEST(sandbox_of_jobs_reaches_its_folder_only)
{
	expect(SANDBOX_JOBS, TRY_READ_OWN | TRY_WRITE_OWN | TRY_FORK | TRY_KILL, TRY_FORK | TRY_KILL);
}

TEST(sandbox_of_the_vault_reaches_nothing)
{
	expect(SANDBOX_VAULT, 0, 0);
}

TEST(sandbox_of_the_parser_only_forks)
{
	expect(SANDBOX_PARSER, TRY_FORK | TRY_KILL, TRY_FORK | TRY_KILL | TRY_READ_PASSWD | TRY_READ_OWN | TRY_WRITE_OWN | TRY_WRITE_OTHER);
}

TEST(sandbox_of_a_child_reaches_nothing)
{
	expect(SANDBOX_CHILD, 0, 0);
}

TEST(sandbox_of_paper_reads_fonts_and_nothing_else)
{
	expect(SANDBOX_PAPER, 0, 0);
}

TEST(sandbox_of_the_outbox_has_the_net_and_starts_nothing)
{
	enum sandbox_level level;
#ifdef __SANITIZE_ADDRESS__
	unit_skip("sanitized builds run without the sandbox");
#endif
	int got = what_may(SANDBOX_OUTBOX, &level);
	assert_true(level & SANDBOX_SECCOMP);
	assert_int_equal(got & (TRY_EXEC | TRY_EXECUTABLE_MEMORY | TRY_KILL | TRY_PTRACE), 0);
	assert_int_equal(got & TRY_SOCKET, TRY_SOCKET);
	if (level & SANDBOX_LANDLOCK)
		assert_int_equal(got & TRY_WRITE_OTHER, 0);
}

TEST(sandbox_of_oidc_has_the_net_and_children_and_no_data)
{
	enum sandbox_level level;
#ifdef __SANITIZE_ADDRESS__
	unit_skip("sanitized builds run without the sandbox");
#endif
	int got = what_may(SANDBOX_OIDC, &level);
	assert_true(level & SANDBOX_SECCOMP);
	assert_int_equal(got & (TRY_EXEC | TRY_EXECUTABLE_MEMORY | TRY_PTRACE), 0);
	assert_int_equal(got & (TRY_SOCKET | TRY_FORK), TRY_SOCKET | TRY_FORK);
	if (level & SANDBOX_LANDLOCK)
		assert_int_equal(got & (TRY_WRITE_OTHER | TRY_WRITE_OWN | TRY_READ_OWN), 0);
}

TEST(sandbox_of_a_child_with_the_net_has_no_data_and_ends_nobody)
{
	enum sandbox_level level;
#ifdef __SANITIZE_ADDRESS__
	unit_skip("sanitized builds run without the sandbox");
#endif
	int got = what_may(SANDBOX_NET_CHILD, &level);
	assert_true(level & SANDBOX_SECCOMP);
	assert_int_equal(got & (TRY_EXEC | TRY_EXECUTABLE_MEMORY | TRY_PTRACE | TRY_KILL), 0);
	assert_int_equal(got & TRY_SOCKET, TRY_SOCKET);
	if (level & SANDBOX_LANDLOCK)
		assert_int_equal(got & (TRY_WRITE_OTHER | TRY_WRITE_OWN | TRY_READ_OWN), 0);
}

TEST(sandbox_leaves_abort_its_meaning)
{
	int status;
#ifdef __SANITIZE_ADDRESS__
	unit_skip("sanitized builds run without the sandbox");
#endif
	pid_t pid = fork();
	if (pid == 0) {
		sandbox_enter(SANDBOX_WEB, NULL, 0);
		abort();
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

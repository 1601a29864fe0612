/* The sandbox; see sandbox.h. One list of system calls per need, one row per role. */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#define CALLS(...) (const int[]){ __VA_ARGS__, -1 }
#define NR(name) SCMP_SYS(name)

/* What any process of ours does: memory, clocks, messages on descriptors it has. */
static const int *const basic = CALLS(
	NR(read), NR(write), NR(readv), NR(writev), NR(close), NR(lseek), NR(fstat), NR(munmap), NR(mremap), NR(madvise), NR(brk),
	NR(futex), NR(clock_gettime), NR(gettimeofday), NR(time), NR(clock_nanosleep), NR(nanosleep), NR(getrandom), NR(getpid),
	NR(getppid), NR(gettid), NR(rt_sigaction), NR(rt_sigprocmask), NR(rt_sigreturn), NR(sigaltstack), NR(exit), NR(exit_group),
	NR(restart_syscall), NR(rseq), NR(set_robust_list), NR(get_robust_list), NR(poll), NR(ppoll), NR(fcntl), NR(sched_yield),
	NR(sched_getaffinity), NR(uname), NR(sysinfo), NR(getrusage), NR(alarm), NR(setitimer), NR(getitimer));
static const int *const messages = CALLS(
	NR(recvmsg), NR(sendmsg), NR(recvfrom), NR(sendto), NR(epoll_wait), NR(epoll_pwait), NR(epoll_ctl), NR(shutdown), NR(getsockopt),
	NR(setsockopt), NR(getsockname), NR(getpeername), NR(ioctl));
static const int *const accepts = CALLS(NR(accept4), NR(accept), NR(sendfile), NR(eventfd2), NR(epoll_create1), NR(pipe2));
static const int *const database = CALLS(
	NR(pread64), NR(pwrite64), NR(fdatasync), NR(fsync), NR(ftruncate), NR(newfstatat), NR(stat), NR(lstat), NR(statx), NR(access),
	NR(faccessat), NR(faccessat2), NR(unlink), NR(unlinkat), NR(readlink), NR(readlinkat), NR(getcwd), NR(geteuid), NR(getuid), NR(fchmod),
	NR(fchown), NR(fallocate), NR(flock), NR(statfs), NR(fstatfs), NR(mkdir), NR(rename), NR(getdents64));
static const int *const opens = CALLS(NR(openat), NR(open));
static const int *const forks = CALLS(NR(clone), NR(clone3), NR(fork), NR(vfork), NR(wait4), NR(kill), NR(pipe2), NR(dup2), NR(close_range),
	NR(openat), NR(prctl), NR(prlimit64), NR(setrlimit), NR(seccomp), NR(landlock_create_ruleset), NR(landlock_restrict_self));
static const int *const nets = CALLS(NR(socket), NR(connect), NR(bind), NR(socketpair), NR(sendmmsg), NR(recvmmsg), NR(pipe2), NR(clone), NR(clone3),
	NR(eventfd2), NR(getuid), NR(geteuid), NR(getgid), NR(getegid), NR(prctl));

/* What name resolution, certificates and fonts need of files. */
static const int *const looks = CALLS(NR(newfstatat), NR(stat), NR(lstat), NR(statx), NR(access), NR(faccessat), NR(faccessat2), NR(readlink),
	NR(readlinkat), NR(pread64), NR(getdents64), NR(fstatfs), NR(getcwd));
static const int *const narrower = CALLS(NR(landlock_add_rule));       /* a child that keeps some files needs a rule of its own */
static const int *const memory_files = CALLS(NR(memfd_create));     /* an uploaded file, for the child that reads it */
/* What finding and reading fonts takes, opening apart. */
static const int *const fonts = CALLS(NR(geteuid), NR(getuid), NR(statfs), NR(sched_setaffinity), NR(set_tid_address), NR(sched_getattr), NR(prctl));

struct role {
	const char *name;
	const int *const *lists[8];
	bool files, folders;                     /* may open files; those of the folders it is given */
};

static const struct role roles[] = {
	[SANDBOX_WEB] = { "web", { &basic, &messages, &accepts, &database }, true, true },
	[SANDBOX_VAULT] = { "vault", { &basic, &messages }, false, false },
	[SANDBOX_JOBS] = { "jobs", { &basic, &messages, &database, &forks, &memory_files, &narrower }, true, true },
	[SANDBOX_PARSER] = { "parser", { &basic, &messages, &forks }, false, false },
	[SANDBOX_CHILD] = { "child", { &basic }, false, false },
	[SANDBOX_PAPER] = { "paper", { &basic, &looks, &fonts }, true, false },
	[SANDBOX_OUTBOX] = { "outbox", { &basic, &messages, &database, &nets }, true, true },
	[SANDBOX_OIDC] = { "oidc", { &basic, &messages, &nets, &forks, &looks, &narrower }, true, false },
	[SANDBOX_NET_CHILD] = { "net child", { &basic, &messages, &nets, &looks }, true, false },
};

/* ---- Landlock ---- */

#define FILES_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FILES_WRITE (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE)
#define FILES_ALL ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)

static bool allow_folder(int rules, const char *folder, u64 access)
{
	struct landlock_path_beneath_attr at = { .allowed_access = access, .parent_fd = open(folder, O_PATH | O_CLOEXEC) };
	if (at.parent_fd < 0)
		return false;
	bool ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &at, 0) == 0;
	close(at.parent_fd);
	return ok;
}

static bool has_net(enum sandbox_role role)
{
	return role == SANDBOX_OUTBOX || role == SANDBOX_OIDC || role == SANDBOX_NET_CHILD;
}

/* Where Debian has fonts and how to find them; what is not there is not needed. */
static void allow_fonts(int rules)
{
	static const char *const folders[] = { "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig" };
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		(void)allow_folder(rules, folders[i], FILES_READ);
}

static bool landlock_enter(const struct role *r, enum sandbox_role role, const char *const *folders, size_t n)
{
	struct landlock_ruleset_attr attr = { .handled_access_fs = FILES_ALL };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
	if (rules < 0)
		return false;
	bool ok = true;
	for (size_t i = 0; r->folders && i < n; i++)
		ok = ok && allow_folder(rules, folders[i], FILES_READ | FILES_WRITE);
	if (has_net(role))                       /* name resolution and certificates */
		ok = ok && allow_folder(rules, "/etc", FILES_READ) && allow_folder(rules, "/usr", FILES_READ | LANDLOCK_ACCESS_FS_EXECUTE);
	if (role == SANDBOX_JOBS || role == SANDBOX_PAPER)       /* a child has no more than its parent: jobs gives paper what it needs */
		allow_fonts(rules);
	if (role == SANDBOX_PARSER || role == SANDBOX_OIDC)            /* its children point their standard streams there */
		ok = ok && allow_folder(rules, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE);
	ok = ok && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return ok;
}

/* ---- seccomp ---- */

static bool allow_list(scmp_filter_ctx ctx, const int *calls)
{
	for (; *calls != -1; calls++)
		if (*calls >= 0 && seccomp_rule_add(ctx, SCMP_ACT_ALLOW, *calls, 0))
			return false;
	return true;
}

/* Memory may not become executable; a signal may only go to this process (abort needs it). */
static bool allow_guarded(scmp_filter_ctx ctx)
{
	return !seccomp_rule_add(ctx, SCMP_ACT_ALLOW, NR(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) &&
	       !seccomp_rule_add(ctx, SCMP_ACT_ALLOW, NR(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) &&
	       !seccomp_rule_add(ctx, SCMP_ACT_ALLOW, NR(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
}

/* Threads and no processes: libc tries clone3, whose flags cannot be seen, then clone. */
static bool allow_threads(scmp_filter_ctx ctx)
{
	return !seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), NR(clone3), 0) &&
	       !seccomp_rule_add(ctx, SCMP_ACT_ALLOW, NR(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
}

static bool seccomp_enter(const struct role *r, bool may_open)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (!ctx)
		return false;
	bool ok = allow_guarded(ctx);
	for (size_t i = 0; ok && r->lists[i]; i++)
		ok = allow_list(ctx, *r->lists[i]);
	if (may_open)
		ok = ok && allow_list(ctx, opens);
	if (r == &roles[SANDBOX_PAPER])
		ok = ok && allow_threads(ctx);
	ok = ok && seccomp_load(ctx) == 0;
	seccomp_release(ctx);
	return ok;
}

enum sandbox_level sandbox_enter(enum sandbox_role role, const char *const *folders, size_t n)
{
	const struct role *r = &roles[role];
	if (SANITIZED)
		return SANDBOX_NONE;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		log_line(LOG_WARN, "no_new_privs refused", "errno=%d", errno);
	bool landlock = landlock_enter(r, role, folders, n);
	if (!landlock)
		log_line(LOG_WARN, "no Landlock: files are guarded by seccomp alone", "role=%s errno=%d", r->name, errno);
	bool seccomp = seccomp_enter(r, r->files && (landlock || has_net(role)));
	if (!seccomp)
		log_line(LOG_WARN, "no seccomp", "role=%s errno=%d", r->name, errno);
	return (enum sandbox_level)((seccomp ? SANDBOX_SECCOMP : 0) | (landlock ? SANDBOX_LANDLOCK : 0));
}

/* A mutex in shared memory between the processes of a server, then a lock on the file PATH.lock which commands outside the
 * server take too. The file has two bytes: 0 is the lock, 1 the place of who is next, so that a command which takes the
 * lock again and again lets the others in between. OFD locks: they belong to the open file, and go with its process. */
#include "db/write_lock.h"
#include "base/log.h"
#include "base/timex.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { WAIT_US = 10 * 1000 * 1000, POLL_US = 200 };

size_t db_shared_size(void) { return sizeof(struct db_shared); }

void db_shared_init(struct db_shared *s)
{
	pthread_mutexattr_t a;
	memset(s, 0, sizeof *s);
	pthread_mutexattr_init(&a);
	int rc = pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED) | pthread_mutexattr_setrobust(&a,
		PTHREAD_MUTEX_ROBUST) |
		pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT) | pthread_mutex_init(&s->write,
			&a) | pthread_mutex_init(&s->sync, &a);
	pthread_mutexattr_destroy(&a);
	if (rc)
		die("robust mutexes: %s", strerror(rc));
	atomic_store(&s->committed, 1);          /* what a server before this one left unsynced: the first barrier syncs it */
}

void db_shared_holder(const struct db_shared *s, int *ret_pid, i64 *ret_since_us)
{
	int before = atomic_load(&s->holder);
	i64 since = atomic_load(&s->since_us);
	bool same = before && since && atomic_load(&s->holder) == before;
	*ret_pid = same ? before : 0;
	*ret_since_us = same ? since : 0;
}

bool db_shared_poisoned(const struct db_shared *s) { return atomic_load(&s->poisoned); }
u64 db_shared_commits(const struct db_shared *s) { return atomic_load(&s->committed) - 1; }

void write_poison(struct db_shared *s, const char *why)
{
	log_line(LOG_ERROR, "a sync has failed: nothing more is acknowledged", "reason=\"%s\"", why);
	if (s)
		atomic_store(&s->poisoned, true);
}

/* Locks a robust mutex: 0, EOWNERDEAD (made consistent again; the last holder has died), or ETIMEDOUT. */
static int lock_mutex(pthread_mutex_t *m)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_US / 1000000;
	int rc = pthread_mutex_timedlock(m, &until);
	if (rc == EOWNERDEAD && pthread_mutex_consistent(m) != 0)
		die("the write lock cannot be recovered");
	if (rc && rc != EOWNERDEAD && rc != ETIMEDOUT)
		die("write lock: %s", strerror(rc));
	return rc;
}

static bool file_lock(int fd, short type, off_t from, off_t n)
{
	struct flock f = {.l_type = type, .l_whence = SEEK_SET, .l_start = from, .l_len = n};
	return fcntl(fd, F_OFD_SETLK, &f) == 0;
}

static bool file_wait(int fd, off_t byte, i64 until)
{
	while (!file_lock(fd, F_WRLCK, byte, 1)) {
		if (mono_us() > until || (errno != EAGAIN && errno != EACCES && errno != EINTR))
			return false;
		nanosleep(&(struct timespec){.tv_nsec = POLL_US * 1000}, NULL);
	}
	return true;
}

/* Both bytes at once when nobody is there; else the place in the queue, then the lock. */
static bool file_take(int fd)
{
	bool got = file_lock(fd, F_WRLCK, 0, 2);
	if (!got) {
		i64 until = mono_us() + WAIT_US;
		got = file_wait(fd, 1, until) && file_wait(fd, 0, until);
	}
	file_lock(fd, F_UNLCK, 1, 1);
	return got;
}

enum err write_lock_open(struct write_lock *l, struct db_shared *shared, const char *db_path)
{
	char path[4096];
	*l = (struct write_lock){.shared = shared, .fd = -1};
	if (snprintf(path, sizeof path, "%s.lock", db_path) >= (int)sizeof path)
		return INVALID;
	l->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	return l->fd < 0 ? INTERNAL : OK;
}

void write_lock_close(struct write_lock *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}

enum err write_lock_take(struct write_lock *l)
{
	struct db_shared *s = l->shared;
	assert(!l->held);
	if (s) {
		int rc = lock_mutex(&s->write);
		if (rc == ETIMEDOUT)
			return BUSY;
		if (rc == EOWNERDEAD)
			atomic_fetch_add(&s->committed, 1);      /* it may have died just after its COMMIT */
		atomic_store(&s->holder, 0);
		if (atomic_load(&s->poisoned)) {
			pthread_mutex_unlock(&s->write);
			return INTERNAL;
		}
	}
	if (!file_take(l->fd)) {
		if (s)
			pthread_mutex_unlock(&s->write);
		return BUSY;
	}
	if (s) {
		atomic_store(&s->since_us, mono_us());
		atomic_store(&s->holder, getpid());
	}
	l->held = true;
	return OK;
}

void write_lock_release(struct write_lock *l, bool committed)
{
	struct db_shared *s = l->shared;
	assert(l->held);
	l->held = false;
	file_lock(l->fd, F_UNLCK, 0, 1);
	if (!s)
		return;
	if (committed)
		atomic_fetch_add(&s->committed, 1);
	atomic_store(&s->holder, 0);
	atomic_store(&s->since_us, 0);
	pthread_mutex_unlock(&s->write);
}

enum err write_barrier(struct db_shared *s, bool (*sync)(void *arg), void *arg)
{
	u64 target = atomic_load(&s->committed);
	if (atomic_load(&s->poisoned))
		return INTERNAL;
	if (atomic_load(&s->synced) >= target)
		return OK;
	if (lock_mutex(&s->sync) == ETIMEDOUT)
		return INTERNAL;
	if (atomic_load(&s->synced) < target && !atomic_load(&s->poisoned)) {
		u64 reached = atomic_load(&s->committed);        /* before the sync: what commits during it may miss it */
		if (sync(arg))
			atomic_store(&s->synced, reached);
		else
			write_poison(s, "barrier");
	}
	bool safe = !atomic_load(&s->poisoned);
	pthread_mutex_unlock(&s->sync);
	return safe ? OK : INTERNAL;
}

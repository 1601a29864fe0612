/* Preloaded (LD_PRELOAD) in every writer of the power-loss test: keeps the journal of shadow.h for the files of SHADOW_DIR.
 * A sync here writes nothing to the real disk: it takes SHADOW_SYNC_US microseconds, during which others go on writing, and
 * is noted as begun and as ended. What the real files hold is then of no importance: only the journal says what is safe.
 * Memory-mapped files (-shm) and lock files are not tracked: they are not there after the power comes back. */
#include "shadow.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define FDS 1024
#define FD_DIRECTORY (-1)

static struct shadow_journal *journal;
static const char *directory;
static size_t directory_length;
static long sync_us;
static int file_of_fd[FDS];                      /* file number + 1, FD_DIRECTORY, 0: not ours */

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);

static void find_real_calls(void)
{
	*(void **)&real_open = dlsym(RTLD_NEXT, "open64");
	*(void **)&real_close = dlsym(RTLD_NEXT, "close");
	*(void **)&real_write = dlsym(RTLD_NEXT, "write");
	*(void **)&real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
	*(void **)&real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
	*(void **)&real_fsync = dlsym(RTLD_NEXT, "fsync");
	*(void **)&real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
	*(void **)&real_unlink = dlsym(RTLD_NEXT, "unlink");
	*(void **)&real_rename = dlsym(RTLD_NEXT, "rename");
}

__attribute__((constructor)) static void shadow_start(void)
{
	if (real_open)
		return;
	find_real_calls();
	const char *path = getenv("SHADOW_JOURNAL"), *us = getenv("SHADOW_SYNC_US");
	directory = getenv("SHADOW_DIR");
	if (!path || !directory)
		return;
	directory_length = strlen(directory);
	sync_us = us ? strtol(us, NULL, 10) : 0;
	int fd = real_open(path, O_RDWR | O_CLOEXEC);
	void *p = fd < 0 ? MAP_FAILED : mmap(NULL, SHADOW_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
	if (p == MAP_FAILED) {
		fprintf(stderr, "shadow: %s: %s\n", path, strerror(errno));
		_exit(99);
	}
	real_close(fd);
	journal = p;
}

static bool ends_with(const char *name, const char *end)
{
	size_t n = strlen(name), e = strlen(end);
	return n > e && !strcmp(name + n - e, end);
}

/* The name within the tracked directory, "" for the directory itself, NULL for whatever is not tracked. */
static const char *tracked(const char *path)
{
	if (!real_open)
		shadow_start();
	if (!journal || !path || strncmp(path, directory, directory_length) != 0)
		return NULL;
	const char *name = path + directory_length;
	if (*name == 0 || !strcmp(name, "/"))
		return "";
	if (*name++ != '/' || strchr(name, '/'))
		return NULL;
	return ends_with(name, "-shm") || ends_with(name, ".lock") ? NULL : name;
}

/* Takes the next place in time. Returns its index; the journal's end when it is full. */
static uint64_t note(enum shadow_kind kind, uint32_t file, uint64_t offset, const void *data, uint64_t length)
{
	uint64_t at = length && data ? atomic_fetch_add(&journal->data, length) : 0;
	if (at + length > SHADOW_DATA && data) {
		atomic_store(&journal->full, 1);
		return SHADOW_RECORDS;
	}
	if (length && data)
		memcpy(journal->bytes + at, data, length);
	uint64_t i = atomic_fetch_add(&journal->records, 1);
	if (i >= SHADOW_RECORDS) {
		atomic_store(&journal->full, 1);
		return SHADOW_RECORDS;
	}
	struct shadow_record *r = &journal->record[i];
	r->file = file;
	r->offset = offset;
	r->length = length;
	r->data = at;
	atomic_store(&r->kind, kind);
	return i;
}

static int file_of_inode(uint64_t inode)
{
	for (int i = (int)atomic_load(&journal->files) - 1; i >= 0; i--)
		if (atomic_load(&journal->inode[i]) == inode)
			return i;
	return -1;
}

static int new_file(const char *name, uint64_t inode)
{
	uint32_t i = atomic_fetch_add(&journal->files, 1);
	if (i >= SHADOW_FILES) {
		atomic_store(&journal->full, 1);
		return -1;
	}
	atomic_store(&journal->inode[i], inode);
	note(SHADOW_CREATE, i, 0, name, strlen(name) + 1);
	return (int)i;
}

static void remember(int fd, const char *name, bool created)
{
	struct stat st;
	if (fd >= FDS || fstat(fd, &st) < 0) {
		atomic_store(&journal->full, 1);
		return;
	}
	if (S_ISDIR(st.st_mode)) {
		file_of_fd[fd] = FD_DIRECTORY;
		return;
	}
	int file = created ? new_file(name, st.st_ino) : file_of_inode(st.st_ino);
	/* Another process has just created it and has not noted it yet; or was killed before it could. */
	for (int tries = 0; file < 0 && tries < 100; tries++) {
		usleep(1000);
		file = file_of_inode(st.st_ino);
	}
	if (file < 0)
		file = new_file(name, st.st_ino);
	file_of_fd[fd] = file + 1;
}

/* Opens, and tells whether this very call made the file. */
static int open_or_make(const char *path, int flags, mode_t mode, bool *ret_made)
{
	int fd = flags & O_CREAT ? real_open(path, flags | O_EXCL, mode) : real_open(path, flags);
	*ret_made = fd >= 0 && (flags & O_CREAT);
	if (fd < 0 && errno == EEXIST && !(flags & O_EXCL))
		fd = real_open(path, flags, mode);
	return fd;
}

static int shadow_open(const char *path, int flags, mode_t mode)
{
	const char *name = tracked(path);
	bool made;
	if (!name)
		return real_open(path, flags, mode);
	int fd = open_or_make(path, flags, mode, &made);
	if (fd < 0)
		return fd;
	remember(fd, name, made);
	if ((flags & O_TRUNC) && !made && file_of_fd[fd] > 0)
		note(SHADOW_TRUNCATE, (uint32_t)file_of_fd[fd] - 1, 0, NULL, 0);
	return fd;
}

static int file_at(int fd)
{
	return journal && fd >= 0 && fd < FDS ? file_of_fd[fd] : 0;
}

static void shadow_sync_time(void)
{
	if (sync_us > 0)
		usleep((useconds_t)sync_us);
}

static int shadow_sync(int fd, int (*real)(int))
{
	int file = file_at(fd);
	if (file == 0)
		return real(fd);
	uint64_t begun = file == FD_DIRECTORY ? note(SHADOW_DIRSYNC, 0, 0, NULL, 0)
					      : note(SHADOW_SYNC, (uint32_t)file - 1, 0, NULL, 0);
	shadow_sync_time();
	uint64_t ended = note(SHADOW_END, 0, 0, NULL, 0);
	if (begun < SHADOW_RECORDS)
		atomic_store(&journal->record[begun].ended, ended);
	return 0;
}

/* ---- the calls that are replaced ---- */

#define OPEN_MODE(mode, flags)                        \
	mode_t mode = 0;                              \
	if ((flags) & (O_CREAT | O_TMPFILE)) {        \
		va_list ap;                           \
		va_start(ap, flags);                  \
		mode = va_arg(ap, mode_t);            \
		va_end(ap);                           \
	}

#define EXPORT __attribute__((visibility("default")))

EXPORT int open(const char *path, int flags, ...)
{
	OPEN_MODE(mode, flags)
	return shadow_open(path, flags, mode);
}

EXPORT int open64(const char *path, int flags, ...)
{
	OPEN_MODE(mode, flags)
	return shadow_open(path, flags, mode);
}

EXPORT int __open_2(const char *path, int flags)
{
	return shadow_open(path, flags, 0);
}

EXPORT int __open64_2(const char *path, int flags)
{
	return shadow_open(path, flags, 0);
}

EXPORT int close(int fd)
{
	if (!real_close)
		shadow_start();
	if (fd >= 0 && fd < FDS)
		file_of_fd[fd] = 0;
	return real_close(fd);
}

EXPORT ssize_t write(int fd, const void *data, size_t n)
{
	if (!real_write)
		shadow_start();
	int file = file_at(fd);
	off_t at = file > 0 ? lseek(fd, 0, SEEK_CUR) : 0;
	ssize_t done = real_write(fd, data, n);
	if (file > 0 && done > 0) {
		/* O_APPEND moves the place before it writes */
		off_t end = lseek(fd, 0, SEEK_CUR);
		note(SHADOW_WRITE, (uint32_t)file - 1, (uint64_t)(end >= done ? end - done : at), data, (uint64_t)done);
	}
	return done;
}

static ssize_t shadow_pwrite(int fd, const void *data, size_t n, off_t at)
{
	ssize_t done = real_pwrite(fd, data, n, at);
	int file = file_at(fd);
	if (file > 0 && done > 0)
		note(SHADOW_WRITE, (uint32_t)file - 1, (uint64_t)at, data, (uint64_t)done);
	return done;
}

EXPORT ssize_t pwrite(int fd, const void *data, size_t n, off_t at)
{
	return shadow_pwrite(fd, data, n, at);
}

EXPORT ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at)
{
	return shadow_pwrite(fd, data, n, at);
}

static int shadow_ftruncate(int fd, off_t size)
{
	int r = real_ftruncate(fd, size), file = file_at(fd);
	if (r == 0 && file > 0)
		note(SHADOW_TRUNCATE, (uint32_t)file - 1, (uint64_t)size, NULL, 0);
	return r;
}

EXPORT int ftruncate(int fd, off_t size)
{
	return shadow_ftruncate(fd, size);
}

EXPORT int ftruncate64(int fd, off64_t size)
{
	return shadow_ftruncate(fd, size);
}

EXPORT int fsync(int fd)
{
	if (!real_fsync)
		shadow_start();
	return shadow_sync(fd, real_fsync);
}

EXPORT int fdatasync(int fd)
{
	if (!real_fdatasync)
		shadow_start();
	return shadow_sync(fd, real_fdatasync);
}

EXPORT int unlink(const char *path)
{
	const char *name = tracked(path);
	int r = real_unlink(path);
	if (r == 0 && name)
		note(SHADOW_UNLINK, 0, 0, name, strlen(name) + 1);
	return r;
}

EXPORT int rename(const char *from, const char *to)
{
	const char *a = tracked(from), *b = tracked(to);
	int r = real_rename(from, to);
	if (r != 0 || (!a && !b))
		return r;
	char both[2 * NAME_MAX + 2];
	int n = snprintf(both, sizeof both, "%s%c%s", a ? a : "", 0, b ? b : "");
	note(SHADOW_RENAME, 0, 0, both, (uint64_t)n + 1);
	return r;
}

/* Preloaded in the write benchmark: adds SLOWSYNC_US microseconds (2,000 by default) to each fsync and fdatasync, as a disk
 * that tells the truth does. */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

static int sync_slowly(const char *name, int fd)
{
	int (*real)(int);
	*(void **)&real = dlsym(RTLD_NEXT, name);
	const char *us = getenv("SLOWSYNC_US");
	long wait = us ? strtol(us, NULL, 10) : 2000;
	struct timespec t = { wait / 1000000, wait % 1000000 * 1000 };
	int r = real(fd), why = errno;
	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &t, &t) == EINTR)
		continue;
	errno = why;
	return r;
}

int fsync(int fd)
{
	return sync_slowly("fsync", fd);
}

int fdatasync(int fd)
{
	return sync_slowly("fdatasync", fd);
}

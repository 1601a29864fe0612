/* The sandbox: once a process has opened what it needs, it gives up the rest. System calls outside its role's list fail with
 * EPERM (seccomp), files outside the given folders cannot be opened (Landlock). Where the kernel lacks one, the other does
 * what it can and the lack is logged; sanitized builds run without. */
#ifndef GABARE_SANDBOX_H
#define GABARE_SANDBOX_H

#include "base/base.h"

enum sandbox_role {
	SANDBOX_WEB,                             /* serves accepted connections, the database; no socket, connect, exec, fork */
	SANDBOX_VAULT,                           /* messages only: no file, no net */
	SANDBOX_JOBS,                            /* the database, and children that read files or draw; fonts to read; no net, no exec */
	SANDBOX_PARSER,                          /* starts children; no file, no net, no exec */
	SANDBOX_CHILD,                           /* reads one descriptor, writes another */
	SANDBOX_PAPER,                           /* as CHILD; reads fonts, starts threads */
	SANDBOX_OUTBOX,                          /* the database and the net; no exec */
	SANDBOX_OIDC,                            /* starts children that have the net; no database, no data folder, no exec */
	SANDBOX_NET_CHILD,                       /* such a child: the net, certificates, one descriptor to write */
};

enum sandbox_level { SANDBOX_NONE, SANDBOX_SECCOMP = 1, SANDBOX_LANDLOCK = 2, SANDBOX_BOTH = 3 };

/* Enters the role for ever. `folders` are those whose files the role may read and write (WEB, JOBS, OUTBOX). Returns what
 * could be applied; what could not has been logged. */
enum sandbox_level sandbox_enter(enum sandbox_role role, const char *const *folders, size_t n);

#endif

/* The journal that shadow.c (preloaded in every writer) keeps of what was written, synced and named in one directory, and
 * that rebuild.c reads to say what a disk would still hold after the power went at any moment of it. It lies in a shared
 * mapping outside that directory, so that it survives the death of the writers. */
#ifndef GABARE_SHADOW_H
#define GABARE_SHADOW_H

#include <stdatomic.h>
#include <stdint.h>

#define SHADOW_MAGIC 0x67616261776f6861u
#define SHADOW_RECORDS (1u << 22)
#define SHADOW_DATA ((uint64_t)3 << 30)          /* sparse: only what is written takes room */
#define SHADOW_FILES 256

enum shadow_kind {
	SHADOW_NONE,                             /* reserved by a process that was killed: it never happened */
	SHADOW_CREATE,                           /* name (data) now leads to file */
	SHADOW_UNLINK,                           /* name (data) leads nowhere */
	SHADOW_RENAME,                           /* name (data), a NUL, the new name */
	SHADOW_WRITE,                            /* length bytes (data) at offset */
	SHADOW_TRUNCATE,                         /* the file is `offset` bytes long */
	SHADOW_SYNC,                             /* began here; completed at `ended`, a later record, unless 0 */
	SHADOW_DIRSYNC,                          /* the same for the directory's entries */
	SHADOW_END                               /* the place in the order where a sync ended */
};

/* Its index in the journal is its place in time: writes take theirs after the system call has returned, syncs before. */
struct shadow_record {
	_Atomic uint32_t kind;                   /* written last */
	uint32_t file;
	uint64_t offset, length, data;
	_Atomic uint64_t ended;
	uint64_t spare[3];
};

struct shadow_journal {
	uint64_t magic;
	_Atomic uint64_t records, data;          /* how many of each are taken */
	_Atomic uint32_t files;
	_Atomic uint32_t full;                   /* something did not fit: the run proves nothing */
	_Atomic uint64_t inode[SHADOW_FILES];    /* of each file, by its number; the last one with an inode is the living one */
	struct shadow_record record[SHADOW_RECORDS];
	unsigned char bytes[];
};

#define SHADOW_SIZE (sizeof(struct shadow_journal) + SHADOW_DATA)

#endif

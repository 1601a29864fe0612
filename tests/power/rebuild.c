/* The power-loss model. A byte is safe when it was written before a sync of its file *began* that had *ended* at the cut; a
 * name is safe when the directory was synced likewise. Of the rest nothing survives (p = 0), or each block, alone, at some
 * state it went through (p > 0): disks write what they like, in the order they like, and tear at their block size. */
#include "rebuild.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct bytes { unsigned char *p; size_t size, room; };

struct entry { char name[64]; int file; };
struct entries { struct entry v[SHADOW_FILES]; size_t n; };

uint64_t random_next(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static bool chance(uint64_t *state, double p)
{
	return (double)(random_next(state) >> 11) / 9007199254740992.0 < p;
}

bool journal_make(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	uint64_t magic = SHADOW_MAGIC;
	bool made = fd >= 0 && ftruncate(fd, (off_t)SHADOW_SIZE) == 0 && pwrite(fd, &magic, sizeof magic, 0) == sizeof magic;
	if (fd >= 0)
		close(fd);
	return made;
}

const struct shadow_journal *journal_open(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	void *p = fd < 0 ? MAP_FAILED : mmap(NULL, SHADOW_SIZE, PROT_READ, MAP_SHARED | MAP_NORESERVE, fd, 0);
	if (fd >= 0)
		close(fd);
	const struct shadow_journal *j = p;
	return p != MAP_FAILED && j->magic == SHADOW_MAGIC && !j->full ? j : NULL;
}

uint64_t journal_length(const struct shadow_journal *j)
{
	return j->records < SHADOW_RECORDS ? j->records : SHADOW_RECORDS;
}

/* ---- names ---- */

static void entry_set(struct entries *e, const char *name, int file)
{
	size_t i = 0;
	while (i < e->n && strcmp(e->v[i].name, name) != 0)
		i++;
	if (i == e->n)
		e->n++;
	snprintf(e->v[i].name, sizeof e->v[i].name, "%s", name);
	e->v[i].file = file;
}

static int entry_get(const struct entries *e, const char *name)
{
	for (size_t i = 0; i < e->n; i++)
		if (!strcmp(e->v[i].name, name))
			return e->v[i].file;
	return -1;
}

static void entry_apply(struct entries *e, const struct shadow_journal *j, const struct shadow_record *r)
{
	const char *name = (const char *)j->bytes + r->data;
	if (r->kind == SHADOW_CREATE)
		entry_set(e, name, (int)r->file);
	else if (r->kind == SHADOW_UNLINK)
		entry_set(e, name, -1);
	else if (r->kind == SHADOW_RENAME) {
		entry_set(e, name + strlen(name) + 1, entry_get(e, name));
		entry_set(e, name, -1);
	}
}

static bool completed(const struct shadow_record *r, uint64_t at)
{
	return r->ended && r->ended < at;
}

static struct entries *surviving_names(const struct shadow_journal *j, struct cut cut, uint64_t *seed)
{
	struct entries *e = calloc(1, sizeof *e);
	uint64_t safe = 0;
	for (uint64_t i = 0; e && i < cut.at; i++)
		if (j->record[i].kind == SHADOW_DIRSYNC && completed(&j->record[i], cut.at))
			safe = i;
	for (uint64_t i = 0; e && i < cut.at; i++)
		if (i < safe || chance(seed, cut.p))
			entry_apply(e, j, &j->record[i]);
	return e;
}

/* ---- contents ---- */

static void grow(struct bytes *b, size_t size)
{
	if (size > b->room) {
		size_t room = size * 2 + 65536;
		b->p = realloc(b->p, room);
		if (!b->p)
			abort();
		memset(b->p + b->room, 0, room - b->room);
		b->room = room;
	}
	if (size > b->size)
		b->size = size;
}

static void apply(struct bytes *b, const struct shadow_journal *j, const struct shadow_record *r)
{
	if (r->kind == SHADOW_WRITE) {
		grow(b, r->offset + r->length);
		memcpy(b->p + r->offset, j->bytes + r->data, r->length);
	} else if (r->offset < b->size) {
		memset(b->p + r->offset, 0, b->size - r->offset);
		b->size = r->offset;
	} else {
		grow(b, r->offset);
	}
}

static bool changes(const struct shadow_record *r, uint32_t file)
{
	return r->file == file && (r->kind == SHADOW_WRITE || r->kind == SHADOW_TRUNCATE);
}

/* Everything before the last completed sync began. Returns where that was. */
static uint64_t synced_content(const struct shadow_journal *j, uint32_t file, uint64_t at, struct bytes *b)
{
	uint64_t safe = 0;
	for (uint64_t i = 0; i < at; i++)
		if (j->record[i].kind == SHADOW_SYNC && j->record[i].file == file && completed(&j->record[i], at))
			safe = i;
	for (uint64_t i = 0; i < safe; i++)
		if (changes(&j->record[i], file))
			apply(b, j, &j->record[i]);
	return safe;
}

static size_t end_of(const struct shadow_record *r)
{
	return r->offset + r->length;
}

/* How many unsynced writes touch each block. *ret_size becomes one of the sizes the file went through. */
static void count_writes(const struct shadow_journal *j, uint32_t file, uint64_t from, struct cut cut, uint64_t *seed,
	uint32_t *writes, size_t *ret_size)
{
	size_t size = *ret_size, versions = 1;
	for (uint64_t i = from; i < cut.at; i++) {
		const struct shadow_record *r = &j->record[i];
		if (!changes(r, file))
			continue;
		size = r->kind == SHADOW_TRUNCATE ? r->offset : size > end_of(r) ? size : end_of(r);
		if (random_next(seed) % ++versions == 0)
			*ret_size = size;
		for (size_t b = r->offset / cut.block; r->kind == SHADOW_WRITE && b <= (end_of(r) - 1) / cut.block; b++)
			writes[b]++;
	}
}

/* How many of the unsynced writes to each block took place, drawn; *ret_size is the size the file then has. */
static uint32_t *lucky_blocks(const struct shadow_journal *j, uint32_t file, uint64_t from, struct cut cut, uint64_t *seed,
	size_t *ret_size)
{
	size_t end = *ret_size;
	for (uint64_t i = from; i < cut.at; i++)
		if (changes(&j->record[i], file) && end_of(&j->record[i]) > end)
			end = end_of(&j->record[i]);
	size_t blocks = end / cut.block + 1;
	uint32_t *kept = calloc(blocks, sizeof *kept);
	if (!kept)
		abort();
	count_writes(j, file, from, cut, seed, kept, ret_size);
	for (size_t b = 0; b < blocks; b++)
		kept[b] = kept[b] && chance(seed, cut.p) ? 1 + (uint32_t)(random_next(seed) % kept[b]) : 0;
	return kept;
}

static void apply_lucky(struct bytes *content, const struct shadow_journal *j, const struct shadow_record *r, unsigned block,
	uint32_t *kept)
{
	uint64_t end = r->offset + r->length;
	for (uint64_t from = r->offset; from < end;) {
		uint64_t b = from / block, to = (b + 1) * block < end ? (b + 1) * block : end;
		if (kept[b]) {
			kept[b]--;
			grow(content, to);
			memcpy(content->p + from, j->bytes + r->data + (from - r->offset), to - from);
		}
		from = to;
	}
}

static struct bytes surviving_content(const struct shadow_journal *j, uint32_t file, struct cut cut, uint64_t *seed)
{
	struct bytes b = { 0 };
	grow(&b, 1);
	b.size = 0;
	uint64_t safe = synced_content(j, file, cut.at, &b);
	if (cut.p <= 0)
		return b;
	size_t size = b.size;
	uint32_t *kept = lucky_blocks(j, file, safe, cut, seed, &size);
	for (uint64_t i = safe; i < cut.at; i++)
		if (changes(&j->record[i], file) && j->record[i].kind == SHADOW_WRITE)
			apply_lucky(&b, j, &j->record[i], cut.block, kept);
	free(kept);
	grow(&b, size);
	b.size = size;
	return b;
}

static bool write_file(const char *dir, const char *name, const struct bytes *b)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t done = 0;
	while (fd >= 0 && done < b->size) {
		ssize_t n = write(fd, b->p + done, b->size - done);
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	if (fd >= 0)
		close(fd);
	return fd >= 0 && done == b->size;
}

bool rebuild(const struct shadow_journal *j, struct cut cut, const char *dir, const char *but)
{
	uint64_t seed = cut.seed;
	struct entries *e = surviving_names(j, cut, &seed);
	bool written = e != NULL;
	for (size_t i = 0; written && i < e->n; i++) {
		if (e->v[i].file < 0 || !strcmp(e->v[i].name, but))
			continue;
		struct bytes b = surviving_content(j, (uint32_t)e->v[i].file, cut, &seed);
		written = write_file(dir, e->v[i].name, &b);
		free(b.p);
	}
	free(e);
	return written;
}

unsigned char *journal_said(const struct shadow_journal *j, const char *name, uint64_t at, size_t *ret_n)
{
	struct bytes b = { 0 };
	grow(&b, 1);
	b.size = 0;
	for (uint64_t i = 0; i < at; i++)
		if (j->record[i].kind == SHADOW_CREATE && !strcmp((const char *)j->bytes + j->record[i].data, name))
			for (uint64_t k = i + 1; k < at; k++)
				if (changes(&j->record[k], j->record[i].file)) {
					size_t end = b.size;
					grow(&b, end + j->record[k].length);
					memcpy(b.p + end, j->bytes + j->record[k].data, j->record[k].length);
				}
	*ret_n = b.size;
	return b.p;
}

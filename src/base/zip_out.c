/* The records of APPNOTE.TXT 6.3: sizes come after each file (bit 3), names are UTF-8 (bit 11). See zip_out.h. */
#include "base/zip_out.h"

#include "base/log.h"

#define FAST 1                                   /* of the nine levels: a quarter of the time, a fifth more bytes */
#define FLAGS 0x0808
#define DEFLATED 8
#define VERSION 20
#define DAY_ONE 0x21                             /* 1 January 1980: no file bears the hour of its making */
#define STEP ((size_t)32 << 10)

static voidpf take(voidpf arena, uInt n, uInt size) { return arena_alloc(arena, (size_t)n * size); }
static void leave(voidpf arena, voidpf p) { (void)arena, (void)p; }

struct zip_out zip_out_new(struct arena *a)
{
	return (struct zip_out){ .a = a };
}

static void put(struct zip_out *z, struct buf *out, str s)
{
	buf_put(out, s);
	z->at += (u32)s.n;
}

/* Numbers of `size` bytes, the lowest first. */
static void number(struct zip_out *z, struct buf *out, u32 v, size_t size)
{
	char bytes[4] = { (char)(v & 255), (char)(v >> 8 & 255), (char)(v >> 16 & 255), (char)(v >> 24) };
	put(z, out, (str){ bytes, size });
}

static void numbers(struct zip_out *z, struct buf *out, const u32 *v, size_t n, size_t size)
{
	for (size_t i = 0; i < n; i++)
		number(z, out, v[i], size);
}

void zip_out_file(struct zip_out *z, struct buf *out, str name)
{
	const u32 about[] = { VERSION, FLAGS, DEFLATED, 0, DAY_ONE }, later[] = { 0, 0, 0 }, lengths[] = { (u32)name.n, 0 };
	assert(z->n < ZIP_OUT_MOST);
	if (!z->ready) {
		z->z = (z_stream){ .zalloc = take, .zfree = leave, .opaque = z->a };
		if (deflateInit2(&z->z, FAST, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
			die("deflateInit2: out of memory");
		z->ready = true;
	} else {
		deflateReset(&z->z);
	}
	z->v[z->n++] = (struct zip_out_file){ .name = str_copy(z->a, name), .crc = (u32)crc32(0, NULL, 0), .at = z->at };
	number(z, out, 0x04034b50, 4);
	numbers(z, out, about, lengthof(about), 2);
	numbers(z, out, later, lengthof(later), 4);
	numbers(z, out, lengths, lengthof(lengths), 2);
	put(z, out, name);
}

static void pack(struct zip_out *z, struct buf *out, int flush)
{
	struct zip_out_file *f = &z->v[z->n - 1];
	do {
		char *room = buf_room(out, STEP);
		if (!room)
			return;
		z->z.next_out = (Bytef *)room;
		z->z.avail_out = STEP;
		int done = deflate(&z->z, flush);
		assert(done != Z_STREAM_ERROR);
		size_t n = STEP - z->z.avail_out;
		out->n += n;
		f->packed += (u32)n;
		z->at += (u32)n;
	} while (!z->z.avail_out);
}

void zip_out_put(struct zip_out *z, struct buf *out, str part)
{
	struct zip_out_file *f = &z->v[z->n - 1];
	f->crc = (u32)crc32(f->crc, (const Bytef *)part.p, (uInt)part.n);
	f->size += (u32)part.n;
	z->z.next_in = (Bytef *)(uintptr_t)part.p;
	z->z.avail_in = (uInt)part.n;
	pack(z, out, Z_SYNC_FLUSH);
}

void zip_out_close(struct zip_out *z, struct buf *out)
{
	const struct zip_out_file *f = &z->v[z->n - 1];
	z->z.avail_in = 0;
	pack(z, out, Z_FINISH);
	const u32 sizes[] = { 0x08074b50, f->crc, f->packed, f->size };
	numbers(z, out, sizes, lengthof(sizes), 4);
}

static void put_entry(struct zip_out *z, struct buf *out, const struct zip_out_file *f)
{
	const u32 about[] = { VERSION, VERSION, FLAGS, DEFLATED, 0, DAY_ONE }, sizes[] = { f->crc, f->packed, f->size };
	const u32 lengths[] = { (u32)f->name.n, 0, 0, 0, 0 }, where[] = { 0, f->at };
	number(z, out, 0x02014b50, 4);
	numbers(z, out, about, lengthof(about), 2);
	numbers(z, out, sizes, lengthof(sizes), 4);
	numbers(z, out, lengths, lengthof(lengths), 2);
	numbers(z, out, where, lengthof(where), 4);
	put(z, out, f->name);
}

void zip_out_end(struct zip_out *z, struct buf *out)
{
	u32 from = z->at;
	for (size_t i = 0; i < z->n; i++)
		put_entry(z, out, &z->v[i]);
	const u32 counts[] = { 0, 0, (u32)z->n, (u32)z->n }, where[] = { z->at - from, from };
	number(z, out, 0x06054b50, 4);
	numbers(z, out, counts, lengthof(counts), 2);
	numbers(z, out, where, lengthof(where), 4);
	number(z, out, 0, 2);
}

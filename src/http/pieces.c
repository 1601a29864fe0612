/* See pieces.h. */
#include "http/pieces.h"

#include <time.h>
#include <zlib.h>

#include "base/log.h"
#include "db/db.h"

#define PIECE_MAX ((size_t)16 << 20)
#define MEMORY ((size_t)64 << 20)                /* of one piece and what it is made from; a tenth of it in practice */
#define BUDGET_US 50000
#define LEVEL 4
#define STEP 32768u

struct pieces {
	struct req *req;
	struct arena *a;                         /* of the piece that is being sent */
	str rest;                                /* of it */
	bool coded, last, broken;
	z_stream z;
};

struct pieces *pieces_new(struct req *req, enum coding coding)
{
	struct pieces *p = calloc(1, sizeof *p);
	if (!p)
		die("out of memory");
	p->req = req;
	p->a = arena_new(MEMORY);
	p->coded = coding != CODING_IDENTITY;
	if (p->coded && deflateInit2(&p->z, LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		die("deflateInit2: %s", p->z.msg ? p->z.msg : "out of memory");
	return p;
}

void pieces_free(struct pieces *p)
{
	if (p->coded)
		deflateEnd(&p->z);
	arena_free(p->a);
	free(p);
}

/* The piece as it travels; there may be nothing of it yet. */
static str coded(struct pieces *p, str piece)
{
	struct buf out = buf_new(p->a, PIECE_MAX);
	p->z.next_in = (Bytef *)piece.p;
	p->z.avail_in = (uInt)piece.n;
	do {
		p->z.next_out = (Bytef *)buf_room(&out, STEP);
		p->z.avail_out = STEP;
		int done = deflate(&p->z, p->last ? Z_FINISH : Z_NO_FLUSH);
		assert(done != Z_STREAM_ERROR);
		out.n += STEP - p->z.avail_out;
	} while (!p->z.avail_out);
	return buf_str(&out);
}

/* What this thread has computed: on a busy machine, more time passes. */
static i64 computed_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (i64)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static enum err make(struct pieces *p)
{
	struct req *req = p->req;
	i64 began = computed_us();
	arena_reset(p->a);
	struct buf out = buf_new(p->a, PIECE_MAX);
	if (req->db)
		db_use_arena(req->db, p->a);
	enum err e = req->next_piece(req, &out);
	if (e != OK || out.full)
		return e == OK ? INTERNAL : e;
	p->last = out.n == 0;
	p->rest = p->coded ? coded(p, buf_str(&out)) : buf_str(&out);
	if (computed_us() - began > BUDGET_US)
		log_line(LOG_WARN, "slow piece: a defect", "id=%s us=%lld", req->id, (long long)(computed_us() - began));
	return OK;
}

ssize_t pieces_read(struct pieces *p, char *room, size_t n)
{
	while (!p->rest.n && !p->last && !p->broken) {
		enum err e = make(p);
		p->broken = e != OK;
		if (p->broken)
			log_line(LOG_WARN, "answer cut", "id=%s err=%s", p->req->id, err_name(e));
	}
	if (p->broken)
		return PIECES_BROKEN;
	if (!p->rest.n)
		return PIECES_END;
	n = n < p->rest.n ? n : p->rest.n;
	memcpy(room, p->rest.p, n);
	p->rest = str_slice(p->rest, n, p->rest.n);
	return (ssize_t)n;
}

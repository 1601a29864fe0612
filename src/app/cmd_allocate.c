/* gabare allocate …, gabare draw …: allocations and their draws on files of pseudonyms, without a database. */
#include "app/cmd_files.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "allocation/allocation.h"
#include "awarding/awarding.h"
#include "base/buf.h"
#include "base/table.h"

#define FILE_MAX ((size_t)16 << 20)

static bool read_whole(struct invocation *in, str path, str *ret)
{
	int fd = cli_open_file(in, path);
	bool whole = fd >= 0 && table_bytes(fd, FILE_MAX, in->a, ret);
	if (fd >= 0 && !whole)
		cli_say("%.*s: cannot be read, or is longer than 16 MiB", STR_ARG(path));
	if (fd >= 0)
		close(fd);
	return whole;
}

static int refuse(struct invocation *in, str path, const struct alloc_fault *f)
{
	cli_say("%.*s: %.*s", STR_ARG(path), STR_ARG(alloc_fault_words(in->a, LANG_EN, f)));
	return EXIT_USAGE;
}

static bool seed_of(struct invocation *in, str *ret)
{
	*ret = cli_option(in, "seed");
	if (!draw_is_seed(*ret))
		cli_say("--seed is the draw's: 64 hexadecimal digits (gabare draw commit makes one)");
	return draw_is_seed(*ret);
}

/* ---- draws ---- */

int cmd_draw_commit(struct invocation *in)
{
	str seed = cli_option(in, "seed");
	if (seed.p && !seed_of(in, &seed))
		return EXIT_USAGE;
	if (!seed.p)
		seed = draw_seed(in->a);
	printf("seed %s\ncommitment %s\n", str_z(in->a, seed), str_z(in->a, draw_commitment(in->a, seed)));
	cli_say("publish the commitment now; keep the seed secret until the list is closed, then publish it");
	return EXIT_DONE;
}

int cmd_draw_verify(struct invocation *in)
{
	str seed;
	if (!seed_of(in, &seed))
		return EXIT_USAGE;
	bool same = str_eq(str_lower(in->a, str_trim(in->operand[0])), draw_commitment(in->a, seed));
	printf("%s\n", same ? "the seed is the one that was committed to" : "the seed is not the one that was committed to");
	return same ? EXIT_DONE : EXIT_NOTHING;
}

struct drawn { str key, id; };

static int by_key(const void *a, const void *b)
{
	const struct drawn *x = a, *y = b;
	int key = str_cmp(x->key, y->key);
	return key ? key : str_cmp(x->id, y->id);
}

int cmd_draw(struct invocation *in)
{
	str seed, csv;
	struct alloc_ids ids;
	struct alloc_fault fault;
	if (!seed_of(in, &seed) || !read_whole(in, in->operand[0], &csv))
		return EXIT_USAGE;
	if (alloc_read_ids(in->a, csv, &ids, &fault) != OK)
		return refuse(in, in->operand[0], &fault);
	struct drawn *v = arena_many(in->a, struct drawn, ids.n + 1);
	for (size_t i = 0; i < ids.n; i++) {
		u8 key[DRAW_KEY];
		draw_key(seed, ids.v[i], key);
		v[i] = (struct drawn){ draw_hex(in->a, key, sizeof key), ids.v[i] };
	}
	qsort(v, ids.n, sizeof(*v), by_key);
	for (size_t i = 0; i < ids.n; i++)
		printf("%zu\t%.*s\t%.*s\n", i + 1, STR_ARG(v[i].id), STR_ARG(v[i].key));
	return EXIT_DONE;
}

/* ---- allocations ---- */

static bool params_of(struct invocation *in, str path, struct params *ret)
{
	str json, why;
	*ret = *params_default();
	if (!path.p)
		return true;
	if (!read_whole(in, path, &json))
		return false;
	if (params_read(in->a, json, ret, &why) == OK)
		return true;
	cli_say("%.*s: %.*s", STR_ARG(path), STR_ARG(why));
	return false;
}

static bool input_of(struct invocation *in, struct alloc_input *ret)
{
	str files, schools, path = cli_option(in, "schools");
	struct alloc_fault fault;
	if (!path.p || !str_i64(cli_option(in, "quantity"), &ret->quantity)) {
		cli_say("give --schools FILE and --quantity N");
		return false;
	}
	ret->second = cli_flag(in, "second-step");
	if (!seed_of(in, &ret->seed) || !read_whole(in, in->operand[0], &files) || !read_whole(in, path, &schools))
		return false;
	if (alloc_read_files(in->a, files, ret, &fault) != OK)
		return refuse(in, in->operand[0], &fault) == EXIT_DONE;
	if (alloc_read_schools(in->a, schools, ret, &fault) != OK)
		return refuse(in, path, &fault) == EXIT_DONE;
	return true;
}

/* A record is written whole or not at all. */
static bool keep_record(struct invocation *in, const struct alloc_run *run)
{
	str path = cli_option(in, "output"), record = alloc_record(in->a, run);
	if (!path.p)
		return true;
	FILE *f = fopen(str_z(in->a, path), "we");
	bool good = f && fwrite(record.p, 1, record.n, f) == record.n && fflush(f) == 0;
	if (f && fclose(f))
		good = false;
	if (good)
		cli_say("%.*s  %.*s", STR_ARG(draw_digest(in->a, record)), STR_ARG(path));
	else
		cli_say("cannot write %.*s: %s", STR_ARG(path), strerror(errno));
	return good;
}

static void report(struct invocation *in, const struct alloc_run *run, const struct alloc_comparison *c)
{
	i64 n[4] = { 0 };
	for (size_t i = 0; i < run->n; i++)
		n[run->lines[i].state]++;
	struct count counts[] = {
		{ "files", (i64)run->n }, { "proposed", n[ALLOC_PROPOSED] }, { "waiting", n[ALLOC_WAITING] },
		{ "to complete", n[ALLOC_INCOMPLETE] }, { "refused by rule", n[ALLOC_REFUSED] },
		{ "devices unused", run->unused }, { "changed by the other set", c ? (i64)c->changed.n : 0 },
	};
	cli_report(in, counts, lengthof(counts) - (c ? 0 : 1));
}

int cmd_allocate(struct invocation *in)
{
	struct params params, other;
	struct alloc_fault fault;
	struct alloc_input input = { .params = &params }, against;
	struct alloc_run run, second;
	str path = cli_option(in, "against");
	if (!params_of(in, cli_option(in, "parameters"), &params) || !params_of(in, path, &other) || !input_of(in, &input))
		return EXIT_USAGE;
	if (alloc_run(in->a, &input, &run, &fault) != OK)
		return refuse(in, in->operand[0], &fault);
	against = input;
	against.params = &other;
	struct alloc_comparison c = { .all = { .n = 0 } };
	if (path.p && alloc_run(in->a, &against, &second, &fault) == OK)
		c = alloc_compare(in->a, &run, &second);
	str csv = path.p ? alloc_compare_csv(in->a, &c) : alloc_csv(in->a, &run);
	if (!keep_record(in, &run))
		return EXIT_USAGE;
	if (!in->json)
		fwrite(csv.p, 1, csv.n, stdout);
	report(in, &run, path.p ? &c : NULL);
	return EXIT_DONE;
}

int cmd_allocate_replay(struct invocation *in)
{
	str record;
	struct alloc_fault fault;
	if (!read_whole(in, in->operand[0], &record))
		return EXIT_USAGE;
	enum err e = alloc_replay(in->a, record, &fault);
	if (e == INVALID)
		return refuse(in, in->operand[0], &fault);
	printf("%s  %s\n", str_z(in->a, draw_digest(in->a, record)), e == OK ? "the same" : "NOT the same");
	return e == OK ? EXIT_DONE : EXIT_NOTHING;
}

static void tell(void *arg, i64 wave_id, i64 number)
{
	(void)arg;
	printf("wave %lld, run %lld: NOT the same\n", (long long)wave_id, (long long)number);
}

int cmd_allocate_verify(struct invocation *in)
{
	struct db *db = NULL;
	i64 n, wrong;
	if (cli_open(in, true, &db) != OK)
		return EXIT_NOTHING;
	db_use_arena(db, in->a);
	enum err e = awards_verify(db, tell, NULL, &n, &wrong);
	if (e != OK)
		cli_say("not verified: %s", db_error(db));
	db_close(db);
	struct count counts[] = { { "runs", n }, { "the same", n - wrong }, { "not the same", wrong } };
	if (e == OK)
		cli_report(in, counts, lengthof(counts));
	return e != OK || wrong ? EXIT_NOTHING : EXIT_DONE;
}

/* ---- devices ---- */

static bool sides_of(struct invocation *in, str path, bool needs, struct match_sides *ret)
{
	str csv;
	struct alloc_fault fault;
	if (!read_whole(in, path, &csv))
		return false;
	return match_read(in->a, csv, needs, ret, &fault) == OK || refuse(in, path, &fault) == EXIT_DONE;
}

int cmd_allocate_match(struct invocation *in)
{
	struct match_sides devices, needs;
	struct match m;
	if (!sides_of(in, in->operand[0], false, &devices) || !sides_of(in, in->operand[1], true, &needs))
		return EXIT_USAGE;
	enum err e = match_apart(in->a, devices, needs, &m);
	if (e != OK) {
		cli_say(e == INVALID ? "more than 20,000 of either, or 1,000 different kinds of them" : "the child that matches was stopped");
		return e == INVALID ? EXIT_USAGE : EXIT_NOTHING;
	}
	if (!in->json)
		printf("dossier;appareil;cout\r\n");
	for (size_t i = 0; i < m.n && !in->json; i++)
		printf("%.*s;%.*s;%lld\r\n", STR_ARG(needs.v[m.v[i].need].id), STR_ARG(devices.v[m.v[i].device].id), (long long)m.v[i].cost);
	struct count counts[] = { { "devices", (i64)devices.n }, { "needs", (i64)needs.n }, { "matched", (i64)m.n }, { "total cost", m.cost } };
	cli_report(in, counts, lengthof(counts));
	return m.n < needs.n ? EXIT_PARTLY : EXIT_DONE;
}

/* gabare duplicates: the places that are perhaps recorded twice, on the command line. */
#include "app/cli.h"

#include "base/csv.h"
#include "duplicates/duplicates.h"

/* A line of the plain list has no tab and no line feed of its own. */
static void put_cell(struct buf *b, str s, bool csv)
{
	if (csv)
		csv_cell(b, s);
	else
		buf_put(b, str_replace(b->a, str_replace(b->a, s, S("\t"), S(" ")), S("\n"), S(" ")));
	buf_byte(b, csv ? ',' : '\t');
}

static void put_reasons(struct buf *b, const struct pair_found *p)
{
	static const char *const words[] = { "siret", "same-name", "like-name", "same-address", "like-address", "phone", "near" };
	const char *sep = "";
	for (size_t i = 0; i < lengthof(words); i++)
		if (p->reasons & 1u << i) {
			buf_printf(b, "%s%s", sep, words[i]);
			sep = " ";
		}
}

/* One that was decided is left out. */
static enum err put_pair(struct db *db, struct buf *b, const struct pair_found *p, bool csv, i64 *n)
{
	struct pair_side sides[2];
	bool apart;
	try(pair_sides(db, p, sides, &apart));
	if (apart)
		return OK;
	++*n;
	buf_printf(b, "%d%c", p->score, csv ? ',' : '\t');
	if (p->metres.set)
		buf_i64(b, p->metres.v);
	buf_byte(b, csv ? ',' : '\t');
	for (size_t i = 0; i < 2; i++) {
		put_cell(b, sides[i].id, csv);
		put_cell(b, sides[i].name, csv);
		put_cell(b, sides[i].address, csv);
		put_cell(b, sides[i].commune, csv);
	}
	put_reasons(b, p);
	buf_byte(b, '\n');
	return OK;
}

static enum err print_all(struct invocation *in, struct db *db, struct pairs_found *found, i64 *ret_n)
{
	bool csv = cli_flag(in, "csv");
	struct arena *a = arena_new((size_t)1 << 30);
	enum err e = pairs_find(db, a, PAIRS_KEPT, found);
	if (csv && e == OK)
		printf("score,metres,id_1,nom_1,adresse_1,commune_1,id_2,nom_2,adresse_2,commune_2,reasons\n");
	for (size_t i = 0; i < found->n && e == OK; i++) {
		struct arena_mark m = arena_mark(in->a);
		struct buf b = buf_new(in->a, (size_t)64 << 10);
		e = put_pair(db, &b, &found->v[i], csv, ret_n);
		cli_print(&b);
		arena_rewind(in->a, m);
	}
	arena_free(a);
	return e;
}

int cmd_duplicates(struct invocation *in)
{
	struct db *db = NULL;
	struct pairs_found found = { .n = 0 };
	i64 printed = 0;
	if (cli_open(in, true, &db) != OK)
		return EXIT_NOTHING;
	enum err e = print_all(in, db, &found, &printed);
	if (e != OK)
		cli_say("not searched: %s", db_error(db));
	db_close(db);
	if (e != OK)
		return EXIT_NOTHING;
	struct count counts[] = { { "places", found.places }, { "compared", found.compared }, { "pairs", printed } };
	if (!in->json)
		cli_report(in, counts, lengthof(counts));
	return EXIT_DONE;
}

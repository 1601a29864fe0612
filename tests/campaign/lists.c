/* Writes the messy lists of families that the scenario of a campaign sends: campaign-lists DIR FAMILIES SEED UAI…; a file for each list,
 * then a line that says what is in them. */
#include "given_lists.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

static void write_list(const char *dir, const struct given_list *l)
{
	char path[4096];
	int n = snprintf(path, sizeof path, "%s/%s.csv", dir, l->uai);
	FILE *f = n > 0 && (size_t)n < sizeof path ? fopen(path, "w") : NULL;
	if (!f || fwrite(l->content.p, 1, l->content.n, f) != l->content.n || fclose(f)) {
		perror(path);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	i64 families, seed;
	if (argc < 5 || !str_i64(str_c(argv[2]), &families) || !str_i64(str_c(argv[3]), &seed)) {
		fprintf(stderr, "usage: campaign-lists DIR FAMILIES SEED UAI...\n");
		return 2;
	}
	struct arena *a = arena_new((size_t)64 << 20);
	struct given_lists all = given_lists_of(a, (u64)seed, (const char *const *)(argv + 4), (size_t)argc - 4, families);
	for (size_t i = 0; i < all.n; i++)
		write_list(argv[1], &all.v[i]);
	printf("%zu lists, %lld families, %lld rows, %lld certain, %lld doubts\n", all.n, (long long)all.families, (long long)all.rows, (long long)all.certain,
	       (long long)all.doubts);
	return 0;
}

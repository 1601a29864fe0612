/* Fair shares between schools; see share.h. */
#include "allocation/share.h"

/* True when `a` comes before `b` for the next device. */
static bool before(const struct share_school *a, i64 given_a, const struct share_school *b, i64 given_b)
{
	i64 x = a->weight * (2 * given_b + 1), y = b->weight * (2 * given_a + 1);
	if (x != y)
		return x > y;
	if (a->weight != b->weight)
		return a->weight > b->weight;
	return str_cmp(a->id, b->id) < 0;
}

enum err share_out(const struct share_school *v, size_t n, i64 quantity, i64 *given, i64 *ret_left)
{
	i64 left = quantity;
	for (size_t i = 0; i < n; i++) {
		assert(v[i].weight >= 0 && v[i].weight <= SHARE_WEIGHT_MAX && v[i].least <= v[i].most);
		if (given[i] < v[i].least)
			given[i] = v[i].least;
		left -= given[i];
	}
	if (left < 0 || quantity > SHARE_QUANTITY_MAX)
		return INVALID;
	for (; left; left--) {
		size_t next = n;
		for (size_t i = 0; i < n; i++)
			if (given[i] < v[i].most && (next == n || before(&v[i], given[i], &v[next], given[next])))
				next = i;
		if (next == n)
			break;
		given[next]++;
	}
	*ret_left = left;
	return OK;
}

/* See label.h. The check is a polynomial over the field of 32 elements: one wrong sign, or any two that changed places, are found. */
#include "stock/label.h"

#include "base/code.h"

#include <sodium.h>

static const char signs[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

static int value_of(char c)
{
	const char *at = c ? strchr(signs, c) : NULL;
	return at ? (int)(at - signs) : -1;
}

/* x · α in GF(32), of x⁵ + x² + 1. */
static int times(int x) { return (x << 1) & 32 ? ((x << 1) ^ 37) & 31 : x << 1; }

/* Of `n` signs; 0 for the whole of a good label. -1: a sign is none of ours. */
static int sum_of(const char *p, size_t n)
{
	int sum = 0;
	for (size_t i = 0; i < n; i++) {
		if (value_of(p[i]) < 0)
			return -1;
		sum = times(sum) ^ value_of(p[i]);
	}
	return sum;
}

str label_of_bits(struct arena *a, const u8 bits[6])
{
	char *p = arena_alloc(a, LABEL_SIGNS);
	p[0] = 'P';
	for (size_t i = 0; i < 6; i++)
		p[i + 1] = signs[bits[i] & 31];
	p[7] = signs[times(sum_of(p, 7))];
	return (str){ p, LABEL_SIGNS };
}

str label_new(struct arena *a)
{
	u8 bits[6];
	randombytes_buf(bits, sizeof bits);
	return label_of_bits(a, bits);
}

bool label_read(struct arena *a, str typed, str *ret)
{
	ptrdiff_t at = str_find(typed, S("/p/"));
	*ret = code_plain(a, at >= 0 ? str_slice(typed, (size_t)at + 3, SIZE_MAX) : typed);
	return ret->n == LABEL_SIGNS && ret->p[0] == 'P' && sum_of(ret->p, LABEL_SIGNS) == 0;
}

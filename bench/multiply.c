/* Makes many places out of an export: reads the CSV of `gabare export places` on standard input and writes N places, each
 * time round with other ids and moved by up to five hundredths of a degree, so that they do not all lie on one another.
 *
 *   multiply N < places.csv > many.csv */
#include <csv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS_MAX 64

struct table { char **v; size_t n, room; size_t columns; };

static void field(void *text, size_t n, void *arg)
{
	struct table *t = arg;
	if (t->n == t->room) {
		t->room = t->room * 2 + 65536;
		t->v = realloc(t->v, t->room * sizeof *t->v);
		if (!t->v)
			abort();
	}
	t->v[t->n++] = text ? strndup(text, n) : strdup("");
}

static void row(int end, void *arg)
{
	struct table *t = arg;
	(void)end;
	if (!t->columns)
		t->columns = t->n;
}

static size_t column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->columns; i++)
		if (!strcmp(t->v[i], name))
			return i;
	fprintf(stderr, "multiply: no column %s\n", name);
	exit(1);
}

/* The same on every machine: which way round `k`, place `i` is moved, in hundred-thousandths of a degree. */
static long moved(size_t i, size_t k, unsigned salt)
{
	unsigned long h = (i * 2654435761u + k * 40503u + salt) & 0xffffffffu;
	h ^= h >> 15;
	h = (h * 2246822519u) & 0xffffffffu;
	return k ? (long)(h % 10001) - 5000 : 0;
}

static void put(const char *text, size_t i, size_t columns)
{
	char *quoted = malloc(strlen(text) * 2 + 3);
	size_t n = quoted ? csv_write(quoted, strlen(text) * 2 + 2, text, strlen(text)) : 0;
	fwrite(quoted, 1, n, stdout);
	free(quoted);
	putchar(i + 1 < columns ? ',' : '\n');
}

static void put_place(const struct table *t, size_t i, size_t k, size_t id, size_t lat, size_t lon)
{
	char text[512];
	for (size_t c = 0; c < t->columns; c++) {
		const char *v = t->v[(i + 1) * t->columns + c];
		snprintf(text, sizeof text, "%s", "");
		if (c == id)
			snprintf(text, sizeof text, "%.400s-x%zu", v, k);
		else if ((c == lat || c == lon) && *v)
			snprintf(text, sizeof text, "%.5f", strtod(v, NULL) + (double)moved(i, k, c == lat) / 1e5);
		put(*text ? text : v, c, t->columns);
	}
}

int main(int argc, char **argv)
{
	struct csv_parser p;
	struct table t = { 0 };
	static char data[1 << 16];
	size_t wanted = argc == 2 ? strtoul(argv[1], NULL, 10) : 0, n;
	if (!wanted || csv_init(&p, CSV_STRICT | CSV_APPEND_NULL)) {
		fprintf(stderr, "usage: multiply N < places.csv\n");
		return 2;
	}
	while ((n = fread(data, 1, sizeof data, stdin)) > 0)
		if (csv_parse(&p, data, n, field, row, &t) != n) {
			fprintf(stderr, "multiply: %s\n", csv_strerror(csv_error(&p)));
			return 1;
		}
	csv_fini(&p, field, row, &t);
	if (!t.columns || t.n < 2 * t.columns)
		return 1;
	size_t places = t.n / t.columns - 1, id = column(&t, "id"), lat = column(&t, "latitude"), lon = column(&t, "longitude");
	for (size_t c = 0; c < t.columns; c++)
		put(t.v[c], c, t.columns);
	for (size_t made = 0; made < wanted; made++)
		put_place(&t, made % places, made / places, id, lat, lon);
	return 0;
}

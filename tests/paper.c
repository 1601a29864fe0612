/* See paper.h. */
#include "paper.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

#define OUTPUT_MAX ((size_t)16 << 20)
#define WORDS_MAX 1500
#define OVERLAP 2.5                              /* points: ascenders and descenders of close lines */

static const char *file_of(struct arena *a, str pdf)
{
	const char *path = str_printf(a, "%s/paper.pdf", unit_dir()).p;
	FILE *f = fopen(path, "we");
	assert_non_null(f);
	assert_int_equal(fwrite(pdf.p, 1, pdf.n, f), pdf.n);
	assert_int_equal(fclose(f), 0);
	return path;
}

static str run(struct arena *a, const char *command, int *ret_code)
{
	struct buf out = buf_new(a, OUTPUT_MAX);
	FILE *f = popen(command, "re");
	char piece[4096];
	assert_non_null(f);
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_put(&out, (str){ piece, n });
	*ret_code = pclose(f);
	return str_copy(a, buf_str(&out));
}

void paper_check(str pdf)
{
	struct arena *a = unit_arena(OUTPUT_MAX * 3);
	int code;
	str said = run(a, str_printf(a, "qpdf --check %s 2>&1", file_of(a, pdf)).p, &code);
	if (code)
		fail_msg("qpdf: %.*s", STR_ARG(said));
}

str paper_ask(struct arena *a, str pdf, const char *command)
{
	int code;
	str said = run(a, str_z(a, str_replace(a, str_c(command), S("%s"), str_c(file_of(a, pdf)))), &code);
	if (code)
		fail_msg("%s: %d", command, code);
	return said;
}

str paper_page(struct arena *a, str pdf, int page)
{
	return paper_ask(a, pdf, str_printf(a, "pdftotext -f %d -l %d %%s -", page, page).p);
}

struct box { double x0, y0, x1, y1; };

static double number_after(str s, const char *name)
{
	ptrdiff_t at = str_find(s, str_c(name));
	assert_true(at >= 0);
	return strtod(s.p + at + strlen(name), NULL);
}

static void apart(const struct box *v, size_t n, int page)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++) {
			double across = (v[i].x1 < v[k].x1 ? v[i].x1 : v[k].x1) - (v[i].x0 > v[k].x0 ? v[i].x0 : v[k].x0);
			double down = (v[i].y1 < v[k].y1 ? v[i].y1 : v[k].y1) - (v[i].y0 > v[k].y0 ? v[i].y0 : v[k].y0);
			if (across > OVERLAP && down > OVERLAP)
				fail_msg("page %d: lines at %.0f %.0f and %.0f %.0f stand over each other", page, v[i].x0, v[i].y0, v[k].x0, v[k].y0);
		}
}

void paper_lines_apart(struct arena *a, str pdf, double width, double height)
{
	str all = paper_ask(a, pdf, "pdftotext -bbox-layout %s -"), line;
	struct box *v = arena_many(a, struct box, WORDS_MAX);
	size_t n = 0, seen = 0;
	int page = 0;
	while (all.n && str_next(&all, '\n', &line)) {
		if (str_find(line, S("<page ")) >= 0) {
			apart(v, n, page++);
			n = 0;
		} else if (str_find(line, S("<word ")) >= 0) {
			assert_true(n < WORDS_MAX);
			/* a word's box is as tall as its font: what is drawn is in the middle of it */
			double y0 = number_after(line, "yMin=\""), y1 = number_after(line, "yMax=\""), trim = (y1 - y0) * .18;
			struct box b = { number_after(line, "xMin=\""), y0 + trim, number_after(line, "xMax=\""), y1 - trim };
			if (b.x0 < 20 || b.x1 > width - 20 || b.y0 < 20 || b.y1 > height - 20)
				fail_msg("page %d: a word at %.0f %.0f leaves the page", page, b.x0, b.y0);
			v[n++] = b;
			seen++;
		}
	}
	apart(v, n, page);
	assert_true(seen > 0);
}

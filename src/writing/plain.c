/* See plain.h. */
#include "writing/plain.h"

#include "base/buf.h"

#define MOST 40                                  /* sentences told */

/* Past the signs that begin a line: "## ", "- ", "+ ", "> ", "? ". */
static str content_of(str line)
{
	size_t n = 0;
	while (n < line.n && line.p[n] == '#')
		n++;
	n = n ? n : line.n && memchr("-+>?", line.p[0], 4) ? 1 : 0;
	return n && n < line.n && line.p[n] == ' ' ? str_slice(line, n + 1, line.n) : line;
}

/* Where `end` next stands in the line from `i` on, past it; `i` when nowhere. */
static size_t past(str line, size_t i, char end)
{
	for (size_t j = i + 1; j < line.n; j++)
		if (line.p[j] == end)
			return j + 1;
	return i;
}

/* The line as it is read: no addresses of links, a name for what is between stars, no no-break spaces. */
static str read_aloud(struct arena *a, str line)
{
	struct buf b = buf_new(a, line.n + 16);
	line = content_of(line);
	for (size_t i = 0; i < line.n;) {
		str rest = str_slice(line, i, line.n);
		size_t next = str_starts(rest, S("](")) ? past(line, i + 1, ')') : line.p[i] == '*' ? past(line, i, '*') : i;
		if (line.p[i] == '*' && next > i)
			buf_byte(&b, 'x');
		if (next > i + 1)
			i = next;
		else if (str_starts(rest, S("\u00A0")) || str_starts(rest, S("\u202F")))
			i += line.p[i] == '\xC2' ? 2 : 3;
		else if (line.p[i] == '[')
			i++;
		else
			buf_byte(&b, line.p[i++]);
	}
	return b.n ? buf_str(&b) : S("");
}

static bool ends_sentence(str line, size_t i)
{
	bool stop = memchr(".!?:", line.p[i], 4);
	return stop && (i + 1 == line.n || line.p[i + 1] == ' ');
}

static size_t words_in(str s)
{
	size_t n = 0;
	str word;
	while (s.n && str_next(&s, ' ', &word))
		for (size_t i = 0; i < word.n; i++) {
			u8 c = (u8)word.p[i];
			if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
				n++;
				break;
			}
		}
	return n;
}

static void sentence(struct long_sentences *all, size_t line, str text)
{
	size_t words = words_in(text);
	if (words > PLAIN_WORDS && all->n < MOST)
		all->v[all->n++] = (struct long_sentence){ line, words, str_trim(text) };
}

struct long_sentences plain_long_sentences(struct arena *a, str text)
{
	struct long_sentences all = { arena_many(a, struct long_sentence, MOST), 0 };
	str line;
	for (size_t n = 1; text.n && str_next(&text, '\n', &line); n++) {
		str read = read_aloud(a, line);
		size_t from = 0;
		for (size_t i = 0; i < read.n; i++)
			if (ends_sentence(read, i)) {
				sentence(&all, n, str_slice(read, from, i));
				from = i + 1;
			}
		sentence(&all, n, str_slice(read, from, read.n));
	}
	return all;
}

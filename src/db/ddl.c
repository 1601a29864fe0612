/* A word-by-word rewriting of DDL: strings, quoted names and comments pass untouched. */
#include "db/ddl.h"
#include "base/buf.h"

/* Where the rewriting is: what the current statement has shown so far. */
struct rewrite {
	struct buf out;
	str rest;
	int words, depth;                        /* of the current statement */
	bool create, table;                      /* it begins with CREATE, CREATE TABLE */
	bool after_body;                         /* words since the parenthesis that closed its columns */
};

str ddl_lines(struct arena *a, str sql, enum db_engine engine)
{
	struct buf out = buf_new(a, sql.n + 1);
	bool keep = true;
	str line;
	while (str_next(&sql, '\n', &line)) {
		str t = str_trim(line);
		bool mark = true;
		if (str_eq(t, S("-- sqlite:")))
			keep = engine == DB_SQLITE;
		else if (str_eq(t, S("-- pg:")))
			keep = engine == DB_PG;
		else if (str_eq(t, S("-- both:")))
			keep = true;
		else
			mark = false;
		if (keep && !mark)
			buf_put(&out, line);
		if (sql.p)
			buf_byte(&out, '\n');
	}
	return buf_str(&out);
}

static bool word_byte(char c)
{
	return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (u8)c >= 0x80;
}

/* Length of the quoted text or comment that `s` begins with; 0 when it begins with neither. */
static size_t opaque(str s)
{
	char c = s.p[0];
	if (c == '\'' || c == '"') {
		ptrdiff_t end = str_find_byte(str_slice(s, 1, s.n), c);
		return end < 0 ? s.n : (size_t)end + 2;
	}
	if (str_starts(s, S("--"))) {
		ptrdiff_t end = str_find_byte(s, '\n');
		return end < 0 ? s.n : (size_t)end;
	}
	return 0;
}

/* "DOUBLE" followed by the word PRECISION: how much both take, 0 otherwise. */
static size_t double_precision(str s)
{
	size_t at = sizeof "DOUBLE" - 1;
	while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t'))
		at++;
	size_t end = at + sizeof "PRECISION" - 1;
	return str_ieq(str_slice(s, at, end), S("PRECISION")) ? end : 0;
}

static void put_word(struct rewrite *r, str word)
{
	size_t taken = word.n;
	str as = word;
	r->words++;
	if (r->words == 1)
		r->create = str_ieq(word, S("CREATE"));
	if (r->words == 2)
		r->table = r->create && str_ieq(word, S("TABLE"));
	if (r->depth == 0)
		r->after_body = true;
	if (str_ieq(word, S("BIGINT"))) {
		as = S("INTEGER");
	} else if (str_ieq(word, S("BYTEA"))) {
		as = S("BLOB");
	} else if (str_ieq(word, S("DOUBLE")) && double_precision(r->rest)) {
		as = S("REAL");
		taken = double_precision(r->rest);
	}
	buf_put(&r->out, as);
	r->rest = str_slice(r->rest, taken, r->rest.n);
}

static void put_byte(struct rewrite *r, char c)
{
	if (c == '(')
		r->depth++;
	if (c == ')' && --r->depth == 0)
		r->after_body = false;
	if (c == ';' && r->depth == 0) {
		if (r->table)
			buf_put(&r->out, r->after_body ? S(", STRICT") : S(" STRICT"));
		r->words = 0;
		r->create = r->table = false;
	}
	buf_byte(&r->out, c);
	r->rest = str_slice(r->rest, 1, r->rest.n);
}

str ddl_text(struct arena *a, str sql, enum db_engine engine)
{
	str lines = ddl_lines(a, sql, engine);
	if (engine != DB_SQLITE)
		return lines;
	struct rewrite r = {.out = buf_new(a, lines.n * 2 + 64), .rest = lines};
	while (r.rest.n) {
		size_t n = opaque(r.rest);
		if (n) {
			buf_put(&r.out, str_slice(r.rest, 0, n));
			r.rest = str_slice(r.rest, n, r.rest.n);
			continue;
		}
		while (n < r.rest.n && word_byte(r.rest.p[n]))
			n++;
		if (n)
			put_word(&r, str_slice(r.rest, 0, n));
		else
			put_byte(&r, r.rest.p[0]);
	}
	return buf_str(&r.out);
}

/* The steps that look at the last answer, or at what the last command said. */
#include "scenario.h"

#include <jansson.h>
#include <regex.h>

/* What a person reads of some markup: no tags, entities decoded, every kind of space one space. */
static str visible(struct arena *a, str markup)
{
	static const struct { str entity, is; } entities[] = { { S_INIT("&amp;"), S_INIT("&") }, { S_INIT("&lt;"), S_INIT("<") },
		{ S_INIT("&gt;"), S_INIT(">") }, { S_INIT("&quot;"), S_INIT("\"") }, { S_INIT("\xC2\xA0"), S_INIT(" ") },
		{ S_INIT("\xE2\x80\xAF"), S_INIT(" ") }, { S_INIT("\n"), S_INIT(" ") }, { S_INIT("\t"), S_INIT(" ") } };
	struct buf b = buf_new(a, markup.n + 1);
	bool tag = false;
	for (size_t i = 0; i < markup.n; i++) {
		tag = tag || markup.p[i] == '<';
		if (!tag)
			buf_byte(&b, markup.p[i]);
		tag = tag && markup.p[i] != '>';
	}
	str s = buf_str(&b);
	for (size_t i = lengthof(entities); i-- > 0;)
		s = str_replace(a, s, entities[i].entity, entities[i].is);
	for (size_t before = s.n + 1; s.n < before;) {
		before = s.n;
		s = str_replace(a, s, S("  "), S(" "));
	}
	return s;
}

/* Where the reply says it, as it is written or as it is read; -1 when it does not. */
static ptrdiff_t said(struct scenario *s, str what)
{
	ptrdiff_t at = str_find(s->reply.body, what);
	if (at >= 0 || !str_starts(reply_header(s->a, &s->reply, S("content-type")), S("text/html")))
		return at;
	return str_find(visible(s->a, s->reply.body), what);
}

static void expect_text(struct scenario *s, str what, bool there)
{
	if ((said(s, what) >= 0) != there)
		fails(s, there ? "does not say \"%.*s\"" : "says \"%.*s\"", STR_ARG(what));
}

static void expect_order(struct scenario *s, const struct step *st)
{
	str rest = s->reply.body;
	for (size_t i = 0; i < st->n_words; i++) {
		ptrdiff_t at = str_find(rest, st->words[i]);
		if (at < 0) {
			fails(s, "\"%.*s\" is not there, or before \"%.*s\"", STR_ARG(st->words[i]), STR_ARG(st->words[i ? i - 1 : 0]));
			return;
		}
		rest = str_slice(rest, (size_t)at + st->words[i].n, rest.n);
	}
}

static i64 occurrences(str text, str what)
{
	i64 n = 0;
	for (ptrdiff_t at; what.n && (at = str_find(text, what)) >= 0; n++)
		text = str_slice(text, (size_t)at + what.n, text.n);
	return n;
}

static void expect_number(struct scenario *s, const char *what, i64 got, str wanted)
{
	i64 n = 0;
	if (!str_i64(wanted, &n))
		fails(s, "\"%.*s\" is no number", STR_ARG(wanted));
	else if (got != n)
		fails(s, "%s %lld, expected %lld", what, (long long)got, (long long)n);
}

static void expect_header(struct scenario *s, const struct step *st, bool there)
{
	str name = st->words[0], value = reply_header(s->a, &s->reply, name);
	str wanted = st->n_words == 2 ? st->words[1] : str_trim(expand(s, str_slice(st->rest, name.n, st->rest.n)));
	if (!there && value.p)
		fails(s, "there is a header %.*s: %.*s", STR_ARG(name), STR_ARG(value));
	else if (there && (!value.p || (wanted.n && str_find(value, wanted) < 0)))
		fails(s, "header %.*s is \"%.*s\"%s", STR_ARG(name), STR_ARG(value), value.p ? "" : " (absent)");
}

/* The first match of an extended regular expression in `in`: its first group, or all of it. False when there is none. */
static bool matches(struct scenario *s, str in, str pattern, str *ret)
{
	regex_t re;
	regmatch_t m[2];
	if (regcomp(&re, str_z(s->a, pattern), REG_EXTENDED | REG_NEWLINE) != 0) {
		fails(s, "the expression cannot be read");
		return false;
	}
	const char *z = str_z(s->a, in);
	bool found = regexec(&re, z, 2, m, 0) == 0;
	regfree(&re);
	if (!found)
		return false;
	int g = m[1].rm_so >= 0 ? 1 : 0;
	*ret = str_slice(str_c(z), (size_t)m[g].rm_so, (size_t)m[g].rm_eo);
	return true;
}

/* "features.0.properties.nom"; the whole document for ".". */
static json_t *walk(json_t *at, str path)
{
	str part;
	while (at && !str_eq(path, S(".")) && str_next(&path, '.', &part)) {
		char name[128];
		i64 i = 0;
		snprintf(name, sizeof name, "%.*s", STR_ARG(part));
		at = json_is_array(at) && str_i64(part, &i) ? json_array_get(at, (size_t)i) : json_object_get(at, name);
	}
	return at;
}

static str json_text(struct scenario *s, json_t *v)
{
	if (!v)
		return S("(nothing)");
	if (json_is_string(v))
		return (str){ json_string_value(v), json_string_length(v) };
	char *z = json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(10));
	str text = str_copy(s->a, str_c(z));
	free(z);
	return text;
}

/* json PATH [is VALUE | has TEXT | count N]: alone, something is there. no-json PATH: nothing is. */
static void expect_json(struct scenario *s, const struct step *st, bool there)
{
	json_error_t error;
	json_t *root = json_loadb(s->reply.body.p, s->reply.body.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!root) {
		fails(s, "no JSON (line %d: %s)", error.line, error.text);
		return;
	}
	str path = st->words[0], how = st->n_words > 1 ? st->words[1] : S(""), value = st->n_words > 2 ? st->words[2] : S("");
	json_t *v = walk(root, path);
	str text = json_text(s, v);
	if ((v != NULL) != there)
		fails(s, "%.*s is %.*s", STR_ARG(path), STR_ARG(text));
	else if (str_eq(how, S("is")) && !str_eq(text, value))
		fails(s, "%.*s is %.*s", STR_ARG(path), STR_ARG(text));
	else if (str_eq(how, S("has")) && str_find(text, value) < 0)
		fails(s, "%.*s is %.*s", STR_ARG(path), STR_ARG(text));
	else if (str_eq(how, S("count")))
		expect_number(s, str_z(s->a, path), json_is_array(v) ? (i64)json_array_size(v) : (i64)json_object_size(v), value);
	json_decref(root);
}

static void keep(struct scenario *s, const struct step *st)
{
	str found;
	if (matches(s, s->reply.body, expand(s, str_trim(str_slice(st->rest, st->words[0].n, st->rest.n))), &found))
		set_var(s, st->words[0], found);
	else
		fails(s, "nothing to keep");
}

static void same_body(struct scenario *s, str name, bool same)
{
	str was = expand(s, str_printf(s->a, "${%.*s}", STR_ARG(name)));
	if (str_eq(was, s->reply.body) != same)
		fails(s, same ? "the body is another than %.*s" : "the body is the same as %.*s", STR_ARG(name));
}

static void expect_at_most(struct scenario *s, str bytes)
{
	i64 most = 0;
	if (!str_i64(bytes, &most) || (i64)s->reply.encoded > most)
		fails(s, "%zu bytes on the wire", s->reply.encoded);
}

static void expect_in_all(struct scenario *s, str bytes)
{
	i64 most = 0;
	if (!str_i64(bytes, &most) || (i64)s->weight > most || !s->weight)
		fails(s, "%zu bytes on the wire in all", s->weight);
}

/* ---- the steps, by name ---- */

static str first(const struct step *st) { return st->n_words ? st->words[0] : S(""); }
static str second(const struct step *st) { return st->n_words > 1 ? st->words[1] : S(""); }
/* The rest of the line: one quoted text, or the words as they stand. */
static str whole(struct scenario *s, const struct step *st) { return st->n_words == 1 ? st->words[0] : expand(s, st->rest); }

static void on_status(struct scenario *s, const struct step *st)
{
	expect_number(s, s->reply.came ? "status" : "no answer; status", s->reply.status, first(st));
}

static void on_header(struct scenario *s, const struct step *st) { expect_header(s, st, true); }
static void on_no_header(struct scenario *s, const struct step *st) { expect_header(s, st, false); }
static void on_text(struct scenario *s, const struct step *st) { expect_text(s, whole(s, st), true); }
static void on_absent(struct scenario *s, const struct step *st) { expect_text(s, whole(s, st), false); }
static void on_json(struct scenario *s, const struct step *st) { expect_json(s, st, true); }
static void on_no_json(struct scenario *s, const struct step *st) { expect_json(s, st, false); }
static void on_same_body(struct scenario *s, const struct step *st) { same_body(s, first(st), true); }
static void on_other_body(struct scenario *s, const struct step *st) { same_body(s, first(st), false); }
static void on_in_all(struct scenario *s, const struct step *st) { expect_in_all(s, first(st)); }
static void on_at_most(struct scenario *s, const struct step *st) { expect_at_most(s, first(st)); }
static void on_keep_body(struct scenario *s, const struct step *st) { set_var(s, first(st), s->reply.body); }

static void on_keep_header(struct scenario *s, const struct step *st)
{
	set_var(s, first(st), reply_header(s->a, &s->reply, second(st)));
}

static void on_count(struct scenario *s, const struct step *st)
{
	expect_number(s, str_z(s->a, first(st)), occurrences(s->reply.body, first(st)), second(st));
}

static void on_match(struct scenario *s, const struct step *st)
{
	str found;
	if (!matches(s, s->reply.body, expand(s, st->rest), &found))
		fails(s, "nothing matches %.*s", STR_ARG(st->rest));
}

static void on_refused(struct scenario *s, const struct step *st)
{
	(void)st;
	if (s->reply.came && (s->reply.status < 400 || s->reply.status > 599))
		fails(s, "was answered with status %d", s->reply.status);
}

static void on_empty(struct scenario *s, const struct step *st)
{
	(void)st;
	expect_number(s, "bytes:", (i64)s->reply.body.n, S("0"));
}

static void on_exit_status(struct scenario *s, const struct step *st)
{
	expect_number(s, "exit status", s->status, first(st));
	s->status = -1;
}

static void on_err(struct scenario *s, const struct step *st)
{
	str what = whole(s, st);
	if (str_find(s->err, what) < 0)
		fails(s, "stderr does not say \"%.*s\"", STR_ARG(what));
}

bool expect_step(struct scenario *s, const struct step *st)
{
	static const struct { const char *verb; void (*check)(struct scenario *, const struct step *); size_t words; } steps[] = {
		{ "status", on_status, 1 }, { "header", on_header, 1 }, { "no-header", on_no_header, 1 }, { "text", on_text, 1 },
		{ "absent", on_absent, 1 }, { "order", expect_order, 2 }, { "count", on_count, 2 }, { "match", on_match, 1 },
		{ "json", on_json, 1 }, { "no-json", on_no_json, 1 }, { "keep", keep, 2 }, { "keep-body", on_keep_body, 1 },
		{ "keep-header", on_keep_header, 2 }, { "same-body", on_same_body, 1 }, { "other-body", on_other_body, 1 },
		{ "at-most", on_at_most, 1 }, { "in-all-at-most", on_in_all, 1 }, { "empty", on_empty, 0 }, { "refused", on_refused, 0 }, { "exit", on_exit_status, 1 },
		{ "err", on_err, 1 },
	};
	for (size_t i = 0; i < lengthof(steps); i++) {
		if (!str_eq(st->verb, str_c(steps[i].verb)))
			continue;
		if (st->n_words < steps[i].words)
			fails(s, "%s wants %zu words", steps[i].verb, steps[i].words);
		else
			steps[i].check(s, st);
		return true;
	}
	return false;
}

/* Looks messages up in the compiled catalogs. No locale, no global state: every call says its language. */
#include "html/i18n.h"

#include "base/buf.h"
#include "html/catalog.h"
#include "html/format.h"
#include "html/view.h"

#define SENTENCE_MAX ((size_t)64 * 1024)

const struct lang_info langs[LANG_COUNT] = {
	[LANG_FR] = { "", "fr", "Français", false },
	[LANG_SIMPLE] = { "simple", "fr", "Version simple", false },
	[LANG_EN] = { "en", "en", "English", false },
	[LANG_AR] = { "ar", "ar", "العربية", true },
};

static const struct message *find(enum lang l, const char *msgid)
{
	const struct catalog *c = &catalogs[l];
	size_t lo = 0, hi = c->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = strcmp(msgid, c->messages[mid].id);
		if (!order)
			return &c->messages[mid];
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

bool tr_has(enum lang l, const char *msgid)
{
	return l == LANG_FR || find(l, msgid);
}

/* In this language, or in French with its spaces bound; NULL: the source as it is typed. */
static const struct message *nearest(enum lang l, const char *msgid, const struct catalog **ret)
{
	const struct message *m = find(l, msgid);
	*ret = &catalogs[m ? l : LANG_FR];
	return m || l == LANG_FR ? m : find(LANG_FR, msgid);
}

str tr(enum lang l, const char *msgid)
{
	const struct catalog *c;
	const struct message *m = nearest(l, msgid, &c);
	return m ? c->forms[m->first] : str_c(msgid);
}

/* French counts 0 and 1 as one. */
static str plural_form(enum lang l, const char *one, const char *many, u64 n)
{
	const struct catalog *c;
	const struct message *m = nearest(l, one, &c);
	if (!m)
		return str_c(n < 2 ? one : many);
	unsigned form = c->plural(n);
	assert(form < c->n_plurals);
	return c->forms[m->first + (form < m->n ? form : 0)];
}

str tr_n(struct arena *a, enum lang l, const char *one, const char *many, i64 n)
{
	u64 size = n < 0 ? 0 - (u64)n : (u64)n;
	return str_replace(a, plural_form(l, one, many, size), S("{n}"), number_shown(a, l, n));
}

str fmt(struct arena *a, str pattern, const str *args, size_t n)
{
	struct buf out = buf_new(a, SENTENCE_MAX);
	for (size_t i = 0; i < pattern.n; i++) {
		bool hole = pattern.p[i] == '{' && i + 2 < pattern.n && pattern.p[i + 2] == '}';
		size_t k = hole ? (size_t)(pattern.p[i + 1] - '1') : n;
		if (k >= n) {
			buf_byte(&out, pattern.p[i]);
			continue;
		}
		buf_put(&out, args[k]);
		i += 2;
	}
	return buf_str(&out);
}

static const struct said *said_of(const struct view *v, const char *msgid)
{
	for (const struct said *s = v->said; s; s = s->usual ? s + 1 : s->then)
		if (s->usual && strcmp(s->usual, msgid) == 0)
			return s;
	return NULL;
}

const char *said_for(const struct view *v, const char *msgid)
{
	const struct said *s = said_of(v, msgid);
	return s ? s->here : msgid;
}

const char *said_many(const struct view *v, const char *one, const char *many)
{
	const struct said *s = said_of(v, one);
	return !s ? many : s->here_many ? s->here_many : s->here;
}

str tr_here(const struct view *v, const char *msgid)
{
	return tr(v->lang, said_for(v, msgid));
}

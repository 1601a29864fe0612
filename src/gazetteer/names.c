/* Folding names: the same for what is imported and for what is typed. */
#include "gazetteer/names.h"

#include "base/utf8.h"

static bool is_empty(str w)
{
	static const str words[] = {
		S_INIT("a"), S_INIT("au"), S_INIT("aux"), S_INIT("d"), S_INIT("de"), S_INIT("des"), S_INIT("du"), S_INIT("en"), S_INIT("et"), S_INIT("l"),
		S_INIT("la"), S_INIT("le"), S_INIT("les"),
	};
	for (size_t i = 0; i < lengthof(words); i++)
		if (str_eq(w, words[i]))
			return true;
	return false;
}

static str in_full(str w)
{
	static const struct { str short_form, full; } forms[] = {
		{S_INIT("st"), S_INIT("saint")}, {S_INIT("ste"), S_INIT("sainte")}, {S_INIT("av"), S_INIT("avenue")}, {S_INIT("ave"), S_INIT("avenue")},
		{S_INIT("bd"), S_INIT("boulevard")}, {S_INIT("bld"), S_INIT("boulevard")}, {S_INIT("bvd"), S_INIT("boulevard")}, {S_INIT("pl"), S_INIT("place")},
		{S_INIT("rte"), S_INIT("route")}, {S_INIT("che"), S_INIT("chemin")}, {S_INIT("chem"), S_INIT("chemin")}, {S_INIT("imp"), S_INIT("impasse")},
		{S_INIT("all"), S_INIT("allee")}, {S_INIT("sq"), S_INIT("square")}, {S_INIT("r"), S_INIT("rue")}, {S_INIT("fg"), S_INIT("faubourg")},
	};
	for (size_t i = 0; i < lengthof(forms); i++)
		if (str_eq(w, forms[i].short_form))
			return forms[i].full;
	return w;
}

static bool word_point(u32 cp)
{
	if (cp < 0x80)
		return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9');
	return cp > 0xBF && !(cp >= 0x2000 && cp <= 0x206F) && cp != 0x60C && cp != 0xFFFD;
}

static bool next_word(str *rest, str *ret)
{
	const char *from = NULL, *end = NULL;
	for (u32 cp; rest->n;) {
		const char *at = rest->p;
		if (!utf8_next(rest, &cp))
			break;
		if (word_point(cp)) {
			from = from ? from : at;
			end = rest->p;
		} else if (from) {
			break;
		}
	}
	*ret = from ? utf8_prefix((str){from, (size_t)(end - from)}, 40) : (str){0};
	return from != NULL;
}

static void gather(struct arena *a, str name, bool all, struct name_words *ret)
{
	str rest = utf8_fold(a, name), w;
	while (ret->n < NAME_WORDS && next_word(&rest, &w))
		if (all || !is_empty(w))
			ret->v[ret->n++] = in_full(w);
}

struct name_words name_words(struct arena *a, str name)
{
	struct name_words ret = {0};
	gather(a, name, false, &ret);
	if (!ret.n)
		gather(a, name, true, &ret);
	return ret;
}

str name_parts(struct arena *a, str name)
{
	str rest = str_replace(a, str_replace(a, str_replace(a, name, S(" – "), S("|")), S(" - "), S("|")), S(" / "), S("|")), part;
	struct buf b = buf_new(a, 4096);
	while (rest.n && str_next(&rest, '|', &part)) {
		struct name_words words = name_words(a, part);
		for (size_t i = 0; i < words.n; i++) {
			if (i)
				buf_byte(&b, ' ');
			buf_put(&b, words.v[i]);
		}
		if (words.n)
			buf_byte(&b, '|');
	}
	return buf_str(&b);
}

str name_title(struct arena *a, str name)
{
	struct buf b = buf_new(a, name.n + 1);
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] >= 'a' && name.p[i] <= 'z')
			return name;
	for (size_t i = 0; i < name.n; i++) {
		bool begins = i == 0 || name.p[i - 1] == ' ' || name.p[i - 1] == '-' || name.p[i - 1] == '\'';
		bool capital = name.p[i] >= 'A' && name.p[i] <= 'Z';
		buf_byte(&b, capital && !begins ? (char)(name.p[i] + ('a' - 'A')) : name.p[i]);
	}
	return buf_str(&b);
}

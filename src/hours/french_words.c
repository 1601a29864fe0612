/* The words of French opening hours, however they are typed: accents, capitals, abbreviations, "9 h 30", "9h", "09:30". */
#include "base/utf8.h"
#include "hours/french.h"

#define TEXT_MAX 2000                            /* code points */

struct scan { struct arena *a; str text; char *plain; u32 *cp; size_t *at; size_t n, i; };

/* `text` is matched without accents or capitals; a space in it stands for spaces or hyphens. */
struct phrase { const char *text; enum word_kind kind; int value; };

static const struct phrase phrases[] = {
	{"lundi", W_DAY, 0}, {"mardi", W_DAY, 1}, {"mercredi", W_DAY, 2}, {"jeudi", W_DAY, 3}, {"vendredi", W_DAY, 4}, {"samedi", W_DAY, 5},
	{"dimanche", W_DAY, 6}, {"lun", W_DAY, 0}, {"mar", W_DAY, 1}, {"mer", W_DAY, 2}, {"jeu", W_DAY, 3}, {"ven", W_DAY, 4}, {"sam", W_DAY, 5},
	{"dim", W_DAY, 6}, {"lu", W_DAY, 0}, {"ma", W_DAY, 1}, {"me", W_DAY, 2}, {"je", W_DAY, 3}, {"ve", W_DAY, 4}, {"sa", W_DAY, 5}, {"di", W_DAY, 6},
	{"tous les jours", W_DAYS, 127}, {"chaque jour", W_DAYS, 127}, {"tlj", W_DAYS, 127}, {"7j/7", W_DAYS, 127}, {"7 j/7", W_DAYS, 127},
	{"7j sur 7", W_DAYS, 127}, {"7 jours sur 7", W_DAYS, 127}, {"7 jours/7", W_DAYS, 127}, {"en semaine", W_DAYS, 31}, {"week end", W_DAYS, 96},
	{"week ends", W_DAYS, 96}, {"weekend", W_DAYS, 96}, {"janvier", W_MONTH, 1}, {"fevrier", W_MONTH, 2}, {"mars", W_MONTH, 3},
	{"avril", W_MONTH, 4}, {"mai", W_MONTH, 5}, {"juin", W_MONTH, 6}, {"juillet", W_MONTH, 7}, {"aout", W_MONTH, 8}, {"septembre", W_MONTH, 9},
	{"octobre", W_MONTH, 10}, {"novembre", W_MONTH, 11}, {"decembre", W_MONTH, 12}, {"premier", W_NTH, 1}, {"deuxieme", W_NTH, 2},
	{"second", W_NTH, 2}, {"troisieme", W_NTH, 3}, {"quatrieme", W_NTH, 4}, {"cinquieme", W_NTH, 5}, {"dernier", W_NTH, -1},
	{"du mois", W_OF_MONTH, 0}, {"de chaque mois", W_OF_MONTH, 0}, {"chaque mois", W_OF_MONTH, 0}, {"midi", W_TIME, 720}, {"minuit", W_TIME, 1440},
	{"a", W_TO, 0}, {"au", W_TO, 0}, {"jusqu'a", W_TO, 0}, {"jusqu'au", W_TO, 0}, {"jusque", W_TO, 0}, {"et", W_AND, 0}, {"puis", W_AND, 0},
	{"ainsi que", W_AND, 0}, {"&amp;", W_AND, 0}, {"sauf", W_EXCEPT, 0}, {"hors", W_EXCEPT, 0}, {"excepte", W_EXCEPT, 0}, {"hormis", W_EXCEPT, 0},
	{"a l'exception", W_EXCEPT, 0}, {"ferme", W_CLOSED, 0}, {"fermee", W_CLOSED, 0}, {"fermeture", W_CLOSED, 0}, {"jours feries", W_PUBLIC, 0},
	{"jour ferie", W_PUBLIC, 0}, {"feries", W_PUBLIC, 0}, {"vacances scolaires", W_SCHOOL, 0}, {"periode de vacances scolaires", W_SCHOOL, 0},
	{"periode scolaire", W_TERM, 0}, {"periodes scolaires", W_TERM, 0}, {"temps scolaire", W_TERM, 0}, {"sur rendez vous", W_BY_APPOINTMENT, 0},
	{"sur rdv", W_BY_APPOINTMENT, 0}, {"avec rendez vous", W_BY_APPOINTMENT, 0}, {"avec rdv", W_BY_APPOINTMENT, 0},
	{"uniquement sur rendez vous", W_BY_APPOINTMENT, 0}, {"uniquement sur rdv", W_BY_APPOINTMENT, 0}, {"sans rendez vous", W_NO_APPOINTMENT, 0},
	{"sans rdv", W_NO_APPOINTMENT, 0}, {"semaines impaires", W_WEEKS, 1}, {"semaine impaire", W_WEEKS, 1}, {"semaines paires", W_WEEKS, 2},
	{"semaine paire", W_WEEKS, 2}, {"24h/24", W_ALWAYS, 0}, {"24 h/24", W_ALWAYS, 0}, {"24h sur 24", W_ALWAYS, 0}, {"24h/24h", W_ALWAYS, 0},
	{"24 heures sur 24", W_ALWAYS, 0}, {"24/24", W_ALWAYS, 0}, {"24/7", W_ALWAYS, 0}, {"matin", W_HALF, 0}, {"matins", W_HALF, 0}, {"matinee", W_HALF, 0},
	{"apres midi", W_HALF, 1}, {"l'apres midi", W_HALF, 1}, {"le", W_NOISE, 0}, {"la", W_NOISE, 0}, {"les", W_NOISE, 0}, {"de", W_NOISE, 0},
	{"du", W_NOISE, 0}, {"des", W_NOISE, 0}, {"en", W_NOISE, 0}, {"l'", W_NOISE, 0}, {"d'", W_NOISE, 0}, {"chaque", W_NOISE, 0},
	{"tous les", W_NOISE, 0}, {"pendant", W_NOISE, 0}, {"durant", W_NOISE, 0}, {"ouvert", W_NOISE, 0}, {"ouverte", W_NOISE, 0},
	{"ouverture", W_NOISE, 0}, {"ouverts", W_NOISE, 0}, {"horaires", W_NOISE, 0}, {"horaire", W_NOISE, 0}, {"heures d'ouverture", W_NOISE, 0},
	{"est", W_NOISE, 0}, {"sont", W_NOISE, 0}, {"au public", W_NOISE, 0}, {"nous sommes", W_NOISE, 0}, {"toute l'annee", W_NOISE, 0},
	{"sans interruption", W_NOISE, 0}, {"non stop", W_NOISE, 0}, {"en continu", W_NOISE, 0}, {"journee continue", W_NOISE, 0},
	{"la mediatheque", W_NOISE, 0}, {"la mairie", W_NOISE, 0}, {"la bibliotheque", W_NOISE, 0}, {"le lieu", W_NOISE, 0}, {"l'accueil", W_NOISE, 0},
	{"accueil", W_NOISE, 0}, {"permanences", W_NOISE, 0}, {"permanence", W_NOISE, 0}, {"mois", W_NOISE, 0},
};

static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char at(const struct scan *s, size_t i) { return i < s->n ? s->plain[i] : '\0'; }

static char plain_of(struct arena *a, str one, u32 cp)
{
	if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212)
		return '-';
	if (cp == '\n' || cp == '\r')
		return '\n';
	if (cp == 0x2022 || cp == 0xB7)
		return '|';
	str folded = utf8_fold(a, one);
	return folded.n && (u8)folded.p[0] < 0x80 ? folded.p[0] : '\1';
}

static struct scan scan_of(struct arena *a, str text)
{
	struct scan s = {.a = a, .text = text, .plain = arena_many(a, char, TEXT_MAX + 1), .cp = arena_many(a, u32, TEXT_MAX + 1),
		.at = arena_many(a, size_t, TEXT_MAX + 1)};
	str rest = text, before = text;
	while (s.n < TEXT_MAX && utf8_next(&rest, &s.cp[s.n])) {
		s.plain[s.n] = plain_of(a, str_slice(before, 0, before.n - rest.n), s.cp[s.n]);
		s.at[s.n++] = text.n - before.n;
		before = rest;
	}
	s.at[s.n] = text.n - rest.n;
	if (rest.n && s.n)
		s.plain[s.n - 1] = '\1';                 /* longer than anybody writes hours */
	return s;
}

static size_t skip_spaces(const struct scan *s, size_t i)
{
	while (at(s, i) == ' ' || at(s, i) == '\t')
		i++;
	return i;
}

/* Where the phrase ends when it stands at i, else 0. A plural s may follow. */
static size_t phrase_end(const struct scan *s, size_t i, const char *z)
{
	const char *start = z;
	for (; *z; z++) {
		if (*z == ' ') {
			size_t from = i;
			while (at(s, i) == ' ' || at(s, i) == '-')
				i++;
			if (i == from)
				return 0;
		} else if (at(s, i++) != *z) {
			return 0;
		}
	}
	if (z - start >= 4 && is_letter(z[-1]) && at(s, i) == 's')
		i += !is_letter(at(s, i + 1));
	bool cut = (is_letter(z[-1]) && is_letter(at(s, i))) || (is_digit(z[-1]) && is_digit(at(s, i)));
	return cut ? 0 : i;
}

static bool take_phrase(struct scan *s, struct word *w)
{
	size_t best = 0;
	for (size_t i = 0; i < lengthof(phrases); i++) {
		size_t end = phrase_end(s, s->i, phrases[i].text);
		if (end <= best)
			continue;
		best = end;
		w->kind = phrases[i].kind;
		w->value = phrases[i].value;
	}
	if (!best)
		return false;
	bool short_day = w->kind == W_DAY && best - s->i <= 4;
	s->i = best + (short_day && at(s, best) == '.');
	return true;
}

/* Single letters, in capitals only; M would be two days. */
static bool take_letter_day(struct scan *s, struct word *w)
{
	static const char letters[] = "LMMJVSD";
	u32 c = s->cp[s->i];
	if (c == 'M' || c > 'Z' || is_letter(at(s, s->i + 1)))
		return false;
	for (int d = 0; d < 7; d++)
		if ((u32)letters[d] == c) {
			*w = (struct word){.kind = W_DAY, .value = d};
			s->i++;
			return true;
		}
	return false;
}

/* ---- numbers and times ---- */

static size_t digits_at(const struct scan *s, size_t i, int *ret)
{
	size_t n = 0;
	*ret = 0;
	while (n < 5 && is_digit(at(s, i + n)))
		*ret = *ret * 10 + (at(s, i + n++) - '0');
	return n;
}

/* The mark of an hour at i ("h", "heures"): where it ends, or 0. `glued`: a day may follow at once, as in "19hMer". */
static size_t hour_mark(const struct scan *s, size_t i, bool glued)
{
	static const char *const words[] = {"heures", "heure", "hrs"};
	for (size_t k = 0; k < lengthof(words); k++) {
		size_t end = phrase_end(s, i, words[k]);
		if (end)
			return end;
	}
	return at(s, i) == 'h' && (glued || !is_letter(at(s, i + 1))) ? i + 1 : 0;
}

/* Minutes after an hour's mark at i; `loose`: the hour was written "9 h", so that "9 h 30" goes on. */
static size_t minutes_at(const struct scan *s, size_t i, bool loose, int *ret)
{
	int m;
	size_t gap = skip_spaces(s, i), n = digits_at(s, gap, &m);
	*ret = 0;
	if (n != 2 || m > 59 || (gap > i && !loose))
		return i;
	size_t after = skip_spaces(s, gap + 2);
	size_t stray = hour_mark(s, after, after == gap + 2);
	if (m <= 24 && stray)                            /* "9h12h": another hour */
		return i;
	*ret = m;
	return stray && stray == after + 1 ? stray : gap + 2;
}

static bool make_time(struct word *w, int hours, int minutes)
{
	*w = (struct word){.kind = hours * 60 + minutes <= 1440 ? W_TIME : W_STRANGE, .value = hours * 60 + minutes};
	return true;
}

static size_t rank_end(const struct scan *s, size_t i)
{
	static const char *const ends[] = {"er", "ere", "e", "eme", "nd"};
	for (size_t k = 0; k < lengthof(ends); k++) {
		size_t end = phrase_end(s, i, ends[k]);
		if (end)
			return end;
	}
	return 0;
}

static bool take_colon_time(struct scan *s, size_t i, int hours, struct word *w)
{
	int minutes;
	size_t n = digits_at(s, i + 1, &minutes);
	if (n != 0 && (n != 2 || minutes > 59))
		return false;
	s->i = i + 1 + n;
	if (at(s, s->i) == 'h' && !is_letter(at(s, s->i + 1)))
		s->i++;
	return make_time(w, hours, n ? minutes : 0);
}

static bool take_number(struct scan *s, struct word *w)
{
	int v, minutes;
	size_t n = digits_at(s, s->i, &v), i = s->i + n, gap = skip_spaces(s, i), mark = n <= 2 ? hour_mark(s, gap, gap == i) : 0;
	if (!n)
		return false;
	if (n <= 2 && at(s, i) == ':' && take_colon_time(s, i, v, w))
		return true;
	if (mark) {
		s->i = minutes_at(s, mark, gap > i, &minutes);
		return make_time(w, v, minutes);
	}
	size_t rank = n <= 2 ? rank_end(s, i) : 0;
	s->i = rank ? rank : i;
	*w = (struct word){.kind = rank ? W_NTH : W_NUMBER, .value = v};
	bool four = n == 4 && (v < 1900 || v >= 2100) && v % 100 % 15 == 0;   /* "1730", and no year */
	return !four || make_time(w, v / 100, v % 100);
}

/* ---- all of them ---- */

static bool take_sign(struct scan *s, struct word *w)
{
	static const struct { char c; enum word_kind kind; } signs[] = {
		{'-', W_DASH}, {'/', W_SLASH}, {',', W_COMMA}, {'(', W_COMMA}, {')', W_COMMA}, {'_', W_COMMA}, {'.', W_STOP}, {';', W_STOP}, {'|', W_STOP},
		{'>', W_STOP}, {'\n', W_STOP}, {':', W_COLON}, {'&', W_AND}, {'+', W_AND},
	};
	for (size_t i = 0; i < lengthof(signs); i++)
		if (signs[i].c == at(s, s->i)) {
			w->kind = signs[i].kind;
			size_t from = s->i++;
			while (w->kind == W_DASH && at(s, s->i) == '-')
				s->i++;
			if (s->i > from + 1)
				w->kind = W_STOP;
			return true;
		}
	return false;
}

static void take_strange(struct scan *s, struct word *w)
{
	w->kind = W_STRANGE;
	do
		s->i++;
	while (is_letter(at(s, s->i)) || at(s, s->i) == '\'' || at(s, s->i) == '\1');
}

struct words french_words(struct arena *a, str text)
{
	struct scan s = scan_of(a, text);
	struct words ret = {.v = arena_many(a, struct word, s.n + 1)};
	while ((s.i = skip_spaces(&s, s.i)) < s.n) {
		struct word w = {0};
		size_t from = s.i;
		if (!take_phrase(&s, &w) && !take_letter_day(&s, &w) && !take_number(&s, &w) && !take_sign(&s, &w))
			take_strange(&s, &w);
		w.column = from + 1;
		w.text = str_slice(text, s.at[from], s.at[s.i]);
		if (w.kind != W_NOISE)
			ret.v[ret.n++] = w;
	}
	ret.v[ret.n++] = (struct word){.kind = W_END, .column = s.n + 1, .text = S("")};
	return ret;
}

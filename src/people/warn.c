/* The detector; see warn.h. Numbers are looked for among groups of digits as people cut them, words among folded words. */
#include "people/warn.h"

#include "base/utf8.h"
#include "html/i18n.h"

#define GROUPS_MOST 400
#define NUMBER_MOST 34                           /* signs: an IBAN */

static const char *const texts[WARN_COUNT] = {
	[WARN_NIR] = N_("Cette note semble contenir un numéro de sécurité sociale. Retirez-le : rien n’en a besoin ici."),
	[WARN_CARD] = N_("Cette note semble contenir un numéro de carte bancaire. Retirez-le."),
	[WARN_IBAN] = N_("Cette note semble contenir un numéro de compte bancaire (IBAN). Retirez-le."),
	[WARN_PASSWORD] = N_("Cette note parle d’un mot de passe ou d’un code secret. Ne l’écrivez pas : aidez la personne à le changer."),
	[WARN_HEALTH] = N_("Cette note parle peut-être de santé. Écrivez ce qu’il faut prévoir, sans dire pourquoi."),
	[WARN_ORIGIN] = N_("Cette note parle peut-être de nationalité ou de séjour. Aucune règle ne s’en sert : retirez-le."),
	[WARN_TAX] = N_("Cette note parle peut-être d’impôts. Notez seulement ce que vous avez vu, et quand."),
};

const char *note_warning_text(enum note_warning w) { return texts[w]; }

/* ---- words: folded, and as beginnings when they end with "-" ---- */

static const struct { enum note_warning what; const char *word; } words[] = {
	{ WARN_PASSWORD, "mot de passe" }, { WARN_PASSWORD, "mots de passe" }, { WARN_PASSWORD, "mdp" }, { WARN_PASSWORD, "password" }, { WARN_PASSWORD,
		"code secret" },
	{ WARN_PASSWORD, "code confidentiel" }, { WARN_PASSWORD, "code pin" }, { WARN_PASSWORD, "code personnel" },
	{ WARN_HEALTH, "malad-" }, { WARN_HEALTH, "handicap-" }, { WARN_HEALTH, "mdph" }, { WARN_HEALTH, "aah" }, { WARN_HEALTH, "aeeh" }, { WARN_HEALTH,
		"invalidite" },
	{ WARN_HEALTH, "cancer-" }, { WARN_HEALTH, "chimio-" }, { WARN_HEALTH, "depressi-" }, { WARN_HEALTH, "enceinte" }, { WARN_HEALTH, "grossesse" },
		{ WARN_HEALTH, "hospital-" },
	{ WARN_HEALTH, "medicament-" }, { WARN_HEALTH, "diabet-" }, { WARN_HEALTH, "autis-" }, { WARN_HEALTH, "dyslexi-" }, { WARN_HEALTH, "psychiatr-" },
		{ WARN_HEALTH, "psycholog-" },
	{ WARN_HEALTH, "addict-" }, { WARN_HEALTH, "alcool-" }, { WARN_HEALTH, "toxico-" }, { WARN_HEALTH, "vih" }, { WARN_HEALTH, "sida" }, { WARN_HEALTH,
		"epilep-" },
	{ WARN_HEALTH, "schizo-" }, { WARN_HEALTH, "chirurg-" }, { WARN_HEALTH, "arret de travail" }, { WARN_HEALTH, "longue duree ald" },
	{ WARN_ORIGIN, "nationalite-" }, { WARN_ORIGIN, "titre de sejour" }, { WARN_ORIGIN, "sans papiers" }, { WARN_ORIGIN, "sans-papiers" }, { WARN_ORIGIN,
		"clandestin-" },
	{ WARN_ORIGIN, "demandeur d'asile" }, { WARN_ORIGIN, "demandeuse d'asile" }, { WARN_ORIGIN, "refugie-" }, { WARN_ORIGIN, "oqtf" },
	{ WARN_TAX, "numero fiscal" }, { WARN_TAX, "avis d'imposition" }, { WARN_TAX, "revenu fiscal" },
};

static bool word_sign(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (u8)c > 127; }

static bool has_word(str s, const char *word)
{
	size_t n = strlen(word);
	bool beginning = word[n - 1] == '-';
	str w = { word, n - beginning };
	for (size_t from = 0;;) {
		ptrdiff_t at = str_find(str_slice(s, from, s.n), w);
		if (at < 0)
			return false;
		size_t start = from + (size_t)at, end = start + w.n;
		if ((start == 0 || !word_sign(s.p[start - 1])) && (beginning || end == s.n || !word_sign(s.p[end]) || (s.p[end] == 's' && (end + 1 == s.n ||
			!word_sign(s.p[end + 1])))))
			return true;
		from = start + 1;
	}
}

/* ---- numbers ---- */

/* Remainder by 97 of signs where a letter counts as 10 to 35 (ISO 7064). */
static int mod97(const char *p, size_t n, int sum)
{
	for (size_t i = 0; i < n; i++) {
		int v = p[i] >= 'a' ? p[i] - 'a' + 10 : p[i] - '0';
		sum = (sum * (v > 9 ? 100 : 10) + v) % 97;
	}
	return sum;
}

static bool all_digits(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	return true;
}

/* Sex, year, month, department (2A and 2B count as 19 and 18), commune, order, key. */
static bool is_nir(const char *p, size_t n)
{
	char s[15];
	if (n != 15 || !strchr("123478", p[0]))
		return false;
	memcpy(s, p, 15);
	if (s[5] == '2' && (s[6] == 'a' || s[6] == 'b')) {
		s[5] = '1';
		s[6] = s[6] == 'a' ? '9' : '8';
	}
	int month = (s[3] - '0') * 10 + s[4] - '0';
	bool dated = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
	return all_digits(s, 15) && dated && 97 - mod97(s, 13, 0) == (s[13] - '0') * 10 + s[14] - '0';
}

static bool is_card(const char *p, size_t n)
{
	int sum = 0;
	bool length = (n == 15 && p[0] == '3' && (p[1] == '4' || p[1] == '7')) || (n >= 16 && n <= 19 && p[0] >= '2' && p[0] <= '6');
	if (!length || !all_digits(p, n))
		return false;
	for (size_t i = 0; i < n; i++) {
		int d = p[n - 1 - i] - '0';
		sum += i % 2 ? (d > 4 ? 2 * d - 9 : 2 * d) : d;
	}
	return sum % 10 == 0;
}

static bool is_iban(const char *p, size_t n)
{
	bool head = n >= 15 && n <= NUMBER_MOST && p[0] >= 'a' && p[1] >= 'a' && all_digits(p + 2, 2);
	return head && mod97(p, 4, mod97(p + 4, n - 4, 0)) == 1;
}

struct group { size_t from, to; };

/* Groups of letters and digits, and whether one goes on after a single separator. */
static size_t cut(str s, struct group *v)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < GROUPS_MOST;) {
		while (i < s.n && !word_sign(s.p[i]))
			i++;
		size_t from = i;
		while (i < s.n && word_sign(s.p[i]))
			i++;
		if (i > from)
			v[n++] = (struct group){ from, i };
	}
	return n;
}

static u32 what_is(const char *p, size_t n)
{
	return (is_nir(p, n) ? 1u << WARN_NIR : 0) | (is_card(p, n) ? 1u << WARN_CARD : 0) | (is_iban(p, n) ? 1u << WARN_IBAN : 0);
}

static u32 numbers(str s)
{
	struct group g[GROUPS_MOST];
	size_t n = cut(s, g);
	u32 found = 0;
	for (size_t i = 0; i < n; i++) {
		char number[NUMBER_MOST];
		size_t len = 0;
		for (size_t j = i; j < n && (j == i || g[j].from - g[j - 1].to == 1) && len + g[j].to - g[j].from <= sizeof number; j++) {
			memcpy(number + len, s.p + g[j].from, g[j].to - g[j].from);
			len += g[j].to - g[j].from;
			found |= what_is(number, len);
		}
	}
	return found;
}

u32 note_warnings(struct arena *a, str text)
{
	str s = utf8_fold(a, text);
	u32 found = numbers(s);
	for (size_t i = 0; i < lengthof(words); i++)
		if (has_word(s, words[i].word))
			found |= 1u << words[i].what;
	return found;
}

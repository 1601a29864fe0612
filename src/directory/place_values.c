/* Readers of single values: identifiers, codes, numbers, web and mail addresses. Dates are in place_dates.c. */
#include "directory/place_values.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "directory/place_hours.h"
#include "directory/place_terms.h"
#include "hours/hours.h"
#include "html/i18n.h"

static struct value_read good(str value) { return (struct value_read){ .value = value }; }
static struct value_read bad(const char *fault) { return (struct value_read){ .fault = fault }; }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_alnum(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool all(str s, bool (*is)(char))
{
	for (size_t i = 0; i < s.n; i++)
		if (!is(s.p[i]))
			return false;
	return s.n > 0;
}

/* s without white space of any kind, nor the ASCII characters of `drop`. */
static str without(struct arena *a, str s, const char *drop)
{
	struct buf b = buf_new(a, s.n + 1);
	str rest = s;
	for (u32 cp; utf8_next(&rest, &cp);) {
		bool space = cp <= ' ' || cp == 0xA0 || cp == 0x202F || cp == 0x200B || (cp >= 0x2000 && cp <= 0x200A);
		if (space || (cp < 0x80 && strchr(drop, (int)cp)))
			continue;
		char out[4];
		buf_put(&b, (str){ out, utf8_encode(cp, out) });
	}
	return buf_str(&b);
}

/* The digits' Luhn sum is a multiple of ten (SIRET and SIREN). */
static bool luhn(str digits)
{
	int sum = 0;
	for (size_t i = 0; i < digits.n; i++) {
		int d = digits.p[digits.n - 1 - i] - '0';
		if (i % 2)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += d;
	}
	return sum % 10 == 0;
}

static bool siret_holds(str s)
{
	if (luhn(s))
		return true;
	int sum = 0;                             /* La Poste's establishments: the plain sum is a multiple of five */
	for (size_t i = 0; i < s.n; i++)
		sum += s.p[i] - '0';
	return str_starts(s, S("356000000")) && sum % 5 == 0;
}

bool value_pivot_is_placeholder(str pivot)
{
	for (size_t i = 1; i < pivot.n; i++)
		if (pivot.p[i] != pivot.p[0])
			return str_eq(pivot, S("12345678901234")) || str_eq(pivot, S("123456789"));
	return pivot.n > 0;
}

/* The 14 digits that a longer text begins with, when they are a true SIRET. */
static str leading_siret(str s)
{
	str head = str_slice(s, 0, 14);
	return head.n == 14 && all(head, is_digit) && siret_holds(head) ? head : (str){ NULL, 0 };
}

struct value_read value_pivot(struct arena *a, str s)
{
	str v = without(a, s, ".-_'");
	struct value_read r = good(v);
	if (v.n < 9 || v.n > 14 || !all(v, is_alnum)) {
		r = bad("un SIRET a 14 chiffres, un SIREN 9, un RNA la lettre W et 9 chiffres");
		r.proposal = leading_siret(v);
		return r;
	}
	str padded = str_printf(a, "0%.*s", STR_ARG(v));
	if (value_pivot_is_placeholder(v))
		r.doubt = "numéro de remplissage : le vrai SIRET manque";
	else if (v.n == 13 && all(v, is_digit) && siret_holds(padded)) {
		r.doubt = "SIRET de 13 chiffres : il a sans doute perdu son zéro";
		r.proposal = padded;
	} else if (v.n > 10 && v.n < 14 && all(v, is_digit))
		r.doubt = "nombre de chiffres inattendu : un SIRET en a 14, un SIREN 9";
	else if (v.n == 14 && all(v, is_digit) && !siret_holds(v))
		r.doubt = "la clé de contrôle de ce SIRET est fausse";
	return r;
}

struct value_read value_postal_code(struct arena *a, str s)
{
	str v = without(a, s, ".-");
	size_t n = 0;
	while (n < v.n && is_digit(v.p[n]))
		n++;
	size_t end = v.n;
	for (size_t i = n; i < v.n; i++)
		if (is_digit(v.p[i]) && n != 5)
			end = 0;
	str digits = str_slice(v, 0, n);
	if (!end || n < 4 || n > 5 || (n == 4 && v.n > 4) || (n == 4 && digits.p[0] == '0'))
		return bad("un code postal a cinq chiffres");
	return good(n == 5 ? digits : str_printf(a, "0%.*s", STR_ARG(digits)));
}

struct value_read value_insee_code(struct arena *a, str s)
{
	str v = without(a, s, "");
	if (v.n == 4 && all(v, is_digit))
		v = str_printf(a, "0%.*s", STR_ARG(v));
	if (v.n != 5 || !is_digit(v.p[0]) || !all(str_slice(v, 2, 5), is_digit))
		return bad("un code INSEE a cinq caractères : 44109, 2A004");
	char second = v.p[1] == 'a' ? 'A' : v.p[1] == 'b' ? 'B' : v.p[1];
	bool corsica = v.p[0] == '2' && (second == 'A' || second == 'B');
	if (!corsica && (!is_digit(second) || (v.p[0] == '2' && second == '0')))
		return bad("un code INSEE a cinq caractères : 44109, 2A004");
	return good(str_printf(a, "%c%c%.*s", v.p[0], second, STR_ARG(str_slice(v, 2, 5))));
}

struct value_read value_degrees(struct arena *a, str s, double most)
{
	str v = str_replace(a, without(a, s, "+"), S(","), S("."));
	v = str_replace(a, v, S("°"), S(""));
	double d;
	if (!str_f64(v, &d)) {
		char *end;
		const char *z = str_z(a, v);
		d = v.n && v.n < 40 ? strtod(z, &end) : 0;
		bool exponent = v.n && v.n < 40 && str_find_byte(v, 'e') + str_find_byte(v, 'E') > -2;
		if (!exponent || end != z + v.n || !(d >= -most && d <= most))
			return bad("nombre attendu, en degrés décimaux : 47.21837");
		v = str_printf(a, "%.7f", d);
	}
	if (!(d >= -most && d <= most))
		return bad(most < 100 ? "une latitude va de -90 à 90" : "une longitude va de -180 à 180");
	bool minus = v.p[0] == '-';
	str body = str_slice(v, minus, v.n);
	while (body.n > 1 && body.p[0] == '0' && is_digit(body.p[1]))
		body = str_slice(body, 1, body.n);
	if (body.p[body.n - 1] == '.')
		body = str_slice(body, 0, body.n - 1);
	bool bare = body.n && body.p[0] == '.';
	return good(str_printf(a, "%s%s%.*s", minus ? "-" : "", bare ? "0" : "", STR_ARG(body)));
}

/* "exemple.org", "a.b-c.fr:8080": labels joined by dots, the last one of letters. */
static bool host_holds(str host)
{
	ptrdiff_t colon = str_find_byte(host, ':');
	if (colon >= 0) {
		str port = str_slice(host, (size_t)colon + 1, host.n);
		if (!all(port, is_digit) || port.n > 5)
			return false;
		host = str_slice(host, 0, (size_t)colon);
	}
	if (host.n > 253)
		return false;
	str label = { NULL, 0 };
	size_t labels = 0;
	for (str rest = host; str_next(&rest, '.', &label); labels++) {
		if (!label.n || label.n > 63)
			return false;
		for (size_t i = 0; i < label.n; i++)
			if (!is_alnum(label.p[i]) && label.p[i] != '-' && label.p[i] != '_' && (u8)label.p[i] < 0x80)
				return false;
	}
	return labels >= 2 && label.n >= 2 && !is_digit(label.p[0]);
}

static bool url_characters_hold(str s)
{
	str rest = s;
	for (u32 cp; utf8_next(&rest, &cp);)
		if (cp <= ' ' || cp == 0x7F || cp == 0xA0 || cp == 0xFFFD || (cp < 0x80 && strchr("<>\"{}|\\^`", (int)cp)))
			return false;
	return true;
}

struct value_read value_url(struct arena *a, str s)
{
	static const char fault[] = "adresse de site illisible : elle commence par https:// et ne contient pas d’espace";
	s = str_trim(s);
	str lower = utf8_fold(a, str_slice(s, 0, 8));
	size_t scheme = str_starts(lower, S("https://")) ? 8 : str_starts(lower, S("http://")) ? 7 : 0;
	str rest = str_slice(s, scheme, s.n);
	size_t end = 0;
	while (end < rest.n && !strchr("/?#", rest.p[end]))
		end++;
	str host = str_slice(rest, 0, end);
	if (!url_characters_hold(rest) || str_find_byte(host, '@') >= 0 || !host_holds(host))
		return bad(str_find_byte(s, '@') > 0 && !scheme ? "ceci ressemble à un courriel, pas à un site" : fault);
	if (scheme)
		return good(str_printf(a, "%s%.*s", scheme == 8 ? "https://" : "http://", STR_ARG(rest)));
	return good(str_printf(a, "https://%.*s", STR_ARG(s)));
}

/* What an address without its @ was meant to be, when it ends with a known provider; absent otherwise. */
static str mail_proposal(struct arena *a, str s)
{
	static const char *const providers[] = { "gmail.com", "orange.fr", "wanadoo.fr", "laposte.net", "free.fr", "hotmail.fr" };
	for (size_t i = 0; i < lengthof(providers); i++) {
		str provider = str_c(providers[i]);
		if (!str_ends(s, provider) || s.n <= provider.n + 1)
			continue;
		str name = str_slice(s, 0, s.n - provider.n);
		if (name.p[name.n - 1] == '.')
			name = str_slice(name, 0, name.n - 1);
		return str_printf(a, "%.*s@%s", STR_ARG(name), providers[i]);
	}
	return (str){ NULL, 0 };
}

static bool all_among(str s, const char *others)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && !strchr(others, s.p[i]))
			return false;
	return true;
}

/* Takes off what surrounds an address in a sentence. */
static str mail_bared(str s)
{
	s = str_trim(s);
	if (str_starts(s, S("mailto:")))
		s = str_slice(s, 7, s.n);
	while (s.n && strchr(".;,>)", s.p[s.n - 1]))
		s = str_slice(s, 0, s.n - 1);
	while (s.n && strchr("<(", s.p[0]))
		s = str_slice(s, 1, s.n);
	return s;
}

struct value_read value_mail(struct arena *a, str s)
{
	s = mail_bared(s);
	struct value_read r = bad("courriel illisible : il s’écrit nom@exemple.org");
	ptrdiff_t at = str_find_byte(s, '@');
	if (at < 0) {
		r.proposal = mail_proposal(a, s);
		return r;
	}
	str name = str_slice(s, 0, (size_t)at), host = str_slice(s, (size_t)at + 1, s.n);
	if (!all_among(name, ".!#$%&'*+-/=?^_{}~") || !all_among(host, ".-"))
		return r;
	if (!name.n || name.n > 64 || name.p[0] == '.' || !host_holds(host))
		return r;
	return good(s);
}

struct value_read value_yes_no(struct arena *a, str s)
{
	static const char *const yes[] = { "oui", "o", "true", "vrai", "1", "x", "yes", "y" };
	static const char *const no[] = { "non", "n", "false", "faux", "0", "no" };
	str key = place_term_key(a, s);
	for (size_t i = 0; i < lengthof(yes); i++)
		if (str_eq(key, str_c(yes[i])))
			return good(S("oui"));
	for (size_t i = 0; i < lengthof(no); i++)
		if (str_eq(key, str_c(no[i])))
			return good(S("non"));
	return bad("réponse attendue : oui ou non");
}

struct value_read value_hours(struct arena *a, str s)
{
	str v;
	size_t at;
	struct hours_error error;
	if (place_hours_read(a, s, &v, &at))
		return good(v);
	if (hours_from_french(a, s, &v, &error) == OK)
		return hours_lack_days(v) ? bad(N_("à quels jours vont ces heures ? Par exemple : « du lundi au vendredi de 9 h à 12 h »")) : good(v);
	str from = str_slice(str_trim(s), at, str_trim(s).n);
	str seen = from.n ? utf8_prefix(from, 24) : S("la fin");
	return bad(str_z(a, str_printf(a, "horaires illisibles à partir de « %.*s » : la forme attendue est "
		"« du lundi au vendredi de 9 h à 12 h », ou celle d’OpenStreetMap : Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00",
		STR_ARG(seen))));
}

str value_text(struct arena *a, str s)
{
	s = str_trim(s);
	bool clean = true;
	for (size_t i = 0; i < s.n && clean; i++)
		clean = ((u8)s.p[i] >= ' ' && s.p[i] != 0x7F) || s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t';
	if (clean)
		return s;
	struct buf b = buf_new(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (((u8)s.p[i] >= ' ' && s.p[i] != 0x7F) || s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t')
			buf_byte(&b, s.p[i]);
	return str_trim(buf_str(&b));
}

bool value_is_nothing(struct arena *a, str s)
{
	static const char *const nothings[] = {
		"", "nd", "null", "na", "nan", "none", "missing", "nc", "nonrenseigne", "noncommunique", "nonconcerne", "neant", "undefined",
	};
	if (s.n > 24)
		return false;
	str key = place_term_key(a, s);
	for (size_t i = 0; i < lengthof(nothings); i++)
		if (str_eq(key, str_c(nothings[i])))
			return true;
	return false;
}

/* Where postal codes are: south, north, west, east, a little wider than the land. */
static const struct { const char *prefix; double south, north, west, east; } territories[] = {
	{ "971", 15.7, 18.2, -63.3, -60.9 },     /* Guadeloupe, Saint-Martin, Saint-Barthélemy */
	{ "972", 14.2, 15.0, -61.4, -60.7 },     /* Martinique */
	{ "973", 2.0, 6.0, -54.8, -51.4 },       /* Guyane */
	{ "974", -21.6, -20.7, 55.0, 56.0 },     /* La Réunion */
	{ "975", 46.6, 47.3, -56.6, -56.0 },     /* Saint-Pierre-et-Miquelon */
	{ "976", -13.2, -12.5, 44.9, 45.4 },     /* Mayotte */
	{ "977", 17.7, 18.1, -63.1, -62.6 },     /* Saint-Barthélemy */
	{ "978", 17.9, 18.3, -63.3, -62.9 },     /* Saint-Martin */
	{ "986", -14.5, -13.0, -178.4, -175.9 }, /* Wallis-et-Futuna */
	{ "987", -28.0, -7.5, -155.0, -134.0 },  /* Polynésie française */
	{ "988", -23.2, -17.5, 157.5, 172.5 },   /* Nouvelle-Calédonie */
	{ "", 41.2, 51.3, -5.3, 9.7 },           /* metropolitan France, Monaco */
};

static bool within(size_t i, double lat, double lon)
{
	return lat >= territories[i].south && lat <= territories[i].north && lon >= territories[i].west && lon <= territories[i].east;
}

enum where value_where(double lat, double lon, str postal_code)
{
	size_t home = 0;
	while (territories[home].prefix[0] && !str_starts(postal_code, str_c(territories[home].prefix)))
		home++;
	if (within(home, lat, lon))
		return WHERE_THERE;
	if (within(home, lon, lat))
		return WHERE_SWAPPED;
	for (size_t i = 0; i < lengthof(territories); i++)
		if (within(i, lat, lon))
			return WHERE_ELSEWHERE_IN_FRANCE;
	return WHERE_NOT_IN_FRANCE;
}

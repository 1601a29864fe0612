/* The words of a charter; see text.h. What would not be printed as it is written (raw HTML, images) is refused, so that nobody signs a text that
 * they did not see. */
#include "charter/text.h"

#include <glib.h>
#include <sodium.h>

#include "base/utf8.h"

const struct charter_blank_words charter_blanks[CB_COUNT] = {
	[CB_FAMILY] = { "famille", N_("les adultes du foyer") },
	[CB_SCHOOL] = { "ecole", N_("l’école de l’enfant") },
	[CB_ASSOCIATION] = { "association", N_("l’association qui accompagne les familles de cette école") },
	[CB_CITY] = { "ville", N_("la ville") },
	[CB_ORGANISATION] = { "organisation", N_("qui conduit la campagne") },
	[CB_CAMPAIGN] = { "campagne", N_("la campagne") },
	[CB_NUMBER] = { "nombre", N_("combien d’ordinateurs") },
	[CB_FILE] = { "dossier", N_("le numéro du dossier") },
};

/* ---- the canonical form ---- */

static str composed(struct arena *a, str s)
{
	char *made = g_utf8_normalize(s.p, (gssize)s.n, G_NORMALIZE_NFC);
	str ret = made ? str_copy(a, str_c(made)) : s;
	g_free(made);
	return ret;
}

static str without_end(str line)
{
	while (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t' || line.p[line.n - 1] == '\r'))
		line.n--;
	return line;
}

str charter_canonical(struct arena *a, str typed)
{
	str rest = typed.n ? composed(a, str_replace(a, typed, S("\r\n"), S("\n"))) : S(""), line;
	struct buf out = buf_new(a, rest.n + 2);
	size_t empty = 0;
	rest = str_replace(a, rest, S("\r"), S("\n"));
	while (str_next(&rest, '\n', &line)) {
		line = without_end(line);
		if (!line.n) {
			empty++;
			continue;
		}
		for (; out.n && empty; empty--)
			buf_byte(&out, '\n');
		empty = 0;
		buf_put(&out, line);
		buf_byte(&out, '\n');
	}
	return buf_str(&out);
}

/* ---- what it may hold ---- */

static bool blank_of(str name, enum charter_blank *ret)
{
	for (enum charter_blank b = 0; b < CB_COUNT; b++)
		if (str_eq(name, str_c(charter_blanks[b].name))) {
			*ret = b;
			return true;
		}
	return false;
}

/* The name of the blank that begins at a '{'; absent when it is not closed on its line. */
static str blank_at(str from)
{
	ptrdiff_t end = str_find_byte(from, '}'), line = str_find_byte(from, '\n');
	return end > 0 && (line < 0 || end < line) ? str_slice(from, 1, (size_t)end) : (str){ 0 };
}

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* What is wrong at this place of a line; absent: nothing. */
static str wrong_at(const struct view *v, str line, size_t i)
{
	str from = str_slice(line, i, line.n), name = blank_at(from);
	enum charter_blank b;
	char next = i + 1 < line.n ? line.p[i + 1] : ' ';
	if (line.p[i] == '{' && !name.p)
		return _f("une accolade qui n’est pas fermée : un blanc s’écrit {1}", S("{famille}"));
	if (line.p[i] == '{' && !blank_of(name, &b))
		return _f("« {1} » n’est pas un blanc connu", str_printf(v->a, "{%.*s}", STR_ARG(utf8_prefix(name, 30))));
	if (line.p[i] == '<' && (letter(next) || next == '/' || next == '!' || next == '?'))
		return _("une balise : elle ne serait pas imprimée, et la famille signerait un texte qu’elle ne voit pas");
	if (line.p[i] == '!' && next == '[')
		return _("une image : la charte n’en porte pas");
	if (i == 0 && line.p[i] == '#' && next == ' ')
		return _("un titre de page (« # ») : la feuille en a déjà un ; les parties commencent par « ## »");
	return (str){ 0 };
}

str charter_fault(const struct view *v, str body)
{
	str rest = body, line;
	if (!body.n)
		return _("Écrivez le texte de la charte.");
	for (i64 number = 1; str_next(&rest, '\n', &line); number++)
		for (size_t i = 0; i < line.n; i++) {
			str wrong = wrong_at(v, line, i);
			if (wrong.p)
				return _f("Ligne {1}, colonne {2} : {3}.", str_printf(v->a, "%lld", (long long)number),
					str_printf(v->a, "%zu", utf8_length(str_slice(line, 0, i)) + 1), wrong);
		}
	return (str){ 0 };
}

/* ---- filling ---- */

static void put_escaped(struct buf *out, str value)
{
	static const char signs[] = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];
		if (strchr(signs, c) && c)
			buf_byte(out, '\\');
		buf_byte(out, (unsigned char)c < ' ' ? ' ' : c);
	}
}

str charter_fill(struct arena *a, str body, enum lang lang, const struct charter_values *values)
{
	struct buf out = buf_new(a, body.n + (size_t)200000);
	bool name_mark = lang == LANG_EN || lang == LANG_AR;
	for (size_t i = 0; i < body.n; i++) {
		enum charter_blank b;
		str name = body.p[i] == '{' ? blank_at(str_slice(body, i, body.n)) : (str){ 0 };
		if (!name.p || !blank_of(name, &b)) {
			buf_byte(&out, body.p[i]);
			continue;
		}
		bool named = name_mark && b != CB_NUMBER && b != CB_FILE;
		buf_put(&out, named ? S("*") : S(""));
		put_escaped(&out, values->v[b]);
		buf_put(&out, named ? S("*") : S(""));
		i += name.n + 1;
	}
	return buf_str(&out);
}

/* ---- hashes ---- */

void charter_hash_of(str bytes, u8 ret[CHARTER_HASH])
{
	static_assert(crypto_hash_sha256_BYTES == CHARTER_HASH, "SHA-256");
	crypto_hash_sha256(ret, (const unsigned char *)(bytes.p ? bytes.p : ""), bytes.n);
}

str charter_hash_words(struct arena *a, str hash, bool short_)
{
	struct buf b = buf_new(a, 200);
	size_t n = short_ && hash.n > 8 ? 8 : hash.n;
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%02x", i && i % 2 == 0 ? " " : "", (unsigned)(unsigned char)hash.p[i]);
	return buf_str(&b);
}

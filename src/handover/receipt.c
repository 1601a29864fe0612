/* See receipt.h. */
#include "handover/receipt.h"

#include "base/buf.h"
#include <sodium.h>

static const struct { const char *key, *label; } fields[RECEIPT_FIELDS] = {
	[R_NUMBER] = { "numero", "Reçu n°" },
	[R_DAY] = { "jour", "Remis le" },
	[R_ORGANISATION] = { "par", "Remis par" },
	[R_AGENT] = { "agent", "Pour l’organisation" },
	[R_FAMILY] = { "famille", "Reçu par" },
	[R_FILE] = { "dossier", "Dossier" },
	[R_CAMPAIGN] = { "campagne", "Campagne" },
	[R_DEVICE] = { "poste", "Ordinateur" },
	[R_FACTS] = { "details", "Ce qu’il est" },
	[R_LABEL] = { "etiquette", "Étiquette" },
	[R_SERIAL] = { "serie", "N° de série" },
	[R_OWNER] = { "proprietaire", "Il appartient à" },
	[R_TITLE] = { "titre", "À quel titre" },
	[R_TERMS] = { "conditions", "Ce qui est convenu" },
	[R_ACCESSORIES] = { "accessoires", "Accessoires" },
	[R_SEEN] = { "etat", "État vu ensemble" },
	[R_CHARTER] = { "charte", "Charte signée le" },
	[R_WORKSHOP] = { "atelier", "Premier atelier" },
	[R_HELP] = { "aide", "En cas de panne" },
};

const struct receipt_lines *receipt_lines(const struct view *v, const struct receipt *r)
{
	struct receipt_lines *l = arena_one(v->a, struct receipt_lines);
	l->v = arena_many(v->a, struct receipt_line, RECEIPT_FIELDS);
	for (enum receipt_field f = 0; f < RECEIPT_FIELDS; f++)
		if (r->f[f].n)
			l->v[l->n++] = (struct receipt_line){ str_c(fields[f].label), r->f[f] };
	return l;
}

str receipt_text(struct arena *a, const struct receipt *r)
{
	struct buf b = buf_new(a, 16 << 10);
	for (enum receipt_field f = 0; f < RECEIPT_FIELDS; f++)
		buf_printf(&b, "%s: %.*s\n", fields[f].key, STR_ARG(str_replace(a, r->f[f], S("\n"), S(" "))));
	return buf_str(&b);
}

static str hash_of(struct arena *a, str text)
{
	u8 h[32];
	char *hex = arena_alloc(a, 2 * sizeof h + 1);
	crypto_generichash(h, sizeof h, (const u8 *)text.p, text.n, NULL, 0);
	sodium_bin2hex(hex, 2 * sizeof h + 1, h, sizeof h);
	return (str){ hex, 2 * sizeof h };
}

void receipt_read(struct arena *a, str text, struct receipt *ret)
{
	str rest = text, line;
	for (enum receipt_field f = 0; f < RECEIPT_FIELDS; f++)
		ret->f[f] = S("");
	while (rest.n && str_next(&rest, '\n', &line)) {
		ptrdiff_t at = str_find(line, S(": "));
		for (enum receipt_field f = 0; at > 0 && f < RECEIPT_FIELDS; f++)
			if (str_eq(str_slice(line, 0, (size_t)at), str_c(fields[f].key)))
				ret->f[f] = str_slice(line, (size_t)at + 2, SIZE_MAX);
	}
	ret->hash = hash_of(a, text);
}

struct vault_own receipt_item(struct arena *a, i64 household_id, str key, i64 handover_id, str value)
{
	return (struct vault_own){ { str_printf(a, "household:key:%lld", (long long)household_id), key },
		{ str_printf(a, "handover:receipt:%lld", (long long)handover_id), value } };
}

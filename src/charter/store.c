/* Copies of what was signed, and documents to print: what they are is read from their bytes, and those are kept in parts, each sealed under the
 * household's key: erasing the household makes them unreadable in the same instant. */
#include "charter/pages.h"

#include "db/id.h"

#define PART_BYTES ((size_t)38000)               /* a message to the vault holds one */
#define ROOM ((size_t)2 << 20)                   /* of one question and its answer */

const struct charter_type_words charter_types[CT_COUNT] = {
	[CT_PDF] = { "pdf", "application/pdf", "pdf" }, [CT_JPEG] = { "jpeg", "image/jpeg", "jpg" }, [CT_PNG] = { "png", "image/png", "png" },
};

struct vault_own charter_own(struct arena *a, const struct charter_act_row *act, const char *column, i64 id, str value)
{
	return (struct vault_own){ { str_printf(a, "household:key:%lld", (long long)act->household_id), act->key_enc },
		{ str_printf(a, "%s:%lld", column, (long long)id), value } };
}

/* ---- what a file is ---- */

static str tail(str s, size_t n) { return s.n > n ? str_slice(s, s.n - n, s.n) : s; }

/* What a paper that was scanned never has. */
static bool acts_by_itself(str pdf)
{
	static const char *const names[] = { "/JavaScript", "/Launch", "/EmbeddedFile", "/RichMedia" };
	for (size_t i = 0; i < lengthof(names); i++)
		if (str_find(pdf, str_c(names[i])) >= 0)
			return true;
	return false;
}

bool charter_type_of(str bytes, enum charter_type *ret, const char **ret_why)
{
	*ret_why = N_("Ce fichier n’est pas un PDF, ni une photo JPEG ou PNG. Scannez la feuille, ou photographiez-la.");
	if (str_starts(bytes, S("%PDF-1.")) || str_starts(bytes, S("%PDF-2."))) {
		*ret = CT_PDF;
		if (str_find(tail(bytes, 2048), S("%%EOF")) < 0)
			*ret_why = N_("Ce PDF est coupé : sa fin manque. Enregistrez-le à nouveau.");
		else if (acts_by_itself(bytes))
			*ret_why = N_("Ce PDF contient un programme ou un autre fichier. Imprimez-le et scannez la feuille.");
		else
			return true;
		return false;
	}
	if (str_starts(bytes, S("\xFF\xD8\xFF"))) {
		*ret = CT_JPEG;
		*ret_why = N_("Cette photo est coupée : sa fin manque. Enregistrez-la à nouveau.");
		return str_find(tail(bytes, 4096), S("\xFF\xD9")) >= 0;
	}
	if (str_starts(bytes, S("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"))) {
		*ret = CT_PNG;
		*ret_why = N_("Cette photo est coupée : sa fin manque. Enregistrez-la à nouveau.");
		return str_find(tail(bytes, 64), S("IEND")) >= 0;
	}
	return false;
}

/* ---- sealed parts ---- */

enum err charter_seal_file(struct arena *a, const struct vault_asker *vault, const struct charter_act_row *act, enum charter_type type, str bytes,
	struct charter_sealed *ret)
{
	cleanup(arena_freep) struct arena *room = arena_new(ROOM);
	struct vault_asker asker = *vault;
	asker.a = room;
	*ret = (struct charter_sealed){ .id = id_new(), .type = type, .size = (i64)bytes.n, .parts = arena_many(a, str, bytes.n / PART_BYTES + 1),
		.part_ids = arena_many(a, i64, bytes.n / PART_BYTES + 1) };
	for (size_t at = 0; at < bytes.n; at += PART_BYTES, ret->n++) {
		str sealed;
		ret->part_ids[ret->n] = id_new();
		struct vault_own item = charter_own(room, act, "charter_part:content", ret->part_ids[ret->n], str_slice(bytes, at, at + PART_BYTES));
		try(vault_seal_own(&asker, &item, 1, &sealed));
		ret->parts[ret->n] = str_copy(a, sealed);
		arena_reset(room);
	}
	return OK;
}

enum err charter_file_keep(struct db *db, const struct charter_act_row *act, const char *kind, const struct charter_sealed *s, i64 user_id)
{
	try(charter_file_put(db, s->id, act->id, str_c(kind), str_c(charter_types[s->type].code), s->size, user_id, now_ms()));
	for (size_t i = 0; i < s->n; i++)
		try(charter_part_put(db, s->part_ids[i], s->id, (i64)i, s->parts[i]));
	return OK;
}

enum err charter_file_open(struct db *db, struct arena *a, const struct vault_asker *vault, str purpose, const struct charter_act_row *act,
	i64 file_id, str *ret)
{
	cleanup(arena_freep) struct arena *room = arena_new(ROOM);
	struct vault_asker asker = *vault;
	struct charter_part_row_list parts;
	asker.a = room;
	try(charter_parts(db, file_id, &parts));
	struct buf out = buf_new(a, CHARTER_COPY_MAX * 2);
	for (size_t i = 0; i < parts.n; i++) {
		str clear;
		struct vault_own item = charter_own(room, act, "charter_part:content", parts.v[i].id, parts.v[i].content_enc);
		try(vault_open_own(&asker, purpose, &item, 1, &clear));
		buf_put(&out, clear);
		arena_reset(room);
	}
	*ret = buf_str(&out);
	return parts.n && !out.full ? OK : NOT_FOUND;
}

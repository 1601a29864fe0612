/* What a list holds, sealed and opened: under its own key, which is destroyed to erase it. */
#include "lists/pages.h"

#include "base/pack.h"

#define PIECE ((size_t)36000)                    /* bytes of the file in one message to the vault */

static struct vault_item key_item(struct arena *a, i64 id, str key)
{
	return (struct vault_item){ str_printf(a, "family_list:key:%lld", (long long)id), key };
}

static struct vault_own piece_item(struct arena *a, i64 id, str key, i64 number, str value)
{
	return (struct vault_own){ key_item(a, id, key), { str_printf(a, "family_list_piece:piece:%lld:%lld", (long long)id, (long long)number), value } };
}

static struct vault_own row_item(struct arena *a, const struct list_line *l, i64 number, str value)
{
	return (struct vault_own){ key_item(a, l->id, l->key_enc), { str_printf(a, "family_list_row:cells:%lld:%lld", (long long)l->id, (long long)number), value } };
}

/* ---- the file ---- */

enum err list_seal_file(const struct vault_asker *vault, i64 id, str content, struct list_sealed *ret)
{
	size_t n = (content.n + PIECE - 1) / PIECE;
	struct vault_own *items = arena_many(vault->a, struct vault_own, n + 1);
	str at = key_item(vault->a, id, S("")).at;
	*ret = (struct list_sealed){ .pieces = arena_many(vault->a, str, n + 1), .n = n };
	try(vault_keys_new(vault, &at, 1, &ret->key));
	for (size_t i = 0; i < n; i++)
		items[i] = piece_item(vault->a, id, ret->key, (i64)i, str_slice(content, i * PIECE, (i + 1) * PIECE));
	return vault_seal_own(vault, items, n, ret->pieces);
}

enum err list_open_file(struct db *db, const struct vault_asker *vault, const struct list_line *l, str *ret)
{
	struct list_piece_list rows;
	struct buf b = buf_new(vault->a, LIST_FILE_MAX + PIECE);
	try(list_pieces(db, l->id, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct vault_own item = piece_item(vault->a, l->id, l->key_enc, rows.v[i].number, rows.v[i].piece_enc);
		str clear;
		try(vault_open_own(vault, S("a list of families"), &item, 1, &clear));
		buf_put(&b, clear);
	}
	*ret = buf_str(&b);
	return b.full ? INTERNAL : OK;
}

/* ---- rows ---- */

enum err list_seal_rows(const struct vault_asker *vault, const struct list_line *l, const struct list_rows *rows, size_t first, str *ret)
{
	struct vault_own *items = arena_many(vault->a, struct vault_own, rows->n + 1);
	for (size_t i = 0; i < rows->n; i++) {
		struct buf b = buf_new(vault->a, (size_t)LIST_COLUMNS * (LIST_CELL_MAX + 16) + 64);
		pack_i64(&b, (i64)rows->v[i].n);
		for (size_t k = 0; k < rows->v[i].n; k++)
			pack_str(&b, rows->v[i].v[k]);
		items[i] = row_item(vault->a, l, (i64)(first + i), buf_str(&b));
	}
	return vault_seal_own(vault, items, rows->n, ret);
}

static enum err unpack_row(struct arena *a, str packed, struct list_row *ret)
{
	struct unpack u = { .rest = packed };
	i64 n = unpack_i64(&u);
	if (n < 0 || n > LIST_COLUMNS)
		return INTERNAL;
	ret->v = arena_many(a, str, (size_t)n + 1);
	ret->n = (size_t)n;
	for (size_t i = 0; i < ret->n; i++)
		ret->v[i] = unpack_str(&u);
	return unpack_done(&u) ? OK : INTERNAL;
}

enum err list_open_rows(const struct vault_asker *vault, const struct list_line *l, str purpose, const struct list_row_line_list *rows, struct list_rows *ret)
{
	struct vault_own *items = arena_many(vault->a, struct vault_own, rows->n + 1);
	str *opened = arena_many(vault->a, str, rows->n + 1);
	size_t n = 0;
	*ret = (struct list_rows){ arena_many(vault->a, struct list_row, rows->n + 1), rows->n };
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].cells_enc.p)
			items[n++] = row_item(vault->a, l, rows->v[i].number, rows->v[i].cells_enc);
	try(n ? vault_open_own(vault, purpose, items, n, opened) : OK);
	n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		ret->v[i].line = rows->v[i].line;
		if (rows->v[i].cells_enc.p)
			try(unpack_row(vault->a, opened[n++], &ret->v[i]));
	}
	return OK;
}

/* ---- texts ---- */

static struct vault_own text_item(struct arena *a, const struct list_line *l, const char *what, str value)
{
	return (struct vault_own){ key_item(a, l->id, l->key_enc), { str_printf(a, "family_list:%s:%lld", what, (long long)l->id), value } };
}

enum err list_seal_text(const struct vault_asker *vault, const struct list_line *l, const char *what, str text, str *ret)
{
	struct vault_own item = text_item(vault->a, l, what, text);
	return vault_seal_own(vault, &item, 1, ret);
}

enum err list_open_text(const struct vault_asker *vault, const struct list_line *l, const char *what, str sealed, str *ret)
{
	struct vault_own item = text_item(vault->a, l, what, sealed);
	*ret = S("");
	return sealed.p ? vault_open_own(vault, S("a list of families"), &item, 1, ret) : OK;
}

enum err list_columns_of(const struct vault_asker *vault, const struct list_line *l, struct list_columns *ret)
{
	str head, rest, one;
	i64 never;
	*ret = (struct list_columns){ .named = true, .adults = str_eq(l->named, S("adult")) };
	try(list_open_text(vault, l, "head", l->head_enc, &head));
	for (rest = head; ret->n < LIST_COLUMNS && l->fields.n && str_next(&rest, '\n', &one); ret->n++)
		ret->name[ret->n] = one;
	rest = l->fields;
	for (size_t i = 0; i < ret->n && str_next(&rest, ' ', &one); i++)
		ret->field[i] = list_field_of(one);
	rest = l->never;
	for (size_t i = 0; i < ret->n && str_next(&rest, ' ', &one); i++)
		ret->never[i] = str_i64(one, &never) && never > LN_NONE && never < LN_COUNT ? (enum list_never)never : LN_NONE;
	return OK;
}

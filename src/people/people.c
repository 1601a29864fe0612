/* Households and persons: reading, opening, sealing, writing, erasing; see people.h. */
#include "people/people.h"

#include <sodium.h>

#include "base/code.h"
#include "base/phone.h"
#include "base/timex.h"
#include "db/id.h"
#include "gazetteer/gazetteer.h"
#include "people/find.h"
#include "people/people_sql.h"

#define PUBLIC_GROUPS 3                          /* of four signs: 60 bits */
#define BIRTH_YEAR_CHARS 8

static const char *const columns[6] = { "given", "family", "birth_year", "phone", "mail", "school" };

static str at(struct arena *a, const char *table, const char *column, i64 id)
{
	return str_printf(a, "%s:%s:%lld", table, column, (long long)id);
}

/* ---- reading ---- */

static struct person person_of(const struct person_row *r)
{
	return (struct person){ .id = r->id, .household_id = r->household_id, .public_id = r->public_id, .child = str_eq(r->kind, S("child")), .key = r->key_enc,
		.class_ = r->class, .language = r->language, .channel = r->channel, .created_at = r->created_at,
		.sealed = { r->given_enc, r->family_enc, r->birth_year_enc, r->phone_enc, r->mail_enc, r->school_enc } };
}

static struct household household_of(const struct household_row *r)
{
	return (struct household){ .id = r->id, .organisation_id = r->organisation_id, .version = r->version, .public_id = r->public_id,
		.district_code = r->district_code, .district = r->district, .priority_area_code = r->priority_area_code, .priority_area = r->priority_area,
		.areas_on = r->areas_on, .school = r->ground_school != 0, .rights = r->ground_rights != 0, .origin = r->origin, .contact_at = r->contact_at,
		.notice_at = r->notice_at, .created_at = r->created_at, .keep_until = r->keep_until, .card_number = r->card_number,
		.erased = r->erased_at.set, .card = r->card_good != 0, .merged_into = r->merged_into.v, .key = r->key_enc, .sealed_address = r->address_enc };
}

/* Those of rows in order of id, each with its persons: two statements, however many. */
static enum err with_persons(struct db *db, const struct household_row *v, size_t n, struct household *ret)
{
	struct person_row_list rows;
	i64 *ids = arena_many(db_arena(db), i64, n + 1);
	for (size_t i = 0; i < n; i++) {
		ret[i] = household_of(&v[i]);
		ids[i] = v[i].id;
	}
	try(persons_of(db, ids_json(db_arena(db), ids, n, 1), &rows));
	struct person *persons = arena_many(db_arena(db), struct person, rows.n + 1);
	for (size_t i = 0, at = 0; i < n; i++)
		for (ret[i].persons = persons + at; at < rows.n && rows.v[at].root == ret[i].id; at++)
			ret[i].persons[ret[i].n++] = person_of(&rows.v[at]);
	return OK;
}

enum err household_named(struct db *db, str public_id, struct household *ret)
{
	struct household_row row;
	try(household_by_public(db, public_id, &row));
	return with_persons(db, &row, 1, ret);
}

enum err household_get(struct db *db, i64 id, struct household *ret)
{
	return households_get(db, &id, 1, ret);
}

static int by_id(const void *a, const void *b)
{
	i64 x = ((const struct household *)a)->id, y = ((const struct household *)b)->id;
	return x < y ? -1 : x > y;
}

enum err households_get(struct db *db, const i64 *ids, size_t n, struct household *ret)
{
	struct household_row_list rows;
	if (!n)
		return OK;
	try(households_by_ids(db, ids_json(db_arena(db), ids, n, 1), &rows));
	struct household *all = arena_many(db_arena(db), struct household, rows.n + 1);
	try(with_persons(db, rows.v, rows.n, all));
	for (size_t i = 0; i < n; i++) {
		const struct household *h = bsearch(&(struct household){ .id = ids[i] }, all, rows.n, sizeof *all, by_id);
		if (!h)
			return NOT_FOUND;
		ret[i] = *h;
	}
	return OK;
}

/* ---- opening ---- */

static struct vault_item household_key(struct arena *a, const struct household *h)
{
	return (struct vault_item){ at(a, "household", "key", h->id), h->key };
}

static struct vault_own address_item(struct arena *a, const struct household *h, str value)
{
	return (struct vault_own){ household_key(a, h), { at(a, "household", "address", h->id), value } };
}

static void person_items(struct arena *a, const struct person *p, const str value[6], struct vault_own ret[6])
{
	struct vault_item key = { at(a, "person", "key", p->id), p->key };
	for (size_t i = 0; i < lengthof(columns); i++)
		ret[i] = (struct vault_own){ key, { at(a, "person", columns[i], p->id), value[i] } };
}

static void take(struct person *p, const str opened[6])
{
	p->given = opened[0];
	p->family = opened[1];
	if (!str_i64(opened[2], &p->birth_year))
		p->birth_year = 0;
	p->phone = opened[3];
	p->mail = opened[4];
	p->school = opened[5];
}

enum err household_open(const struct vault_asker *vault, str purpose, struct household *const *v, size_t n)
{
	size_t all = 0, k = 0;
	for (size_t i = 0; i < n; i++)
		all += v[i]->erased ? 0 : 1 + 6 * v[i]->n;
	struct vault_own *items = arena_many(vault->a, struct vault_own, all + 1);
	str *opened = arena_many(vault->a, str, all + 1);
	for (size_t i = 0; i < n; i++) {
		if (v[i]->erased)
			continue;
		items[k++] = address_item(vault->a, v[i], v[i]->sealed_address);
		for (size_t j = 0; j < v[i]->n; j++, k += 6)
			person_items(vault->a, &v[i]->persons[j], v[i]->persons[j].sealed, items + k);
	}
	try(vault_open_own(vault, purpose, items, k, opened));
	k = 0;
	for (size_t i = 0; i < n; i++) {
		if (v[i]->erased)
			continue;
		v[i]->address = opened[k++];
		for (size_t j = 0; j < v[i]->n; j++, k += 6)
			take(&v[i]->persons[j], opened + k);
	}
	return OK;
}

enum err household_open_names(const struct vault_asker *vault, str purpose, struct household *const *v, size_t n)
{
	size_t all = 0, k = 0;
	for (size_t i = 0; i < n; i++)
		all += 2 * v[i]->n;
	struct vault_own *items = arena_many(vault->a, struct vault_own, all + 6);
	str *opened = arena_many(vault->a, str, all + 1);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < v[i]->n; j++) {
			const struct person *p = &v[i]->persons[j];
			struct vault_own both[6];
			person_items(vault->a, p, p->sealed, both);
			items[k++] = both[0];
			if (!p->child)
				items[k++] = both[1];
		}
	try(vault_open_own(vault, purpose, items, k, opened));
	k = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < v[i]->n; j++) {
			struct person *p = &v[i]->persons[j];
			p->given = opened[k++];
			p->family = p->child ? S("") : opened[k++];
		}
	return OK;
}

str household_name(struct arena *a, const struct household *h)
{
	str names[PERSONS_MOST];
	size_t n = 0;
	bool adults = false;
	for (size_t i = 0; i < h->n; i++)
		adults |= !h->persons[i].child;
	for (size_t i = 0; i < h->n && n < lengthof(names); i++) {
		const struct person *p = &h->persons[i];
		if (p->child != adults)
			names[n++] = str_trim(str_printf(a, "%.*s %.*s", STR_ARG(p->given), STR_ARG(p->family)));
	}
	return str_join(a, names, n, S(", "));
}

str household_phone(const struct household *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->persons[i].phone.n)
			return h->persons[i].phone;
	return S("");
}

/* ---- sealing ---- */

static str new_public_id(struct arena *a)
{
	char bits[4 * PUBLIC_GROUPS];
	randombytes_buf(bits, sizeof bits);
	return code_of_bits(a, (str){ bits, sizeof bits }, PUBLIC_GROUPS);
}

static enum err key_for(const struct vault_asker *vault, const char *table, i64 id, str *key)
{
	str place = at(vault->a, table, "key", id);
	return key->p ? OK : vault_keys_new(vault, &place, 1, key);
}

enum err household_seal(const struct vault_asker *vault, struct household *h, struct sealed_household *ret)
{
	if (!h->id) {
		h->id = id_new();
		h->public_id = new_public_id(vault->a);
	}
	try(key_for(vault, "household", h->id, &h->key));
	struct vault_own item = address_item(vault->a, h, h->address);
	*ret = (struct sealed_household){ .h = h, .key = h->key };
	return vault_seal_own(vault, &item, 1, &ret->address);
}

enum err person_seal(const struct vault_asker *vault, struct person *p, i64 organisation_id, struct sealed_person *ret)
{
	struct vault_own items[lengthof(columns)];
	if (!p->id) {
		p->id = id_new();
		p->public_id = new_public_id(vault->a);
		p->created_at = now_ms();
	}
	try(key_for(vault, "person", p->id, &p->key));
	str year = p->birth_year ? str_printf(vault->a, "%lld", (long long)p->birth_year) : S("");
	const str values[] = { p->given, p->family, year, p->phone, p->mail, p->school };
	*ret = (struct sealed_person){ .p = p, .organisation_id = organisation_id, .key = p->key };
	person_items(vault->a, p, values, items);
	try(vault_seal_own(vault, items, lengthof(items), ret->column));
	return person_tokens(vault, p, &ret->tokens, &ret->n_tokens);
}

/* ---- where they live ---- */

enum err household_locate(struct db *db, struct household *h, bool *ret_found)
{
	struct gazetteer_answer spot = { .found = false };
	struct gazetteer_areas areas = { .n = 0 };
	if (h->address.n)
		try(gazetteer_find(db, h->address, &spot));
	*ret_found = spot.found;
	h->district = h->district_code = h->priority_area = h->priority_area_code = S("");
	h->areas_on = h->address.n ? date_iso(db_arena(db), today_paris()) : S("");
	if (spot.found)
		try(gazetteer_areas_at(db, spot.v[0].at, &areas));
	for (size_t i = areas.n; i-- > 0;) {
		bool district = areas.v[i].kind == GAZ_DISTRICT, priority = areas.v[i].kind == GAZ_PRIORITY_AREA;
		if (district) {
			h->district = areas.v[i].name;
			h->district_code = areas.v[i].code;
		} else if (priority) {
			h->priority_area = areas.v[i].name;
			h->priority_area_code = areas.v[i].code;
		}
	}
	return OK;
}

/* ---- writing ---- */

enum err household_put(struct db *db, const struct sealed_household *s)
{
	const struct household *h = s->h;
	if (!h->version)
		return household_insert(db, h->id, h->public_id, h->organisation_id, s->key, s->address, h->district_code, h->district, h->priority_area_code,
		                        h->priority_area, h->areas_on, h->school, h->rights, h->origin, now_ms(), h->contact_at, h->notice_at);
	try(household_keep_past(db, h->id, now_ms()));
	try(household_update(db, h->id, h->version, s->address, h->district_code, h->district, h->priority_area_code, h->priority_area, h->areas_on, h->school,
	                     h->rights, h->origin, h->contact_at, h->notice_at));
	return db_changes(db) ? OK : CONFLICT;
}

enum err household_touch(struct db *db, const struct household *h)
{
	try(household_next_version(db, h->id, h->version));
	return db_changes(db) ? OK : CONFLICT;
}

enum err households_hold(struct db *db, const struct hold *v, size_t n)
{
	static_assert(sizeof(struct hold) == 2 * sizeof(i64), "read as rows of two numbers");
	return household_keep(db, ids_json(db_arena(db), &v->household_id, n, 2));
}

enum err person_put(struct db *db, const struct sealed_person *s)
{
	const struct person *p = s->p;
	const str *c = s->column;
	try(person_keep_past(db, p->id, now_ms()));
	try(person_upsert(db, p->id, p->public_id, p->household_id, p->child ? S("child") : S("adult"), s->key, c[0], c[1], c[2], c[3], c[4], c[5], p->class_,
	                  p->language, p->channel, p->created_at));
	try(tokens_drop(db, p->id));
	for (size_t i = 0; i < s->n_tokens; i++)
		try(token_put(db, s->organisation_id, s->tokens[i], p->household_id, p->id));
	return OK;
}

/* ---- before the last change ---- */

enum err person_before(struct db *db, const struct person *now, struct person *ret, i64 *ret_at)
{
	struct person_past_row r;
	try(person_past_of(db, now->id, &r));
	*ret = *now;
	*ret_at = r.at;
	const str sealed[] = { r.given_enc, r.family_enc, r.birth_year_enc, r.phone_enc, r.mail_enc, r.school_enc };
	memcpy(ret->sealed, sealed, sizeof sealed);
	ret->class_ = r.class;
	ret->language = r.language;
	ret->channel = r.channel;
	return OK;
}

enum err household_before(struct db *db, const struct household *now, struct household *ret, i64 *ret_at)
{
	struct household_past_row r;
	try(household_past_of(db, now->id, &r));
	*ret = *now;
	*ret_at = r.at;
	ret->sealed_address = r.address_enc;
	ret->school = r.ground_school != 0;
	ret->rights = r.ground_rights != 0;
	ret->origin = r.origin;
	return OK;
}

/* ---- two that are one ---- */

enum err household_merge(struct db *db, const struct household *h, const struct household *into)
{
	if (h->organisation_id != into->organisation_id)
		return CONFLICT;
	try(household_touch(db, into));
	try(household_merge_into(db, h->id, into->id));
	if (!db_changes(db))
		return CONFLICT;
	try(tokens_move(db, h->id, into->id));
	for (size_t i = 0; i < h->n; i++)        /* those of households that had been merged into it before */
		try(tokens_move(db, h->persons[i].household_id, into->id));
	try(household_merge_others(db, h->id, into->id));
	if (h->keep_until > into->keep_until)
		try(households_hold(db, &(struct hold){ into->id, h->keep_until }, 1));
	try(shares_end(db, h->id, now_ms()));
	try(visits_end(db, h->id));
	return h->contact_at.set ? households_met(db, &into->id, 1, h->contact_at.v) : OK;
}

enum err household_unmerge(struct db *db, i64 id, const struct household *into)
{
	try(household_touch(db, into));
	try(household_unmerge_from(db, id, into->id));
	return db_changes(db) ? tokens_move(db, id, id) : CONFLICT;
}

/* ---- erasing ---- */

enum err person_erase(struct db *db, i64 person_id)
{
	try(tokens_drop(db, person_id));
	try(person_past_drop(db, person_id));
	return person_forget(db, person_id, S(""), now_ms());
}

enum err household_erase(struct db *db, i64 household_id, const char *why)
{
	struct household h;
	i64 now = now_ms();
	try(household_get(db, household_id, &h));
	for (size_t i = 0; i < h.n; i++)
		try(person_erase(db, h.persons[i].id));
	try(household_past_drop(db, household_id));
	try(visits_end(db, household_id));
	try(notes_forget(db, household_id, S("")));
	try(access_parts_drop(db, household_id));
	try(access_drop(db, household_id));
	try(shares_end(db, household_id, now));
	return household_forget(db, household_id, S(""), now, str_c(why));
}

/* ---- notes ---- */

static struct vault_own note_item(struct arena *a, i64 household_id, str key, i64 id, str value)
{
	return (struct vault_own){ { at(a, "household", "key", household_id), key }, { at(a, "household_note", "text", id), value } };
}

enum err note_seal(const struct vault_asker *vault, const struct household *h, i64 note_id, str text, str *ret)
{
	struct vault_own item = note_item(vault->a, h->id, h->key, note_id, text);
	return vault_seal_own(vault, &item, 1, ret);
}

enum err notes_open(const struct vault_asker *vault, str purpose, const struct note_row *rows, size_t n, str *ret)
{
	struct vault_own *items = arena_many(vault->a, struct vault_own, n + 1);
	for (size_t i = 0; i < n; i++)
		items[i] = note_item(vault->a, rows[i].household_id, rows[i].key_enc, rows[i].id, rows[i].text_enc);
	return vault_open_own(vault, purpose, items, n, ret);
}

/* What naming a family writes; see naming.h. */
#include "files/naming.h"

#include "audit/audit.h"
#include "base/code.h"
#include "base/timex.h"
#include "base/utf8.h"
#include "db/id.h"
#include "schools/schools.h"

#include <sodium.h>

#define FILE_GROUPS 2

struct vault_own file_named_item(struct arena *a, i64 household_id, str key, i64 row_id, str value)
{
	return (struct vault_own){ { str_printf(a, "household:key:%lld", (long long)household_id), key },
		{ str_printf(a, "family_file_child:named:%lld", (long long)row_id), value } };
}

str file_named_words(struct arena *a, str opened)
{
	str given = S(""), family = S(""), child = S("");
	(void)(str_next(&opened, '\n', &given) && str_next(&opened, '\n', &family) && str_next(&opened, '\n', &child));
	return str_trim(child.n ? str_printf(a, "%.*s %.*s (%.*s)", STR_ARG(given), STR_ARG(family), STR_ARG(child))
		: str_printf(a, "%.*s %.*s", STR_ARG(given), STR_ARG(family)));
}

bool file_of_adults(const struct file_place_row *place) { return place->named.p && str_eq(place->named, S("adult")); }

struct person *file_naming_who(struct file_naming *n) { return &n->persons[!file_of_adults(&n->place)]; }

void file_naming_people(struct file_naming *n, struct person adult, struct person child)
{
	bool adults = file_of_adults(&n->place);
	str *const texts[] = { &adult.given, &adult.family, &adult.phone, &adult.mail, &adult.language, &child.given };
	for (size_t i = 0; i < lengthof(texts); i++)
		*texts[i] = texts[i]->p ? *texts[i] : S("");
	adult.child = false;
	adult.school = adult.class_ = S("");
	adult.channel = adult.phone.n ? S("phone") : S("");
	child.child = true;
	child.family = child.phone = child.mail = child.language = child.channel = S("");
	child.school = n->place.school;
	child.class_ = n->class_;
	n->persons[0] = adult;
	n->persons[1] = child;
	n->fresh = (struct household){ .organisation_id = n->place.organisation_id, .address = n->fresh.address.p ? n->fresh.address : S(""), .district_code = S(""),
		.district = S(""), .priority_area_code = S(""), .priority_area = S(""), .areas_on = S(""), .school = !adults, .rights = adults,
		.origin = n->by_school && !adults ? S("school") : S("partner"), .persons = n->persons, .n = adults ? 1 : 2 };
}

/* ---- sealing ---- */

static enum err seal_into(struct file_naming *n, const struct vault_asker *vault)
{
	struct household *h = &n->into;
	struct person *who = file_naming_who(n);
	str given = utf8_fold(vault->a, who->given), family = utf8_fold(vault->a, who->family);
	try(household_open_names(vault, S("the same family"), &h, 1));
	for (size_t i = 0; i < h->n && !n->known; i++)
		if (h->persons[i].child == who->child && str_eq(utf8_fold(vault->a, h->persons[i].given), given)
			&& (who->child || str_eq(utf8_fold(vault->a, h->persons[i].family), family))) {
			*who = h->persons[i];
			n->known = true;
		}
	who->household_id = n->known ? who->household_id : h->id;
	return n->known ? OK : person_seal(vault, who, h->organisation_id, &n->person[who->child]);
}

static enum err seal_fresh(struct file_naming *n, const struct vault_asker *vault)
{
	try(household_seal(vault, &n->fresh, &n->sealed));
	for (size_t i = 0; i < n->fresh.n; i++) {
		n->persons[i].household_id = n->fresh.id;
		try(person_seal(vault, &n->persons[i], n->fresh.organisation_id, &n->person[i]));
	}
	return OK;
}

enum err file_naming_seal(const struct vault_asker *vault, struct file_naming *n)
{
	const struct person *who = file_naming_who(n);
	str value = str_printf(vault->a, "%.*s\n%.*s\n%.*s", STR_ARG(n->persons[0].given), STR_ARG(n->persons[0].family), STR_ARG(who->child ? who->given : S("")));
	u8 bits[4 * FILE_GROUPS];
	randombytes_buf(bits, sizeof bits);
	n->public_id = code_of_bits(vault->a, (str){ (const char *)bits, sizeof bits }, FILE_GROUPS);
	n->row_id = id_new();
	n->file_id = id_new();
	try(n->into.id ? seal_into(n, vault) : seal_fresh(n, vault));
	const struct household *h = n->into.id ? &n->into : &n->fresh;
	struct vault_own item = file_named_item(vault->a, h->id, h->key, n->row_id, value);
	return vault_seal_own(vault, &item, 1, &n->named);
}

/* ---- writing ---- */

static enum err note_people(struct db *db, const struct file_naming *n)
{
	return audit_write(db, &(struct audit){ .user_id = n->user_id, .organisation_id = n->place.organisation_id,
		.action = n->into.id ? "person.add" : "household.open", .object = "household", .object_id = n->into.id ? n->into.id : n->fresh.id });
}

static enum err put_people(struct db *db, const struct file_naming *n)
{
	const struct sealed_person *who = &n->person[!file_of_adults(&n->place)];
	try(n->known ? OK : note_people(db, n));
	if (n->into.id) {
		try(n->known ? OK : household_touch(db, &n->into));
		return n->known ? OK : person_put(db, who);
	}
	try(household_put(db, &n->sealed));
	try(person_put(db, &n->person[0]));
	return n->fresh.n > 1 ? person_put(db, who) : OK;
}

/* The household's file in the campaign, or a new one. */
static enum err put_file(struct db *db, struct file_naming *n, i64 household_id, i64 at)
{
	struct family_file_row row;
	enum err e = file_of_household(db, n->place.campaign_id, household_id, &row);
	str day = date_iso(db_arena(db), today_paris());
	if (e != OK && e != NOT_FOUND)
		return e;
	n->made_file = e == NOT_FOUND;
	if (n->made_file) {
		n->file_version = 1;
		try(file_insert(db, n->file_id, n->public_id, n->place.campaign_id, household_id, n->place.wave_id, day, at));
		return file_event_put(db, id_new(), n->file_id, S("named"), S(""), S("identified"), day, S(""), n->user_id, at);
	}
	n->file_id = row.id;
	n->public_id = row.public_id;
	n->file_version = row.version + 1;
	try(file_touch(db, row.id, row.version));
	return file_event_put(db, id_new(), row.id, S("named"), row.state, row.state, day, S(""), n->user_id, at);
}

enum err file_naming_put(struct db *db, struct file_naming *n)
{
	i64 household = n->into.id ? n->into.id : n->fresh.id, at = now_ms();
	struct school_organisation_row o;
	str known = n->into.id ? S("known") : S("new");
	n->from = n->place.organisation_id;
	try(put_people(db, n));
	try(put_file(db, n, household, at));
	if (n->by_school) {
		try(school_organisation_of(db, n->place.school_id, &o));
		n->from = o.id;
	}
	try(file_child_put(db, n->row_id, n->file_id, household, file_naming_who(n)->id, n->place.school_id,
		n->class_, n->named, n->by_school, n->from, n->user_id, at));
	n->made_row = db_changes(db) > 0;
	return audit_write(db, &(struct audit){ .user_id = n->user_id, .organisation_id = n->from, .action = "file.name", .object = "file",
		.object_id = n->file_id, .detail = n->detail.n ? str_printf(db_arena(db), "%.*s %.*s", STR_ARG(known), STR_ARG(n->detail)) : known });
}

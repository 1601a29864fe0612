/* See given_people.h. */
#include "given_people.h"

#include "base/timex.h"
#include "db/id.h"
#include "people/find.h"
#include "people/people_sql.h"

struct given_household { struct household h; struct person adult, child; struct sealed_household sealed; struct sealed_person one, two; i64 note; str text; };

static enum err household_tx(struct db *db, void *arg)
{
	struct given_household *g = arg;
	try(household_put(db, &g->sealed));
	try(person_put(db, &g->one));
	try(person_put(db, &g->two));
	return note_insert(db, g->note, g->h.id, 1, g->h.organisation_id, now_ms(), g->text);
}

str given_household(i64 organisation, const char *given, const char *family, const char *phone)
{
	struct db *db = ask_db();
	struct vault_asker vault = ask_vault();
	struct given_household g = { .note = id_new() };
	g.h = (struct household){ .organisation_id = organisation, .address = S("3 rue des Cordages, 44000 Nantes"), .school = true, .origin = S("self"),
		.contact_at = { now_ms(), true } };
	g.adult = (struct person){ .given = str_c(given), .family = str_c(family), .phone = str_c(phone), .birth_year = 1987, .language = S("ar"),
		.channel = S("phone") };
	g.child = (struct person){ .child = true, .given = S("Inès"), .birth_year = 2016, .class_ = S("CM1"), .school = S("École du Halage") };
	assert_ok(household_seal(&vault, &g.h, &g.sealed));
	g.adult.household_id = g.child.household_id = g.h.id;
	assert_ok(person_seal(&vault, &g.adult, organisation, &g.one));
	assert_ok(person_seal(&vault, &g.child, organisation, &g.two));
	assert_ok(note_seal(&vault, &g.h, g.note, S("Préfère venir le mardi matin"), &g.text));
	assert_ok(db_tx(db, household_tx, &g));
	return str_copy(unit_arena(1 << 8), g.h.public_id);
}

struct given_share { str household; i64 with, until; };

static enum err share_tx(struct db *db, void *arg)
{
	const struct given_share *g = arg;
	struct household h;
	try(household_named(db, g->household, &h));
	return share_insert(db, id_new(), h.id, g->with, S("help"), now_ms(), g->until);
}

void given_share(str household, i64 with, i64 until)
{
	struct given_share g = { household, with, until };
	assert_ok(db_tx(ask_db(), share_tx, &g));
}

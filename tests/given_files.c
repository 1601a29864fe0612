/* See given_files.h. */
#include "given_files.h"

#include "base/timex.h"
#include "db/id.h"
#include "equipment/campaign_sql.h"
#include "files/pages.h"
#include "lists/kept.h"
#include "meetings/meeting_sql.h"
#include "people/people.h"
#include "schools/schools.h"

struct attaching { str uai; i64 organisation, wave; };

static enum err attach_tx(struct db *db, void *arg)
{
	const struct attaching *t = arg;
	struct school s;
	try(school_by_uai(db, t->uai, &s));
	try(school_organisation_forget(db, s.id));
	try(school_organisation_put(db, s.id, t->organisation));
	return t->wave ? wave_school_put(db, t->wave, t->uai, S(""), S("")) : OK;
}

void given_school_in_wave(const char *uai, i64 organisation, i64 wave)
{
	struct attaching t = { given_school(uai), organisation, wave };
	assert_ok(db_tx(ask_db(), attach_tx, &t));
}

struct filing { struct given_wave w; i64 household; str public_id; };

static enum err file_tx(struct db *db, void *arg)
{
	const struct filing *f = arg;
	return file_insert(db, id_new(), f->public_id, f->w.campaign_id, f->household, f->w.wave_id, S("2027-01-02"), now_ms());
}

str given_file(i64 organisation)
{
	struct household h;
	static struct arena *a;                  /* one for all: the test of roles asks for it thousands of times */
	a = a ? a : unit_arena((size_t)8 << 20);
	struct filing f = { .w = given_wave_of(organisation), .public_id = str_printf(a, "FILE-%lld", (long long)organisation) };
	struct family_file_row row;
	enum err e = file_by_public(ask_db(), f.public_id, f.w.campaign_id, &row);
	if (e == OK)
		return f.public_id;
	assert_ok(household_named(ask_db(), given_household(organisation, "Fanny", "Dossier", "+33199001277"), &h));
	f.household = h.id;
	assert_ok(db_tx(ask_db(), file_tx, &f));
	return f.public_id;
}

struct signing { struct given_wave w; struct household h; str uai, class_, public_id, named; i64 id, row_id, organisation; };

static enum err signed_tx(struct db *db, void *arg)
{
	const struct signing *s = arg;
	struct school school;
	i64 child = 0;
	for (size_t i = 0; i < s->h.n; i++)
		child = s->h.persons[i].child ? s->h.persons[i].id : child;
	try(school_by_uai(db, s->uai, &school));
	try(file_insert(db, s->id, s->public_id, s->w.campaign_id, s->h.id, s->w.wave_id, S("2027-01-02"), now_ms()));
	try(file_event_put(db, id_new(), s->id, S("named"), S(""), S("identified"), S("2027-01-02"), S(""), 0, now_ms()));
	try(file_child_put(db, s->row_id, s->id, s->h.id, child, school.id, s->class_, s->named, false, s->organisation, 0, now_ms()));
	return file_move(db, ids_json(db_arena(db), (const i64[]){ s->id, 1 }, 1, 2), S("signed"), S("2027-01-05"), S(""));
}

struct given_signed given_signed_file(i64 organisation, int number, const char *uai, const char *class_)
{
	static struct arena *a;                  /* one for all: a test may have thousands */
	a = a ? a : unit_arena((size_t)64 << 20);
	struct signing s = { .w = given_wave_of(organisation), .uai = str_c(uai), .class_ = str_c(class_), .id = id_new(), .organisation = organisation,
		.public_id = str_printf(a, "SIGN-%05d", number) };
	str phone = str_printf(a, "+33199%06d", number), family = str_printf(a, "Signée %c%c", 'A' + number / 26 % 26, 'a' + number % 26);
	assert_ok(household_named(ask_db(), given_household(organisation, "Fatou", str_z(a, family), str_z(a, phone)), &s.h));
	struct vault_asker vault = ask_vault();
	s.row_id = id_new();
	struct vault_own item = file_named_item(a, s.h.id, s.h.key, s.row_id, S("Fatou\nSignée\nInès"));
	assert_ok(vault_seal_own(&vault, &item, 1, &s.named));
	assert_ok(db_tx(ask_db(), signed_tx, &s));
	return (struct given_signed){ s.id, s.h.id, s.public_id };
}

enum err given_file_refused(struct given_wave w, i64 household)
{
	struct filing f = { w, household, S("SECOND") };
	return db_tx(ask_db(), file_tx, &f);
}

static enum err erase_tx(struct db *db, void *arg)
{
	return household_erase(db, *(const i64 *)arg, "asked");
}

void given_erased(i64 household)
{
	assert_ok(db_tx(ask_db(), erase_tx, &household));
}

struct stepping { struct file f; enum file_state to; str reason; };

static enum err step_tx(struct db *db, void *arg)
{
	const struct stepping *s = arg;
	return file_step_make(db, &s->f, s->to, date_iso(db_arena(db), today_paris()), s->reason, &(struct file_doer){ 0, 0 });
}

void given_file_step(i64 file_id, const char *to)
{
	struct stepping s = { .reason = str_c(to) };
	str code;
	(void)str_next(&s.reason, ':', &code);
	s.reason = s.reason.p ? s.reason : S("");
	assert_true(file_state_of(code, &s.to));
	assert_ok(file_get(ask_db(), file_id, &s.f));
	assert_ok(db_tx(ask_db(), step_tx, &s));
}

struct listing { i64 id, campaign, school; struct list_sealed sealed; };

static enum err list_tx(struct db *db, void *arg)
{
	const struct listing *l = arg;
	return list_put(db, l->id, l->campaign, (struct opt_i64){ l->school, l->school != 0 }, 0, now_ms(), S("Service"), l->sealed.key);
}

i64 given_family_list(i64 organisation, bool by_school)
{
	struct vault_asker vault = ask_vault();
	struct listing l = { .id = id_new(), .campaign = given_wave_of(organisation).campaign_id };
	struct school s;
	if (by_school) {
		const char *uai = str_z(vault.a, str_printf(vault.a, "U%lld", (long long)organisation));
		given_school_in_wave(uai, organisation, 0);
		assert_ok(school_by_uai(ask_db(), str_c(uai), &s));
		l.school = s.id;
	}
	assert_ok(list_seal_file(&vault, l.id, S("Nom"), &l.sealed));
	assert_ok(db_tx(ask_db(), list_tx, &l));
	return l.id;
}
struct meeting_making { i64 id, campaign_id; };

static enum err meeting_tx(struct db *db, void *arg)
{
	const struct meeting_making *m = arg;
	return meeting_put(db, m->id, m->campaign_id, S("2199-03-05"), 18 * 60, S("Maison du Quai"), S(""), 0, S("PiNG"), S(""), now_ms());
}

i64 given_meeting(i64 organisation)
{
	struct meeting_making m = { id_new(), given_wave_of(organisation).campaign_id };
	struct meeting_row_list rows;
	assert_ok(meetings_from(ask_db(), m.campaign_id, S("2199-01-01"), 1, 0, &rows));
	if (rows.n)
		return rows.v[0].id;
	assert_ok(db_tx(ask_db(), meeting_tx, &m));
	return m.id;
}

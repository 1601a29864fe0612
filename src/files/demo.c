/* The demonstration's files: families of the city over the waves of its campaign, at every stage of the path. All invented. */
#include "db/id.h"
#include "files/pages.h"

#define FAMILIES 34
#define SIGNED 20                                /* more, of the first wave, whose charter is signed: an allocation has something to decide */
#define SIGNED_WAY 7
#define KNOWN 7                                  /* of them, households that the demonstration has already: DEMO-2233 and after */

static const char *const givens[] = { "Sonia", "Rachid", "Mariama", "Claire", "Samir", "Nathalie", "Binta", "Karim", "Hélène" };
static const char *const families[] = { "Mercier", "Belkacem", "Sow", "Guillou", "Petit", "Kaya", "Touré", "Le Bihan", "Mansouri", "Robin" };
static const char *const children[] = { "Lila", "Adam", "Fanta", "Malo", "Nour", "Zoé", "Ilyès", "Rose" };
static const char *const classes[] = { "CM1", "CM2", "CE2" };

/* How far the families come, by turns, and the reason of the last step. */
static const struct { enum file_state path[8]; size_t n; const char *reason; } ways[] = {
	{ { FS_IDENTIFIED }, 0, "" },
	{ { FS_CONTACTED }, 1, "" },
	{ { FS_CONTACTED, FS_INVITED }, 2, "" },
	{ { FS_CONTACTED, FS_INVITED, FS_ATTENDED }, 3, "" },
	{ { FS_CONTACTED, FS_INVITED, FS_ATTENDED, FS_ELIGIBLE }, 4, "" },
	{ { FS_IDENTIFIED }, 0, "" },
	{ { FS_CONTACTED, FS_INVITED, FS_ATTENDED, FS_NOT_ELIGIBLE }, 4, "equipped" },
	{ { FS_CONTACTED, FS_INVITED, FS_ATTENDED, FS_ELIGIBLE, FS_SIGNED }, 5, "" },
	{ { FS_CONTACTED, FS_INVITED, FS_ATTENDED, FS_ELIGIBLE, FS_SIGNED, FS_ALLOCATED, FS_HANDED_OVER }, 7, "" },
	{ { FS_UNREACHABLE }, 1, "calls" },
	{ { FS_CONTACTED, FS_INVITED, FS_ATTENDED, FS_ELIGIBLE, FS_SIGNED, FS_ALLOCATED, FS_HANDED_OVER, FS_FOLLOWED }, 8, "" },
};

struct making {
	struct household h;
	struct person persons[2];
	struct sealed_household sealed;
	struct sealed_person person[2];
	struct file_place_row place;
	bool known;
	size_t number;
	i64 child, row_id;
	str named;
};

static str day_before(struct arena *a, i64 days) { return date_iso(a, date_of_days(date_days(today_paris()) - days)); }

static enum err walk(struct db *db, const struct making *m, i64 file_id)
{
	size_t way = m->number < FAMILIES ? m->number % lengthof(ways) : SIGNED_WAY;
	struct file f = { .id = file_id, .campaign_id = m->place.campaign_id, .root = m->h.id, .version = 1, .state = FS_IDENTIFIED };
	struct file_doer who = { 0, m->place.organisation_id };
	for (size_t i = 0; i < ways[way].n; i++, f.version++) {
		str day = day_before(db_arena(db), (i64)(40 - i * 4 - m->number % 4)), reason = i + 1 == ways[way].n ? str_c(ways[way].reason) : S("");
		try(file_step_make(db, &f, ways[way].path[i], day, reason, &who));
		f.state = ways[way].path[i];
	}
	return OK;
}

static enum err make_tx(struct db *db, void *arg)
{
	struct making *m = arg;
	i64 id = id_new(), now = now_ms(), from = m->place.organisation_id;
	str day = day_before(db_arena(db), 45 - (i64)(m->number % 8));
	struct school_organisation_row o;
	if (!m->known) {
		try(household_put(db, &m->sealed));
		try(person_put(db, &m->person[0]));
		try(person_put(db, &m->person[1]));
	}
	enum err e = school_organisation_of(db, m->place.school_id, &o);
	if (e != OK && e != NOT_FOUND)
		return e;
	from = e == OK ? o.id : from;
	try(file_insert(db, id, str_printf(db_arena(db), "DEMO-%04zu", 3330 + m->number), m->place.campaign_id, m->h.id, m->place.wave_id, day, now));
	try(file_event_put(db, id_new(), id, S("named"), S(""), S("identified"), day, S(""), 0, now));
	try(file_child_put(db, m->row_id, id, m->h.id, m->child, m->place.school_id, str_c(classes[m->number % lengthof(classes)]), m->named, e == OK, from, 0, now));
	return walk(db, m, id);
}

/* One of those that are there. NOT_FOUND: it has no child, or was erased. */
static enum err take_known(struct db *db, const struct vault_asker *vault, struct making *m)
{
	struct household *h = &m->h;
	try(household_named(db, str_printf(vault->a, "DEMO-%04zu", 2233 + m->number), h));
	if (h->erased || h->organisation_id != m->place.organisation_id)
		return NOT_FOUND;
	try(household_open_names(vault, S("demonstration"), &h, 1));
	for (size_t i = 0; i < h->n; i++)
		m->persons[h->persons[i].child] = h->persons[i];
	m->child = m->persons[1].id;
	m->known = true;
	return m->child ? OK : NOT_FOUND;
}

static enum err make_up(const struct vault_asker *vault, struct making *m)
{
	size_t n = m->number;
	m->h = (struct household){ .public_id = S(""), .organisation_id = m->place.organisation_id, .address = S(""), .district_code = S(""), .district = S(""),
		.priority_area_code = S(""), .priority_area = S(""), .areas_on = S(""), .school = true, .origin = S("school") };
	m->persons[0] = (struct person){ .given = str_c(givens[n % lengthof(givens)]), .mail = S(""), .school = S(""), .class_ = S(""), .language = S("fr"),
		.family = str_printf(vault->a, "%s-Inventé", families[n % lengthof(families)]), .phone = str_printf(vault->a, "+331990013%02zu", n), .channel = S("phone") };
	m->persons[1] = (struct person){ .child = true, .given = str_c(children[n % lengthof(children)]), .family = S(""), .phone = S(""), .mail = S(""),
		.school = m->place.school, .class_ = str_c(classes[n % lengthof(classes)]), .language = S(""), .channel = S("") };
	try(household_seal(vault, &m->h, &m->sealed));
	for (size_t i = 0; i < 2; i++) {
		m->persons[i].household_id = m->h.id;
		try(person_seal(vault, &m->persons[i], m->h.organisation_id, &m->person[i]));
	}
	m->child = m->persons[1].id;
	return OK;
}

static enum err make(struct db *db, const struct vault_asker *vault, struct making *m)
{
	enum err e = m->number < KNOWN ? take_known(db, vault, m) : make_up(vault, m);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	m->row_id = id_new();
	struct vault_own item = file_named_item(vault->a, m->h.id, m->h.key, m->row_id, str_printf(vault->a, "%.*s\n%.*s\n%.*s", STR_ARG(m->persons[0].given),
		STR_ARG(m->persons[0].family), STR_ARG(m->persons[1].given)));
	try(vault_seal_own(vault, &item, 1, &m->named));
	return db_tx(db, make_tx, m);
}

enum err files_demo_load(struct db *db, const struct vault_asker *vault)
{
	struct file_place_row_list places;
	i64 campaign, had;
	size_t first = 0;
	enum err e = file_first_campaign(db, &campaign);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(file_list_count(db, campaign, S(""), 0, 0, S(""), &had));
	try(file_places(db, campaign, &places));
	while (first < places.n && places.v[first].wave_id == places.v[0].wave_id)
		first++;
	for (size_t i = 0; i < FAMILIES + SIGNED && places.n && !had; i++) {
		struct making m = { .number = i, .place = places.v[i % (i < FAMILIES ? places.n : first)] };
		try(make(db, vault, &m));
	}
	return OK;
}

/* The demonstration's meetings: one that was held three weeks ago, with who came; one in two weeks, to which some are invited. */
#include "db/id.h"
#include "meetings/pages.h"

/* The schools of the demonstration's first two waves (src/equipment/demo.c). */
#define FIRST_WAVE "9990001X 9990003Z 9990004A"
#define SECOND_WAVE "9990005B 9990007D 9990008E 9990009F 9990011H 9990012J"

/* The Tuesday of the week in so many days. */
static str tuesday(struct arena *a, i64 days)
{
	i64 d = date_days(today_paris()) + days;
	return date_iso(a, date_of_days(d - date_weekday(date_of_days(d)) + 1));
}

static enum err make(struct db *db, struct meeting *m, const struct campaign *c)
{
	m->campaign_id = c->id;
	m->f[M_STATE] = S("planned");
	m->f[M_PLACE] = S("Maison de quartier du Halage, 2 rue Inventée");
	m->f[M_SPEAKER] = S("ID Numérique");
	return meeting_save(db, m, c->organisation_id, 0);
}

typedef enum err invite_fn(struct db *db, i64 meeting_id, i64 file_id, enum file_state state);

static enum err for_files(struct db *db, const struct campaign *c, const struct meeting *m, invite_fn *fn)
{
	str rest = m->f[M_SCHOOLS], uai;
	while (rest.n && str_next(&rest, ' ', &uai)) {
		struct meeting_demo_file_list rows;
		try(meeting_demo_files(db, c->id, uai, &rows));
		for (size_t i = 0; i < rows.n; i++) {
			enum file_state s = FS_IDENTIFIED;
			if (file_state_of(rows.v[i].state, &s) && s >= FS_INVITED && s <= FS_LOST)
				try(fn(db, m->id, rows.v[i].id, s));
		}
	}
	return OK;
}

/* Families that came: what their files say already. */
static enum err was_there(struct db *db, i64 meeting_id, i64 file_id, enum file_state s)
{
	i64 id = id_new();
	try(meeting_guest_put(db, id, meeting_id, file_id, 0, S(""), 0, now_ms()));
	try(meeting_guest_told(db, id, now_ms() - (i64)28 * 24 * 3600000));
	try(meeting_guest_reply(db, id, s == FS_INVITED ? S("perhaps") : S("yes")));
	return meeting_guest_came(db, id, s == FS_INVITED ? S("no") : S("yes"));
}

static enum err expects(struct db *db, i64 meeting_id, i64 file_id, enum file_state s)
{
	return s == FS_INVITED ? meeting_guest_put(db, id_new(), meeting_id, file_id, 0, S("invitation"), 0, now_ms()) : OK;
}

static enum err load_tx(struct db *db, void *arg)
{
	const struct campaign *c = arg;
	struct meeting past = { .minute = 18 * 60, .f = { [M_DAY] = tuesday(db_arena(db), -21), [M_TIME] = S("18:00"), [M_ROOM] = S("Grande salle"),
		[M_CAPACITY] = S("40"), [M_NOTE] = S("Clé à la loge. Inventée pour la démonstration."), [M_SCHOOLS] = S(FIRST_WAVE) } };
	struct meeting next = { .minute = 17 * 60 + 30, .f = { [M_DAY] = tuesday(db_arena(db), 14), [M_TIME] = S("17:30"), [M_ROOM] = S("Bibliothèque"),
		[M_CAPACITY] = S("25"), [M_NOTE] = S(""), [M_SCHOOLS] = S(FIRST_WAVE " " SECOND_WAVE) } };
	try(make(db, &past, c));
	try(for_files(db, c, &past, was_there));
	try(make(db, &next, c));
	return for_files(db, c, &next, expects);
}

enum err meetings_demo_load(struct db *db)
{
	struct campaign c;
	i64 id, had;
	try(meetings_in_all(db, &had));
	if (had)
		return OK;
	enum err e = meeting_demo_campaign(db, &id);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(campaign_get(db, id, &c));
	return db_tx(db, load_tx, &c);
}

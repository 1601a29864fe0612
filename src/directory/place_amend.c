/* See place_amend.h. */
#include "directory/place_amend.h"

#include "base/buf.h"
#include "db/gen.h"
#include "directory/directory.h"
#include "directory/place_amend_sql.h"
#include "directory/place_clean.h"
#include "directory/place_import_sql.h"
#include "directory/place_store.h"
#include "hours/hours.h"

enum err place_owned(struct db *db, str public_id, struct place_owned *ret)
{
	struct amend_place_row row;
	try(amend_place(db, public_id, &row));
	try(directory_place(db, public_id, &ret->place));
	ret->place.place_id = row.place_id;
	ret->version_id = row.version_id;
	ret->organisation_id = row.organisation_id;
	return OK;
}

enum err places_owned_by(struct db *db, i64 organisation_id, i64 most, struct place_names *ret)
{
	struct amend_owned_row_list rows;
	try(amend_owned(db, organisation_id, most, &rows));
	*ret = (struct place_names){ arena_many(db_arena(db), struct place_name, rows.n), rows.n };
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = (struct place_name){ rows.v[i].public_id, rows.v[i].nom, rows.v[i].adresse, rows.v[i].commune };
	return OK;
}

/* ---- reading ---- */

static void put_fault(struct place_faults *faults, struct place_fault fault)
{
	faults->v[faults->n++] = fault;
}

/* As an expression. One that is typed stays; French that is not understood is told by its words. */
static str hours_typed(struct arena *a, str typed, struct place_faults *faults)
{
	str expression;
	struct hours_error error;
	if (!typed.n)
		return typed;
	if (hours_from_french(a, typed, &expression, &error) == OK)
		return hours_lack_days(expression) ? typed : expression;     /* which days is asked with the other faults */
	put_fault(faults, (struct place_fault){ .field = P_HORAIRES, .value = error.words.n ? error.words : typed, .why = error.message });
	return (str){ 0 };
}

struct place place_amend_read(struct arena *a, const struct place *now, const struct place *typed, struct date today, struct place_faults *ret)
{
	struct place_pair pairs[P_COUNT];
	struct file_row row = { .line = 1, .v = pairs };
	struct place_cleaned cleaned = { .refused = false };
	*ret = (struct place_faults){ .v = arena_many(a, struct place_fault, PLACE_TOLD_MAX + 1) };
	for (enum place_field f = 0; f < P_COUNT; f++) {
		str value = f == P_DATE_MAJ ? str_printf(a, "%04d-%02d-%02d", today.y, today.m, today.d) : typed->f[f].p ? typed->f[f] : now->f[f];
		bool asked = typed->f[f].p || place_field_required(f);
		if (f == P_HORAIRES && typed->f[f].p)
			value = hours_typed(a, value, ret);
		if (asked && value.p)
			pairs[row.n++] = (struct place_pair){ str_c(place_field_names[f]), value };
	}
	place_clean(a, &row, today, &cleaned);
	for (size_t i = 0; i < cleaned.n_told; i++) {
		enum place_field f = place_field_named(cleaned.told[i].column);
		if (cleaned.told[i].kind != TOLD_DOUBT && f < P_COUNT && typed->f[f].p)
			put_fault(ret, (struct place_fault){ f, cleaned.told[i].value, cleaned.told[i].reason, cleaned.told[i].proposal });
	}
	return cleaned.place;
}

/* ---- where ---- */

#define MOVED_M 500                              /* a point within it is taken to be the same place, better known than its street is */

/* The code of another commune is not kept: the new one's, or none. */
static enum err rename_commune(struct db *db, const struct place *now, struct place *change, str postal, str commune)
{
	struct gazetteer_answer answer;
	if (str_eq(commune, now->f[P_COMMUNE]))
		return OK;
	try(gazetteer_find(db, str_printf(db_arena(db), "%.*s %.*s", STR_ARG(postal), STR_ARG(commune)), &answer));
	change->f[P_CODE_INSEE] = answer.found && answer.v[0].kind == GAZ_COMMUNE ? answer.v[0].code : S("");
	return OK;
}

enum err place_amend_locate(struct db *db, const struct place *now, struct place *change)
{
	struct gazetteer_answer answer;
	static const enum place_field address[] = { P_ADRESSE, P_CODE_POSTAL, P_COMMUNE };
	bool moved = false;
	str part[lengthof(address)];
	double lat, lon;
	for (size_t i = 0; i < lengthof(address); i++) {
		part[i] = change->f[address[i]].p ? change->f[address[i]] : now->f[address[i]];
		moved |= !str_eq(part[i], now->f[address[i]]);
	}
	if (!moved)
		return OK;
	try(rename_commune(db, now, change, part[1], part[2]));
	try(gazetteer_find(db, str_printf(db_arena(db), "%.*s, %.*s %.*s", STR_ARG(part[0]), STR_ARG(part[1]), STR_ARG(part[2])), &answer));
	if (!answer.found)
		return OK;
	struct point at = answer.v[0].at;
	bool known = str_f64(now->f[P_LATITUDE], &lat) && str_f64(now->f[P_LONGITUDE], &lon);
	if (known && geo_metres(at, (struct point){ lat, lon }) < MOVED_M)
		return OK;
	change->f[P_LATITUDE] = str_printf(db_arena(db), "%.5f", at.lat);
	change->f[P_LONGITUDE] = str_printf(db_arena(db), "%.5f", at.lon);
	return OK;
}

/* ---- writing ---- */

/* The first of all numbers is the one that is shown: whoever gives back the list gives back both. */
static void settle_phones(struct place *p)
{
	str rest = p->f[P_TELEPHONES], first = S("");
	if (!rest.p || p->f[P_TELEPHONE].p)
		return;
	if (rest.n)
		str_next(&rest, '|', &first);
	p->f[P_TELEPHONE] = first;
}

/* The place as it would be: what is absent stays. */
static bool holds(struct db *db, const struct place *now, const struct place *change)
{
	struct place next = *now;
	enum place_field bad;
	for (enum place_field f = P_PIVOT; f < P_COUNT; f++)
		if (change->f[f].p)
			next.f[f] = change->f[f];
	return place_holds(db_arena(db), &next, today_paris(), &bad);
}

enum err place_amend(struct db *db, const struct place_amend *am)
{
	struct amend_version_row seen;
	struct place_owned now;
	struct place change = am->place;
	bool changed, chosen[P_COUNT];
	i64 epoch = 0;
	try(import_epoch(db, &epoch));
	try(amend_version(db, am->place_id, &seen));
	if (seen.version_id != am->version_id)
		return CONFLICT;
	try(place_owned(db, am->place.f[P_ID], &now));
	settle_phones(&change);
	if (!holds(db, &now.place, &change))
		return INVALID;
	for (enum place_field f = 0; f < P_COUNT; f++)
		chosen[f] = f != P_ID && f != P_PIVOT;
	struct place_words *words = arena_one(db_arena(db), struct place_words);
	struct place_writer writer = { .epoch = epoch, .born = epoch, .at = now_ms(), .author = am->author };
	try(place_store_fields(db, &writer, words, am->place_id, &change, chosen, &changed));
	return changed ? generation_bump(db, GEN_DIRECTORY) : OK;
}

enum err place_pasts(struct db *db, i64 place_id, i64 most, struct place_pasts *ret)
{
	struct amend_past_row_list rows;
	try(amend_history(db, place_id, most, &rows));
	*ret = (struct place_pasts){ .v = arena_many(db_arena(db), struct place_past, rows.n) };
	for (size_t i = 0; i < rows.n; i++) {
		const struct amend_past_row *r = &rows.v[i];
		enum place_field f = place_field_named(r->field);
		if (f < P_COUNT)
			ret->v[ret->n++] = (struct place_past){ r->id, r->at, f, r->before, r->after, r->author };
	}
	return OK;
}

/* What stands of a run: decisions over its lines, and the places that nobody has go to the next of each school's list. */
#include "awarding/runs.h"

#include "base/buf.h"
#include "html/i18n.h"

const char *standing_label(enum standing s)
{
	static const char *const labels[] = { N_("proposé, à décider"), N_("liste d’attente"), N_("attribué"), N_("attribué hors de l’ordre"), N_("laissé de côté"),
		N_("à compléter"), N_("pas sur la liste"), N_("attribué hors calcul"), N_("n’attend plus dans cette vague") };
	return labels[s];
}

/* What a decision and the file's own path make of a line, its place in the order apart. */
static enum standing settled(const struct award_standing_row *r, i64 wave_id, i64 run_id)
{
	enum file_state state = FS_WITHDRAWN;
	bool here = r->act.p && r->decided_in.set && r->decided_in.v == run_id;
	(void)file_state_of(r->file_state, &state);
	if (state >= FS_ALLOCATED && state <= FS_LOST)
		return here && str_eq(r->act, S("given")) ? ST_GIVEN : here && str_eq(r->act, S("over")) ? ST_OVER : ST_ELSEWHERE;
	if (state != FS_SIGNED || r->wave_id != wave_id)
		return ST_GONE;
	if (here && (str_eq(r->act, S("aside")) || (str_eq(r->act, S("undone")) && str_eq(r->reason, S("changed")))))
		return ST_ASIDE;
	return r->state == ALLOC_INCOMPLETE ? ST_INCOMPLETE : r->state == ALLOC_REFUSED ? ST_REFUSED : ST_WAITING;
}

/* The lines of one school, from `from` to `to`: places are theirs alone. */
static void settle_school(struct standings *s, size_t from, size_t to, struct school_standing *school, i64 wave_id, i64 run_id)
{
	i64 free = school->school->places;
	for (size_t i = from; i < to; i++) {
		s->v[i].s = settled(s->v[i].row, wave_id, run_id);
		free -= s->v[i].s == ST_GIVEN || s->v[i].s == ST_OVER;
	}
	school->free = free > 0 ? free : 0;
	for (size_t i = from; i < to; i++) {
		if (s->v[i].s == ST_WAITING && free > 0) {
			s->v[i].s = ST_PROPOSED;
			free--;
		}
		school->count[s->v[i].s]++;
	}
}

static struct school_standing *school_standing_of(const struct standings *s, i64 school_id)
{
	for (size_t i = 0; i < s->n_schools; i++)
		if (s->schools[i].school->school_id == school_id)
			return &s->schools[i];
	return NULL;
}

enum err standings_of(struct db *db, i64 wave_id, i64 run_id, i64 school_id, struct standings *ret)
{
	struct arena *a = db_arena(db);
	struct award_standing_row_list *rows = arena_one(a, struct award_standing_row_list);
	struct award_run_school_row_list *schools = arena_one(a, struct award_run_school_row_list);
	try(award_run_schools(db, run_id, schools));
	try(award_standing(db, run_id, school_id, rows));
	*ret = (struct standings){ .v = arena_many(a, struct standing_line, rows->n + 1), .n = rows->n,
		.schools = arena_many(a, struct school_standing, schools->n + 1) };
	for (size_t i = 0; i < schools->n; i++)
		if (!school_id || schools->v[i].school_id == school_id)
			ret->schools[ret->n_schools++] = (struct school_standing){ .school = &schools->v[i], .free = schools->v[i].places };
	for (size_t i = 0, j; i < rows->n; i = j) {
		for (j = i; j < rows->n && rows->v[j].school_id == rows->v[i].school_id; j++)
			ret->v[j].row = &rows->v[j];
		struct school_standing *s = school_standing_of(ret, rows->v[i].school_id);
		if (!s)
			return INTERNAL;
		settle_school(ret, i, j, s, wave_id, run_id);
	}
	return OK;
}

str standings_digest(struct arena *a, const struct standings *s, enum standing which)
{
	struct buf b = buf_new(a, 80 * (s->n + 1));
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].s == which)
			buf_printf(&b, "%.*s.%lld\n", STR_ARG(s->v[i].row->public_id), (long long)s->v[i].row->version);
	return str_slice(draw_digest(a, buf_str(&b)), 0, 24);
}

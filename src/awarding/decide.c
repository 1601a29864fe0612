/* What somebody decides of a run: never more than the wave has, nor than a school has places, whoever decides at the same moment: each decision
 * first takes the wave's row, and counts afterwards. */
#include "awarding/runs.h"

#include "audit/audit.h"
#include "base/timex.h"
#include "db/id.h"
#include "html/i18n.h"

#define GIVING (1u << ACT_OVER | 1u << ACT_URGENT)

const struct award_reason award_reasons[] = {
	{ GIVING, "answer", N_("une réponse était fausse ou manquait"), N_("une réponse était fausse, ou il en manquait une") },
	{ GIVING, "emergency", N_("urgence : sinistre, séparation, départ d’un logement"), N_("votre situation était urgente") },
	{ GIVING, "school", N_("un besoin scolaire que le calcul ne voit pas"), N_("un besoin pour l’école, que le calcul ne voit pas") },
	{ 1u << ACT_ASIDE, "unreached", N_("la famille ne répond plus"), N_("nous n’arrivons plus à vous joindre") },
	{ 1u << ACT_ASIDE, "equipped", N_("la famille a été équipée autrement"), N_("vous avez déjà un autre ordinateur") },
	{ 1u << ACT_ASIDE, "later", N_("la famille préfère attendre"), N_("vous préférez attendre") },
	{ 1u << ACT_ASIDE, "checked", N_("une réponse est à vérifier"), N_("une de vos réponses est à vérifier") },
	{ 1u << ACT_UNDONE, "mistake", N_("décidé par erreur : elle reprend son rang"), N_("c’était une erreur : votre demande reprend sa place") },
	{ 1u << ACT_UNDONE, "changed", N_("la situation a changé : elle est laissée de côté"), N_("votre situation a changé") },
	{ 0, NULL, NULL, NULL },
};

const char *act_code(enum award_act a)
{
	static const char *const codes[] = { "given", "over", "urgent", "aside", "undone", "carried" };
	return codes[a];
}

static const struct award_reason *reason_of(str code)
{
	for (const struct award_reason *r = award_reasons; r->code; r++)
		if (str_eq(code, str_c(r->code)))
			return r;
	return NULL;
}

const char *award_reason_label(str code)
{
	const struct award_reason *r = reason_of(code);
	return r ? r->label : "";
}

const char *award_reason_told(str code)
{
	const struct award_reason *r = reason_of(code);
	return r ? r->told : "";
}

bool award_reason_fits(enum award_act a, str code)
{
	if (a == ACT_GIVEN || a == ACT_CARRIED)
		return !code.n;
	for (const struct award_reason *r = award_reasons; r->code; r++)
		if (r->acts & 1u << a && str_eq(code, str_c(r->code)))
			return true;
	return false;
}

const char *award_refusal_words(enum award_refusal r)
{
	static const char *const words[] = { "", N_("L’école n’a plus de place libre : laissez d’abord un dossier de côté, ou annulez une attribution."),
		N_("La vague n’a plus assez d’ordinateurs à attribuer pour cela."),
		N_("Ce dossier n’est pas à l’étape « Charte signée » de cette vague."),
		N_("Rien n’est à annuler : l’ordinateur est déjà remis, ou rien n’a été décidé."),
		N_("Choisissez une raison de la liste.") };
	return words[r];
}

static enum err refuse(struct deciding *d, enum award_refusal why)
{
	d->refusal = why;
	return INVALID;
}

/* ---- under the wave's lock ---- */

static enum err lock(struct db *db, const struct deciding *d)
{
	try(award_wave_begin(db, d->wave_id));
	return award_wave_lock(db, d->wave_id);
}

static enum err left_for(struct db *db, struct deciding *d, i64 n)
{
	struct wave w;
	i64 used, quantity;
	try(wave_get(db, d->wave_id, &w));
	try(award_used(db, d->wave_id, &used));
	return str_i64(w.f[W_QUANTITY], &quantity) && used + n <= quantity ? OK : refuse(d, AR_WAVE_FULL);
}

/* The same of several: all of one act, for one reason. Each bears the school that its place is of, or 0. */
static enum err write(struct db *db, const struct deciding *d, const struct choice_made *m, size_t n)
{
	struct opt_i64 run = { d->run_id, d->run_id != 0 };
	struct arena *a = db_arena(db);
	i64 *rows = arena_many(a, i64, 3 * n + 1), *ids = arena_many(a, i64, n + 1);
	for (size_t i = 0; i < n; i++) {
		rows[3 * i] = ids[i] = m[i].file_id;
		rows[3 * i + 1] = m[i].number + 1;
		rows[3 * i + 2] = m[i].school_id;
	}
	try(award_decisions_put(db, ids_json(a, rows, n, 3), d->wave_id, run, str_c(act_code(m->act)), m->reason, date_iso(a, today_paris()), d->who.user_id,
		now_ms()));
	if (db_changes(db) != (i64)n)
		return CONFLICT;
	return audit_write_each(db, &(struct audit){ .user_id = d->who.user_id, .organisation_id = d->who.organisation_id, .action = "award.decide",
		.object = "file", .detail = str_printf(a, "act=%s", act_code(m->act)) }, ids, n);
}

/* Their files, at the versions that were seen. */
static enum err read_files(struct db *db, const struct choice_made *m, size_t n, struct file **ret)
{
	i64 *ids = arena_many(db_arena(db), i64, n + 1);
	*ret = arena_many(db_arena(db), struct file, n + 1);
	for (size_t i = 0; i < n; i++)
		ids[i] = m[i].file_id;
	try(files_get(db, ids, n, *ret));
	for (size_t i = 0; i < n; i++)
		if ((*ret)[i].version != m[i].version)
			return CONFLICT;
	return OK;
}

/* A device is given to each file; that there are as many, the caller has made sure of (left_for). */
static enum err give(struct db *db, struct deciding *d, const struct choice_made *m, size_t n)
{
	struct file *f;
	try(read_files(db, m, n, &f));
	for (size_t i = 0; i < n; i++)
		if (f[i].state != FS_SIGNED || f[i].wave_id != d->wave_id)
			return refuse(d, AR_NOT_SIGNED);
	try(files_step_make(db, f, n, FS_ALLOCATED, date_iso(db_arena(db), today_paris()), S(""), &d->who));
	return write(db, d, m, n);
}

/* ---- the whole proposal ---- */

/* Those that stand so, provided that they are those that were seen. */
static enum err choose(struct db *db, const struct deciding *d, i64 school_id, enum standing which, str seen, enum award_act act, struct choice_made **ret,
	i64 *ret_n)
{
	struct standings s;
	*ret_n = 0;
	try(lock(db, d));
	try(standings_of(db, d->wave_id, d->run_id, school_id, &s));
	if (!str_eq(standings_digest(db_arena(db), &s, which), seen))
		return CONFLICT;
	*ret = arena_many(db_arena(db), struct choice_made, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		const struct award_standing_row *r = s.v[i].row;
		if (s.v[i].s == which)
			(*ret)[(*ret_n)++] = (struct choice_made){ r->file_id, r->version, r->number.set ? r->number.v : 0, act, S(""), r->school_id };
	}
	return OK;
}

enum err decide_accept(struct db *db, struct deciding *d, i64 school_id, str seen, i64 *ret_n)
{
	struct choice_made *m;
	try(choose(db, d, school_id, ST_PROPOSED, seen, ACT_GIVEN, &m, ret_n));
	try(left_for(db, d, *ret_n));
	return *ret_n ? give(db, d, m, (size_t)*ret_n) : OK;
}

enum err decide_carry(struct db *db, struct deciding *d, i64 to_wave, str seen, i64 *ret_n)
{
	struct choice_made *m;
	struct file *f;
	try(choose(db, d, 0, ST_WAITING, seen, ACT_CARRIED, &m, ret_n));
	if (!*ret_n)
		return OK;
	try(read_files(db, m, (size_t)*ret_n, &f));
	try(files_carry(db, f, (size_t)*ret_n, to_wave, &d->who));
	return write(db, &(struct deciding){ to_wave, 0, d->who, AR_NONE }, m, (size_t)*ret_n);
}

/* ---- one file ---- */

static enum err last_of(struct db *db, i64 file_id, struct award_decision_row *ret)
{
	enum err e = award_decision_last(db, file_id, ret);
	if (e == NOT_FOUND)
		*ret = (struct award_decision_row){ .number = 0, .act = S("") };
	return e == NOT_FOUND ? OK : e;
}

/* Its line, as it stands now among those of its school. */
static enum err line_now(struct db *db, const struct deciding *d, i64 file_id, i64 *ret_school, i64 *ret_free, enum standing *ret)
{
	struct award_line_row line;
	struct standings s;
	try(award_line_of(db, file_id, &line));
	if (line.run_id != d->run_id)
		return NOT_FOUND;
	try(standings_of(db, d->wave_id, d->run_id, line.school_id, &s));
	*ret_school = line.school_id;
	*ret_free = s.n_schools ? s.schools[0].free : 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.v[i].row->file_id == file_id) {
			*ret = s.v[i].s;
			return OK;
		}
	return NOT_FOUND;
}

static enum err undo(struct db *db, struct deciding *d, const struct choice_made *m, const struct award_decision_row *last)
{
	struct file f;
	bool given = str_eq(last->act, S("given")) || str_eq(last->act, S("over")) || str_eq(last->act, S("urgent"));
	if (!given && !str_eq(last->act, S("aside")))
		return refuse(d, AR_NOT_GIVEN);
	try(file_get(db, m->file_id, &f));
	if (f.version != m->version)
		return CONFLICT;
	if (given) {
		enum err e = file_step_undo(db, &f, FS_ALLOCATED, m->reason, &d->who);
		if (e != OK)
			return e == INVALID ? refuse(d, AR_NOT_GIVEN) : e;
	}
	d->run_id = last->run_id.set ? last->run_id.v : 0;
	struct choice_made back = *m;
	back.school_id = last->school_id.set ? last->school_id.v : 0;
	return write(db, d, &back, 1);
}

static enum err of_run(struct db *db, struct deciding *d, const struct choice_made *m)
{
	i64 free;
	enum standing s;
	struct choice_made plain = *m;
	try(line_now(db, d, m->file_id, &plain.school_id, &free, &s));
	if (s == ST_GIVEN || s == ST_OVER || s == ST_ELSEWHERE || s == ST_GONE)
		return refuse(d, AR_NOT_SIGNED);
	if (m->act == ACT_ASIDE)
		return write(db, d, &plain, 1);
	if (m->act == ACT_GIVEN && s != ST_PROPOSED)
		return refuse(d, AR_REASON);     /* out of the order: a reason is asked */
	if (m->act == ACT_OVER && s == ST_PROPOSED) {
		plain.act = ACT_GIVEN;           /* it is its turn: no reason is needed */
		plain.reason = S("");
	}
	if (free <= 0)
		return refuse(d, AR_NO_PLACE);
	try(left_for(db, d, 1));
	return give(db, d, &plain, 1);
}

enum err decide_one(struct db *db, struct deciding *d, const struct choice_made *m)
{
	struct award_decision_row last;
	if (!award_reason_fits(m->act, m->reason))
		return refuse(d, AR_REASON);
	try(lock(db, d));
	try(last_of(db, m->file_id, &last));
	if (last.number != m->number)
		return CONFLICT;
	if (m->act == ACT_UNDONE)
		return undo(db, d, m, &last);
	if (m->act != ACT_URGENT)
		return of_run(db, d, m);
	d->run_id = 0;
	try(left_for(db, d, 1));
	return give(db, d, m, 1);
}

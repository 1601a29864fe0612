/* An act: prepared, signed by those whom its text names, taken back. Whatever changes it passes by its version, so that two agents do not sign over
 * each other; its history is only ever added to. */
#include "charter/pages.h"

#include "audit/audit.h"
#include "db/id.h"

const struct charter_role_words charter_roles[CR_COUNT] = {
	[CR_FAMILY] = { "family", N_("La famille"), "famille" },
	[CR_CITY] = { "city", N_("La ville"), "ville" },
	[CR_EDUCATION] = { "education", N_("L’Éducation nationale"), "ecole" },
	[CR_ESTABLISHMENT] = { "establishment", N_("L’établissement d’enseignement supérieur"), "etablissement" },
	[CR_ASSOCIATION] = { "association", N_("L’association, témoin"), "association" },
};

const struct choice charter_signer_choices[] = { { "family", N_("La famille") }, { "city", N_("La ville") }, { "education", N_("L’Éducation nationale") },
	{ "establishment", N_("L’établissement d’enseignement supérieur") }, { "association", N_("L’association, témoin") }, { NULL, NULL } };

const struct charter_quality charter_qualities[] = {
	{ "parent", N_("parent"), CR_FAMILY, false },
	{ "holder", N_("autre titulaire de l’autorité parentale"), CR_FAMILY, false },
	{ "self", N_("personne équipée, majeure"), CR_FAMILY, false },
	{ "mayor", N_("maire"), CR_CITY, false },
	{ "delegate", N_("par délégation du maire"), CR_CITY, true },
	{ "head", N_("directrice ou directeur de l’école"), CR_EDUCATION, false },
	{ "head_delegate", N_("par délégation de la directrice ou du directeur"), CR_EDUCATION, false },
	{ "inspector", N_("inspectrice ou inspecteur de la circonscription"), CR_EDUCATION, false },
	{ "president", N_("présidente ou président, directrice ou directeur"), CR_ESTABLISHMENT, false },
	{ "president_delegate", N_("par délégation de l’établissement"), CR_ESTABLISHMENT, false },
	{ "social_service", N_("service social de l’établissement"), CR_ESTABLISHMENT, false },
	{ "witness", N_("témoin, pour l’association"), CR_ASSOCIATION, false },
	{ NULL, NULL, CR_COUNT, false },
};

bool charter_role_of(str code, enum charter_role *ret)
{
	for (enum charter_role r = 0; r < CR_COUNT; r++)
		if (str_eq(code, str_c(charter_roles[r].code))) {
			*ret = r;
			return true;
		}
	return false;
}

bool charter_signs(str signers, enum charter_role r)
{
	str code;
	while (signers.n && str_next(&signers, ' ', &code))
		if (str_eq(code, str_c(charter_roles[r].code)))
			return true;
	return false;
}

size_t charter_signers_count(str signers)
{
	size_t n = 0;
	for (enum charter_role r = 0; r < CR_COUNT; r++)
		n += charter_signs(signers, r);
	return n;
}

const struct charter_quality *charter_quality_of(str code)
{
	for (const struct charter_quality *q = charter_qualities; q->code; q++)
		if (str_eq(code, str_c(q->code)))
			return q;
	return NULL;
}

static str today(struct db *db) { return date_iso(db_arena(db), today_paris()); }

enum err charter_note(struct db *db, i64 act_id, const char *kind, str what, str day, str reason, const struct file_doer *who)
{
	try(charter_event_put(db, id_new(), act_id, str_c(kind), what, day, reason, who->user_id, now_ms()));
	return audit_write(db, &(struct audit){ .user_id = who->user_id, .organisation_id = who->organisation_id,
		.action = str_printf(db_arena(db), "charter.%s", kind).p, .object = "charter", .object_id = act_id,
		.detail = what.n ? str_printf(db_arena(db), "what=%.*s", STR_ARG(what)) : S("") });
}

enum err charter_prepare_put(struct db *db, const struct charter_prepare *p, const struct file_doer *who)
{
	try(charter_act_put(db, p->id, p->file_id, p->household_id, p->version_id, charter_lang_code(p->lang), p->devices, p->filled, who->user_id, now_ms()));
	if (!db_changes(db))
		return CONFLICT;
	return charter_note(db, p->id, "prepared", charter_lang_code(p->lang), today(db), S(""), who);
}

/* ---- signing ---- */

enum err charter_sign_seal(const struct vault_asker *vault, const struct charter_act_row *act, struct charter_signing *v, size_t n)
{
	struct vault_own *items = arena_many(vault->a, struct vault_own, n + 1);
	str *sealed = arena_many(vault->a, str, n + 1);
	for (size_t i = 0; i < n; i++) {
		v[i].id = id_new();
		items[i] = charter_own(vault->a, act, "charter_signature:name", v[i].id, v[i].name);
	}
	try(vault_seal_own(vault, items, n, sealed));
	for (size_t i = 0; i < n; i++)
		v[i].name_enc = sealed[i];
	return OK;
}

static enum err touch(struct db *db, const struct charter_act_row *act, const char *state)
{
	try(charter_act_move(db, act->id, act->version, str_c(state)));
	return db_changes(db) ? OK : CONFLICT;
}

/* The day of the last signature, never before the file's own last step. */
static str day_of_all(const struct charter_signature_row_list *all, const struct file *f)
{
	str day = f->since;
	for (size_t i = 0; i < all->n; i++)
		day = str_cmp(all->v[i].day, day) > 0 ? all->v[i].day : day;
	return day;
}

enum err charter_sign_put(struct db *db, const struct charter_act_row *act, const struct file *f, const struct charter_signing *v, size_t n,
	const struct file_doer *who)
{
	struct charter_signature_row_list all;
	if (!str_eq(act->state, S("prepared")))
		return CONFLICT;
	for (size_t i = 0; i < n; i++) {
		const struct charter_signing *s = &v[i];
		str role = str_c(charter_roles[s->role].code), way = s->screen ? S("screen") : S("paper");
		try(charter_signature_put(db, s->id, act->id, role, str_c(s->quality->code), way, s->day, s->name_enc, s->order_number, s->order_day,
			who->user_id, now_ms()));
		if (!db_changes(db))
			return CONFLICT;         /* this one has signed meanwhile */
		try(charter_note(db, act->id, "signed", role, s->day, S(""), who));
	}
	try(charter_signatures(db, act->id, &all));
	bool whole = all.n >= charter_signers_count(act->signers);
	try(touch(db, act, whole ? "signed" : "prepared"));
	if (!whole)
		return OK;
	str day = day_of_all(&all, f);
	try(charter_note(db, act->id, "complete", S(""), day, S(""), who));
	return file_step_make(db, f, FS_SIGNED, day, S(""), who);
}

enum err charter_sign_withdraw(struct db *db, const struct charter_act_row *act, const struct file *f, i64 signature, str reason, const struct file_doer *who)
{
	struct charter_signature_row_list all;
	str role = (str){ 0 };
	try(charter_signatures(db, act->id, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id == signature)
			role = all.v[i].role;
	if (!role.p)
		return CONFLICT;
	if (str_eq(act->state, S("signed")))
		try(file_step_undo(db, f, FS_SIGNED, reason, who));
	try(charter_signature_withdraw(db, signature, act->id, now_ms()));
	try(touch(db, act, "prepared"));
	return charter_note(db, act->id, "withdrawn", role, today(db), reason, who);
}

enum err charter_act_cancel(struct db *db, const struct charter_act_row *act, const struct file *f, str reason, const struct file_doer *who)
{
	if (str_eq(act->state, S("signed")))
		try(file_step_undo(db, f, FS_SIGNED, reason, who));
	try(touch(db, act, "cancelled"));
	return charter_note(db, act->id, "cancelled", S(""), today(db), reason, who);
}

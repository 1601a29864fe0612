/* A ticket in the database: what moves it moves the family's computer, the spare one and the family's file with it. */
#include "aftersales/pages.h"
#include "audit/audit.h"
#include "db/id.h"

static i64 or_none(struct opt_i64 v) { return v.set ? v.v : 0; }
static struct opt_i64 opt(i64 v) { return (struct opt_i64){ .v = v, .set = v != 0 }; }

struct ticket ticket_of_row(const struct care_ticket_row *r)
{
	struct ticket t = { .id = r->id, .file_id = r->file_id, .campaign_id = r->campaign_id, .household_id = r->household_id, .root = r->root,
		.device_id = r->device_id, .spare_id = or_none(r->spare_id), .new_id = or_none(r->new_id), .version = r->version, .public_id = r->public_id,
		.symptom = r->symptom, .finding = r->finding, .since = r->since_day, .opened = r->opened_day, .key = r->key_enc, .sealed = r->said_enc,
		.state = CS_CANCELLED };
	(void)care_state_of(r->state, &t.state);
	return t;
}

enum err ticket_of(struct req *req, const struct campaign *c, struct ticket *ret)
{
	struct care_ticket_row row;
	struct file f;
	i64 id;
	if (!str_i64(req_param(req, "ticket"), &id))
		return NOT_FOUND;
	try(care_ticket_by_id(req->db, id, &row));
	try(file_of(req, c, row.public_id, &f));
	*ret = ticket_of_row(&row);
	return OK;
}

static str code_of(enum care_state s) { return str_c(care_states[s].code); }

struct telling { const char *kind; enum care_state to; str day, reason; i64 device_id; };

static enum err tell(struct db *db, const struct ticket *t, const struct telling *e, const struct file_doer *who)
{
	bool opened = !strcmp(e->kind, "opened");
	try(care_event_put(db, id_new(), t->id, str_c(e->kind), opened ? S("") : code_of(t->state), code_of(e->to), e->day, e->reason, opt(e->device_id), who->user_id,
		now_ms()));
	return audit_write(db, &(struct audit){ .user_id = who->user_id, .organisation_id = who->organisation_id,
		.action = str_printf(db_arena(db), "aftersales.%s", e->kind).p, .object = "ticket", .object_id = t->id,
		.detail = str_printf(db_arena(db), "to=%s", care_states[e->to].code) });
}

enum err ticket_open(struct db *db, const struct ticket *t, const struct file_doer *who)
{
	struct device d;
	try(stock_get(db, t->device_id, &d));
	if (d.state != SS_LENT || d.file_id != t->file_id)
		return INVALID;
	try(care_ticket_insert(db, t->id, t->file_id, t->household_id, t->device_id, t->symptom, t->sealed, t->opened, now_ms()));
	return tell(db, t, &(struct telling){ "opened", CS_OPEN, t->opened, S(""), 0 }, who);
}

/* ---- where computers are ---- */

static bool stands(const struct device *d, enum care_place place, i64 file_id)
{
	switch (place) {
	case CP_FAMILY: return d->state == SS_LENT && d->file_id == file_id;
	case CP_BENCH: return d->state == SS_IN_REPAIR;
	case CP_BACK: return d->state == SS_RETURNED;
	}
	return false;
}

struct putting { i64 device_id, file_id; enum care_place from, to; str day; };

/* The family's computer, from where the ticket left it to where it goes. INVALID: it is not there any more. */
static enum err put(struct db *db, const struct putting *p, const struct file_doer *who)
{
	struct stock_doer doer = { who->user_id, who->organisation_id };
	struct device d;
	enum stock_state to = p->to == CP_BENCH ? SS_IN_REPAIR : SS_RETURNED;
	str reason = p->to == CP_BENCH ? S("fault") : S("broken");
	if (p->from == p->to)
		return OK;
	try(stock_get(db, p->device_id, &d));
	if (!stands(&d, p->from, p->file_id))
		return INVALID;
	if (p->from == CP_FAMILY)
		return stock_back(db, &d, to, p->day, reason, &doer);
	if (p->to != CP_FAMILY)
		return stock_move(db, &d, to, reason, &doer);
	try(stock_move(db, &d, SS_IN_STOCK, S("checked"), &doer));
	try(stock_get(db, p->device_id, &d));
	return stock_lend(db, &d, &(struct stock_loan){ .file_id = p->file_id, .from_day = p->day }, &doer);
}

static enum err lend(struct db *db, const struct ticket *t, i64 device_id, bool spare, str day, const struct file_doer *who)
{
	struct device d;
	try(stock_get(db, device_id, &d));
	if (d.state != SS_IN_STOCK || d.organisation_id != who->organisation_id)
		return INVALID;
	return stock_lend(db, &d, &(struct stock_loan){ .file_id = t->file_id, .spare = spare, .from_day = day },
		&(struct stock_doer){ who->user_id, who->organisation_id });
}

/* Out of the family's hands: to be looked over, or to change its title. */
static enum err take(struct db *db, i64 device_id, enum stock_state to, str day, const struct file_doer *who)
{
	struct device d;
	try(stock_get(db, device_id, &d));
	return stock_back(db, &d, to, day, to == SS_RETURNED ? S("finished") : S("mistake"), &(struct stock_doer){ who->user_id, who->organisation_id });
}

/* ---- steps ---- */

static enum err move(struct db *db, const struct ticket *t, enum care_state to, str day, str finding, i64 spare_id, i64 new_id)
{
	try(care_ticket_move(db, t->id, t->version, code_of(to), day, finding, opt(spare_id), opt(new_id)));
	return db_changes(db) ? OK : CONFLICT;
}

/* The spare one is given back, or becomes the family's own. */
static enum err settle_spare(struct db *db, const struct ticket *t, const struct ticket_step *s, const struct file_doer *who)
{
	bool keeps = s->to == CS_REPLACED && s->replacement == t->spare_id;
	if (!t->spare_id || care_states[s->to].spare)
		return OK;
	if (!keeps && !s->spare_back)
		return INVALID;
	try(take(db, t->spare_id, keeps ? SS_IN_STOCK : SS_RETURNED, s->day, who));
	return keeps ? OK : tell(db, t, &(struct telling){ "spare_back", t->state, s->day, S(""), t->spare_id }, who);
}

static enum err step_file(struct db *db, const struct ticket *t, const struct ticket_step *s, const struct file_doer *who)
{
	struct file f;
	if (s->to != CS_REPLACED && s->to != CS_ENDED)
		return OK;
	try(file_get(db, t->file_id, &f));
	return s->to == CS_REPLACED ? file_step_make(db, &f, FS_REPLACED, s->day, str_c(care_fault(t->symptom)), who)
		: file_step_make(db, &f, FS_RETURNED, s->day, S("broken"), who);
}

enum err ticket_step_make(struct db *db, const struct ticket *t, const struct ticket_step *s, const struct file_doer *who)
{
	const struct care_step *step = care_step_of(t->state, s->to);
	if (!step || (step->asks == CA_FINDING && !choice_label(care_findings, s->finding)) || (step->asks == CA_REPLACEMENT && !s->replacement))
		return INVALID;
	bool replaces = step->asks == CA_REPLACEMENT;
	i64 spare = care_states[s->to].spare ? t->spare_id : 0;
	str finding = choice_label(care_findings, s->finding) ? s->finding : S("");      /* said with any step from where it is asked */
	try(move(db, t, s->to, s->day, finding.n ? finding : t->finding, spare, replaces ? s->replacement : 0));
	try(settle_spare(db, t, s, who));
	try(put(db, &(struct putting){ t->device_id, t->file_id, care_states[t->state].place, care_states[s->to].place, s->day }, who));
	if (replaces)
		try(lend(db, t, s->replacement, false, s->day, who));
	try(step_file(db, t, s, who));
	return tell(db, t, &(struct telling){ "step", s->to, s->day, finding, replaces ? s->replacement : 0 }, who);
}

bool ticket_last_step(struct arena *a, const struct care_event_row_list *events, struct care_event_row *ret)
{
	struct care_event_row *stack = arena_many(a, struct care_event_row, events->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < events->n; i++) {
		const struct care_event_row *e = &events->v[i];
		if (str_eq(e->kind, S("step")))
			stack[n++] = *e;
		else if (str_eq(e->kind, S("back")) && n)
			n--;
	}
	if (n)
		*ret = stack[n - 1];
	return n > 0;
}

/* The computer that replaced it goes back to where it was: in stock, or the spare one of before. */
static enum err unreplace(struct db *db, const struct ticket *t, bool was_spare, str day, const struct file_doer *who)
{
	struct device d;
	struct stock_doer doer = { who->user_id, who->organisation_id };
	try(stock_get(db, t->new_id, &d));
	if (!stands(&d, CP_FAMILY, t->file_id))
		return INVALID;
	if (!was_spare)
		return stock_lend_undo(db, &d, &doer);
	try(stock_back(db, &d, SS_IN_STOCK, day, S("mistake"), &doer));
	return lend(db, t, t->new_id, true, day, who);
}

/* Whether the device of a replacement was the family's spare one: the last that was lent to it as such, and had not come back. */
static enum err was_spare(struct db *db, const struct ticket *t, bool *ret)
{
	struct care_event_row_list events;
	*ret = false;
	try(care_events(db, t->id, &events));
	for (size_t i = 0; i < events.n; i++)
		if (or_none(events.v[i].device_id) == t->new_id && !str_eq(events.v[i].kind, S("step")))
			*ret = str_eq(events.v[i].kind, S("spare"));
	return OK;
}

static enum err unstep_file(struct db *db, const struct ticket *t, const struct file_doer *who)
{
	struct file f;
	if (t->state != CS_REPLACED && t->state != CS_ENDED)
		return OK;
	try(file_get(db, t->file_id, &f));
	return file_step_undo(db, &f, t->state == CS_REPLACED ? FS_REPLACED : FS_RETURNED, S("mistake"), who);
}

enum err ticket_step_back(struct db *db, const struct ticket *t, const struct care_event_row *last, const struct file_doer *who)
{
	enum care_state to;
	bool spare = false;
	str today = date_iso(db_arena(db), today_paris());
	if (!care_state_of(last->before, &to) || !str_eq(last->after, code_of(t->state)) || (t->spare_id && !care_states[to].spare))
		return INVALID;
	if (t->new_id)
		try(was_spare(db, t, &spare));
	try(move(db, t, to, today, to == CS_OPEN ? S("") : t->finding, spare ? t->new_id : t->spare_id, 0));
	if (t->new_id)
		try(unreplace(db, t, spare, today, who));
	try(put(db, &(struct putting){ t->device_id, t->file_id, care_states[t->state].place, care_states[to].place, today }, who));
	try(unstep_file(db, t, who));
	return tell(db, t, &(struct telling){ "back", to, today, S(""), 0 }, who);
}

/* ---- the spare one ---- */

enum err ticket_spare_lend(struct db *db, const struct ticket *t, i64 device_id, str day, const struct file_doer *who)
{
	if (!care_states[t->state].spare || t->spare_id)
		return INVALID;
	try(move(db, t, t->state, t->since, t->finding, device_id, 0));
	try(lend(db, t, device_id, true, day, who));
	return tell(db, t, &(struct telling){ "spare", t->state, day, S(""), device_id }, who);
}

enum err ticket_spare_back(struct db *db, const struct ticket *t, str day, bool lost, const struct file_doer *who)
{
	if (!t->spare_id)
		return INVALID;
	try(move(db, t, t->state, t->since, t->finding, 0, 0));
	if (!lost)
		try(take(db, t->spare_id, SS_RETURNED, day, who));
	return tell(db, t, &(struct telling){ lost ? "spare_lost" : "spare_back", t->state, day, S(""), t->spare_id }, who);
}

/* One file: where it stands, what happened, what may be done next; steps, calls, the last step taken back, two files of one family made one. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/phone.h"
#include "files/pages.h"
#include "files/show_html.h"
#include "http/session.h"

#define CALLS_IN_VAIN 3

struct looking { struct req *req; struct campaign c; struct file f; struct household h; struct file_event_row_list events; enum file_who who; };

static enum err look(struct req *req, struct looking *l)
{
	*l = (struct looking){ .req = req };
	try(campaign_of(req, &l->c));
	try(file_of(req, &l->c, req_param(req, "dossier"), &l->f));
	l->who = file_who_of(req, &l->c);
	try(file_events(req->db, l->f.id, &l->events));
	return household_get(req->db, l->f.root, &l->h);
}

/* ---- showing ---- */

/* "Called three times" is offered, and taken, once three calls without answer are noted. */
static bool too_soon(const struct looking *l, str reason)
{
	return str_eq(reason, S("calls")) && file_calls_silent(&l->events) < CALLS_IN_VAIN;
}

/* "signed" and, when a reason is demanded, "lost:stolen": one choice says both. */
static void put_steps(const struct view *v, const struct looking *l, struct file_page *page)
{
	page->steps.v = arena_many(v->a, struct step_option, 100);
	for (size_t i = 0; i < file_steps_count; i++) {
		const struct file_step *s = &file_steps[i];
		str code = str_c(file_states[s->to].code), label = tr_here(v, file_states[s->to].label);
		if (s->from != l->f.state || s->who > l->who || s->made_in)
			continue;
		if (s->reason == FR_NONE)
			page->steps.v[page->steps.n++] = (struct step_option){ code, label };
		for (const struct file_reason *r = file_reasons; r->code && s->reason != FR_NONE; r++)
			if (r->kind == s->reason && !too_soon(l, str_c(r->code)))
				page->steps.v[page->steps.n++] = (struct step_option){ str_printf(v->a, "%.*s:%s", STR_ARG(code), r->code),
					_f("{1} : {2}", label, tr_here(v, r->label)) };
	}
	page->backs.v = arena_many(v->a, struct step_option, 8);
	for (const struct file_reason *r = file_reasons; r->code; r++)
		if (r->kind == FR_BACK)
			page->backs.v[page->backs.n++] = (struct step_option){ str_c(r->code), tr_here(v, r->label) };
}

static bool of_today(const struct file_event_row *e)
{
	return date_days(paris_of_ms(e->at).date) == date_days(today_paris());
}

/* Where a step is made and taken back; NULL: here. */
static const char *made_elsewhere(const struct file_event_row *e)
{
	enum file_state from, to;
	const struct file_step *s = file_state_of(e->before, &from) && file_state_of(e->after, &to) ? file_step_of(from, to) : NULL;
	return s ? s->made_in : NULL;
}

/* An officer any step that is made here; the others, on the same day, a step that is theirs to make. */
static bool may_take_back(const struct looking *l, const struct file_event_row *last)
{
	enum file_state from, to;
	if (made_elsewhere(last))
		return false;
	return l->who == FW_OFFICER || (of_today(last) && file_state_of(last->before, &from) && file_state_of(last->after, &to) &&
		file_step_check(from, to, l->who, last->reason) == FN_ALLOWED);
}

static void put_back(const struct view *v, const struct looking *l, struct file_page *page)
{
	struct file_event_row last;
	if (l->f.state == FS_JOINED || !file_last_step(v->a, &l->events, &last) || !may_take_back(l, &last))
		return;
	page->back_to = state_label(v, last.before);
	page->same_day = of_today(&last);
}

static enum err put_events(struct req *req, const struct looking *l, struct file_page *page)
{
	struct vault_asker vault = vault_of(req);
	size_t n = l->events.n;
	i64 *ids = arena_many(req->a, i64, n + 1);
	str *names = arena_many(req->a, str, n + 1);
	for (size_t i = 0; i < n; i++)
		ids[i] = l->events.v[n - 1 - i].user_id;
	try(accounts_names(req->db, &vault, ids, n, names));
	page->events.v = arena_many(req->a, struct event_line, n + 1);
	for (size_t i = 0; i < n && i < 30; i++) {
		const struct file_event_row *e = &l->events.v[n - 1 - i];
		page->events.v[page->events.n++] = (struct event_line){ iso_date_shown(&req->v, e->day), file_event_words(&req->v, e), names[i] };
	}
	return OK;
}

static enum err put_children(struct req *req, const struct looking *l, struct file_page *page)
{
	struct file_child_row_list rows;
	try(file_children(req->db, l->f.id, &rows));
	page->children.v = arena_many(req->a, struct child_line, rows.n + 1);
	for (; page->children.n < rows.n; page->children.n++) {
		const struct file_child_row *r = &rows.v[page->children.n];
		str name = S("");
		for (size_t i = 0; i < l->h.n; i++)
			if (l->h.persons[i].id == r->person_id)
				name = l->h.persons[i].given;
		page->children.v[page->children.n] = (struct child_line){ name, r->school, r->class, r->organisation, date_shown(&req->v, paris_of_ms(r->at).date) };
	}
	return OK;
}

struct seeing { struct req *req; const struct looking *l; struct household *const *alike; size_t n; };

static enum err seen_tx(struct db *db, void *arg)
{
	const struct seeing *s = arg;
	try(household_seen(db, s->req, s->l->h.id, s->l->c.organisation_id, "file"));
	for (size_t i = 0; i < s->n; i++)
		try(household_seen(db, s->req, s->alike[i]->id, s->l->c.organisation_id, "alike"));
	return OK;
}

/* Other files of the household, which was two when they were made. */
static enum err put_siblings(struct req *req, const struct looking *l, struct file_page *page)
{
	const struct view *v = &req->v;
	struct family_file_row_list rows;
	try(file_siblings(req->db, l->c.id, l->h.id, l->f.id, &rows));
	for (size_t i = 0; i < rows.n && l->f.state != FS_JOINED; i++)
		page->alike.v[page->alike.n++] = (struct alike_line){ rows.v[i].public_id, rows.v[i].public_id, _("le foyer a déjà été réuni, pas ses dossiers"),
			.file = true };
	return OK;
}

/* Households that may be this family, by what is opened of both. */
static enum err put_alike(struct req *req, const struct looking *l, struct file_page *page)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct households alike;
	struct household *one[ALIKE_SHOWN];
	size_t n = 0;
	try(people_alike(req->db, &vault, &l->h, &alike));
	for (size_t i = 0; i < alike.n && n < lengthof(one) && l->f.state != FS_JOINED; i++)
		if (alike.v[i].id != l->h.id)
			one[n++] = &alike.v[i];
	try(household_open(&vault, S("perhaps the same family"), one, n));
	page->alike.v = arena_many(req->a, struct alike_line, n + ALIKE_SHOWN + 1);
	for (; page->alike.n < n; page->alike.n++) {
		const struct household *o = one[page->alike.n];
		bool phone = false;
		for (size_t i = 0; i < o->n; i++)
			for (size_t j = 0; j < l->h.n; j++)
				phone |= o->persons[i].phone.n && str_eq(o->persons[i].phone, l->h.persons[j].phone);
		page->alike.v[page->alike.n] = (struct alike_line){ o->public_id, household_name(req->a, o), phone ? _("même téléphone") : _("noms proches") };
	}
	try(put_siblings(req, l, page));
	return db_tx(req->db, seen_tx, &(struct seeing){ req, l, one, n });
}

#define PANEL_MOST 8

void file_panel_line(struct file_panel *p, str line)
{
	if (p->lines.n < PANEL_MOST)
		p->lines.v[p->lines.n++] = line;
}

void file_panel_link(struct file_panel *p, str path, str label)
{
	if (p->links.n < PANEL_MOST)
		p->links.v[p->links.n++] = (struct panel_link){ path, label };
}

static enum err put_panels(struct req *req, const struct looking *l, struct file_page *page)
{
	size_t n = 0;
	while (file_panels[n])
		n++;
	page->panels.v = arena_many(req->a, struct file_panel, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct file_panel *p = &page->panels.v[page->panels.n];
		*p = (struct file_panel){ .title = S(""), .lines.v = arena_many(req->a, str, PANEL_MOST),
			.links.v = arena_many(req->a, struct panel_link, PANEL_MOST) };
		try(file_panels[i](req, &l->c, &l->f, p));
		page->panels.n += p->lines.n || p->links.n;
	}
	return OK;
}

static enum err show(struct req *req, struct looking *l)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	const struct file *f = &l->f;
	struct wave w;
	try(household_open(&vault, S("a file"), &(struct household *const){ &l->h }, 1));
	try(wave_get(req->db, f->wave_id, &w));
	struct file_page page = { .form = req->form, .campaign = l->c.id, .campaign_name = l->c.f[C_NAME], .public_id = f->public_id,
		.path = str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s", (long long)l->c.id, STR_ARG(f->public_id)), .name = household_name(req->a, &l->h),
		.household = l->h.public_id, .phone = household_phone(&l->h), .since = iso_date_shown(v, f->since),
		.state = file_state_shown(v, str_c(file_states[f->state].code), f->reason),
		.reason = f->reason.n ? tr_here(v, file_reason_label(f->reason)) : S(""),
		.todo = *file_states[f->state].todo ? tr_here(v, file_states[f->state].todo) : S(""),
		.version = str_printf(req->a, "%lld", (long long)f->version), .today = date_iso(req->a, today_paris()), .contest = f->state == FS_NOT_ELIGIBLE,
		.uninformed = household_uninformed(v, &l->h),
		.ended = f->state == FS_JOINED, .saved = form_given(req, "fait") ? form_text(req, "fait") : S(""), .back_to = S(""),
		.wave = _f("Vague {1}", number_shown(v->a, v->lang, w.number)) };
	put_steps(v, l, &page);
	put_back(v, l, &page);
	page.call_to_undo = l->f.state != FS_JOINED && file_call_to_undo(&l->events);
	try(put_events(req, l, &page));
	try(put_children(req, l, &page));
	try(put_alike(req, l, &page));
	try(put_panels(req, l, &page));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, FILE_ROUTE));
	return file_html(&req->v, &page);
}

enum err file_show(struct req *req)
{
	struct looking l;
	try(look(req, &l));
	req->form->n_errors = 0;
	return show(req, &l);
}

/* ---- doing ---- */

enum act { ACT_NONE, ACT_STEP, ACT_BACK, ACT_REACHED, ACT_SILENT, ACT_UNCALL, ACT_JOIN };
struct doing {
	struct looking *l;
	enum act act;
	enum file_state to;
	str day, reason;
	struct file_event_row last;
	struct household other;                  /* id 0: it is one already */
	struct file theirs;                      /* id 0: the other household has no file here */
};

static enum err join(struct db *db, const struct doing *d, const struct file_doer *who)
{
	const struct looking *l = d->l;
	str detail = str_printf(db_arena(db), "with=%lld", (long long)d->other.id);
	if (d->other.id) {
		try(household_merge(db, &d->other, &l->h));
		try(audit_write(db, &(struct audit){ .user_id = who->user_id, .organisation_id = who->organisation_id, .action = "household.merge",
			.object = "household", .object_id = l->h.id, .detail = detail }));
	}
	return d->theirs.id ? file_join(db, &l->f, &d->theirs, who) : OK;
}

static enum err do_tx(struct db *db, void *arg, str *ret_path)
{
	const struct doing *d = arg;
	const struct looking *l = d->l;
	struct file_doer who = { l->req->session->user_id, l->c.organisation_id };
	*ret_path = str_printf(db_arena(db), "/agent/campagnes/%lld/dossiers/%.*s?fait=1", (long long)l->c.id, STR_ARG(l->f.public_id));
	switch (d->act) {
	case ACT_STEP: return file_step_make(db, &l->f, d->to, d->day, d->reason, &who);
	case ACT_BACK: return file_step_back(db, &l->f, &d->last, d->reason, &who);
	case ACT_REACHED: return file_call_note(db, &l->f, true, &who);
	case ACT_SILENT: return file_call_note(db, &l->f, false, &who);
	case ACT_UNCALL: return file_call_undo(db, &l->f, &who);
	case ACT_JOIN: return join(db, d, &who);
	case ACT_NONE: break;
	}
	return INVALID;
}

/* The day that was said, today when none was. */
static void take_day(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	struct date day = today_paris(), since;
	for (size_t i = 0; i < req->form->spec->n; i++)
		if (!strcmp(req->form->spec->fields[i].name, "jour") && req->form->values[i].date.set)
			day = (struct date){ req->form->values[i].date.y, req->form->values[i].date.m, req->form->values[i].date.d };
	d->day = date_iso(req->a, day);
	if (date_days(day) > date_days(today_paris()))
		form_fail(req, "jour", _("Ce jour n’est pas encore venu : notez une étape quand elle est faite."));
	else if (date_parse(d->l->f.since, &since) && date_days(day) < date_days(since))
		form_fail(req, "jour", _f("L’étape d’avant est du {1} : celle-ci ne peut pas être plus ancienne.", date_shown(v, since)));
}

static void take_step(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	str rest = form_given(req, "etape") ? form_text(req, "etape") : S(""), code = S("");
	const struct file *f = &d->l->f;
	d->act = ACT_STEP;
	(void)str_next(&rest, ':', &code);
	d->reason = rest.p ? rest : S("");
	if (!file_state_of(code, &d->to)) {
		form_fail(req, "etape", _("Choisissez l’étape suivante."));
		return;
	}
	str from = tr_here(v, file_states[f->state].label), to = tr_here(v, file_states[d->to].label);
	const struct file_step *step = file_step_of(f->state, d->to);
	if (step && step->made_in) {
		form_fail(req, "etape", _f("« {1} » se note dans {2} de ce dossier.", to, tr_here(v, step->made_in)));
		return;
	}
	switch (file_step_check(f->state, d->to, d->l->who, d->reason)) {
	case FN_ALLOWED:
		take_day(req, d);
		if (too_soon(d->l, d->reason))
			form_fail(req, "etape", _("Trois appels sans réponse ne sont pas encore notés ici : notez-les d’abord."));
		break;
	case FN_NOT_YOU:
		form_fail(req, "etape", _f("« {1} » se décide à la conduite des programmes de {2} : demandez-lui, si c’est ce qu’il faut.", to, d->l->c.organisation));
		break;
	case FN_NO_REASON: form_fail(req, "etape", _f("« {1} » demande une raison : choisissez-la dans la liste.", to)); break;
	case FN_NO_STEP:
		form_fail(req, "etape", _f("De « {1} », un dossier ne passe pas à « {2} ». Si l’étape notée est fausse, revenez d’abord à celle d’avant.", from, to));
		break;
	}
}

static void take_back(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	d->act = ACT_BACK;
	d->reason = form_given(req, "raison") ? form_text(req, "raison") : S("");
	if (d->l->f.state == FS_JOINED || !file_last_step(req->a, &d->l->events, &d->last))
		form_fail(req, "raison", _("Aucune étape n’est à reprendre."));
	else if (made_elsewhere(&d->last))
		form_fail(req, "raison", _f("Cette étape se reprend dans {1} de ce dossier, où elle a été notée.", tr_here(v, made_elsewhere(&d->last))));
	else if (!may_take_back(d->l, &d->last))
		form_fail(req, "raison", _f("Cette étape se reprend à la conduite des programmes de {1} : demandez-lui.", d->l->c.organisation));
	else if (d->reason.n && !file_reason_fits(FR_BACK, d->reason))
		form_fail(req, "raison", _("Choisissez une raison de la liste."));
	else if (!d->reason.n && !of_today(&d->last))
		form_fail(req, "raison", _("Cette étape n’a pas été notée aujourd’hui : dites pourquoi vous revenez en arrière."));
}

/* The other household, or the other file when the household is one already ("dossier"). */
static enum err find_other(struct req *req, struct doing *d, struct family_file_row *ret, bool *ret_file)
{
	const struct looking *l = d->l;
	*ret_file = form_given(req, "dossier");
	enum err e = *ret_file ? file_by_public(req->db, form_text(req, "dossier"), l->c.id, ret) : household_named(req->db, form_text(req, "avec"), &d->other);
	if (e != OK)
		return e;
	if (*ret_file)
		return ret->root == l->h.id && ret->id != l->f.id ? OK : NOT_FOUND;
	if (d->other.organisation_id != l->c.organisation_id || d->other.erased || d->other.merged_into || d->other.id == l->h.id)
		return NOT_FOUND;
	e = file_of_household(req->db, l->c.id, d->other.id, ret);
	*ret_file = e == OK;
	return e == NOT_FOUND ? OK : e;
}

static enum err take_join(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	struct family_file_row row;
	bool file;
	d->act = ACT_JOIN;
	enum err e = find_other(req, d, &row, &file);
	if (e == NOT_FOUND)
		form_fail(req, "avec", _("Choisissez un des dossiers proposés."));
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	d->theirs = file ? file_of_row(&row) : (struct file){ .id = 0 };
	if (file && d->theirs.state != FS_IDENTIFIED && d->theirs.state != FS_CONTACTED)
		form_fail(req, "avec", _f("L’autre dossier, {1}, est déjà plus loin que « Contactée » : ouvrez-le, et réunissez celui-ci à lui.", row.public_id));
	return OK;
}

static enum err take(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	str act = form_text(req, "geste");
	d->day = d->reason = S("");
	if (str_eq(act, S("retour")))
		take_back(req, d);
	else if (str_eq(act, S("jointe")))
		d->act = ACT_REACHED;
	else if (str_eq(act, S("silence")))
		d->act = ACT_SILENT;
	else if (str_eq(act, S("raturer"))) {
		d->act = ACT_UNCALL;
		if (!file_call_to_undo(&d->l->events))
			form_fail(req, "etape", _("Aucun appel noté aujourd’hui n’est à enlever."));
	} else if (form_given(req, "avec") || form_given(req, "dossier"))
		return take_join(req, d);
	else
		take_step(req, d);
	if (d->act == ACT_REACHED && d->l->f.state == FS_IDENTIFIED) {
		d->act = ACT_STEP;               /* a first talk is a step */
		d->to = FS_CONTACTED;
		d->day = date_iso(req->a, today_paris());
	}
	if (d->l->f.state == FS_JOINED)
		form_fail(req, "etape", _("Ce dossier a été réuni à un autre : tout se note désormais là-bas."));
	return OK;
}

enum err file_post(struct req *req)
{
	const struct view *v = &req->v;
	struct looking l;
	struct doing d = { .l = &l };
	try(look(req, &l));
	i64 shown = form_int(req, "version", -1), now = l.f.version;
	enum err e = CONFLICT;
	l.f.version = shown;                     /* what is written over is what was shown: a form sent twice counts once */
	if (shown == now) {
		try(take(req, &d));
		e = form_ok(req) ? post_once(req, do_tx, &d) : INVALID;
	} else {
		d.act = ACT_NONE;
		e = post_once(req, do_tx, &d);   /* sent twice: the answer of the first time */
		e = e == INVALID ? CONFLICT : e;
	}
	if (e != CONFLICT && e != INVALID)
		return e;
	try(look(req, &l));
	if (e == CONFLICT)
		form_fail(req, "etape", _("Quelqu’un vient de changer ce dossier : rien de ce que vous aviez choisi n’est noté. Voici ce qui s’est passé."));
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show(req, &l);
}

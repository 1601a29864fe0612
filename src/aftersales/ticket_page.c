/* One breakdown: where the computer is, what is to be done, the spare one, what happened; the last step taken back. */
#include "accounts/accounts.h"
#include "aftersales/pages.h"
#include "aftersales/ticket_page_html.h"
#include "base/phone.h"
#include "http/session.h"

#define EVENTS_SHOWN 30

struct looking { struct req *req; struct campaign c; struct ticket t; struct care_event_row_list events; enum file_who who; };

static enum err look(struct req *req, struct looking *l)
{
	*l = (struct looking){ .req = req };
	try(campaign_of(req, &l->c));
	try(ticket_of(req, &l->c, &l->t));
	l->who = file_who_of(req, &l->c);
	return care_events(req->db, l->t.id, &l->events);
}

/* ---- showing ---- */

static void put_steps(const struct view *v, const struct looking *l, struct ticket_page *page)
{
	page->steps.v = arena_many(v->a, struct step_button, care_steps_count);
	for (size_t i = 0; i < care_steps_count; i++) {
		const struct care_step *s = &care_steps[i];
		if (s->from != l->t.state || s->who > l->who)
			continue;
		page->asks_finding |= s->asks == CA_FINDING;
		page->asks_replacement |= s->asks == CA_REPLACEMENT;
		page->steps.v[page->steps.n++] = (struct step_button){ str_c(care_states[s->to].code), tr_here(v, s->act) };
	}
}

/* An officer any step; the others, those that are theirs. */
static bool may_take_back(const struct looking *l, const struct care_event_row *last)
{
	enum care_state from, to;
	const struct care_step *s = care_state_of(last->before, &from) && care_state_of(last->after, &to) ? care_step_of(from, to) : NULL;
	return s && s->who <= l->who;
}

static enum err put_free(struct req *req, const struct looking *l, struct ticket_page *page)
{
	struct devices free;
	if (!page->asks_replacement && !page->may_lend)
		return OK;
	try(stock_free_list(req->db, l->c.organisation_id, FREE_SHOWN, &free));
	page->free.v = arena_many(req->a, struct device_line, free.n + 1);
	for (; page->free.n < free.n; page->free.n++)
		page->free.v[page->free.n] = (struct device_line){ stock_label(req->a, free.v[page->free.n].label),
			stock_device_words(&req->v, &free.v[page->free.n]) };
	return OK;
}

static enum err put_events(struct req *req, const struct looking *l, struct ticket_page *page)
{
	struct vault_asker vault = vault_of(req);
	size_t n = l->events.n < EVENTS_SHOWN ? l->events.n : EVENTS_SHOWN;
	i64 *ids = arena_many(req->a, i64, n + 1);
	str *names = arena_many(req->a, str, n + 1);
	for (size_t i = 0; i < n; i++)
		ids[i] = l->events.v[l->events.n - 1 - i].user_id;
	try(accounts_names(req->db, &vault, ids, n, names));
	page->events.v = arena_many(req->a, struct care_event_line, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct care_event_row *e = &l->events.v[l->events.n - 1 - i];
		str device;
		try(care_device_words(req, e->device_id.set ? e->device_id.v : 0, &device));
		page->events.v[page->events.n++] = (struct care_event_line){ iso_date_shown(&req->v, e->day), care_event_words(&req->v, e, device), names[i] };
	}
	return OK;
}

static enum err put_family(struct req *req, const struct looking *l, struct ticket_page *page)
{
	struct vault_asker vault = vault_of(req);
	struct household h;
	try(households_shown(req, l->c.organisation_id, &l->t.root, 1, true, "aftersales", &h));
	page->name = household_name(req->a, &h);
	page->phone = page->said = S("");
	for (size_t i = 0; i < h.n && !page->phone.n; i++)
		page->phone = h.persons[i].phone;
	if (!l->t.sealed.n || !l->t.key.n)
		return OK;
	struct vault_own item = care_sealed(req->a, "care_ticket:said", l->t.household_id, l->t.key, l->t.id, l->t.sealed);
	return vault_open_own(&vault, S("a breakdown"), &item, 1, &page->said);
}

static enum err put_devices(struct req *req, const struct looking *l, struct ticket_page *page)
{
	struct device d;
	try(stock_get(req->db, l->t.device_id, &d));
	page->facts = stock_device_facts(&req->v, &d);
	try(care_device_words(req, l->t.device_id, &page->device));
	try(care_device_words(req, l->t.spare_id, &page->spare));
	return care_device_words(req, l->t.new_id, &page->replaced_by);
}

static enum err show(struct req *req, const struct looking *l)
{
	const struct view *v = &req->v;
	const struct ticket *t = &l->t;
	const struct care_state_words *s = &care_states[t->state];
	struct care_event_row last;
	struct date since = today_paris();
	(void)date_parse(t->since, &since);
	struct ticket_page page = { .form = req->form, .campaign = l->c.id, .id = t->id, .public_id = t->public_id,
		.symptom = choice_shown(v, care_symptoms, t->symptom), .finding = t->finding.n ? choice_shown(v, care_findings, t->finding) : S(""),
		.state = tr_here(v, s->label), .todo = *s->todo ? tr_here(v, s->todo) : S(""), .since = iso_date_shown(v, t->since),
		.version = str_printf(req->a, "%lld", (long long)t->version), .saved = form_given(req, "fait"), .back_to = S(""),
		.late = care_late(t->state, date_days(today_paris()) - date_days(since)), .may_lend = s->spare && !t->spare_id };
	if (ticket_last_step(req->a, &l->events, &last) && may_take_back(l, &last)) {
		enum care_state to = CS_OPEN;
		(void)care_state_of(last.before, &to);
		page.back_to = tr_here(v, care_states[to].label);
	}
	put_steps(v, l, &page);
	page.keeps_spare = page.asks_replacement && t->spare_id;
	try(put_free(req, l, &page));
	try(put_family(req, l, &page));
	try(put_devices(req, l, &page));
	try(put_events(req, l, &page));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, TICKET_ROUTE));
	return ticket_html(&req->v, &page);
}

enum err ticket_show(struct req *req)
{
	struct looking l;
	try(look(req, &l));
	req->form->n_errors = 0;
	return show(req, &l);
}

/* ---- doing ---- */

enum act { ACT_NONE, ACT_STEP, ACT_BACK, ACT_LEND, ACT_SPARE_BACK };
struct doing { struct looking *l; enum act act; struct ticket_step step; struct care_event_row last; i64 spare; };

/* With the step that takes the family's own away. */
static enum err lend_after(struct db *db, const struct doing *d, const struct file_doer *who)
{
	struct care_ticket_row row;
	try(care_ticket_by_id(db, d->l->t.id, &row));
	struct ticket moved = ticket_of_row(&row);
	return ticket_spare_lend(db, &moved, d->spare, d->step.day, who);
}

static enum err do_tx(struct db *db, void *arg, str *ret_path)
{
	const struct doing *d = arg;
	const struct ticket *t = &d->l->t;
	struct file_doer who = { d->l->req->session->user_id, d->l->c.organisation_id };
	*ret_path = str_printf(db_arena(db), "/agent/campagnes/%lld/apres-vente/%lld?fait=1", (long long)d->l->c.id, (long long)t->id);
	switch (d->act) {
	case ACT_STEP:
		try(ticket_step_make(db, t, &d->step, &who));
		return d->spare ? lend_after(db, d, &who) : OK;
	case ACT_BACK: return ticket_step_back(db, t, &d->last, &who);
	case ACT_LEND: return ticket_spare_lend(db, t, d->spare, d->step.day, &who);
	case ACT_SPARE_BACK: return ticket_spare_back(db, t, d->step.day, false, &who);
	case ACT_NONE: break;
	}
	return INVALID;
}

/* The computer whose label was typed: free, and of this organisation. */
static enum err take_label(struct req *req, const struct looking *l, i64 *ret)
{
	const struct view *v = &req->v;
	struct device d;
	*ret = 0;
	if (!form_given(req, "appareil")) {
		form_fail(req, "appareil", _("Écrivez l’étiquette de l’ordinateur que vous donnez."));
		return OK;
	}
	enum err e = stock_by_label(req->db, form_text(req, "appareil"), &d);
	if (e != OK && e != NOT_FOUND && e != INVALID)
		return e;
	if (e == INVALID)
		form_fail(req, "appareil", stock_label_fault(v, form_text(req, "appareil")));
	else if (e == NOT_FOUND || d.organisation_id != l->c.organisation_id)
		form_fail(req, "appareil", _("Aucun ordinateur de votre stock n’a cette étiquette."));
	else if (d.state != SS_IN_STOCK)
		form_fail(req, "appareil", _f("Cet ordinateur n’est pas libre : {1}.", tr_here(v, stock_states[d.state].label)));
	else
		*ret = d.id;
	return OK;
}

/* A label that was typed, and would give nothing: it is not dropped without a word. */
static void refuse_label(struct req *req, i64 taken)
{
	const struct view *v = &req->v;
	if (form_given(req, "appareil") && !taken && form_ok(req))
		form_fail(req, "appareil", _("Une étiquette est écrite, mais ce geste ne donne aucun ordinateur : effacez-la, ou choisissez un autre geste."));
}

static enum err take_step(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	struct looking *l = d->l;
	d->act = ACT_STEP;
	const struct care_step *s = care_state_of(form_text(req, "etape"), &d->step.to) ? care_step_of(l->t.state, d->step.to) : NULL;
	if (!s || s->who > l->who) {
		form_fail(req, "etape", s ? _f("Cela se décide à la conduite des programmes de {1} : demandez-lui.", l->c.organisation)
			: _("Choisissez ce qui suit."));
		return OK;
	}
	d->step.spare_back = form_bool(req, "revenu");
	d->step.finding = form_given(req, "constat") ? form_text(req, "constat") : S("");
	if (s->asks == CA_FINDING && !d->step.finding.n)
		form_fail(req, "constat", _("Choisissez ce que c’est."));
	if (s->asks == CA_REPLACEMENT && form_bool(req, "garde"))
		d->step.replacement = l->t.spare_id;
	else if (s->asks == CA_REPLACEMENT)
		try(take_label(req, l, &d->step.replacement));
	else if (form_given(req, "appareil") && care_states[s->to].spare && !l->t.spare_id)
		try(take_label(req, l, &d->spare));
	if (s->asks != CA_REPLACEMENT || form_bool(req, "garde"))
		refuse_label(req, d->spare);
	if (l->t.spare_id && !care_states[d->step.to].spare && d->step.replacement != l->t.spare_id && !d->step.spare_back)
		form_fail(req, "revenu", _("La famille a encore l’ordinateur de prêt : reprenez-le, et cochez cette case."));
	return OK;
}

static enum err take(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	const struct looking *l = d->l;
	str act = form_text(req, "geste");
	d->step.day = S("");
	if (str_eq(act, S("retour"))) {
		d->act = ACT_BACK;
		if (!ticket_last_step(req->a, &l->events, &d->last) || !may_take_back(l, &d->last))
			form_fail(req, "etape", _("Aucune étape n’est à reprendre."));
		else if (l->t.spare_id && str_eq(d->last.before, S("diagnosed")))
			form_fail(req, "etape", _("La famille a un ordinateur de prêt : notez d’abord qu’il est revenu."));
		return OK;
	}
	d->step.day = care_day(req, str_eq(act, S("preter")) || str_eq(act, S("reprendre")) ? l->t.opened : l->t.since);
	if (str_eq(act, S("preter"))) {
		d->act = ACT_LEND;
		return take_label(req, l, &d->spare);
	}
	if (str_eq(act, S("reprendre"))) {
		d->act = ACT_SPARE_BACK;
		refuse_label(req, 0);
		return OK;
	}
	return take_step(req, d);
}

enum err ticket_post(struct req *req)
{
	const struct view *v = &req->v;
	struct looking l;
	struct doing d = { .l = &l };
	try(look(req, &l));
	i64 shown = form_int(req, "version", -1), now = l.t.version;
	enum err e = CONFLICT;
	l.t.version = shown;
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
		form_fail(req, "etape", _("Quelqu’un vient de changer ce suivi ou un de ces ordinateurs : rien de ce que vous aviez choisi n’est noté. Voici où il en est."));
	else if (form_ok(req))
		form_fail(req, "etape", _("Un ordinateur, ou le dossier de la famille, n’est plus là où ce suivi l’a laissé : rien n’est noté. Voyez-les."));
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show(req, &l);
}

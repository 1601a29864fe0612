/* One device: what it is, where it stands and what may be done with it now; its history. */
#include "accounts/accounts.h"
#include "base/timex.h"
#include "http/session.h"
#include "stock/pages.h"
#include "stock/show_html.h"

#define EVENTS_SHOWN 20

/* ---- words ---- */

static str reason_words(const struct view *v, str code)
{
	for (const struct stock_reason *r = stock_reasons; r->code; r++)
		if (str_eq(code, str_c(r->code)))
			return tr(v->lang, r->label);
	return str_eq(code, S("given")) ? _("donné à une famille") : S("");
}

static str field_words(const struct view *v, str field)
{
	static const struct choice fields[] = {
		{ "kind", N_("Sorte") }, { "model", N_("Marque et modèle") }, { "serial", N_("N° de série") }, { "grade", N_("Qualité") },
		{ "memory_gb", N_("Mémoire (Go)") }, { "disk_gb", N_("Disque (Go)") }, { "screen", N_("Écran (pouces)") }, { "os", N_("Système") },
		{ "owner", N_("À qui il appartient") }, { "owner_kind", N_("Ce propriétaire est") }, { NULL, NULL },
	};
	return choice_shown(v, fields, field);
}

/* "owner_kind" and "kind" are stored as codes. */
static str value_words(const struct view *v, str field, str value)
{
	const struct choice *all = str_eq(field, S("kind")) ? stock_kind_choices : str_eq(field, S("owner_kind")) ? stock_owner_choices : NULL;
	return !value.n ? _("rien") : all ? choice_shown(v, all, value) : value;
}

static str event_words(const struct view *v, const struct device_event_row *e)
{
	if (!e->field.n)
		return _("Entré dans le stock");
	if (!str_eq(e->field, S("state")))
		return _f("{1} : « {2} » devient « {3} »", field_words(v, e->field), value_words(v, e->field, e->before), value_words(v, e->field, e->after));
	str why = reason_words(v, e->reason), state = stock_state_words(v, e->after);
	return why.n ? _f("{1} : {2}", state, why) : state;
}

/* ---- showing ---- */

static bool in_hands(enum stock_state s) { return s == SS_RESERVED || s == SS_LENT; }

static void put_moves(const struct view *v, const struct device *d, bool given, struct device_page *page)
{
	page->moves.v = arena_many(v->a, struct move_option, 20);
	for (const struct stock_reason *r = stock_reasons; r->code && !in_hands(d->state) && !given; r++)
		if (r->to != d->state)
			page->moves.v[page->moves.n++] = (struct move_option){ str_printf(v->a, "%s:%s", stock_states[r->to].code, r->code),
				_f("{1} : {2}", tr(v->lang, stock_states[r->to].label), tr(v->lang, r->label)) };
}

static void put_titles(const struct view *v, const struct device *d, struct device_page *page)
{
	static const char *const to[RECIPIENT_COUNT] = { N_("À une famille"), N_("À une association que la loi nomme"), N_("À une autre personne morale") };
	page->titles.v = arena_many(v->a, struct title_line, RECIPIENT_COUNT);
	for (enum stock_recipient r = 0; r < RECIPIENT_COUNT; r++) {
		const struct title_rule *t = stock_title_rule(d->owner_kind, r);
		str why = tr(v->lang, t->why), article = str_c(t->article);
		page->titles.v[page->titles.n++] = (struct title_line){ tr(v->lang, to[r]),
			t->gift ? _f("prêt, ou don : {1} ({2})", why, article) : _f("prêt seulement : {1} ({2})", why, article) };
	}
}

static enum err put_events(struct req *req, const struct device *d, struct device_page *page)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct device_event_row_list rows;
	i64 ids[EVENTS_SHOWN];
	str names[EVENTS_SHOWN];
	enum stock_state before = SS_COUNT;
	try(device_events(req->db, d->id, EVENTS_SHOWN, &rows));
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].user_id;
	try(accounts_names(req->db, &vault, ids, rows.n, names));
	page->events.v = arena_many(req->a, struct device_event_line, rows.n + 1);
	for (; page->events.n < rows.n; page->events.n++) {
		const struct device_event_row *e = &rows.v[page->events.n];
		page->events.v[page->events.n] = (struct device_event_line){ date_shown(v, paris_of_ms(e->at).date), event_words(v, e), names[page->events.n] };
	}
	for (enum stock_state s = 0; rows.n && s < SS_COUNT; s++)
		if (str_eq(rows.v[0].field, S("state")) && str_eq(rows.v[0].before, str_c(stock_states[s].code)))
			before = s;
	if (before != SS_COUNT && !in_hands(before) && page->moves.n && !str_eq(rows.v[0].reason, S("mistake")))
		page->undo = tr(v->lang, stock_states[before].label);
	return OK;
}

static enum err put_file(struct req *req, const struct device *d, i64 file_id, struct device_page *page)
{
	struct device_file_row f;
	if (!file_id)
		return OK;
	try(device_file(req->db, file_id, &f));
	page->file = f.public_id;
	if (accounts_may_in(req, CAP_PEOPLE, f.organisation_id))
		page->file_path = str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s", (long long)f.campaign_id, STR_ARG(f.public_id));
	(void)d;
	return OK;
}

static enum err put_hands(struct req *req, const struct device *d, struct device_page *page, bool *ret_given)
{
	struct stock_loan l;
	enum err e = stock_loan_now(req->db, d->id, &l);
	if (e != OK && e != NOT_FOUND)
		return e;
	*ret_given = e == OK && l.gift;
	return put_file(req, d, e == OK ? l.file_id : d->file_id, page);
}

static enum err put_panels(struct req *req, const struct device *d, struct device_page *page)
{
	bool hands;
	size_t n = 0;
	while (stock_panels[n])
		n++;
	page->panels.v = arena_many(req->a, struct stock_panel, n + 1);
	try(device_hands(req, d, &hands));
	for (size_t i = 0; hands && i < n; i++) {
		struct stock_panel *p = &page->panels.v[page->panels.n];
		*p = (struct stock_panel){ .title = S(""), .empty = S(""), .v = arena_many(req->a, struct stock_deed, STOCK_DEEDS) };
		try(stock_panels[i](req, d, p));
		page->panels.n += p->title.n > 0;
	}
	return OK;
}

static enum err show(struct req *req, const struct device *d)
{
	const struct view *v = &req->v;
	bool given;
	struct device_page page = { .form = req->form, .d = d, .label = stock_label(req->a, d->label), .path = device_path(req->a, d, ""),
		.words = stock_device_words(v, d), .facts = stock_device_facts(v, d), .owner = tr(v->lang, stock_owners[d->owner_kind].label),
		.state = tr(v->lang, stock_states[d->state].label), .version = str_printf(req->a, "%lld", (long long)d->version),
		.may = stock_may_change(req, d->organisation_id), .lists = accounts_may_in(req, CAP_CAMPAIGNS, d->organisation_id),
		.saved = req->method == GET && form_given(req, "fait"), .undo = S(""), .file = S(""), .file_path = S("") };
	for (const struct choice *c = stock_grade_choices; c->value; c++)
		if (str_eq(d->grade, str_c(c->value)))
			page.grade = tr(v->lang, c->label);
	try(accounts_organisation_name(req->db, d->organisation_id, &page.organisation));
	try(put_hands(req, d, &page, &given));
	put_moves(v, d, given, &page);
	put_titles(v, d, &page);
	try(put_events(req, d, &page));
	try(put_panels(req, d, &page));
	req->no_store = true;
	req->v.here = S(STOCK_ROUTE);
	try(form_stamp(req, DEVICE_ROUTE));
	return stock_device_html(&req->v, &page);
}

enum err device_show(struct req *req)
{
	struct device d;
	try(device_of(req, &d));
	req->form->n_errors = 0;
	return show(req, &d);
}

/* ---- doing ---- */

struct acting { struct req *req; struct device d; enum stock_state to; str reason; };

static enum err act_tx(struct db *db, void *arg, str *ret_path)
{
	const struct acting *t = arg;
	struct stock_doer who = { t->req->session->user_id, t->d.organisation_id };
	*ret_path = device_path(db_arena(db), &t->d, "?fait=1");
	return stock_move(db, &t->d, t->to, t->reason, &who);
}

/* "gone:parts" */
static bool take_move(str typed, struct acting *t)
{
	str code;
	if (!str_next(&typed, ':', &code))
		return false;
	for (enum stock_state s = 0; s < SS_COUNT; s++)
		if (str_eq(code, str_c(stock_states[s].code))) {
			t->to = s;
			t->reason = typed.p ? typed : S("");
			return true;
		}
	return false;
}

/* Back to where the last move came from. False: there is none, or it is not to be taken back here. */
static enum err take_undo(struct req *req, struct acting *t, bool *ret)
{
	struct device_event_row_list rows;
	*ret = false;
	try(device_events(req->db, t->d.id, 1, &rows));
	for (enum stock_state s = 0; rows.n && s < SS_COUNT; s++)
		if (str_eq(rows.v[0].field, S("state")) && str_eq(rows.v[0].before, str_c(stock_states[s].code))) {
			t->to = s;
			*ret = true;
		}
	t->reason = S("mistake");
	return OK;
}

enum err device_post(struct req *req)
{
	const struct view *v = &req->v;
	struct acting t = { .req = req, .reason = S("") };
	bool fits;
	try(device_of(req, &t.d));
	i64 now = t.d.version;
	t.d.version = form_int(req, "version", -1);
	if (str_eq(form_text(req, "geste"), S("annuler")))
		try(take_undo(req, &t, &fits));
	else
		fits = take_move(form_text(req, "ou"), &t);
	if (!fits)
		form_fail(req, "ou", _("Choisissez ce qu’il devient, et pourquoi."));
	enum err e = form_ok(req) ? post_once(req, act_tx, &t) : INVALID;
	if (e == INVALID && t.d.version != now)
		e = CONFLICT;
	if (e != CONFLICT && e != INVALID)
		return e;
	try(device_of(req, &t.d));
	if (e == CONFLICT)
		form_fail(req, "ou", _("Quelqu’un vient de changer ce poste : rien n’est noté. Voici où il en est."));
	else if (form_ok(req))
		form_fail(req, "ou", _("Ce poste ne peut pas devenir cela maintenant."));
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show(req, &t.d);
}

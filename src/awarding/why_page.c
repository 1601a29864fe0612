/* /dossiers/:dossier/attribution: why this rank, what would change it, what was decided; an award out of any run, a decision taken back, and the
 * answer that the family is sent, in French and in its language. */
#include "accounts/accounts.h"
#include "awarding/why.h"
#include "awarding/why_html.h"
#include "base/phone.h"
#include "http/session.h"
#include "msg/msg.h"

struct looking { struct req *req; struct campaign c; struct file f; struct household h; struct why w; struct signed_by by; str path; };

enum err why_signed_by(struct req *req, const struct why *w, str organisation, struct signed_by *ret)
{
	struct vault_asker vault = vault_of(req);
	struct award_run_line_list runs;
	i64 user = w->last.number ? w->last.user_id : 0;
	*ret = (struct signed_by){ S(""), organisation, S("") };
	if (w->last.number)
		ret->day = w->last.day;
	else if (w->in_run) {
		ret->day = date_iso(req->a, paris_of_ms(w->row.at).date);
		try(award_runs(req->db, w->row.wave_id, &runs));
		for (size_t i = 0; i < runs.n; i++)
			if (runs.v[i].id == w->row.run_id)
				user = runs.v[i].user_id;
	}
	return accounts_names(req->db, &vault, &user, 1, &ret->name);
}

static enum err look(struct req *req, struct looking *l)
{
	*l = (struct looking){ .req = req };
	try(campaign_of(req, &l->c));
	try(file_of(req, &l->c, req_param(req, "dossier"), &l->f));
	try(household_get(req->db, l->f.root, &l->h));
	try(why_of(req->db, &l->f, &l->w));
	l->path = str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s", (long long)l->c.id, STR_ARG(l->f.public_id));
	return why_signed_by(req, &l->w, l->c.organisation, &l->by);
}

/* ---- showing ---- */

str award_act_words(const struct view *v, const struct award_decision_row *d)
{
	static const char *const words[] = { N_("Ordinateur attribué, à son rang"), N_("Ordinateur attribué hors de l’ordre"),
		N_("Ordinateur attribué hors calcul"), N_("Laissé de côté"), N_("Décision annulée"), N_("Reporté à une autre vague") };
	str reason = *award_reason_label(d->reason) ? tr_here(v, award_reason_label(d->reason)) : S("");
	for (enum award_act a = 0; a < ACTS; a++)
		if (str_eq(d->act, str_c(act_code(a))))
			return reason.n ? _f("{1} : {2}", tr_here(v, words[a]), reason) : tr_here(v, words[a]);
	return S("");
}

static enum err put_story(struct req *req, const struct looking *l, struct why_page *page)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct award_decision_row_list rows;
	try(award_decisions(req->db, l->f.id, &rows));
	i64 *ids = arena_many(req->a, i64, rows.n + 1);
	str *names = arena_many(req->a, str, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].user_id;
	try(accounts_names(req->db, &vault, ids, rows.n, names));
	page->story.v = arena_many(req->a, str, rows.n + 1);
	for (size_t i = rows.n; i-- > 0;) {
		str what = award_act_words(v, &rows.v[i]), day = iso_date_shown(v, rows.v[i].day);
		page->story.v[page->story.n++] = names[i].n ? _f("{1} ({2}, le {3})", what, names[i], day) : _f("{1} (le {2})", what, day);
	}
	return OK;
}

static void put_reasons(const struct view *v, enum award_act act, struct options *ret)
{
	ret->v = arena_many(v->a, struct option, 12);
	for (const struct award_reason *r = award_reasons; r->code; r++)
		if (r->acts & 1u << act)
			ret->v[ret->n++] = (struct option){ r->code, tr_here(v, r->label), false };
}

static bool is_given(const struct why *w)
{
	return str_eq(w->last.act, S("given")) || str_eq(w->last.act, S("over")) || str_eq(w->last.act, S("urgent"));
}

/* ---- to whom an answer goes ---- */

struct target { enum msg_channel channel; str to; enum lang lang; bool found; };

static str letter_address(struct arena *a, const struct household *h)
{
	return str_printf(a, "%.*s\n%.*s", STR_ARG(household_name(a, h)), STR_ARG(str_replace(a, h->address, S(", "), S("\n"))));
}

static bool reach(struct arena *a, const struct household *h, const struct person *p, enum msg_channel c, struct target *ret)
{
	str to = c == MSG_MAIL ? p->mail : c == MSG_SMS ? p->phone : h->address.n ? letter_address(a, h) : S("");
	if (!to.n || !msg_address(a, c, to).p)
		return false;
	ret->channel = c;
	ret->to = to;
	ret->lang = str_eq(p->language, S("ar")) ? LANG_AR : str_eq(p->language, S("en")) ? LANG_EN : LANG_FR;
	return ret->found = true;
}

/* The way that an adult chose, else a letter, a mail, an SMS. */
static struct target target_of(struct arena *a, const struct household *h)
{
	static const enum msg_channel order[] = { MSG_LETTER, MSG_MAIL, MSG_SMS };
	struct target t = { .to = S(""), .lang = LANG_FR };
	for (enum msg_channel c = 0; c < MSG_CHANNELS; c++)
		for (size_t i = 0; i < h->n && !t.found; i++)
			if (!h->persons[i].child && str_eq(h->persons[i].channel, str_c(msg_channel_name(c))))
				(void)reach(a, h, &h->persons[i], c, &t);
	for (size_t k = 0; k < lengthof(order); k++)
		for (size_t i = 0; i < h->n && !t.found; i++)
			if (!h->persons[i].child)
				(void)reach(a, h, &h->persons[i], order[k], &t);
	for (size_t i = 0; i < h->n && !t.found; i++)
		if (!h->persons[i].child && h->persons[i].language.n)
			t.lang = str_eq(h->persons[i].language, S("ar")) ? LANG_AR : str_eq(h->persons[i].language, S("en")) ? LANG_EN : LANG_FR;
	return t;
}

static str target_words(const struct view *v, const struct target *t)
{
	if (!t->found)
		return S("");
	return t->channel == MSG_MAIL ? _("par courriel") : t->channel == MSG_SMS ? _("par SMS, qui dit où demander la réponse") : _("par lettre");
}

static enum err show(struct looking *l)
{
	struct req *req = l->req;
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	const struct why *w = &l->w;
	try(household_open(&vault, S("award"), &(struct household *const){ &l->h }, 1));
	struct target t = target_of(req->a, &l->h);
	bool officer = file_who_of(req, &l->c) == FW_OFFICER;
	struct why_page page = { .form = req->form, .file_path = l->path, .path = str_printf(req->a, "%.*s/attribution", STR_ARG(l->path)),
		.public_id = l->f.public_id, .name = household_name(req->a, &l->h), .version = str_printf(req->a, "%lld", (long long)l->f.version),
		.number = str_printf(req->a, "%lld", (long long)w->last.number), .saved = req->method == GET ? form_text(req, "fait") : S(""), .officer = officer,
		.urgent = officer && l->f.state == FS_SIGNED, .undo = officer && ((l->f.state == FS_ALLOCATED && is_given(w)) || str_eq(w->last.act, S("aside"))),
		.due = notice_due(w), .in_run = w->in_run, .sent_to = target_words(v, &t),
		.state = tr_here(v, w->in_run ? standing_label(w->standing) : file_states[l->f.state].label) };
	if (w->in_run) {
		page.why = rank_words(v, &w->run, &w->line);
		page.points = points_words(v, &w->params, w->file.facts);
		page.change = change_words(v, &w->params, w->file.facts);
	}
	put_reasons(v, ACT_URGENT, &page.reasons);
	put_reasons(v, ACT_UNDONE, &page.undos);
	try(put_story(req, l, &page));
	try(households_seen(req, l->c.organisation_id, &l->h.id, 1, "award"));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, WHY_ROUTE));
	return why_html(&req->v, &page);
}

enum err why_show(struct req *req)
{
	struct looking *l = arena_one(req->a, struct looking);
	try(look(req, l));
	req->form->n_errors = 0;
	return show(l);
}

/* ---- the answer on paper ---- */

static void put_notice(const struct view *v, const struct looking *l, enum lang lang, struct notices *ret)
{
	struct signed_by by = l->by;
	struct view own = *v;
	own.lang = lang;
	by.day = iso_date_shown(&own, l->by.day);
	ret->v[ret->n++] = (struct notice_shown){ str_c(langs[lang].tag), lang == LANG_AR ? S("rtl") : S("ltr"), notice_in(v, lang, &l->w, &by) };
}

enum err why_letter(struct req *req)
{
	struct looking *l = arena_one(req->a, struct looking);
	struct vault_asker vault = vault_of(req);
	try(look(req, l));
	try(household_open(&vault, S("award"), &(struct household *const){ &l->h }, 1));
	struct target t = target_of(req->a, &l->h);
	struct letter_page page = { .file_path = l->path, .public_id = l->f.public_id, .name = household_name(req->a, &l->h), .organisation = l->c.organisation,
		.today = date_shown(&req->v, today_paris()), .due = notice_due(&l->w), .notices.v = arena_many(req->a, struct notice_shown, 2) };
	put_notice(&req->v, l, LANG_FR, &page.notices);
	if (t.lang != LANG_FR)
		put_notice(&req->v, l, t.lang, &page.notices);
	try(households_seen(req, l->c.organisation_id, &l->h.id, 1, "award"));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	return why_letter_html(&req->v, &page);
}

/* ---- doing ---- */

struct answering { struct looking *l; struct deciding d; struct choice_made m; struct msg_ready v[2]; size_t n; };

static enum err answer_tx(struct db *db, void *arg, str *ret_path)
{
	struct answering *x = arg;
	*ret_path = str_printf(db_arena(db), "%.*s/attribution?fait=%s", STR_ARG(x->l->path), x->n ? "envoi" : "1");
	for (size_t i = 0; i < x->n; i++)
		try(msg_queue(db, &x->v[i]));
	return x->n ? OK : decide_one(db, &x->d, &x->m);
}

static str spaced(struct arena *a, str one, str two)
{
	return two.n ? str_printf(a, "%.*s %.*s", STR_ARG(one), STR_ARG(two)) : one;
}

static enum err write_one(struct looking *l, const struct target *t, enum lang lang, struct msg_ready *ret)
{
	struct req *req = l->req;
	struct vault_asker vault = vault_of(req);
	struct view own = req->v;
	struct signed_by by = l->by;
	own.lang = lang;
	by.day = iso_date_shown(&own, l->by.day);
	struct notice n = notice_in(&req->v, lang, &l->w, &by);
	str values[] = { spaced(req->a, n.decision, n.next), n.why, n.points, n.change, spaced(req->a, n.mention, n.rules), n.appeal,
		l->f.public_id, phone_grouped(req->a, req->v.city->help_phone) };
	struct msg m = { .channel = t->channel, .to = t->to, .template = "award-notice", .lang = lang, .values = values, .n_values = lengthof(values),
		.key = str_printf(req->a, "award:%lld:%lld:%lld:%s", (long long)l->f.id, (long long)l->w.row.run_id, (long long)l->w.last.number, langs[lang].tag) };
	return msg_write(&vault, req->v.city, &m, ret);
}

/* In French, which is what counts, and in the family's language; an SMS in that one alone. */
static enum err take_sending(struct answering *x)
{
	struct looking *l = x->l;
	struct req *req = l->req;
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	try(household_open(&vault, S("award"), &(struct household *const){ &l->h }, 1));
	struct target t = target_of(req->a, &l->h);
	if (!t.found || !notice_due(&l->w)) {
		form_fail(req, "geste", t.found ? _("La décision n’est pas encore prise.") : _("Aucune adresse n’est notée : imprimez la réponse et remettez-la."));
		return OK;
	}
	enum err e = t.channel != MSG_SMS || t.lang == LANG_FR ? write_one(l, &t, LANG_FR, &x->v[x->n++]) : OK;
	if (e == OK && t.lang != LANG_FR)
		e = write_one(l, &t, t.lang, &x->v[x->n++]);
	if (e == INVALID)
		form_fail(req, "geste", _("L’adresse notée ne convient pas : imprimez la réponse et remettez-la."));
	return e == INVALID ? OK : e;
}

static enum err take(struct answering *x)
{
	struct looking *l = x->l;
	struct req *req = l->req;
	const struct view *v = &req->v;
	str act = form_text(req, "geste");
	bool urgent = str_eq(act, S("urgence")), undo = str_eq(act, S("annuler"));
	if (file_who_of(req, &l->c) != FW_OFFICER)
		return NOT_FOUND;
	if (str_eq(act, S("envoyer")))
		return take_sending(x);
	if (!urgent && !undo)
		form_fail(req, "geste", _("Choisissez ce qu’il faut faire."));
	x->d = (struct deciding){ .wave_id = l->f.wave_id, .who = { req->session->user_id, l->c.organisation_id } };
	x->m = (struct choice_made){ l->f.id, form_int(req, "version", -1), form_int(req, "numero", -1), urgent ? ACT_URGENT : ACT_UNDONE,
		form_given(req, "raison") ? form_text(req, "raison") : S("") };
	return OK;
}

enum err why_post(struct req *req)
{
	const struct view *v = &req->v;
	struct looking *l = arena_one(req->a, struct looking);
	struct answering *x = arena_one(req->a, struct answering);
	*x = (struct answering){ .l = l };
	try(look(req, l));
	try(take(x));
	enum err e = form_ok(req) ? post_once(req, answer_tx, x) : INVALID;
	if (e == CONFLICT)
		form_fail(req, "geste", _("Quelqu’un vient de changer ce dossier : rien de ce que vous aviez choisi n’est noté. Voici ce qui s’est passé."));
	else if (e == INVALID && x->d.refusal)
		form_fail(req, x->d.refusal == AR_REASON ? "raison" : "geste", tr_here(v, award_refusal_words(x->d.refusal)));
	else if (e != INVALID)
		return e;
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	try(look(req, l));
	return show(l);
}

/* ---- on the file's page ---- */

enum err award_rank_panel(struct req *req, const struct campaign *c, const struct file *f, struct file_panel *ret)
{
	const struct view *v = &req->v;
	struct why *w = arena_one(req->a, struct why);
	if (f->state != FS_SIGNED && f->state != FS_ALLOCATED)
		return OK;
	try(why_of(req->db, f, w));
	ret->title = _("Attribution");
	if (w->in_run) {
		struct alloc_words why = rank_words(v, &w->run, &w->line);
		file_panel_line(ret, _f("{1}, d’après le calcul du {2}.", tr_here(v, standing_label(w->standing)), date_shown(v, paris_of_ms(w->row.at).date)));
		if (why.n)
			file_panel_line(ret, why.v[0]);
	} else if (!w->last.number) {
		file_panel_line(ret, _("Ce dossier n’est encore dans aucun calcul."));
	}
	if (w->last.number)
		file_panel_line(ret, _f("{1}, le {2}.", award_act_words(v, &w->last), iso_date_shown(v, w->last.day)));
	file_panel_link(ret, str_printf(v->a, "/agent/campagnes/%lld/dossiers/%.*s/attribution", (long long)c->id, STR_ARG(f->public_id)), _("Pourquoi ce rang ?"));
	return OK;
}

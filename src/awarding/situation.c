/* /agent/campagnes/:campagne/dossiers/:dossier/situation: at most five questions, "not known" being an answer; and what the file's page and the
 * family's own file say of the answers. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "awarding/pages.h"
#include "awarding/situation_html.h"
#include "http/session.h"

struct asking { struct req *req; struct campaign c; struct file f; struct household h; struct answers now; };

static enum err look(struct req *req, struct asking *q)
{
	*q = (struct asking){ .req = req };
	try(campaign_of(req, &q->c));
	try(file_of(req, &q->c, req_param(req, "dossier"), &q->f));
	try(household_get(req->db, q->f.root, &q->h));
	return answers_of(req->db, q->f.id, &q->now);
}

/* The versions of the answers that a page was made from: "1.0.2.0.0". */
static str seen_of(struct arena *a, const struct answers *answers)
{
	str parts[ASKED];
	for (size_t k = 0; k < ASKED; k++)
		parts[k] = str_printf(a, "%lld", (long long)answers->v[k].version);
	return str_join(a, parts, ASKED, S("."));
}

/* ---- showing ---- */

static str hint_of(const struct view *v, enum fact f)
{
	switch (f) {
	case FACT_DEVICES: return _("Qui marchent, à la maison. Un téléphone ne compte pas.");
	case FACT_DISTANCE: return _("Où un adulte peut aller sur un ordinateur : médiathèque, espace numérique. À peu près ; vide si on ne sait pas.");
	case FACT_STUDIES: return _("D’un adulte ou d’un grand enfant du foyer.");
	case FACT_GRANT: return _("La notification est regardée, jamais copiée ni gardée. L’échelon ne se note pas.");
	case FACT_REFERRAL: return _("Par une association, un service social, une mission locale.");
	case FACT_CONNECTION: case FACT_CHILDREN: case FACT_CM: case FACT_AREA: case FACTS: break;
	}
	return S("");
}

static void put_options(const struct view *v, const struct fact_kind *k, str chosen, struct question *ret)
{
	ret->v = arena_many(v->a, struct option, (size_t)k->most + 2);
	ret->v[ret->n++] = (struct option){ "", _("on ne sait pas"), !chosen.n };
	for (i64 i = k->most; i >= 0; i--)
		ret->v[ret->n++] = (struct option){ k->words[i], tr_here(v, k->labels[i]), str_eq(chosen, str_c(k->words[i])) };
}

/* As a form says it: a word, a number, or nothing. */
static str value_typed(struct arena *a, const struct fact_kind *k, const struct award_answer_row *r)
{
	if (!r->version || !r->value.set || r->value.v > k->most)
		return S("");
	return k->words ? str_c(k->words[r->value.v]) : str_printf(a, "%lld", (long long)r->value.v);
}

static enum err put_questions(struct asking *q, struct questions *ret)
{
	struct req *req = q->req;
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	i64 ids[ASKED];
	str names[ASKED];
	for (size_t k = 0; k < ASKED; k++)
		ids[k] = q->now.v[k].user_id;
	try(accounts_names(req->db, &vault, ids, ASKED, names));
	ret->v = arena_many(req->a, struct question, ASKED);
	for (size_t i = 0; i < ASKED; i++) {
		enum fact f = asked_facts[i];
		const struct fact_kind *k = &fact_kinds[f];
		const struct award_answer_row *r = &q->now.v[i];
		if (!campaign_asks_fact(&q->c, f))
			continue;
		str typed = req->method == POST ? field_typed(req->form, k->code) : value_typed(req->a, k, r);
		struct question one = { .name = k->code, .label = tr_here(v, k->label), .hint = hint_of(v, f), .typed = typed, .number = !k->words };
		if (r->version)
			one.said = names[i].n ? _f("Noté par {1} : dit le {2}.", names[i], iso_date_shown(v, r->day)) : _f("Dit le {1}.", iso_date_shown(v, r->day));
		if (k->words)
			put_options(v, k, typed, &one);
		ret->v[ret->n++] = one;
	}
	return OK;
}

static enum err put_points(struct asking *q, struct situation_page *page)
{
	const struct view *v = &q->req->v;
	struct params p;
	i64 facts[FACTS];
	static const enum fact known[] = { FACT_AREA, FACT_CHILDREN, FACT_CM };
	size_t n = campaign_of_adults(&q->c) ? 1 : lengthof(known);
	try(rule_on(q->req->db, v->a, date_iso(v->a, today_paris()), &p));
	try(award_facts_of(q->req->db, q->f.id, facts));
	page->known.v = arena_many(v->a, str, lengthof(known));
	for (size_t i = 0; i < n; i++)
		page->known.v[page->known.n++] = award_fact_words(v, known[i], facts[known[i]]);
	page->points = _n("{n} point", "{n} points", facts_points(&p, facts));
	return OK;
}

static enum err show(struct asking *q)
{
	struct req *req = q->req;
	struct vault_asker vault = vault_of(req);
	str base = str_printf(req->a, "/agent/campagnes/%lld/dossiers", (long long)q->c.id);
	str file = str_printf(req->a, "%.*s/%.*s", STR_ARG(base), STR_ARG(q->f.public_id));
	struct situation_page page = { .form = req->form, .campaign_path = base, .file_path = file, .path = str_printf(req->a, "%.*s/situation", STR_ARG(file)),
		.public_id = q->f.public_id, .seen = req->method == POST ? form_text(req, "vu") : seen_of(req->a, &q->now),
		.saved = req->method == GET && form_given(req, "fait") };
	if (req->status == 409)
		page.seen = seen_of(req->a, &q->now);
	try(household_open_names(&vault, S("situation"), &(struct household *const){ &q->h }, 1));
	page.name = household_name(req->a, &q->h);
	try(put_questions(q, &page.questions));
	try(put_points(q, &page));
	try(households_seen(req, q->c.organisation_id, &q->h.id, 1, "situation"));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, SITUATION_ROUTE));
	return situation_html(&req->v, &page);
}

enum err situation_form(struct req *req)
{
	struct asking q;
	try(look(req, &q));
	req->form->n_errors = 0;
	return show(&q);
}

/* ---- writing ---- */

struct answering { const struct asking *q; i64 value[ASKED], version[ASKED]; bool changed[ASKED]; str day, path; };

static enum err answer_tx(struct db *db, void *arg, str *ret_path)
{
	const struct answering *w = arg;
	const struct asking *q = w->q;
	i64 user = q->req->session->user_id, n = 0;
	for (size_t k = 0; k < ASKED; k++) {
		if (!w->changed[k])
			continue;
		try(answer_put(db, q->f.id, asked_facts[k], w->version[k], w->value[k], w->day, user));
		n++;
	}
	*ret_path = w->path;
	if (!n)
		return OK;
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = q->c.organisation_id, .action = "file.situation", .object = "file",
		.object_id = q->f.id, .detail = str_printf(db_arena(db), "answers=%lld", (long long)n) });
}

static void take_one(struct req *req, size_t at, struct answering *w)
{
	const struct view *v = &req->v;
	const struct fact_kind *k = &fact_kinds[asked_facts[at]];
	str typed = form_text(req, k->code);
	w->value[at] = FACT_UNKNOWN;
	if (!form_given(req, k->code))
		return;
	if (!k->words) {
		w->value[at] = form_int(req, k->code, FACT_UNKNOWN);
		return;
	}
	for (i64 i = 0; i <= k->most; i++)
		if (str_eq(typed, str_c(k->words[i])))
			w->value[at] = i;
	if (w->value[at] == FACT_UNKNOWN)
		form_fail(req, k->code, _("Choisissez une réponse de la liste."));
}

/* What differs from what the page showed; the versions are those it showed. */
static void take(struct req *req, const struct asking *q, struct answering *w)
{
	const struct view *v = &req->v;
	str rest = form_text(req, "vu"), part;
	struct date day = form_day(req, "jour");
	for (size_t k = 0; k < ASKED; k++) {
		const struct award_answer_row *r = &q->now.v[k];
		i64 now = r->version && r->value.set ? r->value.v : FACT_UNKNOWN;
		take_one(req, k, w);
		w->version[k] = -1;
		if (str_next(&rest, '.', &part) && !str_i64(part, &w->version[k]))
			w->version[k] = -1;
		w->changed[k] = campaign_asks_fact(&q->c, asked_facts[k]) && (w->value[k] != now || w->version[k] != r->version);
	}
	w->day = date_iso(req->a, day);
	if (date_days(day) > date_days(today_paris()))
		form_fail(req, "jour", _("Ce jour n’est pas encore venu."));
}

enum err situation_post(struct req *req)
{
	const struct view *v = &req->v;
	struct asking q;
	struct answering w = { .q = &q };
	try(look(req, &q));
	take(req, &q, &w);
	w.path = str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s/situation?fait=1", (long long)q.c.id, STR_ARG(q.f.public_id));
	enum err e = form_ok(req) ? post_once(req, answer_tx, &w) : INVALID;
	if (e != CONFLICT && e != INVALID)
		return e;
	if (e == CONFLICT) {
		try(look(req, &q));
		form_fail(req, "appareils", _("Quelqu’un vient de noter une réponse : rien de ce que vous aviez choisi n’est noté. Relisez, puis enregistrez."));
	}
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show(&q);
}

/* ---- elsewhere ---- */

/* Asked in this campaign, or known without asking: a campaign of adults counts no child. */
static bool concerns(const struct campaign *c, enum fact f)
{
	if (f == FACT_CHILDREN || f == FACT_CM)
		return !campaign_of_adults(c);
	return f == FACT_AREA || campaign_asks_fact(c, f);
}

enum err award_situation_panel(struct req *req, const struct campaign *c, const struct file *f, struct file_panel *ret)
{
	const struct view *v = &req->v;
	struct answers answers;
	i64 facts[FACTS];
	str missing[FACTS], known[FACTS];
	size_t n = 0, n_known = 0;
	if (f->state < FS_ATTENDED || f->state > FS_ALLOCATED)
		return OK;
	try(answers_of(req->db, f->id, &answers));
	try(award_facts_of(req->db, f->id, facts));
	for (enum fact k = 0; k < FACTS; k++)
		if (!concerns(c, k))
			continue;
		else if (facts[k] == FACT_UNKNOWN)
			missing[n++] = tr_here(v, fact_kinds[k].label);
		else
			known[n_known++] = award_fact_words(v, k, facts[k]);
	ret->title = _("Situation, pour l’attribution");
	file_panel_line(ret, str_join(v->a, known, n_known, S(" ; ")));
	if (n)
		file_panel_line(ret, _f("On ne sait pas encore : {1}. Ce qu’on ne sait pas compte zéro point.", str_join(v->a, missing, n, S(", "))));
	file_panel_link(ret, str_printf(v->a, "/agent/campagnes/%lld/dossiers/%.*s/situation", (long long)c->id, STR_ARG(f->public_id)),
		n ? _("Noter la situation de la famille") : _("Changer la situation notée"));
	return OK;
}

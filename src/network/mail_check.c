/* A mail before and after it leaves: read again with whom it reaches and whom it does not, a try to oneself, sent, followed, stopped. */
#include "network/pages.h"

#include "accounts/accounts.h"
#include "base/timex.h"
#include "html/format.h"
#include "http/session.h"
#include "network/mails_html.h"

#define CHECK_ROUTE MAILS "/:message/envoi"
#define SILENT_MOST 20

static enum err mail_of(struct req *req, struct network_mail_row *ret)
{
	req->v.here = S(NETWORK);
	return network_mail_by_id(req->db, id_in_path(req, "message"), ret);
}

/* ---- whom it reaches ---- */

static const char *why_not(const struct network_reach *r)
{
	if (r->stopped)
		return N_("ne veut plus recevoir aucun message");
	return r->asked_at.set ? N_("n’a pas répondu à la question") : N_("la question n’est pas encore partie");
}

static enum err open_names(struct req *req, const struct network_reach *const *out, size_t n, struct left_outs *ret)
{
	struct vault_asker vault = vault_of(req);
	struct vault_item *items = arena_many(req->a, struct vault_item, n + 1);
	str *names = arena_many(req->a, str, n + 1);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct vault_item){ str_printf(req->a, "network_contact:name:%lld", (long long)out[i]->id), out[i]->name_enc };
	if (n)
		try(vault_open_as(&vault, S("whom a mail does not reach"), items, n, names));
	*ret = (struct left_outs){ arena_many(req->a, struct left_out, n + 1), n };
	for (size_t i = 0; i < n; i++)
		ret->v[i] = (struct left_out){ names[i], out[i]->organisation, tr(req->v.lang, why_not(out[i])) };
	return OK;
}

static enum err read_reach(struct req *req, i64 id, struct mail_reach *ret)
{
	const struct network_reach *out[LEFT_OUT_MOST];
	struct network_reach_list rows;
	size_t n = 0;
	try(network_mail_reach(req->db, id, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct network_reach *r = &rows.v[i];
		if (r->given_at.set && !r->stopped) {
			ret->reached++;
			continue;
		}
		ret->stopped += r->stopped > 0;
		ret->unanswered += !r->stopped && r->asked_at.set;
		ret->not_asked += !r->stopped && !r->asked_at.set;
		if (n < LEFT_OUT_MOST)
			out[n++] = r;
	}
	try(open_names(req, out, n, &ret->out));
	return network_mail_silent(req->db, id, SILENT_MOST, &ret->silent);
}

/* ---- reading it again ---- */

static enum err show_check(struct req *req, const struct network_mail_row *m)
{
	struct mail_check_page page = { .form = req->form, .id = m->id, .version = m->version, .writable = req->v.city->public_url.n > 0,
		.tried = req->method == GET && form_given(req, "essai") };
	try(mail_target_words(req, m, &page.to));
	try(mail_texts_of(req, m->id, &page.texts));
	try(read_reach(req, m->id, &page.reach));
	try(form_stamp(req, CHECK_ROUTE));
	return mail_check_html(&req->v, &page);
}

static enum err to_mail(struct req *req, i64 id, const char *rest)
{
	return resp_redirect(req, str_printf(req->a, MAILS "/%lld%s", (long long)id, rest));
}

/* What may be sent: French is there, and somebody is meant. */
static enum err ready(struct req *req, const struct network_mail_row *m, bool *ret)
{
	struct mail_texts texts;
	struct network_mail_group_row_list groups;
	*ret = false;
	if (!str_eq(m->state, S("draft")))
		return OK;
	try(mail_texts_of(req, m->id, &texts));
	try(network_mail_groups(req->db, m->id, &groups));
	bool whole = texts.n && str_eq(texts.v[0].lang, S("fr"));
	for (size_t i = 0; i < texts.n; i++)
		whole = whole && texts.v[i].subject.n && texts.v[i].body.n;
	*ret = whole && (m->to_all || groups.n);
	return OK;
}

enum err mail_check(struct req *req)
{
	struct network_mail_row m;
	bool whole;
	req->no_store = true;
	try(mail_of(req, &m));
	try(ready(req, &m, &whole));
	return whole ? show_check(req, &m) : to_mail(req, m.id, "");
}

struct sending { struct req *req; const struct network_mail_row *m; i64 version; struct msg_ready *tries; size_t n; };

static enum err send_tx(struct db *db, void *arg, str *ret_path)
{
	const struct sending *s = arg;
	i64 id = s->m->id;
	try(network_mail_begin(db, id, s->version, now_ms()));
	if (!db_changes(db))
		return CONFLICT;
	try(network_mail_aim(db, id));
	try(network_mail_count(db, id, db_changes(db)));
	*ret_path = str_printf(s->req->a, MAILS "/%lld", (long long)id);
	return network_note(db, s->req, "network.mail-send", "network-mail", id, 0);
}

static enum err try_tx(struct db *db, void *arg, str *ret_path)
{
	const struct sending *s = arg;
	for (size_t i = 0; i < s->n; i++)
		try(msg_queue(db, &s->tries[i]));
	*ret_path = str_printf(s->req->a, MAILS "/%lld/envoi?essai=1", (long long)s->m->id);
	return network_note(db, s->req, "network.mail-try", "network-mail", s->m->id, 0);
}

/* Each of its texts, to who writes it; in place of the link, words that say where it will be. */
static enum err write_tries(struct req *req, struct sending *s)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct mail_texts texts;
	str name, to;
	try(accounts_own(req, &name, &to));
	try(mail_texts_of(req, s->m->id, &texts));
	s->tries = arena_many(req->a, struct msg_ready, texts.n + 1);
	for (; s->n < texts.n; s->n++) {
		struct msg like = { .to = to, .key = str_printf(req->a, "network-try:%.*s:%zu", STR_ARG(req->idem), s->n) };
		try(mail_message(&vault, req->v.city, &like, &texts.v[s->n], _("(ici, le lien de chaque personne)"), &s->tries[s->n]));
	}
	return OK;
}

enum err mail_check_post(struct req *req)
{
	const struct view *v = &req->v;
	struct network_mail_row m;
	struct sending s = { .req = req, .m = &m, .version = form_int(req, "version", 0) };
	bool whole;
	try(mail_of(req, &m));
	if (str_eq(form_text(req, "geste"), S("essai"))) {
		try(ready(req, &m, &whole));
		if (!whole)
			return to_mail(req, m.id, "");
		try(write_tries(req, &s));
		return post_once(req, try_tx, &s);
	}
	if (!req->v.city->public_url.n)
		return to_mail(req, m.id, "/envoi");
	enum err e = post_once(req, send_tx, &s);
	if (e != CONFLICT)
		return e;
	try(mail_of(req, &m));
	if (!str_eq(m.state, S("draft")))
		return to_mail(req, m.id, "");   /* somebody was faster */
	form_fail(req, "version", _("Ce message a changé depuis que vous l’avez relu. Relisez-le, puis envoyez."));
	form_refused(req);
	req->status = 409;
	return show_check(req, &m);
}

/* ---- one that was sent, or thrown away ---- */

static const struct { const char *state, *label; } ends[] = {
	{ "unwritten", N_("à écrire") }, { "waiting", N_("en attente d’envoi") }, { "sent", N_("partis") }, { "failed", N_("en échec") },
	{ "stopped", N_("retirés avant de partir, à la demande de la personne") }, { "cancelled", N_("abandonnés") },
	{ "left", N_("plus dans la liste au moment d’écrire") }, { "demo", N_("non envoyés : démonstration") }, { "over", N_("partis il y a longtemps") },
};

/* What the outbox holds under several names is one thing to who reads. */
static const char *end_of(str state)
{
	if (str_eq(state, S("sending")))
		return "waiting";
	for (size_t i = 0; i < lengthof(ends); i++)
		if (str_eq(state, str_c(ends[i].state)))
			return ends[i].state;
	return "over";
}

static enum err read_counts(struct req *req, struct mail_page *page)
{
	struct network_mail_state_list rows;
	try(network_mail_states(req->db, page->id, &rows));
	page->counts.v = arena_many(req->a, struct mail_count, lengthof(ends));
	for (size_t i = 0; i < lengthof(ends); i++) {
		i64 n = 0;
		for (size_t r = 0; r < rows.n; r++)
			n += strcmp(end_of(rows.v[r].state), ends[i].state) == 0 ? rows.v[r].n : 0;
		if (n)
			page->counts.v[page->counts.n++] = (struct mail_count){ tr(req->v.lang, ends[i].label), n };
		page->waiting += strcmp(ends[i].state, "unwritten") == 0 ? n : 0;
		page->failed += strcmp(ends[i].state, "failed") == 0 ? n : 0;
	}
	return OK;
}

enum err mail_show(struct req *req)
{
	struct network_mail_row m;
	struct mail_page page = { 0 };
	const struct view *v = &req->v;
	try(mail_of(req, &m));
	if (str_eq(m.state, S("draft")))
		return mail_draft_form(req, &m);
	page = (struct mail_page){ .id = m.id, .recipients = m.recipients, .sending = str_eq(m.state, S("sending")), .stopped = str_eq(m.state, S("stopped")),
		.dropped = str_eq(m.state, S("dropped")) };
	page.ended = m.queued_at.set ? date_shown(v, paris_of_ms(m.queued_at.v).date) : S("");
	try(mail_target_words(req, &m, &page.to));
	try(mail_texts_of(req, m.id, &page.texts));
	page.subject = page.texts.n && page.texts.v[0].subject.n ? page.texts.v[0].subject : _("(sans objet)");
	try(read_counts(req, &page));
	try(form_stamp(req, MAILS "/:message"));
	return network_mail_html(&req->v, &page);
}

struct turning { struct req *req; i64 id; const char *before, *after, *action; };

/* What is no longer so (it ended meanwhile) shows on the page. */
static enum err turn_tx(struct db *db, void *arg, str *ret_path)
{
	const struct turning *t = arg;
	try(network_mail_turn(db, t->id, str_c(t->before), str_c(t->after), now_ms(), (struct opt_i64){ 0 }));
	*ret_path = str_printf(t->req->a, MAILS "/%lld", (long long)t->id);
	return db_changes(db) ? network_note(db, t->req, t->action, "network-mail", t->id, 0) : OK;
}

enum err mail_post(struct req *req)
{
	static const struct { const char *gesture, *before, *after, *action; } turns[] = {
		{ "jeter", "draft", "dropped", "network.mail-drop" }, { "reprendre", "dropped", "draft", "network.mail-keep" },
		{ "arreter", "sending", "stopped", "network.mail-stop" }, { "continuer", "stopped", "sending", "network.mail-go-on" },
	};
	struct network_mail_row m;
	try(mail_of(req, &m));
	for (size_t i = 0; i < lengthof(turns); i++)
		if (str_eq(form_text(req, "geste"), str_c(turns[i].gesture))) {
			struct turning t = { req, m.id, turns[i].before, turns[i].after, turns[i].action };
			return post_once(req, turn_tx, &t);
		}
	return str_eq(m.state, S("draft")) ? mail_draft_post(req, &m) : to_mail(req, m.id, "");
}

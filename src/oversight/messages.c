/* /agent/envois: what went, what waits and why, what failed; trying again, giving up, those who asked for no more. */
#include "oversight/pages.h"

#include "audit/audit.h"
#include "http/session.h"
#include "oversight/messages_html.h"

str time_shown(struct arena *a, i64 ms)
{
	struct civil c = paris_of_ms(ms);
	return str_printf(a, "%02d/%02d/%04d %02d:%02d", c.date.d, c.date.m, c.date.y, c.hh, c.mm);
}

/* ---- words ---- */

static const struct { const char *state, *label, *filter; } states[] = {
	{ "failed", N_("Échec"), N_("En échec") },
	{ "waiting", N_("En attente"), N_("En attente") },
	{ "sending", N_("Part en ce moment"), NULL },
	{ "sent", N_("Parti"), N_("Partis") },
	{ "cancelled", N_("Abandonné"), N_("Abandonnés") },
	{ "stopped", N_("Non envoyé : cette personne ne veut plus de messages"), N_("Refusés par la personne") },
	{ "demo", N_("Non envoyé (démonstration)"), N_("Non envoyés (démonstration)") },
};

/* By the first word of a reason (src/app/send.h). */
static const struct { const char *word, *text; } reasons[] = {
	{ "refused", N_("refusé : l’adresse ou le numéro n’existe pas, ou ne prend pas nos messages") },
	{ "later", N_("le serveur du destinataire demande d’attendre") },
	{ "address", N_("l’adresse ne peut pas être écrite") },
	{ "unreadable", N_("le message ne peut plus être ouvert") },
	{ "unreachable", N_("le serveur d’envoi ne répond pas") },
	{ "login", N_("le serveur d’envoi refuse notre mot de passe") },
	{ "certificate", N_("le certificat du serveur d’envoi n’est pas reconnu") },
	{ "relay", N_("le serveur d’envoi ne prend aucun message") },
	{ "vault", N_("le coffre des clés ne répond pas") },
	{ "long", N_("le texte ne tient pas sur une page") },
	{ "too", N_("trop vieux : il n’était pas parti au bout de 30 jours") },
};

static str state_shown(const struct view *v, str state)
{
	for (size_t i = 0; i < lengthof(states); i++)
		if (str_eq(state, str_c(states[i].state)))
			return tr(v->lang, states[i].label);
	return state;
}

/* The sentence, then the relay's codes, which its operator wants. */
static str reason_shown(const struct view *v, str reason)
{
	str rest = reason, word;
	if (!reason.n || !str_next(&rest, ' ', &word))
		return S("");
	for (size_t i = 0; i < lengthof(reasons); i++)
		if (str_eq(word, str_c(reasons[i].word))) {
			str text = tr(v->lang, reasons[i].text);
			bool codes = rest.n && rest.p[0] >= '0' && rest.p[0] <= '9';
			return codes ? str_printf(v->a, "%.*s (%.*s)", STR_ARG(text), STR_ARG(rest)) : text;
		}
	return reason;
}

static str channel_shown(const struct view *v, str channel)
{
	return str_eq(channel, S("sms")) ? _("SMS") : str_eq(channel, S("letter")) ? _("Lettre") : _("Courriel");
}

static str how_shown(const struct view *v, const struct msg_row *r)
{
	if (!str_eq(r->channel, S("sms")))
		return channel_shown(v, r->channel);
	return _n("SMS, {n} segment", "SMS, {n} segments", r->parts);
}

/* ---- the page ---- */

static struct message_line line_of(const struct view *v, const struct msg_row *r, str to)
{
	const struct msg_template *t = msg_template(r->template);
	bool waits = str_eq(r->state, S("waiting")), failed = str_eq(r->state, S("failed")), cancelled = str_eq(r->state, S("cancelled"));
	return (struct message_line){
		.id = r->id, .at = time_shown(v->a, r->created_at), .to = to.p ? to : _("oublié"), .what = t ? tr(v->lang, t->title) : r->template,
		.how = how_shown(v, r), .state = state_shown(v, r->state), .reason = reason_shown(v, r->last_error), .failed = failed,
		.can_retry = to.p && (failed || cancelled || (waits && r->last_error.n)), .can_give_up = waits || failed,
	};
}

static enum err read_lines(struct req *req, str state, i64 before, struct messages_page *page)
{
	struct vault_asker vault = vault_of(req);
	struct msg_row_list rows;
	try(msg_rows(req->db, state.n ? state : (str){ 0 }, before, MESSAGES_A_PAGE + 1, &rows));
	size_t n = rows.n > MESSAGES_A_PAGE ? MESSAGES_A_PAGE : rows.n;
	str *to = arena_many(req->a, str, n + 1);
	try(msg_recipients(&vault, S("messages page"), rows.v, n, to));
	page->lines.v = arena_many(req->a, struct message_line, n + 1);
	for (size_t i = 0; i < n; i++)
		page->lines.v[page->lines.n++] = line_of(&req->v, &rows.v[i], to[i]);
	for (size_t i = 0; i < page->lines.n; i++)
		page->can_act |= page->lines.v[i].can_retry || page->lines.v[i].can_give_up;
	if (rows.n > n)
		page->older = in_language(&req->v, req->v.lang, str_printf(req->a, "/agent/envois?etat=%.*s&avant=%lld", STR_ARG(state), (long long)rows.v[n - 1].id));
	return OK;
}

static i64 count_of(const struct msg_count_list *counts, const char *state)
{
	for (size_t i = 0; i < counts->n; i++)
		if (str_eq(counts->v[i].state, str_c(state)))
			return counts->v[i].n;
	return 0;
}

static enum err read_filters(struct req *req, str state, struct messages_page *page)
{
	const struct view *v = &req->v;
	struct msg_count_list counts;
	try(msg_counts(req->db, &counts));
	page->filters.v = arena_many(req->a, struct message_filter, lengthof(states) + 1);
	i64 all = 0;
	for (size_t i = 0; i < counts.n; i++)
		all += counts.v[i].n;
	page->filters.v[page->filters.n++] = (struct message_filter){ in_language(v, v->lang, S("/agent/envois")), _("Tous"), all, state.n ? NULL : "page" };
	for (size_t i = 0; i < lengthof(states); i++) {
		i64 n = count_of(&counts, states[i].state);
		if (states[i].filter && n)
			page->filters.v[page->filters.n++] = (struct message_filter){
				in_language(v, v->lang, str_printf(req->a, "/agent/envois?etat=%s", states[i].state)), tr(v->lang, states[i].filter), n,
				str_eq(state, str_c(states[i].state)) ? "page" : NULL };
	}
	page->failed = count_of(&counts, "failed");
	return OK;
}

static enum err read_holds(struct req *req, struct messages_page *page)
{
	const struct view *v = &req->v;
	struct msg_hold_list holds;
	try(msg_holds(req->db, &holds));
	page->holds.v = arena_many(req->a, str, holds.n + 1);
	for (size_t i = 0; i < holds.n; i++)
		page->holds.v[page->holds.n++] = _f("{1}, {2} en attente : {3}.", channel_shown(v, holds.v[i].channel),
			number_shown(req->a, v->lang, holds.v[i].n), reason_shown(v, holds.v[i].last_error));
	return OK;
}

static enum err show(struct req *req, str state, i64 before)
{
	struct messages_page page = { .form = req->form, .state = state };
	req->v.here = S("/agent/envois");
	req->no_store = true;
	try(read_filters(req, state, &page));
	try(read_holds(req, &page));
	try(read_lines(req, state, before, &page));
	try(form_stamp(req, "/agent/envois"));
	return messages_index_html(&req->v, &page);
}

enum err messages_index(struct req *req)
{
	i64 before = INT64_MAX;
	if (form_given(req, "avant") && !str_i64(form_text(req, "avant"), &before))
		return NOT_FOUND;
	str state = form_text(req, "etat");
	if (state.n && str_eq(state_shown(&req->v, state), state))
		return NOT_FOUND;                /* no state of that name */
	return show(req, state.p ? state : S(""), before);
}

/* ---- what is done ---- */

struct doing { i64 user, id; enum { RETRY, RETRY_ALL, GIVE_UP, STOP } what; enum msg_channel channel; str index; };

static enum err do_it(struct db *db, const struct doing *x)
{
	i64 n = 0;
	switch (x->what) {
	case RETRY:
		return msg_retry(db, x->id);
	case RETRY_ALL:
		return msg_retry_all(db, &n);
	case GIVE_UP:
		return msg_give_up(db, x->id);
	case STOP:
		return msg_stop(db, x->channel, x->index);
	}
	return INVALID;
}

/* What is no longer possible (it left meanwhile) shows in the list: it is no fault of who asks. */
static enum err once(struct db *db, void *arg, str *ret_path)
{
	static const char *const actions[] = { "outbox.retry", "outbox.retry", "outbox.cancel", "outbox.stop" };
	const struct doing *x = arg;
	struct audit done = { .user_id = x->user, .action = actions[x->what], .object = x->what == STOP ? msg_channel_name(x->channel) : "message",
		.object_id = x->id };
	*ret_path = S("/agent/envois");
	enum err e = do_it(db, x);
	if (e == CONFLICT || e == NOT_FOUND)
		return OK;
	try(e);
	return audit_write(db, &done);
}

/* The channel that what was typed is an address of. */
static bool read_address(struct req *req, struct doing *x, str *ret)
{
	for (int c = 0; c < MSG_CHANNELS; c++) {
		x->channel = (enum msg_channel)c;
		*ret = msg_address(req->a, x->channel, form_text(req, "adresse"));
		if (ret->p)
			return true;
	}
	return false;
}

static enum err stop(struct req *req, struct doing *x)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	str address;
	x->what = STOP;
	if (!read_address(req, x, &address)) {
		form_fail(req, "adresse", _("Écrivez une adresse électronique ou un numéro de téléphone"));
		form_refused(req);
		return show(req, S(""), INT64_MAX);
	}
	try(msg_index(&vault, x->channel, address, &x->index));
	return post_once(req, once, x);
}

/* One form with a button for each message: which was pressed says what to do. */
enum err messages_post(struct req *req)
{
	struct doing x = { .user = req->session->user_id };
	if (form_given(req, "adresse"))
		return stop(req, &x);
	x.what = form_given(req, "abandonner") ? GIVE_UP : form_given(req, "reessayer") ? RETRY : RETRY_ALL;
	str id = form_text(req, x.what == GIVE_UP ? "abandonner" : "reessayer");
	if (x.what != RETRY_ALL && !str_i64(id, &x.id))
		return NOT_FOUND;
	return post_once(req, once, &x);
}

/* Mail to the network: the list, and writing a draft. It is kept at once; nothing leaves before it was read again (mail_check.c). */
#include "network/pages.h"

#include "base/timex.h"
#include "db/id.h"
#include "html/format.h"
#include "http/session.h"
#include "network/mails_html.h"

#define MAIL_ROUTE MAILS "/:message"
#define BODY_BYTES 12000                         /* leaves room for what closes the e-mail */
#define TARGETS_MOST 200

const struct mail_lang mail_langs[MAIL_LANGS] = { { "fr", "sujet", "texte" }, { "en", "sujet_en", "texte_en" }, { "ar", "sujet_ar", "texte_ar" } };

static str state_words(const struct view *v, str state)
{
	static const struct { const char *state, *label; } states[] = {
		{ "draft", N_("brouillon") }, { "dropped", N_("brouillon jeté") }, { "sending", N_("part en ce moment") }, { "stopped", N_("arrêté") },
		{ "sent", N_("envoyé") },
	};
	for (size_t i = 0; i < lengthof(states); i++)
		if (str_eq(state, str_c(states[i].state)))
			return tr(v->lang, states[i].label);
	return state;
}

/* ---- the list ---- */

static str page_url(struct req *req, i64 page)
{
	return in_language(&req->v, req->v.lang, str_printf(req->a, MAILS "?page=%lld", (long long)page));
}

enum err mails_index(struct req *req)
{
	struct network_mail_line_list rows;
	struct mails_page page = { 0 };
	i64 at = form_int(req, "page", 1), total;
	const struct view *v = &req->v;
	req->v.here = S(NETWORK);
	try(network_mails_n(req->db, &total));
	try(network_mails(req->db, (at - 1) * MAILS_A_PAGE, MAILS_A_PAGE, &rows));
	if (at > 1 && !rows.n)
		return NOT_FOUND;
	page.v = arena_many(req->a, struct mail_line, rows.n + 1);
	for (; page.n < rows.n; page.n++) {
		const struct network_mail_line *r = &rows.v[page.n];
		page.v[page.n] = (struct mail_line){ r->id, r->subject.n ? r->subject : _("(sans objet)"), state_words(v, r->state),
			date_shown(v, paris_of_ms(r->changed_at).date), r->recipients, !str_eq(r->state, S("draft")) && !str_eq(r->state, S("dropped")) };
	}
	page.pager = pager_of(at, total, MAILS_A_PAGE, page_url(req, at - 1), page_url(req, at + 1));
	return mails_html(&req->v, &page);
}

/* ---- what a mail says, and to whom ---- */

enum err mail_texts_of(struct req *req, i64 id, struct mail_texts *ret)
{
	struct network_mail_text_row_list rows;
	try(network_mail_texts(req->db, id, &rows));
	*ret = (struct mail_texts){ arena_many(req->a, struct mail_text, MAIL_LANGS), 0 };
	for (size_t l = 0; l < MAIL_LANGS; l++)
		for (size_t i = 0; i < rows.n; i++)
			if (str_eq(rows.v[i].lang, str_c(mail_langs[l].lang)))
				ret->v[ret->n++] = (struct mail_text){ rows.v[i].lang, rows.v[i].subject, rows.v[i].body };
	return OK;
}

enum err mail_target_words(struct req *req, const struct network_mail_row *m, str *ret)
{
	const struct view *v = &req->v;
	struct network_mail_group_row_list groups;
	struct buf b = buf_new(req->a, 1 << 16);
	*ret = _("tous les contacts du réseau");
	if (m->to_all)
		return OK;
	try(network_mail_groups(req->db, m->id, &groups));
	for (size_t i = 0; i < groups.n; i++)
		buf_printf(&b, "%s%.*s%s%.*s", i ? ", " : "", STR_ARG(groups.v[i].name), str_eq(groups.v[i].state, S("open")) ? "" : " ",
			STR_ARG(str_eq(groups.v[i].state, S("open")) ? S("") : _("(fermé)")));
	*ret = buf_str(&b);
	return OK;
}

/* ---- the form ---- */

/* The groups that were ticked: they are the database's, so that no list of the program's can declare them. */
static bool ticked(const struct pairs *in, i64 id)
{
	i64 value;
	for (size_t i = 0; i < in->n; i++)
		if (str_eq(in->v[i].name, S("groupe")) && str_i64(in->v[i].value, &value) && value == id)
			return true;
	return false;
}

static enum err read_targets(struct req *req, i64 mail, struct mail_targets *ret)
{
	struct network_group_line_list groups;
	struct network_mail_group_row_list chosen = { .n = 0 };
	try(network_groups(req->db, (struct opt_i64){ 0 }, &groups));
	if (mail && req->method != POST)
		try(network_mail_groups(req->db, mail, &chosen));
	*ret = (struct mail_targets){ arena_many(req->a, struct mail_target, groups.n + 1), 0 };
	for (size_t i = 0; i < groups.n; i++) {
		struct mail_target t = { groups.v[i].id, groups.v[i].name, req->method == POST && ticked(&req->body, groups.v[i].id) };
		for (size_t k = 0; k < chosen.n; k++)
			t.chosen = t.chosen || chosen.v[k].group_id == t.id;
		if (str_eq(groups.v[i].state, S("open")))
			ret->v[ret->n++] = t;
	}
	return OK;
}

static enum err show(struct req *req, const struct network_mail_row *m, const struct form *form)
{
	struct mail_form_page page = { .form = form, .id = m ? m->id : 0, .version = m ? m->version : 0 };
	req->v.here = S(NETWORK);
	page.to_all = req->method == POST ? str_eq(form_text(req, "a"), S("tous")) : m && m->to_all;
	try(read_targets(req, page.id, &page.groups));
	for (size_t l = 1; l < MAIL_LANGS; l++)
		page.more = page.more || field_typed(form, mail_langs[l].body).n || field_typed(form, mail_langs[l].subject).n;
	try(form_stamp(req, m ? MAIL_ROUTE : MAILS "/nouveau"));
	return mail_form_html(&req->v, &page);
}

enum err mail_new(struct req *req)
{
	return show(req, NULL, form_with(req, mail_spec, NULL, 0));
}

enum err mail_draft_form(struct req *req, const struct network_mail_row *m)
{
	struct mail_texts texts;
	str values[2 * MAIL_LANGS] = { { 0 } };
	try(mail_texts_of(req, m->id, &texts));
	for (size_t l = 0; l < MAIL_LANGS; l++)
		for (size_t i = 0; i < texts.n; i++)
			if (str_eq(texts.v[i].lang, str_c(mail_langs[l].lang))) {
				values[2 * l] = texts.v[i].subject;
				values[2 * l + 1] = texts.v[i].body;
			}
	return show(req, m, form_with(req, mail_spec, values, lengthof(values)));
}

/* ---- keeping it ---- */

struct keeping { struct req *req; i64 id, version; bool fresh, to_all, check; struct mail_targets groups; };

static enum err keep_texts(struct db *db, const struct keeping *k)
{
	for (size_t l = 0; l < MAIL_LANGS; l++) {
		str lang = str_c(mail_langs[l].lang), subject = form_text(k->req, mail_langs[l].subject), body = form_text(k->req, mail_langs[l].body);
		if (subject.n || body.n)
			try(network_mail_text_put(db, k->id, lang, subject.p ? subject : S(""), body.p ? body : S("")));
		else
			try(network_mail_text_drop(db, k->id, lang));
	}
	return OK;
}

static enum err keep_tx(struct db *db, void *arg, str *ret_path)
{
	const struct keeping *k = arg;
	if (k->fresh)
		try(network_mail_put(db, k->id, k->req->session->user_id, k->to_all, now_ms()));
	else {
		try(network_mail_change(db, k->id, k->version, k->to_all, now_ms()));
		if (!db_changes(db))
			return CONFLICT;         /* somebody else has changed it, or it has left */
	}
	try(keep_texts(db, k));
	try(network_mail_groups_drop(db, k->id));
	for (size_t i = 0; i < k->groups.n && !k->to_all; i++)
		if (k->groups.v[i].chosen)
			try(network_mail_group_put(db, k->id, k->groups.v[i].id));
	*ret_path = str_printf(k->req->a, k->check ? MAILS "/%lld/envoi" : MAILS "/%lld?fait=1", (long long)k->id);
	return network_note(db, k->req, k->fresh ? "network.mail-new" : "network.mail-change", "network-mail", k->id, 0);
}

/* A draft may lack anything; what is to be read again may not. */
static void check(struct req *req, const struct keeping *k)
{
	const struct view *v = &req->v;
	bool anybody = k->to_all;
	for (size_t i = 0; i < k->groups.n; i++)
		anybody = anybody || k->groups.v[i].chosen;
	if (k->check && !anybody)
		form_fail(req, "a", _("Choisissez au moins un groupe, ou tout le réseau."));
	for (size_t l = 0; l < MAIL_LANGS; l++) {
		bool subject = form_text(req, mail_langs[l].subject).n > 0, body = form_text(req, mail_langs[l].body).n > 0;
		if (k->check && !subject && (body || !l))
			form_fail(req, mail_langs[l].subject, _("Écrivez l’objet du message."));
		if (k->check && !body && (subject || !l))
			form_fail(req, mail_langs[l].body, _("Écrivez le message."));
		if (form_text(req, mail_langs[l].body).n > BODY_BYTES)
			form_fail(req, mail_langs[l].body, _("Ce message est trop long. Gardez l’essentiel, et mettez un lien vers le reste."));
	}
}

static enum err keep(struct req *req, struct keeping *k, const struct network_mail_row *m)
{
	const struct view *v = &req->v;
	k->to_all = str_eq(form_text(req, "a"), S("tous"));
	k->check = str_eq(form_text(req, "geste"), S("relire"));
	try(read_targets(req, k->id, &k->groups));
	check(req, k);
	enum err e = form_ok(req) ? post_once(req, keep_tx, k) : OK;
	if (e == CONFLICT)
		form_fail(req, "texte", _("Quelqu’un a changé ce message entre-temps, ou l’a envoyé. Copiez votre texte, puis rouvrez le message."));
	if (form_ok(req))
		return e;
	form_refused(req);
	return show(req, m, req->form);
}

enum err mail_new_post(struct req *req)
{
	struct keeping k = { .req = req, .id = id_new(), .fresh = true };
	return keep(req, &k, NULL);
}

enum err mail_draft_post(struct req *req, const struct network_mail_row *m)
{
	struct keeping k = { .req = req, .id = m->id, .version = form_int(req, "version", 0) };
	return keep(req, &k, m);
}

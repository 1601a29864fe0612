/* Adding a contact, correcting one, taking one off the list. Who is added is asked whether they agree, unless they have signed a paper. */
#include "network/pages.h"

#include "accounts/accounts.h"
#include "base/phone.h"
#include "base/timex.h"
#include "html/format.h"
#include "http/session.h"
#include "network/contacts_html.h"

#define CONTACT_ROUTE CONTACTS "/:contact"

/* ---- the page ---- */

static enum err show(struct req *req, struct contact_page *page)
{
	page->runs = session_may(req->session, CAP_NETWORK);
	page->writable = req->v.city->public_url.n > 0;
	req->v.here = S(NETWORK);
	if (!page->runs)
		try(own_structures(req, &page->own));
	try(form_stamp(req, page->id ? CONTACT_ROUTE : NETWORK "/nouveau-contact"));
	return contact_html(&req->v, page);
}

enum err contact_new(struct req *req)
{
	struct contact_page page = { .form = form_with(req, contact_spec, NULL, 0) };
	return show(req, &page);
}

static enum err read_contact(struct req *req, struct network_contact_row *row, struct contact *ret)
{
	struct vault_asker vault = vault_of(req);
	try(network_contact_by_id(req->db, id_in_path(req, "contact"), row));
	return contact_open(&vault, S("one contact"), row, 1, ret);
}

static bool may_ask(const struct network_contact_row *r)
{
	return !r->given_at.set && !r->write_asked && r->asks < ASKS_MOST && r->asked_at.set && r->asked_at.v < now_ms() - ASK_AGAIN_MS;
}

static enum err show_one(struct req *req, const struct network_contact_row *row, const struct contact *c, const struct form *form)
{
	struct contact_page page = { .form = form, .id = c->id, .name = c->name, .email = c->email,
		.structure = str_printf(req->a, "%lld", (long long)c->organisation_id),
		.state = consent_words(&req->v, row->asked_at, row->given_at, row->how), .can_ask = may_ask(row),
		.saved = req->method == GET && form_given(req, "fait") };
	return show(req, &page);
}

static struct form *form_of(struct req *req, const struct contact *c)
{
	const str values[] = { c->organisation, c->name, c->email, c->phone.n ? phone_grouped(req->a, c->phone) : S(""), c->job, c->lang };
	return form_with(req, contact_spec, values, lengthof(values));
}

enum err contact_show(struct req *req)
{
	struct network_contact_row row;
	struct contact c;
	req->no_store = true;
	try(read_contact(req, &row, &c));
	return show_one(req, &row, &c, form_of(req, &c));
}

/* ---- what was typed ---- */

/* Who runs the network names any structure; the others choose among their own, and need not when there is one. */
static enum err read_structure(struct req *req, i64 *ret)
{
	const struct view *v = &req->v;
	struct own_structures own;
	struct structures found;
	str typed = form_text(req, "structure");
	if (!session_may(req->session, CAP_NETWORK)) {
		i64 chosen = 0;
		try(own_structures(req, &own));
		bool said = str_i64(typed, &chosen);
		for (size_t i = 0; i < own.n; i++)
			if (own.n == 1 || (said && own.v[i].id == chosen))
				*ret = own.v[i].id;
		if (!*ret)
			form_fail(req, "structure", _("Choisissez votre structure."));
		return OK;
	}
	try(structures_like(req->db, req->a, typed, 3, &found));
	if (found.exact)
		*ret = found.v[0].id;
	else if (found.n)
		form_fail(req, "structure", _f("Aucune structure n’a exactement ce nom. Peut-être : {1} ?", str_join(req->a,
			(const str[]){ found.v[0].name, found.n > 1 ? found.v[1].name : S(""), found.n > 2 ? found.v[2].name : S("") }, found.n, S(", "))));
	else
		form_fail(req, "structure", _("Aucune structure n’a ce nom. Ajoutez-la d’abord à un groupe, où l’on peut en créer une."));
	return OK;
}

static enum err read_form(struct req *req, struct contact *c)
{
	const struct view *v = &req->v;
	str phone = form_text(req, "telephone");
	if (!form_text(req, "structure").n && session_may(req->session, CAP_NETWORK))
		form_fail(req, "structure", _("Écrivez le nom de la structure."));
	else
		try(read_structure(req, &c->organisation_id));
	c->name = form_text(req, "nom");
	if (!c->name.n)
		form_fail(req, "nom", _("Écrivez le prénom et le nom."));
	c->job = form_text(req, "fonction");
	c->lang = form_text(req, "langue");
	c->phone = phone.n ? msg_address(req->a, MSG_SMS, phone) : S("");
	if (phone.n && !c->phone.p && !form_error_of(req, "telephone").p)
		form_fail(req, "telephone", _("Ce numéro n’est pas complet. Vérifiez-le, ou laissez la case vide."));
	return OK;
}

/* ---- adding ---- */

struct adding { struct req *req; struct contact c; struct contact_sealed sealed; bool paper; str added_for; };

static enum err add_tx(struct db *db, void *arg, str *ret_path)
{
	const struct adding *x = arg;
	const struct contact_sealed *s = &x->sealed;
	struct opt_i64 given = { now_ms(), x->paper };
	i64 refused = 0;
	if (x->paper)
		try(network_refusal_lift(db, s->email_index));
	try(network_refused(db, s->email_index, &refused));
	if (refused)
		return CONFLICT;                 /* a moment ago */
	try(network_contact_put(db, s->id, x->c.organisation_id, s->email_index, s->code_index, s->email_enc, s->name_enc, s->job_enc, s->phone_enc,
		x->c.lang, x->req->session->user_id, x->added_for, now_ms(), !x->paper, given, x->paper ? S("paper") : (str){ 0 }));
	if (!db_changes(db))
		return CONFLICT;
	*ret_path = str_printf(x->req->a, CONTACTS "/%lld?fait=1", (long long)s->id);
	return network_note(db, x->req, x->paper ? "network.contact-add-paper" : "network.contact-add", "network-contact", s->id, x->c.organisation_id);
}

/* Who adds, as the question says it: the structure in which the session may do so. */
static enum err read_added_for(struct req *req, str *ret)
{
	const struct grants *g = req->session->grants;
	struct network_structure_row row;
	for (size_t i = 0; g && i < g->n; i++)
		if (g->v[i].caps & 1u << CAP_CONTACTS) {
			try(network_structure(req->db, g->v[i].organisation_id, &row));
			*ret = row.name;
			return OK;
		}
	return NOT_FOUND;
}

/* Who refused is not written to again; only who runs the network may say that a paper says otherwise. */
static enum err check_refusal(struct req *req, const struct adding *x)
{
	const struct view *v = &req->v;
	i64 refused = 0, known = 0;
	try(network_refused(req->db, x->sealed.email_index, &refused));
	try(network_contact_known(req->db, x->sealed.email_index, &known));
	bool runs = session_may(req->session, CAP_NETWORK);
	if (known)
		form_fail(req, "courriel", _("Cette adresse est déjà dans la liste du réseau."));
	else if (refused && !runs)
		form_fail(req, "courriel", _("Cette personne a refusé les messages du réseau. Parlez-en à la coordination."));
	else if (refused && !x->paper)
		form_fail(req, "courriel", _("Cette personne a refusé les messages du réseau. Si elle a changé d’avis, faites-lui signer un papier, et cochez la case."));
	return OK;
}

enum err contact_new_post(struct req *req)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct adding x = { .req = req, .paper = form_bool(req, "papier") };
	struct contact_page page = { .form = req->form, .structure = form_text(req, "structure") };
	try(read_form(req, &x.c));
	x.c.email = msg_address(req->a, MSG_MAIL, form_text(req, "courriel"));
	if (!x.c.email.p && !form_error_of(req, "courriel").p)
		form_fail(req, "courriel", _("Écrivez une adresse comme nom@exemple.fr."));
	if (form_ok(req)) {
		try(contact_seal(&vault, &x.c, &x.sealed));
		try(read_added_for(req, &x.added_for));
		try(check_refusal(req, &x));
	}
	enum err e = form_ok(req) ? post_once(req, add_tx, &x) : OK;
	if (e == CONFLICT)
		form_fail(req, "courriel", _("Cette adresse est déjà dans la liste du réseau."));
	if (form_ok(req))
		return e;
	form_refused(req);
	return show(req, &page);
}

/* ---- changing, asking again, taking off ---- */

enum gesture { SAVE, ASK, REMOVE };
struct changing { struct req *req; enum gesture gesture; struct contact c; struct contact_sealed sealed; i64 was_of; };

static enum err change_tx(struct db *db, void *arg, str *ret_path)
{
	static const char *const actions[] = { [SAVE] = "network.contact-change", [ASK] = "network.contact-ask", [REMOVE] = "network.contact-remove" };
	const struct changing *x = arg;
	const struct contact_sealed *s = &x->sealed;
	*ret_path = x->gesture == REMOVE ? S(CONTACTS "?retire=1") : str_printf(x->req->a, CONTACTS "/%lld?fait=1", (long long)x->c.id);
	if (x->gesture == SAVE)
		try(network_contact_change(db, x->c.id, x->c.organisation_id, s->name_enc, s->job_enc, s->phone_enc, x->c.lang, now_ms()));
	else
		try(x->gesture == ASK ? network_contact_ask(db, x->c.id) : network_contact_remove(db, x->c.id));
	return network_note(db, x->req, actions[x->gesture], "network-contact", x->c.id, x->was_of);
}

static enum err save(struct req *req, struct changing *x)
{
	struct vault_asker vault = vault_of(req);
	try(read_form(req, &x->c));
	if (!form_ok(req))
		return OK;
	try(contact_seal(&vault, &x->c, &x->sealed));
	return post_once(req, change_tx, x);
}

enum err contact_post(struct req *req)
{
	const struct view *v = &req->v;
	struct network_contact_row row;
	struct changing x = { .req = req };
	str gesture = form_text(req, "geste");
	try(read_contact(req, &row, &x.c));
	struct contact was = x.c;
	x.was_of = was.organisation_id;
	x.gesture = str_eq(gesture, S("redemander")) ? ASK : str_eq(gesture, S("retirer")) ? REMOVE : SAVE;
	if (x.gesture == ASK && !may_ask(&row))
		return resp_redirect(req, str_printf(req->a, CONTACTS "/%lld", (long long)was.id));
	if (x.gesture == REMOVE && !form_bool(req, "sur"))
		form_fail(req, "sur", _("Cochez la case : l’adresse sera oubliée, et il faudra un nouvel accord pour la remettre."));
	if (x.gesture == SAVE || form_ok(req)) {
		enum err e = x.gesture == SAVE ? save(req, &x) : post_once(req, change_tx, &x);
		if (e != OK || form_ok(req))
			return e;
	}
	form_refused(req);
	if (x.gesture == SAVE)
		return show_one(req, &row, &was, req->form);
	struct form *form = form_of(req, &was);
	form->errors = req->form->errors;
	form->n_errors = req->form->n_errors;
	return show_one(req, &row, &was, form);
}

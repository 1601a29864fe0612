/* The list of contacts, and the file of those who run the network. Names are sealed: one page of them is opened, and the list is in the
 * order of structures. */
#include "network/pages.h"

#include "base/csv.h"
#include "base/phone.h"
#include "base/timex.h"
#include "db/db.h"
#include "html/escape.h"
#include "html/format.h"
#include "http/session.h"
#include "network/contacts_html.h"

#define A_PIECE 25                               /* contacts opened at a time for the file */

str consent_words(const struct view *v, struct opt_i64 asked_at, struct opt_i64 given_at, str how)
{
	if (given_at.set) {
		str day = date_shown(v, paris_of_ms(given_at.v).date);
		return str_eq(how, S("paper")) ? _f("a dit oui sur papier, le {1}", day) : _f("a dit oui le {1}", day);
	}
	return asked_at.set ? _f("n’a pas encore répondu à la question du {1}", date_shown(v, paris_of_ms(asked_at.v).date)) : _("recevra bientôt la question");
}

/* ---- which ones ---- */

/* Those that the session may see. */
static enum err read_heads(struct req *req, struct network_contact_head_list *ret)
{
	struct own_structures own;
	if (session_may(req->session, CAP_NETWORK))
		return network_contact_heads(req->db, (struct opt_i64){ 0 }, ret);
	*ret = (struct network_contact_head_list){ .n = 0 };
	try(own_structures(req, &own));
	for (size_t i = 0; i < own.n; i++) {
		struct network_contact_head_list some;
		try(network_contact_heads(req->db, (struct opt_i64){ own.v[i].id, true }, &some));
		struct network_contact_head *all = arena_many(req->a, struct network_contact_head, ret->n + some.n + 1);
		for (size_t k = 0; k < ret->n; k++)
			all[k] = ret->v[k];
		for (size_t k = 0; k < some.n; k++)
			all[ret->n + k] = some.v[k];
		*ret = (struct network_contact_head_list){ .v = all, .n = ret->n + some.n };
	}
	return OK;
}

/* By the structure's name, or by an address: a whole one, for it is found by its keyed hash. */
static enum err keep_searched(struct req *req, struct network_contact_head_list *heads)
{
	str words = form_text(req, "q"), index = { 0 };
	struct vault_asker vault = vault_of(req);
	size_t kept = 0;
	if (!words.n)
		return OK;
	if (str_find_byte(words, '@') >= 0)
		try(msg_index(&vault, MSG_MAIL, words, &index));
	for (size_t i = 0; i < heads->n; i++)
		if (index.p ? str_eq(heads->v[i].email_index, index) : words_fit(req->a, heads->v[i].organisation, words))
			heads->v[kept++] = heads->v[i];
	heads->n = kept;
	return OK;
}

static str list_url(struct req *req, str state, i64 page)
{
	struct buf b = buf_new(req->a, 2048);
	put_prefix(&b, &req->v);
	buf_printf(&b, CONTACTS "?etat=%.*s&q=", STR_ARG(state));
	esc_url_part(&b, form_text(req, "q"));
	if (page)
		buf_printf(&b, "&page=%lld", (long long)page);
	return buf_str(&b);
}

/* Counts by state, and leaves those of the state asked for. */
static void keep_state(struct req *req, struct network_contact_head_list *heads, struct contacts_page *page)
{
	static const struct { const char *state, *label; } states[] = {
		{ "", N_("Tous") }, { "oui", N_("D’accord") }, { "attente", N_("Sans réponse") },
	};
	str state = form_text(req, "etat");
	size_t kept = 0, given = 0;
	for (size_t i = 0; i < heads->n; i++)
		given += heads->v[i].given_at.set;
	const size_t counts[] = { heads->n, given, heads->n - given };
	for (size_t i = 0; i < lengthof(states); i++)
		page->filters.v[page->filters.n++] = (struct contact_filter){ list_url(req, str_c(states[i].state), 0), tr(req->v.lang, states[i].label),
			(i64)counts[i], str_eq(state, str_c(states[i].state)) ? "page" : NULL };
	if (!state.n)
		return;
	for (size_t i = 0; i < heads->n; i++)
		if (heads->v[i].given_at.set == str_eq(state, S("oui")))
			heads->v[kept++] = heads->v[i];
	heads->n = kept;
}

/* ---- the page ---- */

static enum err open_lines(struct req *req, const struct network_contact_head *heads, size_t n, struct contacts_page *page)
{
	struct vault_asker vault = vault_of(req);
	struct network_contact_row *rows = arena_many(req->a, struct network_contact_row, n + 1);
	struct contact *clear = arena_many(req->a, struct contact, n + 1);
	size_t found = 0;
	for (size_t i = 0; i < n; i++) {
		enum err e = network_contact_by_id(req->db, heads[i].id, &rows[found]);
		if (e != OK && e != NOT_FOUND)
			return e;
		found += e == OK;                /* who withdrew a moment ago is not there */
	}
	try(contact_open(&vault, S("contacts page"), rows, found, clear));
	page->v = arena_many(req->a, struct contact_line, found + 1);
	for (; page->n < found; page->n++)
		page->v[page->n] = (struct contact_line){ clear[page->n].id, clear[page->n].name, clear[page->n].job, clear[page->n].organisation,
			consent_words(&req->v, rows[page->n].asked_at, rows[page->n].given_at, rows[page->n].how), rows[page->n].given_at.set };
	return OK;
}

enum err contacts_index(struct req *req)
{
	struct network_contact_head_list heads;
	struct contacts_page page = { .form = req->form, .runs = session_may(req->session, CAP_NETWORK), .removed = form_given(req, "retire"),
		.searched = form_given(req, "q") };
	i64 at = form_int(req, "page", 1);
	str state = form_text(req, "etat");
	req->v.here = S(NETWORK);
	req->no_store = true;
	if (!form_ok(req))
		return NOT_FOUND;
	try(read_heads(req, &heads));
	try(keep_searched(req, &heads));
	keep_state(req, &heads, &page);
	size_t from = (size_t)(at - 1) * CONTACTS_A_PAGE;
	if (at > 1 && from >= heads.n)
		return NOT_FOUND;
	page.pager = pager_of(at, (i64)heads.n, CONTACTS_A_PAGE, list_url(req, state, at - 1), list_url(req, state, at + 1));
	size_t n = heads.n - from < CONTACTS_A_PAGE ? heads.n - from : CONTACTS_A_PAGE;
	try(open_lines(req, heads.v + from, n, &page));
	return contacts_html(&req->v, &page);
}

/* ---- the file ---- */

struct filing { struct network_contact_head_list heads; size_t at; };

static void put_contact(struct buf *out, const struct contact *c, const struct network_contact_row *r)
{
	const str cells[] = { c->organisation, c->name, c->job, c->email, c->phone.n ? phone_grouped(out->a, c->phone) : S(""), c->lang,
		r->given_at.set ? S("oui") : S("non"), r->given_at.set ? date_iso(out->a, paris_of_ms(r->given_at.v).date) : S(""),
		r->how.n ? r->how : S("") };
	csv_row_typed(out, cells, lengthof(cells));
}

static enum err next_contacts(struct req *req, struct buf *out)
{
	struct filing *f = req->handler_data;
	struct vault_asker vault = vault_of(req);
	struct network_contact_row rows[A_PIECE];
	struct contact clear[A_PIECE];
	size_t n = 0;
	vault.a = out->a;
	while (!n && f->at < f->heads.n) {
		for (size_t end = f->at + A_PIECE; f->at < f->heads.n && f->at < end; f->at++) {
			enum err e = network_contact_by_id(req->db, f->heads.v[f->at].id, &rows[n]);
			if (e != OK && e != NOT_FOUND)
				return e;
			n += e == OK;
		}
	}
	try(contact_open(&vault, S("file of contacts"), rows, n, clear));
	for (size_t i = 0; i < n; i++)
		put_contact(out, &clear[i], &rows[i]);
	return OK;
}

static enum err first_contacts(struct req *req, struct buf *out)
{
	buf_put(out, S("structure,nom,fonction,courriel,telephone,langue,accord,accord_le,accord_par\n"));
	req->next_piece = next_contacts;
	return OK;
}

static enum err note_tx(struct db *db, void *arg)
{
	return network_note(db, arg, "network.contacts-export", "", 0, 0);
}

enum err contacts_csv(struct req *req)
{
	struct filing *f = arena_one(req->a, struct filing);
	try(network_contact_heads(req->db, (struct opt_i64){ 0 }, &f->heads));
	try(db_tx(req->db, note_tx, req));
	req->handler_data = f;
	resp_file(req, S("contacts.csv"), true);
	resp_pieces(req, first_contacts, (str){ 0 });
	return OK;
}

/* What is written to contacts, away from requests and some at a time: the question whether they agree, and mail to those who did. A
 * process that dies goes on where it was: who was written to is noted in the transaction that queues the message. */
#include "network/pages.h"

#include "base/code.h"
#include "base/timex.h"

#define WRITE_MOST 10                            /* a turn: others wait to leave */

static enum lang lang_of(str name)
{
	for (int l = 0; l < LANG_COUNT; l++)
		if (str_eq(name, str_c(langs[l].prefix)))
			return (enum lang)l;
	return LANG_FR;
}

/* An address: opened for that contact alone. */
static enum err open_address(const struct vault_asker *vault, i64 id, str sealed, str *ret)
{
	struct vault_item item = { str_printf(vault->a, "network_contact:email:%lld", (long long)id), sealed };
	enum err e = vault_open_as(vault, S("mail to the network"), &item, 1, ret);
	return e == FORBIDDEN ? BUSY : e;        /* the minute's openings are spent: in the next */
}

/* Where a contact answers and leaves, in their language; and the address for mail programs. */
struct links { str page, stop; };

static enum err links_of(const struct vault_asker *vault, const struct city *city, i64 id, enum lang lang, struct links *ret)
{
	struct view v = { .a = vault->a, .city = city };
	str code;
	try(contact_codes(vault, &id, 1, &code, NULL));
	str path = str_printf(vault->a, "/reseau/%.*s", STR_ARG(code_plain(vault->a, code)));
	ret->page = str_printf(vault->a, "%.*s%.*s", STR_ARG(city->public_url), STR_ARG(in_language(&v, lang, path)));
	ret->stop = str_printf(vault->a, "%.*s%.*s/stop", STR_ARG(city->public_url), STR_ARG(path));
	return OK;
}

/* ---- the question ---- */

struct asking { i64 id; bool ready; struct msg_ready message; };

static enum err ask_tx(struct db *db, void *arg)
{
	const struct asking *x = arg;
	try(network_asked(db, x->id, now_ms()));
	return db_changes(db) && x->ready ? msg_queue(db, &x->message) : OK;
}

static enum err ask_one(struct db *db, const struct vault_asker *vault, const struct city *city, const struct network_question *q)
{
	struct asking x = { .id = q->id };
	struct links links;
	enum lang lang = lang_of(q->lang);
	str to;
	enum err e = open_address(vault, q->id, q->email_enc, &to);
	if (e == INVALID)
		return db_tx(db, ask_tx, &x);    /* nobody can read it: it would stand in the way of the others */
	try(e);
	try(links_of(vault, city, q->id, lang, &links));
	str values[] = { q->added_for, q->organisation, links.page };
	struct msg m = { .channel = MSG_MAIL, .to = to, .template = q->given_at.set ? "network-again" : "network-consent", .lang = lang,
		.key = str_printf(vault->a, "network-consent:%lld:%lld", (long long)q->id, (long long)q->asks), .values = values, .n_values = lengthof(values) };
	e = msg_write(vault, city, &m, &x.message);
	x.ready = e == OK;
	return e == OK || e == INVALID ? db_tx(db, ask_tx, &x) : e;
}

/* ---- mail ---- */

struct writing { const struct network_letter *row; bool ready; struct msg_ready message; };

static enum err write_tx(struct db *db, void *arg)
{
	const struct writing *w = arg;
	if (!w->ready)
		return network_left(db, w->row->mail_id, w->row->contact_id);
	try(network_written(db, w->row->mail_id, w->row->contact_id, w->message.id));
	return db_changes(db) ? msg_queue(db, &w->message) : OK;       /* stopped, or withdrawn, a moment ago: the next turn says which */
}

enum err mail_message(const struct vault_asker *vault, const struct city *city, const struct msg *like, const struct mail_text *text, str link,
                      struct msg_ready *ret)
{
	str values[] = { text->subject, text->body, link };
	struct msg m = *like;
	m.channel = MSG_MAIL;
	m.template = "network-mail";
	m.lang = lang_of(text->lang);
	m.values = values;
	m.n_values = lengthof(values);
	return msg_write(vault, city, &m, ret);
}

/* The text in the contact's language; else the French one. */
static const struct network_mail_text_row *text_for(const struct network_mail_text_row_list *texts, str lang)
{
	const struct network_mail_text_row *found = NULL;
	for (size_t i = 0; i < texts->n; i++)
		if (str_eq(texts->v[i].lang, lang) || (!found && str_eq(texts->v[i].lang, S("fr"))))
			found = &texts->v[i];
	return found;
}

static enum err write_one(struct db *db, const struct vault_asker *vault, const struct city *city, const struct network_letter *row)
{
	struct writing w = { .row = row };
	struct network_mail_text_row_list texts;
	struct links links;
	str to;
	if (!row->email_enc.p || !row->given_at.set)
		return db_tx(db, write_tx, &w);
	try(network_mail_texts(db, row->mail_id, &texts));
	const struct network_mail_text_row *t = text_for(&texts, row->lang);
	if (!t)
		return db_tx(db, write_tx, &w);
	enum err e = open_address(vault, row->contact_id, row->email_enc, &to);
	if (e == INVALID)
		return db_tx(db, write_tx, &w);
	try(e);
	try(links_of(vault, city, row->contact_id, lang_of(row->lang), &links));
	bool simple = str_eq(row->lang, S("simple")) && str_eq(t->lang, S("fr"));
	struct mail_text text = { simple ? row->lang : t->lang, t->subject, t->body };
	struct msg like = { .to = to, .key = str_printf(vault->a, "network-mail:%lld:%lld", (long long)row->mail_id, (long long)row->contact_id),
		.leave = links.stop };
	e = mail_message(vault, city, &like, &text, links.page, &w.message);
	w.ready = e == OK;
	return e == OK || e == INVALID ? db_tx(db, write_tx, &w) : e;
}

static enum err done_tx(struct db *db, void *arg)
{
	const struct network_old_mail_list *done = arg;
	for (size_t i = 0; i < done->n; i++)
		try(network_mail_turn(db, done->v[i].id, S("sending"), S("sent"), now_ms(), (struct opt_i64){ now_ms(), true }));
	return OK;
}

enum err network_write_some(struct db *db, const struct vault_asker *vault, const struct city *city, i64 *ret_n)
{
	struct network_question_list questions;
	struct network_letter_list letters;
	struct network_old_mail_list done;
	*ret_n = 0;
	if (!city->public_url.n)
		return OK;                       /* no link would lead here */
	try(network_to_ask(db, WRITE_MOST, &questions));
	for (size_t i = 0; i < questions.n; i++)
		try(ask_one(db, vault, city, &questions.v[i]));
	try(network_to_write(db, WRITE_MOST, &letters));
	for (size_t i = 0; i < letters.n; i++)
		try(write_one(db, vault, city, &letters.v[i]));
	try(network_mails_done(db, &done));
	if (done.n)
		try(db_tx(db, done_tx, &done));
	*ret_n = (i64)(questions.n + letters.n);
	return OK;
}

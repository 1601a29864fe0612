/* What the files of this folder share. */
#ifndef GABARE_NETWORK_PAGES_H
#define GABARE_NETWORK_PAGES_H

#include "html/layout.h"
#include "html/widgets.h"
#include "http/fields.h"
#include "http/response.h"
#include "msg/msg.h"
#include "network/mail_sql.h"
#include "network/network.h"
#include "network/network_sql.h"

#define NETWORK "/agent/reseau"
#define CONTACTS NETWORK "/contacts"
#define MAILS NETWORK "/messages"
#define MEMBERS_A_PAGE 40
#define CONTACTS_A_PAGE 25
#define MAILS_A_PAGE 20
#define FOUND_MOST 10                            /* structures that a search shows */
#define LEFT_OUT_MOST 20                         /* people whom a mail does not reach, by name */
#define ASK_AGAIN_MS ((i64)7 * 86400 * 1000)     /* nobody is asked again within a week, nor more than twice */
#define ASKS_MOST 2

handler_fn network_index, group_new, group_new_post, group_show, group_post, group_edit, group_edit_post, group_csv;
handler_fn contacts_index, contacts_csv, contact_new, contact_new_post, contact_show, contact_post;
handler_fn mails_index, mail_new, mail_new_post, mail_show, mail_post, mail_check, mail_check_post;
handler_fn consent_show, consent_post, consent_over, consent_leave_link, consent_leave;
/* Of ":groupe": the session runs the network, or its structure is in the group. Of ":contact": it runs the network, or the contact is
 * of its structure. */
scope_fn scope_group, scope_contact;

/* ---- who asks (reach.c) ---- */

/* The structures whose contacts this session keeps by a role in them. */
struct own_structures { struct network_structure_row *v; size_t n; };
must_use enum err own_structures(struct req *req, struct own_structures *ret);
/* A path parameter as an id; 0 when it is none. */
i64 id_in_path(const struct req *req, const char *name);
/* The structures that the words fit, at most `most`, the one that has exactly this name first; `exact` says whether there is one. */
struct structures { struct network_structure_row *v; size_t n; bool exact; };
must_use enum err structures_like(struct db *db, struct arena *a, str words, size_t most, struct structures *ret);
/* Whether a structure's name fits words that somebody typed: each of them begins one of its words. */
bool words_fit(struct arena *a, str name, str words);
/* A line of the audit log about something of the network. */
must_use enum err network_note(struct db *db, const struct req *req, const char *action, const char *object, i64 id, i64 organisation);
/* The form with these values (of the spec's fields, in their order), for what is changed rather than made. */
struct form *form_with(struct req *req, const struct form_spec *spec, const str *values, size_t n);

/* ---- groups ---- */

extern const struct form_spec *const group_spec;
struct groups_page { bool runs; struct network_total total; struct network_group_line_list groups; };
struct group_page {
	const struct form *form;
	struct network_group_row group;
	bool runs, saved, closed;
	struct network_member_row_list members;
	i64 members_n;
	struct structures found;
	str words;
	bool searched;
	struct network_structure_row removed;    /* id 0: none was a moment ago */
	struct pager pager;
};
struct group_form_page { const struct form *form; i64 id; str name; };

/* ---- contacts ---- */

extern const struct form_spec *const contact_spec;

/* A contact in clear. */
struct contact { i64 id, organisation_id; str organisation, email, name, job, phone, lang; };
must_use enum err contact_open(const struct vault_asker *vault, str purpose, const struct network_contact_row *rows, size_t n, struct contact *ret);
/* What network_contact_put stores: sealed, with its indexes; a new id where the contact has none. */
struct contact_sealed { i64 id; str email_index, code_index, email_enc, name_enc, job_enc, phone_enc; };
must_use enum err contact_seal(const struct vault_asker *vault, const struct contact *c, struct contact_sealed *ret);
/* The codes of contacts' links, made again from their ids ("ABCD-EFGH-JKLM-NPQR"), and their keyed hashes; either may be NULL. */
must_use enum err contact_codes(const struct vault_asker *vault, const i64 *ids, size_t n, str *ret_codes, str *ret_indexes);
must_use enum err contact_code_index(const struct vault_asker *vault, str typed, str *ret);
/* Forgets who refuses or withdraws, and the network's messages to them; a keyed hash says that they did. In a transaction. */
must_use enum err contact_refuse(struct db *db, const struct network_contact_row *c);

struct contact_line { i64 id; str name, job, organisation, state; bool given; };
struct contact_filter { str url, label; i64 n; const char *current; };
struct contact_filters { struct contact_filter v[3]; size_t n; };
struct contacts_page {
	const struct form *form;
	bool runs, removed, searched;
	struct contact_filters filters;
	struct contact_line *v;
	size_t n;
	struct pager pager;
};
struct contact_page {
	const struct form *form;
	i64 id;                                  /* 0: somebody new */
	str name, email, state;
	bool runs, saved, can_ask, writable;
	struct own_structures own;               /* of those who do not run the network; more than one: they choose */
	str structure;                           /* chosen among them */
};
/* What a contact did of the question, after their name: "a dit oui le 3 mars 2026". */
str consent_words(const struct view *v, struct opt_i64 asked_at, struct opt_i64 given_at, str how);

/* ---- mails ---- */

extern const struct form_spec *const mail_spec;
enum { MAIL_LANGS = 3 };
extern const struct mail_lang { const char *lang, *subject, *body; } mail_langs[MAIL_LANGS];   /* fields of the form, French first */

struct mail_line { i64 id; str subject, state, day; i64 recipients; bool sent; };
struct mails_page { struct mail_line *v; size_t n; struct pager pager; };
struct mail_target { i64 id; str name; bool chosen; };
struct mail_targets { struct mail_target *v; size_t n; };
struct mail_form_page { const struct form *form; i64 id, version; bool to_all, more; struct mail_targets groups; };
struct mail_text { str lang, subject, body; };
struct mail_texts { struct mail_text *v; size_t n; };
struct left_out { str name, organisation, why; };
struct left_outs { struct left_out *v; size_t n; };
struct mail_count { str label; i64 n; };
struct mail_counts { struct mail_count *v; size_t n; };
/* Whom a mail reaches, and whom it does not. */
struct mail_reach { i64 reached, not_asked, unanswered, stopped; struct left_outs out; struct network_silent_list silent; };
struct mail_check_page {
	const struct form *form;
	i64 id, version;
	str to;                                  /* "Groupe Bellevue, Reconditionnement", or all */
	struct mail_texts texts;
	struct mail_reach reach;
	bool tried, writable;
};
struct mail_page {
	i64 id, recipients, waiting, failed;
	str subject, to, ended;
	struct mail_texts texts;
	struct mail_counts counts;
	bool sending, stopped, dropped;
};
/* A draft's form, and what came of it. */
must_use enum err mail_draft_form(struct req *req, const struct network_mail_row *m);
must_use enum err mail_draft_post(struct req *req, const struct network_mail_row *m);
/* What a mail says, and to whom, in words. */
must_use enum err mail_texts_of(struct req *req, i64 id, struct mail_texts *ret);
must_use enum err mail_target_words(struct req *req, const struct network_mail_row *m, str *ret);
/* The e-mail of one text; `link`: where its reader withdraws. */
must_use enum err mail_message(const struct vault_asker *vault, const struct city *city, const struct msg *like, const struct mail_text *text, str link,
                               struct msg_ready *ret);

/* ---- the public pages ---- */

struct consent_page { str code, structure, added_for, since; bool given, renew, thanks; };

#endif

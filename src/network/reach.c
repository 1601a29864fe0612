/* Who sees what of the network: who runs it all of it, a structure its groups and its own contacts; and what the pages share. */
#include "network/pages.h"

#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/utf8.h"
#include "http/session.h"

enum err own_structures(struct req *req, struct own_structures *ret)
{
	const struct grants *g = req->session->grants;
	*ret = (struct own_structures){ arena_many(req->a, struct network_structure_row, (g ? g->n : 0) + 1), 0 };
	for (size_t i = 0; g && i < g->n; i++)
		if (g->v[i].caps & 1u << CAP_CONTACTS)
			try(network_structure(req->db, g->v[i].organisation_id, &ret->v[ret->n++]));
	return OK;
}

i64 id_in_path(const struct req *req, const char *name)
{
	i64 id = 0;
	return str_i64(req_param(req, name), &id) ? id : 0;
}

enum err scope_group(struct req *req)
{
	struct network_group_row group;
	const struct grants *g = req->session->grants;
	try(network_group_by_id(req->db, id_in_path(req, "groupe"), &group));
	if (session_may(req->session, CAP_NETWORK))
		return OK;
	for (size_t i = 0; g && i < g->n; i++) {
		i64 in = 0;
		if (!(g->v[i].caps & 1u << req->route->cap))
			continue;
		try(network_is_member(req->db, group.id, g->v[i].organisation_id, &in));
		if (in)
			return OK;
	}
	return NOT_FOUND;
}

enum err scope_contact(struct req *req)
{
	struct network_contact_row c;
	try(network_contact_by_id(req->db, id_in_path(req, "contact"), &c));
	bool reached = session_may(req->session, CAP_NETWORK) || accounts_may_in(req, CAP_CONTACTS, c.organisation_id);
	return reached ? OK : NOT_FOUND;
}

/* ---- structures by their names ---- */

/* Letters and digits only, one space between words and one before the first. */
static str plain(struct arena *a, str s)
{
	str folded = utf8_fold(a, s);
	struct buf b = buf_new(a, folded.n + 2);
	buf_byte(&b, ' ');
	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.p[i];
		bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (u8)c > 127;
		if (kept || b.p[b.n - 1] != ' ')
			buf_byte(&b, kept ? c : ' ');
	}
	return b.p[b.n - 1] == ' ' && b.n > 1 ? str_slice(buf_str(&b), 0, b.n - 1) : buf_str(&b);
}

bool words_fit(struct arena *a, str name, str words)
{
	str in = plain(a, name), rest = str_trim(plain(a, words)), word;
	while (rest.n && str_next(&rest, ' ', &word))
		if (word.n && str_find(in, str_printf(a, " %.*s", STR_ARG(word))) < 0)
			return false;
	return true;
}

enum err structures_like(struct db *db, struct arena *a, str words, size_t most, struct structures *ret)
{
	struct network_structure_row_list all;
	str wanted = plain(a, words);
	*ret = (struct structures){ .v = arena_many(a, struct network_structure_row, most) };
	if (wanted.n < 2)
		return OK;
	try(network_structures(db, &all));
	for (size_t i = 0; i < all.n && !ret->exact; i++)
		if (str_eq(plain(a, all.v[i].name), wanted)) {
			ret->v[ret->n++] = all.v[i];
			ret->exact = true;
		}
	for (size_t i = 0; i < all.n && ret->n < most; i++)
		if (words_fit(a, all.v[i].name, words) && !(ret->exact && all.v[i].id == ret->v[0].id))
			ret->v[ret->n++] = all.v[i];
	return OK;
}

/* ---- what is shared ---- */

enum err network_note(struct db *db, const struct req *req, const char *action, const char *object, i64 id, i64 organisation)
{
	return audit_write(db, &(struct audit){ .user_id = req->session ? req->session->user_id : 0, .organisation_id = organisation, .action = action,
		.object = object, .object_id = id });
}

struct form *form_with(struct req *req, const struct form_spec *spec, const str *values, size_t n)
{
	struct pairs in = { arena_many(req->a, struct pair, n + 1), 0 };
	for (; in.n < n; in.n++)
		in.v[in.n] = (struct pair){ str_c(spec->fields[in.n].name), values[in.n] };
	struct form *form = form_read(req, spec, &in);
	form->n_errors = 0;                      /* nobody has been asked yet */
	return form;
}

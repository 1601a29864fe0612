/* What files say of a household, in words: for its own access file, and the history that agents read. */
#include "files/pages.h"

str file_state_shown(const struct view *v, str code, str reason)
{
	return str_eq(code, S("joined")) && reason.n ? _("Retirée") : state_label(v, code);
}

static str call_words(const struct view *v, str reason)
{
	return str_eq(reason, S("reached")) ? _("Appelée, jointe") : str_eq(reason, S("undone")) ? _("Cet appel n’a pas eu lieu : noté par erreur")
		: _("Appelée, pas de réponse");
}

str file_event_words(const struct view *v, const struct file_event_row *e)
{
	str to = file_state_shown(v, e->after, e->reason), reason = e->reason.n ? tr_here(v, file_reason_label(e->reason)) : S("");
	if (str_eq(e->kind, S("call")))
		return call_words(v, e->reason);
	if (str_eq(e->kind, S("named")))
		return e->before.n ? _("Un autre enfant nommé, ou la famille nommée à nouveau") : to;
	if (str_eq(e->kind, S("joined")))
		return str_eq(e->after, S("joined")) ? reason.n ? _f("{1} : {2}", to, reason) : to : _("Un autre dossier de la même famille réuni à celui-ci");
	if (str_eq(e->kind, S("back")))
		return reason.n ? _f("Retour à « {1} » : {2}", to, reason) : _f("Retour à « {1} »", to);
	return reason.n ? _f("{1} : {2}", to, reason) : to;
}

/* What was written when the family was named, and by whom. */
static enum err put_named(struct req *req, i64 file_id, str title, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct file_named_held_row_list rows;
	struct vault_own items[20];
	str opened[20];
	try(file_named(req->db, file_id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		items[i] = file_named_item(req->a, rows.v[i].household_id, rows.v[i].key_enc, rows.v[i].id, rows.v[i].named_enc);
	try(rows.n ? vault_open_own(&vault, S("access file"), items, rows.n, opened) : OK);
	for (size_t i = 0; i < rows.n; i++)
		held_put(req->a, ret, title, _f("Ce que {1} a écrit le {2}", rows.v[i].organisation, date_shown(v, paris_of_ms(rows.v[i].at).date)),
			str_printf(req->a, "%.*s%s%.*s, %.*s", STR_ARG(file_named_words(req->a, opened[i])), rows.v[i].class.n ? ", " : "", STR_ARG(rows.v[i].class),
				STR_ARG(rows.v[i].school)));
	return OK;
}

enum err files_told(struct db *db, i64 root, struct recipients *ret)
{
	struct file_named_by_row_list rows;
	try(file_named_by(db, root, &rows));
	*ret = (struct recipients){ arena_many(db_arena(db), str, rows.n + 1), rows.n };
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = rows.v[i].name;
	return OK;
}

/* Whether another child came with that line of the story. The same child again, or one whose line of a list was taken back, is no other child. */
static bool another_child(const struct file_child_row_list *children, const struct file_event_row *e)
{
	size_t i = 0, k = 0;
	while (i < children->n && children->v[i].at != e->at)
		i++;
	while (k < i && i < children->n && children->v[k].person_id != children->v[i].person_id)
		k++;
	return i < children->n && k == i;
}

enum err files_held(struct req *req, const struct household *h, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct file_held_row_list files;
	try(files_of_household(req->db, h->id, &files));
	for (size_t i = 0; i < files.n; i++) {
		const struct file_held_row *f = &files.v[i];
		struct file_event_row_list events;
		struct file_child_row_list children;
		req->v.said = campaign_said(f->named);
		str title = _f("Votre demande d’ordinateur : {1}", f->campaign);
		try(put_named(req, f->id, title, ret));
		try(file_events(req->db, f->id, &events));
		try(file_children(req->db, f->id, &children));
		for (size_t k = 0; k < events.n; k++) {
			const struct file_event_row *e = &events.v[k];
			bool again = str_eq(e->kind, S("named")) && e->before.n && !another_child(&children, e);
			held_put(req->a, ret, title, iso_date_shown(v, e->day), again ? _("Votre nom nous a été donné à nouveau") : file_event_plain(v, e));
		}
	}
	return OK;
}

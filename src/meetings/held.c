/* Meetings seen from elsewhere: on a file's page, in a household's access file, on a school's own page; and forgetting. */
#include "meetings/pages.h"

#define FORGET_DAYS 730

/* What one family has to do with a meeting, in words. */
static str words(const struct view *v, const struct meeting_guest_row *g, str day, bool cancelled)
{
	struct date d;
	bool past = date_parse(day, &d) && date_days(d) < date_days(today_paris());
	str reply = guest_reply_words(v, g->reply);
	if (str_eq(g->came, S("yes")))
		return g->uninvited ? _("venue sans invitation") : _("venue");
	if (str_eq(g->came, S("no")))
		return reply.n ? _f("{1} ; absente", reply) : _("absente");
	str told = guest_told_words(v, g);
	if (cancelled)
		return _f("{1} ; réunion annulée", told);
	if (past)
		return _f("{1} ; présence pas encore notée", told);
	return reply.n ? _f("{1} ; {2}", told, reply) : told;
}

enum err meetings_panel(struct req *req, const struct campaign *c, const struct file *f, struct file_panel *ret)
{
	const struct view *v = &req->v;
	struct meeting_of_file_list rows;
	try(meetings_of_file(req->db, f->id, &rows));
	ret->title = _("Réunions de présentation");
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_of_file *r = &rows.v[i];
		struct meeting_guest_row g = { .uninvited = r->uninvited, .to_write = r->to_write, .channel = r->channel, .invited_at = r->invited_at,
			.reply = r->reply, .came = r->came, .message = r->message };
		str where = meeting_where_short(r->place, r->school);
		file_panel_line(ret, _f("{1}, {2} : {3}", meeting_when(v, r->day, r->minute), where, words(v, &g, r->day, str_eq(r->state, S("cancelled")))));
		if (i < 2)
			file_panel_link(ret, str_printf(req->a, "/agent/campagnes/%lld/reunions/%lld", (long long)c->id, (long long)r->meeting_id),
				_f("La réunion du {1}", iso_date_shown(v, r->day)));
	}
	return OK;
}

/* The same, as the family reads it. */
static str words_plain(const struct view *v, const struct meeting_of_household *r)
{
	static const struct { const char *channel, *words; } told[] = { { "phone", N_("invités par téléphone") }, { "sms", N_("invités par SMS") },
		{ "mail", N_("invités par e-mail") }, { "letter", N_("invités par lettre") } };
	str said = str_eq(r->reply, S("yes")) ? _("vous avez dit oui") : str_eq(r->reply, S("no")) ? _("vous avez dit non") : str_eq(r->reply, S("perhaps"))
		? _("vous avez dit peut-être") : S("");
	str parts[3];
	size_t n = 0;
	for (size_t i = 0; i < lengthof(told); i++)
		if (str_eq(r->channel, str_c(told[i].channel)))
			parts[n++] = tr_here(v, told[i].words);
	if (said.n)
		parts[n++] = said;
	if (r->came.n || str_eq(r->state, S("cancelled")))
		parts[n++] = str_eq(r->came, S("yes")) ? _("vous êtes venus") : r->came.n ? _("vous n’êtes pas venus") : _("réunion annulée");
	return n ? str_join(v->a, parts, n, S(", ")) : _("pas encore de réponse");
}

enum err meetings_held(struct req *req, const struct household *h, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct meeting_of_household_list rows;
	try(meetings_of_household(req->db, h->id, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_of_household *r = &rows.v[i];
		held_put(req->a, ret, _f("Une réunion de présentation : {1}", r->campaign),
			_f("{1}, {2}", meeting_when(v, r->day, r->minute), meeting_where_short(r->place, r->school)), words_plain(v, r));
	}
	return OK;
}

enum err meetings_at_school(struct req *req, i64 school_id, struct own_lines *ret)
{
	const struct view *v = &req->v;
	struct meeting_of_school_list rows;
	try(meetings_of_school(req->db, school_id, date_iso(req->a, today_paris()), &rows));
	for (size_t i = 0; i < rows.n && ret->n < OWN_LINES_MOST; i++) {
		const struct meeting_of_school *r = &rows.v[i];
		str when = meeting_when(v, r->day, r->minute), where = r->place.n ? r->place : r->room.n ? r->room : _("à l’école");
		str named = !r->named ? _("aucune des familles que vous avez nommées n’y est encore invitée")
			: _n("une des familles que vous avez nommées y est invitée", "{n} des familles que vous avez nommées y sont invitées", r->named);
		ret->v[ret->n++] = r->coming ? _f("Réunion du {1} ({2}) : {3}, {4}.", when, where, named, _n("une a dit qu’elle vient", "{n} ont dit qu’elles viennent",
			r->coming)) : _f("Réunion du {1} ({2}) : {3}.", when, where, named);
	}
	return OK;
}

enum err meetings_purge(struct db *db, i64 most, i64 *ret_n)
{
	str before = date_iso(db_arena(db), date_of_days(date_days(today_paris()) - FORGET_DAYS));
	try(meeting_guests_forget(db, before, most));
	*ret_n = db_changes(db);
	return OK;
}

/* The meetings to come, on the page of the family that is invited. */
#include "meetings/family_sql.h"
#include "meetings/pages.h"

static str where_of(const struct view *v, const struct family_meeting *m)
{
	str at = m->place;
	if (!at.n && m->school.p)
		at = m->address.n ? str_printf(v->a, "%.*s, %.*s, %.*s %.*s", STR_ARG(m->school), STR_ARG(m->address), STR_ARG(m->postal_code), STR_ARG(m->commune))
			: m->school;
	return m->room.n ? str_printf(v->a, "%.*s (%.*s)", STR_ARG(at), STR_ARG(m->room)) : at;
}

/* Invited, but no day to come is known: noted by hand, or the meeting is over and it did not come. */
static enum err put_unknown(struct req *req, const struct household *h, struct family_panels *ret)
{
	const struct view *v = &req->v;
	struct family_files files;
	try(files_of_family(req->db, h->id, &files));
	for (size_t i = 0; i < files.n; i++) {
		if (files.v[i].state != FS_INVITED)
			continue;
		files_speak_of(req, &files, i);
		struct family_panel *p = family_panel_add(req, ret, _("Votre réunion"), _("Nous vous dirons le jour et le lieu."));
		if (v->city->help_phone.n)
			family_line(p, _h("Vous voulez les savoir tout de suite ? Appelez le {1}.", phone_html(v, v->city->help_phone)));
		return OK;
	}
	return OK;
}

enum err meetings_family(struct req *req, const struct household *h, struct family_panels *ret)
{
	const struct view *v = &req->v;
	struct family_meeting_list rows;
	try(meetings_for_family(req->db, h->id, date_iso(req->a, today_paris()), &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct family_meeting *m = &rows.v[i];
		bool off = str_eq(m->state, S("cancelled"));
		str when = meeting_when(v, m->day, m->minute), reply = m->reply;
		struct family_panel *p = family_panel_add(req, ret, _("Votre réunion"), off ? _f("La réunion du {1} est annulée.", when) : when);
		if (off) {
			family_line(p, text_html(v, _("Nous vous dirons une autre date.")));
			continue;
		}
		family_line(p, french_html(v, where_of(v, m)));
		family_line(p, text_html(v, _("Vous n’avez rien à apporter.")));
		if (str_eq(reply, S("yes")))
			family_line(p, text_html(v, _("Vous avez dit que vous venez.")));
		else if (str_eq(reply, S("no")))
			family_line(p, text_html(v, _("Vous avez dit que vous ne venez pas.")));
		if (v->city->help_phone.n)
			family_line(p, _h("Vous ne pouvez pas venir, ou vous avez changé d’avis ? Appelez le {1}.", phone_html(v, v->city->help_phone)));
	}
	return rows.n ? OK : put_unknown(req, h, ret);
}

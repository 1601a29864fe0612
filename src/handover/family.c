/* Where and when to fetch the computer, then the computer itself, on the page of its family. */
#include "handover/pages.h"

static enum err put_appointment(struct req *req, const struct file *f, struct family_panels *ret)
{
	const struct view *v = &req->v;
	struct handover_booked_row b;
	struct date d;
	enum err e = handover_booking_of(req->db, f->id, &b);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == NOT_FOUND || b.cancelled || !date_parse(b.day, &d)) {
		family_line(family_panel_add(req, ret, _("Le jour où vous venez chercher l’ordinateur"), _("Nous n’avons pas encore choisi de jour.")),
			text_html(v, _("Nous vous appelons bientôt pour le choisir avec vous.")));
		return OK;
	}
	struct family_panel *p = family_panel_add(req, ret, _("Le jour où vous venez chercher l’ordinateur"),
		day_at_shown(v, day_shown(v, d), clock_shown(v, (int)(b.from_minute + b.slot * b.slot_minutes))));
	family_line(p, french_html(v, b.place));
	family_line(p, text_html(v, _("Un adulte de la famille vient : il signe un reçu. Prenez un sac pour porter l’ordinateur.")));
	if (v->city->help_phone.n)
		family_line(p, _h("Ce jour ne va pas ? Appelez le {1} : nous en choisissons un autre.", phone_html(v, v->city->help_phone)));
	return OK;
}

static enum err put_workshop(struct req *req, const struct file *f, struct family_panel *p)
{
	const struct view *v = &req->v;
	struct handover_row made;
	struct date d;
	i64 minute;
	enum err e = handover_live(req->db, f->id, &made);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	family_line(p, text_html(v, _f("Remis le {1}. Avec : {2}.", iso_date_shown(v, made.day), accessory_words(v, made.accessories))));
	if (date_parse(made.workshop_day, &d) && date_days(d) >= date_days(today_paris())) {
		str day = day_shown(v, d), when = minute_read(made.workshop_hour, &minute) ? day_at_shown(v, day, clock_shown(v, (int)minute)) : day;
		family_line(p, _h("Votre premier atelier : {1}, {2}", text_html(v, when), french_html(v, made.workshop_place)));
	}
	return OK;
}

static enum err put_computer(struct req *req, const struct file *f, const struct device *d, struct family_panels *ret)
{
	const struct view *v = &req->v;
	struct stock_loan loan;
	enum err e = stock_loan_now(req->db, d->id, &loan);
	if (e != OK && e != NOT_FOUND)
		return e;
	struct family_panel *p = family_panel_add(req, ret, e == OK && loan.spare ? _("L’ordinateur pour attendre") : _("Votre ordinateur"), stock_device_words(v, d));
	family_line(p, text_html(v, _f("Son étiquette : {1}. Elle est collée sur l’ordinateur.", stock_label(req->a, d->label))));
	if (e == OK && loan.spare)
		family_line(p, text_html(v, _("Il remplace le vôtre pendant la panne. Vous nous le rendez ensuite.")));
	else if (e == OK && loan.gift)
		family_line(p, text_html(v, _("Il vous est donné : il est à vous.")));
	else if (e == OK)
		family_line(p, text_html(v, _("C’est un prêt : vous le gardez tant que vous en avez besoin. Vous ne le vendez pas et vous ne le donnez pas.")));
	return put_workshop(req, f, p);
}

enum err handover_family(struct req *req, const struct household *h, struct family_panels *ret)
{
	struct family_files files;
	try(files_of_family(req->db, h->id, &files));
	for (size_t i = 0; i < files.n; i++) {
		struct devices held;
		files_speak_of(req, &files, i);
		if (files.v[i].state == FS_ALLOCATED)
			try(put_appointment(req, &files.v[i], ret));
		try(stock_of_file(req->db, files.v[i].id, &held));
		for (size_t k = 0; k < held.n; k++)
			if (held.v[k].state != SS_RESERVED)
				try(put_computer(req, &files.v[i], &held.v[k], ret));
	}
	return OK;
}

static const struct choice told_by[] = {
	{ "sms", N_("par SMS") }, { "mail", N_("par courriel") }, { "letter", N_("par lettre") }, { "phone", N_("par téléphone") }, { NULL, NULL },
};

/* When it was told of its day, and how. */
static enum err hold_notice(struct req *req, i64 file_id, str title, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct handover_notice_one n;
	enum err e = handover_notice_of(req->db, file_id, &n);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	if (n.told_at.set && choice_label(told_by, n.channel))
		held_put(req->a, ret, title, _("Nous vous avons dit ce jour"), _f("{1}, le {2}", choice_shown(v, told_by, n.channel),
			date_shown(v, paris_of_ms(n.told_at.v).date)));
	return OK;
}

/* What no receipt says: the day that was chosen, and what the family has in its hands today. */
enum err handover_held_now(struct req *req, const struct household *h, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct family_files files;
	str title = _("L’ordinateur, aujourd’hui");
	try(files_of_family(req->db, h->id, &files));
	for (size_t i = 0; i < files.n; i++) {
		struct handover_booked_row b;
		struct devices held;
		files_speak_of(req, &files, i);
		enum err e = handover_booking_of(req->db, files.v[i].id, &b);
		if (e == OK)
			held_put(req->a, ret, title, _("Le jour choisi pour venir le chercher"), str_printf(req->a, "%.*s, %.*s, %.*s",
				STR_ARG(iso_date_shown(v, b.day)), STR_ARG(clock_shown(v, (int)(b.from_minute + b.slot * b.slot_minutes))), STR_ARG(b.place)));
		else if (e != NOT_FOUND)
			return e;
		try(hold_notice(req, files.v[i].id, title, ret));
		try(stock_of_file(req->db, files.v[i].id, &held));
		for (size_t k = 0; k < held.n; k++)
			held_put(req->a, ret, title, held.v[k].state == SS_RESERVED ? _("Gardé pour vous") : _("Entre vos mains"),
				_f("{1}, étiquette {2}", stock_device_words(v, &held.v[k]), stock_label(req->a, held.v[k].label)));
	}
	return OK;
}

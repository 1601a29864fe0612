/* What to do when the computer does not work, is lost or is stolen, on the page of its family; and where a breakdown that it told stands. */
#include "aftersales/pages.h"
#include "html/format.h"

static const char *const plains[CS_COUNT] = {
	[CS_OPEN] = N_("Nous cherchons ce qu’il a."), [CS_DIAGNOSED] = N_("Nous savons ce qu’il a. Nous allons le réparer."),
	[CS_IN_REPAIR] = N_("Il est en réparation."),
	[CS_BEYOND] = N_("Il ne peut pas être réparé. Nous cherchons un autre ordinateur."), [CS_GIVEN_BACK] = N_("Il est réparé, vous l’avez repris."),
	[CS_SOLVED] = N_("C’est réglé."), [CS_REPLACED] = N_("Il est remplacé."), [CS_ENDED] = N_("C’est terminé, sans autre ordinateur."),
	[CS_CANCELLED] = N_("C’était une erreur."),
};

/* What is known of its live breakdowns. *ret_live: there is one; *ret_beyond: one cannot be repaired. */
static enum err put_tickets(struct req *req, const struct file *f, struct family_panel *p, bool *ret_live, bool *ret_beyond)
{
	const struct view *v = &req->v;
	struct care_ticket_row_list rows;
	*ret_live = *ret_beyond = false;
	try(care_tickets_of_file(req->db, f->id, &rows));
	for (size_t i = 0; i < rows.n && i < 3; i++) {
		struct ticket t = ticket_of_row(&rows.v[i]);
		if (!care_live(t.state))
			continue;
		*ret_live = true;
		*ret_beyond |= t.state == CS_BEYOND;
		family_line(p, text_html(v, _f("Panne dite le {1} : {2}. {3}", iso_date_shown(v, t.opened), choice_shown(v, care_symptoms, t.symptom),
			tr_here(v, plains[t.state]))));
	}
	return OK;
}

enum err aftersales_family(struct req *req, const struct household *h, struct family_panels *ret)
{
	const struct view *v = &req->v;
	struct family_files files;
	try(files_of_family(req->db, h->id, &files));
	for (size_t i = 0; i < files.n; i++) {
		files_speak_of(req, &files, i);
		if (!care_file_has_device(files.v[i].state))
			continue;
		struct family_panel *p = family_panel_add(req, ret, _("S’il ne marche pas"), S(""));
		bool live, beyond;
		try(put_tickets(req, &files.v[i], p, &live, &beyond));
		if (!v->city->help_phone.n)
			continue;
		html phone = phone_html(v, v->city->help_phone);
		family_line(p, beyond ? _h("Une question sur la panne ? Appelez le {1}.", phone)
			: _h("Appelez le {1}. Dites ce qui est écrit sur l’étiquette. Nous le réparons, c’est gratuit.", phone));
		family_line(p, _h("Perdu ou volé ? Appelez le {1} tout de suite. Pour un vol, portez plainte à la police : nous vous expliquons comment.", phone));
		if (!live)
			family_line(p, text_html(v, _("Vous n’en avez plus besoin ? Rendez-le : une autre famille l’attend. Ne le jetez pas.")));
	}
	return OK;
}

/* The charter, on the page of the family that signs it. */
#include "charter/pages.h"
#include "people/people.h"

static enum err put_one(struct req *req, const struct file *f, struct family_panels *ret)
{
	const struct view *v = &req->v;
	struct charter_act_row act;
	enum err e = charter_act_of_file(req->db, f->id, &act);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (f->state == FS_ELIGIBLE) {
		struct family_panel *p = family_panel_add(req, ret, _("La charte à signer"), _("La charte dit ce que vous promettez, et ce que nous promettons."));
		family_line(p, text_html(v, e == OK ? _("Elle est prête. Nous vous la lisons, puis vous la signez avec nous.") : _("Nous la préparons.")));
		family_line(p, text_html(v, _("Un adulte de la famille signe. Vous n’avez rien à apporter, et rien à payer.")));
		return OK;
	}
	if (e != OK || !str_eq(act.state, S("signed")))
		return OK;
	struct family_panel *p = family_panel_add(req, ret, _("Votre charte"), _("La charte est signée par tous."));
	family_line(p, text_html(v, _("Vous n’avez plus votre copie ? Demandez-la-nous.")));
	return OK;
}

enum err charter_family(struct req *req, const struct household *h, struct family_panels *ret)
{
	struct family_files files;
	try(files_of_family(req->db, h->id, &files));
	for (size_t i = 0; i < files.n; i++) {
		files_speak_of(req, &files, i);
		try(put_one(req, &files.v[i], ret));
	}
	return OK;
}

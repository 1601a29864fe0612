/* A demand as its family reads it, on the page that its card opens and in its access file: in words that are not those of agents. */
#include "files/pages.h"

/* did: a line of the story; now, next: where it stands today and what comes; next is said with the telephone where somebody must call. */
struct plain { const char *did, *now, *next; bool call; };
static const struct plain plains[FS_COUNT] = {
	[FS_IDENTIFIED] = { N_("Votre famille a été proposée pour un ordinateur"), N_("Votre famille a été proposée pour recevoir un ordinateur."),
		N_("La suite : nous vous appelons. Vous n’avez rien à faire."), false },
	[FS_CONTACTED] = { N_("Nous nous sommes parlé"), N_("Nous nous sommes parlé de l’ordinateur."), N_("La suite : nous vous invitons à une réunion."), false },
	[FS_INVITED] = { N_("Nous vous avons invités à une réunion"), N_("Vous êtes invités à une réunion sur l’ordinateur."),
		N_("La suite : venez à la réunion. C’est là que tout est expliqué."), false },
	[FS_ATTENDED] = { N_("Vous êtes venus à la réunion"), N_("Vous êtes venus à la réunion. Nous regardons votre demande."),
		N_("La suite : nous vous dirons si votre famille peut avoir un ordinateur."), false },
	[FS_ELIGIBLE] = { N_("Votre demande est acceptée"), N_("Votre famille peut recevoir un ordinateur."),
		N_("La suite : vous signez une charte avec nous. Nous vous appelons pour choisir un jour."), false },
	[FS_NOT_ELIGIBLE] = { N_("Votre demande n’est pas acceptée"), N_("Votre demande d’ordinateur n’est pas acceptée."), "", false },
	[FS_SIGNED] = { N_("La charte est signée"), N_("La charte est signée. Vous attendez un ordinateur."),
		N_("La suite : nous vous écrivons ou nous vous appelons quand c’est votre tour."), false },
	[FS_ALLOCATED] = { N_("Un ordinateur vous est attribué"), N_("Un ordinateur est prévu pour vous."), "", false },
	[FS_HANDED_OVER] = { N_("Vous avez reçu l’ordinateur"), N_("Vous avez reçu votre ordinateur."),
		N_("La suite : un premier atelier pour apprendre à s’en servir. Ensuite, nous vous appelons pour savoir si tout va bien."), false },
	[FS_FOLLOWED] = { N_("Nous avons pris de vos nouvelles"), N_("Vous avez reçu votre ordinateur."),
		N_("La suite : nous vous appelons de temps en temps."), false },
	[FS_KEPT] = { N_("Vous gardez l’ordinateur"), N_("Vous gardez l’ordinateur. Votre demande est terminée."), "", false },
	[FS_REPLACED] = { N_("L’ordinateur a été remplacé"), N_("Votre ordinateur a été remplacé."),
		N_("La suite : nous vous appelons pour savoir si tout va bien."), false },
	[FS_RETURNED] = { N_("L’ordinateur est rendu"), N_("Vous avez rendu l’ordinateur. C’est terminé."),
		N_("Vous en avez encore besoin ? Appelez le {1}."), true },
	[FS_LOST] = { N_("L’ordinateur est perdu ou volé"), N_("L’ordinateur est noté comme perdu ou volé."), N_("Vous l’avez retrouvé ? Appelez le {1}."), true },
	[FS_UNREACHABLE] = { N_("Nous n’arrivons pas à vous joindre"), N_("Nous n’avons pas réussi à vous joindre."),
		N_("La suite : appelez le {1}. Votre demande reprend où elle en était."), true },
	[FS_WITHDRAWN] = { N_("Vous ne voulez pas d’ordinateur"), N_("Vous avez dit que vous ne voulez pas d’ordinateur."),
		N_("Vous avez changé d’avis ? Appelez le {1}."), true },
	[FS_JOINED] = { N_("Deux demandes de votre famille sont réunies"), "", "", false },
};

str file_event_plain(const struct view *v, const struct file_event_row *e)
{
	enum file_state s;
	if (str_eq(e->kind, S("call")))
		return str_eq(e->reason, S("reached")) ? _("Nous vous avons appelés") : str_eq(e->reason, S("undone")) ? _("Cet appel a été noté par erreur")
			: _("Nous avons appelé, sans réponse");
	if (str_eq(e->kind, S("named")) && e->before.n)
		return _("Un autre enfant a été ajouté");
	str did = file_state_of(e->after, &s) ? tr_here(v, plains[s].did) : _("Deux demandes de votre famille sont réunies");
	str why = e->reason.n ? tr_here(v, file_reason_label(e->reason)) : S("");
	if (str_eq(e->kind, S("back")))
		return why.n ? _f("Nous revenons en arrière, à : {1}. Pourquoi : {2}", did, why) : _f("Nous revenons en arrière, à : {1}", did);
	return why.n ? _f("{1} : {2}", did, why) : did;
}

enum err files_ever_of_family(struct db *db, i64 root, struct family_files *ret)
{
	struct file_held_row_list rows;
	try(files_of_household(db, root, &rows));
	*ret = (struct family_files){ arena_many(db_arena(db), struct file, rows.n + 1), arena_many(db_arena(db), str, rows.n + 1),
		arena_many(db_arena(db), const struct said *, rows.n + 1), rows.n };
	i64 *ids = arena_many(db_arena(db), i64, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		ids[i] = rows.v[i].id;
		ret->campaigns[i] = rows.v[i].campaign;
		ret->said[i] = campaign_said(rows.v[i].named);
	}
	return files_get(db, ids, rows.n, ret->v);
}

enum err files_of_family(struct db *db, i64 root, struct family_files *ret)
{
	struct family_files all;
	try(files_ever_of_family(db, root, &all));
	*ret = (struct family_files){ all.v, all.campaigns, all.said, 0 };
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].state == FS_JOINED)
			continue;
		ret->v[ret->n] = all.v[i];
		ret->said[ret->n] = all.said[i];
		ret->campaigns[ret->n++] = all.campaigns[i];
	}
	return OK;
}

void files_speak_of(struct req *req, const struct family_files *files, size_t i)
{
	req->v.said = files->said[i];
}

static void put_next(const struct view *v, const struct plain *p, struct family_panel *panel)
{
	if (*p->next && (!p->call || v->city->help_phone.n))
		family_line(panel, fmt_html(v, tr_here(v, p->next), (const html[]){ phone_html(v, v->city->help_phone) }, 1));
}

enum err files_family(struct req *req, const struct household *h, struct family_panels *ret)
{
	const struct view *v = &req->v;
	struct family_files files;
	try(files_of_family(req->db, h->id, &files));
	for (size_t i = 0; i < files.n; i++) {
		const struct file *f = &files.v[i];
		const struct plain *p = &plains[f->state];
		files_speak_of(req, &files, i);
		struct family_panel *panel = family_panel_add(req, ret, files.n > 1 ? _f("Votre demande d’ordinateur : {1}", files.campaigns[i])
			: _("Votre demande d’ordinateur"), tr_here(v, p->now));
		if (f->state == FS_NOT_ELIGIBLE && f->reason.n)
			family_line(panel, text_html(v, _f("Pourquoi : {1}.", tr_here(v, file_reason_label(f->reason)))));
		put_next(v, p, panel);
		family_line(panel, text_html(v, _f("C’est ainsi depuis le {1}.", iso_date_shown(v, f->since))));
		if (f->state == FS_SIGNED)
			family_link(panel, in_language(v, v->lang, S("/algorithmes")), _("Comment l’ordre est décidé"));
	}
	return OK;
}

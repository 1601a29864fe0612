/* The page of one file's charter: prepared, printed, signed by whom, copies kept, what happened. */
#include "accounts/accounts.h"
#include "charter/act_html.h"
#include "charter/show.h"
#include "http/session.h"

#define EVENTS_SHOWN 20

static str signer_label(const struct view *v, str code)
{
	enum charter_role r;
	return charter_role_of(code, &r) ? tr(v->lang, said_for(v, charter_roles[r].label)) : code;
}

/* ---- preparing ---- */

/* The text in force's languages; the family's own is chosen. */
static enum err put_langs(struct charter_looking *l, struct charter_act_page *page)
{
	struct req *req = l->req;
	const struct view *v = &req->v;
	struct charter_version_row version;
	struct charter_text_row_list texts;
	enum err e = charter_version_in_force(req->db, l->c.id, date_iso(req->a, today_paris()), &version);
	if (e == NOT_FOUND)
		page->why_not = _("Aucun texte n’est en vigueur : écrivez-en un d’abord.");
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(charter_texts(req->db, version.id, &texts));
	page->langs.v = arena_many(req->a, struct option, texts.n + 1);
	str wanted = form_given(req, "langue") ? form_text(req, "langue") : l->h.n ? l->h.persons[0].language : S("");
	for (size_t i = 0; i < texts.n; i++) {
		enum lang lang;
		if (!charter_lang_of(texts.v[i].lang, &lang))
			continue;
		page->langs.v[page->langs.n++] = (struct option){ charter_lang_code(lang).p,
			lang == LANG_FR ? _("français seul") : _f("français et {1}", charter_lang_label(v, lang)), str_eq(wanted, charter_lang_code(lang)) };
	}
	page->can = true;
	return OK;
}

static enum err put_none(struct charter_looking *l, struct charter_act_page *page)
{
	const struct view *v = &l->req->v;
	if (l->f.state == FS_ELIGIBLE)
		return put_langs(l, page);
	page->elsewhere = l->f.state == FS_SIGNED;
	page->why_not = page->elsewhere ? _("La signature a été notée sans acte : elle a été faite avant, ou ailleurs.")
		: l->f.state < FS_ELIGIBLE ? _("La charte se prépare quand la famille est retenue.") : _("Aucune charte n’a été préparée ici pour ce dossier.");
	return OK;
}

/* ---- signatures ---- */

static str quality_words(const struct view *v, const struct charter_signature_row *s)
{
	const struct charter_quality *q = charter_quality_of(s->quality);
	str label = q ? tr(v->lang, q->label) : s->quality;
	return q && q->order ? _f("{1} (arrêté {2} du {3})", label, s->order_number, iso_date_shown(v, s->order_day)) : label;
}

static enum err put_signatures(struct charter_looking *l, struct charter_act_page *page)
{
	struct req *req = l->req;
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	size_t n = l->signatures.n;
	struct vault_own *items = arena_many(req->a, struct vault_own, n + 1);
	str *names = arena_many(req->a, str, n + 1);
	for (size_t i = 0; i < n; i++)
		items[i] = charter_own(req->a, &l->act, "charter_signature:name", l->signatures.v[i].id, l->signatures.v[i].name_enc);
	try(vault_open_own(&vault, S("a charter"), items, n, names));
	page->signatures.v = arena_many(req->a, struct charter_signature_line, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct charter_signature_row *s = &l->signatures.v[i];
		str day = iso_date_shown(v, s->day);
		page->signatures.v[page->signatures.n++] = (struct charter_signature_line){ signer_label(v, s->role), names[i], quality_words(v, s), S(""),
			str_eq(s->way, S("screen")) ? _f("à l’écran, le {1}", day) : _f("sur papier, le {1}", day), str_printf(req->a, "%lld", (long long)s->id) };
	}
	return OK;
}

static struct options qualities_of(struct req *req, const struct charter_looking *l, enum charter_role r, const char *field)
{
	struct options all = { arena_many(req->a, struct option, 4), 0 };
	for (const struct charter_quality *q = charter_qualities; q->code; q++)
		if (charter_offers(l, q, r) && all.n < 4)
			all.v[all.n++] = (struct option){ q->code, tr(req->v.lang, q->label), str_eq(form_text(req, field), str_c(q->code)) };
	return all;
}

static void put_missing(struct charter_looking *l, struct charter_act_page *page)
{
	struct req *req = l->req;
	const struct view *v = &req->v;
	page->missing.v = arena_many(req->a, struct charter_missing, CR_COUNT);
	for (enum charter_role r = 0; r < CR_COUNT; r++) {
		const char *name = str_printf(req->a, "nom_%s", charter_roles[r].field).p, *quality = str_printf(req->a, "qualite_%s", charter_roles[r].field).p;
		if (!charter_waits_for(l, r))
			continue;
		struct charter_missing *m = &page->missing.v[page->missing.n++];
		*m = (struct charter_missing){ .role = tr(v->lang, said_for(v, charter_roles[r].label)), .name_field = str_c(name),
			.name_label = _f("{1} : prénom et nom", tr(v->lang, said_for(v, charter_roles[r].label))),
			.name = form_text(req, name), .quality_field = str_c(quality),
			.quality_label = _f("{1} : en quelle qualité", tr(v->lang, said_for(v, charter_roles[r].label))),
			.qualities = qualities_of(req, l, r, quality), .order = r == CR_CITY, .fault = form_error_of(req, name) };
		m->one = m->qualities.n == 1;
	}
}

/* ---- copies, history ---- */

static enum err put_copies(struct charter_looking *l, struct charter_act_page *page)
{
	struct req *req = l->req;
	const struct view *v = &req->v;
	struct charter_file_row_list rows;
	size_t kept = 0;
	try(charter_files(req->db, l->act.id, S("copy"), &rows));
	page->copies.v = arena_many(req->a, struct charter_copy_line, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		str day = date_shown(v, paris_of_ms(rows.v[i].at).date);
		if (rows.v[i].gone_at.set)
			continue;
		page->copies.v[page->copies.n++] = (struct charter_copy_line){ str_printf(req->a, "%.*s/copies/%lld", STR_ARG(page->path), (long long)rows.v[i].id),
			_f("Copie ajoutée le {1} ({2} Ko)", day, number_shown(v->a, v->lang, (rows.v[i].size + 1023) / 1024)) };
		kept++;
	}
	page->room = kept < CHARTER_COPIES_MOST && rows.n < 20;
	return OK;
}

static str event_words(const struct view *v, const struct charter_event_row *e)
{
	static const struct { const char *kind, *words; } all[] = {
		{ "prepared", N_("Charte préparée") }, { "complete", N_("Charte signée par tous") }, { "cancelled", N_("Charte annulée") },
		{ "copy", N_("Copie ajoutée") }, { "copy_removed", N_("Copie enlevée") }, { "signed", N_("Signature : {1}") }, { "withdrawn", N_("Signature reprise : {1}") },
	};
	str words = e->kind, reason = e->reason.n ? tr(v->lang, file_reason_label(e->reason)) : S("");
	for (size_t i = 0; i < lengthof(all); i++)
		if (str_eq(e->kind, str_c(all[i].kind)))
			words = fmt(v->a, tr(v->lang, all[i].words), (const str[]){ signer_label(v, e->what) }, 1);
	return reason.n ? _f("{1} ({2})", words, reason) : words;
}

static enum err put_events(struct charter_looking *l, struct charter_act_page *page)
{
	struct req *req = l->req;
	struct vault_asker vault = vault_of(req);
	struct charter_event_row_list rows;
	i64 ids[EVENTS_SHOWN];
	str names[EVENTS_SHOWN];
	try(charter_events(req->db, l->f.id, EVENTS_SHOWN, &rows));
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].user_id;
	try(accounts_names(req->db, &vault, ids, rows.n, names));
	page->events.v = arena_many(req->a, struct charter_event_line, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		page->events.v[page->events.n++] = (struct charter_event_line){ iso_date_shown(&req->v, rows.v[i].day), event_words(&req->v, &rows.v[i]), names[i] };
	return OK;
}

/* ---- the page ---- */

static str saved_words(const struct req *req)
{
	static const struct { const char *word, *said; } all[] = {
		{ "prepare", N_("La charte est prête : imprimez-la, ou faites-la signer à l’écran.") }, { "signe", N_("C’est noté.") },
		{ "tous", N_("Tous ont signé : le dossier est passé à « Charte signée ».") }, { "repris", N_("La signature est reprise.") },
		{ "annule", N_("La charte est annulée. Vous pouvez en préparer une autre.") }, { "copie", N_("La copie est gardée, scellée.") },
		{ "enleve", N_("La copie est détruite.") }, { "retour", N_("Le dossier est revenu à « Éligible ».") },
	};
	for (size_t i = 0; i < lengthof(all); i++)
		if (str_eq(form_text(req, "fait"), str_c(all[i].word)))
			return tr(req->v.lang, all[i].said);
	return S("");
}

static enum err put_act(struct charter_looking *l, struct charter_act_page *page)
{
	struct req *req = l->req;
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct charter_doc d;
	enum err e = charter_doc_read(req->db, &vault, S("a charter"), &l->act, &d);
	if (e != OK)
		return e == INVALID ? INTERNAL : e;      /* not what was prepared: nothing is shown of it, and the log says so */
	page->has = true;
	page->is_signed = str_eq(l->act.state, S("signed"));
	page->state = page->is_signed ? _("Signée par tous") : !l->signatures.n ? _("Préparée, pas encore signée")
		: _f("Préparée, signatures : {1} sur {2}", number_shown(v->a, v->lang, (i64)l->signatures.n),
			number_shown(v->a, v->lang, (i64)charter_signers_count(l->act.signers)));
	page->text = _f("Texte n° {1}, en vigueur depuis le {2}", number_shown(v->a, v->lang, d.number), iso_date_shown(v, d.from_day));
	page->lang = d.lang == LANG_FR ? _("français seul") : _f("français et {1}", charter_lang_label(v, d.lang));
	page->devices = number_shown(v->a, v->lang, d.devices);
	page->prepared = date_shown(v, paris_of_ms(l->act.at).date);
	page->hash = charter_hash_words(req->a, d.hash, false);
	page->pdf = str_eq(l->act.pdf, S("made"));
	page->pdf_failed = str_eq(l->act.pdf, S("failed"));
	try(put_signatures(l, page));
	put_missing(l, page);
	return put_copies(l, page);
}

enum err charter_act_page(struct charter_looking *l)
{
	struct req *req = l->req;
	struct charter_act_page page = { .form = req->form, .back = charter_file_path(req->a, &l->c, l->f.public_id, ""),
		.path = charter_file_path(req->a, &l->c, l->f.public_id, "/charte"), .name = household_name(req->a, &l->h), .public_id = l->f.public_id,
		.saved = saved_words(req), .version = str_printf(req->a, "%lld", (long long)l->act.version), .today = date_iso(req->a, today_paris()),
		.texts = charter_campaign_path(req->a, &l->c, "/charte"), .why_not = S(""), .reasons = charter_reasons(req) };
	try(l->act.id ? put_act(l, &page) : put_none(l, &page));
	try(put_events(l, &page));
	try(charter_seen(l, "charter"));
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, CHARTER_ACT_ROUTE));
	return charter_act_html(&req->v, &page);
}

enum err charter_act_show(struct req *req)
{
	struct charter_looking l;
	try(charter_look(req, &l));
	req->form->n_errors = 0;
	return charter_act_page(&l);
}

/* A batch: what was noted of each act, what was not and why; taken back whole when it was a mistake. */
#include "charter/bulk.h"

#include "accounts/accounts.h"
#include "charter/bulk_html.h"
#include "db/id.h"
#include "http/session.h"

#define LOT_ROUTE CHARTER_ROUTE "/lots/:lot"
#define LINES_MOST 60
#define LOTS_SHOWN 5

static const struct choice whys[] = {
	{ "already", N_("le reste était déjà noté") },
	{ "cancelled", N_("rien n’est noté : cette charte a été annulée") },
	{ "early", N_("rien n’est noté : ce jour est avant celui où la charte a été préparée") },
	{ "state", N_("rien n’est noté : le dossier n’est plus « Éligible »") },
	{ "further", N_("laissé tel quel : le dossier est allé plus loin que « Charte signée »") },
	{ "ended", N_("laissé tel quel : cette charte a été annulée") },
	{ "nobody", N_("pas gardé : aucun code de dossier de cette campagne dans le nom du fichier, ou plusieurs") },
	{ "copied", N_("pas gardé : cette charte a déjà une copie ; une autre s’ajoute sur sa page") },
	{ "empty", N_("pas gardé : ce fichier est vide") },
	{ "large", N_("pas gardé : ce fichier a plus de 3 Mo") },
	{ "type", N_("pas gardé : ce n’est ni un PDF entier et sans programme, ni une photo JPEG ou PNG entière") },
	{ "yes", N_("repris") },
	{ NULL, NULL },
};

str charter_lot_path(struct arena *a, const struct campaign *c, i64 batch_id, const char *rest)
{
	return charter_campaign_path(a, c, str_printf(a, "/charte/lots/%lld%s", (long long)batch_id, rest).p);
}

enum err charter_lot_line(struct db *db, i64 batch_id, i64 act_id, i64 position, str saved, const char *why)
{
	return charter_batch_line_put(db, id_new(), batch_id, (struct opt_i64){ act_id, act_id != 0 }, position, saved, str_c(why));
}

struct lot { struct req *req; struct campaign c; struct charter_batch_row row; struct charter_batch_line_row_list lines; str reason; };

static enum err lot_of(struct req *req, struct lot *l)
{
	i64 id;
	*l = (struct lot){ .req = req };
	try(campaign_of(req, &l->c));
	try(str_i64(req_param(req, "lot"), &id) ? charter_batch_by_id(req->db, id, l->c.id, &l->row) : NOT_FOUND);
	return charter_batch_lines(req->db, id, &l->lines);
}

static str title_of(const struct view *v, const struct charter_batch_row *r)
{
	str day = date_shown(v, paris_of_ms(r->at).date);
	return str_eq(r->kind, S("scans")) ? _f("Scans ajoutés le {1}", day) : _f("Signatures notées le {1}", day);
}

enum err charter_lots_last(struct req *req, const struct campaign *c, struct charter_lots *ret)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct charter_batch_row_list rows;
	i64 ids[LOTS_SHOWN];
	str names[LOTS_SHOWN];
	try(charter_batches(req->db, c->id, LOTS_SHOWN, &rows));
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].user_id;
	try(accounts_names(req->db, &vault, ids, rows.n, names));
	*ret = (struct charter_lots){ .v = arena_many(req->a, struct charter_lang_line, rows.n + 1) };
	for (; ret->n < rows.n; ret->n++) {
		const struct charter_batch_row *r = &rows.v[ret->n];
		ret->v[ret->n] = (struct charter_lang_line){ charter_lot_path(req->a, c, r->id, ""), title_of(v, r), r->undone_at.set ? _("repris") : names[ret->n] };
	}
	return OK;
}

/* ---- the page ---- */

static str saved_words(const struct view *v, str codes)
{
	struct buf b = buf_new(v->a, 400);
	if (str_eq(codes, S("family city education association")))
		return _("les quatre signatures");
	for (str code; codes.n && str_next(&codes, ' ', &code);) {
		enum charter_role r;
		str words = charter_role_of(code, &r) ? tr(v->lang, charter_roles[r].label) : _("copie gardée, scellée");
		buf_printf(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(words));
	}
	return buf_str(&b);
}

static enum err put_lines(struct lot *l, struct charter_lot_page *page)
{
	struct req *req = l->req;
	const struct view *v = &req->v;
	struct household *h = arena_many(req->a, struct household, LINES_MOST + 1);
	i64 roots[LINES_MOST];
	size_t n = 0;
	page->lines.v = arena_many(req->a, struct charter_lot_line, l->lines.n + 1);
	for (size_t i = 0; i < l->lines.n; i++)
		if (l->lines.v[i].root.set)
			roots[n++] = l->lines.v[i].root.v;
	try(households_shown(req, l->c.organisation_id, roots, n, false, "charter-list", h));
	n = 0;
	for (size_t i = 0; i < l->lines.n; i++) {
		const struct charter_batch_line_row *r = &l->lines.v[i];
		struct charter_lot_line *line = &page->lines.v[page->lines.n++];
		*line = (struct charter_lot_line){ .name = r->act_id.set ? _("Famille effacée")
				: _f("Fichier n° {1}, dans l’ordre des noms", number_shown(v->a, v->lang, r->position)),
			.saved = saved_words(v, r->saved), .why = r->why.n ? choice_shown(v, whys, r->why) : S(""),
			.undone = r->undone.n ? choice_shown(v, whys, r->undone) : S("") };
		page->can |= r->saved.n && !r->undone.n;
		if (!r->root.set)
			continue;
		line->path = charter_file_path(req->a, &l->c, r->public_id, "/charte");
		line->name = household_name(req->a, &h[n++]);
	}
	return OK;
}

static enum err show(struct lot *l)
{
	struct req *req = l->req;
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	str who;
	bool scans = str_eq(l->row.kind, S("scans"));
	i64 noted = 0;
	try(accounts_names(req->db, &vault, &l->row.user_id, 1, &who));
	for (size_t i = 0; i < l->lines.n; i++)
		noted += l->lines.v[i].saved.n > 0;
	str rest = str_printf(req->a, scans ? "/charte/scans?%.*s" : "/charte/signatures?%.*s", STR_ARG(charter_pile_query(req)));
	struct charter_lot_page page = { .form = req->form, .back = charter_campaign_path(req->a, &l->c, rest.p),
		.path = charter_lot_path(req->a, &l->c, l->row.id, ""), .reasons = charter_reasons(req), .undone = l->row.undone_at.set,
		.title = title_of(v, &l->row), .who = who,
		.chapo = scans ? _n("Une charte a sa copie.", "{n} chartes ont leur copie.", noted) : _n("Une charte a de nouvelles signatures.",
			"{n} chartes ont de nouvelles signatures.", noted) };
	if (!noted)
		page.chapo = _("Rien de nouveau n’est noté.");
	try(put_lines(l, &page));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, LOT_ROUTE));
	return charter_lot_html(&req->v, &page);
}

enum err charter_lot_show(struct req *req)
{
	struct lot l;
	try(lot_of(req, &l));
	req->form->n_errors = 0;
	return show(&l);
}

/* ---- taken back ---- */

static enum err withdraw(struct db *db, const struct lot *l, i64 act_id, const struct file_doer *who)
{
	struct charter_batch_signature_row_list rows;
	try(charter_batch_signatures(db, l->row.id, act_id, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct charter_act_row act;
		struct file f;
		try(charter_act_by_id(db, act_id, &act));
		try(file_get(db, act.file_id, &f));
		try(charter_sign_withdraw(db, &act, &f, rows.v[i].id, l->reason, who));
	}
	return OK;
}

static enum err destroy(struct db *db, const struct lot *l, i64 act_id, const struct file_doer *who)
{
	struct charter_batch_file_row_list rows;
	try(charter_batch_files(db, l->row.id, act_id, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		try(charter_parts_drop(db, rows.v[i].id));
		try(charter_file_gone(db, rows.v[i].id, l->reason, now_ms()));
		try(charter_note(db, act_id, "copy_removed", S(""), date_iso(db_arena(db), today_paris()), l->reason, who));
	}
	return OK;
}

static enum err undo_one(struct db *db, const struct lot *l, const struct charter_batch_line_row *line, const struct file_doer *who)
{
	struct charter_act_row act;
	struct file f;
	str done = S("yes");
	try(charter_act_by_id(db, line->act_id.v, &act));
	try(file_get(db, act.file_id, &f));
	if (str_eq(l->row.kind, S("scans")))
		try(destroy(db, l, act.id, who));
	else if (str_eq(act.state, S("cancelled")))
		done = S("ended");
	else if (str_eq(act.state, S("signed")) && f.state != FS_SIGNED)
		done = S("further");
	else
		try(withdraw(db, l, act.id, who));
	return charter_batch_line_undo(db, line->id, done);
}

static enum err undo_tx(struct db *db, void *arg, str *ret_path)
{
	const struct lot *l = arg;
	struct file_doer who = { l->req->session->user_id, l->c.organisation_id };
	*ret_path = charter_lot_path(db_arena(db), &l->c, l->row.id, "");
	try(charter_batch_undo(db, l->row.id, who.user_id, now_ms()));
	if (!db_changes(db))
		return OK;                       /* somebody has taken it back a moment ago */
	for (size_t i = 0; i < l->lines.n; i++)
		if (l->lines.v[i].saved.n && l->lines.v[i].act_id.set)
			try(undo_one(db, l, &l->lines.v[i], &who));
	return OK;
}

enum err charter_lot_undo(struct req *req)
{
	struct lot l;
	try(lot_of(req, &l));
	l.reason = form_text(req, "raison");
	if (charter_reason_given(req, "raison"))
		return post_once(req, undo_tx, &l);
	form_refused(req);
	return show(&l);
}

/* /dossiers/:dossier/appareil: what a family asks for otherwise than its wave, never why; and what the file's page says of it and of the device
 * that is kept. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "http/session.h"
#include "matching/pages.h"
#include "matching/wish_html.h"

struct wishing { struct req *req; struct campaign c; struct file f; struct household h; struct match_wave_row wave; struct match_wish_row now; };

static enum err look(struct req *req, struct wishing *w)
{
	*w = (struct wishing){ .req = req };
	try(campaign_of(req, &w->c));
	try(file_of(req, &w->c, req_param(req, "dossier"), &w->f));
	try(household_get(req->db, w->f.root, &w->h));
	try(match_asks_of(req->db, w->f.wave_id, &w->wave));
	return match_wish_now(req->db, w->f.id, &w->now);
}

static str kept_words(const struct view *v, const struct device *d)
{
	return d->id ? _f("Gardé pour elle : {1}, {2}.", stock_label(v->a, d->label), stock_device_words(v, d)) : S("");
}

/* ---- the form ---- */

static enum err put_said(const struct wishing *w, str *ret)
{
	struct req *req = w->req;
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	str name;
	*ret = S("");
	if (!w->now.version)
		return OK;
	try(accounts_names(req->db, &vault, &w->now.user_id, 1, &name));
	*ret = name.n ? _f("Noté par {1} : dit le {2}.", name, iso_date_shown(v, w->now.day)) : _f("Dit le {1}.", iso_date_shown(v, w->now.day));
	return OK;
}

static enum err show(const struct wishing *w)
{
	struct req *req = w->req;
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct device kept;
	struct household h = w->h;
	struct match_wish_row nothing = { .kind = S("") };
	str file = str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s", (long long)w->c.id, STR_ARG(w->f.public_id));
	struct wish_page page = { .form = req->form, .path = str_printf(req->a, "%.*s/appareil", STR_ARG(file)), .file_path = file, .public_id = w->f.public_id,
		.version = str_printf(req->a, "%lld", (long long)w->now.version), .wave = match_asked_words(v, &w->wave, &nothing),
		.saved = req->method == GET && form_given(req, "fait") };
	try(match_kept_for(req->db, w->f.id, &kept));
	page.kept = kept_words(v, &kept);
	try(put_said(w, &page.said));
	if (req->method == GET || req->status == 409) {
		form_put(req->form, "genre", w->now.kind);
		form_put(req->form, "memoire", w->now.memory_gb ? str_printf(req->a, "%lld", (long long)w->now.memory_gb) : S(""));
		form_put(req->form, "grand", w->now.large_screen ? S("1") : S(""));
	}
	try(household_open_names(&vault, S("matching"), &(struct household *const){ &h }, 1));
	page.name = household_name(req->a, &h);
	try(households_seen(req, w->c.organisation_id, &h.id, 1, "matching"));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, WISH_ROUTE));
	return wish_html(&req->v, &page);
}

enum err wish_form(struct req *req)
{
	struct wishing w;
	try(look(req, &w));
	req->form->n_errors = 0;
	return show(&w);
}

struct wish_said { const struct wishing *w; str kind, path; i64 memory, version; bool large; };

static enum err wish_tx(struct db *db, void *arg, str *ret_path)
{
	const struct wish_said *s = arg;
	const struct wishing *w = s->w;
	i64 user = w->req->session->user_id;
	*ret_path = s->path;
	try(match_wish_put(db, w->f.id, s->version + 1, s->kind, s->memory, s->large, date_iso(db_arena(db), today_paris()), user, now_ms()));
	if (!db_changes(db))
		return CONFLICT;
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = w->c.organisation_id, .action = "matching.wish", .object = "file",
		.object_id = w->f.id });
}

enum err wish_post(struct req *req)
{
	const struct view *v = &req->v;
	struct wishing w;
	try(look(req, &w));
	struct wish_said s = { .w = &w, .kind = form_given(req, "genre") ? form_text(req, "genre") : S(""), .memory = form_int(req, "memoire", 0),
		.version = form_int(req, "version", -1), .large = form_bool(req, "grand") };
	s.path = str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s/appareil?fait=1", (long long)w.c.id, STR_ARG(w.f.public_id));
	enum err e = !form_ok(req) ? INVALID : s.version < 0 || s.version > w.now.version ? CONFLICT : post_once(req, wish_tx, &s);
	if (e == CONFLICT) {
		try(look(req, &w));
		form_fail(req, "genre", _("Quelqu’un vient de noter autre chose : rien de ce que vous aviez choisi n’est noté. Relisez, puis enregistrez."));
	} else if (e != INVALID)
		return e;
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show(&w);
}

/* ---- elsewhere ---- */

enum err matching_panel(struct req *req, const struct campaign *c, const struct file *f, struct file_panel *ret)
{
	const struct view *v = &req->v;
	struct match_wave_row wave;
	struct match_wish_row wish;
	struct device kept;
	if (f->state < FS_ELIGIBLE || f->state > FS_ALLOCATED || f->state == FS_NOT_ELIGIBLE)
		return OK;
	try(match_asks_of(req->db, f->wave_id, &wave));
	try(match_wish_now(req->db, f->id, &wish));
	try(match_kept_for(req->db, f->id, &kept));
	ret->title = _("Appareil");
	file_panel_line(ret, _f("Demandé : {1}.", match_asked_words(v, &wave, &wish)));
	if (f->state == FS_ALLOCATED)
		file_panel_line(ret, kept.id ? kept_words(v, &kept) : _("Aucun appareil n’est encore gardé pour elle."));
	file_panel_link(ret, str_printf(v->a, "/agent/campagnes/%lld/dossiers/%.*s/appareil", (long long)c->id, STR_ARG(f->public_id)),
		_("Noter ce que la famille demande"));
	if (f->state == FS_ALLOCATED && file_who_of(req, c) == FW_OFFICER)
		file_panel_link(ret, str_printf(v->a, "/agent/campagnes/%lld/attribution/%lld/appareils", (long long)c->id, (long long)f->wave_id),
			_("Répartir les appareils de la vague"));
	return OK;
}

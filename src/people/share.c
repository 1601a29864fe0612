/* Opening a file to another organisation, for a reason and a time, and taking that back; and who has seen it. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "audit/audit_sql.h"
#include "base/timex.h"
#include "db/id.h"
#include "http/session.h"
#include "people/pages.h"
#include "people/people_sql.h"
#include "people/share_html.h"

#define SHARE_ROUTE HOUSEHOLD_ROUTE "/partage"
#define DAY_MS ((i64)86400 * 1000)

static enum err put_partners(struct req *req, const struct household *h, struct share_page *page)
{
	struct share_partner_list rows;
	i64 chosen = 0;
	(void)!str_i64(form_text(req, "avec"), &chosen);
	try(share_partners(req->db, h->organisation_id, PARTNERS_MOST, &rows));
	page->partners = (struct partners){ arena_many(req->a, struct partner, rows.n + 1), rows.n };
	for (size_t i = 0; i < rows.n; i++)
		page->partners.v[i] = (struct partner){ rows.v[i].id, rows.v[i].name, rows.v[i].id == chosen };
	return OK;
}

static enum err show(struct req *req, const struct household *h)
{
	const struct view *v = &req->v;
	struct share_row_list rows;
	struct share_page page = { .form = req->form, .h = h, .name = household_name(req->a, h), .path = household_path(req->a, h, "") };
	i64 now = now_ms();
	req->v.here = S(PEOPLE_ROUTE);
	try(share_list(req->db, h->id, &rows));
	page.v = arena_many(req->a, struct share_line, rows.n + 1);
	for (; page.n < rows.n; page.n++) {
		const struct share_row *r = &rows.v[page.n];
		bool open = !r->ended_at.set && r->until > now;
		page.v[page.n] = (struct share_line){ .id = r->id, .with = r->organisation, .why = choice_shown(v, share_reasons, r->reason), .from = people_day(v, r->at),
			.until = people_day(v, r->ended_at.set ? r->ended_at.v : r->until), .open = open };
	}
	try(put_partners(req, h, &page));
	try(form_stamp(req, SHARE_ROUTE));
	return share_html(&req->v, &page);
}

enum err share_show(struct req *req)
{
	struct household h;
	i64 organisation;
	try(household_shown(req, "share", &h, &organisation));
	return show(req, &h);
}

struct sharing { struct req *req; const struct household *h; i64 with, days, end; };

static enum err share_tx(struct db *db, void *arg, str *ret_path)
{
	const struct sharing *s = arg;
	i64 now = now_ms();
	struct arena *a = s->req->a;
	str detail = s->end ? str_printf(a, "share=%lld", (long long)s->end)
		: str_printf(a, "with=%lld reason=%.*s days=%lld", (long long)s->with, STR_ARG(form_text(s->req, "raison")), (long long)s->days);
	struct audit line = household_line(s->req, s->h, s->h->organisation_id, s->end ? "household.unshare" : "household.share", detail);
	*ret_path = household_path(a, s->h, "/partage");
	if (s->end)
		try(share_end(db, s->end, s->h->id, now));
	else
		try(share_insert(db, id_new(), s->h->id, s->with, form_text(s->req, "raison"), now, now + s->days * DAY_MS));
	return audit_write(db, &line);
}

/* The organisation that was chosen is one of those proposed. */
static enum err partner_of(struct req *req, const struct household *h, struct sharing *s)
{
	const struct view *v = &req->v;
	struct share_page page = { .n = 0 };
	try(put_partners(req, h, &page));
	for (size_t i = 0; i < page.partners.n; i++)
		if (page.partners.v[i].chosen)
			s->with = page.partners.v[i].id;
	if (!s->with)
		form_fail(req, "avec", _("Choisissez une organisation."));
	if (!form_given(req, "raison"))
		form_fail(req, "raison", _("Dites pourquoi : un dossier n’est jamais partagé sans raison."));
	if (!form_given(req, "duree") || !str_i64(form_text(req, "duree"), &s->days))
		form_fail(req, "duree", _("Dites pour combien de temps."));
	return OK;
}

enum err share_post(struct req *req)
{
	struct household h;
	i64 organisation;
	struct sharing s = { .req = req, .h = &h };
	try(household_shown(req, "share", &h, &organisation));
	if (form_given(req, "finir"))
		return str_i64(form_text(req, "finir"), &s.end) ? post_once(req, share_tx, &s) : NOT_FOUND;
	if (form_ok(req))
		try(partner_of(req, &h, &s));
	if (form_ok(req))
		return post_once(req, share_tx, &s);
	form_refused(req);
	return show(req, &h);
}

/* ---- who has seen it ---- */

struct doing { const char *action, *words; };

static const struct doing doings[] = {
	{ "see=view", N_("a lu le dossier") }, { "see=found", N_("l’a vu parmi des réponses") }, { "see=alike", N_("l’a vu parmi des ressemblances") },
	{ "see=edit", N_("l’a ouvert pour le modifier") }, { "see=act", N_("y a noté quelque chose") }, { "see=share", N_("a regardé ses partages") },
	{ "see=seen", N_("a regardé qui l’a vu") }, { "see=erase", N_("l’a ouvert pour l’effacer") }, { "see=access", N_("a tout sorti pour le remettre") },
	{ "see=triage", N_("a fait le point avec la famille") }, { "household.triage", N_("a gardé les réponses de la famille") },
	{ "household.triage-erase", N_("a effacé les réponses de la famille") }, { "household.access", N_("a préparé le document de tout ce qui est gardé") },
	{ "household.access-own", N_("a lu tout ce que nous savons d’elle") }, { "see=card", N_("a regardé sa carte") },
	{ "household.visit", N_("l’a ouvert avec sa carte") },
	{ "household.card", N_("a donné une carte") }, { "household.card-stop", N_("a arrêté sa carte") },
	{ "see=files", N_("l’a vu dans la liste d’une campagne") }, { "see=file", N_("a lu son dossier d’équipement") },
	{ "see=charter", N_("a lu sa charte") }, { "see=charter-list", N_("l’a vu dans la liste des chartes à signer") },
	{ "see=charter-copy", N_("a ouvert la copie de sa charte signée") },
	{ "see=batch", N_("l’a vu avant un geste sur plusieurs familles") }, { "see=calls", N_("a sorti son téléphone sur une liste d’appels") },
	{ "see=attendance", N_("l’a vu sur la liste de ceux qui viennent à une réunion") }, { "see=meeting", N_("l’a vu sur la liste d’une réunion") },
	{ "see=invite", N_("l’a vu avant d’écrire aux familles") }, { "see=situation", N_("a lu ce que la famille a dit pour avoir un ordinateur") },
	{ "see=award", N_("l’a vu parmi les familles qui demandent un ordinateur") }, { "see=waiting", N_("l’a vu sur la liste d’attente") },
	{ "see=matching", N_("l’a vu en choisissant les ordinateurs") }, { "see=handover", N_("l’a ouvert pour remettre l’ordinateur") },
	{ "see=handover day", N_("l’a vu sur la liste d’un jour de remise") }, { "see=handover calls", N_("a sorti son téléphone pour un jour de remise") },
	{ "see=aftersales", N_("l’a vu pour un ordinateur en panne, rendu ou perdu") },
	{ "see=export", N_("a emporté son nom dans un fichier") }, { "see=twins", N_("l’a comparé à d’autres") },
	{ "household.merge", N_("l’a réuni avec un autre dossier") },
	{ "household.unmerge", N_("a défait une réunion") },
	{ "household.open", N_("a ouvert le dossier") }, { "household.edit", N_("a modifié le dossier") }, { "household.note", N_("a ajouté une note") },
	{ "household.contact", N_("a noté un contact") }, { "household.inform", N_("a noté que la famille est informée") }, { "household.share", N_("l’a partagé") },
	{ "household.unshare", N_("a fini un partage") }, { "person.add", N_("a ajouté une personne") }, { "person.edit", N_("a modifié une personne") },
	{ "person.erase", N_("a effacé une personne") },
};

static const char *words_of(str key)
{
	for (size_t i = 0; i < lengthof(doings); i++)
		if (str_eq(key, str_c(doings[i].action)))
			return doings[i].words;
	return NULL;
}

bool sight_is_told(const char *why)
{
	char key[40];
	snprintf(key, sizeof key, "see=%s", why);
	return words_of(str_c(key)) != NULL;
}

static str household_doing(const struct view *v, str action, str detail)
{
	const char *words = words_of(str_eq(action, S("household.see")) ? str_printf(v->a, "see=%.*s", STR_ARG(detail)) : action);
	return words ? tr(v->lang, words) : _("y a fait quelque chose");
}

str seen_line_words(const struct view *v, const struct seen_line *l)
{
	return l->who.n && l->where.n ? _f("{1}, {2} : {3}", l->who, l->where, l->what) : _f("{1} : {2}", l->who.n ? l->who : l->where, l->what);
}

enum err household_doings(struct req *req, const struct household *h, struct seen_page *page)
{
	struct vault_asker vault = vault_of(req);
	struct audit_row_list rows;
	try(audit_of_object(req->db, S("household"), h->id, INT64_MAX, SEEN_SHOWN, &rows));
	i64 *users = arena_many(req->a, i64, rows.n + 1);
	str *names = arena_many(req->a, str, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		users[i] = rows.v[i].user_id.v;
	try(accounts_names(req->db, &vault, users, rows.n, names));
	page->v = arena_many(req->a, struct seen_line, rows.n + 1);
	for (; page->n < rows.n; page->n++) {
		const struct audit_row *r = &rows.v[page->n];
		struct civil c = paris_of_ms(r->at);
		struct seen_line *l = &page->v[page->n];
		str who = r->user_id.set ? names[page->n] : tr(req->v.lang, N_("La famille"));
		*l = (struct seen_line){ .at = str_printf(req->a, "%02d/%02d/%d %02d:%02d", c.date.d, c.date.m, c.date.y, c.hh, c.mm),
			.day = date_shown(&req->v, c.date), .who = who,
			.what = household_doing(&req->v, r->action, r->detail) };
		l->where = S("");
		if (r->user_id.set)
			try(accounts_organisation_name(req->db, r->organisation_id.v, &l->where));
	}
	return OK;
}

enum err seen_show(struct req *req)
{
	struct household h;
	i64 organisation;
	try(household_shown(req, "seen", &h, &organisation));
	struct seen_page page = { .h = &h, .name = household_name(req->a, &h), .path = household_path(req->a, &h, "") };
	req->v.here = S(PEOPLE_ROUTE);
	try(household_doings(req, &h, &page));
	return seen_html(&req->v, &page);
}

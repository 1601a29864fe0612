/* A household's page: who they are, how to reach them, why they are followed, what was noted. Each time it is seen is written down. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/phone.h"
#include "base/timex.h"
#include "db/id.h"
#include "http/response.h"
#include "http/session.h"
#include "people/pages.h"
#include "people/people_sql.h"
#include "people/show_html.h"
#include "people/warn.h"

struct seeing { struct req *req; const struct household *h; i64 organisation; const char *why; };

static enum err see_tx(struct db *db, void *arg)
{
	const struct seeing *s = arg;
	return household_seen(db, s->req, s->h->id, s->organisation, s->why);
}

enum err household_shown(struct req *req, const char *why, struct household *ret, i64 *ret_organisation)
{
	struct vault_asker vault = vault_of(req);
	try(household_reached(req, ret, ret_organisation));
	try(household_open(&vault, str_c(why), &(struct household *const){ ret }, 1));
	req->no_store = req->method == GET;
	return db_tx(req->db, see_tx, &(struct seeing){ req, ret, *ret_organisation, why });
}

/* ---- what is shown ---- */

str person_about(const struct view *v, const struct person *p)
{
	str parts[6];
	size_t n = 0;
	if (p->birth_year)
		parts[n++] = p->child ? _f("né ou née en {1}", str_printf(v->a, "%lld", (long long)p->birth_year))
			: str_printf(v->a, "%lld", (long long)p->birth_year);
	if (p->class_.n)
		parts[n++] = choice_shown(v, class_choices, p->class_);
	if (p->school.n)
		parts[n++] = p->school;
	if (p->language.n)
		parts[n++] = choice_shown(v, language_choices_of_people, p->language);
	if (p->channel.n)
		parts[n++] = _f("à joindre {1}", choice_shown(v, channel_choices, p->channel));
	return str_join(v->a, parts, n, S(", "));
}

/* The school that a child's words mean, when there is no doubt. */
static enum err put_school(struct req *req, const struct person *p, str *about)
{
	const struct view *v = &req->v;
	struct known_school s = { S(""), S("") };
	if (known_schools && p->child && p->school.n)
		try(known_schools->named(req->db, p->school, &s));
	if (s.code.n)
		*about = str_eq(s.name, p->school) ? str_printf(v->a, "%.*s (%.*s)", STR_ARG(*about), STR_ARG(s.code))
			: _f("{1} – c’est : {2} ({3})", *about, s.name, s.code);
	return OK;
}

static enum err put_persons(struct req *req, const struct household *h, struct show_page *page)
{
	const struct view *v = &req->v;
	page->persons.v = arena_many(v->a, struct person_line, h->n + 1);
	for (; page->persons.n < h->n; page->persons.n++) {
		const struct person *p = &h->persons[page->persons.n];
		page->persons.v[page->persons.n] = (struct person_line){ p, str_trim(str_printf(v->a, "%.*s %.*s", STR_ARG(p->given), STR_ARG(p->family))),
			person_about(v, p) };
		try(put_school(req, p, &page->persons.v[page->persons.n].about));
	}
	return OK;
}

static enum err put_notes(struct req *req, const struct household *h, struct show_page *page)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct note_row_list rows;
	try(note_list(req->db, h->id, NOTES_SHOWN, h->organisation_id, &rows));
	str *texts = arena_many(req->a, str, rows.n + 1), *names = arena_many(req->a, str, rows.n + 1);
	i64 *users = arena_many(req->a, i64, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		users[i] = rows.v[i].user_id;
	try(notes_open(&vault, S("notes of a household"), rows.v, rows.n, texts));
	try(accounts_names(req->db, &vault, users, rows.n, names));
	page->notes.v = arena_many(req->a, struct note_line, rows.n + 1);
	for (; page->notes.n < rows.n; page->notes.n++) {
		size_t i = page->notes.n;
		page->notes.v[i] = (struct note_line){ people_day(v, rows.v[i].at), names[i], texts[i] };
	}
	return OK;
}

static str saved_words(const struct view *v, str done)
{
	if (str_eq(done, S("ouvert")))
		return _("Le dossier est ouvert.");
	return done.n ? _("C’est enregistré.") : S("");
}

static enum err show(struct req *req, struct household *h, bool warned)
{
	const struct view *v = &req->v;
	struct show_page page = { .form = req->form, .h = h, .name = household_name(req->a, h), .path = household_path(req->a, h, ""), .warned = warned };
	page.saved = req->method == GET ? saved_words(v, form_text(req, "fait")) : S("");
	page.opened = people_day(v, h->created_at);
	page.contact = h->contact_at.set ? people_day(v, h->contact_at.v) : S("");
	page.noticed = h->notice_at.set ? people_day(v, h->notice_at.v) : S("");
	req->v.here = S(PEOPLE_ROUTE);
	try(accounts_organisation_name(req->db, h->organisation_id, &page.organisation));
	try(put_persons(req, h, &page));
	try(put_notes(req, h, &page));
	try(form_stamp(req, HOUSEHOLD_ROUTE));
	return household_show_html(&req->v, &page);
}

enum err household_show(struct req *req)
{
	struct household h;
	i64 organisation;
	try(household_shown(req, "view", &h, &organisation));
	return show(req, &h, false);
}

/* ---- what is done on it ---- */

struct act { struct req *req; struct household *h; i64 organisation, note; str text; bool contact, notice, forced; };

static enum err act_tx(struct db *db, void *arg, str *ret_path)
{
	struct act *a = arg;
	i64 now = now_ms();
	*ret_path = household_path(a->req->a, a->h, "?fait=1");
	if (a->text.n)
		try(note_insert(db, a->note, a->h->id, a->req->session->user_id, a->organisation, now, a->text));
	if (a->contact || a->text.n)
		try(households_met(db, &a->h->id, 1, now));
	if (a->notice)
		try(household_notice(db, a->h->id, now));
	struct audit line = household_line(a->req, a->h, a->organisation, a->notice ? "household.inform" : a->contact ? "household.contact" : "household.note",
		a->forced ? S("warned=1") : S(""));
	return audit_write(db, &line);
}

/* What the note must not hold is said at its field; the agent corrects it, or says that it was read again. */
static bool warned_of(struct req *req, str text)
{
	u32 found = note_warnings(req->a, text);
	for (enum note_warning w = 0; w < WARN_COUNT; w++)
		if (found & 1u << w && !form_bool(req, "relue"))
			form_fail(req, "note", tr(req->v.lang, note_warning_text(w)));
	return found != 0;
}

enum err household_act(struct req *req)
{
	const struct view *v = &req->v;
	struct household h;
	struct act a = { .req = req, .h = &h };
	struct vault_asker vault = vault_of(req);
	bool warned = false;
	try(household_shown(req, "act", &h, &a.organisation));
	a.contact = str_eq(form_text(req, "geste"), S("contact"));
	a.notice = str_eq(form_text(req, "geste"), S("informer"));
	if (a.contact || a.notice)
		return post_once(req, act_tx, &a);
	if (form_ok(req) && !form_given(req, "note"))
		form_fail(req, "note", _("Écrivez la note."));
	if (form_ok(req))
		warned = warned_of(req, form_text(req, "note"));
	if (!form_ok(req)) {
		form_refused(req);
		return show(req, &h, warned);
	}
	a.forced = warned;
	a.note = id_new();
	try(note_seal(&vault, &h, a.note, form_text(req, "note"), &a.text));
	return post_once(req, act_tx, &a);
}

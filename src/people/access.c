/* Everything that is held on a household, for it to read and take away: a page to print, the same as JSON, and as a document
 * (access_pdf.c). */
#include "base/json_out.h"
#include "base/phone.h"
#include "base/timex.h"
#include "http/response.h"
#include "http/session.h"
#include "accounts/accounts.h"
#include "people/access.h"
#include "people/access_html.h"
#include "people/pages.h"
#include "people/people_sql.h"

#define NOTES_HELD 10000
#define MERGED_MOST 50
#define ELSEWHERE_MOST 40                        /* parts of one module */
#define ELSEWHERE_ALL (8 * ELSEWHERE_MOST)

static void put(struct access_part *part, str label, str value)
{
	if (value.n && part->n < ACCESS_FACTS)
		part->v[part->n++] = (struct access_fact){ label, value };
}

static void put_household(const struct view *v, const struct household *h, str organisation, struct access_part *part)
{
	*part = (struct access_part){ .key = "foyer", .title = _("Le foyer") };
	put(part, _("Dossier"), h->public_id);
	put(part, _("Responsable"), organisation);
	put(part, _("Adresse"), h->address);
	put(part, _("Quartier"), h->district);
	put(part, _("Quartier prioritaire"), h->priority_area);
	put(part, _("Motif"), h->school && h->rights ? _("continuité scolaire, accès aux droits") : h->school ? _("continuité scolaire") : _("accès aux droits"));
	put(part, _("Nom donné par"), choice_shown(v, origin_choices, h->origin));
	put(part, _("Ouvert le"), people_day(v, h->created_at));
	put(part, _("Dernier contact"), h->contact_at.set ? people_day(v, h->contact_at.v) : S(""));
	put(part, _("Informée"), h->notice_at.set ? people_day(v, h->notice_at.v) : S(""));
}

static void put_person(const struct view *v, const struct person *p, struct access_part *part)
{
	*part = (struct access_part){ .key = "personne", .title = p->child ? _f("Un enfant : {1}", p->given) : _f("Un adulte : {1}", p->given) };
	put(part, _("Prénom"), p->given);
	put(part, _("Nom"), p->family);
	put(part, _("Année de naissance"), p->birth_year ? str_printf(v->a, "%lld", (long long)p->birth_year) : S(""));
	put(part, _("Téléphone"), phone_grouped(v->a, p->phone));
	put(part, _("Courriel"), p->mail);
	put(part, _("Langue"), choice_shown(v, language_choices_of_people, p->language));
	put(part, _("Comment la joindre"), choice_shown(v, channel_choices, p->channel));
	put(part, _("Classe"), choice_shown(v, class_choices, p->class_));
	put(part, _("École"), p->school);
	put(part, _("Noté le"), people_day(v, p->created_at));
}

static enum err put_notes(struct req *req, const struct household *h, struct access_parts *parts)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct note_row_list rows;
	try(note_list(req->db, h->id, NOTES_HELD, h->organisation_id, &rows));
	str *texts = arena_many(req->a, str, rows.n + 1);
	try(notes_open(&vault, S("access file"), rows.v, rows.n, texts));
	struct access_part *more = arena_many(req->a, struct access_part, parts->n + rows.n + SEEN_SHOWN + PERSONS_MOST + ELSEWHERE_ALL);
	memcpy(more, parts->v, parts->n * sizeof *more);
	parts->v = more;
	for (size_t i = 0; i < rows.n; i++) {
		struct access_part *part = &parts->v[parts->n++];
		*part = (struct access_part){ .key = "note", .title = _f("Une note du {1}", people_day(v, rows.v[i].at)) };
		put(part, _("Note"), texts[i]);
	}
	return OK;
}

static enum err put_shares_and_views(struct req *req, const struct household *h, struct access_parts *parts)
{
	const struct view *v = &req->v;
	struct share_row_list shares;
	struct seen_page seen = { .n = 0 };
	try(share_list(req->db, h->id, &shares));
	for (size_t i = 0; i < shares.n && i < PERSONS_MOST / 2; i++) {
		struct access_part *part = &parts->v[parts->n++];
		*part = (struct access_part){ .key = "partage", .title = _f("Un partage avec {1}", shares.v[i].organisation) };
		put(part, _("Pourquoi"), choice_shown(v, share_reasons, shares.v[i].reason));
		put(part, _("Depuis le"), people_day(v, shares.v[i].at));
		put(part, _("Jusqu’au"), people_day(v, shares.v[i].ended_at.set ? shares.v[i].ended_at.v : shares.v[i].until));
	}
	try(household_doings(req, h, &seen));
	for (size_t i = 0; i < seen.n; i += ACCESS_FACTS) {
		struct access_part *part = &parts->v[parts->n++];
		*part = (struct access_part){ .key = "vues", .title = i ? _("Qui a vu ce dossier (suite)") : _("Qui a vu ce dossier") };
		for (size_t j = i; j < seen.n && j < i + ACCESS_FACTS; j++)
			put(part, seen.v[j].at, str_printf(req->a, "%.*s, %.*s : %.*s", STR_ARG(seen.v[j].who), STR_ARG(seen.v[j].where), STR_ARG(seen.v[j].what)));
	}
	return OK;
}

/* Those that were found to be the same family are held too. */
static enum err put_merged(struct req *req, const struct household *h, str owner, struct access_parts *parts)
{
	struct vault_asker vault = vault_of(req);
	struct household_merged_row_list rows;
	try(household_merged_list(req->db, h->organisation_id, h->id, &rows));
	for (size_t i = 0; i < rows.n && i < MERGED_MOST; i++) {
		struct household one;
		try(household_get(req->db, rows.v[i].id, &one));
		one.n = 0;
		try(household_open(&vault, S("access file"), &(struct household *const){ &one }, 1));
		put_household(&req->v, &one, owner, &parts->v[parts->n++]);
	}
	return OK;
}

/* What other modules hold: a part a title, gone on with when it is full. */
static enum err put_elsewhere(struct req *req, const struct household *h, struct access_parts *parts)
{
	for (size_t k = 0; held_elsewhere[k]; k++) {
		struct held_facts facts;
		struct access_part *part = NULL;
		try(held_elsewhere[k](req, h, &facts));
		for (size_t i = 0, n = 0; i < facts.n && n < ELSEWHERE_MOST; i++) {
			if (!part || part->n == ACCESS_FACTS || !str_eq(part->title, facts.v[i].title)) {
				part = &parts->v[parts->n++];
				*part = (struct access_part){ .key = "ailleurs", .title = facts.v[i].title };
				n++;
			}
			put(part, facts.v[i].label, facts.v[i].value);
		}
	}
	return OK;
}

enum err access_read(struct req *req, struct household *h, struct access_page *page)
{
	i64 organisation;
	str owner;
	try(household_shown(req, "access", h, &organisation));
	req->no_store = true;
	req->v.here = S(PEOPLE_ROUTE);
	*page = (struct access_page){ .h = h, .name = household_name(req->a, h), .path = household_path(req->a, h, ""), .day = people_day(&req->v, now_ms()) };
	try(accounts_organisation_name(req->db, h->organisation_id, &owner));
	page->owner = owner;
	page->organisation = organisation;
	page->parts.v = arena_many(req->a, struct access_part, h->n + 1 + MERGED_MOST);
	put_household(&req->v, h, owner, &page->parts.v[page->parts.n++]);
	try(put_merged(req, h, owner, &page->parts));
	for (size_t i = 0; i < h->n; i++)
		put_person(&req->v, &h->persons[i], &page->parts.v[page->parts.n++]);
	try(put_notes(req, h, &page->parts));
	try(put_elsewhere(req, h, &page->parts));
	return put_shares_and_views(req, h, &page->parts);
}

str access_whom(const struct view *v)
{
	str phone = phone_grouped(v->a, v->city->help_phone);
	return v->city->help_phone.n
		? _f("À qui demander : à l’accueil qui vous suit, ou au {1}. Si la réponse ne vous convient pas : la CNIL, 3 place de Fontenoy, 75007 Paris, ou cnil.fr.",
			phone)
		: _("À qui demander : à l’accueil qui vous suit. Si la réponse ne vous convient pas : la CNIL, 3 place de Fontenoy, 75007 Paris, ou cnil.fr.");
}

/* Where the document stands. */
static enum err put_document(struct req *req, const struct household *h, struct access_page *page)
{
	struct access_row row;
	enum err e = access_of(req->db, h->id, &row);
	page->made = page->waits = page->failed = S("");
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	str day = people_day(&req->v, row.at);
	if (str_eq(row.state, S("made")))
		page->made = day;
	else if (str_eq(row.state, S("asked")))
		page->waits = day;
	else
		page->failed = day;
	return OK;
}

enum err access_show(struct req *req)
{
	struct household h;
	struct access_page page;
	try(access_read(req, &h, &page));
	try(put_document(req, &h, &page));
	page.whom = access_whom(&req->v);
	page.words.v = access_words;
	while (access_words[page.words.n])
		page.words.n++;
	try(form_stamp(req, HOUSEHOLD_ROUTE "/donnees"));
	return access_html(&req->v, &page);
}

enum err access_json(struct req *req)
{
	struct household h;
	struct access_page page;
	struct json j = json_new(&req->out);
	try(access_read(req, &h, &page));
	json_open(&j, '[');
	for (size_t i = 0; i < page.parts.n; i++) {
		const struct access_part *part = &page.parts.v[i];
		json_open(&j, '{');
		json_member(&j, S("sorte"), str_c(part->key));
		json_member(&j, S("titre"), part->title);
		for (size_t k = 0; k < part->n; k++)
			json_member(&j, part->v[k].label, part->v[k].value);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	resp_file(req, S("dossier.json"), true);
	return OK;
}

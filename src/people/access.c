/* Everything that is held on a household, for it to read and take away: a page to print, the same as JSON, and as a document
 * (access_pdf.c). Written for who is no lawyer: what, why, who saw it, until when, what can be asked. The household's own copies, by its
 * card, are in family.c. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/json_out.h"
#include "base/phone.h"
#include "base/timex.h"
#include "http/response.h"
#include "http/session.h"
#include "people/access.h"
#include "people/access_html.h"
#include "people/change.h"
#include "people/pages.h"
#include "people/people_sql.h"

#define NOTES_HELD 10000
#define MERGED_MOST 50
#define HELD_OPEN ((i64)4000000000000)           /* held to the end of the century: until what holds it ends */

static str day_of(const struct view *v, i64 ms) { return date_shown(v, paris_of_ms(ms).date); }

static void put(struct access_part *part, str label, str value)
{
	if (!value.n)
		return;
	arena_more(part->a, part->v, part->n);
	part->v[part->n++] = (struct access_fact){ label, value, false };
}

static void hold(struct arena *a, struct held_facts *facts, struct held_fact fact)
{
	if (!fact.value.n)
		return;
	arena_more(a, facts->v, facts->n);
	facts->v[facts->n++] = fact;
}

void held_put(struct arena *a, struct held_facts *facts, str title, str label, str value)
{
	hold(a, facts, (struct held_fact){ title, label, value, false });
}

void held_put_french(struct arena *a, struct held_facts *facts, str title, str label, str value)
{
	hold(a, facts, (struct held_fact){ title, label, value, true });
}

/* Good until the next one. */
static struct access_part *part_add(struct arena *a, struct access_section *s, const char *key, str title)
{
	arena_more(a, s->parts.v, s->parts.n);
	struct access_part *part = &s->parts.v[s->parts.n++];
	*part = (struct access_part){ .a = a, .key = key, .title = title };
	return part;
}

static void line_add(struct access_section *s, str line)
{
	if (s->lines.n < ACCESS_LINES)
		s->lines.v[s->lines.n++] = line;
}

/* ---- what is known ---- */

static str ground_words(const struct view *v, const struct household *h)
{
	return h->school && h->rights ? _("pour l’école des enfants, et pour vos droits") : h->school ? _("pour l’école des enfants")
		: _("pour vos droits et vos démarches");
}

static void put_household(const struct view *v, const struct household *h, str organisation, struct access_part *part)
{
	put(part, _("Numéro du dossier"), h->public_id);
	put(part, _("Qui vous suit"), organisation);
	put(part, _("Adresse"), h->address);
	put(part, _("Quartier"), h->district);
	put(part, _("Quartier prioritaire"), h->priority_area);
	put(part, _("Pourquoi nous vous suivons"), ground_words(v, h));
	put(part, _("Qui nous a donné votre nom"), choice_shown(v, origin_choices, h->origin));
	put(part, _("Dossier ouvert le"), day_of(v, h->created_at));
	put(part, _("Dernière fois que nous nous sommes parlé"), h->contact_at.set ? day_of(v, h->contact_at.v) : S(""));
	put(part, _("Nous vous avons dit vos droits le"), h->notice_at.set ? day_of(v, h->notice_at.v) : S(""));
	put(part, _("Carte pour voir votre dossier"), h->card ? _("vous en avez une") : S(""));
}

static void put_said(const struct view *v, const struct person *p, struct access_part *part)
{
	put(part, _("Prénom"), p->given);
	put(part, _("Nom"), p->family);
	put(part, _("Année de naissance"), p->birth_year ? str_printf(v->a, "%lld", (long long)p->birth_year) : S(""));
	put(part, _("Téléphone"), phone_grouped(v->a, p->phone));
	put(part, _("Courriel"), p->mail);
	put(part, _("Langue"), choice_shown(v, language_choices_of_people, p->language));
	put(part, _("Comment vous joindre"), choice_shown(v, channel_choices, p->channel));
	put(part, _("Classe"), choice_shown(v, class_choices, p->class_));
	put(part, _("École"), p->school);
}

static enum err put_persons(struct req *req, const struct household *h, struct access_section *s)
{
	const struct view *v = &req->v;
	for (size_t i = 0; i < h->n; i++) {
		const struct person *p = &h->persons[i];
		struct person before;
		i64 changed;
		struct access_part *part = part_add(req->a, s, "personne", p->child ? _f("Un enfant : {1}", p->given) : _f("Un adulte : {1}", p->given));
		put_said(v, p, part);
		enum err e = person_past_opened(req, h, p, &before, &changed);
		if (e == OK)
			put_said(v, &before, part_add(req->a, s, "avant", _f("{1} : ce qui était noté avant le {2}", p->given, day_of(v, changed))));
		else if (e != NOT_FOUND)
			return e;
	}
	return OK;
}

static enum err put_before(struct req *req, const struct household *h, struct access_section *s)
{
	const struct view *v = &req->v;
	struct household before;
	i64 changed;
	enum err e = household_past_opened(req, h, &before, &changed);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	struct access_part *part = part_add(req->a, s, "avant", _f("Ce qui était noté avant le {1}", day_of(v, changed)));
	put(part, _("Adresse"), before.address);
	put(part, _("Pourquoi nous vous suivons"), ground_words(v, &before));
	put(part, _("Qui nous a donné votre nom"), choice_shown(v, origin_choices, before.origin));
	return OK;
}

static enum err put_notes(struct req *req, const struct household *h, struct access_section *s)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct note_row_list rows;
	try(note_list(req->db, h->id, NOTES_HELD, h->organisation_id, &rows));
	str *texts = arena_many(req->a, str, rows.n + 1);
	try(notes_open(&vault, S("access file"), rows.v, rows.n, texts));
	for (size_t i = 0; i < rows.n; i++)
		put(part_add(req->a, s, "note", _f("Une note du {1}", day_of(v, rows.v[i].at))), _("Note"), texts[i]);
	return OK;
}

/* Those that were found to be the same family are held too. */
static enum err put_merged(struct req *req, const struct household *h, str owner, struct access_section *s)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct household_merged_row_list rows;
	try(household_merged_list(req->db, h->organisation_id, h->id, &rows));
	for (size_t i = 0; i < rows.n && i < MERGED_MOST; i++) {
		struct household one;
		try(household_get(req->db, rows.v[i].id, &one));
		one.n = 0;
		try(household_open(&vault, S("access file"), &(struct household *const){ &one }, 1));
		put_household(v, &one, owner, part_add(req->a, s, "foyer", _("Un autre dossier de votre famille, réuni à celui-ci")));
	}
	return OK;
}

/* What other modules hold: a part a title. */
static enum err put_elsewhere(struct req *req, const struct household *h, struct access_section *s)
{
	for (size_t k = 0; held_elsewhere[k]; k++) {
		struct held_facts facts = { .n = 0 };
		struct access_part *part = NULL;
		try(held_elsewhere[k](req, h, &facts));
		req->v.said = NULL;              /* each speaks in its campaigns' words */
		for (size_t i = 0; i < facts.n; i++) {
			if (!part || !str_eq(part->title, facts.v[i].title))
				part = part_add(req->a, s, "ailleurs", facts.v[i].title);
			arena_more(req->a, part->v, part->n);
			part->v[part->n++] = (struct access_fact){ facts.v[i].label, facts.v[i].value, facts.v[i].french };
		}
	}
	return OK;
}

static enum err put_known(struct req *req, const struct household *h, struct access_page *page, struct access_section *s)
{
	const struct view *v = &req->v;
	put_household(v, h, page->owner, part_add(req->a, s, "foyer", _("Votre foyer")));
	try(put_before(req, h, s));
	try(put_merged(req, h, page->owner, s));
	try(put_persons(req, h, s));
	try(put_notes(req, h, s));
	return put_elsewhere(req, h, s);
}

/* ---- who saw it ---- */

static enum err put_seen(struct req *req, const struct household *h, struct access_section *s)
{
	const struct view *v = &req->v;
	struct share_row_list shares;
	struct seen_page seen = { .n = 0 };
	try(share_list(req->db, h->id, &shares));
	for (size_t i = 0; i < shares.n && i < PERSONS_MOST; i++) {
		struct access_part *part = part_add(req->a, s, "partage", _f("Un partage avec {1}", shares.v[i].organisation));
		put(part, _("Pourquoi"), choice_shown(v, share_reasons, shares.v[i].reason));
		put(part, _("Depuis le"), day_of(v, shares.v[i].at));
		put(part, _("Jusqu’au"), day_of(v, shares.v[i].ended_at.set ? shares.v[i].ended_at.v : shares.v[i].until));
	}
	try(household_doings(req, h, true, &seen));
	struct access_part *part = seen.n ? part_add(req->a, s, "vues", _("Qui a ouvert votre dossier")) : NULL;
	for (size_t i = 0; i < seen.n; i++)
		put(part, seen.v[i].at, seen_line_words(v, &seen.v[i]));
	return OK;
}

/* ---- why, until when, what can be asked ---- */

static void put_why(const struct view *v, const struct household *h, struct access_section *s)
{
	line_add(s, _("Nous gardons ces informations pour vous aider : l’ordinateur, Internet, les démarches. C’est une mission de service public."));
	if (h->school)
		line_add(s, _("Un enfant de votre famille va à l’école, et un ordinateur à la maison l’aide."));
	if (h->rights)
		line_add(s, _("Vous avez demandé de l’aide pour vos droits ou vos démarches."));
	line_add(s, str_eq(h->origin, S("self")) ? _("Vous nous avez donné votre nom vous-même.") : str_eq(h->origin, S("school"))
		? _("L’école nous a donné votre nom.") : _("Une autre organisation nous a donné votre nom."));
	line_add(s, _("Si vous demandez un ordinateur, un calcul aide à choisir qui l’a en premier. Il compte des points avec vos réponses. "
		"Les règles sont publiques. Une personne regarde, puis décide. Vous pouvez lui demander pourquoi."));
	s->link = (struct family_link){ S("/algorithmes"), _("Comment le calcul compte les points") };
}

/* To whom it goes: by name where the house knows it, else by what they do. */
static enum err put_recipients(struct req *req, const struct household *h, str owner, struct access_section *s)
{
	const struct view *v = &req->v;
	struct recipients schools = { .n = 0 };
	try(schools_told(req->db, h->id, &schools));
	line_add(s, _f("{1} : les agents qui suivent votre famille.", owner));
	for (size_t i = 0; i < schools.n && i < RECIPIENTS_MOST; i++)
		line_add(s, _f("{1} : qui a donné votre nom là-bas voit où en est votre demande, et rien d’autre.", schools.v[i]));
	line_add(s, _("Une autre organisation, seulement si vous êtes d’accord, et pour un temps."));
	line_add(s, _("L’école et l’association qui signent la charte avec vous, si vous en signez une : elles la lisent."));
	line_add(s, v->city->senders.n
		? _f("{1} : cette entreprise porte nos SMS et nos courriels. Elle a votre numéro ou votre adresse, et le message.", v->city->senders)
		: _("L’entreprise qui porte nos SMS et nos courriels : elle a votre numéro ou votre adresse, et le message."));
	if (v->city->host.n)
		line_add(s, _f("{1} : ses machines gardent le dossier. Ce qui vous nomme y est chiffré.", v->city->host));
	line_add(s, _("Personne d’autre. Nous ne vendons rien."));
	return OK;
}

static enum err put_until(struct req *req, const struct household *h, struct access_section *s)
{
	const struct view *v = &req->v;
	struct date end;
	try(household_ends(req->db, h, &end));
	str last = date_shown(v, end);
	if (h->keep_until > HELD_OPEN)
		line_add(s, _("Il y a une charte signée ou un prêt. Nous gardons votre dossier tout le temps du prêt, et cinq ans après."));
	else if (h->keep_until > now_ms())
		line_add(s, _f("Le prêt est fini. Nous gardons votre dossier jusqu’au {1}, puis il est effacé.", day_of(v, h->keep_until)));
	else
		line_add(s, h->contact_at.set ? _f("Votre dossier est effacé le {1}, si nous ne nous parlons plus d’ici là.", last)
			: _f("Nous ne vous avons pas encore parlé. Si nous n’y arrivons pas, votre dossier est effacé le {1}.", last));
	line_add(s, _("La liste de qui a ouvert votre dossier est gardée un an."));
	return OK;
}

str access_whom(const struct view *v)
{
	str phone = phone_grouped(v->a, v->city->help_phone);
	return v->city->help_phone.n ? _f("À qui le demander : appelez le {1}, ou dites-le à l’accueil qui vous suit. Nous répondons en un mois au plus.", phone)
		: _("À qui le demander : dites-le à l’accueil qui vous suit. Nous répondons en un mois au plus.");
}

static void put_rights(const struct view *v, struct access_section *s)
{
	line_add(s, _("Quelque chose est faux ? Demandez à le corriger."));
	line_add(s, _("Vous ne voulez plus être suivi ? Dites-le : nous arrêtons. Cela s’appelle s’opposer."));
	line_add(s, _("Vous voulez tout effacer ? Demandez-le. Sauf si un ordinateur vous est prêté : "
		"le dossier est gardé tout le temps du prêt, et cinq ans après."));
	line_add(s, _("Vous n’êtes pas sûr que tout soit juste ? Demandez-nous de ne plus nous en servir, le temps de vérifier. Cela s’appelle la limitation."));
	line_add(s, _("Rien ne vous sera refusé parce que vous le demandez."));
	line_add(s, access_whom(v));
	line_add(s, v->city->dpo.n ? _f("Vous pouvez aussi écrire à la personne chargée de la protection des données : {1}.", v->city->dpo)
		: _("Vous pouvez aussi demander la personne chargée de la protection des données."));
	line_add(s, _("La réponse ne vous convient pas ? Plaignez-vous à la CNIL, c’est gratuit : cnil.fr, ou par lettre, CNIL, 3 place de Fontenoy, 75007 Paris."));
}

/* ---- the whole ---- */

static struct access_section *section_add(struct access_page *page, struct arena *a, const char *key, str title)
{
	struct access_section *s = &page->sections.v[page->sections.n++];
	*s = (struct access_section){ .key = key, .title = title, .lines.v = arena_many(a, str, ACCESS_LINES) };
	return s;
}

enum err access_read(struct req *req, const struct household *h, struct access_page *page)
{
	const struct view *v = &req->v;
	*page = (struct access_page){ .h = h, .name = household_name(req->a, h), .path = household_path(req->a, h, ""), .day = day_of(v, now_ms()),
		.made = S(""), .waits = S(""), .failed = S(""), .words = access_words_of(v), .sections.v = arena_many(req->a, struct access_section, ACCESS_SECTIONS) };
	try(accounts_organisation_name(req->db, h->organisation_id, &page->owner));
	try(put_known(req, h, page, section_add(page, req->a, "connu", _("Ce que nous savons de vous"))));
	put_why(v, h, section_add(page, req->a, "pourquoi", _("Pourquoi")));
	try(put_recipients(req, h, page->owner, section_add(page, req->a, "destinataires", _("Qui peut le voir"))));
	try(put_seen(req, h, section_add(page, req->a, "vu", _("Qui l’a vu"))));
	try(put_until(req, h, section_add(page, req->a, "duree", _("Jusqu’à quand"))));
	put_rights(v, section_add(page, req->a, "droits", _("Ce que vous pouvez demander")));
	return OK;
}

enum err access_of_path(struct req *req, struct household *h, struct access_page *page)
{
	i64 organisation;
	try(household_shown(req, "access", h, &organisation));
	req->no_store = true;
	req->v.here = S(PEOPLE_ROUTE);
	try(access_read(req, h, page));
	page->organisation = organisation;
	return OK;
}

enum err access_document(struct req *req, const struct household *h, struct access_page *page)
{
	struct access_row row;
	enum err e = access_of(req->db, h->id, &row);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	str day = day_of(&req->v, row.at);
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
	try(access_of_path(req, &h, &page));
	try(access_document(req, &h, &page));
	page.langs = access_langs(&req->v, &h);
	try(form_stamp(req, HOUSEHOLD_ROUTE "/donnees"));
	return access_html(&req->v, &page);
}

/* ---- JSON ---- */

str access_link_url(const struct view *v, const struct family_link *l)
{
	return str_printf(v->a, "%.*s%.*s", STR_ARG(v->city->public_url), STR_ARG(in_language(v, v->lang, l->path)));
}

static void json_section(struct json *j, const struct view *v, const struct access_section *s)
{
	json_open(j, '{');
	json_member(j, S("sorte"), str_c(s->key));
	json_member(j, S("titre"), s->title);
	json_key(j, S("texte"));
	json_open(j, '[');
	for (size_t i = 0; i < s->lines.n; i++)
		json_str(j, s->lines.v[i]);
	json_close(j, ']');
	if (s->link.path.n)
		json_member(j, S("page"), access_link_url(v, &s->link));
	json_key(j, S("parties"));
	json_open(j, '[');
	for (size_t i = 0; i < s->parts.n; i++) {
		const struct access_part *part = &s->parts.v[i];
		json_open(j, '{');
		json_member(j, S("sorte"), str_c(part->key));
		json_member(j, S("titre"), part->title);
		json_key(j, S("faits"));
		json_open(j, '[');
		for (size_t k = 0; k < part->n; k++) {
			json_open(j, '{');
			json_member(j, S("quoi"), part->v[k].label);
			json_member(j, S("valeur"), part->v[k].value);
			json_close(j, '}');
		}
		json_close(j, ']');
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
}

enum err access_send_json(struct req *req, const struct access_page *page)
{
	struct json j = json_new(&req->out);
	json_open(&j, '[');
	for (size_t i = 0; i < page->sections.n; i++)
		json_section(&j, &req->v, &page->sections.v[i]);
	json_close(&j, ']');
	resp_file(req, S("dossier.json"), true);
	return OK;
}

enum err access_json(struct req *req)
{
	struct household h;
	struct access_page page;
	try(access_of_path(req, &h, &page));
	return access_send_json(req, &page);
}

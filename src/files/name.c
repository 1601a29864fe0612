/* Naming a family: an agent who follows families, or a school, says who it is and for which child. The household is looked for first: a family
 * that may be there already is shown with the reason, and joined by a click, never silently. A school is only shown what it wrote itself. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/code.h"
#include "base/phone.h"
#include "base/utf8.h"
#include "db/id.h"
#include "files/name_html.h"
#include "files/pages.h"
#include "http/session.h"

#include <sodium.h>

#define NEW_ROUTE FILES_ROUTE "/nouveau"
#define SCHOOL_NEW_ROUTE SCHOOL_ROUTE "/nouvelle"
#define FILE_GROUPS 2

struct vault_own file_named_item(struct arena *a, i64 household_id, str key, i64 row_id, str value)
{
	return (struct vault_own){ { str_printf(a, "household:key:%lld", (long long)household_id), key },
		{ str_printf(a, "family_file_child:named:%lld", (long long)row_id), value } };
}

str file_named_words(struct arena *a, str opened)
{
	str given = S(""), family = S(""), child = S("");
	(void)(str_next(&opened, '\n', &given) && str_next(&opened, '\n', &family) && str_next(&opened, '\n', &child));
	return str_printf(a, "%.*s %.*s (%.*s)", STR_ARG(given), STR_ARG(family), STR_ARG(child));
}

static str text_of(const struct req *req, const char *name)
{
	str s = form_text(req, name);
	return s.p ? s : S("");
}

struct naming {
	struct req *req;
	bool by_school, known;                   /* known: this child is in the household already */
	struct file_place_row place;
	struct household fresh, into;            /* into.id: 0 when it is a new one */
	struct person persons[2];                /* adult, child */
	struct sealed_household sealed;
	struct sealed_person person[2];
	i64 row_id, file_id;
	str named, public_id;
};

/* ---- who it may be ---- */

/* Why two households look like one, in words. */
static str why_alike(const struct view *v, const struct household *h, const struct household *other)
{
	for (size_t i = 0; i < other->n; i++)
		if (h->persons[0].phone.n && str_eq(h->persons[0].phone, other->persons[i].phone))
			return _("même téléphone");
	return _("noms proches");
}

struct seeing { struct req *req; struct household *const *v; size_t n; i64 organisation; };

static enum err seen_tx(struct db *db, void *arg)
{
	const struct seeing *s = arg;
	for (size_t i = 0; i < s->n; i++)
		try(household_seen(db, s->req, s->v[i]->id, s->organisation, "alike"));
	return OK;
}

/* To an agent who follows families there: the households, opened. */
static enum err put_alike(struct naming *n, const struct households *alike, struct alike_lines *ret)
{
	struct req *req = n->req;
	struct vault_asker vault = vault_of(req);
	struct household *v[ALIKE_SHOWN];
	size_t shown = 0;
	for (size_t i = 0; i < alike->n && shown < lengthof(v); i++)
		v[shown++] = &alike->v[i];
	try(household_open(&vault, S("perhaps the same family"), v, shown));
	*ret = (struct alike_lines){ .v = arena_many(req->a, struct alike_line, shown + 1) };
	for (; ret->n < shown; ret->n++) {
		str children[PERSONS_MOST];
		size_t k = 0;
		for (size_t i = 0; i < v[ret->n]->n && k < lengthof(children); i++)
			if (v[ret->n]->persons[i].child)
				children[k++] = v[ret->n]->persons[i].given;
		str about = k ? str_printf(req->a, "%.*s : %.*s", STR_ARG(why_alike(&req->v, &n->fresh, v[ret->n])), STR_ARG(str_join(req->a, children, k, S(", "))))
			: why_alike(&req->v, &n->fresh, v[ret->n]);
		ret->v[ret->n] = (struct alike_line){ v[ret->n]->public_id, household_name(req->a, v[ret->n]), about };
	}
	return shown ? db_tx(req->db, seen_tx, &(struct seeing){ req, v, shown, n->place.organisation_id }) : OK;
}

/* To a school: those that it named itself, in its own words; of the others it learns nothing, and an agent will see that they are alike. */
static enum err put_own(struct naming *n, const struct households *alike, struct alike_lines *ret)
{
	struct req *req = n->req;
	struct vault_asker vault = vault_of(req);
	struct file_named_row_list rows;
	struct vault_own items[ALIKE_SHOWN];
	str opened[ALIKE_SHOWN];
	*ret = (struct alike_lines){ .v = arena_many(req->a, struct alike_line, ALIKE_SHOWN) };
	try(file_named_by_school(req->db, n->place.school_id, 1000, 0, &rows));
	for (size_t i = 0; i < rows.n && ret->n < ALIKE_SHOWN; i++)
		for (size_t j = 0; j < alike->n && ret->n < ALIKE_SHOWN; j++)
			if (alike->v[j].id == rows.v[i].root) {
				items[ret->n] = file_named_item(req->a, rows.v[i].household_id, rows.v[i].key_enc, rows.v[i].id, rows.v[i].named_enc);
				ret->v[ret->n++].value = str_printf(req->a, "%lld", (long long)rows.v[i].id);
				break;
			}
	try(ret->n ? vault_open_own(&vault, S("named by this school"), items, ret->n, opened) : OK);
	for (size_t i = 0; i < ret->n; i++) {
		ret->v[i].name = file_named_words(req->a, opened[i]);
		ret->v[i].about = S("");
	}
	return OK;
}

/* The household that was ticked, if it is one of those that were shown. */
static enum err take_into(struct naming *n, const struct alike_lines *shown, str choice)
{
	struct file_named_row_list rows;
	bool there = false;
	for (size_t i = 0; i < shown->n; i++)
		there |= str_eq(shown->v[i].value, choice);
	if (!there)
		return NOT_FOUND;
	if (!n->by_school)
		return household_named(n->req->db, choice, &n->into);
	try(file_named_by_school(n->req->db, n->place.school_id, 1000, 0, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(choice, str_printf(n->req->a, "%lld", (long long)rows.v[i].id)))
			return household_get(n->req->db, rows.v[i].root, &n->into);
	return NOT_FOUND;
}

/* ---- sealing and writing ---- */

static enum err seal_into(struct naming *n, const struct vault_asker *vault)
{
	struct household *h = &n->into;
	str child = utf8_fold(n->req->a, n->persons[1].given);
	try(household_open(vault, S("the same family"), &h, 1));
	for (size_t i = 0; i < h->n && !n->known; i++)
		if (h->persons[i].child && str_eq(utf8_fold(n->req->a, h->persons[i].given), child)) {
			n->persons[1] = h->persons[i];
			n->known = true;
		}
	n->persons[1].household_id = n->known ? n->persons[1].household_id : h->id;
	return n->known ? OK : person_seal(vault, &n->persons[1], h->organisation_id, &n->person[1]);
}

static enum err seal_fresh(struct naming *n, const struct vault_asker *vault)
{
	try(household_seal(vault, &n->fresh, &n->sealed));
	for (size_t i = 0; i < 2; i++) {
		n->persons[i].household_id = n->fresh.id;
		try(person_seal(vault, &n->persons[i], n->fresh.organisation_id, &n->person[i]));
	}
	return OK;
}

static enum err seal(struct naming *n)
{
	struct vault_asker vault = vault_of(n->req);
	str value = str_printf(n->req->a, "%.*s\n%.*s\n%.*s", STR_ARG(n->persons[0].given), STR_ARG(n->persons[0].family), STR_ARG(n->persons[1].given));
	u8 bits[4 * FILE_GROUPS];
	randombytes_buf(bits, sizeof bits);
	n->public_id = code_of_bits(n->req->a, (str){ (const char *)bits, sizeof bits }, FILE_GROUPS);
	n->row_id = id_new();
	n->file_id = id_new();
	try(n->into.id ? seal_into(n, &vault) : seal_fresh(n, &vault));
	const struct household *h = n->into.id ? &n->into : &n->fresh;
	struct vault_own item = file_named_item(n->req->a, h->id, h->key, n->row_id, value);
	return vault_seal_own(&vault, &item, 1, &n->named);
}

static enum err note_people(struct db *db, const struct naming *n)
{
	return audit_write(db, &(struct audit){ .user_id = n->req->session->user_id, .organisation_id = n->place.organisation_id,
		.action = n->into.id ? "person.add" : "household.open", .object = "household", .object_id = n->into.id ? n->into.id : n->fresh.id });
}

static enum err put_people(struct db *db, const struct naming *n)
{
	try(n->known ? OK : note_people(db, n));
	if (n->into.id) {
		try(n->known ? OK : household_touch(db, &n->into));
		return n->known ? OK : person_put(db, &n->person[1]);
	}
	try(household_put(db, &n->sealed));
	try(person_put(db, &n->person[0]));
	return person_put(db, &n->person[1]);
}

/* The household's file in the campaign, or a new one. */
static enum err put_file(struct db *db, struct naming *n, i64 household_id, i64 at)
{
	struct family_file_row row;
	enum err e = file_of_household(db, n->place.campaign_id, household_id, &row);
	str day = date_iso(db_arena(db), today_paris());
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == NOT_FOUND) {
		try(file_insert(db, n->file_id, n->public_id, n->place.campaign_id, household_id, n->place.wave_id, day, at));
		return file_event_put(db, id_new(), n->file_id, S("named"), S(""), S("identified"), day, S(""), n->req->session->user_id, at);
	}
	n->file_id = row.id;
	n->public_id = row.public_id;
	try(file_touch(db, row.id, row.version));
	return file_event_put(db, id_new(), row.id, S("named"), row.state, row.state, day, S(""), n->req->session->user_id, at);
}

static enum err name_tx(struct db *db, void *arg, str *ret_path)
{
	struct naming *n = arg;
	i64 household = n->into.id ? n->into.id : n->fresh.id, at = now_ms(), from = n->place.organisation_id;
	struct school_organisation_row o;
	try(put_people(db, n));
	try(put_file(db, n, household, at));
	if (n->by_school) {
		try(school_organisation_of(db, n->place.school_id, &o));
		from = o.id;
	}
	try(file_child_put(db, n->row_id, n->file_id, household, n->persons[1].id, n->place.school_id, text_of(n->req, "classe"), n->named, n->by_school, from,
		n->req->session->user_id, at));
	*ret_path = n->by_school ? str_printf(db_arena(db), "/agent/ecole/%.*s/familles?fait=1", STR_ARG(n->place.uai))
		: str_printf(db_arena(db), "/agent/campagnes/%lld/dossiers/%.*s?fait=nommee", (long long)n->place.campaign_id, STR_ARG(n->public_id));
	return audit_write(db, &(struct audit){ .user_id = n->req->session->user_id, .organisation_id = from, .action = "file.name", .object = "file",
		.object_id = n->file_id, .detail = n->into.id ? S("known") : S("new") });
}

/* ---- the form ---- */

static void read_naming(struct naming *n)
{
	struct req *req = n->req;
	struct phone phone;
	bool called = phone_read(text_of(req, "telephone"), &phone) == PHONE_OK;
	n->persons[0] = (struct person){ .given = text_of(req, "prenom"), .family = text_of(req, "nom"), .mail = S(""), .school = S(""), .class_ = S(""),
		.phone = called ? str_copy(req->a, str_c(phone.e164)) : S(""), .language = S(""), .channel = called ? S("phone") : S("") };
	n->persons[1] = (struct person){ .child = true, .given = text_of(req, "enfant"), .family = S(""), .phone = S(""), .mail = S(""),
		.school = n->place.school, .class_ = text_of(req, "classe"), .language = S(""), .channel = S("") };
	n->fresh = (struct household){ .organisation_id = n->place.organisation_id, .address = S(""), .district_code = S(""), .district = S(""),
		.priority_area_code = S(""), .priority_area = S(""), .areas_on = S(""), .school = true, .origin = n->by_school ? S("school") : S("partner"),
		.persons = n->persons, .n = 2 };
}

static str place_value(struct arena *a, const struct file_place_row *r)
{
	return str_printf(a, "%lld:%lld", (long long)r->wave_id, (long long)r->school_id);
}

static void put_places(struct req *req, const struct file_place_row_list *rows, bool by_school, struct place_options *ret)
{
	const struct view *v = &req->v;
	*ret = (struct place_options){ .v = arena_many(req->a, struct place_option, rows->n + 1) };
	for (; ret->n < rows->n; ret->n++) {
		const struct file_place_row *r = &rows->v[ret->n];
		str value = place_value(req->a, r), number = number_shown(v->a, v->lang, r->number);
		ret->v[ret->n] = (struct place_option){ value, by_school ? _f("{1}, vague {2}", r->campaign, number) : _f("{1}, vague {2}", r->school, number),
			str_eq(value, text_of(req, "ou")) };
	}
}

static enum err show(struct naming *n, const struct file_place_row_list *rows, struct name_page *page)
{
	struct req *req = n->req;
	const struct view *v = &req->v;
	page->form = req->form;
	page->by_school = n->by_school;
	page->title = n->by_school ? _("Nommer une famille") : _("Ouvrir le dossier d’une famille");
	page->back = str_slice(req->path, 0, req->path.n - strlen(n->by_school ? "/nouvelle" : "/nouveau"));
	page->path = req->path;
	req->no_store = true;
	req->v.here = n->by_school ? S("/agent/ecole") : S("/agent/campagnes");
	put_places(req, rows, n->by_school, &page->places);
	try(form_stamp(req, n->by_school ? SCHOOL_NEW_ROUTE : NEW_ROUTE));
	return file_name_html(&req->v, page);
}

static enum err places(struct naming *n, struct file_place_row_list *ret)
{
	struct campaign c;
	struct school s;
	if (n->by_school) {
		try(school_by_uai(n->req->db, req_param(n->req, "ecole"), &s));
		return file_places_of_school(n->req->db, s.id, ret);
	}
	try(campaign_of(n->req, &c));
	return file_places(n->req->db, c.id, ret);
}

static void check(struct naming *n, const struct file_place_row_list *rows)
{
	struct req *req = n->req;
	const struct view *v = &req->v;
	str chosen = text_of(req, "ou");
	bool there = false;
	for (size_t i = 0; i < rows->n && !there; i++)
		if (rows->n == 1 || str_eq(chosen, place_value(req->a, &rows->v[i]))) {
			n->place = rows->v[i];
			there = true;
		}
	if (!there)
		form_fail(req, "ou", _("Choisissez l’école et la vague."));
	if (form_given(req, "prenom") && !name_findable(req->a, form_text(req, "prenom")))
		form_fail(req, "prenom", _("Écrivez ce prénom en lettres latines : il ne pourrait pas être retrouvé autrement."));
	if (form_given(req, "nom") && !name_findable(req->a, form_text(req, "nom")))
		form_fail(req, "nom", _("Écrivez ce nom en lettres latines : il ne pourrait pas être retrouvé autrement."));
}

/* Looks for the household; says at the form what must be chosen. */
static enum err look(struct naming *n, struct alike_lines *ret)
{
	struct req *req = n->req;
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct households alike;
	str choice = text_of(req, "famille");
	try(people_alike(req->db, &vault, &n->fresh, &alike));
	try(n->by_school ? put_own(n, &alike, ret) : put_alike(n, &alike, ret));
	for (size_t i = 0; i < ret->n; i++)
		ret->v[i].chosen = str_eq(choice, ret->v[i].value);
	if (!ret->n || str_eq(choice, S("autre")))
		return OK;
	enum err e = take_into(n, ret, choice);
	if (e == NOT_FOUND)
		form_fail(req, "famille", _("Cette famille est peut-être déjà là. Dites si c’est elle, ou si c’en est une autre."));
	return e == NOT_FOUND ? OK : e;
}

static enum err name_post(struct naming *n)
{
	struct req *req = n->req;
	const struct view *v = &req->v;
	struct name_page page = { .by_school = n->by_school };
	struct file_place_row_list rows;
	try(places(n, &rows));
	check(n, &rows);
	read_naming(n);
	if (form_ok(req))
		try(look(n, &page.alike));
	if (form_ok(req)) {
		try(seal(n));
		enum err e = post_once(req, name_tx, n);
		if (e != CONFLICT)
			return e;
		form_fail(req, "prenom", _("Quelqu’un vient de changer le dossier de cette famille. Envoyez à nouveau."));
	}
	form_refused(req);
	return show(n, &rows, &page);
}

static enum err name_form(struct naming *n)
{
	struct name_page page = { .by_school = n->by_school };
	struct file_place_row_list rows;
	n->req->form->n_errors = 0;
	try(places(n, &rows));
	return show(n, &rows, &page);
}

enum err file_name_form(struct req *req) { return name_form(&(struct naming){ .req = req }); }
enum err file_name_post(struct req *req) { return name_post(&(struct naming){ .req = req }); }
enum err school_name_form(struct req *req) { return name_form(&(struct naming){ .req = req, .by_school = true }); }
enum err school_name_post(struct req *req) { return name_post(&(struct naming){ .req = req, .by_school = true }); }

/* ---- what a school has named ---- */

enum err school_named_index(struct req *req)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct school s;
	struct file_named_row_list rows;
	struct file_place_row_list open;
	struct vault_own items[FILES_A_PAGE];
	str opened[FILES_A_PAGE];
	i64 all, number = form_int(req, "page", 1);
	req->form->n_errors = 0;
	try(school_by_uai(req->db, req_param(req, "ecole"), &s));
	try(file_places_of_school(req->db, s.id, &open));
	try(file_named_count(req->db, s.id, &all));
	try(file_named_by_school(req->db, s.id, FILES_A_PAGE, (number - 1) * FILES_A_PAGE, &rows));
	struct named_page page = { .form = req->form, .uai = s.uai, .school = s.name, .may = open.n > 0, .saved = form_given(req, "fait") ? S("1") : S(""),
		.v = arena_many(req->a, struct named_line, rows.n + 1) };
	for (size_t i = 0; i < rows.n; i++)
		items[i] = file_named_item(req->a, rows.v[i].household_id, rows.v[i].key_enc, rows.v[i].id, rows.v[i].named_enc);
	try(rows.n ? vault_open_own(&vault, S("named by this school"), items, rows.n, opened) : OK);
	for (; page.n < rows.n; page.n++) {
		enum file_state state = FS_IDENTIFIED;
		(void)file_state_of(rows.v[page.n].state, &state);
		page.v[page.n] = (struct named_line){ file_named_words(req->a, opened[page.n]), rows.v[page.n].class, date_shown(v, paris_of_ms(rows.v[page.n].at).date),
			tr(v->lang, file_states[state].plain) };
	}
	str path = in_language(v, v->lang, str_printf(req->a, "/agent/ecole/%.*s/familles", STR_ARG(s.uai)));
	page.pager = pager_of(number, all, FILES_A_PAGE, str_printf(req->a, "%.*s?page=%lld", STR_ARG(path), (long long)number - 1),
		str_printf(req->a, "%.*s?page=%lld", STR_ARG(path), (long long)number + 1));
	req->no_store = true;
	req->v.here = S("/agent/ecole");
	return school_named_html(&req->v, &page);
}

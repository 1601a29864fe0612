/* Changing a household and its persons. Two agents at once: the second is told, and reads again before writing. */
#include "people/change.h"

#include "audit/audit.h"
#include "base/phone.h"
#include "base/timex.h"
#include "http/session.h"
#include "people/change_html.h"
#include "people/pages.h"

#define EDIT_ROUTE HOUSEHOLD_ROUTE "/modifier"
#define NEW_PERSON_ROUTE HOUSEHOLD_ROUTE "/personne"
#define PERSON_ROUTE HOUSEHOLD_ROUTE "/personne/:personne"

/* ---- reading forms ---- */

str text_of(const struct req *req, const char *name)
{
	str s = form_text(req, name);
	return s.p ? s : S("");
}

void home_of_form(struct req *req, struct household *h)
{
	h->address = text_of(req, "adresse");
	h->school = form_has(req, "motifs", S("ecole"));
	h->rights = form_has(req, "motifs", S("droits"));
	h->origin = text_of(req, "origine");
	if (!h->notice_at.set && form_bool(req, "informee"))
		h->notice_at = (struct opt_i64){ now_ms(), true };
}

struct person adult_of_form(struct req *req)
{
	struct phone phone;
	bool known = phone_read(text_of(req, "telephone"), &phone) == PHONE_OK;
	return (struct person){ .given = text_of(req, "prenom"), .family = text_of(req, "nom"), .birth_year = form_int(req, "annee", 0),
		.phone = known ? str_copy(req->a, str_c(phone.e164)) : S(""), .mail = text_of(req, "courriel"), .school = S(""), .class_ = S(""),
		.language = text_of(req, "langue"), .channel = text_of(req, "joindre") };
}

void names_refused(struct req *req, const struct person *p, const char *field)
{
	const struct view *v = &req->v;
	if (p->given.n && !name_findable(req->a, p->given))
		form_fail(req, field, _("Écrivez ce prénom en lettres latines : il ne pourrait pas être retrouvé autrement."));
	if (p->family.n && !name_findable(req->a, p->family))
		form_fail(req, "nom", _("Écrivez ce nom en lettres latines : il ne pourrait pas être retrouvé autrement."));
}

static struct person person_of_form(struct req *req, bool child)
{
	if (!child)
		return adult_of_form(req);
	return (struct person){ .child = true, .given = text_of(req, "prenom"), .family = S(""), .birth_year = form_int(req, "annee", 0), .phone = S(""),
		.mail = S(""), .school = text_of(req, "ecole"), .class_ = text_of(req, "classe"), .language = S(""), .channel = S("") };
}

/* ---- filling forms ---- */

static void fill(struct form *f, const char *name, str value)
{
	for (size_t i = 0; i < f->spec->n; i++)
		if (!strcmp(f->spec->fields[i].name, name))
			f->values[i].text = value;
}

static struct form *empty_form(struct req *req)
{
	struct form *f = arena_one(req->a, struct form);
	*f = (struct form){ .spec = req->route->form, .values = arena_many(req->a, struct form_value, req->route->form->n) };
	return f;
}

static void fill_motifs(struct req *req, struct form *f, const struct household *h)
{
	str *many = arena_many(req->a, str, 2);
	size_t n = 0;
	if (h->school)
		many[n++] = S("ecole");
	if (h->rights)
		many[n++] = S("droits");
	for (size_t i = 0; i < f->spec->n; i++)
		if (!strcmp(f->spec->fields[i].name, "motifs"))
			f->values[i].many = many, f->values[i].n_many = n;
}

static str number(struct arena *a, i64 n)
{
	return n ? str_printf(a, "%lld", (long long)n) : S("");
}

static struct form *form_of_person(struct req *req, const struct person *p)
{
	struct form *f = empty_form(req);
	const struct { const char *name; str value; } values[] = {
		{ "prenom", p->given }, { "nom", p->family }, { "annee", number(req->a, p->birth_year) }, { "telephone", phone_grouped(req->a, p->phone) },
		{ "courriel", p->mail }, { "langue", p->language }, { "joindre", p->channel }, { "classe", p->class_ }, { "ecole", p->school },
	};
	for (size_t i = 0; i < lengthof(values); i++)
		fill(f, values[i].name, values[i].value);
	return f;
}

/* ---- the household ---- */

/* The version that the page showed: writing over another is refused in the transaction, so that a form sent twice counts once. */
static i64 version_shown(struct req *req)
{
	i64 version = 0;
	return str_i64(form_text(req, "version"), &version) && version > 0 ? version : -1;
}

enum err household_past_opened(struct req *req, const struct household *h, struct household *ret, i64 *ret_at)
{
	struct vault_asker vault = vault_of(req);
	try(household_before(req->db, h, ret, ret_at));
	ret->n = 0;                              /* its persons have pasts of their own */
	return household_open(&vault, S("before a change"), &(struct household *const){ ret }, 1);
}

static str grounds(const struct view *v, const struct household *h)
{
	return h->school && h->rights ? _("continuité scolaire, accès aux droits") : h->school ? _("continuité scolaire") : _("accès aux droits");
}

static enum err show_edit(struct req *req, const struct household *h, const struct form *form)
{
	struct edit_page_of page = { .form = form, .h = h, .name = household_name(req->a, h), .path = household_path(req->a, h, "") };
	const struct view *v = &req->v;
	struct household past;
	i64 at = 0;
	enum err e = household_past_opened(req, h, &past, &at);
	if (e == OK) {
		page.before = str_printf(req->a, "%.*s, %.*s", STR_ARG(past.address.n ? past.address : _("pas d’adresse")), STR_ARG(grounds(v, &past)));
		page.before_day = people_day(v, at);
	} else if (e != NOT_FOUND) {
		return e;
	}
	req->v.here = S(PEOPLE_ROUTE);
	try(form_stamp(req, EDIT_ROUTE));
	return household_edit_html(&req->v, &page);
}

enum err household_edit_form(struct req *req)
{
	struct household h;
	i64 organisation;
	try(household_shown(req, "edit", &h, &organisation));
	struct form *f = empty_form(req);
	fill(f, "adresse", h.address);
	fill(f, "origine", h.origin);
	fill(f, "informee", h.notice_at.set ? S("1") : S(""));
	fill_motifs(req, f, &h);
	return show_edit(req, &h, f);
}

struct editing { struct req *req; struct sealed_household sealed; struct audit line; };

static enum err edit_tx(struct db *db, void *arg, str *ret_path)
{
	struct editing *e = arg;
	*ret_path = household_path(e->req->a, e->sealed.h, "?fait=1");
	try(household_put(db, &e->sealed));
	return audit_write(db, &e->line);
}

static void refuse_late(struct req *req, const char *field)
{
	const struct view *v = &req->v;
	form_fail(req, field, _("Quelqu’un a changé ce dossier pendant que vous écriviez. Rouvrez-le dans un autre onglet, puis enregistrez si c’est encore juste."));
	form_refused(req);
	req->status = 409;
}

/* The household as it is to be written: what was typed, or what was there before; only the district is worked out anew. */
static enum err next_household(struct req *req, bool back, struct household *h)
{
	struct household past;
	i64 at;
	bool known;
	str before = h->address;
	if (back) {
		try(household_past_opened(req, h, &past, &at));
		h->address = past.address;
		h->school = past.school;
		h->rights = past.rights;
		h->origin = past.origin;
	} else {
		home_of_form(req, h);
	}
	return str_eq(before, h->address) ? OK : household_locate(req->db, h, &known);
}

enum err household_edit_post(struct req *req)
{
	struct household h;
	i64 organisation;
	struct vault_asker vault = vault_of(req);
	struct editing e = { .req = req };
	bool back = str_eq(form_text(req, "geste"), S("avant")), good = back || form_ok(req);
	try(household_shown(req, "edit", &h, &organisation));
	enum err done = OK;
	if (good) {
		h.version = version_shown(req);
		try(next_household(req, back, &h));
		try(household_seal(&vault, &h, &e.sealed));
		e.line = household_line(req, &h, organisation, "household.edit", back ? S("back=1") : S(""));
		done = post_once(req, edit_tx, &e);
	}
	if (done != CONFLICT && good)
		return done;
	if (done == CONFLICT)
		refuse_late(req, "adresse");
	else
		form_refused(req);
	return show_edit(req, &h, req->form);
}

/* ---- persons ---- */

enum err person_past_opened(struct req *req, const struct household *h, const struct person *p, struct person *ret, i64 *ret_at)
{
	struct vault_asker vault = vault_of(req);
	struct household alone = *h;
	try(person_before(req->db, p, ret, ret_at));
	alone.persons = ret;
	alone.n = 1;
	return household_open(&vault, S("before a change"), &(struct household *const){ &alone }, 1);
}

static enum err put_before(struct req *req, const struct household *h, const struct person *p, struct person_page *page)
{
	struct person past;
	i64 at;
	enum err e = person_past_opened(req, h, p, &past, &at);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	str name = str_trim(str_printf(req->a, "%.*s %.*s", STR_ARG(past.given), STR_ARG(past.family)));
	str parts[] = { name, person_about(&req->v, &past), phone_grouped(req->a, past.phone), past.mail }, some[lengthof(parts)];
	size_t n = 0;
	for (size_t i = 0; i < lengthof(parts); i++)
		if (parts[i].n)
			some[n++] = parts[i];
	page->before = str_join(req->a, some, n, S(", "));
	page->before_day = people_day(&req->v, at);
	return OK;
}

static enum err show_person(struct req *req, const struct household *h, const struct person *p, bool child, const struct form *form)
{
	const struct view *v = &req->v;
	struct person_page page = { .form = form, .h = h, .name = household_name(req->a, h), .path = household_path(req->a, h, ""), .child = child, .fresh = !p };
	page.action = p ? str_printf(req->a, "%.*s/personne/%.*s", STR_ARG(page.path), STR_ARG(p->public_id)) : str_printf(req->a, "%.*s/personne",
		STR_ARG(page.path));
	page.title = p ? _f("Modifier : {1}", p->given) : child ? _("Ajouter un enfant") : _("Ajouter un adulte");
	if (p)
		try(put_before(req, h, p, &page));
	if (child && known_schools)
		try(known_schools->all(req->db, SCHOOLS_PROPOSED, &page.schools));
	req->v.here = S(PEOPLE_ROUTE);
	try(form_stamp(req, p ? PERSON_ROUTE : NEW_PERSON_ROUTE));
	return person_html(&req->v, &page);
}

struct person_change { struct req *req; const struct household *h; struct sealed_person sealed; struct audit line; };

static enum err person_tx(struct db *db, void *arg, str *ret_path)
{
	struct person_change *c = arg;
	*ret_path = household_path(c->req->a, c->h, "?fait=1");
	try(household_touch(db, c->h));
	try(person_put(db, &c->sealed));
	return audit_write(db, &c->line);
}

static enum err write_person(struct req *req, const struct household *h, i64 organisation, struct person *p, const char *action)
{
	struct vault_asker vault = vault_of(req);
	struct person_change c = { .req = req, .h = h, .line = household_line(req, h, organisation, action, S("")) };
	p->household_id = h->id;
	try(person_seal(&vault, p, h->organisation_id, &c.sealed));
	return post_once(req, person_tx, &c);
}

static void check_person(struct req *req, const struct household *h, bool child, bool fresh)
{
	const struct view *v = &req->v;
	if (!child && !form_given(req, "nom"))
		form_fail(req, "nom", _("Écrivez le nom de cet adulte."));
	if (fresh && h->n >= PERSONS_MOST)
		form_fail(req, "prenom", _("Ce foyer a déjà vingt personnes."));
}

enum err person_new_form(struct req *req)
{
	struct household h;
	i64 organisation;
	try(household_shown(req, "edit", &h, &organisation));
	req->form->n_errors = 0;
	return show_person(req, &h, NULL, str_eq(form_text(req, "sorte"), S("enfant")), req->form);
}

enum err person_new_post(struct req *req)
{
	struct household h;
	i64 organisation;
	bool child = str_eq(form_text(req, "sorte"), S("enfant"));
	try(household_shown(req, "edit", &h, &organisation));
	check_person(req, &h, child, true);
	struct person p = person_of_form(req, child);
	names_refused(req, &p, "prenom");
	enum err e = form_ok(req) ? write_person(req, &h, organisation, &p, "person.add") : OK;
	if (e != CONFLICT && form_ok(req))
		return e;
	if (e == CONFLICT)
		refuse_late(req, "prenom");
	else
		form_refused(req);
	return show_person(req, &h, NULL, child, req->form);
}

static struct person *person_of_path(struct req *req, struct household *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (str_eq(h->persons[i].public_id, req_param(req, "personne")))
			return &h->persons[i];
	return NULL;
}

enum err person_edit_form(struct req *req)
{
	struct household h;
	i64 organisation;
	try(household_shown(req, "edit", &h, &organisation));
	struct person *p = person_of_path(req, &h);
	return p ? show_person(req, &h, p, p->child, form_of_person(req, p)) : NOT_FOUND;
}

/* The person as it is to be written: what was typed, or what was there before. */
static enum err next_person(struct req *req, const struct household *h, const struct person *p, bool back, struct person *ret)
{
	i64 at;
	if (back)
		return person_past_opened(req, h, p, ret, &at);
	*ret = person_of_form(req, p->child);
	ret->id = p->id;
	ret->public_id = p->public_id;
	ret->key = p->key;
	ret->created_at = p->created_at;
	return OK;
}

enum err person_edit_post(struct req *req)
{
	struct household h;
	struct person next;
	i64 organisation;
	bool back = str_eq(form_text(req, "geste"), S("avant"));
	try(household_shown(req, "edit", &h, &organisation));
	struct person *p = person_of_path(req, &h);
	if (!p)
		return NOT_FOUND;
	if (!back) {
		struct person typed = person_of_form(req, p->child);
		check_person(req, &h, p->child, false);
		names_refused(req, &typed, "prenom");
	}
	bool good = back || form_ok(req);
	enum err e = OK;
	if (good) {
		h.version = version_shown(req);
		try(next_person(req, &h, p, back, &next));
		e = write_person(req, &h, organisation, &next, "person.edit");
	}
	if (e != CONFLICT && good)
		return e;
	if (e == CONFLICT)
		refuse_late(req, "prenom");
	else
		form_refused(req);
	return show_person(req, &h, p, p->child, req->form);
}

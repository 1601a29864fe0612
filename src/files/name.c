/* Naming a family: an agent who follows families, or a school, says who it is and for which child. The household is looked for first: a family
 * that may be there already is shown with the reason, and joined by a click, never silently. A school is only shown what it wrote itself. */
#include "accounts/accounts.h"
#include "base/phone.h"
#include "files/name_html.h"
#include "files/pages.h"
#include "http/session.h"

#define NEW_ROUTE FILES_ROUTE "/nouveau"
#define SCHOOL_NEW_ROUTE SCHOOL_ROUTE "/nouvelle"

static str text_of(const struct req *req, const char *name)
{
	str s = form_text(req, name);
	return s.p ? s : S("");
}

struct naming {
	struct req *req;
	bool by_school;
	struct file_naming f;
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
		str about = k ? str_printf(req->a, "%.*s : %.*s", STR_ARG(why_alike(&req->v, &n->f.fresh, v[ret->n])), STR_ARG(str_join(req->a, children, k, S(", "))))
			: why_alike(&req->v, &n->f.fresh, v[ret->n]);
		ret->v[ret->n] = (struct alike_line){ v[ret->n]->public_id, household_name(req->a, v[ret->n]), about };
	}
	return shown ? db_tx(req->db, seen_tx, &(struct seeing){ req, v, shown, n->f.place.organisation_id }) : OK;
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
	try(file_named_by_school(req->db, n->f.place.school_id, 1000, 0, &rows));
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
		return household_named(n->req->db, choice, &n->f.into);
	try(file_named_by_school(n->req->db, n->f.place.school_id, 1000, 0, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(choice, str_printf(n->req->a, "%lld", (long long)rows.v[i].id)))
			return household_get(n->req->db, rows.v[i].root, &n->f.into);
	return NOT_FOUND;
}

/* Opened at the door of a meeting (src/meetings), it goes back there to be noted as come. */
static enum err name_tx(struct db *db, void *arg, str *ret_path)
{
	struct naming *n = arg;
	struct file_naming *f = &n->f;
	i64 meeting;
	try(file_naming_put(db, f));
	if (!f->by_school && str_i64(text_of(n->req, "reunion"), &meeting)) {
		*ret_path = str_printf(db_arena(db), "/agent/campagnes/%lld/reunions/%lld/presence?dossier=%.*s", (long long)f->place.campaign_id,
			(long long)meeting, STR_ARG(f->public_id));
		return OK;
	}
	const char *done = !f->made_row ? "deja" : f->persons[0].phone.n ? "nommee" : "sans-numero";
	*ret_path = f->by_school ? str_printf(db_arena(db), "/agent/ecole/%.*s/familles?fait=%s", STR_ARG(f->place.uai), done)
		: str_printf(db_arena(db), "/agent/campagnes/%lld/dossiers/%.*s?fait=nommee", (long long)f->place.campaign_id, STR_ARG(f->public_id));
	return OK;
}

/* ---- the form ---- */

static void read_naming(struct naming *n)
{
	struct req *req = n->req;
	struct phone phone;
	bool called = phone_read(text_of(req, "telephone"), &phone) == PHONE_OK;
	n->f.by_school = n->by_school;
	n->f.user_id = req->session->user_id;
	n->f.class_ = file_of_adults(&n->f.place) ? S("") : text_of(req, "classe");
	file_naming_people(&n->f, (struct person){ .given = text_of(req, "prenom"), .family = text_of(req, "nom"),
		.phone = called ? str_copy(req->a, str_c(phone.e164)) : S("") }, (struct person){ .given = text_of(req, "enfant") });
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

static bool all_adults(const struct file_place_row_list *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (!file_of_adults(&rows->v[i]))
			return false;
	return rows->n > 0;
}

static enum err show(struct naming *n, const struct file_place_row_list *rows, struct name_page *page)
{
	struct req *req = n->req;
	const struct view *v = &req->v;
	page->form = req->form;
	page->by_school = n->by_school;
	page->adults = all_adults(rows);
	page->title = n->by_school ? _("Nommer une famille") : _("Ouvrir le dossier d’une famille");
	page->back = str_slice(req->path, 0, req->path.n - strlen(n->by_school ? "/nouvelle" : "/nouveau"));
	page->path = req->path;
	page->meeting = text_of(req, "reunion");
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
			n->f.place = rows->v[i];
			there = true;
		}
	if (!there)
		form_fail(req, "ou", _("Choisissez l’école et la vague."));
	bool child = there && !file_of_adults(&n->f.place);
	if (child && !form_given(req, "enfant"))
		form_fail(req, "enfant", _("Écrivez le prénom de l’enfant."));
	if (child && !form_given(req, "classe"))
		form_fail(req, "classe", _("Choisissez la classe."));
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
	try(people_alike(req->db, &vault, &n->f.fresh, &alike));
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
		struct vault_asker vault = vault_of(req);
		try(file_naming_seal(&vault, &n->f));
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

/* What was just done. */
static str named_words(const struct view *v, str code)
{
	static const struct choice done[] = { { "nommee", N_("C’est enregistré. La ville appellera la famille.") },
		{ "sans-numero",
			N_("C’est enregistré, sans téléphone : la ville vous demandera comment joindre la famille. Si vous avez un numéro, retirez-la et nommez-la avec lui.") },
		{ "deja", N_("Cet enfant était déjà nommé par votre école : rien n’a été ajouté.") },
		{ "retiree", N_("C’est retiré. La ville n’appellera pas cette famille de votre part.") },
		{ "trop-tard", N_("La ville s’occupe déjà de cette famille : dites-lui ce qui est faux, elle le corrigera.") }, { NULL, NULL } };
	for (const struct choice *c = done; c->value; c++)
		if (str_eq(code, str_c(c->value)))
			return tr_here(v, c->label);
	return S("");
}

/* A school that reads how far a family is has seen its file: the family can read that too. */
static enum err write_down(struct req *req, i64 school_id, const struct file_named_row_list *rows)
{
	struct school_organisation_row own;
	i64 roots[FILES_A_PAGE];
	size_t n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		size_t k = 0;
		while (k < n && roots[k] != rows->v[i].root)
			k++;
		roots[k] = rows->v[i].root;
		n += k == n;
	}
	try(school_organisation_of(req->db, school_id, &own));
	return households_seen(req, own.id, roots, n, "school");
}

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
	struct named_page page = { .form = req->form, .uai = s.uai, .school = s.name, .may = open.n > 0, .saved = named_words(v, text_of(req, "fait")),
		.v = arena_many(req->a, struct named_line, rows.n + 1) };
	for (size_t i = 0; i < rows.n; i++)
		items[i] = file_named_item(req->a, rows.v[i].household_id, rows.v[i].key_enc, rows.v[i].id, rows.v[i].named_enc);
	try(rows.n ? vault_open_own(&vault, S("named by this school"), items, rows.n, opened) : OK);
	try(write_down(req, s.id, &rows));
	for (; page.n < rows.n; page.n++) {
		enum file_state state = FS_IDENTIFIED;
		(void)file_state_of(rows.v[page.n].state, &state);
		page.v[page.n] = (struct named_line){ rows.v[page.n].id,
			file_named_words(req->a, opened[page.n]), rows.v[page.n].class, date_shown(v, paris_of_ms(rows.v[page.n].at).date),
			tr_here(v, file_states[state].plain), state == FS_IDENTIFIED };
	}
	str path = in_language(v, v->lang, str_printf(req->a, "/agent/ecole/%.*s/familles", STR_ARG(s.uai)));
	page.pager = pager_of(number, all, FILES_A_PAGE, str_printf(req->a, "%.*s?page=%lld", STR_ARG(path), (long long)number - 1),
		str_printf(req->a, "%.*s?page=%lld", STR_ARG(path), (long long)number + 1));
	req->no_store = true;
	req->v.here = S("/agent/ecole");
	try(form_stamp(req, SCHOOL_ROUTE));
	return school_named_html(&req->v, &page);
}

/* A pile of paper signed at a meeting is keyed on one page: the acts of a school or of a meeting that are not signed by all, four ticks each; what
 * is the same on every sheet is said once. What is written down is a batch (lot.c), which says of each act what was noted and is taken back whole. */
#include "charter/bulk.h"

#include "charter/bulk_html.h"
#include "db/id.h"
#include "http/form_kinds.h"
#include "http/session.h"
#include "schools/schools.h"

#define BULK_ROUTE CHARTER_ROUTE "/signatures"

/* The four who sign a pile; an establishment signs on the page of each charter. */
#define PILE_ROLES (CR_ASSOCIATION + 1)
static const char *const ticks[PILE_ROLES] = { "s_famille", "s_ville", "s_ecole", "s_association" };

/* ---- which pile ---- */

str charter_wave_words(const struct view *v, const struct wave *w)
{
	str n = number_shown(v->a, v->lang, w->number);
	return w->f[W_TITLE].n ? _f("vague {1}, {2}", n, w->f[W_TITLE]) : _f("vague {1}", n);
}

static enum err take_wave(struct charter_pile *p)
{
	struct waves waves;
	if (!form_given(p->req, "vague"))
		return OK;
	p->wave_id = -1;
	try(waves_of(p->req->db, p->c.id, &waves));
	for (size_t i = 0; i < waves.n; i++)
		if (str_eq(form_text(p->req, "vague"), str_printf(p->req->a, "%lld", (long long)waves.v[i].id)))
			p->wave_id = waves.v[i].id;
	return OK;
}

enum err charter_pile_of(struct req *req, struct charter_pile *ret)
{
	struct charter_meeting_row_list meetings;
	struct school s;
	i64 id = 0;
	*ret = (struct charter_pile){ .req = req, .day = S("") };
	try(campaign_of(req, &ret->c));
	if (form_given(req, "ecole")) {
		enum err e = school_by_uai(req->db, form_text(req, "ecole"), &s);
		if (e != OK && e != NOT_FOUND)
			return e;
		ret->school_id = e == OK ? s.id : -1;
	}
	try(take_wave(ret));
	if (!form_given(req, "reunion"))
		return OK;
	ret->meeting_id = -1;
	try(charter_meetings(req->db, ret->c.id, &meetings));
	for (size_t i = 0; i < meetings.n && str_i64(form_text(req, "reunion"), &id); i++)
		if (meetings.v[i].id == id) {
			ret->meeting_id = id;
			ret->day = meetings.v[i].day;
		}
	return OK;
}

str charter_pile_query(const struct req *req)
{
	static const char *const names[] = { "ecole", "reunion", "vague", NULL };
	return fields_query(req, names);
}

enum err charter_pile_choices(struct charter_pile *p, struct charter_pile_choices *ret)
{
	struct req *req = p->req;
	const struct view *v = &req->v;
	struct charter_school_row_list schools;
	struct charter_meeting_row_list meetings;
	struct waves waves;
	try(waves_of(req->db, p->c.id, &waves));
	try(charter_schools(req->db, p->c.id, &schools));
	try(charter_meetings(req->db, p->c.id, &meetings));
	*ret = (struct charter_pile_choices){ { arena_many(req->a, struct option, schools.n + 1), 0 }, { arena_many(req->a, struct option, meetings.n + 1), 0 },
		{ arena_many(req->a, struct option, waves.n + 1), 0 } };
	for (size_t i = 0; waves.n > 1 && i < waves.n; i++)
		ret->waves.v[ret->waves.n++] = (struct option){ str_printf(req->a, "%lld", (long long)waves.v[i].id).p, charter_wave_words(v, &waves.v[i]),
			waves.v[i].id == p->wave_id };
	for (size_t i = 0; i < schools.n; i++)
		ret->schools.v[ret->schools.n++] = (struct option){ str_z(req->a, schools.v[i].uai), schools.v[i].school,
			str_eq(schools.v[i].uai, form_text(req, "ecole")) };
	for (size_t i = 0; i < meetings.n; i++) {
		const struct charter_meeting_row *m = &meetings.v[i];
		str where = m->place.n ? m->place : m->school.p ? school_short(m->school) : S("");
		ret->meetings.v[ret->meetings.n++] = (struct option){ str_printf(req->a, "%lld", (long long)m->id).p,
			_f("{1}, {2}", iso_date_shown(v, m->day), where), m->id == p->meeting_id };
	}
	return OK;
}

/* ---- the page ---- */

static str typed(const struct req *req, i64 act_id, str otherwise)
{
	const char *name = str_printf(req->a, "nom_%lld", (long long)act_id).p;
	str was = req->method == POST ? pairs_get(&req->body, name) : (str){ 0 };
	return was.p ? field_clean(req->a, was, false) : otherwise;
}

/* Who signs for a family, most often: its first adult. */
static str parent_of(struct arena *a, const struct household *h)
{
	struct household first = *h;
	first.n = h->n ? 1 : 0;
	return household_name(a, &first);
}

static enum err put_lines(struct charter_pile *p, i64 number, struct charter_bulk_page *page)
{
	struct req *req = p->req;
	const struct view *v = &req->v;
	struct charter_unsigned_row_list rows;
	struct household h[BULK_A_PAGE];
	i64 roots[BULK_A_PAGE];
	bool all = str_eq(form_text(req, "geste"), S("cocher"));
	try(charter_unsigned(req->db, p->c.id, p->school_id, p->meeting_id, p->wave_id, BULK_A_PAGE, (number - 1) * BULK_A_PAGE, &rows));
	for (size_t i = 0; i < rows.n; i++)
		roots[i] = rows.v[i].root;
	try(households_shown(req, p->c.organisation_id, roots, rows.n, false, "charter-list", h));
	page->lines.v = arena_many(req->a, struct charter_bulk_line, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const struct charter_unsigned_row *r = &rows.v[i];
		str name = household_name(req->a, &h[i]), id = str_printf(req->a, "%lld", (long long)r->id);
		struct charter_bulk_line *l = &page->lines.v[page->lines.n++];
		*l = (struct charter_bulk_line){ .id = id, .path = charter_file_path(req->a, &p->c, r->public_id, "/charte"), .name = name,
			.label = _f("{1}, {2}", name, r->public_id), .parent = typed(req, r->id, parent_of(req->a, &h[i])),
			.ticks = { arena_many(req->a, struct charter_bulk_tick, PILE_ROLES), PILE_ROLES } };
		for (enum charter_role k = 0; k < PILE_ROLES; k++)
			l->ticks.v[k] = (struct charter_bulk_tick){ str_c(ticks[k]), tr(v->lang, charter_roles[k].label), r->signed_roles & 1 << k,
				all || form_has(req, ticks[k], id) };
	}
	return OK;
}

/* Who signed last for the school or the city is proposed again: the same person signs the whole pile, and most piles. */
static enum err put_last(struct charter_pile *p, enum charter_role role, i64 school_id)
{
	struct req *req = p->req;
	struct vault_asker vault = vault_of(req);
	struct charter_signer_row s;
	str name;
	enum err e = charter_last_signer(req->db, p->c.id, str_c(charter_roles[role].code), school_id, &s);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	struct charter_act_row act = { .household_id = s.household_id, .key_enc = s.key_enc };
	struct vault_own item = charter_own(req->a, &act, "charter_signature:name", s.id, s.name_enc);
	try(vault_open_own(&vault, S("a charter"), &item, 1, &name));
	form_put(req->form, str_printf(req->a, "nom_%s", charter_roles[role].field).p, name);
	if (role != CR_ASSOCIATION)
		form_put(req->form, str_printf(req->a, "qualite_%s", charter_roles[role].field).p, s.quality);
	if (role == CR_CITY && s.order_number.n) {
		form_put(req->form, "arrete", s.order_number);
		form_put(req->form, "arrete_jour", s.order_day);
	}
	return OK;
}

static enum err propose(struct charter_pile *p)
{
	struct req *req = p->req;
	form_put(req->form, "jour", p->day.n ? p->day : date_iso(req->a, today_paris()));
	try(put_last(p, CR_CITY, 0));
	if (p->school_id <= 0)
		return OK;                       /* another school's head would be proposed */
	try(put_last(p, CR_EDUCATION, p->school_id));
	return put_last(p, CR_ASSOCIATION, p->school_id);
}

static struct options qualities(struct req *req, enum charter_role role, const char *field)
{
	struct options all = { arena_many(req->a, struct option, 4), 0 };
	for (const struct charter_quality *q = charter_qualities; q->code; q++)
		if (q->role == role)
			all.v[all.n++] = (struct option){ q->code, tr(req->v.lang, q->label), str_eq(field_typed(req->form, field), str_c(q->code)) };
	return all;
}

static enum err show(struct charter_pile *p)
{
	struct req *req = p->req;
	i64 all, number = form_int(req, "page", 1);
	str query = charter_pile_query(req);
	struct charter_bulk_page page = { .form = req->form, .back = charter_campaign_path(req->a, &p->c, "/charte/a-signer"), .name = p->c.f[C_NAME],
		.path = charter_campaign_path(req->a, &p->c, "/charte/signatures"), .filtered = query.n > 0,
		.school = form_given(req, "ecole") ? form_text(req, "ecole") : S(""), .meeting = form_given(req, "reunion") ? form_text(req, "reunion") : S(""),
		.wave = form_given(req, "vague") ? form_text(req, "vague") : S("") };
	try(charter_pile_choices(p, &page.of));
	try(charter_unsigned_n(req->db, p->c.id, p->school_id, p->meeting_id, p->wave_id, &all));
	try(put_lines(p, number, &page));
	try(charter_lots_last(req, &p->c, &page.lots));
	page.city = qualities(req, CR_CITY, "qualite_ville");
	page.education = qualities(req, CR_EDUCATION, "qualite_ecole");
	page.scans = str_printf(req->a, "%.*s?%.*s", STR_ARG(charter_campaign_path(req->a, &p->c, "/charte/scans")), STR_ARG(query));
	static const char *const alone[] = { "ecole", "vague", NULL };
	page.bundle = str_printf(req->a, "%.*s?%.*s", STR_ARG(charter_campaign_path(req->a, &p->c, "/charte/piles")), STR_ARG(fields_query(req, alone)));
	page.total = number_shown(req->a, req->v.lang, all);
	str url = in_language(&req->v, req->v.lang, str_printf(req->a, "%.*s?%.*s%spage=", STR_ARG(page.path), STR_ARG(query), query.n ? "&" : ""));
	page.pager = pager_of(number, all, BULK_A_PAGE, str_printf(req->a, "%.*s%lld", STR_ARG(url), (long long)number - 1),
		str_printf(req->a, "%.*s%lld", STR_ARG(url), (long long)number + 1));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, BULK_ROUTE));
	return charter_bulk_html(&req->v, &page);
}

enum err charter_bulk_show(struct req *req)
{
	struct charter_pile p;
	try(charter_pile_of(req, &p));
	try(propose(&p));
	req->form->n_errors = 0;
	return show(&p);
}

/* ---- keyed ---- */

struct keyed {
	i64 act_id;
	struct charter_act_row act;
	struct file f;
	str name, school;
	struct charter_signing v[CR_COUNT];
	size_t n;
};
struct keying {
	struct charter_pile p;
	i64 batch_id;
	str day;
	struct charter_signing common[CR_COUNT];  /* name, quality and order of all but the family */
	struct keyed v[BULK_A_PAGE];
	size_t n;
};

static struct keyed *keyed_of(struct keying *k, i64 act_id)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->v[i].act_id == act_id)
			return &k->v[i];
	if (k->n == BULK_A_PAGE)
		return NULL;
	k->v[k->n] = (struct keyed){ .act_id = act_id };
	return &k->v[k->n++];
}

static const struct form_value *ticked(const struct req *req, enum charter_role r)
{
	const struct form *f = req->form;
	for (size_t i = 0; i < f->spec->n; i++)
		if (strcmp(f->spec->fields[i].name, ticks[r]) == 0)
			return &f->values[i];
	return NULL;
}

/* Acts of this campaign alone, whatever was posted. */
static enum err take_acts(struct keying *k)
{
	struct req *req = k->p.req;
	for (enum charter_role r = 0; r < PILE_ROLES; r++) {
		const struct form_value *t = ticked(req, r);
		for (size_t i = 0; t && i < t->n_many; i++) {
			i64 id;
			struct keyed *one = str_i64(t->many[i], &id) ? keyed_of(k, id) : NULL;
			if (!one)
				continue;
			one->v[one->n++] = (struct charter_signing){ .role = r };
		}
	}
	for (size_t i = 0; i < k->n; i++) {
		struct charter_place_row_list places;
		struct keyed *one = &k->v[i];
		try(charter_act_by_id(req->db, one->act_id, &one->act));
		try(file_get(req->db, one->act.file_id, &one->f));
		try(file_of(req, &k->p.c, one->f.public_id, &one->f));
		try(charter_places(req->db, one->f.id, &places));
		one->school = places.n ? places.v[0].school : S("");
		one->name = typed(req, one->act_id, S(""));
	}
	return OK;
}

static bool any(const struct keying *k, enum charter_role r)
{
	const struct form_value *t = ticked(k->p.req, r);
	return t && t->n_many;
}

/* What is said once for the pile, of a role that was ticked somewhere. */
static void take_common(struct keying *k, enum charter_role r)
{
	struct req *req = k->p.req;
	const struct view *v = &req->v;
	const char *name = str_printf(req->a, "nom_%s", charter_roles[r].field).p, *quality = str_printf(req->a, "qualite_%s", charter_roles[r].field).p;
	struct charter_signing *s = &k->common[r];
	*s = (struct charter_signing){ .role = r, .day = k->day, .quality = charter_quality_of(r == CR_ASSOCIATION ? S("witness") : form_text(req, quality)) };
	if (!form_given(req, name))
		form_fail(req, name, _("Cette signature est cochée : écrivez qui a signé."));
	else if (!s->quality || s->quality->role != r)
		form_fail(req, quality, _("Dites en quelle qualité cette personne signe."));
	else
		(void)charter_take_order(req, s->quality, s);
	s->name = form_text(req, name);
}

/* The head of one school signs for that school alone. */
static void check_schools(struct keying *k)
{
	const struct view *v = &k->p.req->v;
	const struct charter_signing *s = &k->common[CR_EDUCATION];
	str school = { 0 };
	if (!s->quality || strcmp(s->quality->code, "inspector") == 0)
		return;
	for (size_t i = 0; i < k->n; i++)
		for (size_t j = 0; j < k->v[i].n; j++) {
			if (k->v[i].v[j].role != CR_EDUCATION)
				continue;
			if (school.p && !str_eq(school, k->v[i].school)) {
				form_fail(k->p.req, "nom_ecole", _("Ces feuilles sont de plusieurs écoles, et chacune a sa directrice ou son directeur : choisissez une école à la fois."));
				return;
			}
			school = k->v[i].school;
		}
}

static void take_names(struct keying *k)
{
	struct req *req = k->p.req;
	const struct view *v = &req->v;
	for (size_t i = 0; i < k->n; i++)
		for (size_t j = 0; j < k->v[i].n; j++) {
			struct charter_signing *s = &k->v[i].v[j];
			enum charter_role r = s->role;
			*s = k->common[r];
			if (r != CR_FAMILY)
				continue;
			*s = (struct charter_signing){ .role = r, .quality = charter_quality_of(campaign_of_adults(&k->p.c) ? S("self") : S("parent")), .day = k->day,
				.name = k->v[i].name, .order_number = S(""), .order_day = S("") };
			if (!s->name.n)
				form_fail(req, "s_famille", _f("Dossier {1} : écrivez le nom du parent qui a signé.", k->v[i].f.public_id));
			else if (s->name.n > 400)
				form_fail(req, "s_famille", _f("Dossier {1} : ce nom est trop long.", k->v[i].f.public_id));
		}
}

static enum err take(struct keying *k)
{
	struct req *req = k->p.req;
	const struct view *v = &req->v;
	k->day = charter_day_given(req, "jour");
	try(take_acts(k));
	if (!k->n && form_ok(req))
		form_fail(req, "s_famille", _("Cochez au moins une signature."));
	for (enum charter_role r = CR_CITY; r < PILE_ROLES; r++)
		if (any(k, r))
			take_common(k, r);
	check_schools(k);
	take_names(k);
	return OK;
}

/* ---- written down ---- */

static bool has(const struct charter_signature_row_list *all, enum charter_role r)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].role, str_c(charter_roles[r].code)))
			return true;
	return false;
}

/* Why an act takes none of these signatures; NULL: it does. */
static const char *why_not(const struct charter_act_row *act, const struct file *f, size_t whole, str day, struct arena *a)
{
	if (!str_eq(act->state, S("prepared")))
		return str_eq(act->state, S("signed")) ? "already" : "cancelled";
	if (str_cmp(day, date_iso(a, paris_of_ms(act->at).date)) < 0)
		return "early";
	return whole >= charter_signers_count(act->signers) && f->state != FS_ELIGIBLE ? "state" : NULL;
}

/* One act as it is now: those signatures that it lacks; what it has already stays as it is. */
static enum err key_one(struct db *db, const struct keying *k, const struct keyed *one, size_t position, const struct file_doer *who)
{
	struct charter_act_row act;
	struct charter_signature_row_list all;
	struct charter_signing v[CR_COUNT];
	struct file f;
	size_t n = 0;
	struct buf saved = buf_new(db_arena(db), 100);
	try(charter_act_by_id(db, one->act_id, &act));
	try(file_get(db, act.file_id, &f));
	try(charter_signatures(db, act.id, &all));
	for (size_t j = 0; j < one->n; j++)
		if (!has(&all, one->v[j].role) && charter_signs(act.signers, one->v[j].role))
			v[n++] = one->v[j];
	const char *why = why_not(&act, &f, all.n + n, k->day, db_arena(db));
	if (!why && n) {
		try(charter_sign_put(db, &act, &f, v, n, who));
		for (size_t j = 0; j < n; j++) {
			try(charter_signature_in_batch(db, v[j].id, k->batch_id));
			buf_printf(&saved, "%s%s", j ? " " : "", charter_roles[v[j].role].code);
		}
	}
	return charter_lot_line(db, k->batch_id, act.id, (i64)position, buf_str(&saved), why ? why : n < one->n ? "already" : "");
}

static enum err key_tx(struct db *db, void *arg, str *ret_path)
{
	const struct keying *k = arg;
	struct file_doer who = { k->p.req->session->user_id, k->p.c.organisation_id };
	*ret_path = charter_lot_path(db_arena(db), &k->p.c, k->batch_id, str_printf(db_arena(db), "?%.*s", STR_ARG(charter_pile_query(k->p.req))).p);
	try(charter_batch_put(db, k->batch_id, k->p.c.id, S("signatures"), k->day, who.user_id, now_ms()));
	for (size_t i = 0; i < k->n; i++)
		try(key_one(db, k, &k->v[i], i + 1, &who));
	return OK;
}

enum err charter_bulk_post(struct req *req)
{
	struct keying *k = arena_one(req->a, struct keying);
	struct vault_asker vault = vault_of(req);
	try(charter_pile_of(req, &k->p));
	if (str_eq(form_text(req, "geste"), S("cocher"))) {
		req->form->n_errors = 0;
		return show(&k->p);
	}
	try(take(k));
	for (size_t i = 0; i < k->n && form_ok(req); i++)
		try(charter_sign_seal(&vault, &k->v[i].act, k->v[i].v, k->v[i].n));
	k->batch_id = id_new();
	if (form_ok(req))
		return post_once(req, key_tx, k);
	form_refused(req);
	return show(&k->p);
}

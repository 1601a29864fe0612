/* What a list's columns are, and which schools its words mean. */
#include "lists/pages.h"

#include "base/utf8.h"
#include "db/id.h"
#include "http/session.h"
#include "lists/columns_html.h"

enum { SAMPLE_ROWS = 12, SAMPLES = 3, SAMPLE_CHARACTERS = 30, SCHOOLS_MOST_ASKED = 60 };

static enum err load_open(struct req *req, struct list_at *at, struct list_columns *c)
{
	static const char *const states[] = { "columns", "schools", "checked" };
	struct vault_asker vault = vault_of(req);
	bool open = false;
	try(list_of(req, at));
	for (size_t i = 0; i < lengthof(states); i++)
		open |= str_eq(at->l.state, str_c(states[i]));
	return open && at->l.key_enc.p ? list_columns_of(&vault, &at->l, c) : list_elsewhere(req, at);
}

/* ---- columns ---- */

static str samples(struct arena *a, const struct list_rows *rows, size_t column)
{
	str parts[SAMPLES];
	size_t n = 0;
	for (size_t i = 0; i < rows->n && n < SAMPLES; i++) {
		str cell = column < rows->v[i].n ? rows->v[i].v[column] : S(""), cut = utf8_prefix(cell, SAMPLE_CHARACTERS);
		bool before = !cell.n;
		for (size_t k = 0; k < n; k++)
			before |= str_eq(parts[k], cut);
		if (!before)
			parts[n++] = cut.n < cell.n ? str_printf(a, "%.*s…", STR_ARG(cut)) : cut;
	}
	return str_join(a, parts, n, S(" · "));
}

static struct list_choices field_choices(const struct view *v, enum list_field chosen, bool by_school, bool adults)
{
	struct list_choices c = { arena_many(v->a, struct list_choice, LF_COUNT), 0 };
	for (enum list_field f = LF_NONE; f < LF_COUNT; f++)
		if ((f != LF_SCHOOL || !by_school) && (!adults || list_field_of_adults(f)))
			c.v[c.n++] = (struct list_choice){ str_c(list_fields[f].code), tr_here(v, list_fields[f].label), f == chosen };
	return c;
}

static enum err put_columns(struct req *req, const struct list_at *at, const struct list_columns *c, struct list_columns_view *page)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct list_row_line_list lines;
	struct list_rows rows;
	try(list_rows(req->db, at->l.id, 0, SAMPLE_ROWS, &lines));
	try(list_open_rows(&vault, &at->l, S("columns of a list"), &lines, &rows));
	page->path = at->path;
	page->index = at->index;
	page->by_school = at->by_school;
	page->title = at->l.school.p ? at->l.school : at->l.source;
	page->rows = number_shown(v->a, v->lang, at->l.total);
	page->v = arena_many(v->a, struct list_column_line, c->n + 1);
	for (size_t i = 0; i < c->n; i++) {
		str some = samples(v->a, &rows, i);
		if (!some.n && c->field[i] == LF_NONE && c->never[i] == LN_NONE)
			continue;
		page->v[page->n++] = (struct list_column_line){ c->name[i], some, str_printf(v->a, "c%zu", i), c->never[i] != LN_NONE ?
			tr_here(v, list_never[c->never[i]]) : S(""), field_choices(v, c->field[i], at->by_school, c->adults), c->field[i] == LF_BIRTH };
	}
	return form_stamp(req, at->by_school ? "/agent/ecole/:ecole/listes/:liste/colonnes" : "/agent/campagnes/:campagne/listes/:liste/colonnes");
}

enum err list_columns_page(struct req *req)
{
	struct list_at at;
	struct list_columns c;
	struct list_columns_view page = { .fault = S("") };
	try(load_open(req, &at, &c));
	try(put_columns(req, &at, &c, &page));
	return list_columns_html(&req->v, &page);
}

static bool has(const struct list_columns *c, enum list_field f)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->field[i] == f)
			return true;
	return false;
}

/* What cannot be done without, or is said twice; "" for nothing. */
static str wrong(const struct view *v, const struct list_columns *c, bool by_school)
{
	if (!c->adults && !has(c, LF_CHILD) && !has(c, LF_CHILD_GIVEN))
		return _("Dites quelle colonne est le prénom de l’enfant.");
	if (!has(c, LF_PARENT) && !has(c, LF_PARENT_FAMILY) && !has(c, LF_PARENT_2) && !has(c, LF_CHILD) && !has(c, LF_CHILD_FAMILY))
		return _("Dites quelle colonne est le nom du parent.");
	if (!by_school && !c->adults && !has(c, LF_SCHOOL))
		return _("Dites quelle colonne est l’école. S’il n’y en a pas, ajoutez-la dans le fichier.");
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < i; k++)
			if (c->field[i] != LF_NONE && c->field[i] == c->field[k])
				return _f("Deux colonnes sont « {1} » : {2} et {3}. Gardez-en une.", tr_here(v, list_fields[c->field[i]].label), c->name[k], c->name[i]);
	return S("");
}

struct laying { struct req *req; const struct list_at *at; const struct list_columns *c; };

static str preset_of(struct arena *a, const struct list_columns *c)
{
	struct buf b = buf_new(a, (size_t)1 << 16);
	for (size_t i = 0; i < c->n; i++)
		buf_printf(&b, "%.*s|%s\n", STR_ARG(list_column_key(a, c->name[i])), list_fields[c->field[i]].code);
	return b.full ? S("") : buf_str(&b);
}

static enum err lay_tx(struct db *db, void *arg, str *ret_path)
{
	const struct laying *t = arg;
	const struct list_line *l = &t->at->l;
	struct buf fields = buf_new(db_arena(db), 4096);
	for (size_t i = 0; i < t->c->n; i++)
		buf_printf(&fields, "%s%s", i ? " " : "", list_fields[t->c->field[i]].code);
	*ret_path = t->at->path;
	try(list_laid(db, l->id, buf_str(&fields), t->req->session->user_id));
	if (!db_changes(db))
		return OK;                       /* it is further already: its page says where */
	return t->c->named && !t->c->adults ? list_preset_put(db, l->organisation_id, l->source, preset_of(db_arena(db), t->c)) : OK;
}

/* "Colonne 1": nothing names them, and what would be kept of them is of no use. */
static bool is_named(const struct list_columns *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (!str_starts(c->name[i], S("Colonne ")))
			return true;
	return false;
}

enum err list_columns_post(struct req *req)
{
	struct list_at at;
	struct list_columns c;
	struct list_columns_view page = { .n = 0 };
	try(load_open(req, &at, &c));
	for (size_t i = 0; i < c.n; i++) {
		str said = pairs_get(&req->body, str_z(req->a, str_printf(req->a, "c%zu", i)));
		if (said.n)
			c.field[i] = c.never[i] != LN_NONE || (at.by_school && str_eq(said, S("school"))) ? LF_NONE : list_field_of(said);
	}
	c.named = is_named(&c);
	page.fault = wrong(&req->v, &c, at.by_school);
	if (!page.fault.n)
		return post_once(req, lay_tx, &(struct laying){ req, &at, &c });
	form_refused(req);
	try(put_columns(req, &at, &c, &page));
	return list_columns_html(&req->v, &page);
}

/* ---- schools ---- */

static enum err asked_schools(struct req *req, const struct list_at *at, str *ret)
{
	struct vault_asker vault = vault_of(req);
	if (!str_eq(at->l.state, S("schools")) || !at->l.key_enc.p)
		return list_elsewhere(req, at);
	return list_open_text(&vault, &at->l, "schools", at->l.schools_enc, ret);
}

enum err list_schools_page(struct req *req)
{
	const struct view *v = &req->v;
	struct list_at at;
	struct file_place_row_list places;
	str asked, line, text;
	try(list_of(req, &at));
	try(asked_schools(req, &at, &asked));
	try(list_places(req->db, &at.l, &places));
	struct list_schools_view page = { .path = at.path, .index = at.index, .title = at.l.source,
		.v = arena_many(req->a, struct list_school_line, SCHOOLS_MOST_ASKED) };
	for (str rest = asked; page.n < SCHOOLS_MOST_ASKED && str_next(&rest, '\n', &line);) {
		if (!line.n || !str_next(&line, '|', &text))
			continue;
		struct list_school_line *s = &page.v[page.n];
		*s = (struct list_school_line){ text, str_printf(req->a, "e%zu", page.n), { arena_many(req->a, struct list_choice, places.n + 2), 0 } };
		s->options.v[s->options.n++] = (struct list_choice){ S("-"), _("aucune de ces écoles"), false };
		for (size_t i = 0; i < places.n; i++)
			s->options.v[s->options.n++] = (struct list_choice){ places.v[i].uai, places.v[i].school, str_eq(places.v[i].uai, line) };
		page.n++;
	}
	try(form_stamp(req, "/agent/campagnes/:campagne/listes/:liste/ecoles"));
	return list_schools_html(&req->v, &page);
}

struct spelling { struct req *req; const struct list_at *at; str asked, insee; };

/* Decided once, a spelling is known from then on (src/schools/spellings.c). */
static enum err decide(struct db *db, const struct spelling *s, str text, str uai)
{
	struct spelling_row row;
	struct school school = { .id = 0 };
	str key = school_key(db_arena(db), text);
	i64 user = s->req->session->user_id;
	if (!str_eq(uai, S("-")))
		try(school_by_uai(db, uai, &school));
	enum err e = spelling_known(db, s->insee, key, &row);
	if (e == NOT_FOUND) {
		row = (struct spelling_row){ .id = id_new(), .state = S("waiting") };
		e = spelling_put(db, row.id, s->insee, key, text, (struct opt_i64){ 0 }, S(""), now_ms());
	}
	try(e);
	return spelling_decide(db, row.id, school.id ? S("accepted") : S("none"), (struct opt_i64){ school.id, school.id != 0 }, now_ms(),
		(struct opt_i64){ user, true }, row.state);
}

static enum err spell_tx(struct db *db, void *arg, str *ret_path)
{
	const struct spelling *s = arg;
	str line, text;
	size_t i = 0;
	*ret_path = s->at->path;
	for (str rest = s->asked; i < SCHOOLS_MOST_ASKED && str_next(&rest, '\n', &line);) {
		if (!line.n || !str_next(&line, '|', &text))
			continue;
		str said = pairs_get(&s->req->body, str_z(db_arena(db), str_printf(db_arena(db), "e%zu", i++)));
		if (said.n)
			try(decide(db, s, text, said));
	}
	return list_move(db, s->at->l.id, S("schools"), S("check"), s->req->session->user_id);
}

enum err list_schools_post(struct req *req)
{
	struct list_at at;
	struct spelling s = { .req = req, .at = &at };
	struct file_place_row_list places;
	struct school first;
	try(list_of(req, &at));
	try(asked_schools(req, &at, &s.asked));
	try(list_places(req->db, &at.l, &places));
	if (!places.n)
		return NOT_FOUND;
	try(school_by_id(req->db, places.v[0].school_id, &first));
	s.insee = first.insee;
	for (size_t i = 0; i < SCHOOLS_MOST_ASKED; i++) {        /* schools of the campaign alone */
		str said = pairs_get(&req->body, str_z(req->a, str_printf(req->a, "e%zu", i)));
		bool there = !said.n || str_eq(said, S("-"));
		for (size_t k = 0; k < places.n; k++)
			there |= str_eq(places.v[k].uai, said);
		if (!there)
			return INVALID;
	}
	return post_once(req, spell_tx, &s);
}

/* What each column of an upload is, and what its written values mean. */
#include "intake/pages.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "html/format.h"
#include "http/session.h"
#include "intake/columns_html.h"

#define COLUMNS_ROUTE "/agent/imports/:import/colonnes"
#define VALUES_ROUTE "/agent/imports/:import/valeurs"
enum { SAMPLES = 3, SAMPLE_CHARACTERS = 40, VALUES_MOST = 300 };

enum err intake_load(struct req *req, struct upload *ret)
{
	struct upload_survey_row survey;
	str fault;
	i64 id;
	*ret = (struct upload){ .layout = { .n = 0 } };
	if (!str_i64(req_param(req, "import"), &id))
		return NOT_FOUND;
	try(upload_get(req->db, id, &ret->row));
	if (!ret->row.layout.n)
		return OK;
	if (place_layout_read(req->a, ret->row.layout, &ret->layout, &fault) != OK)
		return INTERNAL;
	enum err e = upload_survey(req->db, id, &survey);
	if (e == NOT_FOUND)
		return OK;
	try(e);
	return survey_unpack(req->a, survey.survey, &ret->survey) ? OK : INTERNAL;
}

/* The upload of the address, when its columns can still be said. */
static enum err load_open(struct req *req, struct upload *u)
{
	req->v.here = S("/agent/imports");
	try(intake_load(req, u));
	return str_eq(u->row.state, S("columns")) || str_eq(u->row.state, S("checked")) ? OK : NOT_FOUND;
}

static const struct survey_column *surveyed(const struct upload *u, str name)
{
	for (size_t i = 0; i < u->survey.n; i++)
		if (str_eq(u->survey.v[i].name, name))
			return &u->survey.v[i];
	return NULL;
}

/* ---- columns ---- */

static str samples(struct arena *a, const struct survey_column *c)
{
	struct buf b = buf_new(a, 1024);
	for (size_t i = 0; i < c->n && i < SAMPLES; i++) {
		str cut = utf8_prefix(c->v[i], SAMPLE_CHARACTERS);
		buf_printf(&b, "%s%.*s%s", i ? " · " : "", STR_ARG(cut), cut.n < c->v[i].n ? "…" : "");
	}
	return buf_str(&b);
}

static str column_field(struct arena *a, size_t i) { return str_printf(a, "c%zu", i); }

/* Reads what was typed into the layout; a column whose words are no field says so. True: all are. */
static bool read_columns(struct req *req, struct upload *u, struct intake_columns *page)
{
	const struct view *v = &req->v;
	bool good = true;
	for (size_t i = 0; i < page->n; i++) {
		struct layout_column *c = &u->layout.v[page->v[i].at];
		str typed = str_trim(pairs_get(&req->body, str_z(req->a, page->v[i].field))), as = typed.n ? intake_as_of(v, typed) : S("");
		page->v[i].as = typed;
		if (!as.p) {
			page->v[i].fault = _f("« {1} » n’est pas dans la liste.", typed);
			good = false;
		} else if (!str_eq(as, c->as)) {
			c->as = as;
			const struct survey_column *s = surveyed(u, c->name);
			c->n = 0;                /* what its values meant was for another field */
			c->separators = S("");
			if (s)
				place_layout_values(req->a, s, c);
		}
	}
	return good;
}

/* Of what a place has once, two columns: which ones. Absent: none. */
static str twice(struct req *req, const struct place_layout *l)
{
	static const enum place_field once[] = { P_ID, P_PIVOT, P_NOM, P_CODE_POSTAL, P_COMMUNE, P_CODE_INSEE, P_LATITUDE, P_LONGITUDE, P_DATE_MAJ };
	const struct view *v = &req->v;
	for (size_t f = 0; f < lengthof(once); f++) {
		str as = str_c(place_field_names[once[f]]);
		const struct layout_column *first = NULL;
		for (size_t i = 0; i < l->n; i++) {
			if (!str_eq(l->v[i].as, as))
				continue;
			if (first)
				return _f("Deux colonnes sont « {1} » : {2} et {3}. Gardez-en une.", intake_label(v, as), first->name, l->v[i].name);
			first = &l->v[i];
		}
	}
	return (str){ 0 };
}

const enum place_field *intake_lacking(struct arena *a, const struct place_layout *l, size_t *ret_n)
{
	static const enum place_field wanted[] = { P_NOM, P_ADRESSE, P_CODE_POSTAL, P_COMMUNE };
	enum place_field *missing = arena_many(a, enum place_field, lengthof(wanted));
	*ret_n = 0;
	for (size_t i = 0; i < lengthof(wanted); i++) {
		bool there = false;
		for (size_t j = 0; j < l->n && !there; j++)
			there = str_eq(l->v[j].as, str_c(place_field_names[wanted[i]]));
		for (size_t j = 0; j < l->n_fixed && !there; j++)
			there = l->fixed[j].field == wanted[i];
		if (!there)
			missing[(*ret_n)++] = wanted[i];
	}
	return missing;
}

/* The same in words; "" for nothing. */
static str lacking(struct req *req, const struct place_layout *l)
{
	size_t n;
	const enum place_field *missing = intake_lacking(req->a, l, &n);
	str *words = arena_many(req->a, str, n + 1);
	for (size_t i = 0; i < n; i++)
		words[i] = intake_label(&req->v, str_c(place_field_names[missing[i]]));
	return n ? str_join(req->a, words, n, S(", ")) : S("");
}

static struct intake_columns columns_of(struct req *req, const struct upload *u)
{
	const struct view *v = &req->v;
	struct intake_columns page = { .row = &u->row, .path = intake_path(req, u->row.id) };
	str *nothing = arena_many(req->a, str, u->layout.n + 1);
	size_t n_nothing = 0;
	struct meanings *meanings = arena_one(req->a, struct meanings);
	*meanings = intake_meanings(v);
	page.meanings = meanings;
	page.rows = number_shown(req->a, v->lang, u->survey.rows);
	page.v = arena_many(req->a, struct intake_column, u->layout.n + 1);
	for (size_t i = 0; i < u->layout.n; i++) {
		const struct layout_column *c = &u->layout.v[i];
		const struct survey_column *s = surveyed(u, c->name);
		if (s && s->filled)
			page.v[page.n++] = (struct intake_column){ c->name, samples(req->a, s), intake_label(v, c->as), column_field(req->a, i), S(""), i };
		else
			nothing[n_nothing++] = c->name;
	}
	page.nothing = n_nothing ? str_join(req->a, nothing, n_nothing, S(", ")) : S("");
	return page;
}

enum err intake_columns_page(struct req *req)
{
	struct upload u;
	try(load_open(req, &u));
	struct intake_columns page = columns_of(req, &u);
	try(form_stamp(req, COLUMNS_ROUTE));
	return columns_html(&req->v, &page);
}

struct laying { struct req *req; const struct upload *u; const char *then; };

/* Keeps the layout, and goes on to what is next. */
static enum err lay_tx(struct db *db, void *arg, str *ret_path)
{
	const struct laying *l = arg;
	const struct upload *u = l->u;
	bool values = str_eq(str_c(l->then), S("columns"));
	*ret_path = values ? str_printf(l->req->a, "%.*s/valeurs", STR_ARG(intake_path(l->req, u->row.id))) : intake_path(l->req, u->row.id);
	try(upload_laid(db, u->row.id, place_layout_write(l->req->a, &u->layout), str_c(l->then)));
	return db_changes(db) ? OK : CONFLICT;
}

static size_t values_of(struct arena *a, const struct upload *u, const struct layout_column *c, str **ret);

/* Whether some column has values whose meaning can be said. */
static bool has_values(struct arena *a, const struct upload *u)
{
	str *v;
	for (size_t i = 0; i < u->layout.n; i++)
		if (values_of(a, u, &u->layout.v[i], &v))
			return true;
	return false;
}

enum err intake_columns_post(struct req *req)
{
	const struct view *v = &req->v;
	struct upload u;
	try(load_open(req, &u));
	if (pairs_get(&req->body, "geste").n)
		return intake_leave(req, u.row.id);
	struct intake_columns page = columns_of(req, &u);
	page.named = !read_columns(req, &u, &page);
	if (page.named)
		page.fault = _("Des colonnes ont un nom qui n’est pas dans la liste. Effacez-le, ou choisissez-en un.");
	else if ((page.fault = lacking(req, &u.layout)).n)
		page.fault = _f("Il manque : {1}. Dites quelle colonne le contient, un lieu ne peut pas s’en passer.", page.fault);
	else
		page.fault = twice(req, &u.layout);
	if (!page.fault.n)
		return post_once(req, lay_tx, &(struct laying){ req, &u, has_values(req->a, &u) ? "columns" : "check" });
	form_refused(req);
	try(form_stamp(req, COLUMNS_ROUTE));
	return columns_html(&req->v, &page);
}

/* ---- values ---- */

static bool is_among(str *v, size_t n, str s)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], s))
			return true;
	return false;
}

/* What is written in a column of a closed vocabulary and is not of the schema: what the layout knows, then what it does not. */
static size_t values_of(struct arena *a, const struct upload *u, const struct layout_column *c, str **ret)
{
	const struct survey_column *s = surveyed(u, c->name);
	enum place_field f = place_field_named(c->as);
	size_t n = 0, unknown_n = 0;
	*ret = arena_many(a, str, VALUES_MOST);
	if (!s || f == P_COUNT || (f != P_TYPOLOGIE && !place_vocabulary(f)))
		return 0;
	for (size_t i = 0; i < c->n && n < VALUES_MOST; i++)
		if (!is_among(*ret, n, c->v[i].written))
			(*ret)[n++] = c->v[i].written;
	str *unknown = place_survey_unknown(a, s, c, &unknown_n);
	for (size_t i = 0; i < unknown_n && n < VALUES_MOST; i++)
		(*ret)[n++] = unknown[i];
	return n;
}

static struct intake_words words_of(struct arena *a, enum place_field f)
{
	struct intake_words w = { arena_many(a, str, 128), 0 };
	const struct vocabulary *vocabulary = place_vocabulary(f);
	for (size_t i = 0; vocabulary && i < vocabulary->n && w.n < 128; i++)
		w.v[w.n++] = str_c(vocabulary->values[i]);
	const char *code;
	for (size_t i = 0; f == P_TYPOLOGIE && (code = place_typologie_code(i)) && w.n < 128; i++)
		w.v[w.n++] = str_printf(a, "%s – %s", code, place_typologie_label(str_c(code)));
	return w;
}

/* What a written value means, in the words of the list. */
static str meaning_of(struct arena *a, const struct layout_column *c, str written)
{
	for (size_t i = 0; i < c->n; i++) {
		const char *label = c->v[i].field == P_TYPOLOGIE ? place_typologie_label(c->v[i].value) : NULL;
		if (str_eq(c->v[i].written, written))
			return label ? str_printf(a, "%.*s – %s", STR_ARG(c->v[i].value), label) : c->v[i].value;
	}
	return S("");
}

/* "CCAS – Centre communal…" → "CCAS". */
static str code_of(str typed)
{
	ptrdiff_t dash = str_find(typed, S(" – "));
	return dash > 0 ? str_slice(typed, 0, (size_t)dash) : typed;
}

static struct intake_values values_page(struct req *req, const struct upload *u)
{
	struct intake_values page = { .row = &u->row, .path = intake_path(req, u->row.id), .v = arena_many(req->a, struct intake_group, u->layout.n + 1) };
	for (size_t i = 0; i < u->layout.n; i++) {
		const struct layout_column *c = &u->layout.v[i];
		str *written;
		size_t n = values_of(req->a, u, c, &written);
		if (!n)
			continue;
		struct intake_group *g = &page.v[page.n++];
		*g = (struct intake_group){ c->name, intake_label(&req->v, c->as), c->as, arena_many(req->a, struct intake_value, n), n,
			words_of(req->a, place_field_named(c->as)), true };
		for (size_t j = 0; j + 1 < page.n; j++)
			g->first_of_list &= !str_eq(page.v[j].list, g->list);
		for (size_t j = 0; j < n; j++)
			g->v[j] = (struct intake_value){ written[j], meaning_of(req->a, c, written[j]), str_printf(req->a, "v%zu-%zu", i, j), S("") };
	}
	return page;
}

enum err intake_values_page(struct req *req)
{
	struct upload u;
	try(load_open(req, &u));
	struct intake_values page = values_page(req, &u);
	try(form_stamp(req, VALUES_ROUTE));
	return values_html(&req->v, &page);
}

static bool holds(enum place_field f, str value)
{
	return f == P_TYPOLOGIE ? place_typologie_label(value) != NULL : place_mask(f, value) != 0;
}

/* Reads the meanings of one column's values. True: all are of the schema, or nothing. */
static bool read_group(struct req *req, struct layout_column *c, struct intake_group *g)
{
	const struct view *v = &req->v;
	enum place_field f = place_field_named(c->as);
	struct layout_term *terms = arena_many(req->a, struct layout_term, g->n + c->n + 1);
	size_t n = 0;
	bool good = true;
	for (size_t j = 0; j < g->n; j++) {
		str typed = code_of(str_trim(pairs_get(&req->body, str_z(req->a, g->v[j].field))));
		g->v[j].value = typed;
		if (typed.n && !holds(f, typed)) {
			g->v[j].fault = _f("« {1} » n’est pas dans la liste.", typed);
			good = false;
		}
		terms[n++] = (struct layout_term){ g->v[j].written, f, typed };
	}
	/* a written value that means several things, or something of another field, was said in a file: it stays */
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].field != f)
			terms[n++] = c->v[i];
	c->v = terms;
	c->n = n;
	return good;
}

enum err intake_values_post(struct req *req)
{
	const struct view *v = &req->v;
	struct upload u;
	try(load_open(req, &u));
	struct intake_values page = values_page(req, &u);
	bool good = true;
	for (size_t i = 0; i < page.n; i++)
		for (size_t j = 0; j < u.layout.n; j++)
			if (str_eq(u.layout.v[j].name, page.v[i].column))
				good &= read_group(req, &u.layout.v[j], &page.v[i]);
	if (good)
		return post_once(req, lay_tx, &(struct laying){ req, &u, "check" });
	page.fault = _("Des mots ne sont pas dans la liste de leur colonne. Effacez-les, ou choisissez-en un.");
	form_refused(req);
	try(form_stamp(req, VALUES_ROUTE));
	return values_html(&req->v, &page);
}

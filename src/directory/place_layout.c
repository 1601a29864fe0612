/* Layouts applied to rows; their JSON form is in place_layout_json.c. */
#include "directory/place_layout.h"

#include <sodium.h>

#include "base/buf.h"
#include "directory/place_terms.h"
#include "directory/place_values.h"
#include "geo/lambert.h"

enum { DAYS = 7, X_LAMBERT = 0, Y_LAMBERT = 1, FIRST_DAY = 2, DAY_FORMS = 3 };

static const char *const specials[] = {
	"x_lambert93", "y_lambert93", "lundi", "lundi_matin", "lundi_apres_midi", "mardi", "mardi_matin", "mardi_apres_midi", "mercredi",
	"mercredi_matin", "mercredi_apres_midi", "jeudi", "jeudi_matin", "jeudi_apres_midi", "vendredi", "vendredi_matin",
	"vendredi_apres_midi", "samedi", "samedi_matin", "samedi_apres_midi", "dimanche", "dimanche_matin", "dimanche_apres_midi", NULL,
};

const char *layout_special(size_t i)
{
	return i < lengthof(specials) ? specials[i] : NULL;
}

static int special_of(str as)
{
	for (int i = 0; specials[i]; i++)
		if (str_eq(as, str_c(specials[i])))
			return i;
	return -1;
}

bool layout_as_known(str as)
{
	return place_field_named(as) != P_COUNT || special_of(as) >= 0;
}

/* ---- one row ---- */

struct laying {
	struct arena *a;
	const struct place_layout *l;
	struct file_row out;
	size_t room;
	str day_hours[DAYS], hours_column, x, y, x_column;
};

static void put(struct laying *w, str name, str as, str value)
{
	if (w->out.n < w->room)
		w->out.v[w->out.n++] = (struct place_pair){ .name = name, .value = value, .as = as };
}

/* Texts that several columns may make up: a number and a street, two lines of presentation. */
static bool is_joined(enum place_field f)
{
	return f == P_ADRESSE || f == P_COMPLEMENT_ADRESSE || f == P_PRESENTATION_DETAIL || f == P_PRESENTATION_RESUME || f == P_TARIFS;
}

static void put_text(struct laying *w, const struct layout_column *c, str value)
{
	enum place_field f = place_field_named(c->as);
	for (size_t i = 0; f != P_COUNT && is_joined(f) && i < w->out.n; i++) {
		struct place_pair *p = &w->out.v[i];
		if (!str_eq(p->as, c->as) || !str_trim(p->value).n)
			continue;
		if (str_trim(value).n && !value_is_nothing(w->a, value))
			p->value = str_printf(w->a, "%.*s %.*s", STR_ARG(str_trim(p->value)), STR_ARG(str_trim(value)));
		return;
	}
	put(w, c->name, c->as, value);
}

/* Puts what `written` means; false when the layout does not know it. */
static bool put_terms(struct laying *w, const struct layout_column *c, str written)
{
	bool known = false;
	str key = place_term_key(w->a, written);
	for (size_t i = 0; i < c->n; i++) {
		const struct layout_term *t = &c->v[i];
		if (key.n ? !str_eq(key, place_term_key(w->a, t->written)) : !str_eq(str_trim(written), str_trim(t->written)))
			continue;
		known = true;
		if (t->value.n)
			put(w, c->name, str_c(place_field_names[t->field]), t->value);
	}
	return known;
}

static bool is_separator(const struct layout_column *c, char b)
{
	return b == '|' || (c->separators.n ? str_find_byte(c->separators, b) >= 0 : b == ';');
}

/* A cell whose values have meanings: the whole of it first, then its parts. What has no meaning is left to the reader of the field. */
static void put_meanings(struct laying *w, const struct layout_column *c, str cell)
{
	if (put_terms(w, c, cell))
		return;
	for (size_t from = 0, i = 0; i <= cell.n; i++) {
		if (i < cell.n && !is_separator(c, cell.p[i]))
			continue;
		str part = str_trim(str_slice(cell, from, i));
		from = i + 1;
		if (!part.n || put_terms(w, c, part) || value_is_nothing(w->a, part) || !c->as.n)
			continue;
		struct value_read r = value_yes_no(w->a, part);
		if (r.fault || !str_eq(r.value, S("non")))       /* a box that is not ticked says nothing */
			put(w, c->name, c->as, part);
	}
}

static void put_special(struct laying *w, const struct layout_column *c, int special, str cell)
{
	if (special == X_LAMBERT) {
		w->x = cell;
		w->x_column = c->name;
		return;
	}
	if (special == Y_LAMBERT) {
		w->y = cell;
		return;
	}
	str *hours = &w->day_hours[(special - FIRST_DAY) / DAY_FORMS];
	str key = place_term_key(w->a, cell);
	if (value_is_nothing(w->a, cell) || str_eq(key, S("ferme")) || str_eq(key, S("x")))
		return;
	if (!w->hours_column.n)
		w->hours_column = c->name;
	*hours = hours->n ? str_printf(w->a, "%.*s, %.*s", STR_ARG(*hours), STR_ARG(str_trim(cell))) : str_trim(cell);
}

static bool metres(struct arena *a, str s, double *ret)
{
	return str_f64(str_replace(a, str_replace(a, str_trim(s), S(","), S(".")), S(" "), S("")), ret);
}

static void put_point(struct laying *w)
{
	double x, y, lat, lon;
	if (!w->x.n || !w->y.n)
		return;
	if (!metres(w->a, w->x, &x) || !metres(w->a, w->y, &y) || !geo_from_lambert93(x, y, &lat, &lon)) {
		put(w, w->x_column, S("latitude"), w->x);        /* told as what it is: no latitude */
		return;
	}
	put(w, w->x_column, S("latitude"), str_printf(w->a, "%.6f", lat));
	put(w, w->x_column, S("longitude"), str_printf(w->a, "%.6f", lon));
}

/* The days in French: the reader of opening hours understands it, or says which words stand in its way. */
static void put_hours(struct laying *w)
{
	static const char *const days[DAYS] = { "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche" };
	struct buf b = buf_new(w->a, 4096);
	for (size_t d = 0; d < DAYS; d++)
		if (w->day_hours[d].n)
			buf_printf(&b, "%s%s %.*s", buf_str(&b).n ? " ; " : "", days[d], STR_ARG(w->day_hours[d]));
	if (buf_str(&b).n)
		put(w, w->hours_column, S("horaires"), buf_str(&b));
}

static str said(const struct laying *w, enum place_field f)
{
	for (size_t i = 0; i < w->out.n; i++)
		if (str_eq(w->out.v[i].as, str_c(place_field_names[f])) && str_trim(w->out.v[i].value).n)
			return str_trim(w->out.v[i].value);
	return S("");
}

/* Stays the same from one file to the next while name and address do. */
static void put_id(struct laying *w)
{
	u8 hash[16];
	str parts[] = { said(w, P_NOM), said(w, P_ADRESSE), said(w, P_CODE_POSTAL), said(w, P_COMMUNE) };
	str key = place_term_key(w->a, str_join(w->a, parts, lengthof(parts), S(" ")));
	crypto_generichash(hash, sizeof hash, (const u8 *)key.p, key.n, NULL, 0);
	struct buf b = buf_new(w->a, 64);
	buf_put(&b, S("sans-id-"));
	for (size_t i = 0; i < 8; i++)
		buf_printf(&b, "%02x", hash[i]);
	put(w, S("id"), S("id"), buf_str(&b));
}

static const struct layout_column *column_of(const struct place_layout *l, str name)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i].name, name))
			return &l->v[i];
	return NULL;
}

static void put_cell(struct laying *w, const struct place_pair *p)
{
	const struct layout_column *c = column_of(w->l, p->name);
	if (!c)
		return;
	int special = special_of(c->as);
	if (special >= 0)
		put_special(w, c, special, p->value);
	else if (c->n)
		put_meanings(w, c, p->value);
	else if (c->as.n)
		put_text(w, c, p->value);
}

struct file_row place_layout_apply(struct arena *a, const struct place_layout *l, str day, const struct file_row *row)
{
	enum { PARTS = 2000 };                   /* pairs that the values of one row may give */
	struct laying w = { .a = a, .l = l, .room = PARTS };
	w.out = (struct file_row){ .line = row->line, .broken = row->broken, .laid_out = true };
	w.out.v = arena_many(a, struct place_pair, PARTS);
	for (size_t i = 0; i < row->n; i++)
		put_cell(&w, &row->v[i]);
	put_hours(&w);
	put_point(&w);
	for (size_t i = 0; i < l->n_fixed; i++)
		put(&w, S(""), str_c(place_field_names[l->fixed[i].field]), l->fixed[i].value);
	if (!said(&w, P_DATE_MAJ).n)
		put(&w, S("date_maj"), S("date_maj"), day);
	if (!said(&w, P_ID).n)
		put_id(&w);
	return w.out;
}

/* Rows as families: what each column holds, what a merged cell covered, and why a row is none. */
#include "base/utf8.h"
#include "lists/cells.h"
#include "lists/pages.h"

const struct list_reason_words list_reasons[LR_COUNT] = {
	[LR_NONE] = { "", "", "" },
	[LR_NO_PARENT] = { "no-parent", N_("il manque le nom du parent"), N_("Écrivez le nom d’un parent, et son prénom ou son téléphone.") },
	[LR_NO_CHILD] = { "no-child", N_("il manque le prénom de l’enfant"), N_("Écrivez le prénom de l’enfant.") },
	[LR_NO_CLASS] = { "no-class", N_("il manque la classe"), N_("Écrivez la classe de l’enfant : CM1, CM2…") },
	[LR_WHICH_CLASS] = { "which-class", N_("deux classes possibles"), N_("Écrivez la classe de cet enfant seul, par exemple CM1.") },
	[LR_CLASS] = { "class", N_("classe non reconnue"), N_("Écrivez la classe comme CP, CE1, CE2, CM1, CM2, 6e… ou « autre ».") },
	[LR_NO_SCHOOL] = { "no-school", N_("il manque l’école"), N_("Écrivez le nom de l’école.") },
	[LR_SCHOOL] = { "school", N_("école non reconnue"), N_("Écrivez le nom de l’école en entier, ou son code UAI.") },
	[LR_NOT_IN_WAVE] = { "not-in-wave", N_("cette école n’est dans aucune vague de la campagne"),
		N_("Ajoutez l’école à une vague, puis envoyez à nouveau cette ligne.") },
	[LR_LATIN] = { "latin", N_("nom sans lettres latines, ou avec des chiffres"),
		N_("Écrivez les noms en lettres latines : ils ne pourraient pas être retrouvés autrement.") },
	[LR_FORMULA] = { "formula", N_("formule à la place d’un nom"), N_("Remplacez la formule par ce qu’elle affiche.") },
	[LR_ALONE] = { "alone", N_("une seule case remplie"), N_("Si c’est un titre, laissez. Sinon, remplissez la ligne.") },
	[LR_PHONE] = { "phone", N_("téléphone illisible, la famille est prise sans lui"),
		N_("Corrigez-le dans le dossier de la famille ; une école donne le bon numéro à la ville.") },
};

enum list_reason list_reason_of(str code)
{
	for (enum list_reason r = LR_NONE; r < LR_COUNT; r++)
		if (str_eq(code, str_c(list_reasons[r].code)))
			return r;
	return LR_NONE;
}

struct reading { struct arena *a; const struct list_columns *c; const struct list_row *row; size_t at[LF_COUNT]; };

/* The place of a field's column, from 1; 0: none has it. */
static size_t column_of(const struct list_columns *c, enum list_field f)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->field[i] == f && c->never[i] == LN_NONE)
			return i + 1;
	return 0;
}

static str cell(const struct reading *r, enum list_field f)
{
	size_t at = r->at[f];
	return at && at <= r->row->n ? r->row->v[at - 1] : S("");
}

static struct cell_name names_of(const struct reading *r, enum list_field both, enum list_field given, enum list_field family)
{
	struct cell_name n = { cell_word(r->a, cell(r, given)), cell_word(r->a, cell(r, family)) };
	if (n.given.n || n.family.n || !cell(r, both).n)
		return n;
	return cell_name(r->a, cell(r, both), list_given_first(r->a, r->c->name[r->at[both] - 1]));
}

static void read_phones(const struct reading *r, struct list_entry *e)
{
	str one[2];
	bool bad, bad_2;
	size_t n = cell_phones(r->a, cell(r, LF_PHONE), one, 1, &bad), n_2 = cell_phones(r->a, cell(r, LF_PHONE_2), one + 1, 1, &bad_2);
	e->phone = n ? one[0] : n_2 ? one[1] : S("");
	if (!e->phone.n && (bad || bad_2)) {
		e->reason = LR_PHONE;
		e->position = r->at[bad ? LF_PHONE : LF_PHONE_2];
	}
}

static void read_names(const struct reading *r, struct list_entry *e)
{
	struct cell_name child = names_of(r, LF_CHILD, LF_CHILD_GIVEN, LF_CHILD_FAMILY), parent = names_of(r, LF_PARENT, LF_PARENT_GIVEN, LF_PARENT_FAMILY);
	if (!parent.family.n && !parent.given.n && cell(r, LF_PARENT_2).n)
		parent = cell_name(r->a, cell(r, LF_PARENT_2), list_given_first(r->a, r->c->name[r->at[LF_PARENT_2] - 1]));
	e->child = child.given.n ? child.given : r->at[LF_CHILD] && !r->at[LF_CHILD_GIVEN] ? child.family : S("");
	e->given = parent.given;
	e->family = parent.family.n ? parent.family : child.given.n ? child.family : S("");
}

static void refuse(struct list_entry *e, enum list_reason why, size_t position)
{
	if (e->reason == LR_NONE || e->reason == LR_PHONE) {
		e->reason = why;
		e->position = position;
	}
}

static bool has_digit(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
}

static size_t parent_column(const struct reading *r)
{
	return r->at[LF_PARENT] ? r->at[LF_PARENT] : r->at[LF_PARENT_FAMILY] ? r->at[LF_PARENT_FAMILY] : r->at[LF_PARENT_GIVEN];
}

static void check_names(const struct reading *r, struct list_entry *e)
{
	static const enum list_field named[] = { LF_CHILD, LF_CHILD_GIVEN, LF_CHILD_FAMILY, LF_PARENT, LF_PARENT_GIVEN, LF_PARENT_FAMILY };
	size_t child = r->at[LF_CHILD_GIVEN] ? r->at[LF_CHILD_GIVEN] : r->at[LF_CHILD];
	for (size_t i = 0; i < lengthof(named); i++)
		if (cell_is_formula(cell(r, named[i])))
			refuse(e, LR_FORMULA, r->at[named[i]]);
	if (!e->child.n && !r->c->adults)
		refuse(e, LR_NO_CHILD, child);
	if (!e->family.n || (!e->given.n && !e->phone.n))
		refuse(e, LR_NO_PARENT, parent_column(r));
	else if (!name_findable(r->a, e->family) || has_digit(e->family) || has_digit(e->given) || (e->given.n && !name_findable(r->a, e->given)))
		refuse(e, LR_LATIN, parent_column(r));
	else if (!r->c->adults && (has_digit(e->child) || !name_findable(r->a, e->child)))
		refuse(e, LR_LATIN, child);
}

static void read_class(const struct reading *r, str written, struct list_entry *e)
{
	str class_ = cell_class(r->a, written);
	e->class_ = class_.p ? class_ : S("");
	if (!written.n)
		refuse(e, LR_NO_CLASS, r->at[LF_CLASS]);
	else if (!class_.p || str_eq(class_, S("?")))
		refuse(e, class_.p ? LR_WHICH_CLASS : LR_CLASS, r->at[LF_CLASS]);
}

static void read_entry(const struct reading *r, str class_, str school, struct list_entry *e)
{
	i64 year;
	size_t full = 0;
	for (size_t i = 0; i < r->row->n; i++)
		full += r->row->v[i].n > 0;
	if (full == 1)
		refuse(e, LR_ALONE, 0);
	read_names(r, e);
	read_phones(r, e);
	check_names(r, e);
	e->class_ = S("");
	if (!r->c->adults)
		read_class(r, class_, e);
	e->named = r->c->adults ? e->family.n > 0 : e->child.n > 0;
	e->school = school;
	e->mail = str_find_byte(cell(r, LF_MAIL), '@') > 0 ? cell(r, LF_MAIL) : S("");
	e->address = cell(r, LF_ADDRESS);
	e->language = cell_language(r->a, cell(r, LF_LANGUAGE));
	year = cell_year(cell(r, LF_BIRTH));
	e->birth_year = year;
}

/* A column of merged cells says something on the first row of each block only: most are empty. */
static bool is_merged(const struct list_rows *rows, size_t at)
{
	size_t said = 0, all = 0;
	for (size_t i = 0; at && i < rows->n; i++) {
		all += rows->v[i].n > 1;
		said += at <= rows->v[i].n && rows->v[i].v[at - 1].n > 0;
	}
	return said && said * 10 < all * 6;
}

/* A row that holds nothing but a class is the title of those below. */
static str title_class(struct arena *a, const struct list_row *r)
{
	str one = S("");
	size_t full = 0;
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].n) {
			one = r->v[i];
			full++;
		}
	str class_ = full == 1 ? cell_class(a, one) : (str){ 0 };
	return class_.p && !str_eq(class_, S("?")) ? class_ : S("");
}

void list_entries(struct arena *a, const struct list_columns *c, const struct list_rows *rows, struct list_entry *ret)
{
	struct reading r = { .a = a, .c = c };
	str class_ = S(""), school = S(""), title = S("");
	for (enum list_field f = LF_CHILD; f < LF_COUNT; f++)
		r.at[f] = column_of(c, f);
	bool classes_merged = is_merged(rows, r.at[LF_CLASS]), schools_merged = is_merged(rows, r.at[LF_SCHOOL]);
	for (size_t i = 0; i < rows->n; i++) {
		r.row = &rows->v[i];
		ret[i] = (struct list_entry){ .number = (i64)i + 1, .child = S(""), .phone = S("") };
		if (!r.row->n)
			continue;
		str own = title_class(a, r.row);
		title = own.n ? own : title;
		class_ = cell(&r, LF_CLASS).n || !classes_merged ? cell(&r, LF_CLASS) : class_;
		school = cell(&r, LF_SCHOOL).n || !schools_merged ? cell(&r, LF_SCHOOL) : school;
		read_entry(&r, class_.n ? class_ : title, school, &ret[i]);
	}
}

/* ---- schools ---- */

enum err list_places(struct db *db, const struct list_line *l, struct file_place_row_list *ret)
{
	struct file_place_row_list all;
	size_t n = 0;
	try(file_places(db, l->campaign_id, &all));
	*ret = (struct file_place_row_list){ arena_many(db_arena(db), struct file_place_row, all.n + 1), 0 };
	for (size_t i = 0; i < all.n; i++) {
		bool before = false;             /* a school of two waves: the first one */
		for (n = 0; n < ret->n; n++)
			before |= ret->v[n].school_id == all.v[i].school_id;
		if (!before && (!l->school_id.set || l->school_id.v == all.v[i].school_id))
			ret->v[ret->n++] = all.v[i];
	}
	return OK;
}

struct spelt { str text; i64 school_id; enum list_reason reason; bool unknown; str likely; };
struct spellings { struct spelt *v; size_t n; };

static const struct file_place_row *place_of(const struct file_place_row_list *places, i64 school_id)
{
	for (size_t i = 0; i < places->n; i++)
		if (places->v[i].school_id == school_id)
			return &places->v[i];
	return NULL;
}

struct campaign_schools { struct file_place_row_list places; struct school *v; size_t n; };

/* By its code, by a spelling that was accepted or refused, else by likeness among the campaign's. */
static enum err recognise(struct db *db, const struct campaign_schools *k, struct spelt *s)
{
	struct school_matches m;
	if (!k->n) {
		s->reason = LR_NOT_IN_WAVE;
		return OK;
	}
	try(schools_find(db, s->text, k->v[0].insee, &m));
	bool sure = m.n && m.certainty == SCHOOL_CERTAIN;
	s->reason = m.refused ? LR_SCHOOL : sure && !place_of(&k->places, m.v[0].school.id) ? LR_NOT_IN_WAVE : LR_NONE;
	s->school_id = sure && s->reason == LR_NONE ? m.v[0].school.id : 0;
	if (s->school_id || s->reason != LR_NONE)
		return OK;
	schools_match(db_arena(db), s->text, k->v, k->n, &m);
	s->unknown = m.certainty != SCHOOL_CERTAIN;
	s->school_id = s->unknown ? 0 : m.v[0].school.id;
	s->likely = m.n ? m.v[0].school.uai : S("");
	return OK;
}

static enum err spelt_of(struct db *db, const struct campaign_schools *k, struct spellings *all, str text, const struct spelt **ret)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].text, text)) {
			*ret = &all->v[i];
			return OK;
		}
	struct spelt *s = &all->v[all->n++];
	*s = (struct spelt){ .text = text, .likely = S("") };
	*ret = s;
	return recognise(db, k, s);
}

static enum err know_schools(struct db *db, const struct list_line *l, struct campaign_schools *ret)
{
	try(list_places(db, l, &ret->places));
	ret->v = arena_many(db_arena(db), struct school, ret->places.n + 1);
	for (ret->n = 0; ret->n < ret->places.n; ret->n++)
		try(school_by_id(db, ret->places.v[ret->n].school_id, &ret->v[ret->n]));
	return OK;
}

enum err list_find_schools(struct db *db, const struct list_line *l, struct list_entry *v, size_t n, str *ret_unknown)
{
	struct campaign_schools k;
	struct spellings all = { arena_many(db_arena(db), struct spelt, n + 1), 0 };
	struct buf b = buf_new(db_arena(db), (size_t)1 << 16);
	try(know_schools(db, l, &k));
	for (size_t i = 0; i < n; i++) {
		bool only = !l->school_id.set && !v[i].school.n && k.n == 1 && str_eq(l->named, S("adult"));     /* the campaign has one place */
		const struct spelt *s = &(struct spelt){ .school_id = only ? k.v[0].id : l->school_id.v, .reason = k.n ? LR_NONE : LR_NOT_IN_WAVE };
		if (!l->school_id.set && v[i].school.n)
			try(spelt_of(db, &k, &all, v[i].school, &s));
		const struct file_place_row *place = place_of(&k.places, s->school_id);
		if (place)
			v[i].place = *place;
		else if (v[i].named)
			refuse(&v[i], s->reason != LR_NONE ? s->reason : v[i].school.n ? LR_SCHOOL : LR_NO_SCHOOL, 0);
	}
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].unknown)
			buf_printf(&b, "%.*s|%.*s\n", STR_ARG(str_replace(db_arena(db), all.v[i].text, S("|"), S("/"))), STR_ARG(all.v[i].likely));
	*ret_unknown = b.full ? S("") : buf_str(&b);
	return OK;
}

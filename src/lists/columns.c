/* A header is read word by word: who (a child, a parent, a second one) and what (first name, telephone…). "Nom" and "Prénom" alone are the
 * child's when other columns are a parent's, else the parent's when others are a child's. */
#include "lists/columns.h"

#include "base/phone.h"
#include "base/utf8.h"
#include "html/i18n.h"
#include "lists/cells.h"

enum { HEAD_ROWS = 15, LOOKED = 60, WORDS = 14 };

const struct list_field_words list_fields[LF_COUNT] = {
	[LF_NONE] = { "-", N_("ne pas reprendre") },
	[LF_CHILD] = { "child", N_("Enfant : nom et prénom ensemble") },
	[LF_CHILD_GIVEN] = { "child-given", N_("Enfant : prénom") },
	[LF_CHILD_FAMILY] = { "child-family", N_("Enfant : nom") },
	[LF_CLASS] = { "class", N_("Enfant : classe") },
	[LF_SCHOOL] = { "school", N_("Enfant : école") },
	[LF_PARENT] = { "parent", N_("Parent : nom et prénom ensemble") },
	[LF_PARENT_GIVEN] = { "parent-given", N_("Parent : prénom") },
	[LF_PARENT_FAMILY] = { "parent-family", N_("Parent : nom") },
	[LF_PARENT_2] = { "parent-2", N_("Autre parent, s’il n’y a pas le premier") },
	[LF_PHONE] = { "phone", N_("Téléphone") },
	[LF_PHONE_2] = { "phone-2", N_("Autre téléphone, s’il n’y a pas le premier") },
	[LF_MAIL] = { "mail", N_("Courriel") },
	[LF_ADDRESS] = { "address", N_("Adresse") },
	[LF_LANGUAGE] = { "language", N_("Langue") },
	[LF_BIRTH] = { "birth", N_("Enfant : année de naissance") },
};

const char *const list_never[LN_COUNT] = {
	[LN_NONE] = "", [LN_NIR] = N_("numéro de sécurité sociale"), [LN_TAX] = N_("revenus, quotient, bourse, numéro fiscal"),
	[LN_NATIONALITY] = N_("nationalité, titre de séjour"), [LN_HEALTH] = N_("santé, handicap"), [LN_BELIEF] = N_("religion, repas"),
};

enum list_field list_field_of(str code)
{
	for (enum list_field f = LF_NONE; f < LF_COUNT; f++)
		if (str_eq(code, str_c(list_fields[f].code)))
			return f;
	return LF_NONE;
}

/* ---- words ---- */

struct head { str v[WORDS]; size_t n; };

static struct head head_of(struct arena *a, str name)
{
	struct head h = { .n = 0 };
	str s = utf8_fold(a, str_replace(a, name, S("°"), S(" ")));
	for (size_t i = 0; i < s.n && h.n < WORDS;) {
		size_t from = i;
		while (i < s.n && ((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] & 0x80)))
			i++;
		if (i > from)
			h.v[h.n++] = str_slice(s, from, i);
		else
			i++;
	}
	return h;
}

str list_column_key(struct arena *a, str name)
{
	struct head h = head_of(a, name);
	return str_join(a, h.v, h.n, S(" "));
}

/* The place of the first word that begins as one of these (separated by spaces; "=" before it: that is the whole word); -1: none. */
static int find(const struct head *h, const char *words)
{
	str rest = str_c(words), w;
	int best = -1;
	while (str_next(&rest, ' ', &w)) {
		bool whole = w.n && w.p[0] == '=';
		w = str_slice(w, whole, w.n);
		for (size_t i = 0; i < h->n; i++)
			if ((whole ? str_eq(h->v[i], w) : str_starts(h->v[i], w)) && (best < 0 || (int)i < best))
				best = (int)i;
	}
	return best;
}

static bool has(const struct head *h, const char *words) { return find(h, words) >= 0; }

bool list_given_first(struct arena *a, str name)
{
	struct head h = head_of(a, name);
	int given = find(&h, "prenom"), family = find(&h, "=nom =noms");
	return given >= 0 && (family < 0 || given < family);
}

/* ---- one header ---- */

enum who { WHO_NOBODY, WHO_CHILD, WHO_PARENT, WHO_SECOND };

static enum who who_of(const struct head *h)
{
	if (has(h, "enfant eleve ecolier"))
		return WHO_CHILD;
	if (!has(h, "respons =resp =rl rl1 rl2 parent pere mere tuteur tutrice legal represent papa maman contact"))
		return WHO_NOBODY;
	return has(h, "=2 rl2 resp2 responsable2 parent2 second deuxieme autre") ? WHO_SECOND : WHO_PARENT;
}

static enum list_never never_of(const struct head *h)
{
	if (has(h, "=nir =nss =insee") || (has(h, "secu securite") && (has(h, "social") || has(h, "num =n =no"))))
		return LN_NIR;
	if (has(h, "revenu fiscal impot quotient =qf caf allocataire bours echelon"))
		return LN_TAX;
	if (has(h, "national =sejour titre") || (has(h, "pays lieu") && has(h, "naissance origine")))
		return LN_NATIONALITY;
	if (has(h, "sante medic handicap mdph allerg =pai =aesh =avs =ulis vaccin maladie traitement invalid"))
		return LN_HEALTH;
	return has(h, "religi culte confession regime repas cantine") ? LN_BELIEF : LN_NONE;
}

/* Of a name, by who it is and which parts the words say. */
static enum list_field name_field(enum who who, bool given, bool family)
{
	static const enum list_field all[4][4] = {       /* neither, family, given, both */
		[WHO_NOBODY] = { LF_NONE, LF_CHILD_FAMILY, LF_CHILD_GIVEN, LF_CHILD },
		[WHO_CHILD] = { LF_CHILD, LF_CHILD_FAMILY, LF_CHILD_GIVEN, LF_CHILD },
		[WHO_PARENT] = { LF_PARENT, LF_PARENT_FAMILY, LF_PARENT_GIVEN, LF_PARENT },
		[WHO_SECOND] = { LF_PARENT_2, LF_PARENT_2, LF_NONE, LF_PARENT_2 },
	};
	return all[who][2 * given + family];
}

static enum list_field field_of(const struct head *h, enum who who)
{
	static const struct { const char *words; enum list_field field; } all[] = {
		{ "tel =gsm mobile portable telephone phone", LF_PHONE }, { "mail email courriel =mel", LF_MAIL }, { "naissance =ddn =ne =nee =age", LF_BIRTH },
		{ "langue", LF_LANGUAGE }, { "classe niveau cours division", LF_CLASS }, { "ecole etablissement =uai =rne", LF_SCHOOL },
		{ "adresse domicile rue", LF_ADDRESS },
	};
	if (!h->n)
		return LF_NONE;
	bool given = has(h, "prenom"), family = has(h, "=nom =noms");
	for (size_t i = 0; i < lengthof(all); i++)
		if (has(h, all[i].words))
			return all[i].field == LF_PHONE && who == WHO_SECOND ? LF_PHONE_2 : all[i].field;
	return name_field(who, given, family);
}

/* ---- which row is the header ---- */

static size_t recognised(struct arena *a, const struct list_row *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++) {
		struct head h = head_of(a, r->v[i]);
		enum who who = who_of(&h);
		n += h.n && h.n <= 8 && (field_of(&h, who) != LF_NONE || who != WHO_NOBODY || never_of(&h) != LN_NONE);
	}
	return n;
}

static size_t filled(const struct list_row *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++)
		n += r->v[i].n > 0;
	return n;
}

/* A second line of header: what it says is names of columns, all of it or nearly. */
static bool goes_on(struct arena *a, const struct list_row *r)
{
	size_t all = filled(r);
	return all && recognised(a, r) * 4 >= all * 3;
}

/* The names: a first line's last word spreads over what a merged cell covered, when a second one says more. */
static void put_names(struct arena *a, const struct list_rows *rows, size_t head, bool two, struct list_columns *ret)
{
	str above = S("");
	for (size_t i = 0; i < ret->n; i++) {
		str first = i < rows->v[head].n ? rows->v[head].v[i] : S(""), second = two && i < rows->v[head + 1].n ? rows->v[head + 1].v[i] : S("");
		above = first.n ? first : above;
		str name = second.n ? str_trim(str_printf(a, "%.*s %.*s", STR_ARG(above), STR_ARG(second))) : first;
		ret->name[i] = str_replace(a, name, S("\n"), S(" "));
	}
}

static bool find_header(struct arena *a, const struct list_rows *rows, struct list_columns *ret)
{
	size_t best = 0, head = 0;
	for (size_t i = 0; i < rows->n && i < HEAD_ROWS; i++) {
		size_t n = recognised(a, &rows->v[i]);
		if (n > best) {
			best = n;
			head = i;
		}
	}
	if (best < 2)
		return false;
	bool before = head > 0 && goes_on(a, &rows->v[head - 1]) && recognised(a, &rows->v[head - 1]) > 0 && filled(&rows->v[head - 1]) > 1;
	head -= before;
	bool two = before || (head + 1 < rows->n && goes_on(a, &rows->v[head + 1]));
	put_names(a, rows, head, two, ret);
	ret->body = head + 1 + two;
	return true;
}

/* ---- by what they hold ---- */

struct held { size_t all, phones, classes, mails, nirs; };

static struct held held_by(struct arena *a, const struct list_rows *rows, size_t body, size_t column)
{
	struct held h = { 0 };
	for (size_t i = body; i < rows->n && h.all < LOOKED; i++) {
		str cell = column < rows->v[i].n ? rows->v[i].v[column] : S(""), phone;
		bool bad;
		if (!cell.n)
			continue;
		h.all++;
		h.phones += cell_phones(a, cell, &phone, 1, &bad) > 0;
		h.classes += cell_class(a, cell).p != NULL;
		h.mails += str_find_byte(cell, '@') > 0;
		h.nirs += cell_is_nir(cell);
	}
	return h;
}

static void by_contents(struct arena *a, const struct list_rows *rows, struct list_columns *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct held h = held_by(a, rows, c->body, i);
		if (h.nirs * 3 > h.all)
			c->never[i] = LN_NIR;
		if (c->never[i] != LN_NONE || (c->field[i] != LF_NONE && c->field[i] != LF_PARENT) || h.all < 2)
			continue;
		if (h.phones * 2 > h.all)
			c->field[i] = LF_PHONE;
		else if (h.mails * 2 > h.all)
			c->field[i] = LF_MAIL;
		else if (h.classes * 2 > h.all)
			c->field[i] = LF_CLASS;
	}
}

/* ---- together ---- */

static size_t count(const struct list_columns *c, enum list_field f)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += c->field[i] == f;
	return n;
}

static void turn(struct list_columns *c, enum list_field from, enum list_field to)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->field[i] == from)
			c->field[i] = to;
}

/* Each once; a second telephone, or a second parent, stands behind the first. */
static void once_each(struct list_columns *c)
{
	bool had[LF_COUNT] = { false };
	for (size_t i = 0; i < c->n; i++) {
		enum list_field f = c->field[i];
		if (had[f])
			f = f == LF_PHONE && !had[LF_PHONE_2] ? LF_PHONE_2 : f == LF_PARENT && !had[LF_PARENT_2] ? LF_PARENT_2 : LF_NONE;
		c->field[i] = f;
		had[f] = f != LF_NONE;
	}
}

/* A name without its other half holds both. */
static void join_halves(struct list_columns *c)
{
	if (!count(c, LF_PARENT) && count(c, LF_PARENT_FAMILY) && !count(c, LF_PARENT_GIVEN))
		turn(c, LF_PARENT_FAMILY, LF_PARENT);
	if (!count(c, LF_CHILD) && count(c, LF_CHILD_FAMILY) && !count(c, LF_CHILD_GIVEN))
		turn(c, LF_CHILD_FAMILY, LF_CHILD);
}

static void by_names(struct arena *a, struct list_columns *c)
{
	bool parents = false, children = false, alone[LIST_COLUMNS] = { false };
	int first = 0;                           /* the father or the mother: whose columns come first */
	for (size_t i = 0; i < c->n; i++) {
		struct head h = head_of(a, c->name[i]);
		enum who who = who_of(&h);
		int parent = has(&h, "pere papa") ? 1 : has(&h, "mere maman") ? 2 : 0;
		first = first ? first : parent;
		bool second_line = parent && parent != first;    /* the other parent's columns stand behind the first's */
		c->never[i] = never_of(&h);
		c->field[i] = c->never[i] != LN_NONE ? LF_NONE : field_of(&h, second_line ? WHO_SECOND : who);
		alone[i] = who == WHO_NOBODY && c->field[i] >= LF_CHILD && c->field[i] <= LF_CHILD_FAMILY;
		parents |= (who == WHO_PARENT || who == WHO_SECOND) && c->field[i] >= LF_PARENT && c->field[i] <= LF_PARENT_2;
		children |= who == WHO_CHILD && c->field[i] >= LF_CHILD && c->field[i] <= LF_CHILD_FAMILY;
	}
	for (size_t i = 0; i < c->n && children && !parents; i++)
		if (alone[i])
			c->field[i] = c->field[i] == LF_CHILD ? LF_PARENT : c->field[i] == LF_CHILD_GIVEN ? LF_PARENT_GIVEN : LF_PARENT_FAMILY;
}

void list_columns_propose(struct arena *a, const struct list_rows *rows, struct list_columns *ret)
{
	*ret = (struct list_columns){ .n = 0 };
	for (size_t i = 0; i < rows->n; i++)
		ret->n = rows->v[i].n > ret->n ? rows->v[i].n : ret->n;
	ret->n = ret->n > LIST_COLUMNS ? LIST_COLUMNS : ret->n;
	ret->named = find_header(a, rows, ret);
	for (size_t i = 0; i < ret->n; i++)
		if (!ret->name[i].n)
			ret->name[i] = str_printf(a, "Colonne %zu", i + 1);
	by_names(a, ret);
	by_contents(a, rows, ret);
	join_halves(ret);
	once_each(ret);
}

bool list_field_of_adults(enum list_field f)
{
	return f != LF_CHILD && f != LF_CHILD_GIVEN && f != LF_CHILD_FAMILY && f != LF_CLASS && f != LF_BIRTH && f != LF_PARENT_2;
}

void list_columns_of_adults(struct list_columns *c)
{
	bool said = count(c, LF_PARENT) || count(c, LF_PARENT_GIVEN) || count(c, LF_PARENT_FAMILY);
	c->adults = true;
	if (!said) {
		turn(c, LF_CHILD, LF_PARENT);
		turn(c, LF_CHILD_GIVEN, LF_PARENT_GIVEN);
		turn(c, LF_CHILD_FAMILY, LF_PARENT_FAMILY);
	}
	for (size_t i = 0; i < c->n; i++)
		if (!list_field_of_adults(c->field[i]))
			c->field[i] = LF_NONE;
}

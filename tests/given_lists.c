/* See given_lists.h. */
#include "given_lists.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { FORMS = 7, ROWS_MOST = 400 };

struct making { struct arena *a; u64 state; const char *const *uais; size_t schools; struct given_lists all; struct buf *out; };

static u64 next(struct making *m)
{
	m->state ^= m->state << 13;
	m->state ^= m->state >> 7;
	m->state ^= m->state << 17;
	return m->state;
}

static i64 below(struct making *m, i64 n) { return (i64)(next(m) % (u64)n); }

const char *given_uai(struct arena *a, i64 number)
{
	return str_z(a, str_printf(a, "%07lld%c", (long long)number, "ABCDEFGHJKLMNPRSTUVWXYZ"[number % 23]));
}

/* ---- who ---- */

struct family { i64 id; str given, other, name, phone; };
struct child { const struct family *f; str given, parent, name, phone, class_; };

/* A name for each number, no two of which sound alike: three of thirteen consonants. */
static str name_of(struct arena *a, i64 id)
{
	static const char letters[] = "bdfklmprtvzjn";
	i64 k = 13;
	return str_printf(a, "%co%ci%ca", letters[id / (k * k) % k] - 32, letters[id / k % k], letters[id % k]);
}

static const char *const givens[] = { "Leïla", "Karim", "Anne", "Fatou", "Moussa", "Hélène", "Grace", "Ibrahim", "Chloé", "Rachid", "Sonia", "Paul", "Nadia",
	"Thierry", "Awa", "Samuel" };
static const char *const children[] = { "Inès", "Adam", "Zoé", "Yanis", "Malo", "Fanta", "Noé", "Rose", "Ilyès", "Lila", "Sacha", "Jade" };
static const char *const grades[] = { "CM1", "CM2", "CE2" };

static struct family family_of(struct making *m, i64 id)
{
	long long phone = 20000 + id - (id % 50 == 7);      /* some: a neighbour's */
	struct family f = { .id = id, .name = name_of(m->a, id), .given = str_c(givens[id % (i64)lengthof(givens)]),
		.other = str_c(givens[(id + 5) % (i64)lengthof(givens)]), .phone = str_printf(m->a, "01990%05lld", phone) };
	return f;
}

/* Another spelling that sounds the same: a letter twice, a vowel as another. */
static str spelt_otherwise(struct making *m, str name)
{
	switch (below(m, 4)) {
	case 0: return str_printf(m->a, "%.*s%c%.*s", 3, name.p, name.p[2], (int)name.n - 3, name.p + 3);
	case 1: return str_replace(m->a, name, S("i"), S("y"));
	case 2: return str_replace(m->a, name, S("i"), S("é"));
	default: return name;
	}
}

/* ---- how it is written ---- */

static str loud(struct arena *a, str s)
{
	char *p = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = (s.p[i] >= 'a' && s.p[i] <= 'z') || (u8)s.p[i] == 0xA9 ? (char)(s.p[i] - 32) : s.p[i];      /* é too */
	return (str){ p, s.n };
}

static str phone_as(struct making *m, str phone, int form)
{
	const char *p = phone.p;
	if (!phone.n)
		return S("");
	switch (form % 4) {
	case 0: return str_printf(m->a, "%.2s %.2s %.2s %.2s %.2s", p, p + 2, p + 4, p + 6, p + 8);
	case 1: return str_printf(m->a, "%.2s.%.2s.%.2s.%.2s.%.2s", p, p + 2, p + 4, p + 6, p + 8);
	case 2: return str_slice(phone, 1, phone.n);      /* a spreadsheet ate the zero */
	default: return str_printf(m->a, "+33 %s", p + 1);
	}
}

static str class_as(struct making *m, str class_, int form)
{
	static const char *const after[] = { "", " A", " B", "" };
	const char *end = after[below(m, 4)];
	return form % 2 ? str_printf(m->a, "%.*s %c%s", 2, class_.p, class_.p[2], end) : str_printf(m->a, "%.*s%s", STR_ARG(class_), end);
}

static const char *const heads[FORMS] = {
	"Nom de l'élève;Prénom;Classe;École;Responsable 1;Tél;Adresse\n",
	"école,PRENOM ENFANT,niveau,nom du responsable,prénom du responsable,Téléphone portable\n",
	"Liste des familles;;;;;\n;;;;;\nEnfant;;;Responsable légal;;École\nNom;Prénom;Classe;Nom et prénom;Tél.;\n",
	"Etablissement\tEleve\tCours\tParent\tMobile\tNationalité\n",
	"Classe;Nom et prénom de l'enfant;Mère;Portable mère;École;Langue\n",
	"N°;ECOLE;CLASSE;ENFANT;NOM PARENT;PRENOM PARENT;TELEPHONES;DATE DE NAISSANCE\n",
	"Prénom de l’enfant;Classe;Nom du parent;Prénom du parent;Téléphone;École;N° sécurité sociale\n",
};

static void write_row(struct making *m, size_t list, const struct child *c)
{
	struct arena *a = m->a;
	struct buf *b = &m->out[list];
	int form = (int)(list % FORMS);
	const char *uai = m->uais[list];
	str name = loud(a, c->name), phone = phone_as(m, c->phone, form + (int)below(m, 2)), class_ = class_as(m, c->class_, form);
	str given = c->given, parent = c->parent;
	long long number = (long long)m->all.v[list].n + 1;
	switch (form) {
	case 0: buf_printf(b, "%.*s;%.*s;%.*s;%s;%.*s %.*s;%.*s;%lld rue de l'Exemple\n", STR_ARG(name), STR_ARG(given), STR_ARG(class_), uai, STR_ARG(name),
		STR_ARG(parent), STR_ARG(phone), number); break;
	case 1: buf_printf(b, "%s,%.*s,%.*s,%.*s,%.*s,%.*s\n", uai, STR_ARG(given), STR_ARG(class_), STR_ARG(name), STR_ARG(parent), STR_ARG(phone)); break;
	case 2: buf_printf(b, "%.*s;%.*s;%.*s;Mme %.*s %.*s;%.*s;%s\n", STR_ARG(name), STR_ARG(given), STR_ARG(class_), STR_ARG(parent), STR_ARG(name), STR_ARG(phone),
		uai); break;
	case 3: buf_printf(b, "%s\t%.*s %.*s\t%.*s\t%.*s %.*s\t%.*s\tinventée\n", uai, STR_ARG(name), STR_ARG(given), STR_ARG(class_), STR_ARG(parent), STR_ARG(name),
		STR_ARG(phone)); break;
	case 4: buf_printf(b, "%.*s;%.*s %.*s;%.*s %.*s;%.*s;%s;français\n", STR_ARG(class_), STR_ARG(name), STR_ARG(given), STR_ARG(name), STR_ARG(parent),
		STR_ARG(phone), uai); break;
	case 5: buf_printf(b, "%lld;%s;%.*s;%.*s;%.*s;%.*s;%.*s%s;%02lld/03/2016\n", number, uai, STR_ARG(class_), STR_ARG(given), STR_ARG(name), STR_ARG(parent),
		STR_ARG(phone), c->phone.n ? " / 01 99 00 00 99" : "", 1 + number % 28); break;
	default: buf_printf(b, "%.*s;%.*s;%.*s;%.*s;%.*s;%s;1 85 05 44 109 %03lld\n", STR_ARG(given), STR_ARG(class_), STR_ARG(c->name), STR_ARG(parent),
		STR_ARG(phone), uai, number % 1000);
	}
	if (below(m, 40) == 0)
		buf_put(b, form == 1 ? S(",,,,,\n") : form == 3 ? S("\t\t\t\t\t\n") : S(";;;;;;\n"));
}

/* In Windows-1252, as old spreadsheets write. */
static str as_1252(struct arena *a, str s)
{
	struct buf b = buf_new(a, s.n + 4);
	for (u32 c; utf8_next(&s, &c);)
		buf_byte(&b, c < 256 ? (char)(u8)c : c == 0x2019 ? (char)(u8)0x92 : '?');
	return buf_str(&b);
}

/* ---- what is planted ---- */

static void put(struct making *m, size_t list, const struct child *c, enum planted planted)
{
	struct given_list *l = &m->all.v[list];
	l->v[l->n] = (struct given_row){ c->f->id, planted };
	write_row(m, list, c);
	l->n++;
	m->all.rows++;
	m->all.certain += planted == PLANTED_CERTAIN;
	m->all.doubts += planted == PLANTED_DOUBT;
}

static void plant(struct making *m, const struct family *f, size_t list)
{
	size_t other = (list + 1 + (size_t)below(m, (i64)m->schools - 1)) % m->schools;
	i64 child = below(m, (i64)lengthof(children)), what = below(m, 100);
	struct child c = { f, str_c(children[child]), f->given, f->name, f->phone, str_c(grades[below(m, 3)]) };
	struct child again = c;
	put(m, list, &c, PLANTED_NONE);
	again.given = str_c(children[(child + 1) % (i64)lengthof(children)]);
	again.class_ = str_c(grades[below(m, 3)]);
	if (what < 30) {                         /* a second child, in this school or another; some spelt otherwise */
		again.name = what % 3 == 0 ? spelt_otherwise(m, f->name) : f->name;
		put(m, what < 15 ? list : other, &again, PLANTED_CERTAIN);
	} else if (what < 34) {                  /* the other parent, the same telephone */
		again.parent = f->other;
		put(m, what % 2 ? list : other, &again, PLANTED_DOUBT);
	} else if (what < 38) {                  /* another telephone, or none */
		again.phone = what % 2 ? S("") : str_printf(m->a, "01990%05lld", (long long)(60000 + f->id));
		put(m, what % 2 ? list : other, &again, PLANTED_DOUBT);
	}
}

struct given_lists given_lists_of(struct arena *a, u64 seed, const char *const *uais, size_t schools, i64 families)
{
	struct making m = { .a = a, .state = seed * 0x9E3779B97F4A7C15 + 1, .uais = uais, .schools = schools };
	m.all = (struct given_lists){ .v = arena_many(a, struct given_list, schools), .n = schools, .families = families };
	m.out = arena_many(a, struct buf, schools);
	for (size_t i = 0; i < schools; i++) {
		m.all.v[i] = (struct given_list){ .uai = uais[i], .v = arena_many(a, struct given_row, ROWS_MOST) };
		m.out[i] = buf_new(a, (size_t)1 << 20);
		buf_put(&m.out[i], str_c(heads[i % FORMS]));
	}
	for (i64 id = 0; id < families; id++) {
		struct family f = family_of(&m, id);
		plant(&m, &f, (size_t)(id % (i64)schools));
	}
	for (size_t i = 0; i < schools; i++)
		m.all.v[i].content = i % 5 == 4 ? as_1252(a, buf_str(&m.out[i])) : buf_str(&m.out[i]);
	return m.all;
}

/* How long it takes to find a household among many: people URL [HOUSEHOLDS]. Fills a database that is empty with invented households (names by
 * how common names are: the first of each list is borne by several in a hundred), then searches it as agents do, through the vault and all:
 * "kind median p95" in milliseconds, and how many were found. */
#include <stdio.h>
#include <stdlib.h>

#include "app/vault.h"
#include "base/timex.h"
#include "db/db.h"
#include "db/id.h"
#include "accounts/accounts_sql.h"
#include "people/people.h"

#define BATCH 100
#define ROUNDS 60
#define P95 (ROUNDS * 95 / 100)

static const char *const given[] = { "Mohamed", "Marie", "Fatima", "Aminata", "Mamadou", "Khadija", "Jean", "Ahmed", "Fatoumata", "Youssef", "Nadia",
	"Ibrahim", "Aïcha",
	"Karim", "Sophie", "Moussa", "Ousmane", "Leïla", "Thomas", "Olena", "Yann", "Samira", "Abdoulaye", "Claire", "Mehdi", "Ana", "Rachid", "Julie",
		"Salima", "Gaëlle",
	"Ioana", "Bilal", "Zineb", "Loïc", "Kadiatou", "Pierre", "Imane", "Cheikh", "Soizic", "Selam" };
static const char *const family[] = { "Diallo", "Traoré", "Benali", "Martin", "Camara", "Nguyen", "Le Goff", "Ndiaye", "Haddad", "Barry", "El Amrani",
	"Coulibaly",
	"Bernard", "Mansouri", "Keïta", "Da Silva", "Dupont", "Rahmani", "Sow", "Yilmaz", "Moreau", "Cissé", "Bouaziz", "Ferreira", "Rousseau", "Konaté", "Slimani",
	"Popescu", "Le Bihan", "Kovalenko", "Touré", "Girard", "Cherkaoui", "Dembélé", "Tran", "Guérin", "Belkacem", "Osmani", "Lambert", "Tesfay" };

static u32 state = 7;
static u32 dice(u32 n) { state = state * 1664525u + 1013904223u; return (state >> 8) % n; }

/* The first ones are the commonest. */
static const char *pick(const char *const *list, size_t n) { return list[dice(1 + dice((u32)n))]; }

struct one { struct household h; struct person p[3]; struct sealed_household sealed; struct sealed_person person[3]; };
struct batch { struct one v[BATCH]; size_t n; i64 organisation; };

static enum err put_batch(struct db *db, void *arg)
{
	struct batch *b = arg;
	for (size_t i = 0; i < b->n; i++) {
		try(household_put(db, &b->v[i].sealed));
		for (size_t j = 0; j < lengthof(b->v[i].p); j++)
			try(person_put(db, &b->v[i].person[j]));
	}
	return OK;
}

static enum err invent(const struct vault_asker *vault, struct one *o, i64 organisation, size_t number)
{
	str nothing = S(""), name = str_c(pick(family, lengthof(family)));
	o->h = (struct household){ .organisation_id = organisation, .address = S("1 rue Haute, 44000 Nantes"), .district = nothing, .district_code = nothing,
		.priority_area = nothing,
		.priority_area_code = nothing, .areas_on = nothing, .school = true, .origin = S("self"), .contact_at = { now_ms(), true } };
	try(household_seal(vault, &o->h, &o->sealed));
	for (size_t j = 0; j < lengthof(o->p); j++) {
		bool child = j == 2;
		o->p[j] = (struct person){ .household_id = o->h.id, .child = child, .given = str_c(pick(given, lengthof(given))), .family = child ? nothing : name,
			.phone = j ? nothing : str_printf(vault->a, "+33199%06zu", number), .mail = nothing, .school = nothing, .class_ = nothing, .language = nothing,
				.channel = nothing };
		try(person_seal(vault, &o->p[j], organisation, &o->person[j]));
	}
	return OK;
}

static enum err put_organisation(struct db *db, void *arg)
{
	return account_organisation_put(db, *(i64 *)arg, S("bench"), now_ms());
}

static enum err fill(struct db *db, const struct vault_asker *vault, i64 organisation, size_t households)
{
	static struct batch b;
	b.organisation = organisation;
	for (size_t done = 0; done < households; done += b.n) {
		arena_reset(vault->a);
		for (b.n = 0; b.n < BATCH && done + b.n < households; b.n++)
			try(invent(vault, &b.v[b.n], organisation, done + b.n));
		try(db_tx(db, put_batch, &b));
	}
	return db_optimize(db);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static enum err measure(struct db *db, const struct vault_asker *vault, i64 organisation, const char *kind, str (*typed)(struct arena *a), double *ret_worst)
{
	double ms[ROUNDS];
	size_t found = 0;
	for (size_t i = 0; i < ROUNDS; i++) {
		struct households h;
		arena_reset(vault->a);
		str q = typed(vault->a);
		i64 from = mono_us();
		try(people_find(db, vault, &organisation, 1, q, &h));
		ms[i] = (double)(mono_us() - from) / 1000;
		found += h.n;
	}
	qsort(ms, ROUNDS, sizeof *ms, by_size);
	printf("%s %.1f %.1f (%.1f found)\n", kind, ms[ROUNDS / 2], ms[P95], (double)found / ROUNDS);
	*ret_worst = ms[P95] > *ret_worst ? ms[P95] : *ret_worst;
	return OK;
}

static str one_word(struct arena *a) { (void)a; return str_c(pick(family, lengthof(family))); }
static str two_words(struct arena *a) { return str_printf(a, "%s %s", pick(given, lengthof(given)), pick(family, lengthof(family))); }
static str commonest(struct arena *a) { (void)a; return S("Mohamed Diallo Marie"); }
static str beginnings(struct arena *a) { (void)a; return S("moh dia"); }
static str nobody(struct arena *a) { (void)a; return S("Mohamed Introuvable"); }
static str phone(struct arena *a) { return str_printf(a, "01 99 %02u %02u %02u", dice(10), dice(100), dice(100)); }

int main(int argc, char **argv)
{
	static const struct { const char *kind; str (*typed)(struct arena *a); } kinds[] = {
		{ "one-word", one_word }, { "two-words", two_words }, { "commonest", commonest }, { "beginnings", beginnings }, { "nobody", nobody }, { "phone", phone },
	};
	struct db *db;
	int applied;
	double worst = 0;
	u8 master[KEY_BYTES] = { 7 };
	i64 organisation = 1;
	struct arena *a = arena_new((size_t)256 << 20);
	struct keys *k = keys_new();
	keys_derive(k, master);
	struct vault_asker vault = vault_of_keys(k, a, S("bench"));
	time_init();
	if (argc < 2 || db_open(argv[1], (struct db_options){ .create = true, .application = "gabare bench" }, &db) != OK) {
		fprintf(stderr, "usage: people URL [HOUSEHOLDS]   (%s)\n", argc < 2 ? "" : db_error(NULL));
		return 2;
	}
	db_use_arena(db, a);
	i64 from = mono_us();
	enum err e = db_migrate(db, false, &applied);
	if (e == OK && applied)
		e = db_tx(db, put_organisation, &organisation);
	if (e == OK && applied)
		e = fill(db, &vault, organisation, argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 100000);
	fprintf(stderr, "filled in %.0f s\n", (double)(mono_us() - from) / 1e6);
	for (size_t i = 0; e == OK && i < lengthof(kinds); i++)
		e = measure(db, &vault, organisation, kinds[i].kind, kinds[i].typed, &worst);
	if (e != OK)
		fprintf(stderr, "%s: %s\n", err_name(e), db_error(db));
	printf("worst p95 %.1f ms (aim: under 50)\n", worst);
	return e == OK && worst < 50 ? 0 : 1;
}

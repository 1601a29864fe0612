/* The network of the demonstration: three invented groups, in structures of its directory, and a few invented contacts. */
#include "network/pages.h"

#include "base/timex.h"
#include "db/id.h"

#define DAY_MS ((i64)86400 * 1000)

static const struct { const char *name, *themes, *about; } groups[] = {
	{ "Groupe de la Rive haute", "entraide de quartier, permanences communes",
		"Les structures du quartier se voient une fois par mois, et se remplacent pendant les congés." },
	{ "Reconditionnement", "réemploi, dons de matériel, réparation", "Qui collecte, qui répare, qui donne : le circuit des ordinateurs." },
	{ "Parentalité numérique", "écrans, école, familles", "Ateliers pour les parents, avec les écoles et les centres sociaux." },
};

/* In which structure (by its place in their order), and since how many days they agreed; 0: they have not answered yet. */
static const struct { const char *name, *email, *job, *lang; size_t structure; int agreed; } people[] = {
	{ "Ariane Inventée", "ariane@example.org", "médiatrice numérique", "fr", 0, 200 },
	{ "Malo Inventé", "malo@example.org", "directeur", "fr", 1, 90 },
	{ "Salma Inventée", "salma@example.org", "animatrice", "ar", 2, 30 },
	{ "Gwenn Inventée", "gwenn@example.org", "accueil", "fr", 3, 0 },
	{ "Joris Inventé", "joris@example.org", "technicien", "en", 4, 12 },
	{ "Inès Inventée", "ines@example.org", "coordinatrice", "fr", 5, 0 },
};
enum { STRUCTURES = 9 };

struct loading { struct network_structure_row structures[STRUCTURES]; size_t n; struct contact_sealed sealed[lengthof(people)]; };

/* The first of the directory's, and the one whose invented users log in. */
static enum err choose_structures(struct db *db, struct loading *l)
{
	struct network_structure_row_list all;
	try(network_structures(db, &all));
	for (size_t i = 0; i < all.n && l->n < STRUCTURES; i++)
		if (l->n < STRUCTURES - 1 || str_eq(all.v[i].name, S("Association de démonstration")))
			l->structures[l->n++] = all.v[i];
	return OK;
}

static enum err load_people(struct db *db, const struct loading *l)
{
	i64 now = now_ms();
	for (size_t i = 0; i < lengthof(people); i++) {
		const struct contact_sealed *s = &l->sealed[i];
		struct opt_i64 given = { now - people[i].agreed * DAY_MS, people[i].agreed > 0 };
		try(network_contact_put(db, s->id, l->structures[people[i].structure % l->n].id, s->email_index, s->code_index, s->email_enc, s->name_enc, s->job_enc,
			s->phone_enc, str_c(people[i].lang), 0, S("Ville de démonstration"), now - 20 * DAY_MS, 0, given, given.set ? S("link") : (str){ 0 }));
		if (given.set)
			continue;
		try(network_contact_ask(db, s->id));
		try(network_asked(db, s->id, now - 20 * DAY_MS));
	}
	return OK;
}

static enum err load_tx(struct db *db, void *arg)
{
	const struct loading *l = arg;
	for (size_t g = 0; g < lengthof(groups); g++) {
		i64 id = id_new();
		try(network_group_put(db, id, str_c(groups[g].name), str_c(groups[g].themes), str_c(groups[g].about), now_ms()));
		for (size_t k = 0; k < l->n; k++)
			if (k % lengthof(groups) == g || k % 4 == g)
				try(network_member_put(db, id, l->structures[k].id, now_ms()));
	}
	return load_people(db, l);
}

enum err network_demo_load(struct db *db, const struct vault_asker *vault)
{
	struct network_group_line_list known;
	struct loading l = { .n = 0 };
	try(network_groups(db, (struct opt_i64){ 0 }, &known));
	if (known.n)
		return OK;
	try(choose_structures(db, &l));
	if (!l.n)
		return OK;
	for (size_t i = 0; i < lengthof(people); i++) {
		struct contact c = { .email = str_c(people[i].email), .name = str_c(people[i].name), .job = str_c(people[i].job) };
		try(contact_seal(vault, &c, &l.sealed[i]));
	}
	return db_tx(db, load_tx, &l);
}

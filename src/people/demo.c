/* See demo.h. */
#include "people/demo.h"

#include "base/timex.h"
#include "db/id.h"
#include "people/find.h"
#include "people/people_sql.h"

#define DAY_MS ((i64)86400 * 1000)

struct invented {
	const char *organisation;                /* of the demonstration's accounts: "CCAS", "Association", "Ville" */
	const char *given, *family, *phone, *language, *address, *child, *class_;
	int days;                                /* since the last contact; -1: none yet, an association or a school named them */
	const char *note;
};

static const struct invented invented[] = {
	{ "CCAS", "Khadija", "Benali-Inventé", "+33199001201", "ar", "14 rue des Lavoirs, 44100 Nantes", "Inès", "CM2", 3,
		"Préfère le mardi matin. Veut envoyer des photos à sa sœur." },
	{ "CCAS", "Mamadou", "Traoré-Inventé", "+33199001202", "bm", "23 rue du Petit-Sablier, 44100 Nantes", "Awa", "CM1", 12, "" },
	{ "CCAS", "Jean-Yves", "Le Goff-Inventé", "+33199001203", "fr", "9 rue de l’Écope, 44100 Nantes", "", "", 40,
		"A pris la fiche de la Médiathèque des Lavoirs." },
	{ "CCAS", "Olena", "Kovalenko-Inventé", "+33199001204", "uk", "26 rue de la Bouée-Bleue, 44100 Nantes", "Danylo", "CM1", 5, "" },
	{ "CCAS", "Fatoumata", "Diallo-Inventé", "+33199001205", "ff", "48 rue du Toueur, 44100 Nantes", "Ibrahima", "CE2", 20, "" },
	{ "CCAS", "Marie", "Dupont-Inventé", "", "fr", "6 rue de l’Ablette, 44100 Nantes", "Léo", "CM2", 65,
		"Appeler plutôt la voisine du dessous, avec son accord." },
	{ "CCAS", "Yusuf", "Yilmaz-Inventé", "+33199001206", "tr", "30 chemin du Vieux-Ponton, 44100 Nantes", "Elif", "6e", 8, "" },
	{ "Association", "Nadia", "Haddad-Inventé", "+33199001211", "ar", "19 rue des Trois-Amarres, 44100 Nantes", "Yanis", "CM1", 2,
		"Vient au jeudi ouvert. A choisi la messagerie." },
	{ "Association", "Thi Lan", "Nguyen-Inventé", "+33199001212", "vi", "2 impasse du Cormoran, 44100 Nantes", "Minh", "CP", 15, "" },
	{ "Association", "Ousmane", "Ndiaye-Inventé", "+33199001213", "wo", "4 quai du Chaland, 44100 Nantes", "", "", 33, "" },
	{ "Association", "Soizic", "Kerlan-Inventé", "+33199001214", "fr", "1 rue des Lavoirs, 44100 Nantes", "Enora", "CM2", 90, "" },
	{ "Association", "Ana", "Ferreira-Inventé", "+33199000021", "pt", "8 rue de la Sarcelle, 44100 Nantes", "Tiago", "CM1", 1, "" },
	{ "Association", "Ahmad", "Rahmani-Inventé", "+33199000022", "fa", "13 quai des Roseaux-Parleurs, 44000 Nantes", "Sara", "CE1", 7, "" },
	{ "Ville", "Amina", "Osmani-Inventé", "+33199000031", "sq", "17 rue du Gouvernail, 44100 Nantes", "Arben", "CM1", -1, "" },
	{ "Ville", "Élodie", "Rousseau-Inventé", "+33199000032", "fr", "20 allée du Martin-Pêcheur, 44000 Nantes", "Tom", "CM2", -1, "" },
	{ "Ville", "Mohamed", "Amrani-Inventé", "+33199000033", "ar", "14 rue du Nœud-de-Chaise, 44000 Nantes", "Lina", "CM2", 4, "" },
	{ "Ville", "Awa", "Coulibaly-Inventé", "+33199000034", "snk", "11 chemin du Vieux-Ponton, 44100 Nantes", "Moussa", "CM1", 4, "" },
	{ "Ville", "Ioana", "Popescu-Inventé", "+33199000035", "ro", "", "Andrei", "CM2", -1, "" },
	{ "Ville", "Gaëlle", "Moreau-Inventé", "", "fr", "41 rue de l’Écope, 44100 Nantes", "Jade", "CM1", 10, "" },
	{ "Ville", "Selam", "Tesfay-Inventé", "+33199000036", "ti", "22 quai de la Brume, 44100 Nantes", "Natnael", "CM2", 6, "" },
	{ "CCAS", "Cadidja", "Ben Ali-Inventé", "+33199001201", "ar", "", "", "", 30, "" },       /* the first one, recorded twice */
};

struct making {
	struct household h;
	struct person persons[2];
	struct sealed_household sealed;
	struct sealed_person person[2];
	size_t n;
	i64 note;
	str text;
};

static enum err make(struct db *db, void *arg)
{
	const struct making *m = arg;
	try(household_put(db, &m->sealed));
	for (size_t i = 0; i < m->n; i++)
		try(person_put(db, &m->person[i]));
	return m->text.n ? note_insert(db, m->note, m->h.id, 0, m->h.organisation_id, now_ms(), m->text) : OK;
}

static enum err prepare(struct db *db, const struct vault_asker *vault, const struct invented *i, size_t number, struct making *m)
{
	bool known, met = i->days >= 0;
	i64 day = now_ms() - i->days * DAY_MS;
	/* an address of its own that stays the same from one demonstration to the next */
	m->h = (struct household){ .id = id_new(), .public_id = str_printf(vault->a, "DEMO-%04zu", 2220 + number), .organisation_id = m->h.organisation_id,
		.address = str_c(i->address), .school = i->child[0] != 0, .rights = !i->child[0] || met, .origin = met ? S("self") : S("school"),
		.contact_at = { day, met }, .notice_at = { day, met } };
	try(household_locate(db, &m->h, &known));
	try(household_seal(vault, &m->h, &m->sealed));
	m->persons[0] = (struct person){ .given = str_c(i->given), .family = str_c(i->family), .phone = str_c(i->phone), .language = str_c(i->language),
		.channel = *i->phone ? S("phone") : S("letter"), .mail = number % 4 ? S("") : str_printf(vault->a, "famille%zu@example.org", number) };
	m->n = 1;
	if (i->child[0])
		m->persons[m->n++] = (struct person){ .child = true, .given = str_c(i->child), .class_ = str_c(i->class_), .school = S("École inventée du Halage") };
	for (size_t p = 0; p < m->n; p++) {
		m->persons[p].household_id = m->h.id;
		try(person_seal(vault, &m->persons[p], m->h.organisation_id, &m->person[p]));
	}
	m->note = id_new();
	m->text = S("");
	return i->note[0] ? note_seal(vault, &m->h, m->note, str_c(i->note), &m->text) : OK;
}

enum err demo_people_load(struct db *db, const struct vault_asker *vault, i64 *ret_n)
{
	*ret_n = 0;
	for (size_t i = 0; i < lengthof(invented); i++) {
		struct household there;
		struct making m = { .n = 0 };
		enum err e = household_named(db, str_printf(vault->a, "DEMO-%04zu", 2220 + i), &there);
		if (e == OK)
			continue;
		if (e != NOT_FOUND)
			return e;
		try(organisation_called(db, str_printf(vault->a, "%s de démonstration", invented[i].organisation), &m.h.organisation_id));
		try(prepare(db, vault, &invented[i], i, &m));
		try(db_tx(db, make, &m));
		(*ret_n)++;
	}
	return OK;
}

/* Names are found again however they were written: 200 of them, each with other spellings that schools' lists and counters have, among all
 * 200. Recall: spellings that find their name. Precision: of what is found by a whole word alone, how much is that name. */
#include "people/names.h"

#include "unit.h"

/* "name: other spellings". Names that one ear holds for one are on one line. */
static const char *const table[] = {
	"Mohamed: Mohammed Muhammad Mohamad Mouhamed Mouhammad", "Ahmed: Ahmad Ahmède", "Youssef: Yousef Youcef Yusuf Yussef", "Khadija: Khadidja Kadija Khadîja",
	"Fatima: Fathima Fatma Fatéma", "Aïcha: Aicha Aisha Aysha Aïsha", "Rachid: Rashid Rachide", "Karim: Kareem Carim Karime", "Saïd: Said Saïde Sayid",
	"Hassan: Hasan Assan", "Hussein: Houcine Hocine Hussain Houssein", "Ibrahim: Ibrahime Ibraheem", "Mustapha: Moustapha Mostafa Mustafa Moustafa",
	"Abdelkader: Abdelkadir Abdel-Kader", "Abderrahmane: Abderahman Abderrahman", "Omar: Oumar Umar Omare", "Othmane: Othman Outhmane",
		"Bilal: Billal Bilel", "Yassine: Yacine Yassin Yasine",
	"Yasmina: Yassmina Iasmina", "Zineb: Zeineb Zaynab Zayneb Zeinab", "Soufiane: Sofiane Sufyan Soufyane", "Mehdi: Mehdy Medhi Mahdi", "Nadia: Nadya Nadhia",
	"Samira: Samirah Sameera", "Djamila: Jamila Djamilla", "Djamel: Jamel Jamal Djamal", "Malika: Malikah Mallika", "Naïma: Naima Nayma",
		"Latifa: Latifah Lateefa",
	"Ouarda: Warda Ouardah", "Marouane: Marwane Marwan Maroine", "Wassim: Ouassim Wasim Wassime", "Cherif: Chérif Sherif Charif",
		"Hicham: Hisham Icham Hichem", "Nour: Nur Noure",
	"Salima: Selima Salimah", "Tarik: Tarek Tariq", "Khaled: Khalid Kaled Kalid", "Redouane: Redwane Ridouane Redwan", "Amine: Amin Aminne", "Imane: Iman Immane",
	"Leïla: Leila Layla Leyla Laïla", "Rachida: Rashida Rachidah", "Sarah: Sara Sahra", "Ismaël: Ismail Ismaïl Smaël", "Idriss: Idris Idrisse Driss",
		"Anissa: Anisa Annissa",
	"Ilyès: Ilyes Ilies Ilias Elyes", "Kenza: Kenzah Kinza", "Mamadou: Mamadu Mahmadou", "Aminata: Amineta Aminatha", "Fatoumata: Fatumata Fatoumatah",
		"Ousmane: Usman Ousman Osmane",
	"Boubacar: Boubakar Bubacar", "Aïssatou: Aissatou Aysatou Aïsatu", "Moussa: Musa Mousa", "Souleymane: Suleyman Souleïmane Soulaimane", "Seydou: Saïdou Seidou",
	"Cheikh: Sheikh Cheik", "Ibrahima: Ibrahimah Ebrahima", "Adama: Adamah Addama", "Kadiatou: Kadiatu Kadyatou", "Mariama: Maryama Mariamah",
		"Sékou: Sekou Secou", "Lamine: Lamin Laminne",
	"Abdoulaye: Abdulaye Abdoulay", "Nguyen: N’Guyen Nguien", "Ekaterina: Ecaterina Ekatérina", "Aleksandr: Alexandre Aleksandre Alexandr",
		"Natalia: Nathalia Natalya",
	"Olena: Oléna Ollena", "Dmytro: Dmitro Dmitrau", "Mihai: Mihay Mihaï", "Mehmet: Mehmed Memet", "Ayse: Aysse Ayce",
	"Françoise: Francoise Fransoise", "Frédéric: Frederic Fréderik Frédérick", "Catherine: Katherine Cathrine Katrine", "Nathalie: Natalie Nathaly",
		"Stéphane: Stephane Stefane",
	"Philippe: Philipe Filippe", "Christelle: Kristelle Cristel", "Éric: Eric Erik Erick", "Mickaël: Mickael Michaël Mikael", "Jérôme: Jerome Gérôme",
		"Geoffroy: Joffroy Jeoffroy",
	"Guillaume: Guillome Gillaume", "Laurent: Lorent Laurant", "Thérèse: Therese Térèse", "Mathieu: Matthieu Matieu", "Thibault: Thibaud Thibaut Tibo",
		"Loïc: Loic Loïk", "Gaëlle: Gaelle Gaël",
	"Benoît: Benoit Bénoit", "Solène: Solenne Solen", "Maëlys: Maelys Maëlis", "Yann: Yan Ian", "Ronan: Ronane Ronnan", "Enora: Énora Ennora",
		"Soizic: Soizik Soyzic",
	"Dupont: Dupond Dupon", "Bernard: Bernar Bernart", "Renault: Renaud Renaut Renaux Reno", "Moreau: Moraud Moreaux Morau",
		"Lefebvre: Lefèbvre Le-Febvre", "Leroux: Lerou Le-Roux",
	"Le Goff: Legoff Le-Gof Goff", "Le Bihan: Lebihan Le-Bian", "Le Guen: Leguen Le-Gwen", "Guégan: Guegan Gégan", "Kerlan: Kerlann Querlan",
		"Rousseau: Rousseaux Roussau Rousso",
	"Gauthier: Gautier Gothier", "Thomas: Tomas Thomasse", "Lambert: Lanbert Lambère", "Clément: Clement Clémant", "Fournier: Fourniez Fournié",
		"Chevalier: Chevallier Chevaliez",
	"Picard: Pickard Picart", "Jacquet: Jaquet Jacket", "Girard: Gérard Girart", "Blanchard: Blanchar Blanchart", "Guérin: Guerin Guérrin",
		"Legrand: Le-Grand Legran", "Carpentier: Charpentier Carpantier",
	"Pelletier: Peltier Pelletié", "Brossard: Brosard Brossart", "Couëdel: Couedel Couédel", "Rondeau: Rondaud Rondeaux", "Vasseur: Vaseur Wasseur",
		"Hervé: Herve Hervez", "Dubois: Du-Bois Duboi",
	"Benali: Ben-Ali Benalli", "Benhamou: Ben-Hamou Benamou", "Belkacem: Belkassem Bel-Kacem Belcacem", "Bouaziz: Bou-Aziz Bouazis",
		"El Amrani: Elamrani Amrani El-Hamrani", "El Khattabi: Elkhattabi El-Katabi Khatabi",
	"Haddad: Hadad Addad", "Cherkaoui: Cherkawi Cherqaoui", "Bouchareb: Boucharreb Bou-Chareb", "Mansouri: Mansoury Mensouri", "Ziani: Zyani Zianni",
		"Tahiri: Taïri Tahirri",
	"Saidi: Saïdi Saydi", "Hamdaoui: Hamdawi Amdaoui", "Khelifi: Khélifi Kelifi Khelify", "Meziane: Mezian Méziane", "Ouali: Wali Oualli",
		"Touati: Twati Touatti", "Rahmani: Rahmany Ramani",
	"Slimani: Slimany Slimanni", "Zerrouki: Zerouki Zerroukki", "Boudjemaa: Boujemaa Boudjema", "Chaouch: Shawsh Chaouche", "Ghezal: Guezal Ghezzal",
		"Hachemi: Hashemi Achemi", "Kaddour: Kadour Caddour",
	"Lounis: Lunis Lounice", "Messaoudi: Messaoudy Mesaoudi", "Yahiaoui: Yahyaoui Yahiaouy", "Aït Ahmed: Ait-Ahmed Aitahmed",
		"Diallo: Djallo Jallo Dialo", "Traoré: Traore Trahoré", "Coulibaly: Koulibaly Coulibali",
	"Keïta: Keita Keyta", "Konaté: Konate Conaté", "Diarra: Djarra Diara", "Sissoko: Cissoko Sisoko Cissokho", "Camara: Kamara Camarra",
		"Cissé: Cisse Sissé", "Touré: Toure Tourré", "Diop: Djop Diopp",
	"Ndiaye: N’Diaye Njaye", "Sow: Sau Sow", "Bah: Ba Bâ", "Barry: Bari Barri", "Sylla: Silla Syla", "Fofana: Fofanna Phofana",
		"Dembélé: Dembele Denbélé", "Doumbia: Dumbia Doumbya",
	"Koné: Kone Conné", "Bamba: Banba Bambah", "Kouassi: Kouaci Kwassi", "Ouattara: Wattara Ouatara", "Mbemba: M’Bemba Mbenba", "Tshibanda: Chibanda Tchibanda",
	"Mukendi: Moukendi Mukendy", "Ferreira: Fereira Ferrera", "Da Silva: Dasilva Da-Sylva Silva", "Dos Santos: Dossantos Do-Santos Santos",
		"Gonçalves: Gonsalves Gonzalves Goncalves", "Yilmaz: Yilmas Ilmaz",
	"Öztürk: Ozturk Oztürk", "Kowalski: Kovalski Kowalsky", "Popescu: Popesku Popescou", "Ivanov: Ivanof Yvanov", "Tran: Trann Trane", "Pham: Fam Phamm",
};
enum { NAMES = lengthof(table) };

static str name_of(size_t i)
{
	return str_slice(str_c(table[i]), 0, (size_t)str_find_byte(str_c(table[i]), ':'));
}

/* By a whole word of the one, sounding as one of the other. */
static bool finds(struct arena *a, str typed, str name)
{
	struct name_words t = name_read(a, typed), w = name_read(a, name);
	for (size_t i = 0; i < t.n; i++)
		for (size_t j = 0; j < w.n; j++)
			if (str_eq(t.v[i].sound, w.v[j].sound))
				return true;
	return false;
}

TEST(two_hundred_names_are_found_however_they_are_written)
{
	struct arena *a = unit_arena((size_t)256 << 20);
	int spellings = 0, found = 0, hits = 0, right = 0;
	for (size_t i = 0; i < NAMES; i++) {
		str rest = str_slice(str_c(table[i]), name_of(i).n + 1, SIZE_MAX), typed;
		while (str_next(&rest, ' ', &typed)) {
			if (!typed.n)
				continue;
			bool own = false;
			for (size_t j = 0; j < NAMES; j++) {
				bool hit = finds(a, typed, name_of(j));
				hits += hit;
				right += hit && i == j;
				own |= hit && i == j;
			}
			spellings++;
			found += own;
			if (!own && getenv("VERBOSE"))
				fprintf(stderr, "    %.*s does not find %.*s\n", STR_ARG(typed), STR_ARG(name_of(i)));
		}
	}
	double recall = (double)found / spellings, precision = (double)right / hits;
	fprintf(stderr, "    %d names, %d other spellings: recall %.3f, precision %.3f\n", (int)NAMES, spellings, recall, precision);
	assert_int_equal(NAMES, 200);
	assert_true(recall >= 0.95);
	assert_true(precision >= 0.95);
}

static void sounds(const char *plain, const char *code)
{
	assert_str(name_sound(unit_arena(1 << 10), str_c(plain)), code);
}

TEST(names_sound_as_the_header_says)
{
	sounds("mohamed", "mOmd");
	sounds("muhammad", "mOmd");
	sounds("dupont", "dOpn");
	sounds("renault", "rAn_");
	sounds("aicha", "AC_");
	sounds("", "");
	sounds("e", "A");
}

TEST(particles_are_joined_and_long_names_cut)
{
	struct arena *a = unit_arena(1 << 16);
	struct name_words w = name_read(a, S("Le Goff"));
	assert_int_equal(w.n, 2);
	assert_str(w.v[0].plain, "goff");
	assert_str(w.v[1].plain, "legoff");
	w = name_read(a, S("Abd el-Kader d’Évreux"));
	assert_int_equal(w.n, 4);
	assert_str(w.v[1].plain, "abdelkader");
	assert_str(w.v[3].plain, "devreux");
	assert_int_equal(name_read(a, S("un deux trois quatre cinq six sept huit neuf dix")).n, NAME_WORDS);
	assert_int_equal(name_read(a, S("  ;; 12 ")).n, 0);
}

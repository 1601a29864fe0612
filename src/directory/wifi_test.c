/* What the wifi page and its import promise: files as cities write them, once; closest first; what vanished is gone. */
#include <sys/mman.h>
#include <unistd.h>

#include "given.h"
#include "db/db.h"
#include "directory/wifi.h"

static const char semicolons[] =
	"\xEF\xBB\xBFNom du site;Adresse;Commune;SSID;Horaires;Latitude;Longitude\r\n"
	"Commerce;Place du Commerce;Nantes;VILLE-WIFI;du lundi au vendredi de 9h \xC3\xA0 18h;47,2131;-1,5586\r\n"
	"Gare sud;Rue de Lourmel;Nantes;VILLE-WIFI;;47.2156;-1.5420\r\n"
	"Sans position;1 rue Haute;Nantes;;;;\r\n";
static const char commas[] = "nom_site,adresse,geo_point_2d\nCommerce,Place du Commerce,\"47.2131, -1.5586\"\nParc,,\"47.2300, -1.5500\"\n";
static const char faulty[] = "libelle,adresse,lat,lon\n,Rue sans nom,47.2,-1.5\nPerdu,Rue,95,-1.5\nNulle part,,,\nBon,Rue,47.2,-1.5\nBon,Rue,47.2,-1.5\n";
static const char geojson[] =
	"{\"type\":\"FeatureCollection\",\"features\":["
	"{\"type\":\"Feature\",\"properties\":{\"name\":\"Halle\",\"id\":7},\"geometry\":{\"type\":\"Point\",\"coordinates\":[-1.55,47.21]}},"
	"{\"type\":\"Feature\",\"properties\":{\"name\":\"Quai\",\"adresse\":\"2 quai\"},\"geometry\":null}]}";

static void on_reject(void *arg, i64 line, str what, str reason)
{
	(void)line, (void)what;
	assert_true(reason.n > 0);
	++*(i64 *)arg;
}

static struct wifi_report taken(const char *bytes, bool dry_run, enum err expected)
{
	struct wifi_report r;
	i64 rejects = 0;
	struct wifi_import o = {.fd = memfd_create("wifi", MFD_CLOEXEC), .dry_run = dry_run, .reject = on_reject, .arg = &rejects};
	size_t n = strlen(bytes);
	assert_true(o.fd >= 0 && write(o.fd, bytes, n) == (ssize_t)n && lseek(o.fd, 0, SEEK_SET) == 0);
	assert_err(wifi_import(ask_db(), &o, unit_arena((size_t)64 << 20), &r), expected);
	assert_true(rejects == r.rejected);
	close(o.fd);
	return r;
}

TEST(wifi_comes_in_once_and_what_vanished_ends)
{
	struct wifi_report r = taken(semicolons, true, OK);
	assert_true(r.read == 3 && r.added == 3);
	expect_text(get("/wifi"), "Nous ne connaissons pas encore de wifi gratuit ici");
	r = taken(semicolons, false, OK);
	assert_true(r.added == 3 && r.rejected == 0);
	r = taken(semicolons, false, OK);
	assert_true(r.unchanged == 3 && r.added + r.changed + r.ended == 0);
	r = taken(commas, false, OK);
	assert_true(r.added == 1 && r.changed == 1 && r.ended == 2);
	struct answer a = get("/wifi");
	expect_text(a, "Parc");
	expect_absent(a, "Gare sud");
	r = taken(semicolons, false, OK);
	assert_true(r.changed == 3 && r.added == 0 && r.ended == 1);      /* what comes back is the same site */
	expect_text(get("/wifi"), "Gare sud");
}

TEST(wifi_that_cannot_be_stored_is_said_and_left_out)
{
	struct wifi_report r = taken(faulty, false, OK);
	assert_true(r.read == 5 && r.added == 1 && r.rejected == 4);
	r = taken("a,b\n1,2\n", false, INVALID);
	assert_true(str_find(r.fault, S("colonne pour le nom")) >= 0);
	r = taken("nom,lat,lon\n", false, INVALID);      /* an empty file ends nothing */
	assert_true(str_find(r.fault, S("rien n’a été changé")) >= 0);
	taken("{\"type\":\"Feature\"}", false, INVALID);
	taken("{", false, INVALID);
	expect_text(get("/wifi"), "Bon");
}

TEST(wifi_as_geojson)
{
	struct wifi_report r = taken(geojson, false, OK);
	assert_true(r.added == 2);
	struct answer a = get("/api/v1/wifi.geojson");
	expect_status(a, 200);
	expect_text(a, "[-1.550000,47.210000]");
	expect_text(a, "\"geometry\":null");
	expect_text(get("/api/v1/wifi.csv"), "Quai,2 quai,,,,,\n");
}

TEST(wifi_closest_first_with_its_hours_network_and_map)
{
	given_demo();
	taken(semicolons, false, OK);
	struct answer a = get("/wifi");
	expect_order(a, "Commerce", "Gare sud", "Sans position");
	expect_text(a, "Place du Commerce, Nantes, wifi VILLE-WIFI");
	expect_text(a, "Cinq précautions");
	a = get("/wifi?pres=malakoff&carte=1");
	expect_order(a, "Gare sud", "Commerce", "Sans position");
	expect_text(a, "#lieu-2");
	expect_text(a, "1 lieu de la liste n’est pas sur la carte");
	expect_text(get("/wifi?pres=xyzzy"), "pas d’endroit nommé « xyzzy »");
	expect_text(get("/api/v1/wifi.csv"), "Commerce,Place du Commerce,Nantes,VILLE-WIFI,Mo-Fr 09:00-18:00,47.213100,-1.558600");
	expect_status(get("/wifi?page=2"), 404);
	expect_status(get("/wifi?page=x"), 400);
	expect_text(get("/donnees"), "/api/v1/wifi.geojson");
}

/* What the configuration promises: defaults that pass their own checks, one file, the environment over it, and errors that
 * name the line. */
#include "app/config.h"

#include "unit.h"

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static enum err read_ini(struct arena *a, const char *text, struct config *c, str *problem)
{
	const char *path = str_printf(a, "%s/gabare.ini", unit_dir()).p;
	write_file(path, text);
	return config_read(a, str_c(unit_dir()), S("sqlite:x"), (str){ 0 }, c, problem);
}

TEST(config_defaults_are_what_the_table_says)
{
	struct arena *a = arena_new(1 << 20);
	struct config c;
	str problem;
	assert_ok(config_read(a, str_c(unit_dir()), S("sqlite:x"), (str){ 0 }, &c, &problem));
	assert_null(c.file.p);
	for (size_t i = 0; i < settings_count; i++) {
		const struct setting *s = &settings[i];
		assert_str(config_value(a, &c, s), s->otherwise);
		if (s->check && *s->otherwise)
			assert_null(s->check(str_c(s->otherwise)));
	}
	assert_int_equal(c.workers, 16);
	assert_int_equal(c.port, 8080);
	arena_free(a);
}

TEST(config_file_then_environment)
{
	struct arena *a = arena_new(1 << 20);
	struct config c;
	str problem;
	setenv("GABARE_WEB_PORT", "9001", 1);
	assert_ok(read_ini(a, "# the city\n[city]\nname = Rezé-lès-Exemple\n\n[web]\nport=9000\nworkers = 4\n", &c, &problem));
	assert_str(c.city.name, "Rezé-lès-Exemple");
	assert_int_equal(c.port, 9001);
	assert_int_equal(c.workers, 4);
	arena_free(a);
}

TEST(config_errors_name_the_line)
{
	static const struct { const char *text, *says; } cases[] = {
		{ "[web]\nport = many\n", "line 2: web.port must be a number from 0 to 65535" },
		{ "[web]\nport = 65536\n", "line 2: web.port must be a number from 0 to 65535" },
		{ "[web]\nprot = 80\n", "line 2: no setting is named web.prot" },
		{ "[city]\n\n\npublic_url = numerique.example.org\n", "line 4: city.public_url must begin with https:// or http://" },
		{ "[city]\nhelp_phone = 02 61 91 44 00\n", "line 2: city.help_phone must be digits" },
		{ "[city]\nhelp_mail = la mairie\n", "line 2: city.help_mail must be an address" },
		{ "nonsense\n", "line 1: neither [section] nor name = value" },
		{ "[log]\nlevel = loud\n", "line 2: log.level must be one of debug|info|warn|error" },
		{ "[city]\ndemo = perhaps\n", "line 2: city.demo must be yes or no" },
	};
	struct arena *a = arena_new(1 << 20);
	struct config c;
	str problem;
	for (size_t i = 0; i < lengthof(cases); i++) {
		assert_err(read_ini(a, cases[i].text, &c, &problem), INVALID);
		assert_true(str_find(problem, str_c(cases[i].says)) > 0);
	}
	arena_free(a);
}

TEST(config_printed_and_read_again_is_the_same)
{
	struct arena *a = arena_new(1 << 20);
	struct config c, again;
	str problem;
	assert_ok(read_ini(a, "[city]\nname = Exemple = ville\ndemo = yes\n[vault]\nkey_file = /srv/keys/k\n", &c, &problem));
	struct buf out = buf_new(a, 1 << 18);
	config_print(&out, &c);
	assert_ok(read_ini(a, str_z(a, buf_str(&out)), &again, &problem));
	for (size_t i = 0; i < settings_count; i++)
		assert_true(str_eq(config_value(a, &c, &settings[i]), config_value(a, &again, &settings[i])));
	arena_free(a);
}

TEST(config_secrets_only_travel_on_private_ways)
{
	struct config c = { .listen = S("192.0.2.7") };
	assert_false(config_private(&c));
	c.tls_cert = S("/etc/tls/cert.pem");
	assert_true(config_private(&c));
	c = (struct config){ .listen = S("192.0.2.7"), .trusted_proxies = S("192.0.2.1") };
	assert_true(config_private(&c));
	c = (struct config){ .listen = S("127.0.0.1") };
	assert_true(config_private(&c));
	assert_true(config_loopback(S("::1")));
	assert_false(config_loopback(S("128.0.0.1")));
}

/* Setting up: gabare init, config, keys init, version; and what serve does on a machine where nothing is set up yet. */
#include "app/cli.h"

#include <sodium.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/vault.h"
#include "base/log.h"

#define ANSWER_MAX 400

static const char *ini_path(struct invocation *in)
{
	return str_printf(in->a, "%.*s/gabare.ini", STR_ARG(in->data)).p;
}

/* Writes the configuration as gabare.ini, durable before it has its name. */
bool cli_write_config(struct invocation *in, const struct config *c)
{
	struct buf b = buf_new(in->a, 1 << 18);
	const char *path = ini_path(in), *fresh = str_printf(in->a, "%s.new", path).p;
	config_print(&b, c);
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && write(fd, b.p, b.n) == (ssize_t)b.n && fsync(fd) == 0;
	if (fd >= 0)
		ok = close(fd) == 0 && ok;
	ok = ok && rename(fresh, path) == 0;
	if (!ok)
		cli_say("cannot write %s: %s", path, strerror(errno));
	return ok;
}

/* ---- init ---- */

static const struct { const char *setting, *question; } questions[] = {
	{ "city.name", "Name of the city" },
	{ "city.public_url", "Public address (https://…; empty: later)" },
	{ "city.help_phone", "Help line (+33…)" },
	{ "city.help_hours", "When the help line answers, in French" },
	{ "city.help_mail", "E-mail address people may write to (empty: later)" },
	{ "city.help_desk", "Where people may come, in French" },
};

static bool ask(struct invocation *in, struct config *c, const char *setting, const char *question)
{
	char line[ANSWER_MAX];
	str problem = S("");
	for (size_t i = 0; i < settings_count; i++) {
		const struct setting *s = &settings[i];
		if (!str_eq(str_c(setting), str_printf(in->a, "%s.%s", s->section, s->name)))
			continue;
		for (;;) {
			str now = config_value(in->a, c, s);
			fprintf(stderr, "%s [%.*s]: ", question, STR_ARG(now));
			if (!fgets(line, sizeof(line), stdin))
				return false;
			str answer = str_trim(str_c(line));
			if (!answer.n || config_set(in->a, c, str_c(setting), answer, &problem) == OK)
				return true;
			cli_say("%.*s", STR_ARG(problem));
		}
	}
	return false;
}

/* The settings that init starts from: --city FILE, or the defaults, or what is asked. */
static enum err gather(struct invocation *in, struct config *c)
{
	str problem = S("");
	str file = cli_option(in, "city");
	enum err e = config_read(in->a, in->data, in->db_url, file, c, &problem);
	if (e != OK) {
		cli_say("%.*s", STR_ARG(problem));
		return INVALID;
	}
	if (file.p || !isatty(STDIN_FILENO))
		return OK;
	for (size_t i = 0; i < lengthof(questions); i++)
		if (!ask(in, c, questions[i].setting, questions[i].question))
			return INVALID;
	return OK;
}

static int make_schema(struct invocation *in)
{
	struct db *db = NULL;
	int applied = 0;
	if (cli_open_any(in, false, true, &db) != OK)
		return EXIT_NOTHING;
	enum err e = db_migrate(db, false, &applied);
	if (e != OK)
		cli_say("cannot make the schema: %s", db_error(db));
	db_close(db);
	return e == OK ? EXIT_DONE : EXIT_NOTHING;
}

int cmd_init(struct invocation *in)
{
	struct config c;
	if (!cli_make_data(in))
		return EXIT_NOTHING;
	if (access(ini_path(in), F_OK) == 0) {
		cli_say("%s is there already: edit it, or choose another --data", ini_path(in));
		return EXIT_NOTHING;
	}
	if (gather(in, &c) != OK)
		return EXIT_USAGE;
	c.city.demo = false;
	if (!cli_write_config(in, &c))
		return EXIT_NOTHING;
	int code = make_schema(in);
	if (code != EXIT_DONE)
		return code;
	cli_say("%.*s is set up in %.*s (%s).", STR_ARG(c.city.name), STR_ARG(in->data), ini_path(in));
	if (!c.key_file.n)
		cli_say("No key was made. Type: gabare keys init --key-file FILE (outside the data folder), then set key_file in [vault].");
	return EXIT_DONE;
}

/* ---- serve's preparation ---- */

static bool first_start(struct invocation *in, const struct config *c)
{
	return !c->file.p && access(ini_path(in), F_OK) != 0;
}

/* A machine where nothing is set up: a demonstration city, for this machine alone unless a certificate was given on purpose. */
static int make_demo(struct invocation *in, const struct config *c)
{
	if (!config_loopback(c->listen) && !c->tls_cert.n) {
		cli_say("nothing is set up here, and a demonstration only leaves this machine under TLS; type: gabare init");
		return EXIT_USAGE;
	}
	cli_say("nothing is set up here: making a demonstration city in %.*s", STR_ARG(in->data));
	return cmd_demo(in);
}

int serve_prepare(struct invocation *in, struct config *c)
{
	struct db *db = NULL;
	int version = 0;
	bool known = true;
	struct db_options o = { .application = "gabare" };
	enum err e = db_open(str_z(in->a, in->db_url), o, &db);
	if (e == OK) {
		db_use_arena(db, in->a);
		e = db_schema_version(db, &version, &known);
	}
	db_close(db);
	if ((e == NOT_FOUND || (e == OK && known && version == 0)) && first_start(in, c))
		return make_demo(in, c);
	if (e == OK && known && version == db_schema_wanted())
		return EXIT_DONE;
	enum err opened = cli_open(in, true, &db);
	if (opened != OK)
		return opened == BUSY || opened == INTERNAL ? EXIT_NOTHING : EXIT_USAGE;
	db_close(db);
	return EXIT_DONE;
}

/* ---- config, keys, version ---- */

int cmd_config(struct invocation *in)
{
	struct config c;
	struct buf b = buf_new(in->a, 1 << 18);
	if (cli_config(in, &c) != OK)
		return EXIT_USAGE;
	if (in->json)
		config_print_json(&b, &c);
	else
		config_print(&b, &c);
	cli_print(&b);
	return EXIT_DONE;
}

struct keys *cli_keys(struct invocation *in, const struct config *c)
{
	struct key_ring ring;
	const char *problem = "set key_file in [vault]; see gabare keys init", *path = vault_key_path(in->a, c);
	if (!path || key_ring_read(path, &ring, &problem) != OK) {
		cli_say("the master key is needed: %s%s%s", path ? path : "", path ? ": " : "", problem);
		return NULL;
	}
	struct keys *k = keys_new();
	keys_of_ring(k, &ring);
	sodium_memzero(&ring, sizeof(ring));
	return k;
}

int cmd_keys_init(struct invocation *in)
{
	char id[KEY_ID_CHARS + 1];
	str file = cli_option(in, "key-file");
	if (!file.n) {
		cli_say("say where the key goes, outside the data folder: gabare keys init --key-file FILE");
		return EXIT_USAGE;
	}
	const char *path = str_z(in->a, file);
	if (cli_inside_data(in, path)) {
		cli_say("%s is in the data folder: a stolen disk or backup would hold key and data together; choose another place", path);
		return EXIT_USAGE;
	}
	enum err e = key_file_make(path, id);
	if (e != OK) {
		cli_say(e == CONFLICT ? "%s is there already: a key is never replaced" : "cannot write %s", path);
		return EXIT_NOTHING;
	}
	cli_say("master key %s is in %s.", id, path);
	cli_say("Set key_file in [vault] of gabare.ini. Keep a copy on paper or on a medium in a safe, apart from the backups.");
	if (in->json)
		printf("{\"key_id\":\"%s\"}\n", id);
	return EXIT_DONE;
}

int cmd_version(struct invocation *in)
{
	if (in->json)
		printf("{\"version\":\"" GABARE_VERSION "\",\"schema\":%d}\n", db_schema_wanted());
	else
		printf("gabare " GABARE_VERSION " (schema %d)\n", db_schema_wanted());
	return EXIT_DONE;
}

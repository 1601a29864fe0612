/* What the command line promises: words are found, wrong ones are named with the nearest, and the reference is current. */
#include "app/cli_help.h"

#include "unit.h"

#define PARSE(...) parse(a, &in, &problem, (char *[]){ "gabare", __VA_ARGS__, NULL })

static enum err parse(struct arena *a, struct invocation *in, str *problem, char **argv)
{
	int n = 0;
	while (argv[n])
		n++;
	*problem = S("");
	return cli_parse(a, n, argv, in, problem);
}

TEST(cli_understands_options_in_every_shape)
{
	struct arena *a = arena_new(1 << 20);
	struct invocation in;
	str problem;
	assert_ok(PARSE("keys", "init", "--json", "--key-file=/srv/ma clé", "--data", "d"));
	assert_string_equal(in.command->name, "keys init");
	assert_true(cli_flag(&in, "json"));
	assert_str(cli_option(&in, "key-file"), "/srv/ma clé");
	assert_str(cli_option(&in, "data"), "d");
	assert_false(cli_flag(&in, "help"));
	assert_ok(PARSE("backup", "--json", "copie.db"));
	assert_int_equal(in.n_operands, 1);
	assert_str(in.operand[0], "copie.db");
	assert_ok(PARSE("backup", "--", "--odd-name.db"));
	assert_str(in.operand[0], "--odd-name.db");
	assert_ok(PARSE("serve", "--port", "1", "--port", "2"));
	assert_str(cli_option(&in, "port"), "2");
	arena_free(a);
}

TEST(cli_names_the_nearest_word)
{
	struct arena *a = arena_new(1 << 20);
	struct invocation in;
	str problem;
	assert_err(PARSE("serve", "--prot", "80"), INVALID);
	assert_str(problem, "serve has no option --prot; did you mean --port");
	assert_err(PARSE("serv"), INVALID);
	assert_str(problem, "there is no command \"serv\"; did you mean \"gabare serve\"?");
	assert_err(PARSE("keys", "int"), INVALID);
	assert_str(problem, "there is no command \"keys int\"; did you mean \"gabare keys init\"?");
	assert_err(PARSE("keys"), INVALID);
	assert_str(problem, "there is no command \"keys\"; did you mean \"gabare keys init\"?");
	assert_err(PARSE("zzzzzzzz"), INVALID);
	assert_str(problem, "there is no command \"zzzzzzzz\"");
	arena_free(a);
}

TEST(cli_refuses_what_it_cannot_use)
{
	struct arena *a = arena_new(1 << 20);
	struct invocation in;
	str problem;
	assert_err(PARSE("serve", "--port"), INVALID);
	assert_str(problem, "--port needs a value: N");
	assert_err(PARSE("migrate", "--dry-run=yes"), INVALID);
	assert_str(problem, "--dry-run takes no value");
	assert_err(PARSE("backup"), INVALID);
	assert_str(problem, "usage: gabare backup [options] FILE");
	assert_err(PARSE("serve", "now"), INVALID);
	assert_ok(PARSE("backup", "--help"));
	arena_free(a);
}

TEST(cli_data_lie_beside_the_database_that_is_named)
{
	struct arena *a = arena_new(1 << 20);
	struct invocation in;
	str problem;
	unsetenv("GABARE_DB");
	unsetenv("GABARE_DATA");
	assert_ok(PARSE("check", "--db", "sqlite:/srv/x.db"));
	cli_resolve(&in);
	assert_str(in.data, "/srv/x.db.d");
	assert_ok(PARSE("check"));
	cli_resolve(&in);
	assert_str(in.data, "var");
	assert_str(in.db_url, "sqlite:var/gabare.db");
	assert_ok(PARSE("check", "--data", "/srv/d"));
	cli_resolve(&in);
	assert_str(in.db_url, "sqlite:/srv/d/gabare.db");
	setenv("GABARE_DB", "postgresql://db/ville", 1);
	assert_ok(PARSE("check", "--data", "/srv/d"));
	cli_resolve(&in);
	assert_str(in.db_url, "postgresql://db/ville");
	assert_str(in.data, "/srv/d");
	arena_free(a);
}

TEST(cli_every_command_explains_itself)
{
	struct arena *a = arena_new(1 << 22);
	struct buf all = buf_new(a, 1 << 20), reference = buf_new(a, 1 << 20);
	cli_help_all(&all);
	cli_help_markdown(&reference);
	for (size_t i = 0; i < commands_count; i++) {
		const struct command *c = &commands[i];
		struct buf one = buf_new(a, 1 << 18);
		cli_help_one(&one, c);
		assert_true(str_find(buf_str(&all), str_c(c->name)) > 0);
		assert_true(str_find(buf_str(&all), str_c(c->summary)) > 0);
		assert_true(str_find(buf_str(&reference), str_printf(a, "## gabare %s", c->name)) > 0);
		assert_true(str_find(buf_str(&one), str_c(c->summary)) > 0);
		for (const struct option *o = c->options; o && o->name; o++) {
			assert_true(str_find(buf_str(&one), str_printf(a, "--%s", o->name)) > 0);
			assert_true(strlen(o->help) > 10);
		}
	}
	assert_false(all.full || reference.full);
	arena_free(a);
}

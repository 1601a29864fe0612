/* Understanding the command line; see cli.h. The table itself is commands.c, help is cli_help.c. */
#include "app/cli_help.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json_out.h"
#include "base/log.h"
#include "base/timex.h"
#include "db/id.h"

#define WORDS_MAX 64

static const struct option common[] = {
	{ "db", "URL", "" }, { "data", "DIR", "" }, { "config", "FILE", "" }, { "json", NULL, "" }, { "help", NULL, "" }, { NULL, NULL, NULL },
};

/* ---- nearest word ---- */

#define WORD_MAX 32

static int distance(str a, str b)
{
	int row[WORD_MAX + 1];
	if (a.n > WORD_MAX || b.n > WORD_MAX)
		return WORD_MAX;
	for (int j = 0; j <= (int)b.n; j++)
		row[j] = j;
	for (int i = 1; i <= (int)a.n; i++) {
		int diagonal = row[0];
		row[0] = i;
		for (int j = 1; j <= (int)b.n; j++) {
			int change = diagonal + (a.p[i - 1] != b.p[j - 1]);
			int least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
			diagonal = row[j];
			row[j] = change < least ? change : least;
		}
	}
	return row[b.n];
}

const char *cli_nearest(str word, const char *const *words, size_t n)
{
	const char *best = NULL;
	int least = 4;
	for (size_t i = 0; i < n; i++) {
		int d = distance(word, str_c(words[i]));
		if (d < least && d < (int)strlen(words[i])) {
			least = d;
			best = words[i];
		}
	}
	return best;
}

/* ---- options ---- */

str cli_option(const struct invocation *in, const char *name)
{
	for (int i = in->n_given; i-- > 0;)
		if (str_eq(str_c(in->given[i]), str_c(name)))
			return in->value[i];
	return (str){ 0 };
}

bool cli_flag(const struct invocation *in, const char *name)
{
	return cli_option(in, name).p != NULL;
}

static const struct option *option_in(const struct option *list, str name)
{
	for (; list && list->name; list++)
		if (str_eq(str_c(list->name), name))
			return list;
	return NULL;
}

static enum err unknown_option(struct arena *a, const struct command *c, str name, str *ret_problem)
{
	const char *words[WORDS_MAX];
	size_t n = 0;
	for (const struct option *o = c->options; o && o->name; o++)
		words[n++] = o->name;
	for (const struct option *o = common; o->name; o++)
		words[n++] = o->name;
	const char *near = cli_nearest(name, words, n);
	*ret_problem = str_printf(a, "%s has no option --%.*s%s%s", c->name, STR_ARG(name), near ? "; did you mean --" : "", near ? near : "");
	return INVALID;
}

/* One "--name", "--name=value" or "--name value"; *i moves over what it took. */
static enum err take_option(struct invocation *in, int argc, char **argv, int *i, str *ret_problem)
{
	str name = str_c(argv[*i] + 2), value = { 0 };
	ptrdiff_t eq = str_find_byte(name, '=');
	if (str_eq(str_c(argv[*i]), S("-o")))
		name = S("output");
	if (eq >= 0) {
		value = str_slice(name, (size_t)eq + 1, name.n);
		name = str_slice(name, 0, (size_t)eq);
	}
	const struct option *o = option_in(in->command->options, name);
	if (!o)
		o = option_in(common, name);
	if (!o)
		return unknown_option(in->a, in->command, name, ret_problem);
	if (o->arg && eq < 0) {
		if (*i + 1 >= argc) {
			*ret_problem = str_printf(in->a, "--%s needs a value: %s", o->name, o->arg);
			return INVALID;
		}
		value = str_c(argv[++*i]);
	}
	if (!o->arg && eq >= 0) {
		*ret_problem = str_printf(in->a, "--%s takes no value", o->name);
		return INVALID;
	}
	if (in->n_given == OPTIONS_MAX) {
		*ret_problem = S("too many options");
		return INVALID;
	}
	in->given[in->n_given] = o->name;
	in->value[in->n_given++] = o->arg ? value : S("yes");
	return OK;
}

/* ---- commands ---- */

const struct command *cli_find(const char *first, const char *second, int *ret_words)
{
	for (size_t i = 0; i < commands_count; i++) {
		str rest = str_c(commands[i].name), one;
		str_next(&rest, ' ', &one);
		if (!first || !str_eq(one, str_c(first)))
			continue;
		if (rest.p && (!second || !str_eq(rest, str_c(second))))
			continue;
		*ret_words = rest.p ? 2 : 1;
		return &commands[i];
	}
	return NULL;
}

static enum err unknown_command(struct arena *a, const char *first, const char *second, str *ret_problem)
{
	const char *words[WORDS_MAX], *group = NULL;
	str typed = str_c(first);
	for (size_t i = 0; i < commands_count; i++) {
		words[i] = commands[i].name;
		if (!group && str_starts(str_c(words[i]), str_printf(a, "%s ", first)))
			group = words[i];
	}
	if (group && second)
		typed = str_printf(a, "%s %s", first, second);
	const char *near = group && !second ? group : cli_nearest(typed, words, commands_count);
	if (!near)
		near = group;
	*ret_problem = str_printf(a, "there is no command \"%.*s\"%s%s%s", STR_ARG(typed), near ? "; did you mean \"gabare " : "", near ? near : "",
	                          near ? "\"?" : "");
	return INVALID;
}

enum err cli_parse(struct arena *a, int argc, char **argv, struct invocation *ret, str *ret_problem)
{
	int words = 0;
	*ret = (struct invocation){ .a = a };
	if (argc < 2)
		return NOT_FOUND;
	ret->command = cli_find(argv[1], argc > 2 ? argv[2] : NULL, &words);
	if (!ret->command)
		return unknown_command(a, argv[1], argc > 2 ? argv[2] : NULL, ret_problem);
	bool only_operands = false;
	for (int i = 1 + words; i < argc; i++) {
		str s = str_c(argv[i]);
		bool is_option = !only_operands && s.n > 1 && (str_starts(s, S("--")) || str_eq(s, S("-o")));
		if (!only_operands && str_eq(s, S("--"))) {
			only_operands = true;
			continue;
		}
		if (is_option)
			try(take_option(ret, argc, argv, &i, ret_problem));
		else if (ret->n_operands < OPERANDS_MAX)
			ret->operand[ret->n_operands++] = s;
	}
	if (cli_flag(ret, "help"))
		return OK;
	if (ret->n_operands < ret->command->min || ret->n_operands > ret->command->max) {
		*ret_problem = str_printf(a, "usage: gabare %s [options] %s", ret->command->name, ret->command->operands);
		return INVALID;
	}
	return OK;
}

void cli_resolve(struct invocation *in)
{
	const char *env_db = getenv("GABARE_DB"), *env_data = getenv("GABARE_DATA");
	str db = cli_option(in, "db"), data = cli_option(in, "data");
	if (!db.p && env_db && *env_db)
		db = str_c(env_db);
	in->data_given = data.p != NULL || (env_data && *env_data);
	if (!data.p && env_data && *env_data)
		data = str_c(env_data);
	if (!data.p && str_starts(db, S("sqlite:")))
		data = str_printf(in->a, "%.*s.d", STR_ARG(str_slice(db, 7, db.n)));
	if (!data.p)
		data = S("var");
	if (!db.p)
		db = str_printf(in->a, "sqlite:%.*s/gabare.db", STR_ARG(data));
	in->data = data;
	in->db_url = db;
	in->json = cli_flag(in, "json");
}

/* ---- what commands share ---- */

void cli_say(const char *fmt, ...)
{
	va_list ap;
	fputs("gabare: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

void cli_print(const struct buf *b)
{
	str s = buf_str(b);
	fwrite(s.p, 1, s.n, stdout);
	fflush(stdout);
}

enum err cli_config(struct invocation *in, struct config *ret)
{
	str problem = S("");
	enum err e = config_read(in->a, in->data, in->db_url, cli_option(in, "config"), ret, &problem);
	if (e != OK)
		cli_say("%.*s", STR_ARG(problem));
	return e;
}

enum err cli_open_any(struct invocation *in, bool read_only, bool create, struct db **ret)
{
	struct db_options o = { .read_only = read_only, .create = create, .application = "gabare" };
	enum err e = db_open(str_z(in->a, in->db_url), o, ret);
	if (e != OK) {
		cli_say("cannot open the database %.*s: %s", STR_ARG(in->db_url), db_error(NULL));
		return e;
	}
	db_use_arena(*ret, in->a);
	return OK;
}

static enum err check_schema(struct invocation *in, struct db *db)
{
	int version = 0;
	bool known = false;
	enum err e = db_schema_version(db, &version, &known);
	if (e != OK) {
		cli_say("cannot read the schema: %s", db_error(db));
		return e;
	}
	if (known && version == db_schema_wanted())
		return OK;
	if (!known)
		cli_say("the data are of a newer version than this program (schema %d, known %d): install the newer program", version, db_schema_wanted());
	else if (version == 0)
		cli_say("the database is empty; type: gabare init --db %.*s", STR_ARG(in->db_url));
	else
		cli_say("the data are of an older version (schema %d of %d); type: gabare migrate --db %.*s", version, db_schema_wanted(),
		        STR_ARG(in->db_url));
	return CONFLICT;
}

enum err cli_open(struct invocation *in, bool read_only, struct db **ret)
{
	try(cli_open_any(in, read_only, false, ret));
	enum err e = check_schema(in, *ret);
	if (e != OK) {
		db_close(*ret);
		*ret = NULL;
	}
	return e;
}

bool cli_make_data(struct invocation *in)
{
	for (size_t i = 1; i <= in->data.n; i++) {
		if (i < in->data.n && in->data.p[i] != '/')
			continue;
		const char *path = str_z(in->a, str_slice(in->data, 0, i));
		if (mkdir(path, 0700) && errno != EEXIST) {
			cli_say("cannot make the data folder %s: %s", path, strerror(errno));
			return false;
		}
	}
	return true;
}

bool cli_inside_data(struct invocation *in, const char *path)
{
	char data[PATH_MAX], parent[PATH_MAX];
	str p = str_c(path);
	size_t n = p.n;
	while (n && p.p[n - 1] != '/')
		n--;
	if (!realpath(str_z(in->a, in->data), data) || !realpath(n ? str_z(in->a, str_slice(p, 0, n)) : ".", parent))
		return false;
	size_t length = strlen(data);
	return strncmp(parent, data, length) == 0 && (parent[length] == '/' || parent[length] == 0);
}

void cli_report(struct invocation *in, const struct count *counts, size_t n)
{
	struct buf b = buf_new(in->a, 1 << 16);
	struct json j = json_new(&b);
	if (in->json)
		json_open(&j, '{');
	for (size_t i = 0; i < n; i++) {
		if (in->json) {
			json_key(&j, str_c(counts[i].name));
			json_i64(&j, counts[i].n);
		} else
			buf_printf(&b, "%s%lld %s", i ? ", " : "", (long long)counts[i].n, counts[i].name);
	}
	if (in->json)
		json_close(&j, '}');
	buf_byte(&b, '\n');
	if (in->json) {
		cli_print(&b);
		return;
	}
	str s = buf_str(&b);
	fwrite(s.p, 1, s.n, stderr);
}

int cli_main(int argc, char **argv)
{
	struct arena *a = arena_new((size_t)64 << 20);
	struct invocation *in = arena_one(a, struct invocation);
	struct buf out = buf_new(a, 1 << 20);
	str problem = S("");
	time_init();
	id_worker(ID_WORKERS / 2 + (int)(getpid() % (ID_WORKERS / 2)));
	enum err e = cli_parse(a, argc, argv, in, &problem);
	if (e == NOT_FOUND) {
		cli_help_all(&out);
		fwrite(out.p, 1, out.n, stderr);
		return EXIT_USAGE;
	}
	if (e != OK) {
		cli_say("%.*s", STR_ARG(problem));
		if (in->command)
			fprintf(stderr, "See: gabare help %s\n", in->command->name);
		return EXIT_USAGE;
	}
	if (cli_flag(in, "help")) {
		cli_help_one(&out, in->command);
		cli_print(&out);
		return EXIT_DONE;
	}
	cli_resolve(in);
	int code = in->command->run(in);
	arena_free(a);
	return code;
}

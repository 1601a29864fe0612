/* The command line: one table of subcommands gives name, arguments, summary, help and function; help, usage errors and
 * docs/cli.md come from it. Results go to stdout, summaries and complaints to stderr. */
#ifndef GABARE_CLI_H
#define GABARE_CLI_H

#include "app/config.h"
#include "db/db.h"
#include "db/upkeep.h"

/* Exit codes of every command. */
enum { EXIT_DONE = 0, EXIT_NOTHING = 1, EXIT_USAGE = 2, EXIT_PARTLY = 3 };

struct option { const char *name, *arg, *help; };      /* arg NULL: a flag. The list ends with name NULL */

struct invocation;
typedef int command_fn(struct invocation *in);

struct command {
	const char *name;                        /* "serve", "import places" */
	const char *operands;                    /* "FILE"; "" for none; brackets when optional */
	int min, max;                            /* how many operands */
	const char *summary;
	const char *help;                        /* paragraphs */
	const struct option *options;
	command_fn *run;
};
extern const struct command commands[];
extern const size_t commands_count;

#define OPTIONS_MAX 24
#define OPERANDS_MAX 8

/* A command line that has been understood. */
struct invocation {
	const struct command *command;
	struct arena *a;
	str operand[OPERANDS_MAX];
	int n_operands;
	const char *given[OPTIONS_MAX];          /* names of options, each with its value */
	str value[OPTIONS_MAX];
	int n_given;
	str data, db_url;                        /* resolved: see cli_resolve */
	bool data_given;
	bool json;
};

/* The value of an option; absent when it was not given. */
str cli_option(const struct invocation *in, const char *name);
bool cli_flag(const struct invocation *in, const char *name);

/* Reads argv. OK: `ret` says what to run. INVALID: *ret_problem says what is wrong, and names the nearest word. NOT_FOUND:
 * no command at all. */
must_use enum err cli_parse(struct arena *a, int argc, char **argv, struct invocation *ret, str *ret_problem);
/* Where data and database are: --db, else GABARE_DB, else the data folder's file; --data, else GABARE_DATA, else beside the
 * SQLite file that --db names (PATH.d), else var. */
void cli_resolve(struct invocation *in);

/* Parses, resolves, runs. The program's exit code. */
int cli_main(int argc, char **argv);

/* The command named by these words ("import", "places"); NULL when there is none. */
const struct command *cli_find(const char *first, const char *second, int *ret_words);
/* The nearest of the words to `word`, NULL when none is near. */
const char *cli_nearest(str word, const char *const *words, size_t n);

/* ---- what commands share ---- */
/* "gabare: …" on stderr. */
void cli_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Writes the whole builder to stdout. */
void cli_print(const struct buf *b);
/* Configuration of this invocation, said on stderr when it is wrong. */
must_use enum err cli_config(struct invocation *in, struct config *ret);
/* Opens the database, with the schema this program wants; what is wrong is said on stderr, with what to type. */
must_use enum err cli_open(struct invocation *in, bool read_only, struct db **ret);
/* The same without looking at the schema; makes the file when `create`. */
must_use enum err cli_open_any(struct invocation *in, bool read_only, bool create, struct db **ret);
/* Makes the data folder (and those above it), for its owner alone. False when it cannot: said on stderr. */
bool cli_make_data(struct invocation *in);
/* True when `path` lies in the data folder: a key there would be stolen with the data. */
bool cli_inside_data(struct invocation *in, const char *path);
/* The vault's keys, from the configured key file or the demonstration's; NULL when there is none: said on stderr. */
struct keys;
struct keys *cli_keys(struct invocation *in, const struct config *c);
/* One line of a report: on stderr as "12 read, 3 stored", or on stdout as JSON with --json. */
struct count { const char *name; i64 n; };
void cli_report(struct invocation *in, const struct count *counts, size_t n);

/* ---- the commands (cmd_*.c) ---- */
command_fn cmd_serve, cmd_init, cmd_migrate, cmd_demo, cmd_import_places, cmd_import_communes, cmd_import_streets, cmd_import_areas, cmd_import_wifi,
	cmd_import_schools,
	cmd_export_places, cmd_guide, cmd_config, cmd_check, cmd_backup, cmd_restore,
	cmd_audit, cmd_outbox_list, cmd_outbox_retry, cmd_outbox_cancel, cmd_outbox_test, cmd_outbox_stop, cmd_outbox_measure, cmd_outbox_letters,
	cmd_keys_init, cmd_keys_rotate, cmd_keys_status, cmd_keys_retire, cmd_hours, cmd_help, cmd_version;
command_fn cmd_import_undo, cmd_layout_propose, cmd_layout_save, cmd_layout_list, cmd_layout_show, cmd_layout_forget;
command_fn cmd_registry, cmd_duplicates, cmd_census_list, cmd_census_export, cmd_census_check, cmd_census_withdraw, cmd_content_export,
	cmd_content_import;
command_fn cmd_allocate, cmd_allocate_match, cmd_allocate_replay, cmd_allocate_verify, cmd_draw, cmd_draw_commit, cmd_draw_verify;
command_fn cmd_user_add, cmd_user_list, cmd_user_disable, cmd_user_enable, cmd_user_role, cmd_user_reset, cmd_user_sessions;
/* What serve does before it serves, in a process of its own: makes or checks the database. An exit code. */
int serve_prepare(struct invocation *in, struct config *c);

#endif

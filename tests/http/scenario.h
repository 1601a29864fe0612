/* A scenario: a file of steps played against a server of its own. See README.md for the language. */
#ifndef SCENARIO_H
#define SCENARIO_H

#include "client.h"

enum { SCENARIO_MEMORY = 1 << 30, VARS = 64 };

struct step {
	int line;
	str verb, rest;                          /* "get", "/lieux?q=x" */
	str *words;                              /* of rest, quotes and ${…} resolved */
	size_t n_words;
	str *block;                              /* the indented lines below, without their tab */
	size_t n_block;
};

struct var { str name, value; };

struct scenario {
	struct arena *a;
	const char *file, *gabare, *root;        /* the program under test; the project's root */
	const char *pg;                          /* URL of a PostgreSQL server, or NULL: SQLite */
	char dir[64];                            /* this scenario's own, removed after it */
	str db;                                  /* its database's URL */
	int port;
	pid_t server;                            /* 0: none */
	struct client *client, *clients;
	size_t weight;                           /* bytes of all bodies on the wire since the section began */
	struct reply reply;                      /* the last answer; after exec, its body is what the command printed */
	str err;                                 /* what the last command said on stderr */
	int status;                              /* its exit status; -1 when already looked at */
	struct var vars[VARS];
	int n_vars;
	str section;
	str failure;                             /* absent while the section holds */
	int failed_line;
	str skip;                                /* why nothing of it can be done here */
	bool may_log_errors;
	int passed, failed;
};

/* Says why the section fails. The first one counts. */
void fails(struct scenario *s, const char *fmt, ...) printf_like(2, 3);
/* Values of ${name} put into text. */
str expand(struct scenario *s, str text);
void set_var(struct scenario *s, str name, str value);

/* server.c */
void server_start(struct scenario *s, const struct step *st);
void server_stop(struct scenario *s);            /* fails when it does not end well */
void server_kill(struct scenario *s);            /* nothing said */
void server_log(const struct scenario *s, FILE *out);
void command(struct scenario *s, const struct step *st);
bool database_make(struct scenario *s);
void database_drop(struct scenario *s);

/* request.c: get, head, options, post, put, delete, raw, submit, follow */
bool request_step(struct scenario *s, const struct step *st);
/* expect.c: status, header, text, absent, order, count, match, json, exit, err… */
bool expect_step(struct scenario *s, const struct step *st);

#endif

/* Configuration: an INI file, then the environment, read through one typed table that gives each setting its default, its
 * help and its check. `gabare config` prints the table with what is in force. */
#ifndef GABARE_CONFIG_H
#define GABARE_CONFIG_H

#include "base/buf.h"
#include "html/view.h"

struct config {
	struct city city;

	/* where things are: from the command line, not from the file */
	str data;                                /* the data folder */
	str db_url;
	str file;                                /* the INI file that was read; absent when there was none */

	str listen;
	i64 port, metrics_port, workers;
	str tls_cert, tls_key;
	str trusted_proxies;
	i64 connections, connections_per_address, body_max, deadline_s, download_deadline_s;
	i64 post_burst, post_per_minute;
	i64 waiting_max, wait_s;
	i64 drain_s;
	str key_file;
	i64 opens_per_minute;
	str smtp_url, smtp_from, smtp_user, smtp_password_file, smtp_ca_file;
	str sms_url, sms_method, sms_headers, sms_encoding, sms_body, sms_success, sms_from, sms_secret_file, sms_ca_file;
	str oidc_client_id, oidc_secret_file, oidc_auth, oidc_scopes, oidc_acr_values, oidc_hosts;
	str log_level;
};

enum setting_kind { SET_TEXT, SET_INT, SET_BOOL, SET_CHOICE };

/* One setting. `check` returns what is wrong with a text (NULL: nothing), in English for the operator. */
struct setting {
	const char *section, *name;
	enum setting_kind kind;
	size_t offset;                           /* in struct config */
	const char *otherwise;                   /* the default, as it would be written */
	i64 min, max;
	const char *choices;                     /* SET_CHOICE: "debug|info" */
	const char *(*check)(str value);
	const char *help;
};
extern const struct setting settings[];
extern const size_t settings_count;

/* Fills `ret` from the defaults, `file` (absent: DATA/gabare.ini when it is there) and the environment (GABARE_SECTION_NAME).
 * INVALID: *ret_problem says what is wrong and on which line. Everything lives in `a`. */
must_use enum err config_read(struct arena *a, str data, str db_url, str file, struct config *ret, str *ret_problem);
/* Sets one value by name ("web.port"), as the command line does. INVALID with the reason. */
must_use enum err config_set(struct arena *a, struct config *c, str name, str value, str *ret_problem);
/* The value in force, as it would be written. */
str config_value(struct arena *a, const struct config *c, const struct setting *s);
/* The whole configuration as an INI file with its help as comments. */
void config_print(struct buf *out, const struct config *c);
void config_print_json(struct buf *out, const struct config *c);

/* True when the address is this machine's own ("127.…", "::1", "localhost"). */
bool config_loopback(str address);
/* True when sessions and secrets may travel: TLS here, loopback, or a trusted proxy in front. */
bool config_private(const struct config *c);

/* For commands: writes it as the data folder's gabare.ini, durable before it has its name. False when it cannot: said on stderr. */
struct invocation;
bool cli_write_config(struct invocation *in, const struct config *c);

#endif

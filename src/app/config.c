/* Configuration; see config.h. */
#include "app/config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/gateway.h"
#include "app/oidc.h"
#include "base/json_out.h"
#include "base/utf8.h"

#define CONFIG_FILE_MAX (64 << 10)

static const char *check_url(str v)
{
	if (v.n && !str_starts(v, S("https://")) && !str_starts(v, S("http://")))
		return "must begin with https:// or http://";
	return str_ends(v, S("/")) ? "must not end with a slash" : NULL;
}

static const char *check_smtp(str v)
{
	return !v.n || str_starts(v, S("smtp://")) || str_starts(v, S("smtps://")) ? NULL : "must begin with smtp:// or smtps://";
}

static const char *check_gateway(str v)
{
	return !v.n || str_starts(v, S("https://")) || str_starts(v, S("http://")) ? NULL : "must begin with https:// or http://";
}

static const char *check_phone(str v)
{
	for (size_t i = 0; i < v.n; i++)
		if ((v.p[i] < '0' || v.p[i] > '9') && !(i == 0 && v.p[i] == '+'))
			return "must be digits, in the form +33261914400";
	return v.n && (v.n < 4 || v.n > 16) ? "is too short or too long" : NULL;
}

static const char *check_mail(str v)
{
	return !v.n || (str_find_byte(v, '@') > 0 && str_find_byte(v, ' ') < 0) ? NULL : "must be an address, such as numerique@example.org";
}

static const char *check_name(str v)
{
	return v.n ? NULL : "must not be empty";
}

#define AT(field) offsetof(struct config, field)
#define TEXT(section, name, field, otherwise, check, help) { section, name, SET_TEXT, AT(field), otherwise, 0, 0, NULL, check, help }
#define INT(section, name, field, otherwise, min, max, help) { section, name, SET_INT, AT(field), otherwise, min, max, NULL, NULL, help }

const struct setting settings[] = {
	TEXT("city", "name", city.name, "Nantes", check_name, "The city's name, shown on every page."),
	TEXT("city", "public_url", city.public_url, "", check_url,
	     "The address people type, such as https://numerique.example.org. QR codes and links in messages need it."),
	TEXT("city", "help_phone", city.help_phone, "+33261914400", check_phone, "The help line shown on every page, in the form +33261914400."),
	TEXT("city", "help_hours", city.help_hours, N_("du lundi au vendredi, de 9 h à 18 h"), NULL, "When the help line answers, in French."),
	TEXT("city", "help_desk", city.help_desk, N_("à l’hôtel de ville"), NULL, "Where people may come, in French."),
	TEXT("city", "help_mail", city.help_mail, "", check_mail, "The e-mail address people may write to; the accessibility statement must give one."),
	TEXT("city", "director", city.director, "", NULL, "Who answers for what is published (directeur de la publication), for the legal notice."),
	TEXT("city", "host", city.host, "", NULL, "Who hosts the site, with address and telephone, for the legal notice."),
	TEXT("city", "dpo", city.dpo, "", NULL, "How to write to the data protection officer: an address, an e-mail. Families read it in their file."),
	TEXT("city", "senders", city.senders, "", NULL, "Who carries our e-mail and SMS, by name: families are told to whom their number goes."),
	{ "city", "demo", SET_BOOL, AT(city.demo), "no", 0, 0, NULL, NULL, "Everything is invented: a banner says so on every page, and nothing is sent." },
	TEXT("web", "listen", listen, "127.0.0.1", check_name, "Address to listen on. Anything but this machine needs TLS or a trusted proxy."),
	INT("web", "port", port, "8080", 0, 65535, "Port of the pages; 0 lets the system choose."),
	INT("web", "metrics_port", metrics_port, "0", 0, 65535, "Port of /metrics, on this machine only; 0: none."),
	INT("web", "workers", workers, "16", 1, 64, "Web processes. One holds one request at a time."),
	TEXT("web", "tls_cert", tls_cert, "", NULL, "TLS certificate chain (PEM), when no proxy stands in front."),
	TEXT("web", "tls_key", tls_key, "", NULL, "TLS private key (PEM)."),
	TEXT("web", "trusted_proxies", trusted_proxies, "", NULL,
	     "Addresses of the proxies in front, separated by spaces; only they may say whose request it is (X-Forwarded-For, -Proto)."),
	INT("web", "connections", connections, "1000", 8, 10000, "Most connections held by one worker."),
	INT("web", "connections_per_address", connections_per_address, "200", 1, 10000,
	    "Most connections of one address on one worker (a whole school shares one address)."),
	INT("web", "body_max", body_max, "65536", 1024, 67108864, "Largest body of a form, in bytes."),
	INT("web", "deadline", deadline_s, "10", 2, 600, "Seconds a client has to send its request and take the answer."),
	INT("web", "download_deadline", download_deadline_s, "300", 10, 3600, "The same for downloads, which slow lines need long for."),
	INT("web", "post_burst", post_burst, "60", 1, 100000, "Forms one address may send at once."),
	INT("web", "post_per_minute", post_per_minute, "120", 1, 60000, "Forms one address may send each minute after that."),
	INT("web", "waiting_max", waiting_max, "32", 1, 1024, "Requests that may wait on one kind of helper; more are asked to come back (503)."),
	INT("web", "wait", wait_s, "10", 1, 120, "Seconds a request waits for a helper."),
	INT("web", "drain", drain_s, "10", 1, 120, "Seconds left to requests under way when stopping or reloading."),
	TEXT("vault", "key_file", key_file, "", NULL, "The master key's file, outside the data folder. Without it: the systemd credential gabare-key."),
	INT("vault", "opens_per_minute", opens_per_minute, "6000", 1, 10000000,
	    "Encrypted values one worker may have opened each minute; more are refused and logged."),
	TEXT("mail", "smtp_url", smtp_url, "", check_smtp, "The relay that takes our e-mail, such as smtps://mail.example.org. Empty: none is sent."),
	TEXT("mail", "from", smtp_from, "", NULL, "The sender's address of our e-mail."),
	TEXT("mail", "user", smtp_user, "", NULL, "User name at the relay, if it wants one."),
	TEXT("mail", "password_file", smtp_password_file, "", NULL, "File that holds the relay's password."),
	TEXT("mail", "ca_file", smtp_ca_file, "", NULL,
	     "Certificates (PEM) that may sign the relay's, when no public authority did; in /etc, /usr or the data folder."),
	TEXT("sms", "url", sms_url, "", check_gateway,
	     "The gateway that takes our SMS, by HTTP. {to} {text} {from} {id} {secret} are put in, here and in headers and body. Empty: none is sent."),
	{ "sms", "method", SET_CHOICE, AT(sms_method), "POST", 0, 0, "POST|GET", NULL, "How it is asked: POST or GET." },
	TEXT("sms", "headers", sms_headers, "", NULL, "Header lines, separated by |, such as Authorization: Bearer {secret}"),
	{ "sms", "encoding", SET_CHOICE, AT(sms_encoding), "json", 0, 0, "json|form", NULL, "What the body is: json or form. Values are escaped for it." },
	TEXT("sms", "body", sms_body, "{\"to\":\"{to}\",\"text\":\"{text}\"}", NULL, "The body of a POST."),
	TEXT("sms", "success", sms_success, "", gateway_check_pattern,
	     "Extended regular expression that an answer of 2xx must match to have been accepted. Empty: any is."),
	TEXT("sms", "from", sms_from, "", NULL, "The sender's name or number, as the gateway knows it."),
	TEXT("sms", "secret_file", sms_secret_file, "", NULL, "File that holds the gateway's token: {secret}."),
	TEXT("sms", "ca_file", sms_ca_file, "", NULL,
	     "Certificates (PEM) that may sign the gateway's, when no public authority did; in /etc, /usr or the data folder."),
	TEXT("oidc", "issuer", city.identity_issuer, "", oidc_check_issuer,
	     "The OpenID Connect provider by which agents may log in, such as https://auth.agentconnect.gouv.fr/api/v2. Empty: none."),
	TEXT("oidc", "name", city.identity_name, "ProConnect", check_name, "How people call it: \"Se connecter avec ProConnect\"."),
	TEXT("oidc", "client_id", oidc_client_id, "", NULL, "Our identifier at the provider."),
	TEXT("oidc", "client_secret_file", oidc_secret_file, "", NULL, "File that holds our secret at the provider."),
	{ "oidc", "auth", SET_CHOICE, AT(oidc_auth), "post", 0, 0, "post|basic", NULL, "How the secret is shown: post (client_secret_post) or basic." },
	TEXT("oidc", "scopes", oidc_scopes, "openid", NULL, "What is asked of the provider, separated by spaces; openid is enough."),
	TEXT("oidc", "acr_values", oidc_acr_values, "", NULL, "Levels of assurance, separated by spaces: one of them is demanded. Empty: any."),
	TEXT("oidc", "hosts", oidc_hosts, "", NULL, "Other hosts that are the provider's, separated by spaces; nothing else is ever asked."),
	{ "log", "level", SET_CHOICE, AT(log_level), "info", 0, 0, "debug|info|warn|error", NULL, "What is logged: debug, info, warn or error." },
};
const size_t settings_count = lengthof(settings);

static bool among(const char *choices, str value)
{
	str rest = str_c(choices), one;
	while (str_next(&rest, '|', &one))
		if (str_eq(one, value))
			return true;
	return false;
}

static bool read_bool(str v, bool *ret)
{
	*ret = among("yes|true|1|on|oui", v);
	return *ret || among("no|false|0|off|non", v);
}

/* Puts a value into its field; what is wrong with it, or NULL. */
static const char *store(struct arena *a, struct config *c, const struct setting *s, str v)
{
	void *field = (char *)c + s->offset;
	const char *wrong = NULL;
	i64 n;
	bool yes;
	switch (s->kind) {
	case SET_INT:
		if (!str_i64(v, &n) || n < s->min || n > s->max)
			return str_printf(a, "must be a number from %lld to %lld", (long long)s->min, (long long)s->max).p;
		*(i64 *)field = n;
		return NULL;
	case SET_BOOL:
		if (!read_bool(v, &yes))
			return "must be yes or no";
		*(bool *)field = yes;
		return NULL;
	case SET_CHOICE:
		if (!among(s->choices, v))
			return str_printf(a, "must be one of %s", s->choices).p;
		break;
	case SET_TEXT:
		wrong = !utf8_valid(v) ? "is not UTF-8" : s->check ? s->check(v) : NULL;
		break;
	}
	if (!wrong)
		*(str *)field = str_copy(a, v);
	return wrong;
}

static const struct setting *setting_find(str section, str name)
{
	for (size_t i = 0; i < settings_count; i++)
		if (str_eq(section, str_c(settings[i].section)) && str_eq(name, str_c(settings[i].name)))
			return &settings[i];
	return NULL;
}

enum err config_set(struct arena *a, struct config *c, str name, str value, str *ret_problem)
{
	str section, rest = name;
	if (!str_next(&rest, '.', &section))
		section = S("");
	const struct setting *s = setting_find(section, rest);
	if (!s) {
		*ret_problem = str_printf(a, "no setting is named %.*s", STR_ARG(name));
		return INVALID;
	}
	const char *wrong = store(a, c, s, value);
	if (!wrong)
		return OK;
	*ret_problem = str_printf(a, "%s.%s %s", s->section, s->name, wrong);
	return INVALID;
}

static enum err read_line(struct arena *a, struct config *c, str line, str *section, str *ret_problem)
{
	line = str_trim(line);
	if (!line.n || line.p[0] == '#' || line.p[0] == ';')
		return OK;
	if (line.p[0] == '[' && line.p[line.n - 1] == ']') {
		*section = str_trim(str_slice(line, 1, line.n - 1));
		return OK;
	}
	ptrdiff_t eq = str_find_byte(line, '=');
	if (eq < 0) {
		*ret_problem = S("neither [section] nor name = value");
		return INVALID;
	}
	str name = str_trim(str_slice(line, 0, (size_t)eq));
	str value = str_trim(str_slice(line, (size_t)eq + 1, line.n));
	return config_set(a, c, str_printf(a, "%.*s.%.*s", STR_ARG(*section), STR_ARG(name)), value, ret_problem);
}

static enum err read_ini(struct arena *a, struct config *c, str text, str *ret_problem)
{
	str line, section = S("");
	for (int n = 1; str_next(&text, '\n', &line); n++)
		if (read_line(a, c, line, &section, ret_problem) != OK) {
			*ret_problem = str_printf(a, "%.*s, line %d: %.*s", STR_ARG(c->file), n, STR_ARG(*ret_problem));
			return INVALID;
		}
	return OK;
}

static enum err read_whole(struct arena *a, const char *path, str *ret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? NOT_FOUND : INVALID;
	char *p = arena_alloc(a, CONFIG_FILE_MAX);
	ssize_t n = read(fd, p, CONFIG_FILE_MAX);
	close(fd);
	if (n < 0 || n == CONFIG_FILE_MAX)
		return INVALID;
	*ret = (str){ p, (size_t)n };
	return OK;
}

/* GABARE_WEB_PORT for web.port. */
static str environment_of(struct arena *a, const struct setting *s)
{
	str name = str_printf(a, "GABARE_%s_%s", s->section, s->name);
	char *p = arena_alloc(a, name.n + 1);
	for (size_t i = 0; i < name.n; i++)
		p[i] = name.p[i] >= 'a' && name.p[i] <= 'z' ? (char)(name.p[i] - 32) : name.p[i];
	return (str){ p, name.n };
}

static enum err read_environment(struct arena *a, struct config *c, str *ret_problem)
{
	for (size_t i = 0; i < settings_count; i++) {
		str name = environment_of(a, &settings[i]);
		const char *value = getenv(name.p);
		const char *wrong = value ? store(a, c, &settings[i], str_c(value)) : NULL;
		if (wrong) {
			*ret_problem = str_printf(a, "environment variable %s %s", name.p, wrong);
			return INVALID;
		}
	}
	return OK;
}

enum err config_read(struct arena *a, str data, str db_url, str file, struct config *ret, str *ret_problem)
{
	struct config c = { .data = data, .db_url = db_url };
	for (size_t i = 0; i < settings_count; i++)
		if (store(a, &c, &settings[i], str_c(settings[i].otherwise)))
			c.data = data;           /* a default that its own check refuses (an empty optional) stays empty */
	str path = file.p ? file : str_printf(a, "%.*s/gabare.ini", STR_ARG(data));
	str text;
	enum err e = read_whole(a, str_z(a, path), &text);
	if (e == INVALID || (e == NOT_FOUND && file.p)) {
		*ret_problem = str_printf(a, "cannot read %.*s (at most 64 KB)", STR_ARG(path));
		return INVALID;
	}
	if (e == OK) {
		c.file = path;
		try(read_ini(a, &c, text, ret_problem));
	}
	try(read_environment(a, &c, ret_problem));
	*ret = c;
	return OK;
}

str config_value(struct arena *a, const struct config *c, const struct setting *s)
{
	const void *field = (const char *)c + s->offset;
	switch (s->kind) {
	case SET_INT:
		return str_printf(a, "%lld", (long long)*(const i64 *)field);
	case SET_BOOL:
		return *(const bool *)field ? S("yes") : S("no");
	case SET_CHOICE:
	case SET_TEXT:
		break;
	}
	return *(const str *)field;
}

void config_print(struct buf *out, const struct config *c)
{
	const char *section = "";
	buf_printf(out, "# data folder: %.*s\n", STR_ARG(c->data));
	if (c->file.p)
		buf_printf(out, "# read from: %.*s\n", STR_ARG(c->file));
	for (size_t i = 0; i < settings_count; i++) {
		const struct setting *s = &settings[i];
		if (!str_eq(str_c(section), str_c(s->section)))
			buf_printf(out, "\n[%s]\n", s->section);
		section = s->section;
		str value = config_value(out->a, c, s);
		buf_printf(out, "# %s%s%s%s\n%s = %.*s\n", s->help, *s->otherwise ? " Default: " : "", s->otherwise, *s->otherwise ? "." : "",
		           s->name, STR_ARG(value));
	}
}

void config_print_json(struct buf *out, const struct config *c)
{
	struct json j = json_new(out);
	json_open(&j, '{');
	json_member(&j, S("data"), c->data);
	json_member(&j, S("file"), c->file);
	for (size_t i = 0; i < settings_count; i++) {
		const struct setting *s = &settings[i];
		json_key(&j, str_printf(out->a, "%s.%s", s->section, s->name));
		str value = config_value(out->a, c, s);
		if (s->kind == SET_INT)
			json_raw(&j, value);
		else if (s->kind == SET_BOOL)
			json_bool(&j, str_eq(value, S("yes")));
		else
			json_str(&j, value);
	}
	json_close(&j, '}');
	buf_byte(out, '\n');
}

bool config_loopback(str address)
{
	return str_starts(address, S("127.")) || str_eq(address, S("::1")) || str_eq(address, S("localhost"));
}

bool config_private(const struct config *c)
{
	return c->tls_cert.n || config_loopback(c->listen) || c->trusted_proxies.n;
}

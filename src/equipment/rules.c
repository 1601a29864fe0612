/* See rules.h; and their page. */
#include "equipment/rules.h"

#include "base/timex.h"
#include "equipment/pages.h"
#include "equipment/rules_html.h"
#include "http/session.h"

const struct choice public_rules[] = { { "families", N_("familles d’élèves") }, { "students", N_("étudiants") }, { "job-seekers",
	N_("personnes en recherche d’emploi") },
	{ "elders", N_("personnes âgées") }, { "associations", N_("personnes orientées par une association") }, { NULL, NULL } };
const struct choice grade_rules[] = { { "ps", N_("petite section") }, { "ms", N_("moyenne section") }, { "gs", N_("grande section") }, { "cp", N_("CP") },
	{ "ce1", N_("CE1") },
	{ "ce2", N_("CE2") }, { "cm1", N_("CM1") }, { "cm2", N_("CM2") }, { "6e", N_("6e") }, { NULL, NULL } };
const struct choice network_rules[] = { { "rep", N_("REP") }, { "rep+", N_("REP+") }, { NULL, NULL } };
const struct choice need_rules[] = { { "no-device", N_("aucun ordinateur à la maison") }, { "no-connection", N_("aucune connexion à la maison") },
	{ "new-family", N_("famille arrivée dans l’année") }, { NULL, NULL } };

static const struct kind { const char *code, *field, *label; const struct choice *choices; } kinds[] = {
	{ "public", "publics", N_("Pour qui"), public_rules }, { "grade", "classes", N_("Classes"), grade_rules }, { "network", "reseaux", N_("Réseaux"),
		network_rules },
	{ "need", "besoins", N_("Besoins"), need_rules }, { "school", "ecoles", N_("Écoles nommées"), NULL }, { "words", "autres", N_("Autres conditions"), NULL },
};

static str value_words(const struct view *v, const struct kind *k, str value)
{
	return k->choices ? choice_shown(v, k->choices, value) : value;
}

/* ---- sets ---- */

static void add_line(const struct view *v, struct rule_set *set, const struct kind *k, str rules)
{
	struct buf b = buf_new(v->a, 64 << 10);
	str rest = rules, line, day, kind;
	while (rest.n && str_next(&rest, '\n', &line))
		if (str_next(&line, '|', &day) && str_next(&line, '|', &kind) && str_eq(day, set->day) && str_eq(kind, str_c(k->code)))
			buf_printf(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(value_words(v, k, line)));
	if (b.n)
		set->lines.v[set->lines.n++] = _f("{1} : {2}", tr_here(v, k->label), buf_str(&b));
}

static void sets_of(const struct view *v, str rules, struct rule_sets *ret)
{
	size_t most = 1;
	for (size_t i = 0; i < rules.n; i++)
		most += rules.p[i] == '\n';
	str rest = rules, line, day;
	*ret = (struct rule_sets){ .v = arena_many(v->a, struct rule_set, most) };
	while (rest.n && str_next(&rest, '\n', &line)) {
		if (!str_next(&line, '|', &day) || (ret->n && str_eq(ret->v[ret->n - 1].day, day)))
			continue;
		struct rule_set *set = &ret->v[ret->n++];
		*set = (struct rule_set){ day, { arena_many(v->a, str, lengthof(kinds)), 0 } };
		for (size_t i = 0; i < lengthof(kinds); i++)
			add_line(v, set, &kinds[i], rules);
	}
}

str rules_words(const struct view *v, str value)
{
	struct rule_sets sets;
	struct buf b = buf_new(v->a, 128 << 10);
	sets_of(v, value, &sets);
	for (size_t i = 0; i < sets.n; i++) {
		buf_printf(&b, "%s%.*s", i ? " ; " : "", STR_ARG(_f("à partir du {1}", iso_date_shown(v, sets.v[i].day))));
		for (size_t j = 0; j < sets.v[i].lines.n; j++)
			buf_printf(&b, ", %.*s", STR_ARG(sets.v[i].lines.v[j]));
	}
	return buf_str(&b);
}

static str school_named(struct req *req, str uai)
{
	struct school s;
	return school_by_uai(req->db, uai, &s) == OK ? s.name : uai;
}

/* Schools by their names. */
static str with_names(struct req *req, str rules)
{
	struct buf b = buf_new(req->a, 256 << 10);
	str rest = rules, line, day, kind;
	while (rest.n && str_next(&rest, '\n', &line)) {
		str whole = line;
		bool school = str_next(&line, '|', &day) && str_next(&line, '|', &kind) && str_eq(kind, S("school"));
		buf_printf(&b, "%s", b.n ? "\n" : "");
		if (school)
			buf_printf(&b, "%.*s|school|%.*s", STR_ARG(day), STR_ARG(school_named(req, line)));
		else
			buf_put(&b, whole);
	}
	return buf_str(&b);
}

enum err rule_sets_of(struct req *req, const struct campaign *c, struct rule_sets *ret)
{
	sets_of(&req->v, with_names(req, c->f[C_RULES]), ret);
	return OK;
}

const struct rule_set *rules_on(const struct rule_sets *sets, str day)
{
	const struct rule_set *held = NULL;
	for (size_t i = 0; i < sets->n; i++)
		if (str_cmp(sets->v[i].day, day) <= 0)
			held = &sets->v[i];
	return held;
}

/* ---- the page ---- */

/* The form as the set of a day says it (the one that holds, for a first look). */
static void fill_from(struct req *req, const struct campaign *c)
{
	str day = S(""), today = date_iso(req->a, today_paris()), rest = c->f[C_RULES], line, d, kind;
	while (rest.n && str_next(&rest, '\n', &line))
		if (str_next(&line, '|', &d) && (!day.n || str_cmp(d, today) <= 0))
			day = d;
	for (size_t i = 0; i < req->form->spec->n; i++) {
		struct form_value *value = &req->form->values[i];
		const struct kind *k = NULL;
		for (size_t j = 0; j < lengthof(kinds); j++)
			if (strcmp(kinds[j].field, req->form->spec->fields[i].name) == 0)
				k = &kinds[j];
		if (!k)
			continue;
		value->many = arena_many(req->a, str, 400);
		rest = c->f[C_RULES];
		while (rest.n && str_next(&rest, '\n', &line) && value->n_many < 400)
			if (str_next(&line, '|', &d) && str_next(&line, '|', &kind) && str_eq(d, day) && str_eq(kind, str_c(k->code)))
				value->many[value->n_many++] = line;
		value->given = value->n_many > 0;
		value->text = k->choices ? (value->n_many ? value->many[0] : S("")) : str_join(req->a, value->many, value->n_many, S("\n"));
	}
}

static enum err show(struct req *req, const struct campaign *c)
{
	struct rules_page page = { .form = req->form, .id = c->id, .name = c->f[C_NAME], .version = str_printf(req->a, "%lld", (long long)c->version) };
	try(rule_sets_of(req, c, &page.sets));
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, "/agent/campagnes/:campagne/regles"));
	return campaign_rules_html(&req->v, &page);
}

enum err rules_form(struct req *req)
{
	struct campaign c;
	try(campaign_of(req, &c));
	req->form->n_errors = 0;
	fill_from(req, &c);
	return show(req, &c);
}

static void put(struct buf *b, str day, const char *kind, str value)
{
	buf_printf(b, "%s%.*s|%s|%.*s", b->n ? "\n" : "", STR_ARG(day), kind, STR_ARG(value));
}

/* Schools one a line, by code or by name; a name must be certain. */
static enum err put_schools(struct req *req, struct buf *b, str day)
{
	const struct view *v = &req->v;
	str rest = form_text(req, "ecoles"), line;
	while (rest.n && str_next(&rest, '\n', &line)) {
		struct school_matches m;
		line = str_trim(line);
		if (!line.n)
			continue;
		try(schools_find(req->db, line, S(""), &m));
		if (m.certainty != SCHOOL_CERTAIN)
			form_fail(req, "ecoles", _f("« {1} » n’est pas sûrement une école. Écrivez son code UAI.", line));
		else
			put(b, day, "school", m.v[0].school.uai);
	}
	return OK;
}

/* The typed set, and the sets of other days as they are. */
static enum err rules_typed(struct req *req, const struct campaign *c, str day, str *ret)
{
	struct buf b = buf_new(req->a, 256 << 10);
	str rest = c->f[C_RULES], line, d;
	while (rest.n && str_next(&rest, '\n', &line)) {
		str whole = line;
		if (str_next(&line, '|', &d) && !str_eq(d, day))
			buf_printf(&b, "%s%.*s", b.n ? "\n" : "", STR_ARG(whole));
	}
	for (size_t i = 0; i < lengthof(kinds); i++)
		for (const struct choice *one = kinds[i].choices; one && one->value; one++)
			if (form_has(req, kinds[i].field, str_c(one->value)))
				put(&b, day, kinds[i].code, str_c(one->value));
	try(put_schools(req, &b, day));
	rest = form_text(req, "autres");
	while (rest.n && str_next(&rest, '\n', &line))
		if (str_trim(line).n)
			put(&b, day, "words", str_replace(req->a, str_trim(line), S("|"), S("/")));
	*ret = buf_str(&b);
	return OK;
}

struct saving { struct campaign c; i64 user_id; };

static enum err save_tx(struct db *db, void *arg)
{
	struct saving *s = arg;
	return campaign_save(db, &s->c, s->user_id);
}

enum err rules_save(struct req *req)
{
	const struct view *v = &req->v;
	struct saving s = { .user_id = req->session->user_id };
	str day;
	try(campaign_of(req, &s.c));
	struct campaign now = s.c;
	int status = 422;
	if (!day_of(req->a, form_text(req, "jour"), false, &day) || !day.n)
		form_fail(req, "jour", _("Écrivez un jour comme 15/02/2027, ou un mois comme 02/2027."));
	if (form_ok(req))
		try(rules_typed(req, &now, day, &s.c.f[C_RULES]));
	if (form_ok(req)) {
		s.c.version = form_int(req, "version", 0);
		enum err e = db_tx(req->db, save_tx, &s);
		if (e != CONFLICT)
			return e == OK ? resp_redirect(req, str_printf(req->a, "/agent/campagnes/%lld?fait=1", (long long)now.id)) : e;
		try(campaign_of(req, &now));
		form_fail(req, "jour", _("Quelqu’un vient de changer cette campagne. Regardez ses règles plus bas, puis enregistrez les vôtres."));
		status = 409;
	}
	form_refused(req);
	req->status = status;
	return show(req, &now);
}

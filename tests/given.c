/* See given.h. */
#include "given.h"

#include "accounts/accounts_sql.h"
#include "allocation/allocation.h"
#include "allocation/allocation_sql.h"
#include "base/timex.h"
#include "census/census.h"
#include "census/census_sql.h"
#include "db/id.h"
#include "directory/demo.h"
#include "directory/directory.h"
#include "directory/place_store.h"
#include "distribution/distribution.h"
#include "guide/guide_sql.h"
#include "equipment/equipment.h"
#include "http/session.h"
#include "intake/intake_sql.h"
#include "network/pages.h"
#include "schools/schools.h"

struct given { struct account_new fresh; i64 id, organisation, user; enum account_role role; const char *name; const struct session *session; };

static enum err upload_tx(struct db *db, void *arg)
{
	struct place_survey s = { .rows = 1 };
	struct buf b = buf_new(db_arena(db), 4096);
	str csv = S("Nom,Adresse,CP,Ville\nLa Bouée,1 rue Haute,44000,Nantes\n");
	i64 id = *(const i64 *)arg;
	survey_pack(&b, &s);
	try(upload_put(db, id, now_ms(), 1, S("essai"), S("essai.csv"), S("2026-01-02"), csv));
	try(upload_checked(db, id, S("look"), S("columns"), S("1 1 0 0 0 0 0 0"), 0, S("ligne\r\n")));
	try(upload_foresees(db, id, S("")));
	try(upload_laid(db, id, S("{\"colonnes\":{\"Nom\":\"nom\",\"Adresse\":\"adresse\",\"CP\":\"code_postal\",\"Ville\":\"commune\"}}"), S("columns")));
	return OK;
}

i64 given_upload(void)
{
	i64 id = id_new();
	assert_ok(db_tx(ask_db(), upload_tx, &id));
	return id;
}

static enum err set_tx(struct db *db, void *arg)
{
	const struct given *g = arg;
	const struct params *p = params_default();
	return set_put(db, g->id, g->organisation, S("2026-01-01"), (str){ 0 }, p->name, params_json(db_arena(db), p),
		(struct opt_i64){ .set = false }, now_ms(), g->user);
}

i64 given_allocation_set(i64 organisation, i64 user)
{
	struct given g = { .id = id_new(), .organisation = organisation, .user = user };
	assert_ok(db_tx(ask_db(), set_tx, &g));
	return g.id;
}

static enum err draw_tx(struct db *db, void *arg)
{
	const struct given *g = arg;
	return draw_put(db, g->id, g->organisation, S("Bellevue"), S("00"), S("sealed"), now_ms());
}

i64 given_draw(i64 organisation)
{
	struct given g = { .id = id_new(), .organisation = organisation };
	assert_ok(db_tx(ask_db(), draw_tx, &g));
	return g.id;
}

/* ---- schools and campaigns ---- */

static enum err school_tx(struct db *db, void *arg)
{
	const str *uai = arg;
	struct opt_f64 nowhere = { 0 };
	return school_put(db, id_new(), *uai, str_printf(db_arena(db), "École %.*s", STR_ARG(*uai)), S("elementaire"), S("public"), S("1 rue Haute"), S("44000"),
		S("Nantes"),
		S("44109"), nowhere, nowhere, S(""), S(""), S(""), (struct opt_i64){ 0 }, S(""), S("open"));
}

str given_school(const char *uai)
{
	struct school s;
	str code = str_c(uai);
	enum err e = school_by_uai(ask_db(), code, &s);
	if (e == NOT_FOUND)
		e = db_tx(ask_db(), school_tx, &code);
	assert_ok(e);
	return code;
}

static enum err spelling_tx(struct db *db, void *arg)
{
	const str *text = arg;
	return spelling_put(db, id_new(), S("44109"), school_key(db_arena(db), *text), *text, (struct opt_i64){ 0 }, S(""), now_ms());
}

i64 given_spelling(const char *text)
{
	struct spelling_row row;
	str spelt = str_c(text), key = school_key(unit_arena(1 << 12), spelt);
	enum err e = spelling_known(ask_db(), S("44109"), key, &row);
	if (e == NOT_FOUND) {
		assert_ok(db_tx(ask_db(), spelling_tx, &spelt));
		e = spelling_known(ask_db(), S("44109"), key, &row);
	}
	assert_ok(e);
	return row.id;
}

struct planning { i64 organisation; struct given_wave made; };

static enum err plan_tx(struct db *db, void *arg)
{
	struct planning *p = arg;
	struct campaign c = { .organisation_id = p->organisation, .f = { S("Campagne d’essai"), S("2027"), S("Essayer"), S("200"), S(""), S(""), S("2027-01-01"),
		S("2027-12-31"),
		S("open"), S("2027-01-01|public|families") } };
	struct wave w = { .f = { S("Essai"), S("100"), S("2027-03-01"), S("2027-03-31"), S(""), S(""), S(""), S("") } };
	try(campaign_save(db, &c, 0));
	w.campaign_id = c.id;
	try(wave_save(db, &w, p->organisation, 0));
	p->made = (struct given_wave){ c.id, w.id };
	return OK;
}

struct given_wave given_wave_of(i64 organisation)
{
	static struct planning known[8];
	static size_t n;
	for (size_t i = 0; i < n; i++)
		if (known[i].organisation == organisation)
			return known[i].made;
	struct planning *p = &known[n++];
	assert_true(n < lengthof(known));
	p->organisation = organisation;
	assert_ok(db_tx(ask_db(), plan_tx, p));
	return p->made;
}

i64 given_demo(void)
{
	struct place_import_report r = { .fault = S("") };
	struct db *db = ask_db();
	enum err e = demo_load(db, ask_db_url(), unit_arena((size_t)64 << 20), &r);
	if (e != OK)
		fail_msg("%s: %.*s (%s)", err_name(e), STR_ARG(r.fault), db_error(db));
	return r.added;
}

static enum err organisation_tx(struct db *db, void *arg)
{
	struct given *g = arg;
	return account_organisation_put(db, g->id, str_c(g->name), now_ms());
}

i64 given_organisation(const char *name)
{
	struct db *db = ask_db();
	struct given g = { .id = id_new(), .name = name };
	assert_ok(db_tx(db, organisation_tx, &g));
	return g.id;
}

struct given_place { struct place place; i64 id; };

static enum err place_tx(struct db *db, void *arg)
{
	struct given_place *g = arg;
	struct place_writer w = { .at = now_ms(), .author = S("import essai") };
	return place_store_new(db, &w, arena_one(db_arena(db), struct place_words), S("essai"), &g->place, &g->id);
}

str given_place(const char *organisation, const char *id)
{
	struct given_place g = { .id = 0 };
	static const struct { enum place_field f; const char *value; } is[] = {
		{ P_PIVOT, "00000000000000" }, { P_NOM, "Centre de la rue Haute" }, { P_COMMUNE, "Nantes" }, { P_CODE_POSTAL, "44000" },
		{ P_ADRESSE, "1 rue Haute" }, { P_DATE_MAJ, "2026-01-02" }, { P_TELEPHONE, "+33240000001" }, { P_HORAIRES, "Mo-Fr 09:00-12:00" },
		{ P_SERVICES, "Aide aux démarches administratives" },
	};
	for (size_t i = 0; i < lengthof(is); i++)
		g.place.f[is[i].f] = str_c(is[i].value);
	g.place.f[P_ID] = str_c(id);
	g.place.f[P_STRUCTURE_PARENTE] = str_c(organisation);
	assert_ok(db_tx(ask_db(), place_tx, &g));
	return str_c(id);
}

static enum err account_tx(struct db *db, void *arg)
{
	struct given *g = arg;
	try(account_add(db, &g->fresh, &g->id));
	try(account_set_state(db, g->id, S("active")));
	return account_give(db, g->id, g->organisation, g->role);
}

i64 given_account(const char *email, const char *name, i64 organisation, enum account_role role)
{
	struct db *db = ask_db();
	struct vault_asker vault = ask_vault();
	struct given g = { .organisation = organisation, .role = role };
	assert_ok(account_prepare(&vault, str_c(email), str_c(name), &g.fresh));
	assert_ok(db_tx(db, account_tx, &g));
	return g.id;
}

static enum err invitation_tx(struct db *db, void *arg)
{
	return invitation_store(db, arg);
}

str given_invitation(i64 user, i64 organisation)
{
	struct db *db = ask_db();
	struct vault_asker vault = ask_vault();
	struct invitation i = { .user_id = user, .organisation_id = { organisation, true } };
	assert_ok(invitation_prepare(&vault, &i));
	assert_ok(db_tx(db, invitation_tx, &i));
	return i.code;
}

static enum err session_tx(struct db *db, void *arg)
{
	return session_store(db, arg);
}

void ask_as(i64 user)
{
	struct arena *a = unit_arena(1 << 16);
	struct req req = { .a = a, .db = ask_db(), .v = { .a = a } };
	ask_as_nobody();
	if (!user)
		return;
	assert_ok(db_tx(req.db, session_tx, session_new(&req, user, false)));
	ask_with_cookie(req.out_headers[0].value);
}

/* ---- written pages ---- */

static enum err written_tx(struct db *db, void *arg)
{
	return written_save(db, arg);
}

void given_written(enum written_kind kind, const char *name, enum lang lang, const char *text)
{
	struct written w;
	struct written_change c = { .kind = kind, .name = str_c(name), .lang = lang, .text = str_c(text), .publish = true };
	enum err e = written_load(ask_db(), kind, str_c(name), &w);
	assert_true(e == OK || e == NOT_FOUND);
	c.head = w.lang[lang].head;
	c.french = w.french;
	assert_ok(db_tx(ask_db(), written_tx, &c));
}

/* ---- the census ---- */

static enum err open_tx(struct db *db, void *arg)
{
	return census_insert(db, *(i64 *)arg, S("essai"), S("2199-12-31"), S("9999-12-31"), now_ms());
}

i64 given_census_ask(const char *place)
{
	static const struct city ville = { .name = S_INIT("Exemple") };
	struct db *db = ask_db();
	struct vault_asker vault = ask_vault();
	struct census_edition edition;
	struct census_ask_line_list rows;
	i64 id = id_new(), n = 1;
	if (census_running(db, &edition) == NOT_FOUND)
		assert_ok(db_tx(db, open_tx, &id));
	while (n)
		assert_ok(census_prepare_some(db, &vault, &ville, &n));
	assert_ok(census_running(db, &edition));
	assert_ok(census_asks(db, edition.id, (str){ 0 }, 0, 100, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct census_ask_row row;
		assert_ok(census_ask_by_id(db, rows.v[i].id, &row));
		if (str_eq(row.public_id, str_c(place)))
			return row.id;
	}
	fail_msg("%s is not asked", place);
	return 0;
}

static enum err close_tx(struct db *db, void *arg)
{
	i64 id = *(i64 *)arg;
	try(census_insert(db, id, S("close"), S("2199-12-31"), S("9999-12-31"), now_ms()));
	try(db_changes(db) ? census_begin_closing(db, id) : INTERNAL);
	return census_end(db, id, now_ms(), 0, S(""), S(""));
}

/* Nothing is in it: no other edition may be open yet. */
str given_closed_edition(void)
{
	struct census_edition edition;
	i64 id = id_new();
	if (census_named(ask_db(), S("close"), &edition) != OK)
		assert_ok(db_tx(ask_db(), close_tx, &id));
	return S("close");
}

/* ---- the guide ---- */

static enum err made_tx(struct db *db, void *arg)
{
	i64 id = *(i64 *)arg;
	try(guide_making_put(db, id, now_ms(), (struct opt_i64){ 0 }, S(""), S(""), S(""), S(""), S("fr"), 1, 0));
	try(guide_making_claim(db, id, now_ms(), now_ms()));
	try(guide_made_put(db, id_new(), id, S("fr"), S(""), S(""), 0, 1, 5, S("%PDF-")));
	return guide_making_end(db, id, 1, S("done"), S(""));
}

i64 given_guide_made(void)
{
	i64 id = id_new();
	assert_ok(db_tx(ask_db(), made_tx, &id));
	return id;
}

struct printing { struct print_order order; struct print_handover handover; };

static enum err print_tx(struct db *db, void *arg)
{
	const struct printing *p = arg;
	try(print_run_add(db, &p->order));
	return print_deliver(db, &p->handover);
}

i64 given_delivery(i64 organisation, i64 *ret_run)
{
	struct printing p = { { id_new(), S("Guide"), S("fr"), S(""), S("2026-01-02"), 100, 0 }, { .id = id_new(), .organisation_id = organisation, .quantity = 10 } };
	p.handover.run_id = *ret_run = p.order.id;
	p.handover.lang = S("fr");
	p.handover.day = S("2026-01-03");
	p.handover.where = S("");
	assert_ok(db_tx(ask_db(), print_tx, &p));
	return p.handover.id;
}

/* ---- the network ---- */

struct given_network { i64 id, organisation; struct contact_sealed sealed; };

static enum err group_tx(struct db *db, void *arg)
{
	const struct given_network *g = arg;
	try(network_group_put(db, g->id, S("Groupe essai"), S("quartier"), S(""), now_ms()));
	return network_member_put(db, g->id, g->organisation, now_ms());
}

i64 given_group(i64 organisation)
{
	struct given_network g = { .id = id_new(), .organisation = organisation };
	assert_ok(db_tx(ask_db(), group_tx, &g));
	return g.id;
}

static enum err contact_tx(struct db *db, void *arg)
{
	const struct given_network *g = arg;
	const struct contact_sealed *s = &g->sealed;
	return network_contact_put(db, s->id, g->organisation, s->email_index, s->code_index, s->email_enc, s->name_enc, s->job_enc, s->phone_enc, S("fr"), 0,
		S("Essai"), now_ms(), 0, (struct opt_i64){ now_ms(), true }, S("paper"));
}

i64 given_contact(i64 organisation, const char *email)
{
	struct vault_asker vault = ask_vault();
	struct given_network g = { .organisation = organisation };
	assert_ok(contact_seal(&vault, &(struct contact){ .email = str_c(email), .name = S("Lila") }, &g.sealed));
	assert_ok(db_tx(ask_db(), contact_tx, &g));
	return g.sealed.id;
}

static enum err mail_tx(struct db *db, void *arg)
{
	const struct given_network *g = arg;
	try(network_mail_put(db, g->id, 0, 1, now_ms()));
	return network_mail_text_put(db, g->id, S("fr"), S("Rencontre"), S("Jeudi"));
}

i64 given_network_mail(void)
{
	struct given_network g = { .id = id_new() };
	assert_ok(db_tx(ask_db(), mail_tx, &g));
	return g.id;
}

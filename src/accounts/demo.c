/* See demo.h. */
#include "accounts/demo.h"

#include "accounts/accounts_sql.h"
#include "base/timex.h"
#include "db/id.h"

/* argon2id of DEMO_PASSWORD, which is no secret: made once, so that a demonstration starts at once. */
#define DEMO_HASH S("$argon2id$v=19$m=65536,t=2,p=1$45sYgo4xu8QcI/KHXL6PWQ$llB0MoTRFWbADtdS6t9bkQA1+pchwUH4Mq8ZGU3MxzA")

static const struct demo_account list[] = {
	{ "admin@demo.example", "Camille Inventée", "Ville de démonstration", ROLE_ADMIN },
	{ "reseau@demo.example", "Sacha Inventé", "Ville de démonstration", ROLE_COORDINATOR },
	{ "dpo@demo.example", "Dominique Inventée", "Ville de démonstration", ROLE_DPO },
	{ "accueil@demo.example", "Charlie Inventé", "CCAS de démonstration", ROLE_DESK_AGENT },
	{ "structure@demo.example", "Noor Inventée", "Association de démonstration", ROLE_STRUCTURE_MANAGER },
	{ "mediation@demo.example", "Alix Inventé", "Association de démonstration", ROLE_MEDIATOR },
	{ "campagne@demo.example", "Maxime Inventée", "Ville de démonstration", ROLE_PROGRAMME_OFFICER },
	{ "ecole@demo.example", "Lou Inventée", "École La Cale (inventée)", ROLE_SCHOOL_REFERENT },
};

const struct demo_accounts *demo_accounts(void)
{
	static const struct demo_accounts all = { list, lengthof(list) };
	return &all;
}

struct one { const struct demo_account *account; struct account_new fresh; };

static enum err organisation(struct db *db, str name, i64 *ret)
{
	struct account_organisation_row_list found;
	try(account_organisation_named(db, name, &found));
	*ret = found.n ? found.v[0].id : id_new();
	return found.n ? OK : account_organisation_put(db, *ret, name, now_ms());
}

static enum err add(struct db *db, void *arg)
{
	struct one *o = arg;
	i64 where, id;
	try(organisation(db, str_c(o->account->organisation), &where));
	try(account_add(db, &o->fresh, &id));
	if (id == o->fresh.id)
		try(account_make_demo(db, id, DEMO_HASH, now_ms()));
	return account_give(db, id, where, o->account->role);
}

enum err demo_accounts_load(struct db *db, const struct vault_asker *vault)
{
	for (size_t i = 0; i < lengthof(list); i++) {
		struct one o = { .account = &list[i] };
		try(account_prepare(vault, str_c(list[i].email), str_c(list[i].name), &o.fresh));
		try(db_tx(db, add, &o));
	}
	return OK;
}

/* See given_charter.h. */
#include "given_charter.h"

#include "charter/bundle.h"
#include "db/id.h"
#include "files/files_sql.h"
#include "people/people.h"

struct texting { i64 campaign, id, number; const char *french, *arabic; bool draft; };

static enum err text_tx(struct db *db, void *arg)
{
	struct texting *t = arg;
	const char *const texts[] = { t->french, t->arabic };
	i64 last;
	t->id = id_new();
	try(charter_version_last(db, t->campaign, &last));
	try(charter_version_put(db, t->id, t->campaign, last + 1, 0, now_ms(), S(CHARTER_SIGNERS)));
	for (size_t i = 0; i < 2 && texts[i]; i++) {
		u8 hash[CHARTER_HASH];
		str body = charter_canonical(db_arena(db), str_c(texts[i]));
		charter_hash_of(body, hash);
		try(charter_text_put(db, id_new(), t->id, i ? S("ar") : S("fr"), body, (str){ (const char *)hash, CHARTER_HASH }, 0, now_ms()));
	}
	return t->draft ? OK : charter_version_publish(db, t->id, 1, S("2026-01-01"), 0, now_ms());
}

i64 given_charter_text(i64 campaign_id, const char *french, const char *arabic)
{
	struct texting t = { .campaign = campaign_id, .french = french, .arabic = arabic };
	assert_ok(db_tx(ask_db(), text_tx, &t));
	return t.id;
}

static enum err change_tx(struct db *db, void *arg)
{
	return charter_text_put(db, id_new(), *(const i64 *)arg, S("fr"), S("autre"), S("12345678901234567890123456789012"), 0, now_ms());
}

enum err given_charter_text_changed(i64 version_id)
{
	return db_tx(ask_db(), change_tx, &version_id);
}

struct chartering { i64 campaign, batch, bundle; struct charter_prepare p; struct charter_act_row act; struct charter_sealed copy, print; };

static enum err charter_tx(struct db *db, void *arg)
{
	const struct chartering *c = arg;
	struct file_doer who = { 0, 0 };
	try(charter_prepare_put(db, &c->p, &who));
	try(charter_file_keep(db, &c->act, "copy", &c->copy, 0));
	try(charter_file_keep(db, &c->act, "print", &c->print, 0));
	try(charter_batch_put(db, c->batch, c->campaign, S("scans"), S(""), 0, now_ms()));
	try(charter_lot_line(db, c->batch, c->p.id, 1, S("copy"), ""));
	try(charter_file_in_batch(db, c->copy.id, c->batch));
	try(bundle_put(db, c->bundle, c->campaign, 0, 0, 0, now_ms()));
	return charter_pdf_end(db, c->p.id, 3, 1);
}

struct given_charter given_charter_of(i64 organisation)
{
	static struct { i64 organisation; struct given_charter made; } known[8];
	static size_t n;
	for (size_t i = 0; i < n; i++)
		if (known[i].organisation == organisation)
			return known[i].made;
	assert_true(n < lengthof(known));
	struct arena *a = unit_arena((size_t)4 << 20);
	struct given_wave w = given_wave_of(organisation);
	struct vault_asker vault = ask_vault();
	struct family_file_row row;
	struct campaign c;
	struct household h;
	struct file f;
	struct chartering made;
	struct given_charter *ret = &known[n].made;
	known[n++].organisation = organisation;
	ret->version_id = given_charter_text(w.campaign_id, "Pour {famille}.", NULL);
	struct texting draft = { .campaign = w.campaign_id, .french = "Plus tard.", .draft = true };
	assert_ok(db_tx(ask_db(), text_tx, &draft));
	ret->draft_id = draft.id;
	assert_ok(file_by_public(ask_db(), given_file(organisation), w.campaign_id, &row));
	assert_ok(file_get(ask_db(), row.id, &f));
	assert_ok(campaign_get(ask_db(), w.campaign_id, &c));
	assert_ok(household_get(ask_db(), row.root, &h));
	assert_ok(household_open_names(&vault, S("test"), &(struct household *const){ &h }, 1));
	assert_ok(charter_prepare(ask_db(), &vault, &(struct city){ .name = S("Nantes") }, &c, &f, &h, LANG_FR, 1, &made.p));
	made.act = (struct charter_act_row){ .id = made.p.id, .household_id = h.id, .key_enc = h.key };
	assert_ok(charter_seal_file(a, &vault, &made.act, CT_PNG, S("a copy"), &made.copy));
	assert_ok(charter_seal_file(a, &vault, &made.act, CT_PDF, S("a document"), &made.print));
	made.campaign = w.campaign_id;
	made.batch = ret->batch_id = id_new();
	made.bundle = ret->bundle_id = id_new();
	assert_ok(db_tx(ask_db(), charter_tx, &made));
	ret->act_id = made.p.id;
	ret->copy_id = made.copy.id;
	return *ret;
}

struct undoing { struct file f; enum file_state made; };

static enum err undo_tx(struct db *db, void *arg)
{
	const struct undoing *u = arg;
	return file_step_undo(db, &u->f, u->made, S("mistake"), &(struct file_doer){ 0, 0 });
}

void given_file_undo(i64 file_id, const char *made)
{
	struct undoing u;
	assert_true(file_state_of(str_c(made), &u.made));
	assert_ok(file_get(ask_db(), file_id, &u.f));
	assert_ok(db_tx(ask_db(), undo_tx, &u));
}

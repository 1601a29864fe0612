/* The demonstration's charter: a text in force, acts prepared, one half signed, and those of the families that have gone further. All invented. */
#include "charter/bulk.h"
#include "charter/demo_text.h"
#include "db/id.h"
#include "people/people.h"

#define FILES_MOST 20

static const struct { const char *lang, *text; } texts[] = { { "fr", charter_demo_fr }, { "en", charter_demo_en }, { "ar", charter_demo_ar } };

struct publishing { i64 campaign, batch; str day; };

static enum err publish_tx(struct db *db, void *arg)
{
	const struct publishing *p = arg;
	i64 id = id_new(), now = now_ms();
	u8 hash[CHARTER_HASH];
	try(charter_batch_put(db, p->batch, p->campaign, S("signatures"), p->day, 0, now));
	try(charter_version_put(db, id, p->campaign, 1, 0, now, S(CHARTER_SIGNERS)));
	for (size_t i = 0; i < lengthof(texts); i++) {
		str body = charter_canonical(db_arena(db), str_c(texts[i].text)), lang = str_c(texts[i].lang);
		charter_hash_of(body, hash);
		str hashed = { (const char *)hash, CHARTER_HASH };
		try(charter_text_put(db, id_new(), id, lang, body, hashed, 0, now));
		if (str_eq(lang, S("en")))
			try(charter_review_put(db, id_new(), id, lang, hashed, S("service de traduction (inventé)"), p->day, 0, now));
	}
	return charter_version_publish(db, id, 1, p->day, 0, now);
}

enum { SIGNERS = 4 };
static const struct charter_signing signers[SIGNERS] = {
	{ .role = CR_FAMILY, .order_number = S_INIT(""), .order_day = S_INIT("") },
	{ .role = CR_CITY, .name = S_INIT("Ariane Quai-Inventée"), .order_number = S_INIT("2026-114"), .order_day = S_INIT("2026-09-01") },
	{ .role = CR_EDUCATION, .name = S_INIT("Martin Préau-Inventé"), .order_number = S_INIT(""), .order_day = S_INIT("") },
	{ .role = CR_ASSOCIATION, .name = S_INIT("Inès Ponton-Inventée"), .order_number = S_INIT(""), .order_day = S_INIT("") },
};
static const char *const qualities[SIGNERS] = { "parent", "delegate", "head", "witness" };

struct making {
	struct charter_prepare prepare;
	struct charter_act_row act;
	struct charter_signing v[SIGNERS];
	size_t n;
	struct file f;
	i64 organisation, batch;
};

static enum err make_tx(struct db *db, void *arg)
{
	const struct making *m = arg;
	struct file_doer who = { 0, m->organisation };
	try(charter_prepare_put(db, &m->prepare, &who));
	for (size_t i = 0; i < m->n; i++) {
		const struct charter_signing *s = &m->v[i];
		str role = str_c(charter_roles[s->role].code);
		try(charter_signature_put(db, s->id, m->prepare.id, role, str_c(s->quality->code), S("paper"), s->day, s->name_enc, s->order_number, s->order_day, 0,
			now_ms()));
		try(charter_note(db, m->prepare.id, "signed", role, s->day, S(""), &who));
	}
	if (m->n < SIGNERS)
		return OK;
	for (size_t i = 0; i < m->n; i++)
		try(charter_signature_in_batch(db, m->v[i].id, m->batch));
	try(charter_lot_line(db, m->batch, m->prepare.id, m->prepare.id, S("family city education association"), ""));
	try(charter_note(db, m->prepare.id, "complete", S(""), m->f.since, S(""), &who));
	return charter_act_move(db, m->prepare.id, 1, S("signed"));
}

static enum err make(struct db *db, const struct vault_asker *vault, const struct city *city, const struct campaign *c, const struct charter_demo_row *row,
	i64 batch, size_t i)
{
	static const enum lang by_turns[] = { LANG_AR, LANG_EN, LANG_FR };
	struct making m = { .organisation = c->organisation_id, .batch = batch, .n = str_eq(row->state, S("eligible")) ? (i + 1) % 2 : SIGNERS };
	struct household h;
	try(file_get(db, row->id, &m.f));
	try(household_get(db, row->root, &h));
	try(household_open_names(vault, S("demonstration"), &(struct household *const){ &h }, 1));
	try(charter_prepare(db, vault, city, c, &m.f, &h, by_turns[i % lengthof(by_turns)], 1, &m.prepare));
	m.act = (struct charter_act_row){ .id = m.prepare.id, .household_id = h.id, .key_enc = h.key };
	for (size_t k = 0; k < m.n; k++) {
		m.v[k] = signers[k];
		m.v[k].quality = charter_quality_of(str_c(qualities[k]));
		m.v[k].day = m.f.since;
		m.v[k].name = k ? signers[k].name : household_name(vault->a, &h);
	}
	try(charter_sign_seal(vault, &m.act, m.v, m.n));
	return db_tx(db, make_tx, &m);
}

enum err charter_demo_load(struct db *db, const struct vault_asker *vault, const struct city *city)
{
	struct publishing p = { .batch = id_new(), .day = date_iso(vault->a, date_of_days(date_days(today_paris()) - 60)) };
	struct charter_demo_row_list rows;
	struct campaign c;
	i64 last;
	enum err e = charter_demo_campaign(db, &p.campaign);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(charter_version_last(db, p.campaign, &last));
	if (last)
		return OK;
	try(db_tx(db, publish_tx, &p));
	try(campaign_get(db, p.campaign, &c));
	try(charter_demo_files(db, p.campaign, FILES_MOST, &rows));
	/* of those that are eligible, the first is left to be prepared */
	for (size_t i = 0, eligible = 0; i < rows.n; i++) {
		bool waits = str_eq(rows.v[i].state, S("eligible"));
		eligible += waits;
		if (!waits || eligible > 1)
			try(make(db, vault, city, &c, &rows.v[i], p.batch, waits ? eligible - 2 : i));
	}
	return OK;
}

/* The demonstration's matching: a proposal for its first wave, of which two pairs are taken out, and the rest is accepted; a second, for
 * the families that were taken out, waits for somebody to decide. */
#include "matching/pages.h"

struct demo_matching { i64 wave_id; struct match_doing d; };

/* Two families are to be asked again; the others' devices are kept. */
static enum err accept_tx(struct db *db, void *arg)
{
	struct match_doing d = ((const struct demo_matching *)arg)->d;
	struct match_line_row_list rows;
	try(match_begin(db, &d));
	try(match_lines(db, d.proposal_id, S(""), S(""), 2, 0, &rows));
	for (size_t i = 0; i < rows.n; i++)
		try(match_change(db, &d, &(struct match_changing){ rows.v[i].file_id, 0, S("family") }));
	d.version++;
	return match_accept(db, &d);
}

static enum err ask_tx(struct db *db, void *arg)
{
	i64 wave_id = ((const struct demo_matching *)arg)->wave_id;
	try(match_wave_begin(db, wave_id));
	return match_wave_ask(db, wave_id, now_ms(), 0);
}

enum err matching_demo_load(struct db *db)
{
	struct match_demo_row first;
	struct match_wave_row now;
	struct match_proposal_row_list made;
	enum err e = match_demo_wave(db, &first);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(match_proposals(db, first.id, &made));
	if (made.n)
		return OK;
	struct demo_matching m = { .wave_id = first.id, .d = { .wave_id = first.id, .who = { 0, first.organisation_id } } };
	try(db_tx(db, ask_tx, &m));
	try(match_propose(db, &(struct match_due_row){ .wave_id = first.id, .campaign_id = first.campaign_id }));
	try(match_asks_of(db, first.id, &now));
	try(match_proposals(db, first.id, &made));
	if (!made.n)
		return OK;
	m.d.version = now.version;
	m.d.proposal_id = made.v[0].id;
	try(db_tx(db, accept_tx, &m));
	try(db_tx(db, ask_tx, &m));
	return match_propose(db, &(struct match_due_row){ .wave_id = first.id, .campaign_id = first.campaign_id });
}

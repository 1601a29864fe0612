/* Who is asked, and the messages that ask: made away from requests, some at a time; a process that dies goes on where it was. */
#include "census/pages.h"

#include "base/code.h"
#include "base/timex.h"
#include "db/id.h"
#include "gazetteer/gazetteer.h"
#include "html/format.h"
#include "msg/msg.h"

#define LIST_MOST 100                            /* places a transaction */
#define WRITE_MOST 10                            /* messages a turn: others wait to leave */
#define TOGETHER_MOST 30                         /* places in one mail */
#define CODE_GROUPS 3                            /* of four signs: 60 bits, behind a keyed hash */

/* ---- codes ---- */

enum err census_code_index(const struct vault_asker *vault, str typed, str *ret)
{
	struct vault_item item = { S("census:code"), code_plain(vault->a, typed) };
	return vault_index_as(vault, &item, 1, ret);
}

enum err census_codes(const struct vault_asker *vault, const i64 *ids, size_t n, str *ret_codes, str *ret_indexes)
{
	struct arena *a = vault->a;
	struct vault_item *items = arena_many(a, struct vault_item, n + 1);
	str *bits = arena_many(a, str, n + 1);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct vault_item){ S("census:ask"), str_printf(a, "%lld", (long long)ids[i]) };
	try(vault_index_as(vault, items, n, bits));
	for (size_t i = 0; i < n; i++) {
		str code = code_of_bits(a, bits[i], CODE_GROUPS);
		items[i] = (struct vault_item){ S("census:code"), code_plain(a, code) };
		if (ret_codes)
			ret_codes[i] = code;
	}
	return ret_indexes ? vault_index_as(vault, items, n, ret_indexes) : OK;
}

/* ---- the list ---- */

struct listing { const struct census_edition *edition; struct census_candidate_list rows; const i64 *ids; const str *indexes, *districts; };

static str first_of(str list)
{
	str one = S("");
	return list.n && str_next(&list, '|', &one) ? one : S("");
}

/* The address to which a place is written, without its capitals, as the outbox compares them; "" when it has none that can be written to. */
static str mail_of(struct arena *a, str courriels)
{
	str address = msg_address(a, MSG_MAIL, first_of(courriels));
	return address.n ? str_lower(a, address) : S("");
}

/* The district in which a place stands; else its commune. */
static enum err district_of(struct db *db, const struct census_candidate *c, str *ret)
{
	struct point at;
	struct gazetteer_areas areas = { .n = 0 };
	*ret = c->commune;
	if (!str_f64(c->latitude, &at.lat) || !str_f64(c->longitude, &at.lon))
		return OK;
	try(gazetteer_areas_at(db, at, &areas));
	for (size_t i = 0; i < areas.n; i++)
		if (areas.v[i].kind == GAZ_DISTRICT) {
			*ret = areas.v[i].name;
			return OK;
		}
	return OK;
}

static enum err list_tx(struct db *db, void *arg)
{
	const struct listing *l = arg;
	const struct census_candidate_list *rows = &l->rows;
	for (size_t i = 0; i < rows->n; i++) {
		const struct census_candidate *c = &rows->v[i];
		try(census_ask_add(db, l->ids[i], l->edition->id, c->place_id, l->indexes[i], l->districts[i], first_of(c->typologie),
			c->courriels.n ? S("mail") : S("letter"), mail_of(db_arena(db), c->courriels)));
	}
	i64 to = rows->n ? rows->v[rows->n - 1].place_id : l->edition->listed_to;
	return census_listing(db, l->edition->id, to, rows->n < LIST_MOST);
}

static enum err list_some(struct db *db, const struct vault_asker *vault, const struct census_edition *edition, i64 *ret_n)
{
	struct listing l = { .edition = edition };
	try(census_candidates(db, edition->listed_to, edition->checked_before, LIST_MOST, &l.rows));
	i64 *ids = arena_many(vault->a, i64, l.rows.n + 1);
	str *indexes = arena_many(vault->a, str, l.rows.n + 1), *districts = arena_many(vault->a, str, l.rows.n + 1);
	for (size_t i = 0; i < l.rows.n; i++) {
		ids[i] = id_new();
		try(district_of(db, &l.rows.v[i], &districts[i]));
	}
	try(census_codes(vault, ids, l.rows.n, NULL, indexes));
	l.ids = ids;
	l.indexes = indexes;
	l.districts = districts;
	*ret_n = (i64)l.rows.n;
	return db_tx(db, list_tx, &l);
}

/* ---- messages ---- */

/* One message: about one place, or about all those of one address. */
struct writing { i64 ids[TOGETHER_MOST]; struct place places[TOGETHER_MOST]; size_t n; str channel; bool ready; struct msg_ready message; };

static enum err write_tx(struct db *db, void *arg)
{
	const struct writing *w = arg;
	i64 marked = 0;
	for (size_t i = 0; i < w->n; i++) {
		try(w->ready ? census_written(db, w->ids[i], w->channel, now_ms()) : census_unwritten(db, w->ids[i], w->channel));
		marked += db_changes(db);
	}
	return w->ready && marked ? msg_queue(db, &w->message) : OK;
}

/* Six lines at most: the name on two, the rest on one or two each, the commune last (NF Z 10-011). */
static str envelope(struct arena *a, const struct place *p)
{
	struct buf b = buf_new(a, 2000);
	size_t lines = msg_envelope_put(&b, p->f[P_NOM], 2);
	lines += msg_envelope_put(&b, p->f[P_COMPLEMENT_ADRESSE], 1);
	msg_envelope_put(&b, p->f[P_ADRESSE], MSG_LETTER_LINES - 1 - lines);
	msg_envelope_put(&b, str_printf(a, "%.*s %.*s", STR_ARG(p->f[P_CODE_POSTAL]), STR_ARG(p->f[P_COMMUNE])), 1);
	return buf_str(&b);
}

static str link_of(struct arena *a, const struct city *city, str code)
{
	return str_printf(a, "%.*s/recensement/%.*s", STR_ARG(city->public_url), STR_ARG(code));
}

/* Each place, then its link on a line of its own. */
static str links_of(struct arena *a, const struct city *city, const struct writing *w, const str *codes)
{
	struct buf b = buf_new(a, (size_t)64 << 10);
	for (size_t i = 0; i < w->n; i++)
		buf_printf(&b, "%s%.*s, %.*s\n%.*s", i ? "\n\n" : "", STR_ARG(w->places[i].f[P_NOM]), STR_ARG(w->places[i].f[P_COMMUNE]),
			STR_ARG(link_of(a, city, codes[i])));
	return buf_str(&b);
}

/* By mail when there is an address that can be written to; else on paper, where a message is about one place. */
static enum err write_message(const struct vault_asker *vault, const struct city *city, const struct census_letter *row, struct writing *w)
{
	struct arena *a = vault->a;
	struct view fr = { .a = a, .city = city, .lang = LANG_FR };
	const struct place *p = &w->places[0];
	str codes[TOGETHER_MOST], mail = mail_of(a, p->f[P_COURRIELS]), until = iso_date_shown(&fr, row->answer_by);
	bool by_mail = str_eq(row->channel, S("mail")) && mail.n, many = w->n > 1;
	try(census_codes(vault, w->ids, w->n, codes, NULL));
	str of_one[] = { p->f[P_NOM], link_of(a, city, codes[0]), until, codes[0] };
	str of_many[] = { str_printf(a, "%zu", w->n), links_of(a, city, w, codes), until };
	struct msg m = { .channel = by_mail ? MSG_MAIL : MSG_LETTER, .to = by_mail ? mail : envelope(a, p),
		.template = many ? row->written ? "census-reminder-many" : "census-request-many" : row->written ? "census-reminder" : "census-request",
		.lang = LANG_FR, .key = str_printf(a, "census:%lld:%lld", (long long)row->id, (long long)row->written),
		.values = many ? of_many : of_one, .n_values = many ? lengthof(of_many) : lengthof(of_one) };
	w->channel = by_mail ? S("mail") : S("letter");
	enum err e = msg_write(vault, city, &m, &w->message);
	w->ready = e == OK;
	if (e != INVALID)
		return e;
	w->channel = S("none");                  /* no address of its own can be written to: somebody telephones */
	return OK;
}

/* Adds to a message the other places that have the same address today. */
static enum err gather(struct db *db, struct arena *a, const struct census_letter *row, struct writing *w)
{
	struct census_with_list rows;
	str mail = mail_of(a, w->places[0].f[P_COURRIELS]);
	if (!str_eq(row->channel, S("mail")) || !mail.n || !str_eq(mail, row->mail))
		return OK;
	try(census_to_write_with(db, row->edition_id, mail, row->written > 0, TOGETHER_MOST, &rows));
	for (size_t i = 0; i < rows.n && w->n < TOGETHER_MOST; i++) {
		struct place_owned owned;
		enum err e = rows.v[i].id == row->id ? NOT_FOUND : place_owned(db, rows.v[i].public_id, &owned);
		if (e != OK && e != NOT_FOUND)
			return e;
		if (e == NOT_FOUND || !str_eq(mail_of(a, owned.place.f[P_COURRIELS]), mail))
			continue;                /* its turn comes by itself */
		w->ids[w->n] = rows.v[i].id;
		w->places[w->n++] = owned.place;
	}
	return OK;
}

static enum err write_one(struct db *db, const struct vault_asker *vault, const struct city *city, const struct census_letter *row)
{
	struct place_owned owned;
	struct writing *w = arena_one(vault->a, struct writing);
	enum err e = place_owned(db, row->public_id, &owned);
	w->channel = S("none");
	w->ids[0] = row->id;
	w->n = 1;
	if (e == OK) {
		w->places[0] = owned.place;
		try(gather(db, vault->a, row, w));
		try(write_message(vault, city, row, w));
	} else if (e != NOT_FOUND) {
		return e;
	}
	return db_tx(db, write_tx, w);
}

/* Has this turn asked it already, with another? */
static enum err still_to_write(struct db *db, i64 id, bool *ret)
{
	i64 n = 0;
	try(census_is_to_write(db, id, &n));
	*ret = n > 0;
	return OK;
}

static enum err write_some(struct db *db, const struct vault_asker *vault, const struct city *city, i64 *ret_n)
{
	struct census_letter_list rows;
	if (!city->public_url.n)
		return OK;
	try(census_to_write(db, WRITE_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		bool waits;
		try(still_to_write(db, rows.v[i].id, &waits));
		if (waits)
			try(write_one(db, vault, city, &rows.v[i]));
	}
	*ret_n += (i64)rows.n;
	return OK;
}

enum err census_prepare_some(struct db *db, const struct vault_asker *vault, const struct city *city, i64 *ret_n)
{
	struct census_edition edition;
	*ret_n = 0;
	enum err e = census_running(db, &edition);
	if (e != OK || !str_eq(edition.state, S("open")))
		return e == NOT_FOUND ? OK : e;
	if (!edition.listed)
		return list_some(db, vault, &edition, ret_n);
	return write_some(db, vault, city, ret_n);
}

/* Campaigns and waves in the database, as fields that are compared one by one; each change leaves what was before. */
#include "audit/audit.h"
#include "base/buf.h"
#include "base/timex.h"
#include "db/id.h"
#include "equipment/edit.h"

static str number_text(struct arena *a, i64 n) { return str_printf(a, "%lld", (long long)n); }

static i64 number_of(str s)
{
	i64 n;
	return str_i64(s, &n) ? n : 0;
}

/* ---- reading ---- */

static enum err read_funders(struct db *db, struct campaign *c)
{
	struct campaign_funder_row_list rows;
	struct buf b = buf_new(db_arena(db), 64 << 10);
	try(campaign_funders(db, c->id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		buf_printf(&b, "%s%.*s : %lld", i ? "\n" : "", STR_ARG(rows.v[i].name), (long long)rows.v[i].devices);
	c->f[C_FUNDERS] = buf_str(&b);
	return OK;
}

static enum err read_rules(struct db *db, struct campaign *c)
{
	struct campaign_rule_row_list rows;
	struct buf b = buf_new(db_arena(db), 256 << 10);
	try(campaign_rules(db, c->id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		buf_printf(&b, "%s%.*s|%.*s|%.*s", i ? "\n" : "", STR_ARG(rows.v[i].from_day), STR_ARG(rows.v[i].kind), STR_ARG(rows.v[i].value));
	c->f[C_RULES] = buf_str(&b);
	return OK;
}

enum err campaign_get(struct db *db, i64 id, struct campaign *ret)
{
	struct campaign_row r;
	struct arena *a = db_arena(db);
	try(campaign_by_id(db, id, &r));
	*ret = (struct campaign){ .id = r.id, .organisation_id = r.organisation_id, .version = r.version, .organisation = r.organisation,
		.f = { [C_NAME] = r.name, [C_YEAR] = number_text(a, r.year), [C_PURPOSE] = r.purpose, [C_TARGET] = number_text(a, r.target), [C_BUDGET] = r.budget,
			[C_FROM] = r.from_day, [C_TO] = r.to_day, [C_STATE] = r.state, [C_NAMED] = r.named, [C_ASKS] = r.asks } };
	try(read_funders(db, ret));
	return read_rules(db, ret);
}

static enum err read_schools(struct db *db, struct wave *w)
{
	struct wave_school_row_list rows;
	struct buf b = buf_new(db_arena(db), 512 << 10);
	try(wave_schools(db, w->id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		buf_printf(&b, "%s%.*s|%.*s|%.*s", i ? "\n" : "", STR_ARG(rows.v[i].uai), STR_ARG(rows.v[i].association), STR_ARG(rows.v[i].why));
	w->f[W_SCHOOLS] = buf_str(&b);
	return OK;
}

static enum err read_wave(struct db *db, const struct wave_row *r, struct wave *ret)
{
	struct wave_district_row_list districts;
	struct buf b = buf_new(db_arena(db), 64 << 10);
	*ret = (struct wave){ .id = r->id, .campaign_id = r->campaign_id, .number = r->number, .version = r->version,
		.f = { [W_TITLE] = r->title, [W_QUANTITY] = number_text(db_arena(db), r->quantity), [W_FROM] = r->from_day, [W_TO] = r->to_day, [W_DONE] = r->done_day,
			[W_REMOVED] = r->removed ? S("1") : S("") } };
	try(wave_districts(db, r->id, &districts));
	for (size_t i = 0; i < districts.n; i++)
		buf_printf(&b, "%s%.*s", i ? " " : "", STR_ARG(districts.v[i].code));
	ret->f[W_DISTRICTS] = buf_str(&b);
	return read_schools(db, ret);
}

enum err wave_get(struct db *db, i64 id, struct wave *ret)
{
	struct wave_row r;
	try(wave_by_id(db, id, &r));
	return read_wave(db, &r, ret);
}

enum err waves_of(struct db *db, i64 campaign_id, struct waves *ret)
{
	struct wave_row_list rows;
	try(waves_all(db, campaign_id, &rows));
	*ret = (struct waves){ .v = arena_many(db_arena(db), struct wave, rows.n + 1) };
	for (size_t i = 0; i < rows.n; i++)
		if (!rows.v[i].removed)
			try(read_wave(db, &rows.v[i], &ret->v[ret->n++]));
	return OK;
}

/* ---- writing ---- */

struct change { i64 campaign_id, user_id, at; struct opt_i64 wave_id; };

static enum err keep_past(struct db *db, const struct change *c, const char *const *names, const str *was, const str *now, size_t n, str *ret_detail)
{
	struct buf b = buf_new(db_arena(db), AUDIT_DETAIL_MAX);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(was[i], now[i]))
			continue;
		buf_printf(&b, "%s%s", b.n ? " " : "", names[i]);
		try(campaign_past_put(db, id_new(), c->campaign_id, c->wave_id, str_c(names[i]), was[i], now[i], c->at, (struct opt_i64){ c->user_id, c->user_id != 0 }));
	}
	*ret_detail = buf_str(&b);
	return OK;
}

static enum err write_funders(struct db *db, const struct campaign *c)
{
	str rest = c->f[C_FUNDERS], line;
	try(campaign_funders_clear(db, c->id));
	for (i64 i = 1; rest.n && str_next(&rest, '\n', &line); i++) {
		struct funder f;
		if (funder_of(line, &f))
			try(campaign_funder_put(db, c->id, i, f.name, f.devices));
	}
	return OK;
}

static enum err write_rules(struct db *db, const struct campaign *c)
{
	str rest = c->f[C_RULES], line, day, kind;
	try(campaign_rules_clear(db, c->id));
	while (rest.n && str_next(&rest, '\n', &line))
		if (str_next(&line, '|', &day) && str_next(&line, '|', &kind))
			try(campaign_rule_put(db, c->id, day, kind, line));
	return OK;
}

enum err campaign_save(struct db *db, struct campaign *c, i64 user_id)
{
	struct campaign was;
	bool fresh = c->id == 0;
	i64 version = c->version;
	if (fresh) {
		c->id = id_new();
		version = 0;
		try(campaign_put(db, c->id, c->organisation_id, now_ms()));
	}
	try(campaign_get(db, c->id, &was));
	try(campaign_update(db, c->id, version, c->f[C_NAME], number_of(c->f[C_YEAR]), c->f[C_PURPOSE], number_of(c->f[C_TARGET]), c->f[C_BUDGET], c->f[C_FROM],
		c->f[C_TO], c->f[C_STATE], c->f[C_NAMED].p ? c->f[C_NAMED] : was.f[C_NAMED], c->f[C_ASKS].p ? c->f[C_ASKS] : was.f[C_ASKS]));
	if (!db_changes(db))
		return CONFLICT;
	try(write_funders(db, c));
	try(write_rules(db, c));
	struct change change = { .campaign_id = c->id, .user_id = user_id, .at = now_ms() };
	struct audit line = { .user_id = user_id, .organisation_id = was.organisation_id, .action = fresh ? "campaign.made" : "campaign.changed", .object = "campaign",
		.object_id = c->id };
	if (!fresh)
		try(keep_past(db, &change, campaign_field_names, was.f, c->f, C_FIELDS, &line.detail));
	return audit_write(db, &line);
}

static enum err write_schools(struct db *db, const struct wave *w)
{
	str rest = w->f[W_SCHOOLS], line;
	try(wave_schools_clear(db, w->id));
	while (rest.n && str_next(&rest, '\n', &line)) {
		struct wave_school s = wave_school_of(line);
		try(wave_school_put(db, w->id, s.uai, s.association, s.why));
	}
	return OK;
}

static enum err write_districts(struct db *db, const struct wave *w)
{
	str rest = w->f[W_DISTRICTS], code;
	try(wave_districts_clear(db, w->id));
	while (rest.n && str_next(&rest, ' ', &code))
		try(wave_district_put(db, w->id, code));
	return OK;
}

static enum err begin_wave(struct db *db, struct wave *w)
{
	struct wave_row_list all;
	try(waves_all(db, w->campaign_id, &all));
	w->id = id_new();
	w->version = 0;
	w->number = all.n ? all.v[all.n - 1].number + 1 : 1;
	return wave_put(db, w->id, w->campaign_id, w->number);
}

enum err wave_save(struct db *db, struct wave *w, i64 organisation_id, i64 user_id)
{
	struct wave was;
	bool fresh = w->id == 0;
	if (fresh)
		try(begin_wave(db, w));
	try(wave_get(db, w->id, &was));
	try(wave_update(db, w->id, w->version, w->f[W_TITLE], number_of(w->f[W_QUANTITY]), w->f[W_FROM], w->f[W_TO], w->f[W_DONE], w->f[W_REMOVED].n > 0));
	if (!db_changes(db))
		return CONFLICT;
	try(write_districts(db, w));
	try(write_schools(db, w));
	struct change change = { .campaign_id = w->campaign_id, .user_id = user_id, .at = now_ms(), .wave_id = { w->id, true } };
	struct audit line = { .user_id = user_id, .organisation_id = organisation_id, .action = fresh ? "wave.made" : "wave.changed", .object = "wave",
		.object_id = w->id };
	if (!fresh)
		try(keep_past(db, &change, wave_field_names, was.f, w->f, W_FIELDS, &line.detail));
	return audit_write(db, &line);
}

enum err organisation_named_by(struct db *db, i64 id, str *ret)
{
	struct equipment_organisation_row row;
	try(equipment_organisation(db, id, &row));
	*ret = row.name;
	return OK;
}

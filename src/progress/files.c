/* The state of a campaign as files: figures alone, no families. */
#include "base/csv.h"
#include "progress/pages.h"

static void put_tally(struct buf *out, const struct tally *t)
{
	for (size_t i = 0; i < L_COUNT; i++)
		buf_printf(out, ",%lld", (long long)t->v[i]);
	buf_byte(out, '\n');
}

enum err state_csv(struct req *req)
{
	struct campaign c;
	struct progress p;
	struct buf *out = &req->out;
	try(state_asked(req, false, &c, &p));
	str day = date_iso(req->a, p.day);
	buf_put(out, S("jour,niveau,vague,uai,nom,prevu,identifiees,eligibles,chartes,attribues,remis,rendus_ou_perdus\n"));
	for (size_t i = 0; i < p.n_waves; i++) {
		const struct wave_tally *w = &p.waves[i];
		if (p.wave_id && w->id != p.wave_id)
			continue;
		buf_printf(out, "%.*s,vague,%lld,,", STR_ARG(day), (long long)w->number);
		csv_cell_typed(out, w->title);
		buf_printf(out, ",%lld", (long long)w->target);
		put_tally(out, &w->n);
	}
	for (size_t i = 0; i < p.n_schools; i++) {
		const struct school_tally *s = &p.schools[i];
		buf_printf(out, "%.*s,ecole,%lld,%.*s,", STR_ARG(day), (long long)s->number, STR_ARG(s->uai));
		csv_cell_typed(out, s->name);
		buf_byte(out, ',');
		put_tally(out, &s->n);
	}
	resp_file(req, S("etat.csv"), true);
	return OK;
}

enum err trend_csv(struct req *req)
{
	struct campaign c;
	struct progress p;
	try(state_asked(req, true, &c, &p));
	buf_put(&req->out, S("jour,identifiees,chartes,remis,prevu\n"));
	for (size_t i = 0; i < p.n_trend; i++) {
		const struct trend_point *t = &p.trend[i];
		buf_printf(&req->out, "%.*s,%lld,%lld,%lld,", STR_ARG(date_iso(req->a, t->day)), (long long)t->identified, (long long)t->signed_charters,
			(long long)t->handed);
		if (t->planned >= 0)
			buf_i64(&req->out, t->planned);
		buf_byte(&req->out, '\n');
	}
	resp_file(req, S("tendance.csv"), true);
	return OK;
}

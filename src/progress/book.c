/* The state of a campaign as a workbook: by wave and school, week after week, and the files without names. */
#include "base/xlsx_out.h"
#include "progress/pages.h"
#include "progress/progress_sql.h"

#define FILES_MOST 1500                          /* made while a worker waits: more are in the CSV of files */

static void put_tally(struct xlsx_out *x, const struct tally *t)
{
	for (size_t i = 0; i < L_COUNT; i++)
		xlsx_out_number(x, t->v[i]);
}

static void put_state(const struct view *v, struct xlsx_out *x, const struct progress *p)
{
	const struct xlsx_head heads[] = { { _("Au"), 12 }, { _("Vague"), 8 }, { _("École"), 34 }, { _("Code de l’école"), 14 }, { _("Prévu"), 10 },
		{ _("Identifiées"), 12 }, { _("Éligibles"), 12 }, { _("Chartes"), 12 }, { _("Attribués"), 12 }, { _("Remis"), 12 }, { _("Rendus, perdus"), 14 } };
	str day = date_iso(v->a, p->day);
	xlsx_out_sheet(x, _("Vagues et écoles"), heads, lengthof(heads));
	for (size_t i = 0; i < p->n_waves; i++) {
		const struct wave_tally *w = &p->waves[i];
		if (p->wave_id && w->id != p->wave_id)
			continue;
		xlsx_out_row(x);
		xlsx_out_day(x, day);
		xlsx_out_number(x, w->number);
		xlsx_out_text(x, w->title.n ? _f("Toute la vague : {1}", w->title) : _("Toute la vague"));
		xlsx_out_empty(x);
		xlsx_out_number(x, w->target);
		put_tally(x, &w->n);
		for (size_t k = 0; k < p->n_schools; k++) {
			const struct school_tally *s = &p->schools[k];
			if (s->wave_id != w->id)
				continue;
			xlsx_out_row(x);
			xlsx_out_day(x, day);
			xlsx_out_number(x, s->number);
			xlsx_out_text(x, s->name.n ? s->name : _("École non dite"));
			xlsx_out_text(x, s->uai);
			xlsx_out_empty(x);
			put_tally(x, &s->n);
		}
	}
}

static void put_weeks(const struct view *v, struct xlsx_out *x, const struct progress *p)
{
	const struct xlsx_head heads[] = { { _("Au"), 12 }, { _("Identifiées"), 12 }, { _("Chartes"), 12 }, { _("Remis"), 12 }, { _("Prévu"), 12 } };
	xlsx_out_sheet(x, _("Semaine après semaine"), heads, lengthof(heads));
	for (size_t i = 0; i < p->n_trend; i++) {
		const struct trend_point *t = &p->trend[i];
		xlsx_out_row(x);
		xlsx_out_day(x, date_iso(v->a, t->day));
		xlsx_out_number(x, t->identified);
		xlsx_out_number(x, t->signed_charters);
		xlsx_out_number(x, t->handed);
		if (t->planned >= 0)
			xlsx_out_number(x, t->planned);
	}
}

static enum err put_files(struct req *req, struct xlsx_out *x, i64 campaign, i64 wave_id)
{
	const struct view *v = &req->v;
	const struct xlsx_head heads[] = { { _("Dossier"), 14 }, { _("Vague"), 8 }, { _("École"), 34 }, { _("Classe"), 10 }, { _("Quartier"), 24 }, { _("Étape"), 22 },
		{ _("Depuis"), 12 } };
	struct progress_file_row_list rows;
	try(progress_files(req->db, campaign, wave_id, FILES_MOST, &rows));
	xlsx_out_sheet(x, rows.n < FILES_MOST ? _("Dossiers") : _("Dossiers, les premiers"), heads, lengthof(heads));
	for (size_t i = 0; i < rows.n; i++) {
		const struct progress_file_row *r = &rows.v[i];
		xlsx_out_row(x);
		xlsx_out_text(x, r->public_id);
		xlsx_out_number(x, r->wave);
		xlsx_out_text(x, r->school.p ? r->school : S(""));
		xlsx_out_text(x, r->class.p ? r->class : S(""));
		xlsx_out_text(x, r->district);
		xlsx_out_text(x, state_label(v, r->state));
		xlsx_out_day(x, r->since_day);
	}
	return OK;
}

enum err state_xlsx(struct req *req)
{
	struct campaign c;
	struct progress p;
	str file;
	try(state_asked(req, true, &c, &p));
	struct xlsx_out *x = xlsx_out_new(req->a);
	put_state(&req->v, x, &p);
	put_weeks(&req->v, x, &p);
	if (scope_state_officer(req) == OK)
		try(put_files(req, x, c.id, p.wave_id));
	try(xlsx_out_end(x, &file));
	buf_put(&req->out, file);
	req->content_type = S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	req->no_store = true;
	resp_header(req, "Content-Disposition", S("attachment; filename=\"etat.xlsx\""));
	return OK;
}

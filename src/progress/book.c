/* The state of a campaign as a workbook: by wave and school, week after week, and the files without names. */
#include "base/xlsx_out.h"
#include "progress/pages.h"
#include "http/response.h"
#include "progress/progress_sql.h"

#define FILES_A_PIECE 500

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

/* ---- the files, while they are sent ---- */

struct book { struct xlsx_out *x; i64 campaign, wave_id, after; bool files; };

static void put_file(const struct view *v, struct xlsx_out *x, const struct progress_file_row *r)
{
	xlsx_out_row(x);
	xlsx_out_text(x, r->public_id);
	xlsx_out_number(x, r->wave);
	xlsx_out_text(x, r->school.p ? r->school : S(""));
	xlsx_out_text(x, r->class.p ? r->class : S(""));
	xlsx_out_text(x, r->district);
	xlsx_out_text(x, state_label(v, r->state));
	xlsx_out_day(x, r->since_day);
}

static enum err nothing(struct req *req, struct buf *out)
{
	(void)req, (void)out;
	return OK;
}

static enum err next_files(struct req *req, struct buf *out)
{
	struct book *b = req->handler_data;
	struct progress_file_row_list rows = { .n = 0 };
	if (b->files)
		try(progress_files(req->db, b->campaign, b->wave_id, b->after, FILES_A_PIECE, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		put_file(&req->v, b->x, &rows.v[i]);
		b->after = rows.v[i].id;
	}
	if (rows.n == FILES_A_PIECE) {
		xlsx_out_flush(b->x, out);
		return OK;
	}
	req->next_piece = nothing;
	return xlsx_out_end(b->x, out);
}

enum err state_xlsx(struct req *req)
{
	const struct view *v = &req->v;
	const struct xlsx_head heads[] = { { _("Dossier"), 14 }, { _("Vague"), 8 }, { _("École"), 34 }, { _("Classe"), 10 }, { _("Quartier"), 24 }, { _("Étape"), 22 },
		{ _("Depuis"), 12 } };
	struct campaign c;
	struct progress p;
	struct book *b = arena_one(req->a, struct book);
	try(state_asked(req, true, &c, &p));
	*b = (struct book){ xlsx_out_new(req->a), c.id, p.wave_id, 0, scope_state_officer(req) == OK };
	put_state(v, b->x, &p);
	put_weeks(v, b->x, &p);
	if (b->files)
		xlsx_out_sheet(b->x, _("Dossiers"), heads, lengthof(heads));
	req->handler_data = b;
	req->content_type = S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	req->no_store = true;
	resp_header(req, "Content-Disposition", S("attachment; filename=\"etat.xlsx\""));
	resp_pieces(req, next_files, (str){ 0 });
	return OK;
}

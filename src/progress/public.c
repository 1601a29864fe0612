/* What anybody may know of a campaign: devices handed over by wave, as figures.h lets them be said; on pages and as open data. */
#include "base/csv.h"
#include "base/json_out.h"
#include "base/timex.h"
#include "html/format.h"
#include "progress/figures.h"
#include "progress/pages.h"
#include "progress/progress_sql.h"
#include "progress/public_html.h"

#define CAMPAIGNS_MOST 30
#define MONTHS_SHOWN 8

static i64 number_of(str s)
{
	i64 n;
	return str_i64(s, &n) ? n : 0;
}

static str shown(const struct view *v, i64 n) { return number_shown(v->a, v->lang, n); }
static const i64 *month_figures(const struct public_figures *f, size_t m) { return f->figures + m * f->waves.n; }
static i64 total_of(const struct public_figures *f, size_t m) { return figures_total(month_figures(f, m), f->waves.n); }

/* The last day of "2027-03". */
static struct date month_end(str month)
{
	struct date d = { (int)number_of(str_slice(month, 0, 4)), (int)number_of(str_slice(month, 5, 7)) + 1, 1 };
	if (d.m == 13)
		d = (struct date){ d.y + 1, 1, 1 };
	return date_of_days(date_days(d) - 1);
}

/* "24 ordinateurs remis", or that it is fewer than 11. */
static str handed_words(const struct view *v, i64 n)
{
	return n ? _n("{n} ordinateur remis", "{n} ordinateurs remis", n) : _("moins de 11 ordinateurs remis");
}

/* ---- pages ---- */

enum err public_campaigns(struct req *req)
{
	const struct view *v = &req->v;
	struct published_row_list rows;
	struct public_lines page = { .n = 0 };
	req->v.description = _("Où en sont les prêts d’ordinateurs.");
	try(published_campaigns(req->db, CAMPAIGNS_MOST, &rows));
	page.v = arena_many(req->a, struct public_line, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const struct published_row *r = &rows.v[i];
		struct campaign c = { .id = r->id };
		struct public_figures f;
		try(public_figures_of(req->db, &c, &f));
		page.v[page.n++] = (struct public_line){ r->id, r->name, r->organisation, str_printf(req->a, "%lld", (long long)r->year),
			_f("{1} sur {2}", handed_words(v, f.n_months ? total_of(&f, f.n_months - 1) : 0), shown(v, r->target)) };
	}
	return public_campaigns_html(&req->v, &page);
}

static void put_months(const struct view *v, const struct public_figures *f, struct public_page *page)
{
	page->months.v = arena_many(v->a, struct public_row, MONTHS_SHOWN);
	for (size_t i = 0; i < f->n_months && i < MONTHS_SHOWN; i++) {
		size_t m = f->n_months - 1 - i;
		i64 n = total_of(f, m);
		page->months.v[page->months.n++] = (struct public_row){ .label = date_shown(v, month_end(f->months[m])), .handed = n ? shown(v, n) : _("moins de 11") };
	}
}

enum err public_campaign(struct req *req)
{
	const struct view *v = &req->v;
	struct campaign c;
	struct public_figures f;
	try(campaign_of(req, &c));
	try(public_figures_of(req->db, &c, &f));
	const i64 *last = f.n_months ? month_figures(&f, f.n_months - 1) : NULL;
	struct public_page page = { .id = c.id, .name = c.f[C_NAME], .purpose = c.f[C_PURPOSE], .organisation = c.organisation,
		.day = last ? date_shown(v, month_end(f.months[f.n_months - 1])) : S(""),
		.big = _f("{1} sur {2}", handed_words(v, last ? figures_total(last, f.waves.n) : 0), shown(v, number_of(c.f[C_TARGET]))) };
	page.waves.v = arena_many(req->a, struct public_row, f.waves.n + 1);
	for (size_t i = 0; i < f.waves.n; i++) {
		const struct wave *w = &f.waves.v[i];
		page.waves.v[page.waves.n++] = (struct public_row){ shown(v, w->number), w->f[W_TITLE], shown(v, number_of(w->f[W_QUANTITY])),
			last && last[i] ? shown(v, last[i]) : _("moins de 11") };
	}
	put_months(v, &f, &page);
	req->v.description = _("Combien d’ordinateurs ont été remis aux familles, vague par vague.");
	return public_campaign_html(&req->v, &page);
}

/* ---- open data ---- */

enum err public_csv(struct req *req)
{
	struct campaign c;
	struct public_figures f;
	try(campaign_of(req, &c));
	try(public_figures_of(req->db, &c, &f));
	req->content_type = S("text/csv; charset=utf-8; header=present");
	buf_put(&req->out, S("mois,vague,nom,prevu,remis,moins_de_11\n"));
	for (size_t m = 0; m < f.n_months; m++)
		for (size_t i = 0; i < f.waves.n; i++) {
			const struct wave *w = &f.waves.v[i];
			i64 n = month_figures(&f, m)[i];
			buf_printf(&req->out, "%.*s,%lld,", STR_ARG(f.months[m]), (long long)w->number);
			csv_cell(&req->out, w->f[W_TITLE]);
			buf_printf(&req->out, ",%.*s,", STR_ARG(w->f[W_QUANTITY]));
			if (n)
				buf_i64(&req->out, n);
			buf_put(&req->out, n ? S(",non\n") : S(",oui\n"));
		}
	return OK;
}

static void put_month(struct json *j, const struct public_figures *f, size_t m)
{
	json_open(j, '{');
	json_member(j, S("mois"), f->months[m]);
	json_key(j, S("remis"));
	json_i64(j, total_of(f, m));
	json_key(j, S("vagues"));
	json_open(j, '[');
	for (size_t i = 0; i < f->waves.n; i++) {
		const struct wave *w = &f->waves.v[i];
		i64 n = month_figures(f, m)[i];
		json_open(j, '{');
		json_key(j, S("vague"));
		json_i64(j, w->number);
		json_member(j, S("nom"), w->f[W_TITLE]);
		json_key(j, S("prevu"));
		json_i64(j, number_of(w->f[W_QUANTITY]));
		json_key(j, S("remis"));
		if (n)
			json_i64(j, n);
		else
			json_null(j);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
}

enum err public_json(struct req *req)
{
	struct campaign c;
	struct public_figures f;
	struct json j = json_new(&req->out);
	try(campaign_of(req, &c));
	try(public_figures_of(req->db, &c, &f));
	req->content_type = S("application/json; charset=utf-8");
	json_open(&j, '{');
	json_member(&j, S("campagne"), c.f[C_NAME]);
	json_member(&j, S("conduite_par"), c.organisation);
	json_key(&j, S("annee"));
	json_i64(&j, number_of(c.f[C_YEAR]));
	json_key(&j, S("objectif"));
	json_i64(&j, number_of(c.f[C_TARGET]));
	json_member(&j, S("regle"), S("Un chiffre plus petit que 11 n’est pas publié (null) ; un chiffre publié ne change que de 11 ou plus ; "
		"un total additionne ce qui est publié."));
	json_key(&j, S("mois"));
	json_open(&j, '[');
	for (size_t m = 0; m < f.n_months; m++)
		put_month(&j, &f, m);
	json_close(&j, ']');
	json_close(&j, '}');
	buf_byte(&req->out, '\n');
	return OK;
}

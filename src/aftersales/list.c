/* The tickets of a campaign: what is to be acted on, the oldest first; on paper and as a file. */
#include "aftersales/list_html.h"
#include "aftersales/pages.h"
#include "base/csv.h"
#include "html/escape.h"
#include "http/session.h"

#define TICKETS_A_PAGE 15
#define TICKETS_CSV_MOST 5000

/* '' for what is to be acted on. */
static str asked_state(struct req *req)
{
	enum care_state s;
	str state = form_given(req, "etat") ? form_text(req, "etat") : S("");
	return care_state_of(state, &s) || str_eq(state, S("all")) ? state : S("");
}

static i64 days_since(str day)
{
	struct date d = today_paris();
	return date_parse(day, &d) ? date_days(today_paris()) - date_days(d) : 0;
}

static void put_states(struct req *req, struct care_page *page)
{
	const struct view *v = &req->v;
	str asked = asked_state(req);
	page->states.v = arena_many(req->a, struct care_option, CS_COUNT + 2);
	page->states.v[page->states.n++] = (struct care_option){ S("all"), _("tout, même fini"), str_eq(asked, S("all")) };
	for (enum care_state s = 0; s < CS_COUNT; s++)
		page->states.v[page->states.n++] = (struct care_option){ str_c(care_states[s].code), tr_here(v, care_states[s].label),
			str_eq(asked, str_c(care_states[s].code)) };
	page->filtered = asked.n > 0;
}

/* "12 pannes à traiter, dont 3 en retard. 2 ordinateurs de prêt sont dans des familles." */
static enum err put_counts(struct req *req, const struct campaign *c, struct care_page *page)
{
	const struct view *v = &req->v;
	struct care_count_row_list rows;
	struct care_end_count_row_list ends;
	i64 live = 0, late = 0, spares = 0, back = 0, lost = 0;
	try(care_counts(req->db, c->id, &rows));
	try(care_end_counts(req->db, c->id, &ends));
	for (size_t i = 0; i < rows.n; i++) {
		enum care_state s = CS_CANCELLED;
		(void)care_state_of(rows.v[i].state, &s);
		live += care_live(s) ? rows.v[i].n : 0;
		late += care_late(s, days_since(rows.v[i].since_day)) ? rows.v[i].n : 0;
		spares += rows.v[i].spares;
	}
	for (size_t i = 0; i < ends.n; i++)
		*(str_eq(ends.v[i].kind, S("returned")) ? &back : &lost) += ends.v[i].n;
	page->counts = str_printf(req->a, "%.*s, %.*s. %.*s.", STR_ARG(_n("{n} panne à traiter", "{n} pannes à traiter", live)),
		STR_ARG(_n("{n} en retard", "{n} en retard", late)), STR_ARG(_n("{n} ordinateur de prêt est sorti", "{n} ordinateurs de prêt sont sortis", spares)));
	page->ends = str_printf(req->a, "%.*s, %.*s.", STR_ARG(_n("{n} ordinateur rendu", "{n} ordinateurs rendus", back)),
		STR_ARG(_n("{n} perdu ou volé", "{n} perdus ou volés", lost)));
	return OK;
}

static struct care_line line_of(struct req *req, const struct care_line_row *r, str name)
{
	const struct view *v = &req->v;
	enum care_state s = CS_CANCELLED;
	i64 days = days_since(r->since_day);
	(void)care_state_of(r->state, &s);
	return (struct care_line){ .id = r->id, .public_id = r->public_id, .name = name, .device = stock_label(req->a, r->label),
		.what = choice_shown(v, care_symptoms, r->symptom), .state = tr_here(v, care_states[s].label),
		.todo = *care_states[s].todo ? tr_here(v, care_states[s].todo) : S(""), .days = days > 0 ? _n("un jour", "{n} jours", days) : _("aujourd’hui"),
		.spare = r->spare_label.p ? stock_label(req->a, r->spare_label) : S(""), .late = care_late(s, days) };
}

static enum err put_lines(struct req *req, const struct campaign *c, i64 number, struct care_page *page)
{
	struct care_line_row_list rows;
	struct household h[TICKETS_A_PAGE];
	i64 roots[TICKETS_A_PAGE];
	try(care_list(req->db, c->id, asked_state(req), TICKETS_A_PAGE, (number - 1) * TICKETS_A_PAGE, &rows));
	for (size_t i = 0; i < rows.n; i++)
		roots[i] = rows.v[i].root;
	try(households_shown(req, c->organisation_id, roots, rows.n, false, "aftersales", h));
	page->v = arena_many(req->a, struct care_line, rows.n + 1);
	for (; page->n < rows.n; page->n++)
		page->v[page->n] = line_of(req, &rows.v[page->n], household_name(req->a, &h[page->n]));
	return OK;
}

enum err care_index(struct req *req)
{
	struct campaign c;
	i64 all, number = form_int(req, "page", 1);
	try(campaign_of(req, &c));
	if (!form_ok(req))
		form_refused(req);
	str state = asked_state(req), path = in_language(&req->v, req->v.lang, str_printf(req->a, "/agent/campagnes/%lld/apres-vente", (long long)c.id));
	struct care_page page = { .form = req->form, .campaign = c.id, .name = c.f[C_NAME],
		.csv = str_printf(req->a, "%.*s.csv?etat=%.*s", STR_ARG(path), STR_ARG(state)) };
	put_states(req, &page);
	try(put_counts(req, &c, &page));
	try(care_list_count(req->db, c.id, state, &all));
	try(put_lines(req, &c, number, &page));
	page.pager = pager_of(number, all, TICKETS_A_PAGE, str_printf(req->a, "%.*s?etat=%.*s&page=%lld", STR_ARG(path), STR_ARG(state), (long long)number - 1),
		str_printf(req->a, "%.*s?etat=%.*s&page=%lld", STR_ARG(path), STR_ARG(state), (long long)number + 1));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	return care_list_html(&req->v, &page);
}

enum err care_csv(struct req *req)
{
	struct campaign c;
	struct care_line_row_list rows;
	try(campaign_of(req, &c));
	try(care_list(req->db, c.id, asked_state(req), TICKETS_CSV_MOST, 0, &rows));
	resp_file(req, S("apres-vente.csv"), true);
	buf_put(&req->out, S("dossier,ordinateur,modele,panne,trouve,etat,depuis,signalee,pret,remplacant\n"));
	for (size_t i = 0; i < rows.n; i++) {
		const struct care_line_row *r = &rows.v[i];
		const str cells[] = { r->public_id, r->label, r->model, r->symptom, r->finding, r->state, r->since_day, r->opened_day,
			r->spare_label.p ? r->spare_label : S(""), r->new_label.p ? r->new_label : S("") };
		csv_row_typed(&req->out, cells, lengthof(cells));
	}
	return OK;
}

/* /agent/recensement: opening an edition, who has answered, writing to those who have not, closing. */
#include "census/pages.h"

#include "audit/audit.h"
#include "base/timex.h"
#include "census/desk_html.h"
#include "db/id.h"
#include "html/format.h"
#include "http/session.h"

#define DESK_ROUTE "/agent/recensement"
#define RATES_MOST 200
#define RATES_SHOWN 12                           /* those where most is missing; the others in one line */

/* ---- words ---- */

static const struct { const char *state, *label; } states[] = {
	{ "answered", N_("à lire") }, { "waiting", N_("pas de réponse") }, { "begun", N_("commencé") }, { "settled", N_("réglé") },
	{ "excused", N_("dispensé") },
};

str census_state_words(const struct view *v, str state, str answer)
{
	if (str_eq(answer, S("gone")))
		return _("La structure dit que ce lieu n’aide plus le public.");
	if (str_eq(state, S("settled")) && str_eq(answer, S("same")))
		return _("La structure a confirmé que tout est juste.");
	if (str_eq(state, S("settled")))
		return _("Les corrections de la structure ont été lues.");
	if (str_eq(state, S("answered")))
		return _("La structure a corrigé : à lire.");
	if (str_eq(state, S("begun")))
		return _("La structure a commencé, sans envoyer.");
	return str_eq(state, S("excused")) ? _("On ne demande rien à ce lieu.") : _("Pas encore de réponse.");
}

/* ---- figures ---- */

static i64 percent(i64 part, i64 whole)
{
	return whole ? 100 * part / whole : 0;
}

static enum err put_counts(struct req *req, const struct census_edition *edition, struct desk_page *page)
{
	struct census_state_row_list rows;
	page->counts = (struct desk_counts){ arena_many(req->a, struct desk_count, lengthof(states)), lengthof(states) };
	for (size_t i = 0; i < lengthof(states); i++)
		page->counts.v[i] = (struct desk_count){ states[i].state, tr(req->v.lang, states[i].label), 0 };
	try(census_states(req->db, edition->id, &rows));
	for (size_t r = 0; r < rows.n; r++) {
		const struct census_state_row *row = &rows.v[r];
		bool counted = !str_eq(row->state, S("excused"));
		bool answered = str_eq(row->state, S("answered")) || str_eq(row->state, S("settled"));
		for (size_t i = 0; i < lengthof(states); i++)
			page->counts.v[i].n += str_eq(row->state, str_c(states[i].state)) ? row->n : 0;
		page->asked += counted ? row->n : 0;
		page->answered += answered ? row->n : 0;
		bool reached = !str_eq(row->channel, S("none"));
		page->never_written += counted && !answered && row->unwritten && reached ? row->n : 0;
		page->unreachable += counted && !answered && !reached ? row->n : 0;
	}
	page->percent = percent(page->answered, page->asked);
	try(census_unwritten_n(req->db, edition->id, &page->writing));
	return census_late_n(req->db, edition->id, now_ms() - REMIND_AFTER_MS, &page->late);
}

static struct desk_rate *rate_of(struct desk_rates *rates, str label)
{
	for (size_t i = 0; i < rates->n; i++)
		if (str_eq(rates->v[i].label, label))
			return &rates->v[i];
	if (rates->n == RATES_MOST)
		return &rates->v[RATES_MOST - 1];
	rates->v[rates->n] = (struct desk_rate){ .label = label };
	return &rates->v[rates->n++];
}

static void add_to(struct desk_rates *rates, str label, const struct census_rate *r)
{
	struct desk_rate *rate = rate_of(rates, label);
	rate->asked += r->asked;
	rate->answered += r->answered;
	rate->percent = percent(rate->answered, rate->asked);
}

/* Where most is missing first. */
static int by_missing(const void *a, const void *b)
{
	const struct desk_rate *x = a, *y = b;
	i64 dx = x->asked - x->answered, dy = y->asked - y->answered;
	return dx != dy ? (dx < dy) - (dx > dy) : str_cmp(x->label, y->label);
}

static void shorten(const struct view *v, struct desk_rates *rates)
{
	qsort(rates->v, rates->n, sizeof *rates->v, by_missing);
	if (rates->n <= RATES_SHOWN)
		return;
	struct desk_rate *rest = &rates->v[RATES_SHOWN - 1];
	for (size_t i = RATES_SHOWN; i < rates->n; i++) {
		rest->asked += rates->v[i].asked;
		rest->answered += rates->v[i].answered;
	}
	rest->label = _("Tous les autres");
	rest->percent = percent(rest->answered, rest->asked);
	rates->n = RATES_SHOWN;
}

static enum err put_rates(struct req *req, const struct census_edition *edition, struct desk_page *page)
{
	const struct view *v = &req->v;
	struct census_rate_list rows;
	page->districts.v = arena_many(req->a, struct desk_rate, RATES_MOST);
	page->kinds.v = arena_many(req->a, struct desk_rate, RATES_MOST);
	try(census_rates(req->db, edition->id, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const char *kind = place_typologie_label(rows.v[i].kind);
		add_to(&page->districts, rows.v[i].district, &rows.v[i]);
		add_to(&page->kinds, kind ? str_c(kind) : _("type inconnu"), &rows.v[i]);
	}
	shorten(v, &page->districts);
	shorten(v, &page->kinds);
	return OK;
}

static struct date months_ago(int months)
{
	struct date d = today_paris();
	int total = d.y * 12 + d.m - 1 - months;
	return (struct date){ total / 12, total % 12 + 1, d.d > 28 ? 28 : d.d };
}

static str limit(struct arena *a, int months)
{
	return date_iso(a, months_ago(months));
}

/* ---- the page ---- */

static enum err put_running(struct req *req, const struct census_edition *edition, struct desk_page *page)
{
	page->running = true;
	page->name = edition->name;
	page->until = iso_date_shown(&req->v, edition->answer_by);
	page->listing = !edition->listed;
	page->closing = str_eq(edition->state, S("closing"));
	page->writable = req->v.city->public_url.n > 0;
	try(put_counts(req, edition, page));
	return put_rates(req, edition, page);
}

static enum err show(struct req *req)
{
	struct census_edition edition;
	struct desk_page page = { .form = req->form, .saved = req->method == GET && form_given(req, "fait") };
	enum err e = census_running(req->db, &edition);
	if (e == OK)
		e = put_running(req, &edition, &page);
	if (e != OK && e != NOT_FOUND)
		return e;
	try(census_ages(req->db, limit(req->a, 6), limit(req->a, 12), limit(req->a, 18), &page.ages));
	try(editions_closed(req, &page.closed));
	req->v.here = S(DESK_ROUTE);
	try(form_stamp(req, DESK_ROUTE));
	return census_desk_html(&req->v, &page);
}

enum err census_desk(struct req *req)
{
	return show(req);
}

/* ---- what is done ---- */

enum gesture { OPEN, WRITE, REMIND, CLOSE };
struct doing { struct req *req; enum gesture gesture; struct census_edition edition; };

/* "2026", "2026-bis": it is part of addresses. */
static bool name_fits(str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && i)))
			return false;
	}
	return name.n > 0;
}

static enum err open_tx(struct db *db, const struct doing *d)
{
	const struct req *req = d->req;
	i64 months = form_int(req, "depuis", 0);
	str before = months ? limit(req->a, (int)months) : S(CENSUS_ALL);
	try(census_insert(db, d->edition.id, form_text(req, "nom"), form_text(req, "avant"), before, now_ms()));
	return db_changes(db) ? OK : CONFLICT;
}

static enum err do_tx(struct db *db, void *arg, str *ret_path)
{
	static const char *const actions[] = { [OPEN] = "census.open", [WRITE] = "census.write", [REMIND] = "census.remind", [CLOSE] = "census.close" };
	const struct doing *d = arg;
	i64 id = d->edition.id;
	*ret_path = S(DESK_ROUTE "?fait=1");
	if (d->gesture == OPEN)
		try(open_tx(db, d));
	else if (d->gesture == WRITE)
		try(census_ask_first(db, id));
	else if (d->gesture == REMIND)
		try(census_ask_again(db, id, now_ms() - REMIND_AFTER_MS));
	else
		try(census_begin_closing(db, id));
	return audit_write(db, &(struct audit){ .user_id = d->req->session->user_id, .action = actions[d->gesture], .object = "census-edition", .object_id = id });
}

static void check_opening(struct req *req)
{
	const struct view *v = &req->v;
	struct date by;
	if (!name_fits(form_text(req, "nom")))
		form_fail(req, "nom", _("Un nom court : des lettres minuscules, des chiffres et des tirets. Par exemple 2026."));
	if (!form_given(req, "avant") || !date_parse(form_text(req, "avant"), &by))
		form_fail(req, "avant", _("Écrivez jusqu’à quel jour on peut répondre."));
	else if (date_days(by) <= date_days(today_paris()))
		form_fail(req, "avant", _("Ce jour est passé. Laissez au moins trois semaines pour répondre."));
}

enum err census_desk_post(struct req *req)
{
	static const char *const words[] = { [OPEN] = "ouvrir", [WRITE] = "ecrire", [REMIND] = "relancer", [CLOSE] = "fermer" };
	const struct view *v = &req->v;
	struct doing d = { .req = req };
	while (d.gesture < lengthof(words) && !str_eq(form_text(req, "geste"), str_c(words[d.gesture])))
		d.gesture++;
	enum err e = census_running(req->db, &d.edition);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (d.gesture == lengthof(words) || (d.gesture == OPEN) != (e == NOT_FOUND))
		return resp_redirect(req, S(DESK_ROUTE));        /* somebody was faster: the page says how things stand */
	if (d.gesture == OPEN) {
		d.edition.id = id_new();
		if (form_ok(req))
			check_opening(req);
	}
	if (d.gesture == CLOSE && form_ok(req) && !form_bool(req, "sur"))
		form_fail(req, "sur", _("Cochez la case : une édition fermée ne se rouvre pas."));
	e = form_ok(req) ? post_once(req, do_tx, &d) : OK;
	if (e == CONFLICT)
		form_fail(req, "nom", _("Une édition a déjà ce nom. Donnez-en un autre."));
	if (form_ok(req))
		return e;
	form_refused(req);
	return show(req);
}

/* ---- who is asked ---- */

static str list_url(struct req *req, str state, i64 page)
{
	return in_language(&req->v, req->v.lang, str_printf(req->a, "/agent/recensement/demandes?etat=%.*s&page=%lld", STR_ARG(state), (long long)page));
}

static str how(const struct view *v, const struct census_ask_line *r)
{
	if (str_eq(r->channel, S("none")))
		return _("à appeler : rien ne peut lui être écrit");
	if (!r->written_at.set)
		return _("rien n’est encore écrit");
	str day = date_shown(v, paris_of_ms(r->written_at.v).date);
	return str_eq(r->channel, S("mail")) ? _f("courriel le {1}", day) : _f("lettre le {1}", day);
}

enum err census_list(struct req *req)
{
	const struct view *v = &req->v;
	struct census_edition edition;
	struct census_ask_line_list rows;
	i64 total, page_number = form_int(req, "page", 1);
	str state = { 0 };
	struct list_page page = { .title = _("Tous les lieux à qui l’on demande") };
	enum err e = census_running(req->db, &edition);
	if (e != OK)
		return e == NOT_FOUND ? resp_redirect(req, S(DESK_ROUTE)) : e;
	for (size_t i = 0; i < lengthof(states); i++)
		if (str_eq(form_text(req, "etat"), str_c(states[i].state))) {
			state = str_c(states[i].state);
			page.title = _f("Recensement : {1}", tr(v->lang, states[i].label));
		}
	try(census_asks_n(req->db, edition.id, state, &total));
	try(census_asks(req->db, edition.id, state, (page_number - 1) * ASKS_A_PAGE, ASKS_A_PAGE, &rows));
	if (page_number > 1 && !rows.n)
		return NOT_FOUND;
	page.v = arena_many(req->a, struct ask_line, rows.n + 1);
	for (; page.n < rows.n; page.n++) {
		const struct census_ask_line *r = &rows.v[page.n];
		page.v[page.n] = (struct ask_line){ r->id, r->nom.n ? r->nom : _("Ce lieu n’est plus dans l’annuaire"), r->commune,
			census_state_words(v, r->state, r->answer), how(v, r) };
	}
	page.pager = pager_of(page_number, total, ASKS_A_PAGE, list_url(req, state, page_number - 1), list_url(req, state, page_number + 1));
	req->v.here = S(DESK_ROUTE);
	return census_list_html(&req->v, &page);
}

/* The stock as a list: filtered, counted by state and quality, taken away as a file; and its labels, on paper. */
#include "accounts/accounts.h"
#include "base/csv.h"
#include "html/qr.h"
#include "http/session.h"
#include "stock/list_html.h"
#include "stock/pages.h"

#define CSV_MOST 5000

/* "|12|34|": where the session may read the stock. */
static str readable(struct req *req)
{
	const struct grants *g = req->session->grants;
	struct buf b = buf_new(req->a, 24 * (g ? g->n : 0) + 2);
	buf_byte(&b, '|');
	for (size_t i = 0; g && i < g->n; i++)
		if (accounts_may_in(req, CAP_CAMPAIGNS, g->v[i].organisation_id))
			buf_printf(&b, "%lld|", (long long)g->v[i].organisation_id);
	return buf_str(&b);
}

static str words_of(struct req *req)
{
	str typed = form_text(req, "q"), label;
	if (!form_given(req, "q"))
		return S("");
	if (label_read(req->a, typed, &label))
		typed = label;
	struct buf b = buf_new(req->a, typed.n + 3);
	buf_byte(&b, '%');
	for (size_t i = 0; i < typed.n; i++)
		buf_byte(&b, typed.p[i] == '%' || typed.p[i] == '\\' ? '_' : typed.p[i]);
	buf_byte(&b, '%');
	return str_lower(req->a, buf_str(&b));
}

struct stock_filter { str scope, state, grade, words; i64 since; };

static struct stock_filter filter_of(struct req *req)
{
	return (struct stock_filter){ readable(req), form_given(req, "etat") ? form_text(req, "etat") : S(""),
		form_given(req, "note") ? form_text(req, "note") : S(""),
		words_of(req), form_int(req, "depuis", 0) };
}

static enum err rows_of(struct req *req, const struct stock_filter *f, i64 most, i64 skip, struct device_line_row_list *ret)
{
	return device_list(req->db, f->scope, f->state, f->grade, f->words, f->since, most, skip, ret);
}

static struct device device_of_line(const struct device_line_row *r)
{
	return (struct device){ .id = r->id, .label = r->label, .kind = r->kind, .model = r->model, .memory_gb = r->memory_gb, .disk_gb = r->disk_gb,
		.screen_tenths = r->screen_tenths, .os = r->os };
}

str stock_state_words(const struct view *v, str code)
{
	for (enum stock_state s = 0; s < SS_COUNT; s++)
		if (str_eq(code, str_c(stock_states[s].code)))
			return tr(v->lang, stock_states[s].label);
	return code;
}

static void put_counts(const struct view *v, const struct device_count_row_list *rows, struct stock_page *page)
{
	for (enum stock_state s = 0; s < SS_COUNT; s++) {
		struct stock_count c = { .state = tr(v->lang, stock_states[s].label) };
		for (size_t i = 0; i < rows->n; i++) {
			size_t grade = (size_t)(rows->v[i].grade.p[0] - 'A');
			if (!str_eq(rows->v[i].state, str_c(stock_states[s].code)))
				continue;
			c.n[grade < 3 ? grade : 2] += rows->v[i].n;
			c.all += rows->v[i].n;
		}
		if (c.all)
			page->counts[page->n_counts++] = c;
	}
}

static str query_of(const struct req *req)
{
	static const char *const names[] = { "etat", "note", "q", "depuis", NULL };
	return fields_query(req, names);
}

static str page_url(struct req *req, const char *path, str query, i64 number)
{
	return str_printf(req->a, "%.*s?%.*s%spage=%lld", STR_ARG(in_language(&req->v, req->v.lang, str_c(path))), STR_ARG(query), query.n ? "&" : "",
		(long long)number);
}

enum err devices_index(struct req *req)
{
	const struct view *v = &req->v;
	struct stock_filter f = filter_of(req);
	struct device_line_row_list rows;
	struct device_count_row_list counts;
	i64 all, number = form_int(req, "page", 1);
	if (!form_ok(req))
		form_refused(req);
	str query = query_of(req);
	struct stock_page page = { .form = req->form, .officer = scope_stock_officer(req) == OK, .saved = form_given(req, "fait"), .filtered = query.n > 0,
		.csv = str_printf(req->a, "%.*s?%.*s", STR_ARG(in_language(v, v->lang, S(STOCK_ROUTE ".csv"))), STR_ARG(query)),
		.labels = str_printf(req->a, "%.*s?%.*s", STR_ARG(in_language(v, v->lang, S(STOCK_ROUTE "/etiquettes"))), STR_ARG(query)) };
	try(device_list_count(req->db, f.scope, f.state, f.grade, f.words, f.since, &all));
	try(rows_of(req, &f, STOCK_A_PAGE, (number - 1) * STOCK_A_PAGE, &rows));
	try(device_counts(req->db, f.scope, &counts));
	put_counts(v, &counts, &page);
	page.v = arena_many(req->a, struct stock_line, rows.n + 1);
	for (; page.n < rows.n; page.n++) {
		const struct device_line_row *r = &rows.v[page.n];
		struct device d = device_of_line(r);
		page.v[page.n] = (struct stock_line){ stock_label(req->a, r->label), device_path(req->a, &d, ""), stock_device_words(v, &d), stock_device_facts(v, &d),
			r->grade, r->owner, stock_state_words(v, r->state), r->file.p ? r->file : S("") };
	}
	page.total = number_shown(req->a, v->lang, all);
	page.pager = pager_of(number, all, STOCK_A_PAGE, page_url(req, STOCK_ROUTE, query, number - 1), page_url(req, STOCK_ROUTE, query, number + 1));
	req->v.here = S(STOCK_ROUTE);
	return stock_index_html(&req->v, &page);
}

enum err devices_csv(struct req *req)
{
	struct stock_filter f = filter_of(req);
	struct device_line_row_list rows;
	const struct view french = { .a = req->a, .lang = LANG_FR };     /* as its columns are named */
	try(rows_of(req, &f, CSV_MOST, 0, &rows));
	buf_put(&req->out, S("etiquette,sorte,modele,serie,qualite,memoire_go,disque_go,ecran_pouces,systeme,proprietaire,genre_proprietaire,etat,dossier\n"));
	for (size_t i = 0; i < rows.n; i++) {
		const struct device_line_row *r = &rows.v[i];
		const str cells[] = { stock_label(req->a, r->label), choice_shown(&french, stock_kind_choices, r->kind), r->model, r->serial, r->grade,
			str_printf(req->a, "%lld", (long long)r->memory_gb), str_printf(req->a, "%lld", (long long)r->disk_gb),
			str_printf(req->a, "%lld.%lld", (long long)r->screen_tenths / 10, (long long)r->screen_tenths % 10), r->os, r->owner,
			choice_shown(&french, stock_owner_choices, r->owner_kind), stock_state_words(&french, r->state), r->file.p ? r->file : S("") };
		csv_row_typed(&req->out, cells, lengthof(cells));
	}
	resp_file(req, S("postes.csv"), true);
	return OK;
}

/* ---- labels ---- */

static enum err put_label(struct req *req, const struct device_line_row *r, struct label_line *ret)
{
	const struct view *v = &req->v;
	struct device d = device_of_line(r);
	struct qr qr;
	*ret = (struct label_line){ .label = stock_label(req->a, r->label), .model = stock_device_words(v, &d), .qr = { S("") } };
	if (!v->city->public_url.n)
		return OK;
	try(qr_make(req->a, str_printf(req->a, "%.*s/p/%.*s", STR_ARG(v->city->public_url), STR_ARG(ret->label)), &qr));
	ret->qr = qr_html(v, &qr, _f("Code QR de l’étiquette {1}", ret->label));
	return OK;
}

/* Of the same filters; what is newest first, so that what was just entered comes out. */
enum err device_labels(struct req *req)
{
	const struct view *v = &req->v;
	struct stock_filter f = filter_of(req);
	struct device_line_row_list rows;
	i64 all, number = form_int(req, "page", 1);
	str query = query_of(req);
	struct labels_page page = { .organisation = v->city->name, .phone = v->city->help_phone, .linked = v->city->public_url.n > 0 };
	try(device_list_count(req->db, f.scope, f.state, f.grade, f.words, f.since, &all));
	try(rows_of(req, &f, LABELS_A_PAGE, (number - 1) * LABELS_A_PAGE, &rows));
	page.v = arena_many(req->a, struct label_line, rows.n + 1);
	for (; page.n < rows.n; page.n++)
		try(put_label(req, &rows.v[page.n], &page.v[page.n]));
	page.pager = pager_of(number, all, LABELS_A_PAGE, page_url(req, STOCK_ROUTE "/etiquettes", query, number - 1),
		page_url(req, STOCK_ROUTE "/etiquettes", query, number + 1));
	req->v.here = S(STOCK_ROUTE);
	return stock_labels_html(&req->v, &page);
}

/* A household's card: a short code, without a name, and a QR code that carries it to /foyer; given, replaced, stopped. What it opens is in
 * visit.c. */
#include "audit/audit.h"
#include "html/qr.h"
#include "http/session.h"
#include "people/card_html.h"
#include "people/pages.h"
#include "people/people_sql.h"

#define CARD_ROUTE HOUSEHOLD_ROUTE "/carte"

/* An invented city stands nowhere: its card leads to where it is being looked at. */
static str own_address(const struct req *req)
{
	str host = req_header(req, "Host");
	if (req->v.city->public_url.n || !req->v.city->demo || !host.n)
		return req->v.city->public_url;
	return str_printf(req->a, "%s://%.*s", req->tls ? "https" : "http", STR_ARG(host));
}

/* In the language of an adult, when the site speaks it: the address and its QR code. */
static void put_address(const struct req *req, const struct household *h, struct card_page *page)
{
	const struct view *v = &req->v;
	struct qr qr;
	enum lang lang = LANG_FR;
	for (size_t i = 0; i < h->n; i++)
		for (enum lang l = LANG_EN; l < LANG_COUNT; l++)
			lang = str_eq(h->persons[i].language, str_c(langs[l].tag)) ? l : lang;
	str base = own_address(req), path = in_language(v, lang, S("/foyer"));
	if (!base.n)
		return;
	page->where = str_printf(v->a, "%.*s%.*s", STR_ARG(base), STR_ARG(path));
	str whole = str_printf(v->a, "%.*s/%.*s", STR_ARG(page->where), STR_ARG(page->code));
	if (page->code.n && qr_make(v->a, whole, &qr) == OK)
		page->qr = qr_html(v, &qr, _("Code QR de la carte"));
}

enum err card_show(struct req *req)
{
	struct household h;
	i64 organisation;
	str index;
	struct vault_asker vault = vault_of(req);
	try(household_shown(req, "card", &h, &organisation));
	struct card_page page = { .h = &h, .name = household_name(req->a, &h), .path = household_path(req->a, &h, "") };
	if (h.card)
		try(card_code(&vault, h.id, h.card_number, &page.code, &index));
	page.where = S("");
	put_address(req, &h, &page);
	for (size_t i = 0; i < h.n; i++)
		page.openable |= h.persons[i].phone.n > 0 || (!h.persons[i].child && h.persons[i].birth_year);
	req->v.here = S(PEOPLE_ROUTE);
	try(form_stamp(req, CARD_ROUTE));
	return card_html(&req->v, &page);
}

struct giving { struct req *req; struct household *h; i64 organisation; str index; bool stop; };

static enum err give_tx(struct db *db, void *arg, str *ret_path)
{
	const struct giving *g = arg;
	struct audit line = household_line(g->req, g->h, g->organisation, g->stop ? "household.card-stop" : "household.card", S(""));
	*ret_path = household_path(g->req->a, g->h, "/carte");
	try(visits_end(db, g->h->id));
	try(g->stop ? card_stop(db, g->h->id) : card_give(db, g->h->id, g->h->card_number + 1, g->index));
	return audit_write(db, &line);
}

enum err card_post(struct req *req)
{
	struct household h;
	str code;
	struct vault_asker vault = vault_of(req);
	struct giving g = { .req = req, .h = &h, .stop = str_eq(form_text(req, "geste"), S("arreter")) };
	try(household_shown(req, "card", &h, &g.organisation));
	try(card_code(&vault, h.id, h.card_number + 1, &code, &g.index));
	return post_once(req, give_tx, &g);
}

/* A household's own page, by its card: a short code, and a telephone or a year of birth that goes with it; no account. It lasts half an hour, ten
 * minutes alone, five in all where the visitor says that the computer is shared (the screen then goes away by itself), and leaves nothing
 * behind: the browser is told to forget, and Back asks for the code again. Wrong answers beside a right code
 * are counted by card: five an hour, twenty in all, after which another card must be given.
 * The card's QR code leads to /foyer/CODE, which only puts the code aside for five minutes, in a cookie, and goes on to /foyer: it is in no log
 * (the route's pattern is), no history, no Referer. */
#include <sodium.h>

#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/code.h"
#include "base/phone.h"
#include "base/timex.h"
#include "http/session.h"
#include "people/pages.h"
#include "people/people_sql.h"
#include "people/visit_html.h"

#define VISIT_ROUTE "/foyer"
#define VISIT_MS (30 * 60 * (i64)1000)
#define SHARED_MS (5 * 60 * (i64)1000)            /* on a computer that others use after */
#define VISIT_IDLE_MS (10 * 60 * (i64)1000)
#define TOUCH_MS (60 * (i64)1000)
#define HOUR_MS (3600 * (i64)1000)
#define FAILURES_AN_HOUR 5
#define FAILURES_MOST 20
#define SECRET 32
#define SCANNED_S "300"
#define CODE_MOST 16

/* ---- the cookie ---- */

static const char *cookie_name(const struct req *req)
{
	return req->tls ? "__Host-f" : "f";
}

static str hash_of(struct arena *a, const u8 secret[SECRET])
{
	u8 *h = arena_alloc(a, 32);
	crypto_generichash(h, 32, secret, SECRET, NULL, 0);
	return (str){ (char *)h, 32 };
}

/* Absent: no cookie of ours. */
static str visit_hash(struct req *req)
{
	u8 secret[SECRET];
	size_t n = 0;
	str value = req_cookie(req, cookie_name(req));
	if (sodium_base642bin(secret, sizeof secret, value.p ? value.p : "", value.n, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) || n != SECRET)
		return (str){ 0 };
	return hash_of(req->a, secret);
}

static void set_cookie(struct req *req, const char *value, const char *age)
{
	resp_header(req, "Set-Cookie", str_printf(req->a, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", cookie_name(req), value, age, req->tls ? "; Secure" : ""));
}

/* Browsers heed it over TLS. */
static void forget_in_browser(struct req *req)
{
	resp_header(req, "Clear-Site-Data", S("\"cache\", \"cookies\", \"storage\""));
}

/* ---- the card's code, scanned ---- */

static const char *scanned_name(const struct req *req)
{
	return req->tls ? "__Host-fc" : "fc";
}

/* Lax: the telephone's camera is another site, for some browsers. */
static void set_scanned(struct req *req, str code, const char *age)
{
	resp_header(req, "Set-Cookie", str_printf(req->a, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%s%s", scanned_name(req), STR_ARG(code), age,
		req->tls ? "; Secure" : ""));
}

static bool is_code(str s)
{
	bool ok = s.n > 0 && s.n <= CODE_MOST;
	for (size_t i = 0; i < s.n; i++)
		ok &= (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'A' && s.p[i] <= 'Z') || s.p[i] == '-';
	return ok;
}

static str scanned_code(const struct req *req)
{
	str code = req_cookie(req, scanned_name(req));
	return code.p && is_code(code) ? code : S("");
}

enum err visit_scan(struct req *req)
{
	str code = req_param(req, "code");
	req->no_store = true;
	if (is_code(code))
		set_scanned(req, code, SCANNED_S);
	return resp_redirect(req, S(VISIT_ROUTE));
}

/* ---- coming in ---- */

/* `code`: the one that was scanned; empty: it is typed. */
static enum err show_form(struct req *req, str code)
{
	req->no_store = true;
	req->v.noindex = true;
	try(form_stamp(req, VISIT_ROUTE));
	str end = req->method == GET ? form_text(req, "fin") : S("");
	return visit_form_html(&req->v, req->form, code, str_eq(end, S("1")), str_eq(end, S("3")));
}

enum err visit_form(struct req *req)
{
	req->form->n_errors = 0;
	if (form_given(req, "fin") && scanned_code(req).n)
		set_scanned(req, S(""), "0");
	if (form_given(req, "fin") && req_cookie(req, cookie_name(req)).n) {
		set_cookie(req, "", "; Max-Age=0");
		forget_in_browser(req);
	}
	return show_form(req, form_given(req, "fin") ? S("") : scanned_code(req));
}

struct coming { struct req *req; i64 household, organisation; str hash; bool right, shared; };

static enum err come_tx(struct db *db, void *arg, str *ret_path)
{
	const struct coming *c = arg;
	i64 now = now_ms();
	*ret_path = S(VISIT_ROUTE "/dossier");
	try(card_passed(db, c->household));
	try(visit_insert(db, c->hash, c->household, now, now + (c->shared ? SHARED_MS : VISIT_MS)));
	return audit_write(db, &(struct audit){ .organisation_id = c->organisation, .action = "household.visit", .object = "household", .object_id = c->household });
}

static enum err fail_tx(struct db *db, void *arg)
{
	const struct coming *c = arg;
	return card_failed(db, c->household, now_ms());
}

/* What goes with the card: a telephone of the household, or the year of birth of an adult. */
static bool answers(const struct household *h, str typed)
{
	struct phone phone;
	i64 year = 0;
	bool called = phone_read(typed, &phone) == PHONE_OK, dated = str_i64(str_trim(typed), &year) && year > 1900;
	for (size_t i = 0; i < h->n; i++) {
		const struct person *p = &h->persons[i];
		if ((called && p->phone.n && str_eq(p->phone, str_c(phone.e164))) || (dated && !p->child && p->birth_year == year))
			return true;
	}
	return false;
}

/* NOT_FOUND: no such card, not the answer, or too many wrong ones: nothing says which. */
static enum err read_card(struct req *req, struct coming *c)
{
	struct vault_asker vault = vault_of(req);
	struct card_row card;
	struct household h;
	str index;
	try(card_index(&vault, form_text(req, "code"), &index));
	try(card_of(req->db, index, &card));
	c->household = card.id;
	bool waits = card.card_failures >= FAILURES_MOST || (card.card_failures && card.card_failures % FAILURES_AN_HOUR == 0 &&
		card.card_failed_at > now_ms() - HOUR_MS);
	if (waits)
		return NOT_FOUND;
	try(household_get(req->db, card.id, &h));
	try(household_open(&vault, S("a household's own page"), &(struct household *const){ &h }, 1));
	c->organisation = h.organisation_id;
	c->right = answers(&h, form_text(req, "reponse"));
	return c->right ? OK : db_tx(req->db, fail_tx, c);
}

/* What is wrong is not said: whoever guesses would learn from it. */
static str wrong_words(const struct view *v)
{
	str phone = phone_grouped(v->a, v->city->help_phone);
	return phone.n ? _f("Ce code et cette réponse ne vont pas ensemble. Regardez votre carte et essayez encore. Ou appelez-nous au {1} : nous vous "
		"donnerons une autre carte.", phone)
		: _("Ce code et cette réponse ne vont pas ensemble. Vérifiez, ou appelez-nous : nous vous donnerons une autre carte.");
}

enum err visit_post(struct req *req)
{
	const struct view *v = &req->v;
	struct coming c = { .req = req, .shared = form_bool(req, "partage") };
	u8 secret[SECRET];
	char text[sodium_base64_ENCODED_LEN(SECRET, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	enum err e = form_ok(req) ? read_card(req, &c) : OK;
	if (e != OK && e != NOT_FOUND)
		return e;
	if (form_ok(req) && !c.right)
		form_fail(req, "code", wrong_words(v));
	if (!form_ok(req)) {
		form_refused(req);
		return show_form(req, S(""));
	}
	randombytes_buf(secret, sizeof secret);
	sodium_bin2base64(text, sizeof text, secret, sizeof secret, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	c.hash = hash_of(req->a, secret);
	set_cookie(req, text, "");
	if (scanned_code(req).n)
		set_scanned(req, S(""), "0");
	return post_once(req, come_tx, &c);
}

/* ---- whose pages they are ---- */

/* The visitor asked for it: when the time is over, the screen shows another page. */
static void leave_by_itself(struct req *req, i64 after_ms)
{
	str end = in_language(&req->v, req->v.lang, S(VISIT_ROUTE "?fin=1"));
	resp_header(req, "Refresh", str_printf(req->a, "%lld; url=%.*s", (long long)(after_ms / 1000 + 1), STR_ARG(end)));
}

struct touching { str hash; i64 now; };

static enum err touch_tx(struct db *db, void *arg)
{
	const struct touching *t = arg;
	return visit_touch(db, t->hash, t->now);
}

/* Reading is not being away; within the last minutes nothing is written, so that a visit of five minutes in all is known by its length. */
static enum err still_here(struct req *req, str hash, const struct visit_row *row, i64 now)
{
	bool shared = row->expires_at - row->seen_at <= SHARED_MS, ends = row->expires_at - now <= SHARED_MS;
	if (shared)
		leave_by_itself(req, row->expires_at - now);
	return shared || ends || now - row->seen_at < TOUCH_MS ? OK : db_tx(req->db, touch_tx, &(struct touching){ hash, now });
}

enum err household_visiting(struct req *req, struct household *ret, bool *ret_there)
{
	struct visit_row row;
	struct vault_asker vault = vault_of(req);
	str hash = visit_hash(req);
	i64 now = now_ms();
	req->no_store = true;
	req->v.noindex = true;
	*ret_there = false;
	enum err e = hash.p ? visit_of(req->db, hash, now - VISIT_IDLE_MS, now, &row) : NOT_FOUND;
	if (e == NOT_FOUND)
		return resp_redirect(req, hash.p ? S(VISIT_ROUTE "?fin=3") : S(VISIT_ROUTE));
	try(e);
	try(still_here(req, hash, &row, now));
	*ret_there = true;
	try(form_stamp(req, VISIT_ROUTE "/fin"));
	try(household_get(req->db, row.household_id, ret));
	return household_open(&vault, S("a household's own page"), &(struct household *const){ ret }, 1);
}

/* ---- the page ---- */

struct family_panel *family_panel_add(struct req *req, struct family_panels *all, str title, str lead)
{
	all->n -= all->n == FAMILY_PANELS;
	struct family_panel *p = &all->v[all->n++];
	*p = (struct family_panel){ title, lead, { arena_many(req->a, html, FAMILY_LINES), 0 }, { arena_many(req->a, struct family_link, FAMILY_LINES), 0 } };
	return p;
}

void family_line(struct family_panel *p, html line)
{
	if (p->lines.n < FAMILY_LINES)
		p->lines.v[p->lines.n++] = line;
}

void family_link(struct family_panel *p, str path, str label)
{
	if (p->links.n < FAMILY_LINES)
		p->links.v[p->links.n++] = (struct family_link){ path, label };
}

static void put_family(struct req *req, const struct household *h, struct visit_page *page)
{
	page->persons.v = arena_many(req->a, struct person_line, h->n + 1);
	for (; page->persons.n < h->n; page->persons.n++) {
		const struct person *p = &h->persons[page->persons.n];
		page->persons.v[page->persons.n] = (struct person_line){ p, str_trim(str_printf(req->a, "%.*s %.*s", STR_ARG(p->given), STR_ARG(p->family))),
			p->child ? p->school : S("") };
	}
}

enum err visit_show(struct req *req)
{
	struct household h;
	bool there;
	const struct view *v = &req->v;
	try(household_visiting(req, &h, &there));
	if (!there)
		return OK;
	struct visit_page page = { .h = &h, .contact = h.contact_at.set ? date_shown(v, paris_of_ms(h.contact_at.v).date) : S(""),
		.panels.v = arena_many(req->a, struct family_panel, FAMILY_PANELS) };
	try(accounts_organisation_name(req->db, h.organisation_id, &page.organisation));
	for (size_t i = 0; family_panels[i]; i++) {
		try(family_panels[i](req, &h, &page.panels));
		req->v.said = NULL;              /* each speaks in its campaigns' words */
	}
	put_family(req, &h, &page);
	return visit_show_html(&req->v, &page);
}

/* ---- leaving ---- */

static enum err leave_tx(struct db *db, void *arg)
{
	return visit_end(db, *(const str *)arg);
}

enum err visit_leave(struct req *req)
{
	str hash = visit_hash(req);
	if (hash.p)
		try(db_tx(req->db, leave_tx, &hash));
	set_cookie(req, "", "; Max-Age=0");
	forget_in_browser(req);
	req->no_store = true;
	return resp_redirect(req, S(VISIT_ROUTE "?fin=1"));
}

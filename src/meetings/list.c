/* The meetings of a campaign, those to come first; the same in a calendar; the counts of one, as CSV. */
#include "base/ics.h"
#include "hours/hours.h"
#include "meetings/list_html.h"
#include "meetings/pages.h"

#define COMING_MOST 30
#define PAST_A_PAGE 15
#define CALENDAR_MOST 200

/* "12 familles invitées, 8 venues" */
static str about(const struct view *v, const struct meeting *m, const struct guest_counts *n)
{
	if (meeting_cancelled(m))
		return _("annulée");
	if (!n->invited && !n->uninvited)
		return meeting_past(m) ? _("personne n’y était invité") : _("personne n’est encore invité");
	str invited = n->invited ? _n("une famille invitée", "{n} familles invitées", n->invited) : _("personne n’y était invité");
	str came = n->came ? _n("une venue", "{n} venues", n->came) : _("aucune venue");
	if (n->came || n->absent)
		return _f("{1}, {2}", invited, came);
	if (meeting_past(m))
		return _f("{1}, {2}", invited, _("présences à noter"));
	return n->to_call ? _f("{1}, {2}", invited, _n("une à appeler", "{n} à appeler", n->to_call)) : invited;
}

static enum err put_lines(struct req *req, const struct meeting_row_list *rows, struct meeting_lines *ret)
{
	const struct view *v = &req->v;
	*ret = (struct meeting_lines){ .v = arena_many(req->a, struct meeting_line, rows->n + 1) };
	for (; ret->n < rows->n; ret->n++) {
		struct meeting m;
		struct meeting_guest_count_list counts;
		struct guest_counts n;
		try(meeting_get(req->db, rows->v[ret->n].id, &m));
		try(meeting_guest_counts(req->db, m.id, &counts));
		guest_counts_of(&counts, &n);
		str school = m.schools.n ? m.schools.v[0].name : S("");
		ret->v[ret->n] = (struct meeting_line){ m.id, meeting_when(v, m.f[M_DAY], m.minute), meeting_where_short(m.f[M_PLACE], school), about(v, &m, &n),
			meeting_cancelled(&m), S("") };
	}
	return OK;
}

static str page_url(struct req *req, const struct campaign *c, i64 page)
{
	return in_language(&req->v, req->v.lang, str_printf(req->a, "/agent/campagnes/%lld/reunions?page=%lld", (long long)c->id, (long long)page));
}

enum err meetings_index(struct req *req)
{
	struct campaign c;
	struct meeting_row_list coming = { .n = 0 }, past;
	i64 at = form_int(req, "page", 1), total;
	str today = date_iso(req->a, today_paris());
	static const char *const chosen[] = { "ecole", "vague", "etat", NULL };
	try(campaign_of(req, &c));
	struct meetings_page page = { .campaign = c.id, .name = c.f[C_NAME], .chosen = fields_query(req, chosen), .officer = file_who_of(req, &c) == FW_OFFICER };
	try(meetings_from(req->db, c.id, today, COMING_MOST, 0, &coming));
	try(meetings_before(req->db, c.id, today, PAST_A_PAGE, (at - 1) * PAST_A_PAGE, &past));
	try(meetings_before_n(req->db, c.id, today, &total));
	if (at > 1 && !past.n)
		return NOT_FOUND;
	try(put_lines(req, &coming, &page.coming));
	try(put_lines(req, &past, &page.past));
	for (size_t i = 0; i < page.coming.n; i++)
		page.coming.v[i].invite = str_printf(req->a, "/agent/campagnes/%lld/reunions/%lld/inviter?%.*s", (long long)c.id, (long long)page.coming.v[i].id,
			STR_ARG(page.chosen));
	page.pager = pager_of(at, total, PAST_A_PAGE, page_url(req, &c, at - 1), page_url(req, &c, at + 1));
	req->v.here = S("/agent/campagnes");
	return meetings_html(&req->v, &page);
}

/* ---- the calendar ---- */

static void put_event(struct req *req, const struct campaign *c, const struct meeting *m)
{
	const struct view *v = &req->v;
	struct date d;
	if (!date_parse(m->f[M_DAY], &d))
		return;
	i64 from = ms_of_local((struct local){ date_days(d), (int)m->minute });
	str host = v->city->public_url.n ? v->city->public_url : S("gabare");
	ics_put(&req->out, &(struct ics_event){ .uid = str_printf(req->a, "meeting-%lld@%.*s", (long long)m->id, STR_ARG(str_replace(req->a, host, S("https://"),
		S("")))), .from_ms = from, .to_ms = from + (i64)MEETING_MINUTES * 60000, .changed_ms = now_ms(), .revision = m->version,
		.summary = _f("Réunion de présentation : {1}", c->f[C_NAME]), .where = meeting_where(v, m),
		.about = m->f[M_SPEAKER].n ? _f("Présente : {1}.", m->f[M_SPEAKER]) : S(""), .cancelled = meeting_cancelled(m) });
}

enum err meetings_calendar(struct req *req)
{
	struct campaign c;
	struct meeting_row_list rows;
	try(campaign_of(req, &c));
	try(meetings_from(req->db, c.id, S("0000-00-00"), CALENDAR_MOST, 0, &rows));
	ics_begin(&req->out, c.f[C_NAME]);
	for (size_t i = 0; i < rows.n; i++) {
		struct meeting m;
		try(meeting_get(req->db, rows.v[i].id, &m));
		put_event(req, &c, &m);
	}
	ics_end(&req->out);
	req->content_type = S("text/calendar; charset=utf-8");
	resp_header(req, "Content-Disposition", S("attachment; filename=\"reunions.ics\""));
	return OK;
}

/* ---- counts ---- */

enum err meeting_csv(struct req *req)
{
	struct campaign c;
	struct meeting m;
	struct meeting_guest_count_list rows;
	struct guest_counts n;
	try(meeting_of(req, &c, &m));
	try(meeting_guest_counts(req->db, m.id, &rows));
	guest_counts_of(&rows, &n);
	const struct { const char *what; i64 n; } lines[] = { { "invitees", n.invited }, { "par_sms", n.sms }, { "par_courriel", n.mail },
		{ "par_lettre", n.letter }, { "par_telephone", n.phone }, { "a_ecrire", n.waiting }, { "a_appeler", n.to_call }, { "viennent", n.yes },
		{ "peut_etre", n.perhaps }, { "ne_viennent_pas", n.no }, { "venues", n.came }, { "venues_sans_invitation", n.uninvited }, { "absentes", n.absent } };
	buf_put(&req->out, S("reunion,heure,compte,familles\n"));
	for (size_t i = 0; i < lengthof(lines); i++)
		buf_printf(&req->out, "%.*s,%.*s,%s,%lld\n", STR_ARG(m.f[M_DAY]), STR_ARG(m.f[M_TIME]), lines[i].what, (long long)lines[i].n);
	resp_file(req, S("reunion.csv"), true);
	return OK;
}

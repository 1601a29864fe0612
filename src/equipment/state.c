/* Where a campaign stands: what is planned, wave by wave, what is late, what does not add up; and the same as a calendar to print. */
#include "accounts/accounts.h"
#include "base/timex.h"
#include "equipment/pages.h"
#include "equipment/state_html.h"
#include "http/session.h"

static i64 number_of(str s)
{
	i64 n;
	return str_i64(s, &n) ? n : 0;
}

/* ---- what is to be looked at ---- */

static void say(struct strings *s, str words) { s->v[s->n++] = words; }

static void check_sums(const struct view *v, const struct campaign *c, const struct waves *waves, struct strings *ret)
{
	i64 target = number_of(c->f[C_TARGET]), planned = 0, shares = 0;
	str rest = c->f[C_FUNDERS], line;
	struct funder f;
	for (size_t i = 0; i < waves->n; i++)
		planned += number_of(waves->v[i].f[W_QUANTITY]);
	while (rest.n && str_next(&rest, '\n', &line))
		if (funder_of(line, &f))
			shares += f.devices;
	if (waves->n && planned != target)
		say(ret, _f("Les vagues prévoient {1} ordinateurs, l’objectif est de {2}.", number_shown(v->a, v->lang, planned), number_shown(v->a, v->lang, target)));
	if (shares && shares != target)
		say(ret, _f("Les financeurs prennent part à {1} ordinateurs, l’objectif est de {2}.", number_shown(v->a, v->lang, shares), number_shown(v->a, v->lang,
			target)));
}

static bool late(const struct wave *w, str today)
{
	return !w->f[W_DONE].n && w->f[W_TO].n && str_cmp(w->f[W_TO], today) < 0;
}

static bool begun(const struct wave *w, str today)
{
	return !w->f[W_DONE].n && w->f[W_FROM].n && str_cmp(w->f[W_FROM], today) <= 0;
}

static bool without_association(const struct wave *w)
{
	str rest = w->f[W_SCHOOLS], line;
	while (rest.n && str_next(&rest, '\n', &line))
		if (!wave_school_of(line).association.n)
			return true;
	return false;
}

static void check_wave(const struct view *v, const struct campaign *c, const struct wave *w, str today, struct strings *ret)
{
	str n = number_shown(v->a, v->lang, w->number);
	if (late(w, today))
		say(ret, _f("La vague {1} devait finir le {2}. Dites qu’elle est terminée, ou changez ses dates.", n, iso_date_shown(v, w->f[W_TO])));
	if (!w->f[W_FROM].n)
		say(ret, _f("La vague {1} n’a pas de date.", n));
	if (!w->f[W_SCHOOLS].n && !w->f[W_DISTRICTS].n)
		say(ret, begun(w, today) ? _f("La vague {1} a commencé sans école ni quartier.", n) : _f("La vague {1} n’a ni école ni quartier.", n));
	if (begun(w, today) && without_association(w))
		say(ret, _f("La vague {1} a commencé, et une école n’y a pas d’association.", n));
	if ((c->f[C_FROM].n && w->f[W_FROM].n && str_cmp(w->f[W_FROM], c->f[C_FROM]) < 0) || (c->f[C_TO].n && w->f[W_TO].n && str_cmp(w->f[W_TO], c->f[C_TO]) > 0))
		say(ret, _f("La vague {1} sort des dates de la campagne.", n));
}

static void check_order(const struct view *v, const struct waves *waves, struct strings *ret)
{
	for (size_t i = 1; i < waves->n; i++)
		if (waves->v[i].f[W_FROM].n && str_cmp(waves->v[i].f[W_FROM], waves->v[i - 1].f[W_FROM]) < 0)
			say(ret, _f("La vague {1} commence avant la vague {2}.", number_shown(v->a, v->lang, waves->v[i].number), number_shown(v->a, v->lang,
				waves->v[i - 1].number)));
}

/* The why of a school in a wave; absent when it is not there. */
static str why_in(const struct wave *w, str uai)
{
	str rest = w->f[W_SCHOOLS], line;
	while (rest.n && str_next(&rest, '\n', &line)) {
		struct wave_school s = wave_school_of(line);
		if (str_eq(s.uai, uai))
			return s.why;
	}
	return (str){ 0 };
}

/* A school in two waves without a reason: not by a form, but by taking back a change. */
static void check_twice(const struct view *v, const struct waves *waves, size_t at, struct strings *ret)
{
	str rest = waves->v[at].f[W_SCHOOLS], line;
	while (rest.n && str_next(&rest, '\n', &line)) {
		struct wave_school s = wave_school_of(line);
		for (size_t i = 0; i < at && !s.why.n; i++) {
			str other = why_in(&waves->v[i], s.uai);
			if (!other.p || other.n)
				continue;
			say(ret, _f("L’école {1} est dans les vagues {2} et {3}, sans que l’on sache pourquoi.", s.uai, number_shown(v->a, v->lang, waves->v[i].number),
				number_shown(v->a, v->lang, waves->v[at].number)));
			return;                  /* one a wave is enough */
		}
	}
}

void campaign_checks(const struct view *v, const struct campaign *c, const struct waves *waves, str today, struct strings *ret)
{
	*ret = (struct strings){ .v = arena_many(v->a, str, 3 + waves->n * 7) };
	check_sums(v, c, waves, ret);
	check_order(v, waves, ret);
	for (size_t i = 0; i < waves->n; i++) {
		check_wave(v, c, &waves->v[i], today, ret);
		check_twice(v, waves, i, ret);
	}
	if (!c->f[C_RULES].n)
		say(ret, _("Aucune règle ne dit encore qui peut recevoir un ordinateur."));
}

/* ---- the pages ---- */

static enum err put_waves(struct req *req, struct campaign_page *page, const struct waves *waves, str today)
{
	const struct view *v = &req->v;
	struct wave_counts_list counts = { .n = 0 };
	i64 planned = 0;
	if (wave_counts_source)
		try(wave_counts_source(req->db, page->c.id, &counts));
	page->counted = wave_counts_source != NULL;
	page->v = arena_many(req->a, struct wave_line, waves->n + 1);
	for (; page->n < waves->n; page->n++) {
		const struct wave *w = &waves->v[page->n];
		struct wave_line *l = &page->v[page->n];
		planned += number_of(w->f[W_QUANTITY]);
		*l = (struct wave_line){ .id = w->id, .number = w->number, .title = w->f[W_TITLE], .when = period_words(v, w->f[W_FROM], w->f[W_TO]),
			.quantity = number_shown(v->a, v->lang, number_of(w->f[W_QUANTITY])), .schools = wave_schools_count(w), .counts = arena_one(req->a, struct wave_counts) };
		l->late = w->f[W_DONE].n ? _f("terminée le {1}", iso_date_shown(v, w->f[W_DONE])) : late(w, today) ? _("en retard") : begun(w, today)
			? _("en cours") : w->f[W_FROM].n ? _("à venir") : S("");
		for (size_t i = 0; i < counts.n; i++)
			if (counts.v[i].wave_id == w->id)
				l->counts = &counts.v[i];
		page->sum.identified += l->counts->identified;
		page->sum.eligible += l->counts->eligible;
		page->sum.signed_charters += l->counts->signed_charters;
		page->sum.handed_over += l->counts->handed_over;
	}
	page->planned = number_shown(v->a, v->lang, planned);
	return OK;
}

static void put_funders(const struct view *v, struct campaign_page *page)
{
	str rest = page->c.f[C_FUNDERS], line;
	struct funder f;
	page->funders.v = arena_many(v->a, str, rest.n + 1);
	while (rest.n && str_next(&rest, '\n', &line))
		if (funder_of(line, &f))
			say(&page->funders, _f("{1} : {2} ordinateurs", f.name, number_shown(v->a, v->lang, f.devices)));
}

static void put_links(const struct view *v, struct campaign_page *page)
{
	size_t n = 0;
	while (campaign_links[n].path)
		n++;
	page->links.v = arena_many(v->a, struct link_line, n + 1);
	for (; page->links.n < n; page->links.n++)
		page->links.v[page->links.n] = (struct link_line){ str_printf(v->a, "/agent/campagnes/%lld%s", (long long)page->c.id,
			campaign_links[page->links.n].path), tr_here(v, campaign_links[page->links.n].label) };
}

static enum err page_of(struct req *req, struct campaign_page *page)
{
	const struct view *v = &req->v;
	struct waves waves;
	struct rule_sets sets;
	str today = date_iso(req->a, today_paris());
	*page = (struct campaign_page){ .form = req->form };
	try(campaign_of(req, &page->c));
	try(waves_of(req->db, page->c.id, &waves));
	try(rule_sets_of(req, &page->c, &sets));
	page->may = campaign_may_change(req, &page->c);
	page->state = campaign_words(v, "etat", page->c.f[C_STATE]);
	page->when = period_words(v, page->c.f[C_FROM], page->c.f[C_TO]);
	page->target = number_shown(v->a, v->lang, number_of(page->c.f[C_TARGET]));
	const struct rule_set *held = rules_on(&sets, today);
	if (!held && sets.n)
		held = &sets.v[0];
	if (held)
		page->rules = held->lines;
	put_funders(v, page);
	put_links(v, page);
	campaign_checks(v, &page->c, &waves, today, &page->checks);
	req->v.here = S("/agent/campagnes");
	return put_waves(req, page, &waves, today);
}

enum err campaign_show(struct req *req)
{
	struct campaign_page page;
	try(page_of(req, &page));
	page.saved = form_given(req, "fait");
	return campaign_html(&req->v, &page);
}

/* ---- the calendar ---- */

static enum err schools_of_wave(struct req *req, const struct wave_line *l, struct wave_school_lines *ret)
{
	struct wave_school_row_list rows;
	try(wave_schools(req->db, l->id, &rows));
	*ret = (struct wave_school_lines){ .v = arena_many(req->a, struct wave_school_line, rows.n + 1) };
	for (; ret->n < rows.n; ret->n++)
		ret->v[ret->n] = (struct wave_school_line){ .uai = rows.v[ret->n].uai, .name = rows.v[ret->n].name, .where = rows.v[ret->n].district,
			.association = rows.v[ret->n].association };
	return OK;
}

enum err calendar_show(struct req *req)
{
	struct campaign_page page;
	try(page_of(req, &page));
	struct calendar calendar = { .page = &page, .v = arena_many(req->a, struct calendar_wave, page.n + 1), .today = date_shown(&req->v, today_paris()) };
	for (; calendar.n < page.n; calendar.n++) {
		calendar.v[calendar.n].line = page.v[calendar.n];
		try(schools_of_wave(req, &page.v[calendar.n], &calendar.v[calendar.n].schools));
	}
	return calendar_html(&req->v, &calendar);
}

/* ---- the list ---- */

enum err campaigns_index(struct req *req)
{
	const struct view *v = &req->v;
	struct campaign_row_list rows;
	struct campaign_lines page = { .officer = scope_officer(req) == OK };
	bool admin = false;
	const struct grants *g = req->session->grants;
	for (size_t i = 0; g && i < g->n; i++)
		admin |= (g->v[i].roles & 1u << ROLE_ADMIN) != 0;
	try(campaign_all(req->db, CAMPAIGNS_MOST, &rows));
	page.v = arena_many(req->a, struct campaign_line, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const struct campaign_row *r = &rows.v[i];
		struct campaign c = { .organisation_id = r->organisation_id };
		if (admin || campaign_may_change(req, &c))
			page.v[page.n++] = (struct campaign_line){ r->id, r->name, r->organisation, campaign_words(v, "etat", r->state), period_words(v, r->from_day, r->to_day),
				r->target };
	}
	req->v.here = S("/agent/campagnes");
	return campaigns_html(&req->v, &page);
}

/* ---- a school's own ---- */

static enum err put_own(struct req *req, const struct school *s, struct own_school *ret)
{
	struct school_wave_row_list rows;
	try(waves_of_school(req->db, s->id, &rows));
	*ret = (struct own_school){ .uai = s->uai, .name = s->name, .waves = { .v = arena_many(req->a, struct own_wave, rows.n + 1) } };
	for (; ret->waves.n < rows.n; ret->waves.n++) {
		const struct school_wave_row *r = &rows.v[ret->waves.n];
		ret->waves.v[ret->waves.n] = (struct own_wave){ r->campaign, r->organisation, r->purpose, period_words(&req->v, r->from_day, r->to_day), r->association,
			r->number,
			r->done_day.n > 0 };
	}
	ret->lines.v = arena_many(req->a, str, OWN_LINES_MOST);
	for (own_school_fn *const *told = own_school_lines; *told; told++)
		try((*told)(req, s->id, &ret->lines));
	return OK;
}

enum err own_school_show(struct req *req)
{
	const struct grants *g = req->session->grants;
	bool primary = false;
	struct own_schools page = { .v = arena_many(req->a, struct own_school, 64) };
	for (size_t i = 0; i < g->n; i++) {
		struct school_list some;
		if (!(g->v[i].roles & 1u << ROLE_SCHOOL_REFERENT))
			continue;
		try(schools_of_organisation(req->db, g->v[i].organisation_id, &some));
		for (size_t j = 0; j < some.n && page.n < 64; j++) {
			primary |= school_is_primary(&some.v[j]);
			try(put_own(req, &some.v[j], &page.v[page.n++]));
		}
	}
	req->v.said = page.n && !primary ? campaign_said_of_adults : NULL;
	req->v.here = S("/agent/ecole");
	return own_school_html(&req->v, &page);
}

/* Who has seen a file, and what they did to it, in words: for agents, and for the family itself. Read from the log (src/audit), which keeps a
 * year: all of it, what one person did for one reason on one day on one line, with how many times and when. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "audit/audit_sql.h"
#include "base/timex.h"
#include "http/session.h"
#include "people/pages.h"
#include "people/people_sql.h"
#include "people/share_html.h"

#define READ_AT_ONCE 1000
#define SEEN_A_PAGE 50                           /* a page of agents has 350 elements at most */

/* words: after who did it; own: the same said to the family, where it differs; self: the family did it, said to the family. */
struct doing { const char *action, *words, *own, *self; };

static const struct doing doings[] = {
	{ "see=view", N_("a lu le dossier"), N_("a lu votre dossier") },
	{ "see=found", N_("l’a vu parmi des réponses") },
	{ "see=alike", N_("l’a vu parmi des ressemblances") },
	{ "see=edit", N_("l’a ouvert pour le modifier") },
	{ "see=act", N_("y a noté quelque chose") },
	{ "see=share", N_("a regardé ses partages") },
	{ "see=seen", N_("a regardé qui l’a vu") },
	{ "see=erase", N_("l’a ouvert pour l’effacer") },
	{ "see=access", N_("a tout sorti pour le remettre"), N_("a préparé tout ce qui est gardé, pour vous le remettre") },
	{ "see=triage", N_("a fait le point avec la famille"), N_("a fait le point avec vous") },
	{ "household.triage", N_("a gardé les réponses de la famille"), N_("a gardé vos réponses") },
	{ "household.triage-erase", N_("a effacé les réponses de la famille"), N_("a effacé vos réponses") },
	{ "household.access", N_("a préparé le document de tout ce qui est gardé"), NULL, N_("Vous avez demandé le document de tout ce qui est gardé") },
	{ "household.access-own", N_("a lu tout ce que nous savons d’elle"), NULL, N_("Vous avez lu tout ce que nous savons de vous") },
	{ "see=card", N_("a regardé sa carte"), N_("a regardé votre carte") },
	{ "household.visit", N_("a ouvert son dossier avec sa carte"), NULL, N_("Vous avez ouvert votre dossier avec votre carte") },
	{ "household.card", N_("a donné une carte"), N_("vous a donné une carte") },
	{ "household.card-stop", N_("a arrêté sa carte"), N_("a arrêté votre carte") },
	{ "see=files", N_("l’a vu dans la liste d’une campagne") },
	{ "see=file", N_("a lu son dossier d’équipement"), N_("a lu votre demande d’ordinateur") },
	{ "see=charter", N_("a lu sa charte"), N_("a lu votre charte") },
	{ "see=charter-list", N_("l’a vu dans la liste des chartes à signer") },
	{ "see=charter-copy", N_("a ouvert la copie de sa charte signée"), N_("a ouvert la copie de votre charte signée") },
	{ "see=batch", N_("l’a vu avant un geste sur plusieurs familles") },
	{ "see=calls", N_("a affiché son numéro sur une liste d’appels"), N_("a affiché votre numéro, pour vous appeler") },
	{ "see=attendance", N_("l’a vu sur la liste de ceux qui viennent à une réunion") },
	{ "see=meeting", N_("l’a vu sur la liste d’une réunion") },
	{ "see=invite", N_("l’a vu avant d’écrire aux familles") },
	{ "see=situation", N_("a lu ce que la famille a dit pour avoir un ordinateur"), N_("a lu ce que vous avez dit pour avoir un ordinateur") },
	{ "see=award", N_("l’a vu parmi les familles qui demandent un ordinateur") },
	{ "see=waiting", N_("l’a vu sur la liste d’attente") },
	{ "see=matching", N_("l’a vu en choisissant les ordinateurs") },
	{ "see=handover", N_("l’a ouvert pour remettre l’ordinateur") },
	{ "see=handover day", N_("l’a vu sur la liste d’un jour de remise") },
	{ "see=handover calls", N_("a affiché son numéro pour un jour de remise"), N_("a affiché votre numéro, pour un jour de remise") },
	{ "see=aftersales", N_("l’a vu pour un ordinateur en panne, rendu ou perdu") },
	{ "see=export", N_("a emporté son nom dans un fichier"), N_("a emporté votre nom dans un fichier") },
	{ "see=twins", N_("l’a comparé à d’autres") },
	{ "household.merge", N_("l’a réuni avec un autre dossier") },
	{ "household.unmerge", N_("a défait une réunion") },
	{ "household.open", N_("a créé le dossier"), N_("a créé votre dossier") },
	{ "household.edit", N_("a modifié le dossier") },
	{ "household.note", N_("a ajouté une note") },
	{ "household.contact", N_("a noté un contact") },
	{ "household.inform", N_("a noté que la famille est informée"), N_("a noté que vous connaissez vos droits") },
	{ "household.share", N_("l’a partagé") },
	{ "household.unshare", N_("a fini un partage") },
	{ "person.add", N_("a ajouté une personne") },
	{ "person.edit", N_("a modifié une personne") },
	{ "person.erase", N_("a effacé une personne") },
	{ "see=school", N_("l’a vu parmi les familles que l’école a nommées"), N_("a regardé où en est votre demande, à l’école qui a donné votre nom") },
};

static const struct doing *doing_of(str key)
{
	for (size_t i = 0; i < lengthof(doings); i++)
		if (str_eq(key, str_c(doings[i].action)))
			return &doings[i];
	return NULL;
}

bool sight_is_told(const char *why)
{
	char key[40];
	snprintf(key, sizeof key, "see=%s", why);
	return doing_of(str_c(key)) != NULL;
}

/* ---- reading the log ---- */

/* What one did for one reason on one day; last, first: the moments of the latest and of the earliest. */
struct sight { i64 user, organisation, day, last, first, n; const struct doing *d; };
struct sights { struct arena *a; struct sight *v; size_t n; };

static void add(struct sights *all, const struct audit_row *r)
{
	char key[AUDIT_DETAIL_MAX + 8];
	bool seen = str_eq(r->action, S("household.see"));
	snprintf(key, sizeof key, "%s%.*s", seen ? "see=" : "", STR_ARG(seen ? r->detail : r->action));
	struct sight s = { r->user_id.v, r->organisation_id.v, date_days(paris_of_ms(r->at).date), r->at, r->at, 1, doing_of(str_c(key)) };
	for (size_t i = 0; i < all->n; i++) {
		struct sight *o = &all->v[i];
		if (o->day == s.day && o->user == s.user && o->organisation == s.organisation && o->d == s.d) {
			o->first = r->at < o->first ? r->at : o->first;
			o->last = r->at > o->last ? r->at : o->last;
			o->n++;
			return;
		}
	}
	arena_more(all->a, all->v, all->n);
	all->v[all->n++] = s;
}

static enum err read_one(struct db *db, i64 id, struct sights *all)
{
	struct audit_row_list rows = { .n = READ_AT_ONCE };
	for (i64 before = INT64_MAX; rows.n == READ_AT_ONCE; before = rows.n ? rows.v[rows.n - 1].id : 0) {
		try(audit_of_object(db, S("household"), id, before, READ_AT_ONCE, &rows));
		for (size_t i = 0; i < rows.n; i++)
			add(all, &rows.v[i]);
	}
	return OK;
}

static int by_moment(const void *a, const void *b)
{
	const struct sight *x = a, *y = b;
	return x->last > y->last ? -1 : x->last < y->last;
}

/* Those of the files that were found to be this family's too. */
static enum err read_log(struct req *req, const struct household *h, struct sights *all)
{
	struct household_merged_row_list merged;
	try(household_merged_list(req->db, h->organisation_id, h->id, &merged));
	try(read_one(req->db, h->id, all));
	for (size_t i = 0; i < merged.n; i++)
		try(read_one(req->db, merged.v[i].id, all));
	if (all->n)
		qsort(all->v, all->n, sizeof *all->v, by_moment);
	return OK;
}

/* ---- in words ---- */

static str clock_of(const struct view *v, i64 ms)
{
	struct civil c = paris_of_ms(ms);
	return clock_shown(v, c.hh * 60 + c.mm);
}

/* "30 novembre 2026 à 9 h 12", "30 novembre 2026, 3 fois, de 9 h 12 à 17 h 40" */
static str when_of(const struct view *v, const struct sight *s)
{
	str day = date_shown(v, date_of_days(s->day)), first = clock_of(v, s->first), last = clock_of(v, s->last), n = number_shown(v->a, v->lang, s->n);
	if (s->n == 1)
		return day_at_shown(v, day, last);
	return str_eq(first, last) ? _f("{1} à {2}, {3} fois", day, last, n) : _f("{1}, {2} fois, de {3} à {4}", day, n, first, last);
}

static str what_of(const struct view *v, const struct sight *s, bool own)
{
	if (!s->d)
		return _("y a fait quelque chose");
	return tr(v->lang, own && !s->user && s->d->self ? s->d->self : own && s->d->own ? s->d->own : s->d->words);
}

str seen_line_words(const struct view *v, const struct seen_line *l)
{
	if (!l->who.n && !l->where.n)
		return l->what;
	return l->who.n && l->where.n ? _f("{1}, {2} : {3}", l->who, l->where, l->what) : _f("{1} : {2}", l->who.n ? l->who : l->where, l->what);
}

/* Where somebody works: the same answer is asked once. */
static enum err where_of(struct req *req, const struct sights *all, size_t i, struct seen_line *lines)
{
	const struct sight *s = &all->v[i];
	for (size_t k = 0; k < i; k++)
		if (all->v[k].user == s->user && all->v[k].organisation == s->organisation) {
			lines[i].where = lines[k].where;
			return OK;
		}
	return accounts_employer(req->db, s->user, s->organisation, &lines[i].where);
}

enum err household_doings(struct req *req, const struct household *h, bool own, struct seen_page *page)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct sights all = { .a = req->a };
	try(read_log(req, h, &all));
	i64 *users = arena_many(req->a, i64, all.n + 1);
	str *names = arena_many(req->a, str, all.n + 1);
	for (size_t i = 0; i < all.n; i++)
		users[i] = all.v[i].user;
	try(accounts_names(req->db, &vault, users, all.n, names));
	page->v = arena_many(req->a, struct seen_line, all.n + 1);
	for (; page->n < all.n; page->n++) {
		const struct sight *s = &all.v[page->n];
		struct seen_line *l = &page->v[page->n];
		*l = (struct seen_line){ .at = when_of(v, s), .who = names[page->n], .where = S(""), .what = what_of(v, s, own) };
		if (s->user)
			try(where_of(req, &all, page->n, page->v));
		else
			l->who = own ? S("") : _("La famille");
	}
	return OK;
}

static str page_url(const struct req *req, str path, i64 page)
{
	return in_language(&req->v, req->v.lang, str_printf(req->a, "%.*s?page=%lld", STR_ARG(path), (long long)page));
}

void seen_cut(struct req *req, struct seen_page *page, i64 size, str path)
{
	i64 n = form_int(req, "page", 1), all = (i64)page->n, pages = (all + size - 1) / size, from;
	n = n < 1 || n > pages ? 1 : n;
	from = (n - 1) * size;
	page->pager = pager_of(n, all, size, page_url(req, path, n - 1), page_url(req, path, n + 1));
	page->v += from;
	page->n = (size_t)(all - from < size ? all - from : size);
}

enum err seen_show(struct req *req)
{
	struct household h;
	i64 organisation;
	try(household_shown(req, "seen", &h, &organisation));
	struct seen_page page = { .h = &h, .name = household_name(req->a, &h), .path = household_path(req->a, &h, "") };
	req->v.here = S(PEOPLE_ROUTE);
	try(household_doings(req, &h, false, &page));
	seen_cut(req, &page, SEEN_A_PAGE, household_path(req->a, &h, "/vues"));
	return seen_html(&req->v, &page);
}

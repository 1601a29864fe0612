/* What was decided of a family's demand, why, and what it can do: on the page that its card opens, and on a page of its own. Nothing is told
 * before somebody has decided. */
#include "awarding/family_html.h"
#include "awarding/why.h"
#include "html/format.h"

#define DECISION "/foyer/decision"
#define POINTS_SHOWN 12

/* Whether there is something to tell of a file, and what. An answer stays as long as the file: it can be contested after the computer is there. */
static enum err read_one(struct req *req, const struct file *f, struct why *w, bool *ret_due)
{
	*ret_due = f->state == FS_NOT_ELIGIBLE;
	if (*ret_due || f->state < FS_SIGNED || f->state > FS_LOST)
		return OK;
	try(why_of(req->db, f, w));
	*ret_due = (w->in_run || w->last.number) && notice_due(w);
	return OK;
}

enum err award_family(struct req *req, const struct household *h, struct family_panels *ret)
{
	const struct view *v = &req->v;
	struct family_files files;
	try(files_of_family(req->db, h->id, &files));
	for (size_t i = 0; i < files.n; i++) {
		struct why *w = arena_one(req->a, struct why);
		bool due;
		files_speak_of(req, &files, i);
		try(read_one(req, &files.v[i], w, &due));
		if (!due)
			continue;
		bool refused = files.v[i].state == FS_NOT_ELIGIBLE;
		struct family_panel *p = family_panel_add(req, ret, refused ? _("Vous n’êtes pas d’accord ?") : _("La réponse à votre demande"),
			refused ? _("Vous pouvez demander que l’on regarde à nouveau.") : notice_in(v, v->lang, w, &(struct signed_by){ S(""), S(""), S("") }).decision);
		family_link(p, in_language(v, v->lang, S(DECISION)),
			refused ? _("Que faire si je ne suis pas d’accord") : _("Pourquoi cette réponse, et que faire si je ne suis pas d’accord"));
	}
	return OK;
}

static void add(struct decision_lines *l, struct alloc_words words)
{
	for (size_t i = 0; i < words.n && l->n < POINTS_SHOWN; i++)
		l->v[l->n++] = words.v[i];
}

static struct decision_shown refusal_of(const struct view *v, const struct file *f, str organisation)
{
	struct decision_shown d = { .decision = _("Votre demande d’ordinateur n’est pas acceptée."), .day = iso_date_shown(v, f->since),
		.change = S(""), .mention = S(""),
		.why = { arena_many(v->a, str, 1), 0 } };
	if (f->reason.n)
		d.why.v[d.why.n++] = tr_here(v, file_reason_label(f->reason));
	d.appeal = notice_in(v, v->lang, arena_one(v->a, struct why), &(struct signed_by){ S(""), organisation, S("") }).appeal;
	return d;
}

static enum err shown_of(struct req *req, const struct file *f, const struct why *w, str organisation, struct decision_shown *ret)
{
	const struct view *v = &req->v;
	struct signed_by by;
	if (f->state == FS_NOT_ELIGIBLE) {
		*ret = refusal_of(v, f, organisation);
		return OK;
	}
	try(why_signed_by(req, w, organisation, &by));
	by.day = iso_date_shown(v, by.day);
	struct notice n = notice_in(v, v->lang, w, &by);
	*ret = (struct decision_shown){ .decision = n.decision, .day = by.day, .change = n.change, .mention = n.mention, .appeal = n.appeal,
		.why.v = arena_many(req->a, str, POINTS_SHOWN), .points.v = arena_many(req->a, str, POINTS_SHOWN) };
	ret->rules = n.rules.n > 0;
	add(&ret->why, person_words(v, w));
	if (w->in_run && w->standing != ST_ELSEWHERE) {
		add(&ret->why, rank_words(v, &w->run, &w->line));
		add(&ret->points, points_words(v, &w->params, w->file.facts));
	}
	return OK;
}

enum err family_decision(struct req *req)
{
	struct household h;
	struct family_files files;
	bool there;
	try(household_visiting(req, &h, &there));
	if (!there)
		return OK;
	try(files_of_family(req->db, h.id, &files));
	struct decision_page page = { .v = arena_many(req->a, struct decision_shown, files.n + 1) };
	for (size_t i = 0; i < files.n; i++) {
		struct why *w = arena_one(req->a, struct why);
		struct campaign c;
		bool due;
		files_speak_of(req, &files, i);
		try(read_one(req, &files.v[i], w, &due));
		if (!due)
			continue;
		try(campaign_get(req->db, files.v[i].campaign_id, &c));
		try(shown_of(req, &files.v[i], w, c.organisation, &page.v[page.n]));
		page.v[page.n++].title = files.campaigns[i];
	}
	req->v.said = NULL;
	return family_decision_html(&req->v, &page);
}

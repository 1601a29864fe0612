/* A pair side by side, and one record made of both: what differs is asked, with an answer proposed; nothing is written when one of the
 * two has changed since the page was shown. */
#include "audit/audit.h"
#include "base/buf.h"
#include "db/db.h"
#include "duplicates/merge_html.h"
#include "duplicates/pages.h"
#include "editing/editing.h"
#include "html/format.h"
#include "http/session.h"

#define MERGE_ROUTE "/agent/doublons/:paire"
#define PART_MOST 5

static const char *const sides[] = { "un", "deux", "tous" };
enum { FIRST, SECOND, BOTH };

struct couple { i64 ids[2]; struct place_owned v[2]; int latest; };

static enum err couple_read(struct db *db, struct couple *c)
{
	struct pair_label_row label;
	for (int i = 0; i < 2; i++) {
		try(pair_label(db, c->ids[i], &label));
		try(place_owned(db, label.code, &c->v[i]));
	}
	c->latest = str_cmp(c->v[SECOND].place.f[P_DATE_MAJ], c->v[FIRST].place.f[P_DATE_MAJ]) > 0 ? SECOND : FIRST;
	return OK;
}

/* ---- what is asked ---- */

/* The fields that one question is about: an address and a point are taken whole. */
static size_t parts_of(enum place_field f, enum place_field ret[PART_MOST])
{
	static const enum place_field address[PART_MOST] = { P_ADRESSE, P_COMPLEMENT_ADRESSE, P_CODE_POSTAL, P_COMMUNE, P_CODE_INSEE };
	if (f == P_ADRESSE) {
		memcpy(ret, address, sizeof address);
		return PART_MOST;
	}
	ret[0] = f;
	ret[1] = P_LONGITUDE;
	return f == P_LATITUDE ? 2 : 1;
}

/* Of telephones, all: a place that came without the list has the first one only. */
static str said(const struct place *p, enum place_field f)
{
	str s = f == P_TELEPHONES && !p->f[f].n ? p->f[P_TELEPHONE] : p->f[f];
	return s.p ? s : S("");
}

static bool differs(const struct couple *c, enum place_field f)
{
	enum place_field parts[PART_MOST];
	size_t n = parts_of(f, parts);
	bool ret = false;
	for (size_t i = 0; i < n; i++)
		ret |= !str_eq(said(&c->v[FIRST].place, parts[i]), said(&c->v[SECOND].place, parts[i]));
	return ret;
}

/* The one that says more; when both say as much, the one that was verified last. Where both have a point, it is that of the address. */
static int proposed(const struct couple *c, enum place_field f)
{
	enum place_field parts[PART_MOST];
	size_t n = parts_of(f, parts);
	int more = 0;
	for (size_t i = 0; i < n; i++)
		more += (said(&c->v[SECOND].place, parts[i]).n > 0) - (said(&c->v[FIRST].place, parts[i]).n > 0);
	if (more == 0 && f == P_LATITUDE)
		return proposed(c, P_ADRESSE);
	return more > 0 ? SECOND : more < 0 ? FIRST : c->latest;
}

/* The values of both lists, each once, `a`'s first. */
static str united(struct arena *arena, str a, str b)
{
	struct buf ret = buf_new(arena, a.n + b.n + 2);
	buf_put(&ret, a);
	for (str one; b.n && str_next(&b, '|', &one);) {
		bool there = false;
		str rest = a, other;
		while (rest.n && str_next(&rest, '|', &other))
			there |= str_eq(one, other);
		if (!there)
			buf_printf(&ret, "%s%.*s", ret.n ? "|" : "", STR_ARG(one));
	}
	return buf_str(&ret);
}

/* ---- the page ---- */

static str words_of(const struct view *v, const struct place *p, enum place_field f)
{
	if (f == P_LATITUDE)
		return p->f[f].n ? str_printf(v->a, "%.*s, %.*s", STR_ARG(p->f[f]), STR_ARG(p->f[P_LONGITUDE])) : S("");
	if (f == P_ADRESSE)
		return p->f[P_COMPLEMENT_ADRESSE].n ? str_printf(v->a, "%.*s, %.*s", STR_ARG(p->f[P_COMPLEMENT_ADRESSE]), STR_ARG(place_address(v, p)))
			: place_address(v, p);
	return edit_words(v, f, said(p, f));
}

/* Two values that the same words tell are told as they are stored. */
static void tell_apart(const struct view *v, const struct couple *c, enum place_field f, str words[2])
{
	for (int i = 0; i < 2; i++) {
		str raw = c->v[i].place.f[f == P_ADRESSE ? P_CODE_INSEE : f];
		if (raw.n)
			words[i] = str_printf(v->a, "%.*s (%.*s)", STR_ARG(words[i]), STR_ARG(raw));
	}
}

/* What was answered, else what is proposed. */
static int answer_to(const struct form *form, const char *name, int otherwise)
{
	str typed = field_typed(form, name);
	for (int i = FIRST; i <= BOTH; i++)
		if (str_eq(typed, str_c(sides[i])))
			return i;
	return otherwise;
}

static struct merge_question question(const struct view *v, const struct form *form, const struct couple *c, const char *name)
{
	enum place_field f = place_field_named(str_c(name));
	struct merge_question q = { .name = name, .label = edit_label(v, f), .options = { .n = 2 } };
	int chosen = answer_to(form, name, proposed(c, f));
	str words[2];
	for (int i = 0; i < 2; i++)
		words[i] = words_of(v, &c->v[i].place, f);
	if (str_eq(words[FIRST], words[SECOND]))
		tell_apart(v, c, f, words);
	for (int i = 0; i < 2; i++)
		q.options.v[i] = (struct merge_option){ sides[i], words[i], chosen == i };
	if (place_field_kinds[f] == 'L' && words[FIRST].n && words[SECOND].n)
		q.options.v[q.options.n++] = (struct merge_option){ sides[BOTH], _("les deux listes"), chosen == BOTH };
	return q;
}

static void put_questions(const struct view *v, const struct form *form, const struct couple *c, struct merge_page *page)
{
	const struct form_spec *spec = merge_spec;
	str *same = arena_many(v->a, str, spec->n);
	size_t n_same = 0;
	page->questions.v = arena_many(v->a, struct merge_question, spec->n);
	for (size_t i = 0; i < spec->n; i++) {
		enum place_field f = place_field_named(str_c(spec->fields[i].name));
		if (f == P_COUNT)
			continue;
		if (differs(c, f))
			page->questions.v[page->questions.n++] = question(v, form, c, spec->fields[i].name);
		else if (said(&c->v[FIRST].place, f).n)
			same[n_same++] = edit_label(v, f);
	}
	page->same = str_join(v->a, same, n_same, S(", "));
}

/* "/lieux/essai-01 (SIRET 12345678900011)": the number goes with the address, so it is told when there are two. */
static str address_words(const struct view *v, const struct couple *c, int side)
{
	const str *mine = c->v[side].place.f;
	str path = str_printf(v->a, "/lieux/%.*s", STR_ARG(mine[P_ID])), pivot = mine[P_PIVOT];
	bool told = pivot.n && !value_pivot_is_placeholder(pivot) && !str_eq(pivot, c->v[!side].place.f[P_PIVOT]);
	return told ? str_printf(v->a, "%.*s (SIRET %.*s)", STR_ARG(path), STR_ARG(pivot)) : path;
}

static enum err show(struct req *req, struct couple *c)
{
	const struct view *v = &req->v;
	try(couple_read(req->db, c));
	struct merge_page page = { .form = req->form, .pair = req_param(req, "paire"),
		.address = { .name = "garder", .label = _("Quelle adresse Internet garder ?"), .options = { .n = 2 } } };
	int kept = answer_to(req->form, "garder", c->latest);
	for (int i = 0; i < 2; i++) {
		const struct place *p = &c->v[i].place;
		str checked = p->f[P_DATE_MAJ].n ? _f("Vérifié le {1}.", iso_date_shown(v, p->f[P_DATE_MAJ])) : S("");
		page.sides[i] = (struct merge_side){ p->f[P_ID], p->f[P_NOM], place_address(v, p), checked, c->v[i].version_id };
		page.address.options.v[i] = (struct merge_option){ sides[i], address_words(v, c, i), kept == i };
	}
	put_questions(v, req->form, c, &page);
	req->v.here = S("/agent/doublons");
	try(form_stamp(req, MERGE_ROUTE));
	return merge_html(&req->v, &page);
}

enum err merge_form(struct req *req)
{
	struct couple c;
	req->form->n_errors = 0;                 /* nobody has been asked yet */
	return pair_of(req_param(req, "paire"), c.ids) ? show(req, &c) : NOT_FOUND;
}

/* ---- merging ---- */

/* The chosen values that the kept one does not have. */
static struct place change_of(const struct req *req, const struct couple *c, int kept)
{
	const struct place *mine = &c->v[kept].place, *theirs = &c->v[!kept].place;
	struct place ret = { .place_id = mine->place_id };
	enum place_field parts[PART_MOST];
	for (size_t i = 0; i < merge_spec->n; i++) {
		const char *name = merge_spec->fields[i].name;
		enum place_field f = place_field_named(str_c(name));
		int chosen = f == P_COUNT ? kept : answer_to(req->form, name, kept);
		if (chosen == kept || !differs(c, f))
			continue;
		size_t n = parts_of(f, parts);
		for (size_t k = 0; k < n; k++)
			ret.f[parts[k]] = chosen == BOTH ? united(req->a, said(mine, parts[k]), said(theirs, parts[k])) : said(theirs, parts[k]);
	}
	if (str_cmp(theirs->f[P_DATE_MAJ], mine->f[P_DATE_MAJ]) > 0)
		ret.f[P_DATE_MAJ] = theirs->f[P_DATE_MAJ];
	return ret;
}

static bool as_shown(const struct req *req, const struct couple *c)
{
	i64 first, second;
	return str_i64(form_text(req, "version-un"), &first) && str_i64(form_text(req, "version-deux"), &second) &&
		first == c->v[FIRST].version_id && second == c->v[SECOND].version_id;
}

struct merging { struct req *req; struct couple couple; };

static enum err merge_tx(struct db *db, void *arg, str *ret_path)
{
	struct merging *m = arg;
	struct couple *c = &m->couple;
	const struct session *who = m->req->session;
	*ret_path = S("/agent/doublons?fait=1");
	try(couple_read(db, c));
	if (!as_shown(m->req, c))
		return CONFLICT;
	int kept = answer_to(m->req->form, "garder", c->latest);
	struct place_merge merge = { .kept = c->v[kept], .other = c->v[!kept], .change = change_of(m->req, c, kept),
		.author = str_printf(db_arena(db), "user:%lld", (long long)who->user_id) };
	try(place_merge(db, &merge));
	return audit_write(db, &(struct audit){ .user_id = who->user_id, .organisation_id = merge.kept.organisation_id, .action = "place.merge",
		.object = "place", .object_id = merge.kept.place.place_id,
		.detail = str_printf(db_arena(db), "%lld", (long long)merge.other.place.place_id) });
}

enum err merge_post(struct req *req)
{
	const struct view *v = &req->v;
	struct merging m = { .req = req };
	if (!pair_of(req_param(req, "paire"), m.couple.ids))
		return NOT_FOUND;
	enum err e = form_ok(req) ? post_once(req, merge_tx, &m) : OK;
	if (e == CONFLICT)
		form_fail(req, "garder", _("Quelqu’un vient de changer une des deux fiches. Regardez-les à nouveau : vos réponses sont encore là."));
	if (e == INVALID)
		form_fail(req, "garder", _("Ces réponses ensemble ne font pas une fiche juste. Là où vous avez pris les deux listes, choisissez-en une."));
	if (form_ok(req))
		return e;
	form_refused(req);
	req->status = e == CONFLICT ? 409 : req->status;
	return show(req, &m.couple);
}

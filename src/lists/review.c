/* Families of a list that are perhaps known already, side by side with those they look like, and why: somebody says. A school is only shown
 * its own words, as when it names one family (files/name.c). */
#include "lists/pages.h"

#include "audit/audit.h"
#include "base/phone.h"
#include "http/session.h"
#include "lists/review_html.h"
#include "people/people.h"

enum { A_PAGE = 8 };

struct reviewing { struct req *req; struct list_at at; str verdict; struct list_columns c; struct household *seen[A_PAGE * LIKES_MOST]; size_t n_seen; };

static str why_words(const struct view *v, str why)
{
	if (str_eq(why, S("both")))
		return _("même téléphone et noms proches");
	if (str_eq(why, S("phone")))
		return _("même téléphone, noms différents");
	return str_eq(why, S("names")) ? _("noms proches") : _("même adresse et même nom");
}

static str entry_name(struct arena *a, const struct list_entry *e) { return str_trim(str_printf(a, "%.*s %.*s", STR_ARG(e->given), STR_ARG(e->family))); }

static str entry_about(const struct view *v, const struct list_entry *e, i64 line)
{
	str phone = e->phone.n ? phone_grouped(v->a, e->phone) : _("sans téléphone");
	if (!e->child.n)
		return _f("{1}, ligne {2}", phone, number_shown(v->a, v->lang, line));
	return _f("{1} ({2}), {3}, ligne {4}", e->child, e->class_, phone, number_shown(v->a, v->lang, line));
}

static enum err entry_of(struct reviewing *w, const struct list_row_line *row, struct list_entry *ret)
{
	struct vault_asker vault = vault_of(w->req);
	struct list_rows cells;
	struct list_row_line_list one = { (struct list_row_line *)(uintptr_t)row, 1 };
	try(list_open_rows(&vault, &w->at.l, S("perhaps the same family"), &one, &cells));
	list_entries(w->req->a, &w->c, &cells, ret);
	return OK;
}

/* A family that is known, as an agent may see it. */
static enum err known_option(struct reviewing *w, i64 household, struct review_option *ret)
{
	struct req *req = w->req;
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct household *h = arena_one(req->a, struct household);
	str parts[PERSONS_MOST + 1];
	size_t n = 0;
	try(household_get(req->db, household, h));
	if (h->erased)
		return NOT_FOUND;
	try(household_open(&vault, S("perhaps the same family"), &h, 1));
	w->seen[w->n_seen++] = h;
	for (size_t i = 0; i < h->n && n < lengthof(parts); i++)
		if (h->persons[i].child)
			parts[n++] = h->persons[i].class_.n ? _f("{1} ({2})", h->persons[i].given, h->persons[i].class_) : h->persons[i].given;
	for (size_t i = 0; i < h->n && n < lengthof(parts); i++)
		if (h->persons[i].phone.n)
			parts[n++] = phone_grouped(v->a, h->persons[i].phone);
	ret->title = household_name(req->a, h);
	ret->about = str_join(req->a, parts, n, S(", "));
	return OK;
}

/* A family that the school named, in the words it used. */
static enum err own_option(struct reviewing *w, i64 household, struct review_option *ret)
{
	struct req *req = w->req;
	struct vault_asker vault = vault_of(req);
	struct file_named_row_list rows;
	try(file_named_by_school(req->db, w->at.l.school_id.v, 1000, 0, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].root == household) {
			struct vault_own item = file_named_item(req->a, rows.v[i].household_id, rows.v[i].key_enc, rows.v[i].id, rows.v[i].named_enc);
			str opened;
			try(vault_open_own(&vault, S("named by this school"), &item, 1, &opened));
			ret->title = file_named_words(req->a, opened);
			ret->about = rows.v[i].class;
			return OK;
		}
	return NOT_FOUND;
}

static enum err row_option(struct reviewing *w, i64 number, struct review_option *ret)
{
	struct list_row_line row;
	struct list_entry e;
	try(list_row_get(w->req->db, w->at.l.id, number, &row));
	if (!row.cells_enc.p && row.household_id.set)    /* taken since: it is a household now */
		return w->at.by_school ? own_option(w, row.household_id.v, ret) : known_option(w, row.household_id.v, ret);
	if (!row.cells_enc.p)
		return NOT_FOUND;
	try(entry_of(w, &row, &e));
	ret->title = entry_name(w->req->a, &e);
	ret->about = entry_about(&w->req->v, &e, row.line);
	return OK;
}

static enum err put_line(struct reviewing *w, const struct list_row_line *row, struct review_line *ret)
{
	struct req *req = w->req;
	struct list_like_line_list likes;
	struct list_entry e;
	try(entry_of(w, row, &e));
	try(list_likes(req->db, w->at.l.id, row->number, &likes));
	*ret = (struct review_line){ .field = str_printf(req->a, "r%lld", (long long)row->number), .number = str_printf(req->a, "%lld", (long long)row->number),
		.name = entry_name(req->a, &e), .about = entry_about(&req->v, &e, row->line), .other = str_eq(row->choice, S("other")), .later = !row->choice.n,
		.options = { arena_many(req->a, struct review_option, likes.n + 1), 0 } };
	for (size_t i = 0; i < likes.n && i < LIKES_MOST; i++) {
		const struct list_like_line *l = &likes.v[i];
		struct review_option *o = &ret->options.v[ret->options.n];
		*o = (struct review_option){ .value = str_printf(req->a, "%lld", (long long)l->rank), .why = why_words(&req->v, l->why) };
		o->chosen = str_eq(o->value, row->choice);
		enum err got = w->at.by_school && l->hidden ? NOT_FOUND : l->like_number ? row_option(w, l->like_number, o)
			: w->at.by_school ? own_option(w, l->household_id, o) : known_option(w, l->household_id, o);
		if (got != OK && got != NOT_FOUND)
			return got;
		ret->options.n += got == OK;
	}
	return OK;
}

static enum err seen_tx(struct db *db, void *arg)
{
	const struct reviewing *w = arg;
	for (size_t i = 0; i < w->n_seen; i++)
		try(household_seen(db, w->req, w->seen[i]->id, w->at.l.organisation_id, "alike"));
	return OK;
}

static enum err begin(struct req *req, struct reviewing *w)
{
	struct vault_asker vault = vault_of(req);
	*w = (struct reviewing){ .req = req };
	try(list_of(req, &w->at));
	w->verdict = str_eq(form_text(req, "quoi"), S("sures")) ? S("same") : S("ask");
	bool open = str_eq(w->at.l.state, S("checked")) || str_eq(w->at.l.state, S("done"));
	return open && w->at.l.key_enc.p ? list_columns_of(&vault, &w->at.l, &w->c) : list_elsewhere(req, &w->at);
}

static str page_path(const struct reviewing *w, i64 page)
{
	return str_printf(w->req->a, "%.*s/familles?quoi=%s&page=%lld", STR_ARG(w->at.path), str_eq(w->verdict, S("same")) ? "sures" : "doutes", (long long)page);
}

static i64 rows_in_all(const struct list_count_list *rows, str verdict, bool city)
{
	i64 n = 0;
	for (size_t i = 0; i < rows->n; i++)
		if (str_eq(rows->v[i].verdict, verdict) && !rows->v[i].outcome.n && (city || !rows->v[i].by_city))
			n += rows->v[i].n;
	return n;
}

enum err list_review(struct req *req)
{
	struct reviewing *w = arena_one(req->a, struct reviewing);
	struct list_row_line_list rows;
	struct list_count_list counts;
	i64 number = form_int(req, "page", 1);
	try(begin(req, w));
	bool city = !w->at.by_school;
	try(list_counts(req->db, w->at.l.id, &counts));
	try(list_rows_of(req->db, w->at.l.id, w->verdict, city, A_PAGE, (number - 1) * A_PAGE, &rows));
	struct review_page page = { .path = w->at.path, .index = w->at.index, .title = w->at.l.school.p ? w->at.l.school : w->at.l.source,
		.verdict = str_eq(w->verdict, S("same")) ? S("sures") : S("doutes"), .certain = str_eq(w->verdict, S("same")), .saved = form_given(req, "fait"),
		.v = arena_many(req->a, struct review_line, rows.n + 1) };
	for (; page.n < rows.n; page.n++)
		try(put_line(w, &rows.v[page.n], &page.v[page.n]));
	page.pager = pager_of(number, rows_in_all(&counts, w->verdict, city), A_PAGE, in_language(&req->v, req->v.lang, page_path(w, number - 1)),
		in_language(&req->v, req->v.lang, page_path(w, number + 1)));
	if (w->n_seen)
		try(db_tx(req->db, seen_tx, w));
	try(form_stamp(req, w->at.by_school ? "/agent/ecole/:ecole/listes/:liste/familles" : "/agent/campagnes/:campagne/listes/:liste/familles"));
	return list_review_html(&req->v, &page);
}

/* ---- what was said ---- */

static enum err choose_tx(struct db *db, void *arg, str *ret_path)
{
	const struct reviewing *w = arg;
	struct list_row_line row;
	const struct pairs *said = &w->req->body;
	for (size_t i = 0; i < said->n; i++) {
		i64 number, rank;
		str choice = said->v[i].value;
		if (!str_starts(said->v[i].name, S("r")) || !str_i64(str_slice(said->v[i].name, 1, SIZE_MAX), &number))
			continue;
		bool known = str_eq(choice, S("other")) || str_eq(choice, S("")) || (str_i64(choice, &rank) && rank > 0 && rank <= LIKES_MOST);
		enum err e = list_row_get(db, w->at.l.id, number, &row);
		if (e != OK && e != NOT_FOUND)
			return e;
		if (e == OK && known && !(w->at.by_school && row.by_city))
			try(list_row_choose(db, w->at.l.id, number, choice));
	}
	*ret_path = str_printf(db_arena(db), "%.*s&fait=1", STR_ARG(page_path(w, form_int(w->req, "page", 1))));
	return audit_write(db, &(struct audit){ .user_id = w->req->session->user_id, .organisation_id = w->at.l.organisation_id, .action = "list.choose",
		.object = "list", .object_id = w->at.l.id });
}

enum err list_review_post(struct req *req)
{
	struct reviewing *w = arena_one(req->a, struct reviewing);
	try(begin(req, w));
	return post_once(req, choose_tx, w);
}

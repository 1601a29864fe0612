/* See written.h. */
#include "content/written.h"

#include "audit/audit.h"
#include "base/timex.h"
#include "content/written_sql.h"
#include "db/id.h"
#include "http/req.h"

static const char *const lang_names[LANG_COUNT] = { [LANG_FR] = "fr", [LANG_SIMPLE] = "simple", [LANG_EN] = "en", [LANG_AR] = "ar" };

str written_lang_name(enum lang l) { return str_c(lang_names[l]); }

bool written_lang_of(str name, enum lang *ret)
{
	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (str_eq(name, written_lang_name(l))) {
			*ret = l;
			return true;
		}
	return false;
}

bool written_kind_of(str name, enum written_kind *ret)
{
	for (enum written_kind k = 0; k < WRITTEN_KINDS; k++)
		if (str_eq(name, str_c(written_kinds[k].name))) {
			*ret = k;
			return true;
		}
	return false;
}

static str kind_name(enum written_kind k) { return str_c(written_kinds[k].name); }

/* ---- what the public reads ---- */

/* The text of one of the rows in a language; absent when it has none. */
static str text_in(const struct written_row *v, size_t n, enum lang l)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].lang.p && str_eq(v[i].lang, written_lang_name(l)))
			return v[i].text;
	return (str){ 0 };
}

/* The article of this name, of its rows: false when there is no text of it. */
static bool article_of(const struct view *v, enum written_kind kind, str name, const struct written_row *rows, size_t n, struct article *ret)
{
	*ret = (struct article){ .name = name, .lang = v->lang };
	str text = text_in(rows, n, v->lang);
	if (!text.p)
		text = article_delivered(kind, name, v->lang);
	if (!text.p) {
		ret->lang = LANG_FR;
		text = text_in(rows, n, LANG_FR);
	}
	if (text.p)
		article_parse(v->a, text, ret, NULL);
	return text.p;
}

enum err article_find(struct db *db, const struct view *v, enum written_kind kind, str name, struct article *ret)
{
	struct written_row_list rows;
	try(written_read(db, kind_name(kind), name, written_lang_name(v->lang), &rows));
	if (rows.n && rows.v[0].withdrawn_ms.set)
		return CONFLICT;
	return article_of(v, kind, name, rows.v, rows.n, ret) ? OK : NOT_FOUND;
}

/* The rows of the page from `i` on: how many. */
static size_t rows_of(const struct written_row_list *rows, size_t i)
{
	size_t n = 1;
	while (i + n < rows->n && str_eq(rows->v[i + n].name, rows->v[i].name))
		n++;
	return n;
}

static void add_article(const struct view *v, enum written_kind kind, str name, const struct written_row *rows, size_t n, struct articles *ret)
{
	bool gone = n && rows[0].withdrawn_ms.set;
	if (!gone && article_of(v, kind, name, rows, n, &ret->v[ret->n]))
		ret->n++;
}

enum err articles_all(struct db *db, const struct view *v, enum written_kind kind, struct articles *ret)
{
	struct written_row_list rows;
	size_t delivered = 0;
	str name;
	try(written_read_all(db, kind_name(kind), written_lang_name(v->lang), &rows));
	while (article_delivered_name(kind, delivered, &name))
		delivered++;
	*ret = (struct articles){ arena_many(v->a, struct article, delivered + rows.n + 1), 0 };
	for (size_t d = 0; article_delivered_name(kind, d, &name); d++) {
		size_t i = 0;
		while (i < rows.n && !str_eq(rows.v[i].name, name))
			i++;
		add_article(v, kind, name, i < rows.n ? &rows.v[i] : NULL, i < rows.n ? rows_of(&rows, i) : 0, ret);
	}
	for (size_t i = 0, n; i < rows.n; i += n) {
		n = rows_of(&rows, i);
		if (!article_delivered(kind, rows.v[i].name, LANG_FR).p)
			add_article(v, kind, rows.v[i].name, rows.v + i, n, ret);
	}
	return OK;
}

/* ---- what those who write see ---- */

static i64 id_of(struct opt_i64 id) { return id.set ? id.v : 0; }

static i64 later(i64 a, i64 b) { return a > b ? a : b; }

enum err written_load(struct db *db, enum written_kind kind, str name, struct written *ret)
{
	struct written_page_row page = { .id = 0 };
	struct written_now_row_list now;
	enum lang l;
	i64 french[LANG_COUNT] = { 0 };
	*ret = (struct written){ .kind = kind, .name = name, .delivered = article_delivered(kind, name, LANG_FR).p };
	enum err e = written_page_find(db, kind_name(kind), name, &page);
	if (e != OK && (e != NOT_FOUND || !ret->delivered))
		return e;
	ret->page_id = page.id;
	ret->withdrawn = page.withdrawn_ms.set;
	for (l = 0; l < LANG_COUNT; l++)
		ret->lang[l].published = article_delivered(kind, name, l);
	try(written_now_of(db, kind_name(kind), name, &now));
	for (size_t i = 0; i < now.n; i++) {
		const struct written_now_row *row = &now.v[i];
		if (!written_lang_of(row->lang, &l))
			continue;
		struct written_lang *of = &ret->lang[l];
		of->own = row->published_id.set;
		of->published = of->own ? row->published : of->published;
		of->draft = row->draft_id.set ? row->draft : (str){ 0 };
		of->head = later(id_of(row->published_id), id_of(row->draft_id));
		of->outrun = row->draft_id.set && id_of(row->published_id) > row->draft_id.v;
		french[l] = row->french_id;
		ret->french = l == LANG_FR ? id_of(row->published_id) : ret->french;
	}
	bool any = false;
	for (l = 0; l < LANG_COUNT; l++) {
		ret->lang[l].stale = l != LANG_FR && ret->lang[l].published.p && french[l] != ret->french;
		any |= ret->lang[l].published.p || ret->lang[l].draft.p;
	}
	return any ? OK : NOT_FOUND;
}

/* The line of a page, made when it is not there yet. */
static struct written_line *line_of(struct written_lines *all, enum written_kind kind, str name)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].kind == kind && str_eq(all->v[i].name, name))
			return &all->v[i];
	all->v[all->n] = (struct written_line){ .kind = kind, .name = name };
	return &all->v[all->n++];
}

static void add_delivered(struct arena *a, struct written_lines *all, enum written_kind kind)
{
	str name;
	for (size_t i = 0; article_delivered_name(kind, i, &name); i++) {
		struct article article = { .name = name };
		struct written_line *line = line_of(all, kind, name);
		article_parse(a, article_delivered(kind, name, LANG_FR), &article, NULL);
		line->title = article.title;
		for (enum lang l = 0; l < LANG_COUNT; l++)
			line->lang[l].published = article_delivered(kind, name, l).p;
	}
}

static size_t delivered_pages(void)
{
	size_t n = 0;
	str name;
	for (enum written_kind k = 0; k < WRITTEN_KINDS; k++)
		for (size_t i = 0; article_delivered_name(k, i, &name); i++)
			n++;
	return n;
}

/* One language of a page; `french` holds the versions by line: of the French, and what each translation was compared with. */
static void add_state(struct written_lines *all, const struct written_state_row *row, i64 (*french)[LANG_COUNT])
{
	enum written_kind kind;
	enum lang l;
	if (!written_kind_of(row->kind, &kind))
		return;
	struct written_line *line = line_of(all, kind, row->name);
	line->withdrawn = row->withdrawn_ms.set;
	if (!row->lang.p || !written_lang_of(row->lang, &l))
		return;
	line->lang[l].published |= row->published_id.set;
	line->lang[l].draft = row->draft_id.set;
	french[line - all->v][l] = l == LANG_FR ? id_of(row->published_id) : id_of(row->french_id);
	if (l == LANG_FR && row->title.p && (row->published_id.set || !line->title.n))
		line->title = row->title;
}

enum err written_list(struct db *db, struct arena *a, struct written_lines *ret)
{
	struct written_state_row_list rows;
	try(written_states(db, &rows));
	size_t most = delivered_pages() + rows.n + 1;
	i64 (*french)[LANG_COUNT] = arena_alloc(a, most * sizeof *french);
	*ret = (struct written_lines){ arena_many(a, struct written_line, most), 0 };
	for (enum written_kind k = 0; k < WRITTEN_KINDS; k++)
		add_delivered(a, ret, k);
	for (size_t i = 0; i < rows.n; i++)
		add_state(ret, &rows.v[i], french);
	size_t kept = 0;
	for (size_t i = 0; i < ret->n; i++) {
		bool any = false;
		for (enum lang l = 0; l < LANG_COUNT; l++) {
			ret->v[i].lang[l].stale = l != LANG_FR && ret->v[i].lang[l].published && french[i][l] != french[i][LANG_FR];
			any |= ret->v[i].lang[l].published || ret->v[i].lang[l].draft;
		}
		if (any)                         /* else its only draft was given up */
			ret->v[kept++] = ret->v[i];
	}
	ret->n = kept;
	return OK;
}

/* ---- changes ---- */

static enum err log_change(struct db *db, const struct written_change *c, const char *action, i64 page_id)
{
	char detail[AUDIT_DETAIL_MAX];
	snprintf(detail, sizeof detail, "kind=%s name=%.*s lang=%s", written_kinds[c->kind].name, STR_ARG(c->name), lang_names[c->lang]);
	return audit_write(db, &(struct audit){ .user_id = c->user_id, .action = action, .object = "written_page", .object_id = page_id,
		.detail = str_c(detail) });
}

static struct opt_i64 some(i64 id) { return (struct opt_i64){ id, id != 0 }; }

/* The row of a page, made when it has none, and held; what is there now. */
static enum err touched(struct db *db, const struct written_change *c, struct written *w)
{
	struct written_page_row page;
	try(written_page_put(db, id_new(), kind_name(c->kind), c->name));
	try(written_page_find(db, kind_name(c->kind), c->name, &page));
	try(written_page_hold(db, page.id));
	enum err e = written_load(db, c->kind, c->name, w);
	return e == NOT_FOUND ? OK : e;          /* nothing is written of it yet */
}

static enum err put_version(struct db *db, const struct written_change *c, i64 page_id, const char *state, i64 *ret_id)
{
	struct article article = { .name = c->name };
	article_parse(db_arena(db), c->text, &article, NULL);
	*ret_id = id_new();
	return written_text_put(db, *ret_id, page_id, written_lang_name(c->lang), str_c(state), article.title, c->text, now_ms(), c->user_id);
}

/* The ids of what counts now in a language, 0 where nothing does. */
struct ids { i64 published, draft, french; };
static enum err ids_of(struct db *db, const struct written_change *c, struct ids *ret)
{
	struct written_now_row_list now;
	*ret = (struct ids){ 0 };
	try(written_now_of(db, kind_name(c->kind), c->name, &now));
	for (size_t i = 0; i < now.n; i++)
		if (str_eq(now.v[i].lang, written_lang_name(c->lang)))
			*ret = (struct ids){ id_of(now.v[i].published_id), id_of(now.v[i].draft_id), now.v[i].french_id };
	return OK;
}

static enum err set_ids(struct db *db, const struct written_change *c, i64 page_id, struct ids ids)
{
	return written_now_put(db, page_id, written_lang_name(c->lang), some(ids.published), some(ids.draft), ids.french);
}

static bool same(str text, str other) { return text.p && str_eq(str_trim(text), str_trim(other)); }

/* What is asked for is so already. */
static bool is_so(const struct written_change *c, const struct written_lang *now)
{
	if (c->publish)
		return same(now->published, c->text) && (c->beside || !now->draft.p) && !now->stale;
	return same(now->draft.p ? now->draft : now->published, c->text);
}

/* The text that the public reads stays; its draft goes, and a translation is compared with its French. */
static enum err settle(struct db *db, const struct written_change *c, const struct written *w, struct ids ids)
{
	ids.draft = c->beside ? ids.draft : 0;
	ids.french = c->lang == LANG_FR ? 0 : c->french;
	try(set_ids(db, c, w->page_id, ids));
	return log_change(db, c, c->lang == LANG_FR ? "written.drop" : "written.compared", w->page_id);
}

/* A version more, which counts from now on. */
static enum err add_version(struct db *db, const struct written_change *c, const struct written *w, struct ids ids)
{
	i64 id;
	try(put_version(db, c, w->page_id, c->publish ? "published" : "draft", &id));
	if (c->publish)
		ids = (struct ids){ .published = id, .draft = c->beside ? ids.draft : 0, .french = c->lang == LANG_FR ? 0 : c->french };
	else
		ids.draft = id;
	try(set_ids(db, c, w->page_id, ids));
	try(log_change(db, c, c->publish ? "written.publish" : "written.draft", w->page_id));
	return c->publish ? generation_bump(db, GEN_CONTENT) : OK;
}

enum err written_save(struct db *db, const struct written_change *c)
{
	struct written w;
	struct ids ids;
	try(touched(db, c, &w));
	const struct written_lang *now = &w.lang[c->lang];
	if (is_so(c, now))
		return OK;
	if (now->head != c->head)
		return CONFLICT;
	if (c->publish && c->lang != LANG_FR && !w.lang[LANG_FR].published.p)
		return INVALID;
	try(ids_of(db, c, &ids));
	return c->publish && same(now->published, c->text) ? settle(db, c, &w, ids) : add_version(db, c, &w, ids);
}

enum err written_drop(struct db *db, const struct written_change *c)
{
	struct written w;
	struct ids ids;
	try(touched(db, c, &w));
	try(ids_of(db, c, &ids));
	if (!ids.draft)
		return NOT_FOUND;
	if (later(ids.draft, ids.published) != c->head)
		return CONFLICT;
	ids.draft = 0;
	try(set_ids(db, c, w.page_id, ids));
	return log_change(db, c, "written.drop", w.page_id);
}

enum err written_compared(struct db *db, const struct written_change *c)
{
	struct written w;
	struct ids ids;
	try(touched(db, c, &w));
	if (c->lang == LANG_FR || !w.lang[c->lang].published.p)
		return NOT_FOUND;
	try(ids_of(db, c, &ids));
	ids.french = c->french;
	try(set_ids(db, c, w.page_id, ids));
	return log_change(db, c, "written.compared", w.page_id);
}

enum err written_withdraw(struct db *db, const struct written_change *c, bool withdrawn)
{
	struct written w;
	try(written_load(db, c->kind, c->name, &w));
	try(touched(db, c, &w));
	if (w.withdrawn == withdrawn)
		return NOT_FOUND;
	try(written_page_withdraw(db, w.page_id, some(withdrawn ? now_ms() : 0)));
	try(log_change(db, c, withdrawn ? "written.withdraw" : "written.put-back", w.page_id));
	return generation_bump(db, GEN_CONTENT);
}

enum err written_reset(struct db *db, const struct written_change *c)
{
	struct written w;
	bool any = false;
	try(written_load(db, c->kind, c->name, &w));
	try(touched(db, c, &w));
	for (enum lang l = 0; w.delivered && l < LANG_COUNT; l++) {
		struct written_change back = { .kind = c->kind, .name = c->name, .lang = l, .text = S(""), .user_id = c->user_id };
		i64 id;
		if (!w.lang[l].head)
			continue;
		any = true;
		try(put_version(db, &back, w.page_id, "delivered", &id));
	}
	if (!any)
		return NOT_FOUND;
	try(written_now_drop(db, w.page_id));
	try(log_change(db, c, "written.reset", w.page_id));
	return generation_bump(db, GEN_CONTENT);
}

/* ---- the history ---- */

static struct written_past past_of(const struct written_version *v)
{
	return (struct written_past){ v->id, v->saved_ms, v->saved_by, v->state, v->title, v->text };
}

enum err written_history(struct db *db, const struct written *w, enum lang l, struct written_pasts *ret)
{
	struct written_version_list rows;
	try(written_versions(db, w->page_id, written_lang_name(l), WRITTEN_VERSIONS, &rows));
	*ret = (struct written_pasts){ arena_many(db_arena(db), struct written_past, rows.n), rows.n };
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = past_of(&rows.v[i]);
	return OK;
}

enum err written_version(struct db *db, const struct written *w, enum lang l, i64 id, struct written_past *ret)
{
	struct written_version row;
	try(written_version_of(db, w->page_id, written_lang_name(l), id, &row));
	*ret = past_of(&row);
	return OK;
}

/* A list is taken row by row, in the file's order, a few in each transaction: a row is marked in the transaction that names its family, so
 * that whatever happens it counts once. Rows that wait for a word from somebody, and those that follow them, are left. */
#include "lists/pages.h"

#include "audit/audit.h"

enum { BATCH = 8, PAGE = 40, TRIES = 3 };

struct taking { struct list_row_line row; const struct list_entry *e; struct file_naming n; i64 household_id; };
struct batch { struct list_step *s; struct taking *v; size_t n; };

/* The household that a row was said to be of: *ret is 0 for a new one. BUSY: it is not known yet. */
static enum err household_said(struct list_step *s, const struct list_row_line *row, const struct taking *batch, size_t n, i64 *ret)
{
	struct list_like_line_list likes;
	struct list_row_line other;
	i64 rank;
	*ret = 0;
	if (str_eq(row->verdict, S("new")) || str_eq(row->choice, S("other")))
		return OK;
	if (!str_i64(row->choice, &rank))
		return BUSY;
	try(list_likes(s->db, s->l.id, row->number, &likes));
	if (rank < 1 || rank > (i64)likes.n)
		return BUSY;
	const struct list_like_line *l = &likes.v[rank - 1];
	*ret = l->household_id;
	if (l->household_id)
		return OK;
	for (size_t i = 0; i < n; i++)           /* a row of this very batch is not written yet */
		if (batch[i].row.number == l->like_number)
			return CONFLICT;
	try(list_row_get(s->db, s->l.id, l->like_number, &other));
	*ret = other.household_id.v;
	return other.household_id.set && other.outcome.n && !str_eq(other.outcome, S("undone")) ? OK : BUSY;
}

/* The household as it is now: the one that it was merged into, when it was. */
static enum err read_into(struct list_step *s, struct taking *t)
{
	struct household h;
	try(household_get(s->db, t->household_id, &h));
	if (h.merged_into)
		try(household_get(s->db, h.merged_into, &h));
	if (h.erased)
		return NOT_FOUND;
	t->n.into = h;
	return OK;
}

static enum err prepare(struct list_step *s, struct taking *t)
{
	const struct list_entry *e = t->e;
	bool found;
	t->n = (struct file_naming){ .place = e->place, .by_school = s->l.school_id.set, .user_id = s->l.user_id, .class_ = e->class_,
		.detail = str_printf(s->a, "list=%lld", (long long)s->l.id), .fresh = { .address = e->address } };
	file_naming_people(&t->n, (struct person){ .given = e->given, .family = e->family, .phone = e->phone, .mail = e->mail, .language = e->language },
		(struct person){ .given = e->child, .birth_year = e->birth_year });
	if (t->household_id) {
		enum err got = read_into(s, t);
		if (got != OK && got != NOT_FOUND)
			return got;                      /* erased meanwhile: it is a new one */
	}
	if (!t->n.into.id)
		try(household_locate(s->db, &t->n.fresh, &found));
	return file_naming_seal(s->vault, &t->n);
}

static enum err take_one(struct db *db, const struct batch *b, struct taking *t)
{
	struct file_naming *n = &t->n;
	struct household h;
	try(file_naming_put(db, n));
	i64 household = n->into.id ? n->into.id : n->fresh.id;
	try(household_get(db, household, &h));
	bool added = n->made_row && !n->known;
	struct opt_i64 version = { h.version, true };
	try(list_row_take(db, b->s->l.id, t->row.number, n->into.id ? n->known && !n->made_row ? S("known") : S("joined") : S("new"),
		(struct opt_i64){ household, true }, version, (struct opt_i64){ n->file_id, true }, (struct opt_i64){ n->file_version, true },
		(struct opt_i64){ file_naming_who(n)->id, added }, (struct opt_i64){ n->row_id, n->made_row }));
	return db_changes(db) ? OK : CONFLICT;
}

static enum err take_tx(struct db *db, void *arg)
{
	struct batch *b = arg;
	for (size_t i = 0; i < b->n; i++)
		try(take_one(db, b, &b->v[i]));
	return OK;
}

/* Writes a batch; when somebody changed one of its households meanwhile, all are read again. */
static enum err flush(struct batch *b)
{
	enum err e = OK;
	for (int i = 0; i < TRIES && b->n; i++) {
		for (size_t k = 0; k < b->n; k++)
			try(prepare(b->s, &b->v[k]));
		e = db_tx(b->s->db, take_tx, b);
		if (e != CONFLICT)
			break;
	}
	b->n = 0;
	return e;
}

static bool is_due(const struct list_row_line *r)
{
	return !r->outcome.n && r->cells_enc.p && !str_eq(r->verdict, S("rejected")) && r->verdict.n;
}

static bool has_household(const struct batch *b, i64 household)
{
	for (size_t i = 0; household && i < b->n; i++)
		if (b->v[i].household_id == household)
			return true;
	return false;
}

static enum err take_row(struct batch *b, const struct list_row_line *row, const struct list_entry *e)
{
	i64 household = 0;
	enum err said = household_said(b->s, row, b->v, b->n, &household);
	if (said == CONFLICT || (said == OK && has_household(b, household))) {
		try(flush(b));                   /* what this row depends on is written first */
		said = household_said(b->s, row, b->v, 0, &household);
	}
	if (said != OK)
		return said == BUSY ? OK : said; /* it waits for somebody */
	b->v[b->n++] = (struct taking){ .row = *row, .e = e, .household_id = household };
	return b->n == BATCH ? flush(b) : OK;
}

static enum err done_tx(struct db *db, void *arg)
{
	const struct list_step *s = arg;
	try(list_move(db, s->l.id, S("apply"), S("done"), s->l.user_id));
	return audit_write(db, &(struct audit){ .user_id = s->l.user_id, .organisation_id = s->l.organisation_id, .action = "list.apply", .object = "list",
		.object_id = s->l.id });
}

enum err list_apply(struct list_step *s)
{
	struct list_row_line_list lines;
	struct list_rows rows;
	struct list_columns columns;
	struct batch b = { .s = s, .v = arena_many(s->a, struct taking, BATCH) };
	str unknown;
	try(list_load(s, &lines, &rows, &columns));
	struct list_entry *v = arena_many(s->a, struct list_entry, rows.n + 1);
	list_entries(s->a, &columns, &rows, v);
	try(list_find_schools(s->db, &s->l, v, rows.n, &unknown));
	for (size_t i = 0; i < rows.n; i++) {
		if (is_due(&lines.v[i]) && v[i].place.school_id)
			try(take_row(&b, &lines.v[i], &v[i]));
		if (i % PAGE == PAGE - 1)
			try(list_progress(s, (i64)i + 1));
	}
	try(flush(&b));
	return db_tx(s->db, done_tx, s);
}

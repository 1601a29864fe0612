/* What a list would bring: which rows are families, and which of them are perhaps the same as an earlier row or as a household that is
 * known. The same telephone and names that sound alike are sure; one of both, or one address, is a question. Nothing is opened but the
 * list: households are found by their hashes. */
#include "lists/pages.h"

#include "base/words.h"
#include "people/people.h"

enum { PROGRESS = 100 };

enum why { WHY_BOTH, WHY_PHONE, WHY_NAMES, WHY_ADDRESS, WHY_NONE };
static const char *const why_codes[] = { "both", "phone", "names", "address" };

struct like { i64 number, household_id; enum why why; bool hidden; };
struct likes { struct like v[LIKES_MOST]; size_t n; };

/* An adult as it is compared. */
struct heard { struct name_sounds given, family; u64 phone, address; };

struct checking {
	struct list_step *s;
	struct list_row_line_list lines;
	struct list_entry *v;
	struct heard *heard;
	struct likes *likes;
	str unknown;
};

static bool alike(const struct name_sounds *a, const struct name_sounds *b)
{
	for (size_t i = 0; i < a->n; i++)
		for (size_t j = 0; j < b->n; j++)
			if (a->v[i] == b->v[j])
				return true;
	return false;
}

static struct heard heard_of(struct arena *a, const struct list_entry *e)
{
	str address = list_column_key(a, e->address);
	return (struct heard){ name_heard(a, e->given), name_heard(a, e->family), e->phone.n ? str_hash(e->phone) : 0, address.n > 8 ? str_hash(address) : 0 };
}

static bool same_names(const struct heard *a, const struct heard *b)
{
	if (!a->given.n || !b->given.n)
		return a->given.n == b->given.n && alike(&a->family, &b->family);
	return (alike(&a->given, &b->given) && alike(&a->family, &b->family)) || (alike(&a->given, &b->family) && alike(&a->family, &b->given));
}

static enum why why_same(const struct heard *a, const struct heard *b)
{
	bool phone = a->phone && a->phone == b->phone, names = same_names(a, b);
	if (phone)
		return names ? WHY_BOTH : WHY_PHONE;
	if (names && a->given.n)
		return WHY_NAMES;
	return a->address && a->address == b->address && alike(&a->family, &b->family) ? WHY_ADDRESS : WHY_NONE;
}

/* Kept with the surest first; of a household and a row that are as sure, what came first. */
static void add_like(struct likes *l, struct like one)
{
	size_t at = 0;
	while (at < l->n && l->v[at].why <= one.why)
		at++;
	if (at == LIKES_MOST)
		return;
	l->n += l->n < LIKES_MOST;
	for (size_t i = l->n - 1; i > at; i--)
		l->v[i] = l->v[i - 1];
	l->v[at] = one;
}

static bool is_family(const struct list_entry *e) { return (e->reason == LR_NONE || e->reason == LR_PHONE) && e->named; }

/* Of rows that are surely one family, the first stands for them. */
static void within(struct checking *c, size_t i, const bool *leads)
{
	for (size_t k = 0; k < i; k++) {
		enum why w = leads[k] && is_family(&c->v[k]) ? why_same(&c->heard[k], &c->heard[i]) : WHY_NONE;
		if (w != WHY_NONE)
			add_like(&c->likes[i], (struct like){ .number = c->v[k].number, .why = w });
	}
}

static enum err among_known(struct checking *c, size_t i)
{
	const struct list_line *l = &c->s->l;
	const struct list_entry *e = &c->v[i];
	struct person p = { .given = e->given, .family = e->family, .phone = e->phone };
	struct alikes found;
	try(people_alike_unopened(c->s->db, c->s->vault, l->organisation_id, &p, &found));
	for (size_t k = 0; k < found.n; k++) {
		i64 own = 1;
		enum why w = found.v[k].phone ? found.v[k].names ? WHY_BOTH : WHY_PHONE : WHY_NAMES;
		if (l->school_id.set)
			try(list_named_by(c->s->db, found.v[k].household_id, l->school_id.v, &own));
		add_like(&c->likes[i], (struct like){ .household_id = found.v[k].household_id, .why = w, .hidden = own == 0 });
	}
	return OK;
}

static enum err find_likes(struct checking *c)
{
	size_t n = c->lines.n;
	bool *leads = arena_many(c->s->a, bool, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (!is_family(&c->v[i]) || str_cmp(c->lines.v[i].outcome, S("")))
			continue;
		struct arena_mark m = arena_mark(c->s->a);
		c->heard[i] = heard_of(c->s->a, &c->v[i]);
		within(c, i, leads);
		bool sure = c->likes[i].n && c->likes[i].v[0].why == WHY_BOTH;
		if (!sure)
			try(among_known(c, i));
		leads[i] = !sure;
		arena_rewind(c->s->a, m);
		if (i % PROGRESS == PROGRESS - 1)
			try(list_progress(c->s, (i64)i + 1));
	}
	return OK;
}

static enum err judge(struct db *db, const struct checking *c, size_t i)
{
	const struct list_entry *e = &c->v[i];
	const struct likes *l = &c->likes[i];
	bool sure = l->n && l->v[0].why == WHY_BOTH, hidden = false;
	for (size_t k = 0; k < l->n; k++)
		hidden |= l->v[k].hidden;
	const char *verdict = !is_family(e) ? "rejected" : !l->n ? "new" : sure && !hidden ? "same" : "ask";
	return list_row_judge(db, c->s->l.id, e->number, str_c(verdict), str_c(list_reasons[e->reason].code), (i64)e->position,
		sure && !hidden && is_family(e) ? S("1") : S(""), is_family(e) && hidden);
}

static enum err judge_tx(struct db *db, void *arg)
{
	const struct checking *c = arg;
	i64 id = c->s->l.id;
	try(list_likes_drop(db, id));
	for (size_t i = 0; i < c->lines.n; i++) {
		if (c->lines.v[i].outcome.n)
			continue;
		try(judge(db, c, i));
		for (size_t k = 0; is_family(&c->v[i]) && k < c->likes[i].n; k++) {
			const struct like *l = &c->likes[i].v[k];
			try(list_like_put(db, id, c->v[i].number, (i64)k + 1, l->number, l->household_id, l->why == WHY_BOTH, str_c(why_codes[l->why]), l->hidden));
		}
	}
	try(list_move(db, id, S("check"), S("checked"), c->s->l.user_id));
	return db_changes(db) ? OK : CONFLICT;
}

static enum err ask_schools(struct db *db, void *arg)
{
	const struct checking *c = arg;
	return list_schools(db, c->s->l.id, c->unknown);
}

enum err list_check(struct list_step *s)
{
	struct checking c = { .s = s };
	struct list_rows rows;
	struct list_columns columns;
	try(list_load(s, &c.lines, &rows, &columns));
	c.v = arena_many(s->a, struct list_entry, rows.n + 1);
	c.heard = arena_many(s->a, struct heard, rows.n + 1);
	c.likes = arena_many(s->a, struct likes, rows.n + 1);
	list_entries(s->a, &columns, &rows, c.v);
	try(list_find_schools(s->db, &s->l, c.v, rows.n, &c.unknown));
	if (c.unknown.n) {
		try(list_seal_text(s->vault, &s->l, "schools", c.unknown, &c.unknown));
		return db_tx(s->db, ask_schools, &c);
	}
	try(find_likes(&c));
	return db_tx(s->db, judge_tx, &c);
}

/* /agent/imports/:import/lieux: the places that are new, those that change, with what, and those that the file no longer has. */
#include "intake/foreseen.h"

#include "base/csv.h"
#include "base/pack.h"
#include "editing/editing.h"
#include "intake/foreseen_html.h"
#include "intake/pages.h"

enum { VALUE_SHOWN = 400, ONE_MOST = 64 << 10, PAGE_PLACES = 10, PAGE_CHANGES = 60, PIECE_PLACES = 200 };
enum kind { NEW, CHANGED, VANISHED };

/* ---- written down ---- */

static str beginning(struct arena *a, str s)
{
	size_t n = s.n;
	if (n <= VALUE_SHOWN)
		return s;
	for (n = VALUE_SHOWN; n && ((u8)s.p[n] & 0xC0) == 0x80;)
		n--;
	return str_printf(a, "%.*s…", (int)n, s.p);
}

/* Of a new place, all that is said of it and not in its first line; of another, what changes, but for the day, which is the file's. The first number is among
 * all of them. */
static bool tells(const struct place_foreseen *f, size_t i)
{
	bool first_line = i == P_NOM || i == P_ADRESSE || i == P_CODE_POSTAL || i == P_COMMUNE ||
		(i == P_PIVOT && f->next && value_pivot_is_placeholder(f->next->f[P_PIVOT]));
	bool told = f->next && (f->now ? i != P_DATE_MAJ && !str_eq(f->now->f[i], f->next->f[i]) : !first_line && f->next->f[i].n > 0);
	return told && (i != P_TELEPHONE || !tells(f, P_TELEPHONES));
}

static void pack_changes(struct buf *b, const struct place_foreseen *f)
{
	i64 n = 0;
	for (size_t i = P_PIVOT; i < P_COUNT; i++)
		n += tells(f, i);
	pack_i64(b, n);
	for (size_t i = P_PIVOT; i < P_COUNT; i++)
		if (tells(f, i)) {
			pack_i64(b, (i64)i);
			pack_str(b, f->now ? beginning(b->a, f->now->f[i]) : S(""));
			pack_str(b, beginning(b->a, f->next->f[i]));
		}
}

bool foreseen_pack(struct buf *b, const struct place_foreseen *f)
{
	const struct place *p = f->now ? f->now : f->next;
	if (b->n + ONE_MOST > FORESEEN_BYTES)
		return false;
	pack_i64(b, !f->now ? NEW : f->next ? CHANGED : VANISHED);
	pack_str(b, p->f[P_ID]);
	pack_str(b, beginning(b->a, p->f[P_NOM]));
	pack_str(b, beginning(b->a, str_printf(b->a, "%.*s, %.*s %.*s", STR_ARG(p->f[P_ADRESSE]), STR_ARG(p->f[P_CODE_POSTAL]), STR_ARG(p->f[P_COMMUNE]))));
	pack_changes(b, f);
	return true;
}

/* ---- read again ---- */

struct one { enum kind kind; str id, name, where; i64 n; };

/* The next place; its `n` changes follow. False: there is none. */
static bool next_place(struct unpack *u, struct one *ret)
{
	if (!u->rest.n)
		return false;
	i64 kind = unpack_i64(u);
	*ret = (struct one){ .kind = kind == CHANGED ? CHANGED : kind == VANISHED ? VANISHED : NEW };
	ret->id = unpack_str(u);
	ret->name = unpack_str(u);
	ret->where = unpack_str(u);
	ret->n = unpack_i64(u);
	return !u->bad && ret->n >= 0 && ret->n <= P_COUNT;
}

/* A change as it is stored; the words of it take longer, and are made of what is shown only. */
struct raw { enum place_field field; str before, after; };

static struct raw next_change(struct unpack *u)
{
	i64 field = unpack_i64(u);
	str before = unpack_str(u), after = unpack_str(u);
	return (struct raw){ field >= 0 && field < P_COUNT ? (enum place_field)field : P_NOM, before, after };
}

/* ---- the page ---- */

static const struct { const char *name, *title; size_t count; /* among those of the upload */ } kinds[] = {
	[NEW] = { "nouveaux", N_("Lieux nouveaux"), 1 }, [CHANGED] = { "changent", N_("Lieux qui changent"), 2 },
	[VANISHED] = { "absents", N_("Lieux que le fichier n’a plus"), 5 },
};

/* How many places of this kind the check has counted. */
static i64 counted(const struct upload_row *row, enum kind kind)
{
	str rest = row->counts, one = S("");
	i64 n = 0;
	for (size_t i = 0; i <= kinds[kind].count && str_next(&rest, ' ', &one); i++)
		n = str_i64(one, &n) ? n : 0;
	return n;
}

static void show_place(const struct view *v, const struct one *one, struct unpack *u, struct foreseen_page *page)
{
	struct foreseen_place *p = &page->v[page->n++];
	*p = (struct foreseen_place){ one->id, one->name, one->where, arena_many(v->a, struct foreseen_change, (size_t)one->n + 1), 0 };
	for (; p->n < (size_t)one->n; p->n++) {
		struct raw c = next_change(u);
		p->v[p->n] = (struct foreseen_change){ edit_label(v, c.field), edit_words(v, c.field, c.before), edit_words(v, c.field, c.after) };
	}
}

/* Those of a kind from the first of this page to its last; *ret_pages: how many pages there are. A page ends after ten places, or when many of
 * their fields change. */
static void put_page(struct req *req, struct unpack u, enum kind kind, struct foreseen_page *page, i64 number, i64 *ret_pages)
{
	struct one one;
	i64 at = 1, places = 0, changes = 0, all = 0;
	page->v = arena_many(req->a, struct foreseen_place, PAGE_PLACES);
	while (next_place(&u, &one)) {
		if (one.kind == kind && (places == PAGE_PLACES || (places && changes + one.n > PAGE_CHANGES))) {
			at++;
			places = changes = 0;
		}
		if (one.kind == kind) {
			places++;
			all++;
			changes += one.n;
		}
		if (one.kind == kind && at == number)
			show_place(&req->v, &one, &u, page);
		else
			for (i64 i = 0; i < one.n; i++)
				next_change(&u);
	}
	*ret_pages = at;
	page->cut = all < counted(page->row, kind);
}

static str page_url(const struct req *req, const struct foreseen_page *page, enum kind kind, i64 number)
{
	return in_language(&req->v, req->v.lang, str_printf(req->a, "%.*s/lieux?quoi=%s&page=%lld", STR_ARG(page->path), kinds[kind].name, (long long)number));
}

enum err intake_foreseen_page(struct req *req)
{
	struct upload u;
	struct upload_foreseen_row row;
	enum kind kind = NEW;
	i64 number = form_int(req, "page", 1), pages = 1;
	req->v.here = S("/agent/imports");
	try(intake_load(req, &u));
	try(upload_foreseen(req->db, u.row.id, &row));
	for (enum kind k = NEW; k <= VANISHED; k++)
		kind = str_eq(form_text(req, "quoi"), str_c(kinds[k].name)) ? k : kind;
	struct foreseen_page page = { .row = &u.row, .path = intake_path(req, u.row.id), .title = tr(req->v.lang, kinds[kind].title), .fresh = kind == NEW,
		.vanished = kind == VANISHED };
	put_page(req, (struct unpack){ .rest = row.foreseen }, kind, &page, number, &pages);
	if (number > pages)
		return NOT_FOUND;
	page.pager = (struct pager){ .page = number, .pages = pages };
	if (number > 1)
		page.pager.previous = page_url(req, &page, kind, number - 1);
	if (number < pages)
		page.pager.next = page_url(req, &page, kind, number + 1);
	return foreseen_html(&req->v, &page);
}

/* ---- all of it as CSV, values as they are stored ---- */

static void put_place(const struct view *v, struct buf *out, struct unpack *u, const struct one *one)
{
	static const char *const words[] = { [NEW] = N_("nouveau"), [CHANGED] = N_("change"), [VANISHED] = N_("absent du fichier") };
	str cells[7] = { tr(v->lang, words[one->kind]), one->id, one->name, one->where, S(""), S(""), S("") };
	for (i64 i = 0; i < one->n; i++) {
		struct raw c = next_change(u);
		cells[4] = edit_label(v, c.field);
		cells[5] = c.before;
		cells[6] = c.after;
		csv_row_typed(out, cells, lengthof(cells));
	}
	if (!one->n)
		csv_row_typed(out, cells, lengthof(cells));
}

/* The whole may be more than an answer that is made at once. */
static enum err next_places(struct req *req, struct buf *out)
{
	struct unpack *u = req->handler_data;
	struct one one;
	for (int i = 0; i < PIECE_PLACES && next_place(u, &one); i++)
		put_place(&req->v, out, u, &one);
	return OK;
}

static enum err first_piece(struct req *req, struct buf *out)
{
	buf_put(out, S("\xEF\xBB\xBFsorte,id,nom,adresse,champ,avant,apres\n"));
	req->next_piece = next_places;
	return OK;
}

enum err intake_foreseen_csv(struct req *req)
{
	struct upload u;
	struct upload_foreseen_row row;
	struct unpack *rest = arena_one(req->a, struct unpack);
	try(intake_load(req, &u));
	try(upload_foreseen(req->db, u.row.id, &row));
	rest->rest = row.foreseen;
	req->handler_data = rest;
	resp_file(req, str_printf(req->a, "import-%lld-lieux.csv", (long long)u.row.id), true);
	resp_pieces(req, first_piece, (str){ 0 });
	return OK;
}

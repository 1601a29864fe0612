/* What files ask for: what their wave says, and what each says otherwise; and the devices that may answer, as the engine compares them. */
#include "matching/pages.h"

static const char *const kinds[] = { "laptop", "desktop", "tablet" };        /* enum device_kind */
static const char *const grades[] = { "A", "B", "C" };

static i64 index_of(const char *const *codes, str code)
{
	for (i64 i = 0; i < 3; i++)
		if (str_eq(code, str_c(codes[i])))
			return i;
	return 0;
}

enum err match_asks_of(struct db *db, i64 wave_id, struct match_wave_row *ret)
{
	enum err e = match_wave_of(db, wave_id, ret);
	if (e == NOT_FOUND)
		*ret = (struct match_wave_row){ .wave_id = wave_id, .kind = S("laptop"), .memory_gb = 8, .screen = 13, .grade = S("B") };
	return e == NOT_FOUND ? OK : e;
}

enum err match_wish_now(struct db *db, i64 file_id, struct match_wish_row *ret)
{
	enum err e = match_wish_of(db, file_id, ret);
	if (e == NOT_FOUND)
		*ret = (struct match_wish_row){ .file_id = file_id, .kind = S(""), .day = S("") };
	return e == NOT_FOUND ? OK : e;
}

struct match_side match_need_of(const struct match_wave_row *wave, const struct match_wish_row *wish)
{
	i64 screen = wish->large_screen && wave->screen < LARGE_SCREEN ? LARGE_SCREEN : wave->screen;
	return (struct match_side){ .v = { [TRAIT_KIND] = index_of(kinds, wish->kind.n ? wish->kind : wave->kind),
		[TRAIT_RAM] = wish->memory_gb ? wish->memory_gb : wave->memory_gb, [TRAIT_SCREEN] = screen, [TRAIT_GRADE] = index_of(grades, wave->grade) } };
}

struct match_side match_device_of(const struct device *d)
{
	return (struct match_side){ .id = d->label, .v = { [TRAIT_KIND] = index_of(kinds, d->kind), [TRAIT_RAM] = d->memory_gb,
		[TRAIT_SCREEN] = d->screen_tenths / 10, [TRAIT_GRADE] = index_of(grades, d->grade) } };
}

enum err match_needs_of(struct db *db, const struct match_wave_row *wave, struct needs *ret)
{
	struct match_need_row_list rows;
	try(match_needs(db, wave->wave_id, MATCH_MOST, &rows));
	*ret = (struct needs){ .v = arena_many(db_arena(db), struct need, rows.n + 1) };
	for (; ret->n < rows.n; ret->n++) {
		const struct match_need_row *r = &rows.v[ret->n];
		struct match_wish_row wish = { .kind = r->kind.p ? r->kind : S(""), .memory_gb = r->memory_gb.set ? r->memory_gb.v : 0,
			.large_screen = r->large_screen.set && r->large_screen.v };
		struct need *n = &ret->v[ret->n];
		*n = (struct need){ r->file_id, r->school_id.set ? r->school_id.v : 0, match_need_of(wave, &wish) };
		n->side.id = r->public_id;
	}
	return OK;
}

str match_need_text(struct arena *a, const struct match_side *need)
{
	return str_printf(a, "%s %lld %lld %s", kinds[need->v[TRAIT_KIND]], (long long)need->v[TRAIT_RAM], (long long)need->v[TRAIT_SCREEN],
		grades[need->v[TRAIT_GRADE]]);
}

bool match_need_read(str text, struct match_side *ret)
{
	str kind, memory, screen;
	if (!str_next(&text, ' ', &kind) || !str_next(&text, ' ', &memory) || !str_next(&text, ' ', &screen))
		return false;
	*ret = (struct match_side){ .v = { [TRAIT_KIND] = index_of(kinds, kind), [TRAIT_GRADE] = index_of(grades, text) } };
	return str_i64(memory, &ret->v[TRAIT_RAM]) && str_i64(screen, &ret->v[TRAIT_SCREEN]);
}

bool match_falls_short(const struct match_side *device, const struct match_side *need)
{
	const i64 *d = device->v, *n = need->v;
	return d[TRAIT_KIND] != n[TRAIT_KIND] || d[TRAIT_RAM] < n[TRAIT_RAM] || d[TRAIT_SCREEN] < n[TRAIT_SCREEN] || d[TRAIT_GRADE] > n[TRAIT_GRADE];
}

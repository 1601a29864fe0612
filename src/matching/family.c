/* What a family asks for and what is kept for it, in words that it reads: its access file, and agents' pages as well. */
#include "matching/pages.h"

str match_kind_words(const struct view *v, i64 kind)
{
	return kind == KIND_LAPTOP ? _("un portable") : kind == KIND_DESKTOP ? _("un fixe") : _("une tablette");
}

static str number(const struct view *v, i64 n) { return number_shown(v->a, v->lang, n); }
static str grade_words(i64 grade) { return grade == 0 ? S("A") : grade == 1 ? S("B") : S("C"); }

str match_need_words(const struct view *v, const struct match_side *need)
{
	str parts[TRAITS];
	size_t n = 0;
	parts[n++] = match_kind_words(v, need->v[TRAIT_KIND]);
	if (need->v[TRAIT_RAM])
		parts[n++] = _f("{1} Go", number(v, need->v[TRAIT_RAM]));
	if (need->v[TRAIT_SCREEN])
		parts[n++] = _f("{1} pouces", number(v, need->v[TRAIT_SCREEN]));
	parts[n++] = _f("qualité {1} au moins", grade_words(need->v[TRAIT_GRADE]));
	return str_join(v->a, parts, n, S(", "));
}

/* What the file asks for, and a large screen by its own words. */
str match_asked_words(const struct view *v, const struct match_wave_row *wave, const struct match_wish_row *wish)
{
	struct match_side need = match_need_of(wave, wish);
	str words = match_need_words(v, &need);
	return wish->large_screen ? _f("{1}, grand écran demandé", words) : words;
}

enum err match_kept_for(struct db *db, i64 file_id, struct device *ret)
{
	struct devices of;
	*ret = (struct device){ .id = 0 };
	try(stock_of_file(db, file_id, &of));
	for (size_t i = 0; i < of.n; i++)
		if (of.v[i].state == SS_RESERVED)
			*ret = of.v[i];
	return OK;
}

enum err matching_held(struct req *req, const struct household *h, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct family_files files;
	try(files_ever_of_family(req->db, h->id, &files));
	for (size_t i = 0; i < files.n; i++) {
		struct match_wish_row_list wishes;
		struct match_wave_row wave;
		struct device kept;
		files_speak_of(req, &files, i);
		str title = _f("L’appareil que vous demandez : {1}", files.campaigns[i]);
		const struct file *f = &files.v[i];
		try(match_asks_of(req->db, f->wave_id, &wave));
		try(match_wishes_ever(req->db, f->id, &wishes));
		for (size_t k = 0; k < wishes.n; k++)
			held_put(req->a, ret, title, iso_date_shown(v, wishes.v[k].day), match_asked_words(v, &wave, &wishes.v[k]));
		try(match_kept_for(req->db, f->id, &kept));
		if (kept.id)
			held_put(req->a, ret, title, _("Gardé pour vous"), _f("{1}, {2}", stock_label(v->a, kept.label), stock_device_words(v, &kept)));
	}
	return OK;
}

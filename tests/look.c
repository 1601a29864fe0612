/* See look.h. */
#include "look.h"

#include "pages/html.h"

#define PAGE_MAX ((size_t)256 * 1024)

const struct city look_city = {
	.name = S_INIT("Gabare-sur-Loire"),
	.public_url = S_INIT("https://numerique.example.org"),
	.help_phone = S_INIT("+33261914400"),
	.help_hours = S_INIT("du lundi au vendredi, de 9 h à 18 h"),
	.help_desk = S_INIT("quai des Essais, sous l’horloge"),
	.help_mail = S_INIT("numerique@example.org"),
	.director = S_INIT("Maïa Pilote, maire inventée"),
	.host = S_INIT("La Cale, 1 quai des Essais, 44000 Nantes"),
	.demo = true,
};

struct view look_view(struct arena *a, enum lang l)
{
	struct buf *out = arena_one(a, struct buf);
	*out = buf_new(a, PAGE_MAX);
	return (struct view){ .out = out, .a = a, .lang = l, .city = &look_city, .path = S("/"), .here = S("") };
}

size_t look_count(str page, const char *text)
{
	size_t n = 0;
	str needle = str_c(text);
	for (ptrdiff_t at; (at = str_find(page, needle)) >= 0; n++)
		page = str_slice(page, (size_t)at + needle.n, page.n);
	return n;
}

bool look_has(str page, const char *text)
{
	return str_find(page, str_c(text)) >= 0;
}

bool look_between(str page, size_t *at, const char *from, const char *to, str *ret)
{
	ptrdiff_t start = str_find(str_slice(page, *at, page.n), str_c(from));
	if (start < 0)
		return false;
	size_t begin = *at + (size_t)start + strlen(from);
	ptrdiff_t end = str_find(str_slice(page, begin, page.n), str_c(to));
	if (end < 0)
		return false;
	*ret = str_slice(page, begin, begin + (size_t)end);
	*at = begin + (size_t)end;
	return true;
}

static bool has_id(const struct page *p, str id)
{
	for (int i = 0; i < p->n_ids; i++)
		if (str_eq(p->ids[i], id))
			return true;
	return false;
}

struct look look_at(struct arena *a, str markup)
{
	struct page *p = arena_one(a, struct page);
	p->a = a;
	page_read(p, markup);
	for (int i = 0; i < p->n_refs; i++)
		if (!has_id(p, p->refs[i]))
			page_problem(p, "nothing has the id %.*s", STR_ARG(p->refs[i]));
	if (p->n_h1 != 1 || !p->h1.n || p->n_titles != 1 || !p->title.n || p->n_main != 1)
		page_problem(p, "%d h1, %d title, %d main", p->n_h1, p->n_titles, p->n_main);
	if (look_has(markup, "(null)") || look_has(markup, "{1}") || look_has(markup, "{n}"))
		page_problem(p, "a hole that nothing filled");
	return (struct look){ p->n_problems ? str_z(a, p->problems[0]) : NULL, p->elements };
}

struct look look_at_piece(struct arena *a, str piece)
{
	str around = S("<!DOCTYPE html><html lang=\"fr\"><head><title>t</title></head><body><main><h1>h</h1>");
	return look_at(a, str_printf(a, "%.*s%.*s</main></body></html>", STR_ARG(around), STR_ARG(piece)));
}

/* See markdown.h. CommonMark's reference library does the reading; its safe mode is its default and stays on. */
#include "html/markdown.h"

#include <cmark.h>

#include "html/format.h"

/* Puts the French name that an emphasis holds in its place, marked for the language of the page. */
static void name_in_place(const struct view *v, cmark_node *emphasis)
{
	cmark_node *words = cmark_node_first_child(emphasis);
	const char *name = words && !cmark_node_next(words) ? cmark_node_get_literal(words) : NULL;
	if (!name)
		return;
	cmark_node *made = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
	bool placed = made && cmark_node_set_on_enter(made, str_z(v->a, french_html(v, str_c(name)).s)) && cmark_node_replace(emphasis, made);
	assert(placed);
	cmark_node_free(emphasis);
}

/* A link to a page of ours leads to it in the language of the page, as those of templates do (tools/htmlc_html.c). */
static void link_in_language(const struct view *v, cmark_node *link)
{
	static const char *const without[] = { "//", "/a/", "/api/", "/q/" };
	str url = str_c(cmark_node_get_url(link));
	bool ours = str_starts(url, S("/")) && *langs[v->lang].prefix;
	for (size_t i = 0; i < lengthof(without); i++)
		ours &= !str_starts(url, str_c(without[i]));
	if (!ours)
		return;
	int set = cmark_node_set_url(link, str_z(v->a, in_language(v, v->lang, url)));
	assert(set);
}

static void mend(const struct view *v, cmark_node *root)
{
	cmark_iter *it = cmark_iter_new(root);
	cmark_event_type event;
	while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(it);
		if (event == CMARK_EVENT_EXIT && cmark_node_get_type(node) == CMARK_NODE_EMPH)
			name_in_place(v, node);
		else if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_LINK)
			link_in_language(v, node);
	}
	cmark_iter_free(it);
}

html markdown_html(const struct view *v, str text)
{
	int options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8 | (v->lang == LANG_SIMPLE ? CMARK_OPT_HARDBREAKS : 0);
	cmark_node *root = cmark_parse_document(text.n ? text.p : "", text.n, options);
	assert(root);
	mend(v, root);
	char *made = cmark_render_html(root, options);
	assert(made);
	html ret = {str_copy(v->a, str_c(made))};
	cmark_get_default_mem_allocator()->free(made);
	cmark_node_free(root);
	return ret;
}

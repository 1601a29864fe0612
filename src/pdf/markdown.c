/* Our own written pages on paper: CommonMark's reference library reads, here its blocks become headings, paragraphs and lists. */
#include <cmark.h>

#include "pdf/parts.h"
#include "pdf/typeset.h"

#define TEXT_MAX ((size_t)64 * 1024)

/* A block inside another one (a list in a list) begins a line. */
static void begin_line(struct buf *out)
{
	if (out->n && out->p[out->n - 1] != '\n')
		buf_byte(out, '\n');
}

static bool is_html(cmark_node_type type) { return type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE; }

/* The words of a block, with its bold marks; an emphasis holds a French name; raw HTML is left out. */
static str words(struct pdf *d, cmark_node *block)
{
	struct buf out = buf_new(d->a, TEXT_MAX);
	bool name = false;
	int bold = 0;
	cmark_iter *it = cmark_iter_new(block);
	for (cmark_event_type event; (event = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(it);
		cmark_node_type type = cmark_node_get_type(node);
		const char *literal = cmark_node_get_literal(node);
		if (type == CMARK_NODE_STRONG && (event == CMARK_EVENT_ENTER ? bold++ : --bold) == 0)
			buf_byte(&out, event == CMARK_EVENT_ENTER ? '\2' : '\3');
		else if (type == CMARK_NODE_PARAGRAPH && event == CMARK_EVENT_ENTER)
			begin_line(&out);
		else if (type == CMARK_NODE_EMPH)
			name = event == CMARK_EVENT_ENTER;
		else if (type == CMARK_NODE_SOFTBREAK)
			buf_byte(&out, d->lang == LANG_SIMPLE ? '\n' : ' ');
		else if (type == CMARK_NODE_LINEBREAK)
			buf_byte(&out, '\n');
		else if (literal && !is_html(type))
			buf_put(&out, name ? pdf_french(d->a, d->lang, str_c(literal)) : str_c(literal));
	}
	cmark_iter_free(it);
	return buf_str(&out);
}

static void put_list(struct pdf *d, cmark_node *list)
{
	size_t n = 0, all = 0;
	for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item))
		all++;
	str *items = arena_many(d->a, str, all);
	for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item))
		items[n++] = words(d, item);
	pdf_list(d, items, n);
}

void pdf_markdown(struct pdf *d, enum pdf_style style, str text)
{
	cmark_node *root = cmark_parse_document(text.n ? text.p : "", text.n, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
	assert(root);
	for (cmark_node *block = cmark_node_first_child(root); block; block = cmark_node_next(block)) {
		if (cmark_node_get_type(block) == CMARK_NODE_LIST)
			put_list(d, block);
		else if (cmark_node_get_type(block) == CMARK_NODE_HEADING)
			pdf_text(d, cmark_node_get_heading_level(block) < 3 ? PDF_H2 : PDF_H3, words(d, block));
		else
			pdf_text(d, style, words(d, block));
	}
	cmark_node_free(root);
}

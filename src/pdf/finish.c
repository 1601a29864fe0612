/* The last step of a document: what cairo 1.16 does not write (language, title in the window, one root of the structure, the order
 * of tabs), and objects packed in streams, by the library of qpdf. */
#include <qpdf/qpdf-c.h>
#include <string.h>

#include "base/log.h"
#include "pdf/parts.h"

#define FILE_MAX ((size_t)64 << 20)

/* The elements of the structure get one parent: the document. */
static void one_root(qpdf_data q, const struct pdf *d, qpdf_oh catalog)
{
	qpdf_oh root = qpdf_oh_get_key(q, catalog, "/StructTreeRoot");
	if (!qpdf_oh_is_dictionary(q, root))
		return;
	qpdf_oh kids = qpdf_oh_get_key(q, root, "/K");
	qpdf_oh document = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
	qpdf_oh_replace_key(q, document, "/Type", qpdf_oh_new_name(q, "/StructElem"));
	qpdf_oh_replace_key(q, document, "/S", qpdf_oh_new_name(q, "/Document"));
	qpdf_oh_replace_key(q, document, "/P", root);
	qpdf_oh_replace_key(q, document, "/K", kids);
	int n = qpdf_oh_is_array(q, kids) ? qpdf_oh_get_array_n_items(q, kids) : 0;
	size_t div = 0;
	for (int i = 0; i < n; i++) {
		qpdf_oh kid = qpdf_oh_get_array_item(q, kids, i), kind = qpdf_oh_get_key(q, kid, "/S");
		qpdf_oh_replace_key(q, kid, "/P", document);
		if (div < d->divs.n && qpdf_oh_is_name(q, kind) && strcmp(qpdf_oh_get_name(q, kind), "/Div") == 0)
			qpdf_oh_replace_key(q, kid, "/Lang", qpdf_oh_new_unicode_string(q, langs[(int)d->divs.p[div++]].tag));
	}
	qpdf_oh_replace_key(q, root, "/K", document);
}

static void complete(qpdf_data q, const struct pdf *d)
{
	qpdf_oh catalog = qpdf_get_root(q), viewer = qpdf_oh_new_dictionary(q);
	qpdf_oh_replace_key(q, catalog, "/Lang", qpdf_oh_new_unicode_string(q, langs[d->o.lang].tag));
	if (qpdf_oh_has_key(q, catalog, "/StructTreeRoot"))
		qpdf_oh_replace_key(q, catalog, "/MarkInfo", qpdf_oh_parse(q, "<< /Marked true >>"));
	qpdf_oh_replace_key(q, viewer, "/DisplayDocTitle", qpdf_oh_new_bool(q, QPDF_TRUE));
	if (langs[d->o.lang].rtl)
		qpdf_oh_replace_key(q, viewer, "/Direction", qpdf_oh_new_name(q, "/R2L"));
	qpdf_oh_replace_key(q, catalog, "/ViewerPreferences", viewer);
	one_root(q, d, catalog);
	for (int i = 0, n = qpdf_get_num_pages(q); i < n; i++)
		qpdf_oh_replace_key(q, qpdf_get_page_n(q, (size_t)i), "/Tabs", qpdf_oh_new_name(q, "/S"));
}

static bool failed(qpdf_data q, QPDF_ERROR_CODE code)
{
	if (!(code & QPDF_ERRORS))
		return false;
	log_line(LOG_ERROR, "pdf not packed", "qpdf=%d", (int)qpdf_get_error_code(q, qpdf_get_error(q)));
	return true;
}

static enum err pack(struct pdf *d, const struct buf *made, str *ret)
{
	qpdf_data q = qpdf_init();
	enum err e = INTERNAL;
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	if (!failed(q, qpdf_read_memory(q, "document", made->p, made->n, NULL))) {
		complete(q, d);
		if (!failed(q, qpdf_init_write_memory(q))) {
			qpdf_set_object_stream_mode(q, qpdf_o_generate);
			qpdf_set_deterministic_ID(q, QPDF_TRUE);
			e = failed(q, qpdf_write(q)) ? INTERNAL : OK;
		}
		if (e == OK)
			*ret = str_copy(d->a, (str){ (const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q) });
	}
	qpdf_cleanup(&q);
	return e;
}

static void release(struct pdf *d)
{
	for (struct block *b = d->first; b; b = b->next)
		for (size_t i = 0; i < b->n_cells; i++)
			g_object_unref(b->cell[i].layout);
	for (size_t i = 0; i < lengthof(d->of); i++)
		if (d->of[i])
			g_object_unref(d->of[i]);
}

enum err pdf_finish(struct pdf *d, str *ret)
{
	struct buf made = buf_new(d->a, FILE_MAX);
	assert(d->open == 0 && !d->in_entry);
	pdf_place(d);
	enum err e = pdf_draw(d, &made);
	release(d);
	return e == OK ? pack(d, &made, ret) : e;
}

/* Paper: the sheet of one act as a page to print and as the document that was drawn of it; those of a school, one sheet after another. */
#include "charter/sheet_html.h"
#include "charter/show.h"

enum err charter_sheet_show(struct req *req)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct charter_looking l;
	struct charter_doc d;
	try(charter_look(req, &l));
	if (!l.act.id)
		return NOT_FOUND;
	enum err e = charter_doc_read(req->db, &vault, S("a charter"), &l.act, &d);
	if (e != OK)
		return e == INVALID ? INTERNAL : e;
	struct charter_batch_page page = { .back = charter_file_path(req->a, &l.c, l.f.public_id, "/charte"), .title = _f("Charte : {1}", l.f.public_id),
		.sheets = { arena_many(req->a, struct charter_sheet, 1), 1 } };
	charter_sheet_of(v, &d, &page.sheets.v[0]);
	try(charter_seen(&l, "charter"));
	req->v.here = S("/agent/campagnes");
	return charter_sheet_html(&req->v, &page);
}

enum err charter_pdf_send(struct req *req)
{
	struct vault_asker vault = vault_of(req);
	struct charter_looking l;
	struct charter_file_row_list rows;
	str bytes;
	try(charter_look(req, &l));
	if (!l.act.id || !str_eq(l.act.pdf, S("made")))
		return NOT_FOUND;
	try(charter_files(req->db, l.act.id, S("print"), &rows));
	if (!rows.n || rows.v[0].gone_at.set)
		return NOT_FOUND;
	try(charter_file_open(req->db, req->a, &vault, S("a charter"), &l.act, rows.v[0].id, &bytes));
	try(charter_seen(&l, "charter"));
	req->content_type = S("application/pdf");
	resp_header(req, "Content-Disposition", str_printf(req->a, "inline; filename=\"charte-%.*s.pdf\"", STR_ARG(l.f.public_id)));
	buf_put(&req->out, bytes);
	return OK;
}

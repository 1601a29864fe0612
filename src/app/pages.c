/* Pages that belong to no domain; see pages.h. */
#include "app/pages.h"

#include "base/json_out.h"
#include "html/escape.h"

int pages_status(enum err e)
{
	switch (e) {
	case OK:
		return 200;
	case INVALID:
		return 400;
	case NOT_FOUND:
		return 404;
	case FORBIDDEN:
		return 403;
	case CONFLICT:
		return 409;
	case BUSY:
		return 503;
	case INTERNAL:
	case WAITING:
		break;
	}
	return 500;
}

static const struct { int status; const char *title, *sentence; } texts[] = {
	{ 400, N_("Demande incomprise"), N_("La demande n’est pas lisible. Vous pouvez revenir en arrière et recommencer.") },
	{ 403, N_("Page réservée"), N_("Cette page n’est pas ouverte à tous.") },
	{ 404, N_("Page introuvable"), N_("L’adresse a peut-être changé, ou une lettre manque.") },
	{ 405, N_("Demande impossible ici"), N_("Cette page ne peut pas être demandée ainsi.") },
	{ 409, N_("Déjà fait"), N_("Quelqu’un a changé cela entre-temps. Vous pouvez revenir en arrière et regarder où c’en est.") },
	{ 413, N_("Envoi trop gros"), N_("Ce que vous envoyez est trop gros.") },
	{ 429, N_("Trop de demandes"), N_("Beaucoup de demandes viennent du même endroit. Attendez une minute, ou téléphonez-nous.") },
	{ 503, N_("Un instant"), N_("Beaucoup de monde à la fois. Réessayez dans quelques secondes, ou téléphonez-nous.") },
	{ 500, N_("Une erreur de notre part"), N_("Quelque chose n’a pas marché chez nous. Réessayez, ou téléphonez-nous.") },
};

static size_t text_of(int status)
{
	size_t i = 0;
	while (i < lengthof(texts) - 1 && texts[i].status != status)
		i++;
	return i;
}

static void problem(struct req *req, int status, const char *detail)
{
	struct json j = json_new(&req->out);
	req->content_type = S("application/problem+json");
	json_open(&j, '{');
	json_member(&j, S("type"), S("about:blank"));
	json_member(&j, S("title"), tr(LANG_EN, texts[text_of(status)].title));
	json_key(&j, S("status"));
	json_i64(&j, status);
	json_member(&j, S("detail"), str_c(detail));
	json_member(&j, S("instance"), str_printf(req->a, "urn:gabare:request:%s", req->id));
	json_close(&j, '}');
}

static void page(struct req *req, int status)
{
	const struct view *v = &req->v;
	struct buf *o = &req->out;
	const struct lang_info *l = &langs[v->lang];
	size_t t = text_of(status);
	buf_printf(o, "<!doctype html>\n<html lang=\"%s\"%s>\n<meta charset=\"utf-8\">\n<title>", l->tag, l->rtl ? " dir=\"rtl\"" : "");
	esc_text(o, tr(v->lang, texts[t].title));
	buf_put(o, S("</title>\n<h1>"));
	esc_text(o, tr(v->lang, texts[t].title));
	buf_put(o, S("</h1>\n<p>"));
	esc_text(o, tr(v->lang, texts[t].sentence));
	buf_put(o, S("</p>\n</html>\n"));
}

void pages_error(struct req *req, int status, const char *detail)
{
	bool api = req->route ? req->route->flags & ROUTE_API : str_starts(req->path, S("/api/"));
	req->status = status;
	req->depends = 0;
	req->out.n = 0;
	req->out.full = false;
	req->content_type = S("text/html; charset=utf-8");
	if (api)
		problem(req, status, detail);
	else
		page(req, status);
}

static enum err healthz(struct req *req)
{
	req->content_type = S("text/plain; charset=utf-8");
	req->no_store = true;
	buf_put(&req->out, S("ok\n"));
	return OK;
}

ROUTES(app,
	ROUTE_WITH(GET, "/healthz", healthz, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_NO_LANG),
);

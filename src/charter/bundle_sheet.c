/* The signature sheet (émargement) of an evening: each charter by its code and its family, a box for each of those who sign it, and the way to the
 * page where it is all noted afterwards. For agents: in French. */
#include "charter/bundle.h"

#include "pdf/sheets.h"

#define BOX_LEAST 46.0                           /* points: a signature's height */
#define NAME_WIDTH 1.9

static const char *const short_roles[CR_COUNT] = { [CR_FAMILY] = N_("Famille"), [CR_CITY] = N_("Ville"), [CR_EDUCATION] = N_("École"),
	[CR_ESTABLISHMENT] = N_("Supérieur"), [CR_ASSOCIATION] = N_("Association") };

/* The codes of those that `flag` says, with commas. */
static str codes_of(const struct view *v, const struct bundle_sheet *s, bool untranslated)
{
	struct buf b = buf_new(v->a, 40 * BUNDLE_MOST);
	for (size_t i = 0; i < s->n; i++)
		if (untranslated ? s->v[i].untranslated : !s->v[i].read)
			buf_printf(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(s->v[i].public_id));
	return buf_str(&b);
}

static void put_head(struct pdf *d, const struct view *v, const struct bundle_sheet *s)
{
	i64 drawn = 0;
	for (size_t i = 0; i < s->n; i++)
		drawn += s->v[i].read;
	str where = s->school.n ? s->school : _("Toutes les écoles");
	pdf_head(d, where);
	pdf_text(d, PDF_H1, _("Feuille d’émargement"));
	pdf_text(d, PDF_LEAD, s->wave.n ? str_printf(v->a, "%.*s, %.*s", STR_ARG(where), STR_ARG(s->wave)) : where);
	if (v->city->demo)
		pdf_text(d, PDF_SMALL, _("Ville de démonstration : ce document n’engage personne."));
	pdf_text(d, PDF_BODY, str_printf(v->a, "%.*s %.*s", STR_ARG(_n("Une charte à signer.", "{n} chartes à signer, dans cet ordre.", drawn)),
		STR_ARG(_f("Document préparé le {1}.", date_shown(v, paris_of_ms(s->at).date)))));
	pdf_text(d, PDF_BODY, _("Imprimez tout en recto verso : chaque charte commence sur une nouvelle feuille."));
	str french = codes_of(v, s, true), bad = codes_of(v, s, false);
	if (french.n)
		pdf_text(d, PDF_BODY, _f("En français seul, sans traduction dans la langue de la famille (prévoyez un interprète) : {1}.", french));
	if (bad.n)
		pdf_text(d, PDF_BODY, _f("Ne correspondent plus à ce qui a été préparé, et ne sont pas ici : {1}.", bad));
}

static void put_way(struct pdf *d, const struct view *v, const struct bundle_sheet *s)
{
	pdf_entry(d, s->url);
	pdf_pair(d, PDF_H3, _("Après la signature"), S(""));
	if (s->url.n)
		pdf_text(d, PDF_BODY, _("Ce code mène à la page où l’on note les signatures de cette pile, dans le même ordre."));
	pdf_text(d, PDF_SMALL, s->url.n ? _("Sans téléphone : la campagne, « Chartes à faire signer », puis « Noter les signatures d’une pile de papier ».")
		: _("Pour noter les signatures : la campagne, « Chartes à faire signer », puis « Noter les signatures d’une pile de papier »."));
	pdf_entry_end(d);
}

static str box_words(const struct view *v, const struct bundle_act *a, enum charter_role r)
{
	if (!charter_signs(a->doc.signers, r))
		return _("ne signe pas");
	return a->signed_by[r] ? _("a déjà signé") : S("");
}

/* In a pile of all schools, which school too: its order is by school. */
static str row_words(const struct view *v, const struct bundle_sheet *s, const struct bundle_act *a)
{
	str lang = a->doc.lang == LANG_FR ? _("français seul") : charter_lang_label(v, a->doc.lang);
	str school = s->school.n || !a->school.n ? S("") : str_printf(v->a, "\n%.*s", STR_ARG(a->school));
	return str_printf(v->a, "\2%.*s\3\n%.*s\n%.*s%.*s", STR_ARG(a->public_id), STR_ARG(a->doc.values.v[CB_FAMILY]), STR_ARG(lang), STR_ARG(school));
}

static void put_boxes(struct pdf *d, const struct view *v, const struct bundle_sheet *s)
{
	bool there[CR_COUNT] = { false };
	str cells[1 + CR_COUNT] = { _("Dossier, nom, langue") };
	double widths[1 + CR_COUNT] = { NAME_WIDTH };
	size_t n = 1;
	for (size_t i = 0; i < s->n; i++)
		for (enum charter_role r = 0; r < CR_COUNT; r++)
			there[r] = there[r] || (s->v[i].read && charter_signs(s->v[i].doc.signers, r));
	for (enum charter_role r = 0; r < CR_COUNT; r++)
		if (there[r]) {
			cells[n] = r == CR_FAMILY && !there[CR_EDUCATION] ? _("Personne équipée") : tr(v->lang, short_roles[r]);
			widths[n++] = 1;
		}
	pdf_open(d, "Table");
	pdf_boxes(d, cells, widths, n, 0, true);
	for (size_t i = 0; i < s->n; i++) {
		const struct bundle_act *a = &s->v[i];
		if (!a->read)
			continue;
		cells[0] = row_words(v, s, a);
		n = 1;
		for (enum charter_role r = 0; r < CR_COUNT; r++)
			if (there[r])
				cells[n++] = box_words(v, a, r);
		pdf_boxes(d, cells, widths, n, BOX_LEAST, false);
	}
	pdf_close(d);
}

void bundle_put_sheet(struct pdf *d, const struct view *v, const struct bundle_sheet *s)
{
	put_head(d, v, s);
	put_way(d, v, s);
	put_boxes(d, v, s);
}

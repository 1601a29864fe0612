/* What the files of this folder share. */
#ifndef GABARE_CHARTER_PAGES_H
#define GABARE_CHARTER_PAGES_H

#include "charter/act.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"

#define CHARTER_ROUTE "/agent/campagnes/:campagne/charte"
#define CHARTER_ACT_ROUTE "/agent/campagnes/:campagne/dossiers/:dossier/charte"
#define CHARTER_VERSIONS_MOST 60
#define CHARTER_LIST_MOST 40                     /* families on a list, charters in one print */

handler_fn charter_versions_show, charter_versions_post, charter_version_show, charter_version_post, charter_text_form, charter_text_post,
	charter_bulk_show, charter_bulk_post, charter_scans_show, charter_scans_post, charter_lot_show, charter_lot_undo,
	charter_bundles_show, charter_bundles_post, charter_bundle_show, charter_bundle_send, charter_pile_way,
	charter_list_show, charter_list_post, charter_list_csv, charter_batch_show,
	charter_act_show, charter_act_post, charter_screen_form, charter_screen_post, charter_sheet_show, charter_pdf_send,
	charter_copy_send, charter_copy_post, charter_copy_remove;
/* Of ":texte": one of the campaign of ":campagne", which the session runs. */
scope_fn scope_charter_text;

/* ---- the sheet ---- */

struct charter_box { str role, role_other; };
struct charter_boxes { struct charter_box *v; size_t n; };
struct charter_sheet {
	const char *tag, *dir;                   /* of the other language */
	bool two, demo;
	str title, title_other, where, hash;
	html french, other;
	str faith, faith_other, foot;
	struct charter_boxes boxes;
	str name_line, name_line_other;
};
struct charter_sheets { struct charter_sheet *v; size_t n; };
void charter_sheet_of(const struct view *v, const struct charter_doc *d, struct charter_sheet *ret);
/* The sentences of the sheet and of the document, in a language. */
str charter_faith(const struct view *v, enum lang l, const struct charter_doc *d);
str charter_foot(const struct view *v, const struct charter_doc *d);

/* ---- the other pages ---- */

struct charter_lines { str *v; size_t n; };
struct charter_lang_line { str path, label, state; };
struct charter_lang_lines { struct charter_lang_line *v; size_t n; };
struct charter_version_line { str path, label, state, langs; };
struct charter_versions_page { const struct form *form; str back, name, path; bool draft, none; struct charter_version_line *v; size_t n; };
struct charter_text_part { str label, hash, review; const char *tag, *dir; html shown; str review_name; bool aid; };
struct charter_text_parts { struct charter_text_part *v; size_t n; };
struct charter_version_page {
	const struct form *form;
	str back, path, title, state, version, saved, today;
	bool draft, ready;
	struct charter_lang_lines langs;
	struct charter_text_parts parts;
	struct options reviewable, signers;
};
struct charter_text_page {
	const struct form *form;
	str back, path, title, label, version, text, french;
	const char *tag, *dir;
	struct charter_lines blanks;
	bool can_drop;
};

struct charter_signature_line { str role, who, quality, order, when, tick; };
struct charter_signature_lines { struct charter_signature_line *v; size_t n; };
struct charter_missing { str role, name_field, name_label, name, quality_field, quality_label, fault; struct options qualities; bool order, one; };
struct charter_missings { struct charter_missing *v; size_t n; };
struct charter_copy_line { str path, label; };
struct charter_copy_lines { struct charter_copy_line *v; size_t n; };
struct charter_event_line { str day, what, who; };
struct charter_event_lines { struct charter_event_line *v; size_t n; };
struct charter_act_page {
	const struct form *form;
	str back, path, name, public_id, saved, state, version, today, why_not, texts;
	bool has, can, is_signed, elsewhere, pdf, pdf_failed;
	struct options langs;
	str text, lang, devices, prepared, hash;
	struct charter_signature_lines signatures;
	struct charter_missings missing;
	struct charter_copy_lines copies;
	struct charter_event_lines events;
	struct options reasons;
	bool room;                               /* for one more copy */
};
struct charter_screen_page { const struct form *form; str back, path, version; struct charter_sheet sheet; struct options qualities; bool none; };
struct charter_copy_page { const struct form *form; str back, path, open, label; struct options reasons; };

struct charter_list_line { str path, name, public_id, school, class_, state, missing; };
struct charter_list_page {
	const struct form *form;
	str back, path, name, today, csv, print, sign, bundle;
	struct options schools;
	struct charter_list_line *v; size_t n;
	bool filtered, more, none;
	i64 unprepared, prepared;
	str school;                              /* its code, when one is chosen */
	str saved;
};
struct charter_batch_page { str back, title; struct charter_sheets sheets; bool more; };

str charter_lang_label(const struct view *v, enum lang l);
/* The campaign's and the file's addresses. */
str charter_campaign_path(struct arena *a, const struct campaign *c, const char *rest);
str charter_file_path(struct arena *a, const struct campaign *c, str public_id, const char *rest);

#endif

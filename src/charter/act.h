/* Acts, as they are in the database: who signs in what quality, what is filled and sealed, what happened, and the copies that are kept. */
#ifndef GABARE_CHARTER_ACT_H
#define GABARE_CHARTER_ACT_H

#include "base/timex.h"
#include "charter/charter.h"
#include "charter/charter_sql.h"
#include "charter/text.h"
#include "http/form.h"
#include "people/people.h"

#define CHARTER_DEVICES_MOST 20
#define CHARTER_COPY_MAX ((size_t)3 << 20)       /* bytes of a copy */
#define CHARTER_COPIES_MOST 6                    /* of an act */

/* ---- languages, who signs ---- */

/* Of a text's language, as stored ("fr"); false: none of ours. */
bool charter_lang_of(str code, enum lang *ret);
str charter_lang_code(enum lang l);
extern const struct choice charter_lang_choices[], charter_signer_choices[];

enum charter_role { CR_FAMILY, CR_CITY, CR_EDUCATION, CR_ASSOCIATION, CR_ESTABLISHMENT, CR_COUNT };
struct charter_role_words { const char *code, *label, *field; };   /* label: a msgid; field: what its form's fields end with */
extern const struct charter_role_words charter_roles[CR_COUNT];
bool charter_role_of(str code, enum charter_role *ret);
/* Those who sign, as a text says (codes with spaces between): how many, and whether a role is among them. */
size_t charter_signers_count(str signers);
bool charter_signs(str signers, enum charter_role r);
/* In what quality somebody signs: for whom, and whether an order of delegation is to be named. */
struct charter_quality { const char *code, *label; enum charter_role role; bool order; };
extern const struct charter_quality charter_qualities[];       /* ends with a code NULL */
const struct charter_quality *charter_quality_of(str code);

#define CHARTER_SIGNERS "family city education association"     /* of a first text, until somebody says otherwise */

/* ---- acts ---- */

/* What an act says, opened: its text with its blanks filled, the same at each printing. */
struct charter_doc {
	enum lang lang;                          /* beside the French; LANG_FR: French alone */
	struct charter_values values;
	str french, other;                       /* filled, Markdown; other: absent when French is alone */
	str review_who, review_day;              /* of the translation, as it was when the act was prepared; empty: not reviewed */
	str hash;                                /* of all of this */
	str text_hash, from_day;                 /* of the French text in force */
	str signers;
	i64 number, devices;
};
/* INVALID: it is no longer what was prepared (an altered database). Asks the vault. */
must_use enum err charter_doc_read(struct db *db, const struct vault_asker *vault, str purpose, const struct charter_act_row *act, struct charter_doc *ret);
/* A text with blanks as a reader of the texts sees it: nothing filled but dots. */
struct charter_values charter_no_values(void);

struct charter_prepare { i64 id, file_id, household_id, version_id, devices; enum lang lang; str filled; };
/* All that a transaction needs to prepare an act: the text in force today, in French and `lang` when it has it, filled for the household `h`
 * (opened). NOT_FOUND: no text is in force. Asks the vault. */
must_use enum err charter_prepare(struct db *db, const struct vault_asker *vault, const struct city *city, const struct campaign *c, const struct file *f,
	const struct household *h, enum lang lang, i64 devices, struct charter_prepare *ret);
/* In a transaction. CONFLICT: the file has an act already. */
must_use enum err charter_prepare_put(struct db *db, const struct charter_prepare *p, const struct file_doer *who);

struct charter_signing { enum charter_role role; const struct charter_quality *quality; bool screen; str day, name, order_number, order_day;
	i64 id; str name_enc; };
/* Seals the names of n signatures of an act (sets id and name_enc). */
must_use enum err charter_sign_seal(const struct vault_asker *vault, const struct charter_act_row *act, struct charter_signing *v, size_t n);
/* Writes them down; with the last that the text names, the act and its file are signed. In a transaction. CONFLICT: the act or the file has changed since. */
must_use enum err charter_sign_put(struct db *db, const struct charter_act_row *act, const struct file *f, const struct charter_signing *v, size_t n,
	const struct file_doer *who);
/* Takes a signature back; a signed act is no longer so, nor its file. In a transaction. INVALID: the file has gone further. */
must_use enum err charter_sign_withdraw(struct db *db, const struct charter_act_row *act, const struct file *f, i64 signature, str reason,
	const struct file_doer *who);
/* Ends the act: another can be prepared. As above. */
must_use enum err charter_act_cancel(struct db *db, const struct charter_act_row *act, const struct file *f, str reason, const struct file_doer *who);
must_use enum err charter_note(struct db *db, i64 act_id, const char *kind, str what, str day, str reason, const struct file_doer *who);

/* ---- what is kept sealed (store.c) ---- */

struct vault_own charter_own(struct arena *a, const struct charter_act_row *act, const char *column, i64 id, str value);
enum charter_type { CT_PDF, CT_JPEG, CT_PNG, CT_COUNT };
struct charter_type_words { const char *code, *mime, *ending; };
extern const struct charter_type_words charter_types[CT_COUNT];
/* What a file is, by what is in it. *ret_why (a msgid): why it is refused. */
bool charter_type_of(str bytes, enum charter_type *ret, const char **ret_why);
struct charter_sealed { i64 id; enum charter_type type; str *parts; i64 *part_ids; size_t n; i64 size; };
/* In a's own memory, whatever the asker's. */
must_use enum err charter_seal_file(struct arena *a, const struct vault_asker *vault, const struct charter_act_row *act, enum charter_type type, str bytes,
	struct charter_sealed *ret);
must_use enum err charter_file_keep(struct db *db, const struct charter_act_row *act, const char *kind, const struct charter_sealed *s, i64 user_id);
must_use enum err charter_file_open(struct db *db, struct arena *a, const struct vault_asker *vault, str purpose, const struct charter_act_row *act,
	i64 file_id, str *ret);

#endif

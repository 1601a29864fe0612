/* The receipt of a handover: what it says is fixed when it is made, stored whole, and printed the same ever after. */
#ifndef GABARE_HANDOVER_RECEIPT_H
#define GABARE_HANDOVER_RECEIPT_H

#include "html/view.h"
#include "http/seal.h"

enum receipt_field { R_NUMBER, R_DAY, R_ORGANISATION, R_AGENT, R_FAMILY, R_FILE, R_CAMPAIGN, R_DEVICE, R_FACTS, R_LABEL, R_SERIAL, R_OWNER, R_TITLE,
	R_TERMS, R_ACCESSORIES, R_SEEN, R_CHARTER, R_WORKSHOP, R_HELP, RECEIPT_FIELDS };
/* As they were said that day: in French, and in the family's language (`lang`; French: `other` is the same). */
struct receipt { str f[RECEIPT_FIELDS], other[RECEIPT_FIELDS]; enum lang lang; str hash; };

/* What a receipt is made of. Days as ISO dates; empty: none. phone: of who helps. */
struct device;
struct receipt_facts {
	enum lang lang;
	const struct device *device;
	str number, day, organisation, agent, family, file, campaign, accessories, seen, signed_on, workshop, workshop_day, workshop_hour, phone;
	bool gift, decision;
	const struct said *said;                 /* the words of its campaign; NULL: those for families */
};
void receipt_fill(struct arena *a, const struct receipt_facts *x, struct receipt *ret);

/* The text that is stored and hashed: a line a field, "numero: R7K2-4QXM"; then "langue: ar", and what that language says otherwise, "+titre: …". */
str receipt_text(struct arena *a, const struct receipt *r);
/* Back; a field that a later version adds is empty. hash: BLAKE2b of the text, in hexadecimal, its first 16 signs shown. */
void receipt_read(struct arena *a, str text, struct receipt *ret);
struct receipt_line { str label, value; bool french; };          /* french: the value is, whatever the reader's language */
struct receipt_lines { struct receipt_line *v; size_t n; };
/* What it says, line by line, in French or in the family's language; what is empty is left out. */
const struct receipt_lines *receipt_lines(struct arena *a, const struct receipt *r, enum lang l);
/* The same for who reads in another language than the receipt's two: our own words are translated, the rest stays in French. */
struct view;
const struct receipt_lines *receipt_read_in(const struct view *v, const struct receipt *r);
/* Around them; RW_FAITH: what the translation is worth. */
enum receipt_word { RW_TITLE, RW_FAITH, RW_FAMILY, RW_ORGANISATION };
str receipt_word(enum lang l, enum receipt_word w);
/* Its document, an A4 sheet: what is signed on one side, the family's language overleaf. In a process that has fonts. */
must_use enum err receipt_pdf(struct arena *a, const struct receipt *r, i64 at, str *ret);
/* The same, sealed as the text is. */
struct vault_own receipt_pdf_item(struct arena *a, i64 household_id, str key, i64 handover_id, str value);
struct vault_own receipt_item(struct arena *a, i64 household_id, str key, i64 handover_id, str value);

#endif

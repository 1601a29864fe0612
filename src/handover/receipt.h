/* The receipt of a handover: what it says is fixed when it is made, stored whole, and printed the same ever after. */
#ifndef GABARE_HANDOVER_RECEIPT_H
#define GABARE_HANDOVER_RECEIPT_H

#include "html/view.h"
#include "http/seal.h"

enum receipt_field { R_NUMBER, R_DAY, R_ORGANISATION, R_AGENT, R_FAMILY, R_FILE, R_CAMPAIGN, R_DEVICE, R_FACTS, R_LABEL, R_SERIAL, R_OWNER, R_TITLE,
	R_TERMS, R_ACCESSORIES, R_SEEN, R_CHARTER, R_WORKSHOP, R_HELP, RECEIPT_FIELDS };
/* In French, as they were said that day. */
struct receipt { str f[RECEIPT_FIELDS]; str hash; };

/* The text that is stored and hashed: a line a field, "numero: R7K2-4QXM". */
str receipt_text(struct arena *a, const struct receipt *r);
/* Back; a field that a later version adds is empty. hash: BLAKE2b of the text, in hexadecimal, its first 16 signs shown. */
void receipt_read(struct arena *a, str text, struct receipt *ret);
struct receipt_line { str label, value; };
struct receipt_lines { struct receipt_line *v; size_t n; };
/* What it says, line by line, in French; what is empty is left out. */
const struct receipt_lines *receipt_lines(const struct view *v, const struct receipt *r);
/* The document drawn of it, sealed as the text is. */
struct vault_own receipt_pdf_item(struct arena *a, i64 household_id, str key, i64 handover_id, str value);
struct vault_own receipt_item(struct arena *a, i64 household_id, str key, i64 handover_id, str value);

#endif

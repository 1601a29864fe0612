/* One link of the audit log's chain, the same for who seals and who verifies: its form is the log's, for ever. */
#ifndef GABARE_AUDIT_CHAIN_H
#define GABARE_AUDIT_CHAIN_H

#include "audit/audit.h"
#include "audit/audit_sql.h"

/* BLAKE2b-256(before, the row); `before` is empty for the first. */
void audit_link_hash(struct arena *a, str before, const struct audit_row *row, u8 ret[AUDIT_HASH]);

#endif

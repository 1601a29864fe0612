/* Strings that ICU holds equal are told apart by their bytes, as PostgreSQL does for deterministic collations: an index in
 * this order stays unique for what is really different. */
#include "db/collate.h"
#include "base/base.h"

#include <unicode/ucol.h>

static int compare(void *collator, int na, const void *a, int nb, const void *b)
{
	UErrorCode status = U_ZERO_ERROR;
	UCollationResult r = ucol_strcollUTF8(collator, a, na, b, nb, &status);
	if (U_SUCCESS(status) && r != UCOL_EQUAL)
		return r;
	int c = memcmp(a, b, (size_t)(na < nb ? na : nb));
	return c ? c : na - nb;
}

static void forget(void *collator) { ucol_close(collator); }

int collate_register(sqlite3 *db)
{
	UErrorCode status = U_ZERO_ERROR;
	UCollator *fr = ucol_open("fr", &status);
	if (U_FAILURE(status))
		return SQLITE_ERROR;
	return sqlite3_create_collation_v2(db, "fr", SQLITE_UTF8, fr, compare, forget);
}

/* French opening hours: whatever is understood becomes an expression that is one, and that is read again as itself; whatever is
 * not says which words, where they stand. */
#include "fuzz.h"

#include "base/utf8.h"
#include "hours/hours.h"

FUZZ(a, in)
{
	str expression, again;
	struct hours *h;
	struct hours_error error = { 0 };
	if (!utf8_valid(in))
		return;
	enum err e = hours_from_french(a, in, &expression, &error);
	if (e != OK) {
		must_hold(e == INVALID && error.message.n && error.column >= 1 && error.column <= utf8_length(in) + 1);
		must_hold(!error.words.n || str_find(in, error.words) >= 0);
		return;
	}
	must_hold(hours_parse(a, expression, &h, &error) == OK);
	must_hold(hours_from_french(a, expression, &again, &error) == OK);
	str_copy(a, again);
}

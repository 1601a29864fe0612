/* French telephone numbers, however people write them: "02 61 91 44 00", "0033 (0)2.61.91.44.00", "+33261914400", "261914400"
 * (a spreadsheet ate the zero), with no-break spaces, Arabic digits, "Tél. : " in front. Stored as E.164, which is what the
 * national schema of places wants: +33, +590, +594, +262, +596, +269, +687, +689, +508, +681, and no other country. */
#ifndef GABARE_PHONE_H
#define GABARE_PHONE_H

#include "base/arena.h"

#define PHONE_DIGITS 10                          /* of a national number, zero included */

enum phone_fault {
	PHONE_OK = 0,
	PHONE_EMPTY,
	PHONE_CHARACTERS,                        /* letters or signs that no number has: maybe not a number at all */
	PHONE_SHORT_NUMBER,                      /* "3949", "15": has no international form */
	PHONE_MISSING,                           /* digits are missing: .digits of .wanted */
	PHONE_TOO_MANY,
	PHONE_COUNTRY,                           /* another country's code */
};

struct phone {
	char e164[16];                           /* "+33261914400"; "" unless PHONE_OK */
	int digits, wanted;                      /* as counted in the shape that was typed (national: with the zero) */
};

must_use enum phone_fault phone_read(str typed, struct phone *ret);
/* Cuts a cell that may hold several numbers ("02 41 43 16 15 / 02 44 01 07 31", "… ou …", "…|…"); like str_next. */
bool phone_next(str *rest, str *ret_one);
/* "+33261914400" as it is read aloud: "02 61 91 44 00", with no-break spaces; overseas "+687 29 07 00". Anything that is
 * not E.164 is given back as it is. */
str phone_grouped(struct arena *a, str e164);

#endif

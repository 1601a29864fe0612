/* The length of an SMS: its alphabet (GSM 03.38, or UCS-2 when a character is in neither of its tables), and into how many
 * segments a network cuts it. Who writes one is shown that: each segment is paid for. */
#ifndef GABARE_MSG_SMS_H
#define GABARE_MSG_SMS_H

#include "base/arena.h"

enum { SMS_GSM_ONE = 160, SMS_GSM_PART = 153, SMS_UCS2_ONE = 70, SMS_UCS2_PART = 67 };

struct sms_size {
	bool ucs2;
	i64 units;                               /* septets, two for a character of the extension table; or 16-bit units */
	i64 segments;                            /* 0 for an empty text */
	i64 left;                                /* units that the last segment still takes */
};

/* Measures well-formed UTF-8 as it stands. Neither an extended character nor a pair of surrogates is cut in two. */
struct sms_size sms_measure(str text);
/* The text as it is best sent: what has a near likeness in GSM 03.38 (ê, œ, ’, «, no-break spaces…) becomes that when the whole
 * text then fits the alphabet; else it is left as it is. */
str sms_plain(struct arena *a, str text);

#endif

/* A place as a vCard 4.0 (RFC 6350). */
#ifndef GABARE_DIRECTORY_PLACE_CARD_H
#define GABARE_DIRECTORY_PLACE_CARD_H

#include "directory/place.h"
#include "html/view.h"

/* The card of a place, in the words of v's language, into v->out. */
void card_write(const struct view *v, const struct place *p);

/* A text as a value: "\", ",", ";" and ends of lines escaped, other control characters left out. */
str card_escaped(struct arena *a, str s);
/* A content line, folded after 75 octets at most, between characters. */
void card_line(struct buf *out, str line);

#endif

/* iCalendar (RFC 5545), to be opened in any calendar: events at instants of UTC, which need no description of a time zone. */
#ifndef GABARE_ICS_H
#define GABARE_ICS_H

#include "base/buf.h"

/* uid: the same for the same event, for ever; revision grows with each change of it. */
struct ics_event { str uid; i64 from_ms, to_ms, changed_ms, revision; str summary, where, about; bool cancelled; };

void ics_begin(struct buf *b, str name);
void ics_put(struct buf *b, const struct ics_event *e);
void ics_end(struct buf *b);

#endif
